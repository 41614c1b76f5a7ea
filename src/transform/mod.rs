//! Sheets to the list, one step a file.

pub mod era;
pub mod text;
pub mod value;
