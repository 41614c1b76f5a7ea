//! Line breaking (kinsoku): a paragraph and a width in, lines out.
//!
//! The base is UAX #14 with the strict Japanese resolution of class CJ, as `icu_segmenter` implements it
//! (it follows JIS X 4051 for what may begin and end a line). Public documents expect more, so every gap
//! between two grapheme clusters gets a rank, and of all ways to break a paragraph the one is taken that costs least
//! ([`super::ends`]):
//!
//! * **W1** `～` (U+FF5E, what Windows types) is analysed as `〜` (U+301C), which may not begin a line.
//! * **W2** `／` and units such as `㎡ ％ ℃` do not begin a line.
//! * **W3** `△ ▲ － № ￥` do not end a line, nor do `約` and `第` before a number.
//! * **W4** Numbers are not broken: not between digits of either width, at separators or after a sign.
//! * **W5** A number and its counter or unit stay together (`36か所`, `R2年度`, `812.4g／人・日`), even at the cost of a
//!   line.
//! * **W6** White space, U+3000 included, hangs over the line's end.
//! * **W7** A run that is wider than the line gives up W5 and W12 to W14 first, then W1 to W4 and strictness, then
//!   breaks between grapheme clusters, after a hyphen last; a variation sequence is never split.
//! * **W8** Every line takes at least one cluster, so breaking ends on every input.
//! * **W9** The lines after the first stand in from the edge where the [`Setting`] says so.
//! * **W10** One `、` or `。` hangs over the line's end where the setting leaves room for its ink, which is in the
//!   left half of its square.
//! * **W11** A text in round brackets is not broken where the paragraph needs no line more: a short one never
//!   (`（続き）`), another one where the line before it stays half full, in sentences nearly full.
//! * **W12** Dates and amounts stay together: `令和8年度`, `5月31日`, `4億3,000万円`, `8～10人`; where they cannot, they
//!   part at `年`, `月`, `億`, `万`, `～`.
//! * **W13** No line ends at the hyphen of a word or an address (`Wi-Fi`): who copies or searches it would lose it.
//!   An address that is wider than the line ends lines behind its slashes, else before its points.
//! * **W14** The number of a heading stays with its text, and a short word with its number (`1.維持`).
//! * **W15** The last line has not one sign alone, nor two in a long line, where the paragraph needs no line more.
//! * **W16** Names and headings, which have no full stop, break where the spelling shows that words end, and at
//!   spaces, where they need no line more: `農林水産業の|成長産業化`.
//!
//! W17 ([`super::condense`]) sets the letters of a cell narrower, where a template allows it.

use super::condense::WHOLE;
use super::ends;
use super::gaps::{Cluster, Rank, rank};
use super::{Line, Metrics};
use crate::model::Length;
use icu_segmenter::GraphemeClusterSegmenter;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Width of a line.
    pub width: Length,
    /// Size of the text.
    pub size: Length,
    /// How far the lines after the first stand in (W9).
    pub indent: Length,
    /// Room beyond the line's end for the ink of a hanging sign (W10); 0 if nothing hangs.
    pub overhang: Length,
    /// Width of the letters, in per cent of the font's ([`super::condense`]).
    pub scale: i32,
}

impl Setting {
    /// Lines of one width, nothing hangs.
    pub fn plain(width: Length, size: Length) -> Self {
        Self { width, size, indent: 0, overhang: 0, scale: WHOLE }
    }

    /// A length in thousandths of the width of a square.
    fn relative(self, length: Length) -> i64 {
        i64::from(length) * 100_000 / (i64::from(self.size.max(1)) * i64::from(self.scale.max(1)))
    }

    /// The room of the first line, and that of each further one.
    pub(super) fn rooms(self) -> [Room; 2] {
        [self.room(true), self.room(false)]
    }

    /// The width of a line: the first one or a further one.
    fn room(self, is_first: bool) -> Room {
        let indent = if is_first { 0 } else { self.indent };
        Room {
            width: self.relative(self.width.saturating_sub(indent)),
            overhang: self.relative(self.overhang),
        }
    }
}

/// Room for a line, in thousandths of the text size.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) width: i64,
    overhang: i64,
}

