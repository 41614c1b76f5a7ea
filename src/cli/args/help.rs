//! A command's page of help in Japanese. Clap's own has English words between those that it is given.

use super::super::page::{Page, Tone, fit, terminal_width, width};
use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, ArgAction, Command};
use std::fmt::Write as _;

/// The page, as wide as the terminal.
pub(super) fn page(command: &Command) -> String {
    let mut page = Page::new(terminal_width());
    page.paragraph(&[], (Tone::Plain, &text(command.get_about())));
    page.line(&[]);
    page.line(&[(Tone::Title, "使い方: "), (Tone::Plain, &usage(command))]);
    let commands = command.get_subcommands().map(|it| (it.get_name().to_owned(), text(it.get_about())));
    section(&mut page, "コマンド", commands.collect());
    let (values, options): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().partition(|arg| arg.is_positional());
    section(&mut page, "引数", values.into_iter().map(|arg| (positional(arg), explained(arg))).collect());
    section(&mut page, "オプション", options.into_iter().map(|arg| (option(arg), explained(arg))).collect());
    if let Some(after) = command.get_after_help() {
        page.line(&[]);
        after.to_string().lines().for_each(|line| page.line(&[(Tone::Plain, line)]));
    }
    page.into_text()
}

fn text(styled: Option<&StyledStr>) -> String {
    styled.map(ToString::to_string).unwrap_or_default()
}

fn usage(command: &Command) -> String {
    let mut parts = vec![command.get_bin_name().unwrap_or(command.get_name()).to_owned()];
    if command.get_arguments().any(|arg| !arg.is_positional()) {
        parts.push("[オプション]".to_owned());
    }
    if command.has_subcommands() {
        parts.push("<コマンド>".to_owned());
    }
    parts.extend(command.get_positionals().map(positional));
    parts.join(" ")
}

/// Names with what they are for, one below the other.
fn section(page: &mut Page, title: &str, entries: Vec<(String, String)>) {
    if entries.is_empty() {
        return;
    }
    page.line(&[]);
    page.line(&[(Tone::Title, &format!("{title}:"))]);
    let widest = entries.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, text) in entries {
        page.paragraph(&[(Tone::Plain, &format!("  {}  ", fit(&name, widest)))], (Tone::Plain, &text));
    }
}

fn positional(arg: &Arg) -> String {
    let name = value(arg);
    let name = if arg.is_required_set() { format!("<{name}>") } else { format!("[{name}]") };
    if matches!(arg.get_action(), ArgAction::Append) { name + "..." } else { name }
}

fn option(arg: &Arg) -> String {
    let short = arg.get_short().map_or_else(|| "    ".to_owned(), |short| format!("-{short}, "));
    let long = arg.get_long().map(|long| format!("--{long}")).unwrap_or_default();
    let value = if arg.get_action().takes_values() { format!(" <{}>", value(arg)) } else { String::new() };
    format!("{short}{long}{value}")
}

/// What the argument's value is called.
fn value(arg: &Arg) -> &str {
    arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str())
}

/// What an argument is for, with its possible values and its default.
fn explained(arg: &Arg) -> String {
    let mut text = text(arg.get_help());
    if arg.get_action().takes_values() {
        let possible = arg.get_possible_values();
        let possible: Vec<&str> = possible.iter().map(PossibleValue::get_name).collect();
        let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        for (title, values) in [("選べる値", possible.join(", ")), ("既定値", default.join(", "))] {
            if !values.is_empty() {
                write!(text, " [{title}: {values}]").expect("writing to a string does not fail");
            }
        }
    }
    text
}
