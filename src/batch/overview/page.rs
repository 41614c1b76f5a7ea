//! `report.html`: one page that needs nothing else and runs nothing. A table of the documents, then a letter to each
//! department, to be copied into a mail.

use super::departments::{departments, notes};
use crate::batch::{End, Outcome, Report, Summary, Totals};
use crate::emit::html::{RESERVED, hash};
use crate::finding::{Lang, Severity, harmless};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use percent_encoding::utf8_percent_encode;

const STYLE: &str = include_str!("page.css");

/// The page in UTF-8.
pub(super) fn render(reports: &[Report], lang: Lang) -> Vec<u8> {
    let totals = Totals::of(reports);
    let title = lang.pick(("KPI一覧の作成結果", "What the build came to"));
    let policy =
        format!("default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'", hash(STYLE));
    let page = html! {
        (DOCTYPE)
        html lang=(lang.pick(("ja", "en"))) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p { (in_short(&totals, lang)) }
                }
                main {
                    (overview(reports, lang))
                    (codes(&totals, lang))
                    @for (index, report) in reports.iter().enumerate() {
                        @if is_told(report) { (details(index, report, lang)) }
                    }
                }
                footer { p { "kaitei " (env!("CARGO_PKG_VERSION")) } }
            }
        }
        "\n"
    };
    page.into_string().into_bytes()
}

/// The ends of the documents in one line.
fn in_short(totals: &Totals, lang: Lang) -> String {
    let ends: Vec<String> =
        totals.ends().map(|(end, count)| format!("{} {count}", end.message().text(lang))).collect();
    let (documents, errors, warnings) =
        (totals.documents, totals.count(Severity::Error), totals.count(Severity::Warning));
    lang.pick((
        format!("計 {documents} 文書：{}。誤り {errors} 件、警告 {warnings} 件。", ends.join("、")),
        format!("{documents} documents: {}. Errors: {errors}, warnings: {warnings}.", ends.join(", ")),
    ))
}

