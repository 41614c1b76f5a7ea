//! Mistakes in a template's text: where they are and what to write instead, in words that need no knowledge of TOML.

use crate::finding::{Message, message};
use std::ops::Range;

/// Says where the slip is, and what was probably meant. `text` is empty if the error does not know its place.
pub(crate) fn explain(text: &str, error: &toml::de::Error) -> Message {
    let span = error.span().filter(|span| text.get(span.clone()).is_some());
    let place = span.as_ref().filter(|_| !text.is_empty()).map_or_else(Default::default, |span| {
        let line = text[..span.start].matches('\n').count() + 1;
        (format!("{line}行目："), format!("line {line}: "))
    });
    let line = span.and_then(|span| line_of(text, &span)).unwrap_or_default();
    let slip = Slip { line, said: error.message() };
    let Message { ja, en } = slip.message();
    message(place.0 + &ja, place.1 + &en)
}

/// The line in which a span begins.
fn line_of<'t>(text: &'t str, span: &Range<usize>) -> Option<&'t str> {
    let start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next()
}

/// A slip: the line, and what the parser said of it.
struct Slip<'t> {
    line: &'t str,
    said: &'t str,
}

impl Slip<'_> {
    fn message(&self) -> Message {
        let Self { line, said } = self;
        let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
        let (key, line) = (self.key(), line.trim());
        match (quoted.split_first(), said.split(": ").next()) {
            (Some((unknown, known)), _) if said.starts_with("unknown field") => {
                let meant = super::suggestion(unknown, known);
                message(
                    format!("「{unknown}」というキーはありません。{}", meant.ja),
                    format!("no such key `{unknown}`; {}", meant.en),
                )
            }
            (Some((unknown, known)), _) if said.starts_with("unknown variant") => {
                let meant = super::suggestion(unknown, known);
                message(
                    format!("「{key}」に「{unknown}」は指定できません。{}", meant.ja),
                    format!("no such value `{unknown}` of `{key}`; {}", meant.en),
                )
            }
            (Some((missing, _)), _) if said.starts_with("missing field") => message(
                format!("「{missing}」がありません。書き加えてください"),
                format!("`{missing}` is missing"),
            ),
            (_, Some("invalid type" | "invalid value")) => {
                message(format!("「{key}」には{}", self.wanted(key)), format!("`{line}`: {said}"))
            }
            _ if said.starts_with("duplicate key") => message(
                format!("「{key}」が二度書かれています。一つにまとめてください"),
                format!("`{line}`: {said}"),
            ),
            _ => message(
                format!(
                    "「{line}」を読み取れません。引用符（\"）や括弧の閉じ忘れがないか、文字を引用符で囲んでいるかを確認してください"
                ),
                format!("`{line}`: {said}"),
            ),
        }
    }

    /// The key of the line, if it has one.
    fn key(&self) -> &str {
        let key = self.line.split('=').next().unwrap_or_default();
        key.trim().trim_matches(|c| matches!(c, '[' | ']' | '{' | '"' | ' '))
    }

    /// What is to be written, with an example.
    fn wanted(&self, key: &str) -> String {
        let expected = self.said.rsplit("expected ").next().unwrap_or_default();
        let wanted = |what: &str, example: &str| format!("{what}を書きます（例：{key} = {example}）");
        match expected {
            "a boolean" => wanted("true か false", "true"),
            "a string" => wanted("引用符（\"）で囲んだ文字", "\"…\""),
            "a sequence" => wanted("角かっこ（[ ]）で囲んだ並び", "[\"…\", \"…\"]"),
            "f64" | "f32" => wanted("数", "8"),
            number if number.starts_with(['u', 'i']) && number[1..].parse::<u32>().is_ok() => {
                wanted("整数", "8")
            }
            "usize" | "isize" | "an integer" => wanted("整数", "8"),
            date if date.contains("datetime") || date.contains("date") => {
                wanted("引用符のない日付", "2026-04-01")
            }
            _ => "、別の書き方をします。見本のテンプレートを参考にしてください".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::file::parse;

    #[test]
    fn slips_are_told_without_words_of_toml() {
        for (text, ja) in [
            (
                "document.titel = \"一覧\"",
                "1行目：「titel」というキーはありません。「title」の誤りではありませんか",
            ),
            ("\nera.base = \"令和\"", "2行目：「era.base」に「令和」は指定できません。使えるのは meiji、"),
            ("page.margin_top = \"広い\"", "1行目：「page.margin_top」には"),
            (
                "document.title = 5",
                "1行目：「document.title」には引用符（\"）で囲んだ文字を書きます（例：document.title = \"…\"）",
            ),
            (
                "document.keywords = \"一覧\"",
                "1行目：「document.keywords」には角かっこ（[ ]）で囲んだ並びを書きます",
            ),
            ("document.title = \"一覧", "1行目：「document.title = \"一覧」を読み取れません。"),
            ("document.title = 一覧", "1行目：「document.title = 一覧」を読み取れません。"),
            (
                "document.title = \"a\"\ndocument.title = \"b\"",
                "2行目：「document.title」が二度書かれています。",
            ),
        ] {
            let said = parse(text).err().expect(text);
            assert!(said.ja.starts_with(ja), "{text}: {}", said.ja);
        }
    }
}
