//! What GitHub's runners (and Forgejo's and Gitea's) make of a run: annotations at the files, and a summary of the
//! job. Anywhere else, nothing.

use super::super::report::write_out;
use crate::batch::{End, Outcome, ProjectFolder, Report, Totals};
use crate::error::{Error, ErrorKind};
use crate::finding::{Lang, Severity, harmless};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// As many documents the summary lists, and as many errors: a runner takes no more than a mebibyte.
const LISTED: usize = 200;

/// What the runner asks for.
pub(in super::super) struct Github {
    annotates: bool,
    summary: Option<PathBuf>,
}

impl Github {
    /// As the environment says.
    pub(in super::super) fn from_environment() -> Self {
        let summary = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
        Self {
            annotates: std::env::var_os("GITHUB_ACTIONS").is_some_and(|is| is == "true"),
            summary: summary.map(PathBuf::from),
        }
    }

    /// Prints annotations for what there is to say of a document, on standard output.
    pub(in super::super) fn annotate(
        &self,
        project: &ProjectFolder,
        report: &Report,
        lang: Lang,
    ) -> Result<(), Error> {
        if !self.annotates {
            return Ok(());
        }
        write_out(&mut io::stdout(), annotations(project, report, lang).as_bytes())
    }

    /// Adds a run to the summary of the job.
    pub(super) fn summarise(&self, reports: &[Report], totals: &Totals, lang: Lang) -> Result<(), Error> {
        let Some(path) = &self.summary else { return Ok(()) };
        let file = File::options().append(true).create(true).open(path);
        let text = summary(reports, totals, lang);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|e| Error::io(path, &e))
    }
}

fn annotations(project: &ProjectFolder, report: &Report, lang: Lang) -> String {
    let document = report.document.as_str();
    let mut text = String::new();
    if let Outcome::Failed(error) = &report.outcome {
        let template = project.named(document, &format!("templates/{document}.toml"));
        let file = (error.kind == ErrorKind::Usage).then_some(template);
        text += &annotation(Severity::Error, file.as_deref(), error.kind.id(), error.text(lang));
    }
    for set in &report.kept {
        let said: Vec<String> =
            [set.message().text(lang).to_owned()].into_iter().chain(set.lines(lang)).collect();
        text +=
            &annotation(Severity::Warning, Some(Path::new(&set.folder)), "edited-set-kept", &said.join("\n"));
    }
    for said in report.summary().map_or(&[][..], |summary| &summary.findings) {
        let file = project.named(document, &said.origin.place.file);
        let next = said.next_step(lang).map(|next| format!("\n→ {next}")).unwrap_or_default();
        let message = format!("{}: {}{next}", said.origin, said.message(lang));
        text += &annotation(said.severity, Some(&file), said.code().id(), &message);
    }
    text
}

/// A workflow command. Paths are those that the repository knows if the command runs at its root.
fn annotation(severity: Severity, file: Option<&Path>, title: &str, message: &str) -> String {
    let message: String = message.chars().map(harmless).collect();
    let message = message.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let file = file.map(|file| {
        let file = file.strip_prefix(".").unwrap_or(file).to_string_lossy();
        format!(
            "file={},",
            property(&if cfg!(windows) { file.replace('\\', "/") } else { file.into_owned() })
        )
    });
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    format!("::{command} {}title={}::{message}\n", file.unwrap_or_default(), property(title))
}

fn property(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '%' | '\r' | '\n' | ':' | ',' => write!(escaped, "%{:02X}", u32::from(c)).expect(NEVER_FAILS),
            c => escaped.push(c),
        }
    }
    escaped
}

const NEVER_FAILS: &str = "writing to a string does not fail";

