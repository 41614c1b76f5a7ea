//! What is said of a slip in a template's TOML: its line, and the key or the value that was probably meant.

use super::suggestion;
use crate::finding::{Message, message};
use std::ops::Range;

/// Characters of a line that are quoted at most.
const QUOTED: usize = 200;

/// Says what is wrong. The text may be empty if the line is not known.
pub(crate) fn explain(text: &str, error: &toml::de::Error) -> Message {
    let span = error.span().filter(|_| !text.is_empty());
    // The reader stumbles over what follows an open string, and may do so lines later.
    if let Some(open) = span.as_ref().and_then(|span| open_string(text, span.start)) {
        return at_line(text, &(open..open), &not_closed(line(text, open..open).unwrap_or_default()));
    }
    let line = span.clone().and_then(|span| line(text, span)).unwrap_or_default();
    let line = line.char_indices().nth(QUOTED).map_or(line, |(end, _)| &line[..end]);
    let said = error.message();
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let slip = match quoted.split_first() {
        Some((unknown, known)) if said.starts_with("unknown") => {
            let meant = suggestion(unknown, known);
            let ja = match key(line).filter(|_| said.starts_with("unknown variant")) {
                Some(key) => format!("「{key}」に「{unknown}」は指定できません"),
                None if said.starts_with("unknown variant") => format!("「{unknown}」は指定できません"),
                None => format!("「{unknown}」というキーはありません"),
            };
            message(format!("{ja}。{}", meant.ja), format!("no such key or value `{unknown}`; {}", meant.en))
        }
        _ => {
            if let Some(wide) = full_width(line) {
                let slip = message(
                    format!(
                        "「{line}」に全角の「{wide}」があります。数字・引用符・記号は半角で書いてください"
                    ),
                    format!(
                        "`{line}`: `{wide}` is a full-width sign; write figures, quotes and signs in half width"
                    ),
                );
                return span.map_or(slip.clone(), |span| at_line(text, &span, &slip));
            }
            let quote = if line.is_empty() { String::new() } else { format!("`{line}`: ") };
            message(japanese(said, line), format!("{quote}{said}"))
        }
    };
    match span {
        Some(span) => at_line(text, &span, &slip),
        None => slip,
    }
}

/// A message with the line where a span begins before it.
pub(super) fn at_line(text: &str, span: &Range<usize>, slip: &Message) -> Message {
    let line = text[..span.start.min(text.len())].matches('\n').count() + 1;
    message(format!("{line}行目: {}", slip.ja), format!("line {line}: {}", slip.en))
}

/// The first string that its line does not close, down to the line of a place. One between three quotation marks may have lines.
fn open_string(text: &str, place: usize) -> Option<usize> {
    let end = place + text.get(place..)?.find('\n').unwrap_or(text.len() - place);
    let mut at = 0;
    loop {
        let start = at + text[at..].find(['"', '\'', '#']).filter(|found| at + found < end)?;
        let rest = &text[start..];
        let line = rest.lines().next().unwrap_or_default();
        at = start
            + if line.starts_with('#') {
                line.len()
            } else if line.starts_with(TRIPLE[0]) || line.starts_with(TRIPLE[1]) {
                3 + closed(&rest[3..], &rest[..3])?
            } else {
                match closed(&line[1..], &line[..1]) {
                    Some(len) => 1 + len,
                    None => return Some(start),
                }
            };
    }
}

const TRIPLE: [&str; 2] = ["\"\"\"", "'''"];

/// How far a string goes with the marks that close it.
fn closed(text: &str, marks: &str) -> Option<usize> {
    let mut escaped = false;
    let ends = |(at, c): (usize, char)| {
        let ends = !escaped && text[at..].starts_with(marks);
        escaped = !escaped && c == '\\' && marks.starts_with('"');
        ends.then_some(at + marks.len())
    };
    text.char_indices().find_map(ends)
}

fn not_closed(line: &str) -> Message {
    let cut = line.char_indices().nth(QUOTED).map_or(line, |(end, _)| &line[..end]);
    message(
        format!(
            "「{cut}」の文字列が、この行で閉じられていません。引用符で閉じ、文字列の中で改行する所には \\n と書いてください"
        ),
        format!(
            "`{cut}`: the string is not closed on its line; close it with a quotation mark, and write \\n where its text has a line break"
        ),
    )
}

/// The first full-width sign of a line outside its strings and its comment.
fn full_width(line: &str) -> Option<char> {
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '#' => return None,
            '\u{FF01}'..='\u{FF5E}' | '“' | '”' | '\u{3000}' => return Some(c),
            _ => {}
        }
    }
    None
}

/// The line on which a span begins.
fn line(text: &str, span: Range<usize>) -> Option<&str> {
    let begun = text.get(..span.start)?.split('\n').next_back()?;
    text.get(span.start - begun.len()..)?.lines().next().map(str::trim)
}

/// The key of a line `key = value`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"');
    (!key.is_empty() && key.chars().all(is_plain)).then_some(key)
}

