//! The sheets of an xlsx: which cells are numbers, which are computed, and how they look.

use super::super::archive::Archive;
use super::super::limits::count;
use super::super::package;
use super::super::trouble::Refusal;
use super::super::xlsx::{Listing, position};
use super::super::xml::{Xml, attribute, next, open, push_text};
use super::{CellFacts, SheetFacts, looks};
use crate::model::Limits;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// The facts about each sheet by its name. A sheet whose part is damaged is told as far as it goes.
pub(super) fn sheets(archive: &mut Archive<'_>, limits: &Limits) -> BTreeMap<String, SheetFacts> {
    let Ok(mut listing) = Listing::read(archive) else { return BTreeMap::new() };
    let listed = std::mem::take(&mut listing.sheets);
    let Ok(worksheets) = package::worksheets(listed, &listing.relations, limits) else {
        return BTreeMap::new();
    };
    let looks = looks::of_styles(&archive.text(&listing.styles()).unwrap_or_default());
    let partly = looks::partly(&archive.text(&listing.shared()).unwrap_or_default());
    let mut left = limits.cells;
    let mut sheets = BTreeMap::new();
    for (sheet, part) in worksheets {
        let mut facts = SheetFacts { looks: looks.clone(), ..SheetFacts::default() };
        let text = archive.text(&part).unwrap_or_default();
        let mut cells = Cells { xml: open(&text), row: 0, col: 0, partly: &partly, most: left };
        // Reading the same file reports what is damaged.
        let _ = cells.read(&mut facts.cells);
        left = left.saturating_sub(count(facts.cells.len()));
        sheets.insert(sheet.name, facts);
    }
    sheets
}

struct Cells<'a> {
    xml: Xml<'a>,
    /// The next cell, if it does not state its place.
    row: u32,
    col: u32,
    partly: &'a BTreeSet<usize>,
    most: u64,
}

impl Cells<'_> {
    fn read(&mut self, found: &mut BTreeMap<(u32, u32), CellFacts>) -> Result<(), Refusal> {
        loop {
            match next(&mut self.xml)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "row" => {
                        let stated = attribute(&e, "r").and_then(|r| r.parse::<u32>().ok()?.checked_sub(1));
                        (self.row, self.col) = (stated.unwrap_or(self.row), 0);
                    }
                    "c" => {
                        let stated = attribute(&e, "r").and_then(|r| position(&r));
                        (self.row, self.col) = stated.unwrap_or((self.row, self.col));
                        if let Some(cell) = self.cell(&e)? {
                            found.insert((self.row, self.col), cell);
                        }
                        self.col = self.col.saturating_add(1);
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "row" => self.row = self.row.saturating_add(1),
                Event::End(e) if e.local_name().as_ref() == "sheetData" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
            if count(found.len()) >= self.most {
                return Ok(());
            }
        }
    }

    /// One cell, to its end; `None` if it has neither value nor formula.
    fn cell(&mut self, start: &BytesStart<'_>) -> Result<Option<CellFacts>, Refusal> {
        let kind = attribute(start, "t").unwrap_or_default();
        let look = attribute(start, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
        let mut cell = CellFacts { look, ..CellFacts::default() };
        let (mut valued, mut value, mut runs) = (false, String::new(), 0);
        loop {
            let event = next(&mut self.xml)?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "f" => (cell.formula, valued) = (true, true),
                    "v" | "is" => {
                        valued = true;
                        value.clear();
                    }
                    "r" => runs += 1,
                    _ => {}
                },
                Event::End(e) if e.name() == start.name() => break,
                Event::End(e) if e.local_name().as_ref() == "f" => value.clear(),
                Event::Eof => break,
                event => push_text(&mut value, event)?,
            }
        }
        cell.number = matches!(kind.as_str(), "" | "n" | "d") && !value.trim().is_empty();
        cell.partly = match kind.as_str() {
            "s" => value.trim().parse().is_ok_and(|index: usize| self.partly.contains(&index)),
            _ => runs > 1,
        };
        Ok(valued.then_some(cell))
    }
}
