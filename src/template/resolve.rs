//! From TOML to [`Template`]: what must be there is there, names are bound, lengths are integers.

use super::file::{self, File};
use super::page::{HangingIndent, PageSpec, Paper, RevisedMark};
use super::running::{filled, running};
use super::spec::{
    Column, DocumentSpec, Expected, FieldKind, FieldSpec, OutputFormat, TallySpec, Template, TimePlace,
};
use super::validate::validate;
use super::{
    CompareSpec, Order, compare, fields, fonts, forms, open_data, page_table, sheets, suggestion, totals,
};
use crate::finding::{Code, Message, Severity, message};
use crate::japanese::Notation;
use crate::model::{Align, CivilDate, Eras, Field, Length, Role, from_micrometres};
use std::collections::BTreeMap;

/// What a record is called where fields have the roles of an indicator's values.
const INDICATOR: &str = "指標";

/// Binds a template file's names and fills in what the defaults leave open. `own` is what the file says itself.
pub(super) fn resolve(id: &str, own: &File, file: &File, eras: Eras) -> Result<Template, Message> {
    let groups: Vec<FieldSpec> = file.groups.iter().map(fields::group).collect();
    let specs = fields::resolve(&file.fields, &eras)?;
    let mut document = document(&file.document, &eras)?;
    let of_indicators = [Role::Baseline, Role::Target, Role::Actual, Role::NewTarget];
    let has_values = specs.iter().any(|spec| spec.role.is_some_and(|role| of_indicators.contains(&role)));
    if file.document.record.is_none() && has_values {
        INDICATOR.clone_into(&mut document.record);
    }
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
        roles: fields::roles(&specs)?,
        ignored_columns: fields::ignored(&own.input.ignore_columns, &file.input.ignore_columns, &specs),
        fields: specs,
        takes_in_hidden: file.input.hidden == Some(file::Hidden::TakeIn),
        expected: file.input.expect.iter().map(expected).collect(),
        takes_in_unseen: file.input.unseen == Some(file::Hidden::TakeIn),
        limits: file.input.limits,
        sheets: Vec::new(),
        forms: Vec::new(),
        columns: Vec::new(),
        views: Vec::new(),
        order: Order::Number,
        sections: None,
        totals: Vec::new(),
        break_before: None,
        tally: None,
        page: page(&file.page, &document, &eras)?,
        document,
        fonts: fonts::resolve(&file.fonts)?,
        workbook: file.workbook.clone(),
        formats: formats(&file.output)?,
        attached: attached(&file.output)?,
        open_data: open_data::resolve(&file.open_data)?,
        compare: compared(id, &file.compare),
        checks: checks(&file.checks)?,
        eras,
    };
    super::compute::bind(&mut template, &file.fields)?;
    template.columns = file.columns.iter().map(|c| column(&template, c)).collect::<Result<_, _>>()?;
    if template.columns.is_empty() {
        return Err(missing("columns"));
    }
    totals::bind(&mut template, file)?;
    template.tally = file.tally.as_ref().map(|table| tally(&template, table)).transpose()?;
    validate(&template)?;
    adopt_titles(&mut template);
    if template.workbook.labels.chart.is_empty() {
        template.workbook.labels.chart = chart_title(&template);
    }
    template.sheets = sheets::resolve(&template, &file.sheets)?;
    template.forms = forms::resolve(&template, &file.forms)?;
    Ok(template)
}

fn expected(name: &file::ExpectedName) -> Expected {
    match name {
        file::ExpectedName::File(file) => Expected { file: file.clone(), rows: None },
        file::ExpectedName::Rows(table) => Expected { file: table.file.clone(), rows: table.rows },
    }
}

pub(super) fn missing(key: &str) -> Message {
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
        record: doc.record.clone().unwrap_or_default(),
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

fn compared(id: &str, spec: &CompareSpec) -> CompareSpec {
    let mut spec = spec.clone();
    if spec.series.is_empty() {
        spec.series = compare::series(id);
    }
    spec
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
            file::AlignName::Decimal => Align::Decimal,
        },
        empty: table.empty.clone(),
    })
}

