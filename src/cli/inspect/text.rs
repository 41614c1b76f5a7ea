//! How a file was understood, for people: sheets, tables with their columns, rows with their values, findings.

use super::super::page::{Page, Tone, fit, width};
use crate::batch::Inspection;
use crate::finding::{Finding, Lang, Severity};
use crate::model::{
    CellRef, Comment, Field, Place, RawRow, RawSheet, Record, Role, RowKind, SheetAccount, TableAccount, Text,
};
use crate::template::{FieldKind, Template};
use crate::view::understood::{self as words, Use};
use std::collections::{BTreeMap, VecDeque};

/// Widest columns of headings and of understood values.
const HEADING: usize = 44;
const VALUE: usize = 40;

/// Writes an inspection for a terminal that is so many half-width characters wide.
pub(super) fn render(inspection: &Inspection, width: usize, lang: Lang) -> String {
    let mut report = Report { page: Page::new(width), inspection, template: &inspection.template, lang };
    report.file();
    for (sheet, account) in &inspection.sheets {
        report.sheet(sheet, account);
    }
    report.page.into_text()
}

struct Report<'a> {
    page: Page,
    inspection: &'a Inspection,
    template: &'a Template,
    lang: Lang,
}

impl Report<'_> {
    fn say<T>(&self, ja: T, en: T) -> T {
        self.lang.pick((ja, en))
    }

    /// The file, and what is said of it as a whole.
    fn file(&mut self) {
        let id = &self.template.id;
        let document = self.say(format!("（文書 {id}）"), format!(" (document {id})"));
        self.page.line(&[(Tone::Title, &self.inspection.file), (Tone::Dim, &document)]);
        let places: Vec<&Place> = self.inspection.sheets.iter().map(|(sheet, _)| &*sheet.place).collect();
        let findings = self.inspection.findings.iter();
        for finding in findings.filter(|d| !places.contains(&&*d.origin.place)) {
            self.finding(finding);
        }
    }

    fn sheet(&mut self, sheet: &RawSheet, account: &SheetAccount) {
        let name = match &sheet.place.sheet {
            Some(name) => self.say(format!("シート「{name}」"), format!("Sheet `{name}`")),
            None => self.say("表（CSV）", "Table (CSV)").to_owned(),
        };
        let hidden = if sheet.hidden { self.say("（非表示）", " (hidden)") } else { "" };
        self.page.line(&[]);
        self.page.line(&[(Tone::Title, &name), (Tone::Warning, hidden)]);
        self.left_out(sheet, account);
        for (at, table) in account.tables.iter().enumerate() {
            self.table(at + 1, table);
        }
        if account.tables.is_empty() && account.count(RowKind::Above) > 0 {
            let said = self.say("  表の見出しは見つかりません", "  no header of a table was found");
            self.page.line(&[(Tone::Warning, said)]);
        }
        self.rows(sheet, account);
        for finding in self.inspection.findings.iter().filter(|d| d.origin.place == sheet.place) {
            self.finding(finding);
        }
    }

    fn left_out(&mut self, sheet: &RawSheet, account: &SheetAccount) {
        let rows = |kind: RowKind| {
            let rows = account.rows.iter().filter(|(_, k)| *k == kind);
            ranges(&rows.map(|(row, _)| row + 1).collect::<Vec<u32>>())
        };
        let columns = sheet.hidden_columns_in_use().into_iter().map(CellRef::column_letters);
        let columns = if self.template.takes_in_hidden { Vec::new() } else { columns.collect::<Vec<_>>() };
        let left_out: Vec<String> = [
            (self.say("非表示の行", "hidden rows"), rows(RowKind::Hidden)),
            (self.say("非表示の列", "hidden columns"), columns.join(", ")),
            (self.say("取り消し線の行", "rows struck through"), rows(RowKind::Struck)),
        ]
        .into_iter()
        .filter(|(_, which)| !which.is_empty())
        .map(|(what, which)| format!("{what} {which}"))
        .collect();
        if !left_out.is_empty() {
            let said = self.say("  除いたもの: ", "  left out: ");
            self.page.line(&[(Tone::Warning, said), (Tone::Plain, &left_out.join(self.say("、", "; ")))]);
        }
    }

    /// A table's header: each column with its heading and what it was taken for.
    fn table(&mut self, number: usize, table: &TableAccount) {
        let rows: Vec<u32> = (table.top + 1..=table.end).collect();
        let rows = if rows.is_empty() { self.say("なし", "none").to_owned() } else { ranges(&rows) };
        let by_hand = self.say("、テンプレートによる", ", by the template");
        let hand = if table.by_hand { by_hand } else { "" };
        let title = if table.labels().is_empty() {
            self.say(
                format!("  表{number}（見出しの行 {rows}{hand}）"),
                format!("  Table {number} (header rows {rows}{hand})"),
            )
        } else {
            self.say(
                format!("  調査票{number}（項目名のセル）"),
                format!("  Form {number} (cells of labels)"),
            )
        };
        self.page.line(&[(Tone::Title, &title)]);
        let headings: Vec<String> = table.columns.iter().map(|column| column.headings.join(" / ")).collect();
        let widest = headings.iter().map(|heading| width(heading)).max().unwrap_or(0).min(HEADING);
        for (column, heading) in table.columns.iter().zip(&headings) {
            let place = column.label.map_or_else(|| CellRef::column_letters(column.col), |at| at.to_string());
            let letters = format!("    {place:<4}");
            let (used, meaning) = words::meaning(column, table.by_hand, self.template, self.lang);
            let (tone, sign) = match used {
                Use::Read => (Tone::Good, "  → "),
                Use::LeftOut => (Tone::Dim, "  - "),
                Use::Unread => (Tone::Warning, "  × "),
            };
            self.page.line(&[
                (Tone::Dim, &letters),
                (Tone::Plain, &fit(heading, widest)),
                (tone, sign),
                (tone, &meaning),
            ]);
        }
    }

    fn rows(&mut self, sheet: &RawSheet, account: &SheetAccount) {
        let counted = RowKind::ALL.iter().map(|&kind| (kind, account.count(kind)));
        let counted: Vec<String> = counted
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| format!("{} {count}", words::kind(kind, self.lang)))
            .collect();
        let (seen, sum) = (account.rows.len(), counted.join(" + "));
        let equals = if counted.is_empty() { "" } else { " = " };
        let said =
            self.say(format!("  記入のある行 {seen}{equals}{sum}"), format!("  Rows {seen}{equals}{sum}"));
        self.page.line(&[(Tone::Title, &said)]);
        let here = self.inspection.rows.iter().filter(|row| row.origin.place == account.place);
        let mut indicators: BTreeMap<u32, VecDeque<&Record>> = BTreeMap::new();
        for (line, row) in here.filter_map(|row| Some((row.origin.cell?.row, row))) {
            indicators.entry(line).or_default().push_back(row);
        }
        let mut groups: Vec<&str> = Vec::new();
        for &(row, kind) in &account.rows {
            let own = indicators.get_mut(&row).filter(|_| kind == RowKind::Indicator);
            let Some(indicator) = own.and_then(VecDeque::pop_front) else {
                let text = sheet.row(row).map(RawRow::line).unwrap_or_default();
                self.row(row, kind, Tone::Dim, &text);
                continue;
            };
            let own: Vec<&str> = indicator.groups.iter().map(|group| group.text.as_str()).collect();
            if own != groups {
                self.page.paragraph(&[(Tone::Plain, "        ")], (Tone::Plain, &own.join(" › ")));
                groups = own;
            }
            self.indicator(row, indicator);
        }
        account.notes.iter().for_each(|note| self.comment(note));
    }

    fn row(&mut self, row: u32, kind: RowKind, tone: Tone, text: &str) {
        let number = format!("{:>6}  ", row + 1);
        let kind_tone = match kind {
            RowKind::Indicator => Tone::Good,
            RowKind::Hidden | RowKind::Struck | RowKind::Skipped | RowKind::Duplicate => Tone::Warning,
            RowKind::Unknown | RowKind::Unread => Tone::Error,
            _ => Tone::Plain,
        };
        let kind = format!("{}  ", fit(words::kind(kind, self.lang), 10));
        self.page.line(&[(Tone::Dim, &number), (kind_tone, &kind), (tone, text)]);
    }

    fn indicator(&mut self, index: u32, row: &Record) {
        let number = row.text_of(Role::Number).map(|no| format!("№{} ", no.text)).unwrap_or_default();
        self.row(index, RowKind::Indicator, Tone::Title, &format!("{number}{}", row.name().text));
        for field in self.template.all_fields() {
            if let Some(value) = row.value(field) {
                let raw = format!("← {}", value.raw);
                self.entry(field, &words::value(value, self.lang), &raw);
            } else if self.template.field(field).kind == FieldKind::Choice {
                let chosen = row.choice(field);
                let label = chosen.map_or("？", |chosen| &self.template.choice(field, chosen.id).label);
                let raw = chosen.map(|chosen| format!("← {}", chosen.raw)).unwrap_or_default();
                self.entry(field, label, &raw);
            } else if let (Field::Entry(_), Some(Text { text, .. })) = (field, row.text(field))
                && !matches!(self.template.field(field).role, Some(Role::Name | Role::Number))
            {
                self.entry(field, text, "");
            }
        }
        row.notes.iter().for_each(|note| self.comment(note));
    }

    fn comment(&mut self, comment: &Comment) {
        let cell = comment.origin.cell.map(|cell| cell.to_string()).unwrap_or_default();
        let name = format!("{} {cell}", self.say("コメント", "comment"));
        let begin = [(Tone::Dim, "        "), (Tone::Dim, &*fit(&name, 14))];
        self.page.paragraph(&begin, (Tone::Plain, &comment.text));
    }

    /// A field of an indicator: what was understood, and the text that it was read from.
    fn entry(&mut self, field: Field, understood: &str, raw: &str) {
        let name = fit(&words::field(field, self.template, self.lang), 14);
        let begin = [(Tone::Dim, "        "), (Tone::Dim, &*name)];
        let indent = 8 + width(&name);
        if raw.is_empty() {
            self.page.line(&[begin[0], begin[1], (Tone::Plain, understood)]);
        } else if width(understood) < VALUE && indent + VALUE + width(raw) <= self.page.width() {
            self.page.line(&[begin[0], begin[1], (Tone::Plain, &fit(understood, VALUE)), (Tone::Dim, raw)]);
        } else {
            self.page.paragraph(&begin, (Tone::Plain, understood));
            self.page.paragraph(&[(Tone::Plain, &" ".repeat(indent))], (Tone::Dim, raw));
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let tone = match finding.severity {
            Severity::Error => Tone::Error,
            Severity::Warning => Tone::Warning,
            Severity::Note => Tone::Dim,
        };
        let name = finding.label(self.lang);
        let cell = finding.origin.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
        self.page.line(&[
            (Tone::Plain, "  "),
            (tone, &format!("{name}[{}]", finding.code().id())),
            (Tone::Title, &cell),
        ]);
        let message = finding.message(self.lang);
        self.page.paragraph(&[(Tone::Plain, "    ")], (Tone::Plain, &message));
        if let Some(next) = finding.next_step(self.lang) {
            self.page.paragraph(&[(Tone::Dim, "    → ")], (Tone::Dim, &next));
        }
    }
}

/// Ascending numbers, successive ones as a range: `3-5, 8`.
fn ranges(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let named = ranges.iter().map(
        |&(first, last)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        },
    );
    named.collect::<Vec<_>>().join(", ")
}
