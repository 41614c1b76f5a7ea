//! `kaitei watch`: what has changed is built again, and nothing else; no failure ends it, a signal does.

use crate::project::{Project, form};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long a line is waited for before the test has failed.
const PATIENCE: Duration = Duration::from_mins(2);

struct Watch<'p> {
    project: &'p Project,
    child: Child,
    lines: Receiver<String>,
}

impl<'p> Watch<'p> {
    fn of(project: &'p Project, arguments: &[&str]) -> Self {
        let mut command = project.command(&[&["watch"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || stdout.lines().try_for_each(|line| sender.send(line.unwrap())));
        Self { project, child, lines }
    }

    fn says(&self, beginning: &str) {
        let line = self.lines.recv_timeout(PATIENCE).expect(beginning);
        assert!(line.starts_with(beginning), "{line} instead of {beginning}");
    }

    /// Puts a file into its place in one step.
    fn put(&self, name: &str, text: &str) {
        self.project.write("draft", text.as_bytes());
        fs::rename(self.project.path().join("draft"), self.project.path().join(name)).unwrap();
    }

    /// Each change is followed by the line of its document and by no other.
    fn follows(&self) {
        self.says("d0000: 8 rows");
        self.says("d0001: 8 rows");
        self.says("d0002: 8 rows");
        self.says("3 documents: 3 built");
        self.put("input/d0001/a.csv", &form("4件"));
        self.says("d0001: 8 rows");
        self.put("input/d0000/~$a.csv", "locked");
        self.put("input/d0002/a.csv", "指標,目標,取扱\n指標,3件,廃棄\n");
        self.says("d0002: errors: 1");
        self.put("input/d0002/a.csv", &form("5件"));
        self.says("d0002: 8 rows");
        self.put("templates/d0000.toml", "kaitei = 2\ntitel = 1");
        self.says("d0000: could not be built");
        let template = fs::read_to_string(self.project.path().join("templates/d0001.toml")).unwrap();
        self.put("templates/d0000.toml", &format!("{template}\n"));
        self.says("d0000: 8 rows");
        // What is extended and is not there is waited for, beside the templates and elsewhere.
        for common in ["../base/common.toml", "common.toml"] {
            self.put("templates/d0000.toml", &format!("kaitei = 2\nextends = \"{common}\"\n"));
            self.says("d0000: could not be built");
            self.project.write(&format!("templates/{common}"), template.as_bytes());
            self.says("d0000: 8 rows");
        }
        self.put("templates/d0003.toml", &template);
        self.says("d0003: errors: 1");
        self.project.write("new/a.csv", form("6件").as_bytes());
        fs::rename(self.project.path().join("new"), self.project.path().join("input/d0003")).unwrap();
        self.says("d0003: 8 rows");
    }

    /// Sends a signal, and expects the exit code.
    fn ends(mut self, signal: &str) {
        assert!(
            Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success()
        );
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn what_changes_is_built_again_and_nothing_else() {
    for (arguments, signal) in [(&[][..], "-TERM"), (&["--poll", "1"], "-INT")] {
        let project = Project::of(3);
        let watch = Watch::of(&project, arguments);
        watch.follows();
        // The last line comes a moment before the end of its build.
        let verified = std::iter::repeat_with(|| project.run(&["verify"]).code).take(1000);
        assert_eq!(verified.into_iter().find(|&code| code != Some(4)), Some(Some(0)), "free between builds");
        watch.ends(signal);
    }
}

#[test]
fn a_watch_may_be_of_some_documents() {
    let project = Project::of(3);
    let watch = Watch::of(&project, &["d0001"]);
    watch.says("d0001: 8 rows");
    watch.put("input/d0000/a.csv", &form("4件"));
    watch.put("input/d0001/a.csv", &form("4件"));
    watch.says("d0001: 8 rows");
    assert_eq!(project.set("d0000"), None);
    watch.ends("-TERM");
}
