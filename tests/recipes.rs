//! The recipes of `docs/recipes/` and the commands of all manuals: what a machine without their engines can check. The
//! one for Slurm is run for real by `tests/outside/`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use yaml_rust2::{Yaml, YamlLoader};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn recipe(name: &str) -> String {
    let bytes = fs::read(root().join("docs/recipes").join(name)).unwrap();
    match bytes.strip_prefix(b"\xff\xfe") {
        Some(utf16) => {
            let units: Vec<u16> =
                utf16.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => String::from_utf8(bytes).unwrap(),
    }
}

fn yaml(name: &str) -> Yaml {
    let mut documents = YamlLoader::load_from_str(&recipe(name)).unwrap();
    assert_eq!(documents.len(), 1, "{name}");
    documents.remove(0)
}

/// The strings of a list.
fn strings(list: &Yaml) -> Vec<&str> {
    list.as_vec().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

/// The names of the recipes, from their folder, with `/`.
fn recipes() -> Vec<String> {
    let folder = root().join("docs/recipes");
    let files = kaitei::batch::walk(&folder).unwrap().into_iter();
    files.map(|file| file.name).collect()
}

/// The manuals.
fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = docs.filter(|path| path.extension().is_some_and(|e| e == "md"));
    pages.chain(["README.md", "README.ja.md", "CONTRIBUTING.md"].map(|name| root().join(name))).collect()
}

/// The pieces of a manual that are code: in its fences, line by line, and between backquotes.
fn code(page: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut is_fenced = false;
    let joined = page.replace("\\\n", " ");
    for line in joined.lines() {
        if line.starts_with("```") {
            is_fenced = !is_fenced;
        } else if is_fenced {
            pieces.push(line.to_owned());
        } else {
            pieces.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    pieces
}

/// A line of a shell up to the end of its command that begins with `kaitei`, as arguments; none if it has no such
/// command. What stands for something else (`$SHARDS`, `I/N`, `N`, `SHELL`) is an example of it.
fn arguments(line: &str) -> Option<Vec<String>> {
    let line = line.trim_start_matches(['$', ' ']);
    let at = line.match_indices("kaitei ").map(|(at, _)| at).find(|&at| {
        let before = &line[..at];
        before.is_empty()
            || before.ends_with("/bin/")
            || ["exec ", "run: ", "&& ", "- "].iter().any(|word| before.ends_with(word))
    })?;
    let command = line[at + "kaitei ".len()..].split([';', '|', '>', '#']).next().unwrap();
    let command = command.split("&&").next().unwrap();
    let stands_for = |word: &str| {
        let word = word.trim_matches(['"', '\'', '[', ']', '…']);
        let is_variable = word.contains(['$', '{', '}']);
        let shard = |word: &str| word == "I/N" || (is_variable && word.contains('/') && !word.contains(":-"));
        match word {
            _ if shard(word) => "1/2".to_owned(),
            "N" => "1".to_owned(),
            "SHELL" | "シェル名" => "bash".to_owned(),
            _ if is_variable => "1".to_owned(),
            _ => word.to_owned(),
        }
    };
    // `${{ a.b }}` and `$((A + 1))` are one word.
    let mut words: Vec<String> = Vec::new();
    let mut depth = 0i32;
    for word in command.split_whitespace() {
        let opened = |c| i32::try_from(word.matches(c).count()).unwrap();
        if depth > 0 {
            words.last_mut().unwrap().push_str(word);
        } else {
            words.push(word.to_owned());
        }
        depth += opened('{') + opened('(') - opened('}') - opened(')');
    }
    Some(words.iter().map(|word| stands_for(word)).filter(|word| !word.is_empty()).collect())
}

/// Why the command line does not take some arguments, if it does not. Nothing is run: only the help is asked for.
fn refusal(arguments: &[String]) -> Option<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaitei"));
    let output =
        command.args(arguments).args(["--help", "--lang", "en"]).env("LC_ALL", "C").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let is_open = said.contains("a value is required");
    (!output.status.success() && !is_open).then_some(said)
}

#[test]
fn the_command_line_takes_what_manuals_and_recipes_write() {
    let mut lines: Vec<(String, String)> = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        lines.extend(code(&text).into_iter().map(|line| (page.display().to_string(), line)));
    }
    for name in recipes() {
        let text = recipe(&name).replace("\\\n", " ").replace("ExecStart=", "exec ");
        let text = text
            .replace("kaitei.exe</Command>\r\n      <Arguments>", "\nkaitei ")
            .replace("</Arguments>", "");
        lines.extend(text.lines().map(|line| (name.clone(), line.to_owned())));
    }
    let mut checked: BTreeMap<String, usize> = BTreeMap::new();
    for (place, line) in lines {
        // The first line of a template names the language of templates, not the program.
        let Some(arguments) = arguments(&line).filter(|_| !line.starts_with("kaitei =")) else { continue };
        if let Some(refusal) = refusal(&arguments) {
            panic!("{place}: `{line}`: {arguments:?}: {refusal}");
        }
        *checked.entry(place).or_default() += 1;
    }
    let with_commands: BTreeSet<&str> = checked.keys().map(String::as_str).collect();
    for name in recipes().iter().filter(|name| !is_about_others(name)) {
        assert!(with_commands.contains(name.as_str()), "no command was found in {name}");
    }
    assert!(checked.values().sum::<usize>() > 30, "{checked:?}");
}