/// The run in Markdown: its numbers, the documents that a person should know of, their errors.
fn summary(reports: &[Report], totals: &Totals, lang: Lang) -> String {
    let ends: Vec<String> = totals
        .ends()
        .map(|(end, count)| format!("{} {count}{}", end.message().text(lang), lang.pick(("件", ""))))
        .collect();
    let mut text = format!("## kaitei\n\n{}\n\n", ends.join(lang.pick(("、", ", "))));
    let mut rows: Vec<[String; 4]> = Vec::new();
    for report in reports {
        let end = End::from(&report.outcome);
        let count = |severity| report.summary().map_or(0, |summary| summary.count(severity));
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if end != End::UpToDate || errors + warnings > 0 {
            rows.push([
                markdown(&report.document),
                end.message().text(lang).to_owned(),
                errors.to_string(),
                warnings.to_string(),
            ]);
        }
    }
    let heads =
        lang.pick((["文書", "結果", "要修正", "要確認"], ["document", "outcome", "errors", "warnings"]));
    table(&mut text, &heads, &["---", "---", "--:", "--:"], &rows, lang);
    let codes = totals.said.iter().map(|((code, severity), count)| {
        [markdown(code.id()), severity.text(lang).to_owned(), count.to_string()]
    });
    let heads = lang.pick((["種類", "区分", "件数"], ["rule", "severity", "times"]));
    table(&mut text, &heads, &["---", "---", "--:"], &codes.collect::<Vec<_>>(), lang);
    let heads = lang.pick((["文書", "箇所", "要修正の内容"], ["document", "where", "error"]));
    table(&mut text, &heads, &["---", "---", "---"], &errors(reports, lang), lang);
    text
}

/// What keeps documents from being built: document, place, message.
fn errors(reports: &[Report], lang: Lang) -> Vec<[String; 3]> {
    let mut errors = Vec::new();
    for report in reports {
        if let Outcome::Failed(error) = &report.outcome {
            errors.push([markdown(&report.document), String::new(), markdown(error.text(lang))]);
        }
        let said = report.summary().map_or(&[][..], |summary| &summary.findings);
        for said in said.iter().filter(|said| said.severity == Severity::Error) {
            let place = markdown(&said.origin.to_string());
            errors.push([markdown(&report.document), place, markdown(&said.message(lang))]);
        }
    }
    errors
}

/// Adds a table, unless it is empty; of a long one, its beginning and how much is left out.
fn table<const N: usize>(
    text: &mut String,
    heads: &[&str; N],
    rules: &[&str; N],
    rows: &[[String; N]],
    lang: Lang,
) {
    if rows.is_empty() {
        return;
    }
    writeln!(text, "| {} |\n| {} |", heads.join(" | "), rules.join(" | ")).expect(NEVER_FAILS);
    for row in rows.iter().take(LISTED) {
        writeln!(text, "| {} |", row.join(" | ")).expect(NEVER_FAILS);
    }
    if let Some(left @ 1..) = rows.len().checked_sub(LISTED) {
        let left = lang.pick((format!("ほか{left}件"), format!("and {left} more")));
        writeln!(text, "\n{left}").expect(NEVER_FAILS);
    }
    text.push('\n');
}

/// Text that is nothing but text in a cell of a table (`CommonMark`, 2.4).
fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars().map(harmless) {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' { ' ' } else { c });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_an_annotation_or_begins_another() {
        let said = "50%\r\n::stop-commands::x";
        for (file, title, expected) in [
            (
                Some("./input/d/a,b:c%.xlsx"),
                "x",
                "::error file=input/d/a%2Cb%3Ac%25.xlsx,title=x::50%25�%0A::stop-commands::x\n",
            ),
            (None, "a\nb", "::error title=a%0Ab::50%25�%0A::stop-commands::x\n"),
        ] {
            assert_eq!(annotation(Severity::Error, file.map(Path::new), title, said), expected);
        }
    }

    #[test]
    fn no_text_is_markup() {
        assert_eq!(markdown("a|b\n<i>*_`[x](y)\\"), "a\\|b \\<i\\>\\*\\_\\`\\[x\\]\\(y\\)\\\\");
    }
}
