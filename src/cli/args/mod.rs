//! Arguments and their help, in both languages.

mod help;
mod japanese;
mod refusal;

use super::Exit;
use crate::batch::Shard;
use crate::finding::Lang;
use crate::score::Rule;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::io::Write as _;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

/// Regenerates the revised KPI lists of local governments from their departments' spreadsheets.
#[derive(Debug, Parser)]
#[command(name = "kaitei", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(super) struct Cli {
    /// Language of messages (default: the locale's)
    #[arg(long, global = true, value_name = "LANG")]
    pub(super) lang: Option<LangName>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangName {
    Ja,
    En,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the documents of a project that have changed: XLSX, PDF, CSV, JSON and a manifest for each
    Build(BuildArgs),
    /// Say which documents would be built and why, what that costs, and which shard would build which
    Plan(PlanArgs),
    /// Prove that shards have built every document once, and bring the documents that other machines built here
    Merge(MergeArgs),
    /// Build, and build again whatever changes, until Ctrl-C or SIGTERM
    Watch(WatchArgs),
    /// Read and check everything, write nothing, and print the findings
    Check(CheckArgs),
    /// Compare the files of output/ with the hashes in their manifests
    Verify(VerifyArgs),
    /// Show how workbooks were understood: tables, columns, rows and values
    Inspect(InspectArgs),
    /// Compare a document with its earlier edition, record by record
    Compare(CompareArgs),
    /// Lay out the next year of a document: its template with the years advanced, the past edition, a form of what goes on
    Next(NextArgs),
    /// Score files by the thirty rules for machine-readable data, with the cells that lose points
    Score(ScoreArgs),
    /// Show how texts are understood as values: figures, units, bounds, changes, times
    Read(ReadArgs),
    /// Lay out a new project with a commented template and a sample workbook
    Init(InitArgs),
    /// Print a shell's completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Selection {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// Documents whose names fit a pattern with * and ? (may be given several times)
    #[arg(long, value_name = "GLOB")]
    pub(super) only: Vec<String>,
    /// Documents, by the names of their templates (default: all)
    #[arg(value_name = "DOCUMENT")]
    pub(super) documents: Vec<String>,
}

/// What a build and a check have in common.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) selection: Selection,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Documents to work on at the same time (default: one for each processor); memory grows with it
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
}

/// How a build is told of.
#[derive(Debug, Args)]
pub(super) struct ReporterArgs {
    /// Print only why something could not be built at all; the exit code and output/report.html say the rest
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Print lines, or events for schedulers: JSON lines on standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LogFormat::Text, conflicts_with = "quiet")]
    pub(super) log_format: LogFormat,
    /// Show no progress bar on a terminal
    #[arg(long)]
    pub(super) no_progress: bool,
    /// Write numbers of the run for Prometheus (textfile collector)
    #[arg(long, value_name = "FILE")]
    pub(super) metrics: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    #[command(flatten)]
    pub(super) reporter: ReporterArgs,
    /// Build documents that have not changed as well
    #[arg(long)]
    pub(super) force: bool,
    /// Build nothing and say the same as `kaitei plan`
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Build the I-th of N shares of the documents (2/3); `kaitei merge` joins them
    #[arg(long, value_name = "I/N")]
    pub(super) shard: Option<Shard>,
}

#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Plan to build documents that have not changed as well
    #[arg(long)]
    pub(super) force: bool,
    /// Divide the documents among so many shards
    #[arg(long, value_name = "N")]
    pub(super) shards: Option<NonZeroUsize>,
    /// Format of the plan
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
}

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// The pattern of documents that was given to the shards (may be given several times)
    #[arg(long, value_name = "GLOB")]
    pub(super) only: Vec<String>,
    #[command(flatten)]
    pub(super) reporter: ReporterArgs,
    /// Output folders of other machines (default: the project's own)
    #[arg(value_name = "FOLDER")]
    pub(super) folders: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    #[command(flatten)]
    pub(super) reporter: ReporterArgs,
    /// Look for changes every so many seconds: on network drives, which do not tell of them
    #[arg(long, value_name = "SECONDS")]
    pub(super) poll: Option<NonZeroU32>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Format of the findings
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// Print the entries for accepted.toml and corrections.toml, to be pasted and given their reasons
    #[arg(long, conflicts_with = "format")]
    pub(super) suggest: bool,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    pub(super) selection: Selection,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// The document whose template applies (default: the one whose input folder holds the file)
    #[arg(long, value_name = "NAME", conflicts_with = "template")]
    pub(super) document: Option<String>,
    /// A template outside any project
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// Print the template's [[forms]] for the files as they were understood, to be pasted and corrected
    #[arg(long, conflicts_with = "format")]
    pub(super) suggest: bool,
    /// Write a web page with each sheet as it looks, every cell with what it was read as, and the findings at their cells
    #[arg(long, value_name = "PAGE", conflicts_with_all = ["format", "suggest"])]
    pub(super) html: Option<PathBuf>,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorName::Auto)]
    pub(super) color: ColorName,
    /// The files
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// The earlier edition: a document of the project, or a file (JSON, CSV, workbook) or a folder of data, from the project's folder
    /// (default: the template's `compare.with`)
    #[arg(long, value_name = "OLD")]
    pub(super) with: Option<String>,
    /// Format of the comparison
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// Print the entries for links.toml that settle what is asked, to be pasted and corrected
    #[arg(long, conflicts_with = "format")]
    pub(super) suggest: bool,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorName::Auto)]
    pub(super) color: ColorName,
    /// The document
    #[arg(value_name = "DOCUMENT")]
    pub(super) document: String,
}

