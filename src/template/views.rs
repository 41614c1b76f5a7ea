//! `[[views]]`: further documents from the same records. Each is the template with some keys of its own.

use super::file::{File, ViewTable};
use super::resolve::{self, field, missing};
use super::spec::{FieldKind, OutputFormat, Template};
use super::{CompareForm, ExtraSheet, suggestion, totals};
use crate::finding::{Message, message};
use crate::japanese::fold;
use crate::model::{Eras, Field, Record};
use serde::Deserialize;

/// Stands for the word of a record that says none.
pub const NO_WORD: &str = "記載なし";
/// Stands for a document's value of `each` in its title.
const EACH: &str = "{each}";

/// A document beside the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewSpec {
    /// Part of its files' names.
    pub key: String,
    /// What it shows.
    pub kind: ViewKind,
    /// How it shows two editions, if it does.
    pub form: CompareForm,
    /// It shows the records that say these words of these fields.
    pub conditions: Vec<(Field, String)>,
    /// There is one document for each word of this field.
    pub each: Option<Field>,
    /// Its template, whose name is that of its files.
    pub template: Template,
}

/// What a document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ViewKind {
    /// The records.
    #[default]
    List,
    /// How many records of each group have each word that is counted.
    Summary,
    /// What the revision changes.
    Changes,
    /// Where each record came from.
    Sources,
    /// The list beside its earlier edition.
    Compare,
}

impl ViewKind {
    /// The workbook's sheet that shows the same; none of the list itself.
    pub fn sheet(self) -> Option<ExtraSheet> {
        match self {
            Self::List | Self::Compare => None,
            Self::Summary => Some(ExtraSheet::Summary),
            Self::Changes => Some(ExtraSheet::Changes),
            Self::Sources => Some(ExtraSheet::Sources),
        }
    }
}

impl ViewSpec {
    /// Whether it shows a record.
    pub fn shows(&self, row: &Record) -> bool {
        self.conditions.iter().all(|(field, wanted)| fold(&word(row, *field, &self.template)) == fold(wanted))
    }

    /// Its template for one word of [`Self::each`].
    pub fn template_of(&self, word: &str) -> Template {
        let mut template = self.template.clone();
        if !template.document.title.contains(EACH) {
            template.document.title = format!("{}（{EACH}）", template.document.title);
        }
        let document = &mut template.document;
        let lines = document.subtitle.iter_mut().chain(&mut document.byline).chain(&mut document.notes);
        let page = &mut template.page;
        for text in lines.chain([&mut document.title]).chain(page.header.texts()).chain(page.footer.texts()) {
            *text = text.replace(EACH, word);
        }
        template
    }
}

/// What a record says of a field, in one line; nothing if it says nothing.
pub fn word(row: &Record, field: Field, template: &Template) -> String {
    let chosen = row.choice(field).map(|chosen| template.choice(field, chosen.id).label.as_str());
    let text = chosen
        .or_else(|| row.text(field).map(|text| text.text.as_str()))
        .or_else(|| row.value(field).map(|value| value.text.as_str()));
    text.unwrap_or_default().replace('\n', "")
}

/// Binds the views; each has its table, and the template's file as that changes it.
pub(super) fn resolve(
    template: &Template,
    own: &File,
    views: &[(ViewTable, File)],
    eras: &Eras,
) -> Result<Vec<ViewSpec>, Message> {
    let mut specs: Vec<ViewSpec> = Vec::new();
    for (table, file) in views {
        let key = &table.key;
        let is_plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-');
        if key.is_empty() || !key.chars().all(is_plain) || specs.iter().any(|known| known.key == *key) {
            return Err(message(
                format!(
                    "views の key「{key}」は使えません。半角の英小文字・数字・_・- で、ほかの文書と重ならない名前にしてください"
                ),
                format!(
                    "`views`: the key `{key}` cannot be used: lower-case ASCII letters, digits, _ and -, and no key of another view"
                ),
            ));
        }
        specs.push(view(template, own, table, file, eras).map_err(|slip| {
            message(format!("views の「{key}」: {}", slip.ja), format!("`views`, `{key}`: {}", slip.en))
        })?);
    }
    Ok(specs)
}

