//! `kaitei init`: a new project that builds as it is.

use super::Exit;
use super::args::{InitArgs, ListKind};
use crate::error::Error;
use crate::finding::{Lang, message};
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The sample of a kind: its template and its form.
fn sample(kind: ListKind) -> (&'static [u8], &'static [u8]) {
    macro_rules! files {
        ($name:literal) => {
            (
                include_bytes!(concat!("../../assets/init/", $name, ".toml")),
                include_bytes!(concat!("../../assets/init/", $name, ".xlsx")),
            )
        };
    }
    match kind {
        ListKind::Revision => files!("sample"),
        ListKind::Progress => files!("progress"),
        ListKind::Evaluation => files!("evaluation"),
        ListKind::List => files!("list"),
    }
}

pub(super) fn run(args: &InitArgs, lang: Lang) -> Result<Exit, Error> {
    let root = &args.folder;
    if is_occupied(root)? {
        return Err(Error::usage(message(
            format!("「{}」は空ではありません。別のフォルダーを指定してください", root.display()),
            format!("{} is not empty; name another folder", root.display()),
        )));
    }
    let (template, form) = sample(args.kind);
    let files: [(&str, &[u8]); 3] = [
        ("templates/sample.toml", template),
        ("input/sample/01_企画課.xlsx", form),
        ("output/.gitignore", b"*\n!.gitignore\n"),
    ];
    for (name, content) in files {
        let path = root.join(name);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|e| Error::io(folder, &e))?;
        fs::write(&path, content).map_err(|e| Error::io(&path, &e))?;
    }
    let root = root.display();
    let text = match lang {
        Lang::Ja => format!(
            "「{root}」にプロジェクトを用意しました。\n\n  templates/sample.toml  文書のテンプレート（説明つき）\n  input/sample/          各課の調査票を置く所（見本つき）\n  output/                作成した文書が入る所\n\n次は: kaitei build --project {root}\n"
        ),
        Lang::En => format!(
            "A project is laid out in {root}.\n\n  templates/sample.toml  the document's template, with comments\n  input/sample/          for the departments' workbooks, with a sample\n  output/                for the documents that are built\n\nNext: kaitei build --project {root}\n"
        ),
    };
    // A reader that went away is no error.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(Exit::Done)
}

fn is_occupied(root: &Path) -> Result<bool, Error> {
    match fs::read_dir(root) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io(root, &error)),
    }
}
