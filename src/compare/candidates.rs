//! The candidates for pairs: for each record of the old edition, those of the new one that it could be, with how alike
//! they are. Only records that share enough of their names, or a group or a baseline, are looked at.

use super::likeness::{Likeness, Traits, common};
use std::collections::BTreeMap;

/// Candidates that are kept of a record.
const MOST: usize = 16;
/// Records of a group, or of a baseline, at most that are candidates for each other by that alone.
const CROWD: usize = 64;

/// The candidates of each old record, the best first: the new record, and how alike they are. Both are given by their
/// numbers among those that are left.
pub(super) fn candidates(old: &[&Traits], new: &[&Traits], least: u32) -> Vec<Vec<(usize, Likeness)>> {
    let mut by_bigram: BTreeMap<(char, char), Vec<usize>> = BTreeMap::new();
    let mut by_group: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    let mut by_baseline: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, traits) in new.iter().enumerate() {
        for bigram in &traits.bigrams {
            by_bigram.entry(*bigram).or_default().push(at);
        }
        by_group.entry(traits.path().0).or_default().push(at);
        if let Some(baseline) = &traits.baseline {
            by_baseline.entry(baseline).or_default().push(at);
        }
    }
    let mut shared = vec![0_usize; new.len()];
    old.iter()
        .map(|traits| {
            // The new records, each with how many pairs of characters both names have.
            let mut met: Vec<(usize, usize)> = Vec::new();
            for at in traits.bigrams.iter().filter_map(|bigram| by_bigram.get(bigram)).flatten() {
                if shared[*at] == 0 {
                    met.push((*at, 0));
                }
                shared[*at] += 1;
            }
            // A fifth of both names, so that few of a long list's records are looked at closely.
            met.retain_mut(|(at, common)| {
                *common = std::mem::take(&mut shared[*at]);
                10 * *common >= traits.bigrams.len() + new[*at].bigrams.len()
            });
            let by_path = by_group.get(&traits.path().0);
            let by_value = traits.baseline.as_ref().and_then(|baseline| by_baseline.get(baseline.as_str()));
            for crowd in [by_path, by_value].into_iter().flatten().filter(|crowd| crowd.len() <= CROWD) {
                met.extend(crowd.iter().map(|&at| (at, common(&traits.bigrams, &new[at].bigrams))));
            }
            met.sort_unstable();
            met.dedup();
            let judged = |(at, common)| Some((at, traits.likeness_from(new[at], common, least)?));
            let mut found: Vec<(usize, Likeness)> = met.into_iter().filter_map(judged).collect();
            found.sort_by(|(at, one), (other_at, other)| other.cmp(one).then(at.cmp(other_at)));
            found.truncate(MOST);
            found
        })
        .collect()
}
