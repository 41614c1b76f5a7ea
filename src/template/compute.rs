//! Computed fields and grades by rules: what a template says of them, bound to its fields.

use super::file::{ChoiceTable, ComputeTable, DirectionName, FieldTable, When};
use super::resolve::field;
use super::{Choice, FieldKind, Template};
use crate::finding::{Message, message};
use crate::model::Field;
use rust_decimal::Decimal;

/// Decimals that a field can be rounded to at most.
const DECIMALS: u32 = 10;

/// How a field follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compute {
    /// What is computed.
    pub operation: Operation,
    /// Decimals that are shown; absent for as many as the figures have from which it follows.
    pub round: Option<u32>,
    /// Which way is better.
    pub direction: Direction,
}

/// What is computed, from which fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// a / b, in percent; b / a where less is better.
    Ratio([Field; 2]),
    /// (a − b) / (t − b), in percent, of b, a and t.
    Progress([Field; 3]),
    /// a − b.
    Difference([Field; 2]),
    /// Of the sum of the list, in percent.
    Share(Field),
    /// The sum of fields.
    Sum(Vec<Field>),
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More.
    Up,
    /// Less.
    Down,
    /// As it was.
    Keep,
}

/// A condition of a grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is compared.
    pub left: Term,
    /// How.
    pub relation: Relation,
    /// With what.
    pub right: Term,
}

/// A side of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// What a field says.
    Field(Field),
    /// A figure.
    Figure(Decimal),
    /// Words.
    Words(String),
}

/// How two terms are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
}

/// The signs of relations, the longer ones first.
const RELATIONS: [(&str, Relation); 6] = [
    (">=", Relation::AtLeast),
    ("<=", Relation::AtMost),
    ("!=", Relation::Unequal),
    (">", Relation::Above),
    ("<", Relation::Below),
    ("=", Relation::Equal),
];

impl Operation {
    /// Its name in templates and data.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Ratio(_) => "ratio",
            Self::Progress(_) => "progress",
            Self::Difference(_) => "difference",
            Self::Share(_) => "share",
            Self::Sum(_) => "sum",
        }
    }

    /// The fields that it follows from.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Ratio(fields) | Self::Difference(fields) => fields,
            Self::Progress(fields) => fields,
            Self::Share(field) => std::slice::from_ref(field),
            Self::Sum(fields) => fields,
        }
    }

    /// Whether it is a part of something, in percent.
    pub fn is_percent(&self) -> bool {
        matches!(self, Self::Ratio(_) | Self::Progress(_) | Self::Share(_))
    }
}

impl Relation {
    /// Whether it asks for more than equality.
    pub fn is_of_order(self) -> bool {
        !matches!(self, Self::Equal | Self::Unequal)
    }
}

/// Binds computed fields and the conditions of grades to the fields of a template.
pub(super) fn bind(template: &mut Template, tables: &[FieldTable]) -> Result<(), Message> {
    for table in tables {
        let Some(at) = template.fields.iter().position(|spec| spec.key == table.key) else { continue };
        let of = Declared { template, tables, at };
        let compute = compute(&of, table)?;
        let choices = table.choices.iter();
        let conditions: Vec<Vec<Condition>> =
            choices.map(|choice| conditions(&of, choice)).collect::<Result<_, _>>()?;
        let spec = &mut template.fields[at];
        spec.compute = compute;
        for (choice, conditions) in spec.choices.iter_mut().zip(conditions) {
            choice.when = conditions;
        }
        rules_in_order(&table.key, &spec.choices)?;
    }
    Ok(())
}

fn compute(of: &Declared<'_>, table: &FieldTable) -> Result<Option<Compute>, Message> {
    let key = &table.key;
    let Some(computed) = &table.compute else {
        if table.round.is_some() || table.direction.is_some() {
            return Err(message(
                format!("項目「{key}」の round と direction は、compute のある項目だけに書けます"),
                format!("field `{key}`: `round` and `direction` are for fields with `compute`"),
            ));
        }
        return Ok(None);
    };
    let operand = |operand: &String| {
        let place = (format!("項目「{key}」の compute"), format!("`compute` of the field `{key}`"));
        let found = of.field((&place.0, &place.1), operand)?;
        if of.template.field(found).kind != FieldKind::Value {
            return Err(message(
                format!(
                    "項目「{key}」の compute にある「{operand}」は、数値の項目ではありません（kind = \"number\" など）"
                ),
                format!(
                    "`compute` of the field `{key}`: `{operand}` holds no figures (`kind = \"number\"` or the like)"
                ),
            ));
        }
        Ok(found)
    };
    let operation = match computed {
        ComputeTable::Ratio([above, below]) => Operation::Ratio([operand(above)?, operand(below)?]),
        ComputeTable::Progress([from, actual, to]) => {
            Operation::Progress([operand(from)?, operand(actual)?, operand(to)?])
        }
        ComputeTable::Difference([a, b]) => Operation::Difference([operand(a)?, operand(b)?]),
        ComputeTable::Share(of) => Operation::Share(operand(of)?),
        ComputeTable::Sum(fields) => Operation::Sum(fields.iter().map(operand).collect::<Result<_, _>>()?),
    };
    if operation.fields().is_empty() {
        return Err(message(
            format!("項目「{key}」の compute に、もとになる項目がありません"),
            format!("`compute` of the field `{key}` names no fields"),
        ));
    }
    if let Some(round) = table.round.filter(|round| *round > DECIMALS) {
        return Err(message(
            format!("項目「{key}」の round の値 {round} は使えません（0以上{DECIMALS}以下）"),
            format!("field `{key}`: `round` = {round} is out of range (0 to {DECIMALS})"),
        ));
    }
    let round = table.round.or(operation.is_percent().then_some(1));
    let direction = match table.direction {
        None | Some(DirectionName::Up) => Direction::Up,
        Some(DirectionName::Down) => Direction::Down,
        Some(DirectionName::Keep) => Direction::Keep,
    };
    Ok(Some(Compute { operation, round, direction }))
}

