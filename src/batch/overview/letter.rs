//! Letters: plain text to be copied into a mail, which a department can act on without the program. Which list it is
//! about, what must and what may be done, by when and to whom; in the words of the form and the document's language.

use super::departments::{Notice, Recipient};
use crate::batch::Letterhead;
use crate::finding::{Lang, Reader, Severity, harmless};
use crate::model::Origin;
use std::fmt::Write as _;

const NEVER_FAILS: &str = "writing to a string does not fail";

impl Recipient<'_> {
    /// The letter to a department, or the list for the planning section, which has no address.
    pub(super) fn letter(&self, head: &Letterhead) -> String {
        let lang = head.lang();
        let mut text = String::new();
        if self.department.is_some() {
            text = self.address(head, lang);
        }
        let reader = if self.department.is_some() { Reader::Department } else { Reader::Planning };
        let mut number = 0;
        for file in &self.files {
            let mut sheet = None;
            for notice in &file.notices {
                if sheet != Some(&notice.origin.place) {
                    sheet = Some(&notice.origin.place);
                    let gap = if text.is_empty() { "" } else { "\n" };
                    writeln!(text, "{gap}{}", place(notice.origin, false, lang)).expect(NEVER_FAILS);
                }
                number += 1;
                text += &item(number, notice, reader, lang);
            }
        }
        text.chars().map(harmless).collect()
    }

    /// What it is about, what is asked, and how much there is of it.
    fn address(&self, head: &Letterhead, lang: Lang) -> String {
        let count = |severity| {
            let notices = self.files.iter().flat_map(|file| &file.notices);
            let of = notices.filter(|notice| notice.finding.severity == severity);
            of.map(|notice| notice.finding.count()).sum::<usize>()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        match lang {
            Lang::Ja => address_in_japanese(head, errors, warnings),
            Lang::En => address_in_english(head, errors, warnings),
        }
    }
}

fn address_in_japanese(head: &Letterhead, errors: usize, warnings: usize) -> String {
    let Letterhead { title, section, reply_by, .. } = head;
    // Where the answer goes elsewhere, somebody has to say who asks.
    let is_named = !section.is_empty() && head.returned_to() != section;
    let asks = if is_named { format!("{section}です。\n") } else { String::new() };
    let until = if reply_by.is_empty() { String::new() } else { format!("{reply_by}までに") };
    let to = head.returned_to();
    let to = if to.is_empty() { String::new() } else { format!("{to}へ") };
    let must = if errors > 0 { "調査票を修正し" } else { "修正する場合は" };
    let may = match (errors, warnings) {
        (_, 0) => "",
        (0, _) => "修正の必要がない場合は、その旨をお知らせください。",
        _ => "確認の結果、修正の必要がない点は、その旨をお知らせください。",
    };
    let counts = [("修正が必要な点", errors), ("確認をお願いする点", warnings)];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(what, count)| format!("{what}　{count}件")).collect();
    format!(
        "{asks}「{title}」の調査票について、次の点を御確認ください。\n{must}、{until}{to}再提出してください。{may}\n{}\n",
        counts.join("　　")
    )
}

fn address_in_english(head: &Letterhead, errors: usize, warnings: usize) -> String {
    let Letterhead { title, section, reply_by, .. } = head;
    let is_named = !section.is_empty() && head.returned_to() != section;
    let asks = if is_named { format!("From {section}.\n") } else { String::new() };
    let to = head.returned_to();
    let to = if to.is_empty() { String::new() } else { format!(" to {to}") };
    let by = if reply_by.is_empty() { String::new() } else { format!(" by {reply_by}") };
    let must = if errors > 0 { "Please correct the form and" } else { "If you correct the form, please" };
    let may = match (errors, warnings) {
        (_, 0) => "",
        (0, _) => " If nothing needs to be corrected, please say so.",
        _ => " Please say so where a point needs no correction.",
    };
    let counts = [("must be corrected", errors), ("may be right", warnings)];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(what, count)| format!("{what}: {count}")).collect();
    format!(
        "{asks}Please look at the following points of your form for \"{title}\".\n{must} send it back{to}{by}.{may}\n{}\n",
        counts.join(", ")
    )
}

