//! A unit that a column states for its values: read as the unit of a figure is, and taken by the figures without one.

use super::compare::fold_unit;
use super::{Context, is_unit_sign, parse, without_brackets};
use crate::japanese::era::parse_time_cell;
use crate::japanese::{fold, half_width, is_no_value, is_space, normalise};
use crate::model::{Ends, Origin, Part, Quantity, StatedBy, StatedUnit, Value};
use rust_decimal::Decimal;

/// Characters of the longest unit that no inventory knows.
const LONGEST: usize = 10;

/// Words that state one unit: `％`, `千円`, `件／年`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitWords {
    /// In the document's notation.
    words: String,
    /// What one of it is worth: 1000 円 for `千円`.
    part: Part,
    scale: Decimal,
    qualifiers: Vec<String>,
}

/// How a value stands to a unit that is stated for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has a figure that states no unit.
    Open,
    /// Its figures state this unit.
    Same,
    /// A figure states another unit.
    Other,
    /// It has no figure.
    Apart,
}

impl UnitWords {
    /// Reads words that are meant as a unit, with or without 単位 before them and brackets around them: what reads as
    /// exactly one measure if a 1 stands before it. None for several units, for remarks, and for no unit.
    pub fn read(words: &str, context: &Context<'_>) -> Option<Self> {
        let (words, is_named) = bare(&normalise(words, context.notation));
        let begins_with_digit = words.starts_with(|c| half_width(c).is_ascii_digit());
        let is_list = words.contains(['、', '，', ',', '・', '\n'])
            || words.contains("又は")
            || words.contains("または");
        // `㎡` reads like the second year of Meiji, by its letter.
        let is_time = !is_unit_sign(&words) && parse_time_cell(&words, context.eras).is_some();
        if is_no_value(&words) || begins_with_digit || is_list || is_time {
            return None;
        }
        Self::as_measure(&words, context).or_else(|| {
            // What calls itself a unit is one, even if no other list has it.
            let is_word = words.chars().all(char::is_alphanumeric) && words.chars().count() <= LONGEST;
            let part = Part { unit: Some(words.clone()), ..Part::of(Quantity::Exact(Decimal::ONE)) };
            (is_named && is_word).then(|| Self { words, part, scale: Decimal::ONE, qualifiers: Vec::new() })
        })
    }

    /// Words that make exactly one measure of a 1 before them.
    fn as_measure(words: &str, context: &Context<'_>) -> Option<Self> {
        let value = parse(&format!("1{words}"), None, Origin::of_file(""), context).value?;
        let [part] = value.parts.as_slice() else { return None };
        let Quantity::Exact(scale) = part.quantity else { return None };
        let is_unit =
            part.unit.is_some() && part.label.is_none() && value.notes.is_empty() && value.time.is_none();
        let words = words.to_owned();
        is_unit.then(|| Self { words, part: part.clone(), scale, qualifiers: value.qualifiers })
    }

    /// The words, in the document's notation.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether other words state the same unit in the same scale.
    pub fn is_same(&self, other: &Self) -> bool {
        let unit = |it: &Self| it.part.unit.as_deref().map(fold_unit);
        self.scale == other.scale && unit(self) == unit(other)
    }

    /// How a value's figures stand to this unit. Of a unit with a scale, the cell says the same only in the same words:
    /// `1,200円` in a column of 千円 is worth a second look.
    pub fn standing(&self, value: &Value) -> Standing {
        let figures = || value.parts.iter().filter(|part| is_figure(part));
        let is_same = |part: &Part| {
            part.unit.as_deref().map(fold_unit) == self.part.unit.as_deref().map(fold_unit)
                && (self.scale == Decimal::ONE || fold(&value.raw).contains(&fold(&self.words)))
        };
        let stated: Vec<&Part> = figures().filter(|part| part.unit.is_some()).collect();
        match (figures().next(), stated.as_slice()) {
            (None, _) => Standing::Apart,
            (Some(_), []) => Standing::Open,
            (Some(_), stated) if stated.iter().all(|part| is_same(part)) => Standing::Same,
            (Some(_), _) => Standing::Other,
        }
    }

