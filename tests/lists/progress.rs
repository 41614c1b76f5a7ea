//! The rules for progress and grades that the documentation shows: every grade in its table is what its rule gives.

use super::said;
use std::fs;

/// The blocks of TOML of a page, and the rows of its last table.
fn parts(page: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned());
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.matches('|').count() == 16);
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    (blocks.collect(), rows.map(cells).collect())
}

#[test]
fn the_rules_in_the_documentation_give_its_grades() {
    let mut pages = Vec::new();
    for page in ["docs/progress.md", "docs/ja/progress.md"] {
        let text = fs::read_to_string(format!("{}/{page}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (blocks, rows) = parts(&text);
        assert_eq!((blocks.len(), rows.len()), (8, 15), "{page}");
        for (rule, block) in blocks[1..].iter().enumerate() {
            let template = format!("{}{block}", blocks[0]);
            // What departments chose is on the forms of the rule alone that is about it.
            let columns = if block.contains(&rows[0][7]) { 8 } else { 7 };
            let lines: Vec<String> = rows.iter().map(|row| row[..columns].join(",")).collect();
            let csv = format!("{}\n", lines.join("\n"));
            let (grades, _) = said(&template, &csv, "grade");
            let expected: Vec<&str> = rows[1..].iter().map(|row| row[8 + rule].as_str()).collect();
            assert_eq!(grades, expected, "{page}, rule {}", rule + 1);
        }
        pages.push((blocks, rows));
    }
    assert_eq!(pages[0], pages[1]);
}
