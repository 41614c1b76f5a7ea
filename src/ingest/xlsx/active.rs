//! `ActiveX` controls: what a control's own part says of it, as properties in XML or in a record of \[MS-OFORMS\].

use super::super::archive::Archive;
use super::super::compound::{u16_at, u32_at};
use super::super::package::relations;
use super::super::xml::{attribute, next, open};
use super::vml::Control;
use quick_xml::events::{BytesStart, Event};

/// The classes of controls, by how their identifiers begin, with what VML calls the same.
const CLASSES: [(&str, &str); 8] = [
    ("{8BD21D40", "Checkbox"),
    ("{8BD21D50", "Radio"),
    ("{978C9E23", "Label"),
    ("{D7053240", "Button"),
    ("{79176FB0", "Spin"),
    ("{DFD181E0", "Scroll"),
    ("{4C599241", "Pict"),
    ("{8BD21D20", "List"),
];
/// What VML calls a field, and any other class here: a control that holds something.
const FIELD: &str = "Edit";

/// Bytes of a class's identifier, which stands before the record.
const CLASS_BYTES: usize = 16;
/// Bytes that each property of a check box or an option button takes in its record (2.2.5), in their order; none for
/// those that stand behind the others or nowhere. The values of 22, 23 and 32 are texts, that of 8 is a size.
const PROPERTIES: [usize; 33] =
    [4, 4, 4, 4, 1, 1, 1, 1, 0, 2, 4, 2, 2, 2, 2, 2, 1, 1, 1, 0, 1, 1, 4, 4, 4, 4, 4, 2, 2, 2, 0, 0, 4];
const SIZE: usize = 8;
const VALUE: usize = 22;
const CAPTION: usize = 23;
/// Of the length of a text: its characters are single bytes.
const IS_NARROW: u32 = 1 << 31;

