//! Tests of reading values: the reference list, what departments make of such values, and the kinds of other lists.

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
    ("（Ｒ2年度）利用定員数7,593人・待機児童数0人（R2.4.1見込・計画）", "利用定員数:7593[人] | 待機児童数:0[人] !見込 !計画 | note R2.4.1 | !見込 | !計画 | @FY2020"),
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

/// The kinds of values of strategies and plans for the environment, health, welfare, traffic, farming and finance.
#[rustfmt::skip]
const KINDS: &[(&str, &str)] = &[
    ("平成26年度 12.5% → 平成31年度 20%", "12.5％@FY2014 → 20[％] | @FY2019"),
    ("対前年度比5%以上削減", ">=5[％] decrease vs 前年度"),
    ("平成25年度比▲26.0%", "-26.0[％] vs FY2013"),
    ("2013年度比 46%減", "46[％] decrease vs FY2013"),
    ("1人1日当たり 931g", "931[g]/人日"),
    ("1人1日当たりのごみ排出量 850g以下", "ごみ排出量:<=850[g]/人日"),
    ("850g/人日", "850[g]/人日"),
    ("週3日以上", ">=3[日]/週"),
    ("延べ1,200人/年", "1200[人]/年 | !延べ"),
    ("1,500人(5年間累計)", "1500[人] over 5年 | !累計"),
    ("5年間で延べ1,000人", "1000[人] over 5年 | !延べ"),
    ("3年間累計で15件", "15[件] over 3年 | !累計"),
    ("4年間で20件", "20[件] over 4年"),
    ("H27～H31累計 500人", "500[人] over FY2015/FY2019 | !累計"),
    ("2025年までに100%", "100[％] | @by 2025"),
    ("令和12年度までに50%削減", "50[％] decrease | @by FY2030"),
    ("3校中2校", "2 of 3[校]"),
    ("39市町村中35市町村(89.7%)", "35 of 39[市町村] | 89.7[％]"),
    ("1/3以下", "<=1 of 3"),
    ("3分の1", "1 of 3"),
    ("7割以上", ">=7[割]"),
    ("＋3%", "3[％]"),
    ("12億3,456万円", "1234560000[円]"),
    ("10～20人", "10..20[人]"),
    ("30～40%程度", "30..40[％] | !程度"),
    ("3日以内", "<=3[日]"),
    ("国語72.0 算数65.0", "国語:72.0 | 算数:65.0"),
    ("87,722人(H27国勢調査)", "87722[人] | note 国勢調査 | @FY2015"),
    ("26%削減(平成25年度比)", "26[％] decrease vs FY2013"),
    ("120千t-CO2", "120000[t-CO2]"),
    ("85.3万t", "853000.0[t]"),
    ("70.0ポイント", "70.0[ポイント]"),
    ("県内5位以内", "県内:<=5[位] rank"),
    ("全国平均(72.3)以上", "“全国平均（72.3）以上” | doubtful"),
    ("1日当たり3便", "3[便]/日"),
    ("8.5分→8.0分", "8.5分 → 8.0[分]"),
    ("1施設(H29開設)", "1[施設] | note H29開設"),
    ("2施設整備", "2[施設]"),
    ("農地集積率 45.0%→70.0%", "農地集積率:45.0％ → 70.0[％]"),
    ("間伐面積 500ha/年", "間伐面積:500[ha]/年"),
    ("18.5(人口10万対)", "18.5/10万人"),
    ("18.5人(人口10万人当たり)", "18.5[人]/10万人"),
    ("12.3(人口千対)", "12.3/千人"),
    ("40～74歳の受診率 60%以上", "40～74歳の受診率:>=60[％]"),
    ("男性(20歳以上) 30%", "男性:30[％] | note 20歳以上"),
    ("12か所240人", "12[か所] | 240[人]"),
    ("令和元(2019)年度 12件", "12[件] | @FY2019"),
    ("100%(H30~R4)", "100[％] | @FY2018/FY2022"),
    ("毎年100%", "100[％]/年"),
    ("20%(各年度)", "20[％]/年度"),
    ("100%(全28校)", "100[％] | 28[校]"),
    ("50%(10/20)", "50[％] | 10 of 20 | doubtful"),
    ("10/20(50%)", "10 of 20 | 50[％] | doubtful"),
    ("35.0%(男性)", "35.0[％] | note 男性"),
    ("年10回、延べ200人", "10[回]/年 | 200[人] !延べ | !延べ"),
    ("未定", "status 未定"),
    ("今後設定", "status 今後設定"),
    ("設定なし", "status 設定なし"),
    ("目標値の設定なし", "“目標値の設定なし”"),
    ("未実施(0件)", "status 未実施 | 0[件]"),
    ("集計中", "status 集計中"),
    ("…", "none"),
    ("数値目標なし", "“数値目標なし”"),
    ("前年度実績以上", "“前年度実績以上”"),
    ("10%減(現状値比)", "10[％] decrease vs 現状値"),
    ("10%減(対前年)", "10[％] decrease vs 前年"),
    ("50%→60%→70%", "“50％→60％→70％” | doubtful"),
    ("10人 ⇒ 20人", "10人 → 20[人]"),
    ("倍増", "“倍増”"),
    ("50%減(半減)", "50[％] decrease | note 半減"),
    ("今後10年間で15%削減", "今後:15[％] decrease over 10年"),
    ("12,345千円", "12345000[円]"),
    ("12,345千円(対前年比 +3.2%)", "12345000[円] | 3.2[％] vs 前年"),
    ("12,345千円(前年比3.2%増)", "12345000[円] | 3.2[％] increase vs 前年"),
    ("収納率 98.5%以上", "収納率:>=98.5[％]"),
    ("150万人/年", "1500000[人]/年"),
    ("外国人宿泊者数 5千人", "外国人宿泊者数:5000[人]"),
    ("乗合バス利用者数 12,345人/日", "乗合バス利用者数:12345[人]/日"),
    ("平均待ち時間 10分以内", "平均待ち時間:<=10[分]"),
    ("累計10橋", "10[橋] | !累計"),
    ("下水道普及率 75.0%(R6)", "下水道普及率:75.0[％] | @FY2024"),
    ("住宅:90%(R2)", "住宅:90[％] | @FY2020"),
    ("空家バンク登録件数 20件/年", "空家バンク登録件数:20[件]/年"),
    ("移住相談件数 100件/年", "移住相談件数:100[件]/年"),
    ("0.5ポイント以上改善", "“0.5ポイント以上改善” | doubtful"),
    ("死者数3人以下、負傷者数200人以下", "死者数:<=3[人] | 負傷者数:<=200[人]"),
    ("出火率 3.0件/万人", "出火率:3.0[件]/万人"),
    ("自主防災組織率 85%", "自主防災組織率:85[％]"),
    ("100世帯当たり120台", "120[台]/100世帯"),
    ("学力調査 全国平均を100とした指数 102", "“学力調査 全国平均を100とした指数 102” | doubtful"),
    ("県平均との差▲0.5", "県平均との差:-0.5"),
    ("前年比105%", "105[％] vs 前年"),
    ("昨年度比10%増", "10[％] increase vs 昨年度"),
    ("2030年度に2013年度比46%減", "46[％] decrease vs FY2013 | @FY2030"),
    ("▲46%(2030年度、2013年度比)", "-46[％] vs FY2013 | @FY2030"),
    ("実質ゼロ(2050年)", "“実質ゼロ” | @2050 | doubtful"),
    ("カーボンニュートラル", "“カーボンニュートラル”"),
    ("0人(各年4月1日)", "0[人] | note 各年4月1日"),
    ("1,234人日/月", "1234[人日]/月"),
    ("実利用者数 25人 延べ利用日数 450人日", "実利用者数:25[人] | 延べ利用日数:450[人日]"),
    ("年120回(月10回)", "120[回]/年 | 10[回]/月"),
    ("中学生まで", "“中学生まで”"),
    ("0歳~就学前", "“0歳～就学前” | doubtful"),
    ("BOD 2.0mg/L以下", "BOD:<=2.0[mg]/L"),
    ("9.5㎡/人", "9.5[㎡]/人"),
    ("10.5m2/人", "10.5[m2]/人"),
    ("10.5千kW", "10500.0[kW]"),
    ("15GJ/世帯", "15[GJ]/世帯"),
    ("（Ｒ2年度）利用定員数7,593人・待機児童数0人\n（R2.4.1見込・計画）", "利用定員数:7593[人] | 待機児童数:0[人] | note R2.4.1 | !見込 | !計画 | @FY2020"),
    ("35.5%(全国平均38.2%)", "35.5[％] | 全国平均:38.2[％]"),
    ("35.5％(市)、38.2％(県)", "35.5[％] | 38.2[％] | note 市 | note 県"),
    ("35.5/38.2", "“35.5/38.2” | doubtful"),
    ("1)来場者 500人 2)満足度 90%", "“1）来場者 500人 2）満足度 90％” | doubtful"),
    ("500人/回以上", ">=500[人]/回"),
    ("1回500人", "500[人]/回"),
    ("5回×20人", "“5回×20人” | doubtful"),
    ("100㎡増/年", "100[㎡]/年 increase"),
    ("毎年100㎡増", "100[㎡]/年 increase"),
    ("年1%以上の増加", ">=1[％]/年 increase"),
    ("5%増(5年間)", "5[％] increase | note 5年間"),
    ("5%増(R2~R6)", "5[％] increase | @FY2020/FY2024"),
    ("平成28年度から令和2年度の5年間で50人", "50[人] over FY2016/FY2020"),
    ("2016年~2020年累計50人", "50[人] over 2016/2020 | !累計"),
    ("50人(過去5年平均)", "50[人] | note 過去5年平均"),
    ("50人(5か年平均)", "50[人] | note 5か年平均"),
    ("50人(※)", "50[人] | note ※"),
    ("50人注)", "“50人注）” | doubtful"),
    ("【50人】", "50[人]"),
    ("50 人", "50[人]"),
    ("1,2345人", "“1,2345人” | doubtful"),
    ("1,234,56", "“1,234,56” | doubtful"),
    ("００５", "“005” | doubtful"),
    ("5.人", "“5.人” | doubtful"),
    (".5", "“.5” | doubtful"),
    ("数十人", "“数十人”"),
    ("20・30人", "“20・30人” | doubtful"),
    ("20人以上~30人未満", "“20人以上～30人未満” | doubtful"),
    ("↑20%", "“↑20％” | doubtful"),
    ("20%(↑)", "20[％] | note ↑"),
    ("新規3件、継続2件", "新規:3[件] | 継続:2[件]"),
    ("3件(新規)", "3[件] | note 新規"),
    ("3件増", "3[件] increase"),
    ("計10件", "計:10[件]"),
    ("10件弱", "10[件] | !弱"),
    ("10件余り", "10[件] | !余"),
    ("60点台", "“60点台” | doubtful"),
    ("1位", "1[位] rank"),
    ("ワースト10位", "ワースト:10[位] rank"),
    ("上位1/4", "上位:1 of 4 | doubtful"),
    ("100%(3/3)", "100[％] | 3 of 3 | doubtful"),
    ("3/3(100%)", "3 of 3 | 100[％] | doubtful"),
    ("3/3地区", "3 of 3[地区]"),
    ("5地区中、3地区", "3 of 5[地区]"),
    ("5地区のうち3地区", "3 of 5[地区]"),
    ("達成率 105.5%", "達成率:105.5[％]"),
    ("▲", "“▲”"),
    ("1", "1"),
    ("2回", "2[回]"),
    ("年に2回程度", "2[回]/年 | !程度"),
    ("1年に1回", "1[回]/年"),
    ("2年に1回", "“2年に1回” | doubtful"),
    ("3年ごと", "“3年ごと” | doubtful"),
    ("5年ごとに見直し", "“5年ごとに見直し” | doubtful"),
    ("年度内", "“年度内”"),
    ("R3～R7", "@FY2021/FY2025"),
];

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