    /// Gives the unit to a value whose figures state none, and multiplies them out. A figure that would have more
    /// digits than a decimal holds stays as it is.
    pub fn complete(&self, value: &mut Value, by: StatedBy, origin: &Origin) {
        let mut parts = value.parts.clone();
        for part in parts.iter_mut().filter(|part| is_figure(part)) {
            let Some(quantity) = times(&part.quantity, self.scale) else { return };
            let from = part.from.as_mut().filter(|from| from.unit.is_none());
            if let Some(from) = from {
                let Some(start) = from.quantity.checked_mul(self.scale) else { return };
                from.quantity = start;
                from.unit.clone_from(&self.part.unit);
            }
            part.quantity = quantity;
            part.unit.clone_from(&self.part.unit);
            part.per = part.per.take().or_else(|| self.part.per.clone());
        }
        value.parts = parts;
        for qualifier in &self.qualifiers {
            if !value.qualifiers.contains(qualifier) {
                value.qualifiers.push(qualifier.clone());
            }
        }
        value.completion.unit = Some(StatedUnit { words: self.words.clone(), by, origin: origin.clone() });
    }
}

/// The words without 単位 before them and brackets around them, and whether 単位 stood there.
fn bare(words: &str) -> (String, bool) {
    let words = without_brackets(words.trim_matches(is_space));
    let named = words.strip_prefix("単位");
    let unit = named.unwrap_or(words).trim_matches(|c: char| is_space(c) || matches!(c, '：' | ':'));
    (unit.to_owned(), named.is_some())
}

/// Whether a part has a figure that a unit can be for: no place in an order, no part of a whole, no multiple.
fn is_figure(part: &Part) -> bool {
    part.is_figure() && !part.rank && !part.relative && part.of.is_none()
}

fn times(quantity: &Quantity, scale: Decimal) -> Option<Quantity> {
    let product =
        |n: &Decimal| n.checked_mul(scale).map(|n| if scale == Decimal::ONE { n } else { n.normalize() });
    Some(match quantity {
        Quantity::Exact(n) => Quantity::Exact(product(n)?),
        Quantity::Range(ends) => {
            Quantity::Range(Ends { lower: product(&ends.lower)?, upper: product(&ends.upper)?, ..*ends })
        }
        Quantity::AtLeast(n) => Quantity::AtLeast(product(n)?),
        Quantity::AtMost(n) => Quantity::AtMost(product(n)?),
        Quantity::MoreThan(n) => Quantity::MoreThan(product(n)?),
        Quantity::LessThan(n) => Quantity::LessThan(product(n)?),
        Quantity::Stated(_) | Quantity::Status(_) => quantity.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::readings::value;
    use super::*;
    use crate::japanese::HOUSE;
    use crate::model::Eras;

    const CONTEXT: Context<'_> = Context { notation: HOUSE, eras: Eras::heisei() };

    fn shown(value: &Value) -> String {
        let part = |part: &Part| {
            let (low, high) = part.quantity.bounds();
            let bound = |n: Option<Decimal>| n.map(|n| n.to_string()).unwrap_or_default();
            let of = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{}..{} {} {}", bound(low), bound(high), of(&part.unit), of(&part.per))
        };
        let parts: Vec<String> = value.parts.iter().map(part).collect();
        parts.join("; ").trim_end().to_owned()
    }

    #[test]
    fn figures_take_the_unit_of_their_column() {
        for (words, text, standing, parts, printed) in [
            ("％", "31.4", Standing::Open, "31.4..31.4 ％", "31.4％"),
            ("単位：千円", "1,200", Standing::Open, "1200000..1200000 円", "1,200千円"),
            ("（千円）", "約1,200以上", Standing::Open, "1200000.. 円", "約1,200以上（千円）"),
            ("件/年", "12", Standing::Open, "12..12 件 年", "12件／年"),
            ("人", "12名", Standing::Same, "12..12 名", "12名"),
            ("千円", "1,200千円", Standing::Same, "1200000..1200000 円", "1,200千円"),
            ("千円", "1,200円", Standing::Other, "1200..1200 円", "1,200円"),
            ("％", "3か所", Standing::Other, "3..3 か所", "3か所"),
            ("％", "集計中", Standing::Apart, "..", "集計中"),
        ] {
            let unit = UnitWords::read(words, &CONTEXT).expect(words);
            let mut value = value(text);
            assert_eq!(unit.standing(&value), standing, "{words} {text}");
            if standing == Standing::Open {
                unit.complete(&mut value, StatedBy::Heading, &Origin::of_file("a"));
            }
            assert_eq!(shown(&value), parts, "{words} {text}");
            assert_eq!(value.text_with_unit(), printed, "{words} {text}");
        }
    }

    #[test]
    fn one_unit_is_a_unit_and_nothing_else_is() {
        for words in
            ["", "－", "単位", "人、％", "人・件", "人又は％", "10万人", "人（うち女性）", "平成26年度"]
        {
            assert_eq!(UnitWords::read(words, &CONTEXT), None, "{words}");
        }
    }
}
