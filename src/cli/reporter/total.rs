//! The summary at the end of a run, for people.

use super::super::report::{self, write_out};
use crate::batch::{ProjectFolder, Totals};
use crate::error::Error;
use crate::finding::{Code, Lang, Severity};
use std::fmt::Write as _;
use std::io;
use std::time::Duration;

const NEVER_FAILS: &str = "writing to a string does not fail";

/// Prints what the documents came to together, if they are several, on standard output.
pub(in crate::cli) fn line(totals: &Totals, lang: Lang) -> Result<(), Error> {
    let Totals { documents, .. } = totals;
    if *documents < 2 {
        return Ok(());
    }
    let warnings = totals.count(Severity::Warning);
    let ends = totals.ends();
    let line = match lang {
        Lang::Ja => {
            let ends: Vec<String> =
                ends.map(|(end, count)| format!("{} {count}件", end.message().ja)).collect();
            let found = report::findings_in_japanese(totals.count(Severity::Error), warnings);
            format!("文書 {documents}件（{}）{found}\n", ends.join("、"))
        }
        Lang::En => {
            let ends: Vec<String> =
                ends.map(|(end, count)| format!("{count} {}", end.message().en)).collect();
            format!("{documents} documents: {} (warnings: {warnings})\n", ends.join(", "))
        }
    };
    write_out(&mut io::stdout(), line.as_bytes())
}

/// Prints which rules spoke, where the overview is and how long it took, on standard error.
pub(super) fn details(
    project: &ProjectFolder,
    totals: &Totals,
    taken: Duration,
    lang: Lang,
) -> Result<(), Error> {
    let mut text = String::new();
    for (severity, name) in [
        (Severity::Error, lang.pick(("要修正の内訳", "errors by rule"))),
        (Severity::Warning, lang.pick(("要確認の内訳", "warnings by rule"))),
    ] {
        let named = |(code, count): (Code, usize)| match lang {
            Lang::Ja => format!("{} {count}件", code.meaning().0),
            Lang::En => format!("{} {count}", code.id()),
        };
        let codes: Vec<String> = totals.codes(severity).map(named).collect();
        if !codes.is_empty() {
            writeln!(text, "{name}: {}", codes.join(lang.pick(("、", ", ")))).expect(NEVER_FAILS);
        }
    }
    let (page, seconds) = (project.outputs().join("report.html"), taken.as_secs_f64());
    text += &lang.pick((
        format!("報告書: {}\n所要時間: {seconds:.1}秒\n", page.display()),
        format!("report: {}\ntime: {seconds:.1} s\n", page.display()),
    ));
    write_out(&mut io::stderr(), text.as_bytes())
}
