//! Japanese as it is written: characters, notation, folding, headings, numbers, eras. The ground floor, used by every stage.

mod address;
mod chars;
mod collate;
pub mod era;
mod fold;
mod heading;
mod look_alike;
mod notation;
mod number;
mod words;

pub use address::find_addresses;
pub use chars::{half_width, half_widths};
pub use collate::{Collation, collation};
pub use fold::{compatible, fold};
pub use heading::{heading, label_key, leading_number, leading_steps};
pub use notation::{Notation, is_no_value, is_percent_sign, normalise};
pub use number::{numeral_at, with_commas};
pub use words::{Words, bracket};

pub(crate) use chars::{is_dash, is_space};
pub(crate) use look_alike::look_alike;
pub(crate) use notation::is_unfilled;
#[cfg(test)]
pub(crate) use notation::tests::HOUSE;
