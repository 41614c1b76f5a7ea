//! `kaitei verify`.

use super::args::VerifyArgs;
use super::{Exit, report};
use crate::batch::{self, Project};
use crate::diagnostic::{Lang, harmless};
use crate::error::Error;
use std::fmt::Write as _;

pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Result<Exit, Error> {
    let project = Project::new(&args.selection.project);
    let documents = project.choose(&args.selection.documents, &args.selection.only)?;
    let verified = batch::verify(&project, &documents)?;
    let mut text = String::new();
    for found in &verified {
        let document = &found.document;
        for difference in &found.differences {
            let id = difference.id();
            writeln!(text, "{document}: [{id}] {}", difference.message().text(lang))
                .expect("writing to a string does not fail");
        }
        if found.differences.is_empty() {
            text += &match lang {
                Lang::Ja => format!("{document}: 記録のとおり（{} ファイル）\n", found.sound),
                Lang::En => format!("{document}: as recorded ({} files)\n", found.sound),
            };
        }
    }
    report::write_out(
        &mut std::io::stdout(),
        text.chars().map(harmless).collect::<String>().as_bytes(),
    )?;
    let differs = verified.iter().any(|found| !found.differences.is_empty());
    Ok(if differs { Exit::Data } else { Exit::Done })
}
