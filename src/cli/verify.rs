//! `kaitei verify`.

use super::args::VerifyArgs;
use super::{Exit, report};
use crate::batch::{self, Difference, ProjectFolder, Verified};
use crate::error::Error;
use crate::finding::Lang;

pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Result<Exit, Error> {
    let project = ProjectFolder::new(&args.selection.project);
    let documents = project.choose(&args.selection.documents, &args.selection.only)?;
    let verified = batch::verify(&project, &documents)?;
    let lines: Vec<String> = verified.iter().flat_map(|found| lines(found, lang)).collect();
    let text: String = lines.iter().map(|line| report::one_line(line) + "\n").collect();
    report::write_out(&mut std::io::stdout(), text.as_bytes())?;
    let differs = verified.iter().any(|found| !found.differences.is_empty());
    Ok(if differs { Exit::Data } else { Exit::Done })
}

/// A line for each difference, or one that there is none; and one for each edited set that was kept.
fn lines(found: &Verified, lang: Lang) -> Vec<String> {
    let Verified { document, sound, differences, kept } = found;
    let kept = kept.iter().map(|name| match lang {
        Lang::Ja => format!("{document}: 変更されたファイルの一式を「{name}」に残してあります\n"),
        Lang::En => format!("{document}: an edited set is kept in {name}\n"),
    });
    if differences.is_empty() {
        let sound = match lang {
            Lang::Ja => format!("{document}: 記録のとおりです（ファイル {sound}件）\n"),
            Lang::En => format!("{document}: as recorded ({sound} files)\n"),
        };
        return [sound].into_iter().chain(kept).collect();
    }
    let line = |difference: &Difference| {
        let said = difference.message();
        match lang {
            Lang::Ja => format!("{document}: {}\n", said.ja),
            Lang::En => format!("{document}: [{}] {}\n", difference.id(), said.en),
        }
    };
    differences.iter().map(line).chain(kept).collect()
}
