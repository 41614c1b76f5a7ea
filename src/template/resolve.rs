//! From TOML to [`Template`]: what must be there is there, names are bound, lengths are integers.

use super::file::{self, File};
use super::running::{filled, running};
use super::spec::{
    Column, Disposition, DocumentSpec, Expected, FieldKind, FieldSpec, HangingIndent, Need, Order,
    OutputFormat, PageSpec, Paper, Period, RevisedMark, TallySpec, Template, TimePlace,
};
use super::validate::validate;
use super::{HeaderWords, fonts, open_data, sheets, suggestion};
use crate::finding::{Code, Message, Severity, message};
use crate::japanese::Notation;
use crate::japanese::era::parse_time;
use crate::model::{Align, CivilDate, Eras, Field, FiscalYear, Length, from_micrometres};
use std::collections::BTreeMap;

/// Binds a template file's names and fills in what the defaults leave open. `own` is what the file says itself.
pub(super) fn resolve(id: &str, own: &File, file: &File, eras: Eras) -> Result<Template, Message> {
    let groups: Vec<FieldSpec> = file.groups.iter().map(group).collect();
    let extras = file.extras.iter().map(|table| extra(table, &eras)).collect::<Result<Vec<_>, _>>()?;
    let document = document(&file.document, &eras)?;
    let mut template = Template {
        id: id.to_owned(),
        notation: Notation {
            half_width: file.notation.digits != Some(file::HalfOrKeep::Keep),
            full_symbols: file.notation.symbols != Some(file::FullOrKeep::Keep),
            full_headings: file.notation.headings != Some(file::FullOrKeep::Keep),
            negative_brackets: file.notation.brackets == Some(file::Brackets::Negative),
        },
        line_breaks: file.notation.line_breaks,
        groups,
        fields: fields(&own.fields, &file.fields, &eras)?,
        extras,
        takes_in_hidden: file.input.hidden == Some(file::Hidden::TakeIn),
        expected: file.input.expect.iter().map(expected).collect(),
        takes_in_unseen: file.input.unseen == Some(file::Hidden::TakeIn),
        ignored_columns: HeaderWords::of(&own.input.ignore_columns, &file.input.ignore_columns),
        limits: file.input.limits,
        sheets: Vec::new(),
        dispositions: dispositions(&file.dispositions)?,
        columns: Vec::new(),
        order: match file.order.by {
            Some(file::OrderName::Source) => Order::Source,
            Some(file::OrderName::Number) | None => Order::Number,
        },
        tally: file.tally.as_ref().map(|t| TallySpec { total: t.total.clone() }),
        page: page(&file.page, &document, &eras)?,
        document,
        fonts: fonts::resolve(&file.fonts)?,
        workbook: file.workbook.clone(),
        formats: formats(&file.output)?,
        attached: attached(&file.output)?,
        open_data: open_data::resolve(&file.open_data)?,
        checks: checks(&file.checks)?,
        eras,
    };
    template.columns = file.columns.iter().map(|c| column(&template, c)).collect::<Result<_, _>>()?;
    if template.columns.is_empty() {
        return Err(missing("columns"));
    }
    validate(&template)?;
    adopt_titles(&mut template);
    template.sheets = sheets::resolve(&template, &file.sheets)?;
    Ok(template)
}

fn expected(name: &file::ExpectedName) -> Expected {
    match name {
        file::ExpectedName::File(file) => Expected { file: file.clone(), rows: None },
        file::ExpectedName::Rows(table) => Expected { file: table.file.clone(), rows: table.rows },
    }
}

fn missing(key: &str) -> Message {
    message(format!("「{key}」がありません"), format!("`{key}` is missing"))
}

fn document(doc: &file::Document, eras: &Eras) -> Result<DocumentSpec, Message> {
    let date = doc.date.as_ref().map(|date| day("document.date", date)).transpose()?;
    let mut spec = DocumentSpec {
        title: doc.title.clone().ok_or_else(|| missing("document.title"))?,
        author: doc.author.clone().unwrap_or_default(),
        subject: doc.subject.clone().unwrap_or_default(),
        keywords: doc.keywords.clone().unwrap_or_default(),
        language: doc.language.clone().unwrap_or_default(),
        date,
        section: doc.section.clone().unwrap_or_default(),
        reply_to: doc.reply_to.clone().unwrap_or_default(),
        reply_by: doc.reply_by.clone().unwrap_or_default(),
        revision: doc.revision.clone().unwrap_or_default(),
        subtitle: doc.subtitle.clone(),
        byline: Vec::new(),
        notes: doc.notes.clone(),
    };
    let filled = |line: &String| filled("document.byline", line, &spec, eras);
    spec.byline = doc.byline.iter().map(filled).collect::<Result<_, _>>()?;
    Ok(spec)
}

