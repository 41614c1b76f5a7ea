//! The page read back: it says what the table says, its parts know each other, and no text becomes markup.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod page;
mod palette;

use base64::Engine as _;
use kaitei::emit::Artifact;
use kaitei::model::Table;
use page::{Case, Element, inside};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

fn cases() -> Vec<Case> {
    vec![
        Case::of_repository("meguro-2020"),
        Case::of_repository("kakuu-2025"),
        Case::of_markup(|template| template),
        // Marks, lines around the table, another language.
        Case::of_markup(|template| {
            let page = "[page]\nmark_revised = \"underline\"\nheader = { left = '</style>{title}', right = '{page}' }";
            let document =
                "language = \"en\"\nsubtitle = ['<b>案']\nbyline = ['&']\nnotes = ['<hr>']\ndate =";
            template.replace("[page]", page).replacen("date =", document, 1)
        }),
        // Columns of labels alone become a table of them.
        Case::of_markup(|template| {
            let columns = template.find("[[columns]]").unwrap();
            let end = template.find("title = \"重要業績評価指標").unwrap();
            let end = template[..end].rfind("[[columns]]").unwrap();
            let tally = template.find("[tally]").unwrap();
            format!("{}{}{}", &template[..columns], &template[columns..end], &template[tally..])
        }),
    ]
}

/// The rows of the list: headings of groups as `= text`, other rows as their cells.
fn shown_rows(elements: &[Element]) -> Vec<Vec<&Element>> {
    let mut rows: Vec<Vec<&Element>> = Vec::new();
    let list = elements.iter().skip_while(|element| element.get("id") != "list");
    for element in list.take_while(|element| element.name != "footer") {
        match element.name.as_str() {
            "tr" => rows.push(vec![element]),
            "th" | "td" => rows.last_mut().unwrap().push(element),
            _ => {}
        }
    }
    rows
}

/// The paragraphs of a cell as the page breaks them.
fn text_of(table: &Table, row: usize, col: usize) -> String {
    let content = &table.rows[row].cells[col].content;
    match content.paragraphs.split_last() {
        Some((last, before)) if content.join_last => format!("{}{last}", before.join("\n")),
        _ => content.paragraphs.join("\n"),
    }
}

#[test]
fn the_page_says_what_the_table_says() {
    for Case { document, html, cms, template, list } in cases() {
        let elements = Case { document: document.clone(), html, cms, template, list }.elements();
        let table = &document.table;
        let mut rows = shown_rows(&elements)
            .into_iter()
            .filter(|row| row[0].has_class("kpi") || row[0].has_class("group"));
        let is_cell = |col: &usize| table.columns[*col].level.is_none();
        let cells: Vec<usize> = (0..table.columns.len()).filter(is_cell).collect();
        let labels: Vec<usize> = (0..table.columns.len()).filter(|col| !is_cell(col)).collect();
        let (labels, cells) = if cells.is_empty() { (cells, labels) } else { (labels, cells) };
        for row in 0..table.rows.len() {
            for &col in labels.iter().filter(|&&col| table.span(row, col).start == row) {
                let heading = rows.next().unwrap();
                let text = &heading[1].text;
                assert!(text.ends_with(&text_of(table, row, col)), "{text}");
            }
            let shown: Vec<String> = rows.next().unwrap()[1..].iter().map(|cell| cell.text.clone()).collect();
            let expected: Vec<String> = cells.iter().map(|&col| text_of(table, row, col)).collect();
            assert_eq!(shown, expected, "row {row}");
        }
        assert!(rows.next().is_none());
        let said: String = elements[0].text.split_whitespace().collect();
        let around = table.header.iter().flat_map(|cell| &cell.content.paragraphs);
        let tally = table.tally.iter().flat_map(|tally| tally.lines.iter().chain([&tally.total]));
        let tally: Vec<String> = tally.map(|(label, count)| format!("{label}{count}")).collect();
        for text in [&document.title]
            .into_iter()
            .chain(&document.subtitle)
            .chain(&document.byline)
            .chain(&document.notes)
            .chain(around)
            .chain(&tally)
        {
            assert!(said.contains(&text.split_whitespace().collect::<String>()), "{text}");
        }
    }
}

