//! Column widths: by the template's shares, or found so that the table needs few pages and few lines.
//!
//! The search moves width between columns in whole units of half a character. The cost of widths is the number of
//! lines that the rows need, labels that are higher than their groups and the header included, and what the ends of
//! lines inside of words cost ([`super::ends`]), then the number of lines of all cells, then how full the fullest cells
//! of the rows are, so that width moves to where it is short before it saves a line. From the template's shares and from
//! equal ones it tries, for every pair of columns in order, to move 8, 6, 4, 3, 2, then 1 units from one to the other, and
//! keeps what lowers the cost, twice, until nothing does or [`TRIALS`] are used up. Of what was found, [`super::lay_out`] takes
//! what needs the fewest pages. A cell is cut into clusters once and its lines are counted once for each width.
//!
//! No column becomes narrower than any of these, as long as that is no more than an equal share:
//!
//! * **C1** its longest run that is not broken, such as `約1,200件` or `1.維持`;
//! * **C2** the longest of the words that it chooses from;
//! * **C3** the words of its heading;
//! * **C4** four characters, if it shows the labels of groups, else two.

use super::Metrics;
use super::ends::{LINE, Script};
use super::gaps::Cluster;
use super::measure::CellSetting;
use super::wrap::{Paragraph, advance, scaled, text_width};
use crate::model::{Content, Length, Table, TableColumn, TableRow};
use crate::template::PageSpec;
use std::collections::BTreeMap;
use std::ops::Range;

/// Widths that are tried from each beginning, at most.
const TRIALS: usize = 4_000;
/// Widths whose pages are counted, at most: laying out takes longer than searching.
const MOST: usize = 2;
/// Kanji of a heading that are one word.
const KANJI: usize = 5;
/// The most that the ends of a text's lines count: two lines.
const WORST: u64 = 2 * LINE;
/// Steps of the search, in units.
const STEPS: [usize; 12] = [8, 6, 4, 3, 2, 1, 8, 6, 4, 3, 2, 1];
/// Units of the narrowest column (C4): two characters, four of a label.
const NARROWEST: usize = 4;
const LABEL: usize = 8;

/// The widths to choose from, the cheapest first; with shares there is no choice.
pub(super) fn candidates(table: &Table, page: &PageSpec, metrics: &dyn Metrics) -> Vec<Vec<Length>> {
    let shares = by_shares(&table.columns, page.text_width(), page.padding_x);
    let mut search = Search::new(table, page, metrics);
    if !page.auto_widths || search.total < NARROWEST * table.columns.len() {
        return vec![shares];
    }
    let equal = search.fitted(vec![1; table.columns.len()]);
    let most = search.cost(&equal);
    let own = search.fitted(shares.iter().map(|&width| search.units(width)).collect());
    let mut found: Vec<(Cost, Vec<usize>)> = vec![(search.cost(&own), own.clone())];
    found.extend([equal, own].map(|start| search.descend(start)));
    found.retain(|(cost, _)| cost.0 <= most.0);
    found.sort();
    found.dedup();
    found.truncate(MOST);
    found.into_iter().map(|(_, units)| search.widths(&units)).collect()
}

/// Divides the width so that the columns' text areas are in the proportion of their shares; what rounding
/// leaves over goes to the last columns, a thousandth of a point each.
fn by_shares(columns: &[TableColumn], available: Length, padding: Length) -> Vec<Length> {
    let count = i64::try_from(columns.len()).unwrap_or(i64::MAX).max(1);
    let text_area = (i64::from(available) - count * 2 * i64::from(padding)).max(0);
    let shares: i64 = columns.iter().map(|c| i64::from(c.width)).sum::<i64>().max(1);
    let mut edge = 0;
    let mut shares_so_far = 0;
    columns
        .iter()
        .map(|column| {
            shares_so_far += i64::from(column.width);
            let next = text_area * shares_so_far / shares;
            let width = next - edge + 2 * i64::from(padding);
            edge = next;
            Length::try_from(width).unwrap_or(Length::MAX)
        })
        .collect()
}

/// Lines of the rows and broken words; lines of all cells; the sum of the fullest cells' fullness.
type Cost = (u64, u64, u64);

