//! A list of subsidies: money, one group, shares and days; no target, no disposition, no indicator.

use super::{codes, parts};
use kaitei::decisions::Decisions;
use kaitei::emit::{Artifact, Stamp};
use kaitei::font::Fonts;
use kaitei::pipeline::{Built, Past, Source, build};
use kaitei::template::Template;

fn built() -> (Built, Vec<String>) {
    let template = Template::parse("subsidies", include_str!("subsidies.toml")).unwrap();
    let sources = [Source::new("01_各課.csv", include_bytes!("subsidies.csv").to_vec())];
    let stamp = Stamp { seconds: 0 };
    let built =
        build(&sources, &template, &Decisions::default(), &Fonts::embedded(), stamp, None, &Past::default())
            .unwrap();
    let said = codes(&built.findings);
    (built.value, said)
}

fn bytes(built: &Built, artifact: Artifact) -> &[u8] {
    &built.formats.iter().find(|(it, _)| *it == artifact).unwrap().1
}

/// What the template does not allow is found; a day by its year in the base era is none of it.
#[test]
fn what_is_no_amount_and_no_day_is_found() {
    assert_eq!(built().1, ["content-unexpected D10", "content-unexpected F10"]);
}

#[test]
fn amounts_are_numbers_and_days_are_days() {
    let (built, _) = built();
    let mut reader = csv::Reader::from_reader(&bytes(&built, Artifact::Csv)["\u{feff}".len()..]);
    let names = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |name: &str| -> Vec<&str> {
        let at = names.iter().position(|it| it == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
        records.iter().map(|record| &record[at]).collect()
    };
    assert_eq!(
        of("granted_amount"),
        ["2480000", "4150000", "650000", "1836400", "3000000", "900000", "1200000", "5250000", "", "2700000"]
    );
    assert_eq!(of("paid_amount")[4..6], ["", "0"], "not settled, and nothing");
    assert_eq!(of("unspent_amount")[3..6], ["46350", "", "900000"]);
    assert_eq!(of("decided_date")[..3], ["2024-04-01", "2024-04-01", "2024-05-15"]);
    assert_eq!(of("ends_year")[..3], ["", "2027", "2026"]);
    let workbook = parts(bytes(&built, Artifact::Xlsx));
    let sheet = &workbook.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap().1;
    for cell in [
        "<v>2480000</v>",
        "<v>5250000</v>",
        "<f>D4-E4</f><v>0</v>",
        "<f>SUBTOTAL(9,D4:D6)</f><v>7280000</v>",
        "<f>SUBTOTAL(9,D4:D17)</f><v>22166400</v>",
    ] {
        assert!(sheet.contains(cell), "{cell}\n{sheet}");
    }
}

/// No format speaks of what other lists have, nor of what is withheld; the data call the records what they are.
#[test]
fn the_list_speaks_of_subsidies() {
    let (built, _) = built();
    for (artifact, bytes) in &built.formats {
        let text = match artifact {
            Artifact::Xlsx | Artifact::DataXlsx => parts(bytes).into_iter().map(|(_, text)| text).collect(),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        };
        for word in ["指標", "取扱", "indicator", "disposition", "内線", "2101"] {
            // What a row of a form is has its name in JSON, whatever the list.
            let is_name = *artifact == Artifact::Json && word == "indicator";
            assert!(is_name || !text.contains(word), "{word} in {artifact:?}");
        }
    }
    let package: serde_json::Value = serde_json::from_slice(bytes(&built, Artifact::Package)).unwrap();
    let list = &package["resources"][0];
    assert_eq!((&list["name"], &list["title"]), (&"records".into(), &"補助金の一覧".into()));
    assert_eq!(list["description"], "1件が一つの補助金");
}
