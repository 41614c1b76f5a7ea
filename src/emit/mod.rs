//! The editions: each format turns values into bytes and knows only its own syntax.

pub mod csv;
pub mod json;
pub mod stamp;
pub mod xlsx;

pub use stamp::Stamp;
