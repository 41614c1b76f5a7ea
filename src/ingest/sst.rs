//! The shared texts of an Excel 97–2003 book, for the runs that they are made of.
//!
//! The table is one long record that is continued by others. Where the characters of a text are cut in two, the
//! continuation begins with a flag for their width; where anything else is, it does not.

use super::runs::{Run, is_rich, of_fonts};
use std::collections::BTreeMap;

/// Flags of a text: characters of two bytes, an extension (furigana) behind, runs behind.
const WIDE: u8 = 0x01;
const EXTENDED: u8 = 0x04;
const RICH: u8 = 0x08;

/// The table, and how far it has been read.
struct Table<'a> {
    /// What is left of the record, and of those that continue it.
    parts: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

/// The texts that have runs of their own look, by their index, as far as the table makes sense.
pub(super) fn rich(parts: Vec<&[u8]>, strikes: impl Fn(u16) -> bool) -> BTreeMap<u32, Vec<Run>> {
    let mut table = Table { parts: parts.into_iter(), rest: &[] };
    // Two counts come first.
    if table.skip(8).is_none() {
        return BTreeMap::new();
    }
    let texts = std::iter::from_fn(|| table.text(&strikes));
    (0..).zip(texts).filter(|(_, runs)| is_rich(runs)).collect()
}

/// The length of each text in bytes of UTF-8 at most, as far as the table makes sense.
pub(super) fn lengths(parts: Vec<&[u8]>) -> Vec<u32> {
    let mut table = Table { parts: parts.into_iter(), rest: &[] };
    match table.skip(8) {
        Some(()) => std::iter::from_fn(|| table.length()).collect(),
        None => Vec::new(),
    }
}

/// What stands before the characters of a text.
struct Head {
    units: usize,
    wide: bool,
    /// Changes of the font.
    changes: u16,
    /// Bytes of furigana.
    extension: usize,
}

impl Table<'_> {
    fn head(&mut self) -> Option<Head> {
        let units = usize::from(self.u16()?);
        let flags = self.byte()?;
        let changes = if flags & RICH == 0 { 0 } else { self.u16()? };
        let extension = match flags & EXTENDED {
            0 => 0,
            _ => usize::from(self.u16()?) | usize::from(self.u16()?) << 16,
        };
        Some(Head { units, wide: flags & WIDE != 0, changes, extension })
    }

    fn text(&mut self, strikes: impl Fn(u16) -> bool) -> Option<Vec<Run>> {
        let head = self.head()?;
        let units = self.units(head.units, head.wide)?;
        let change = |_| Some((self.u16()?, strikes(self.u16()?)));
        let changes: Vec<_> = (0..head.changes).map(change).collect::<Option<_>>()?;
        self.skip(head.extension)?;
        Some(of_fonts(&units, &changes))
    }

    /// No character of 16 bits takes more than three bytes.
    fn length(&mut self) -> Option<u32> {
        let head = self.head()?;
        self.units(head.units, head.wide)?;
        self.skip(usize::from(head.changes) * 4)?;
        self.skip(head.extension)?;
        u32::try_from(head.units * 3).ok()
    }

    /// Characters, which may go on in the next record in another width.
    fn units(&mut self, len: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while units.len() < len {
            if self.rest.is_empty() {
                self.rest = self.parts.next()?;
                wide = self.byte()? & WIDE != 0;
            }
            units.push(if wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        Some(units)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            self.rest = self.parts.next()?;
        }
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.rest.len() {
            count -= self.rest.len();
            self.rest = self.parts.next()?;
        }
        self.rest = &self.rest[count..];
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_runs_and_furigana_goes_on_in_the_next_record() {
        let mut first = vec![0; 8];
        // "ab", plain; then "旧新" cut in two, with one run from the second character on and furigana of 3 bytes.
        first.extend([2, 0, 0, b'a', b'b', 2, 0, WIDE | EXTENDED | RICH, 1, 0, 3, 0, 0, 0, 0xE7, 0x65]);
        let second = [WIDE, 0xB0, 0x65, 1, 0, 7];
        let third = [0, 9, 9, 9, 1, 0, 0, b'c'];
        let found = rich(vec![&first, &second, &third], |font| font == 7);
        let run = |text: &str, struck| Run { text: text.into(), struck, bold: false, unseen: None };
        assert_eq!(found, [(1, vec![run("旧", None), run("新", Some(true))])].into());
        assert_eq!(lengths(vec![&first, &second, &third]), [6, 6, 3]);
        assert_eq!(rich(vec![&first], |_| true), BTreeMap::new());
    }
}
