//! Tests of reading values: the reference list, what departments make of such values, and the kinds of other lists.

use super::readings_table::{KINDS, REFERENCE};
use super::*;
use crate::japanese::HOUSE;
use crate::model::{Ends, Part, Quantity, Reference, Value};
use proptest::prelude::*;
use std::fmt::Write as _;

const CONTEXT: Context<'_> = Context { notation: HOUSE, eras: Eras::heisei() };

fn read_cell(raw: &str) -> Noted<Option<Value>> {
    parse(raw, None, Origin::of_file("調査票.xlsx"), &CONTEXT)
}

/// The value of a cell that has one.
pub(super) fn value(raw: &str) -> Value {
    read_cell(raw).value.expect("the test's cell has a value")
}

/// One line: `label:quantity[unit]/per …` for each part, then `note …`, `!qualifier`, `@time`, `vs reference`.
fn shown(value: &Value) -> String {
    let mut items: Vec<String> = value.parts.iter().map(part).collect();
    items.extend(value.notes.iter().map(|note| format!("note {note}")));
    items.extend(value.qualifiers.iter().map(|qualifier| format!("!{qualifier}")));
    items.extend(value.reference.iter().map(compared));
    items.extend(value.time.iter().map(|t| t.time.map_or("@?".to_owned(), |time| format!("@{time}"))));
    items.join(" | ")
}

fn compared(reference: &Reference) -> String {
    match reference {
        Reference::Time(_, period) => format!("vs {period}"),
        Reference::Words(words) => format!("vs {words}"),
    }
}

fn part(part: &Part) -> String {
    let quantity = match &part.quantity {
        Quantity::Exact(n) => n.to_string(),
        Quantity::Range(Ends { lower, upper, lower_open, upper_open, .. }) => {
            format!(
                "{lower}{}..{}{upper}",
                if *lower_open { "<" } else { "" },
                if *upper_open { "<" } else { "" }
            )
        }
        Quantity::AtLeast(n) => format!(">={n}"),
        Quantity::AtMost(n) => format!("<={n}"),
        Quantity::MoreThan(n) => format!(">{n}"),
        Quantity::LessThan(n) => format!("<{n}"),
        Quantity::Stated(words) => format!("“{words}”"),
        Quantity::Status(words) => format!("status {words}"),
    };
    let mut text = part.label.as_ref().map_or(String::new(), |label| format!("{label}:"));
    if let Some(from) = &part.from {
        let time = from.time.as_ref().map_or(String::new(), |(_, period)| format!("@{period}"));
        write!(text, "{}{}{time} → ", from.quantity, from.unit.as_deref().unwrap_or_default())
            .expect("texts can be written to");
    }
    text.push_str(&quantity);
    text.extend(part.of.map(|of| format!(" of {of}")));
    text.extend(part.unit.as_ref().map(|unit| format!("[{unit}]")));
    text.extend(part.per.as_ref().map(|per| format!("/{per}")));
    if let Quantity::Range(Ends { bound: Some(bound), .. }) = part.quantity {
        write!(text, " {}", bound.id()).expect("texts can be written to");
    }
    text.extend(part.change.map(|change| format!(" {}", change.id())));
    text.extend(part.reference.as_ref().map(|reference| format!(" {}", compared(reference))));
    text.extend(part.over.as_ref().map(|over| format!(" over {over}")));
    text.extend(part.rank.then(|| " rank".to_owned()));
    text.extend(part.direction.map(|direction| format!(" {}", direction.id())));
    text.extend(part.time.as_ref().map(|(_, period)| format!(" @{period}")));
    text.extend(part.qualifiers.iter().map(|word| format!(" !{word}")));
    text
}

fn check(raw: &str, expected: &str) {
    let Noted { value, findings } = read_cell(raw);
    let mut found = value.map_or_else(|| "none".to_owned(), |value| shown(&value));
    if !findings.is_empty() {
        found.push_str(" | doubtful");
    }
    assert_eq!(found, expected, "{raw}");
}

#[test]
fn reads_every_value_of_the_reference() {
    for (raw, expected) in REFERENCE {
        check(raw, expected);
    }
}

/// Full-width digits, spaces at the edges and a line break before the brackets change nothing.
#[test]
fn reads_the_reference_as_departments_send_it() {
    let wide = |c: char| match c {
        '0'..='9' => char::from_u32(u32::from(c) + 0xFEE0).expect("full-width digits mirror ASCII"),
        '％' => '%',
        '／' => '/',
        '（' => '(',
        '）' => ')',
        _ => c,
    };
    for (raw, expected) in REFERENCE {
        let twisted: String = raw.replace("（2", "\n（ 2").chars().map(wide).collect();
        check(&format!("\n\u{3000}{twisted} "), expected);
    }
}

