//! Shards: shares of the documents, and how documents are divided among them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroUsize;
use std::str::FromStr;

/// One of several shares of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    index: NonZeroUsize,
    count: NonZeroUsize,
}

impl Shard {
    /// The share with this number, counted from 1, of so many; none if there is no such share.
    pub fn new(index: usize, count: usize) -> Option<Self> {
        let (index, count) = (NonZeroUsize::new(index)?, NonZeroUsize::new(count)?);
        (index <= count).then_some(Self { index, count })
    }

    /// All shares of so many.
    pub fn all(count: NonZeroUsize) -> impl Iterator<Item = Self> {
        (1..=count.get()).filter_map(move |index| Self::new(index, count.get()))
    }

    /// Its number, counted from 1.
    pub fn index(self) -> NonZeroUsize {
        self.index
    }

    /// The number of shares.
    pub fn count(self) -> NonZeroUsize {
        self.count
    }

    /// The name of one of its files, among those that shards leave behind.
    pub(super) fn file(self, extension: &str) -> String {
        format!("{}-of-{}.{extension}", self.index, self.count)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

/// As in `2/3`. The error is for people, in both languages: it may come before the language is known.
impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.split_once('/').and_then(|(index, count)| {
            let number = |digits: &str| digits.parse().ok();
            Self::new(number(index)?, number(count)?)
        });
        parsed.ok_or("1/3, 2/3, 3/3 …: I/N, 1 ≤ I ≤ N")
    }
}

/// Divides documents, by their names and costs, among so many shards; for each document, its shard, counted from 1.
/// The longest goes first, each to the shard that has least to do (Graham's LPT: never more than 4/3 of the best
/// possible), ties by the name and to the first shard. It depends on names, costs and number alone.
pub(super) fn share(documents: &[(&str, u64)], count: NonZeroUsize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&at| (Reverse(documents[at].1), documents[at].0));
    let mut loads: BTreeSet<(u64, usize)> = (1..=count.get()).map(|shard| (0, shard)).collect();
    let mut shares = vec![0; documents.len()];
    for at in order {
        let (load, shard) = loads.pop_first().expect("there is at least one shard");
        shares[at] = shard;
        loads.insert((load + documents[at].1, shard));
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shards_are_written_with_a_slash() {
        for (text, shard) in [
            ("1/1", Shard::new(1, 1)),
            ("3/7", Shard::new(3, 7)),
            ("0/3", None),
            ("4/3", None),
            ("1/0", None),
            ("1", None),
            ("-1/3", None),
            ("1/3/3", None),
        ] {
            assert_eq!(text.parse().ok(), shard, "{text}");
        }
    }

    proptest! {
        /// Every document has one shard; the fullest shard has no more than 4/3 of what any division needs (the mean,
        /// the largest document), and the largest; the order of the documents means nothing.
        #[test]
        fn shares_are_whole_balanced_and_stable(
            costs in prop::collection::vec(0u64..100_000, 1..60),
            count in 1usize..9,
        ) {
            let names: Vec<String> = (0..costs.len()).map(|number| format!("d{number}")).collect();
            let documents: Vec<(&str, u64)> =
                names.iter().map(String::as_str).zip(costs.iter().copied()).collect();
            let shares = share(&documents, NonZeroUsize::new(count).unwrap());
            let mut loads = vec![0; count];
            for (shard, cost) in shares.iter().zip(&costs) {
                loads[shard - 1] += cost;
            }
            let largest = *costs.iter().max().unwrap();
            let mean = costs.iter().sum::<u64>().div_ceil(count as u64);
            let fullest = *loads.iter().max().unwrap();
            prop_assert!(3 * fullest <= 4 * mean.max(largest) + 3 * largest, "{loads:?}");
            let (mut backwards, mut expected) = (documents.clone(), shares);
            backwards.reverse();
            expected.reverse();
            prop_assert_eq!(share(&backwards, NonZeroUsize::new(count).unwrap()), expected);
        }
    }
}
