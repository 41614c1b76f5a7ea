//! The check digit of a local government's code (全国地方公共団体コード).

/// The sixth digit that goes with five others: they are multiplied by 6, 5, 4, 3 and 2 and added up; what is missing to
/// the next multiple of 11, of which the last digit counts (総務省 全国地方公共団体コード仕様). Digits after the fifth do
/// not count.
pub fn area_check_digit(digits: &[u32]) -> u32 {
    let sum: u32 = digits.iter().zip((2..=6).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 10
}

#[cfg(test)]
mod tests {
    use super::area_check_digit;

    #[test]
    fn known_codes_have_their_digits() {
        // Meguro, Hokkaido, Sapporo, Osaka.
        for (digits, expected) in
            [([1, 3, 1, 1, 0], 5), ([0, 1, 0, 0, 0], 6), ([0, 1, 1, 0, 0], 2), ([2, 7, 1, 0, 0], 4)]
        {
            assert_eq!(area_check_digit(&digits), expected, "{digits:?}");
        }
    }
}
