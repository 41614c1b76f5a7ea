//! The reading of a document's sheets: first where the form of each is, then what the forms say of each other, then their rows.

use super::columns::Lexicon;
use super::declared::{DeclaredCounts, Vocabulary};
use super::geometry::{self, Folded};
use super::headers::{self, Headers};
use super::headings::Headings;
use super::stated::{RowStatement, TableStatement};
use super::tell::{self, Table};
use super::{aside, assemble, boxes, by_hand, cells, comments, kept, line_breaks, marks, rows};
use crate::finding::{Collector, Noted};
use crate::model::{RawSheet, Record, RowKind, SheetAccount};
use crate::template::Template;
use std::collections::BTreeSet;
use std::rc::Rc;

/// What a sheet says, before what its headings say of its values is known to hold.
pub(super) struct SheetReading {
    pub(super) rows: Vec<Noted<Record>>,
    pub(super) tables: Vec<TableStatement>,
    pub(super) stated: Vec<RowStatement>,
    pub(super) sums: Vec<DeclaredCounts>,
    pub(super) account: SheetAccount,
    /// A header was recognised.
    pub(super) is_table: bool,
    /// It is not skipped.
    pub(super) is_form: bool,
}

/// Where the form of a sheet is.
pub(super) enum Form {
    /// The sheet is skipped.
    None(SheetAccount),
    Some(Box<Found>),
}

/// A form that was found.
pub(super) struct Found {
    left_out: marks::LeftOut,
    aside: Option<aside::Aside>,
    boxes: boxes::Boxes,
    headers: Headers,
    folded: Option<Folded>,
    /// The words with which it is read.
    words: Rc<Lexicon>,
}

/// Reads the sheets of a document, one by one.
pub(super) struct DocumentReader<'t> {
    template: &'t Template,
    pub(super) words: Rc<Lexicon>,
    headings: Headings,
    vocabulary: Vocabulary,
    pub(super) notes: Collector,
    /// The entries of the template that say of a sheet what it holds.
    pub(super) mapped: BTreeSet<usize>,
    /// Likewise those that know a form by its labels.
    pub(super) kept: kept::Used,
}

impl<'t> DocumentReader<'t> {
    pub(super) fn new(template: &'t Template, sheets: &[RawSheet]) -> Self {
        let words = Rc::new(Lexicon::of_document(template, sheets));
        Self {
            template,
            headings: Headings::new(template, &words),
            words,
            vocabulary: Vocabulary::new(template),
            notes: Collector::default(),
            mapped: BTreeSet::new(),
            kept: kept::Used::new(),
        }
    }

    /// Finds the form of a sheet, without what does not belong to it.
    pub(super) fn find(&mut self, sheet: &mut RawSheet) -> Form {
        let Self { template, words, headings, vocabulary, notes, mapped, kept } = self;
        let left_out = marks::leave_out(sheet, marks::TakeIn::of(template), notes);
        let entries = by_hand::entries(&sheet.place, template);
        mapped.extend(entries.iter().copied());
        let Some(headers) = by_hand::headers(sheet, &entries, template, notes) else {
            return Form::None(by_hand::skipped(sheet, left_out));
        };
        let names = (&**words, &*headings);
        let stated = match headers {
            Headers::Sought(_) => {
                let own = kept::headers(sheet, template, kept, || headers::headers(sheet, words, headings));
                (!own.is_empty()).then_some(Headers::Sought(own))
            }
            by_hand => Some(by_hand),
        };
        if let Some(headers) = stated {
            let boxes = boxes::take_out(sheet, names, vocabulary);
            let (aside, folded, words) = (None, None, Rc::clone(words));
            return Form::Some(Box::new(Found { left_out, aside, boxes, headers, folded, words }));
        }
        let form = kept::form_of_labels(sheet, template);
        let words = form
            .as_ref()
            .map_or_else(|| Rc::clone(words), |(_, form)| Rc::new(kept::words(form, template, words)));
        let (words, names) = (&words, (&*words, &*headings));
        let mut tables = headers::headers(sheet, words, headings);
        let aside = aside::take_out(sheet, &tables, words);
        if aside.is_some() {
            tables = headers::headers(sheet, words, headings);
        }
        let mut folded = geometry::fold(sheet, &tables, names, template);
        if let (Some((fitting, form)), Some(folded)) = (form, &mut folded) {
            kept.extend(fitting);
            let Folded { table, headers, .. } = folded;
            for header in headers {
                kept::settle(header, table, form);
            }
        }
        let around = folded.as_mut().map_or(&mut *sheet, |folded| &mut folded.rest);
        let boxes = boxes::take_out(around, names, vocabulary);
        if folded.is_none() && !boxes.cells.is_empty() {
            tables = headers::headers(sheet, words, headings);
        }
        let (headers, words) = (Headers::Sought(tables), Rc::clone(words));
        Form::Some(Box::new(Found { left_out, aside, boxes, headers, folded, words }))
    }

