//! "Did you mean …": the known name that is nearest to what was typed.

use crate::finding::{Message, message};

/// The candidate most similar to `typed`, if any is similar enough to be worth naming
/// (Jaro–Winkler similarity of at least 0.75).
pub fn nearest<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let score = strsim::jaro_winkler(typed, candidate);
        if score >= 0.75 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// What to say of an unknown name: the one that was probably meant, else those that there are.
pub fn suggestion(typed: &str, known: &[&str]) -> Message {
    match nearest(typed, known) {
        Some(near) => message(format!("「{near}」の誤りではありませんか"), format!("did you mean `{near}`?")),
        None => message(
            format!("使えるのは {} です", known.join("、")),
            format!("known are {}", known.join(", ")),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_refuses_strangers() {
        let known = ["title", "columns", "dispositions"];
        assert_eq!(nearest("titel", &known), Some("title"));
        assert_eq!(nearest("column", &known), Some("columns"));
        assert_eq!(nearest("xyz", &known), None);
    }
}