/// A numbered point: the cell with its indicator, the fact, and what can be done.
fn item(number: usize, notice: &Notice<'_>, reader: Reader, lang: Lang) -> String {
    let Notice { finding, origin } = notice;
    let severity = finding.label(lang);
    let cell = origin.cell.map(|cell| cell.to_string());
    let subject = finding.subject.as_ref().map(|subject| subject.text(lang));
    let at = match (cell, subject, lang) {
        (Some(cell), Some(subject), Lang::Ja) => format!("{cell}（{subject}）"),
        (Some(cell), Some(subject), Lang::En) => format!("{cell} ({subject})"),
        (cell, subject, _) => cell.or(subject).unwrap_or_default(),
    };
    let mut said = finding.message(lang);
    if *origin != &finding.origin {
        let there = place(&finding.origin, true, lang);
        said = lang.pick((format!("（{there}）{said}"), format!("({there}) {said}")));
    }
    let remedy = finding.remedy(reader, lang).filter(|_| finding.more.is_none());
    let lines = match lang {
        Lang::Ja => [
            Some(format!("{number}　【{severity}】{at}")),
            Some(format!("　　{}", sentence(&said, "。"))),
            remedy.map(|remedy| format!("　　対応：{}", sentence(&remedy, "。"))),
        ],
        Lang::En => [
            Some(format!("{number}. [{severity}] {at}").trim_end().to_owned()),
            Some(format!("   {}", sentence(&said, "."))),
            remedy.map(|remedy| format!("   To do: {}", sentence(&remedy, "."))),
        ],
    };
    lines.into_iter().flatten().map(|line| line + "\n").collect()
}

/// A text that ends as a sentence does.
fn sentence(text: &str, stop: &str) -> String {
    let is_ended = text.ends_with(['。', '？', '.', '?']);
    format!("{text}{}", if is_ended { "" } else { stop })
}

/// File and sheet, and the cell if it is asked for.
fn place(origin: &Origin, with_cell: bool, lang: Lang) -> String {
    let file = origin.place.file.clone();
    let sheet = origin.place.sheet.as_ref();
    let sheet = sheet.map(|sheet| lang.pick((format!("シート「{sheet}」"), format!("sheet \"{sheet}\""))));
    let cell = origin.cell.filter(|_| with_cell).map(|cell| cell.to_string());
    let parts: Vec<String> = [Some(file), sheet, cell].into_iter().flatten().collect();
    parts.join(lang.pick(("　", ", ")))
}

#[cfg(test)]
mod tests {
    use super::super::departments::recipients;
    use super::*;
    use crate::batch::{Outcome, Report, Summary};
    use crate::finding::{Elsewhere, Finding, Problem, Subject};
    use crate::model::Place;
    use std::sync::Arc;

    fn report(head: &Letterhead) -> Report {
        let place = |file: &str| Arc::new(Place { file: file.into(), sheet: Some("頁".into()) });
        let (one, two) = (place("こども部.xlsx"), place("福祉部/二.xlsx"));
        let missing = || Problem::ChoiceMissing {
            chosen: crate::finding::Chosen::InWords,
            column: "取扱い".into(),
            choices: ["1.維持", "2.修正", "3.削除"].into_iter().collect(),
        };
        let lowered = Problem::TargetLowered { old: "4か所".into(), new: "2か所".into() };
        let copy = Origin::at(&one, 4, 0);
        let first = Elsewhere::from(&copy, &Origin::at(&two, 6, 0));
        let about = |mut finding: Finding| {
            finding.subject = Some(Subject { number: Some("17".into()), indicator: "利用者数".into() });
            finding
        };
        let findings = vec![
            about(Finding::new(missing(), Origin::at(&two, 6, 7))),
            Finding::new(lowered, Origin::at(&place("福祉部/一.xlsx"), 8, 10)),
            Finding::new(Problem::NoInput { folder: "input/d".into() }, Origin::of_file("input/d")),
            Finding { more: Some(900), ..Finding::new(missing(), Origin::of_place(&two)) },
            Finding::new(Problem::WorkbookCopy { first, indicators: 3 }, copy),
        ];
        let letterhead = head.clone();
        let summary = Summary { findings, letterhead, rows: 0, tally: Vec::new(), outputs: Vec::new() };
        Report { document: "d".into(), outcome: Outcome::Faulty(summary), kept: Vec::new() }
    }

