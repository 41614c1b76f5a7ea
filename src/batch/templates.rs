//! Templates on the disk: a file, and those that it extends.

use super::regular;
use crate::error::Error;
use crate::finding::{Message, message};
use crate::template::{Base, Template, TemplateFiles, extended, not_utf8};
use std::io;
use std::path::{Path, PathBuf};

/// Bytes of a template's file at most; those of the samples have 12 thousand.
const MOST_BYTES: u64 = 512 << 10;
/// As many files may stand below a template's own.
const MOST_BASES: usize = 8;

impl Template {
    /// Reads `<document>.toml`; the document's name is the file's stem.
    pub fn load(path: &Path) -> Result<Self, Error> {
        Self::from_files(path, &TemplateFiles::read(path)?)
    }

    /// The content of a template's file, which no template makes long.
    pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
        regular::read_at_most(path, MOST_BYTES).map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => Error::usage(too_large(path)),
            _ => Error::io(path, &error),
        })
    }
}

impl TemplateFiles {
    /// Reads a template's file and those that it extends.
    ///
    /// # Errors
    /// A file that cannot be read or is too large, a base that is not UTF-8, files that extend each other.
    pub fn read(path: &Path) -> Result<Self, Error> {
        Self::follow(path, &mut Vec::new())
    }

    /// The files that a template extends, by their paths from its folder, as far as they can be read: the last may be
    /// one that cannot.
    pub fn base_names(path: &Path) -> Vec<String> {
        let mut names = Vec::new();
        // What is wrong with them, who reads them says.
        let _ = Self::follow(path, &mut names);
        names
    }

    /// Reads the files, and notes the names of those that are extended before they are looked for.
    fn follow(path: &Path, names: &mut Vec<String>) -> Result<Self, Error> {
        let mut files = Self { own: Template::bytes(path)?, bases: Vec::new() };
        let mut next = std::str::from_utf8(&files.own).ok().and_then(|text| extended("", text));
        let mut met = vec![real(path).map_err(|error| Error::io(path, &error))?];
        while let Some(name) = next {
            names.push(name.clone());
            let place = path.with_file_name(&name);
            let real = real(&place).map_err(|error| {
                let why = Error::io(&place, &error).message;
                of_file(&path.display().to_string(), &not_found(&name, &why))
            })?;
            if met.contains(&real) || files.bases.len() == MOST_BASES {
                return Err(of_file(&path.display().to_string(), &endless(&name)));
            }
            met.push(real);
            let text =
                String::from_utf8(Template::bytes(&place)?).map_err(|_| Error::usage(not_utf8(&place)))?;
            next = extended(&name, &text);
            files.bases.push(Base { name, text });
        }
        Ok(files)
    }
}

/// Where a file is, whatever links lead to it. Windows does not tell of every drive: there it is where its path says.
fn real(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize().or_else(|error| if path.is_file() { Ok(path.to_owned()) } else { Err(error) })
}

fn too_large(path: &Path) -> Message {
    let (path, most) = (path.display(), MOST_BYTES >> 10);
    message(
        format!(
            "{path}: テンプレートが大きすぎます（上限は{most}KiB）。別のファイルを置いていないか確認してください"
        ),
        format!("{path}: too large for a template (at most {most} KiB); see whether it is another file"),
    )
}

fn of_file(path: &str, said: &Message) -> Error {
    Error::usage(message(format!("{path}: {}", said.ja), format!("{path}: {}", said.en)))
}

fn not_found(name: &str, why: &Message) -> Message {
    message(
        format!(
            "「extends」の「{name}」を読み取れません（{}）。テンプレートのあるフォルダーから見たパスを書いてください",
            why.ja
        ),
        format!("`extends`: `{name}` cannot be read ({}); write its path from the template's folder", why.en),
    )
}

fn endless(name: &str) -> Message {
    message(
        format!(
            "「extends」が「{name}」で元のテンプレートに戻るか、{MOST_BASES}段より深く続いています。つながりを短くしてください"
        ),
        format!(
            "`extends`: with `{name}` the files extend each other, or more than {MOST_BASES} follow one another"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_from_the_nearest_on_and_never_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let read = || TemplateFiles::read(&folder.path().join("t.toml"));
        let slip = || read().expect_err("a slip").message.en;
        write("t.toml", "extends = \"common/near.toml\"");
        assert!(slip().contains("`extends`: `common/near.toml` cannot be read"), "{}", slip());
        assert_eq!(TemplateFiles::base_names(&folder.path().join("t.toml")), ["common/near.toml"]);
        write("common/near.toml", "extends = \"far.toml\"");
        write("common/far.toml", "kaitei = 2");
        let names: Vec<String> = read().unwrap().bases.into_iter().map(|base| base.name).collect();
        assert_eq!(names, ["common/near.toml", "common/far.toml"]);
        write("common/far.toml", "extends = \"../t.toml\"");
        assert!(slip().contains("with `common/../t.toml` the files extend each other"), "{}", slip());
        for level in 0..20 {
            write(&format!("common/{level}.toml"), &format!("extends = \"{}.toml\"", level + 1));
        }
        write("t.toml", "extends = \"common/0.toml\"");
        assert!(slip().contains("or more than 8 follow one another"), "{}", slip());
    }
}
