//! Letters: plain text to be copied into a mail, which a department can act on without the program. Which list it is
//! about, what must and what may be done, by when and to whom; in the words of the form and the document's language.

use super::departments::{Notice, Recipient};
use crate::batch::Letterhead;
use crate::finding::{Lang, Severity, harmless};
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
        let mut number = 0;
        for file in &self.files {
            let mut sheet = None;
            for notice in &file.notices {
                if sheet != Some(&notice.origin.place) {
                    sheet = Some(&notice.origin.place);
                    let gap = if text.is_empty() { "" } else { "\n" };
                    writeln!(text, "{gap}{}", place(notice.origin, lang)).expect(NEVER_FAILS);
                }
                number += 1;
                text += &item(number, notice, lang);
            }
        }
        text.chars().map(harmless).collect()
    }

    /// What it is about, what is asked, and how much there is of it.
    fn address(&self, head: &Letterhead, lang: Lang) -> String {
        let count = |severity| {
            let notices = self.files.iter().flat_map(|file| &file.notices);
            notices.filter(|notice| notice.finding.severity == severity).count()
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
fn item(number: usize, notice: &Notice<'_>, lang: Lang) -> String {
    let Notice { finding, origin } = notice;
    let severity = finding.severity.text(lang);
    let at = origin.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let said = finding.message.text(lang);
    let remedy = Some(finding.hint.text(lang));
    let lines = match lang {
        Lang::Ja => [
            Some(format!("{number}　【{severity}】{at}")),
            Some(format!("　　{}", sentence(said, "。"))),
            remedy.map(|remedy| format!("　　対応：{}", sentence(remedy, "。"))),
        ],
        Lang::En => [
            Some(format!("{number}. [{severity}] {at}").trim_end().to_owned()),
            Some(format!("   {}", sentence(said, "."))),
            remedy.map(|remedy| format!("   To do: {}", sentence(remedy, "."))),
        ],
    };
    lines.into_iter().flatten().map(|line| line + "\n").collect()
}

/// A text that ends as a sentence does.
fn sentence(text: &str, stop: &str) -> String {
    let is_ended = text.ends_with(['。', '？', '.', '?']);
    format!("{text}{}", if is_ended { "" } else { stop })
}

/// File and sheet.
fn place(origin: &Origin, lang: Lang) -> String {
    let file = origin.place.file.clone();
    let sheet = origin.place.sheet.as_ref();
    let sheet = sheet.map(|sheet| lang.pick((format!("シート「{sheet}」"), format!("sheet \"{sheet}\""))));
    let parts: Vec<String> = [Some(file), sheet].into_iter().flatten().collect();
    parts.join(lang.pick(("　", ", ")))
}

#[cfg(test)]
mod tests {
    use super::super::departments::recipients;
    use super::*;
    use crate::batch::{Outcome, Report, Summary};
    use crate::finding::{Code, Finding, message};
    use crate::model::Place;
    use std::sync::Arc;

    fn report(letterhead: Letterhead) -> Report {
        let place = |file: &str| Arc::new(Place { file: file.into(), sheet: Some("頁".into()) });
        let say =
            |(code, origin)| Finding::new(code, origin, message("空欄", "empty"), message("記入", "fill in"));
        let findings = [
            (Code::DispositionMissing, Origin::at(&place("福祉部/二.xlsx"), 9, 0)),
            (Code::DispositionMissing, Origin::of_file("templates/d.toml")),
            (Code::TargetLowered, Origin::at(&place("福祉部/一.xlsx"), 1, 1)),
            (Code::DispositionMissing, Origin::at(&place("福祉部/二.xlsx"), 1, 2)),
            (Code::TargetLowered, Origin::of_file("子育て\u{202e}課.csv")),
        ];
        let findings = findings.map(say).to_vec();
        let summary = Summary { findings, letterhead, rows: 0, tally: Vec::new(), outputs: Vec::new() };
        Report { document: "d".into(), outcome: Outcome::Faulty(summary) }
    }

    /// The letters, each with its department.
    fn letters(head: &Letterhead) -> Vec<(Option<String>, String)> {
        let report = report(head.clone());
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
        assert_eq!(names, [None, Some("子育て\u{202e}課.csv"), Some("福祉部")]);
        assert_eq!(letters[0].1, "templates/d.toml\n1　【要修正】\n　　空欄。\n　　対応：記入。\n");
        assert_eq!(
            letters[1].1,
            "「ＫＰＩ一覧」の調査票について、次の点を御確認ください。\n\
             修正する場合は、4月10日（金）までに企画課へ再提出してください。\
             修正の必要がない場合は、その旨をお知らせください。\n\
             確認をお願いする点　1件\n\n子育て�課.csv\n1　【要確認】\n　　空欄。\n　　対応：記入。\n"
        );
        assert_eq!(
            letters[2].1,
            "「ＫＰＩ一覧」の調査票について、次の点を御確認ください。\n\
             調査票を修正し、4月10日（金）までに企画課へ再提出してください。\
             確認の結果、修正の必要がない点は、その旨をお知らせください。\n\
             修正が必要な点　2件　　確認をお願いする点　1件\n\n\
             福祉部/一.xlsx　シート「頁」\n1　【要確認】B2\n　　空欄。\n　　対応：記入。\n\n\
             福祉部/二.xlsx　シート「頁」\n2　【要修正】C2\n　　空欄。\n　　対応：記入。\n\
             3　【要修正】A10\n　　空欄。\n　　対応：記入。\n"
        );
    }

    #[test]
    fn what_the_template_does_not_say_is_not_said() {
        let head = Letterhead { language: "en-GB".into(), title: "List".into(), ..Letterhead::default() };
        assert_eq!(
            letters(&head)[1].1,
            "Please look at the following points of your form for \"List\".\n\
             If you correct the form, please send it back. If nothing needs to be corrected, please say so.\n\
             may be right: 1\n\n子育て�課.csv\n1. [warning]\n   empty.\n   To do: fill in.\n"
        );
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
