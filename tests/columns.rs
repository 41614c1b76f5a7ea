//! What a column says beside its cells: units and years of headings, of columns of units, of lines above a table and of
//! the template reach the values; and which heading names which column.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::finding::Lang;
use kaitei::model::{Dataset, Field, Part, Quantity, Role, Value};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use kaitei::view;

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
era.base = "heisei"
input.ignore_columns = ["連番"]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }, { code = "2", label = "修正" }] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [
    { title = "指標", fields = ["indicator"], width = 12 },
    { title = "現状", fields = ["baseline"], width = 8 },
    { title = "目標", fields = ["target"], width = 8 },
    { title = "取扱", fields = ["disposition"], width = 4 },
]
"#;

struct Read {
    list: Dataset,
    template: Template,
    /// `code cell` of each finding.
    found: Vec<String>,
    said: Vec<String>,
}

/// A template with further keys of the target, with further fields, or with further lines.
fn with(template: &str, added: &str) -> String {
    if let Some(keys) = added.strip_prefix("target: ") {
        template.replace("role = \"target\" }", &format!("role = \"target\", {keys} }}"))
    } else if added.starts_with('{') {
        template.replace("role = \"reason\" },\n]", &format!("role = \"reason\" }},\n{added}\n]"))
    } else {
        format!("{template}{added}")
    }
}

/// Reads a form by the template, with what is added to it.
fn read(added: &str, csv: &str) -> Read {
    let template = Template::parse("t", &with(TEMPLATE, added)).unwrap();
    let sources = [Source::new("a.csv", csv.as_bytes().to_vec())];
    let noted = understand(&sources, &template, None);
    let cell = |d: &kaitei::finding::Finding| d.origin.cell.map_or("-".to_owned(), |cell| cell.to_string());
    let found = noted.findings.iter().map(|d| format!("{} {}", d.code().id(), cell(d))).collect();
    let said = noted.findings.iter().map(|d| d.message(Lang::Ja)).collect();
    Read { list: noted.value, template, found, said }
}

/// `figure unit/per`, `@time`, and who stated unit and time where it is not the cell.
fn shown(value: &Value) -> String {
    let part = |part: &Part| {
        let quantity = match &part.quantity {
            Quantity::Exact(n) => n.to_string(),
            Quantity::Stated(words) | Quantity::Status(words) => format!("“{words}”"),
            other => format!("{:?}", other.bounds()),
        };
        let unit = part.unit.as_deref().unwrap_or("");
        let per = part.per.as_ref().map_or(String::new(), |per| format!("/{per}"));
        format!("{quantity}{unit}{per}")
    };
    let mut words: Vec<String> = value.parts.iter().map(part).collect();
    words.extend(value.completion.unit.iter().map(|unit| format!("<{}", unit.by.id())));
    words.extend(value.time.iter().map(|time| format!("@{}", time.time.unwrap())));
    words.extend(value.completion.time.iter().map(|by| format!("<{}", by.id())));
    words.join(" ")
}

/// A field's values, row by row; `-` for none.
fn values(read: &Read, role: Role) -> Vec<String> {
    read.list.rows.iter().map(|row| row.value_of(role).map_or("-".to_owned(), shown)).collect()
}

fn assert_targets(added: &str, csv: &str, targets: &[&str], found: &[&str]) {
    let read = read(added, csv);
    assert_eq!(values(&read, Role::Target), targets, "{csv}{:#?}", read.said);
    assert_eq!(read.found, found, "{csv}{:#?}", read.said);
}

