//! Writing `translates:` into a translation, and touching nothing else of it.

/// What confirming did to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// The file had the digest already, or has no front matter to write it to.
    Unchanged,
    /// Its new bytes.
    Changed(Vec<u8>),
}

/// The bytes of a Markdown file with `translates: digest` as the last line of its front matter, or in
/// place of the digest that was there. Line ends and all other bytes stay as they are.
#[must_use]
pub fn with_digest(bytes: &[u8], digest: &str) -> Accepted {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let fence = |line: &&[u8]| matches!(line.trim_ascii(), b"---" | b"\xef\xbb\xbf---");
    let Some(open) = lines.iter().position(fence) else { return Accepted::Unchanged };
    let inside = lines.iter().skip(open + 1);
    let Some(length) = inside.clone().position(|line| matches!(line.trim_ascii(), b"---" | b"...")) else {
        return Accepted::Unchanged;
    };
    let close = open + 1 + length;
    let end: &[u8] = if lines.get(open).is_some_and(|line| line.ends_with(b"\r\n")) { b"\r\n" } else { b"\n" };
    let mut stated = [b"translates: ", digest.as_bytes()].concat();
    stated.extend_from_slice(end);
    let old = inside.take(length).position(|line| line.starts_with(b"translates:")).map(|at| open + 1 + at);
    let mut out = Vec::with_capacity(bytes.len() + stated.len());
    for (number, line) in lines.iter().enumerate() {
        if Some(number) == old || (old.is_none() && number == close) {
            out.extend_from_slice(&stated);
        }
        if Some(number) != old {
            out.extend_from_slice(line);
        }
    }
    if out == bytes { Accepted::Unchanged } else { Accepted::Changed(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str) -> String {
        match with_digest(text.as_bytes(), "0123456789ab") {
            Accepted::Changed(bytes) => String::from_utf8(bytes).unwrap(),
            Accepted::Unchanged => panic!("unchanged"),
        }
    }

    #[test]
    fn it_is_added_once_and_then_replaced() {
        let added = changed("---\ntitle: A\n---\ntext\n---\n");
        assert_eq!(added, "---\ntitle: A\ntranslates: 0123456789ab\n---\ntext\n---\n");
        assert_eq!(with_digest(added.as_bytes(), "0123456789ab"), Accepted::Unchanged);
        assert_eq!(changed("---\ntranslates: old\ntitle: A\n---\n"), "---\ntranslates: 0123456789ab\ntitle: A\n---\n");
    }

    #[test]
    fn line_ends_and_byte_order_mark_stay() {
        assert_eq!(
            changed("\u{feff}---\r\ntitle: A\r\n---\r\ntext"),
            "\u{feff}---\r\ntitle: A\r\ntranslates: 0123456789ab\r\n---\r\ntext"
        );
    }

    #[test]
    fn a_file_without_front_matter_is_left_alone() {
        assert_eq!(with_digest(b"text", "0123456789ab"), Accepted::Unchanged);
        assert_eq!(with_digest(b"---\ntitle: A\n", "0123456789ab"), Accepted::Unchanged);
    }
}
