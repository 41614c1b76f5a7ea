//! `kaitei verify` against each way in which files can differ from their manifest.

use crate::project::Project;
use std::fs;

#[test]
fn what_is_not_as_recorded_is_named() {
    type Meddle = fn(&Project);
    let cases: [(&str, Meddle, &str); 6] = [
        ("nothing", |_| {}, "d0000: as recorded ("),
        ("altered", |p| p.write("output/d0000/d0000.csv", b"mine"), "d0000: [altered] d0000.csv was altered"),
        (
            "missing",
            |p| fs::remove_file(p.path().join("output/d0000/d0000.csv")).unwrap(),
            "d0000: [missing] d0000.csv is missing",
        ),
        (
            "extra",
            |p| p.write("output/d0000/notes/a.txt", b"mine"),
            "d0000: [extra] notes/a.txt was not made",
        ),
        ("garbled", |p| p.write("output/d0000/manifest.json", b"[]"), "d0000: [manifest-unreadable]"),
        ("unbuilt", |p| fs::remove_dir_all(p.path().join("output/d0000")).unwrap(), "d0000: [not-built]"),
    ];
    for (name, meddle, said) in cases {
        let project = Project::of(2);
        project.does(&["build"]);
        meddle(&project);
        let run = project.run(&["verify"]);
        assert_eq!(run.code, Some(i32::from(name != "nothing")), "{name}: {}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(said), "{name}: {}", run.stdout);
        assert!(run.stdout.contains("d0001: as recorded"), "{name}: {}", run.stdout);
        assert_eq!(project.run(&["verify", "d0001"]).code, Some(0), "{name}");
        // What kaitei did not make stays; what it made is made again.
        project.does(&["build"]);
        assert_eq!(project.run(&["verify"]).code, Some(i32::from(name == "extra")), "{name}");
    }
}
