//! `[page]`: its keys. [`super::resolve`] makes a sheet of paper of them.

use super::running::RunningTable;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub(super) paper: Option<PaperName>,
    pub(super) orientation: Option<Orientation>,
    pub(super) margin_top_mm: Option<f64>,
    pub(super) margin_bottom_mm: Option<f64>,
    pub(super) margin_left_mm: Option<f64>,
    pub(super) margin_right_mm: Option<f64>,
    pub(super) font_size_pt: Option<f64>,
    pub(super) title_size_pt: Option<f64>,
    pub(super) line_height: Option<f64>,
    pub(super) padding_x_pt: Option<f64>,
    pub(super) padding_y_pt: Option<f64>,
    pub(super) row_height_pt: Option<f64>,
    pub(super) header: Option<RunningTable>,
    pub(super) footer: Option<RunningTable>,
    pub(super) continued: Option<String>,
    pub(super) hanging_indent: Option<IndentName>,
    #[serde(default)]
    pub(super) hanging_punctuation: bool,
    pub(super) condense: Option<i32>,
    pub(super) widths: Option<WidthsName>,
    pub(super) fit_pages: Option<usize>,
    pub(super) break_before: Option<String>,
    pub(super) mark_revised: Option<MarkName>,
    pub(super) workbook_font: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum IndentName {
    None,
    Labels,
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum WidthsName {
    Shares,
    Auto,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MarkName {
    None,
    Underline,
    Words,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum PaperName {
    A4,
    A3,
    B5,
    B4,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Orientation {
    Portrait,
    Landscape,
}
