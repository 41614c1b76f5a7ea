//! Lengths: integers, so that layout is exact and the same on every machine.

/// A length in thousandths of a point (1/72 inch).
pub type Length = i32;

/// Thousandths of a point per millimetre, times 127 (72 pt = 25.4 mm).
const PER_MM_127: i64 = 360_000;

/// A length given in thousandths of a millimetre.
///
/// Exact up to rounding to the nearest thousandth of a point: 1 mm = 360000/127 thousandths.
pub fn from_micrometres(um: i64) -> Length {
    let thousandths = (um * PER_MM_127 + 63_500) / 127_000;
    Length::try_from(thousandths).unwrap_or(Length::MAX)
}

#[cfg(test)]
mod tests {
    use super::from_micrometres;

    #[test]
    fn a4_is_595_by_842_points() {
        assert_eq!(from_micrometres(210_000), 595_276);
        assert_eq!(from_micrometres(297_000), 841_890);
    }
}
