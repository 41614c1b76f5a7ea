//! What stands before a figure: times, bases, comparisons, signs, qualifiers and the label.

use super::doubt::Doubt;
use super::level::{Found, Level, Reader, When, over};
use super::lexicon::{BEFORE_FIGURES, BOUND_SIGNS, IN_BRACKETS, QUALIFIERS, RATES, RISKY_ENDS};
use super::span::SpanKind;
use super::text::is_kanji;
use super::tokens::{Kind, Token};
use crate::japanese::{is_dash, is_space};
use crate::model::{Bound, Over, Period, Reference};

/// Characters of the longest label; longer ones are prose.
const LONGEST_LABEL: usize = 48;

/// Signs at the edges of labels.
const EDGES: [char; 16] =
    [':', '：', '、', '，', ',', '・', '＝', '=', '。', '「', '」', '『', '』', '；', '／', '/'];

/// Qualifiers of sums.
pub(super) const SUMS: [&str; 5] = ["累計", "累積", "合計", "延べ", "通算"];

/// What stands before a figure.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    pub(super) label: Option<String>,
    pub(super) time: Option<When>,
    pub(super) per: Option<String>,
    pub(super) over: Option<Over>,
    pub(super) reference: Option<Reference>,
    pub(super) unit: Option<String>,
    /// The multiple that a unit in brackets brings with it.
    pub(super) scale: Option<rust_decimal::Decimal>,
    pub(super) bound: Option<Bound>,
    pub(super) negative: bool,
    /// Whether there is a sign.
    pub(super) signed: bool,
    pub(super) qualifiers: Vec<&'static str>,
    /// A name in brackets.
    pub(super) named: Option<String>,
    /// How long a sum runs.
    length: Option<String>,
}

/// The words before a figure that are neither time nor base nor comparison.
#[derive(Default)]
struct Pieces {
    all: Vec<(usize, usize)>,
    begun: Option<usize>,
}

/// Whether a figure that stands here is zero.
fn is_nought(chars: &[char]) -> bool {
    let figure: Vec<_> = chars.iter().take_while(|c| c.is_ascii_digit() || **c == '.').collect();
    figure.contains(&&'0') && figure.iter().all(|c| matches!(c, '0' | '.'))
}

impl Pieces {
    fn close(&mut self, to: usize) {
        if let Some(start) = self.begun.take() {
            self.all.push((start, to));
        }
    }
}