fn view(
    template: &Template,
    own: &File,
    table: &ViewTable,
    file: &File,
    eras: &Eras,
) -> Result<ViewSpec, Message> {
    let kind = table.kind;
    if table.title.is_none() {
        return Err(missing("title"));
    }
    if kind.sheet().is_some() && !table.columns.is_empty() {
        return Err(message(
            "columns を書けるのは kind = \"list\" と kind = \"compare\" の文書だけです",
            "`columns` are for documents with `kind = \"list\"` or `kind = \"compare\"`",
        ));
    }
    if kind == ViewKind::Compare {
        comparable(template, table)?;
    } else if table.form.is_some() {
        return Err(message(
            "form を書けるのは kind = \"compare\" の文書だけです",
            "`form` is for documents with `kind = \"compare\"`",
        ));
    }
    if kind.sheet().is_some_and(|sheet| !sheet.has_matter(template)) {
        return Err(message(
            "この kind の文書に載せる項目がありません（changes は取扱いか新たな目標値、summary は choices のある項目が要ります）",
            "no field is there for a document of this `kind` (changes: a disposition or a new target; summary: a field with `choices`)",
        ));
    }
    let by_key = |name: &str, key: &String| field(template, (&format!("{name} "), &format!("`{name}`")), key);
    let by_key = |name: &str, key: &String| published(template, name, by_key(name, key)?);
    let condition = |(key, word): (&String, &String)| {
        let field = by_key("where", key)?;
        Ok((field, known_word(template, field, word)?))
    };
    let each = table.each.as_ref().map(|key| by_key("each", key)).transpose()?;
    if let Some(value) = each.filter(|&field| template.field(field).kind == FieldKind::Value) {
        let key = &template.field(value).key;
        return Err(message(
            format!("each の「{key}」は値の項目です。文字か区分の項目を書いてください"),
            format!("`each`: `{key}` holds values; name a field of texts or choices"),
        ));
    }
    let mut of_view = resolve::resolve(&format!("{}.{}", template.id, table.key), own, file, eras.clone())?;
    if !table.totals.is_empty() {
        totals::printed(&of_view)?;
    }
    of_view.formats = formats(table.formats.as_deref(), template)?;
    Ok(ViewSpec {
        key: table.key.clone(),
        kind,
        form: table.form.unwrap_or_default(),
        conditions: table.r#where.iter().map(condition).collect::<Result<_, _>>()?,
        each,
        template: of_view,
    })
}

/// A comparison is of the whole list, and with something.
fn comparable(template: &Template, table: &ViewTable) -> Result<(), Message> {
    if template.compare.with.is_empty() {
        return Err(message(
            "kind = \"compare\" の文書には、前の版を compare.with に書いてください",
            "a document with `kind = \"compare\"` needs the earlier edition in `compare.with`",
        ));
    }
    if !table.r#where.is_empty() || table.each.is_some() {
        return Err(message(
            "kind = \"compare\" の文書に where と each は書けません",
            "a document with `kind = \"compare\"` takes no `where` and no `each`",
        ));
    }
    Ok(())
}

/// The field, if it is one that may be told from what is published.
pub(super) fn published(template: &Template, name: &str, field: Field) -> Result<Field, Message> {
    let spec = template.field(field);
    if spec.is_published {
        return Ok(field);
    }
    Err(message(
        format!(
            "「{name}」の項目「{}」は publish = false のため、公表する文書から分かるような使い方はできません",
            spec.key
        ),
        format!(
            "`{name}` names the field `{}`, which has `publish = false`: the published document would tell it",
            spec.key
        ),
    ))
}

/// The word of a condition; of a choice, its label.
fn known_word(template: &Template, field: Field, word: &str) -> Result<String, Message> {
    let choices = &template.field(field).choices;
    if choices.is_empty() {
        return Ok(word.to_owned());
    }
    let is_meant = |choice: &&super::Choice| choice.code == word || choice.words().any(|known| known == word);
    choices.iter().find(is_meant).map(|choice| choice.label.clone()).ok_or_else(|| {
        let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
        let meant = suggestion(word, &labels);
        message(
            format!("where の「{word}」という区分はありません。{}", meant.ja),
            format!("`where`: no choice `{word}`; {}", meant.en),
        )
    })
}

/// The formats that a view names, else those of the list that are for people.
fn formats(named: Option<&[OutputFormat]>, template: &Template) -> Result<Vec<OutputFormat>, Message> {
    let is_for_people = |format: &OutputFormat| !matches!(format, OutputFormat::Data | OutputFormat::Json);
    if named.is_some_and(|named| named.is_empty() || !named.iter().all(is_for_people)) {
        return Err(message(
            "formats に書けるのは xlsx、pdf、html です",
            "`formats` may name xlsx, pdf and html",
        ));
    }
    let wanted = named.unwrap_or(&template.formats);
    Ok(OutputFormat::ALL.into_iter().filter(|it| is_for_people(it) && wanted.contains(it)).collect())
}
