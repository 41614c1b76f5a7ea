//! Charts: stacked bars, whose parts are told from each other without colour.

use super::cell::{column, row};
use super::name;
use super::writer::SheetWriter;
use crate::model;
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

/// Height of a chart, in pixels.
pub(super) fn height(chart: &model::Chart) -> u32 {
    BAR.saturating_mul(row(chart.rows.len())).saturating_add(AROUND).min(HIGHEST)
}

/// A chart of the table of a sheet, as wide as that.
pub(super) fn of(form: &SheetWriter<'_>, drawn: &model::Chart) -> Result<Chart, XlsxError> {
    let mut chart = Chart::new(ChartType::BarStacked);
    let font = font(form);
    let (top, bottom) = form.plan.sheet_rows(drawn.rows.clone());
    let header = form.plan.header + row(form.table.header_rows) - 1;
    for (col, fill) in drawn.columns.clone().map(column).zip(FILLS.iter().cycle()) {
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
    let mut title_font = font.clone();
    chart.title().set_name(&drawn.title).set_font(title_font.set_bold().set_size(11));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    // A bar chart's y axis has the groups, the first one on top; the numbers stand in the bars.
    chart.y_axis().set_reverse().set_font(&font).set_major_tick_type(ChartAxisTickType::None);
    chart.y_axis().set_major_gridlines(false);
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    chart.set_width(form.plan.widths.iter().sum()).set_height(height(drawn));
    chart.set_name(&drawn.title).set_alt_text(alt_text(drawn));
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

/// What the chart shows, in the most words for which Excel has room.
fn alt_text(chart: &model::Chart) -> String {
    let fits = |text: &&String| text.encode_utf16().count() <= LONGEST_TEXT;
    chart.words.iter().find(fits).cloned().unwrap_or_else(|| name::cut(&chart.title, LONGEST_TEXT))
}
