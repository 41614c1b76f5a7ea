//! Kaitei (改訂) regenerates the revised KPI lists of Japan's local governments from their departments'
//! spreadsheets.
//!
//! # The map
//!
//! ```text
//! input/<document>/*.xlsx …        one folder of departmental workbooks per document
//!    │  ingest       file → RawSheet        every cell with its place; what is shown, not what is stored
//!    ▼
//! RawSheet
//!    │  decisions    corrections.toml: what the planning section lets stand in a cell instead
//!    ▼
//! RawSheet
//!    │  transform    RawSheets + Template → Noted<Dataset>      never fails: trouble is a Finding at a cell
//!    ▼
//! Dataset            rows in printing order, each with groups, values, disposition, reason and origins
//!    │  compare      what the revision changes of a row: read by everything below
//!    │  view         Dataset + Template → Documents       content, spans, formulas; no format, no font, no KPI
//!    ▼
//! Document           the list, and what the template wants beside it: a table with what stands above and below it
//!    │  layout       flow: Document + Metrics → Flow           widths, kinsoku, heights, what stands on which page
//!    │               place: Flow → Layout                      every text and rule at its place; pure and exact
//!    ▼
//! Document + Flow ───▶ emit::xlsx
//! Document + Layout ─▶ emit::pdf
//! Dataset + Document ▶ emit::html
//! Dataset ───────────▶ emit::data, emit::json                     the machine-readable formats
//! ```
//!
//! Beside it, [`score`] judges any file by thirty rules for machine-readable data, from what ingest reads and
//! surveys; no template has a say.
//!
//! [`pipeline`] is that flow on one screen and the file to read first; [`batch`] runs it over a project's
//! documents and writes the results; [`cli`] is the command. Arrows point one way: every stage uses
//! the ground floor, [`model`] and [`japanese`], none a later stage. What a city decides (titles, columns, vocabulary, words, paper) is in its
//! [`template`], never in code.
//!
//! Three kinds of trouble have three types: wrong *data* is a [`finding::Finding`] with a cell and a
//! remedy for its reader, from one table of all rules; a *run* that cannot happen is an [`error::Error`]; a wrong *program* panics with a reason.
//!
//! # Glossary
//!
//! | Japanese | here |
//! |---|---|
//! | 調査票 | a department's workbook, a source |
//! | 重要業績評価指標（KPI） | indicator |
//! | 基本目標, 施策 | group, by level |
//! | 該当事業№ | project number |
//! | 現状値 | baseline |
//! | 目標値 | target |
//! | 新たな目標値 | new target |
//! | 取扱（維持・修正・削除） | disposition |
//! | 集計 | tally |
//! | 年度 | fiscal year |
//! | 元号, 令和 | era, Reiwa |
//! | 禁則 | kinsoku: what may not begin or end a line |
//! | 所管課 | department |
//! | 訂正, 確認済み | correction, acceptance: a decision |
//! | 書体, フォント | font |
//! | 外字 | private-use character |

#[cfg(feature = "cli")]
pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod decisions;
pub mod emit;
pub mod error;
pub mod finding;
pub mod font;
pub mod ingest;
pub mod japanese;
pub mod layout;
pub mod model;
pub mod pipeline;
pub mod score;
pub mod template;
pub mod transform;
pub mod view;