fn tally(template: &Template, table: &file::Tally) -> Result<TallySpec, Message> {
    let by_key = |key: &String| field(template, ("「tally」", "`tally`"), key);
    let published = |field| super::views::published(template, "tally.field", field);
    let field = table.field.as_ref().map(by_key).transpose()?.map(published).transpose()?;
    if let Some(wrong) = field.filter(|&field| template.field(field).kind != FieldKind::Choice) {
        let key = &template.field(wrong).key;
        return Err(message(
            format!("「tally.field」の「{key}」は choices のある項目ではないため、数えられません"),
            format!("`tally.field`: `{key}` has no `choices` to be counted"),
        ));
    }
    let published_by = |field| super::views::published(template, "tally.by", field);
    let by = table.by.as_ref().map(by_key).transpose()?.map(published_by).transpose()?;
    let is_countable =
        |field: &Field| matches!(field, Field::Group(_)) || template.field(*field).kind == FieldKind::Choice;
    if let Some(wrong) = by.filter(|field| !is_countable(field)) {
        let key = &template.field(wrong).key;
        return Err(message(
            format!("「tally.by」の「{key}」は、階層でも choices のある項目でもありません"),
            format!("`tally.by`: `{key}` is neither a group nor a field with `choices`"),
        ));
    }
    let spec = TallySpec { total: table.total.clone(), field, by, legend: table.legend };
    let counted = spec.field.or_else(|| template.counted().map(|(field, _)| field));
    let is_said = |field| template.field(field).choices.iter().any(|choice| choice.print != choice.label);
    if spec.legend && !counted.is_some_and(is_said) {
        return Err(message(
            "「tally.legend」で説明する語がありません。choices の print に印（◎ など）、label にその意味を書いてください",
            "`tally.legend` has nothing to explain; give the choices a mark as `print` and its meaning as `label`",
        ));
    }
    if spec.field.is_none() && template.counted().is_none() {
        return Err(message(
            "「tally」で数える項目がありません。tally.field に choices のある項目のキーを書いてください",
            "`tally` has nothing to count; name a field with `choices` in `tally.field`",
        ));
    }
    Ok(spec)
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
            // Points of several series are headed by the same years.
            Field::Entry(index) if template.fields[index].series.is_some() => continue,
            Field::Group(level) => &mut template.groups[level],
            Field::Entry(index) => &mut template.fields[index],
        };
        let words = if column.time == TimePlace::Only { &mut spec.time_words } else { &mut spec.words };
        words.put_first(column.title);
    }
}

/// The chart's title where the template gives none: what it counts.
fn chart_title(template: &Template) -> String {
    let Some((field, _)) = template.counted() else { return String::new() };
    match template.role(Role::Disposition) {
        Some(disposition) if disposition == field => "取扱いの件数".to_owned(),
        _ => format!("{}の件数", template.heading(field)),
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

fn page(table: &page_table::Page, document: &DocumentSpec, eras: &Eras) -> Result<PageSpec, Message> {
    let length = |key: &str, number: Option<f64>| thousandths(key, number.ok_or_else(|| missing(key))?);
    let mm = |key: &str, number| length(key, number).map(|um| from_micrometres(i64::from(um)));
    let font_size = length("page.font_size_pt", table.font_size_pt)?;
    let leading = length("page.line_height", table.line_height)?;
    let spec = PageSpec {
        paper: match table.paper {
            Some(page_table::PaperName::A3) => Paper::A3,
            Some(page_table::PaperName::B5) => Paper::B5,
            Some(page_table::PaperName::B4) => Paper::B4,
            Some(page_table::PaperName::A4) | None => Paper::A4,
        },
        landscape: table.orientation == Some(page_table::Orientation::Landscape),
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
            Some(page_table::IndentName::None) => HangingIndent::Nowhere,
            Some(page_table::IndentName::All) => HangingIndent::Everywhere,
            Some(page_table::IndentName::Labels) | None => HangingIndent::Labels,
        },
        hanging_punctuation: table.hanging_punctuation,
        condense: table.condense.unwrap_or(100),
        auto_widths: table.widths == Some(page_table::WidthsName::Auto),
        fit_pages: table.fit_pages,
        mark_revised: match table.mark_revised {
            Some(page_table::MarkName::Underline) => RevisedMark::Underline,
            Some(page_table::MarkName::Words) => RevisedMark::Words,
            Some(page_table::MarkName::None) | None => RevisedMark::None,
        },
        workbook_font: table.workbook_font.clone().unwrap_or_default(),
    };
    possible(&spec, leading)?;
    Ok(spec)
}

/// What no page can be.
fn possible(spec: &PageSpec, leading: i32) -> Result<(), Message> {
    if spec.fit_pages == Some(0) {
        return Err(message(
            "「page.fit_pages」には、1以上のページ数を書いてください",
            "`page.fit_pages` must be at least 1",
        ));
    }
    if !(PageSpec::NARROWEST..=100).contains(&spec.condense) {
        return Err(message(
            format!(
                "「page.condense」は、{}から100までにしてください（100は長体にしません）",
                PageSpec::NARROWEST
            ),
            format!(
                "`page.condense` must be from {} to 100 (100: letters keep their width)",
                PageSpec::NARROWEST
            ),
        ));
    }
    if spec.font_size == 0 || leading < 1000 {
        return Err(message(
            "「page.font_size_pt」は0より大きく、「page.line_height」は1以上にしてください",
            "`page.font_size_pt` must be above 0 and `page.line_height` at least 1",
        ));
    }
    Ok(())
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
