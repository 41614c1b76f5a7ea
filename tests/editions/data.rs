//! The machine-readable edition: its tables agree with each other and with the list, and kaitei reads it back.

use super::{fake, open, part};
use calamine::{Data, Reader};
use kaitei::batch::ProjectFolder;
use kaitei::decisions::Decisions;
use kaitei::emit::{Artifact, Stamp, data};
use kaitei::finding::{Code, Noted, has_errors};
use kaitei::font::Fonts;
use kaitei::model::{
    Dataset, Ends, Entry, Fingerprint, Part, Period, Quantity, Record, Role, Text, Time, Value,
    is_platform_dependent,
};
use kaitei::pipeline::{Built, Past, Source, build, understand};
use kaitei::template::{BESIDE_THE_LIST, Encoding, Template};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

type Records = Vec<Vec<String>>;

fn files(template: &Template, list: &Dataset) -> Vec<(Artifact, Vec<u8>)> {
    let source = Fingerprint::of("企画課.xlsx", b"");
    data::render(template, list, &[&source], Stamp { seconds: 0 }).unwrap()
}

fn file(files: &[(Artifact, Vec<u8>)], format: Artifact) -> &[u8] {
    &files.iter().find(|(of, _)| *of == format).unwrap().1
}

fn records(csv: &[u8]) -> Records {
    let text = std::str::from_utf8(csv).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The named columns of a table, without its header.
fn columns<const N: usize>(table: &Records, names: [&str; N]) -> Vec<[String; N]> {
    let at = names.map(|name| table[0].iter().position(|it| it == name).expect(name));
    table[1..].iter().map(|record| at.map(|at| record[at].clone())).collect()
}

/// Every document of this repository as its list, with the template.
fn documents() -> Vec<(Template, Dataset)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = |id: String| {
        let template = Template::load(&root.join(format!("templates/{id}.toml"))).unwrap();
        let files = kaitei::batch::walk(&root.join("input").join(id)).unwrap();
        let sources: Vec<Source> =
            files.into_iter().map(|f| Source::new(f.name, fs::read(f.path).unwrap())).collect();
        let list = understand(&sources, &template, None).value;
        (template, list)
    };
    ProjectFolder::new(root).documents().unwrap().into_iter().map(document).collect()
}

#[test]
fn the_first_columns_are_the_published_list() {
    let template = fake::template();
    let ours = records(file(&files(&template, &fake::list(&template)), Artifact::Csv));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(fake::LIST.as_bytes());
    let published = reader.records().map(|record| record.unwrap());
    let published: Records =
        published.map(|record| record.iter().map(|field| field.replace('\n', " ")).collect()).collect();
    assert_eq!(ours[0][..12], published[0]);
    // What is spelled out stands beside its words.
    let words = |name: &String| ours[0].iter().position(|it| *it == format!("{name}_words"));
    let words: Vec<Option<usize>> = published[0].iter().map(words).collect();
    for (ours, published) in ours.iter().zip(&published).skip(1) {
        for ((own, published), words) in ours.iter().zip(published).zip(&words) {
            let words = words.map(|at| &ours[at]).filter(|words| !words.is_empty());
            assert_eq!((words.unwrap_or(own), own.contains('№')), (published, false));
        }
    }
}

