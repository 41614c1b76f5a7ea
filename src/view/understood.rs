//! The words for how a form was understood: kinds of rows, columns, values.

use crate::finding::Lang;
use crate::model::{
    CellRef, Change, ColumnAccount, Field, Meaning, Part, Period, Quantity, Reference, Role, RowKind, Slot,
    Time, TimeText, Value,
};
use crate::template::Template;

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is read.
    Read,
    /// It is left out on purpose.
    LeftOut,
    /// It is not read.
    Unread,
}

fn in_lang<T>(lang: Lang, ja: T, en: T) -> T {
    lang.pick((ja, en))
}

/// What a row is.
pub fn kind(kind: RowKind, lang: Lang) -> &'static str {
    let (ja, en) = match kind {
        RowKind::Above => ("表の前", "above"),
        RowKind::Header => ("見出し", "header"),
        RowKind::Indicator => ("一覧の行", "record"),
        RowKind::Continuation => ("続き", "continued"),
        RowKind::Heading => ("階層", "heading"),
        RowKind::Sum => ("計", "sum"),
        RowKind::Tally => ("集計欄", "tally box"),
        RowKind::Note => ("注", "note"),
        RowKind::Blank => ("未記入", "blank"),
        RowKind::Hidden => ("非表示", "hidden"),
        RowKind::Struck => ("取消し", "struck"),
        RowKind::Duplicate => ("重複", "duplicate"),
        RowKind::Unknown => ("不明", "unknown"),
        RowKind::Unread => ("未処理", "unread"),
        RowKind::Skipped => ("対象外", "skipped"),
    };
    in_lang(lang, ja, en)
}

/// The short name of a field.
pub fn field(field: Field, template: &Template, lang: Lang) -> String {
    let spec = template.field(field);
    let ja = match spec.role.filter(|role| template.role(*role) == Some(field)) {
        Some(Role::Name) => "名称",
        Some(Role::Number) => "事業番号",
        Some(Role::Baseline) => "現状値",
        Some(Role::Target) => "目標値",
        Some(Role::Disposition) => "取扱い",
        Some(Role::NewTarget) => "新たな目標値",
        Some(Role::Reason) => "理由",
        _ => &spec.name(),
    };
    in_lang(lang, ja, &spec.key).to_owned()
}

/// What a cell or column holds, shortly.
pub fn slot(slot: Slot, template: &Template, lang: Lang) -> String {
    let name = |at: Field| field(at, template, lang);
    let (ja, en) = match slot {
        Slot::Field(at) => (name(at), name(at)),
        Slot::Time(at) => (format!("{}の年度", name(at)), format!("time of {}", name(at))),
        Slot::Unit(Some(at)) => (format!("{}の単位", name(at)), format!("unit of {}", name(at))),
        Slot::Unit(None) => ("単位".to_owned(), "unit".to_owned()),
        Slot::Words(at) => (format!("{}の文言", name(at)), format!("words of {}", name(at))),
        Slot::Mark(at, id) => {
            let label = &template.choice(at, id).label;
            (format!("{}「{label}」", name(at)), format!("{} {label}", name(at)))
        }
        Slot::Ignored => ("読まない項目".to_owned(), "left out".to_owned()),
    };
    in_lang(lang, ja, en)
}

/// What a column was taken for.
pub fn meaning(column: &ColumnAccount, by_hand: bool, template: &Template, lang: Lang) -> (Use, String) {
    let name = |at: Field| field(at, template, lang);
    let key = |at: Field| &template.field(at).key;
    let (used, ja, en) = match column.meaning {
        Meaning::Holds(Slot::Field(at)) => (Use::Read, format!("{}（{}）", name(at), key(at)), name(at)),
        Meaning::Holds(Slot::Time(at)) => {
            (Use::Read, format!("{}の年度（{}）", name(at), key(at)), format!("time of {}", name(at)))
        }
        Meaning::Holds(Slot::Unit(Some(at))) => {
            (Use::Read, format!("{}の単位（{}）", name(at), key(at)), format!("unit of {}", name(at)))
        }
        Meaning::Holds(Slot::Unit(None)) => {
            (Use::Read, "行の値の単位".to_owned(), "unit of the row's values".to_owned())
        }
        Meaning::Holds(Slot::Words(at)) => {
            (Use::Read, format!("{}の文言（{}）", name(at), key(at)), format!("words of {}", name(at)))
        }
        Meaning::Holds(Slot::Mark(at, id)) => {
            let label = &template.choice(at, id).label;
            let (ja, en) = (format!("{}「{label}」の○", name(at)), format!("mark of {} {label}", key(at)));
            (Use::Read, ja, en)
        }
        Meaning::Holds(Slot::Ignored) => {
            let key = if by_hand { "sheets, forms" } else { "input.ignore_columns" };
            let why = if by_hand { ("にない", "not in") } else { ("による", "by") };
            (Use::LeftOut, format!("読まない（{key} {}）", why.0), format!("not read ({} {key})", why.1))
        }
        Meaning::Option(of) => {
            let of = slot(of, template, lang);
            (Use::Read, format!("{of}の選択肢"), format!("option of {of}"))
        }
        Meaning::Rival(col) => {
            let col = CellRef::column_letters(col);
            (Use::Unread, format!("読まない（{col}列と重なる）"), format!("not read (the same as {col})"))
        }
        Meaning::Unknown => (
            Use::Unread,
            "読まない（テンプレートにない見出し）".to_owned(),
            "not read (the template does not know the heading)".to_owned(),
        ),
    };
    (used, in_lang(lang, ja, en))
}