impl Cluster<'_> {
    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// W10: whether the cluster, at whose end `used` is taken, hangs over the line's end.
    pub(super) fn hangs(&self, used: i64, room: Room) -> bool {
        let begin = used - self.advance;
        room.overhang > 0
            && is_hangable(self.text)
            && begin <= room.width
            && begin + self.advance / 2 <= room.width + room.overhang
    }
}

/// W10: signs whose ink is in the left half of their square.
pub fn is_hangable(cluster: &str) -> bool {
    matches!(cluster, "、" | "。" | "，" | "．")
}

/// A paragraph cut into clusters, to be broken at one width or at many.
pub(super) struct Paragraph<'a> {
    text: &'a str,
    clusters: Vec<Cluster<'a>>,
}

impl<'a> Paragraph<'a> {
    pub(super) fn of(text: &'a str, metrics: &dyn Metrics) -> Self {
        let mut clusters = measured(text, metrics);
        rank(text, &mut clusters, |_| true);
        Self { text, clusters }
    }

    /// The same, to be broken with this setting alone: only gaps that it may have to ask for are ranked.
    fn for_one(text: &'a str, setting: Setting, metrics: &dyn Metrics) -> Self {
        let mut clusters = measured(text, metrics);
        if advance(&clusters) > setting.room(true).width {
            let narrowest = setting.room(false).width;
            let is_wide = |run: &[Cluster<'_>]| advance(run) > narrowest;
            rank(text, &mut clusters, |clusters| {
                clusters.split_inclusive(|cluster| cluster.gap >= Rank::Word).any(is_wide)
            });
        }
        Self { text, clusters }
    }

    pub(super) fn clusters(&self) -> &[Cluster<'a>] {
        &self.clusters
    }

    /// Number of lines, and what their ends cost ([`ends::count`]).
    pub(super) fn count(&self, setting: Setting) -> (usize, u64) {
        ends::count(&self.clusters, setting.rooms())
    }

    /// The width that breaks no run of clusters which belong together.
    pub(super) fn widest_run(&self, size: Length) -> Length {
        let runs = self.clusters.split_inclusive(|cluster| cluster.gap >= Rank::Phrase);
        runs.map(|run| shown_width(run, Setting::plain(Length::MAX, size), true)).max().unwrap_or(0)
    }

    fn lines(&self, setting: Setting) -> Vec<Line> {
        let mut lines = Vec::new();
        let (mut start, mut rest) = (0, self.text);
        for end in ends::ends(&self.clusters, setting.rooms()) {
            let is_first = lines.is_empty();
            let clusters = &self.clusters[start..end];
            let (text, after) = rest.split_at(clusters.iter().map(|cluster| cluster.text.len()).sum());
            lines.push(Line {
                text: text.into(),
                indent: if is_first { 0 } else { setting.indent },
                width: shown_width(clusters, setting, is_first),
                ends_paragraph: end == self.clusters.len(),
                scale: setting.scale,
            });
            (start, rest) = (end, after);
        }
        lines
    }
}

/// Breaks one paragraph into lines.
///
/// The lines' texts joined are the paragraph; an empty paragraph is one empty line. A line is wider than
/// the setting says only if it is a single cluster.
pub fn break_lines(paragraph: &str, setting: Setting, metrics: &dyn Metrics) -> Vec<Line> {
    Paragraph::for_one(paragraph, setting, metrics).lines(setting)
}

/// The width of a text set on one line.
pub fn text_width(text: &str, size: Length, metrics: &dyn Metrics) -> Length {
    let advance =
        cluster_bounds(text).windows(2).map(|w| i64::from(metrics.advance(&text[w[0]..w[1]]))).sum();
    scaled(advance, size)
}

pub(super) fn scaled(thousandths: i64, size: Length) -> Length {
    Length::try_from(thousandths * i64::from(size) / 1000).unwrap_or(Length::MAX)
}

/// The width of what shows of a line.
fn shown_width(clusters: &[Cluster<'_>], setting: Setting, is_first: bool) -> Length {
    let shown = clusters.iter().rposition(|c| !c.is_space()).map_or(0, |last| last + 1); // W6
    let used = advance(&clusters[..shown]);
    let room = setting.room(is_first);
    let hangs = clusters[..shown].last().is_some_and(|last| last.hangs(used, room));
    let used = if hangs { used.min(room.width) } else { used };
    scaled(used * i64::from(setting.scale) / i64::from(WHOLE), setting.size)
}

/// Byte offsets of the grapheme cluster boundaries, both ends included.
pub(super) fn cluster_bounds(text: &str) -> Vec<usize> {
    GraphemeClusterSegmenter::new().segment_str(text).collect()
}

/// The grapheme clusters of a text, their gaps not yet ranked.
fn measured<'a>(text: &'a str, metrics: &dyn Metrics) -> Vec<Cluster<'a>> {
    let mut start = 0;
    let cluster = |end| {
        let text = &text[std::mem::replace(&mut start, end)..end];
        Cluster { text, advance: i64::from(metrics.advance(text)), gap: Rank::Cluster }
    };
    GraphemeClusterSegmenter::new().segment_str(text).skip(1).map(cluster).collect()
}

