//! Controls over options: option buttons and check boxes of every kind choose, or are said.

use super::{form, judged};
use std::io::Cursor;

/// An option button of VML in the disposition's cell.
fn option(number: u32, left: u32, caption: &str, checked: bool) -> String {
    let checked = if checked { "<Checked>1</Checked>" } else { "" };
    format!(
        r#"<shape id="_x0000_s{number}"><textbox><div>{caption}<br></div></textbox><ClientData ObjectType="Radio"><Anchor>6, {left}, 1, 2, 6, {}, 1, 20</Anchor>{checked}</ClientData></shape>"#,
        left + 15
    )
}

#[test]
fn option_buttons_choose_by_their_captions_or_their_order() {
    let drawn = |captions: [&str; 3]| {
        let options: String =
            (0..3).map(|at| option(at + 1, at * 20, captions[at as usize], at == 0)).collect();
        format!("<xml>{options}</xml>")
    };
    let tail = r#"<legacyDrawing r:id="r0"/>"#;
    let vml = "drawings/vmlDrawing1.vml";
    let captions = drawn(["維持", "修正", "削除"]);
    let found = judged(form("", tail, None, &[(vml, &captions)]));
    assert_eq!(found, (vec!["12 1".to_owned()], Vec::new()));
    let bare = drawn(["", "", ""]);
    let found = judged(form("1.維持 2.修正 3.削除", tail, None, &[(vml, &bare)]));
    assert_eq!(found, (vec!["12 1".to_owned()], Vec::new()));
    // Two options for three buttons: nobody knows which is which.
    let found = judged(form("1.維持 2.修正", tail, None, &[(vml, &bare)])).1;
    assert_eq!(found, ["object-left-out G2", "choice-ambiguous G2"]);
    // What the control's own part says is right.
    let controls = r#"<legacyDrawing r:id="r0"/><controls><control shapeId="3" r:id="r1"/><control shapeId="1" r:id="r2"/></controls>"#;
    let parts = [
        (vml, captions.as_str()),
        ("ctrlProps/ctrlProp1.xml", r#"<formControlPr objectType="Radio" checked="Checked"/>"#),
        ("ctrlProps/ctrlProp2.xml", r#"<formControlPr objectType="Radio"/>"#),
    ];
    let (rows, found) = judged(form("", controls, None, &parts));
    assert_eq!((rows, found), (vec!["12 3".to_owned()], vec!["reason-missing G2".to_owned()]));
}

/// Controls of `ActiveX` are pictures in the drawing; what they are and whether they are chosen is said by their own parts.
#[test]
fn active_controls_choose_as_others_do() {
    let classes =
        ["{8BD21D50", "{8BD21D40", "{8BD21D10"].map(|start| format!("{start}-EC42-11CE-9E0D-00AA006002F3}}"));
    let part = |class: &str, caption: &str, value: &str| {
        let property =
            |name: &str, value: &str| format!(r#"<ax:ocxPr ax:name="{name}" ax:value="{value}"/>"#);
        let properties = property("Caption", caption) + &property("Value", value);
        format!(r#"<ax:ocx ax:classid="{class}" ax:persistence="persistPropertyBag">{properties}</ax:ocx>"#)
    };
    let shape = |number: u32| {
        let left = 20 * number;
        format!(
            r#"<shape id="_x0000_s{number}"><ClientData ObjectType="Pict"><Anchor>6, {left}, 1, 2, 6, {}, 1, 20</Anchor></ClientData></shape>"#,
            left + 15
        )
    };
    let vml = format!("<xml>{}</xml>", (1..=3).map(shape).collect::<String>());
    let control = |number: u32| {
        format!(
            r#"<control shapeId="{number}" r:id="r{number}"><controlPr linkedCell="$Z${number}"/></control>"#
        )
    };
    let tail = format!(
        r#"<legacyDrawing r:id="r0"/><controls>{}</controls>"#,
        (1..=3).map(control).collect::<String>()
    );
    let check = |class: &str, cell: &str, values: [&str; 3]| {
        let parts: Vec<String> = ["維持", "修正", "削除"]
            .iter()
            .zip(values)
            .map(|(caption, value)| part(class, if cell.is_empty() { caption } else { "" }, value))
            .collect();
        let names = ["activeX/activeX1.xml", "activeX/activeX2.xml", "activeX/activeX3.xml"];
        let mut all = vec![("drawings/vmlDrawing1.vml", vml.as_str())];
        all.extend(names.iter().copied().zip(parts.iter().map(String::as_str)));
        judged(form(cell, &tail, None, &all))
    };
    let chosen = |number: u32| vec![format!("12 {number}")];
    for class in &classes[..2] {
        assert_eq!(check(class, "", ["1", "0", "0"]), (chosen(1), vec![]), "{class}");
        assert_eq!(check(class, "1.維持 2.修正 3.削除", ["1", "0", "0"]), (chosen(1), vec![]), "{class}");
        assert_eq!(check(class, "", ["0", "0", "1"]).0, chosen(3), "{class}");
    }
    // A state that is not known, and a field: nobody knows what they say.
    let (rows, found) = check(&classes[1], "", ["", "0", "0"]);
    assert_eq!((rows[0].as_str(), found[0].as_str()), ("12 -", "object-left-out G2"), "{found:?}");
    let (rows, found) = check(&classes[2], "1.維持", ["", "", ""]);
    assert_eq!((rows, found), (chosen(1), vec!["object-left-out G2".to_owned(); 3]));
}

/// Excel's check boxes in cells are looks of TRUE and FALSE.
#[test]
fn check_boxes_in_cells_are_marks() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let header = [
        "基本目標",
        "施策",
        "重要業績評価指標（ＫＰＩ）",
        "該当事業№",
        "現状値",
        "目標値",
        "維持",
        "修正",
        "削除",
    ];
    let data = ["1　まち", "1　子育て", "施設数", "12", "3施設（27年度）", "5施設（31年度）"];
    for (row, texts) in [(0, &header[..]), (1, &data)] {
        for (col, text) in (0..).zip(texts) {
            sheet.write(row, col, *text).unwrap();
        }
    }
    for (col, is_checked) in [(6, false), (7, false), (8, true)] {
        sheet.insert_checkbox(1, col, is_checked).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    assert!(archive.by_name("xl/featurePropertyBag/featurePropertyBag.xml").is_ok(), "as Excel writes it");
    let (rows, found) = judged(bytes);
    assert_eq!((rows, found), (vec!["12 3".to_owned()], vec!["reason-missing I2".to_owned()]));
}
