//! By what the list can be filtered: each choice has a key, and each row the keys of what it belongs to.
//!
//! The form is for the script alone and hidden without it: then every row is shown.

use super::keys::key;
use super::outline::Outline;
use super::words::{PageWords, filled};
use crate::model::{Dataset, Field, Record, Role};
use crate::template::{FieldKind, FieldSpec, Template};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// A choice of one among several.
struct Facet {
    /// In the address of a filtered view.
    name: String,
    label: String,
    options: Vec<Choice>,
}

/// What can be chosen.
struct Choice {
    key: String,
    label: String,
    /// How deep it lies in a hierarchy.
    depth: usize,
}

/// The choices of a list, and what its rows belong to.
pub(super) struct Filter {
    facets: Vec<Facet>,
    /// The keys of each row.
    keys: Vec<Vec<String>>,
}

impl Filter {
    pub(super) fn of(list: &Dataset, template: &Template, outline: &Outline<'_>) -> Self {
        let mut filter = Self { facets: Vec::new(), keys: vec![Vec::new(); list.rows.len()] };
        filter.add_groups(template, outline);
        for field in template.entries().filter(|&field| template.field(field).is_published) {
            match template.field(field) {
                FieldSpec { kind: FieldKind::Choice, .. } => {
                    filter.add_choices(field, list, template, outline);
                }
                FieldSpec { kind: FieldKind::Value, .. }
                | FieldSpec { role: Some(Role::Name | Role::Number | Role::Reason | Role::Unit), .. } => {}
                FieldSpec { kind: FieldKind::Text, .. } => filter.add_texts(field, list, template, outline),
            }
        }
        filter.facets.retain(|facet| facet.options.len() > 1);
        filter
    }

    /// The groups as one choice: what lies in a group stands below it, also where the group goes on after others.
    fn add_groups(&mut self, template: &Template, outline: &Outline<'_>) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        let mut options: Vec<(Vec<usize>, Choice)> = Vec::new();
        let sections = outline.sections();
        for section in &sections {
            let keys: Vec<&str> = section.above.iter().map(|heading| heading.key.as_str()).collect();
            for record in outline.table.rows[section.rows.clone()].iter().filter_map(|row| row.record) {
                self.keys[record].extend(keys.iter().map(|&key| key.to_owned()));
            }
            for (depth, heading) in section.above.iter().enumerate() {
                let next = first.len();
                first.entry(keys[depth]).or_insert(next);
                let path = keys[..=depth].iter().map(|key| first[key]).collect();
                let label = heading.label.paragraphs.concat();
                options.push((path, Choice { key: heading.key.clone(), label, depth }));
            }
        }
        options.sort_by(|a, b| a.0.cmp(&b.0));
        let options = options.into_iter().map(|(_, option)| option).collect();
        if let Some(outermost) = template.groups.first() {
            self.add(&outermost.key, outline.kinds().join("・"), options);
        }
    }

    /// The words of a vocabulary, as far as rows chose them.
    fn add_choices(&mut self, field: Field, list: &Dataset, template: &Template, outline: &Outline<'_>) {
        let spec = template.field(field);
        let key = |code: &str| key("c", &[&spec.key, code]);
        let mut used = BTreeSet::new();
        for (keys, row) in self.keys.iter_mut().zip(&list.rows) {
            if let Some(chosen) = row.choice(field) {
                keys.push(key(&spec.choices[chosen.id.0].code));
                used.insert(chosen.id.0);
            }
        }
        let option = |at: &usize| {
            let word = &spec.choices[*at];
            Choice { key: key(&word.code), label: word.print.clone(), depth: 0 }
        };
        self.add(&spec.key, name(field, template, outline), used.iter().map(option).collect());
    }

    /// A field of texts, if it is printed and sorts the rows: on average, two have the same value.
    fn add_texts(&mut self, field: Field, list: &Dataset, template: &Template, outline: &Outline<'_>) {
        if !template.columns.iter().any(|column| column.fields.contains(&field)) {
            return;
        }
        let spec = template.field(field);
        let text = |row: &Record| row.text(field).map_or(String::new(), |text| text.text.clone());
        let mut values: Vec<String> = list.rows.iter().map(text).filter(|text| !text.is_empty()).collect();
        values.sort();
        values.dedup();
        if 2 * values.len() > list.rows.len() {
            return;
        }
        let key = |text: &str| key("x", &[&spec.key, text]);
        for (keys, row) in self.keys.iter_mut().zip(&list.rows) {
            keys.extend(Some(text(row)).filter(|text| !text.is_empty()).map(|text| key(&text)));
        }
        let options =
            values.iter().map(|text| Choice { key: key(text), label: text.replace('\n', " "), depth: 0 });
        self.add(&spec.key, name(field, template, outline), options.collect());
    }

    /// Adds a choice; what comes twice is one option.
    fn add(&mut self, name: &str, label: String, options: Vec<Choice>) {
        let mut seen = BTreeSet::new();
        let options = options.into_iter().filter(|option| seen.insert(option.key.clone())).collect();
        // No template key can be the name of the search field.
        self.facets.push(Facet { name: format!("by-{name}"), label, options });
    }

    /// What a row belongs to.
    pub(super) fn keys_of(&self, row: usize) -> String {
        self.keys[row].join(" ")
    }

    /// The form above the list.
    pub(super) fn form(&self, words: &PageWords) -> Markup {
        let all = self.keys.len();
        let pattern = |pattern: &str| pattern.replace("{all}", &all.to_string());
        html! {
            form #filter role="search" aria-label=(words.filter) hidden {
                p.field {
                    label for="q" { (words.search) }
                    input #q type="search" name="q" autocomplete="off" spellcheck="false";
                }
                @for (index, facet) in self.facets.iter().enumerate() {
                    p.field {
                        label for={ "by-" (index) } { (facet.label) }
                        select id={ "by-" (index) } name=(facet.name) {
                            option value="" { (words.every) }
                            @for option in &facet.options {
                                option value=(option.key) {
                                    ("　".repeat(option.depth))
                                    @if option.label.is_empty() { (words.unnamed) } @else { (option.label) }
                                }
                            }
                        }
                    }
                }
                p.field { button type="reset" { (words.reset) } }
                p #count role="status" data-some=(pattern(words.some_shown)) data-none=(pattern(words.none_shown)) {
                    (filled(words.all_shown, all, all))
                }
            }
        }
    }
}

/// What the page calls a field: the heading of its column, where that shows it alone.
fn name(field: Field, template: &Template, outline: &Outline<'_>) -> String {
    let own = template.columns.iter().position(|column| column.fields == [field]);
    own.map_or_else(|| template.field(field).name(), |col| outline.table.heading(col))
}
