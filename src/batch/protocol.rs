//! What a worker is asked and what it answers, as bytes: a worker is a process that reads files for another one, which
//! is not to die of them.
//!
//! A request is a line of JSON (what is asked, the file's name, the limits, the eras, the number of bytes) and the file's
//! bytes; an answer is a line of JSON: the sheets and the findings as [`ingest::read`] returns them, or what
//! [`ingest::survey()`] does. JSON writes no line break within a line. Whoever starts the worker sees to its memory and
//! its time.

use super::quiet::quietly;
use crate::finding::{Finding, Noted, Problem};
use crate::ingest::{self, Survey};
use crate::model::{Eras, Limits, Origin, RawSheet};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read, Write};

/// Bytes of a request's line at most: a name and a table of eras.
const MOST_HEAD: u64 = 1 << 20;
/// Bytes of an answer for each cell at most, its text apart: its column, what it stores, its share of its row.
const PER_CELL: u64 = 128;
/// Bytes of an answer for each byte of text at most: JSON writes a control character as six.
const PER_BYTE: u64 = 6;
/// Bytes of an answer for all else at most: merged areas, findings.
const REST: u64 = 32 << 20;

/// A file that is to be read.
#[derive(Debug)]
pub struct Request {
    head: Head,
    bytes: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    asked: Asked,
    file: String,
    limits: Limits,
    eras: Eras,
    length: u64,
}

/// What is to be told of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// Its sheets.
    Sheets,
    /// What it is like.
    Survey,
}

#[derive(Serialize, Deserialize)]
struct Answer {
    sheets: Vec<RawSheet>,
    findings: Vec<Noticed>,
}

/// A finding without its words, which the other process knows as well.
#[derive(Serialize, Deserialize)]
struct Noticed {
    problem: Problem,
    origin: Origin,
    more: Option<usize>,
}

/// Asks for a file to be read.
pub fn ask(
    to: &mut impl Write,
    asked: Asked,
    (bytes, file): (&[u8], &str),
    limits: &Limits,
    eras: &Eras,
) -> io::Result<()> {
    let length = length(bytes);
    let head = Head { asked, file: file.to_owned(), limits: *limits, eras: eras.clone(), length };
    let mut line = serde_json::to_vec(&head)?;
    line.push(b'\n');
    to.write_all(&line)?;
    to.write_all(bytes)?;
    to.flush()
}

impl Request {
    /// The next request; none if no more come.
    pub fn next(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = Vec::new();
        if from.by_ref().take(MOST_HEAD).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let head: Head = serde_json::from_slice(&line)?;
        let mut bytes = Vec::new();
        from.by_ref().take(head.length).read_to_end(&mut bytes)?;
        if length(&bytes) < head.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(Self { head, bytes }))
    }

    /// The limits under which the file is to be read.
    pub fn limits(&self) -> &Limits {
        &self.head.limits
    }

    /// Reads the file and says what came of it.
    pub fn answer(&self, to: &mut impl Write) -> io::Result<()> {
        let Head { asked, file, limits, eras, .. } = &self.head;
        match asked {
            Asked::Sheets => {
                let Noted { value: sheets, findings } =
                    quietly(|| ingest::read(&self.bytes, file, limits, eras));
                let noticed = |Finding { problem, origin, more, .. }| Noticed { problem, origin, more };
                let findings = findings.into_iter().map(noticed).collect();
                serde_json::to_writer(&mut *to, &Answer { sheets, findings })?;
            }
            Asked::Survey => {
                let survey = quietly(|| ingest::survey(&self.bytes, file, limits));
                serde_json::to_writer(&mut *to, &survey)?;
            }
        }
        to.write_all(b"\n")?;
        to.flush()
    }
}

/// Hears the sheets that were asked for. An answer that is longer than the limits allow, ends early or makes no sense is
/// an error.
pub fn hear(from: &mut impl BufRead, limits: &Limits) -> io::Result<Noted<Vec<RawSheet>>> {
    let Answer { sheets, findings } = serde_json::from_slice(&line(from, limits)?)?;
    let finding = |Noticed { problem, origin, more }| Finding { more, ..Finding::new(problem, origin) };
    Ok(Noted { value: sheets, findings: findings.into_iter().map(finding).collect() })
}

/// Hears the survey that was asked for, likewise.
pub fn hear_survey(from: &mut impl BufRead, limits: &Limits) -> io::Result<Survey> {
    Ok(serde_json::from_slice(&line(from, limits)?)?)
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).expect("what lies in memory is counted by 64 bits")
}

