//! `kaitei next`: the next year of a document.

use super::args::NextArgs;
use super::{Exit, report, worker};
use crate::batch::{self, NextYear, ProjectFolder};
use crate::error::Error;
use crate::finding::Lang;
use crate::model::{Record, Role};
use std::fmt::Write as _;

pub(super) fn run(args: &NextArgs, lang: Lang) -> Result<Exit, Error> {
    let project = ProjectFolder::new(&args.project);
    let workers = worker::workers();
    let next = batch::next(&project, (&args.old, &args.new), args.year, args.from, Some(&workers))?;
    report::write_out(&mut std::io::stdout(), told(&next, args, lang).as_bytes())?;
    Ok(Exit::Done)
}

fn told(next: &NextYear, args: &NextArgs, lang: Lang) -> String {
    let NextYear { files, from, changes, rows, removed, retargeted, .. } = next;
    let (old, new, year) = (&args.old, &args.new, args.year);
    let mut text = lang.pick((
        format!("{old}（{from}年度）から {new}（{year}年度）を用意しました: {rows}件\n"),
        format!("{new} ({year}) was laid out from {old} ({from}): {rows} records\n"),
    ));
    let mut line =
        |line: &str| writeln!(text, "{}", report::one_line(line)).expect("writing to a string does not fail");
    for file in files {
        line(&format!("  {file}"));
    }
    let name = |row: &Record| {
        let number =
            row.text_of(Role::Number).map(|number| format!("№{}　", number.text)).unwrap_or_default();
        format!("    {number}{}", row.name().text)
    };
    for (words, records) in [
        (("一覧から除いた行", "left the list"), removed),
        (("新たな目標値を目標値とした行", "with their new targets as targets"), retargeted),
    ] {
        line(&format!("{}: {}", lang.pick(words), records.len()));
        for row in records {
            line(&name(row));
        }
    }
    line(
        lang.pick((
            "テンプレートで変えた所（確認してください）:",
            "changed in the template, to be looked at:",
        )),
    );
    for (at, before, after) in changes {
        line(&format!("  {at}: {before} → {after}"));
    }
    text
}
