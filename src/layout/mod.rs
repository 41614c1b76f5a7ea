//! From the list to pages: table, column widths, line breaking, pagination. Pure, exact, without fonts.

mod metrics;
mod page;
mod table;

pub use metrics::Metrics;
pub use page::{Layout, Line, Page, PlacedLine, Role, Rule, TextBox};
pub use table::{Content, HeaderCell, Table, TableColumn, TableRow, Tally};
