//! Which record of the old edition is which of the new one.
//!
//! * **M1** What a person settled in `links.toml` holds before anything else.
//! * **M2** An id that the new edition states, and one record of the old one has, is a pair.
//! * **M3** Records of the same groups and name are a pair if no other record of either edition is called so; of several,
//!   those first that say all the same.
//! * **M4** All others are assigned as their likeness is best in sum. A pair is accepted if its likeness reaches
//!   [`ACCEPTED`] and is [`MARGIN`] above that of any other pair of either record, and their names are alike.
//! * **M5** A pair that is likely and not accepted is a question: it is asked, and nothing is guessed.

use super::candidates::candidates;
use super::edition::Edition;
use super::likeness::{Likeness, Traits};
use super::links::{Link, Links};
use crate::assignment::assign;
use crate::model::RecordId;
use std::collections::BTreeMap;

/// The likeness from which a pair is accepted.
pub(super) const ACCEPTED: u32 = 720;
/// How far the likeness of an accepted pair is above that of any other.
pub(super) const MARGIN: u32 = 80;
/// The least likeness of the names of an accepted pair.
const NAMES: u32 = 450;
/// The likeness from which a pair is worth a question.
const ASKED: u32 = 380;

/// By what a pair was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Its id.
    Id,
    /// A person.
    Link,
    /// The same groups and name.
    Name,
    /// Likeness.
    Likeness,
}

impl By {
    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Link => "link",
            Self::Name => "name",
            Self::Likeness => "likeness",
        }
    }
}

/// A pair of records, by their numbers in their editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) by: By,
    /// Its likeness, in thousandths.
    pub(super) score: u32,
    /// That of the best other pair of either record.
    pub(super) second: u32,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    pub(super) pairs: Vec<Pair>,
    /// Likely pairs that a person is to settle.
    pub(super) asked: Vec<Pair>,
    /// Old and new records that a person put together, one of which is several.
    pub(super) regrouped: Vec<(Vec<usize>, Vec<usize>)>,
    /// The links that do not fit.
    pub(super) unfit: Vec<Link>,
}

/// Records that have no pair yet.
struct Open {
    old: Vec<bool>,
    new: Vec<bool>,
}

impl Open {
    fn close(&mut self, old: &[usize], new: &[usize]) {
        for &old in old {
            self.old[old] = false;
        }
        for &new in new {
            self.new[new] = false;
        }
    }

    fn left(open: &[bool]) -> Vec<usize> {
        (0..open.len()).filter(|&at| open[at]).collect()
    }
}

/// Finds the pairs of two editions.
pub(super) fn pair(old: &Edition<'_>, new: &Edition<'_>, links: &Links) -> Pairing {
    let (before, after) = (Traits::all(old), Traits::all(new));
    let mut open = Open { old: vec![true; before.len()], new: vec![true; after.len()] };
    let mut pairing = Pairing::default();
    let score = |old: usize, new: usize| before[old].likeness(&after[new]).score;
    let settled = links.within(old, new);
    pairing.unfit = settled.unfit;
    for (olds, news) in settled.joined {
        if let ([old], [new]) = (&olds[..], &news[..]) {
            pairing.pairs.push(Pair {
                old: *old,
                new: *new,
                by: By::Link,
                score: score(*old, *new),
                second: 0,
            });
        } else {
            pairing.regrouped.push((olds.clone(), news.clone()));
        }
        open.close(&olds, &news);
    }
    for (old, new) in by_id(old, new, &open) {
        pairing.pairs.push(Pair { old, new, by: By::Id, score: score(old, new), second: 0 });
        open.close(&[old], &[new]);
    }
    // A person said that these have no other side.
    open.close(&settled.alone_old, &settled.alone_new);
    for (old, new) in by_name(&before, &after, &open) {
        pairing.pairs.push(Pair { old, new, by: By::Name, score: score(old, new), second: 0 });
        open.close(&[old], &[new]);
    }
    by_likeness((&before, &after), &open, &mut pairing);
    pairing.pairs.sort_unstable_by_key(|pair| (pair.new, pair.old));
    pairing.asked.sort_unstable_by_key(|pair| (pair.new, pair.old));
    pairing
}