/// A date without a time of day.
pub(super) fn day(key: &str, moment: &toml::value::Datetime) -> Result<CivilDate, Message> {
    match (moment.date, moment.time) {
        (Some(d), None) => Ok(CivilDate { year: i32::from(d.year), month: d.month, day: d.day }),
        _ => Err(message(
            format!("「{key}」は 2020-03-31 のように日付だけで書いてください"),
            format!("`{key}` must be a date alone, as in 2020-03-31"),
        )),
    }
}

/// All, or those that are named, each once.
fn formats(output: &file::Output) -> Result<Vec<OutputFormat>, Message> {
    let Some(named) = &output.formats else { return Ok(OutputFormat::ALL.to_vec()) };
    let formats = named_once(named);
    if formats.is_empty() {
        return Err(message("「output.formats」が空です", "`output.formats` names no format"));
    }
    Ok(formats)
}

/// Those that are for machines; the pages and the workbook stand beside the PDF.
fn attached(output: &file::Output) -> Result<Vec<OutputFormat>, Message> {
    let attached = named_once(&output.attach);
    if attached
        .iter()
        .any(|format| matches!(format, OutputFormat::Xlsx | OutputFormat::Pdf | OutputFormat::Html))
    {
        return Err(message(
            "「output.attach」に書けるのは data と json だけです",
            "`output.attach` may name data and json only",
        ));
    }
    Ok(attached)
}

fn named_once(named: &[OutputFormat]) -> Vec<OutputFormat> {
    OutputFormat::ALL.into_iter().filter(|format| named.contains(format)).collect()
}

fn kind(name: Option<file::Kind>) -> FieldKind {
    match name {
        Some(file::Kind::Value) => FieldKind::Value,
        Some(file::Kind::Text | file::Kind::Unit) | None => FieldKind::Text,
    }
}

fn group(table: &file::Group) -> FieldSpec {
    FieldSpec {
        key: table.key.clone(),
        kind: FieldKind::Text,
        words: HeaderWords::own(&table.words),
        time_words: HeaderWords::default(),
        required: true,
        horizon: None,
        year: None,
        unit: None,
        period: None,
        states_unit: false,
    }
}

/// The word for a column of units.
const UNIT: &str = "単位";

fn extra(table: &file::Extra, eras: &Eras) -> Result<FieldSpec, Message> {
    let kind = kind(table.kind);
    let is_unit = |word: &String| word.trim() == UNIT;
    Ok(FieldSpec {
        key: table.key.clone(),
        kind,
        words: HeaderWords::own(&table.words),
        time_words: HeaderWords::own(&table.time_words),
        required: table.required.unwrap_or(false),
        horizon: table.horizon.map(FiscalYear),
        year: table.year.map(FiscalYear),
        unit: table.unit.clone(),
        period: period(&table.key, table.period.as_ref(), eras)?,
        // A column that is headed so is one of units, even if the template prints it as a text.
        states_unit: matches!(table.kind, Some(file::Kind::Unit))
            || (kind == FieldKind::Text && table.words.iter().any(is_unit)),
    })
}

/// The time of a field's values, which must be one.
fn period(key: &str, words: Option<&String>, eras: &Eras) -> Result<Option<Period>, Message> {
    let Some(words) = words else { return Ok(None) };
    let time = parse_time(words, eras).ok_or_else(|| {
        message(
            format!("項目「{key}」の period = \"{words}\" は時点として読めません。\"令和6年度\" のように書いてください"),
            format!("field `{key}`: period = \"{words}\" is no time; write it like \"令和6年度\" or \"2024年度\""),
        )
    })?;
    Ok(Some(Period { words: words.clone(), time }))
}

