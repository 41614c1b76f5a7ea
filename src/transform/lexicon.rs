//! The template's header words, and how well a heading fits them.
//!
//! * **H1** Texts are compared folded (width, spaces, line breaks and kinds of brackets do not matter).
//! * **H3** A heading equal to a word beats one that names it: equal without its ornaments (a number or sign before it,
//!   brackets around it, brackets or a remark behind it, a time, 名 or 欄). The template's own words and its ignored
//!   columns go before the built-in ones. Among equals the longest word wins.
//! * **H13** What is not equal is a hint at most, and said. Japanese names things at the end: a heading that ends with
//!   a word may be about it (`国の目標値`); one that begins with it is about something else (`目標達成率`,
//!   `目標値の根拠`), unless nothing but 設定, 案 or the like follows, or an equal partner in a column of text
//!   (`理由・根拠`). For a value, figures stand below. Headings that begin with an ignored column's word are ignored.
//! * **H7** A value's word with a word for times behind it (`現状値の年度`) is the column of the value's times.
//! * **H15** A value's word with 単位 behind it (`目標値の単位`) is the column of the value's units.
//! * **H8** A heading that ends with a reason's word is no other field's, but perhaps a new target's with its reason
//!   (`新たな目標値と理由`; by a hint, with any value's word before it: old values have no reasons). One that has all
//!   words of the vocabulary is the disposition's.
//! * **H18** The column of a point in time, or of a field with a period, is the one whose heading states that time, alone or
//!   beside words of the field (`平成13年実績`); a heading
//!   that states the time of another such column is not its heading.
//! * **H12** The names of the columns of kaitei's own data format (`target`, `target_at`, `target_unit`) mean what they
//!   mean there, whole and alone.

use super::fit::{Fit, Manner};
use super::heading_text::{HeadingText, front_and_bare};
use super::texts::Texts;
use super::timed::{self, Timed};
use super::vocabulary::Vocabulary;
use crate::japanese::fold;
use crate::model::{ChoiceId, Eras, Field, RawSheet, Role, Roles, Slot};
use crate::template::{FieldKind, Template};
use crate::transform::value::is_kanji;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// Words for times that follow a value's word, or stand for themselves beside the value's column. Longer ones first
/// where one ends with another.
const TIMES: [&str; 7] = ["達成年度", "年度", "年次", "時点", "時期", "年月", "年"];
/// The word for a column of units.
const UNIT: &str = "単位";
/// What may follow a column's name and changes nothing.
const SUFFIXES: [&str; 6] = ["の名称", "名称", "名", "項目", "記入欄", "欄"];
/// The same behind a value's.
const VALUE_SUFFIXES: [&str; 6] = ["の数値", "数値", "の実数", "実数", "の値", "値"];
/// What may follow a column's name and hardly changes it.
const HARMLESS: [&str; 6] = ["設定", "の設定", "内容", "の内容", "案", "等"];
/// What joins two names. Longer ones first where one begins with another.
const JOINTS: [&str; 8] = ["及び", "および", "並びに", "と", "・", "/", "、", ","];

/// A header word, folded; it is not empty.
struct Word {
    slot: Slot,
    text: String,
    /// Its first character and its last.
    ends: [Option<char>; 2],
    /// The template's own, not built in.
    is_own: bool,
}

/// The template's header words, folded once.
pub(super) struct Lexicon {
    words: Vec<Word>,
    /// The first characters of the fields' words.
    initials: BTreeSet<char>,
    /// The columns of the data format.
    names: BTreeMap<String, Slot>,
    /// The words of each vocabulary, whole and as they are printed.
    pub(super) vocabularies: Vec<Vocabulary>,
    roles: Arc<Roles>,
    /// Those that have words, in the template's order.
    fields: Vec<Field>,
    /// The fields that hold values.
    values: Vec<Field>,
    /// The fields whose columns are told by the time that their headings state.
    timed: Vec<Timed>,
    eras: Eras,
    pub(super) texts: Texts,
    /// How many rows may still be looked at as the first of a header.
    left: Cell<usize>,
    /// The last headings: a row is looked at more than once, alone and with the rows around it.
    known: RefCell<BTreeMap<String, Rc<Heading>>>,
}

/// What a heading says.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// How well it fits each slot that it fits, at its best word (H3).
    pub(super) fits: BTreeMap<Slot, Fit>,
    /// It is nothing but a word for times, and so belongs to the value beside it.
    pub(super) is_time: bool,
    /// It is nothing but the word for units.
    pub(super) is_unit: bool,
}

