//! The numerals of `[DBNum1]`, `[DBNum2]` and `[DBNum3]`: 一二三, 壱弐参, １２３.

/// The digits that a section of a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numerals {
    /// `[DBNum1]`
    Kanji,
    /// `[DBNum2]`, the numerals of deeds.
    Formal,
    /// `[DBNum3]`
    Wide,
}

/// Names of every fourth place.
const GROUPS: [&str; 4] = ["", "万", "億", "兆"];

impl Numerals {
    /// What follows `DBNum` in a code.
    pub(super) fn of(number: &str) -> Option<Self> {
        match number {
            "1" => Some(Self::Kanji),
            "2" => Some(Self::Formal),
            "3" => Some(Self::Wide),
            _ => None,
        }
    }

    /// Digit by digit, as under `0`: 二〇二〇.
    pub(super) fn digits(self, text: &str) -> String {
        text.chars().map(|c| c.to_digit(10).map_or(c, |digit| self.digit(digit))).collect()
    }

    /// With the names of the places, as under `General`: 千二百三十四. What follows a point goes digit by digit.
    pub(super) fn spelled(self, text: &str) -> String {
        let (whole, part) = text.split_at(text.find('.').unwrap_or(text.len()));
        let digits: Vec<u32> = whole.chars().filter_map(|c| c.to_digit(10)).collect();
        let mut out: String = whole.chars().take_while(|c| !c.is_ascii_digit()).collect();
        let start = out.len();
        let mut in_group = false;
        for (i, &digit) in digits.iter().enumerate() {
            let place = digits.len() - 1 - i;
            if digit > 0 {
                if digit > 1 || place.is_multiple_of(4) || self == Self::Formal {
                    out.push(self.digit(digit));
                }
                out.push_str(self.place(place % 4));
                in_group = true;
            }
            if place.is_multiple_of(4) && in_group {
                let group = GROUPS.get(place / 4).copied().unwrap_or_default();
                out.push_str(if self == Self::Formal && group == "万" { "萬" } else { group });
                in_group = false;
            }
        }
        if out.len() == start {
            out.push(self.digit(0));
        }
        out + &self.digits(part)
    }

    /// A part of a date: years of four digits go digit by digit.
    pub(super) fn of_date(self, text: &str) -> String {
        if self == Self::Wide || text.len() > 2 { self.digits(text) } else { self.spelled(text) }
    }

    fn digit(self, digit: u32) -> char {
        let all = match self {
            Self::Kanji => "〇一二三四五六七八九",
            Self::Formal => "〇壱弐参四伍六七八九",
            Self::Wide => "０１２３４５６７８９",
        };
        usize::try_from(digit).ok().and_then(|digit| all.chars().nth(digit)).unwrap_or('〇')
    }

    fn place(self, place: usize) -> &'static str {
        match (place, self) {
            (1, Self::Formal) => "拾",
            (1, _) => "十",
            (2, _) => "百",
            (3, Self::Formal) => "阡",
            (3, _) => "千",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_or_go_digit_by_digit() {
        for (text, kanji, formal, wide) in [
            ("0", "〇", "〇", "０"),
            ("10", "十", "壱拾", "十"),
            ("1234", "千二百三十四", "壱阡弐百参拾四", "千２百３十４"),
            ("100010", "十万十", "壱拾萬壱拾", "十万十"),
            ("-12.05", "-十二.〇五", "-壱拾弐.〇伍", "-十２.０５"),
            ("100000000", "一億", "壱億", "１億"),
        ] {
            let found = [Numerals::Kanji, Numerals::Formal, Numerals::Wide].map(|n| n.spelled(text));
            assert_eq!(found, [kanji, formal, wide]);
        }
        assert_eq!(Numerals::Kanji.digits("2,020"), "二,〇二〇");
    }
}
