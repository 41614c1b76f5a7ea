//! What the workbook holds beside the list: further sheets, cell notes, protection, and the words for them.

use super::Template;
use crate::model::Role;
use serde::Deserialize;

/// The workbook around its list. Every key may be absent: the defaults are a template too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WorkbookSpec {
    /// The sheets after the list, in their order; one that is named twice stands at its first place.
    pub sheets: Vec<ExtraSheet>,
    /// The list's cells have notes that say where their values came from.
    pub notes: bool,
    /// Nothing but dispositions can be changed until the protection, which has no password, is lifted.
    pub protect: bool,
    /// The words.
    pub labels: WorkbookLabels,
}

/// A sheet after the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExtraSheet {
    /// Indicators by outermost group and disposition, with a chart.
    Summary,
    /// The indicators that the revision changes: from what to what, and why.
    Changes,
    /// The file, sheet and cell that each indicator came from, with the file's hash.
    Sources,
}

impl ExtraSheet {
    /// Whether a list of this schema has what the sheet is about.
    pub fn has_matter(self, template: &Template) -> bool {
        let has = |role| template.role(role).is_some();
        match self {
            Self::Summary => template.counted().is_some(),
            Self::Changes => has(Role::Disposition) || has(Role::NewTarget),
            Self::Sources => true,
        }
    }
}

/// Sheet names, headings and other words of the workbook that the list does not have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WorkbookLabels {
    /// Name of [`ExtraSheet::Summary`].
    pub summary: String,
    /// Name of [`ExtraSheet::Changes`].
    pub changes: String,
    /// Name of [`ExtraSheet::Sources`].
    pub sources: String,
    /// Title of the chart; what is counted, unless the template says it.
    pub chart: String,
    /// The sums of the summary, if the list has no tally that names its own.
    pub total: String,
    /// Records that say none of the words that are counted.
    pub none: String,
    /// The row of the list's sheet.
    pub list_row: String,
    /// The target so far.
    pub before: String,
    /// The target from now on.
    pub after: String,
    /// Stands for the target of an indicator that leaves the list.
    pub removed: String,
    /// A source's file.
    pub file: String,
    /// A source's sheet.
    pub sheet: String,
    /// A source's cell.
    pub cell: String,
    /// A file's hash.
    pub hash: String,
    /// What was corrected in a source's cells.
    pub corrected: String,
    /// Head of a cell's note.
    pub note: String,
}

impl WorkbookSpec {
    /// The sheets after the list with their names.
    pub fn named_sheets(&self) -> impl Iterator<Item = (ExtraSheet, &str)> {
        let is_first = |at: usize| !self.sheets[..at].contains(&self.sheets[at]);
        let named = |sheet| match sheet {
            ExtraSheet::Summary => &self.labels.summary,
            ExtraSheet::Changes => &self.labels.changes,
            ExtraSheet::Sources => &self.labels.sources,
        };
        (0..self.sheets.len()).filter(move |&at| is_first(at)).map(move |at| {
            let sheet = self.sheets[at];
            (sheet, named(sheet).as_str())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::template::Template;

    fn parse(keys: &str) -> Result<Template, String> {
        let sample = include_str!("../../assets/init/sample.toml").replace("[workbook]", "");
        Template::parse("t", &format!("{keys}\n{sample}")).map_err(|slip| slip.en)
    }

    #[test]
    fn sheets_stand_where_they_are_named_first() {
        let check = |keys: &str, names: &str| {
            let workbook = parse(keys).unwrap().workbook;
            assert_eq!(workbook.named_sheets().map(|(_, name)| name).collect::<Vec<_>>().join(" "), names);
        };
        check("", "集計 変更点 元の調査票");
        check("workbook.sheets = []", "");
        check(r#"workbook.sheets = ["sources", "summary", "sources"]"#, "元の調査票 集計");
        check(r#"workbook.labels.changes = "新旧""#, "集計 新旧 元の調査票");
    }

    #[test]
    fn slips_are_named() {
        for (keys, said) in [
            (r#"workbook.sheets = ["sumary"]"#, "did you mean `summary`?"),
            ("workbook.note = true", "did you mean `notes`?"),
            (r#"workbook.labels.befor = "旧""#, "did you mean `before`?"),
        ] {
            let slip = parse(keys).unwrap_err();
            assert!(slip.contains(said), "{slip}");
        }
    }
}
