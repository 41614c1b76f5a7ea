//! The TOML of the files of decisions: an array of entries each, and what a slip is told.

use super::entry::{Entry, at_line, line_of};
use super::{ACCEPTED, Acceptance, CORRECTIONS, Decisions, HASH_DIGITS, Slip};
use crate::finding::{Code, Message, message};
use crate::model::Correction;
use crate::template::{explain, suggestion};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How a file of decisions is written.
struct Form<T> {
    /// The file.
    file: &'static str,
    /// The name of its entries.
    name: &'static str,
    keys: [&'static str; 7],
    read: fn(&Entry<'_>) -> Result<T, Slip>,
    /// Whether two entries decide about the same.
    is_same: fn(&T, &T) -> bool,
}

const CORRECTION: Form<Correction> = Form {
    file: CORRECTIONS,
    name: "corrections",
    keys: ["document", "file", "sheet", "cell", "from", "to", "why"],
    read: correction,
    is_same: |one, other| one.origin == other.origin,
};

const ACCEPTANCE: Form<Acceptance> = Form {
    file: ACCEPTED,
    name: "accepted",
    keys: ["document", "code", "file", "sheet", "cell", "hash", "reason"],
    read: acceptance,
    is_same: |one, other| (&one.origin, one.code, &one.hash) == (&other.origin, other.code, &other.hash),
};

/// An entry or its slip, and the line on which it begins.
type Read<T> = (Result<T, Slip>, usize);
/// The entries of a file by document, in the order of what they are about.
type ByDocument<T> = BTreeMap<String, Result<Vec<T>, Slip>>;

/// The decisions about each document that an entry names, by the contents of the files that there are. An entry that
/// has a slip is a failure of its document; what cannot be put down to one document is a failure of all.
pub fn by_document(
    corrections: Option<&str>,
    accepted: Option<&str>,
    documents: &[String],
) -> Result<BTreeMap<String, Result<Decisions, Slip>>, Slip> {
    let mut corrections = CORRECTION.by_document(corrections.unwrap_or_default(), documents)?;
    let mut accepted = ACCEPTANCE.by_document(accepted.unwrap_or_default(), documents)?;
    let named: BTreeSet<String> = corrections.keys().chain(accepted.keys()).cloned().collect();
    let decisions = |document: String| {
        let corrections = corrections.remove(&document).unwrap_or_else(|| Ok(Vec::new()));
        let acceptances = accepted.remove(&document).unwrap_or_else(|| Ok(Vec::new()));
        let decided =
            corrections.and_then(|corrections| Ok(Decisions { corrections, acceptances: acceptances? }));
        (document, decided)
    };
    Ok(named.into_iter().map(decisions).collect())
}

impl<T: Ord> Form<T> {
    fn by_document(&self, text: &str, documents: &[String]) -> Result<ByDocument<T>, Slip> {
        let in_file = |slip: Slip| {
            let file = self.file;
            message(format!("{file}: {}", slip.ja), format!("{file}: {}", slip.en))
        };
        let mut read: BTreeMap<String, Vec<Read<T>>> = BTreeMap::new();
        let table = DeTable::parse(text).map_err(|error| in_file(explain(text, &error)))?.into_inner();
        for value in self.entries(text, &table).map_err(in_file)? {
            let DeValue::Table(table) = value.get_ref() else { unreachable!("entries are tables") };
            let line = line_of(text, value.span().start);
            let document = document(table, documents).map_err(|slip| in_file(at_line(line, &slip)))?;
            let entry =
                Entry::read(text, value.span(), table, &self.keys).and_then(|entry| (self.read)(&entry));
            read.entry(document).or_default().push((entry, line));
        }
        let sorted = |(document, entries)| (document, self.sorted(entries).map_err(in_file));
        Ok(read.into_iter().map(sorted).collect())
    }

    /// The entries of a file that has nothing else.
    fn entries<'t, 'i>(
        &self,
        text: &str,
        table: &'t DeTable<'i>,
    ) -> Result<Vec<&'t Spanned<DeValue<'i>>>, Slip> {
        let mut entries = Vec::new();
        for (key, value) in table {
            let line = line_of(text, key.span().start);
            if key.get_ref() != self.name {
                return Err(at_line(line, &misplaced(key.get_ref(), self.name)));
            }
            let DeValue::Array(array) = value.get_ref() else {
                return Err(at_line(line, &no_entries(self.name)));
            };
            for entry in array {
                if !matches!(entry.get_ref(), DeValue::Table(_)) {
                    return Err(at_line(line_of(text, entry.span().start), &no_entries(self.name)));
                }
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// A document's entries, unless one has a slip or two of them decide about the same.
    fn sorted(&self, entries: Vec<Read<T>>) -> Result<Vec<T>, Slip> {
        let mut read: Vec<(T, usize)> =
            entries.into_iter().map(|(entry, line)| Ok((entry?, line))).collect::<Result<_, Slip>>()?;
        read.sort();
        if let Some([(_, one), (_, other)]) =
            read.windows(2).find(|pair| (self.is_same)(&pair[0].0, &pair[1].0))
        {
            let (first, again) = (one.min(other), one.max(other));
            return Err(at_line(
                *again,
                &message(
                    format!("{first}行目からの項目と、同じセルについてのものです。一方を消してください"),
                    format!(
                        "this entry is about the same cell as the one on line {first}; delete one of them"
                    ),
                ),
            ));
        }
        Ok(read.into_iter().map(|(entry, _)| entry).collect())
    }
}

/// The document of an entry: the one that it names, or the project's only one.
fn document(table: &DeTable<'_>, documents: &[String]) -> Result<String, Message> {
    let known: Vec<&str> = documents.iter().map(String::as_str).collect();
    match (table.get("document").map(|value| value.get_ref().as_str()), documents) {
        (Some(Some(named)), _) if known.contains(&named) => Ok(named.to_owned()),
        (Some(Some(named)), _) => {
            let meant = suggestion(named, &known);
            Err(message(
                format!("文書「{named}」のテンプレートがありません。{}", meant.ja),
                format!("no template for the document `{named}`; {}", meant.en),
            ))
        }
        (None, [only]) => Ok(only.clone()),
        (None | Some(None), _) => Err(message(
            format!(
                "どの文書についてのものか、「document」に書いてください（document = \"{}\" など）",
                known.join("\"、\"")
            ),
            format!("`document` says which document it is about (document = \"{}\")", known.join("\" or \"")),
        )),
    }
}

fn correction(entry: &Entry<'_>) -> Result<Correction, Slip> {
    let origin = entry.origin(true)?;
    let from =
        entry.text("from", ("セルの今の記載（空欄なら \"\"）", "what the cell shows (\"\" if nothing)"))?;
    let to = entry
        .text("to", ("正しい記載（空欄にするなら \"\"）", "what it is to be read as (\"\" if nothing)"))?;
    if from == to {
        return Err(
            entry.slip_at("to", &message("「from」と「to」が同じです", "`from` and `to` are the same"))
        );
    }
    if !to.is_empty() && to.trim().is_empty() {
        let slip = message(
            "「to」が空白だけです。空欄にするなら to = \"\"",
            "`to` is white space alone; to empty the cell, to = \"\"",
        );
        return Err(entry.slip_at("to", &slip));
    }
    let why = entry.filled("why", ("訂正する理由", "why the cell is corrected"))?;
    Ok(Correction { origin, from: from.to_owned(), to: to.to_owned(), why: why.to_owned() })
}

fn acceptance(entry: &Entry<'_>) -> Result<Acceptance, Slip> {
    let written = entry.filled("code", ("指摘の種類", "which finding"))?;
    let Some(code) = Code::from_id(written) else {
        let known: Vec<&str> =
            Code::ALL.iter().filter(|code| code.is_adjustable()).map(|code| code.id()).collect();
        let meant = suggestion(written, &known);
        let slip = message(
            format!("「{written}」という指摘はありません。{}", meant.ja),
            format!("no such finding `{written}`; {}", meant.en),
        );
        return Err(entry.slip_at("code", &slip));
    };
    if !code.is_adjustable() {
        let slip = message(
            format!(
                "「{written}」は、確認済みにできない指摘です。調査票を修正するか、{CORRECTIONS} で訂正してください"
            ),
            format!(
                "`{written}` cannot be accepted; have the form corrected, or correct it in {CORRECTIONS}"
            ),
        );
        return Err(entry.slip_at("code", &slip));
    }
    let origin = entry.origin(false)?;
    let how = ("kaitei check --suggest が示すもの", "as `kaitei check --suggest` prints it");
    let hash = entry.filled("hash", how)?;
    let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if hash.len() != HASH_DIGITS || !hash.chars().all(is_digit) {
        let slip = message(
            format!("「hash」には、kaitei check --suggest が示す{HASH_DIGITS}桁を書いてください"),
            format!("`hash` has the {HASH_DIGITS} digits that `kaitei check --suggest` prints"),
        );
        return Err(entry.slip_at("hash", &slip));
    }
    let reason = entry.filled("reason", ("このままでよい理由", "why it may stand"))?;
    Ok(Acceptance { origin, code, hash: hash.to_owned(), reason: reason.to_owned() })
}

/// What is told of a key that is no name of the file's entries.
fn misplaced(key: &str, name: &str) -> Message {
    let files = [(CORRECTION.name, CORRECTION.file), (ACCEPTANCE.name, ACCEPTANCE.file)];
    if let Some((_, file)) = files.iter().find(|(other, _)| *other == key) {
        return message(
            format!("[[{key}]] は {file} に書いてください"),
            format!("[[{key}]] belongs to {file}"),
        );
    }
    message(
        format!("「{key}」というキーはありません。項目は [[{name}]] の行から始めてください"),
        format!("no such key `{key}`; begin each entry with a line [[{name}]]"),
    )
}

fn no_entries(name: &str) -> Message {
    message(
        format!("項目は [[{name}]] の行から始めてください"),
        format!("begin each entry with a line [[{name}]]"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "[[corrections]]\nfile = \"課/a.xlsx\"\nsheet = \"調査票\"\ncell = \"H7\"\nfrom = \"4ヶ所\"\nto = \"4か所\"\nwhy = \"電話で確認\"\n";
    const OTHER: &str = "[[accepted]]\ncode = \"target-lowered\"\nfile = \"a.csv\"\ncell = \"K9\"\nhash = \"0123456789ab\"\nreason = \"計画の見直しによる\"\n";

    fn documents(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    /// What is said of a file of a project with one document.
    fn slip(corrections: &str, accepted: &str) -> String {
        match by_document(Some(corrections), Some(accepted), &documents(&["d"])) {
            Err(slip) => slip.en,
            Ok(decided) => decided["d"].clone().expect_err(corrections).en,
        }
    }

    #[test]
    fn entries_are_read_as_they_are_written() {
        let decided = by_document(Some(ONE), Some(OTHER), &documents(&["d"])).unwrap();
        let decided = decided["d"].as_ref().unwrap();
        let [correction] = &decided.corrections[..] else { panic!("{decided:?}") };
        assert_eq!(correction.origin.to_string(), "課/a.xlsx [調査票] H7");
        assert_eq!([&correction.from, &correction.to, &correction.why], ["4ヶ所", "4か所", "電話で確認"]);
        let [acceptance] = &decided.acceptances[..] else { panic!("{decided:?}") };
        assert_eq!(
            (acceptance.origin.to_string(), acceptance.code),
            ("a.csv K9".into(), Code::TargetLowered)
        );
        assert_eq!([&acceptance.hash, &acceptance.reason], ["0123456789ab", "計画の見直しによる"]);
        assert_eq!(by_document(Some(""), None, &documents(&[])), Ok(BTreeMap::new()));
    }

    #[test]
    fn what_is_written_in_another_way_is_the_same() {
        let prints = |corrections: &str| {
            let decided = by_document(Some(corrections), None, &documents(&["d"])).unwrap();
            decided["d"].as_ref().unwrap().prints()
        };
        let more = ONE.replace("H7", "B1");
        let same = prints(&format!("{ONE}{more}"));
        assert_eq!(same.iter().map(|print| print.file.as_str()).collect::<Vec<_>>(), [CORRECTIONS]);
        assert_eq!(prints(&format!("# 控え\n{more}\r\n{}", ONE.replace('\n', "\r\n"))), same);
        assert_ne!(prints(&format!("{ONE}{}", more.replace("電話", "メール"))), same);
        assert_ne!(prints(ONE), same);
    }

    #[test]
    fn an_entry_is_about_its_document_alone() {
        let of = |document: &str| ONE.replace("file =", &format!("document = \"{document}\"\nfile ="));
        let text = format!("{}{}", of("b"), of("a").replace("cell = \"H7\"", "cell = 7"));
        let decided = by_document(Some(&text), None, &documents(&["a", "b", "c"])).unwrap();
        assert_eq!(decided.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(decided["b"].as_ref().map(|decided| decided.corrections.len()), Ok(1));
        let slip = &decided["a"].as_ref().unwrap_err().en;
        assert_eq!(slip, "corrections.toml: line 13: write `cell` with quotation marks (cell = \"7\")");
        for (text, said) in [
            (of("d"), "corrections.toml: line 1: no template for the document `d`; known are a, b"),
            (
                ONE.to_owned(),
                "line 1: `document` says which document it is about (document = \"a\" or \"b\")",
            ),
        ] {
            let slip = by_document(Some(&text), None, &documents(&["a", "b"])).unwrap_err().en;
            assert!(slip.contains(said), "{slip}");
        }
    }

    #[test]
    fn slips_are_named() {
        for (from, to, said) in [
            ("why = ", "whys = ", "corrections.toml: line 7: no such key `whys`; did you mean `why`?"),
            (
                "why = \"電話で確認\"\n",
                "",
                "line 1: `why` is missing; write why = \"…\": why the cell is corrected",
            ),
            ("電話で確認", "　", "line 7: `why` is empty; write why the cell is corrected"),
            ("from = \"4ヶ所\"\n", "", "line 1: `from` is missing"),
            ("\"4か所\"", "\"4ヶ所\"", "line 6: `from` and `to` are the same"),
            ("\"4か所\"", "\"  \"", "line 6: `to` is white space alone; to empty the cell, to = \"\""),
            ("\"4か所\"", "4", "line 6: write `to` with quotation marks (to = \"4\")"),
            ("\"4か所\"", "2025-04-01", "line 6: write `to` with quotation marks (to = \"2025-04-01\")"),
            ("\"4か所\"", "[\"4か所\"]", "line 6: `to` takes text in quotation marks (to = \"…\")"),
            ("\"4か所\"", "4か所", "line 6"),
            ("H7", "Ｈ７", "line 4: `cell` = `Ｈ７` names no cell"),
            ("H7", "H7:H8", "names no cell; write it as Excel does, as in H7"),
            ("H7", "XFE1", "names no cell"),
            ("cell = \"H7\"\n", "", "line 1: `cell` is missing"),
            ("課/a.xlsx", "課\\\\a.xlsx", "line 2: `file`: write / between folders"),
            ("[[corrections]]", "[corrections]", "line 1: begin each entry with a line [[corrections]]"),
            (
                "[[corrections]]",
                "[[correction]]",
                "no such key `correction`; begin each entry with a line [[corrections]]",
            ),
            ("[[corrections]]", "[[accepted]]", "line 1: [[accepted]] belongs to accepted.toml"),
            ("[[corrections]]", "corrections = [1]\n[a]", "begin each entry with a line [[corrections]]"),
        ] {
            let text = ONE.replace(from, to);
            assert_ne!(text, ONE, "{from}");
            let slip = slip(&text, "");
            assert!(slip.contains(said), "{to}: {slip}");
        }
        let twice = slip(&format!("{ONE}{ONE}"), "");
        assert_eq!(
            twice,
            "corrections.toml: line 8: this entry is about the same cell as the one on line 1; delete one of them"
        );
    }

    #[test]
    fn slips_of_acceptances_are_named() {
        for (from, to, said) in [
            ("計画の見直しによる", "", "accepted.toml: line 6: `reason` is empty; write why it may stand"),
            ("reason = \"計画の見直しによる\"\n", "", "line 1: `reason` is missing"),
            (
                "target-lowered",
                "target-lowerd",
                "line 2: no such finding `target-lowerd`; did you mean `target-lowered`?",
            ),
            ("target-lowered", "choice-missing", "line 2: `choice-missing` cannot be accepted"),
            (
                "0123456789ab",
                "0123456789AB",
                "line 5: `hash` has the 12 digits that `kaitei check --suggest` prints",
            ),
            ("0123456789ab", "0123", "line 5: `hash` has the 12 digits"),
            ("K9", "k9", "line 4: `cell` = `k9` names no cell"),
            ("[[accepted]]", "[[corrections]]", "line 1: [[corrections]] belongs to corrections.toml"),
        ] {
            let text = OTHER.replace(from, to);
            assert_ne!(text, OTHER, "{from}");
            let slip = slip("", &text);
            assert!(slip.contains(said), "{to}: {slip}");
        }
        assert!(slip("", &format!("{OTHER}{OTHER}")).contains("line 7: this entry is about the same"));
    }
}
