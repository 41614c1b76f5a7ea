//! Grades by rules: the first word whose conditions hold, else the word without conditions; of a record that says nothing
//! of what the rules ask for, the word for the unknown, unless a department chose one.

use super::figure::Figure;
use crate::finding::{Finding, Problem};
use crate::japanese::fold;
use crate::model::{ChoiceId, Chosen, Entry, Field, Record};
use crate::template::{Condition, Relation, Template, Term, word};
use crate::transform::value::comparable;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Grades every row by the rules of a field. What a department chose is compared; where no rule decides, it stays.
pub(super) fn all(rows: &mut [Record], field: Field, template: &Template) -> Vec<(usize, Finding)> {
    let mut findings = Vec::new();
    for (at, row) in rows.iter_mut().enumerate() {
        let own = row.choice(field).cloned();
        let unknown = || template.field(field).choices.iter().position(|it| it.of_unknown).map(ChoiceId);
        let by_rule = grade(row, field, template);
        let Some(id) = by_rule.or_else(|| unknown().filter(|_| own.is_none())) else { continue };
        if let Some(own) = own.as_ref().filter(|own| own.id != id) {
            let problem = Problem::GradeDiffers {
                field: template.heading(field).into(),
                own: (&template.choice(field, own.id).label).into(),
                grade: (&template.choice(field, id).label).into(),
            };
            findings.push((at, Finding::new(problem, own.origin.clone())));
        }
        let (raw, origin) = match own {
            Some(own) => (own.raw, own.origin),
            None => (String::new(), row.name().origin.clone()),
        };
        row.set(field, Entry::Choice(Chosen { id, raw, origin }));
    }
    findings
}

/// The grade that the rules give.
fn grade(row: &Record, field: Field, template: &Template) -> Option<ChoiceId> {
    let choices = &template.field(field).choices;
    let holds = |conditions: &[Condition]| conditions.iter().all(|it| holds(it, row, template));
    let by_rule = choices.iter().position(|it| !it.when.is_empty() && holds(&it.when));
    // Of a row that says nothing of what the rules ask for, nothing can be said.
    let asked = || choices.iter().flat_map(|it| &it.when).flat_map(|it| [&it.left, &it.right]);
    let is_known = || asked().any(|term| matches!(term, Term::Field(of) if says(row, *of)));
    by_rule
        .or_else(|| choices.iter().position(|it| it.when.is_empty() && !it.of_unknown).filter(|_| is_known()))
        .map(ChoiceId)
}

/// Whether a row says anything of a field.
fn says(row: &Record, field: Field) -> bool {
    row.text(field).is_some_and(|text| !text.text.is_empty())
        || row.value(field).is_some_and(|value| !value.text.is_empty())
        || row.choice(field).is_some()
}

fn holds(condition: &Condition, row: &Record, template: &Template) -> bool {
    let Condition { left, relation, right } = condition;
    let order = if let (Some(a), Some(b)) = (figure(left, row), figure(right, row)) {
        a.compare(&b)
    } else {
        let (a, b) = (words(left, row, template), words(right, row, template));
        let order = a.zip(b).map(|(a, b)| if a == b { Ordering::Equal } else { Ordering::Less });
        order.filter(|_| !relation.is_of_order())
    };
    let Some(order) = order else { return false };
    match relation {
        Relation::AtLeast => order.is_ge(),
        Relation::Above => order.is_gt(),
        Relation::AtMost => order.is_le(),
        Relation::Below => order.is_lt(),
        Relation::Equal => order.is_eq(),
        Relation::Unequal => order.is_ne(),
    }
}

/// A figure, of a field or of the template.
enum Amount<'a> {
    Of(Figure<'a>),
    Stated(Decimal),
}

impl Amount<'_> {
    fn amount(&self) -> Decimal {
        match self {
            Self::Of(figure) => figure.amount,
            Self::Stated(amount) => *amount,
        }
    }

    /// How two figures stand to each other; nothing if they are measured differently.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        if let (Self::Of(a), Self::Of(b)) = (self, other)
            && !comparable(a.part, b.part)
        {
            return None;
        }
        Some(self.amount().cmp(&other.amount()))
    }
}

fn figure<'a>(term: &Term, row: &'a Record) -> Option<Amount<'a>> {
    match term {
        Term::Field(field) => Figure::of(row.value(*field)).ok().map(Amount::Of),
        Term::Figure(amount) => Some(Amount::Stated(*amount)),
        Term::Words(_) => None,
    }
}

/// What a term says in words, widths and spaces aside.
fn words(term: &Term, row: &Record, template: &Template) -> Option<String> {
    match term {
        Term::Field(field) => {
            Some(word(row, *field, template)).filter(|said| !said.is_empty()).map(|it| fold(&it))
        }
        Term::Figure(_) => None,
        Term::Words(words) => Some(fold(words)),
    }
}