/// The line that is an answer.
fn line(from: &mut impl BufRead, limits: &Limits) -> io::Result<Vec<u8>> {
    let text = limits.text_mib.saturating_mul(PER_BYTE << 20);
    let most = limits.cells.saturating_mul(PER_CELL).saturating_add(text).saturating_add(REST);
    let mut line = Vec::new();
    from.by_ref().take(most).read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Area, ColumnWidths, Place, RawCell, RawRow, Surroundings};
    use rust_decimal::Decimal;
    use std::sync::Arc;

    fn asked(what: &[Asked], bytes: &[u8], file: &str) -> Vec<u8> {
        let mut asked = Vec::new();
        for &what in what {
            ask(&mut asked, what, (bytes, file), &Limits::default(), Eras::reiwa()).unwrap();
        }
        asked
    }

    #[test]
    fn a_worker_answers_what_reading_returns() {
        let files = [
            (&include_bytes!("../../tests/fixtures/excel-97.xls")[..], "a.xls"),
            (include_bytes!("../../input/meguro-2020/01_子育て支援部.xlsx"), "a.xlsx"),
            (include_bytes!("../../tests/fixtures/far-corners.xls"), "課\n/b.xls"),
            (b"a,\"b\nc\"\n\x01\n", "c.csv"),
            (b"", "d.csv"),
        ];
        let both = [Asked::Sheets, Asked::Survey];
        let asked: Vec<u8> = files.iter().flat_map(|(bytes, file)| asked(&both, bytes, file)).collect();
        let (mut requests, mut answers) = (asked.as_slice(), Vec::new());
        while let Some(request) = Request::next(&mut requests).unwrap() {
            request.answer(&mut answers).unwrap();
        }
        let mut answers = answers.as_slice();
        for (bytes, file) in files {
            let read = ingest::read(bytes, file, &Limits::default(), Eras::reiwa());
            assert_eq!(hear(&mut answers, &Limits::default()).unwrap(), read, "{file}");
            let survey = ingest::survey(bytes, file, &Limits::default());
            assert_eq!(hear_survey(&mut answers, &Limits::default()).unwrap(), survey, "{file}");
        }
        assert!(answers.is_empty());
    }

    #[test]
    fn nothing_of_a_sheet_is_lost_on_the_way() {
        let cell = RawCell {
            col: 3,
            text: "(1,234)\n\"".into(),
            stored: Some(Box::new(Decimal::new(-123_400, 2))),
            struck: Some("旧".into()),
            note: Some("\u{7f}".into()),
            ..RawCell::default()
        };
        let sheet = RawSheet {
            place: Arc::new(Place { file: "a.xlsx".into(), sheet: Some("様式".into()) }),
            hidden: true,
            rows: vec![RawRow {
                index: 7,
                hidden: true,
                cells: vec![RawCell { col: 1, ..RawCell::default() }, cell],
            }],
            hidden_columns: vec![(1, 2)],
            widths: ColumnWidths { default: Some(838), ranges: vec![(1, 2, 300)] },
            merges: vec![Area { top: 1, left: 2, bottom: 3, right: 4 }],
            surroundings: Surroundings { filtered_rows: [3, 4].into(), ..Surroundings::default() },
            ..RawSheet::default()
        };
        let data = serde_json::to_vec(&sheet).unwrap();
        let back: RawSheet = serde_json::from_slice(&data).unwrap();
        assert_eq!(back, sheet);
        assert_eq!(back.rows[0].cells[1].stored.as_ref().unwrap().scale(), 2);
    }

    #[test]
    fn nonsense_and_what_ends_early_is_an_error() {
        let asked = asked(&[Asked::Sheets], b"a,b", "a.csv");
        assert!(Request::next(&mut &asked[..asked.len() - 1]).is_err());
        assert!(Request::next(&mut &b"{}\n"[..]).is_err());
        assert!(Request::next(&mut &b""[..]).unwrap().is_none());
        for answer in ["", "{\"sheets\":[],\"findings\":[]}", "{}\n", "\n"] {
            assert!(hear(&mut answer.as_bytes(), &Limits::default()).is_err(), "{answer}");
        }
        let none = hear(&mut &b"{\"sheets\":[],\"findings\":[]}\n"[..], &Limits::default()).unwrap();
        assert_eq!(none, Noted { value: vec![], findings: vec![] });
    }
}
