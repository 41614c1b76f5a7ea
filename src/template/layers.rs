//! The files that a template is made of: its own, and those that it extends, which say what several have in common. Each
//! is laid over the next, and the last over the defaults.

use super::file::{File, ViewTable};
use super::slip::explain;
use crate::finding::{Message, message};
use crate::model::Fingerprint;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// A template that another extends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Path from the folder of the template's own file, with `/` between folders.
    pub name: String,
    /// Content of the file.
    pub text: String,
}

/// The content of a template's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFiles {
    /// Of its own.
    pub own: Vec<u8>,
    /// Those that it extends, the nearest first.
    pub bases: Vec<Base>,
}

/// The part of a template's file that says what it extends.
#[derive(Deserialize)]
struct Head {
    extends: Option<String>,
}

impl TemplateFiles {
    /// What each base is told by, the nearest first.
    pub fn base_prints(&self) -> Vec<Fingerprint> {
        self.bases.iter().map(|base| Fingerprint::of(&*base.name, base.text.as_bytes())).collect()
    }
}

/// The file that a template's text names as its base, as a path from the folder of the template that began; of a text
/// that is no TOML, none.
pub fn extended(from: &str, text: &str) -> Option<String> {
    if !text.contains("extends") {
        return None;
    }
    let Head { extends } = toml::from_str(text).ok()?;
    extends.map(|name| match from.rsplit_once('/') {
        Some((folder, _)) if !name.starts_with('/') => format!("{folder}/{name}"),
        _ => name,
    })
}

/// What a template's files say.
pub(super) struct Said {
    /// They alone.
    pub(super) own: File,
    /// Laid over the defaults.
    pub(super) whole: File,
    /// The same for each of the views, with what that says otherwise.
    pub(super) views: Vec<(ViewTable, File)>,
}

/// Reads a template's text over its bases, the nearest first.
pub(super) fn parse(text: &str, bases: &[Base]) -> Result<Said, Message> {
    let (top, alone) = layer(text)?;
    if top.contains_key("extends") && bases.is_empty() {
        return Err(without_bases());
    }
    let mut said = Table::new();
    for base in bases.iter().rev() {
        overlay(&mut said, layer(&base.text).map_err(|slip| in_base(&base.name, &slip))?.0);
    }
    overlay(&mut said, top);
    let mut merged: Table =
        toml::from_str(include_str!("defaults.toml")).expect("the defaults are valid TOML");
    let own = if bases.is_empty() { alone } else { table(said.clone())? };
    overlay(&mut merged, said);
    let views = merged.remove("views");
    let views = views.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_table);
    let views = views.map(|view| Ok((table(view.clone())?, table(of_view(merged.clone(), view))?)));
    let views: Vec<(ViewTable, File)> = views.collect::<Result<_, Message>>()?;
    let whole: File = table(merged)?;
    let groups = whole.groups.iter().map(|table| ("groups", &table.key, table.remove));
    let fields = whole.fields.iter().map(|table| ("fields", &table.key, table.remove));
    let of_views = views.iter().map(|(table, _)| ("views", &table.key, table.remove));
    let mut entries = fields.chain(groups).chain(of_views);
    match entries.find(|(.., remove)| *remove) {
        Some((list, key, _)) => Err(nothing_to_remove(list, key)),
        None => Ok(Said { own, whole, views }),
    }
}

fn table<T: DeserializeOwned>(table: Table) -> Result<T, Message> {
    table.try_into().map_err(|error| explain("", &error))
}

/// The template of a view: what it says itself is laid over.
fn of_view(mut whole: Table, view: &Table) -> Table {
    let mut over = Table::new();
    for (key, value) in view {
        match key.as_str() {
            "document" | "columns" | "order" | "sections" | "totals" | "tally" | "page" | "workbook" => {
                over.insert(key.clone(), value.clone());
            }
            _ => {}
        }
    }
    if let Some(title) = view.get("title") {
        let document = over.entry("document").or_insert_with(|| Table::new().into());
        document.as_table_mut().map(|document| document.insert("title".to_owned(), title.clone()));
    }
    overlay(&mut whole, over);
    whole
}

/// A file alone: only here do errors know their line.
fn layer(text: &str) -> Result<(Table, File), Message> {
    let table: Table = toml::from_str(text).map_err(|e| explain(text, &e))?;
    supported(&table)?;
    let file = toml::from_str(text).map_err(|e| explain(text, &e))?;
    Ok((table, file))
}

/// Says in which base the keys of a message stand, if its own file does not have them.
pub(super) fn located(slip: &Message, text: &str, bases: &[Base]) -> Message {
    let said: Vec<String> = slip.en.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let words = || said.iter().map(|word| word.rsplit('.').next().unwrap_or_default());
    let count = |text: &str| words().filter(|word| !word.is_empty() && text.contains(word)).count();
    let (mut most, mut found) = (count(text), None);
    for base in bases {
        if count(&base.text) > most {
            (most, found) = (count(&base.text), Some(base));
        }
    }
    found.map_or_else(|| slip.clone(), |base| in_base(&base.name, slip))
}

/// A message about a file that the template extends.
pub(super) fn in_base(name: &str, slip: &Message) -> Message {
    message(format!("共通の設定「{name}」: {}", slip.ja), format!("extended {name}: {}", slip.en))
}

fn without_bases() -> Message {
    message(
        "「extends」のあるテンプレートは、ファイルとして読み取ってください",
        "a template with `extends` must be read from its file",
    )
}

fn nothing_to_remove(list: &str, key: &str) -> Message {
    message(
        format!(
            "{list} の「{key}」に remove = true がありますが、共通の設定にこの項目はありません。この行を消してください"
        ),
        format!("`{list}`: `{key}` has `remove = true`, but no extended file has it; delete the entry"),
    )
}

