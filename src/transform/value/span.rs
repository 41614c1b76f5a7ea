//! Spans: which characters of a text say what; every character belongs to exactly one.

/// What a character says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpanKind {
    /// Digits, 万, 億, ゼロ.
    Figure,
    /// A counter or unit.
    Unit,
    /// 以上, 未満, ～.
    Bound,
    /// ▲, −, マイナス.
    Sign,
    /// What a rate is per: 毎年, 1人当たり.
    Base,
    /// 削減, 増加.
    Change,
    /// 2013年度比.
    Reference,
    /// What is measured, and remarks that change nothing.
    Label,
    /// When.
    Time,
    /// 約, 程度, 見込.
    Qualifier,
    /// Separators, spaces, brackets, arrows.
    Separator,
    /// Why there is no figure.
    Status,
    /// A note.
    Note,
    /// Words.
    Words,
}

/// A run of characters of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Index of the first character.
    pub start: usize,
    /// Index after the last character.
    pub end: usize,
    /// What they say.
    pub kind: SpanKind,
}

impl SpanKind {
    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Unit => "unit",
            Self::Bound => "bound",
            Self::Sign => "sign",
            Self::Base => "base",
            Self::Change => "change",
            Self::Reference => "reference",
            Self::Label => "label",
            Self::Time => "time",
            Self::Qualifier => "qualifier",
            Self::Separator => "separator",
            Self::Status => "status",
            Self::Note => "note",
            Self::Words => "words",
        }
    }

    /// Its name for people, in Japanese and English.
    pub fn label(self) -> (&'static str, &'static str) {
        let ja = match self {
            Self::Figure => "数",
            Self::Unit => "単位",
            Self::Bound => "限度",
            Self::Sign => "符号",
            Self::Base => "単位の分母",
            Self::Change => "増減",
            Self::Reference => "比較の対象",
            Self::Label => "名称",
            Self::Time => "時点",
            Self::Qualifier => "限定語",
            Self::Separator => "区切り",
            Self::Status => "状況",
            Self::Note => "注記",
            Self::Words => "文言",
        };
        (ja, self.id())
    }
}

/// The spans of characters of which each has its kind.
pub(super) fn spans(kinds: &[SpanKind]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, &kind) in kinds.iter().enumerate() {
        match spans.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.end = at + 1,
            None => spans.push(Span { start: at, end: at + 1, kind }),
        }
    }
    spans
}
