//! Two builds at once, builds that are ended by a signal, and one document whose build panics.

use crate::project::Project;
use kaitei::batch::{self, Event, Options, Outcome, Report};
use kaitei::error::ErrorKind;
use std::sync::mpsc;

fn in_process(project: &Project, observer: batch::Observer<'_>) -> Vec<Report> {
    let here = batch::ProjectFolder::new(project.path());
    batch::build(&here, &project.documents, Options::default(), observer).unwrap()
}

#[test]
fn a_second_build_waits_for_its_turn_elsewhere() {
    let project = Project::of(1);
    project.does(&["build"]);
    let (reached, is_reached) = mpsc::sync_channel(0);
    let (go_on, may_go_on) = mpsc::sync_channel(0);
    let may_go_on = std::sync::Mutex::new(may_go_on);
    let at_work = &project;
    // Whoever fails takes its ends of the channels along, and nobody waits for it.
    std::thread::scope(|scope| {
        let go_on = go_on;
        let first = scope.spawn(move || {
            in_process(at_work, &|event| {
                if let Event::Started(_) = event {
                    reached.send(()).unwrap();
                    may_go_on.lock().unwrap().recv().unwrap();
                }
            })
        });
        is_reached.recv().unwrap();
        let runs = [
            (&["build"][..], 4),
            (&["build", "--force"], 4),
            (&["verify"], 4),
            (&["build", "--dry-run"], 0),
            (&["check"], 0),
            (&["inspect", "input/d0000/a.csv"], 0),
        ]
        .map(|(arguments, code)| (arguments, code, project.run(arguments)));
        go_on.send(()).unwrap();
        assert!(first.join().unwrap()[0].summary().is_some(), "the first goes on undisturbed");
        let holder =
            format!("another kaitei is at work on this project (process {}, since", std::process::id());
        for (arguments, code, run) in runs {
            assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.stderr);
            assert_eq!(run.stderr.contains(&holder), code == 4, "{arguments:?}: {}", run.stderr);
        }
    });
    project.does(&["build"]);
}

#[test]
fn a_panic_is_one_documents_failure() {
    let project = Project::of(3);
    let reports = in_process(&project, &|event| {
        assert!(!matches!(event, Event::Started("d0001")), "provoked");
    });
    let Outcome::Failed(error) = &reports[1].outcome else { panic!("{:?}", reports[1]) };
    assert_eq!(error.kind, ErrorKind::Bug);
    assert!(error.message.en.contains("provoked") && error.message.en.contains("report"), "{error}");
    for number in [0, 2] {
        assert!(matches!(reports[number].outcome, Outcome::Built(..)), "{:?}", reports[number]);
    }
    assert_eq!(project.sets().iter().flatten().count(), 2);
}

#[test]
fn events_come_once_for_each_document_and_reports_in_order() {
    let project = Project::of(20);
    let (tell, told) = mpsc::channel();
    let reports = in_process(&project, &|event| {
        let told = match event {
            Event::Began(count) => format!("{count}"),
            Event::Started(document) => format!("started {document}"),
            Event::Ended(report) => format!("ended {}", report.document),
            Event::Reported(report) => format!("reported {}", report.document),
        };
        tell.send(told).unwrap();
    });
    drop(tell);
    let told: Vec<String> = told.iter().collect();
    assert_eq!(told[0], "20");
    let of = |kind: &str| -> Vec<&str> { told.iter().filter_map(|event| event.strip_prefix(kind)).collect() };
    assert_eq!(of("reported "), project.documents);
    for kind in ["started ", "ended "] {
        let mut documents = of(kind);
        documents.sort_unstable();
        assert_eq!(documents, project.documents, "{kind}");
    }
    assert!(reports.iter().map(|report| &report.document).eq(&project.documents));
}

/// A signal is pending until a thread of the process has the processor; its handler runs then and there.
#[cfg(unix)]
fn wait_for_handler(pid: u32) {
    let status = format!("/proc/{pid}/status");
    let is_pending = || {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let pending = status.lines().find_map(|line| line.strip_prefix("ShdPnd:"));
        pending.is_some_and(|mask| mask.trim().contains(|c| c != '0'))
    };
    while is_pending() {
        std::thread::yield_now();
    }
    std::thread::sleep(std::time::Duration::from_millis(200));
}

/// A document with more to say than a pipe holds, whose other end is not read, holds a build up.
#[cfg(unix)]
#[test]
fn a_signal_ends_a_build_between_documents() {
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::process::{Command, Stdio};
    for (signal, code) in [("-TERM", 143), ("-INT", 130)] {
        let project = Project::of(6);
        for file in 0..12 {
            let row = |row| format!("指標{file}の{row},3件,{}\n", "何".repeat(50));
            let rows: Vec<String> = (0..90).map(row).collect();
            let form = format!("指標,目標,取扱\n{}", rows.concat());
            project.write(&format!("input/d0002/{file}.csv"), form.as_bytes());
        }
        let mut command = project.command(&["build", "--jobs", "1"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        assert!(stderr.fill_buf().unwrap().starts_with(b"error[choice-unknown] d0002"));
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        wait_for_handler(child.id());
        let (mut said, mut findings) = (String::new(), Vec::new());
        stderr.read_to_end(&mut findings).unwrap();
        assert!(findings.len() > 1 << 17, "more than a pipe holds: {}", findings.len());
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{said}");
        assert!(
            said.ends_with("6 documents: 2 built, 1 with errors, 3 not reached (warnings: 0)\n"),
            "{said}"
        );
        assert!(said.contains("d0003: not built: interrupted"), "{said}");
        let built: Vec<bool> = project.sets().iter().map(Option::is_some).collect();
        assert_eq!(built, [true, true, false, false, false, false]);
        std::fs::remove_dir_all(project.path().join("input/d0002")).unwrap();
        project.write("input/d0002/a.csv", crate::project::form("3件").as_bytes());
        assert!(project.does(&["build"]).contains("6 documents: 4 built, 2 up to date"));
    }
}