/// Characters that depend on the platform stand only where the dictionary says 原文 or 文言, and kaitei reads the list
/// back with them.
#[test]
fn signs_are_spelled_out_and_nothing_is_lost() {
    let text = "kaitei = 2\ndocument.title = \"一覧\"\ngroups = [{ key = \"goal\", words = [\"目標№\"] }]\n\
        fields = [{ key = \"indicator\", role = \"name\" }, { key = \"project_no\", role = \"number\" }, { key = \"baseline\", role = \"baseline\" }, { key = \"target\", role = \"target\" }, \
        { key = \"disposition\", role = \"disposition\", choices = [{ code = \"1\", label = \"㊤維持\" }, { code = \"2\", label = \"㊦見直し\" }] }, \
        { key = \"new_target\", role = \"new_target\" }, { key = \"reason\", role = \"reason\" }]\n\
        columns = [{ title = \"指標\", fields = [\"indicator\"], width = 20 }, { title = \"取扱\", fields = [\"disposition\"], width = 4 }]";
    let template = Template::parse("t", text).unwrap();
    let csv = "目標№,指標,目標値,取扱,理由\n①　増やす,㈱の数,３㎡（㍻30年度）,㊦見直し,№2と合わせる\n②　減らす,数,4件,㊤維持,\n";
    let sources = [Source::new("①.csv", csv.as_bytes().to_vec())];
    let list = understand(&sources, &template, None).value;
    let files = files(&template, &list);
    let table = records(file(&files, Artifact::Csv));
    let names = [
        "goal",
        "indicator",
        "target",
        "target_unit",
        "disposition",
        "reason",
        "goal_words",
        "reason_words",
        "source_file",
    ];
    assert_eq!(
        columns(&table, names).map_lines(),
        [
            "(1)　増やす,(株)の数,3㎡,m2,(下)見直し,No.2と合わせる,①　増やす,№2と合わせる,①.csv",
            "(2)　減らす,数,4件,件,(上)維持,,②　減らす,,①.csv",
        ]
    );
    let dictionary = records(file(&files, Artifact::Dictionary));
    let described = columns(&dictionary, ["table_name", "column_name", "definition", "notation"]);
    let tables = [Artifact::Csv, Artifact::Values, Artifact::Notes, Artifact::Codes, Artifact::Dictionary];
    for (name, format) in ["indicators", "values", "notes", "codes", "dictionary"].iter().zip(tables) {
        let table = records(file(&files, format));
        for (at, column) in table[0].iter().enumerate() {
            let [.., definition, notation] =
                described.iter().find(|it| it[0] == *name && it[1] == *column).unwrap();
            // Of kinds (数値・範囲・文言の別), words are one.
            let as_written =
                definition.replace("文言の別", "").contains("文言") || definition.contains("原文");
            assert_eq!(notation.contains("そのまま"), as_written, "{name} {column}: {definition} {notation}");
            let signs = table.iter().filter(|record| record[at].contains(is_platform_dependent)).count();
            assert!(signs == 0 || as_written, "{name} {column}");
        }
    }
    let again =
        understand(&[Source::new("t.csv", file(&files, Artifact::Csv).to_vec())], &template, None).value;
    let all = |list: &Dataset| list.rows.iter().map(said).collect::<Vec<_>>();
    assert_eq!(all(&again), all(&list));
    assert_eq!(list.rows[0].groups[0].text, "①　増やす");
    // What somebody edits holds.
    let edited = String::from_utf8(file(&files, Artifact::Csv).to_vec()).unwrap();
    let edited = edited.replacen("No.2と合わせる", "No.3と合わせる", 1);
    let again = understand(&[Source::new("t.csv", edited.into_bytes())], &template, None).value;
    let row = &again.rows[0];
    assert_eq!(row.text_of(Role::Reason).map(|reason| reason.text.as_str()), Some("No.3と合わせる"));
    assert_eq!(row.groups[0].text, "①　増やす");
}

#[test]
fn every_record_is_one_line_with_a_datum_a_cell() {
    for (template, list) in documents() {
        for (format, bytes) in files(&template, &list) {
            let name = format.file_name(&template.id);
            if std::path::Path::new(&name).extension().is_none_or(|e| e != "csv") {
                continue;
            }
            let text = String::from_utf8(bytes.clone()).unwrap();
            let table = records(&bytes);
            assert_eq!(text.matches('\n').count(), table.len(), "{name}: a record of several lines");
            assert_eq!(text.matches("\r\n").count(), table.len(), "{name}: all lines end alike");
            let names: BTreeSet<&String> = table[0].iter().collect();
            assert_eq!(names.len(), table[0].len(), "{name}: a name used twice");
            let is_physical = |name: &&String| name.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'));
            assert!(names.iter().all(is_physical), "{name}: {names:?}");
            assert!(table.iter().all(|record| record.len() == names.len()), "{name}");
        }
    }
}

