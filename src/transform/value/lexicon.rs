//! Vocabulary of values: qualifiers, bounds, changes, neutral verbs, and what must never be passed over.

use crate::model::{Bound, Change};

/// Bounds behind a figure.
#[rustfmt::skip]
pub(super) const BOUNDS: &[(&str, Bound)] = &[
    ("以上", Bound::AtLeast), ("以下", Bound::AtMost), ("以内", Bound::AtMost), ("まで", Bound::AtMost),
    ("を超える", Bound::MoreThan), ("を超え", Bound::MoreThan), ("超える", Bound::MoreThan),
    ("をこえる", Bound::MoreThan), ("を上回る", Bound::MoreThan), ("超", Bound::MoreThan),
    ("を下回る", Bound::LessThan), ("未満", Bound::LessThan),
];

/// Signs of bounds before a figure.
pub(super) const BOUND_SIGNS: &[(char, Bound)] = &[
    ('≧', Bound::AtLeast),
    ('≥', Bound::AtLeast),
    ('≦', Bound::AtMost),
    ('≤', Bound::AtMost),
    ('>', Bound::MoreThan),
    ('<', Bound::LessThan),
];

/// Qualifiers behind a figure, or alone in brackets.
#[rustfmt::skip]
pub(super) const QUALIFIERS: &[(&str, &str)] = &[
    ("見込み", "見込"), ("見込値", "見込"), ("見込み値", "見込"), ("見込", "見込"), ("計画値", "計画"),
    ("計画", "計画"), ("予定", "予定"), ("累計値", "累計"), ("累計", "累計"), ("累積", "累積"),
    ("延べ", "延べ"), ("延べ数", "延べ"), ("のべ", "延べ"), ("延べ人数", "延べ"), ("通算", "通算"),
    ("合計", "合計"), ("実績値", "実績"), ("実績", "実績"), ("推計値", "推計"), ("推計", "推計"),
    ("速報値", "速報"), ("速報", "速報"), ("確定値", "確定"), ("確報値", "確定"), ("暫定値", "暫定"),
    ("暫定", "暫定"), ("概算", "概算"), ("およそ", "約"), ("おおよそ", "約"), ("おおむね", "概ね"),
    ("概ね", "概ね"), ("程度", "程度"), ("前後", "前後"), ("ほど", "程度"), ("くらい", "程度"),
    ("ぐらい", "程度"), ("弱", "弱"), ("強", "強"), ("余り", "余"), ("現状値", "現状"), ("現状", "現状"),
    ("基準値", "基準値"), ("目標値", "目標"), ("目標", "目標"), ("参考値", "参考"), ("参考", "参考"),
];

/// Qualifiers that are said of a figure in brackets alone; directly behind one they belong to a name (`1日平均値`).
pub(super) const IN_BRACKETS: &[(&str, &str)] = &[("平均", "平均"), ("平均値", "平均"), ("約", "約")];

/// Qualifiers directly before a figure (`定員約48名`); the others also end names (`工賃向上計画3件`).
#[rustfmt::skip]
pub(super) const BEFORE_FIGURES: &[(&str, &str)] = &[
    ("約", "約"), ("およそ", "約"), ("おおよそ", "約"), ("おおむね", "概ね"), ("概ね", "概ね"),
    ("概ねの", "概ね"), ("ほぼ", "概ね"), ("延べ", "延べ"), ("延", "延べ"), ("のべ", "延べ"),
    ("累計", "累計"), ("累計で", "累計"), ("累積", "累積"), ("通算", "通算"),
];

/// Words directly before a figure that make it a rate, and the base.
#[rustfmt::skip]
pub(super) const RATES: &[(&str, &str)] = &[
    ("年に", "年"), ("月に", "月"), ("週に", "週"), ("毎年度", "年度"), ("各年度", "年度"),
    ("単年度", "年度"), ("年平均", "年"), ("月平均", "月"), ("日平均", "日"), ("年間延べ", "年"),
    ("年間で", "年"), ("年間", "年"), ("毎年", "年"), ("各年", "年"), ("年", "年"), ("月間", "月"),
    ("毎月", "月"), ("月", "月"), ("毎週", "週"), ("週", "週"), ("毎日", "日"),
];

