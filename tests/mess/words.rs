//! What departments write at the head of their columns.

use super::dice::Dice;
use super::form::Col;
use super::twist::{Twist, Twists};

/// The form's own heading of a column.
pub(crate) fn own(col: Col) -> &'static str {
    match col {
        Col::Goal => "基本目標",
        Col::Policy => "施策",
        Col::Indicator => "重要業績評価指標（ＫＰＩ）",
        Col::Number => "該当事業№",
        Col::Baseline => "現状値(計画策定時）",
        Col::BaselineAt => "現状値の年度",
        Col::Target => "令和元（2019）年度までの目標設定",
        Col::TargetAt => "目標値の年度",
        Col::Choice => "ＫＰＩの設定",
        Col::Mark(0) => "1.維持",
        Col::Mark(1) => "2.修正",
        Col::Mark(_) => "3.削除",
        Col::NewAll => "新たなKPIと設定理由\n（削除の場合はその理由）",
        Col::NewAt => "新KPIの年度",
        Col::New | Col::NewWithAt => "新たなKPI",
        Col::Reason => "設定理由（削除の場合はその理由）",
        Col::Serial => "連番",
        Col::Department => "所管課",
        Col::Contact => "担当者",
        Col::Remark => "備考",
        Col::OldTarget => "旧目標値",
    }
}

/// Other words for a column, any of which a reader understands.
#[rustfmt::skip]
fn synonyms(col: Col) -> &'static [&'static str] {
    match col {
        Col::Goal => &["基本目標（柱）", "目標", "基本目標名", "計画の基本目標", "総合戦略の基本目標"],
        Col::Policy => &["基本施策", "施策名", "施策の名称", "施策（基本的方向）"],
        Col::Indicator => &[
            "指標名", "KPI", "ＫＰＩ名", "重要業績評価指標（KPI）", "指標", "指標の名称", "目標指標", "成果指標", "評価指標",
            "数値目標の指標", "重要業績評価指標", "KPI（重要業績評価指標）", "KPI指標",
        ],
        Col::Number => &[
            "事業番号", "番号", "No.", "№", "Ｎｏ", "項番", "事業No", "該当事業番号", "事業№", "該当事業", "整理番号",
            "事業コード",
        ],
        Col::Baseline => &[
            "現状値", "基準値", "現況値", "当初値", "策定時の値", "計画策定時の値", "計画策定時", "策定時点の値", "策定時",
            "現状", "計画当初値", "基準時の値",
        ],
        Col::BaselineAt => &["現状値年度", "基準年度", "現状値の時点", "現状値の年度", "基準値の年度", "現況値の年度"],
        Col::Target => &[
            "目標値", "数値目標", "現行目標値", "現行の目標値", "目標設定（R1まで）", "令和元年度までの目標", "目標値（現行）",
            "当初目標値", "現在の目標値", "R元年度目標値", "現行目標", "KPI目標値", "既定の目標値",
        ],
        Col::TargetAt => &["目標年度", "目標値年度", "目標年次", "達成年度", "目標値の時点", "目標値の年度"],
        Col::Choice => &[
            "取扱い", "取り扱い", "取扱", "今後の取扱い", "今後の取扱", "今後の方向性", "方向性", "区分", "取扱区分",
            "見直し区分", "KPIの取扱い", "対応", "今後の対応", "改訂区分", "R2年度の取扱", "見直しの方向性", "判定",
            "維持・修正・削除の別", "対応方針",
        ],
        Col::NewAll => &[
            "新たなKPIと理由", "新KPI・設定理由", "修正後の目標値・理由", "新目標値及び変更理由", "変更後の目標値と理由",
            "修正内容と理由", "変更内容・理由",
        ],
        Col::NewAt => &["新KPIの年度", "新目標値の年度", "新目標年度", "変更後の年度", "修正後の年度", "新たな目標年度"],
        Col::New | Col::NewWithAt => &[
            "新KPI（目標値）", "新目標値", "新たな目標値", "変更後の目標値", "改定後の目標値", "修正後の目標値",
            "見直し後の目標値", "変更後", "改定後", "修正後", "見直し後", "新目標", "修正後の値", "変更後目標値",
            "新たなKPI（修正の場合のみ）", "修正値",
        ],
        Col::Reason => &[
            "理由", "変更理由", "修正・削除の理由", "設定理由", "見直しの理由", "見直し理由", "修正理由", "変更・削除理由",
            "理由・根拠", "変更の理由", "修正又は削除の理由", "取扱いの理由",
        ],
        Col::Serial => &["通番", "通し番号", "連番", "行番号", "通しNo."],
        Col::Department => &["担当課", "所管課", "部署", "所管", "担当部署", "主管課", "所属", "部課名", "所管部署"],
        Col::Contact => &["担当者名", "担当者", "連絡先", "内線番号", "記入者"],
        Col::Remark => &["備考", "備　考", "特記事項", "摘要", "コメント", "補足"],
        Col::OldTarget => &["旧目標値", "前回目標値"],
        Col::Mark(0) => &["維持", "１．維持", "①維持"],
        Col::Mark(1) => &["修正", "２．修正", "②修正"],
        Col::Mark(_) => &["削除", "３．削除", "③削除"],
    }
}