/// A value as it was understood: quantities, qualifiers, time, notes.
pub fn value(value: &Value, lang: Lang) -> String {
    let parts: Vec<String> = value.parts.iter().map(|p| part(p, lang)).collect();
    let mut said = vec![parts.join(in_lang(lang, "、", ", "))];
    if !value.qualifiers.is_empty() {
        said.push(format!("〈{}〉", value.qualifiers.join("・")));
    }
    said.extend(value.time.as_ref().map(|stated| format!("[{}]", time(stated, lang))));
    said.extend(
        value.notes.iter().map(|note| in_lang(lang, format!("（{note}）"), format!("(note: {note})"))),
    );
    said.join(" ")
}

/// A part in words.
pub fn part(part: &Part, lang: Lang) -> String {
    let unit = part.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let per = part.per.as_ref().map(|per| format!(" / {per}")).unwrap_or_default();
    let (ja, en) = match &part.quantity {
        Quantity::Exact(n) => (format!("{n}{unit}"), format!("{n}{unit}")),
        Quantity::Range(ends) => {
            let (from, to) = (ends.lower, ends.upper);
            (format!("{from}～{to}{unit}"), format!("{from} to {to}{unit}"))
        }
        Quantity::AtLeast(n) => (format!("{n}{unit} 以上"), format!("at least {n}{unit}")),
        Quantity::AtMost(n) => (format!("{n}{unit} 以下"), format!("at most {n}{unit}")),
        Quantity::MoreThan(n) => (format!("{n}{unit} 超"), format!("more than {n}{unit}")),
        Quantity::LessThan(n) => (format!("{n}{unit} 未満"), format!("less than {n}{unit}")),
        Quantity::Stated(text) | Quantity::Status(text) => {
            (format!("「{text}」{unit}"), format!("`{text}`{unit}"))
        }
    };
    let label = part.label.as_ref().map(|label| format!("{label}: ")).unwrap_or_default();
    format!("{label}{}{per}{}", in_lang(lang, ja, en), more(part, lang))
}

/// What a part says beside its figure: whole, change, comparison, start, span, time.
fn more(part: &Part, lang: Lang) -> String {
    let mut said = Vec::new();
    said.extend(part.of.map(|of| in_lang(lang, format!("全体 {of}"), format!("of {of}"))));
    said.extend(part.change.map(|change| {
        let (ja, en) = match change {
            Change::Increase => ("増", "increase"),
            Change::Decrease => ("減", "decrease"),
        };
        in_lang(lang, ja, en).to_owned()
    }));
    said.extend(part.reference.as_ref().map(|reference| {
        let words = match reference {
            Reference::Time(words, _) | Reference::Words(words) => words,
        };
        in_lang(lang, format!("比較の対象 {words}"), format!("against {words}"))
    }));
    said.extend(part.from.as_ref().map(|from| {
        let (n, unit) = (from.quantity, from.unit.as_deref().unwrap_or_default());
        in_lang(lang, format!("{n}{unit}から"), format!("from {n}{unit}"))
    }));
    said.extend(part.over.as_ref().map(|over| in_lang(lang, format!("期間 {over}"), format!("over {over}"))));
    said.extend(part.time.as_ref().map(|(_, period)| time_name(*period, lang)));
    if said.is_empty() { String::new() } else { format!(" [{}]", said.join(in_lang(lang, "、", ", "))) }
}

fn time(stated: &TimeText, lang: Lang) -> String {
    match stated.time {
        Some(period) => time_name(period, lang),
        None => in_lang(
            lang,
            format!("時期を読み取れない: {}", stated.text),
            format!("time not understood: {}", stated.text),
        ),
    }
}

/// A period in words.
pub fn time_name(period: Period, lang: Lang) -> String {
    let single = |time: Time| match (time, lang) {
        (Time::FiscalYear(year), Lang::Ja) => format!("{}年度", year.0),
        (Time::Year(year), Lang::Ja) => format!("{year}年"),
        (Time::BareYear(year), Lang::Ja) => format!("{year}年か{year}年度"),
        (Time::Month { year, month }, Lang::Ja) => format!("{year}年{month}月"),
        (Time::Date(date), Lang::Ja) => format!("{}年{}月{}日", date.year, date.month, date.day),
        (Time::FiscalYear(year), Lang::En) => format!("fiscal year {}", year.0),
        (Time::Year(year), Lang::En) => format!("year {year}"),
        (Time::BareYear(year), Lang::En) => format!("year or fiscal year {year}"),
        (time, Lang::En) => time.to_string(),
    };
    match period {
        Period::At(time) => single(time),
        Period::By(time) => in_lang(lang, format!("{}まで", single(time)), format!("by {}", single(time))),
        Period::From(time) => {
            in_lang(lang, format!("{}から", single(time)), format!("from {}", single(time)))
        }
        Period::Span(from, to) => in_lang(
            lang,
            format!("{}から{}", single(from), single(to)),
            format!("{} to {}", single(from), single(to)),
        ),
    }
}
