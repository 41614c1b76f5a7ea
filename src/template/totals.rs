//! Sections and totals: headings above the rows that say the same of a field, and feet below rows that sum them up.

use super::file::{File, SectionTable, TotalTable};
use super::resolve::field;
use super::views::published;
use super::{Column, FieldKind, Kind, Order, Template, order, suggestion};
use crate::finding::{Message, message};
use crate::model::{Field, Scope};
use std::ops::Range;

/// Headings above the rows that say the same of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sections {
    /// The field.
    pub field: Field,
    /// The heading; `{each}` is what the rows say, `{count}` how many they are.
    pub title: String,
}

/// A foot below rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalSpec {
    /// Below which rows it stands.
    pub of: Scope,
    /// What it is called; `{group}` is the label of the group, `{count}` how many rows there are.
    pub label: String,
    /// The fields whose figures are summed up.
    pub sum: Vec<Field>,
    /// Those of whose figures it has the mean.
    pub mean: Vec<Field>,
    /// Those that are computed anew, from the sums of what they follow from.
    pub computed: Vec<Field>,
}

/// What a foot says of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// The sum.
    Sum,
    /// The mean.
    Mean,
    /// What follows from sums.
    Computed,
}

impl TotalSpec {
    /// Every field with what is said of it.
    pub fn fields(&self) -> impl Iterator<Item = (Field, Aggregate)> {
        let of = |fields: &[Field], aggregate| {
            fields.iter().map(|&field| (field, aggregate)).collect::<Vec<_>>().into_iter()
        };
        let computed = of(&self.computed, Aggregate::Computed);
        of(&self.sum, Aggregate::Sum).chain(of(&self.mean, Aggregate::Mean)).chain(computed)
    }

    /// What it says of a column, if it says something.
    pub fn aggregate(&self, column: &Column) -> Option<(Field, Aggregate)> {
        let &[only] = column.fields.as_slice() else { return None };
        self.fields().find(|(field, _)| *field == only)
    }

    /// The columns in which its label stands: the first run of columns of which it says nothing, right of the groups that go
    /// on, and not of groups alone.
    pub fn label_columns(&self, columns: &[Column]) -> Option<Range<usize>> {
        let level = |column: &Column| column.level();
        let goes_on =
            |column: &Column| matches!((self.of, level(column)), (Scope::Group(own), Some(of)) if of < own);
        let start = columns.iter().rposition(goes_on).map_or(0, |last| last + 1);
        let is_free = |&col: &usize| self.aggregate(&columns[col]).is_none();
        let mut at = start;
        while at < columns.len() {
            let end = at + (at..columns.len()).take_while(is_free).count();
            if columns[at..end].iter().any(|column| level(column).is_none()) {
                return Some(at..end);
            }
            at = end + 1;
        }
        None
    }
}

impl Column {
    /// The innermost level whose labels it shows, if it shows nothing else.
    pub fn level(&self) -> Option<usize> {
        self.fields.iter().try_fold(0, |innermost, field| match field {
            Field::Group(level) => Some(innermost.max(*level)),
            Field::Entry(_) => None,
        })
    }
}

/// Binds what stands where in the list: the order of rows, sections, totals, page breaks.
pub(super) fn bind(template: &mut Template, file: &File) -> Result<(), Message> {
    template.order = order::resolve(template, &file.order)?;
    template.sections = sections(template, file.sections.as_ref())?;
    template.totals = file.totals.iter().map(|table| total(template, table)).collect::<Result<_, _>>()?;
    let breaks = file.page.break_before.as_ref().filter(|key| !key.is_empty());
    template.break_before = breaks.map(|key| scope(template, "page.break_before", key)).transpose()?;
    Ok(())
}

/// Binds `[sections]`; an empty `by` is none.
fn sections(template: &Template, table: Option<&SectionTable>) -> Result<Option<Sections>, Message> {
    let Some(table) = table.filter(|table| !table.by.is_empty()) else { return Ok(None) };
    let field = field(template, ("「sections.by」", "`sections.by`"), &table.by)?;
    published(template, "sections.by", field)?;
    if template.field(field).kind == FieldKind::Value {
        let key = &table.by;
        return Err(message(
            format!("「sections.by」の「{key}」は値の項目です。文字か区分の項目を書いてください"),
            format!("`sections.by`: `{key}` holds values; name a field of texts or choices"),
        ));
    }
    let title = table.title.clone().unwrap_or_else(|| "{each}".to_owned());
    Ok(Some(Sections { field, title }))
}

/// The rows that belong to a key: of a level of groups, or of the sections.
fn scope(template: &Template, place: &str, key: &str) -> Result<Scope, Message> {
    if let Some(level) = template.groups.iter().position(|group| group.key == key) {
        return Ok(Scope::Group(level));
    }
    let by = template.sections.as_ref().map(|sections| template.field(sections.field).key.as_str());
    if by == Some(key) {
        return Ok(Scope::Section);
    }
    let known: Vec<&str> = template.groups.iter().map(|group| group.key.as_str()).chain(by).collect();
    let meant = suggestion(key, &known);
    Err(message(
        format!("「{place}」の「{key}」は、階層でも sections.by の項目でもありません。{}", meant.ja),
        format!("`{place}`: `{key}` is neither a group nor the field of `sections.by`; {}", meant.en),
    ))
}