/// Every cell names its column's headings, its row's, and those of its groups.
#[test]
fn cells_know_their_headers() {
    for case in cases() {
        let elements = case.elements();
        let by_id = |id: &str| elements.iter().find(|element| element.get("id") == id);
        let mut groups: Vec<&str> = Vec::new();
        for row in shown_rows(&elements) {
            if row[0].has_class("group") {
                groups.truncate(row[0].get("data-depth").parse().unwrap());
                groups.push(row[1].get("id"));
            }
            if !row[0].has_class("kpi") {
                continue;
            }
            let names: Vec<&str> =
                row[1..].iter().filter(|cell| cell.name == "th").map(|cell| cell.get("id")).collect();
            for cell in &row[1..] {
                let headers: Vec<&str> = cell.get("headers").split_whitespace().collect();
                let (columns, others): (Vec<&str>, Vec<&str>) =
                    headers.iter().partition(|id| by_id(id).unwrap().get("scope").starts_with("col"));
                assert!(!columns.is_empty());
                let expected =
                    if cell.name == "th" { groups.clone() } else { [&names[..], &groups].concat() };
                assert_eq!(others, expected);
            }
        }
    }
}

/// The text for other pages: every cell in a bare table.
#[test]
fn a_bare_table_says_what_the_list_says() {
    for case in cases() {
        let page = &case.cms;
        for part in ["<script", "<style", "style=", "class=", "<link", "<img"] {
            assert!(!page.contains(part), "{part}");
        }
        assert_eq!(page.matches("<table>").count(), 1);
        let table = &case.document.table;
        let elements = page::elements(page);
        let cells =
            elements.iter().skip_while(|e| e.name != "tbody").filter(|e| e.name == "td" || e.name == "th");
        let mut cells = cells.map(|cell| cell.text.clone());
        for (at, row) in table.rows.iter().enumerate() {
            for col in (0..row.cells.len()).filter(|&col| table.row_spans(col)[at] > 0) {
                assert_eq!(cells.next(), Some(row.cells[col].content.paragraphs.join("\n")));
            }
        }
        assert_eq!(cells.next(), None);
    }
    let page = Case::of_repository("meguro-2020").cms;
    assert!(
        page.contains(
            "一覧」の全39件を、次の表に示します。同じ内容のファイル（XLSX形式、PDF形式）もあります。"
        ),
        "{}",
        &page[..900]
    );
}

#[test]
fn names_are_unique_and_links_lead_somewhere() {
    for case in cases() {
        let elements = case.elements();
        let ids: Vec<&str> =
            elements.iter().map(|element| element.get("id")).filter(|id| !id.is_empty()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        let files: Vec<String> =
            Artifact::ALL.iter().map(|format| format.file_name(&case.template.id)).collect();
        for link in elements.iter().filter(|element| element.name == "a") {
            let target = link.get("href");
            let known = if link.get("rel") == "license" {
                case.template.open_data.licence.as_ref().is_some_and(|licence| licence.url == target)
            } else if let Some(id) = target.strip_prefix('#') {
                unique.contains(id)
            } else {
                let decoded = percent_encoding::percent_decode_str(target).decode_utf8().unwrap();
                files.iter().any(|file| *file == decoded)
            };
            assert!(known, "{target}");
        }
        for label in elements.iter().flat_map(|e| [e.get("for"), e.get("aria-labelledby")]) {
            assert!(label.is_empty() || unique.contains(label), "{label}");
        }
        for choice in elements.iter().filter(|e| e.name == "option" && !e.get("value").is_empty()) {
            let belongs =
                |row: &&Element| row.get("data-in").split(' ').any(|key| key == choice.get("value"));
            assert!(elements.iter().any(|row| belongs(&row)), "{}", choice.text);
        }
    }
}

/// What others may do with the data, where the template says it.
#[test]
fn the_licence_is_named_at_the_foot() {
    let licence = |case: &Case| {
        let elements = case.elements();
        let links = elements.iter().filter(|element| element.get("rel") == "license");
        links.map(|link| (link.text.clone(), link.get("href").to_owned())).collect::<Vec<_>>()
    };
    let named = |licence: &'static str| {
        Case::of_markup(move |template| template.replace("licence = \"CC-BY-4.0\"", licence))
    };
    let own = named("licence = { name = '<b>', title = '独自&', url = 'https://example.jp/?a=1&b=\"' }");
    assert_eq!(licence(&own), [("独自& (<b>)".to_owned(), "https://example.jp/?a=1&b=\"".to_owned())]);
    assert_eq!(licence(&named("")), []);
    let [(text, href)] = &licence(&Case::of_repository("meguro-2020"))[..] else { panic!("one licence") };
    assert!(text.ends_with("4.0 国際 (CC-BY-4.0)") && href.starts_with("https://"), "{text} {href}");
}

