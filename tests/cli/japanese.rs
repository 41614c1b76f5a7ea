//! The command line in Japanese: no English word but what has to be typed.

use super::project::{self, Project};
use std::fs;

/// What is typed, and names that have no other form in Japanese.
const TYPED: &[&str] = &[
    "kaitei",
    // commands
    "build",
    "plan",
    "merge",
    "watch",
    "check",
    "verify",
    "read",
    "accepted.toml",
    "compare",
    "next",
    "compare.with",
    "links.toml",
    "corrections.toml",
    "inspect",
    "score",
    "init",
    "revision",
    "progress",
    "evaluation",
    "list",
    "completions",
    "help",
    // values
    "ja",
    "en",
    "text",
    "json",
    "auto",
    "always",
    "never",
    "bash",
    "elvish",
    "fish",
    "powershell",
    "zsh",
    "L1-06",
    // files
    "templates",
    "input",
    "output",
    "output/report.html",
    "manifest.json",
    "forms",
    // names
    "KPI",
    "XLSX",
    "PDF",
    "CSV",
    "JSON",
    "Excel",
    "Prometheus",
    "Ctrl-C",
    "SIGTERM",
];

/// The words of a text that are neither Japanese nor typed. What a message quotes in 「」 is the user's own.
fn english(text: &str) -> Vec<String> {
    let mut own = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '「' => depth += 1,
            '」' => depth = depth.saturating_sub(1),
            _ if depth == 0 => own.push(c),
            _ => {}
        }
    }
    let words = own.split(|c: char| !c.is_ascii_alphanumeric() && !"-_./".contains(c));
    let words = words.map(|word| word.trim_end_matches(['.', '/', '-']));
    let is_english = |word: &&str| {
        let is_option = word.starts_with('-');
        word.contains(|c: char| c.is_ascii_alphabetic()) && !is_option && !TYPED.contains(word)
    };
    words.filter(is_english).map(str::to_owned).collect()
}

fn in_empty_folder(arguments: &[&str]) -> project::Run {
    let folder = tempfile::tempdir().unwrap();
    project::run_in(folder.path(), arguments)
}

#[test]
fn the_check_finds_english_words() {
    assert_eq!(english("使い方: kaitei build [OPTIONS]"), ["OPTIONS"]);
    assert_eq!(english("「nosuch file」: No such file (os error 2)"), ["No", "such", "file", "os", "error"]);
    assert_eq!(english("--force（変更のない文書も作成する）"), [""; 0]);
    let help = in_empty_folder(&["build", "--lang", "en", "--help"]).stdout;
    assert!(english(&help).len() > 50, "{help}");
}