/// Recipes that start no kaitei themselves.
fn is_about_others(name: &str) -> bool {
    ["slurm/submit.sh", "slurm/test.sh", "systemd/kaitei.timer"].contains(&name)
        || name.starts_with("container/")
}

#[test]
fn commands_are_found_in_lines_of_shells_and_workflows() {
    for (line, expected) in [
        ("kaitei build --shard I/N", Some("build --shard 1/2")),
        ("exec kaitei build --shard \"$A/$B\"", Some("build --shard 1/2")),
        ("kaitei build --shard \"$((A + 1))/$B\"", Some("build --shard 1/2")),
        ("- run: kaitei build --shard ${{ matrix.a }}/${{ b.c }} || true", Some("build --shard 1/2")),
        ("kaitei merge --project \"${P:-.}\" # why", Some("merge --project 1")),
        ("30 2 * * * kaitei /usr/bin/kaitei build --jobs N", Some("build --jobs 1")),
        ("name: kaitei shards", None),
        ("the kaitei build", None),
    ] {
        assert_eq!(arguments(line).map(|words| words.join(" ")).as_deref(), expected, "{line}");
    }
    assert!(refusal(&["build".into(), "--shrad".into(), "1/2".into()]).is_some());
    assert!(refusal(&["bild".into()]).is_some());
}

#[test]
fn kubernetes_runs_each_shard_once_and_unprivileged() {
    for name in ["kubernetes/job.yaml", "kubernetes/merge.yaml"] {
        let job = yaml(name);
        assert_eq!((job["apiVersion"].as_str(), job["kind"].as_str()), (Some("batch/v1"), Some("Job")));
        let pod = &job["spec"]["template"]["spec"];
        assert_eq!(pod["restartPolicy"].as_str(), Some("Never"), "{name}");
        assert_eq!(pod["securityContext"]["runAsNonRoot"].as_bool(), Some(true), "{name}");
        let container = &pod["containers"][0];
        assert_eq!(container["securityContext"]["readOnlyRootFilesystem"].as_bool(), Some(true), "{name}");
        assert_eq!(strings(&container["securityContext"]["capabilities"]["drop"]), ["ALL"], "{name}");
        assert_eq!(container["volumeMounts"][0]["name"], pod["volumes"][0]["name"], "{name}");
    }
    let job = yaml("kubernetes/job.yaml");
    assert_eq!(job["spec"]["completionMode"].as_str(), Some("Indexed"));
    let container = &job["spec"]["template"]["spec"]["containers"][0];
    let count = container["env"][0]["value"].as_str().unwrap();
    assert_eq!(container["env"][0]["name"].as_str(), Some("SHARDS"));
    assert_eq!(job["spec"]["completions"].as_i64(), Some(count.parse().unwrap()));
    // The script, run by a shell as a pod would, with a program that says its arguments.
    let script = strings(&container["args"])[0];
    let pod = |code: &str| {
        let script = format!("kaitei() {{ echo \"$@\"; return {code}; }}\n{script}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).env("SHARDS", count).env("JOB_COMPLETION_INDEX", "3");
        let output = shell.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    for (code, expected) in [("0", 0), ("1", 0), ("2", 0), ("3", 3), ("4", 4), ("143", 143)] {
        let (exit, said) = pod(code);
        assert_eq!(exit, expected, "{code}");
        assert!(said.trim_end().ends_with("--shard 4/4"), "{said}");
    }
}

#[test]
fn github_builds_every_shard_and_keeps_what_the_merge_reads() {
    let workflow = yaml("github/kaitei.yml");
    let (build, merge) = (&workflow["jobs"]["build"], &workflow["jobs"]["merge"]);
    let shards = build["strategy"]["matrix"]["shard"].as_vec().unwrap();
    assert!(shards.iter().map(|shard| shard.as_i64().unwrap()).eq(1..=i64::try_from(shards.len()).unwrap()));
    assert_eq!(build["strategy"]["fail-fast"].as_bool(), Some(false));
    assert_eq!(merge["needs"].as_str(), Some("build"));
    let step = |job: &Yaml, uses: &str| {
        let steps = job["steps"].as_vec().unwrap();
        steps
            .iter()
            .find(|step| step["uses"].as_str().is_some_and(|name| name.starts_with(uses)))
            .unwrap()
            .clone()
    };
    let (upload, download) =
        (step(build, "actions/upload-artifact"), step(merge, "actions/download-artifact"));
    assert_eq!(upload["with"]["include-hidden-files"].as_bool(), Some(true));
    let pattern = download["with"]["pattern"].as_str().unwrap().trim_end_matches('*');
    assert!(upload["with"]["name"].as_str().unwrap().starts_with(pattern));
    let runs: Vec<&str> =
        merge["steps"].as_vec().unwrap().iter().filter_map(|step| step["run"].as_str()).collect();
    assert_eq!(
        runs,
        [
            &format!("kaitei merge --lang ja {}/*", download["with"]["path"].as_str().unwrap()),
            "kaitei verify"
        ]
    );
}

#[test]
fn systemd_protects_the_rest_of_the_disk_and_catches_up() {
    for line in ["ProtectSystem=strict", "ReadWritePaths=/srv/kaitei/output", "Nice=10"] {
        assert!(recipe("systemd/kaitei.service").lines().any(|l| l == line), "{line}");
    }
    assert!(recipe("systemd/kaitei.timer").contains("\nPersistent=true\n"));
}

#[test]
fn cron_gets_its_fields_and_no_percent_sign() {
    let text = recipe("cron/kaitei");
    assert!(text.ends_with('\n'), "cron ignores a last line without an end");
    let entries = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit() || c == '*'));
    let entries: Vec<Vec<&str>> = entries.map(|line| line.splitn(7, ' ').collect()).collect();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(entry[..6], ["30", "2", "*", "*", "*", "kaitei"]);
    assert!(entry[6].starts_with("/usr/local/bin/kaitei build") && !entry[6].contains('%'));
}

