//! What the XML formats ask of quick-xml: the next event, an attribute, the text of a run.

use super::trouble::Refusal;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A part that is read from memory; every element has a start and an end, empty ones too.
pub(super) type Xml<'a> = quick_xml::Reader<&'a [u8]>;

/// Opens a part.
pub(super) fn open(text: &str) -> Xml<'_> {
    let mut xml = Xml::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    xml
}

/// The next event.
pub(super) fn next<'a>(xml: &mut Xml<'a>) -> Result<Event<'a>, Refusal> {
    xml.read_event().map_err(|e| damaged(&e))
}

/// Goes to the end of an element.
pub(super) fn skip(xml: &mut Xml<'_>, start: &BytesStart<'_>) -> Result<(), Refusal> {
    xml.read_to_end(start.name()).map(drop).map_err(|e| damaged(&e))
}

/// Whether an element has this name, its prefix included.
pub(super) fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.name().as_ref() == name
}

/// The value of an attribute, its prefix included.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Whether a Boolean value is on: all but `0` and `false` are.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false")
}

/// Appends the characters of an event, if it has any: text, or an entity of XML's own.
pub(super) fn push_text(out: &mut String, event: &Event<'_>) -> Result<(), Refusal> {
    match event {
        Event::Text(t) => out.push_str(&t.xml10_content()),
        Event::CData(t) => out.push_str(&t.xml10_content()),
        Event::GeneralRef(e) => {
            match resolve_xml_entity(e.as_ref()) {
                Some(text) => out.push_str(text),
                // Entities that a file defines itself are not resolved: left out, the text would be another.
                None => out.push(e.resolve_char_ref().map_err(|e| damaged(&e))?.ok_or_else(|| unknown(e))?),
            }
        }
        _ => {}
    }
    Ok(())
}

fn unknown(entity: &BytesRef<'_>) -> Refusal {
    Refusal::Damaged(format!("&{};", AsRef::<str>::as_ref(entity)))
}

/// Why a part is unreadable.
pub(super) fn damaged(error: &quick_xml::Error) -> Refusal {
    Refusal::Damaged(error.to_string())
}
