//! Names of places in the page that outlive a rebuild: made from what stands there, not from where it stands.

use crate::model::Fingerprint;
use std::collections::BTreeMap;

/// A name for what some texts say, the same wherever they stand: the prefix and eight hexadecimal digits.
pub(super) fn key(prefix: &str, texts: &[&str]) -> String {
    // No text has this separator.
    let hash = Fingerprint::of("", texts.join("\0").as_bytes()).sha256;
    format!("{prefix}-{}", &hash[..8])
}

/// Identifiers that were given out.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// The key itself the first time, then with a number after it.
    pub(super) fn unique(&mut self, key: &str) -> String {
        let times = self.0.entry(key.to_owned()).or_default();
        *times += 1;
        if *times == 1 { key.to_owned() } else { format!("{key}-{times}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_have_the_same_name_and_places_differ() {
        assert_eq!(key("kpi", &["15", "認可保育所数"]), key("kpi", &["15", "認可保育所数"]));
        assert_ne!(key("kpi", &["15", "認可保育所数"]), key("kpi", &["1", "5認可保育所数"]));
        let mut ids = Ids::default();
        assert_eq!(["a", "b", "a", "a"].map(|key| ids.unique(key)), ["a", "b", "a-2", "a-3"]);
    }
}
