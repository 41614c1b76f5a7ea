//! What Chromium says of our line breaks: CSS `line-break: strict` on the same text, font and width. Where we break
//! elsewhere, it is by one of the rules that public documents add (W1 to W5 and W11 to W16 of `src/layout/wrap.rs`).

use super::engines::{assert_passes, browser};
use super::roll::{Checked, Missing};
use super::{documents, laid_out, root};
use kaitei::font::Fonts;
use kaitei::layout::{Setting, break_lines, text_width};
use kaitei::template::Template;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::Stdio;

/// Size of the text, and the widths beside its own at which each text is broken too, in thousandths of a point.
const SIZE: i32 = 10_000;
const WIDTHS: [i32; 6] = [40_000, 60_000, 85_000, 100_000, 150_000, 175_000];

/// A paragraph set at a width.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    text: String,
    width: i32,
    size: i32,
}

/// A length in points.
#[expect(clippy::float_arithmetic, reason = "Chromium's lengths are decimal fractions")]
fn points(length: i32) -> f64 {
    f64::from(length) / 1000.0
}

/// The lines that Chromium makes.
fn chromium(cases: &[Case]) -> Result<Vec<Vec<String>>, Missing> {
    let mut node = browser("line_breaks.mjs", &["playwright-core"])?;
    let font = root().join("assets/fonts/BIZUDGothic-Regular.ttf");
    // A little more width than ours, against the rounding of fractions.
    let case = |case: &Case| {
        serde_json::json!({
            "text": case.text, "width": points(case.width + 10), "size": points(case.size), "font": font
        })
    };
    let input = serde_json::to_vec(&cases.iter().map(case).collect::<Vec<_>>()).unwrap();
    let mut node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A script that cannot start does not read: what it says tells why.
    let _ = node.stdin.take().unwrap().write_all(&input);
    let output = node.wait_with_output().unwrap();
    assert_passes(&output, "line_breaks.mjs");
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let lines = |answer: &serde_json::Value| {
        let lines = answer["lines"].as_array().unwrap().iter();
        lines.map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    Ok(answers.iter().map(lines).collect())
}

/// The paragraphs of all cells of a document, at their columns' widths.
fn cells(document: &str) -> BTreeSet<Case> {
    let (list, flow) = laid_out(document);
    let page = Template::load(&root().join(format!("templates/{document}.toml"))).unwrap().page;
    let mut cases = BTreeSet::new();
    for row in &list.table.rows {
        for (content, width) in row.cells.iter().map(|cell| &cell.content).zip(&flow.measured.widths) {
            for text in &content.paragraphs {
                let width = width - 2 * page.padding_x;
                cases.insert(Case { text: text.clone(), width, size: page.font_size });
            }
        }
    }
    cases
}

fn ours(case: &Case) -> Vec<String> {
    let lines = break_lines(&case.text, Setting::plain(case.width, case.size), &Fonts::embedded());
    lines.iter().map(|line| line.text.to_string()).collect()
}

/// Where the first line that differs ends: the text before and after Chromium's break, and ours. White space at a
/// line's end belongs to either line.
fn first_difference<'t>(
    text: &'t str,
    ours: &[String],
    theirs: &[String],
) -> Option<[(&'t str, &'t str); 2]> {
    let ends = |lines: &[String]| {
        let mut end = 0;
        let mut ends = Vec::new();
        for line in lines {
            end += line.len();
            ends.push(end + text[end..].len() - text[end..].trim_start().len());
        }
        ends
    };
    let at = ends(ours).into_iter().zip(ends(theirs)).find(|(ours, theirs)| ours != theirs);
    at.map(|(ours, theirs)| [text.split_at(theirs), text.split_at(ours)])
}

/// The rule by which a break is not ours, but another one is.
fn rule([(before, after), (_, ours)]: [(&str, &str); 2]) -> Option<&'static str> {
    let inside = ours.strip_suffix(after).unwrap_or_default();
    if inside.starts_with(['（', '(']) && !closes(inside) && closes(ours) {
        return Some("W11");
    }
    let (last, next) = (before.chars().next_back()?, after.chars().next()?);
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let is_separator = |c: char| matches!(c, ',' | '.' | '，' | '．');
    let digits_before = before.trim_end_matches(|c: char| !is_digit(c));
    match (last, next) {
        (_, '～') => Some("W1"),
        (_, '／' | '㎡' | '％' | '℃') => Some("W2"),
        ('△' | '▲' | '－' | '№' | '約' | '第', _) => Some("W3"),
        (_, next) if before.ends_with("令和") && is_digit(next) => Some("W12"),
        ('-', next) if next.is_ascii_alphanumeric() => Some("W13"),
        ('年' | '月' | '億' | '万' | '～', next) if is_digit(next) && !digits_before.is_empty() => {
            Some("W12")
        }
        _ if is_digit(last) && (is_digit(next) || is_separator(next)) => Some("W4"),
        _ if is_separator(last) && is_digit(next) => Some("W4"),
        // Between a number and its counter, or inside a counter of at most six characters.
        _ if is_digit(last) => Some("W5"),
        _ if !digits_before.is_empty() && is_counter(&before[digits_before.len()..]) => Some("W5"),
        _ => None,
    }
}