fn fields(
    own: &file::Fields,
    tables: &file::Fields,
    eras: &Eras,
) -> Result<BTreeMap<Field, FieldSpec>, Message> {
    [
        (Field::Indicator, "indicator", &own.indicator, &tables.indicator),
        (Field::ProjectNo, "project_no", &own.project_no, &tables.project_no),
        (Field::Baseline, "baseline", &own.baseline, &tables.baseline),
        (Field::Target, "target", &own.target, &tables.target),
        (Field::Disposition, "disposition", &own.disposition, &tables.disposition),
        (Field::NewTarget, "new_target", &own.new_target, &tables.new_target),
        (Field::Reason, "reason", &own.reason, &tables.reason),
    ]
    .into_iter()
    .map(|(field, key, own, table)| {
        let spec = FieldSpec {
            key: key.to_owned(),
            kind: match field {
                Field::Baseline | Field::Target | Field::NewTarget => FieldKind::Value,
                _ => FieldKind::Text,
            },
            words: HeaderWords::of(&own.words, &table.words),
            time_words: HeaderWords::of(&own.time_words, &table.time_words),
            required: table.required.unwrap_or(false),
            horizon: table.horizon.map(FiscalYear),
            year: table.year.map(FiscalYear),
            unit: table.unit.clone(),
            period: period(key, table.period.as_ref(), eras)?,
            states_unit: false,
        };
        Ok((field, spec))
    })
    .collect()
}

fn dispositions(tables: &[file::DispositionTable]) -> Result<Vec<Disposition>, Message> {
    let need = |name| match name {
        file::NeedName::Required => Need::Required,
        file::NeedName::Optional => Need::Optional,
        file::NeedName::Forbidden => Need::Forbidden,
    };
    if tables.is_empty() {
        return Err(missing("dispositions"));
    }
    Ok(tables
        .iter()
        .map(|t| Disposition {
            code: t.code.clone(),
            label: t.label.clone(),
            print: t.print.clone().unwrap_or_else(|| t.label.clone()),
            aliases: t.aliases.clone(),
            new_target: need(t.new_target),
            reason: need(t.reason),
            leaves_list: t.leaves_list,
            lowers: t.lowers,
        })
        .collect())
}

fn column(template: &Template, table: &file::ColumnTable) -> Result<Column, Message> {
    let place = (format!("列「{}」", table.title), format!("column `{}`", table.title));
    let by_key = |key: &String| field(template, (&place.0, &place.1), key);
    Ok(Column {
        title: table.title.clone(),
        under: table.under.clone(),
        fields: table.fields.iter().map(by_key).collect::<Result<_, _>>()?,
        separator: table.separator.clone().unwrap_or_else(|| "／".to_owned()),
        time: match table.time {
            file::TimeName::Below => TimePlace::Below,
            file::TimeName::Beside => TimePlace::Beside,
            file::TimeName::Before => TimePlace::Before,
            file::TimeName::Hidden => TimePlace::Hidden,
            file::TimeName::Only => TimePlace::Only,
        },
        width: thousandths("width", table.width)?,
        align: match table.align {
            file::AlignName::Left => Align::Left,
            file::AlignName::Center => Align::Center,
            file::AlignName::Right => Align::Right,
        },
        empty: table.empty.clone(),
    })
}

/// The field with this key; `place` says in both languages where the key stands.
pub(super) fn field(template: &Template, place: (&str, &str), key: &str) -> Result<Field, Message> {
    let known = template.all_fields();
    known.iter().copied().find(|&field| template.field(field).key == key).ok_or_else(|| {
        let keys: Vec<&str> = known.iter().map(|&field| template.field(field).key.as_str()).collect();
        let meant = suggestion(key, &keys);
        message(
            format!("{}の項目「{key}」はありません。{}", place.0, meant.ja),
            format!("{}: no field `{key}`; {}", place.1, meant.en),
        )
    })
}

/// A printed heading is the best word for its field: forms are made from last year's list.
fn adopt_titles(template: &mut Template) {
    for column in template.columns.clone() {
        // A joint column (value and reason) goes by its first field, as the form's joint column does.
        let Some(&field) = column.fields.first() else { continue };
        let spec = match field {
            Field::Group(level) => &mut template.groups[level],
            Field::Extra(index) => &mut template.extras[index],
            known => template.fields.get_mut(&known).expect("resolve() fills every known field"),
        };
        let words = if column.time == TimePlace::Only { &mut spec.time_words } else { &mut spec.words };
        words.put_first(column.title);
    }
}

