//! An entry of a file of decisions: its keys as text, and what a slip in one of them is told.

use crate::finding::{Message, message};
use crate::model::{CellRef, Origin, Place};
use crate::template::suggestion;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// Rows of the largest sheet that Excel has.
const ROWS: u32 = 1_048_576;
/// Columns of the widest sheet that Excel has.
const COLUMNS: u32 = 16_384;

/// An entry whose keys are all known and whose values are all text.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    /// The line on which it begins, from 1.
    line: usize,
    values: BTreeMap<&'t str, (usize, String)>,
}

/// The line, from 1, on which a place in a text is.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

/// A slip with its line.
pub(super) fn at_line(line: usize, slip: &Message) -> Message {
    message(format!("{line}行目: {}", slip.ja), format!("line {line}: {}", slip.en))
}

impl<'t> Entry<'t> {
    /// Reads a table at a place of its file's text.
    pub(super) fn read(
        text: &str,
        span: Range<usize>,
        table: &'t DeTable<'_>,
        known: &[&str],
    ) -> Result<Self, Message> {
        let mut values = BTreeMap::new();
        for (key, value) in table {
            let (line, name) = (line_of(text, key.span().start), key.get_ref().as_ref());
            if !known.contains(&name) {
                return Err(at_line(line, &unknown(name, known)));
            }
            let DeValue::String(said) = value.get_ref() else {
                let written = text.get(value.span()).unwrap_or_default();
                return Err(at_line(line, &no_text(name, written)));
            };
            values.insert(name, (line, said.replace("\r\n", "\n")));
        }
        Ok(Self { line: line_of(text, span.start), values })
    }

    /// A key's text, if the key is there.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|(_, said)| said.as_str())
    }

    /// A key's text, which may be empty but must be there.
    pub(super) fn text(&self, key: &str, what: (&str, &str)) -> Result<&str, Message> {
        self.get(key).ok_or_else(|| {
            let slip = message(
                format!("「{key}」がありません。{key} = \"…\" に、{}を書いてください", what.0),
                format!("`{key}` is missing; write {key} = \"…\": {}", what.1),
            );
            at_line(self.line, &slip)
        })
    }

    /// A key's text, which must say something.
    pub(super) fn filled(&self, key: &str, what: (&str, &str)) -> Result<&str, Message> {
        let said = self.text(key, what)?;
        if said.trim().is_empty() {
            let slip = message(
                format!("「{key}」が空です。{}を書いてください", what.0),
                format!("`{key}` is empty; write {}", what.1),
            );
            return Err(self.slip_at(key, &slip));
        }
        Ok(said)
    }

    /// The file and the sheet that the entry names.
    fn place(&self) -> Result<Place, Message> {
        let file = self.filled(
            "file",
            ("調査票のファイル（入力フォルダーからの位置）", "the form's file, from the input folder on"),
        )?;
        if file.contains('\\') {
            let slip =
                message("「file」のフォルダーは / で区切ってください", "`file`: write / between folders");
            return Err(self.slip_at("file", &slip));
        }
        // An empty name is no name: a CSV file's sheet has none.
        let sheet = self.get("sheet").filter(|sheet| !sheet.is_empty());
        Ok(Place { file: file.to_owned(), sheet: sheet.map(str::to_owned) })
    }

    /// The file, the sheet and the cell that the entry names; whether a cell must be named is for its kind to say.
    pub(super) fn origin(&self, needs_cell: bool) -> Result<Origin, Message> {
        let place = Arc::new(self.place()?);
        let Some(written) = self.get("cell").filter(|cell| needs_cell || !cell.is_empty()) else {
            if needs_cell {
                self.text("cell", ("セル（H7 など）", "the cell, as in H7"))?;
            }
            return Ok(Origin { place, cell: None });
        };
        let cell = written.parse().ok().filter(|cell: &CellRef| cell.row < ROWS && cell.col < COLUMNS);
        if cell.is_none() {
            let slip = message(
                format!(
                    "「cell」の「{written}」は、一つのセルを表していません。H7 のように、半角で列と行を書いてください"
                ),
                format!("`cell` = `{written}` names no cell; write it as Excel does, as in H7"),
            );
            return Err(self.slip_at("cell", &slip));
        }
        Ok(Origin { place, cell })
    }

    /// A slip that is about one of its keys.
    pub(super) fn slip_at(&self, key: &str, slip: &Message) -> Message {
        at_line(self.values.get(key).map_or(self.line, |(line, _)| *line), slip)
    }
}

fn unknown(name: &str, known: &[&str]) -> Message {
    let meant = suggestion(name, known);
    message(
        format!("「{name}」というキーはありません。{}", meant.ja),
        format!("no such key `{name}`; {}", meant.en),
    )
}

/// What is written is a number, say, and not a text.
fn no_text(name: &str, written: &str) -> Message {
    if written.contains(['"', '\'', '\n', '[', '{']) {
        return message(
            format!("「{name}」には、引用符で囲んだ文字を書いてください（{name} = \"…\"）"),
            format!("`{name}` takes text in quotation marks ({name} = \"…\")"),
        );
    }
    message(
        format!("「{name}」は引用符で囲んでください（{name} = \"{written}\"）"),
        format!("write `{name}` with quotation marks ({name} = \"{written}\")"),
    )
}
