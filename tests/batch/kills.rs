//! Killed at any moment, a document's folder holds the old set of files or the new one, and nothing of people's is lost.

use crate::project::{Project, Set};
use std::collections::BTreeSet;
use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const KILLS: usize = 200;

/// A linear congruential generator (Knuth's MMIX): the moments are the same on every run, as fractions of a build.
struct Dice(u64);

impl Dice {
    /// A number below 1000.
    fn roll(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % 1000).unwrap()
    }
}

fn start(project: &Project) -> Child {
    let mut command = project.command(&["build", "--jobs", "2"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Every document's files after a build with this target, and how long the build took.
fn built(project: &Project, target: &str) -> (Vec<Option<Set>>, Duration) {
    project.fill_in(target);
    let began = Instant::now();
    project.does(&["build"]);
    (project.sets(), began.elapsed())
}

#[test]
fn a_killed_build_leaves_old_or_new_sets() {
    let project = Project::of(8);
    let mut dice = Dice(1);
    let generations = [built(&project, "1件"), built(&project, "2件")];
    let length = generations[0].1.min(generations[1].1);
    // A stranger's file, which no kill may lose. A build that is killed while it moves it leaves it to the next one.
    project.write("output/d0003/notes.txt", b"mine");
    let output = project.path().join("output");
    let note = || {
        let places = ["d0003", ".d0003.kaitei-new"].map(|folder| output.join(folder).join("notes.txt"));
        places.iter().filter(|place| fs::read(place).is_ok_and(|n| n == b"mine")).count() == 1
    };
    // Files of kaitei's that somebody edits, each time differently: all versions are still somewhere.
    let edited = output.join("d0005/d0005.csv");
    let mut versions: BTreeSet<String> = BTreeSet::new();
    let without_note = |mut set: Option<Set>| {
        set.as_mut().map(|set| set.remove("notes.txt"));
        set
    };
    let (mut kills, mut torn_between) = (0, 0);
    let mut round = 0;
    while kills < KILLS {
        round += 1;
        assert!(round < 20 * KILLS, "hardly any build is still running when it is to be killed");
        project.fill_in(["1件", "2件"][round % 2]);
        versions.remove(&fs::read_to_string(&edited).unwrap());
        fs::write(&edited, format!("edited {round}")).unwrap();
        versions.insert(format!("edited {round}"));
        let mut child = start(&project);
        std::thread::sleep(length * dice.roll() / 1000);
        let runs = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        kills += usize::from(runs);
        let sets = project.sets();
        assert!(note(), "round {round}: the note is gone");
        let mut seen = [0, 0];
        for (number, set) in sets.into_iter().map(without_note).enumerate() {
            if number == 5 {
                continue;
            }
            let which = generations.iter().position(|(sets, _)| sets[number] == set);
            let Some(which) = which else {
                panic!("round {round}: document {number} is neither old nor new")
            };
            seen[which] += 1;
        }
        torn_between += usize::from(seen[0] > 0 && seen[1] > 0);
    }
    println!("{kills} kills in {round} rounds, {torn_between} of them between the documents of a build");
    project.fill_in("1件");
    project.does(&["build"]);
    let sets: Vec<_> = project.sets().into_iter().map(without_note).collect();
    assert_eq!(sets, generations[0].0);
    assert_eq!(project.litter(), Vec::<String>::new());
    fs::remove_file(project.path().join("output/d0003/notes.txt")).unwrap();
    let verified = project.does(&["verify"]);
    assert_eq!(verified.matches("an edited set is kept in d0005.edited-").count(), versions.len());
    let kept = fs::read_dir(&output).unwrap().map(|entry| entry.unwrap().path().join("d0005.csv"));
    let kept: BTreeSet<String> = kept.filter_map(|path| fs::read_to_string(path).ok()).collect();
    assert!(!versions.is_empty() && versions.is_subset(&kept), "{versions:?} {kept:?}");
}
