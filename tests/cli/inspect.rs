//! `kaitei inspect`: what it shows of files, and that what it suggests reads the same.

use crate::project::{self, Project, SAMPLE};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const FILE: &str = "input/meguro-2020/01_子育て支援部.xlsx";

#[test]
fn the_text_shows_columns_rows_values_and_findings() {
    let project = Project::sample();
    let run = project.run(&["inspect", "--lang", "ja", FILE]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for said in [
        "01_子育て支援部.xlsx（文書 meguro-2020）\n",
        "シート「調査票」\n  表1（見出しの行 4-5）\n    A   基本目標",
        "    G   令和2（2020）年度の取扱 / ＫＰＩの設定        → 取扱い（disposition）\n",
        "  記入のある行 15 = 表の前 2 + 見出し 2 + 一覧の行 11\n",
        "    16  一覧の行    №21 子ども教室事業実施小学校区数\n",
        "        現状値        13 校 [2015年度]                        ← 13校 （27年度）\n",
        "        目標値        「拡充」 [2019年度]                     ← 拡充 （31年度）\n",
        "  要確認[measure-changed] H13\n",
        "  要確認[sheet-without-table]\n",
    ] {
        assert!(run.stdout.contains(said), "{said}:\n{}", run.stdout);
    }
    let english = project.run(&["inspect", "input/meguro-2020/03_都市整備部.ods"]).stdout;
    for said in
        ["Sheet `都市整備部`\n", "→ project_no\n", "baseline      1.80 ㎡ [2016-01]", "[fiscal year 2018]"]
    {
        assert!(english.contains(said), "{said}:\n{english}");
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let project = Project::sample();
    assert!(!project.run(&["inspect", FILE]).stdout.contains('\u{1b}'));
    assert!(project.run(&["inspect", "--color", "always", FILE]).stdout.contains("\u{1b}[1m"));
    for (variable, arguments, coloured) in [
        ("CLICOLOR_FORCE", vec!["inspect", FILE], true),
        ("CLICOLOR_FORCE", vec!["inspect", "--color", "never", FILE], false),
        ("NO_COLOR", vec!["inspect", FILE], false),
    ] {
        let output = project.command(&arguments).env(variable, "1").output().unwrap();
        assert_eq!(output.stdout.contains(&0x1b), coloured, "{variable} {arguments:?}");
    }
}

#[test]
fn cells_cannot_steer_the_terminal() {
    let project = Project::sample();
    project.add_input(
        "端末.csv",
        "\u{1b}[2J,\u{202e}x\n基本目標,施策,指標,№,現状値,目標,取扱,\u{7}\n".as_bytes(),
    );
    let run = project.run(&["inspect", "input/meguro-2020/端末.csv"]);
    assert!(run.stdout.contains("�[2J"), "{}", run.stdout);
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{:?}", run.stdout);
    let run = project.run(&["inspect", "--suggest", "input/meguro-2020/端末.csv"]);
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{:?}", run.stdout);
}

fn json(run: &project::Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}{}", run.stdout, run.stderr))
}

#[test]
fn json_has_the_same() {
    let project = Project::sample();
    let run = project.run(&["inspect", "--format", "json", FILE, "input/meguro-2020/04_産業経済部.csv"]);
    assert_eq!(run.code, 0);
    let files = json(&run);
    assert_eq!(files.as_array().unwrap().len(), 2);
    let (file, csv) = (&files[0], &files[1]);
    assert_eq!(
        (file["file"].as_str(), file["document"].as_str()),
        (Some("01_子育て支援部.xlsx"), Some(SAMPLE))
    );
    let sheet = &file["sheets"][0];
    assert_eq!((sheet["name"].as_str(), sheet["hidden"].as_bool()), (Some("調査票"), Some(false)));
    let table = &sheet["tables"][0];
    assert_eq!(table["header_rows"], serde_json::json!([4, 5]));
    let column = serde_json::json!({
        "column": "G", "label": null, "heading": "令和2（2020）年度の取扱 / ＫＰＩの設定", "use": "field",
        "field": "disposition", "choice": null, "rival": null
    });
    assert_eq!(table["columns"][6], column);
    let rows = sheet["rows"].as_array().unwrap();
    assert_eq!(sheet["rows_seen"], rows.len());
    let counts: u64 = sheet["counts"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(counts, rows.len() as u64);
    let row = rows.iter().find(|row| row["row"] == 16).unwrap();
    assert_eq!(row["kind"], "indicator");
    assert_eq!(row["values"]["fields"]["baseline"]["parts"][0]["quantity"]["value"], "13");
    assert_eq!(row["values"]["fields"]["baseline"]["time"]["fiscal_year"], 2015);
    assert_eq!(rows[0]["values"], Value::Null);
    assert!(file["findings"].as_array().unwrap().iter().any(|d| d["origin"]["cell"] == "H13"));
    assert_eq!(csv["sheets"][0]["name"], Value::Null);
}

#[test]
fn a_form_that_is_no_table_is_shown_by_the_cells_of_its_labels() {
    let project = Project::sample();
    let form = "基本目標,１　子育て,１　子育て\n施策,１　支援,１　支援\n指標名,相談の件数,講座の回数\n事業番号,1,2\n現状値,3件,4回\n\
                目標値,5件,6回\n取扱い,維持,維持\n";
    project.add_input("縦横.csv", form.as_bytes());
    let run = project.run(&["inspect", "--format", "json", "input/meguro-2020/縦横.csv"]);
    let sheet = &json(&run)[0]["sheets"][0];
    let table = &sheet["tables"][0];
    assert_eq!(table["header_rows"], serde_json::json!([1, 2, 3, 4, 5, 6, 7]));
    assert_eq!(
        (&table["columns"][2]["label"], &table["columns"][2]["field"]),
        (&"A3".into(), &"indicator".into())
    );
    let shown = sheet["rows"].as_array().unwrap().iter().filter(|row| !row["values"].is_null()).count();
    assert_eq!((shown, &sheet["counts"]["indicator"]), (2, &2.into()));
    let text = project.run(&["inspect", "--lang", "en", "input/meguro-2020/縦横.csv"]).stdout;
    assert!(text.contains("Form 1 (cells of labels)") && text.contains("A3"), "{text}");
    let suggested = project.run(&["inspect", "--suggest", "input/meguro-2020/縦横.csv"]).stdout;
    assert!(!suggested.contains("[[sheets]]\nfile"), "{suggested}");
}

#[test]
fn a_page_shows_the_sheets_as_they_look() {
    let project = Project::sample();
    let run = project.run(&["inspect", "--lang", "ja", "--html", "page.html", FILE]);
    assert!(run.code == 0 && run.stdout.is_empty(), "{}{}", run.stdout, run.stderr);
    let page = fs::read_to_string(project.path().join("page.html")).unwrap();
    for said in [
        // A merged title, a heading with its shade, a record with its number, a finding in its cell.
        "colspan=\"8\"",
        ".fddebf7{background-color:#ddebf7;color:#1c2430}",
        "<b>記</b> 目標値 №11</span>",
        "<a href=\"#cell-0-0-H13\">H13</a>",
        "id=\"cell-0-0-H13\"",
    ] {
        assert!(page.contains(said), "{said}");
    }
    project.add_input("無表.csv", "ただの文\n".as_bytes());
    assert_eq!(project.run(&["inspect", "--html", "page.html", "input/meguro-2020/無表.csv"]).code, 1);
    assert_eq!(project.run(&["inspect", "--html", "none/page.html", FILE]).code, 3);
    assert_eq!(project.run(&["inspect", "--html", "page.html", "--suggest", FILE]).code, 2);
}

#[test]
fn the_template_is_that_of_the_folder_or_the_one_that_is_named() {
    let project = Project::sample();
    let bytes = fs::read(project.path().join(FILE)).unwrap();
    project.write("elsewhere/a.xlsx", &bytes);
    // The only template; it is read alone.
    assert_eq!(project.run(&["inspect", "elsewhere/a.xlsx"]).code, 0);
    project
        .write("templates/other.toml", &fs::read(project.path().join("templates/meguro-2020.toml")).unwrap());
    assert_eq!(project.run(&["inspect", FILE]).code, 0);
    let unclear = project.run(&["inspect", "elsewhere/a.xlsx"]);
    assert_eq!(unclear.code, 2);
    assert!(unclear.stderr.contains("--document: meguro-2020, other"), "{}", unclear.stderr);
    let named = project.run(&["inspect", "--document", "other", "elsewhere/a.xlsx"]);
    assert!(named.code == 0 && named.stdout.contains("document other"), "{}", named.stdout);
    let slip = project.run(&["inspect", "--document", "meguro-2002", FILE]);
    assert!(slip.code == 2 && slip.stderr.contains("did you mean `meguro-2020`?"), "{}", slip.stderr);
    // Outside any project.
    let empty = tempfile::tempdir().unwrap();
    fs::write(empty.path().join("a.xlsx"), &bytes).unwrap();
    let lost = project::run_in(empty.path(), &["inspect", "a.xlsx"]);
    assert!(lost.code == 2 && lost.stderr.contains("--template"), "{}", lost.stderr);
    let template = project.path().join("templates/other.toml");
    let found =
        project::run_in(empty.path(), &["inspect", "a.xlsx", "--template", template.to_str().unwrap()]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert_eq!(project.run(&["inspect", "input/meguro-2020/none.xlsx"]).code, 3);
}

#[test]
fn errors_in_the_data_are_told_by_the_exit_code() {
    let project = Project::sample();
    project.add_input("無表.csv", "ただの文\n".as_bytes());
    let run = project.run(&["inspect", "input/meguro-2020/無表.csv"]);
    assert!(run.code == 1 && run.stdout.contains("error[file-without-table]"), "{}", run.stdout);
    project.add_input("空.xlsx", b"");
    let run = project.run(&["inspect", "--suggest", "input/meguro-2020/空.xlsx"]);
    assert!(run.code == 1 && run.stdout.is_empty() && run.stderr.contains("file-empty"), "{}", run.stderr);
}

/// Rows, tally and accounts of a document as its JSON edition has them.
fn built(project: &Project) -> Value {
    // Without the last list, whose forms may have had other names.
    drop(fs::remove_dir_all(project.path().join("output")));
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let edition: Value = serde_json::from_slice(&project.output(&format!("{SAMPLE}.json"))).unwrap();
    edition["rows"].clone()
}

fn suggested(project: &Project, files: &[String]) -> String {
    let mut arguments = vec!["inspect", "--suggest"];
    arguments.extend(files.iter().map(String::as_str));
    let run = project.run(&arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn assert_round_trip(project: &Project) {
    let before = built(project);
    let inputs = fs::read_dir(project.path().join("input").join(SAMPLE)).unwrap();
    let paths = inputs.map(|entry| entry.unwrap().path()).filter(|path| path.extension().unwrap() != "txt");
    let names = paths.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    let files: Vec<String> = names.map(|name| format!("input/{SAMPLE}/{name}")).collect();
    let template = format!("templates/{SAMPLE}.toml");
    let mut text = fs::read_to_string(project.path().join(&template)).unwrap();
    text.push_str(&suggested(project, &files));
    project.write(&template, text.as_bytes());
    assert_eq!(built(project), before, "{text}");
    let run = project.run(&["inspect", "--format", "json", &files[0]]);
    assert_eq!(json(&run)[0]["sheets"][0]["tables"][0]["by_hand"], true);
}

#[test]
fn what_is_suggested_reads_the_same() {
    assert_round_trip(&Project::sample());
    assert_round_trip(&Project::of("kakuu-2025"));
}

/// The same for forms that are no tables: one turned, cards.
#[test]
fn what_is_suggested_of_other_shapes_reads_the_same() {
    let project = Project::sample();
    let template = format!("templates/{SAMPLE}.toml");
    let text = fs::read_to_string(project.path().join(&template)).unwrap();
    project.write(&template, text.replace("expect = ", "# expect = ").as_bytes());
    let labels = ["基本目標", "施策", "指標名", "事業番号", "現状値", "目標値", "取扱い"];
    let records = [
        ["１　子育て", "１　支援", "相談の件数", "901", "3件", "5件", "1.維持"],
        ["１　子育て", "１　支援", "講座の回数", "902", "4回", "6回", "1.維持"],
    ];
    let turned =
        (0..labels.len()).map(|at| format!("{},{},{}\n", labels[at], records[0][at], records[1][at]));
    project.add_input("縦横.csv", turned.collect::<String>().as_bytes());
    let card = |record: &[&str; 7]| -> String {
        let lines =
            labels.iter().zip(record).map(|(label, said)| format!("{label},{}", said.replace('件', "人")));
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    let cards: Vec<String> = records.iter().map(|record| card(record).replace("の", "別の")).collect();
    project.add_input("カード.csv", cards.join("\n").as_bytes());
    let run = suggested(&project, &["input/meguro-2020/カード.csv".to_owned()]);
    assert!(
        run.contains("shape = \"labels\"")
            && run.contains("{ label = \"取扱い\", field = \"disposition\" },"),
        "{run}"
    );
    assert_round_trip(&project);
}

/// The folders of `tests/many_hands`.
fn many_hands() -> Vec<PathBuf> {
    let entries = fs::read_dir(project::root().join("tests/many_hands")).unwrap();
    let folders: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    assert_eq!(folders.len(), 16);
    folders
}

/// The same for departmental versions of the list in many hands.
#[test]
fn what_is_suggested_reads_the_same_in_many_hands() {
    for folder in many_hands() {
        let project = Project::sample();
        fs::remove_dir_all(project.path().join("input")).unwrap();
        // Other departments than the sample's sent these.
        let template = format!("templates/{SAMPLE}.toml");
        let text = fs::read_to_string(project.path().join(&template)).unwrap();
        project.write(&template, text.replace("expect = ", "# expect = ").as_bytes());
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            project.add_input(&path.file_name().unwrap().to_string_lossy(), &fs::read(&path).unwrap());
        }
        assert_round_trip(&project);
    }
}

#[test]
fn a_stubborn_sheet_is_guessed_and_read_by_hand() {
    let project = Project::sample();
    let form = "調査\nめあて,柱,KPI,数,今,目標値,どうする\n１　あ,１　い,う数,1,－,3件,維持\n";
    project.add_input("頑固.csv", form.as_bytes());
    assert_eq!(project.run(&["build"]).code, 1);
    let guess = suggested(&project, &["input/meguro-2020/頑固.csv".to_owned()]);
    for said in [
        "# 頑固.csv\n# no header was found",
        "{ label = \"KPI\", field = \"indicator\" },",
        "{ label = \"どうする\" }, # not read; add field",
        "# fields without a label: ",
    ] {
        assert!(guess.contains(said), "{said}: {guess}");
    }
    let template = format!("templates/{SAMPLE}.toml");
    let own = fs::read_to_string(project.path().join(&template)).unwrap();
    let paste = |mapping: &str| project.write(&template, format!("{own}{mapping}").as_bytes());
    paste(&guess);
    // Known, but not whole.
    let run = project.run(&["check"]);
    assert!(run.code == 1 && run.stdout.contains("column-missing"), "{}", run.stdout);
    let fields = [
        ("めあて", "goal"),
        ("柱", "policy"),
        ("数", "project_no"),
        ("今", "baseline"),
        ("どうする", "disposition"),
    ];
    let corrected = fields.iter().fold(guess, |text, (label, key)| {
        text.replace(
            &format!("label = \"{label}\" }}"),
            &format!("label = \"{label}\", field = \"{key}\" }}"),
        )
    });
    paste(&corrected);
    assert_eq!(built(&project).as_array().unwrap().len(), 40);
    let seen = project.run(&["inspect", "input/meguro-2020/頑固.csv"]).stdout;
    assert!(seen.contains("(header rows 2, by the template)"), "{seen}");
    paste("[[sheets]]\nfile = \"頑固*\"\nskip = true\n");
    assert_eq!(built(&project).as_array().unwrap().len(), 39);
}
