//! The command line: arguments, language, exit codes. The only place with clap, the environment, the clock and
//! the terminal.

mod args;
mod build;
mod check;
mod compare;
mod confine;
mod desktop;
mod init;
mod inspect;
mod merge;
mod next;
mod page;
mod plan;
mod read;
mod report;
mod reporter;
mod score;
mod stop;
mod verify;
mod watch;
mod worker;

use crate::error::{Error, ErrorKind};
use crate::finding::Lang;
use args::Command;
use desktop::Start;
use std::ffi::OsString;
use std::process::ExitCode;

/// Documented in the manual: scripts rely on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Done; warnings allowed.
    Done = 0,
    /// A document's data has errors, or its output is not what its manifest promises.
    Data = 1,
    /// Wrong use, or a wrong template.
    Usage = 2,
    /// A run that could not happen: the file system said no.
    Io = 3,
    /// Another kaitei is at work on the project.
    Busy = 4,
    /// Kaitei itself is wrong.
    Bug = 70,
    /// Ended by SIGINT: 128 and the signal's number, as shells count.
    Interrupted = 130,
    /// Ended by SIGTERM.
    Terminated = 143,
}

/// Runs the command with the program's arguments, its name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    crate::batch::quiet_caught_panics();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(exit) = worker::run(&arguments) {
        return ExitCode::from(exit as u8);
    }
    let exit = match desktop::start(&arguments) {
        Start::Arguments => command(arguments),
        Start::Build(project) => desktop::build(&project, locale(), command),
        Start::Advice => desktop::advise(locale()),
    };
    ExitCode::from(exit as u8)
}

/// Runs the command that the arguments name.
fn command(arguments: Vec<OsString>) -> Exit {
    let (asked, arguments) = args::take_lang(arguments);
    let lang = asked.unwrap_or_else(locale);
    match args::parse(&arguments, lang) {
        Ok(cli) => {
            let lang = cli.lang.map_or(lang, Lang::from);
            let done = match cli.command {
                Command::Build(args) => Ok(build::run(&args, lang)),
                Command::Plan(args) => plan::run(&args, lang),
                Command::Merge(args) => Ok(merge::run(&args, lang)),
                Command::Watch(args) => Ok(watch::run(&args, lang)),
                Command::Check(args) => check::run(&args, lang),
                Command::Verify(args) => verify::run(&args, lang),
                Command::Inspect(args) => inspect::run(&args, lang),
                Command::Compare(args) => compare::run(&args, lang),
                Command::Next(args) => next::run(&args, lang),
                Command::Score(args) => score::run(&args, lang),
                Command::Read(args) => read::run(&args, lang),
                Command::Init(args) => init::run(&args, lang),
                Command::Completions { shell } => {
                    let script = args::completions(shell, lang);
                    report::write_out(&mut std::io::stdout(), &script).map(|()| Exit::Done)
                }
            };
            done.unwrap_or_else(|error| {
                report::error(&error, lang);
                Exit::from(error.kind)
            })
        }
        Err(error) => args::explain(&error, &arguments, lang, asked),
    }
}

/// Japanese where the locale is, English otherwise.
fn locale() -> Lang {
    match sys_locale::get_locale() {
        Some(name) if name.starts_with("ja") => Lang::Ja,
        _ => Lang::En,
    }
}

/// `SOURCE_DATE_EPOCH`, the reproducible builds' convention.
fn source_date_epoch() -> Result<Option<i64>, Error> {
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    // Until the year 9999, the last that PDF and XLSX can state.
    match text.parse() {
        Ok(seconds) if (0..253_402_300_800).contains(&seconds) => Ok(Some(seconds)),
        _ => Err(Error::usage(crate::finding::message(
            format!("環境変数 SOURCE_DATE_EPOCH の値「{text}」は1970年からの秒数ではありません"),
            format!("SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds since 1970"),
        ))),
    }
}

impl From<ErrorKind> for Exit {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Usage => Self::Usage,
            ErrorKind::Io => Self::Io,
            ErrorKind::Busy => Self::Busy,
            ErrorKind::Bug => Self::Bug,
        }
    }
}