#[test]
fn units_come_from_the_nearest_statement() {
    for (csv, targets, found) in [
        // A column of units is for its row.
        (
            "指標,単位,目標値,取扱\n増,％,31.4,維持\n減,千円,\"1,200\",維持\n量,－,1.36,維持\n質,人,集計中,維持\n",
            &["31.4％ <column", "1200000円 <column", "1.36", "“集計中”"][..],
            &[][..],
        ),
        (
            "指標,単位,目標値,取扱\n増,件／年,4,維持\n減,〃,5,維持\n",
            &["4件/年 <column", "5件/年 <column"],
            &[],
        ),
        // The cell's own goes first, and what differs is said.
        (
            "指標,単位,目標値,取扱\n増,％,3か所,維持\n減,％,50,維持\n量,％,50％,維持\n",
            &["3か所", "50％ <column", "50％"],
            &["unit-mixed C2"],
        ),
        ("指標,単位,目標値,取扱\n増,人・件,3,維持\n", &["3"], &["unit-unknown B2"]),
        // Headings.
        ("指標,目標値（％）,取扱\n増,31.4,維持\n減,100％,維持\n", &["31.4％ <heading", "100％"], &[]),
        ("指標,目標値(千円),取扱\n増,\"1,200\",維持\n", &["1200000円 <heading"], &[]),
        ("指標,目標値　単位：頭数,取扱\n増,12,維持\n", &["12頭数 <heading"], &[]),
        // A second row of the header.
        ("指標,目標値,取扱\n,（千人）,\n増,12,維持\n", &["12000人 <heading"], &[]),
        // A line above the table; the heading is nearer.
        ("一覧（単位：千円）\n指標,目標値,取扱\n増,12,維持\n", &["12000円 <heading"], &[]),
        ("（単位：千円）\n指標,目標値（％）,取扱\n増,12,維持\n", &["12％ <heading"], &[]),
        // A header that is repeated is the same table.
        (
            "（単位：千円）\n指標,目標値,取扱\n増,12,維持\n指標,目標値,取扱\n減,13,維持\n",
            &["12000円 <heading", "13000円 <heading"],
            &[],
        ),
        // A column of units is nearer than both; that they differ is said.
        (
            "指標,単位,目標値（千円）,取扱\n増,円,12,維持\n減,千円,12,維持\n",
            &["12円 <column", "12000円 <column"],
            &["unit-conflict B2"],
        ),
        // More cells have other units than none: the heading is not about all of them.
        (
            "指標,目標値（％）,取扱\n増,12,維持\n減,3か所,維持\n量,4件,維持\n",
            &["12", "3か所", "4件"],
            &["unit-mixed B2"],
        ),
        (
            "指標,目標値（人）,取扱\n増,12,維持\n減,13,維持\n量,4件,維持\n",
            &["12人 <heading", "13人 <heading", "4件"],
            &["unit-mixed B4"],
        ),
        // A remark is no unit.
        ("指標,目標値（現行）,取扱\n増,12,維持\n", &["12"], &[]),
    ] {
        assert_targets("", csv, targets, found);
    }
}

#[test]
fn each_value_has_the_column_of_units_beside_it() {
    let two = read("", "指標,現状値,単位,目標値,単位,取扱\n増,3,件,50,％,維持\n");
    assert_eq!(
        (values(&two, Role::Baseline), values(&two, Role::Target)),
        (vec!["3件 <column".to_owned()], vec!["50％ <column".to_owned()])
    );
    let one = read("", "指標,現状値,目標値,目標値の単位,取扱\n増,3,50,％,維持\n");
    assert_eq!(
        (values(&one, Role::Baseline), values(&one, Role::Target)),
        (vec!["3".to_owned()], vec!["50％ <column".to_owned()])
    );
    assert_eq!((two.found, one.found), (vec![], vec![]));
}

#[test]
fn a_template_may_state_unit_and_period() {
    let stated = "target: unit = \"千人\", period = \"平成24年度\"";
    assert_targets(
        stated,
        "指標,目標値,取扱\n増,12,維持\n減,3件,維持\n",
        &["12000人 <template @FY2012 <template", "3件 @FY2012 <template"],
        &["unit-mixed B3"],
    );
    assert_targets(
        stated,
        "指標,目標値（人）（25年度）,取扱\n増,12,維持\n",
        &["12人 <heading @FY2013 <heading"],
        &["unit-conflict B1"],
    );
    // By hand, columns are named by letters.
    let by_hand = "[[sheets]]\nheader_rows = [1]\ncolumns = { indicator = \"A\", target = \"C\", disposition = \"D\" }\nunit_columns = { all = \"B\" }\n";
    assert_targets(
        by_hand,
        "あ,い,う（24年度）,え\n増,％,31.4,維持\n",
        &["31.4％ <column @FY2012 <heading"],
        &[],
    );
    // A column of units that the list prints.
    let printed = "{ key = \"unit\", role = \"unit\", words = [\"たんい\"] },";
    assert_targets(printed, "指標,たんい,目標値,取扱\n増,％,31.4,維持\n", &["31.4％ <column"], &[]);
}