#[derive(Debug, Args)]
pub(super) struct NextArgs {
    /// The project's folder, with templates/, input/ and output/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,
    /// The fiscal year of the new document
    #[arg(long, value_name = "YEAR")]
    pub(super) year: i32,
    /// The fiscal year of the old one (default: the year in its name, else that of its new targets)
    #[arg(long, value_name = "YEAR")]
    pub(super) from: Option<i32>,
    /// The document that is past
    #[arg(value_name = "OLD")]
    pub(super) old: String,
    /// The name of the new one
    #[arg(value_name = "NEW")]
    pub(super) new: String,
}

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// Format of the answer
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// The era of bare two-digit years (default: the template's, else reiwa)
    #[arg(long, value_name = "ERA")]
    pub(super) era: Option<String>,
    /// A template, for its notation and its era
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// The template's field whose values they are
    #[arg(long, value_name = "KEY", requires = "template")]
    pub(super) field: Option<String>,
    /// The texts; `-` alone: a JSON array of strings on standard input
    #[arg(value_name = "TEXT", required = true, allow_hyphen_values = true)]
    pub(super) texts: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    /// Only this rule, with what it asks and how it is judged (L1-06; may be given more than once)
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub(super) rule: Vec<Rule>,
    /// Exit with 1 if a file has fewer points, of 100
    #[arg(long, value_name = "POINTS", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) min: Option<u8>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(super) format: LogFormat,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorName::Auto)]
    pub(super) color: ColorName,
    /// Workbooks and CSV files, or folders of them
    #[arg(value_name = "FILE", required_unless_present = "rule")]
    pub(super) files: Vec<PathBuf>,
}

/// The rule with a number.
fn rule(id: &str) -> Result<Rule, String> {
    Rule::by_id(id).ok_or_else(|| format!("{}–{}", Rule::ALL[0].id(), Rule::ALL[29].id()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorName {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListKind {
    Revision,
    Progress,
    Evaluation,
    List,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// What the sample list is: revised KPIs, indicators over the years, an evaluation of projects, a plain list
    #[arg(long, value_name = "KIND", default_value = "revision")]
    pub(super) kind: ListKind,
    /// The folder to make; it must be empty or absent
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    Text,
    Json,
}

const EXIT_CODES: &str = "Exit codes:
  0    done (warnings allowed)
  1    errors in the data (with --strict, warnings too); verify: output is not as recorded; read: a doubtful value; merge: shards
       are not one whole build; score --min: too few points
  2    wrong use or a wrong template
  3    files could not be read or written
  4    another kaitei is at work on the project
  70   kaitei itself is wrong
  130  ended by Ctrl-C (documents that were built stay)
  143  ended by SIGTERM (likewise)";

/// The language that arguments ask for, in any place, and the arguments without it: help and refusals come before the
/// rest is understood, and `kaitei help` takes nothing but commands.
pub(super) fn take_lang(mut arguments: Vec<OsString>) -> (Option<Lang>, Vec<OsString>) {
    for at in 1..arguments.len() {
        let text = arguments[at].to_string_lossy();
        let (name, end) = match text.strip_prefix("--lang") {
            Some("") => (arguments.get(at + 1).map(|name| name.to_string_lossy().into_owned()), at + 2),
            Some(rest) if rest.starts_with('=') => (Some(rest[1..].to_owned()), at + 1),
            _ if text == "--" => break,
            _ => continue,
        };
        let Some(name) = name.and_then(|name| LangName::from_str(&name, false).ok()) else { break };
        arguments.drain(at..end);
        return (Some(name.into()), arguments);
    }
    (None, arguments)
}

/// Parses the arguments; the help is in the given language.
pub(super) fn parse(arguments: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command(lang).try_get_matches_from(arguments)?)
}

/// Prints why arguments were not parsed: help and version, which were asked for, on standard output, anything else on
/// standard error. `asked` is the language that the arguments asked for.
pub(super) fn explain(error: &clap::Error, arguments: &[OsString], lang: Lang, asked: Option<Lang>) -> Exit {
    let refusal = refusal::japanese(error, arguments, asked.is_some()).filter(|_| lang == Lang::Ja);
    // A closed pipe is nobody's trouble.
    let _ = match refusal {
        Some(text) => std::io::stderr().write_all(text.as_bytes()),
        None => error.print(),
    };
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}

/// A shell's completion script, with descriptions in the given language.
pub(super) fn completions(shell: clap_complete::Shell, lang: Lang) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "kaitei", &mut script);
    script
}

fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::Ja => japanese::spoken(Cli::command()),
        Lang::En => Cli::command(),
    }
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Ja => Self::Ja,
            LangName::En => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_of_the_help_are_consistent() {
        Cli::command().debug_assert();
        japanese::spoken(Cli::command()).debug_assert();
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        for (line, lang, rest) in [
            ("kaitei --lang ja --help", Some(Lang::Ja), "kaitei --help"),
            ("kaitei build --help --lang=en", Some(Lang::En), "kaitei build --help"),
            ("kaitei help build --lang ja", Some(Lang::Ja), "kaitei help build"),
            ("kaitei build --language ja", None, "kaitei build --language ja"),
            ("kaitei build --lang fr", None, "kaitei build --lang fr"),
            ("kaitei build --lang", None, "kaitei build --lang"),
            ("kaitei build -- --lang ja", None, "kaitei build -- --lang ja"),
        ] {
            let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
            assert_eq!(take_lang(words(line)), (lang, words(rest)), "{line}");
        }
    }
}
