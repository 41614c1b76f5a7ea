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
    let before = project.sets();
    project.fill_in("4件");
    let filler = output.join("filler");
    assert!(fs::write(&filler, vec![0; 2 << 20]).is_err(), "the disk is full now");
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
    for document in &project.documents {
        assert!(run.stderr.contains(&format!(".{document}.kaitei-new")), "{}", run.stderr);
    }
    assert!(run.stderr.contains("there is no space left; delete what is not needed"), "{}", run.stderr);
    assert!(run.stdout.contains("could not be built (the last output is untouched)"), "{}", run.stdout);
    assert_eq!(project.sets(), before);
    assert_eq!(project.litter(), Vec::<String>::new());
    fs::remove_file(filler).unwrap();
    assert!(project.does(&["build"]).contains("4 documents: 4 built"));
    project.does(&["verify"]);
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