#[test]
fn years_come_from_headings() {
    for (csv, targets, found) in [
        (
            "指標,目標値24年度,取扱\n増,12件,維持\n減,達成,維持\n",
            &["12件 @FY2012 <heading", "“達成” @FY2012 <heading"][..],
            &[][..],
        ),
        ("指標,目標値（平成26年度）,取扱\n増,12件,維持\n", &["12件 @FY2014 <heading"], &[]),
        ("指標,平成28年の目標値（件）,取扱\n増,12,維持\n", &["12件 <heading @2016 <heading"], &[]),
        ("指標,目標値,取扱\n,平成26年度,\n増,12件,維持\n", &["12件 @FY2014 <heading"], &[]),
        // A cell's own year, and a column of years, are nearer.
        (
            "指標,目標値（31年度）,取扱\n増,12件,維持\n減,5件（30年度）,維持\n量,3件,維持\n",
            &["12件 @FY2019 <heading", "5件 @FY2018", "3件 @FY2019 <heading"],
            &["time-mixed B3"],
        ),
        ("指標,目標値,目標年度,取扱\n増,12件,30年度,維持\n", &["12件 @FY2018"], &[]),
        // Where most cells state their year, the others are not given the heading's.
        (
            "指標,目標値（31年度）,取扱\n増,12件（31年度）,維持\n減,5件（30年度）,維持\n量,4件／年,維持\n",
            &["12件 @FY2019", "5件 @FY2018", "4件/年"],
            &["time-mixed B4"],
        ),
        // Limits, spans and the years of revisions are not the values'.
        ("指標,令和元（2019）年度までの目標設定,取扱\n増,12件,維持\n", &["12件"], &["column-inferred B1"]),
        ("指標,目標値（平成27年度～平成31年度）,取扱\n増,12件,維持\n", &["12件"], &[]),
        ("指標,取扱いの見直し（令和2年度）,\n,目標値,取扱\n増,12件,維持\n", &["12件"], &[]),
        (
            "指標,平成29年度改訂の目標値,取扱\n増,12件,維持\n",
            &["12件"],
            &["column-inferred B1", "time-mixed B1"],
        ),
    ] {
        assert_targets("", csv, targets, found);
    }
}

/// The list that is printed keeps what stood in the heading alone, unless its own titles say it.
#[test]
fn what_a_heading_said_is_printed_once() {
    let csv = "指標,目標値24年度（千円）,取扱\n増,\"1,200\",維持\n減,約50以上,維持\n";
    for (title, printed) in [
        ("目標", [["1,200千円", "（24年度）"], ["約50以上（千円）", "（24年度）"]]),
        ("目標（千円）", [["1,200", "（24年度）"], ["約50以上", "（24年度）"]]),
        ("24年度の目標（単位：千円）", [["1,200", ""], ["約50以上", ""]]),
    ] {
        let read = read("", csv);
        let template = Template::parse("t", &TEMPLATE.replace("\"目標\"", &format!("\"{title}\""))).unwrap();
        let table = view::list(&read.list, &template).table;
        let cells: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.cells[2].content.paragraphs.clone()).collect();
        let expected =
            printed.map(|lines| lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>());
        assert_eq!(cells, expected, "{title}");
        let data = String::from_utf8(kaitei::emit::data::list_csv(&read.template, &read.list)).unwrap();
        assert!(data.contains("\"1,200千円\"") && data.contains("1200000,円"), "{data}");
    }
}

/// A unit's own column is printed; so it is not put behind the figures.
#[test]
fn a_printed_column_of_units_is_enough() {
    let added = "{ key = \"unit\", words = [\"単位\"] },";
    let columns = TEMPLATE
        .replace("\ncolumns = [", "\ncolumns = [{ title = \"単位\", fields = [\"unit\"], width = 4 },");
    let template = Template::parse("t", &with(&columns, added)).unwrap();
    let sources = [Source::new("a.csv", "指標,単位,目標値,取扱\n増,％,31.4,維持\n".as_bytes().to_vec())];
    let list = understand(&sources, &template, None).value;
    assert_eq!(shown(list.rows[0].value_of(Role::Target).unwrap()), "31.4％ <column");
    assert_eq!(view::list(&list, &template).table.rows[0].cells[3].content.paragraphs, ["31.4"]);
}

