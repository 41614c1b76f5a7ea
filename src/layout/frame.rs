//! What stands around the table: the title with its lines above it, running text in the margins.

use super::page::{Page, TextRole};
use super::place::{Placer, Style};
use super::wrap::{Setting, break_lines, text_width};
use super::{Line, Metrics};
use crate::model::{Align, Document, Length};
use crate::template::{PageSpec, Running, RunningPart};

/// A line or more of what stands above the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    role: TextRole,
    lines: Vec<Line>,
    style: Style,
}

/// What stands above and below a table.
#[derive(Clone, Copy, Default)]
pub(super) struct Around<'a> {
    title: Option<&'a str>,
    subtitle: &'a [String],
    byline: &'a [String],
    pub(super) notes: &'a [String],
}

impl<'a> Around<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let Document { title, subtitle, byline, notes, .. } = document;
        Self { title: Some(title), subtitle, byline, notes }
    }
}

/// The title and the lines below it, as wide as the table.
pub(super) fn title(
    around: &Around<'_>,
    page: &PageSpec,
    width: Length,
    metrics: &dyn Metrics,
) -> Vec<Block> {
    // Titles are set a little tighter than the body.
    let heading = |role, text: &str, size: Length| {
        let (setting, metrics) = (Setting::plain(width, size), metrics.of(role));
        let lines = text.lines().flat_map(|line| break_lines(line, setting, metrics)).collect();
        Block {
            role,
            lines,
            style: Style { size, pitch: size * 5 / 4, ..Style::of_body(page, Align::Center) },
        }
    };
    let mut blocks: Vec<Block> =
        around.title.iter().map(|text| heading(TextRole::Title, text, page.title_size)).collect();
    let smaller = page.subtitle_size();
    blocks.extend(
        around.subtitle.iter().zip(0..).map(|(text, i)| heading(TextRole::Subtitle(i), text, smaller)),
    );
    let setting = Setting::plain(width - 2 * page.padding_x, page.font_size);
    blocks.extend(around.byline.iter().zip(0..).map(|(text, i)| Block {
        role: TextRole::Byline(i),
        lines: break_lines(text, setting, metrics),
        style: Style::of_body(page, Align::Right),
    }));
    blocks
}

/// Heights from each of these to the next, and from the last to the header.
pub(super) fn title_heights(blocks: &[Block], page: &PageSpec) -> Vec<Length> {
    let mut heights: Vec<Length> = blocks.iter().map(Block::height).collect();
    if let Some(last) = heights.last_mut() {
        *last += page.line_height / 2;
    }
    heights
}

impl Placer<'_> {
    /// Puts what stands above the table below `top`; returns where the table begins.
    pub(super) fn place_title(&self, page: &mut Page, top: Length) -> Length {
        let (left, right) = self.sides();
        let mut y = top;
        for (block, height) in self.measured.title.iter().zip(&self.measured.title_heights) {
            let area = [left, y, right, y + block.height()];
            y += height;
            page.boxes.push(self.text_box(block.role, area, &block.lines, block.style));
        }
        y
    }

    /// Running text in the top and bottom margins of a page.
    pub(super) fn place_running(&self, page: &mut Page, number: usize, count: usize) {
        let bottom = self.page.size().1;
        let strips = [
            (TextRole::RunningHeader, &self.page.header, [0, self.page.margin_top]),
            (TextRole::Footer, &self.page.footer, [bottom - self.page.margin_bottom, bottom]),
        ];
        for (role, running, [y1, y2]) in strips {
            let texts = running.parts().map(|pieces| text(pieces, number + 1, count));
            let areas = self.running_areas(running, &texts);
            let aligns = [Align::Left, Align::Center, Align::Right];
            for ((text, [x1, x2]), align) in texts.iter().zip(areas).zip(aligns) {
                if !text.is_empty() {
                    let setting = Setting::plain(x2 - x1 - 2 * self.page.padding_x, self.page.font_size);
                    let lines = break_lines(text, setting, self.metrics);
                    page.boxes.push(self.text_box(role, [x1, y1, x2, y2], &lines, self.body_style(align)));
                }
            }
        }
    }

    /// Where the three parts stand: each has the whole width if they do not touch, else a part of it.
    fn running_areas(&self, running: &Running, texts: &[String; 3]) -> [[Length; 2]; 3] {
        let (left, right) = self.sides();
        let width = right - left;
        let gap = 2 * self.page.padding_x + self.page.font_size;
        let [first, middle, last] = texts
            .each_ref()
            .map(|text| text_width(text, self.page.font_size, self.metrics).saturating_add(gap));
        let beside = first.max(last).saturating_mul(2).saturating_add(middle);
        let fits =
            if running.center.is_empty() { first.saturating_add(last) <= width } else { beside <= width };
        let alone = running.parts().iter().filter(|part| !part.is_empty()).count() < 2;
        if fits || alone {
            return [[left, right]; 3];
        }
        let [a, b] = if running.center.is_empty() {
            [halves(width, first, last); 2]
        } else {
            thirds(width, first.max(last), middle)
        };
        [[left, left + a], [left + a, left + b], [left + b, right]]
    }
}

/// Where two parts meet that need more than there is: at the middle, unless one of them needs less than half.
fn halves(width: Length, first: Length, last: Length) -> Length {
    match (first <= width / 2, last <= width / 2) {
        (true, _) => first,
        (false, true) => width - last,
        (false, false) => width / 2,
    }
}

/// Where three parts meet that need more than there is; the middle one is centred. Each has a third, and the middle one
/// leaves the others what it does not need or takes what they do not need.
fn thirds(width: Length, sides: Length, middle: Length) -> [Length; 2] {
    let third = width / 3;
    let middle =
        if middle <= third { middle } else { middle.min((width - sides.saturating_mul(2)).max(third)) };
    let side = (width - middle) / 2;
    [side, width - side]
}

impl Block {
    fn height(&self) -> Length {
        Length::try_from(self.lines.len()).unwrap_or(Length::MAX).saturating_mul(self.style.pitch)
    }
}

fn text(pieces: &[RunningPart], page: usize, pages: usize) -> String {
    let said = |piece: &RunningPart| match piece {
        RunningPart::Text(text) => text.clone(),
        RunningPart::Page => page.to_string(),
        RunningPart::Pages => pages.to_string(),
    };
    pieces.iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_uses_what_others_leave() {
        for (first, last, at) in [(90, 20, 80), (20, 90, 20), (60, 70, 50), (50, 60, 50)] {
            assert_eq!(halves(100, first, last), at, "{first} {last}");
        }
        for (sides, middle, at) in
            [(50, 10, [45, 55]), (10, 90, [10, 90]), (50, 50, [33, 67]), (25, 40, [30, 70])]
        {
            let [a, b] = thirds(100, sides, middle);
            assert!((a - at[0]).abs() <= 1 && (b - at[1]).abs() <= 1, "{sides} {middle}: {a} {b}");
        }
    }
}
