//! `kaitei read`: the answer that people and programs rely on.

use crate::project::{Project, Run, SAMPLE, root};
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

/// The command with a text on its standard input.
fn fed(project: &Project, arguments: &[&str], input: &str) -> Run {
    let mut command = project.command(arguments);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The sample with a unit and a period for its targets, and with brackets that are a sign.
fn project() -> Project {
    let project = Project::sample();
    let template = fs::read_to_string(root().join(format!("templates/{SAMPLE}.toml"))).unwrap();
    let own = "role = \"target\"\nunit = \"人\"\nperiod = \"令和元年度\"\n";
    let changed = template.replace("role = \"target\"\n", own) + "\n[notation]\nbrackets = \"negative\"\n";
    project.write(&format!("templates/{SAMPLE}.toml"), changed.as_bytes());
    project
}

#[test]
fn programs_get_one_answer_for_each_text() {
    let texts = r#"["10%以上削減（2013年度比）", "0人から15人へ", "6／9", "―", "H22 5人", "4億3,0000万円"]"#;
    let run = fed(&Project::sample(), &["read", "--format", "json", "--era", "heisei", "-"], texts);
    let answers: Value = serde_json::from_str(&run.stdout).unwrap();
    let meant = json!([
        [{ "q": "10", "unit": "％", "bound": "at_least", "change": "decrease", "reference": "FY2013" }],
        [{ "q": "15", "unit": "人", "from_q": "0", "from_unit": "人" }],
        [{ "q": "6", "of": "9" }],
        [],
        [{ "q": "5", "unit": "人" }],
        [{ "words": "4億3,0000万円" }],
    ]);
    let parts: Vec<&Value> = answers.as_array().unwrap().iter().map(|answer| &answer["parts"]).collect();
    assert_eq!(json!(parts), meant, "{}", run.stdout);
    assert_eq!(answers[3]["none"], true);
    assert_eq!(answers[4]["time"], "FY2010");
    let doubtful: Vec<bool> =
        (0..6).map(|at| answers[at]["findings"][0]["code"] == "value-doubtful").collect();
    assert_eq!(doubtful, [false, false, true, false, false, true]);
    assert_eq!(run.code, 1, "what is doubtful is told by the exit code");
}

#[test]
fn a_field_has_its_unit_and_period() {
    let project = project();
    let template = format!("templates/{SAMPLE}.toml");
    let call = ["read", "--format", "json", "--template", &template, "--field", "target", "-"];
    let run = fed(&project, &call, r#"["1,234", "5件（30年度）", "（12）"]"#);
    let answers: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(answers[0]["parts"], json!([{ "q": "1234", "unit": "人" }]), "{}", run.stdout);
    assert_eq!(answers[0]["time"], "FY2019");
    assert_eq!(answers[1]["parts"], json!([{ "q": "5", "unit": "件" }]));
    assert_eq!(answers[1]["time"], "FY2018");
    assert_eq!(answers[2]["parts"], json!([{ "q": "-12", "unit": "人" }]));
    let wrong = project.run(&["read", "--template", &template, "--field", "reason", "5"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("`reason` is no field of values"), "{}", wrong.stderr);
}

#[test]
fn people_see_what_each_piece_is() {
    let run =
        Project::sample().run(&["read", "--lang", "ja", "--era", "heisei", "延べ1,200人以上（31年度）"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    for said in ["1,200（数）", "人（単位）", "以上（限度）", "2019年度"] {
        assert!(run.stdout.contains(said), "{said} is missing in {}", run.stdout);
    }
}