/// Words alone in brackets or behind a slash that are the base of a rate.
#[rustfmt::skip]
pub(super) const BASES: &[(&str, &str)] = &[
    ("毎年度", "年度"), ("各年度", "年度"), ("単年度", "年度"), ("年度", "年度"), ("年間", "年"),
    ("毎年", "年"), ("各年", "年"), ("年", "年"), ("月間", "月"), ("毎月", "月"), ("月", "月"),
    ("か月", "月"), ("毎週", "週"), ("週", "週"), ("毎日", "日"), ("日", "日"),
];

/// Nouns and verbs of change, with their direction.
#[rustfmt::skip]
pub(super) const CHANGES: &[(&str, Change)] = &[
    ("増", Change::Increase), ("増加", Change::Increase), ("純増", Change::Increase),
    ("増大", Change::Increase), ("増員", Change::Increase), ("増額", Change::Increase),
    ("増やす", Change::Increase), ("増やし", Change::Increase), ("増える", Change::Increase),
    ("拡大", Change::Increase), ("拡充", Change::Increase), ("向上", Change::Increase),
    ("上昇", Change::Increase), ("アップ", Change::Increase), ("UP", Change::Increase),
    ("up", Change::Increase), ("Up", Change::Increase), ("伸び", Change::Increase),
    ("伸ばす", Change::Increase), ("伸長", Change::Increase), ("延伸", Change::Increase),
    ("上乗せ", Change::Increase), ("引上げ", Change::Increase), ("引き上げ", Change::Increase),
    ("引き上げる", Change::Increase), ("上げる", Change::Increase), ("高める", Change::Increase),
    ("プラス", Change::Increase), ("減", Change::Decrease), ("減少", Change::Decrease),
    ("純減", Change::Decrease), ("削減", Change::Decrease), ("低減", Change::Decrease),
    ("縮減", Change::Decrease), ("節減", Change::Decrease), ("軽減", Change::Decrease),
    ("減額", Change::Decrease), ("減員", Change::Decrease), ("減らす", Change::Decrease),
    ("減らし", Change::Decrease), ("縮小", Change::Decrease), ("低下", Change::Decrease),
    ("下落", Change::Decrease), ("抑制", Change::Decrease), ("抑える", Change::Decrease),
    ("短縮", Change::Decrease), ("圧縮", Change::Decrease), ("カット", Change::Decrease),
    ("ダウン", Change::Decrease), ("DOWN", Change::Decrease), ("down", Change::Decrease),
    ("引下げ", Change::Decrease), ("引き下げ", Change::Decrease), ("引き下げる", Change::Decrease),
    ("下げる", Change::Decrease), ("マイナス", Change::Decrease),
];

/// What may follow a verbal noun: forms of する and of intention.
#[rustfmt::skip]
pub(super) const ENDINGS: &[&str] = &[
    "を目標とします", "を目標とする", "を目標に", "を目指します", "を目指す", "をめざす", "をめざします",
    "を目標", "を図る", "を達成", "を達成する", "を維持", "を実現", "とします", "とする", "にします",
    "にする", "になる", "となる", "すること", "させること", "である", "であること", "させる", "させます",
    "します", "する", "され", "される", "した", "して", "です", "ます", "こと", "を", "に", "へ", "と",
];

/// Verbal nouns that say that a level is reached or kept and what is done, so that nothing of the figure depends on them.
#[rustfmt::skip]
pub(super) const NEUTRAL: &[&str] = &[
    "達成", "維持", "確保", "実施", "開催", "整備", "設置", "策定", "完了", "実現", "継続", "開設", "新設",
    "導入", "養成", "育成", "参加", "配置", "登録", "認定", "発行", "配布", "作成", "建設", "供給", "支援",
    "創出", "採用", "就職", "就業", "移住", "利用", "活用", "開発", "締結", "指定", "選定", "公表", "公開",
    "発信", "掲載", "受講", "修了", "受入", "受入れ", "設立", "創設", "運営", "運用", "稼働", "供用",
    "着手", "着工", "改修", "更新", "補修", "修繕", "耐震化", "推進", "促進", "提供", "派遣", "交付",
    "助成", "取得", "購入", "植樹", "植栽", "保全", "保存", "回収", "処理", "対応", "相談", "訪問", "巡回",
    "点検", "調査", "検討", "協議", "出店", "出展", "誘致", "立地", "起業", "創業", "結成", "組織", "加入",
    "確認", "実装", "試行", "統合", "移行", "移転", "譲渡", "売却", "契約", "雇用", "販売", "出荷", "生産",
    "施行", "普及", "周知", "新規", "到達", "目標", "予定", "開始", "終了",
];

