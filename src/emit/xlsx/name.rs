//! Texts that Excel has rules for: sheet names, running text, and cells that a keystroke would turn into something
//! else.

use crate::japanese::half_width;
use crate::template::{Running, RunningPart};

/// Excel's longest sheet name, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// A sheet name from the title. A title that is too long gives its last word, as Japanese titles put what the
/// document is at their end; `一覧` if nothing is left.
pub(super) fn sheet_name(title: &str) -> String {
    let allowed = |c: char| !c.is_control() && !r"[]:*?/\".contains(c);
    let trim = |s: &str| s.trim_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned();
    let whole = trim(&title.chars().filter(|&c| allowed(c)).collect::<String>());
    let word = if whole.encode_utf16().count() > LONGEST_NAME {
        whole.split_whitespace().next_back().unwrap_or_default()
    } else {
        &whole
    };
    // Excel keeps the name "History" for itself.
    match trim(&cut(word, LONGEST_NAME)) {
        name if name.is_empty() || name.eq_ignore_ascii_case("history") => "一覧".to_owned(),
        name => name,
    }
}

/// A sheet name for each title; one that is taken already, which Excel sees without regard to case, gets a number.
pub(super) fn sheet_names<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for title in titles {
        let name = sheet_name(title);
        let numbered = (2..).map(|n| format!("{}（{n}）", cut(&name, LONGEST_NAME - 5)));
        let is_free = |name: &String| names.iter().all(|taken| taken.to_lowercase() != name.to_lowercase());
        let free = std::iter::once(name.clone()).chain(numbered).find(is_free);
        names.push(free.expect("numbers do not end"));
    }
    names
}

/// As many characters from the head of a text as fit into UTF-16 units.
pub(super) fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).collect()
}

/// Running text as Excel's codes for its three parts, in 8 points; `None` for none. The number of pages is the sheet's own,
/// where Excel's code for it would be that of all sheets that are printed together.
pub(super) fn running(running: &Running, pages: usize) -> Option<String> {
    let parts = running.parts().into_iter().zip(["&L", "&C", "&R"]).filter(|(part, _)| !part.is_empty());
    let text =
        parts.map(|(part, place)| [place, "&8", &codes(part, pages)].concat()).collect::<Vec<_>>().concat();
    (!text.is_empty()).then_some(text)
}

/// The codes of a part. A digit would be read as part of the size before it, a sign as a sum with the page number.
fn codes(pieces: &[RunningPart], pages: usize) -> String {
    let count = pages.to_string();
    let mut codes = String::new();
    for piece in pieces {
        let text = match piece {
            RunningPart::Page => {
                codes.push_str("&P");
                continue;
            }
            RunningPart::Pages => &count,
            RunningPart::Text(text) => text,
        };
        let misread = if codes.is_empty() { "0123456789" } else { "+-" };
        codes.push_str(if text.starts_with(|c| misread.contains(c)) { " " } else { "" });
        codes.push_str(&text.replace('&', "&&"));
    }
    codes
}

/// Whether Excel would take the text for a formula, a number or a date when someone edits the cell. A Japanese one
/// takes full-width signs and digits for half-width ones; `(3)` is -3 to it, and `4月1日` a date.
pub(super) fn turns_into_something_else(text: &str) -> bool {
    let number_like =
        |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '/' | ':' | '-' | '%' | 'e' | 'E');
    let of_date = |c: char| matches!(c, '年' | '月' | '日' | '時' | '分' | '秒');
    let mut chars = text.chars().map(half_width);
    match chars.next() {
        // Alone they say nothing.
        Some('=' | '+' | '-' | '@') => chars.next().is_some(),
        Some('(') => text.ends_with([')', '）']) && chars.all(|c| number_like(c) || c == ')'),
        Some(c) if c.is_ascii_digit() || c == '.' => {
            let dates = text.chars().filter(|&c| of_date(c)).count();
            dates != 1 && chars.all(|c| number_like(c) || of_date(c))
        }
        _ => false,
    }
}

/// Whether `COUNTIF` would count more or less than the cells that have this text: it knows patterns (`見直し*`),
/// comparisons (`>5`), numbers and dates.
pub(super) fn is_criterion(text: &str) -> bool {
    text.contains(['*', '?', '~']) || text.starts_with(['<', '>', '=']) || turns_into_something_else(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_follow_excels_rules() {
        let check = |title: &str, name: &str| assert_eq!(sheet_name(title), name);
        check("", "一覧");
        check("[*]", "一覧");
        check("History", "一覧");
        check("'KPI' 一覧/令和2年度'", "KPI' 一覧令和2年度");
        check(
            "《改訂》目黒区まち・ひと・しごと総合戦略　重要業績評価指標（ＫＰＩ）一覧",
            "重要業績評価指標（ＫＰＩ）一覧",
        );
        check(&"あ".repeat(40), &"あ".repeat(31));
        check(&"𠮷".repeat(16), &"𠮷".repeat(15));
    }

    #[test]
    fn sheet_names_differ() {
        let long = "あ".repeat(40);
        let names = sheet_names(["KPI一覧", "集計", "kpi一覧", "集計", "集計", &long, &long].into_iter());
        let cut = format!("{}（2）", "あ".repeat(26));
        assert_eq!(names, ["KPI一覧", "集計", "kpi一覧（2）", "集計（2）", "集計（3）", &long[..93], &cut]);
    }

    #[test]
    fn running_text_is_excels_codes() {
        let check = |center: &[RunningPart], right: &[RunningPart], expected: Option<&str>| {
            let given = Running { center: center.to_vec(), right: right.to_vec(), ..Running::default() };
            assert_eq!(running(&given, 3).as_deref(), expected);
        };
        let said = |text: &str| RunningPart::Text(text.to_owned());
        check(&[], &[], None);
        check(&[RunningPart::Page, said(" / "), RunningPart::Pages], &[], Some("&C&8&P / 3"));
        check(&[said("2020 R&D "), RunningPart::Page], &[], Some("&C&8 2020 R&&D &P"));
        check(&[RunningPart::Page, said("-1")], &[said("企画課")], Some("&C&8&P -1&R&8企画課"));
    }

    #[test]
    fn what_a_keystroke_would_turn_into_something_else() {
        for text in ["=1+1", "+1", "-3", "@SUM(A1)", "12", "1,000", "3/4", "1-2", "2020.4", ".5", "71%"]
            .into_iter()
            .chain(["＝1", "１２", "71％", "（3）", "(1,000)", "4月1日", "2020年4月", "19時15分"])
        {
            assert!(turns_into_something_else(text), "{text}");
        }
        for text in [
            "",
            "－",
            "-",
            "1.維持",
            "4件／年",
            "№15",
            "36 37",
            "／",
            "（1）支援",
            "31年",
            "28年度",
            "（）か所",
        ] {
            assert!(!turns_into_something_else(text), "{text}");
        }
    }
}
