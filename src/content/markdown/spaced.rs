//! Addresses with spaces, `![Hội nghị](Ảnh hội nghị (1).JPG)`, which writers mean as they stand and
//! Markdown takes for text: their spaces are hidden from the parser.

use std::borrow::Cow;

/// What stands for a space: as long as one, allowed in an address, and in no text (it is a control
/// character).
const HIDDEN: char = '\u{7f}';

/// The longest address looked at, so that a text full of `](` costs no more than others.
const LONGEST: usize = 400;

/// What the names of files end in that texts link to or show. Only such an address may hold spaces:
/// a remark in brackets behind a word in brackets is no link.
const EXTENSIONS: [&str; 29] = [
    "avif", "csv", "doc", "docx", "epub", "gif", "htm", "html", "ics", "jpeg", "jpg", "json", "md", "mp3", "mp4",
    "odp", "ods", "odt", "pdf", "png", "ppt", "pptx", "svg", "txt", "webp", "xls", "xlsx", "xml", "zip",
];

/// The text with the spaces inside such addresses hidden; every offset stays.
pub(super) fn hide(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for found in memchr::memmem::find_iter(text.as_bytes(), "](") {
        let start = found + 2;
        let Some(address) = text.get(start..).and_then(address).filter(|_| start >= copied) else { continue };
        out.push_str(text.get(copied..start).unwrap_or_default());
        out.extend(address.chars().map(|c| if c == ' ' { HIDDEN } else { c }));
        copied = start + address.len();
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// What was hidden in some text that the parser gave back.
pub(super) fn show(text: &str) -> Cow<'_, str> {
    if memchr::memchr(HIDDEN as u8, text.as_bytes()).is_some() {
        Cow::Owned(text.replace(HIDDEN, " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// The address with spaces that a text behind `](` begins with.
fn address(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut end = None;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            b'\n' | b'<' | b'>' | b'`' | b'\\' => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => end = Some(at),
            b')' => depth -= 1,
            // A title.
            b'"' if depth == 0 && text.get(..at)?.ends_with(' ') => end = Some(at),
            b'"' => return None,
            _ => {}
        }
        if end.is_some() {
            break;
        }
    }
    let address = text.get(..end?)?.trim_end_matches(' ');
    let path = address.split_once('#').map_or(address, |(path, _)| path);
    let (_, extension) = path.rsplit_once('.')?;
    let known = EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known));
    (known && address.contains(' ') && !address.starts_with(' ')).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_file_names_are_hidden_and_shown_again() {
        for (text, hidden) in [
            ("![Ảnh](Ảnh hội nghị (1).JPG) x y", "![Ảnh](Ảnh_hội_nghị_(1).JPG) x y"),
            ("[a](b c.pdf \"Tên tệp\") [d](e f.md#g)", "[a](b_c.pdf \"Tên tệp\") [d](e_f.md#g)"),
            ("[a](b c.pdf )", "[a](b_c.pdf )"),
        ] {
            let found = hide(text);
            assert_eq!(found, hidden.replace('_', "\u{7f}"));
            assert_eq!(show(&found), text);
        }
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "[a](b.jpg)",
            "[a](<b c.jpg>)",
            "[1](xem phụ lục)",
            "[1](xem phụ lục 2.1)",
            "[a](b c.jpg",
            "[a](b\nc.jpg)",
            "[a](b (c.jpg)",
            "[a]( b.jpg)",
            "[a](/my uri)",
            "[a](b \"c d.jpg\")",
            "[a](b\\ c.jpg)",
        ] {
            assert_eq!(hide(text), text);
        }
        let trap = "](a ".repeat(20_000);
        assert_eq!(hide(&trap), trap);
    }
}
