//! The order of rows, as a template wants it.

use super::file::{By, OrderTable};
use super::views::published;
use super::{Template, suggestion};
use crate::finding::{Message, message};
use crate::model::Field;

/// The order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// By the numbers at the heads of group labels, then by project number, then as read.
    Number,
    /// As read: files by name, then sheets, then rows; groups in order of appearance.
    Source,
    /// By what fields say, the first of them first; where they say the same, as read.
    Fields(Vec<SortKey>),
}

/// A field that rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// Which one.
    pub field: Field,
    /// The last comes first. What says nothing stays last.
    pub descending: bool,
}

/// Stands before the key of a field whose last comes first.
const DESCENDING: char = '-';
/// The words that are no keys.
const WORDS: [&str; 2] = ["number", "source"];

/// Binds `[order]`.
pub(super) fn resolve(template: &Template, table: &OrderTable) -> Result<Order, Message> {
    match &table.by {
        None => Ok(Order::Number),
        Some(By::One(word)) if word == WORDS[0] => Ok(Order::Number),
        Some(By::One(word)) if word == WORDS[1] => Ok(Order::Source),
        Some(By::One(key)) => Ok(Order::Fields(vec![sort_key(template, key)?])),
        Some(By::Keys(keys)) if keys.is_empty() => {
            Err(message("「order.by」が空です", "`order.by` names no field"))
        }
        Some(By::Keys(keys)) => {
            keys.iter().map(|key| sort_key(template, key)).collect::<Result<_, _>>().map(Order::Fields)
        }
    }
}

fn sort_key(template: &Template, text: &str) -> Result<SortKey, Message> {
    let key = text.strip_prefix(DESCENDING).unwrap_or(text);
    let fields = template.all_fields();
    let found = fields.iter().find(|&&field| template.field(field).key == key).ok_or_else(|| {
        let keys = fields.iter().map(|&field| template.field(field).key.as_str());
        let meant = suggestion(key, &WORDS.into_iter().chain(keys).collect::<Vec<_>>());
        message(
            format!("「order.by」の「{key}」という項目はありません。{}", meant.ja),
            format!("`order.by`: no field `{key}`; {}", meant.en),
        )
    })?;
    let field = published(template, "order.by", *found)?;
    Ok(SortKey { field, descending: key != text })
}
