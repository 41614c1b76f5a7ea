//! What a sheet is beside its cells: sizes, panes, drop-down list, filter, protection, and everything about printing.

use super::cell::{Corners, column, failed, row};
use super::name;
use super::style::ratio;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::template::Paper;
use rust_xlsxwriter::{DataValidation, Formula, IgnoreError, ProtectionOptions, Worksheet, XlsxError};

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
        sheet.set_freeze_panes(body, 0)?;
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

    /// Puts buttons on the header to filter by the columns that have no merged cells: of these, the longest run of
    /// neighbours, as Excel has one filter a sheet. A table that sums itself up has none: its sums would count what is
    /// hidden.
    pub(super) fn filter(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        let each_row_is_one = self.plan.body.windows(2).all(|pair| pair[1] - pair[0] == 1);
        let has_foot = self.table.rows.iter().any(|row| row.is_heading() || row.foot.is_some());
        let Some((top, _, bottom, _)) = self.body_area().filter(|_| each_row_is_one && !has_foot) else {
            return Ok(());
        };
        let mut longest = 0..0;
        let mut start = 0;
        for (col, column) in self.table.columns.iter().enumerate() {
            if column.level.is_some() {
                start = col + 1;
            } else if col + 1 - start > longest.len() {
                longest = start..col + 1;
            }
        }
        if !longest.is_empty() {
            let (left, right) = (column(longest.start), column(longest.end - 1));
            sheet.autofilter(top - 1, left, bottom, right).map_err(|e| failed(Some((top - 1, left)), &e))?;
        }
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
        if let Some(header) = name::running(&page.header) {
            sheet.set_header(header).set_header_footer_scale_with_doc(false);
        }
        if let Some(footer) = name::running(&page.footer) {
            sheet.set_footer(footer).set_header_footer_scale_with_doc(false);
        }
        Ok(())
    }
}