/// What a column's texts need at a width.
struct Need {
    /// The lines of each part of the column: of each row, or of each group's label.
    lines: Vec<u32>,
    /// How long each part's text is, in thousandths of the width.
    fullness: Vec<u32>,
    /// The most lines of a header cell.
    header: u32,
    /// What the ends of all lines cost.
    broken: u64,
}

/// What a column has of a text that stands across several: it makes none of them wider.
static NOTHING: Content = Content { paragraphs: Vec::new(), join_last: false, marks: Vec::new() };

/// The search for widths. Widths are text areas in units.
struct Search<'a> {
    table: &'a Table,
    page: &'a PageSpec,
    metrics: &'a dyn Metrics,
    columns: Vec<Cells<'a>>,
    /// The units to be divided.
    total: usize,
}

/// The texts of a column: its header cells, if they are its own, and the body.
struct Cells<'a> {
    header: Vec<usize>,
    /// The rows of each part of the body, and which text it shows.
    body: Vec<(Range<usize>, usize)>,
    texts: Vec<Text<'a>>,
    /// What they need, by width.
    needs: BTreeMap<usize, Need>,
    /// The narrowest width.
    least: usize,
}

/// A content, cut into clusters.
struct Text<'a> {
    paragraphs: Vec<(&'a str, Paragraph<'a>)>,
    /// The last two paragraphs in one line, if they may be.
    joined: Option<Length>,
    /// The length of all paragraphs.
    length: Length,
}

impl<'a> Search<'a> {
    fn new(table: &'a Table, page: &'a PageSpec, metrics: &'a dyn Metrics) -> Self {
        let count = Length::try_from(table.columns.len()).unwrap_or(Length::MAX);
        let area = page.text_width().saturating_sub(count.saturating_mul(2 * page.padding_x));
        let total = usize::try_from(area / unit(page)).unwrap_or(0);
        let most = total / table.columns.len().max(1);
        let columns =
            (0..table.columns.len())
                .map(|col| {
                    if page.auto_widths { Cells::of(table, col, page, metrics, most) } else { Cells::none() }
                })
                .collect();
        Self { table, page, metrics, columns, total }
    }

    /// The units of a column's text area.
    fn units(&self, width: Length) -> usize {
        usize::try_from((width - 2 * self.page.padding_x) / unit(self.page)).unwrap_or(0)
    }

    /// Column widths; what is no whole unit goes to the last column.
    fn widths(&self, units: &[usize]) -> Vec<Length> {
        let width = |&units| Length::try_from(units).unwrap_or(0) * unit(self.page) + 2 * self.page.padding_x;
        let mut widths: Vec<Length> = units.iter().map(width).collect();
        let rest = self.page.text_width() - widths.iter().sum::<Length>();
        if let Some(last) = widths.last_mut() {
            *last += rest;
        }
        widths
    }

    /// Widths made to fill the page: no column below its least; the narrowest grow, the widest shrink.
    fn fitted(&self, mut units: Vec<usize>) -> Vec<usize> {
        for (units, column) in units.iter_mut().zip(&self.columns) {
            *units = (*units).max(column.least);
        }
        while units.iter().sum::<usize>() < self.total {
            let narrowest = (0..units.len()).min_by_key(|&col| units[col]).expect("a table has columns");
            units[narrowest] += 1;
        }
        while units.iter().sum::<usize>() > self.total {
            let spare = |&col: &usize| units[col] - self.columns[col].least;
            let widest = (0..units.len()).rev().max_by_key(spare).expect("a table has columns");
            units[widest] -= 1;
        }
        units
    }

    fn descend(&mut self, mut units: Vec<usize>) -> (Cost, Vec<usize>) {
        let mut cost = self.cost(&units);
        let mut trials = 0;
        for step in STEPS {
            let mut improved = true;
            while improved {
                improved = false;
                for (from, to) in pairs(units.len()) {
                    if trials == TRIALS {
                        return (cost, units);
                    }
                    if units[from] < self.columns[from].least + step {
                        continue;
                    }
                    trials += 1;
                    units[from] -= step;
                    units[to] += step;
                    let tried = self.cost(&units);
                    if tried < cost {
                        (cost, improved) = (tried, true);
                    } else {
                        units[from] += step;
                        units[to] -= step;
                    }
                }
            }
        }
        (cost, units)
    }

