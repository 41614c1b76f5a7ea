//! The colours that the pages' styles name can be told apart (WCAG 2.2, 1.4.3 and 1.4.11).

#![expect(clippy::float_arithmetic, reason = "the standard defines contrast by powers of fractions")]

use super::page::{Case, inside};
use std::collections::BTreeMap;

/// A rule: its selector, and the declarations in order.
type Rule = (String, Vec<(String, String)>);

/// The rules of a style sheet, those inside of others too; no value here has a brace or a semicolon in it.
fn rules(style: &str) -> Vec<Rule> {
    let mut style = style.to_owned();
    while let Some(start) = style.find("/*") {
        let end = style[start..].find("*/").unwrap() + start + 2;
        style.replace_range(start..end, "");
    }
    let declaration = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    let mut rules: Vec<Rule> = Vec::new();
    let mut open: Vec<Rule> = Vec::new();
    for block in style.split_inclusive(['{', '}', ';']) {
        let text = block.trim_end_matches(['{', '}', ';']);
        match block.chars().next_back() {
            Some('{') => open.push((text.trim().to_owned(), Vec::new())),
            last => {
                open.last_mut().into_iter().for_each(|rule| rule.1.extend(declaration(text)));
                if last == Some('}') {
                    rules.extend(open.pop());
                }
            }
        }
    }
    assert!(open.is_empty());
    rules
}

/// The colours that a value names, variables looked up.
fn colours(value: &str, variables: &BTreeMap<String, String>) -> Vec<[u8; 3]> {
    let words = value.split([' ', ',', '(', ')']);
    words
        .filter_map(|word| variables.get(word).map_or(word, String::as_str).strip_prefix('#'))
        .map(colour)
        .collect()
}

/// `#rgb` and `#rrggbb`.
fn colour(hex: &str) -> [u8; 3] {
    let digits: Vec<u8> = hex.chars().map(|c| u8::try_from(c.to_digit(16).unwrap()).unwrap()).collect();
    match digits[..] {
        [r, g, b] => [r, g, b].map(|digit| digit * 17),
        [r, r2, g, g2, b, b2] => [r * 16 + r2, g * 16 + g2, b * 16 + b2],
        _ => panic!("#{hex}"),
    }
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// Every colour of the style on every ground that it may stand on: text on its rule's own ground, or on all grounds of
/// rules that leave the colour of the text as it is; the pictures' fills, the controls' edges and the focus likewise.
/// Lines between cells only adorn.
#[test]
fn colours_can_be_told_from_their_grounds() {
    let page = Case::of_repository("meguro-2020").html;
    for style in [inside(&page, "style"), include_str!("../../src/batch/overview/page.css")] {
        let rules = rules(style);
        let declarations = || rules.iter().flat_map(|rule| &rule.1);
        let is_variable = |(name, _): &&(String, String)| name.starts_with("--");
        let root: Vec<&Rule> = rules.iter().filter(|rule| rule.0 == ":root").collect();
        // The light colours, and those of the dark scheme over them.
        for schemes in 1..=root.len() {
            let variables: BTreeMap<String, String> =
                root[..schemes].iter().flat_map(|rule| &rule.1).filter(is_variable).cloned().collect();
            for word in ["opacity", "rgb", "hsl", "color-mix", "filter", "gradient"] {
                assert!(!declarations().any(|(name, value)| name == word || value.contains(word)), "{word}");
            }
            let named = |rule: &Rule, name: &str| -> Vec<[u8; 3]> {
                let own = rule.1.iter().filter(|(own, _)| own == name);
                own.flat_map(|(_, value)| colours(value, &variables)).collect()
            };
            let grounds: Vec<[u8; 3]> = rules
                .iter()
                .filter(|rule| named(rule, "color").is_empty() || rule.0 == "body")
                .flat_map(|rule| named(rule, "background"))
                .collect();
            assert!(grounds.len() > 1);
            let mut judged = 0;
            for rule in &rules {
                let own = named(rule, "background");
                let grounds = if own.is_empty() { &grounds } else { &own };
                // Lines of tables are `border`; the edges of what can be used are those of fields.
                let edge = if rule.0.contains(".field") { "border" } else { "border-color" };
                for (name, least) in
                    [("color", 4.5), ("fill", 3.0), ("stroke", 3.0), ("outline", 3.0), (edge, 3.0)]
                {
                    for colour in named(rule, name) {
                        for &ground in grounds {
                            let ratio = contrast(colour, ground);
                            judged += 1;
                            assert!(ratio >= least, "{} {name} {colour:?} on {ground:?}: {ratio:.2}", rule.0);
                        }
                    }
                }
            }
            assert!(judged >= 10, "{judged}");
        }
    }
}

#[test]
fn contrasts_are_those_of_the_standard() {
    for (one, other, expected) in [("000", "fff", 21.0), ("777777", "fff", 4.48), ("fff", "ffffff", 1.0)] {
        assert!((contrast(colour(one), colour(other)) - expected).abs() < 0.01, "{one} {other}");
    }
}