#[rustfmt::skip]
#[test]
fn reads_other_ways_to_write_values() {
    for (raw, expected) in [
        ("－", "none"),
        ("（　年度）", "none"),
        ("－\n（31年度）", "@FY2019"),
        ("年4件", "4[件]/年"),
        ("講演会年4回、月2回", "講演会:4[回]/年 | 2[回]/月"),
        ("30人/年", "30[人]/年"),
        ("4件（年間）", "4[件]/年"),
        ("10～20件", "10..20[件]"),
        ("△5.0％～△1.2％", "-5.0..-1.2[％]"),
        ("＋5％", "5[％]"),
        ("△5～3％", "-5..3[％]"),
        ("-5～-1件", "-5..-1[件]"),
        ("10件〜20件", "10..20[件]"),
        ("50件以上", ">=50[件]"),
        ("50件～", ">=50[件]"),
        ("～50件", "<=50[件]"),
        ("80％以上（令和6年度）", ">=80[％] | @FY2024"),
        ("5件以内、3件未満、2件超", "<=5[件] | <3[件] | >2[件]"),
        ("4件以上／年", ">=4[件]/年"),
        ("約1,500人程度", "1500[人] | !約 | !程度"),
        ("延べ300人（見込）", "300[人] | !延べ | !見込"),
        ("300人（27～31年度累計）", "300[人] over FY2015/FY2019 | !累計"),
        ("300人（27～31年度）", "300[人] | @FY2015/FY2019"),
        ("120件（30年度実績）", "120[件] | !実績 | @FY2018"),
        ("△3.5％", "-3.5[％]"),
        ("−2件", "-2[件]"),
        ("3億2,000万円", "320000000[円]"),
        ("全22校中20校", "20 of 22[校]"),
        ("3年間で5件", "5[件] over 3年"),
        ("20校で実施", "20[校]"),
        ("1か所\n（20人）\n※予定を含む\n（31年度）", "1[か所] | 20[人] | note ※予定を含む | @FY2019"),
        ("10か所（うち民営3か所）", "10[か所] | note うち民営3か所"),
        ("22校（小学校15校、中学校7校）", "22[校] | 小学校:15[校] | 中学校:7[校]"),
        ("小規模多機能型（看護を含む）", "“小規模多機能型” | note 看護を含む"),
        ("第3期計画の策定", "“第3期計画の策定”"),
        ("実施率：達成", "実施率:“達成”"),
        ("実施率： （注参照）", "“実施率：” | note 注参照"),
        ("2か所、拡充", "2[か所] | “拡充”"),
        ("50", "50"),
        ("1/2以上", ">=1 of 2"),
        ("1か所（令和45月）", "1[か所] | @? | doubtful"),
    ] {
        check(raw, expected);
    }
}

#[test]
fn reads_the_kinds_of_other_lists() {
    for (raw, expected) in KINDS {
        check(raw, expected);
    }
}

#[test]
fn the_text_keeps_everything_but_the_time() {
    for (raw, text) in [
        (
            "（Ｒ2年度）利用定員数７,５９３人・待機児童数０人（R2.4.1見込・計画）",
            "利用定員数7,593人・待機児童数0人（R2.4.1見込・計画）",
        ),
        ("～19時15分：9園\n～20時15分：17園\n（31年度）", "～19時15分：9園\n～20時15分：17園"),
        ("4か所（80人）\n（※特養併設2か所を含む）（30年度）", "4か所（80人）\n（※特養併設2か所を含む）"),
    ] {
        assert_eq!(value(raw).text, text, "{raw}");
    }
}