impl Heading {
    /// The slots whose words it equals, ornaments aside.
    pub(super) fn named(&self) -> impl Iterator<Item = Slot> {
        self.fits.iter().filter(|(_, fit)| fit.manner >= Manner::Names).map(|(slot, _)| *slot)
    }
}

/// Headings that are kept, and the bytes of the longest of them.
const KNOWN: usize = 1024;
const LONGEST_KNOWN: usize = 256;

/// Rows of a document that are looked at as the first of a header, if two of their cells could name fields: it takes
/// time, and no form has as many.
const MOST_TRIES: usize = 25_000;

/// The first character of a text and the last.
fn ends(text: &str) -> [Option<char>; 2] {
    [text.chars().next(), text.chars().next_back()]
}

impl Lexicon {
    /// The same with the texts of a document.
    pub(super) fn of_document(template: &Template, sheets: &[RawSheet]) -> Self {
        Self { texts: Texts::of(sheets), ..Self::new(template) }
    }

    /// Collects the words of all fields, times, dispositions and ignored columns.
    pub(super) fn new(template: &Template) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut add = |slot, (text, is_own): (&str, bool)| {
            let text = fold(text);
            if !text.is_empty() {
                words.push(Word { slot, ends: ends(&text), text, is_own });
            }
        };
        for field in template.all_fields() {
            let spec = template.field(field);
            spec.words.each().for_each(|word| add(Slot::Field(field), word));
            spec.time_words.each().for_each(|word| add(Slot::Time(field), word));
        }
        let vocabularies: Vec<Vocabulary> =
            template.fields_of(FieldKind::Choice).map(|field| Vocabulary::of(field, template)).collect();
        for Vocabulary { field, labels, prints, .. } in &vocabularies {
            // Where two fields have the same word, a column headed by it tells neither.
            let is_shared = |word: &String| {
                vocabularies.iter().any(|other| other.field != *field && other.labels.contains(word))
            };
            if labels.iter().any(is_shared) {
                continue;
            }
            for (i, (label, print)) in labels.iter().zip(prints).enumerate() {
                for word in [label, print] {
                    add(Slot::Mark(*field, ChoiceId(i)), (word, true));
                }
            }
        }
        template.ignored_columns.each().for_each(|word| add(Slot::Ignored, word));
        let is_value = |field: &Field| {
            template.field(*field).kind == FieldKind::Value && template.field(*field).compute.is_none()
        };
        let values = template.all_fields().into_iter().filter(is_value).collect();
        let is_stated = |field: &Field| {
            let spec = template.field(*field);
            spec.words.each().next().is_some() && spec.compute.is_none()
        };
        let fields = template.all_fields().into_iter().filter(is_stated).collect();
        let of_fields = words.iter().filter(|word| matches!(word.slot, Slot::Field(_)));
        let initials = of_fields.filter_map(|word| word.text.chars().next()).collect();
        let own = |field: Field| (template.field(field).key.clone(), Slot::Field(field));
        let names = template.derived_columns().into_iter().chain(template.all_fields().into_iter().map(own));
        Self {
            words,
            initials,
            names: names.collect(),
            vocabularies,
            timed: template
                .fields_of(FieldKind::Value)
                .filter_map(|field| Timed::of(field, template))
                .collect(),
            roles: Arc::clone(&template.roles),
            fields,
            values,
            eras: template.eras.clone(),
            texts: Texts::default(),
            left: Cell::new(MOST_TRIES),
            known: RefCell::default(),
        }
    }

    /// Whether one more row may be looked at as the first of a header.
    pub(super) fn may_try(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Whether a heading equals or begins with a field's word.
    pub(super) fn names_field(&self, heading: &str) -> bool {
        let whole = fold(heading);
        if let Some(slot) = self.names.get(&whole) {
            return matches!(slot, Slot::Field(_)); // H12
        }
        if !self.timed_by(heading).is_empty() {
            return true; // H18
        }
        let (front, _) = front_and_bare(heading, &whole);
        let may = |text: &String| text.starts_with(|c: char| self.initials.contains(&c));
        if !may(&whole) && !may(&front) {
            return false; // as most texts of a form
        }
        let begins = |word: &Word| whole.starts_with(&word.text) || front.starts_with(&word.text);
        self.words.iter().any(|word| matches!(word.slot, Slot::Field(_)) && begins(word))
    }

    /// What a heading says.
    pub(super) fn heading(&self, text: &str) -> Rc<Heading> {
        if let Some(known) = self.known.borrow().get(text) {
            return Rc::clone(known);
        }
        let heading = HeadingText::new(text, &self.eras);
        let is_time = TIMES.contains(&heading.bare.as_str());
        let (is_unit, fits) = (heading.bare == UNIT, self.fits(text, &heading));
        let heading = Rc::new(Heading { fits, is_time, is_unit });
        let mut known = self.known.borrow_mut();
        if known.len() >= KNOWN {
            known.clear();
        }
        if text.len() <= LONGEST_KNOWN {
            known.insert(text.to_owned(), Rc::clone(&heading));
        }
        heading
    }

    fn fits(&self, text: &str, heading: &HeadingText) -> BTreeMap<Slot, Fit> {
        if let Some(&slot) = self.names.get(&heading.whole) {
            let fit = Fit { manner: Manner::Equals, is_own: true, length: heading.whole.len() };
            return BTreeMap::from([(slot, fit)]); // H12
        }
        let mut fits: BTreeMap<Slot, Fit> = BTreeMap::new();
        let mut add = |slot, manner, is_own, length| {
            let fit = Fit { manner, is_own, length };
            fits.entry(slot).and_modify(|best| *best = fit.max(*best)).or_insert(fit);
        };
        // A word that fits begins or ends as one of the heading's forms does.
        let forms =
            [Some(&heading.whole), Some(&heading.front), Some(&heading.bare), heading.timeless.as_ref()];
        let forms = forms.map(|form| form.map_or([None; 2], |form| ends(form)));
        let may = |word: &&Word| forms.iter().any(|form| form[0] == word.ends[0] || form[1] == word.ends[1]);
        for word in self.words.iter().filter(may) {
            if let Some(manner) = self.manner(heading, word) {
                add(word.slot, manner, word.is_own, word.text.len());
            }
        }
        let stem = |words: &[&str]| words.iter().find_map(|word| heading.bare.strip_suffix(word));
        if let Some(field) = stem(&TIMES).and_then(|stem| self.value_named(stem)) {
            add(Slot::Time(field), Manner::Names, false, heading.bare.len()); // H7
        }
        if let Some(field) = stem(&[UNIT]).and_then(|stem| self.value_named(stem)) {
            add(Slot::Unit(Some(field)), Manner::Names, false, heading.bare.len()); // H15
        }
        let is_listed =
            |labels: &[String]| labels.len() > 1 && labels.iter().all(|label| heading.whole.contains(label));
        for Vocabulary { field, .. } in self.vocabularies.iter().filter(|words| is_listed(&words.labels)) {
            add(Slot::Field(*field), Manner::Lists, false, heading.whole.len()); // H8
        }
        for (field, manner) in self.timed_by(text) {
            add(Slot::Field(field), manner, true, heading.whole.len()); // H18
        }
        let of_other_time = |slot: &Slot| {
            let is_of = |timed: &&Timed| matches!(slot, Slot::Field(field) if timed.is_of(*field));
            self.timed.iter().find(is_of).is_some_and(|timed| timed.is_other_than(text, &self.eras))
        };
        if self.timed.iter().any(|timed| timed.is_stated_in(text, &self.eras)) {
            fits.retain(|slot, _| !of_other_time(slot)); // H18
        }
        if self.ends_with_reason(&heading.bare) {
            fits.retain(|slot, fit| !fit.is_hint() || self.has_role(*slot, Role::Reason)); // H8
            if let Some(field) =
                self.roles.field(Role::NewTarget).filter(|_| self.joins_a_value(&heading.bare))
            {
                let fit = Fit { manner: Manner::Ends, is_own: false, length: heading.bare.len() };
                fits.entry(Slot::Field(field)).or_insert(fit);
            }
        }
        let begins_ignored = |fit: &Fit| fit.manner == Manner::Begins;
        if fits.get(&Slot::Ignored).is_some_and(begins_ignored) {
            fits.retain(|slot, fit| !fit.is_hint() || *slot == Slot::Ignored); // H13
        }
        fits
    }

    /// H18: the fields whose time a heading states, and how well what stands beside the time fits them.
    fn timed_by(&self, heading: &str) -> Vec<(Field, Manner)> {
        timed::by(heading, &self.timed, &self.eras)
    }

    /// Whether a slot is a value's.
    pub(super) fn is_value(&self, slot: Slot) -> bool {
        matches!(slot, Slot::Field(field) if self.values.contains(&field))
    }

    /// Whether a slot is a field's of choices.
    pub(super) fn is_choice(&self, slot: Slot) -> bool {
        matches!(slot, Slot::Field(field) if self.vocabularies.iter().any(|words| words.field == field))
    }

    /// Whether a slot is the field's that has a role.
    pub(super) fn has_role(&self, slot: Slot, role: Role) -> bool {
        self.roles.field(role).is_some_and(|field| slot == Slot::Field(field))
    }

    /// The slot of what a record is about.
    pub(super) fn name(&self) -> Slot {
        Slot::Field(self.roles.field(Role::Name).expect("resolve() wants a name"))
    }

    /// The field that has a role.
    pub(super) fn role(&self, role: Role) -> Option<Field> {
        self.roles.field(role)
    }

    /// The levels of groups and the fields that have words, in the template's order.
    pub(super) fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The fields of values that every record has: not those of a series, nor new targets.
    pub(super) fn stated_values(&self) -> impl Iterator<Item = Field> {
        let is_timed = |field: &Field| self.timed.iter().any(|timed| timed.is_of(*field));
        self.all_values().filter(move |field| !is_timed(field))
    }

    /// The fields of values, but for new targets.
    pub(super) fn all_values(&self) -> impl Iterator<Item = Field> {
        let is_new = |field: &Field| self.has_role(Slot::Field(*field), Role::NewTarget);
        self.values.iter().copied().filter(move |field| !is_new(field))
    }

    /// Whether a heading that is no field's may be meant for one: it states the field's time, or has two kanji in a row
    /// in common with its words, where it has no time.
    pub(super) fn may_head(&self, field: Field, heading: &str) -> bool {
        if let Some(timed) = self.timed.iter().find(|timed| timed.is_of(field)) {
            return timed.is_stated_in(heading, &self.eras);
        }
        let pairs = |text: &str| -> BTreeSet<(char, char)> {
            let all = text.chars().zip(text.chars().skip(1));
            all.filter(|(a, b)| is_kanji(*a) && is_kanji(*b)).collect()
        };
        let own = pairs(&fold(heading));
        let of_field = self.words.iter().filter(|word| word.slot == Slot::Field(field));
        of_field.flat_map(|word| pairs(&word.text)).any(|pair| own.contains(&pair))
    }

    /// The eras, with that of bare years.
    pub(super) fn eras(&self) -> &Eras {
        &self.eras
    }

    /// Whether a text ends with a reason's word.
    fn ends_with_reason(&self, text: &str) -> bool {
        let is_reason = |word: &&Word| self.has_role(word.slot, Role::Reason);
        self.words.iter().filter(is_reason).any(|word| text.ends_with(&word.text))
    }

    /// Whether a heading that ends with a reason's word names a value before it: `新しい目標とその理由`.
    fn joins_a_value(&self, heading: &str) -> bool {
        let is_value =
            |name: &str| self.words.iter().any(|word| self.is_value(word.slot) && name.ends_with(&word.text));
        JOINTS.iter().filter_map(|joint| heading.split_once(joint)).any(|(name, _)| is_value(name))
    }

    /// The value field whose word is the first part of a heading: `現状値の`, `変更後の`.
    fn value_named(&self, stem: &str) -> Option<Field> {
        let stem = stem.strip_suffix('の').unwrap_or(stem);
        self.words.iter().find_map(|word| match word.slot {
            Slot::Field(field) if word.text == stem && self.values.contains(&field) => Some(field),
            _ => None,
        })
    }

    fn manner(&self, heading: &HeadingText, word: &Word) -> Option<Manner> {
        let Word { slot, text, .. } = word;
        if heading.whole == *text {
            return Some(Manner::Equals);
        }
        if heading.front == *text || heading.names().any(|name| self.is_named(name, word)) {
            return Some(Manner::Names);
        }
        match slot {
            Slot::Mark(..) => None, // `1.維持の理由` is no mark
            Slot::Ignored => {
                (heading.whole.starts_with(text) || heading.front.starts_with(text)).then_some(Manner::Begins)
            }
            _ if heading.names().any(|name| name.ends_with(text)) => Some(Manner::Ends),
            _ if heading.names().any(|name| self.begins(name, word)) => Some(Manner::Begins),
            _ => None,
        }
    }

    /// Whether a column's name is a word, alone or with what changes nothing behind it; of a new target, with its
    /// reason (H8).
    fn is_named(&self, name: &str, word: &Word) -> bool {
        let Some(rest) = name.strip_prefix(&word.text) else { return false };
        let of_value = || self.is_value(word.slot) && VALUE_SUFFIXES.contains(&rest);
        let with_reason = || {
            let joined = JOINTS.iter().find_map(|joint| rest.strip_prefix(joint));
            self.has_role(word.slot, Role::NewTarget)
                && joined.is_some_and(|rest| self.ends_with_reason(rest))
        };
        rest.is_empty()
            || (matches!(word.slot, Slot::Field(_)) && SUFFIXES.contains(&rest))
            || of_value()
            || with_reason()
    }

    /// Whether a column's name begins with a word and goes on with nothing that changes what the column is about (H13).
    fn begins(&self, name: &str, word: &Word) -> bool {
        let Some(rest) = name.strip_prefix(&word.text) else { return false };
        let is_text = matches!(word.slot, Slot::Field(_)) && !self.is_value(word.slot);
        let is_verb = ["とする", "とな", "とし"].iter().any(|verb| rest.starts_with(verb));
        let is_joint = !is_verb && JOINTS.iter().any(|joint| rest.starts_with(joint));
        HARMLESS.contains(&rest) || (is_text && is_joint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標", "目標"] }, { key = "policy", words = ["施策"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持", print = "1.維持" }, { code = "2", label = "修正" }] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [{ title = "指標", fields = ["indicator"], width = 20 }, { title = "取扱", fields = ["disposition"], width = 4 }]
"#;

    /// The best slot of a heading, and the manner.
    fn best(words: &Lexicon, heading: &str) -> Option<(Slot, Manner)> {
        let fits = &words.heading(heading).fits;
        let best = fits.values().max()?;
        fits.iter().find(|(_, fit)| *fit == best).map(|(slot, fit)| (*slot, fit.manner))
    }

    #[test]
    fn headings_fit_the_words_of_departments() {
        let template = Template::parse("t", TEMPLATE).expect("a sound template");
        let words = Lexicon::new(&template);
        let of = |role| template.role(role).expect("declared");
        let field = |role, manner| Some((Slot::Field(of(role)), manner));
        let group = |level, manner| Some((Slot::Field(Field::Group(level)), manner));
        let time = |role, manner| Some((Slot::Time(of(role)), manner));
        let mark = |id| Slot::Mark(of(Role::Disposition), ChoiceId(id));
        for (rule, heading, expected) in [
            ("H3", "指標名", field(Role::Name, Manner::Names)),
            ("H3", "評価指標", field(Role::Name, Manner::Equals)),
            ("H3", "①指標名", field(Role::Name, Manner::Names)),
            ("H3", "(2) 施　策", group(1, Manner::Names)),
            ("H3", "【基本目標】", group(0, Manner::Names)),
            ("H3", "現状値（平成27年度）", field(Role::Baseline, Manner::Names)),
            ("H3", "目標値※1", field(Role::Target, Manner::Names)),
            ("H3", "○理由", field(Role::Reason, Manner::Names)),
            ("H3", "施策の名称", group(1, Manner::Names)),
            ("H3", "R元年度目標値", field(Role::Target, Manner::Names)),
            ("H3", "令和元（2019）年度\nまでの目標", group(0, Manner::Names)),
            ("H3", "現状の数値", field(Role::Baseline, Manner::Names)),
            ("H3", "目 標", group(0, Manner::Equals)),
            ("H13", "次期の目標値", field(Role::Target, Manner::Ends)),
            ("H13", "達成すべき指標", field(Role::Name, Manner::Ends)),
            ("H13", "目標値の設定", field(Role::Target, Manner::Begins)),
            ("H13", "目標の進捗状況", None),
            ("H13", "目標達成率", None),
            ("H13", "目標値の根拠", None),
            ("H13", "現状と課題", None),
            ("H13", "指標・単位", field(Role::Name, Manner::Begins)),
            ("H13", "備考欄・理由の根拠", Some((Slot::Ignored, Manner::Begins))),
            ("H13", "内線番号", Some((Slot::Ignored, Manner::Begins))),
            ("H15", "現状値の単位", Some((Slot::Unit(template.role(Role::Baseline)), Manner::Names))),
            ("H15", "単位", None),
            ("H8", "変更後の目標値と理由", field(Role::NewTarget, Manner::Names)),
            ("H8", "変更後の理由", field(Role::Reason, Manner::Ends)),
            ("H7", "当初値の時点", time(Role::Baseline, Manner::Names)),
            ("H7", "変更後の年度", time(Role::NewTarget, Manner::Names)),
            ("H7", "目標年度", time(Role::Target, Manner::Equals)),
            ("H8", "取扱いを変える理由", field(Role::Reason, Manner::Ends)),
            ("H8", "維持・修正の別", field(Role::Disposition, Manner::Lists)),
            ("H3", "１．維持", Some((mark(0), Manner::Equals))),
            ("H3", "維持の根拠", None),
            ("H12", "target", field(Role::Target, Manner::Equals)),
            ("H12", "target_at", time(Role::Target, Manner::Equals)),
            ("H12", "new_target_unit", Some((Slot::Ignored, Manner::Equals))),
            ("H12", "target_units", None),
        ] {
            assert_eq!(best(&words, heading), expected, "{rule} {heading}");
        }
    }
}
