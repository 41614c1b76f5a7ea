//! Why arguments are refused, in Japanese: what clap found, in our sentences.

use super::{Cli, japanese};
use crate::finding::harmless;
use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;

/// The refusal and where help is; none if help or the version was asked for.
pub(super) fn japanese(error: &clap::Error, arguments: &[OsString], is_asked: bool) -> Option<String> {
    let said = sentence(error)?;
    let commands = Cli::command();
    let typed = arguments.iter().skip(1).find_map(|argument| commands.find_subcommand(argument));
    let command = typed.map(|command| format!(" {}", command.get_name())).unwrap_or_default();
    let lang = if is_asked { " --lang ja" } else { "" };
    let text = format!("エラー: {said}\n詳しい使い方: kaitei{command} --help{lang}\n");
    Some(text.chars().map(harmless).collect())
}

fn sentence(error: &clap::Error) -> Option<String> {
    let of = |kind| named(error, kind);
    let first = |kind| of(kind).into_iter().next().unwrap_or_default();
    let (name, value) = (first(ContextKind::InvalidArg), first(ContextKind::InvalidValue));
    let arg = apart(name);
    let allowed = of(ContextKind::ValidValue);
    let allowed = match japanese::form(name) {
        Some(form) => format!("（{form}）"),
        None if allowed.is_empty() => String::new(),
        None => format!("（指定できるのは {}）", allowed.join("、")),
    };
    let said = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg}の値を指定してください{allowed}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{arg}の「{value}」は指定できません{allowed}")
        }
        ErrorKind::UnknownArgument if name.starts_with('-') => {
            format!("「{name}」というオプションはありません")
        }
        ErrorKind::UnknownArgument => format!("「{name}」は余分な引数です"),
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません", first(ContextKind::InvalidSubcommand))
        }
        ErrorKind::ArgumentConflict => match &of(ContextKind::PriorArg)[..] {
            [prior] if *prior != name => format!("{arg}と {}は同時に指定できません", apart(prior)),
            _ => format!("{arg}は一度だけ指定できます"),
        },
        ErrorKind::MissingRequiredArgument => {
            format!("{}を指定してください", apart(&of(ContextKind::InvalidArg).join("と")))
        }
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals
            if value.is_empty() =>
        {
            format!("{arg}の値の数が違います")
        }
        ErrorKind::TooManyValues => format!("{arg}に値「{value}」は指定できません"),
        ErrorKind::InvalidUtf8 => "引数に、文字として読み取れないものがあります".to_owned(),
        _ => "引数を読み取れません".to_owned(),
    };
    Some(said + &hint(error))
}

/// The slip that was probably made.
fn hint(error: &clap::Error) -> String {
    let command = named(error, ContextKind::SuggestedSubcommand).into_iter().next();
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedValue].map(|kind| named(error, kind));
    let near = near.concat().into_iter().next();
    let words: Vec<&str> = [command, near].into_iter().flatten().collect();
    if words.is_empty() {
        String::new()
    } else {
        format!("。「{}」の誤りではありませんか", words.join(" "))
    }
}

/// What the context says of a kind: arguments without what stands around their names (`<FOLDER>`, `--shard <I/N>`).
fn named(error: &clap::Error, kind: ContextKind) -> Vec<&str> {
    let texts = match error.get(kind) {
        Some(ContextValue::String(text)) => std::slice::from_ref(text),
        Some(ContextValue::Strings(texts)) => texts,
        _ => &[],
    };
    match kind {
        ContextKind::InvalidArg | ContextKind::PriorArg => texts.iter().map(|text| bare(text)).collect(),
        _ => texts.iter().map(String::as_str).collect(),
    }
}

/// An argument's name as a sentence goes on behind it: a space parts what is typed from Japanese.
fn apart(name: &str) -> String {
    let space = if name.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{name}{space}")
}

/// `--shard <番号/総数>` and `[文書]...` without what stands around their names.
fn bare(argument: &str) -> &str {
    match argument.split_once(" <") {
        Some((option, _)) => option,
        None => argument.trim_end_matches("...").trim_start_matches(['<', '[']).trim_end_matches(['>', ']']),
    }
}