#[test]
fn the_task_of_windows_is_well_formed_utf_16() {
    let bytes = fs::read(root().join("docs/recipes/windows/kaitei.xml")).unwrap();
    assert!(bytes.starts_with(b"\xff\xfe<\0?\0"), "schtasks wants UTF-16 with a byte order mark");
    let text = recipe("windows/kaitei.xml");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n"));
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut open, mut texts) = (Vec::new(), BTreeMap::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => open.push(tag.name().as_ref().to_owned()),
            Event::Text(content) => {
                texts.entry(open.join("/")).or_insert(content.xml10_content().into_owned());
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    for (path, expected) in [
        ("Task/Actions/Exec/Command", r"C:\Program Files\kaitei\kaitei.exe"),
        ("Task/Settings/MultipleInstancesPolicy", "IgnoreNew"),
        ("Task/Settings/StartWhenAvailable", "true"),
        ("Task/Triggers/CalendarTrigger/ScheduleByDay/DaysInterval", "1"),
    ] {
        assert_eq!(texts.get(path).map(String::as_str), Some(expected), "{path}");
    }
}

#[test]
fn the_container_holds_the_program_alone_and_runs_as_nobody() {
    let text = recipe("container/Containerfile");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let of = |word: &str| lines.iter().filter(|line| line.starts_with(word)).collect::<Vec<_>>();
    assert_eq!(of("FROM ").len(), 2, "the compiler stays behind");
    assert_eq!(of("USER "), [&"USER 65532:65532"]);
    assert_eq!(of("VOLUME "), [&"VOLUME /project/output"]);
    let rust = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version =
        rust.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
    assert!(lines[0].starts_with(&format!("FROM rust:{version}-")), "{}", lines[0]);
    // The README's command, with the versions of Cargo.lock.
    assert!(fs::read_to_string(root().join("README.md")).unwrap().contains("cargo run --release -- build"));
    assert_eq!(of("RUN cargo "), [&"RUN cargo build --locked --release"]);
    let [entry, command] = ["ENTRYPOINT ", "CMD "].map(|word| {
        let list: Vec<String> = serde_json::from_str(of(word)[0].strip_prefix(word).unwrap()).unwrap();
        list
    });
    assert_eq!(entry, ["/usr/local/bin/kaitei"]);
    assert_eq!(refusal(&command), None);
}

#[cfg(unix)]
#[test]
fn shells_can_read_the_scripts() {
    for name in recipes().iter().filter(|name| name.starts_with("slurm/")) {
        let path = root().join("docs/recipes").join(name);
        let output = Command::new("bash").arg("-n").arg(&path).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
