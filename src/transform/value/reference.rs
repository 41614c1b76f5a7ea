//! Tests of reading values: every value of the reference list, and what departments make of such values.

use super::*;
use crate::japanese::HOUSE;
use crate::model::{Quantity, Value};
use proptest::prelude::*;

const CONTEXT: Context<'_> = Context { notation: HOUSE, eras: Eras::heisei() };

fn read_cell(raw: &str) -> Noted<Option<Value>> {
    parse(raw, None, Origin::of_file("調査票.xlsx"), &CONTEXT)
}

/// The value of a cell that has one.
pub(super) fn value(raw: &str) -> Value {
    read_cell(raw).value.expect("the test's cell has a value")
}

/// One line: `label:quantity[unit]/per | … | note … | !qualifier | @time`.
fn shown(value: &Value) -> String {
    let part = |part: &Part| {
        let label = part.label.as_ref().map_or(String::new(), |label| format!("{label}:"));
        let quantity = match &part.quantity {
            Quantity::Exact(n) => n.to_string(),
            Quantity::Range(low, high) => format!("{low}..{high}"),
            Quantity::AtLeast(n) => format!(">={n}"),
            Quantity::AtMost(n) => format!("<={n}"),
            Quantity::MoreThan(n) => format!(">{n}"),
            Quantity::LessThan(n) => format!("<{n}"),
            Quantity::Stated(words) => format!("“{words}”"),
        };
        let unit = part.unit.as_ref().map_or(String::new(), |unit| format!("[{unit}]"));
        let per = part.per.as_ref().map_or(String::new(), |per| format!("/{per}"));
        format!("{label}{quantity}{unit}{per}")
    };
    let mut items: Vec<String> = value.parts.iter().map(part).collect();
    items.extend(value.notes.iter().map(|note| format!("note {note}")));
    items.extend(value.qualifiers.iter().map(|qualifier| format!("!{qualifier}")));
    items.extend(value.time.iter().map(|t| t.time.map_or("@?".to_owned(), |time| format!("@{time}"))));
    items.join(" | ")
}

fn check(raw: &str, expected: &str) {
    let found = read_cell(raw).value.map_or_else(|| "none".to_owned(), |value| shown(&value));
    assert_eq!(found, expected, "{raw}");
}