    fn cost(&mut self, units: &[usize]) -> Cost {
        for (col, &width) in units.iter().enumerate() {
            self.count(col, width);
        }
        let needs: Vec<&Need> =
            self.columns.iter().zip(units).map(|(column, width)| &column.needs[width]).collect();
        let is_label = |col: usize| self.table.columns[col].level.is_some();
        // Column after column, for the processor to take many rows at once.
        let mut most: Vec<u32> = vec![1; self.table.rows.len()];
        let mut fullest: Vec<u32> = vec![0; self.table.rows.len()];
        for need in (0..needs.len()).filter(|&col| !is_label(col)).map(|col| needs[col]) {
            most.iter_mut().zip(&need.lines).for_each(|(most, &lines)| *most = lines.max(*most));
            fullest.iter_mut().zip(&need.fullness).for_each(|(most, &own)| *most = own.max(*most));
        }
        let mut total = sum(&most);
        for col in (0..needs.len()).filter(|&col| is_label(col)) {
            for ((rows, _), &lines) in self.columns[col].body.iter().zip(&needs[col].lines) {
                total += u64::from(lines).saturating_sub(sum(&most[rows.clone()]));
            }
        }
        let header = needs.iter().map(|need| need.header).max().unwrap_or(0);
        let broken: u64 = needs.iter().map(|need| need.broken).sum();
        (
            (total + u64::from(header)) * LINE + broken,
            needs.iter().map(|need| sum(&need.lines)).sum(),
            sum(&fullest),
        )
    }

    /// Measures a column's texts at a width, unless they are measured.
    fn count(&mut self, col: usize, width: usize) {
        if self.columns[col].needs.contains_key(&width) {
            return;
        }
        let length = Length::try_from(width).unwrap_or(0) * unit(self.page) + 2 * self.page.padding_x;
        let setting = CellSetting::body(self.page, &self.table.columns[col], length);
        let column = &self.columns[col];
        let texts: Vec<(u32, u32, u64)> =
            column.texts.iter().map(|text| text.need(&setting, self.metrics)).collect();
        let shown = column.body.iter().map(|&(_, text)| texts[text]);
        let header = column.header.iter().map(|&text| texts[text].0).max().unwrap_or(0);
        let all = column.body.iter().map(|&(_, text)| text).chain(column.header.iter().copied());
        let broken = all.map(|text| texts[text].2).sum();
        let (lines, fullness) = shown.map(|(lines, fullness, _)| (lines, fullness)).unzip();
        self.columns[col].needs.insert(width, Need { lines, fullness, header, broken });
    }
}

impl<'a> Cells<'a> {
    fn none() -> Self {
        Self { header: Vec::new(), body: Vec::new(), texts: Vec::new(), needs: BTreeMap::new(), least: 0 }
    }

    fn of(table: &'a Table, col: usize, page: &PageSpec, metrics: &dyn Metrics, most: usize) -> Self {
        let mut cells = Self::none();
        let mut known: BTreeMap<(&[String], bool), usize> = BTreeMap::new();
        let mut number = |content: &'a Content| {
            *known.entry((&content.paragraphs, content.join_last)).or_insert_with(|| {
                cells.texts.push(Text::of(content, page, metrics));
                cells.texts.len() - 1
            })
        };
        let own_header = table.header.iter().filter(|cell| cell.col == col && cell.col_span == 1);
        cells.header = own_header.map(|cell| number(&cell.content)).collect();
        let parts = parts(table, col);
        let shown = |row: &'a TableRow| match &row.across {
            Some(across) if across.contains(&col) => &NOTHING,
            _ => &row.cells[col].content,
        };
        cells.body =
            parts.into_iter().map(|rows| (rows.clone(), number(shown(&table.rows[rows.start])))).collect();
        let runs = cells.texts.iter().flat_map(|text| &text.paragraphs);
        let longest = runs.map(|(_, paragraph)| paragraph.widest_run(page.font_size)).max().unwrap_or(0);
        let column = &table.columns[col];
        let chosen = column.choices.iter().map(|word| text_width(word, page.font_size, metrics)); // C2
        let heading = table.header.iter().filter(|cell| cell.col == col && cell.col_span == 1);
        let heading = heading.flat_map(|cell| &cell.content.paragraphs);
        let heading = heading.map(|text| longest_word(text, metrics, page.font_size)); // C3
        let longest = chosen.chain(heading).fold(longest, Length::max);
        let units = usize::try_from((i64::from(longest) + i64::from(unit(page)) - 1) / i64::from(unit(page)));
        let narrowest = if column.level.is_some() { LABEL } else { NARROWEST }; // C4
        cells.least = units.unwrap_or(0).max(narrowest).min(most).max(NARROWEST);
        cells
    }
}

