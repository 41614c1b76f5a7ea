//! What each rule asks, how it is judged and what to do, in both languages; a file a level, in the rules' order.

pub(super) mod level1;
pub(super) mod level2;
pub(super) mod level3;

/// The words for a rule: Japanese, English.
#[derive(Debug)]
pub struct RuleWords {
    /// A few words.
    pub name: (&'static str, &'static str),
    /// What counts as a fault, and what is not looked at.
    pub judged: (&'static str, &'static str),
    /// What to do about a fault.
    pub remedy: (&'static str, &'static str),
}
