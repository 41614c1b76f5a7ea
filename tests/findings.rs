//! Every finding of the transform stage, provoked by a small form: what is found, and at which cell.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::finding::{Code, Finding, Fix, Lang, PER_SHEET, Sentences, Severity};
use kaitei::ingest;
use kaitei::model::{Eras, Limits, RawSheet, Role};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use kaitei::transform::transform;

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
era.base = "heisei"
groups = [{ key = "goal", words = ["基本目標"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number", required = true },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target", horizon = 2019 },
    { key = "disposition", role = "disposition", choices = [
        { code = "1", label = "維持", new_target = "forbidden", reason = "forbidden" },
        { code = "2", label = "修正", new_target = "required", reason = "required" },
        { code = "3", label = "削除", new_target = "forbidden", reason = "required", leaves_list = true },
    ] },
    { key = "new_target", role = "new_target", year = 2020 }, { key = "reason", role = "reason" },
]
columns = [
    { title = "基本目標", fields = ["goal"], width = 6 },
    { title = "指標", fields = ["indicator"], width = 12 },
    { title = "取扱", fields = ["disposition"], width = 4 },
]
"#;

const HEADER: &str = "基本目標,指標,№,目標,取扱,新目標,新目標年度,理由\n";

/// `code cell` of each finding, in order.
fn found(csv: &str) -> Vec<String> {
    found_in("", &[csv])
}

/// The same for several files, with more at the template's end.
fn found_in(more: &str, files: &[&str]) -> Vec<String> {
    let template = Template::parse("t", &format!("{TEMPLATE}{more}")).unwrap();
    let source = |(name, csv): (char, &&str)| Source::new(format!("{name}.csv"), csv.as_bytes().to_vec());
    let sources: Vec<Source> = ('a'..).zip(files).map(source).collect();
    let shown = |d: kaitei::finding::Finding| {
        format!("{} {}", d.code().id(), d.origin.cell.map_or_else(|| "-".to_owned(), |cell| cell.to_string()))
    };
    understand(&sources, &template, None).findings.into_iter().map(shown).collect()
}

/// Rows below the usual header, the first of which is sound.
const ROWS: &[(&str, &[&str])] = &[
    ("１　あ,増,2,3件,維持,,,", &[]),
    ("１　あ,増,2,3件,修正,4件,R2年度,必要なため", &[]),
    // what the row says of itself
    ("１　あ,増,2,\"4億3,0000万円\",維持,,,", &["value-doubtful D3"]),
    ("１　あ,増,2,3件,,,,", &["choice-missing E3"]),
    ("１　あ,増,2,3件,廃棄,,,", &["choice-unknown E3"]),
    ("１　あ,増,2,3件,2.維持,,,", &["choice-ambiguous E3"]),
    ("１　あ,増,2,3件,維持・削除,,,", &["choice-ambiguous E3"]),
    ("１　あ,増,2,3件,修正,,,必要なため", &["new-target-missing E3"]),
    ("１　あ,増,2,3件,維持,4件,,", &["new-target-unexpected F3"]),
    ("１　あ,増,2,3件,修正,4件,,", &["reason-missing F3"]),
    ("１　あ,増,2,3件,維持,,,続けるため", &["reason-unexpected H3"]),
    ("１　あ,増,2,3件,維持,,R2年度,", &["time-without-value G3"]),
    ("１　あ,増,2,3件（33月）,維持,,,", &["time-unknown D3"]),
    ("１　あ,増,2,\"12\n34件\",維持,,,", &["value-doubtful D3"]),
    ("１　あ,増,1月2日,3件,維持,,,", &["date-suspected C3"]),
    ("１　あ,増,2,2020/4/1,維持,,,", &["value-is-date D3", "year-beyond-horizon D3"]),
    ("１　あ,増,2,0.71,修正,95％,,必要なため", &["percent-missing D3"]),
    ("１　あ,増,2,#REF!,維持,,,", &["cell-error D3"]),
    ("１　あ,増,2,3??????,維持,,,", &["text-garbled D3", "value-doubtful D3"]),
    ("１　あ,増⼦,2,3件,維持,,,", &["look-alike-read B3"]),
    // what belongs to no indicator
    ("１　あ,,2,3件,維持,,,", &["row-not-understood C3"]),
    ("１　あ,－,2,3件,維持,,,", &["row-not-understood B3"]),
    ("小計,,,3件,,,,", &[]),
    ("※注記,,,,,,,", &[]),
    ("２　い,,,,,,,", &[]),
    // targets and years
    ("１　あ,増,2,5件,修正,5件,,必要なため", &["target-unchanged F3"]),
    ("１　あ,増,2,5件,修正,4件,,必要なため", &["target-lowered F3"]),
    ("１　あ,増,2,5件,修正,4人,,必要なため", &["measure-changed F3"]),
    ("１　あ,増,2,3件（32年度）,維持,,,", &["year-beyond-horizon D3"]),
    ("１　あ,増,2,3件,修正,4件,R3年度,必要なため", &["year-unexpected G3"]),
    // other rows
    ("１　あ,減,2,3件,維持,,,", &["indicator-duplicate B3"]),
    ("１　い,増,2,3件,維持,,,", &["group-wording A3"]),
    ("１　あ,増,2,3件,削除,,,№9で把握するため", &["reference-broken H3"]),
    ("１　あ,増,2,3件,削除,,,№1の「人数」で把握するため", &["reference-broken H3"]),
    ("１　あ,増,2,3件,削除,,,№1の「減」で把握するため", &["reference-relied-on H3"]),
];

#[test]
fn each_row_is_judged_at_its_cell() {
    let mut wrong = Vec::new();
    for (row, expected) in ROWS {
        let found = found(&format!("{HEADER}１　あ,減,1,3件,維持,,,\n{row}\n"));
        if found != *expected {
            wrong.push((row, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whole forms.
const FORMS: &[(&str, &[&str])] = &[
    ("ただの文,です\n", &["file-without-table -"]),
    ("基本目標,指標,№,目標,取扱\n", &["list-empty -"]),
    ("基本目標,指標,目標,取扱\n１　あ,増,3件,維持\n", &["column-missing A1"]),
    ("子育ての支援\n指標,№,目標,取扱\n増,1,3件,維持\n", &["group-inferred A1"]),
    ("基本目標,№,目標,取扱,理由\n１　あ,1,3件,維持,\n", &["column-missing A1"]),
    ("基本目標,指標,№,目標,取扱,理由,理由\n１　あ,増,1,3件,維持,,\n", &["column-ambiguous G1"]),
    ("基本目標,指標,№,目標,取扱,意見\n１　あ,増,1,3件,維持,よし\n", &["column-unknown F1"]),
    ("基本目標,指標,№,目標,取扱\n１　あ,増,1,3件,維持,欄外\n", &["csv-malformed F2", "column-unknown F2"]),
    ("基本目標,指標,№,国の目標,取扱\n１　あ,増,1,3件,維持\n", &["column-inferred D1"]),
    ("基本目標,指標,単位,№,目標,単位,取扱\n１　あ,増,人,1,3,件,維持\n", &["entry-unread C2"]),
    // Units and years of columns.
    ("基本目標,指標,№,目標（％）,取扱\n１　あ,増,1,3件,維持\n", &["unit-mixed D2"]),
    ("基本目標,指標,№,単位,目標,取扱\n１　あ,増,1,人・件,3,維持\n", &["unit-unknown D2"]),
    ("基本目標,指標,№,目標（31年度）,取扱\n１　あ,増,1,3件（30年度）,維持\n", &["time-mixed D2"]),
    ("基本目標,指標,№,目標,取扱,備考\n１　あ,増,1,3件,,計\n", &["choice-missing E2"]),
    ("基本目標,指標,№,目標,取扱\n,増,1,3件,維持\n", &["group-missing B2"]),
    (
        "基本目標,指標,№,目標,取扱,新目標,新目標年度\n１　あ,増,1,3件,修正,（R3年度）5件／必要なため。,R2\n",
        &["times-differ F2"],
    ),
    ("基本目標,指標,№,目標,取扱,新目標と理由\n１　あ,増,1,3件,維持,5件\n", &["new-target-unexpected F2"]),
    // Groups in rows of their own, above the table and in it.
    ("基本目標１　あ\n指標,№,目標,取扱\n増,1,3件,維持\n基本目標２　い,,,\n減,2,3件,維持\n", &[]),
    ("指標,№,目標,取扱\n増,1,3件,維持\n基本目標２　い,,,\n減,2,3件,維持\n", &["group-missing A2"]),
    // Numbers of indicators.
    ("基本目標,指標,№,目標,取扱\n１　あ,増,1,3件,維持\n,,維持,修正,計\n,,1,0,1\n", &[]),
    ("基本目標,指標,№,目標,取扱\n１　あ,増,1,3件,維持\n,,維持,修正,計\n,,2,0,2\n", &["tally-mismatch C4"]),
    ("維持 1 / 削除 1\n基本目標,指標,№,目標,取扱\n１　あ,増,1,3件,維持\n", &["tally-mismatch A1"]),
    // Texts that begin with header words are data all the same.
    (
        "基本目標,指標,№,目標,取扱,理由\n１　あ,指標の数,1,目標は未定,修正,理由は別紙\n",
        &["new-target-missing E2"],
    ),
];

#[test]
fn each_form_is_judged_at_its_cell() {
    let mut wrong = Vec::new();
    for (form, expected) in FORMS {
        let found = found(form);
        if found != *expected {
            wrong.push((form, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Ends of the template that say by hand what sheets hold, with forms whose headings say nothing.
const MAPPED: &[(&str, &str, &[&str])] = &[
    // The form itself; a repeated header; a second table; a form without a header.
    (ALL_COLUMNS, "イ,ロ,ハ,ニ,ホ\n１　あ,増,1,3件,維持\nイ,ロ,ハ,ニ,ホ\n１　あ,減,2,3件,維持\n", &[]),
    (TWO_TABLES, "イ,ロ,ハ,ニ,ホ\n１　あ,増,1,3件,維持\nホ,ニ,ハ,ロ,イ\n維持,3件,2,減,１　あ\n", &[]),
    (
        "[[sheets]]\nheader_rows = []\ncolumns = { goal = \"A\", indicator = \"B\", project_no = \"C\", target = \"D\" }\nmark_columns = { 1 = \"E\" }",
        "１　あ,増,1,3件,○\n",
        &[],
    ),
    // What is not named is not read, and groups may stand in rows of their own.
    (ALL_COLUMNS, "イ,ロ,ハ,ニ,ホ,備考\n１　あ,増,1,3件,維持,よし\n", &[]),
    (
        "[[sheets]]\nheader_rows = [2]\ncolumns = { indicator = \"A\", project_no = \"B\", target = \"C\", disposition = \"D\" }",
        "基本目標１　あ\nイ,ロ,ハ,ニ\n増,1,3件,維持\n",
        &[],
    ),
    (
        "[[sheets]]\nheader_rows = [1]\ncolumns = { indicator = \"A\", project_no = \"B\", target = \"C\", disposition = \"D\" }",
        "イ,ロ,ハ,ニ\n増,1,3件,維持\n",
        &["column-missing A1"],
    ),
    // What lies outside the sheet.
    (
        "[[sheets]]\nheader_rows = [1]\ncolumns = { goal = \"A\", indicator = \"B\", project_no = \"C\", target = \"D\", disposition = \"E\", reason = \"F\" }",
        "イ,ロ,ハ,ニ,ホ\n１　あ,増,1,3件,維持\n",
        &["mapping-unfit -"],
    ),
    (
        "[[sheets]]\nheader_rows = [1]\ncolumns = { goal = \"A\", indicator = \"B\", project_no = \"C\", target = \"D\", disposition = \"Z\" }",
        "イ,ロ,ハ,ニ,ホ\n１　あ,増,1,3件,維持\n",
        &["mapping-unfit -", "column-missing A1"],
    ),
    (
        "[[sheets]]\nheader_rows = [9]\ncolumns = { goal = \"A\", indicator = \"B\", project_no = \"C\", target = \"D\", disposition = \"E\" }",
        "イ,ロ,ハ,ニ,ホ\n",
        &["mapping-unfit -", "file-without-table -"],
    ),
    // Which entry holds for which sheet.
    ("[[sheets]]\nfile = \"a*\"\nskip = true", "イ,ロ,ハ,ニ,ホ\n", &["list-empty -"]),
    (
        "[[sheets]]\nfile = \"b*\"\nskip = true",
        "基本目標,指標,№,目標,取扱\n１　あ,増,1,3件,維持\n",
        &["mapping-unused -"],
    ),
    (
        "[[sheets]]\nsheet = \"表\"\nskip = true",
        "基本目標,指標,№,目標,取扱\n１　あ,増,1,3件,維持\n",
        &["mapping-unused -"],
    ),
    (
        "[[sheets]]\nskip = true\n[[sheets]]\nfile = \"a*\"\nskip = true",
        "イ,ロ,ハ,ニ,ホ\n",
        &["mapping-unused -", "list-empty -"],
    ),
    // Forms that are known by their labels: headings that say nothing, two that say the same, one that is not read.
    (
        KNOWN,
        "イ,目標値,目標値,№,基本目標,どうする,覚え\n増,3件,4件,1,１　あ,維持,メモ\nイ,目標値,目標値,№,基本目標,どうする,覚え\n減,3件,4件,2,１　あ,維持,\n",
        &[],
    ),
    // Another table of the sheet is read as ever.
    (
        KNOWN,
        "イ,目標値,目標値,№,基本目標,どうする,覚え\n増,3件,4件,1,１　あ,維持,\n\n基本目標,指標,№,目標,取扱\n１　あ,減,2,3件,維持\n",
        &[],
    ),
    // A further column beside them is as unknown as ever.
    (
        KNOWN,
        "イ,目標値,目標値,№,基本目標,どうする,覚え,新顔\n増,3件,4件,1,１　あ,維持,メモ,や\n",
        &["column-unknown H1"],
    ),
    // Which does not fit any more is said, at the sheet that comes nearest.
    (
        KNOWN,
        "指標,目標値,№,基本目標,取扱,覚え\n増,3件,1,１　あ,維持,\n",
        &["column-unknown F1", "form-unfit -"],
    ),
    (KNOWN, "指標,目標,№,基本目標,取扱\n増,3件,1,１　あ,維持\n", &["form-unfit -"]),
    // Cards and turned tables by their labels, of which the first that are alike are the first.
    (CARD, "基本目標,１　あ\nめあて,増\n№,1\n数字,3件\n数字,4件\nどうする,維持\n", &[]),
    (
        CARD,
        "基本目標,１　あ,１　あ\nめあて,増,減\n№,1,2\n数字,3件,3件\n数字,4件,5件\nどうする,維持,維持\n",
        &[],
    ),
    (CARD, "基本目標,１　あ\n指標,増\n№,1\n目標,4件\n取扱,維持\n", &["form-unfit -"]),
];

/// A table of which a clerk said what its headings are.
const KNOWN: &str = r#"
[[forms]]
shape = "table"
labels = [
    { label = "イ", field = "indicator" }, { label = "目標値", field = "baseline" }, { label = "目標値", field = "target" },
    { label = "№", field = "project_no" }, { label = "基本目標", field = "goal" }, { label = "どうする", field = "disposition" },
    { label = "覚え" },
]
"#;

/// A card, likewise.
const CARD: &str = r#"
[[forms]]
shape = "labels"
labels = [
    { label = "基本目標", field = "goal" }, { label = "めあて", field = "indicator" }, { label = "№", field = "project_no" },
    { label = "数字", field = "baseline" }, { label = "数字", field = "target" }, { label = "どうする", field = "disposition" },
]
"#;

#[test]
fn what_a_known_form_says_is_what_its_labels_hold() {
    let table = "イ,目標値,目標値,№,基本目標,どうする,覚え\n増,3件,4件,1,１　あ,維持,メモ\n";
    let card = "基本目標,１　あ\nめあて,増\n№,1\n数字,3件\n数字,4件\nどうする,維持\n";
    for (form, csv) in [(KNOWN, table), (CARD, card)] {
        let template = Template::parse("t", &format!("{TEMPLATE}{form}")).unwrap();
        let list = understand(&[Source::new("a.csv", csv.as_bytes().to_vec())], &template, None).value;
        let [row] = &list.rows[..] else { panic!("{:?}", list.rows) };
        let value = |role| row.value_of(role).unwrap().raw.as_str();
        assert_eq!(
            (row.name().text.as_str(), value(Role::Baseline), value(Role::Target)),
            ("増", "3件", "4件"),
            "{csv}"
        );
        assert_eq!(row.choice_of(Role::Disposition).unwrap().raw, "維持");
        // Without what the template knows, it is refused.
        let guessed = Template::parse("t", TEMPLATE).unwrap();
        let source = Source::new("a.csv", csv.as_bytes().to_vec());
        assert!(understand(&[source], &guessed, None).has_errors(), "{csv}");
    }
}

const ALL_COLUMNS: &str = r#"
[[sheets]]
header_rows = [1]
columns = { goal = "A", indicator = "B", project_no = "C", target = "D", disposition = "E" }
"#;

const TWO_TABLES: &str = r#"
[[sheets]]
file = "*.csv"
header_rows = [1]
columns = { goal = "A", indicator = "B", project_no = "C", target = "D", disposition = "E" }
[[sheets]]
file = "*.csv"
header_rows = [3]
columns = { goal = "E", indicator = "D", project_no = "C", target = "B", disposition = "A" }
"#;

#[test]
fn each_mapping_is_judged_by_its_sheet() {
    let mut wrong = Vec::new();
    for (mapping, form, expected) in MAPPED {
        let found = found_in(mapping, &[form]);
        if found != *expected {
            wrong.push((mapping, form, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Forms of two files, named `a.csv` and `b.csv`.
const PAIRS: &[(&str, &str, &[&str])] = &[
    // word for word, be it in another order, with more rows, or only one of them
    (
        "１　あ,増,2,3件,維持,,,\n１　あ,減,3,4件,維持,,,\n",
        "１　あ,減,3,4件,維持,,,\n１　あ,増,２,３件,維持,,,\n",
        &["workbook-copy A2"],
    ),
    (
        "１　あ,増,2,3件,維持,,,\n１　あ,減,3,4件,維持,,,\n",
        "１　あ,減,3,4件,維持,,,\n",
        &["workbook-copy A2"],
    ),
    // with differences
    (
        "１　あ,増,2,3件,維持,,,\n１　あ,減,3,4件,維持,,,\n",
        "１　あ,増,2,3件,維持,,,\n１　あ,減,3,5件,維持,,,\n",
        &["workbook-duplicate A2"],
    ),
    // one indicator among others, once the same and once not
    (
        "１　あ,増,2,3件,維持,,,\n１　あ,減,3,4件,維持,,,\n",
        "１　あ,増,2,3件,維持,,,\n１　あ,他,4,4件,維持,,,\n",
        &["indicator-duplicate B2"],
    ),
    ("１　あ,増,2,3件,維持,,,\n", "１　あ,増,2,4件,維持,,,\n", &["indicator-duplicate B2"]),
    // the same names in another group, and for other projects
    (
        "１　あ,増,2,3件,維持,,,\n１　あ,減,3,4件,維持,,,\n",
        "２　い,増,2,3件,維持,,,\n２　い,減,3,4件,維持,,,\n",
        &[],
    ),
    (
        "１　あ,増,2,3件,維持,,,\n１　あ,減,3,4件,維持,,,\n",
        "１　あ,増,4,3件,維持,,,\n１　あ,減,5,4件,維持,,,\n",
        &["indicator-duplicate B2", "indicator-duplicate B3"],
    ),
];

#[test]
fn each_pair_of_files_is_judged_at_its_cell() {
    let mut wrong = Vec::new();
    for (a, b, expected) in PAIRS {
        let found = found_in("", &[&format!("{HEADER}{a}"), &format!("{HEADER}{b}")]);
        if found != *expected {
            wrong.push((a, b, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Nobody has confirmed what is only to be known.
#[test]
fn what_is_decided_is_called_so() {
    let csv = format!("{HEADER}１　あ,増,⼀,3件,維持,,,\n");
    let template = Template::parse("t", TEMPLATE).unwrap();
    let mut findings = understand(&[Source::new("a.csv", csv.into_bytes())], &template, None).findings;
    let note = findings.iter_mut().find(|finding| finding.code() == Code::LookAlikeRead).unwrap();
    assert_eq!((note.label(Lang::Ja), note.label(Lang::En)), ("参考", "note"));
    note.accepted = Some("確認しました".to_owned());
    assert_eq!((note.label(Lang::Ja), note.label(Lang::En)), ("確認済み", "note"));
}

/// Which of the tests provokes which code, so that none is without one.
#[test]
fn every_code_is_provoked() {
    // By damaged files, marked cells and glyphs: tests of the command, of ingest, of marks and of fonts.
    let elsewhere = [
        Code::FileUnreadable,
        Code::FileEmpty,
        Code::FileEncrypted,
        Code::FileDisguised,
        Code::FileIgnored,
        Code::FileUnsupported,
        Code::TextUndecodable,
        // tests/compare/
        Code::IdUnreadable,
        Code::IdDuplicate,
        Code::PairUncertain,
        Code::LinkUnfit,
        // tests/batch/views.rs
        Code::ViewEmpty,
        // tests/batch/departments.rs
        Code::DepartmentMissing,
        // tests/batch/decisions.rs
        Code::CorrectionUnfit,
        Code::CorrectionNeedless,
        Code::CellCorrected,
        Code::AcceptanceStale,
        Code::AcceptanceUnused,
        // tests/columns.rs
        Code::UnitConflict,
        // tests/words.rs
        Code::FormulaUnresolved,
        Code::SheetTooLarge,
        Code::NoInput,
        Code::HiddenLeftOut,
        Code::StruckLeftOut,
        // tests/over/
        Code::UnseenLeftOut,
        Code::TextConditional,
        Code::OutsidePrintArea,
        Code::CellCrossedOut,
        Code::TextOverCell,
        Code::ObjectLeftOut,
        // tests/damage/good.rs
        Code::SheetRepeatsList,
        Code::SheetWithoutTable,
        Code::GlyphMissing,
        // tests/fonts.rs
        Code::GlyphSubstituted,
        // tests/bounds.rs
        Code::TextTooLong,
        // tests/lists
        Code::ContentUnexpected,
        Code::CodeShort,
        Code::ComputedDiffers,
        Code::ComputedNot,
        Code::GradeDiffers,
        Code::TotalNot,
        // tests/words.rs
        Code::BreaksJoined,
        Code::CharacterPrivate,
        Code::CharacterUnencodable,
    ];
    let pairs = PAIRS.iter().chain(MAPPED).map(|(_, _, expected)| expected);
    let here = ROWS.iter().chain(FORMS).map(|(_, expected)| expected).chain(pairs);
    let here: Vec<&str> = here.copied().flatten().copied().collect();
    for &code in Code::ALL {
        let provoked = here.iter().any(|expected| expected.split(' ').next() == Some(code.id()));
        assert!(provoked != elsewhere.contains(&code), "{}", code.id());
    }
}

#[test]
fn rows_of_headings_name_the_groups_below_them() {
    let csv = "指標,№,目標,取扱\n基本目標１　あ\n増,1,3件,維持\n基本目標２　い,,,\n減,2,3件,維持\n";
    let template = Template::parse("t", TEMPLATE).unwrap();
    let source = Source::new("a.csv", csv.as_bytes().to_vec());
    let list = understand(&[source], &template, None).value;
    let rows: Vec<_> =
        list.rows.iter().map(|row| (row.groups[0].text.as_str(), row.name().text.as_str())).collect();
    assert_eq!(rows, [("1　あ", "増"), ("2　い", "減")]);
}

/// What only the planning section has: a department is not told of it.
const OF_PLANNING: [&str; 6] = ["テンプレート", "入力フォルダー", "所管課", "[[sheets]]", "words", "input."];

#[test]
fn words_are_for_their_reader() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let Sentences { message, department, planning } = code.sentences();
        let of_planning = |ja: &str| OF_PLANNING.iter().any(|word| ja.contains(word));
        let meant_for_both = department.iter().filter(|(ja, _)| of_planning(ja));
        wrong.extend(
            meant_for_both.map(|(ja, _)| format!("{}: a department has no such thing: {ja}", code.id())),
        );
        for (ja, en) in message.iter().chain(&department).chain(&planning) {
            let long = ja.split('。').any(|sentence| sentence.chars().count() > 70);
            let ends = ja.ends_with('。') || en.ends_with('.');
            let narrow = ja.contains([',', ';', '→']) || ja.contains(": ");
            if long || ends || narrow || ja.is_empty() || en.is_empty() {
                wrong.push(format!("{}: {ja} / {en}", code.id()));
            }
        }
        // About a note, nobody is to do anything.
        let is_note = code.severity() == Severity::Note;
        if message.is_empty() || (planning.is_empty() && !is_note) {
            wrong.push(format!("{}: nothing is said, or nobody can do anything", code.id()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The sheet of a form in CSV, which a test may change before it is understood.
fn sheet(csv: &str) -> RawSheet {
    let read = ingest::read(csv.as_bytes(), "a.csv", &Limits::default(), Eras::heisei());
    assert_eq!(read.findings, []);
    read.value.into_iter().next().unwrap()
}

#[test]
fn a_hidden_column_is_the_cause_and_not_missing() {
    let mut sheet = sheet("基本目標,指標,№,目標,取扱,理由\n１　あ,増,1,3件,維持,\n");
    sheet.hidden_columns = vec![(2, 2)];
    let found = transform(vec![sheet], &Template::parse("t", TEMPLATE).unwrap()).findings;
    let said: Vec<String> = found.iter().map(|finding| finding.message(Lang::Ja)).collect();
    assert_eq!(
        said,
        [
            "非表示の列（C列）は、読み取っていません",
            "「該当事業№」の列（C列）が非表示のため、読み取っていません"
        ]
    );
}

#[test]
fn of_very_many_bad_cells_the_first_are_kept_and_all_are_counted() {
    let rows: Vec<String> = (0..5_000).map(|row| format!("１　あ,指標{row},{row},3件,廃棄,,,\n")).collect();
    let rows = rows.concat();
    let template = Template::parse("t", TEMPLATE).unwrap();
    let source = Source::new("a.csv", format!("{HEADER}{rows}").into_bytes());
    let found = understand(&[source], &template, None).findings;
    assert_eq!(found.len(), PER_SHEET + 1);
    assert_eq!(found.iter().map(Finding::count).sum::<usize>(), 5_000);
    let rest = found.last().unwrap();
    assert_eq!(rest.message(Lang::Ja), "同じ種類の指摘が、このほか4900件あります");
    assert!(rest.origin.cell.is_none() && rest.fix().is_none());
}

#[test]
fn what_is_quoted_is_cut() {
    let long = "長".repeat(10_000);
    let csv = format!("{HEADER}１　あ,増,2,3件,{long},,,\n");
    let template = Template::parse("t", TEMPLATE).unwrap();
    let found = understand(&[Source::new("a.csv", csv.into_bytes())], &template, None).findings;
    assert_eq!(found[0].code(), Code::ChoiceUnknown);
    assert!(found[0].message(Lang::Ja).chars().count() < 120);
    assert!(found[0].message(Lang::Ja).contains("長…」"));
}

#[test]
fn findings_name_their_indicator_and_what_would_put_them_right() {
    let found = |csv: &str| {
        let template = Template::parse("t", TEMPLATE).unwrap();
        let source = Source::new("a.csv", format!("{HEADER}{csv}").into_bytes());
        understand(&[source], &template, None).findings
    };
    let near = &found("１　あ,増,2,3件,維持す,,,\n")[0];
    assert_eq!(near.subject.as_ref().map(|subject| subject.text(Lang::Ja)).as_deref(), Some("№2　増"));
    assert_eq!(near.fix(), Some(Fix { from: "維持す".into(), to: "維持".into() }));
    let wording = &found("１　あ,増,1,3件,維持,,,\n１　い,減,2,3件,維持,,,\n")[0];
    assert_eq!((wording.code(), wording.fix().unwrap().to.as_str()), (Code::GroupWording, "1　あ"));
    assert_eq!(found("１　あ,増,2,3件,廃棄,,,\n")[0].fix(), None);
}