/// What the part of a control says; `None` if it is damaged.
pub(super) fn control(archive: &mut Archive<'_>, part: &str) -> Option<Control> {
    let text = archive.text(part)?;
    let mut xml = open(&text);
    let (mut object, mut binary) = (None, None);
    let (mut value, mut caption) = (String::new(), String::new());
    loop {
        match next(&mut xml).ok()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "ocx" => {
                    let class = named(&e, "classid")?.to_ascii_uppercase();
                    let known = CLASSES.iter().find(|(start, _)| class.starts_with(start));
                    object = Some(known.map_or(FIELD, |(_, object)| object));
                    binary = named(&e, "id");
                }
                "ocxPr" => match (named(&e, "name")?.as_str(), named(&e, "value")) {
                    ("Value", Some(said)) => value = said,
                    ("Caption", Some(said)) => caption = said,
                    _ => {}
                },
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let object = object?;
    if let Some(id) = binary {
        let target = relations(archive, part).into_iter().find(|relation| relation.id == id)?.target;
        let bytes = archive.try_bytes(&target).ok()??;
        if matches!(object, "Checkbox" | "Radio") {
            (value, caption) = bytes.get(CLASS_BYTES..).and_then(record).unwrap_or_default();
        }
    }
    let checked = match value.as_str() {
        "0" | "False" => Some(false),
        "1" | "-1" | "True" => Some(true),
        _ => None,
    };
    Some(Control { object: object.to_owned(), checked, linked: None, caption })
}

/// An attribute by its name without a prefix.
fn named(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    attribute(element, found.key.as_ref())
}

/// Value and caption of a check box or an option button.
fn record(bytes: &[u8]) -> Option<(String, String)> {
    // Version, length, and a bit for each property that is stated.
    let [0, 2, _, _, mask @ ..] = bytes else { return None };
    let is_stated =
        |property: usize| mask.get(property / 8).is_some_and(|bits| bits >> (property % 8) & 1 == 1);
    let (mut at, mut value, mut caption) = (12_usize, 0, 0);
    for (property, len) in PROPERTIES.into_iter().enumerate().filter(|(property, _)| is_stated(*property)) {
        // Each begins where its length divides the place.
        at = at.next_multiple_of(len.max(1));
        match property {
            VALUE => value = u32_at(bytes, at)?,
            CAPTION => caption = u32_at(bytes, at)?,
            _ => {}
        }
        at += len;
    }
    at = at.next_multiple_of(4) + if is_stated(SIZE) { 8 } else { 0 };
    let mut text = |stated: u32| {
        let len = usize::try_from(stated & !IS_NARROW).ok()?;
        let units: Vec<u16> = if stated & IS_NARROW == 0 {
            (0..len / 2).map(|unit| u16_at(bytes, at + 2 * unit)).collect::<Option<_>>()?
        } else {
            bytes.get(at..at.checked_add(len)?)?.iter().copied().map(u16::from).collect()
        };
        at += len.next_multiple_of(4);
        Some(String::from_utf16_lossy(&units))
    };
    Some((text(value)?, text(caption)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Limits;
    use std::io::{Cursor, Write as _};
    use zip::write::SimpleFileOptions;

    /// A record that states flags, colours, style, size, value, caption and group.
    fn bytes(value: &str, caption: &str) -> Vec<u8> {
        let mask: u64 = [0, 1, 2, 6, 8, 18, 22, 23, 32].into_iter().fold(0, |mask, bit| mask | 1 << bit);
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let padded = |mut bytes: Vec<u8>| {
            bytes.resize(bytes.len().next_multiple_of(4), 0);
            bytes
        };
        let numbers = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let (said, group) = (wide(caption), b"G1");
        let narrow = |len: usize| u32::try_from(len).unwrap() | IS_NARROW;
        let data = [
            numbers(&[0x1B, 1, 2]),
            padded(vec![4, 0]),
            numbers(&[narrow(value.len()), u32::try_from(said.len()).unwrap(), narrow(group.len())]),
            numbers(&[2_000, 500]),
            padded(value.as_bytes().to_vec()),
            padded(said),
            padded(group.to_vec()),
        ]
        .concat();
        let len = u16::try_from(data.len() + 8).unwrap().to_le_bytes();
        [&[0x40; CLASS_BYTES][..], &[0, 2], &len, &mask.to_le_bytes(), &data].concat()
    }

    fn read(part: &str, bytes: &[u8]) -> Option<Control> {
        let rels = r#"<Relationships><Relationship Id="rId1" Type="x/activeXControlBinary" Target="activeX1.bin"/></Relationships>"#;
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [
            ("xl/activeX/activeX1.xml", part.as_bytes()),
            ("xl/activeX/_rels/activeX1.xml.rels", rels.as_bytes()),
            ("xl/activeX/activeX1.bin", bytes),
        ] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let file = zip.finish().unwrap().into_inner();
        control(&mut Archive::open(&file, &Limits::default()).unwrap(), "xl/activeX/activeX1.xml")
    }

    #[test]
    fn the_state_is_in_the_record() {
        let of = |class: &str| {
            format!(
                r#"<ax:ocx ax:classid="{class}" ax:persistence="persistStreamInit" r:id="rId1" xmlns:ax="a" xmlns:r="r"/>"#
            )
        };
        let check_box = of("{8BD21D40-EC42-11CE-9E0D-00AA006002F3}");
        for (value, checked) in [("1", Some(true)), ("0", Some(false)), ("", None)] {
            let found = read(&check_box, &bytes(value, "維持")).unwrap();
            assert_eq!(
                (found.object.as_str(), found.checked, found.caption.as_str()),
                ("Checkbox", checked, "維持")
            );
        }
        let found = read(&of("{8bd21d50-ec42-11ce-9e0d-00aa006002f3}"), &bytes("1", "")).unwrap();
        assert_eq!((found.object.as_str(), found.checked), ("Radio", Some(true)));
        // What is cut off or of another class says nothing.
        let whole = bytes("1", "維持");
        for len in 0..whole.len() - 4 {
            assert_eq!(read(&check_box, &whole[..len]).unwrap().checked, None, "{len}");
        }
        assert_eq!(read(&of("{8BD21D10-EC42-11CE-9E0D-00AA006002F3}"), &whole).unwrap().object, FIELD);
    }

    #[test]
    fn the_state_is_among_the_properties() {
        let part = r#"<ax:ocx ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}" ax:persistence="persistPropertyBag" xmlns:ax="a"><ax:ocxPr ax:name="Caption" ax:value="修正"/><ax:ocxPr ax:name="Value" ax:value="1"/></ax:ocx>"#;
        let found = read(part, b"").unwrap();
        assert_eq!((found.checked, found.caption.as_str()), (Some(true), "修正"));
        assert_eq!(read("<ax:ocx", b""), None);
    }
}
