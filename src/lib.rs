//! Kaitei (改訂) makes the official lists of Japan's local governments from the spreadsheets that their departments send.
//!
//! ```
//! # fn main() -> Result<(), kaitei::Error> {
//! # let template = r#"
//! # kaitei = 2
//! # document.title = "指標の一覧"
//! # fields = [
//! #     { key = "name", role = "name", words = ["指標"] },
//! #     { key = "target", role = "target", words = ["目標"] },
//! #     { key = "department", role = "department", words = ["所管課"] },
//! # ]
//! # columns = [
//! #     { title = "指標", fields = ["name"], width = 20 },
//! #     { title = "目標", fields = ["target"], width = 10 },
//! # ]
//! # "#;
//! # let form = "指標,目標,所管課\n認可保育所数,5か所,保育課\n";
//! use kaitei::{Lang, OutputFormat, Project};
//!
//! let output = Project::new("kpi", template)?.file("01_保育課.csv", form).build()?;
//! let said: Vec<String> = output.findings.iter().map(|finding| finding.message(Lang::Ja)).collect();
//! let targets: Vec<&str> = output.rows.iter().map(|row| row.text("target")).collect();
//! let pdf = output.of(OutputFormat::Pdf).next().map(|file| &file.bytes);
//! # assert_eq!((said.len(), targets), (0, vec!["5か所"]));
//! # assert!(pdf.is_some_and(|bytes| bytes.starts_with(b"%PDF-")));
//! # let names: Vec<&str> = output.files.iter().map(|file| file.name.as_str()).collect();
//! # assert!(names.starts_with(&["kpi.xlsx", "kpi.pdf"]), "{names:?}");
//! # Ok(())
//! # }
//! ```
//!
//! [`Project`] and what it gives are the interface for other programs. The modules are the rooms of the house: open to its
//! own tests, with no promise that they stay as they are.
//!
//! # The map
//!
//! ```text
//! a department's file, as bytes
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
//! Document + Flow ───────▶ emit::xlsx
//! Document + Layout ─────▶ emit::pdf
//! Document + Navigation ─▶ emit::html
//! Dataset ───────────────▶ emit::data, emit::json                 the machine-readable formats
//! ```
//!
//! Beside it, [`score`] judges any file by thirty rules for machine-readable data, from what ingest reads and
//! surveys; no template has a say.
//!
//! [`pipeline`] is that flow on one screen and the file to read first. Arrows point one way: every stage uses
//! the ground floor, [`model`] and [`japanese`], none a later stage. What a city decides (titles, columns, vocabulary, words, paper) is in its
//! [`template`], never in code.
//!
//! All of that is the library. It knows no clock, no environment, no disk, no process and no thread: bytes and values go
//! in, values and bytes come out, and who reads a file where is its caller's. The program is the feature `cli`, which is on
//! by default: `batch` runs the flow over a project's folders and writes the results, and `cli` is the command, whose
//! commands call `batch` or the library and hand it a reporter.
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

// Lints look at the rooms as if they were shown: what is in them is documented.
mod assignment;
#[cfg(feature = "cli")]
#[cfg_attr(not(clippy), doc(hidden))]
pub mod batch;
#[cfg(feature = "cli")]
#[cfg_attr(not(clippy), doc(hidden))]
pub mod cli;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod compare;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod decisions;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod emit;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod error;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod finding;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod font;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod ingest;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod japanese;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod layout;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod model;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod pipeline;
mod project;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod score;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod template;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod transform;
#[cfg_attr(not(clippy), doc(hidden))]
pub mod view;

pub use error::{Error, ErrorKind};
pub use finding::{Finding, Lang, Message, Reader, Severity};
pub use model::{CellRef, Origin, Place};
pub use project::{Output, OutputFile, Project, Row};
pub use template::OutputFormat;
