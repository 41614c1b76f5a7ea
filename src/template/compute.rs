//! Computed fields and grades by rules: what a template says of them, bound to its fields.

use super::fields::period;
use super::file::{ChoiceTable, ComputeTable, DirectionName, ElapsedTable, FieldTable, PointsTable, When};
use super::resolve::field;
use super::{Choice, FieldKind, Template};
use crate::finding::{Message, message};
use crate::model::{Field, Role};
use rust_decimal::Decimal;

/// The condition of the choice for records of which no rule can say anything.
const UNKNOWN: &str = "unknown";
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
    /// How many years of a period are over, and how many it has: a rate is what it is of that share.
    pub elapsed: Option<[i32; 2]>,
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
    /// (a − b) / b, in percent.
    Change([Field; 2]),
    /// Points for a figure.
    Points(Field, Steps),
}

/// The points for figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// Least figures and points, the highest first.
    pub steps: Vec<[i64; 2]>,
    /// Points below all of them.
    pub below: i64,
}

impl Steps {
    /// The points for a figure.
    pub fn points(&self, figure: Decimal) -> i64 {
        let reached = self.steps.iter().find(|[least, _]| figure >= Decimal::from(*least));
        reached.map_or(self.below, |[_, points]| *points)
    }
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
    /// From the first field, the baseline, to the second, the target, of each record.
    Auto([Field; 2]),
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

impl Compute {
    /// Whether it can be computed of sums as of a record.
    pub fn follows_from_sums(&self) -> bool {
        let of_records = matches!(self.operation, Operation::Progress(_) | Operation::Points(..));
        !of_records && !matches!(self.direction, Direction::Auto(_))
    }
}

impl Operation {
    /// Its name in templates and data.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Ratio(_) => "ratio",
            Self::Progress(_) => "progress",
            Self::Difference(_) => "difference",
            Self::Share(_) => "share",
            Self::Sum(_) => "sum",
            Self::Change(_) => "change",
            Self::Points(..) => "points",
        }
    }

    /// The fields that it follows from.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Ratio(fields) | Self::Difference(fields) | Self::Change(fields) => fields,
            Self::Progress(fields) => fields,
            Self::Share(field) | Self::Points(field, _) => std::slice::from_ref(field),
            Self::Sum(fields) => fields,
        }
    }

    /// Whether it is a part of something, in percent.
    pub fn is_percent(&self) -> bool {
        matches!(self, Self::Ratio(_) | Self::Progress(_) | Self::Share(_) | Self::Change(_))
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
        if table.round.is_some() || table.direction.is_some() || table.elapsed.is_some() {
            return Err(message(
                format!("項目「{key}」の round・direction・elapsed は、compute のある項目だけに書けます"),
                format!("field `{key}`: `round`, `direction` and `elapsed` are for fields with `compute`"),
            ));
        }
        return Ok(None);
    };
    let operation = operation(of, key, computed)?;
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
    let direction = direction(of, key, table.direction)?;
    let elapsed = table.elapsed.as_ref().map(|table| elapsed(of, key, table)).transpose()?;
    if elapsed.is_some() && !matches!(operation, Operation::Ratio(_) | Operation::Progress(_)) {
        return Err(message(
            format!("項目「{key}」の elapsed は、compute が ratio か progress の項目だけに書けます"),
            format!("field `{key}`: `elapsed` is for `ratio` and `progress`"),
        ));
    }
    Ok(Some(Compute { operation, round, direction, elapsed }))
}

/// What is computed, bound to the fields.
fn operation(of: &Declared<'_>, key: &str, computed: &ComputeTable) -> Result<Operation, Message> {
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
    Ok(match computed {
        ComputeTable::Ratio([above, below]) => Operation::Ratio([operand(above)?, operand(below)?]),
        ComputeTable::Progress([from, actual, to]) => {
            Operation::Progress([operand(from)?, operand(actual)?, operand(to)?])
        }
        ComputeTable::Difference([a, b]) => Operation::Difference([operand(a)?, operand(b)?]),
        ComputeTable::Share(of) => Operation::Share(operand(of)?),
        ComputeTable::Change([a, b]) => Operation::Change([operand(a)?, operand(b)?]),
        ComputeTable::Points(PointsTable { of, steps, below }) => {
            if steps.windows(2).any(|pair| pair[0][0] <= pair[1][0]) {
                return Err(message(
                    format!("項目「{key}」の points の steps は、大きい値から順に書いてください"),
                    format!("`points` of the field `{key}`: `steps` stand in order, the highest first"),
                ));
            }
            Operation::Points(operand(of)?, Steps { steps: steps.clone(), below: *below })
        }
        ComputeTable::Sum(fields) => Operation::Sum(fields.iter().map(operand).collect::<Result<_, _>>()?),
    })
}

fn direction(of: &Declared<'_>, key: &str, name: Option<DirectionName>) -> Result<Direction, Message> {
    Ok(match name {
        None | Some(DirectionName::Up) => Direction::Up,
        Some(DirectionName::Down) => Direction::Down,
        Some(DirectionName::Keep) => Direction::Keep,
        Some(DirectionName::Auto) => {
            let roles = [Role::Baseline, Role::Target].map(|role| of.template.role(role));
            let [Some(baseline), Some(target)] = roles else {
                return Err(message(
                    format!(
                        "項目「{key}」の direction = \"auto\" には、role が baseline の項目と target の項目が要ります"
                    ),
                    format!(
                        "field `{key}`: `direction = \"auto\"` wants a field with the role `baseline` and one with `target`"
                    ),
                ));
            };
            Direction::Auto([baseline, target])
        }
    })
}

/// How many years of a period are over, and how many it has.
fn elapsed(of: &Declared<'_>, key: &str, table: &ElapsedTable) -> Result<[i32; 2], Message> {
    let year = |words: &String| {
        let period = period(key, Some(words), &of.template.eras)?.expect("words are a time or no period");
        Ok::<i32, Message>(period.time.fiscal_year().0)
    };
    match [year(&table.first)?, year(&table.now)?, year(&table.last)?] {
        [first, now, last] if first <= now && now <= last => Ok([now - first + 1, last - first + 1]),
        _ => Err(message(
            format!(
                "項目「{key}」の elapsed は、first（最初の年度）、now（今の年度）、last（最後の年度）の順の年度にしてください"
            ),
            format!(
                "field `{key}`: `elapsed` wants fiscal years, `first` no later than `now`, `now` no later than `last`"
            ),
        )),
    }
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

/// Whether a choice is for records of which no rule can say anything.
pub(super) fn is_of_unknown(table: &ChoiceTable) -> bool {
    matches!(&table.when, Some(When::One(text)) if text.trim() == UNKNOWN)
}

fn conditions(of: &Declared<'_>, table: &ChoiceTable) -> Result<Vec<Condition>, Message> {
    let texts: &[String] = match &table.when {
        None => return Ok(Vec::new()),
        Some(_) if is_of_unknown(table) => return Ok(Vec::new()),
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
    let unknown = choices.iter().filter(|choice| choice.of_unknown).count();
    let others = choices.iter().filter(|choice| choice.when.is_empty() && !choice.of_unknown).count();
    if is_graded && (others > 1 || unknown > 1) {
        return Err(message(
            format!(
                "項目「{key}」の choices に、when のない区分か when = \"unknown\" の区分が二つ以上あります。when のない区分（どの条件にも合わない場合）と unknown（評価できない場合）は一つずつにしてください"
            ),
            format!(
                "field `{key}`: several choices have no `when`, or are `unknown`; only one can be for what meets no condition, and one for what cannot be judged"
            ),
        ));
    }
    Ok(())
}