/// M2.
fn by_id(old: &Edition<'_>, new: &Edition<'_>, open: &Open) -> Vec<(usize, usize)> {
    let rows = old.list.rows.iter().enumerate().filter(|(at, _)| open.old[*at]);
    let mut known: BTreeMap<RecordId, Vec<usize>> = BTreeMap::new();
    for (at, id) in rows.filter_map(|(at, row)| Some((at, row.id?))) {
        known.entry(id).or_default().push(at);
    }
    let rows = new.list.rows.iter().enumerate().filter(|(at, row)| open.new[*at] && row.states_id);
    rows.filter_map(|(at, row)| match known.get(&row.id?)?.as_slice() {
        [old] => Some((*old, at)),
        _ => None,
    })
    .collect()
}

/// M3.
fn by_name(before: &[Traits], after: &[Traits], open: &Open) -> Vec<(usize, usize)> {
    fn called<'t>(traits: &'t [Traits], open: &[bool]) -> BTreeMap<(Vec<&'t str>, &'t str), Vec<usize>> {
        let mut called: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, traits) in traits.iter().enumerate().filter(|(at, _)| open[*at]) {
            called.entry(traits.path()).or_default().push(at);
        }
        called
    }
    let (old, new) = (called(before, &open.old), called(after, &open.new));
    let mut pairs = Vec::new();
    for (path, mut olds) in old {
        let Some(news) = new.get(&path) else { continue };
        let mut left = Vec::new();
        for &new in news {
            let same = olds.iter().position(|&old| before[old].likeness(&after[new]).score == 1000);
            match same.filter(|_| olds.len() > 1 || news.len() > 1) {
                Some(at) => pairs.push((olds.remove(at), new)),
                None => left.push(new),
            }
        }
        if let ([old], [new]) = (&olds[..], &left[..]) {
            pairs.push((*old, *new));
        }
    }
    pairs
}

/// M4 and M5. Of both orders of the editions one is taken, so that the other gives the same with its sides swapped.
fn by_likeness((before, after): (&[Traits], &[Traits]), open: &Open, pairing: &mut Pairing) {
    let (olds, news) = (Open::left(&open.old), Open::left(&open.new));
    let old: Vec<&Traits> = olds.iter().map(|&at| &before[at]).collect();
    let new: Vec<&Traits> = news.iter().map(|&at| &after[at]).collect();
    let is_swapped = new.iter().map(|it| it.order()).lt(old.iter().map(|it| it.order()));
    let ((olds, old), (news, new)) =
        if is_swapped { ((news, new), (olds, old)) } else { ((olds, old), (news, new)) };
    let found = candidates(&old, &new, ASKED);
    let worth = |(new, likeness): &(usize, Likeness)| (*new, i64::from(likeness.score - ASKED + 1));
    let worths: Vec<Vec<(usize, i64)>> = found.iter().map(|of| of.iter().map(worth).collect()).collect();
    // Of each new record, its candidates.
    let mut of_new: Vec<Vec<(usize, u32)>> = vec![Vec::new(); new.len()];
    for (old, found) in found.iter().enumerate() {
        for (new, likeness) in found {
            of_new[*new].push((old, likeness.score));
        }
    }
    for (old, new) in assign(&worths, new.len()).into_iter().enumerate() {
        let Some(new) = new else { continue };
        let Some((_, likeness)) = found[old].iter().find(|(at, _)| *at == new) else { continue };
        let others = found[old].iter().filter(|(at, _)| *at != new).map(|(_, other)| other.score);
        let rivals = of_new[new].iter().filter(|(at, _)| *at != old).map(|(_, score)| *score);
        let second = others.chain(rivals).max().unwrap_or(0);
        let (one, other) = (olds[old], news[new]);
        let (old, new) = if is_swapped { (other, one) } else { (one, other) };
        let pair = Pair { old, new, by: By::Likeness, score: likeness.score, second };
        let is_accepted =
            likeness.score >= ACCEPTED && likeness.name >= NAMES && likeness.score >= second + MARGIN;
        if is_accepted { &mut pairing.pairs } else { &mut pairing.asked }.push(pair);
    }
}