#[test]
fn all_help_is_japanese() {
    let commands = [
        "build",
        "plan",
        "merge",
        "watch",
        "check",
        "verify",
        "inspect",
        "read",
        "score",
        "compare",
        "next",
        "init",
        "completions",
    ];
    let mut calls: Vec<Vec<&str>> = vec![
        vec!["--lang", "ja", "--help"],
        vec!["--help", "--lang=ja"],
        vec!["help", "--lang", "ja"],
        vec!["--lang", "ja", "help", "help"],
        vec!["-h", "--lang", "ja"],
    ];
    calls.extend(commands.map(|command| vec!["--lang", "ja", command, "--help"]));
    calls.extend(commands.map(|command| vec![command, "-h", "--lang=ja"]));
    calls.extend(commands.map(|command| vec!["--lang", "ja", "help", command]));
    for call in calls {
        let run = in_empty_folder(&call);
        let has_heads = run.stdout.contains("使い方: kaitei");
        assert!(run.code == 0 && has_heads && run.stderr.is_empty(), "{call:?}: {}", run.stdout);
        assert_eq!(english(&run.stdout), [""; 0], "{call:?}: {}", run.stdout);
    }
    assert_eq!(in_empty_folder(&["--lang", "ja", "--version"]).stdout, "kaitei 0.1.0\n");
    // Without a command there is nothing to do; the page says what there is.
    let run = in_empty_folder(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
}

#[test]
fn completions_describe_in_japanese() {
    for shell in ["zsh", "fish", "powershell"] {
        let script = in_empty_folder(&["--lang", "ja", "completions", shell]).stdout;
        assert!(script.contains("変更のあった文書を作成する"), "{shell}: {script}");
        for english in ["Print help", "Print version", "Print this message", "Build the", "Language of"] {
            assert!(!script.contains(english), "{shell}: {english}");
        }
    }
}

#[test]
fn wrong_use_is_explained_in_japanese() {
    for (line, said) in [
        ("build --shard 3/2", "--shard の「3/2」は指定できません（1/3、2/3、3/3 の形）"),
        ("build --jobs 0", "--jobs の「0」は指定できません（1以上の整数）"),
        ("build --jobs", "--jobs の値を指定してください（1以上の整数）"),
        ("score a.csv --min 101", "--min の「101」は指定できません（0から100までの整数）"),
        ("score --rule L9-99", "--rule の「L9-99」は指定できません（L1-06 の形）"),
        (
            "check --format jsn",
            "--format の「jsn」は指定できません（指定できるのは text、json）。「json」の誤りではありませんか",
        ),
        (
            "inspect a.xlsx --color red",
            "--color の「red」は指定できません（指定できるのは auto、always、never）",
        ),
        ("bulid", "「bulid」というコマンドはありません。「build」の誤りではありませんか"),
        ("help bulid", "「bulid」というコマンドはありません"),
        ("build --forse", "「--forse」というオプションはありません。「--force」の誤りではありませんか"),
        ("build -x", "「-x」というオプションはありません"),
        ("init 市 町", "「町」は余分な引数です"),
        ("init", "フォルダーを指定してください"),
        ("inspect", "ファイルを指定してください"),
        ("score", "ファイルを指定してください"),
        ("completions", "シェルを指定してください"),
        (
            "completions tcsh",
            "シェルの「tcsh」は指定できません（指定できるのは bash、elvish、fish、powershell、zsh）。「zsh」の誤りではありませんか",
        ),
        ("build --quiet=yes", "--quiet に値「yes」は指定できません"),
        ("build --quiet --log-format json", "--quiet と --log-format は同時に指定できません"),
        ("build --shard 1/2 --shard 2/2", "--shard は一度だけ指定できます"),
    ] {
        let mut arguments = vec!["--lang", "ja"];
        arguments.extend(line.split(' ').filter(|word| !word.is_empty()));
        let run = in_empty_folder(&arguments);
        let mut lines = run.stderr.lines();
        assert_eq!((run.code, lines.next()), (2, Some(format!("エラー: {said}").as_str())), "{line}");
        let help = lines.next().unwrap_or_default();
        assert!(
            help.starts_with("詳しい使い方: kaitei") && help.ends_with(" --help --lang ja"),
            "{line}: {help}"
        );
        assert_eq!(english(&run.stderr), [""; 0], "{line}: {}", run.stderr);
    }
}

#[test]
fn the_locale_decides_where_nothing_is_asked() {
    let project = Project::sample();
    let run = |arguments: &[&str]| {
        let output = project.command(arguments).env("LC_ALL", "ja_JP.UTF-8").output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let said = run(&["build", "--shard", "3/2"]).1;
    assert_eq!(english(&said), [""; 0], "{said}");
    assert!(said.ends_with("詳しい使い方: kaitei build --help\n"), "{said}");
    assert!(
        run(&["build", "--help", "--lang", "en"]).0.contains("Usage: kaitei build"),
        "English was asked for"
    );
}

/// What the system and the libraries say is said in our words.
#[test]
fn failures_are_japanese() {
    let project = Project::sample();
    project.write("templates/broken.toml", b"kaitei = 2\n[document]\ntitle = 1\n");
    fs::create_dir(project.path().join("full")).unwrap();
    project.write("full/file", b"");
    let folder = project.path().join("input");
    for (line, code, said) in [
        (
            "inspect nosuch.xlsx --document meguro-2020",
            3,
            "「nosuch.xlsx」が見つかりません。ファイル名と場所を確認してください",
        ),
        ("score nosuch.xlsx", 3, "「nosuch.xlsx」が見つかりません"),
        ("build --only [", 2, "文書名のパターン「[」は使えません。使える記号は * と ? です"),
        ("build --only nosuch*", 2, "パターン「nosuch*」に合う文書がありません"),
        ("build meguro", 2, "文書「meguro」のテンプレートがありません"),
        ("build broken", 2, "3行目: 「title」には文字列を書きます"),
        ("init full", 2, "「full」は空ではありません"),
        ("merge", 2, "分担の記録（kaitei build --shard が残す"),
        ("build --project nosuch", 2, "フォルダーがありません。プロジェクトのフォルダーで実行するか"),
        (
            "inspect input/meguro-2020/01_子育て支援部.xlsx --template nosuch.toml",
            3,
            "「nosuch.toml」が見つかりません",
        ),
    ] {
        let arguments: Vec<&str> = line.split(' ').chain(["--lang", "ja"]).collect();
        let run = project.run(&arguments);
        let text = format!("{}{}", run.stdout, run.stderr);
        assert!(run.code == code && text.contains(said), "{line}: {} {text}", run.code);
        let own = text
            .replace(&*folder.to_string_lossy(), "")
            .replace("./templates/broken.toml", "")
            .replace("./output/", "output/");
        let own = own.replace("broken:", "").replace("meguro-2020", "");
        assert_eq!(english(&own), [""; 0], "{line}: {text}");
    }
}
