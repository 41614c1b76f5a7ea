//! Delimited text: its character encoding, its delimiter, its records.
//!
//! Encoding, by the first rule that holds:
//! E1 a byte order mark decides;
//! E2 text of seven-bit bytes with escapes to JIS X 0208 is ISO-2022-JP;
//! E3 bytes that are valid UTF-8 are UTF-8;
//! E4 bytes that are valid EUC-JP and have kana are EUC-JP: kana of CP932 begin with bytes that EUC-JP has not;
//! E5 else it is CP932 or damaged UTF-8, whichever explains more of the bytes.
//!
//! Delimiter: tab, semicolon or comma, whichever the first records are made of. A record is a row, and so is an
//! empty line, so that cells are named as Excel names them; the sheet has no name.

use super::book::{Book, Grid};
use super::cell;
use super::records::{Found, Shapes, open_quote};
use super::trouble::Refusal;
use crate::finding::{Finding, Noted, Problem};
use crate::model::{Limits, Origin, RawSheet};
use ::csv::{ReaderBuilder, StringRecord};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};

/// As many lines as needed to tell the delimiter.
const LINES_TO_TELL: usize = 20;

/// Reads the only sheet.
pub(super) fn read(bytes: &[u8], file: &str, limits: &Limits) -> Noted<Vec<RawSheet>> {
    let (text, encoding) = decode(bytes);
    // What old programs end a file with.
    let text = text.trim_end_matches('\u{1A}');
    let mut book = Book::new(file, limits);
    book.nameless(|grid| {
        if let Some(line) = first_undecodable(bytes, text) {
            grid.note(|origin| undecodable(origin, encoding, line));
            grid.signs.lost_in_decoding = true;
        }
        let delimiter = delimiter(text);
        if let Some(found) = open_quote(text, delimiter) {
            malformed(grid, found);
        }
        let mut shapes = Shapes::default();
        let outcome = records(text, delimiter, |row, record| {
            shapes.push(row, record.iter());
            (0..).zip(record).try_for_each(|(col, field)| {
                let shown = cell::text(field);
                grid.put(row, col, if is_excels_date(field) { cell::date(shown) } else { shown })
            })
        });
        let flaws = shapes.flaws(text.ends_with(['\r', '\n']));
        for found in flaws {
            malformed(grid, found);
        }
        outcome
    });
    book.finish()
}

/// The text without a byte order mark, and the encoding that it was taken for.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static Encoding) {
    let encoding = match Encoding::for_bom(bytes) {
        // E1
        Some((encoding, _)) => encoding,
        // E2
        None if bytes.is_ascii() && memchr::memmem::find(bytes, b"\x1b$").is_some() => ISO_2022_JP,
        // E3
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => legacy(bytes),
    };
    (encoding.decode_with_bom_removal(bytes).0.into_owned(), encoding)
}

/// The encoding of bytes that are not valid UTF-8. What the WHATWG calls `Shift_JIS` is Microsoft's CP932.
fn legacy(bytes: &[u8]) -> &'static Encoding {
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30fe}');
    let euc = EUC_JP.decode_without_bom_handling_and_without_replacement(bytes);
    // E4
    if euc.is_some_and(|text| text.contains(is_kana)) {
        return EUC_JP;
    }
    // E5
    let unknown = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling(bytes).0.matches(char::REPLACEMENT_CHARACTER).count()
    };
    if unknown(UTF_8) < unknown(SHIFT_JIS) { UTF_8 } else { SHIFT_JIS }
}

/// Whether a field reads like the dates and times of day that Excel makes of what looks like one: `1月2日`, `2-Jan`,
/// `Jan-20`, `2020/1/2`, `12:00`.
fn is_excels_date(field: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let field = field.trim();
    let number = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let named = |month: &str, other: &str| MONTHS.contains(&month) && number(other, 2);
    if let Some((month, day)) = field.strip_suffix('日').and_then(|rest| rest.split_once('月')) {
        return number(month, 2) && number(day, 2);
    }
    if let Some((a, b)) = field.split_once('-') {
        return named(a, b) || named(b, a);
    }
    let parts = |sign| field.split(sign).collect::<Vec<_>>();
    match (&parts('/')[..], &parts(':')[..]) {
        ([year, month, day], _) => year.len() == 4 && number(year, 4) && number(month, 2) && number(day, 2),
        (_, [hour, rest @ ..]) if (1..=2).contains(&rest.len()) => {
            number(hour, 2) && rest.iter().all(|part| part.len() == 2 && number(part, 2))
        }
        _ => false,
    }
}