impl Reader<'_> {
    /// Reads from a position to the number. `takes_unit`: the number has no unit of its own.
    pub(super) fn head(
        &mut self,
        level: &Level,
        from: usize,
        number: usize,
        takes_unit: bool,
        found: &mut Found,
    ) -> Head {
        let mut head = Head::default();
        let mut pieces = Pieces::default();
        let mut at = from;
        while at < number {
            let Some(token) = level.token(at).cloned() else {
                pieces.begun.get_or_insert(at);
                at += 1;
                continue;
            };
            if matches!(token.kind, Kind::Arrow) {
                pieces.close(at);
                self.drop_before_arrow(&mut pieces, found);
            }
            if self.takes(level, &token, &mut head, pieces.begun.is_some(), takes_unit, number, found) {
                pieces.close(at);
                at = self.particle(token.end, number, &token.kind);
            } else {
                pieces.begun.get_or_insert(at);
                at = token.end;
            }
        }
        pieces.close(number);
        self.signs(level, &mut pieces.all, number, &mut head);
        let summed = head.length.is_some() || head.qualifiers.iter().any(|word| SUMS.contains(word));
        let span = head.time.filter(|when| matches!(when.stated.period, Period::Span(..)) && summed);
        if let Some(when) = span {
            head.over = over(None, Some((self.words(when), when.stated.period)));
            head.time = None;
        } else {
            head.over = over(head.length.take(), None);
        }
        self.label(level, &pieces.all, &mut head);
        head.label = head.label.take().or(head.named.take());
        if let Some(when) = head.time.filter(|when| when.stated.doubtful) {
            self.doubt(Doubt::year(when.from, when.stated.end).soft());
        }
        head
    }

    /// Whether a token before a figure is taken; what is not belongs to the label.
    #[expect(clippy::too_many_arguments, reason = "the state of one loop")]
    fn takes(
        &mut self,
        level: &Level,
        token: &Token,
        head: &mut Head,
        named: bool,
        takes_unit: bool,
        number: usize,
        found: &mut Found,
    ) -> bool {
        let (at, to) = (token.start, token.end);
        let kind = match &token.kind {
            Kind::Time(stated) => {
                if head.time.is_some_and(|known| known.stated.period != stated.period) {
                    self.doubt(Doubt::left_over(at, to));
                    return false;
                }
                let opens = at == level.from || self.source.plain[at - 1] == '\n';
                let frame = (opens && self.source.at(to, level.end) == Some('\n')).then_some((at, to));
                head.time.get_or_insert(When { stated: *stated, from: at, frame });
                SpanKind::Time
            }
            Kind::Reference(time) if head.reference.is_none() => {
                head.reference = Some(self.reference(token, *time));
                return true;
            }
            Kind::Base(base) if head.per.is_none() => {
                head.per = Some(base.clone());
                SpanKind::Base
            }
            Kind::Over(words) if head.length.is_none() => {
                head.length = Some(words.clone());
                SpanKind::Time
            }
            Kind::Note => {
                found.notes.push(self.source.written(at, to));
                SpanKind::Note
            }
            Kind::Bracket => return self.bracket_before(token, number, named, takes_unit, head, found),
            Kind::Arrow => SpanKind::Separator,
            Kind::Direction(_) => {
                self.doubt(Doubt::left_over(at, to));
                return false;
            }
            Kind::Space | Kind::Newline | Kind::Separator | Kind::Colon if !named => SpanKind::Separator,
            _ => return false,
        };
        self.mark(at, to, kind);
        true
    }

    /// Past the particles that tie a time, a base or a comparison to what follows.
    fn particle(&mut self, at: usize, number: usize, kind: &Kind) -> usize {
        if !matches!(kind, Kind::Time(_) | Kind::Reference(_) | Kind::Base(_) | Kind::Over(_)) {
            return at;
        }
        let words = ["における", "において", "に関する", "には", "では", "に", "は", "の", "で", "、"];
        let to = self.source.any(at, number, &words).unwrap_or(at);
        self.mark(at, to, SpanKind::Separator);
        to
    }

    /// Where a step begins with words or nothing (`―→50人`, `未実施→5件`), they are a note.
    fn drop_before_arrow(&mut self, pieces: &mut Pieces, found: &mut Found) {
        for (start, end) in pieces.all.drain(..) {
            let words = self.source.written(start, end);
            if words.chars().all(|c| is_dash(c) || is_space(c)) {
                self.mark(start, end, SpanKind::Separator);
            } else {
                self.mark(start, end, SpanKind::Note);
                found.notes.push(words);
            }
        }
    }

    /// Sign, bound, qualifiers and rate at the end of the words before a figure.
    fn signs(&mut self, level: &Level, pieces: &mut Vec<(usize, usize)>, number: usize, head: &mut Head) {
        let Some((start, end)) = pieces.last().copied().filter(|(_, end)| *end == number) else { return };
        let mut at = self.sign(level, start, end, head);
        loop {
            let here = self.source.trim_end(start, at);
            if let Some((to, qualifier)) = self.qualifier_before(start, here) {
                head.qualifiers.insert(0, qualifier);
                self.mark(here, at, SpanKind::Separator);
                self.mark(to, here, SpanKind::Qualifier);
                at = to;
            } else if let Some((to, base)) =
                self.rate_before(level, start, here).filter(|_| head.per.is_none())
            {
                head.per = Some(base.to_owned());
                self.mark(here, at, SpanKind::Separator);
                self.mark(to, here, SpanKind::Base);
                at = to;
            } else {
                break;
            }
        }
        pieces.pop();
        if at > start {
            pieces.push((start, at));
        }
    }

    /// The sign directly before a figure; gives where what stands before it ends.
    fn sign(&mut self, level: &Level, start: usize, end: usize, head: &mut Head) -> usize {
        let source = self.source;
        let here = source.trim_end(start, end);
        let Some(c) = source.before(here, start) else { return end };
        let before = source.trim_end(start, here - 1);
        let free = before == start
            || before < here - 1
            || source.before(before, start).is_some_and(|c| ":約「『、・".contains(c));
        let opens = source.before(start, level.from).is_none_or(|c| !c.is_ascii_digit());
        let mut to = here - 1;
        match c {
            '△' | '▲' => head.negative = true,
            '+' if free => {}
            '+' => self.doubt(Doubt::left_over(to, here)),
            '~' if free => head.bound = Some(Bound::AtMost),
            // No change, and no tolerance.
            '±' if is_nought(&source.plain[end..]) => {}
            '±' => {
                self.doubt(Doubt::left_over(to, here));
            }
            _ if is_dash(c) && c != 'ー' && free && opens => head.negative = true,
            _ if is_dash(c) && c != 'ー' => self.doubt(Doubt::left_over(to, here)),
            _ if BOUND_SIGNS.iter().any(|(sign, _)| *sign == c) => {
                head.bound = BOUND_SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, bound)| *bound);
            }
            '¥' | '\\' => head.unit = Some("円".to_owned()),
            _ => {
                let word = [("マイナス", true), ("プラス", false)]
                    .iter()
                    .find_map(|(word, negative)| Some((source.word_before(start, here, word)?, *negative)));
                let Some((at, negative)) = word else { return end };
                head.negative = negative;
                to = at;
            }
        }
        head.signed = head.bound.is_none() && head.unit.is_none();
        let kind = if head.bound.is_some() {
            SpanKind::Bound
        } else if head.unit.is_some() {
            SpanKind::Unit
        } else {
            SpanKind::Sign
        };
        self.mark(here, end, SpanKind::Separator);
        self.mark(to, here, kind);
        let next = source.trim_end(start, to);
        if source.before(next, start).is_some_and(|c| (is_dash(c) && c != 'ー') || "△▲+±~".contains(c))
        {
            self.doubt(Doubt::left_over(to, here));
        }
        to
    }

    fn qualifier_before(&self, start: usize, end: usize) -> Option<(usize, &'static str)> {
        let whole = QUALIFIERS.iter().chain(&IN_BRACKETS[..1]).find(|(word, _)| {
            self.source.word_before(start, end, word) == Some(start)
                || self.source.word_before(start, end, word).is_some_and(|at| {
                    self.source.before(at, start).is_some_and(|c| is_space(c) || "、・「".contains(c))
                })
        });
        let direct = BEFORE_FIGURES
            .iter()
            .filter_map(|(word, meaning)| Some((self.source.word_before(start, end, word)?, *meaning)))
            .min_by_key(|(at, _)| *at);
        whole
            .and_then(|(word, meaning)| Some((self.source.word_before(start, end, word)?, *meaning)))
            .or(direct)
    }

    fn rate_before(&self, level: &Level, start: usize, end: usize) -> Option<(usize, &'static str)> {
        let found =
            RATES.iter().filter_map(|(word, base)| Some((self.source.word_before(start, end, word)?, *base)));
        let (at, base) = found.min_by_key(|(at, _)| *at)?;
        let before = self.source.before(at, level.from);
        let dated = before.is_some_and(|c| c.is_ascii_digit() || "元翌今昨前当同周来満青少学半".contains(c));
        let single = end - at == 1 && before.is_some_and(is_kanji);
        let mid = single && !before.is_some_and(|c| "会座数".contains(c));
        (!dated && !mid).then_some((at, base))
    }

    /// The label, from the pieces that nothing else took.
    fn label(&mut self, level: &Level, pieces: &[(usize, usize)], head: &mut Head) {
        let source = self.source;
        let mut text = String::new();
        for &(start, end) in pieces {
            self.mark(start, end, SpanKind::Label);
            let piece: String = source.chars[start..end].iter().collect();
            text.push_str(&piece);
        }
        let text = text.strip_suffix('第').unwrap_or(&text).to_owned();
        let text = text.replace('\n', "");
        let mut label = text.trim_matches(|c: char| is_space(c) || EDGES.contains(&c));
        for joint in ["かつ、", "かつ", "及び", "および", "並びに", "ならびに", "また、", "うち、"]
        {
            label = label
                .strip_prefix(joint)
                .unwrap_or(label)
                .trim_matches(|c: char| is_space(c) || EDGES.contains(&c));
        }
        let follows = pieces.first().is_some_and(|(start, _)| {
            *start > level.from && source.before(*start, level.from).is_some_and(|c| !is_space(c))
        });
        if follows {
            label = ["と", "や", "で"].iter().find_map(|joint| label.strip_prefix(joint)).unwrap_or(label);
        }
        if label.is_empty()
            || ["は", "が", "を", "の", "で", "と", "に", "計", "全"].contains(&label) && label != "計"
        {
            return;
        }
        let whole: Vec<char> = label.chars().map(crate::japanese::half_width).collect();
        let whole: String = whole.into_iter().collect();
        let named = whole.trim_end_matches(['が', 'は', 'を', 'の', 'に', 'で', 'も']);
        let risky = RISKY_ENDS
            .iter()
            .any(|end| whole.ends_with(end) || (end.chars().count() > 1 && named.ends_with(end)));
        let aged = ["歳以上", "歳未満", "歳以下", "増減"].iter().any(|end| whole.ends_with(end));
        let risky = risky && !aged;
        let range = (pieces.first().map_or(0, |p| p.0), pieces.last().map_or(0, |p| p.1));
        if risky || whole == "数" || whole.contains('。') || whole.chars().count() > LONGEST_LABEL {
            self.doubt(Doubt::left_over(range.0, range.1));
        }
        head.label = Some(label.to_owned());
    }
}
