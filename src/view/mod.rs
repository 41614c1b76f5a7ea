//! From the list to documents: tables that know no KPI. One file a view.

mod field;
mod list;

pub use field::content;
pub use list::list;