/// A decimal number of the template in thousandths, rounded to the nearest.
#[expect(clippy::float_arithmetic, reason = "TOML numbers become integers here, once, before layout")]
#[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn thousandths(key: &str, number: f64) -> Result<i32, Message> {
    if !(0.0..=1_000_000.0).contains(&number) {
        return Err(message(
            format!("「{key}」の値 {number} は使えません（0以上）"),
            format!("`{key}` = {number} is out of range (0 or more)"),
        ));
    }
    Ok((number * 1000.0).round() as i32)
}

fn page(table: &file::Page, document: &DocumentSpec, eras: &Eras) -> Result<PageSpec, Message> {
    let length = |key: &str, number: Option<f64>| thousandths(key, number.ok_or_else(|| missing(key))?);
    let mm = |key: &str, number| length(key, number).map(|um| from_micrometres(i64::from(um)));
    let font_size = length("page.font_size_pt", table.font_size_pt)?;
    let leading = length("page.line_height", table.line_height)?;
    let spec = PageSpec {
        paper: match table.paper {
            Some(file::PaperName::A3) => Paper::A3,
            Some(file::PaperName::B5) => Paper::B5,
            Some(file::PaperName::B4) => Paper::B4,
            Some(file::PaperName::A4) | None => Paper::A4,
        },
        landscape: table.orientation == Some(file::Orientation::Landscape),
        margin_top: mm("page.margin_top_mm", table.margin_top_mm)?,
        margin_bottom: mm("page.margin_bottom_mm", table.margin_bottom_mm)?,
        margin_left: mm("page.margin_left_mm", table.margin_left_mm)?,
        margin_right: mm("page.margin_right_mm", table.margin_right_mm)?,
        font_size,
        title_size: length("page.title_size_pt", table.title_size_pt)?,
        line_height: scale(font_size, leading),
        padding_x: length("page.padding_x_pt", table.padding_x_pt)?,
        padding_y: length("page.padding_y_pt", table.padding_y_pt)?,
        row_height: length("page.row_height_pt", table.row_height_pt)?,
        header: running("page.header", table.header.as_ref(), document, eras)?,
        footer: running("page.footer", table.footer.as_ref(), document, eras)?,
        continued: table.continued.clone().unwrap_or_default(),
        hanging_indent: match table.hanging_indent {
            Some(file::IndentName::None) => HangingIndent::Nowhere,
            Some(file::IndentName::All) => HangingIndent::Everywhere,
            Some(file::IndentName::Labels) | None => HangingIndent::Labels,
        },
        hanging_punctuation: table.hanging_punctuation,
        auto_widths: table.widths == Some(file::WidthsName::Auto),
        mark_revised: match table.mark_revised {
            Some(file::MarkName::Underline) => RevisedMark::Underline,
            Some(file::MarkName::Words) => RevisedMark::Words,
            Some(file::MarkName::None) | None => RevisedMark::None,
        },
        workbook_font: table.workbook_font.clone().unwrap_or_default(),
    };
    if font_size == 0 || leading < 1000 {
        return Err(message(
            "「page.font_size_pt」は0より大きく、「page.line_height」は1以上にしてください",
            "`page.font_size_pt` must be above 0 and `page.line_height` at least 1",
        ));
    }
    Ok(spec)
}

/// `length` times `thousandths` / 1000.
fn scale(length: Length, thousandths: i32) -> Length {
    i32::try_from(i64::from(length) * i64::from(thousandths) / 1000).unwrap_or(Length::MAX)
}

fn checks(table: &BTreeMap<String, file::CheckLevel>) -> Result<BTreeMap<Code, Option<Severity>>, Message> {
    table
        .iter()
        .map(|(id, level)| {
            let code = Code::from_id(id).ok_or_else(|| {
                let known: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
                let meant = suggestion(id, &known);
                message(
                    format!("「checks」に「{id}」という検査はありません。{}", meant.ja),
                    format!("`checks`: no check `{id}`; {}", meant.en),
                )
            })?;
            if !code.is_adjustable() {
                return Err(message(
                    format!("「checks」で「{id}」の扱いは変えられません"),
                    format!("`checks`: the severity of `{id}` cannot be changed"),
                ));
            }
            let severity = match level {
                file::CheckLevel::Error => Some(Severity::Error),
                file::CheckLevel::Warning => Some(Severity::Warning),
                file::CheckLevel::Off => None,
            };
            Ok((code, severity))
        })
        .collect()
}
