//! Sheets to the list, one step a file. It never fails: trouble becomes a finding at a cell.

mod assemble;
mod boilerplate;
mod boxes;
mod by_hand;
mod checks;
mod choices;
mod columns;
mod comments;
mod contents;
mod declared;
mod departments;
mod derive;
mod disposition;
mod draft;
mod fit;
mod gather;
mod guess;
mod header_findings;
mod heading_text;
mod heading_units;
mod headings;
mod kinds;
mod lexicon;
mod line_breaks;
mod marks;
mod option_places;
mod options;
mod order;
mod overlays;
mod part;
pub mod references;
mod rows;
mod sort;
mod stated;
mod tall;
mod tally;
mod timed;
pub mod value;
mod withhold;

pub use departments::missing_departments;
pub use derive::{NoTotal, Summed, Total, Written, scopes, starts, total};
pub use guess::guess;
pub use part::part;

use crate::finding::{Collector, Finding, NoTable, Noted, Problem, Size};
use crate::model::{Dataset, Origin, Place, RawSheet, Record};
use crate::template::Template;
use columns::Lexicon;
use declared::Vocabulary;
use draft::Draft;
use gather::Gathering;
use headings::Headings;
pub use stated::complete_by_template;
use stated::{RowStatement, TableStatement};
use std::collections::BTreeSet;
use std::sync::Arc;
use tally::Claims;
pub use withhold::{mask, withhold};

/// Makes the list of a document from the sheets of its departments, which come in the order of their files.
pub fn transform(mut sheets: Vec<RawSheet>, template: &Template) -> Noted<Dataset> {
    let mut notes = Collector::default();
    let words = Lexicon::new(template);
    let headings = Headings::new(template);
    let vocabulary = Vocabulary::new(template);
    let mut gathering = Gathering::default();
    let mut claims = Claims::default();
    let mut accounts = Vec::new();
    let mut without_table: Vec<&RawSheet> = Vec::new();
    let mut with_table: Vec<&str> = Vec::new();
    let mut mapped = BTreeSet::new();
    for sheet in &mut sheets {
        let left_out = marks::leave_out(sheet, marks::TakeIn::of(template), &mut notes);
        let entries = by_hand::entries(&sheet.place, template);
        mapped.extend(entries.iter().copied());
        let headers = match by_hand::headers(sheet, &entries, template, &mut notes) {
            by_hand::DeclaredCounts::Skipped => {
                accounts.push(by_hand::skipped(sheet, left_out));
                continue;
            }
            by_hand::DeclaredCounts::Nothing => None,
            by_hand::DeclaredCounts::Tables(headers) => Some(headers),
        };
        let boxes = boxes::take_out(sheet, &words, &vocabulary);
        let reading = rows::read(sheet, &left_out, template, (&words, &headings, headers), &mut notes);
        let mut account = reading.account;
        account.add(left_out.rows);
        account.add(boxes.rows);
        let is_table = reading.drafts.is_some();
        let drafts = reading.drafts.unwrap_or_default();
        if rows::is_full(gathering.rows.len() + drafts.len(), template) {
            // Whatever is said of a part of the list would be wrong, and of all of it too much.
            notes.push(too_many_rows(&sheet.place, template));
            accounts.push(account);
            (gathering, claims) = (Gathering::default(), Claims::default());
            break;
        }
        let mut rows = rows_of(drafts, &reading.stated, sheet, template);
        comments::attach(left_out.comments, sheet, &mut rows, &mut account);
        claims.add(&sheet.place, &rows, boxes.stated.into_iter().chain(reading.sums), template);
        gathering.add(rows, template, &mut account, &mut notes);
        accounts.push(account);
        if is_table {
            with_table.push(&sheet.place.file);
        } else {
            without_table.push(sheet);
        }
    }
    if !accounts.is_empty() {
        notes.extend(by_hand::unused(&mapped, template));
    }
    notes.extend(no_tables(&without_table, &with_table));
    notes.extend(gathering.findings());
    notes.extend(claims.mismatches(&gathering.rows, template));
    let Gathering { rows: mut list_rows, reported, .. } = gathering;
    order::arrange(&mut list_rows, template, &mut notes);
    notes.extend(contents::short_codes(&list_rows, template));
    derive::run(&mut list_rows, template, &mut notes);
    checks::run(&list_rows, &reported, template, &mut notes);
    let list = tally::count(list_rows, accounts, template);
    Noted { value: list, findings: notes.finish() }
}

/// The rows of a sheet, complete with what its columns and headings say of them.
fn rows_of(
    drafts: Vec<Draft>,
    tables: &[TableStatement],
    sheet: &RawSheet,
    template: &Template,
) -> Vec<Noted<Record>> {
    let stated: Vec<RowStatement> = drafts.iter().map(|draft| draft.stated.clone()).collect();
    let drafts = drafts.into_iter();
    let mut rows: Vec<Noted<Record>> =
        drafts.map(|draft| assemble::assemble(draft, sheet, template)).collect();
    line_breaks::say_once(&mut rows);
    stated::complete(tables, &stated, &mut rows, template);
    contents::settle(&mut rows, template);
    rows
}

fn too_many_rows(place: &Arc<Place>, template: &Template) -> Finding {
    let most = template.limits.rows;
    let problem = Problem::SheetTooLarge { size: Size::Rows, found: most.saturating_add(1), most };
    Finding::new(problem, Origin::of_place(place))
}

/// A sheet without a table is reported; a file without any is an error, once.
fn no_tables(without: &[&RawSheet], with_table: &[&str]) -> Vec<Finding> {
    let mut files: Vec<&str> = with_table.to_vec();
    let mut notes = Vec::new();
    for sheet in without {
        let file = sheet.place.file.as_str();
        if with_table.contains(&file) {
            if !sheet.rows.is_empty() {
                let origin = Origin::of_place(&sheet.place);
                notes.push(Finding::new(Problem::SheetWithoutTable {}, origin));
            }
        } else if !files.contains(&file) {
            files.push(file);
            let problem = Problem::FileWithoutTable { cause: NoTable::NoHeader };
            notes.push(Finding::new(problem, Origin::of_file(file)));
        }
    }
    notes
}
