//! What the file says of itself, twice: as document information for old readers, as XMP for archives.
//!
//! XMP (ISO 16684-1) states conformance: PDF/A-2a (ISO 19005-2) or, with attached files, PDF/A-3a (ISO 19005-3), and
//! PDF/UA-1 (ISO 14289-1). PDF/A wants the properties of PDF/UA described, as it does not know them, and equal values
//! in both places.

use crate::emit::Stamp;
use crate::model::CivilDate;
use crate::template::DocumentSpec;
use lopdf::{Document, Object, Stream, dictionary, text_string};

const CREATOR: &str = "kaitei";
const PRODUCER: &str = concat!("kaitei ", env!("CARGO_PKG_VERSION"));

/// The description of the properties of PDF/UA that PDF/A asks for (ISO 19005-2, 6.6.2.3.3).
const UA_SCHEMA: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"#;

/// Title and origin of the document.
pub(super) struct Metadata<'a> {
    pub(super) document: &'a DocumentSpec,
    /// As printed.
    pub(super) title: &'a str,
    pub(super) stamp: Stamp,
}

impl Metadata<'_> {
    /// The document's language tag.
    pub(super) fn language(&self) -> &str {
        &self.document.language
    }

    /// Adds what old readers look for; the information that printpdf writes claims conformance to PDF/X.
    pub(super) fn add_information(&self, tree: &mut Document) {
        let time = Object::string_literal(pdf_time(self.stamp));
        let mut info = dictionary! {
            "Title" => text_string(&self.title()),
            "Creator" => text_string(CREATOR),
            "Producer" => text_string(PRODUCER),
            "CreationDate" => time.clone(),
            "ModDate" => time,
        };
        let keywords = self.keywords();
        for (key, text) in
            [("Author", &self.document.author), ("Subject", &self.document.subject), ("Keywords", &keywords)]
        {
            if !text.is_empty() {
                info.set(key, text_string(text));
            }
        }
        let id = tree.trailer.get(b"Info").and_then(Object::as_reference);
        tree.set_object(id.expect("printpdf writes document information"), info);
    }

    /// Adds what archives look for, with the part of PDF/A that the file conforms to.
    pub(super) fn add_xmp(&self, tree: &mut Document, part: u8) {
        let xmp = self.xmp(part).into_bytes();
        let stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp);
        // Archives look for it without unpacking anything.
        let xmp = tree.add_object(stream.with_compression(false));
        tree.catalog_mut().expect("printpdf writes a catalog").set("Metadata", xmp);
    }

    /// The title in one line.
    fn title(&self) -> String {
        self.title.lines().collect()
    }

    fn keywords(&self) -> String {
        self.document.keywords.join(", ")
    }

    fn xmp(&self, part: u8) -> String {
        let DocumentSpec { author, subject, language, .. } = self.document;
        let (title, keywords, time) =
            (escaped(&self.title()), escaped(&self.keywords()), xmp_time(self.stamp));
        let with = |text: &str, element: &str, before: &str, after: &str| match text {
            "" => String::new(),
            text => format!("<{element}>{before}{}{after}</{element}>\n", escaped(text)),
        };
        let alternative = (r#"<rdf:Alt><rdf:li xml:lang="x-default">"#, "</rdf:li></rdf:Alt>");
        let creator = with(author, "dc:creator", "<rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq>");
        let description = with(subject, "dc:description", alternative.0, alternative.1);
        let language = with(language, "dc:language", "<rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag>");
        let keywords = with(&keywords, "pdf:Keywords", "", "");
        format!(
            r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title>{before}{title}{after}</dc:title>
{creator}{description}{language}{keywords}<pdf:Producer>{PRODUCER}</pdf:Producer>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{time}</xmp:CreateDate>
<xmp:ModifyDate>{time}</xmp:ModifyDate>
</rdf:Description>
{UA_SCHEMA}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
            bom = '\u{feff}',
            before = alternative.0,
            after = alternative.1,
        )
    }
}

/// Text as XML; characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A moment as PDF writes it: `D:20200331000000Z`.
pub(super) fn pdf_time(stamp: Stamp) -> String {
    let (CivilDate { year, month, day }, hour, minute, second) = stamp.civil();
    format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
}

/// The same as XMP writes it: `2020-03-31T00:00:00Z`.
fn xmp_time(stamp: Stamp) -> String {
    let (CivilDate { year, month, day }, hour, minute, second) = stamp.civil();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_utc() {
        let check = |seconds, expected| assert_eq!(pdf_time(Stamp { seconds }), expected);
        check(0, "D:19700101000000Z");
        check(951_782_399, "D:20000228235959Z");
        check(951_782_400, "D:20000229000000Z");
        check(1_585_612_800, "D:20200331000000Z");
        check(1_614_556_799, "D:20210228235959Z");
        check(-1, "D:19691231235959Z");
        assert_eq!(xmp_time(Stamp { seconds: 951_782_399 }), "2000-02-28T23:59:59Z");
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("A&B <改>\u{1}\u{ffff}"), "A&amp;B &lt;改&gt;");
    }
}
