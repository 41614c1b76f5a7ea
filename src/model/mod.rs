//! The nouns of the program: plain values without I/O, formats or rules.

mod account;
mod area_code;
mod cell;
mod contribution;
mod correction;
mod document;
mod era;
mod facsimile;
mod fingerprint;
mod fiscal;
mod identity;
mod length;
mod limits;
mod looks;
mod navigation;
mod origin;
mod overlay;
mod record;
mod schema;
mod sheet;
mod spelling;
mod stated;
mod status;
mod value;

pub use account::{CellRole, ColumnAccount, Meaning, RowKind, SheetAccount, TableAccount};
pub use area_code::area_check_digit;
pub use cell::{
    Cells, Content, Decoration, Formula, Mark, Marked, Number, NumberFormat, TableCell, WORKBOOK_DIGITS,
    as_kept, cut_at_marks,
};
pub use contribution::Contribution;
pub use correction::Correction;
pub use document::{
    Align, CellNotes, Chart, Document, HeaderCell, Scope, Table, TableColumn, TableRow, Tally,
};
pub use era::{BareYear, Era, Eras};
pub use facsimile::{
    Column, FileFacsimile, Mark as CellMark, MarkKind, Region, RegionColumn, Remark, Row, SheetFacsimile,
    Square, Strip,
};
pub use fingerprint::{Fingerprint, hex};
pub use fiscal::{CivilDate, FiscalYear, Time, TimeKind};
pub use identity::RecordId;
pub use length::{Length, from_micrometres};
pub use limits::Limits;
pub use looks::{CellAlign, Look, LookBand, LookRun, Looks};
pub use navigation::{
    Anchors, Bar, Bars, Facet, FacetOption, Navigation, References, RowLink, Target, TextLink, anchor,
    text_links,
};
pub use origin::{CellRef, NoCell, Origin, Place};
pub use overlay::{Alignment, Edges, Overlay, OverlayKind, Setting};
pub use record::{Chosen, Comment, Dataset, Entry, Record, Text};
pub use schema::{ChoiceId, Field, Role, Roles, Slot};
pub use sheet::{Area, ColumnWidths, HiddenText, RawCell, RawRow, RawSheet, Stands, Surroundings, Unseen};
pub use spelling::{enclosed_number, is_platform_dependent, plain, spelled_out};
pub use stated::{Completion, StatedBy, StatedUnit};
pub use status::Status;
pub use value::{
    Bound, Change, Direction, Ends, Over, Part, Period, Quantity, QuantityKind, Reference, Start, TimeText,
    Value,
};
