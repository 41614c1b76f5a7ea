//! The start from the desktop, by a double click: no arguments, and a window that closes when the program ends.
//!
//! Beside a project, the project is built and its report opened; elsewhere the window says what to do. Either way
//! it stays until a key is pressed.

use super::Exit;
use crate::finding::Lang;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a start is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// What the arguments say; in a shell, none ask for help.
    Arguments,
    /// To build a project and to show its report.
    Build(PathBuf),
    /// To hear what to do.
    Advice,
}

/// What this start is for.
pub(super) fn start(arguments: &[OsString]) -> Start {
    let places = || [std::env::current_dir().ok(), std::env::current_exe().ok().and_then(|exe| above(&exe))];
    decide(arguments.len(), is_from_desktop, || {
        places().into_iter().flatten().find(|place| is_project(place))
    })
}

/// The decision: by the number of arguments (the program's name is the first), where it was started from, and the first
/// project at hand.
fn decide(
    arguments: usize,
    is_from_desktop: impl FnOnce() -> bool,
    project: impl FnOnce() -> Option<PathBuf>,
) -> Start {
    if arguments > 1 || !is_from_desktop() {
        return Start::Arguments;
    }
    project().map_or(Start::Advice, Start::Build)
}

fn above(path: &Path) -> Option<PathBuf> {
    path.parent().map(Path::to_owned)
}

/// Whether a folder has templates.
fn is_project(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder.join("templates")) else { return false };
    entries.flatten().any(|entry| entry.path().extension().is_some_and(|end| end == "toml"))
}

/// Whether Explorer has started this process: a double click on it or on a link to it, on the desktop or in a folder.
#[cfg(windows)]
fn is_from_desktop() -> bool {
    use winsafe::{HPROCESSLIST, co};
    let name_of = |wanted: u32| {
        let mut list = HPROCESSLIST::CreateToolhelp32Snapshot(co::TH32CS::SNAPPROCESS, None).ok()?;
        let mut processes = list.iter_processes().flatten();
        processes.find(|it| it.th32ProcessID == wanted).map(|it| (it.th32ParentProcessID, it.szExeFile()))
    };
    let parent = name_of(std::process::id()).and_then(|(parent, _)| name_of(parent));
    parent.is_some_and(|(_, name)| name.eq_ignore_ascii_case("explorer.exe"))
}

/// Elsewhere, programs that are started from the desktop have no window.
#[cfg(not(windows))]
fn is_from_desktop() -> bool {
    false
}

/// Builds a project by the command that is run with these arguments, shows the report, and waits.
pub(super) fn build(project: &Path, lang: Lang, command: impl FnOnce(Vec<OsString>) -> Exit) -> Exit {
    say(&match lang {
        Lang::Ja => format!("「{}」の文書を作成します。\n", project.display()),
        Lang::En => format!("Building the documents of {}.\n", project.display()),
    });
    let exit = command(vec!["kaitei".into(), "build".into(), "--project".into(), project.into()]);
    let report = project.join("output").join("report.html");
    if matches!(exit, Exit::Done | Exit::Data) && report.is_file() {
        say(&match lang {
            Lang::Ja => format!("\n報告書を開きます：{}\n", report.display()),
            Lang::En => format!("\nThe report is opened: {}\n", report.display()),
        });
        // Where it does not open, the line above says where it is.
        let _ = Command::new("explorer.exe").arg(report).spawn();
    }
    wait(lang);
    exit
}

/// Says what to do, and waits.
pub(super) fn advise(lang: Lang) -> Exit {
    say(lang.pick((ADVICE_JA, ADVICE_EN)));
    wait(lang);
    Exit::Usage
}

const ADVICE_JA: &str = "\
このフォルダーには、作成する文書がありません（templates フォルダーとテンプレートが見つかりません）。

・zipファイルの中でkaitei.exeを開いた場合：
　zipファイルを右クリックし、「すべて展開」を選んでから、展開したフォルダーのkaitei.exeを開いてください。
・kaitei.exeだけを移した場合：
　templates・input・output フォルダーのある場所に置いてください。見本はzipファイルに入っています。
・詳しい使い方：zipファイルの「使い方.pdf」を御覧ください。
";

const ADVICE_EN: &str = "\
There is nothing to build in this folder: it has no folder `templates` with a template.

- If you have opened kaitei.exe inside the zip file: extract the whole zip file first.
- If you have moved kaitei.exe: put it beside the folders templates, input and output.
- In a command prompt, `kaitei --help` says more.
";

fn wait(lang: Lang) {
    say(lang.pick(("\nEnterキーを押すと終了します。", "\nPress Enter to end.")));
    let _ = io::stdin().read_line(&mut String::new());
}

/// A window that is gone is no error.
fn say(text: &str) {
    let mut out = io::stdout();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_double_click_builds_where_there_is_a_project_and_a_shell_gets_help() {
        let project = || Some(PathBuf::from("p"));
        assert_eq!(decide(1, || true, project), Start::Build("p".into()));
        assert_eq!(decide(1, || true, || None), Start::Advice);
        assert_eq!(decide(1, || false, project), Start::Arguments);
        assert_eq!(decide(2, || true, project), Start::Arguments);
        // Without a name, as a program may be started.
        assert_eq!(decide(0, || false, || None), Start::Arguments);
        // What is not needed is not asked.
        assert_eq!(decide(2, || panic!("asked"), || panic!("asked")), Start::Arguments);
        assert_eq!(start(&["kaitei".into()]), Start::Arguments, "a test is started by a shell");
    }

    #[test]
    fn a_project_is_a_folder_with_a_template() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_project(folder.path()));
        fs::create_dir(folder.path().join("templates")).unwrap();
        assert!(!is_project(folder.path()));
        fs::write(folder.path().join("templates/a.toml"), "").unwrap();
        assert!(is_project(folder.path()));
    }
}