pub(super) fn advance(clusters: &[Cluster<'_>]) -> i64 {
    clusters.iter().map(|cluster| cluster.advance).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::{Square, japanese};
    use proptest::prelude::*;

    /// Lines of a text in a column that is `columns` full-width characters wide.
    fn broken(text: &str, columns: i32) -> String {
        let lines = break_lines(text, Setting::plain(columns * 10, 10), &Square);
        lines.iter().map(|l| &*l.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn breaks_as_a_typesetter_does() {
        let mut wrong = Vec::new();
        for (text, columns, lines) in [
            ("", 4, ""),
            ("一二三四五", 3, "一二三|四五"),
            ("東京都、千葉", 3, "東京|都、|千葉"), // 、 begins no line
            ("あ「いうえ", 2, "あ|「い|うえ"),     // 「 ends no line
            ("センター数", 3, "セン|ター数"),      // ー begins no line
            ("午前～午後", 2, "午|前～|午後"),     // W1
            ("四人／年度", 2, "四|人／|年度"),     // W2
            ("面積㎡単位", 2, "面|積㎡|単位"),     // W2
            ("増減△一二", 3, "増減|△一二"),        // W3
            ("全体約５割", 3, "全体|約５割"),      // W3
            ("約束約束", 1, "約|束|約|束"),        // 約 binds only numbers
            ("計２７３人", 3, "計|２７３|人"),     // W4 before W5
            ("区域３，４件", 3, "区域|３，４|件"), // W4, W5 given up
            ("施設36か所整備", 4, "施設|36か所|整備"), // W5
            ("令和R2年度分", 4, "令和|R2年度分"),  // W5
            ("一二三　四", 3, "一二三　|四"),      // W6
            ("葛\u{E0100}葛\u{E0100}", 1, "葛\u{E0100}|葛\u{E0100}"), // W7
            ("ABCDEFGH", 2, "ABCD|EFGH"),          // W7
            ("一二", 0, "一|二"),                  // W8
        ] {
            wrong.extend((broken(text, columns) != lines).then(|| (text, columns, broken(text, columns))));
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn hanging_space_has_no_width() {
        let lines = break_lines("一二三　四", Setting::plain(30, 10), &Square);
        assert_eq!((lines[0].width, lines[1].width), (30, 10));
    }

    #[test]
    fn further_lines_stand_in() {
        let setting = Setting { indent: 20, ..Setting::plain(50, 10) };
        let lines = break_lines("１　安心して暮らす", setting, &Square);
        let shown: Vec<_> = lines.iter().map(|l| (l.indent, &*l.text)).collect();
        assert_eq!(shown, [(0, "１　安心"), (20, "して"), (20, "暮らす")]);
    }

    #[test]
    fn one_sign_hangs() {
        let check = |text: &str, overhang, expected: &str| {
            let setting = Setting { overhang, ..Setting::plain(30, 10) };
            let lines = break_lines(text, setting, &Square);
            let shown: Vec<_> = lines.iter().map(|l| &*l.text).collect();
            assert_eq!(shown.join("|"), expected, "{text} {overhang}");
            assert!(lines.iter().all(|line| line.width <= 30));
        };
        check("一二三、四五", 0, "一二|三、|四五");
        check("一二三、四五", 4, "一二|三、|四五"); // no room for its ink
        check("一二三、四五", 5, "一二三、|四五");
        check("A一二。四", 1, "A一二。|四"); // half of it is inside
        check("一二三。」四", 5, "一二|三。」|四"); // the bracket does not hang
        check("一二三。。四", 5, "一二|三。。|四");
        check("一二三、　四", 5, "一二三、　|四");
        check("一二三ー四", 5, "一二|三ー四");
    }

    #[test]
    fn words_stay_together() {
        let mut wrong = Vec::new();
        for (columns, lines) in [
            (5, "812.4g／|人・日"),                                     // W5
            (7, "780g／人・日|以下"),                                   // W5
            (5, "41.0％|（見込）"),                                     // W11
            (5, "安心して|働ける|（続き）"),                            // W11
            (6, "計画は|令和8年度に|改める。"),                         // W12
            (7, "木造住宅（1981|年5月31日|以前）の棟数。"),             // W12
            (5, "交付金4億|3,000万円"),                                 // W12
            (7, "交付金|4億3,000万円"),                                 // W12
            (6, "期間は|令和元年度|まで。"),                            // W12
            (6, "定員は|8～10人と|する。"),                             // W12
            (5, "全施設の|Wi-Fi環境"),                                  // W13
            (9, "照会先はkikaku-ka|@city.lg.jpです。"),                 // W13
            (12, "詳細はhttps://a.lg.jp/|kikaku-ka/kpi.htmlを|参照。"), // W13
            (2, "1.|維持"),                                             // W14
            (3, "１　稼|ぐ地|域をつ|くる"),                             // W14
            (3, "一次|評価"),                                           // W15
            (10, "これは計算していま|せん。"),                          // W15
            (5, "②農林|水産業の|成長産業化"),                           // W16
            (16, "青空市総合戦略　|重要業績評価指標一覧"),              // W16
        ] {
            let text = lines.replace('|', "");
            wrong.extend((broken(&text, columns) != lines).then(|| (broken(&text, columns), lines)));
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn sentences_are_set_full() {
        // W11 leaves no hole in them: the brackets would fit on a line of their own.
        let text = "30社／国の交付金（デジタル田園都市国家構想交付金）の採択を待って再開するため。";
        assert_eq!(
            broken(text, 18),
            "30社／国の交付金（デジタル田園都市国|家構想交付金）の採択を待って再開する|ため。"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_overflows(text in japanese(0..60), columns in 0i32..12) {
            let lines = break_lines(&text, Setting::plain(columns * 10, 10), &Square);
            let joined: String = lines.iter().map(|l| &*l.text).collect();
            prop_assert_eq!(&joined, &text);
            for line in &lines {
                prop_assert!(line.width <= columns * 10 || cluster_bounds(line.text.trim_end()).len() <= 2, "{:?}", line);
            }
            prop_assert_eq!(lines.iter().filter(|l| l.ends_paragraph).count(), 1);
        }

        #[test]
        fn one_setting_needs_no_more_than_it_ranks(text in japanese(0..60), columns in 0i32..12, indent in 0i32..30) {
            let setting = Setting { indent, ..Setting::plain(columns * 10, 10) };
            prop_assert_eq!(break_lines(&text, setting, &Square), Paragraph::of(&text, &Square).lines(setting));
        }

        #[test]
        fn hanging_and_indent_stay_inside(text in japanese(0..60), columns in 6i32..12, indent in 0i32..30, overhang in 0i32..9) {
            let setting = Setting { indent, overhang, ..Setting::plain(columns * 10, 10) };
            let lines = break_lines(&text, setting, &Square);
            prop_assert_eq!(Paragraph::of(&text, &Square).count(setting).0, lines.len());
            for line in &lines {
                let shown = line.text.trim_end();
                let ink = text_width(shown, 10, &Square) - if shown.ends_with(['、', '。', '，']) { 5 } else { 0 };
                let single = cluster_bounds(shown).len() <= 2;
                prop_assert!(single || line.indent + line.width <= columns * 10, "{:?}", line);
                prop_assert!(single || line.indent + ink <= columns * 10 + overhang, "{:?}", line);
            }
        }
    }
}
