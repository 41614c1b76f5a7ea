//! The eras of a template: those that the program knows, and those that the template adds.

use super::layers::in_base;
use super::slip::{at_line, explain};
use super::{Base, suggestion};
use crate::finding::{Message, message};
use crate::model::{Era, Eras};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// The part of a template file that is read here.
#[derive(Debug, Deserialize)]
struct File {
    #[serde(default)]
    era: EraTable,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EraTable {
    base: Option<Spanned<String>>,
    #[serde(default)]
    names: Vec<Spanned<EraEntry>>,
}

/// An era that the template adds; it may name one that the program has learnt since.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EraEntry {
    name: String,
    short: Option<String>,
    letter: Option<String>,
    from: toml::value::Datetime,
}

/// Reads `[era]` from the texts of a template and of those that it extends: only there do mistakes have a line. The
/// nearest file that has one of its keys decides it.
pub(super) fn parse(text: &str, bases: &[Base]) -> Result<Eras, Message> {
    let (mut names, mut base) = (None, None);
    let layers = bases.iter().map(|base| (&*base.text, Some(&*base.name)));
    for (text, file) in std::iter::once((text, None)).chain(layers) {
        let File { era: table } = toml::from_str(text).map_err(|e| explain(text, &e))?;
        if !table.names.is_empty() {
            names.get_or_insert(((text, file), table.names));
        }
        base = base.or(table.base.map(|base| ((text, file), base)));
    }
    let at = |(text, file): (&str, Option<&str>), span: &Range<usize>, slip: &Message| {
        let slip = at_line(text, span, slip);
        file.map_or_else(|| slip.clone(), |name| in_base(name, &slip))
    };
    let mut eras = Eras::default();
    if let Some((layer, names)) = names {
        for entry in &names {
            add(&mut eras, entry.get_ref()).map_err(|slip| at(layer, &entry.span(), &slip))?;
        }
    }
    let Some((layer, base)) = base else { return Ok(eras) };
    let (known, span) = (eras.base_names(), base.span());
    let unknown = || {
        let (base, meant) = (base.get_ref(), suggestion(base.get_ref(), &known));
        let slip = message(
            format!("「era.base」の値「{base}」は元号の表にありません。{}", meant.ja),
            format!("`era.base` = \"{base}\" is in no entry of the eras; {}", meant.en),
        );
        at(layer, &span, &slip)
    };
    eras.clone().with_base(base.get_ref()).ok_or_else(unknown)
}

/// Adds an entry behind the latest era.
fn add(eras: &mut Eras, entry: &EraEntry) -> Result<(), Message> {
    let name = &entry.name;
    let is_kanji =
        |word: &str| !word.is_empty() && word.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let first_day = super::resolve::day("era.names.from", &entry.from)?;
    let short: String = entry.short.clone().unwrap_or_else(|| name.chars().take(1).collect());
    for (key, word) in [("name", name), ("short", &short)] {
        if !is_kanji(word) {
            return Err(message(
                format!(
                    "「era.names」の {key} の値「{word}」は漢字だけで書いてください（例: {key} = \"{}\"）",
                    example(key)
                ),
                format!(
                    "`era.names`: {key} = \"{word}\" must be written in kanji alone (as in {key} = \"{}\")",
                    example(key)
                ),
            ));
        }
    }
    let letter = entry.letter.as_deref().map(|letter| capital(name, letter)).transpose()?;
    let era = Era { name: name.clone().into(), short: short.into(), letter, first_day };
    if eras.all().contains(&era) {
        return Ok(());
    }
    unique(eras, &era)?;
    let latest = eras.latest();
    if era.first_day <= latest.first_day {
        return Err(message(
            format!(
                "「era.names」の「{name}」の from = {first_day} は、前の元号「{}」が始まる {} より後の日にしてください（古い順に並べます）",
                latest.name, latest.first_day
            ),
            format!(
                "`era.names`: `{name}` has from = {first_day}, which must be later than {}, the first day of `{}` before it (oldest first)",
                latest.first_day, latest.name
            ),
        ));
    }
    eras.push(era);
    Ok(())
}

fn example(key: &str) -> &'static str {
    if key == "name" { "令和" } else { "令" }
}

/// A letter of the short form (`R2`).
fn capital(name: &str, letter: &str) -> Result<char, Message> {
    let mut chars = letter.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_uppercase() => Ok(c),
        _ => Err(message(
            format!(
                "「era.names」の「{name}」の letter の値「{letter}」は半角の大文字1字で書いてください（例: letter = \"R\"）"
            ),
            format!(
                "`era.names`: `{name}` has letter = \"{letter}\", which must be one capital of ASCII (as in letter = \"R\")"
            ),
        )),
    }
}

