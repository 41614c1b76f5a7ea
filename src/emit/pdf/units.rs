//! Values by unit of text. A list of thousands of rows asks for millions; nearly all are one character of Unicode's
//! basic plane, whose value is found by the character's number.

use std::collections::BTreeMap;

/// Values by unit.
pub(super) struct ByUnit<'t, T> {
    /// By character, where its value is, counted from 1; 0 if it has none.
    plane: Vec<u32>,
    /// The same for all other units.
    others: BTreeMap<&'t str, u32>,
    values: Vec<T>,
}

impl<'t, T> ByUnit<'t, T> {
    /// No values.
    pub(super) fn new() -> Self {
        Self { plane: vec![0; 0x1_0000], others: BTreeMap::new(), values: Vec::new() }
    }

    /// The value of a unit.
    pub(super) fn get(&self, unit: &str) -> Option<&T> {
        let at = match basic(unit) {
            Some(character) => self.plane[usize::from(character)],
            None => self.others.get(unit).copied().unwrap_or(0),
        };
        self.values.get(usize::try_from(at).ok()?.checked_sub(1)?)
    }

    /// Gives a unit a value.
    pub(super) fn insert(&mut self, unit: &'t str, value: T) {
        self.values.push(value);
        let at = u32::try_from(self.values.len()).expect("units are counted in 32 bits");
        match basic(unit) {
            Some(character) => self.plane[usize::from(character)] = at,
            None => {
                self.others.insert(unit, at);
            }
        }
    }
}

/// The number of the character that the unit consists of, if the basic plane has it.
fn basic(unit: &str) -> Option<u16> {
    let mut chars = unit.chars();
    let number = u16::try_from(u32::from(chars.next()?)).ok()?;
    chars.next().is_none().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_told_apart() {
        let units = ["葛", "葛\u{E0100}", "\u{20BB7}", "a", ""];
        let mut found = ByUnit::new();
        units.iter().zip(0..).for_each(|(unit, value)| found.insert(unit, value));
        for (unit, value) in units.iter().zip(0..) {
            assert_eq!(found.get(unit), Some(&value), "{unit}");
        }
        assert_eq!(found.get("飾"), None);
        assert_eq!(found.get("葛\u{E0101}"), None);
    }
}
