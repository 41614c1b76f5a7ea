//! The swap among people: what they do meanwhile, and what is there afterwards.

use super::*;
use crate::batch::manifest::{self, Manifest, Origins};
use crate::batch::{Letterhead, Summary};
use crate::model::Fingerprint;

/// Content of a file of a set: the manifest, or one of its outputs.
fn set(content: &str) -> Vec<(String, Vec<u8>)> {
    let print = |name: &str| Fingerprint::of(name, content.as_bytes());
    let summary = Summary {
        findings: Vec::new(),
        letterhead: Letterhead::default(),
        rows: 0,
        tally: Vec::new(),
        outputs: vec![print("a.csv"), print("b.csv")],
    };
    let (template, fonts, inputs) = (print("t.toml"), Vec::new(), Vec::new());
    let (decisions, contributions) = (Vec::new(), Vec::new());
    let bases = Vec::new();
    let origins = Origins {
        source_date_epoch: None,
        template,
        bases,
        fonts,
        inputs,
        decisions,
        editions: Vec::new(),
        contributions,
    };
    let manifest = Manifest::new("t", origins, &summary).to_bytes();
    let file = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    vec![
        file("a.csv", content.as_bytes()),
        file("b.csv", content.as_bytes()),
        file(manifest::NAME, &manifest),
    ]
}

fn stage_set(folder: &Path, content: &str) -> Result<Staged, Error> {
    let set = set(content);
    let files: Vec<(String, &[u8])> = set.iter().map(|(name, b)| (name.clone(), b.as_slice())).collect();
    stage(folder, &files)
}

/// Files of which nothing is known.
fn unseen() -> Files {
    Files::load(Path::new("."), PathBuf::from("none"), None, false)
}

fn put(folder: &Path, content: &str) -> Result<Option<EditedSet>, Error> {
    let staged = stage_set(folder, content).unwrap();
    commit(&[&staged], &unseen(), |_| {}).remove(0)
}

/// Names below a folder with the beginnings of the files' contents.
fn seen(folder: &Path) -> String {
    let mut names: Vec<String> = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && !path.ends_with(manifest::NAME))
        .map(|path| {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            format!("{name}={}", fs::read_to_string(&path).unwrap())
        })
        .collect();
    names.sort();
    names.join(" ")
}

#[test]
fn a_set_takes_the_place_of_another_and_strangers_stay() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("t");
    assert_eq!(put(&folder, "old"), Ok(None));
    assert_eq!(seen(root.path()), "t/a.csv=old t/b.csv=old");
    fs::create_dir(folder.join("notes")).unwrap();
    fs::write(folder.join("notes/n.txt"), "mine").unwrap();
    fs::write(folder.join("m.txt"), "mine").unwrap();
    let expected = "t/a.csv=new t/b.csv=new t/m.txt=mine t/notes/n.txt=mine";
    assert_eq!(put(&folder, "new"), Ok(None));
    assert_eq!(seen(root.path()), expected);
    let staged = stage_set(&folder, "newer").unwrap();
    fs::write(folder.join("late.txt"), "mine").unwrap();
    fs::rename(&staged.stage, &staged.new).unwrap();
    staged.change_places_by_two().unwrap();
    assert_eq!(staged.settle(&unseen()), Ok(None));
    assert_eq!(seen(root.path()), expected.replace("new", "newer").replace(" t/m", " t/late.txt=mine t/m"));
}

type Deeds = fn(&Path);