#[test]
fn the_cell_beside_states_the_time() {
    let beside = |raw, time| {
        let noted = parse(raw, Some((time, Origin::of_file("年度"))), Origin::of_file("値"), &CONTEXT);
        noted.value.map(|value| (value.text.clone(), shown(&value), noted.findings.len()))
    };
    let found = |text: &str, shown: &str, warnings| Some((text.to_owned(), shown.to_owned(), warnings));
    assert_eq!(beside("3園", "Ｒ２年度"), found("3園", "3[園] | @FY2020", 0));
    assert_eq!(beside("3園", "（R2年度）"), found("3園", "3[園] | @FY2020", 0));
    assert_eq!(beside("3園", "31"), found("3園", "3[園] | @FY2019", 0));
    assert_eq!(beside("3園（R2年度）", "令和2年度"), found("3園", "3[園] | @FY2020", 0));
    assert_eq!(beside("3園（R3年度）", "R2"), found("3園（R3年度）", "3[園] | note R3年度 | @FY2020", 0));
    assert_eq!(beside("3園（R3年度）", "－"), found("3園", "3[園] | @FY2021", 0));
    assert_eq!(beside("3園", "未定"), found("3園", "3[園] | @?", 1));
    assert_eq!(beside("－", "R2年度"), None);
}

/// The tables of the manual say what the program does.
#[test]
fn the_manual_is_right() {
    for manual in [include_str!("../../../docs/values.md"), include_str!("../../../docs/ja/values.md")] {
        let rows = manual.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix("` |"));
        let mut count = 0;
        for (raw, expected) in rows.filter_map(|row| row.split_once("` | `")) {
            check(&raw.replace('⏎', "\n"), &expected.replace('¦', "|"));
            count += 1;
        }
        assert!(count >= 40, "{count} examples");
    }
}

const PIECES: &str = "[0-9０-９]{1,4}|[（()）・、，,./／：:～~※*→ー△▲−-]|\\n| |年度|年|月|日|令和|平成|R|H|約|以上|以下|未満|超|件|人|か所|％|万|億|千|当たり|毎|比|増|減|削減|を|に|から|へ|まで|中|うち|のうち|累計|程度|男|女|率|ゼロ|一|二|十|倍|位|第|歳|児|時間|分|円|㎡|t-CO2|目標|実績|達成";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]
    #[test]
    fn every_character_is_accounted_for(pieces in proptest::collection::vec(PIECES, 0..14)) {
        accounted(&pieces.concat());
    }

    #[test]
    fn whatever_the_text(text in "\\PC{0,24}") {
        accounted(&text);
    }
}

/// Spans cover the text, figures have digits, and reading twice is the same.
fn accounted(raw: &str) {
    let text = normalise(raw, HOUSE);
    let read = understand(&text, Eras::heisei());
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    for span in &read.spans {
        assert_eq!(span.start, at, "{text:?}");
        assert!(span.end > span.start);
        at = span.end;
        let said: String = chars[span.start..span.end].iter().collect();
        if span.kind == SpanKind::Figure {
            let digits = said
                .chars()
                .any(|c| half_width(c).is_ascii_digit() || "一二三四五六七八九十百千〇".contains(c));
            assert!(digits || said.contains("ゼロ"), "{said:?} in {text:?}");
        }
    }
    assert_eq!(at, chars.len(), "{text:?}");
    assert_eq!(understand(&text, Eras::heisei()), read);
    let figures = read.spans.iter().any(|span| span.kind == SpanKind::Figure);
    assert!(figures || !read.parts.iter().any(Part::is_figure), "{text:?}");
    for word in read.parts.iter().flat_map(|part| [&part.label, &part.unit]).flatten() {
        assert!(!word.is_empty());
    }
}

proptest! {
    #[test]
    fn nothing_is_lost(
        raw in "\\PC{0,24}|[0-9０-９（）()・、，,./／：:～~※年度月日R令和約以上件人か所％拡充\n ー△-]{0,32}",
    ) {
        let digits = |text: &str| {
            let mut digits: Vec<char> = text.chars().map(half_width).filter(char::is_ascii_digit).collect();
            digits.sort_unstable();
            digits
        };
        if let Some(value) = read_cell(&raw).value {
            prop_assert_eq!(&value.raw, &raw);
            let time = value.time.filter(|time| !time.within).map_or(String::new(), |time| time.text);
            prop_assert_eq!(digits(&format!("{}{time}", value.text)), digits(&raw));
        } else {
            prop_assert!(digits(&raw).is_empty());
        }
    }
}

/// A cell of Excel's full length is read in a moment, whatever is in it.
#[test]
fn long_cells_are_read() {
    for unit in [
        "（",
        "（）",
        "3件・",
        "3 ",
        "A1",
        "・",
        "樹\n",
        "5～",
        "※",
        "（3件、",
        "年度",
        "３，",
        "／",
        "【1】",
        "約",
    ] {
        let cell: String = unit.chars().cycle().take(32_767).collect();
        read_cell(&cell);
        split_joint(&cell, Eras::heisei());
    }
}
