//! `kaitei read`: how texts are understood as values, for people and for programs.

use super::args::{LogFormat, ReadArgs};
use super::{Exit, report};
use crate::emit::json::{ReadingView, to_bytes};
use crate::error::Error;
use crate::finding::{Finding, Lang, Noted, message};
use crate::japanese::{Notation, normalise};
use crate::model::{Eras, Field, Origin, Reference, Value};
use crate::template::{FieldKind, Template};
use crate::transform::complete_by_template;
use crate::transform::value::{Context, SpanKind, parse, understand};
use crate::view::understood;
use std::io::Read as _;

/// Bytes of the longest list on standard input.
const LONGEST_INPUT: u64 = 64 * 1024 * 1024;

pub(super) fn run(args: &ReadArgs, lang: Lang) -> Result<Exit, Error> {
    let template = args.template.as_deref().map(Template::load).transpose()?;
    let field = template.as_ref().zip(args.field.as_deref()).map(|it| field(it.0, it.1)).transpose()?;
    let (notation, eras) = notation_and_eras(args, template.as_ref())?;
    let context = Context { notation, eras: &eras };
    let texts = match args.texts.as_slice() {
        [only] if only == "-" => from_input()?,
        texts => texts.to_vec(),
    };
    let read = |text: &String| {
        let mut noted = parse(text, None, Origin::of_file("-"), &context);
        if let (Some(value), Some((template, field))) = (&mut noted.value, template.as_ref().zip(field)) {
            complete_by_template(value, field, template);
        }
        noted
    };
    let readings: Vec<Noted<Option<Value>>> = texts.iter().map(read).collect();
    let output = match args.format {
        LogFormat::Json => {
            let view = |(text, noted): (&String, &Noted<Option<Value>>)| {
                ReadingView::of(text, noted.value.as_ref(), &noted.findings, lang)
            };
            to_bytes(&texts.iter().zip(&readings).map(view).collect::<Vec<_>>())
        }
        LogFormat::Text => {
            let told: Vec<String> =
                texts.iter().zip(&readings).map(|(text, noted)| told(text, noted, &context, lang)).collect();
            told.join("\n").into_bytes()
        }
    };
    report::write_out(&mut std::io::stdout(), &output)?;
    let doubtful = readings.iter().any(|noted| !noted.findings.is_empty());
    Ok(if doubtful { Exit::Data } else { Exit::Done })
}

/// A template's field of values by its key.
fn field(template: &Template, key: &str) -> Result<Field, Error> {
    let is_named = |field: &Field| {
        let spec = template.field(*field);
        spec.key == key && spec.kind == FieldKind::Value
    };
    template.all_fields().into_iter().find(is_named).ok_or_else(|| {
        Error::usage(message(
            format!("「{key}」は、テンプレートにある値の項目ではありません"),
            format!("`{key}` is no field of values in the template"),
        ))
    })
}

/// Notation and era: the template's, or those that the command names.
fn notation_and_eras(args: &ReadArgs, template: Option<&Template>) -> Result<(Notation, Eras), Error> {
    let (notation, mut eras) = template.map_or((Notation::default(), Eras::default()), |template| {
        (template.notation, template.eras.clone())
    });
    if let Some(name) = &args.era {
        let known = eras.base_names().join("・");
        eras = eras.with_base(name).ok_or_else(|| {
            Error::usage(message(
                format!("元号「{name}」は指定できません。指定できるのは {known} です"),
                format!("there is no era `{name}`; known are {known}"),
            ))
        })?;
    }
    Ok((notation, eras))
}

/// The JSON array of strings on standard input.
fn from_input() -> Result<Vec<String>, Error> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(LONGEST_INPUT).read_to_end(&mut bytes);
    read.map_err(|error| Error::io(std::path::Path::new("-"), &error))?;
    serde_json::from_slice(&bytes).map_err(|_| {
        Error::usage(message(
            "標準入力には、文字列のJSON配列を渡してください（例：[\"30％削減\", \"5人\"]）",
            "standard input must be a JSON array of strings, such as [\"30％削減\", \"5人\"]",
        ))
    })
}

/// One text for a person: what each piece of it is, and what it means.
fn told(text: &str, noted: &Noted<Option<Value>>, context: &Context<'_>, lang: Lang) -> String {
    let whole = normalise(text, context.notation);
    let chars: Vec<char> = whole.chars().collect();
    let mut lines = vec![whole.replace('\n', "⏎")];
    let pieces: Vec<String> = understand(&whole, context.eras)
        .spans
        .iter()
        .filter(|span| span.kind != SpanKind::Separator)
        .map(|span| {
            let piece: String =
                chars[span.start..span.end].iter().map(|c| if *c == '\n' { '⏎' } else { *c }).collect();
            let kind = lang.pick(span.kind.label());
            lang.pick((format!("{piece}（{kind}）"), format!("{piece} ({kind})")))
        })
        .collect();
    lines.push(format!("  {}", pieces.join(" ")));
    match &noted.value {
        None => lines.push(lang.pick(("  値なし", "  no value")).to_owned()),
        Some(value) => meaning(value, lang, &mut lines),
    }
    lines.extend(noted.findings.iter().map(|finding| warning(finding, lang)));
    lines.iter().map(|line| report::one_line(line) + "\n").collect()
}

fn meaning(value: &Value, lang: Lang, lines: &mut Vec<String>) {
    lines.extend(value.parts.iter().map(|part| format!("  = {}", understood::part(part, lang))));
    let mut line = |(ja, en): (&str, &str), said: &str| {
        if !said.is_empty() {
            lines.push(lang.pick((format!("  {ja}：{said}"), format!("  {en}: {said}"))));
        }
    };
    let time = value.time.as_ref().and_then(|time| time.time).map(|time| understood::time_name(time, lang));
    line(("時点", "time"), &time.unwrap_or_default());
    let reference = value.reference.as_ref().map(|reference| match reference {
        Reference::Time(words, _) | Reference::Words(words) => words.as_str(),
    });
    line(("比較の対象", "against"), reference.unwrap_or_default());
    line(("限定語", "qualifiers"), &value.qualifiers.join("、"));
    line(("注記", "notes"), &value.notes.join(" / "));
}

fn warning(finding: &Finding, lang: Lang) -> String {
    let severity = finding.label(lang);
    lang.pick((
        format!("  {severity}：{}", finding.message(lang)),
        format!("  {severity}: {}", finding.message(lang)),
    ))
}
