//! By what the rows can be filtered: each choice has a key, and each row the keys of what it belongs to.
//!
//! The form is for the script alone and hidden without it: then every row is shown.

use super::outline::Outline;
use super::words::{PageWords, filled};
use crate::model::{FacetOption, Navigation};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// A choice of one among several.
struct Facet<'a> {
    /// In the address of a filtered view.
    name: String,
    label: String,
    options: Vec<Choice<'a>>,
}

/// What can be chosen.
struct Choice<'a> {
    key: &'a str,
    label: String,
    /// How deep it lies in a hierarchy.
    depth: usize,
}

/// The choices of a table, and what its rows belong to.
pub(super) struct Filter<'a> {
    facets: Vec<Facet<'a>>,
    /// The keys of each row.
    keys: Vec<Vec<&'a str>>,
    /// How many rows there are, headings and feet apart.
    count: usize,
}

impl<'a> Filter<'a> {
    pub(super) fn of(navigation: &'a Navigation, outline: &'a Outline<'_>) -> Self {
        let rows = &outline.table.rows;
        let count = rows.iter().filter(|row| row.foot.is_none() && !row.is_heading()).count();
        let mut filter = Self { facets: Vec::new(), keys: vec![Vec::new(); rows.len()], count };
        filter.add_groups(outline);
        for facet in &navigation.facets {
            for (keys, option) in filter.keys.iter_mut().zip(&facet.rows) {
                keys.extend(option.map(|at| facet.options[at].key.as_str()));
            }
            let choice =
                |option: &'a FacetOption| Choice { key: &option.key, label: option.label.clone(), depth: 0 };
            filter.add(&facet.key, facet.label.clone(), facet.options.iter().map(choice).collect());
        }
        filter.facets.retain(|facet| facet.options.len() > 1);
        filter
    }

    /// The groups as one choice: what lies in a group stands below it, also where the group goes on after others.
    fn add_groups(&mut self, outline: &'a Outline<'_>) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        let mut options: Vec<(Vec<usize>, Choice<'a>)> = Vec::new();
        for section in outline.sections() {
            let keys: Vec<&'a str> = section.above.iter().map(|heading| heading.key.as_str()).collect();
            for row in &mut self.keys[section.rows.clone()] {
                row.extend(&keys);
            }
            for (depth, heading) in section.above.iter().enumerate() {
                let next = first.len();
                first.entry(keys[depth]).or_insert(next);
                let path = keys[..=depth].iter().map(|key| first[key]).collect();
                let label = heading.label.kept();
                options.push((path, Choice { key: &heading.key, label, depth }));
            }
        }
        options.sort_by(|a, b| a.0.cmp(&b.0));
        let options = options.into_iter().map(|(_, option)| option).collect();
        if let Some(key) = outline.outermost() {
            self.add(key, outline.kinds().join("・"), options);
        }
    }

    /// Adds a choice; what comes twice is one option.
    fn add(&mut self, name: &str, label: String, options: Vec<Choice<'a>>) {
        let mut seen = BTreeSet::new();
        let options = options.into_iter().filter(|option| seen.insert(option.key)).collect();
        // No template key can be the name of the search field.
        self.facets.push(Facet { name: format!("by-{name}"), label, options });
    }

    /// What a row belongs to.
    pub(super) fn keys_of(&self, row: usize) -> String {
        self.keys[row].join(" ")
    }

    /// The form above the list.
    pub(super) fn form(&self, words: &PageWords, eras: &str) -> Markup {
        let all = self.count;
        let pattern = |pattern: &str| pattern.replace("{all}", &all.to_string());
        html! {
            form #filter role="search" aria-label=(words.filter) data-eras=(eras) hidden {
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
                p #condition aria-hidden="true" {}
            }
        }
    }
}