/// Baselines, targets and new targets of the reference list, in its order.
#[rustfmt::skip]
const REFERENCE: &[(&str, &str)] = &[
    ("4件／年", "4[件]/年"),
    ("3社／年", "3[社]/年"),
    ("1か所（31年度）", "1[か所] | @FY2019"),
    ("3施設（27年度）", "3[施設] | @FY2015"),
    ("5施設（31年度）", "5[施設] | @FY2019"),
    ("～19時15分：4園\n～20時15分：8園\n～21時15分：2園（27年度）", "～19時15分:4[園] | ～20時15分:8[園] | ～21時15分:2[園] | @FY2015"),
    ("～19時15分：9園\n～20時15分：17園\n～21時15分：2園\n（31年度）", "～19時15分:9[園] | ～20時15分:17[園] | ～21時15分:2[園] | @FY2019"),
    ("10施設・定員32名（27年度）", "10[施設] | 定員:32[名] | @FY2015"),
    ("14施設・定員48名（31年度）", "14[施設] | 定員:48[名] | @FY2019"),
    ("10か所・定員168人（27年度）", "10[か所] | 定員:168[人] | @FY2015"),
    ("15か所・定員221人（31年度）", "15[か所] | 定員:221[人] | @FY2019"),
    ("36か所・定員3,419人（27年度）", "36[か所] | 定員:3419[人] | @FY2015"),
    ("50か所・定員4,179人（31年度）", "50[か所] | 定員:4179[人] | @FY2019"),
    ("（Ｒ2年度）利用定員数7,593人・待機児童数0人（R2.4.1見込・計画）", "利用定員数:7593[人] | 待機児童数:0[人] | !見込 | !計画 | @FY2020"),
    ("2園（31年度）", "2[園] | @FY2019"),
    ("（R2年度）3園", "3[園] | @FY2020"),
    ("（R2年度）2か所", "2[か所] | @FY2020"),
    ("13校（27年度）", "13[校] | @FY2015"),
    ("拡充（31年度）", "“拡充” | @FY2019"),
    ("85名（28年1月）", "85[名] | @2016-01"),
    ("400名（31年度）", "400[名] | @FY2019"),
    ("71％（28年1月）", "71[％] | @2016-01"),
    ("100％（31年度）", "100[％] | @FY2019"),
    ("20人（27年度）", "20[人] | @FY2015"),
    ("35人（31年度）", "35[人] | @FY2019"),
    ("（R2年度）60人", "60[人] | @FY2020"),
    ("講演会3回（28年1月）", "講演会:3[回] | @2016-01"),
    ("講演会2回、連続講座1回、相談会2回（31年度）", "講演会:2[回] | 連続講座:1[回] | 相談会:2[回] | @FY2019"),
    ("（R2年度）講演会3回、当事者・家族支援24回、支援者向け学習会3回、個別相談700件", "講演会:3[回] | 当事者・家族支援:24[回] | 支援者向け学習会:3[回] | 個別相談:700[件] | @FY2020"),
    ("6か所（27年度）", "6[か所] | @FY2015"),
    ("8か所（30年度）", "8[か所] | @FY2018"),
    ("1か所（20人）（27年度）", "1[か所] | 20[人] | @FY2015"),
    ("4か所（80人）（※特養併設2か所を含む）（30年度）", "4[か所] | 80[人] | note ※特養併設2か所を含む | @FY2018"),
    ("23ユニット（207人）（27年度）", "23[ユニット] | 207[人] | @FY2015"),
    ("34ユニット（306人）（29年度）", "34[ユニット] | 306[人] | @FY2017"),
    ("（Ｒ2年度）33ユニット（297人）", "33[ユニット] | 297[人] | @FY2020"),
    ("3か所（60人）（27年度）", "3[か所] | 60[人] | @FY2015"),
    ("8か所（160人）（29年度）", "8[か所] | 160[人] | @FY2017"),
    ("（Ｒ2年度）9か所（246人）", "9[か所] | 246[人] | @FY2020"),
    ("5か所（42人）（27年度）", "5[か所] | 42[人] | @FY2015"),
    ("8か所（78人）（29年度）", "8[か所] | 78[人] | @FY2017"),
    ("（Ｒ2年度）7か所（66人）", "7[か所] | 66[人] | @FY2020"),
    ("グループホーム等：14か所、障害者通所施設：17か所（27年度）", "グループホーム等:14[か所] | 障害者通所施設:17[か所] | @FY2015"),
    ("グループホーム等：17か所、障害者通所施設：18か所（31年度）", "グループホーム等:17[か所] | 障害者通所施設:18[か所] | @FY2019"),
    ("1,073か所（27年度）", "1073[か所] | @FY2015"),
    ("1,113か所（30年度）", "1113[か所] | @FY2018"),
    ("44,732㎡（27年度）", "44732[㎡] | @FY2015"),
    ("45,132㎡（30年度）", "45132[㎡] | @FY2018"),
    ("目黒本町五丁目地区55.9％、原町一丁目・洗足一丁目地区55.6％（26年度）", "目黒本町五丁目地区:55.9[％] | 原町一丁目・洗足一丁目地区:55.6[％] | @FY2014"),
    ("70％（32年度）", "70[％] | @FY2020"),
    ("81.1％（26年度）", "81.1[％] | @FY2014"),
    ("95％（32年度）", "95[％] | @FY2020"),
    ("31団体（27年度）", "31[団体] | @FY2015"),
    ("60団体（31年度）", "60[団体] | @FY2019"),
    ("（R2年度）70団体", "70[団体] | @FY2020"),
    ("1.80㎡（28年1月）", "1.80[㎡] | @2016-01"),
    ("2.0㎡（37年度）", "2.0[㎡] | @FY2025"),
    ("樹木557本、樹林・生け垣90件（28年1月）", "樹木:557[本] | 樹林・生け垣:90[件] | @2016-01"),
    ("樹木575本、樹林・生け垣93件、生物多様性保全林3件（31年度）", "樹木:575[本] | 樹林・生け垣:93[件] | 生物多様性保全林:3[件] | @FY2019"),
    ("5,498.48㎡（28年1月）", "5498.48[㎡] | @2016-01"),
    ("6,621.48㎡（31年度）", "6621.48[㎡] | @FY2019"),
    ("4.6％（28年1月）", "4.6[％] | @2016-01"),
    ("12.3％（31年度）", "12.3[％] | @FY2019"),
    ("（R2年度）13.1％", "13.1[％] | @FY2020"),
    ("940件（27年度）", "940[件] | @FY2015"),
    ("1,253件（31年度）", "1253[件] | @FY2019"),
    ("（R3年度）1,999件", "1999[件] | @FY2021"),
    ("2人（27年度）", "2[人] | @FY2015"),
    ("4人／年", "4[人]/年"),
    ("30人／年（28年1月）", "30[人]/年 | @2016-01"),
    ("36人／年（31年度）", "36[人]/年 | @FY2019"),
    ("一部施設未達成（26年度）", "“一部施設未達成” | @FY2014"),
    ("全施設達成（31年度）", "“全施設達成” | @FY2019"),
    ("4件（28年度）", "4[件] | @FY2016"),
    ("30件／年（30年度）", "30[件]/年 | @FY2018"),
    ("2校（27年度）", "2[校] | @FY2015"),
    ("4校（31年度）", "4[校] | @FY2019"),
    ("44.6％（26年度）", "44.6[％] | @FY2014"),
    ("65％（37年度）", "65[％] | @FY2025"),
    ("3か国語（27年度）", "3[か国語] | @FY2015"),
    ("17か国語（31年度）", "17[か国語] | @FY2019"),
];

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
        ("300人（27～31年度累計）", "300[人] | !累計"),
        ("300人（27～31年度）", "300[人] | note 27～31年度"),
        ("120件（30年度実績）", "120[件] | !実績"),
        ("△3.5％", "-3.5[％]"),
        ("−2件", "-2[件]"),
        ("3億2,000万円", "320000000[円]"),
        ("全22校中20校", "全22校中:20[校]"),
        ("3年間で5件", "3年間で:5[件]"),
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
        ("1/2以上", "“1/2以上”"),
        ("1か所（令和45月）", "1[か所] | @?"),
    ] {
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
            let time = value.time.map_or(String::new(), |time| time.text);
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
