//! `report.html`: one page that needs nothing else and runs nothing. A table of the documents, then of each what is for
//! the planning section, and a letter to each department, to be copied into a mail.
//!
//! The page is read where the documents are: it has their language, not that of the run.

use super::departments::{Recipient, notes, recipients};
use crate::batch::{End, Letterhead, Outcome, Report, Summary, Totals};
use crate::emit::Artifact;
use crate::emit::html::{RESERVED, still};
use crate::finding::{Finding, Lang, Severity, harmless};
use maud::{Markup, html};
use percent_encoding::utf8_percent_encode;

const STYLE: &str = include_str!("page.css");

/// The page in UTF-8; in the language of the run if no document says its own.
pub(super) fn render(reports: &[Report], lang: Lang) -> Vec<u8> {
    let totals = Totals::of(reports);
    let lang = of_documents(reports).unwrap_or(lang);
    let title = lang.pick(("KPI一覧の作成結果", "What the build came to"));
    let body = html! {
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
    };
    still(tag(lang), title, STYLE, &body).into_string().into_bytes()
}

/// Japanese if any document is.
fn of_documents(reports: &[Report]) -> Option<Lang> {
    let mut langs = reports.iter().filter_map(|report| letterhead(report).map(Letterhead::lang)).peekable();
    langs.peek()?;
    Some(if langs.any(|lang| lang == Lang::Ja) { Lang::Ja } else { Lang::En })
}

fn letterhead(report: &Report) -> Option<&Letterhead> {
    report.summary().map(|summary| &summary.letterhead)
}

/// A language's tag.
fn tag(lang: Lang) -> &'static str {
    lang.pick(("ja", "en"))
}

/// The ends of the documents in one line.
fn in_short(totals: &Totals, lang: Lang) -> String {
    let unit = lang.pick(("件", ""));
    let ends: Vec<String> =
        totals.ends().map(|(end, count)| format!("{} {count}{unit}", end.message().text(lang))).collect();
    let (documents, errors, warnings) =
        (totals.documents, totals.count(Severity::Error), totals.count(Severity::Warning));
    let found = [("要修正", errors), ("要確認", warnings)].into_iter().filter(|(_, count)| *count > 0);
    let found: Vec<String> = found.map(|(what, count)| format!("、{what} {count}件")).collect();
    let found = found.concat();
    lang.pick((
        format!("文書 {documents}件（{}）{found}", ends.join("、")),
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
                        th.number scope="col" { (lang.pick(("件数", "Rows"))) }
                        th.number scope="col" { (lang.pick(("要修正", "Errors"))) }
                        th.number scope="col" { (lang.pick(("要確認", "Warnings"))) }
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
                                td { (links(report, lang)) }
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
fn links(report: &Report, lang: Lang) -> Markup {
    let document = report.document.as_str();
    html! {
        ul.links {
            @for output in report.outputs() {
                @let address: Vec<String> =
                    output.file.split('/').map(|part| utf8_percent_encode(part, RESERVED).to_string()).collect();
                @let name = name(document, &output.file, lang);
                li { a href=(address.join("/")) aria-label={ (name) " " (clean(document)) } { (name) } }
            }
        }
    }
}

/// What a file is called, as the web page of the list calls it; its own name if kaitei has none for it.
fn name(document: &str, file: &str, lang: Lang) -> String {
    let name = file.rsplit('/').next().unwrap_or_default();
    let known = Artifact::ALL.into_iter().find(|artifact| artifact.file_name(document) == name);
    known.map_or_else(|| clean(name), |artifact| lang.pick(artifact.label()).to_owned())
}

fn codes(totals: &Totals, lang: Lang) -> Markup {
    html! {
        @if !totals.said.is_empty() {
            section aria-labelledby="codes" {
                h2 #codes { (lang.pick(("指摘の種類", "What was found"))) }
                table {
                    thead { tr {
                        th scope="col" { (lang.pick(("種類", "Rule"))) }
                        th scope="col" { (lang.pick(("区分", "Severity"))) }
                        th.number scope="col" { (lang.pick(("件数", "Times"))) }
                    } }
                    tbody {
                        @for ((code, severity), count) in &totals.said {
                            tr {
                                th scope="row" { (lang.pick(code.meaning())) " " span.code { (code.id()) } }
                                td { (severity.text(lang)) }
                                td.number { (count) }
                            }
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
        _ if !report.kept.is_empty() => true,
        _ => report.summary().is_some_and(|summary| !summary.findings.is_empty()),
    }
}

/// What there is to say of a document, in its own language.
fn details(index: usize, report: &Report, lang: Lang) -> Markup {
    let head = letterhead(report);
    let own = head.map_or(lang, Letterhead::lang);
    let title = head.map_or("", |head| head.title.as_str());
    let id = format!("document-{index}");
    html! {
        section aria-labelledby=(id) lang=[(own != lang).then(|| tag(own))] {
            h2 id=(id) { (clean(&report.document)) }
            @if !title.is_empty() { p { (clean(title)) } }
            p { (outcome(report, own)) (trouble(report, own)) }
            @if let Some(head) = head {
                @for (at, recipient) in recipients(report).iter().enumerate() {
                    (letter(&format!("{id}-{at}"), recipient, head, own))
                }
            }
            (decisions(report, own))
            (edited(report, own))
        }
    }
}

/// What people had edited, and where it is kept: for the planning section.
fn edited(report: &Report, lang: Lang) -> Markup {
    html! {
        @if !report.kept.is_empty() {
            h3 { (lang.pick(("変更されていた出力のファイル", "Edited output"))) }
            @for set in &report.kept {
                p { (clean(set.message().text(lang))) (lang.pick(("。", ". "))) (clean(set.remedy().text(lang))) }
                ul { @for line in set.lines(lang) { li { (clean(&line)) } } }
                @let entries = set.entries();
                @if !entries.is_empty() { pre { (clean(&entries)) } }
            }
        }
    }
}

/// What the planning section has decided, and what is only to be known: for no department.
fn decisions(report: &Report, lang: Lang) -> Markup {
    let (decided, others): (Vec<&Finding>, Vec<&Finding>) =
        notes(report).into_iter().partition(|note| note.is_decided());
    html! {
        (noted(lang.pick(("確認済みの指摘と訂正", "Findings that are accepted, and corrections")), &decided, lang))
        (noted(lang.pick(("参考", "Notes")), &others, lang))
    }
}

fn noted(heading: &str, notes: &[&Finding], lang: Lang) -> Markup {
    html! {
        @if !notes.is_empty() {
            h3 { (heading) }
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

/// A letter in its frame, which takes the keyboard's focus.
fn letter(id: &str, recipient: &Recipient<'_>, head: &Letterhead, lang: Lang) -> Markup {
    html! {
        h3 id=(id) {
            @match recipient.department {
                Some(name) => { (clean(name)) (lang.pick(("　への連絡文", ": letter"))) }
                None => (lang.pick(("企画課で対応するもの", "For the planning section"))),
            }
        }
        @if recipient.department.is_some() {
            p.hint { (lang.pick((
                "枠内をクリックすると全文が選択されます。Ctrl+Cでコピーし、メールに貼り付けてください。",
                "One click into the frame selects all of it. Copy it with Ctrl+C and paste it into a mail."))) }
        }
        pre.letter tabindex="0" role="group" aria-labelledby=(id) { (recipient.letter(head)) }
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
