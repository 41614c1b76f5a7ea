//! Which documents a changed file belongs to: for who watches a project.

use super::ProjectFolder;
use super::input_files::walk;
use super::state::Stat;
use crate::decisions::{ACCEPTED, CORRECTIONS};
use crate::error::Error;
use crate::ingest::is_litter;
use crate::template::{Template, TemplateFiles};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the files lie that a project's documents are built from; absolute paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sites {
    /// The folder of the files of decisions.
    root: PathBuf,
    /// Whom a file of decisions may be about.
    documents: BTreeSet<String>,
    templates: PathBuf,
    input: PathBuf,
    /// The files that templates extend and the font files that they name, each with the documents.
    named: BTreeMap<PathBuf, BTreeSet<String>>,
}

/// How all files of a project look at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<PathBuf, Stat>);

impl Snapshot {
    /// The files that look different later, or are there at one of the times alone.
    pub fn changes(&self, later: &Self) -> Vec<PathBuf> {
        let known = self.0.iter().filter(|(path, stat)| later.0.get(*path) != Some(stat));
        let new = later.0.keys().filter(|path| !self.0.contains_key(*path));
        known.map(|(path, _)| path).chain(new).cloned().collect()
    }
}

/// A path without detours, as far as it is there.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder).join(name),
        _ => path.to_owned(),
    })
}

impl Sites {
    /// Looks where they lie now, or would lie. A template that cannot be read names no file.
    pub fn of(project: &ProjectFolder) -> Result<Self, Error> {
        let resolved = |path: PathBuf| path.canonicalize().map_err(|e| Error::io(&path, &e));
        let root = resolved(project.root().to_owned())?;
        let templates = resolved(project.root().join("templates"))?;
        let input = resolved(project.root().join("input"))?;
        let mut named: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        let documents: BTreeSet<String> = project.documents()?.into_iter().collect();
        for document in &documents {
            let path = project.template_path(document);
            let bases = TemplateFiles::base_names(&path);
            let template = Template::load(&path).ok();
            let fonts = template.iter().flat_map(|template| template.fonts.files());
            let fonts = fonts.map(|(_, font)| font.path.as_str());
            for file in bases.iter().map(String::as_str).chain(fonts) {
                named.entry(real(&templates.join(file))).or_default().insert(document.clone());
            }
        }
        Ok(Self { root, documents, templates, input, named })
    }

    /// The folders to be watched with all that is below them.
    pub fn trees(&self) -> [&Path; 2] {
        [&self.templates, &self.input]
    }

    /// The folders to be watched by themselves: of files of decisions, and of what templates name elsewhere.
    pub fn folders(&self) -> BTreeSet<&Path> {
        let folders = self.named.keys().filter_map(|file| file.parent()).chain([self.root.as_path()]);
        folders.filter(|folder| !self.trees().iter().any(|tree| folder.starts_with(tree))).collect()
    }

    /// Looks at all files; reads none.
    pub fn look(&self) -> Result<Snapshot, Error> {
        let walked = [walk(&self.templates)?, walk(&self.input)?].concat();
        let others = self.named.keys().cloned().chain(self.decisions());
        let paths = walked.into_iter().map(|file| file.path).chain(others);
        let stat = |path: PathBuf| fs::metadata(&path).ok().map(|metadata| (path, Stat::of(&metadata)));
        Ok(Snapshot(paths.filter_map(stat).collect()))
    }

    /// The files of decisions, whether they are there or not.
    fn decisions(&self) -> [PathBuf; 2] {
        [CORRECTIONS, ACCEPTED].map(|name| self.root.join(name))
    }

    /// The documents that a file or folder belongs to: its template, what that names, its input; a file of decisions belongs
    /// to all. What a build would not read (lock files of Excel, say) belongs to none.
    pub fn documents(&self, changed: &Path) -> BTreeSet<String> {
        if self.decisions().iter().any(|path| path == changed) {
            return self.documents.clone();
        }
        let named = self.named.iter().filter(|(file, _)| file.starts_with(changed));
        let mut documents: BTreeSet<String> = named.flat_map(|(_, documents)| documents.clone()).collect();
        let below = |tree: &Path| -> Vec<PathBuf> {
            changed
                .strip_prefix(tree)
                .map(|below| below.iter().map(PathBuf::from).collect())
                .unwrap_or_default()
        };
        let is_read = |parts: &[PathBuf]| !parts.iter().any(|part| is_litter(part.as_os_str()));
        if let [template] = &below(&self.templates)[..]
            && template.extension() == Some(OsStr::new("toml"))
            && is_read(std::slice::from_ref(template))
        {
            documents.extend(template.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
        if let parts @ [document, ..] = &below(&self.input)[..]
            && is_read(parts)
        {
            documents.insert(document.to_string_lossy().into_owned());
        }
        documents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_gives_way_to_an_older_one_looks_different() {
        let folder = tempfile::tempdir().unwrap();
        let project = ProjectFolder::new(folder.path());
        for part in ["templates", "input/a"] {
            fs::create_dir_all(folder.path().join(part)).unwrap();
        }
        let (old, path) = (folder.path().join("old.csv"), folder.path().join("input/a/表.csv"));
        let text = "document.title = 1";
        for path in
            [&old, &path, &folder.path().join("templates/a.toml"), &folder.path().join("input/a/~$表.csv")]
        {
            fs::write(path, text).unwrap();
        }
        let sites = Sites::of(&project).unwrap();
        let before = sites.look().unwrap();
        assert_eq!(before.changes(&sites.look().unwrap()), Vec::<PathBuf>::new());
        fs::rename(&old, &path).unwrap();
        fs::remove_file(folder.path().join("input/a/~$表.csv")).unwrap();
        let after = sites.look().unwrap();
        assert_eq!(before.changes(&after), [path.canonicalize().unwrap()]);
        fs::remove_file(&path).unwrap();
        assert_eq!(after.changes(&sites.look().unwrap()).len(), 1);
        assert_eq!(sites.look().unwrap().changes(&after).len(), 1);
    }

    #[test]
    fn a_change_belongs_to_the_documents_that_are_built_from_it() {
        let named = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
        let sites = Sites {
            root: "/p".into(),
            documents: named(&["a", "b"]),
            templates: "/p/templates".into(),
            input: "/p/input".into(),
            named: BTreeMap::from([
                ("/p/templates/fonts/m.ttf".into(), named(&["b"])),
                ("/usr/fonts/n.ttf".into(), named(&["a", "b"])),
            ]),
        };
        assert_eq!(sites.folders(), BTreeSet::from([Path::new("/p"), Path::new("/usr/fonts")]));
        for (path, expected) in [
            ("/p/templates/a.toml", &["a"][..]),
            ("/p/templates/a.toml~", &[]),
            ("/p/templates/.a.toml", &[]),
            ("/p/templates/old/a.toml", &[]),
            ("/p/templates/fonts/m.ttf", &["b"]),
            ("/p/templates/fonts", &["b"]),
            ("/usr/fonts/n.ttf", &["a", "b"]),
            ("/usr/fonts/o.ttf", &[]),
            ("/p/input/a", &["a"]),
            ("/p/input/a/課/表.xlsx", &["a"]),
            ("/p/input/a/課/~$表.xlsx", &[]),
            ("/p/input/a/.git/x", &[]),
            ("/p/input", &[]),
            ("/p/accepted.toml", &["a", "b"]),
            ("/p/corrections.toml", &["a", "b"]),
            ("/p/corrections.toml~", &[]),
            ("/p/output/a/a.csv", &[]),
        ] {
            assert_eq!(sites.documents(Path::new(path)), named(expected), "{path}");
        }
    }
}