impl<'a> Text<'a> {
    fn of(content: &'a Content, page: &PageSpec, metrics: &dyn Metrics) -> Self {
        let texts = content.paragraphs.iter().map(String::as_str);
        let joined = match content.paragraphs.as_slice() {
            [.., beside, last] if content.join_last => {
                Some(text_width(&format!("{beside}{last}"), page.font_size, metrics))
            }
            _ => None,
        };
        let length = texts.clone().map(|text| text_width(text, page.font_size, metrics));
        let length = length.fold(0, Length::saturating_add);
        Self { paragraphs: texts.map(|text| (text, Paragraph::of(text, metrics))).collect(), joined, length }
    }

    /// The number of its lines, its length in thousandths of the width, and what the ends of the lines cost.
    fn need(&self, setting: &CellSetting, metrics: &dyn Metrics) -> (u32, u32, u64) {
        let is_joined = self.joined.is_some_and(|width| width <= setting.width);
        let broken = &self.paragraphs[..self.paragraphs.len() - if is_joined { 2 } else { 0 }];
        let (mut lines, mut cost) = (usize::from(is_joined), 0);
        for (text, paragraph) in broken {
            let counted = paragraph.count(setting.paragraph(text, metrics));
            lines += counted.0;
            cost += counted.1.min(WORST);
        }
        let fullness = i64::from(self.length) * 1000 / i64::from(setting.width.max(1));
        (u32::try_from(lines).unwrap_or(u32::MAX), u32::try_from(fullness).unwrap_or(u32::MAX), cost)
    }
}

/// The rows that each text of a column stands beside: a label's group, otherwise one.
fn parts(table: &Table, col: usize) -> Vec<Range<usize>> {
    let begins = |&row: &usize| table.columns[col].level.is_none_or(|l| table.rows[row].begins_level(l));
    let count = table.rows.len();
    let starts: Vec<usize> = (0..count).filter(|row| *row == 0 || begins(row)).collect();
    let ends = starts.iter().skip(1).copied().chain([count]);
    starts.iter().zip(ends).map(|(&start, end)| start..end).collect()
}

fn sum(counts: &[u32]) -> u64 {
    counts.iter().map(|&count| u64::from(count)).sum()
}

/// The width of the longest word of a heading: characters of one script, kanji by fours where they are many.
fn longest_word(heading: &str, metrics: &dyn Metrics, size: Length) -> Length {
    let paragraph = Paragraph::of(heading, metrics);
    let words = paragraph.clusters().chunk_by(|a, b| Script::of(a) == Script::of(b));
    let width = |word: &[Cluster<'_>]| match Script::of(&word[0]) {
        Script::Other => 0,
        Script::Kanji if word.len() > KANJI => {
            advance(word) * 4 / i64::try_from(word.len()).unwrap_or(i64::MAX)
        }
        _ => advance(word),
    };
    scaled(words.map(width).max().unwrap_or(0), size)
}

/// Half a character.
fn unit(page: &PageSpec) -> Length {
    (page.font_size / 2).max(1)
}

