//! The editions: each format turns values into bytes and knows only its own syntax.

pub mod pdf;
mod stamp;

pub use stamp::Stamp;