/// What stands where there is no figure, and why.
#[rustfmt::skip]
pub(super) const STATUSES: &[&str] = &[
    "調査中", "検討中", "集計中", "算定中", "精査中", "確認中", "調整中", "作業中", "把握中", "未実施",
    "未調査", "未設定", "未定", "未把握", "未集計", "未算定", "未公表", "未測定", "設定なし", "設定無し",
    "目標なし", "目標値なし", "目標設定なし", "記載なし", "該当なし", "該当無し", "実績なし", "データなし",
    "なし", "無し", "無", "今後算定", "今後設定", "今後検討", "今後調査", "把握していない", "設定しない",
    "設定せず", "実施なし", "未確定", "非公表", "不明", "中止",
];

/// What makes words behind a figure more than a remark: they may turn its meaning.
#[rustfmt::skip]
pub(super) const RISKS: &[&str] = &[
    "増", "減", "上", "下", "向", "伸", "縮", "拡", "倍", "半", "超", "未", "以", "比", "対", "除", "含",
    "外", "残", "不", "無", "ない", "なく", "ません", "より", "から", "まで", "ごと", "毎", "当たり",
    "当り", "あたり", "につき", "割", "分の", "差", "低", "高", "多", "少", "最", "約", "前", "後", "強",
    "弱", "余", "台", "近", "未満", "ずつ", "うち", "内", "他", "抑", "改善", "追加", "ため", "場合",
    "よう", "とき", "解消", "回復", "転換", "引き", "マイナス", "プラス", "アップ", "ダウン", "万", "億",
    "千", "百", "兆", "年", "月", "目", "/", "／", "=", "＝", "×", "÷", "+", "*", "^", "±", ":", "→",
    "⇒", "~", "-", "<", ">", "≧", "≦", "≥", "≤", "△", "▲", "−", ".", ",", "?",
];

/// Ends of words before a figure after which the figure is not simply what they name.
#[rustfmt::skip]
pub(super) const RISKY_ENDS: &[&str] = &[
    "比", "対", "より", "から", "まで", "までに", "当たり", "当り", "あたり", "につき", "ごと", "ごとに",
    "毎", "増", "増加", "減", "減少", "削減", "低減", "縮減", "拡大", "向上", "上昇", "低下", "縮小",
    "マイナス", "プラス", "アップ", "ダウン", "倍", "×", "÷", "=", "＝", "+", "±", "*", "^", "/", "／",
    "<", ">", "-", "−", "~", ".", ",", "の約", "¥", "$", "'", "’", "\"", "#", "&", "@", "以外", "除く",
    "を除き", "未満", "以上", "以下", "以内", "超", "年後", "年前", "?", "!",
];

/// Words before 比 and the like that name what a figure is compared with.
#[rustfmt::skip]
pub(super) const COMPARED: &[&str] = &[
    "現状値", "現状", "現況", "基準年度", "基準年", "基準値", "基準", "前年度", "前年同期", "前年同月",
    "前年", "前期", "前回", "前月", "従前", "計画策定時", "策定時", "当初", "開始時", "現在", "計画当初",
    "前計画", "直近", "直近値", "昨年度", "昨年",
];

/// What makes a comparison of the words before it.
#[rustfmt::skip]
pub(super) const COMPARISONS: &[&str] = &[
    "対比で", "対比", "比で", "比", "と比べて", "と比べ", "に比べて", "に比べ", "と比較して", "と比較し",
    "に対して", "に対し", "を基準として", "を基準に", "基準で", "基準", "レベル", "水準比", "よりも",
];