    /// One form is one form: what stands below the same headings tells the columns of all of them.
    pub(super) fn tell_together(&self, forms: &mut [Form], sheets: &[RawSheet]) {
        let mut tables: Vec<Table<'_>> = Vec::new();
        for (form, sheet) in forms.iter_mut().zip(sheets) {
            let Form::Some(found) = form else { continue };
            match (&mut found.folded, &mut found.headers) {
                (Some(Folded { table, headers, .. }), _) => tables.extend(Table::all(headers, table)),
                (None, Headers::Sought(headers)) => tables.extend(Table::all(headers, sheet)),
                (None, _) => {}
            }
        }
        tell::tell_together(&mut tables, &self.words);
    }

    /// Reads the rows of a form.
    pub(super) fn read(&mut self, form: Form, sheet: &RawSheet) -> SheetReading {
        let Self { template, headings, notes, .. } = self;
        let Found { left_out, aside, boxes, headers, folded, words } = match form {
            Form::Some(found) => *found,
            Form::None(account) => return SheetReading::skipped(account),
        };
        let (table, headers) = match &folded {
            Some(folded) => (&folded.table, Headers::Folded(folded.headers.clone())),
            None => (sheet, headers),
        };
        let hidden = if folded.is_some() { marks::HiddenCells::default() } else { left_out.hidden };
        let reading = rows::read(table, &hidden, template, (&words, headings, &headers), notes);
        let is_table = reading.drafts.is_some();
        let drafts = reading.drafts.unwrap_or_default();
        let stated: Vec<RowStatement> = drafts.iter().map(|draft| draft.stated.clone()).collect();
        let drafts = drafts.into_iter();
        let mut rows: Vec<Noted<Record>> =
            drafts.map(|draft| assemble::assemble(draft, sheet, template)).collect();
        line_breaks::say_once(&mut rows);
        let mut account = reading.account;
        comments::attach(left_out.comments, table, &mut rows, &mut account);
        account.cells.extend(cells::set_aside(&boxes.cells, RowKind::Tally));
        if let Some(folded) = &folded {
            account.cells.extend(cells::of_folded(folded, sheet, &account, template));
            account.rows = folded.rows(&account.rows);
            notes.extend(folded.unread(&words));
        }
        account.add(left_out.rows);
        account.add(boxes.rows);
        if let Some(aside) = aside {
            notes.extend(aside.finding);
            account.add(aside.rows);
            account.cells.extend(cells::set_aside(&aside.cells, RowKind::Note));
        }
        account.cells.sort_by_key(|(cell, _)| *cell);
        let sums = boxes.stated.into_iter().chain(reading.sums).collect();
        SheetReading { rows, tables: reading.stated, stated, sums, account, is_table, is_form: true }
    }
}

impl SheetReading {
    fn skipped(account: SheetAccount) -> Self {
        let (rows, tables, stated, sums) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { rows, tables, stated, sums, account, is_table: false, is_form: false }
    }
}
