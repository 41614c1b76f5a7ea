//! What changed: within a list by its revision ([`within()`]), and from one edition of a list to the next
//! ([`Comparison`]). Nothing else knows it: the sheet of changes, the marks in the list, the bars of the web page, the
//! table of old against new, and the JSON read it here.

mod candidates;
mod carry;
mod comparison;
mod edition;
mod fields;
mod likeness;
mod links;
mod pairing;
mod within;
pub mod words;

pub use carry::{applied, carry};
pub use comparison::{Changed, Comparison, Pair, Question, Regrouped, Reworded, Side, compare};
pub use edition::Edition;
pub use fields::{FieldChange, FieldKind, FieldPair};
pub use links::{LINKS, Link, Links};
pub use pairing::By;
pub use within::{Change, Kind, within};