/// What the reader of TOML says, in Japanese; its own words are English.
fn japanese(said: &str, line: &str) -> String {
    let named = said.split('`').nth(1).unwrap_or_default();
    let subject = match key(line) {
        Some(key) => format!("「{key}」には"),
        None if line.is_empty() => String::new(),
        None => format!("「{line}」の所には"),
    };
    if let Some((_, expected)) = said.rsplit_once(", expected ").filter(|_| said.starts_with("invalid "))
        && let Some((what, example)) = wanted(expected)
    {
        return format!("{subject}{what}を書きます（例：{example}）");
    }
    if said.starts_with("a string, or {") || said.contains("expected a string, or {") {
        return format!("{subject}文字列か {{ left = \"…\", center = \"…\", right = \"…\" }} を書きます");
    }
    if said.contains("a file, or { file, rows }") {
        return format!("{subject}ファイル名か {{ file = \"…\", rows = 12 }} を書きます");
    }
    if said.starts_with("a known licence") {
        return format!(
            "{subject}CC-BY-4.0・CC0-1.0・PDL-1.0 のどれかか、{{ name = \"…\", title = \"…\", url = \"…\" }} を書きます"
        );
    }
    if said.contains("no column from A to XFD") {
        return format!("「{named}」という列はありません。AからXFDまでの列の文字を書きます");
    }
    if said.starts_with("missing field") {
        return format!("「{named}」がありません");
    }
    if said.starts_with("duplicate key") {
        return format!("同じキーが二度あります（{line}）。一つにしてください");
    }
    let form = "文字列は \" で囲み、キーと値は = でつなぎ、括弧は閉じてください";
    if line.is_empty() {
        return format!("書き方が違います。{form}");
    }
    format!("「{line}」の書き方が違います。{form}")
}

/// What should have been written for what the reader of TOML expected, with an example.
fn wanted(expected: &str) -> Option<(&'static str, &'static str)> {
    Some(match expected {
        "f32" | "f64" => ("数", "8.5"),
        "i8" | "i16" | "i32" | "i64" | "isize" => ("整数", "8"),
        "u8" | "u16" | "u32" | "u64" | "usize" => ("0以上の整数", "8"),
        "a boolean" => ("true か false ", "true"),
        "a string" | "string or table" => ("文字列", "\"…\""),
        "a sequence" => ("[ ] で囲んだ並び", "[\"…\"]"),
        "a TOML datetime" => ("日付", "2026-03-31"),
        _ if expected.starts_with("struct") || expected == "a map" => ("{ } で囲んだ表", "{ … = \"…\" }"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::template::Template;

    #[test]
    fn slips_are_explained_in_japanese_alone() {
        for (text, said) in [
            ("page.font_size_pt = \"大\"", "1行目: 「page.font_size_pt」には数を書きます（例：8.5）"),
            ("document.date = \"2026\"", "1行目: 「document.date」には日付を書きます（例：2026-03-31）"),
            ("workbook.notes = 1", "1行目: 「workbook.notes」にはtrue か false を書きます（例：true）"),
            ("document.title = 一覧", "1行目: 「document.title = 一覧」の書き方が違います"),
            ("document.title = \"a", "1行目: 「document.title = \"a」の文字列が、この行で閉じられていません"),
            ("title = \"目黒区\n一覧：KPI\"", "1行目: 「title = \"目黒区」の文字列が、この行で閉じられ"),
            (
                "# \"\na = 'b\\'\nb = \"\"\"c\nd\"\"\"\nwords = [\"e\", 'f\ng']",
                "5行目: 「words = [\"e\", 'f」の文字列が",
            ),
            ("a = \"b\"c\"", "1行目: 「a = \"b\"c\"」の文字列が、この行で"),
            ("[document\ntitle = 1", "1行目: 「[document」の書き方が違います"),
            ("document.title = 1", "1行目: 「document.title」には文字列を書きます（例：\"…\"）"),
            ("document.titel = \"a\"", "1行目: 「titel」というキーはありません。「title」の誤りでは"),
            ("input.limits.cells = -5", "1行目: 「input.limits.cells」には0以上の整数を書きます"),
            ("document.title = \"a\"\ndocument.title = \"b\"", "2行目: 同じキーが二度あります"),
            ("columns = 3", "1行目: 「columns」には[ ] で囲んだ並びを書きます"),
            ("groups = [{ words = [] }]", "1行目: 「key」がありません"),
            ("page.header = 3", "1行目: 「page.header」には文字列か { left"),
            ("input.expect = [3]", "1行目: 「input.expect」にはファイル名か { file"),
            ("open_data.licence = \"CC\"", "1行目: 「open_data.licence」にはCC-BY-4.0・CC0-1.0"),
            ("sheets = [{ columns = { goal = \"1\" } }]", "1行目: 「1」という列はありません。AからXFD"),
            ("page.font_size_pt = ８.5", "1行目: 「page.font_size_pt = ８.5」に全角の「８」があります"),
            ("document.title = “一覧”", "1行目: 「document.title = “一覧”」に全角の「“」があります"),
            ("[[columns]]\nwidth = \"広い\"", "2行目: 「width」には数を書きます"),
        ] {
            let further =
                |said: String, line: u32| said.replace(&format!("{line}行目"), &format!("{}行目", line + 1));
            let said = (1..=8).rev().fold(said.to_owned(), further);
            let message = Template::parse("t", &format!("kaitei = 2\n{text}")).expect_err(text).ja;
            assert!(message.starts_with(&said), "{text}: {message}");
            for word in ["expected", "invalid", "missing", "unknown", "found", "type"] {
                assert!(!message.contains(word), "{text}: {message}");
            }
        }
    }
}