/// Words that are in no list of synonyms: what stands below them tells the rest.
#[rustfmt::skip]
fn other_words(col: Col) -> &'static [&'static str] {
    match col {
        Col::Indicator => &["測定する指標", "指標項目", "モニタリング指標", "把握する指標", "指標（何を測るか）"],
        Col::Number => &["事業ID", "事業の番号", "対応する事業の番号", "関連事業番号"],
        Col::Baseline => &["スタート時の値", "計画開始時点の値", "出発時の値", "策定当時の数値", "計画前の値"],
        Col::Target => &["到達目標", "めざす値", "達成目標値", "目標とする値", "計画目標"],
        Col::Choice => &["来年度の扱い", "見直し結果", "来年度どうするか", "維持・修正・削除", "令和2年度の扱い"],
        Col::New | Col::NewWithAt => &["来年度の目標", "新しい目標", "次期目標値", "見直した目標", "直した後の目標"],
        Col::Reason => &["考え方", "見直しの背景", "判断の根拠", "そう判断した理由", "見直しの考え方"],
        Col::NewAll => &["新しい目標とその理由", "見直した目標と考え方", "新たな目標・その背景"],
        _ => &[],
    }
}

/// The heading of a column, as the twists have it.
pub(crate) fn heading(col: Col, position: usize, twists: &Twists, dice: &mut Dice) -> String {
    let has = |twist| twists.contains(&twist);
    let own = own(col);
    if has(Twist::HeaderSynonyms) {
        // Marks are of one kind.
        let choice = if let Col::Mark(_) = col { position % 3 } else { dice.below(synonyms(col).len()) };
        return synonyms(col)[choice].to_owned();
    }
    if has(Twist::HeaderOtherWords) && !other_words(col).is_empty() {
        return dice.pick(other_words(col)).to_owned();
    }
    if has(Twist::HeaderYears) {
        let year = match col {
            Col::Baseline => "（平成27年度）",
            Col::Target => "（31年度）",
            Col::New | Col::NewWithAt => "（令和2年度）",
            _ => "",
        };
        return match col {
            Col::Baseline => format!("{}{year}", dice.pick(&["現状値", "基準値", "現況値"])),
            Col::Target => format!("{}{year}", dice.pick(&["目標値", "数値目標", "目標"])),
            Col::New | Col::NewWithAt => format!("新目標値{year}"),
            _ => own.to_owned(),
        };
    }
    if has(Twist::HeaderNumbers) && !matches!(col, Col::Mark(_)) {
        let circled =
            char::from_u32(0x2460 + u32::try_from(position).expect("few columns")).expect("a digit");
        return match dice.below(3) {
            0 => format!("{circled}{own}"),
            1 => format!("({}) {own}", position + 1),
            _ => format!("{}．{own}", position + 1),
        };
    }
    if has(Twist::HeaderRemarks) && matches!(col, Col::Mark(_)) {
        return own.to_owned();
    }
    written(own, twists, dice)
}

/// A heading as a department writes it.
pub(crate) fn written(own: &str, twists: &Twists, dice: &mut Dice) -> String {
    let has = |twist| twists.contains(&twist);
    if has(Twist::HeaderSpread) {
        let spread: Vec<String> = own.chars().map(String::from).collect();
        return match dice.below(3) {
            0 => spread.join("　"),
            1 => spread.join(" "),
            _ => format!("　{own} "),
        };
    }
    if has(Twist::HeaderBreaks) {
        let middle = own.chars().count() / 2;
        let broken = |(i, c): (usize, char)| if i == middle { format!("\n{c}") } else { c.to_string() };
        return own.chars().enumerate().map(broken).collect();
    }
    if has(Twist::HeaderWidths) {
        let plain = own.replace('№', dice.pick(&["No.", "Ｎｏ．", "NO", "no."])).replace("ＫＰＩ", "KPI");
        return plain.replace('（', "(").replace('）', ")").replace('2', "２");
    }
    if has(Twist::HeaderRemarks) {
        return match dice.below(5) {
            0 => format!("{own}※必須"),
            1 => format!("{own}\n（記入欄）"),
            2 => format!("【{own}】"),
            3 => format!("{own}*"),
            _ => format!("○{own}"),
        };
    }
    own.to_owned()
}