/// The number, from 1, of the first line with bytes that the encoding does not know. A text may also hold the sign
/// for them as a character of its own: then they were lost before it was saved.
fn first_undecodable(bytes: &[u8], text: &str) -> Option<usize> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let (before, _) = text.split_once(char::REPLACEMENT_CHARACTER)?;
    Some(before.matches('\n').count().max(before.matches('\r').count()) + 1)
}

/// Whether a plain text is a table by its tabs.
pub(super) fn is_tabbed(bytes: &[u8]) -> bool {
    let (text, _) = decode(bytes);
    delimiter(&text) == b'\t'
}

/// The delimiter: a tab if half of the first lines have one (tabs are rare inside of cells), else a semicolon
/// if there are more of them than commas.
pub(super) fn delimiter(text: &str) -> u8 {
    let (mut tabbed, mut lines, mut semicolons, mut commas) = (0, 0, 0, 0);
    for line in unquoted_lines(text)
        .filter(|line| !line.trim_matches([' ', '\u{3000}']).is_empty())
        .take(LINES_TO_TELL)
    {
        lines += 1;
        tabbed += usize::from(line.contains('\t'));
        semicolons += line.matches(';').count();
        commas += line.matches(',').count();
    }
    if tabbed > 0 && tabbed * 2 >= lines {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

/// The records without their quoted parts.
fn unquoted_lines(text: &str) -> impl Iterator<Item = String> {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        chars.peek()?;
        let mut quoted = false;
        let mut line = String::new();
        for c in chars.by_ref() {
            match c {
                '"' => quoted = !quoted,
                '\n' | '\r' if !quoted => break,
                _ if !quoted => line.push(c),
                _ => {}
            }
        }
        Some(line)
    })
}

/// Hands out each record with its row. The reader skips empty lines, so they are counted here.
fn records(
    text: &str,
    delimiter: u8,
    mut each: impl FnMut(u32, &StringRecord) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut row = 0;
    let damaged = |e: ::csv::Error| Refusal::Damaged(e.to_string());
    while reader.read_record(&mut record).map_err(damaged)? {
        row += empty_lines(text, &record);
        each(row, &record)?;
        row += 1;
    }
    Ok(())
}

