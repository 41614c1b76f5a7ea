//! Kaitei for Python: bytes and texts go in, bytes and JSON come out; `kaitei/__init__.py` makes dictionaries of it.

use kaitei::emit::json::{ReadingView, to_bytes};
use kaitei::finding::message;
use kaitei::japanese::Notation;
use kaitei::model::{Eras, Origin};
use kaitei::transform::value::{Context, parse};
use kaitei::{Error, Lang, Output, OutputFormat, Project};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

pyo3::create_exception!(kaitei, KaiteiError, PyValueError, "Wrong use, or a wrong template.");

type Texts = Vec<(String, String)>;
type Files = Vec<(String, Vec<u8>)>;

/// What a project is made from.
#[derive(FromPyObject)]
struct Material {
    name: String,
    template: String,
    bases: Texts,
    files: Files,
    fonts: Files,
    corrections: String,
    accepted: String,
    earlier: Option<(String, Vec<u8>)>,
    formats: Option<Vec<String>>,
    source_date_epoch: Option<i64>,
}

impl Material {
    fn project(self) -> Result<Project, Error> {
        let bases: Vec<(&str, &str)> = self.bases.iter().map(|(name, text)| (&**name, &**text)).collect();
        let mut project = Project::extending(&self.name, &self.template, &bases)?
            .decided(&self.corrections, &self.accepted)?;
        for (name, bytes) in self.files {
            project = project.file(name, bytes);
        }
        for (path, bytes) in self.fonts {
            project = project.font(path, bytes);
        }
        if let Some((name, bytes)) = self.earlier {
            project = project.earlier(name, bytes);
        }
        if let Some(formats) = self.formats {
            let formats: Vec<OutputFormat> = formats.iter().map(|name| format(name)).collect::<Result<_, _>>()?;
            project = project.only(&formats);
        }
        if let Some(seconds) = self.source_date_epoch {
            project = project.source_date_epoch(seconds);
        }
        Ok(project)
    }
}

fn format(name: &str) -> Result<OutputFormat, Error> {
    serde_json::from_value(name.into()).map_err(|_| {
        Error::usage(message(
            format!("「{name}」という出力形式はありません（xlsx、pdf、html、data、json）"),
            format!("there is no format `{name}`; there are xlsx, pdf, html, data, json"),
        ))
    })
}

fn raised(error: &Error) -> PyErr {
    KaiteiError::new_err(error.text(Lang::En).to_owned())
}

/// Rows as `{texts, times, origin}`.
fn rows(output: &Output) -> String {
    let row = |row: &kaitei::Row| {
        serde_json::json!({ "texts": row.texts, "times": row.times, "origin": row.origin.to_string() })
    };
    serde_json::Value::from(output.rows.iter().map(row).collect::<Vec<_>>()).to_string()
}

/// The files, and the JSON of the findings and of the rows.
#[pyfunction]
fn build(py: Python<'_>, material: Material) -> PyResult<(Vec<(String, Py<PyBytes>)>, String, String)> {
    let made = py.detach(|| {
        let output = material.project()?.build()?;
        let findings = serde_json::to_string(&output.findings).expect("findings are JSON");
        let rows = rows(&output);
        Ok((output.files, findings, rows))
    });
    let (files, findings, rows) = made.map_err(|error: Error| raised(&error))?;
    let files = files.into_iter().map(|file| (file.name, PyBytes::new(py, &file.bytes).unbind())).collect();
    Ok((files, findings, rows))
}

/// The JSON of `kaitei compare --format json`.
#[pyfunction]
fn compare(py: Python<'_>, material: Material) -> PyResult<String> {
    let compared = py.detach(|| material.project()?.compare());
    compared.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).map_err(|error| raised(&error))
}

/// The JSON of `kaitei read --format json`.
#[pyfunction]
fn read(py: Python<'_>, texts: Vec<String>, era: Option<String>) -> PyResult<String> {
    let mut eras = Eras::default();
    if let Some(name) = era {
        let known = eras.base_names().join(", ");
        eras = eras.with_base(&name).ok_or_else(|| {
            KaiteiError::new_err(format!("there is no era `{name}`; known are {known}"))
        })?;
    }
    let readings = py.detach(|| {
        let context = Context { notation: Notation::default(), eras: &eras };
        let reading = |text: &String| {
            let noted = parse(text, None, Origin::of_file("-"), &context);
            ReadingView::of(text, noted.value.as_ref(), &noted.findings, Lang::Ja)
        };
        to_bytes(&texts.iter().map(reading).collect::<Vec<_>>())
    });
    Ok(String::from_utf8_lossy(&readings).into_owned())
}

/// The file that a template's text extends, as `kaitei.extending` wants it.
#[pyfunction]
fn extended(name: &str, text: &str) -> Option<String> {
    kaitei::template::extended(name, text)
}

/// Whether a file of this name is what operating systems and Office leave behind.
#[pyfunction]
fn is_litter(name: std::ffi::OsString) -> bool {
    kaitei::ingest::is_litter(&name)
}

#[pymodule]
fn _kaitei(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("KaiteiError", module.py().get_type::<KaiteiError>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(build, module)?)?;
    module.add_function(wrap_pyfunction!(compare, module)?)?;
    module.add_function(wrap_pyfunction!(read, module)?)?;
    module.add_function(wrap_pyfunction!(extended, module)?)?;
    module.add_function(wrap_pyfunction!(is_litter, module)?)?;
    Ok(())
}
