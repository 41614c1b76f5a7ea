//! The mixtures of a run: each is a geometry, a list and twists, and takes what the run has seen least.

use super::dice::Dice;
use super::geometry::Geometry;
use super::list::Which;
use super::twist::{Family, Twist, Twists};
use std::collections::BTreeMap;

/// What a mixture is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Geometry(Geometry),
    List(Which),
    Twist(Twist),
}

/// A form that is to be made.
#[derive(Debug, Clone)]
pub(crate) struct Mixture {
    pub(crate) geometry: Geometry,
    pub(crate) list: Which,
    pub(crate) twists: Twists,
}

impl Mixture {
    /// Everything that the mixture is made of.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let twists = self.twists.iter().map(|&twist| Kind::Twist(twist));
        [Kind::Geometry(self.geometry), Kind::List(self.list)].into_iter().chain(twists).collect()
    }
}

/// Twists that are about the cells, the words or the file, and so go with every geometry and every list.
const EVERYWHERE: [Twist; 28] = [
    Twist::HeaderSynonyms,
    Twist::HeaderSpread,
    Twist::HeaderBreaks,
    Twist::HeaderRemarks,
    Twist::ChoicePlain,
    Twist::InlineStrings,
    Twist::Delimited,
    Twist::Offset,
    Twist::TitleRows,
    Twist::FullDigits,
    Twist::EdgeSpaces,
    Twist::HalfKana,
    Twist::NarrowBreaks,
    Twist::LineEnds,
    Twist::Punctuation,
    Twist::Invisible,
    Twist::Dashes,
    Twist::RichText,
    Twist::Furigana,
    Twist::MemoSheet,
    Twist::ManyFiles,
    Twist::YearNewline,
    Twist::Furniture,
    Twist::Grid,
    Twist::Outline,
    Twist::Fills,
    Twist::BoldLabels,
    Twist::FontSizes,
];

/// Twists of the sample's cells that go with every geometry.
const OF_THE_SAMPLE: [Twist; 13] = [
    Twist::HeaderNumbers,
    Twist::YearBare,
    Twist::YearColumn,
    Twist::YearNeighbour,
    Twist::NewSplit,
    Twist::NewYearInside,
    Twist::NewBroken,
    Twist::ChoiceWide,
    Twist::ChoiceCircled,
    Twist::NumberCells,
    Twist::EraDates,
    Twist::ZeroDash,
    Twist::ExtraColumns,
];

/// Whether a twist can be done to a form.
pub(crate) fn fits(twist: Twist, geometry: Geometry, list: Which) -> bool {
    let values = !matches!(list, Which::Matsudo | Which::Oyabe);
    match twist {
        _ if geometry == Geometry::Rows => twist.is_of_the_table(),
        Twist::Widths | Twist::StrikeOld | Twist::Formulas | Twist::UnitFormats => true,
        Twist::OtherTables => list != Which::Evaluation,
        Twist::ChoicePlain | Twist::ChoiceSigns => list.chooses(),
        Twist::OptionCells => {
            list.chooses() && !matches!(geometry, Geometry::TwoLines | Geometry::Transposed)
        }
        Twist::ValuePieces => values,
        Twist::GroupsAbove | Twist::SpreadOverSheets => !geometry.is_single(),
        Twist::GroupMerged => matches!(geometry, Geometry::Transposed | Geometry::Table),
        Twist::WideCells => geometry.is_card(),
        Twist::Sections => geometry.is_card() && list.revises(),
        Twist::SameWords => (geometry.is_card() || geometry == Geometry::LeftRight) && list.revises(),
        Twist::HeaderOtherWords => list == Which::Meguro,
        Twist::NoGaps => matches!(geometry, Geometry::Stack | Geometry::SideBySide),
        Twist::YearColumn | Twist::YearNeighbour if geometry == Geometry::Tiers => false,
        Twist::NewSplit | Twist::NewBroken if geometry.needs_apart() => false,
        _ => EVERYWHERE.contains(&twist) || list == Which::Meguro && OF_THE_SAMPLE.contains(&twist),
    }
}

/// What it counts that two kinds were never together; it is the less the more often they were.
const RARE: usize = 100_000_000;

/// How often each pair of kinds was together; a kind with itself is how often it was there.
pub(crate) type Counts = BTreeMap<(Kind, Kind), usize>;