/// What somebody does between staging and the step; what is there afterwards beside the new set; what is kept.
fn deeds() -> [(&'static str, Deeds, &'static str, &'static str); 9] {
    [
        ("nothing", |_| {}, "t/m.txt=mine t/n/n.txt=mine", ""),
        (
            "changed in place",
            |f| fs::write(f.join("m.txt"), "changed").unwrap(),
            "t/m.txt=changed t/n/n.txt=mine",
            "",
        ),
        (
            "replaced as editors do",
            |f| {
                fs::write(f.join("m.tmp"), "changed").unwrap();
                fs::rename(f.join("m.tmp"), f.join("m.txt")).unwrap();
            },
            "t/m.txt=changed t/n/n.txt=mine",
            "",
        ),
        ("deleted", |f| fs::remove_file(f.join("m.txt")).unwrap(), "t/n/n.txt=mine", ""),
        (
            "renamed",
            |f| fs::rename(f.join("m.txt"), f.join("o.txt")).unwrap(),
            "t/n/n.txt=mine t/o.txt=mine",
            "",
        ),
        ("a folder deleted", |f| fs::remove_dir_all(f.join("n")).unwrap(), "t/m.txt=mine", ""),
        (
            "an output edited",
            |f| fs::write(f.join("a.csv"), "edited").unwrap(),
            "t/m.txt=mine t/n/n.txt=mine",
            "a.csv=edited b.csv=old",
        ),
        (
            "an output replaced by a folder",
            |f| {
                fs::remove_file(f.join("a.csv")).unwrap();
                fs::create_dir(f.join("a.csv")).unwrap();
                fs::write(f.join("a.csv/x"), "mine").unwrap();
            },
            "t/m.txt=mine t/n/n.txt=mine",
            "a.csv/x=mine b.csv=old",
        ),
        (
            "the manifest garbled",
            |f| fs::write(f.join(manifest::NAME), "{}").unwrap(),
            "t/m.txt=mine t/n/n.txt=mine",
            "a.csv=old b.csv=old",
        ),
    ]
}

#[test]
fn whatever_people_do_meanwhile_is_what_is_there_afterwards() {
    let write = |path: PathBuf, text: &str| fs::write(path, text).unwrap();
    for (name, deeds, expected, edited) in deeds() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("t");
        put(&folder, "old").unwrap();
        write(folder.join("m.txt"), "mine");
        fs::create_dir(folder.join("n")).unwrap();
        write(folder.join("n/n.txt"), "mine");
        let staged = stage_set(&folder, "new").unwrap();
        deeds(&folder);
        let kept = commit(&[&staged], &unseen(), |_| {}).remove(0).unwrap();
        assert_eq!(
            kept.as_ref().map_or(String::new(), |kept| seen(Path::new(&kept.folder))),
            edited,
            "{name}"
        );
        if let Some(kept) = kept {
            let names = super::super::kept::kept_sets(&folder).unwrap();
            assert_eq!(names, [Path::new(&kept.folder).file_name().unwrap().to_string_lossy()], "{name}");
            fs::remove_dir_all(&kept.folder).unwrap();
        }
        assert_eq!(seen(root.path()), format!("t/a.csv=new t/b.csv=new {expected}"), "{name}");
    }
}

#[test]
fn the_same_edit_twice_is_kept_twice() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("t");
    put(&folder, "old").unwrap();
    let kept = |content| {
        fs::write(folder.join("a.csv"), "edited").unwrap();
        put(&folder, content).unwrap().unwrap().folder
    };
    let (first, second) = (kept("new"), kept("newer"));
    assert_eq!(second, format!("{first}-2"));
    assert_eq!(
        (seen(Path::new(&first)), seen(Path::new(&second))),
        ("a.csv=edited b.csv=old".into(), "a.csv=edited b.csv=new".into())
    );
    // What kaitei would write itself is no edit.
    fs::write(folder.join("a.csv"), "newest").unwrap();
    assert_eq!(put(&folder, "newest"), Ok(None));
}