fn total(template: &Template, table: &TotalTable) -> Result<TotalSpec, Message> {
    let by_key = |key: &String| {
        let place = (format!("totals の「{}」", table.label), format!("`totals`, `{}`", table.label));
        field(template, (&place.0, &place.1), key)
    };
    let fields = |keys: &[String]| keys.iter().map(by_key).collect::<Result<Vec<_>, _>>();
    let of = table.of.as_ref().map(|key| scope(template, "totals.of", key)).transpose()?;
    let spec = TotalSpec {
        of: of.unwrap_or(Scope::Table),
        label: table.label.clone(),
        sum: fields(&table.sum)?,
        mean: fields(&table.mean)?,
        computed: fields(&table.computed)?,
    };
    check(template, &spec).map_err(|slip| {
        let label = &spec.label;
        message(format!("totals の「{label}」: {}", slip.ja), format!("`totals`, `{label}`: {}", slip.en))
    })?;
    Ok(spec)
}

/// Refuses what has no sum.
fn check(template: &Template, spec: &TotalSpec) -> Result<(), Message> {
    if spec.fields().next().is_none() {
        return Err(message(
            "sum・mean・computed のどれにも項目がありません",
            "no field in `sum`, `mean` or `computed`",
        ));
    }
    for (field, aggregate) in spec.fields() {
        let of = template.field(field);
        let key = &of.key;
        if of.kind != FieldKind::Value {
            return Err(message(
                format!("「{key}」は数値の項目ではありません（kind = \"number\" など）"),
                format!("`{key}` holds no figures (`kind = \"number\"` or the like)"),
            ));
        }
        if aggregate == Aggregate::Sum && of.holds == Kind::Percent {
            return Err(message(
                format!(
                    "割合の項目「{key}」は合計できません。mean か、compute のある項目なら computed に書いてください"
                ),
                format!(
                    "`{key}` holds percentages, which have no sum; write it in `mean`, or in `computed` if it has `compute`"
                ),
            ));
        }
        if aggregate == Aggregate::Computed {
            computed(template, spec, field)?;
        }
    }
    let Scope::Group(level) = spec.of else { return Ok(()) };
    in_order(template, level)
}

/// What is computed anew needs the sums from which it follows.
fn computed(template: &Template, spec: &TotalSpec, field: Field) -> Result<(), Message> {
    let of = template.field(field);
    let key = &of.key;
    let Some(compute) = &of.compute else {
        return Err(message(
            format!("「{key}」は compute のある項目ではないため、computed に書けません"),
            format!("`{key}` has no `compute`: it cannot stand in `computed`"),
        ));
    };
    let missing = compute.operation.fields().iter().find(|field| !spec.sum.contains(field));
    match missing.map(|&missing| &template.field(missing).key) {
        Some(missing) => Err(message(
            format!("「{key}」は「{missing}」の合計から計算します。sum に「{missing}」も書いてください"),
            format!("`{key}` follows from the sum of `{missing}`; write `{missing}` in `sum`"),
        )),
        None if !compute.follows_from_sums() => Err(message(
            format!("「{key}」は行ごとに計算するもののため、合計からは計算できません。mean に書いてください"),
            format!("`{key}` is computed for each record and does not follow from sums; write it in `mean`"),
        )),
        None => Ok(()),
    }
}

/// The rows of a group stand together only in the order of groups.
fn in_order(template: &Template, level: usize) -> Result<(), Message> {
    let Order::Fields(keys) = &template.order else { return Ok(()) };
    let is_so = (0..=level).all(|level| keys.get(level).is_some_and(|key| key.field == Field::Group(level)));
    if is_so {
        return Ok(());
    }
    let keys: Vec<String> =
        template.groups[..=level].iter().map(|group| format!("\"{}\"", group.key)).collect();
    let keys = keys.join(", ");
    Err(message(
        format!("階層ごとの計には、階層の順が要ります。order.by を [{keys}, …] としてください"),
        format!("sums of groups want the order of groups; begin `order.by` with [{keys}, …]"),
    ))
}

/// Refuses totals that no column shows, or whose label has no place. A view leaves those out that it has from the list.
pub(super) fn printed(template: &Template) -> Result<(), Message> {
    for spec in &template.totals {
        let label = &spec.label;
        for (field, _) in spec.fields() {
            if !template.columns.iter().any(|column| column.fields == [field]) {
                let key = &template.field(field).key;
                return Err(message(
                    format!("totals の「{label}」: 「{key}」だけを印刷する列（columns）がありません"),
                    format!("`totals`, `{label}`: no column prints `{key}` alone"),
                ));
            }
        }
        if spec.label_columns(&template.columns).is_none() {
            return Err(message(
                format!("totals の「{label}」: 語を置く列がありません（計を出さず、階層でもない列）"),
                format!(
                    "`totals`, `{label}`: no column is left for its label (one without a sum that is none of groups)"
                ),
            ));
        }
    }
    Ok(())
}
