//! Figures to compute with: the one figure of a value, its unit, and how it is written.

use crate::model::{NumberFormat, Part, Value};
use crate::transform::value::comparable;
use rust_decimal::Decimal;

/// The figure of a value that says one thing.
#[derive(Debug, Clone)]
pub(super) struct Figure<'a> {
    /// How much; of a bound (`99.0％以上`), its figure.
    pub(super) amount: Decimal,
    /// What says it.
    pub(super) part: &'a Part,
    /// How it is written.
    pub(super) written: Written,
}

/// How a figure is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What one of the written unit is in the unit of the data: 1,000 of 千円.
    pub scale: Decimal,
    /// Decimals that are written.
    pub decimals: u32,
    /// The unit, as it is written.
    pub unit: String,
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoFigure {
    /// Nothing is said, or nothing in figures.
    Missing,
    /// A range, or more than one thing is said.
    Several,
}

/// Whether it is 1, 10, 100 …, as 千 and 万 are.
fn is_multiple(scale: &Decimal) -> bool {
    let digits = scale.to_string();
    digits.strip_prefix('1').is_some_and(|zeros| zeros.bytes().all(|digit| digit == b'0'))
}

impl<'a> Figure<'a> {
    /// The figure of a value.
    pub(super) fn of(value: Option<&'a Value>) -> Result<Self, NoFigure> {
        let Some(value) = value else { return Err(NoFigure::Missing) };
        let mut figures = value.parts.iter().filter(|part| part.is_figure());
        let Some(part) = figures.next() else { return Err(NoFigure::Missing) };
        let is_more = part.relative || part.rank || part.from.is_some() || figures.next().is_some();
        let Some(amount) = part.quantity.figure().filter(|_| !is_more) else {
            return Err(NoFigure::Several);
        };
        let unit = part.unit.clone().unwrap_or_default();
        let plain = Written { scale: Decimal::ONE, decimals: amount.normalize().scale(), unit };
        let shown = NumberFormat::read(&value.text_with_unit());
        let written = shown.and_then(|(number, format)| {
            // A result that is shown rounded is no other unit.
            let scale = Some(amount.checked_div(number)?.normalize()).filter(is_multiple);
            let scale =
                scale.or_else(|| (format.text(amount) == format.text(number)).then_some(Decimal::ONE))?;
            Some(Written { scale, decimals: format.decimals, unit: format.unit })
        });
        Ok(Self { amount, part, written: written.unwrap_or(plain) })
    }

    /// Whether two figures measure the same in the same unit.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        comparable(self.part, other.part)
    }
}

impl Written {
    /// How a result is written that has the unit of several figures: as they are, if they are written alike.
    pub(super) fn common(figures: &[Figure<'_>]) -> Self {
        let first = &figures[0];
        let unit = figures.iter().find_map(|figure| figure.part.unit.clone()).unwrap_or_default();
        let is_like = |figure: &Figure<'_>| {
            figure.written.scale == first.written.scale && figure.written.unit == first.written.unit
        };
        if figures.iter().all(is_like) {
            let decimals = figures.iter().map(|figure| figure.written.decimals).max().unwrap_or_default();
            return Self { decimals, ..first.written.clone() };
        }
        let decimals = figures.iter().map(|figure| figure.amount.normalize().scale()).max();
        Self { scale: Decimal::ONE, decimals: decimals.unwrap_or_default(), unit }
    }
}