/// The template's own words go before the built-in ones; what a heading only begins with is not taken for it.
#[test]
fn headings_are_what_they_equal() {
    let kinds = "{ key = \"kind\", words = [\"区分\"] }, { key = \"rate\", kind = \"value\", words = [\"目標達成率\"] },";
    for (added, csv, target, found) in [
        // 区分 is a built-in word for the disposition.
        (kinds, "指標,区分,目標値,評価の取扱い\n増,新規,3件,維持\n", "3件", &["column-inferred D1"][..]),
        (kinds, "指標,目標達成率,目標値,取扱\n増,80％,3件,維持\n", "3件", &[]),
        (
            "",
            "指標,目標達成率,目標値の根拠,目標の進捗状況,目標値,取扱\n増,80％,国の値,3割,3件,維持\n",
            "3件",
            &["column-unknown B1"],
        ),
        ("", "指標,現状と課題,目標値,取扱\n増,遅れ 5件,3件,維持\n", "3件", &["column-unknown B1"]),
        // A hint is taken where nothing better is there, and said; of two the better one holds.
        ("", "指標,国の目標値,取扱\n増,3件,維持\n", "3件", &["column-inferred B1"]),
        ("", "指標,国の目標値,目標値,取扱\n増,5件,3件,維持\n", "3件", &["column-unknown B1"]),
        // Ignored columns of the template go before built-in words.
        ("", "指標,連番,現状値,目標値,取扱\n増,1,,3件,維持\n", "3件", &[]),
    ] {
        let read = read(added, csv);
        assert_eq!(values(&read, Role::Target), [target], "{csv}{:#?}", read.said);
        assert_eq!(read.found, found, "{csv}{:#?}", read.said);
        if added == kinds && csv.contains("新規") {
            assert_eq!(read.list.rows[0].text(Field::Entry(7)).unwrap().text, "新規");
        }
    }
    let ignored = TEMPLATE.replace("[\"連番\"]", "[\"連番\", \"区分\"]");
    let template = Template::parse("t", &ignored).unwrap();
    let sources = [Source::new("a.csv", "指標,区分,目標値,国の取扱\n増,新規,3件,維持\n".as_bytes().to_vec())];
    let read = understand(&sources, &template, None);
    assert_eq!(read.value.tally, [1, 0], "{:?}", read.findings);
}

/// Forms that are alike say it once, with all their places; another form says its own.
#[test]
fn headings_in_other_words_are_said_once_a_form() {
    let template = Template::parse("t", TEMPLATE).unwrap();
    let form = "指標,国の目標値,市の取扱\n増,3件,維持\n";
    let other = "指標,国の目標値,取扱\n減,3件,維持\n";
    let source = |name: &str, text: &str| Source::new(name, text.as_bytes().to_vec());
    let more = form.replace('増', "増の数");
    let sources =
        [source("a.csv", form), source("b.csv", other), source("c.csv", &more), source("d.csv", &more)];
    let read = understand(&sources, &template, None);
    let inferred: Vec<_> =
        read.findings.iter().filter(|finding| finding.code().id() == "column-inferred").collect();
    let said: Vec<(String, String)> =
        inferred.iter().map(|it| (it.origin.to_string(), it.message(Lang::Ja))).collect();
    let both = "見出し「国の目標値」を「目標」、「市の取扱」を「取扱」の列として読み取りました（「c.csv」、「d.csv」も同じ）";
    assert_eq!(
        said,
        [
            ("a.csv B1".to_owned(), both.to_owned()),
            ("b.csv B1".to_owned(), "見出し「国の目標値」を「目標」の列として読み取りました".to_owned())
        ]
    );
    assert!(inferred[0].is_of_file("d.csv") && !inferred[0].is_of_file("b.csv"));
}

#[test]
fn messages_quote_each_columns_own_heading() {
    let read =
        read("", "指標,目標値24年度,目標値29年度,覚え,取扱\n(1),(2),(3),(4),(5)\n増,1件,2件,メモ,維持\n");
    assert_eq!(
        read.said,
        [
            "「覚え」の列は、一覧に載りません",
            "「目標値24年度」（B列）と「目標値29年度」（C列）が、どちらも「目標」の列と読めます",
        ]
    );
}

/// A row of data is data, even if its words are those of a header.
#[test]
fn labels_that_equal_header_words_are_data() {
    let csv = "指標,現状値,目標値,取扱,理由,備考\n増,1件,2件,維持,,\n目標,3件,現状,維持,理由,備考\n指標,現状,目標,修正,理由,備考\n";
    let read = read("", csv);
    assert_eq!(read.list.rows.len(), 3, "{:#?}", read.said);
    assert_eq!(read.list.tally, [2, 1]);
}
