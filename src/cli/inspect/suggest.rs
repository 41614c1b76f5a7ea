//! The `[[forms]]` and `[[sheets]]` of a template as files were understood, ready to be pasted and corrected.

use crate::batch::Inspection;
use crate::finding::{Lang, harmless};
use crate::model::{
    CellRef, ColumnAccount, Field, Meaning, RawSheet, RowKind, SheetAccount, Slot, TableAccount,
};
use crate::template::{FormShape, OF_ROW, Template};
use crate::transform;
use crate::view::understood;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use toml::Value;

/// The labels of a form, each with what it was taken for.
type Labels = [(String, Option<ColumnAccount>)];

/// Places of a form that are named.
const PLACES: usize = 5;

/// The entries of some files: each form once, with the places where it is.
#[derive(Default)]
pub(super) struct Suggestions {
    /// By the entry, in the order in which they were seen.
    forms: Vec<(String, Vec<String>)>,
    at: BTreeMap<String, usize>,
}

impl Suggestions {
    pub(super) fn of(inspections: &[Inspection], lang: Lang) -> Self {
        let mut suggestions = Self::default();
        for inspection in inspections {
            for (sheet, account) in &inspection.sheets {
                let is_hidden = sheet.hidden && !inspection.template.takes_in_hidden;
                if !is_hidden && !sheet.rows.is_empty() {
                    suggestions.add(sheet, account, &inspection.template, lang);
                }
            }
        }
        suggestions
    }

    fn add(&mut self, sheet: &RawSheet, account: &SheetAccount, template: &Template, lang: Lang) {
        let is_skipped = account.rows.iter().any(|(_, kind)| *kind == RowKind::Skipped);
        if account.tables.is_empty() {
            match transform::guess(sheet, template).filter(|_| !is_skipped) {
                Some(guess) => {
                    let said = lang.pick((
                        "# 表の見出しが見つからないため、最も近い行から推測しました\n",
                        "# no header was found; this is a guess by the likeliest row\n",
                    ));
                    self.put_form(said, sheet, (&guess, template), lang);
                }
                None => self.put_sheet(sheet, "skip = true\n"),
            }
        }
        for table in &account.tables {
            if table.end == table.top && table.labels().is_empty() {
                self.put_sheet(sheet, &by_letters(table, template));
            } else {
                self.put_form("", sheet, (table, template), lang);
            }
        }
    }

    fn put_form(
        &mut self,
        said: &str,
        sheet: &RawSheet,
        (table, template): (&TableAccount, &Template),
        lang: Lang,
    ) {
        let (shape, labels) = transform::form_of(sheet, table, template);
        let in_line = |label: String| label.split_whitespace().collect::<String>();
        let labels: Box<Labels> =
            labels.into_iter().map(|(label, column)| (in_line(label), column)).collect();
        // A form is its labels, whatever they were taken for; their order does not matter where it is no table.
        let mut key: Vec<&str> = labels.iter().map(|(label, _)| label.as_str()).collect();
        if shape == FormShape::Labels {
            key.sort_unstable();
        }
        let entry = form(shape, &labels, &missing(table, template), template, lang);
        self.put(key.join("\n"), format!("{said}{entry}"), place(sheet));
    }

    fn put_sheet(&mut self, sheet: &RawSheet, form: &str) {
        let entry = begin(sheet) + form;
        self.put(entry.clone(), entry, place(sheet));
    }

