//! What a sheet is beside its cells: sizes, panes, drop-down list, filter, protection, and everything about printing.

use super::cell::{Corners, column, failed, row};
use super::name;
use super::style::ratio;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::template::Paper;
use rust_xlsxwriter::{DataValidation, Formula, IgnoreError, ProtectionOptions, Worksheet, XlsxError};

/// The widest columns that stay in sight, in pixels of the screen: half of a small one.
const WIDEST_FROZEN: u32 = 640;
/// The size of text that is read on a screen without effort, in thousandths of a point.
const READABLE: i32 = 11_000;
/// Thousandths of a point per inch.
const INCH: i32 = 72_000;

impl SheetWriter<'_> {
    /// Sets the sheet up.
    pub(super) fn set_up(&self, sheet: &mut Worksheet, protect: bool) -> Result<(), Error> {
        self.try_to_set_up(sheet, protect).map_err(|e| failed(None, &e))
    }

    fn try_to_set_up(&self, sheet: &mut Worksheet, protect: bool) -> Result<(), XlsxError> {
        for (col, &width) in self.plan.widths.iter().enumerate() {
            sheet.set_column_width_pixels(column(col), width)?;
        }
        for (at, &height) in self.plan.heights.iter().enumerate() {
            sheet.set_row_height_pixels(row(at), height)?;
        }
        sheet.set_name(self.name)?;
        sheet.set_screen_gridlines(false);
        let body = self.plan.header + row(self.table.header_rows);
        sheet.set_freeze_panes(body, self.frozen_columns())?;
        sheet.set_zoom(self.zoom());
        if let Some(area) = self.body_area() {
            let (top, left, bottom, right) = area;
            // №36 is a text on purpose: no green triangles.
            sheet.ignore_error_range(top, left, bottom, right, IgnoreError::NumberStoredAsText)?;
            self.drop_downs(sheet, area)?;
        }
        if protect {
            sheet.protect_with_options(&ProtectionOptions {
                use_autofilter: true,
                format_columns: true,
                format_rows: true,
                ..ProtectionOptions::default()
            });
        }
        self.set_up_pages(sheet, body)
    }

    /// The columns that stay in sight: those up to the record's name, unless they take too much of a window.
    fn frozen_columns(&self) -> u16 {
        let is_name =
            |col: &usize| self.table.columns[*col].is_row_header && self.table.columns[*col].level.is_none();
        let frozen = (0..self.table.columns.len()).find(is_name).map_or(0, |col| col + 1);
        let width: u32 = self.plan.widths[..frozen].iter().sum();
        if width * u32::from(self.zoom()) / 100 <= WIDEST_FROZEN { column(frozen) } else { 0 }
    }

    /// How large the sheet is on the screen, in per cent: so that its text can be read, and never smaller than it is.
    fn zoom(&self) -> u16 {
        let zoom = (i64::from(READABLE) * 100 / i64::from(self.page.font_size.max(1))).clamp(100, 150);
        u16::try_from(zoom / 5 * 5).expect("a zoom has three digits")
    }

    /// Puts buttons on the header to filter by all columns: what is merged over several rows says in each of them what it
    /// shows. A table that sums itself up has none: its sums would count what is hidden.
    pub(super) fn filter(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        let has_foot = self.table.rows.iter().any(|row| row.is_heading() || row.foot.is_some());
        let Some((top, left, bottom, right)) =
            self.body_area().filter(|_| self.plan.each_row_is_one && !has_foot && self.table.header_rows > 0)
        else {
            return Ok(());
        };
        sheet.autofilter(top - 1, left, bottom, right).map_err(|e| failed(Some((top - 1, left)), &e))?;
        Ok(())
    }

    /// Lets the words of a column be chosen from those that it can hold. Excel's own list has 255 characters and
    /// separates its words by commas: words that do not fit are taken from the labels of the tally that counts them.
    fn drop_downs(&self, sheet: &mut Worksheet, (top, _, bottom, _): Corners) -> Result<(), XlsxError> {
        for (col, words) in self.table.columns.iter().map(|column| &column.choices).enumerate() {
            let length = words.iter().map(|word| word.encode_utf16().count() + 1).sum::<usize>();
            let is_counted = self.table.tally.as_ref().is_some_and(|tally| tally.column == Some(col));
            let list = if words.is_empty() {
                continue;
            } else if length <= 256 && !words.iter().any(|word| word.contains([',', '"'])) {
                DataValidation::new().allow_list_strings(words)?
            } else if let Some((first, left, total, _)) = self.tally_area().filter(|_| is_counted) {
                let range = self.area((first, left, total - 1, left));
                DataValidation::new().allow_list_formula(Formula::new(format!("={range}")))
            } else {
                continue;
            };
            let asked = format!("「{}」は一覧（▼）から選んでください。", self.table.heading(col));
            // Excel takes 255 characters.
            let list = list.set_error_message(asked.chars().take(255).collect::<String>())?;
            sheet.add_data_validation(top, column(col), bottom, column(col), &list)?;
        }
        Ok(())
    }

    fn set_up_pages(&self, sheet: &mut Worksheet, body: u32) -> Result<(), XlsxError> {
        let page = self.page;
        let inches = |length| ratio(length, INCH);
        sheet.set_paper_size(match page.paper {
            Paper::A3 => 8,
            Paper::A4 => 9,
            Paper::B4 => 12,
            Paper::B5 => 13,
        });
        if page.landscape {
            sheet.set_landscape();
        }
        sheet.set_margins(
            inches(page.margin_left),
            inches(page.margin_right),
            inches(page.margin_top),
            inches(page.margin_bottom),
            inches(page.margin_top / 2),
            inches(page.margin_bottom / 2),
        );
        sheet.set_print_scale(self.plan.scale).set_print_center_horizontally(true);
        sheet.set_page_breaks(&self.plan.breaks)?;
        if self.table.header_rows > 0 {
            sheet.set_repeat_rows(self.plan.header, body - 1)?;
        }
        let tally_right = self.tally_area().map_or(0, |(_, _, _, right)| right);
        let last_row = row(self.plan.heights.len().saturating_sub(1));
        sheet.set_print_area(0, 0, last_row, self.last_column().max(tally_right))?;
        // Where all sheets are printed at once, each counts its own pages.
        sheet.set_print_first_page_number(1);
        let pages = self.plan.breaks.len() + 1;
        if let Some(header) = name::running(&page.header, pages) {
            sheet.set_header(header).set_header_footer_scale_with_doc(false);
        }
        if let Some(footer) = name::running(&page.footer, pages) {
            sheet.set_footer(footer).set_header_footer_scale_with_doc(false);
        }
        Ok(())
    }
}