/// Whether the bracket at a text's beginning closes.
fn closes(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        depth == 0
    })
}

/// Letters alone, no katakana, as the beginning of `平方メートル` has them.
fn is_counter(text: &str) -> bool {
    text.chars().count() < 6 && text.chars().all(|c| c.is_alphabetic() && !('ァ'..='ヶ').contains(&c))
}

/// Asks for all cases; the differences by rule, as `ours ≠ theirs`, of which none is without a rule. Where a line ends
/// for its looks alone (W15, W16), the text has no line more, and Chromium ends one there too if it is that wide.
fn differences(cases: &[Case]) -> Result<BTreeMap<&'static str, BTreeSet<String>>, Missing> {
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut unexplained = Vec::new();
    let mut looks = Vec::new();
    for (case, theirs) in cases.iter().zip(chromium(cases)?) {
        let ours = ours(case);
        let Some(breaks) = first_difference(&case.text, &ours, &theirs) else { continue };
        let shown = format!("{} ≠ {}", ours.join("|"), theirs.join("|"));
        match rule(breaks) {
            Some(rule) => {
                found.entry(rule).or_default().insert(shown);
            }
            None if ours.len() <= theirs.len() => {
                found.entry("W15, W16").or_default().insert(shown);
                let (start, line) = ends_early(&ours, breaks[1].0.len());
                let width = text_width(line.trim_end(), case.size, &Fonts::embedded());
                looks.push((line.to_owned(), Case { text: case.text[start..].to_owned(), width, ..*case }));
            }
            None => unexplained.push(shown),
        }
    }
    assert!(unexplained.is_empty(), "breaks that no rule explains: {unexplained:#?}");
    let (lines, narrow): (Vec<String>, Vec<Case>) = looks.into_iter().unzip();
    let illegal: Vec<(String, String)> = lines
        .into_iter()
        .zip(chromium(&narrow)?)
        .filter_map(|(ours, theirs)| {
            (ours.trim_end() != theirs[0].trim_end()).then(|| (ours, theirs[0].clone()))
        })
        .collect();
    assert!(illegal.is_empty(), "lines that Chromium ends elsewhere: {illegal:#?}");
    Ok(found)
}

/// The line that ends at a place, white space apart, and where it starts.
fn ends_early(lines: &[String], end: usize) -> (usize, &str) {
    let mut start = 0;
    for line in lines {
        if start + line.len() + 8 > end && start + line.trim_end().len() <= end {
            return (start, line);
        }
        start += line.len();
    }
    (start, "")
}

/// Every cell of this repository's documents as it is printed: what differs from Chromium, by rule.
pub(crate) fn cells_break_as_in_chromium_but_for_our_rules() -> Checked {
    let cases: Vec<Case> = documents().iter().flat_map(|document| cells(document)).collect();
    let found = differences(&cases)?;
    let found: Vec<(&str, &str)> =
        found.iter().flat_map(|(rule, shown)| shown.iter().map(|shown| (*rule, shown.as_str()))).collect();
    let (looks, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|(rule, _)| *rule == "W15, W16");
    assert!(
        looks
            .contains(&("W15, W16", "目黒区公式ホームページの|多言語数 ≠ 目黒区公式ホームページの多言語|数"))
    );
    // A short text in brackets stays on one line, and a number with its counter; CSS knows neither.
    let expected = [
        (
            "W11",
            "小規模多機能型居宅介護|（看護小規模多機能型居宅介護） ≠ 小規模多機能型居宅介護（看護小|規模多機能型居宅介護）",
        ),
        ("W11", "桜の保全実績本数|（実績本数÷対象本数） ≠ 桜の保全実績本数（実績本数÷対|象本数）"),
        (
            "W5",
            "グループホーム等：|17か所、障害者通|所施設：18か所 ≠ グループホーム等：17|か所、障害者通所施|設：18か所",
        ),
        ("W5", "講演会2回、連続講座|1回、相談会2回 ≠ 講演会2回、連続講座1|回、相談会2回"),
    ];
    assert_eq!(found, expected);
    Ok(())
}

/// The same texts at other widths: every difference has its rule.
pub(crate) fn every_difference_from_chromium_has_its_rule() -> Checked {
    let texts: BTreeSet<String> =
        documents().iter().flat_map(|document| cells(document)).map(|case| case.text).collect();
    let at = |text: &String| WIDTHS.map(|width| Case { text: text.clone(), width, size: SIZE });
    let cases: Vec<Case> = texts.iter().flat_map(at).collect();
    let mut found = differences(&cases)?;
    assert!(found.remove("W15, W16").is_some());
    assert!(found.values().map(BTreeSet::len).sum::<usize>() * 10 < cases.len(), "{found:#?}");
    Ok(())
}
