//! The chart of the summary: a bar per group, with a part per disposition that is told from the others without colour.

use super::name;
use super::summary::Line;
use super::writer::SheetWriter;
use rust_xlsxwriter::{
    Chart, ChartAxisTickType, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartPatternFill, ChartPatternFillType, ChartSolidFill, ChartType, XlsxError,
};

/// Excel's longest alternative text, in UTF-16 units.
const LONGEST_TEXT: usize = 255;
/// Heights in pixels: of the title and the legend, of a bar, and of the whole at most.
const AROUND: u32 = 110;
const BAR: u32 = 46;
const HIGHEST: u32 = 700;

/// The fills, in turn: greys and hatchings that a photocopier keeps apart.
const FILLS: [Fill; 8] = [
    Fill::Grey(0x00D9_D9D9),
    Fill::Hatched(ChartPatternFillType::DiagonalStripesWideUpwards),
    Fill::Grey(0x00A6_A6A6),
    Fill::Hatched(ChartPatternFillType::Dotted25Percent),
    Fill::Grey(0x00FF_FFFF),
    Fill::Hatched(ChartPatternFillType::HorizontalStripesDark),
    Fill::Grey(0x007F_7F7F),
    Fill::Hatched(ChartPatternFillType::HorizontalBrick),
];

#[derive(Clone, Copy)]
enum Fill {
    Grey(u32),
    Hatched(ChartPatternFillType),
}

/// Height of a chart with some bars, in pixels.
pub(super) fn height(bars: usize) -> u32 {
    BAR.saturating_mul(u32::try_from(bars).unwrap_or(u32::MAX)).saturating_add(AROUND).min(HIGHEST)
}

/// The chart of some lines of a summary, which stand below its header; `size` in pixels.
pub(super) fn of(
    form: &SheetWriter<'_>,
    lines: &[Line],
    (width, height): (u32, u32),
) -> Result<Chart, XlsxError> {
    let mut chart = Chart::new(ChartType::BarStacked);
    let font = font(form);
    let (top, _, bottom, _) = form.corners(0..lines.len(), 0);
    let header = form.plan.header;
    for ((_, fill), col) in form.template.dispositions().iter().zip(FILLS.iter().cycle()).zip(1..) {
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format("0;;").set_font(&font);
        label.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(0x00FF_FFFF)));
        chart
            .add_series()
            .set_name((form.name, header, col))
            .set_categories((form.name, top, 0, bottom, 0))
            .set_values((form.name, top, col, bottom, col))
            .set_format(&mut filled(*fill))
            .set_gap(60)
            .set_data_label(&label);
    }
    let labels = &form.template.workbook.labels;
    let mut title_font = font.clone();
    chart.title().set_name(&labels.chart).set_font(title_font.set_bold().set_size(11));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    // A bar chart's y axis has the groups, the first one on top; the numbers stand in the bars.
    chart.y_axis().set_reverse().set_font(&font).set_major_tick_type(ChartAxisTickType::None);
    chart.y_axis().set_major_gridlines(false);
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    chart.set_width(width).set_height(height).set_name(&labels.chart).set_alt_text(alt_text(form, lines));
    chart.validate()?;
    Ok(chart)
}

fn font(form: &SheetWriter<'_>) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(&form.page.workbook_font).set_size(9);
    font
}

fn filled(fill: Fill) -> ChartFormat {
    let mut format = ChartFormat::new();
    match fill {
        Fill::Grey(color) => format.set_solid_fill(ChartSolidFill::new().set_color(color)),
        Fill::Hatched(pattern) => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(pattern)
                .set_foreground_color(0x0059_5959)
                .set_background_color(0x00FF_FFFF),
        ),
    };
    format.set_border(ChartLine::new().set_color(0x0000_0000).set_width(0.75));
    format
}

/// What the chart shows, in words: every bar, or their sums where Excel has no room for that.
fn alt_text(form: &SheetWriter<'_>, lines: &[Line]) -> String {
    let dispositions = &form.template.dispositions();
    let title = &form.template.workbook.labels.chart;
    let said = |counts: &[usize]| {
        let counts = dispositions.iter().zip(counts).map(|(word, n)| format!("{} {n}", word.print));
        counts.collect::<Vec<_>>().join("、")
    };
    let bars: Vec<String> =
        lines.iter().map(|line| format!("{}：{}", line.label, said(&line.counts))).collect();
    let sums: Vec<usize> =
        (0..dispositions.len()).map(|at| lines.iter().map(|line| line.counts[at]).sum()).collect();
    let texts = [format!("{title}。{}。", bars.join("。")), format!("{title}。{}。", said(&sums))];
    let fits = |text: &String| text.encode_utf16().count() <= LONGEST_TEXT;
    texts.into_iter().find(fits).unwrap_or_else(|| name::cut(title, LONGEST_TEXT))
}
