//! The next year of a document: its template with the years advanced, the edition that is past, and a form of what goes
//! on. Nothing that is there is overwritten.

use super::decisions::DecisionShelf;
use super::fonts::{FontFiles, FontShelf};
use super::sources::read_sources;
use super::{ProjectFolder, Workers, editions};
use crate::compare::applied;
use crate::emit::json;
use crate::error::{Error, ErrorKind};
use crate::finding::{Finding, Severity, message};
use crate::ingest::FileReader;
use crate::model::{Dataset, Record, Role};
use crate::pipeline::{self, Source, Understood, form, understand};
use crate::template::{Template, TemplateFiles, advance};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What was laid out for the next year.
#[derive(Debug, Clone)]
pub struct NextYear {
    /// The files that were written, by their paths in the project.
    pub files: Vec<String>,
    /// The year of the old edition.
    pub from: i32,
    /// The lines of the template that changed: their number, before and after.
    pub changes: Vec<(usize, String, String)>,
    /// How many records go on.
    pub rows: usize,
    /// The records that leave.
    pub removed: Vec<Record>,
    /// The records whose new targets are targets now.
    pub retargeted: Vec<Record>,
    /// What is said of the old edition.
    pub findings: Vec<Finding>,
}

/// Lays out the next year of a document.
///
/// # Errors
/// The old edition has errors, its year is not known, something is there already, or it cannot be written.
pub fn next(
    project: &ProjectFolder,
    (old, new): (&str, &str),
    year: i32,
    from: Option<i32>,
    workers: Option<&Workers>,
) -> Result<NextYear, Error> {
    let reader = workers.map(Workers::reader);
    let reader = reader.as_ref().map(|read| read as FileReader<'_>);
    let old = project.choose(&[old.to_owned()], &[])?.remove(0);
    let path = project.template_path(&old);
    let said = TemplateFiles::read(&path)?;
    let template = Template::from_files(&path, &said)?;
    let paths = Paths::of(project, &old, new)?;
    let from = from.or_else(|| year_of(&old, &template)).filter(|from| *from < year);
    let from = from.ok_or_else(|| unknown_year(&old, year))?;
    let (list, findings) = read(project, &old, &path, &template, reader)?;
    if let Some(error) = findings.iter().find(|finding| finding.severity == Severity::Error) {
        return Err(has_errors(&old, error));
    }
    let text = std::str::from_utf8(&said.own).expect("a template that was read is UTF-8");
    let mut advanced = advance(text, &template, from, year);
    compare_with(&mut advanced.text, &format!("archive/{old}.json"), &template);
    let goes_on = goes_on(&list, &template);
    let csv = form(&template, &goes_on);
    prove(&csv, &goes_on, (&advanced.text, new), &said)?;
    let archive = json::render(&template, &list);
    paths.write(&[&archive, &csv, advanced.text.as_bytes()])?;
    let is_gone = |row: &&Record| !goes_on.rows.iter().any(|next| next.id == row.id);
    let target =
        |row: &Record| row.value_of(Role::Target).map(|value| (value.text.clone(), value.time.clone()));
    let before = |row: &Record| list.rows.iter().find(|before| before.id == row.id).and_then(target);
    Ok(NextYear {
        files: paths.names,
        from,
        changes: advanced.changes,
        rows: goes_on.rows.len(),
        removed: list.rows.iter().filter(is_gone).cloned().collect(),
        retargeted: goes_on.rows.iter().filter(|row| before(row) != target(row)).cloned().collect(),
        findings,
    })
}

fn read(
    project: &ProjectFolder,
    document: &str,
    path: &Path,
    template: &Template,
    reader: Option<FileReader<'_>>,
) -> Result<(Dataset, Vec<Finding>), Error> {
    let fonts = FontFiles::read(template, path, &FontShelf::default())?;
    let sources = read_sources(&project.input(document), &template.limits)?;
    let decided = DecisionShelf::load(project)?;
    let decisions = decided.of(document)?;
    let read = pipeline::inspect(&sources, template, decisions, &fonts.fonts()?, reader, None);
    let (Understood { mut list, .. }, findings) = (read.value, read.findings);
    let with = Some(&template.compare.with).filter(|with| !with.is_empty());
    if let Some(with) = with {
        editions::read(project, document, with, template, reader)?.compared(&mut list, template);
    }
    Ok((list, findings))
}

/// The list as the next year begins: as its revision leaves it, without the actual values of the year that is over,
/// unless they are a series.
fn goes_on(list: &Dataset, template: &Template) -> Dataset {
    let mut next = applied(list, template);
    let is_of_year = |(_, spec): &(usize, &crate::template::FieldSpec)| {
        let is_answered = matches!(spec.role, Some(Role::Actual | Role::Grade)) && spec.series.is_none();
        spec.compute.is_some() || is_answered
    };
    let emptied: Vec<usize> =
        template.fields.iter().enumerate().filter(is_of_year).map(|(at, _)| at).collect();
    for row in &mut next.rows {
        for &at in &emptied {
            row.entries[at] = None;
        }
    }
    next
}

/// The year of an edition: the last four digits of its name, else that of its new targets.
fn year_of(document: &str, template: &Template) -> Option<i32> {
    let digits: String = document.chars().rev().take_while(char::is_ascii_digit).collect();
    let stated = digits.chars().rev().collect::<String>();
    let named = Some(stated).filter(|digits| digits.len() == 4).and_then(|digits| digits.parse().ok());
    named.or_else(|| template.field(template.role(Role::NewTarget)?).year.map(|year| year.0))
}

/// Names the edition that is past as what the next one is compared with, and keeps what the editions have in common.
fn compare_with(text: &mut String, with: &str, template: &Template) {
    let line = format!("with = \"{with}\"");
    let series = format!("series = \"{}\"", template.compare.series);
    let lines: Vec<&str> = text.lines().collect();
    let section = lines.iter().position(|line| line.trim() == "[compare]");
    let Some(section) = section else {
        *text = format!("{}\n\n# 前の版\n[compare]\n{line}\n{series}\n", text.trim_end());
        return;
    };
    let rest = &lines[section + 1..];
    let end = rest.iter().position(|line| line.starts_with('[')).unwrap_or(rest.len());
    let own = rest[..end].iter().filter(|it| {
        let key = it.trim_start().split(['=', ' ']).next().unwrap_or_default();
        !matches!(key, "with" | "series")
    });
    let mut all: Vec<&str> = lines[..=section].to_vec();
    all.extend([line.as_str(), series.as_str()]);
    all.extend(own);
    all.extend(&rest[end..]);
    *text = all.join("\n") + "\n";
}

/// The form of the next year is read as it will be: no record is lost or doubled, and each has its id.
fn prove(csv: &[u8], list: &Dataset, (text, new): (&str, &str), said: &TemplateFiles) -> Result<(), Error> {
    let wrong = |why: &str| Error {
        kind: ErrorKind::Bug,
        message: message(
            format!("翌年の一覧を作成できません（{why}）"),
            format!("the next year cannot be laid out ({why})"),
        ),
    };
    let template = Template::parse_over(new, text, &said.bases).map_err(|slip| wrong(&slip.en))?;
    let read = understand(&[Source::new("a.csv", csv.to_vec())], &template, None).value;
    let ids = |list: &Dataset| {
        let mut ids: Vec<_> = list.rows.iter().map(|row| row.id).collect();
        ids.sort_unstable();
        ids
    };
    if ids(&read) == ids(list) { Ok(()) } else { Err(wrong("records are lost")) }
}

/// Where the files go.
struct Paths {
    names: Vec<String>,
    paths: Vec<PathBuf>,
}

impl Paths {
    /// Those of the edition that is past, of the form, and of the template.
    fn of(project: &ProjectFolder, old: &str, new: &str) -> Result<Self, Error> {
        let is_plain = !new.is_empty() && !new.starts_with('.') && !new.contains(['/', '\\', ':']);
        if !is_plain {
            return Err(Error::usage(message(
                format!("「{new}」は文書の名前にできません"),
                format!("`{new}` cannot be a document's name"),
            )));
        }
        let names = vec![
            format!("archive/{old}.json"),
            format!("input/{new}/{new}.csv"),
            format!("templates/{new}.toml"),
        ];
        let paths: Vec<PathBuf> = names.iter().map(|name| project.root().join(name)).collect();
        let there = [paths[0].clone(), project.input(new), paths[2].clone()];
        match there.iter().position(|path| path.exists()) {
            Some(at) => {
                let path = there[at].display();
                Err(Error::usage(message(
                    format!(
                        "{path} はすでにあります。上書きはしません。作り直すときは、別の所に移してください"
                    ),
                    format!("{path} is there, and is not overwritten; move it away to lay out the year anew"),
                )))
            }
            None => Ok(Self { names, paths }),
        }
    }

    /// Writes the files; the template comes last, so that a document is whole when it is there.
    fn write(&self, contents: &[&[u8]]) -> Result<(), Error> {
        for (path, content) in self.paths.iter().zip(contents) {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|e| Error::io(folder, &e))?;
            }
            let mut file = fs::File::create_new(path).map_err(|e| Error::io(path, &e))?;
            file.write_all(content).map_err(|e| Error::io(path, &e))?;
        }
        Ok(())
    }
}

fn unknown_year(old: &str, year: i32) -> Error {
    Error::usage(message(
        format!(
            "「{old}」が何年度の版か、{year}より前の年として分かりません。--from で西暦の年度を指定してください"
        ),
        format!("it is not known which year before {year} `{old}` is of; say it with --from"),
    ))
}

fn has_errors(old: &str, error: &Finding) -> Error {
    use crate::finding::Lang;
    Error::usage(message(
        format!(
            "「{old}」に要修正があるため、翌年の準備ができません（{}）。kaitei check で確認してください",
            error.message(Lang::Ja)
        ),
        format!("`{old}` has errors ({}); see `kaitei check`", error.message(Lang::En)),
    ))
}