/// The empty lines between the end of the record before and this record.
fn empty_lines(text: &str, record: &StringRecord) -> u32 {
    let start = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(0);
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    // The record before may end between the CR and the LF of its line break.
    let rest = if before.ends_with('\r') { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
    let breaks = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    let count = breaks.replace("\r\n", "\n").len();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn malformed(grid: &mut Grid<'_>, found: Found) {
    let Found { row, col, flaw, text, fields, width } = found;
    grid.note_at(row, col, |origin| {
        Finding::new(Problem::CsvMalformed { flaw, text: text.into(), fields, width }, origin)
    });
}

fn undecodable(origin: Origin, encoding: &'static Encoding, line: usize) -> Finding {
    let name = if encoding == SHIFT_JIS { "CP932 (Shift_JIS)" } else { encoding.name() };
    Finding::new(Problem::TextUndecodable { line, encoding: name.into() }, origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Lang};

    /// Each row as `index:cell|cell`, absent cells as nothing.
    fn rows(bytes: &[u8]) -> Vec<String> {
        let noted = read(bytes, "a.csv", &Limits::default());
        assert_eq!(noted.findings, []);
        let row = |r: &crate::model::RawRow| {
            let cells: Vec<_> = r.cells.iter().map(|c| format!("{}={}", c.col, c.text)).collect();
            format!("{}: {}", r.index, cells.join(" "))
        };
        noted.value[0].rows.iter().map(row).collect()
    }

    #[test]
    fn records_become_rows() {
        let check = |text: &str, expected: &[&str]| assert_eq!(rows(text.as_bytes()), expected, "{text:?}");
        check("a,b\n1,2\n", &["0: 0=a 1=b", "1: 0=1 1=2"]);
        check("a,b\r\n1,,3", &["0: 0=a 1=b", "1: 0=1 2=3"]);
        check("a;b\n\"x,y\";2\n", &["0: 0=a 1=b", "1: 0=x,y 1=2"]);
        check("a\tb\n1,073\t2\n", &["0: 0=a 1=b", "1: 0=1,073 1=2"]);
        check("\"a\"\t\"b,c\"\n\"1\"\t\"2\"\n", &["0: 0=a 1=b,c", "1: 0=1 1=2"]);
        check("表題\na,b\n", &["0: 0=表題", "1: 0=a 1=b"]);
        check("a,\"b\nc\r\nd\re\"\"f\"\nx\n", &["0: 0=a 1=b\nc\nd\ne\"f", "1: 0=x"]);
        check("a\n\n\nb\n", &["0: 0=a", "3: 0=b"]);
        check("a\r\n\r\nb\r\n,,\r\nc\r\n", &["0: 0=a", "2: 0=b", "4: 0=c"]);
        check("\r\n\r\na\r\n", &["2: 0=a"]);
        check("a\rb\r", &["0: 0=a", "1: 0=b"]);
        check("　, \n001,x\n", &["1: 0=001 1=x"]);
        check("", &[]);
    }

    #[test]
    fn dates_that_excel_made_are_known_and_the_end_sign_is_not_read() {
        for date in ["1月2日", "2-Jan", "Jan-20", "2020/4/1", "12:00", "9:00:00"] {
            assert!(is_excels_date(date), "{date}");
        }
        for text in ["1-2", "4/1", "1月", "令和2年4月1日", "9:00～17:00", "Jan", "12", "", "2020/4", "a:bc"]
        {
            assert!(!is_excels_date(text), "{text}");
        }
        assert_eq!(rows(b"a,b\r\n1,2\r\n\x1a"), ["0: 0=a 1=b", "1: 0=1 1=2"]);
    }

    #[test]
    fn encodings_are_told_apart() {
        let utf16 = |big: bool| {
            let units = "\u{FEFF}指標\t目黒\r\n".encode_utf16();
            units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect::<Vec<_>>()
        };
        let expected = ["0: 0=指標 1=目黒"];
        assert_eq!(rows("指標,目黒".as_bytes()), expected);
        assert_eq!(rows("\u{FEFF}指標,目黒".as_bytes()), expected);
        assert_eq!(rows(&utf16(false)), expected);
        assert_eq!(rows(&utf16(true)), expected);
        assert_eq!(rows(b"\x8e\x77\x95\x57,\x96\xda\x8d\x95"), expected);
        let (euc, ..) = EUC_JP.encode("指標,目黒のまち");
        assert_eq!(rows(&euc), ["0: 0=指標 1=目黒のまち"]);
        assert_eq!(rows(b"\x1b$B;XI8\x1b(B,1"), ["0: 0=指標 1=1"]);
        // Half-width kana alone could be either.
        assert_eq!(rows(b"\xb1\xb2,1"), ["0: 0=ｱｲ 1=1"]);
        // The wave dash and the minus sign of CP932, and NEC's circled one.
        assert_eq!(rows(b"\x81\x60\x81\x7c\x87\x40"), ["0: 0=～－①"]);
    }

    #[test]
    fn bytes_that_no_encoding_knows_are_reported_with_their_line() {
        let cut_off = &"指標\r\n現状値".as_bytes()[..16];
        for (bytes, said) in [
            (&b"\x8e\x77\x95\x57\r\n\xff\xff,1\r\n"[..], "line 2 has bytes that are not CP932 (Shift_JIS)"),
            (cut_off, "line 2 has bytes that are not UTF-8"),
        ] {
            let noted = read(bytes, "a.csv", &Limits::default());
            let [finding] = &noted.findings[..] else { panic!("{:?}", noted.findings) };
            assert_eq!((finding.code(), finding.message(Lang::En).as_str()), (Code::TextUndecodable, said));
            assert_eq!(noted.value[0].text(0, 0), Some("指標"));
        }
    }
}