#[test]
fn numbers_units_and_codes_stand_in_columns_of_their_own() {
    let template = fake::template();
    let files = files(&template, &fake::list(&template));
    let list = records(file(&files, Artifact::Csv));
    let row = &columns(
        &list,
        [
            "target",
            "target_at",
            "target_fiscal_year",
            "target_kind",
            "target_amount",
            "target_unit",
            "target_per",
            "target_parts",
            "goal_code",
            "policy_code",
            "disposition_code",
            "row_id",
            "area_code",
            "prefecture",
            "municipality",
            "source_file",
            "source_sheet",
            "source_cell",
        ],
    )[21];
    assert_eq!(
        row.join(","),
        "1,113か所,30年度,2018,exact,1113,か所,,1,goal-2,policy-2-1,1,22,131105,東京都,目黒区,企画課.xlsx,調査票,C23"
    );
    let codes = records(file(&files, Artifact::Codes));
    let codes = columns(&codes, ["code_list", "code", "label", "parent"]).map_lines();
    for expected in [
        "goal,goal-2,２　住み慣れた地域で生活し続けられるまちをつくる,",
        "disposition,3,削除,",
        "quantity_kind,at_least,以上,",
        "role,new_target,新たなKPI,",
    ] {
        assert!(codes.iter().any(|code| code == expected), "{expected} in {codes:?}");
    }
    assert!(codes.iter().any(|code| code.starts_with("policy,policy-2-2,") && code.ends_with(",goal-2")));
}

/// Lines for comparison.
trait MapLines {
    fn map_lines(&self) -> Vec<String>;
}

impl<const N: usize> MapLines for Vec<[String; N]> {
    fn map_lines(&self) -> Vec<String> {
        self.iter().map(|fields| fields.join(",")).collect()
    }
}

const FROM_5_TO_8: Ends = Ends {
    lower: Decimal::from_parts(5, 0, 0, false, 0),
    upper: Decimal::from_parts(8, 0, 0, false, 0),
    lower_open: false,
    upper_open: false,
    bound: None,
};

#[test]
fn values_have_a_record_for_each_part() {
    let template = fake::template();
    let mut list = fake::list(&template);
    let target = list.rows[4].value_mut(template.role(Role::Target).unwrap()).unwrap();
    let part = |label: &str, quantity, unit: &str| Part {
        label: Some(label.to_owned()),
        unit: Some(unit.to_owned()),
        ..Part::of(quantity)
    };
    target.raw = "定員\n5～8名、1割未満".to_owned();
    target.parts = vec![
        part("定員", Quantity::Range(FROM_5_TO_8), "名"),
        part("割合", Quantity::LessThan(1.into()), "割"),
        part("状況", Quantity::Stated("拡充".to_owned()), ""),
    ];
    target.time.as_mut().unwrap().time = Some(Period::At(Time::Month { year: 2016, month: 2 }));
    target.qualifiers = vec!["見込".to_owned(), "計画".to_owned()];
    target.notes = vec!["区立を含む".to_owned()];
    let baseline = list.rows[4].value_mut(template.role(Role::Baseline).unwrap()).unwrap();
    baseline.parts.clear();
    let files = files(&template, &list);
    let values = records(file(&files, Artifact::Values));
    let names = [
        "row_id",
        "role",
        "part",
        "part_label",
        "kind",
        "amount",
        "lower",
        "upper",
        "unit",
        "words",
        "time_kind",
        "fiscal_year",
        "date_from",
        "date_to",
        "raw_text",
    ];
    let mut of_row = columns(&values, names).map_lines();
    of_row.retain(|line| line.starts_with("5,"));
    assert_eq!(
        of_row,
        [
            "5,baseline,1,,,,,,,,fiscal_year,2015,2015-04-01,2016-03-31,～19時15分：4園 ～20時15分：8園 ～21時15分：2園",
            "5,target,1,定員,range,,5,8,名,,month,2015,2016-02-01,2016-02-29,定員 5～8名、1割未満",
            "5,target,2,割合,less_than,1,,1,割,,month,2015,2016-02-01,2016-02-29,定員 5～8名、1割未満",
            "5,target,3,状況,stated,,,,,拡充,month,2015,2016-02-01,2016-02-29,定員 5～8名、1割未満",
        ]
    );
    let notes = records(file(&files, Artifact::Notes));
    assert_eq!(
        columns(&notes, ["note_id", "row_id", "role", "note_kind", "note_text"]).map_lines(),
        ["1,5,target,qualifier,見込", "2,5,target,qualifier,計画", "3,5,target,note,区立を含む"]
    );
}