/// All ordered pairs of different columns.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |from| (0..count).filter(move |&to| to != from).map(move |to| (from, to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::Square;
    use crate::model::{Align, TableCell};
    use proptest::prelude::*;

    fn columns(widths: &[i32]) -> Vec<TableColumn> {
        let column = |&width| TableColumn::of(width, Align::Left);
        widths.iter().map(column).collect()
    }

    proptest! {
        #[test]
        fn columns_fill_the_width_in_proportion(
            widths in proptest::collection::vec(1i32..30_000, 1..12),
            padding in 0i32..4_000,
        ) {
            let columns = columns(&widths);
            let laid = by_shares(&columns, 540_000, padding);
            prop_assert_eq!(laid.iter().sum::<i32>(), 540_000);
            let area: i64 = laid.iter().map(|w| i64::from(w - 2 * padding)).sum();
            let shares: i64 = widths.iter().map(|&w| i64::from(w)).sum();
            for (&width, share) in laid.iter().zip(widths) {
                let exact = area * i64::from(share) / shares;
                prop_assert!((i64::from(width - 2 * padding) - exact).abs() <= 1);
            }
        }
    }

    /// A sheet of this text width, with room for widths to be found.
    fn page(width: Length) -> PageSpec {
        let template = "kaitei = 2\ndocument.title = \"一覧\"\npage.widths = \"auto\"\n\
            fields = [{ key = \"indicator\", role = \"name\" }, { key = \"project_no\", role = \"number\" }, { key = \"baseline\", role = \"baseline\" }, { key = \"target\", role = \"target\" }, \
            { key = \"disposition\", role = \"disposition\", choices = [{ code = \"1\", label = \"維持\" }] }, \
            { key = \"new_target\", role = \"new_target\" }, { key = \"reason\", role = \"reason\" }]\n\
            columns = [{ title = \"指標\", fields = [\"indicator\"], width = 1 }]";
        let page = crate::template::Template::parse("t", template).unwrap().page;
        let margin = (page.size().0 - width) / 2;
        PageSpec {
            margin_left: margin,
            margin_right: page.size().0 - width - margin,
            font_size: 10_000,
            ..page
        }
    }

    fn table(rows: &[Vec<String>], widths: &[i32]) -> Table {
        let mut columns = columns(widths);
        columns[0].level = Some(0);
        let begins = |i: usize| (i == 0 || rows[i][0] != rows[i - 1][0]).then_some(0);
        let row = |(i, cells): (usize, &Vec<String>)| TableRow {
            begins: begins(i),
            ..TableRow::of(cells.iter().map(|text| TableCell::of(text)).collect())
        };
        Table {
            columns,
            header_rows: 0,
            header: Vec::new(),
            rows: rows.iter().enumerate().map(row).collect(),
            tally: None,
        }
    }

    fn texts() -> impl Strategy<Value = Vec<Vec<String>>> {
        let text = proptest::collection::vec(
            proptest::sample::select("目標値、設定36か所ー（）".chars().collect::<Vec<_>>()),
            0..40,
        );
        let row = proptest::collection::vec(text.prop_map(|chars| chars.into_iter().collect()), 4);
        proptest::collection::vec(row, 1..12)
    }

    #[test]
    fn a_column_with_more_text_becomes_wider() {
        let row = ["１　目標", "園の数", "あ", "長い理由が書いてあり、二行になるところが一行になる。"]
            .map(str::to_owned)
            .to_vec();
        let table = table(&[row.clone(), row], &[1, 1, 1, 1]);
        let page = page(420_000);
        let widths = candidates(&table, &page, &Square).remove(0);
        let text_areas: Vec<i32> = widths.iter().map(|width| (width - 2 * page.padding_x) / 1000).collect();
        assert_eq!(text_areas, [40, 35, 20, 305]);
    }

    proptest! {
        #[test]
        fn found_widths_fill_the_page_and_need_no_more_lines(
            rows in texts(),
            widths in proptest::collection::vec(1i32..30_000, 4),
            width in 200_000i32..540_000,
        ) {
            let (table, page) = (table(&rows, &widths), page(width));
            let found = candidates(&table, &page, &Square);
            prop_assert_eq!(&found, &candidates(&table, &page, &Square));
            let mut search = Search::new(&table, &page, &Square);
            let equal = search.fitted(vec![1; 4]);
            let most = search.cost(&equal).0;
            for widths in &found {
                prop_assert_eq!(widths.iter().sum::<i32>(), page.text_width());
                let units: Vec<usize> = widths.iter().map(|&width| search.units(width)).collect();
                prop_assert!(units.iter().all(|&units| units >= NARROWEST));
                // The last column has a part of a unit more, in which no character fits.
                prop_assert!(search.cost(&units).0 <= most);
            }
        }
    }
}
