//! XML parts as text: in UTF-8, as nearly all are, in UTF-16, or in what their declaration names.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// As far as a declaration reaches.
const DECLARATION_BYTES: usize = 200;

/// The text without byte order mark; the error says in which encoding it is damaged.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, String> {
    let encoding = encoding(&bytes)?;
    if encoding == UTF_8 {
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        return String::from_utf8(bytes).map_err(|e| e.utf8_error().to_string());
    }
    let (text, had_errors) = encoding.decode_with_bom_removal(&bytes);
    if had_errors {
        return Err(encoding.name().to_owned());
    }
    // The declaration does not hold for the text any more.
    let declared = text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    Ok(declared.map_or(&*text, |(_, rest)| rest).to_owned())
}

fn encoding(bytes: &[u8]) -> Result<&'static Encoding, String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    match bytes {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]);
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let label = declaration.and_then(|(inside, _)| {
        let value = inside.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        value.get(1..)?.split(['"', '\'']).next()
    });
    let Some(label) = label else { return Ok(UTF_8) };
    let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| label.to_owned())?;
    // Read as far as here, the bytes are not in UTF-16, whatever is said.
    Ok(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_text_whatever_their_encoding() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let plain = "<a>表</a>";
        for (bytes, expected) in [
            (plain.as_bytes().to_vec(), plain),
            (format!("\u{FEFF}{plain}").into_bytes(), plain),
            (utf16(&format!("\u{FEFF}{plain}"), false), plain),
            (utf16(&format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{plain}"), true), plain),
            (utf16(plain, false), plain),
            (utf16(plain, true), plain),
            (b"<?xml version='1.0' encoding = 'Shift_JIS'?><a>\x95\x5c</a>".to_vec(), plain),
            // A declaration that the bytes contradict.
            (b"<?xml encoding=\"utf-16\"?><a/>".to_vec(), "<?xml encoding=\"utf-16\"?><a/>"),
        ] {
            assert_eq!(decode(bytes), Ok(expected.to_owned()));
        }
        for bytes in [
            &b"<a>\xFF</a>"[..],
            b"<?xml encoding=\"Shift_JIS\"?>\xFF\xFF",
            b"<?xml encoding=\"x-none\"?>",
            b"<\0\0\xD8",
        ] {
            assert!(decode(bytes.to_vec()).is_err());
        }
    }
}