    fn put(&mut self, key: String, entry: String, place: String) {
        let at = *self.at.entry(key).or_insert(self.forms.len());
        if at == self.forms.len() {
            self.forms.push((entry, Vec::new()));
        }
        let places = &mut self.forms[at].1;
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// The entries as text; empty if there are none.
    pub(super) fn text(&self, template: Option<&Template>, lang: Lang) -> String {
        if self.forms.is_empty() {
            return String::new();
        }
        let mut text = template.map_or_else(String::new, |template| explanation(template, lang));
        for (entry, places) in &self.forms {
            let named = places.iter().take(PLACES).cloned().collect::<Vec<_>>().join(lang.pick(("、", "; ")));
            let more = places.len().saturating_sub(PLACES);
            let more = lang
                .pick((format!("、ほか{more}シート"), format!("; and {more} more")))
                .repeat(usize::from(more > 0));
            writeln!(text, "\n# {named}{more}\n{entry}").expect("writing to a string does not fail");
        }
        text
    }
}

/// What stands above the entries.
fn explanation(template: &Template, lang: Lang) -> String {
    let said = lang.pick((
        "# テンプレートの末尾に貼り付け、見出しごとの項目を直して使います。項目のない見出しは読みません\n# 項目：",
        "# To be pasted at the end of the template and corrected, label by label; one without a field is not read\n# fields: ",
    ));
    let name = |field: Field| {
        let (key, name) = (&template.field(field).key, understood::field(field, template, lang));
        if *key == name { name } else { format!("{key}（{name}）") }
    };
    let fields: Vec<String> = template.all_fields().into_iter().map(name).collect();
    format!("{said}{}\n", fields.join(lang.pick(("、", ", "))))
}

fn place(sheet: &RawSheet) -> String {
    let name = match &sheet.place.sheet {
        Some(name) => format!("{} [{name}]", sheet.place.file),
        None => sheet.place.file.clone(),
    };
    name.chars().map(|c| if c == '\n' { ' ' } else { harmless(c) }).collect()
}

fn begin(sheet: &RawSheet) -> String {
    let mut text = format!("[[sheets]]\nfile = {}\n", quoted(&sheet.place.file));
    if let Some(name) = &sheet.place.sheet {
        writeln!(text, "sheet = {}", quoted(name)).expect("writing to a string does not fail");
    }
    text
}

/// The entry of a form: its labels, each with what it was taken for.
fn form(shape: FormShape, labels: &Labels, missing: &[Field], template: &Template, lang: Lang) -> String {
    let shape = match shape {
        FormShape::Table => "table",
        FormShape::Labels => "labels",
    };
    let mut text = format!("[[forms]]\nshape = \"{shape}\"\nlabels = [\n");
    for (label, column) in labels {
        let (held, said) = held(column.as_ref(), template, lang);
        let comment = if said.is_empty() { String::new() } else { format!(" # {said}") };
        writeln!(text, "    {{ label = {}{held} }},{comment}", quoted(label))
            .expect("writing to a string does not fail");
    }
    text += "]\n";
    if !missing.is_empty() {
        let keys: Vec<&str> = missing.iter().map(|field| template.field(*field).key.as_str()).collect();
        let said = lang.pick(("見出しのない項目", "fields without a label"));
        writeln!(text, "# {said}: {}", keys.join(", ")).expect("writing to a string does not fail");
    }
    text
}

/// What an entry says of a label, and what a comment says of that.
fn held(column: Option<&ColumnAccount>, template: &Template, lang: Lang) -> (String, &'static str) {
    let key = |field: Field| quoted(&template.field(field).key);
    let inferred = column.filter(|column| column.is_inferred);
    let said = inferred.map_or("", |_| lang.pick(("推定です。確認してください", "inferred, to be checked")));
    let held = match column.map(|column| column.meaning) {
        Some(Meaning::Holds(Slot::Field(field))) => format!(", field = {}", key(field)),
        Some(Meaning::Holds(Slot::Time(field))) => format!(", time = {}", key(field)),
        Some(Meaning::Holds(Slot::Unit(Some(field)))) => format!(", unit = {}", key(field)),
        Some(Meaning::Holds(Slot::Unit(None))) => format!(", unit = {}", quoted(OF_ROW)),
        Some(Meaning::Holds(Slot::Mark(field, id))) => {
            format!(", mark = {}", quoted(&template.mark_name(field, id)))
        }
        Some(Meaning::Option(Slot::Field(field))) => format!(", option = {}", key(field)),
        Some(Meaning::Rival(_) | Meaning::Unknown) => {
            return (
                String::new(),
                lang.pick((
                    "読みません。項目が分かれば field = \"…\" を加えてください",
                    "not read; add field = \"…\" if it is one",
                )),
            );
        }
        Some(Meaning::Holds(Slot::Words(_) | Slot::Ignored) | Meaning::Option(_)) | None => {
            return (String::new(), lang.pick(("読みません", "not read")));
        }
    };
    (held, said)
}

/// The rows and columns of a table without headings.
fn by_letters(table: &TableAccount, template: &Template) -> String {
    let key = |field: Field| template.field(field).key.clone();
    let mut maps: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for column in &table.columns {
        let letters = CellRef::column_letters(column.col);
        let (map, key) = match column.meaning {
            Meaning::Holds(Slot::Field(field)) => ("columns", key(field)),
            Meaning::Holds(Slot::Time(field)) => ("time_columns", key(field)),
            Meaning::Holds(Slot::Unit(of)) => ("unit_columns", of.map_or_else(|| OF_ROW.to_owned(), key)),
            Meaning::Holds(Slot::Mark(at, id)) => ("mark_columns", quoted(&template.mark_name(at, id))),
            _ => continue,
        };
        maps.entry(map).or_default().push(format!("{key} = \"{letters}\""));
    }
    let maps = maps.into_iter().map(|(map, lines)| format!("[sheets.{map}]\n{}\n", lines.join("\n")));
    std::iter::once("header_rows = []\n".to_owned()).chain(maps).collect()
}

/// Required fields without a column.
fn missing(table: &TableAccount, template: &Template) -> Vec<Field> {
    let slots = || {
        table.columns.iter().filter_map(|column| match column.meaning {
            Meaning::Holds(slot) => Some(slot),
            Meaning::Option(_) | Meaning::Rival(_) | Meaning::Unknown => None,
        })
    };
    let marked = |field| slots().any(|slot| matches!(slot, Slot::Mark(of, _) if of == field));
    let is_missing = |&field: &Field| {
        template.field(field).required && !slots().any(|slot| slot == Slot::Field(field)) && !marked(field)
    };
    template.all_fields().into_iter().filter(is_missing).collect()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
