//! Earlier editions of a document: another document of the project, or a file of kaitei's or anyone's.

use super::decisions::DecisionShelf;
use super::fonts::{FontFiles, FontShelf};
use super::input_files::InputFile;
use super::regular;
use super::sources::{read_source, read_sources};
use super::{ProjectFolder, plan, state};
use crate::compare::{LINKS, Links};
use crate::error::Error;
use crate::finding::{Lang, Message, Noted, Severity, message};
use crate::ingest::FileReader;
use crate::model::Fingerprint;
use crate::pipeline::{self, Earlier, Understood, table_of_package};
use crate::template::{Template, suggestion};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The description of a folder of data.
const PACKAGE: &str = "datapackage.json";

/// Reads the earlier edition of a document, whose template explains files.
pub(super) fn read(
    project: &ProjectFolder,
    document: &str,
    with: &str,
    template: &Template,
    reader: Option<FileReader<'_>>,
) -> Result<Earlier, Error> {
    let links = links(project, document)?;
    let Noted { value: earlier, findings } = if project.documents()?.iter().any(|known| known == with) {
        let path = project.template_path(with);
        let template = Template::load(&path)?;
        let files = FontFiles::read(&template, &path, &FontShelf::default())?;
        let sources = read_sources(&project.input(with), &template.limits)?;
        let decided = DecisionShelf::load(project)?;
        let understood =
            pipeline::inspect(&sources, &template, decided.of(with)?, &files.fonts()?, reader, None);
        let Noted { value: Understood { list, .. }, findings } = understood;
        Noted { value: Earlier { template, list, links }, findings }
    } else {
        let path = file(project, with)?;
        let name = path.strip_prefix(project.root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let input = InputFile { path, name };
        let source = read_source(input, template.limits.file_mib << 20)?;
        Earlier::read(&source, template, links, reader)
    };
    if !earlier.list.rows.is_empty() {
        return Ok(earlier);
    }
    Err(match findings.iter().find(|finding| finding.severity == Severity::Error) {
        Some(error) => unreadable(with, &error.message(Lang::Ja), &error.message(Lang::En)),
        None => unreadable(with, "一覧の行がありません", "there is no row of a list in it"),
    })
}

/// What an earlier edition and the links are told by: a file by its content, a document by its template and its input.
pub(super) fn prints(
    project: &ProjectFolder,
    with: &str,
    files: &state::Files,
) -> Result<Vec<Fingerprint>, Error> {
    let print = |path: &Path| files.fingerprint(path, with).map_err(|e| Error::io(path, &e));
    let own = if project.documents()?.iter().any(|known| known == with) {
        let mut all = vec![plan::current_template(project, with, files)?];
        all.extend(plan::current_inputs(project, with, files)?);
        Fingerprint::of(with, &serde_json::to_vec(&all).expect("fingerprints are JSON"))
    } else {
        print(&file(project, with)?)?
    };
    let links = project.root().join(LINKS);
    if !links.exists() {
        return Ok(vec![own]);
    }
    let of_links = files.fingerprint(&links, LINKS).map_err(|e| Error::io(&links, &e))?;
    Ok(vec![own, of_links])
}

/// The links of a document.
pub(super) fn links(project: &ProjectFolder, document: &str) -> Result<Links, Error> {
    let path = project.root().join(LINKS);
    let bytes = match regular::read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Links::default()),
        read => read.map_err(|e| Error::io(&path, &e))?,
    };
    let text = String::from_utf8_lossy(&bytes);
    Links::of(document, &text).map_err(|slip: Message| {
        Error::usage(message(format!("{LINKS}: {}", slip.ja), format!("{LINKS}: {}", slip.en)))
    })
}

/// The file of an edition; of a folder of data, that of its list.
fn file(project: &ProjectFolder, with: &str) -> Result<PathBuf, Error> {
    let path = project.root().join(with);
    if !path.exists() {
        let documents = project.documents()?;
        let known: Vec<&str> = documents.iter().map(String::as_str).collect();
        let meant = suggestion(with, &known);
        return Err(Error::usage(message(
            format!("前の版「{with}」という文書もファイルもありません。{}", meant.ja),
            format!("no document and no file `{with}`; {}", meant.en),
        )));
    }
    let package = if path.is_dir() { path.join(PACKAGE) } else { path.clone() };
    if !package.ends_with(PACKAGE) {
        return Ok(path);
    }
    let bytes = regular::read(&package).map_err(|e| Error::io(&package, &e))?;
    let table = table_of_package(&bytes).map(|table| package.with_file_name(table));
    table.ok_or_else(|| {
        unreadable(
            with,
            "datapackage.json に一覧の表がありません",
            "its datapackage.json names no table of a list",
        )
    })
}

fn unreadable(with: &str, ja: &str, en: &str) -> Error {
    Error::usage(message(
        format!("前の版「{with}」を読み取れません（{ja}）。PDFだけの場合は、表をExcelかCSVにしてください"),
        format!(
            "the earlier edition `{with}` cannot be read ({en}); of a PDF, make a workbook or a CSV file"
        ),
    ))
}