/// The mixtures of a run of so many.
pub(crate) fn plan(seed: u64, count: usize) -> Vec<Mixture> {
    let mut dice = Dice::new(seed);
    let mut counts = Counts::new();
    (0..count).map(|_| next(&mut counts, &mut dice)).collect()
}

/// A mixture of what was seen least.
fn next(seen: &mut Counts, dice: &mut Dice) -> Mixture {
    // The sample's own list in two of three; its own form in 69 of 100 of these, as it has the most
    // twists, and each of them is to occur.
    let often = |kind: Kind, seen: &Counts| times(seen, kind, kind);
    let of_the_sample = often(Kind::List(Which::Meguro), seen);
    let all: usize = Which::ALL.iter().map(|&list| often(Kind::List(list), seen)).sum();
    let list = if 3 * of_the_sample <= 2 * all {
        Which::Meguro
    } else {
        rarest(&Which::ALL[1..], Kind::List, seen, dice)
    };
    let geometry =
        if list == Which::Meguro && 100 * often(Kind::Geometry(Geometry::Rows), seen) <= 69 * of_the_sample {
            Geometry::Rows
        } else {
            let suits = |it: &Geometry| it.suits(list) && *it != Geometry::Rows;
            let mut fit: Vec<Geometry> = Geometry::ALL.into_iter().filter(suits).collect();
            let with = |it: Geometry| times(seen, Kind::Geometry(it), Kind::List(list));
            let least = fit.iter().map(|&it| with(it)).min().expect("a list has geometries");
            if least < 5 || list == Which::Meguro {
                fit.retain(|&it| with(it) == least);
            }
            rarest(&fit, Kind::Geometry, seen, dice)
        };
    let mut mixture = Mixture { geometry, list, twists: Twists::new() };
    let fit: Vec<Twist> = Twist::ALL.into_iter().filter(|&twist| fits(twist, geometry, list)).collect();
    let is_small = dice.once_in(100);
    let wanted = if is_small { dice.below(4) } else { 6 + dice.below(24) };
    if !is_small {
        // Of a family there is one alone: its members come first, or the large families' would be rare.
        let mut families = Family::ALONE;
        dice.shuffle(&mut families);
        for family in families {
            if dice.below(200) > 0 {
                let members = fit.iter().copied().filter(|twist| twist.family() == family);
                add(&mut mixture, members.collect(), seen, dice);
            }
        }
    }
    while mixture.twists.len() < wanted && add(&mut mixture, fit.clone(), seen, dice) {}
    count(seen, &mixture);
    mixture
}

/// Adds the twist that was least often together with what the mixture has; false if none can be added.
fn add(mixture: &mut Mixture, mut twists: Vec<Twist>, seen: &Counts, dice: &mut Dice) -> bool {
    twists.retain(|twist| {
        !mixture.twists.contains(twist) && !mixture.twists.iter().any(|&other| twist.clashes(other))
    });
    dice.shuffle(&mut twists);
    twists.truncate(60);
    let kinds = mixture.kinds();
    let lacks = |&twist: &Twist| -> usize {
        let rare = |&kind: &Kind| RARE / (1 + times(seen, kind, Kind::Twist(twist))).pow(5);
        kinds.iter().map(rare).sum()
    };
    let next = twists.into_iter().max_by_key(lacks);
    next.is_some_and(|twist| mixture.twists.insert(twist))
}

/// What was seen least.
fn rarest<T: Copy>(of: &[T], kind: impl Fn(T) -> Kind, seen: &Counts, dice: &mut Dice) -> T {
    let often = |it: T| times(seen, kind(it), kind(it));
    let least = of.iter().map(|&it| often(it)).min().expect("there is something to choose");
    dice.pick(&of.iter().copied().filter(|&it| often(it) == least).collect::<Vec<_>>())
}

/// How often two kinds were together.
pub(crate) fn times(seen: &Counts, one: Kind, other: Kind) -> usize {
    seen.get(&(one.min(other), one.max(other))).copied().unwrap_or(0)
}

/// Counts the pairs of a mixture.
pub(crate) fn count(seen: &mut Counts, mixture: &Mixture) {
    let kinds = mixture.kinds();
    for (i, &one) in kinds.iter().enumerate() {
        for &other in &kinds[i..] {
            *seen.entry((one.min(other), one.max(other))).or_default() += 1;
        }
    }
}
