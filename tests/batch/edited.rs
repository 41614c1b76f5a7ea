//! Files that people change in `output/`, or put there: not replaced in silence, not lost; and what is no file.

use crate::project::Project;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

/// The folders of edited sets, by name.
fn kept(project: &Project) -> Vec<PathBuf> {
    let entries = fs::read_dir(project.path().join("output")).unwrap().map(|entry| entry.unwrap().path());
    let mut kept: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().contains(".edited-")).collect();
    kept.sort();
    kept
}

#[test]
fn an_edited_file_is_kept_and_told_of() {
    for arguments in [&["build"][..], &["build", "--force"], &["build", "--quiet"]] {
        let project = Project::of(2);
        project.does(&["build"]);
        project.write("output/d0000/d0000.csv", b"edited");
        let run = project.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?} {}", run.stderr);
        let folders = kept(&project);
        assert_eq!(folders.len(), 1, "{arguments:?}");
        assert_eq!(fs::read(folders[0].join("d0000.csv")).unwrap(), b"edited");
        let name = folders[0].file_name().unwrap().to_string_lossy().into_owned();
        let told =
            "d0000: files were not as the last build had recorded them (d0000.csv); that set is kept in ";
        assert!(run.stderr.contains(told) && run.stderr.contains(&name), "{arguments:?} {}", run.stderr);
        let report = fs::read_to_string(project.path().join("output/report.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let set = &report["documents"][0]["kept"][0];
        assert_eq!(set["files"], serde_json::json!(["d0000.csv"]));
        assert!(set["folder"].as_str().unwrap().ends_with(&name), "{set}");
        assert!(report["documents"][1]["kept"].is_null());
        let page = fs::read_to_string(project.path().join("output/report.html")).unwrap();
        assert!(page.contains(&name));
        // It is there until somebody deletes it, and is no difference.
        let verified = project.does(&["verify"]);
        assert!(verified.contains(&format!("d0000: an edited set is kept in {name}")), "{verified}");
        project.does(&["build", "--force"]);
        assert_eq!(kept(&project), folders);
    }
}

/// A document whose workbook is published, with an indicator for each disposition.
fn listed(dispositions: &[&str]) -> Project {
    let project = Project::of(1);
    let template = fs::read_to_string(project.path().join("templates/d0000.toml")).unwrap();
    let template = template.replace("[\"data\", \"json\"]", "[\"xlsx\", \"data\"]");
    project.write("templates/d0000.toml", template.as_bytes());
    let row = |(number, word): (usize, &&str)| format!("指標{number},{number}件,{word}\n");
    let rows: String = dispositions.iter().enumerate().map(row).collect();
    project.write("input/d0000/a.csv", format!("指標,目標,取扱\n{rows}").as_bytes());
    project.does(&["build"]);
    project
}

/// The edited cells that a build tells of.
fn cells(project: &Project) -> Vec<serde_json::Value> {
    let run = project.run(&["build", "--log-format", "json"]);
    let events = run.stderr.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let sets: Vec<_> = events.filter(|event| event["event"] == "edited-set-kept").collect();
    assert_eq!((run.code, sets.len()), (Some(0), 1), "{}", run.stderr);
    let cells = sets[0]["cells"].as_array().unwrap().iter();
    // The sheet of sources has the hash of the form that the edited workbook was made from.
    cells.filter(|cell| cell["sheet"] != "元の調査票").cloned().collect()
}

/// What somebody who opened the workbook and chose another disposition has saved, is what kaitei would have written
/// with that disposition.
#[test]
fn an_edited_cell_is_told_with_its_correction() {
    let (before, after) = (["維持", "維持", "修正"], ["維持", "修正", "修正"]);
    let edited = fs::read(listed(&after).path().join("output/d0000/d0000.xlsx")).unwrap();
    let project = listed(&before);
    project.write("output/d0000/d0000.xlsx", &edited);
    let told = cells(&project);
    let [cell] = &told[..] else { panic!("{told:?}") };
    let entry = cell["entry"].as_str().unwrap();
    assert_eq!(
        (&cell["file"], &cell["edited"], &cell["now"], &cell["sources"]),
        (&"d0000.xlsx".into(), &"修正".into(), &"維持".into(), &serde_json::json!(["a.csv C3"]))
    );
    assert!(entry.starts_with(
        "[[corrections]]\ndocument = \"d0000\"\nfile = \"a.csv\"\ncell = \"C3\"\nfrom = \"維持\"\nto = \"修正\"\nwhy = \"\""
    ));
    // Pasted, and given its reason, the list says what the edited one says.
    project.write("corrections.toml", entry.replace("why = \"\"", "why = \"決裁\"").as_bytes());
    project.write("output/d0000/d0000.xlsx", &edited);
    assert_eq!(cells(&project), Vec::<serde_json::Value>::new());
    // People are told in words, with the entry.
    let project = listed(&before);
    project.write("output/d0000/d0000.xlsx", &edited);
    let run = project.run(&["build"]);
    assert!(
        run.stderr.contains(": edited to `修正`, in the new file `維持` (from a.csv C3)\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("    to = \"修正\"\n"), "{}", run.stderr);
}

#[test]
fn an_edit_is_found_among_rows_that_have_moved() {
    let edited = listed(&["維持", "維持", "修正"]);
    let project = listed(&["維持", "維持", "維持"]);
    fs::copy(edited.path().join("output/d0000/d0000.xlsx"), project.path().join("output/d0000/d0000.xlsx"))
        .unwrap();
    let form = fs::read_to_string(project.path().join("input/d0000/a.csv")).unwrap();
    let form = form.replace("指標0,", "新指標,9件,維持\n指標0,");
    project.write("input/d0000/a.csv", form.as_bytes());
    let told: Vec<[String; 3]> = cells(&project)
        .iter()
        .map(|cell| {
            [&cell["edited"], &cell["now"], &cell["sources"][0]].map(|said| said.as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(told, [["", "新指標", "a.csv A2"], ["修正", "維持", "a.csv C5"]]);
}

/// Programs other than Excel save formulas without their results: what these showed was not edited.
#[test]
fn formulas_that_lost_their_results_are_no_edits() {
    let edited = listed(&["維持", "修正", "修正"]);
    let project = listed(&["維持", "維持", "修正"]);
    let file = fs::File::open(edited.path().join("output/d0000/d0000.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut bare = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut formulas = 0;
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        let name = member.name().unwrap().into_owned();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(bytes).unwrap();
            let mut pieces = text.split("</f>");
            let mut without = pieces.next().unwrap().to_owned();
            for piece in pieces {
                formulas += 1;
                without += "</f>";
                without += piece.strip_prefix("<v>").map_or(piece, |rest| rest.split_once("</v>").unwrap().1);
            }
            bytes = without.into_bytes();
        }
        bare.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        bare.write_all(&bytes).unwrap();
    }
    assert!(formulas >= 3, "{formulas}");
    project.write("output/d0000/d0000.xlsx", &bare.finish().unwrap().into_inner());
    let told: Vec<_> =
        cells(&project).into_iter().map(|cell| (cell["cell"].clone(), cell["edited"].clone())).collect();
    assert_eq!(told, [("C4".into(), "修正".into())]);
}

/// A table is compared as it is; what is no table, and what cannot be read, is named.
#[test]
fn of_other_files_the_cells_or_the_names_are_told() {
    let project = listed(&["維持", "修正"]);
    let path = project.path().join("output/d0000/d0000.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("指標1", "指標九")).unwrap();
    project.write("output/d0000/datapackage.json", b"{}");
    project.write("output/d0000/d0000.xlsx", b"PK no workbook");
    let told = cells(&project);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (&told[0]["edited"], &told[0]["now"], &told[0]["entry"]),
        (&"指標九".into(), &"指標1".into(), &serde_json::Value::Null)
    );
}

#[test]
fn schedulers_and_runners_are_told_of_an_edited_set() {
    let project = Project::of(1);
    project.does(&["build"]);
    project.write("output/d0000/d0000.csv", b"edited");
    let run = project.run(&["build", "--log-format", "json"]);
    let events = run.stderr.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let events: Vec<_> = events.filter(|event| event["event"] == "edited-set-kept").collect();
    assert_eq!(events.len(), 1);
    assert_eq!(
        (&events[0]["level"], &events[0]["document"], &events[0]["files"]),
        (&"WARN".into(), &"d0000".into(), &serde_json::json!(["d0000.csv"]))
    );
    project.write("output/d0000/d0000.csv", b"edited again");
    let mut command = project.command(&["build"]);
    command.env("GITHUB_ACTIONS", "true");
    let run = crate::project::Run::of(command);
    assert!(run.stdout.contains("::warning file=output/d0000.edited-"), "{}", run.stdout);
}

#[test]
fn an_edited_set_stays_where_it_is_while_the_data_has_errors() {
    let project = Project::of(1);
    project.does(&["build"]);
    project.write("output/d0000/d0000.csv", b"edited");
    project.write("input/d0000/b.csv", "指標,目標,取扱\n九,3件,何\n".as_bytes());
    assert_eq!(project.run(&["build"]).code, Some(1));
    assert_eq!(fs::read(project.path().join("output/d0000/d0000.csv")).unwrap(), b"edited");
    assert_eq!(kept(&project), Vec::<PathBuf>::new());
}

#[test]
fn a_merge_keeps_what_was_edited_here() {
    let (project, other) = (Project::of(2), Project::of(2));
    project.does(&["build"]);
    project.write("output/d0001/d0001.csv", b"edited");
    project.write("output/d0001/notes.txt", b"mine");
    for shard in ["1/2", "2/2"] {
        other.does(&["build", "--shard", shard]);
    }
    let output = other.path().join("output").to_string_lossy().into_owned();
    let run = project.run(&["merge", &output]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(
        run.stderr.contains("d0001: files were not as the last build had recorded them (d0001.csv)"),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read(kept(&project)[0].join("d0001.csv")).unwrap(), b"edited");
    assert_eq!(fs::read(project.path().join("output/d0001/notes.txt")).unwrap(), b"mine");
    // Of what a shard itself has kept, the merge tells again.
    let project = Project::of(1);
    project.does(&["build"]);
    project.write("output/d0000/d0000.csv", b"edited");
    project.does(&["build", "--shard", "1/1"]);
    let run = project.run(&["merge"]);
    assert!(run.stderr.contains("d0000: files were not as the last build"), "{}", run.stderr);
}

/// Somebody changes, replaces, adds and deletes files all the time while builds go on.
#[test]
fn no_file_is_lost_while_builds_go_on() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let project = Project::of(1);
    project.does(&["build"]);
    let folder = project.path().join("output/d0000");
    fs::create_dir(folder.join("n")).unwrap();
    let ended = AtomicBool::new(false);
    let last = std::thread::scope(|scope| {
        let person = scope.spawn(|| {
            let mut round = 0;
            while !ended.load(Ordering::Relaxed) {
                round += 1;
                // As an editor saves: another file, then its name. The folder may be away for a moment on systems
                // that cannot exchange two.
                let text = format!("{round}");
                while fs::write(folder.join("memo.tmp"), &text).is_err()
                    || fs::rename(folder.join("memo.tmp"), folder.join("memo.txt")).is_err()
                {}
                while fs::write(folder.join(format!("new-{round}.txt")), &text).is_err() {}
                // What is deleted stays deleted.
                if round > 20 {
                    while fs::remove_file(folder.join(format!("new-{}.txt", round - 20))).is_err() {}
                }
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            round
        });
        for number in 0..40 {
            project.fill_in(["1件", "2件"][number % 2]);
            project.does(&["build"]);
        }
        ended.store(true, Ordering::Relaxed);
        person.join().unwrap()
    });
    project.does(&["build", "--force"]);
    assert!(last > 40, "{last}");
    assert!(folder.join("n").is_dir());
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.retain(|name| name.starts_with("new-"));
    names.sort();
    let mut expected: Vec<String> = (last - 19..=last).map(|round| format!("new-{round}.txt")).collect();
    expected.sort();
    assert_eq!(names, expected);
    // A version that was written in the moment of the step may have the older one beside it, in an edited set.
    let here = fs::read_to_string(folder.join("memo.txt")).unwrap();
    assert_eq!(here, last.to_string());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    use std::process::Command;

    fn pipe(project: &Project, name: &str) -> PathBuf {
        let path = project.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }

    #[test]
    fn numbers_are_written_to_files_alone() {
        let project = Project::of(1);
        let path = pipe(&project, "pipe");
        project.write("target", b"mine");
        symlink("target", project.path().join("link")).unwrap();
        for name in ["pipe", "link"] {
            let run = project.run(&["build", "--metrics", name]);
            assert_eq!(run.code, Some(3), "{name}: {}", run.stderr);
            assert!(run.stderr.contains(&format!("error: {name}: ")), "{}", run.stderr);
        }
        assert!(fs::symlink_metadata(path).unwrap().file_type().is_fifo());
        assert!(project.path().join("link").is_symlink());
        assert_eq!(fs::read(project.path().join("target")).unwrap(), b"mine");
    }

    #[test]
    fn links_in_the_place_of_kaiteis_own_files_are_refused() {
        for name in [".lock", "report.json", ".d0000.kaitei-new", ".d0000.kaitei-stage"] {
            let project = Project::of(1);
            project.write("elsewhere/a", b"mine");
            fs::create_dir(project.path().join("output")).unwrap();
            let target = if name.contains("kaitei") { "../elsewhere" } else { "../elsewhere/a" };
            symlink(target, project.path().join("output").join(name)).unwrap();
            let run = project.run(&["build"]);
            assert_eq!(run.code, Some(3), "{name}: {}{}", run.stdout, run.stderr);
            assert!(run.stderr.contains(name) && run.stderr.contains("a link"), "{}", run.stderr);
            assert_eq!(fs::read(project.path().join("elsewhere/a")).unwrap(), b"mine");
            assert_eq!(fs::read_dir(project.path().join("elsewhere")).unwrap().count(), 1);
        }
        // Of what is replaced by its name, the link goes and not what it leads to.
        let project = Project::of(1);
        project.write("elsewhere", b"mine");
        fs::create_dir(project.path().join("output")).unwrap();
        symlink("../elsewhere", project.path().join("output/.report.json.kaitei-new")).unwrap();
        project.does(&["build"]);
        assert_eq!(fs::read(project.path().join("elsewhere")).unwrap(), b"mine");
    }

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let font = b"[fonts]\nregular = \"f.ttf\"\n";
        for (name, code, said) in [
            ("templates/d0000.toml", 3, "templates/d0000.toml"),
            ("input/d0000/b.xlsx", 3, "input/d0000/b.xlsx"),
            ("input/d0000/a.csv", 3, "input/d0000/a.csv"),
            ("templates/f.ttf", 2, "f.ttf"),
            ("corrections.toml", 3, "corrections.toml"),
            ("output/.lock", 3, ".lock"),
            ("output/d0000/manifest.json", 0, ""),
            ("output/d0000/d0000.csv", 0, "that set is kept in"),
            ("output/.kaitei-state", 0, ""),
        ] {
            let project = Project::of(2);
            project.does(&["build"]);
            if name.ends_with("ttf") {
                let template = fs::read(project.path().join("templates/d0000.toml")).unwrap();
                project.write("templates/d0000.toml", &[&template[..], font].concat());
            }
            pipe(&project, name);
            let run = project.run(&["build"]);
            assert_eq!(run.code, Some(code), "{name}: {}{}", run.stdout, run.stderr);
            assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
            assert_eq!(run.stderr.contains("named pipe"), code > 0, "{name}: {}", run.stderr);
            let is_project = name == "corrections.toml" || name == "output/.lock";
            assert_eq!(run.stdout.contains("d0001: 8 rows"), !is_project, "{name}: {}", run.stdout);
        }
        // Nor is what never ends.
        if cfg!(target_os = "linux") {
            let project = Project::of(1);
            symlink("/dev/zero", project.path().join("input/d0000/z.csv")).unwrap();
            let run = project.run(&["build"]);
            assert!(
                run.code == Some(3) && run.stderr.contains("z.csv: not a regular file"),
                "{}",
                run.stderr
            );
        }
    }
}