/// A field that follows from others, among those that the template declares.
struct Declared<'a> {
    template: &'a Template,
    tables: &'a [FieldTable],
    at: usize,
}

impl Declared<'_> {
    /// The field with a key, which must not follow from others itself unless it stands before.
    fn field(&self, place: (&str, &str), key: &str) -> Result<Field, Message> {
        let found = field(self.template, place, key)?;
        let is_later = matches!(found, Field::Entry(index) if index >= self.at);
        let table = self.tables.iter().find(|table| table.key == key).filter(|_| is_later);
        if table.is_some_and(|it| it.compute.is_some() || it.choices.iter().any(|it| it.when.is_some())) {
            let own = &self.template.fields[self.at].key;
            return Err(message(
                format!("項目「{own}」は「{key}」をもとにします。「{key}」を「{own}」より前に書いてください"),
                format!("the field `{own}` follows from `{key}`; write `{key}` before it"),
            ));
        }
        Ok(found)
    }
}

fn conditions(of: &Declared<'_>, table: &ChoiceTable) -> Result<Vec<Condition>, Message> {
    let texts: &[String] = match &table.when {
        None => return Ok(Vec::new()),
        Some(When::One(text)) => std::slice::from_ref(text),
        Some(When::All(texts)) => texts,
    };
    if texts.is_empty() {
        return Err(unreadable(&table.label, "[]"));
    }
    texts.iter().map(|text| condition(of, &table.label, text)).collect()
}

fn unreadable(label: &str, text: &str) -> Message {
    message(
        format!(
            "区分「{label}」の when = \"{text}\" を読み取れません。「rate >= 100」のように、項目のキー、記号（> >= < <= = !=）、数か項目のキーか '文字' の順に書いてください"
        ),
        format!(
            "`when = \"{text}\"` of the choice `{label}` is no condition; write it like `rate >= 100`: the key of a field, a sign (> >= < <= = !=), and a figure, a key or 'words'"
        ),
    )
}

/// Reads `rate >= 100`.
fn condition(of: &Declared<'_>, label: &str, text: &str) -> Result<Condition, Message> {
    let unreadable = || unreadable(label, text);
    let (start, sign, relation) = relation(text).ok_or_else(unreadable)?;
    let side = |side: &str| term(of, label, side.trim())?.ok_or_else(unreadable);
    let condition =
        Condition { left: side(&text[..start])?, relation, right: side(&text[start + sign.len()..])? };
    let terms = [&condition.left, &condition.right];
    let no_field = !terms.iter().any(|term| matches!(term, Term::Field(_)));
    let no_figure = |term: &&Term| match term {
        Term::Field(field) => of.template.field(*field).kind != FieldKind::Value,
        Term::Figure(_) => false,
        Term::Words(_) => true,
    };
    if no_field || (relation.is_of_order() && terms.iter().any(no_figure)) {
        return Err(message(
            format!(
                "区分「{label}」の when = \"{text}\" では比べられません。大小は数値の項目と数で比べ、文字は = か != で比べます"
            ),
            format!(
                "`when = \"{text}\"` of the choice `{label}` compares what has no order; figures have one, words are compared by = or !="
            ),
        ));
    }
    Ok(condition)
}

/// Where the sign of a relation begins, outside quotation marks.
fn relation(text: &str) -> Option<(usize, &'static str, Relation)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {
                let found = RELATIONS.iter().find(|(sign, _)| text[at..].starts_with(sign));
                if let Some((sign, relation)) = found {
                    return Some((at, sign, *relation));
                }
            }
            Some(_) => {}
        }
    }
    None
}

/// A side of a condition; `None` if it is empty or neither a key nor a figure nor in quotation marks.
fn term(of: &Declared<'_>, label: &str, text: &str) -> Result<Option<Term>, Message> {
    let quoted = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark).filter(|it| !it.contains(mark));
    if let Some(words) = quoted('"').or_else(|| quoted('\'')) {
        return Ok((!words.is_empty()).then(|| Term::Words(words.to_owned())));
    }
    if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.')) {
        return Ok(Decimal::from_str_exact(text).ok().map(Term::Figure));
    }
    if text.is_empty() || text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '=' | '!')) {
        return Ok(None);
    }
    let place = (format!("区分「{label}」の when"), format!("`when` of the choice `{label}`"));
    let found = of.field((&place.0, &place.1), text)?;
    Ok(Some(Term::Field(found)))
}

/// The choice without a condition is the last one that is tried: there is one at most.
fn rules_in_order(key: &str, choices: &[Choice]) -> Result<(), Message> {
    let is_graded = choices.iter().any(|choice| !choice.when.is_empty());
    let others = choices.iter().filter(|choice| choice.when.is_empty()).count();
    if is_graded && others > 1 {
        return Err(message(
            format!(
                "項目「{key}」の choices に、when のない区分が二つ以上あります。when のない区分（どの条件にも合わない場合）は一つにしてください"
            ),
            format!(
                "field `{key}`: several choices have no `when`; only one can be for what meets no condition"
            ),
        ));
    }
    Ok(())
}
