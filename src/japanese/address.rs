//! Addresses in running text: of pages of the web and of mail, where each stands and what it leads to.

use std::ops::Range;

/// What an address of the web begins with; one without encryption is text, as in fields of addresses.
const SCHEME: &str = "https://";

/// The addresses of a text in order, each with what opens it. An address is ASCII (RFC 3986): what follows it in Japanese
/// is text (`https://a.lg.jp/kpi.htmlを参照`), and so is a point, a comma or a bracket that ends a sentence.
pub fn find_addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    if !text.contains(SCHEME) && !text.contains('@') {
        return found;
    }
    let mut at = 0;
    while let Some(next) = text[at..].find(is_sign) {
        let start = at + next;
        let end = start + text[start..].find(|c| !is_sign(c)).unwrap_or(text.len() - start);
        let run = &text[start..end];
        if let Some(begin) = run.find(SCHEME) {
            let address = without_end(&run[begin..]);
            if address[SCHEME.len()..].starts_with(is_letter) {
                let range = start + begin..start + begin + address.len();
                found.push((range, address.to_owned()));
            }
        } else if let Some(mail) = mail(run) {
            let address = format!("mailto:{}", &run[mail.clone()]);
            found.push((start + mail.start..start + mail.end, address));
        }
        at = end;
    }
    found
}

/// Whether an address may have it; brackets and quotation marks stand around addresses.
fn is_sign(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '^')
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Without what ends the sentence around it.
fn without_end(address: &str) -> &str {
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    match address.strip_suffix(')') {
        Some(inner) if inner.matches('(').count() <= inner.matches(')').count() => without_end(inner),
        _ => address,
    }
}

/// Where an address of mail stands in a run of signs.
fn mail(run: &str) -> Option<Range<usize>> {
    let at = run.find('@')?;
    let is_local = |c: char| is_letter(c) || matches!(c, '.' | '_' | '%' | '+' | '-');
    let is_host = |c: char| is_letter(c) || matches!(c, '.' | '-');
    let begin = run[..at].rfind(|c| !is_local(c)).map_or(0, |before| before + 1);
    let length = run[at + 1..].find(|c| !is_host(c)).unwrap_or(run.len() - at - 1);
    let host = run[at + 1..=at + length].trim_end_matches(['.', '-']);
    let (_, top) = host.rsplit_once('.')?;
    let is_top = top.len() > 1 && top.chars().all(|c| c.is_ascii_alphabetic());
    (begin < at && is_top && host.starts_with(is_letter)).then_some(begin..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found = find_addresses(text);
            let found: Vec<(&str, &str)> =
                found.iter().map(|(range, to)| (&text[range.clone()], to.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "詳細はhttps://a.lg.jp/kpi-1.htmlを参照。",
            &[("https://a.lg.jp/kpi-1.html", "https://a.lg.jp/kpi-1.html")],
        );
        check("（https://a.lg.jp/）", &[("https://a.lg.jp/", "https://a.lg.jp/")]);
        check("(see https://a.jp/b_(c)).", &[("https://a.jp/b_(c)", "https://a.jp/b_(c)")]);
        check("(https://a.jp/b).", &[("https://a.jp/b", "https://a.jp/b")]);
        check(
            "問合せはkikaku-ka@city.a.lg.jpまで",
            &[("kikaku-ka@city.a.lg.jp", "mailto:kikaku-ka@city.a.lg.jp")],
        );
        check("E-mail:a@b.jp.", &[("a@b.jp", "mailto:a@b.jp")]);
        check("https://a.jp/と<b@c.jp>", &[("https://a.jp/", "https://a.jp/"), ("b@c.jp", "mailto:b@c.jp")]);
        for text in [
            "単価@100円",
            "https://",
            "https:///a",
            "http://a.jp/",
            "a@b",
            "@city.jp",
            "www.a.jp",
            "a@b.1",
            "比率1://2",
        ] {
            check(text, &[]);
        }
    }
}