#[test]
fn what_a_killed_build_leaves_is_put_right() {
    type Steps = fn(&Staged);
    let cases: [(&str, Steps, &str); 7] = [
        ("staged", |_| {}, "old"),
        ("staged in part", |s| fs::remove_file(s.stage.join(manifest::NAME)).unwrap(), "old"),
        ("complete", |s| fs::rename(&s.stage, &s.new).unwrap(), "old"),
        ("swapped", |s| s.swap().unwrap(), "new"),
        ("between", |s| fs::rename(&s.folder, beside(&s.folder, "old")).unwrap(), "old"),
        (
            "by two",
            |s| {
                fs::rename(&s.folder, beside(&s.folder, "old")).unwrap();
                fs::rename(&s.stage, &s.folder).unwrap();
            },
            "new",
        ),
        (
            "moved back",
            |s| {
                fs::rename(&s.stage, &s.new).unwrap();
                s.change_places_by_two().unwrap();
            },
            "new",
        ),
    ];
    for (name, steps, expected) in cases {
        for edits in [false, true] {
            let root = tempfile::tempdir().unwrap();
            let folder = root.path().join("t");
            put(&folder, "old").unwrap();
            fs::write(folder.join("m.txt"), "mine").unwrap();
            let staged = stage_set(&folder, "new").unwrap();
            fs::write(folder.join("late.txt"), "mine").unwrap();
            if edits {
                fs::write(folder.join("a.csv"), "edited").unwrap();
            }
            steps(&staged);
            let kept = recover(&folder, &unseen()).unwrap();
            let is_new = expected == "new";
            let a = if edits && !is_new { "edited" } else { expected };
            let here = format!("t/a.csv={a} t/b.csv={expected} t/late.txt=mine t/m.txt=mine");
            assert_eq!(kept.len(), usize::from(edits && is_new), "{name}");
            for kept in kept {
                assert_eq!(seen(Path::new(&kept.folder)), "a.csv=edited b.csv=old", "{name}");
                fs::remove_dir_all(&kept.folder).unwrap();
            }
            assert_eq!(seen(root.path()), here, "{name}");
        }
    }
}

#[test]
fn files_that_are_there_before_the_first_build_are_not_lost() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("t");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.csv"), "mine").unwrap();
    fs::write(folder.join("m.txt"), "mine").unwrap();
    let staged = stage_set(&folder, "new").unwrap();
    staged.swap().unwrap();
    // Killed here.
    let kept = recover(&folder, &unseen()).unwrap();
    assert_eq!(seen(Path::new(&kept[0].folder)), "a.csv=mine");
    fs::remove_dir_all(&kept[0].folder).unwrap();
    assert_eq!(seen(root.path()), "t/a.csv=new t/b.csv=new t/m.txt=mine");
}

#[test]
fn a_failed_set_leaves_the_old_files_and_no_litter() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("t");
    put(&folder, "old").unwrap();
    let files: [(String, &[u8]); 2] = [("a.csv".into(), b"new"), ("none/b.csv".into(), b"new")];
    assert!(stage(&folder, &files).is_err());
    assert_eq!(seen(root.path()), "t/a.csv=old t/b.csv=old");
    let file = root.path().join("f");
    fs::write(&file, "mine").unwrap();
    assert!(stage_set(&file, "new").is_err());
    assert_eq!(seen(root.path()), "f=mine t/a.csv=old t/b.csv=old");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_elsewhere_stays_there() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("share")).unwrap();
    std::os::unix::fs::symlink("share", root.path().join("t")).unwrap();
    put(&root.path().join("t"), "new").unwrap();
    assert!(root.path().join("t").is_symlink());
    assert_eq!(seen(root.path()), "share/a.csv=new share/b.csv=new");
}

#[cfg(unix)]
#[test]
fn no_link_is_taken_for_kaiteis_folder() {
    for what in ["stage", "new", "old"] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("t");
        put(&folder, "old").unwrap();
        fs::create_dir(root.path().join("u")).unwrap();
        fs::write(root.path().join("u/a.csv"), "mine").unwrap();
        std::os::unix::fs::symlink("u", beside(&folder, what)).unwrap();
        let error = recover(&folder, &unseen()).unwrap_err();
        assert!(error.message.en.contains("a link") && error.message.ja.contains("リンクです"), "{error}");
        assert_eq!(seen(root.path()), "t/a.csv=old t/b.csv=old u/a.csv=mine", "{what}");
    }
}

#[cfg(unix)]
#[test]
fn what_people_have_put_there_keeps_its_rights_and_its_inode() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("t");
    put(&folder, "old").unwrap();
    fs::create_dir(folder.join("n")).unwrap();
    fs::write(folder.join("n/n.txt"), "mine").unwrap();
    fs::set_permissions(folder.join("n"), fs::Permissions::from_mode(0o2770)).unwrap();
    let looks = || {
        let of = |name: &str| fs::metadata(folder.join(name)).unwrap();
        [of("n"), of("n/n.txt")].map(|m| (m.ino(), m.mode(), m.mtime_nsec(), m.nlink()))
    };
    let before = looks();
    put(&folder, "new").unwrap();
    assert_eq!(looks(), before);
}