#[test]
fn the_dictionary_has_every_column_of_every_table() {
    for (template, list) in documents() {
        let files = files(&template, &list);
        let mut expected = Vec::new();
        for (name, format) in [
            ("indicators", Artifact::Csv),
            ("values", Artifact::Values),
            ("notes", Artifact::Notes),
            ("codes", Artifact::Codes),
            ("dictionary", Artifact::Dictionary),
        ] {
            let header = records(file(&files, format)).swap_remove(0);
            let is_known = BESIDE_THE_LIST.iter().any(|begin| header[..2] == *begin);
            assert_eq!(is_known, format != Artifact::Csv, "{name}: {header:?}");
            expected.extend(header.into_iter().map(|column| [name.to_owned(), column]));
        }
        let dictionary = records(file(&files, Artifact::Dictionary));
        assert_eq!(columns(&dictionary, ["table_name", "column_name"]), expected);
        let texts = columns(&dictionary, ["label", "data_type", "definition", "notation"]);
        assert!(texts.iter().flatten().all(|text| !text.is_empty()), "{texts:?}");
    }
}

/// The workbook has the tables of the CSV files, numbers as numbers, and nothing that a table of data has not.
#[test]
fn the_data_workbook_is_the_same_tables() {
    for (template, list) in documents() {
        let files = files(&template, &list);
        let bytes = file(&files, Artifact::DataXlsx);
        let mut workbook = open(bytes);
        assert_eq!(workbook.sheet_names(), ["indicators", "values", "notes", "codes", "dictionary"]);
        let tables =
            [Artifact::Csv, Artifact::Values, Artifact::Notes, Artifact::Codes, Artifact::Dictionary];
        for ((sheet, range), format) in workbook.worksheets().into_iter().zip(tables) {
            let table = records(file(&files, format));
            for (row, record) in (0..).zip(&table) {
                for (col, field) in (0..).zip(record) {
                    let shown = match range.get_value((row, col)) {
                        None | Some(Data::Empty) => String::new(),
                        Some(Data::Float(number)) => number.to_string(),
                        Some(Data::String(text)) => text.clone(),
                        Some(other) => panic!("{sheet}: {other:?}"),
                    };
                    // A number has no trailing zeros in Excel.
                    let is_same = shown == *field || shown.parse::<f64>().ok() == field.parse().ok();
                    assert!(is_same, "{sheet} {row} {col}: {shown} for {field}");
                }
            }
        }
        let sheet = part(bytes, "xl/worksheets/sheet1.xml");
        for feature in ["<mergeCell", "<f>", "hidden=", "<hyperlink", "<conditionalFormatting"] {
            assert!(!sheet.contains(feature), "{feature}");
        }
        let amounts = workbook.worksheet_range("values").unwrap();
        let amount =
            (0..1024).find(|&col| amounts.get_value((0, col)) == Some(&Data::String("amount".into())));
        assert!(
            (1..9).any(|row| matches!(amounts.get_value((row, amount.unwrap())), Some(Data::Float(_)))),
            "numbers are numbers"
        );
    }
}

/// What a row says, but for where it stands and how the department wrote it. Line breaks are spaces here.
fn said(row: &Record) -> Vec<String> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = |it: Option<&Text>| it.map(|it| line(&it.text)).unwrap_or_default();
    let value = |it: Option<&Value>| {
        it.map_or_else(String::new, |it| {
            let time = it.time.as_ref().map(|time| (&time.text, time.time));
            let parts: Vec<String> = it.parts.iter().map(|part| line(&format!("{part:?}"))).collect();
            format!("{} {time:?} {parts:?} {:?} {:?}", line(&it.text), it.notes, it.qualifiers)
        })
    };
    let mut said: Vec<String> = row.groups.iter().map(|group| text(Some(group))).collect();
    said.extend(row.entries.iter().map(|entry| match entry {
        None => String::new(),
        Some(Entry::Text(it)) => text(Some(it)),
        Some(Entry::Value(it)) => value(Some(it)),
        Some(Entry::Choice(it)) => format!("{:?}", it.id),
    }));
    said
}