#[test]
fn references_lead_to_the_row_with_their_number() {
    let check = |case: &Case, expected: &[(&str, &str)]| {
        let elements = case.elements();
        let rows = shown_rows(&elements);
        let links = elements.iter().filter(|element| element.get("href").starts_with("#kpi-"));
        let named = |link: &Element| {
            let target = rows.iter().find(|row| row[0].get("id") == &link.get("href")[1..]).unwrap();
            target.iter().find(|cell| cell.name == "th").unwrap().text.clone()
        };
        let links: Vec<(String, String)> = links.map(|link| (link.text.clone(), named(link))).collect();
        let links: Vec<(&str, &str)> = links.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(links, expected);
    };
    check(&Case::of_repository("meguro-2020"), &[("№15", "認可保育所数")]);
    let (second, third) = ("</script><style>*{display:none}</style>", "<!-- 注 --> ]]> &copy; &#0;");
    // №1 is the row's own number, №99 is nowhere.
    check(
        &Case::of_markup(|template| template),
        &[("№2", second), ("No.3", third), ("No. 2", second), ("№2", second)],
    );
}

/// Where both targets have a figure of one measure, bars show them.
#[test]
fn changed_targets_are_pictured() {
    let figures = |case: &Case| {
        let elements = case.elements();
        elements.iter().filter(|e| e.has_class("figure")).map(|e| e.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        figures(&Case::of_markup(|template| template)),
        [
            "変更前：60％以上",
            "変更後：55％以上",
            "変更前：4か所",
            "変更後：0か所",
            "変更前：80人",
            "変更後：90人",
            "変更前：1,253件",
            "変更後：1,999件"
        ]
    );
    // A voice rests between them.
    let html = Case::of_repository("meguro-2020").html;
    assert!(html.contains("<span class=\"unseen\">（</span>変更前：2園<span class=\"unseen\">、</span>"));
    assert!(html.contains("変更後：3園<span class=\"unseen\">）</span>"));
    // Another measure (認可保育所数) has none.
    let shown = figures(&Case::of_repository("meguro-2020"));
    assert_eq!(shown[..4], ["変更前：2園", "変更後：3園", "変更前：1か所", "変更後：2か所"]);
}

#[test]
fn no_text_becomes_markup() {
    for case in cases() {
        for (tag, times) in
            [("<script", 1), ("<style", 1), ("<img", 0), ("<b>", 0), ("<hr", 0), ("<i>", 0), ("<!--", 0)]
        {
            assert_eq!(case.html.matches(tag).count(), times, "{tag}");
        }
        for attribute in case.elements().iter().flat_map(|element| &element.attributes) {
            let (name, value) = attribute;
            assert!(!name.starts_with("on") && name != "style", "{name}");
            assert!(!value.starts_with("javascript:"), "{value}");
        }
    }
}

/// The policy admits this style and this script and nothing else.
#[test]
fn the_policy_names_what_is_there() {
    for case in cases() {
        let elements = case.elements();
        let policy = elements.iter().find(|e| e.get("http-equiv") == "Content-Security-Policy").unwrap();
        let hash = |name| {
            let digest = Sha256::digest(inside(&case.html, name));
            base64::engine::general_purpose::STANDARD.encode(digest)
        };
        let expected = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            hash("style"),
            hash("script")
        );
        assert_eq!(policy.get("content"), expected);
        // Nothing is fetched.
        for word in ["url(", "@import", "src=", "http:", "https:"] {
            assert!(!inside(&case.html, "style").contains(word), "{word}");
        }
        assert!(!elements.iter().any(|e| ["link", "img", "iframe"].contains(&e.name.as_str())));
    }
}

#[test]
fn the_same_list_is_the_same_page() {
    for (one, other) in cases().iter().zip(cases()) {
        assert!(one.html == other.html);
    }
    // A row keeps its name when others come and go.
    let html = Case::of_repository("meguro-2020").html;
    assert!(html.contains(r#"id="kpi-"#));
}