/// What two eras share would name neither.
fn unique(eras: &Eras, era: &Era) -> Result<(), Message> {
    for known in eras.all() {
        let words = [&era.name, &era.short];
        let shared = words.into_iter().find(|word| **word == known.name || **word == known.short);
        let shared = match (shared, era.letter.filter(|_| era.letter == known.letter)) {
            (Some(word), _) => word.to_string(),
            (None, Some(letter)) => letter.to_string(),
            (None, None) => continue,
        };
        let (name, other, day) = (&era.name, &known.name, known.first_day);
        return Err(message(
            format!(
                "「era.names」の「{name}」の「{shared}」は、{day} からの元号「{other}」と重なります。short や letter に別の字を書いてください。同じ元号なら、この行を消してください"
            ),
            format!(
                "`era.names`: `{shared}` of `{name}` also means `{other}`, which begins on {day}; give another `short` or `letter`, or delete the entry if it is the same era"
            ),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::japanese::era::{parse_time, wareki};
    use crate::model::FiscalYear;

    const ADDED: &str =
        "[era]\nbase = \"heisei\"\nnames = [\n  { name = \"光文\", letter = \"K\", from = 2026-05-01 },\n]\n";

    #[test]
    fn an_added_era_is_read_and_written() {
        let eras = parse(ADDED, &[]).unwrap();
        for (text, time) in [
            ("光文2年度", "FY2027"),
            ("光文元年度", "FY2026"),
            ("光2", "FY2027"),
            ("Ｋ２．４．１", "2027-04-01"),
            ("K2年度", "FY2027"),
            ("R8年度", "FY2026"),
            ("令和8年4月30日", "2026-04-30"),
            ("令和8（光文元）年度", "FY2026"),
            ("31年度", "FY2019"),
            ("光文元年4月30日", "none"),
            ("元年度", "none"),
        ] {
            let shown = parse_time(text, &eras).map_or("none".to_owned(), |time| time.to_string());
            assert_eq!(shown, time, "{text}");
        }
        for (year, name) in [(2025, "令和7年度"), (2026, "光文元年度"), (2027, "光文2年度")] {
            assert_eq!(wareki(FiscalYear(year), &eras), name);
            assert_eq!(parse_time(name, &eras).map(|time| time.fiscal_year().0), Some(year));
        }
        assert_eq!(parse_time("K2年度", Eras::reiwa()), None);
    }

    #[test]
    fn an_added_era_can_be_the_base() {
        let eras = parse(&ADDED.replace("heisei", "光文"), &[]).unwrap();
        let shown = |text| parse_time(text, &eras).map(|time| time.to_string());
        assert_eq!(shown("2年度").as_deref(), Some("FY2027"));
        assert_eq!(shown("元年度").as_deref(), Some("FY2026"));
    }

    #[test]
    fn an_era_that_the_program_has_learnt_may_stay_in_the_template() {
        let own = "era.names = [{ name = \"令和\", short = \"令\", letter = \"R\", from = 2019-05-01 }]";
        assert_eq!(parse(own, &[]), Ok(Eras::default()));
    }

    #[test]
    fn slips_are_named_with_their_line() {
        for (from, to, said) in [
            (
                "heisei",
                "heisey",
                "line 2: `era.base` = \"heisey\" is in no entry of the eras; did you mean `heisei`?",
            ),
            (
                "heisei",
                "慶応",
                "line 2: `era.base` = \"慶応\" is in no entry of the eras; known are meiji, taisho, showa, heisei, reiwa, 光文",
            ),
            (
                "2026-05-01",
                "2019-05-01",
                "line 4: `era.names`: `光文` has from = 2019-05-01, which must be later than 2019-05-01",
            ),
            ("2026-05-01", "2010-05-01", "the first day of `令和` before it (oldest first)"),
            ("2026-05-01", "\"2026-05-01\"", "line 4: "),
            ("2026-05-01", "2026-05-01T00:00:00", "line 4: `era.names.from` must be a date alone"),
            (", from = 2026-05-01", "", "missing field `from`"),
            ("光文", "Kobun", "line 4: `era.names`: name = \"Kobun\" must be written in kanji"),
            ("\"K\"", "\"k\"", "line 4: `era.names`: `光文` has letter = \"k\""),
            ("\"K\"", "\"KO\"", "one capital of ASCII"),
            (
                "\"K\"",
                "\"R\"",
                "line 4: `era.names`: `R` of `光文` also means `令和`, which begins on 2019-05-01",
            ),
            ("光文", "平光", "`平` of `平光` also means `平成`"),
            ("letter", "leter", "line 4: no such key or value `leter`; did you mean `letter`?"),
            ("base", "bass", "line 2: no such key or value `bass`; did you mean `base`?"),
            (
                " },\n",
                " },\n  { name = \"天祥\", from = 2026-01-01 },\n",
                "line 5: `era.names`: `天祥` has from = 2026-01-01, which must be later than 2026-05-01",
            ),
            (
                " },\n",
                " },\n  { name = \"光文\", from = 2030-01-01 },\n",
                "line 5: `era.names`: `光文` of `光文` also means",
            ),
        ] {
            let text = ADDED.replacen(from, to, 1);
            let slip = parse(&text, &[]).expect_err(&text).en;
            assert!(slip.contains(said), "{text}: {slip}");
        }
    }
}