#[test]
fn kaitei_reads_its_own_data_back() {
    for (mut template, list) in documents() {
        for encoding in [Encoding::Utf8Bom, Encoding::Utf8, Encoding::Cp932] {
            template.open_data.encoding = encoding;
            let files = files(&template, &list);
            for format in [Artifact::Csv, Artifact::DataXlsx] {
                let name = format.file_name(&template.id);
                let sources = [Source::new(name.clone(), file(&files, format).to_vec())];
                let again = understand(&sources, &template, None);
                assert!(!has_errors(&again.findings), "{name}: {:?}", again.findings);
                let not_read = [Code::ColumnUnknown, Code::SheetWithoutTable];
                let unread = again.findings.iter().find(|d| not_read.contains(&d.code()));
                assert_eq!(unread, None, "{name}");
                assert_eq!(again.value.rows.len(), list.rows.len(), "{name}");
                for (read, written) in again.value.rows.iter().zip(&list.rows) {
                    assert_eq!(said(read), said(written), "{name} {encoding:?}");
                }
                assert_eq!(again.value.tally, list.tally, "{name}");
            }
        }
    }
}

/// A template whose data are in CP932.
fn in_cp932(output: &str) -> Template {
    let text = format!(
        "kaitei = 2\n{output}\ndocument.title = \"一覧\"\nopen_data.encoding = \"cp932\"\n\
        fields = [{{ key = \"indicator\", role = \"name\" }}, {{ key = \"project_no\", role = \"number\" }}, {{ key = \"baseline\", role = \"baseline\" }}, {{ key = \"target\", role = \"target\" }}, \
        {{ key = \"disposition\", role = \"disposition\", choices = [{{ code = \"1\", label = \"維持\" }}] }}, \
        {{ key = \"new_target\", role = \"new_target\" }}, {{ key = \"reason\", role = \"reason\" }}]\n\
        columns = [{{ title = \"指標\", fields = [\"indicator\"], width = 20 }}, {{ title = \"取扱\", fields = [\"disposition\"], width = 4 }}]"
    );
    Template::parse("t", &text).unwrap()
}

/// A document of one form.
fn built(csv: &str, template: &Template) -> Noted<Built> {
    let sources = [Source::new("a.csv", csv.as_bytes().to_vec())];
    let (decisions, stamp) = (Decisions::default(), Stamp { seconds: 0 });
    build(&sources, template, &decisions, &Fonts::embedded(), stamp, None, &Past::default()).unwrap()
}

/// What CP932 lacks is reported at its cell, and nothing is built; what Windows writes for its twin is written.
#[test]
fn characters_that_cp932_lacks_are_errors_at_their_cells() {
    let template = in_cp932("");
    for (indicator, target, at) in [
        ("森〜林の数", "3件", None),
        ("森鷗外の本", "3件", Some("a.csv A2")),
        ("森の数", "3\u{a0}件", Some("a.csv B2")),
    ] {
        let csv = format!("指標,目標,取扱\n{indicator},{target},維持\n");
        let built = built(&csv, &template);
        let found: Vec<String> = built
            .findings
            .iter()
            .filter(|d| d.code() == Code::CharacterUnencodable)
            .map(|d| d.origin.to_string())
            .collect();
        assert_eq!(found, at.into_iter().collect::<Vec<_>>(), "{indicator} {target}");
        assert_eq!(built.value.formats.is_empty(), at.is_some());
        if at.is_none() {
            let csv = file(&built.value.formats, Artifact::Csv);
            assert!(csv.windows(6).any(|bytes| bytes == b"\x90\x58\x81\x60\x97\xD1"), "森～林");
            let package = std::str::from_utf8(file(&built.value.formats, Artifact::Package)).unwrap();
            assert!(package.contains("\"encoding\": \"cp932\"") && package.contains("\"bom\": false"));
        }
    }
}

/// Data that only the PDF carries are checked as well; where no data are made, no character is in the way.
#[test]
fn characters_that_cp932_lacks_are_errors_in_attached_data() {
    for (output, is_error) in [
        ("output = { formats = [\"data\"] }", true),
        ("output = { formats = [\"pdf\"], attach = [\"data\"] }", true),
        ("output = { formats = [\"pdf\"], attach = [\"json\"] }", false),
        ("output = { formats = [\"pdf\"] }", false),
    ] {
        let template = in_cp932(output);
        let built = built("指標,目標,取扱\n森鷗外の本,3件,維持\n", &template);
        let mut found = built.findings.iter().filter(|d| d.code() == Code::CharacterUnencodable);
        let at = found.next().map(|d| d.origin.to_string());
        assert_eq!(at, is_error.then(|| "a.csv A2".to_owned()), "{output}");
        assert_eq!(built.value.formats.is_empty(), is_error, "{output}");
    }
}