fn overview(reports: &[Report], lang: Lang) -> Markup {
    let count = |report: &Report, severity| report.summary().map(|summary| summary.count(severity));
    html! {
        section aria-labelledby="documents" {
            h2 #documents { (lang.pick(("文書", "Documents"))) }
            div.wide role="group" aria-labelledby="documents" tabindex="0" {
                table.documents {
                    thead { tr {
                        th scope="col" { (lang.pick(("文書", "Document"))) }
                        th scope="col" { (lang.pick(("結果", "Outcome"))) }
                        th.number scope="col" { (lang.pick(("指標", "Indicators"))) }
                        th.number scope="col" { (lang.pick(("誤り", "Errors"))) }
                        th.number scope="col" { (lang.pick(("警告", "Warnings"))) }
                        th scope="col" { (lang.pick(("ファイル", "Files"))) }
                    } }
                    tbody {
                        @for (index, report) in reports.iter().enumerate() {
                            tr {
                                th scope="row" {
                                    @if is_told(report) { a href={ "#document-" (index) } { (clean(&report.document)) } }
                                    @else { (clean(&report.document)) }
                                }
                                td { (outcome(report, lang)) (reasons(report, lang)) }
                                td.number { @if let Some(Summary { rows, .. }) = report.summary() { (rows) } }
                                td.number { @if let Some(count) = count(report, Severity::Error) { (count) } }
                                td.number { @if let Some(count) = count(report, Severity::Warning) { (count) } }
                                td { (links(report)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn outcome(report: &Report, lang: Lang) -> Markup {
    let end = End::from(&report.outcome);
    let alarms = matches!(end, End::Faulty | End::Failed | End::NotReached);
    html! { span.alarm[alarms] { (end.message().text(lang)) } }
}

/// Links to the document's files, from beside the page.
fn links(report: &Report) -> Markup {
    html! {
        ul.links {
            @for output in report.outputs() {
                @let address: Vec<String> =
                    output.file.split('/').map(|part| utf8_percent_encode(part, RESERVED).to_string()).collect();
                li { a href=(address.join("/")) aria-label=(clean(&output.file)) { (short_name(report, &output.file)) } }
            }
        }
    }
}

/// What a file is called beside its document: `PDF`, `values.csv`.
fn short_name(report: &Report, file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or_default();
    clean(&match name.strip_prefix(report.document.as_str()) {
        Some(rest) if rest.starts_with('.') => rest[1..].to_uppercase(),
        Some(rest) if rest.starts_with('-') => rest[1..].to_owned(),
        _ => name.to_owned(),
    })
}

fn codes(totals: &Totals, lang: Lang) -> Markup {
    html! {
        @if !totals.said.is_empty() {
            section aria-labelledby="codes" {
                h2 #codes { (lang.pick(("指摘の種類", "What was found"))) }
                table {
                    thead { tr {
                        th scope="col" { (lang.pick(("種類", "Rule"))) }
                        th scope="col" { (lang.pick(("重さ", "Severity"))) }
                        th.number scope="col" { (lang.pick(("件数", "Times"))) }
                    } }
                    tbody {
                        @for ((code, severity), count) in &totals.said {
                            tr { th scope="row" { (code.id()) } td { (severity.text(lang)) } td.number { (count) } }
                        }
                    }
                }
            }
        }
    }
}

/// Whether there is more to say of a document than the table does.
fn is_told(report: &Report) -> bool {
    match &report.outcome {
        Outcome::Failed(_) => true,
        _ => report.summary().is_some_and(|summary| !summary.findings.is_empty()),
    }
}

fn details(index: usize, report: &Report, lang: Lang) -> Markup {
    let departments = departments(report);
    html! {
        section aria-labelledby={ "document-" (index) } {
            h2 id={ "document-" (index) } { (clean(&report.document)) }
            p { (outcome(report, lang)) (trouble(report, lang)) }
            @if !departments.is_empty() {
                p.hint { (lang.pick((
                    "枠の中を一度クリックすると全体が選ばれ、メールに写せます。",
                    "One click into a frame selects all of it, to be copied into a mail."))) }
            }
            @for department in departments {
                h3 {
                    @match department.name {
                        Some(name) => (clean(name)),
                        None => (lang.pick(("このプロジェクト（担当課あてではありません）", "The project itself (for no department)"))),
                    }
                }
                pre.letter { (department.letter(lang)) }
            }
            (decisions(report, lang))
        }
    }
}

/// What the planning section has decided: for no department.
fn decisions(report: &Report, lang: Lang) -> Markup {
    let notes = notes(report);
    html! {
        @if !notes.is_empty() {
            h3 { (lang.pick(("確認済みの指摘と訂正", "Findings that are accepted, and corrections"))) }
            ul {
                @for note in notes {
                    li {
                        (clean(&format!("{} [{}]: {}", note.origin, note.code().id(), note.message(lang))))
                        @if let Some(why) = note.next_step(lang) { (in_brackets(&why, lang)) }
                    }
                }
            }
        }
    }
}

/// Why the document was built, behind its outcome.
fn reasons(report: &Report, lang: Lang) -> String {
    let (Outcome::Built(_, why) | Outcome::WouldBuild(why)) = &report.outcome else { return String::new() };
    let why: Vec<String> = why.iter().map(|reason| reason.message().text(lang).to_owned()).collect();
    in_brackets(&why.join(lang.pick(("、", ", "))), lang)
}

/// Why the document was not built, behind its outcome.
fn trouble(report: &Report, lang: Lang) -> String {
    match &report.outcome {
        Outcome::Failed(error) => in_brackets(error.text(lang), lang),
        Outcome::Faulty(_) => {
            in_brackets(lang.pick(("前回の出力はそのままです", "the last output is untouched")), lang)
        }
        _ => String::new(),
    }
}

fn in_brackets(text: &str, lang: Lang) -> String {
    let text = clean(text);
    lang.pick((format!("（{text}）"), format!(" ({text})")))
}

fn clean(text: &str) -> String {
    text.chars().map(harmless).collect()
}