    /// The letters, each with its department.
    fn letters(head: &Letterhead) -> Vec<(Option<String>, String)> {
        let report = report(head);
        let letter =
            |recipient: &Recipient<'_>| (recipient.department.map(str::to_owned), recipient.letter(head));
        recipients(&report).iter().map(letter).collect()
    }

    #[test]
    fn each_department_is_told_what_it_can_act_on() {
        let head = Letterhead {
            language: "ja".into(),
            title: "ＫＰＩ一覧".into(),
            section: "企画課".into(),
            reply_by: "4月10日（金）".into(),
            ..Letterhead::default()
        };
        let letters = letters(&head);
        let names: Vec<_> = letters.iter().map(|(department, _)| department.as_deref()).collect();
        assert_eq!(names, [None, Some("こども部.xlsx"), Some("福祉部")]);
        assert_eq!(
            letters[0].1,
            "input/d\n1　【要修正】\n　　入力ファイルがありません。\n　　対応：input/d/ に、記入された調査票を置いてください。\n"
        );
        assert_eq!(
            letters[1].1,
            "「ＫＰＩ一覧」の調査票について、次の点を御確認ください。\n\
             修正する場合は、4月10日（金）までに企画課へ再提出してください。\
             修正の必要がない場合は、その旨をお知らせください。\n\
             確認をお願いする点　1件\n\n\
             こども部.xlsx　シート「頁」\n1　【要確認】A5\n　　\
             「福祉部/二.xlsx」のシート「頁」のA7からの3件と内容が同じため、一方だけを一覧に載せました。\n　　\
             対応：同じものを2度提出した場合は、このままで構いません。\n"
        );
        // The other sender is told as well; what was counted and not kept has no remedy of its own.
        assert_eq!(
            letters[2].1,
            "「ＫＰＩ一覧」の調査票について、次の点を御確認ください。\n\
             調査票を修正し、4月10日（金）までに企画課へ再提出してください。\
             確認の結果、修正の必要がない点は、その旨をお知らせください。\n\
             修正が必要な点　901件　　確認をお願いする点　2件\n\n\
             福祉部/一.xlsx　シート「頁」\n1　【要確認】K9\n　　\
             新たな目標値「2か所」が、現行の目標値「4か所」より低くなっています。\n　　\
             対応：引き下げる場合は、このままで構いません。記入の誤りであれば、修正してください。\n\n\
             福祉部/二.xlsx　シート「頁」\n\
             2　【要修正】\n　　同じ種類の指摘が、このほか900件あります。\n\
             3　【要確認】A7\n　　（こども部.xlsx　シート「頁」　A5）\
             「福祉部/二.xlsx」のシート「頁」のA7からの3件と内容が同じため、一方だけを一覧に載せました。\n　　\
             対応：同じものを2度提出した場合は、このままで構いません。\n\
             4　【要修正】H7（№17　利用者数）\n　　「取扱い」が記入されていません。\n　　\
             対応：「1.維持」「2.修正」「3.削除」のいずれかを記入してください。\n"
        );
    }

    #[test]
    fn what_the_template_does_not_say_is_not_said() {
        let head = Letterhead { language: "en-GB".into(), title: "List".into(), ..Letterhead::default() };
        assert!(letters(&head)[1].1.starts_with(
            "Please look at the following points of your form for \"List\".\n\
             If you correct the form, please send it back. If nothing needs to be corrected, please say so.\n\
             may be right: 1\n\nこども部.xlsx, sheet \"頁\"\n1. [warning] A5\n   3 rows are word for word"
        ));
        let elsewhere = Letterhead {
            language: "ja".into(),
            section: "企画課".into(),
            reply_to: "総務課".into(),
            ..Letterhead::default()
        };
        let letter = &letters(&elsewhere)[2].1;
        assert!(letter.starts_with("企画課です。\n「」の調査票"), "{letter}");
        assert!(letter.contains("調査票を修正し、総務課へ再提出してください。"), "{letter}");
    }
}