/// The version of the language of templates that this program reads.
const VERSION: i64 = 2;

/// Refuses a template of another version, which would only be misread.
fn supported(own: &Table) -> Result<(), Message> {
    match own.get("kaitei").map(Value::as_integer) {
        Some(Some(VERSION)) => Ok(()),
        Some(Some(newer)) if newer > VERSION => Err(message(
            format!(
                "版 {newer} のテンプレートです。このkaiteiが読めるのは版 {VERSION} までです。新しいkaiteiを使ってください"
            ),
            format!("a template of version {newer}; this kaitei reads version {VERSION}: use a newer kaitei"),
        )),
        _ => Err(message(
            format!(
                "「kaitei = {VERSION}」がありません。初めの行に書いてください。以前の書き方のテンプレートでは、fields・extras・dispositions を [[fields]] に書き直します（docs/ja/template.md）"
            ),
            format!(
                "`kaitei = {VERSION}` is missing; write it on the first line. In an older template, turn `fields`, `extras` and `dispositions` into `[[fields]]` (docs/template.md)"
            ),
        )),
    }
}

/// Lays `over` on `base`: tables key by key, entries with a `key` by that, lists of ignored columns joined, everything else
/// replaced.
fn overlay(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (Some(Value::Array(below)), Value::Array(mut above)) if key == "ignore_columns" => {
                above.append(below);
                *below = above;
            }
            (Some(Value::Array(below)), Value::Array(above)) if is_keyed(below) && is_keyed(&above) => {
                for entry in above {
                    overlay_entry(below, entry);
                }
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Lays an entry over the one with its key, adds it, or takes that away.
fn overlay_entry(below: &mut Vec<Value>, entry: Value) {
    let place = below.iter().position(|known| known.get("key") == entry.get("key"));
    match (place.map(|place| (place, &mut below[place])), entry) {
        (Some((place, _)), entry) if entry.get("remove") == Some(&Value::Boolean(true)) => {
            below.remove(place);
        }
        (Some((_, Value::Table(known))), Value::Table(entry)) => overlay(known, entry),
        (_, entry) => below.push(entry),
    }
}

/// Whether a list's entries have keys, and are told by them.
fn is_keyed(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|entry| entry.get("key").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;
    use crate::template::Template;

    const COMMON: &str = r#"kaitei = 2
page = { font_size_pt = 9.0, paper = "A3" }
input.ignore_columns = ["備考"]
era.base = "heisei"
groups = [{ key = "goal", words = ["目標"] }]
fields = [
    { key = "name", role = "name", words = ["事業名"] },
    { key = "target", role = "target", unit = "件" },
    { key = "memo" },
]
columns = [{ title = "事業", fields = ["name"], width = 20 }]
"#;
    const CITY: &str = r#"kaitei = 2
extends = "common.toml"
document.title = "一覧"
page.paper = "B4"
input.ignore_columns = ["整理番号"]
fields = [
    { key = "target", unit = "人" },
    { key = "memo", remove = true },
    { key = "section", role = "department" },
]
"#;

    fn over(own: &str, common: &str) -> Result<Template, Message> {
        let base = |name: &str, text: &str| Base { name: name.to_owned(), text: text.to_owned() };
        Template::parse_over("t", own, &[base("common.toml", common), base("far.toml", FAR)])
    }

    const FAR: &str = "kaitei = 2\npage = { font_size_pt = 7.0, title_size_pt = 12.0 }";

    #[test]
    fn tables_are_laid_over_key_by_key_and_fields_by_their_keys() {
        let template = over(CITY, COMMON).unwrap();
        let page = &template.page;
        assert_eq!((page.font_size, page.title_size, page.paper.describe().0), (9_000, 12_000, "B4"));
        let fields: Vec<&str> = template.fields.iter().map(|field| field.key.as_str()).collect();
        assert_eq!(fields, ["name", "target", "section"]);
        let target = template.field(template.role(Role::Target).unwrap());
        assert_eq!(target.unit.as_deref(), Some("人"));
        assert_eq!(template.groups.len(), 1);
        for word in ["備考", "整理番号"] {
            assert!(template.ignored_columns.iter().any(|known| known == word), "{word}");
        }
        assert_eq!(&*template.eras.base().name, "平成");
    }

    #[test]
    fn slips_name_the_file_they_are_in() {
        for (own, common, said) in [
            (
                CITY,
                COMMON.replace("paper", "papr"),
                "extended common.toml: line 2: no such key or value `papr`",
            ),
            (CITY, COMMON.replace("kaitei = 2", ""), "extended common.toml: `kaitei = 2` is missing"),
            (
                CITY,
                COMMON.replace("heisei", "heisey"),
                "extended common.toml: line 4: `era.base` = \"heisey\"",
            ),
            (CITY, COMMON.replace("9.0", "0.0"), "extended common.toml: `page.font_size_pt` must be above 0"),
            (
                CITY,
                COMMON.replace("[\"name\"]", "[\"nmae\"]"),
                "extended common.toml: column `事業`: no field `nmae`",
            ),
            (&CITY.replace("B4", "B9"), COMMON.to_owned(), "line 4: no such key or value `B9`"),
            (&CITY.replace("\"memo\"", "\"mmo\""), COMMON.to_owned(), "`fields`: `mmo` has `remove = true`"),
        ] {
            let slip = over(own, &common).expect_err(said).en;
            assert!(slip.starts_with(said), "{slip}");
        }
        let alone = Template::parse("t", CITY).expect_err("no base").en;
        assert!(alone.contains("must be read from its file"), "{alone}");
    }
}
