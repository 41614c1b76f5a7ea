//! Single bits of zip-based forms turned over: what is read then is the same, or there is an error.
//!
//! `KAITEI_FLIP_SEED` is another seed than the usual, `KAITEI_FLIPS` another number of flips.

use super::{package, read};
use kaitei::finding::has_errors;
use std::io::{Cursor, Read as _};
use std::ops::Range;
use std::path::Path;
use zip::ZipArchive;

/// A form and the three regions that bits are drawn from: headers before members, their bytes, the directory.
struct Form {
    name: String,
    bytes: Vec<u8>,
    regions: [Vec<Range<usize>>; 3],
}

impl Form {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
        let place = |at: u64| usize::try_from(at).unwrap();
        let (mut headers, mut members) = (Vec::new(), Vec::new());
        for index in 0..zip.len() {
            let mut member = zip.by_index(index).unwrap();
            member.read_to_end(&mut Vec::new()).unwrap();
            let start = place(member.data_start().unwrap());
            headers.push(place(member.header_start())..start);
            members.push(start..start + place(member.compressed_size()));
        }
        let directory = place(zip.central_directory_start())..bytes.len();
        Self { name: name.to_owned(), bytes, regions: [headers, members, vec![directory]] }
    }
}

/// Forms of each format that is an archive.
fn forms() -> Vec<Form> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = |path: &str| Form::new(path, std::fs::read(root.join(path)).unwrap());
    vec![
        file("input/meguro-2020/01_子育て支援部.xlsx"),
        file("input/meguro-2020/02_健康福祉部.xlsx"),
        file("input/meguro-2020/03_都市整備部.ods"),
        file("tests/corpus/files/edge/poi_50299.xlsx"),
        Form::new("様式.xlsm", package::form()),
        Form::new("様式.xlsb", package::binary()),
    ]
}

/// The numbers of `SplitMix64`, which are the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((x ^ (x >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    /// A place within some ranges, each byte as likely as the others.
    fn within(&mut self, ranges: &[Range<usize>]) -> usize {
        let mut at = self.below(ranges.iter().map(Range::len).sum());
        for range in ranges {
            if at < range.len() {
                return range.start + at;
            }
            at -= range.len();
        }
        unreachable!("the place lies within their sum")
    }
}

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

#[test]
fn no_flipped_bit_changes_words_in_silence() {
    let seed = number("KAITEI_FLIP_SEED", 20_200_331);
    let flips = usize::try_from(number("KAITEI_FLIPS", 600)).unwrap();
    println!("KAITEI_FLIP_SEED={seed} KAITEI_FLIPS={flips}");
    let forms = forms();
    let whole: Vec<_> = forms.iter().map(|form| read(&form.bytes, &form.name)).collect();
    for (form, whole) in forms.iter().zip(&whole) {
        assert!(
            !has_errors(&whole.findings) && !whole.value.is_empty(),
            "{}: {:?}",
            form.name,
            whole.findings
        );
    }
    let mut dice = Dice(seed);
    let mut noticed = 0;
    for flip in 0..flips {
        let which = dice.below(forms.len());
        let (form, whole) = (&forms[which], &whole[which]);
        let (at, bit) = (dice.within(&form.regions[flip % 3]), dice.below(8));
        let mut bytes = form.bytes.clone();
        bytes[at] ^= 1 << bit;
        let flipped = read(&bytes, &form.name);
        let is_noticed = has_errors(&flipped.findings);
        noticed += usize::from(is_noticed);
        assert!(
            is_noticed || flipped == *whole,
            "{}: bit {bit} of byte {at} changes what is read, and nothing is said: {:?}",
            form.name,
            flipped.findings
        );
    }
    println!("{noticed} of {flips} noticed; the others change nothing");
    assert!(
        noticed * 2 > flips,
        "{noticed} of {flips}: so few are noticed that the flips do not meet the forms"
    );
}
