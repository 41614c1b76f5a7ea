//! A full disk and a read-only one: said clearly, with the last output as it was. On small file systems in memory,
//! which only root can mount.

use super::project::Project;
use super::roll::{Checked, Missing};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A file system of 1 MiB on a project's output folder, until it is dropped.
struct Disk<'p>(&'p Path);

fn mount(options: &str, folder: &Path) -> Result<(), String> {
    let output =
        Command::new("mount").args(["-t", "tmpfs", "-o", options, "kaitei-test"]).arg(folder).output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

impl<'p> Disk<'p> {
    fn on(output: &'p Path) -> Result<Self, Missing> {
        fs::create_dir_all(output).unwrap();
        mount("size=1m", output).map_err(|why| Missing(format!("no file system can be mounted: {why}")))?;
        Ok(Self(output))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let status = Command::new("umount").arg(self.0).status();
        assert!(status.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

pub(crate) fn a_full_disk_leaves_the_last_output() -> Checked {
    let project = Project::of(4);
    let output = project.path().join("output");
    let _disk = Disk::on(&output)?;
    project.does(&["build"]);
    project.write("output/d0001/notes.txt", b"mine");
    project.write("output/d0002/d0002.csv", b"edited");
    let before = project.sets();
    project.fill_in("4件");
    let filler = output.join("filler");
    assert!(fs::write(&filler, vec![0; 2 << 20]).is_err(), "the disk is full now");
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
    for document in &project.documents {
        assert!(run.stderr.contains(&format!(".{document}.kaitei-stage")), "{}", run.stderr);
    }
    assert!(run.stderr.contains("there is no space left; delete what is not needed"), "{}", run.stderr);
    assert!(run.stdout.contains("could not be built (the last output is untouched)"), "{}", run.stdout);
    assert_eq!(project.sets(), before);
    assert_eq!(project.litter(), Vec::<String>::new());
    fs::remove_file(filler).unwrap();
    assert!(project.does(&["build"]).contains("4 documents: 4 built"));
    assert_eq!(fs::read(output.join("d0001/notes.txt")).unwrap(), b"mine");
    let kept = fs::read_dir(&output).unwrap().map(|entry| entry.unwrap().path().join("d0002.csv"));
    assert_eq!(kept.filter(|path| fs::read(path).is_ok_and(|text| text == b"edited")).count(), 1);
    fs::remove_file(output.join("d0001/notes.txt")).unwrap();
    project.does(&["verify"]);
    Ok(())
}

/// A project that two people share, whose group may write there: whatever their umask, they build by turns; what one of
/// them has put there the other one's build moves, or leaves in its place.
pub(crate) fn two_members_of_a_group_build_by_turns() -> Checked {
    const GROUP: u32 = 3000;
    let project = Project::of(2);
    let root = project.path();
    let shared = |path: &Path| {
        std::os::unix::fs::chown(path, None, Some(GROUP))
            .and_then(|()| fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o2775)))
    };
    shared(root).map_err(|why| Missing(format!("only root may act for others: {why}")))?;
    let program = root.join("kaitei");
    fs::copy(super::project::program(), &program).unwrap();
    let act = |(user, umask): (u32, &str), script: &str| {
        let run = Command::new("setpriv")
            .args([&format!("--reuid={user}"), &format!("--regid={GROUP}"), "--clear-groups", "sh", "-c"])
            .arg(format!("umask {umask}; {script}"))
            .current_dir(root)
            .output();
        run.map(|run| (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned()))
    };
    act((3001, "022"), "true").map_err(|why| Missing(format!("setpriv: {why}")))?;
    let build = |who| act(who, "./kaitei build --force --lang en").unwrap();
    let turns = [(3001, "022"), (3002, "022"), (3001, "002"), (3002, "002"), (3001, "022")];
    for who in turns {
        assert_eq!(build(who).0, Some(0), "{who:?}: {}", build(who).1);
        assert_eq!(act(who, "echo $$ > output/d0000/$(id -u)").unwrap().0, Some(0), "{who:?}");
    }
    let folder = root.join("output/d0000");
    assert!(folder.join("3001").exists() && folder.join("3002").exists());
    // A folder that is one member's alone cannot be moved by the other.
    act((3001, "022"), "mkdir output/d0000/own; touch output/d0000/own/a").unwrap();
    let before = project.set("d0001");
    let (code, said) = build((3002, "022"));
    assert!(code == Some(3) && said.contains("output/d0000/own: Permission denied"), "{said}");
    assert!(folder.join("own/a").exists() && folder.join("3001").exists() && project.set("d0001") == before);
    assert_eq!(project.litter(), Vec::<String>::new());
    assert_eq!(build((3001, "022")).0, Some(0));
    Ok(())
}

pub(crate) fn a_read_only_disk_is_read_all_the_same() -> Checked {
    let project = Project::of(2);
    let output = project.path().join("output");
    let _disk = Disk::on(&output)?;
    project.does(&["build"]);
    let before = project.sets();
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&output).status().unwrap();
    assert!(remounted.success());
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains("output") && run.stderr.contains("the place is read-only"), "{}", run.stderr);
    for arguments in [&["check"][..], &["verify"], &["build", "--dry-run"]] {
        project.does(arguments);
    }
    assert_eq!(project.sets(), before);
    Ok(())
}
