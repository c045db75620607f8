//! Writing a graph: JSON that cannot end the script element it stands in.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// A graph on its way into a page.
pub(super) struct Graph(Vec<u8>);

impl Graph {
    /// Begins with what is equal for all pages: an open list with at least one node in it.
    pub(super) fn begin(frame: &str) -> Self {
        let mut text = Vec::with_capacity(frame.len() + 2048);
        text.extend_from_slice(frame.as_bytes());
        Self(text)
    }

    /// Adds a node.
    pub(super) fn add(&mut self, node: &impl Serialize) {
        self.0.push(b',');
        self.0 = write(std::mem::take(&mut self.0), node);
    }

    /// The whole graph.
    pub(super) fn end(mut self) -> String {
        self.0.extend_from_slice(b"]}");
        String::from_utf8(self.0).unwrap_or_default()
    }
}

/// Writes a value behind a text. Writing to memory does not fail, and nothing of ours has keys that are no
/// text; should it fail, `null` stands there.
pub(super) fn write(mut text: Vec<u8>, value: &impl Serialize) -> Vec<u8> {
    let start = text.len();
    if value.serialize(&mut Serializer::with_formatter(&mut text, Safe)).is_err() {
        text.truncate(start);
        text.extend_from_slice(b"null");
    }
    text
}

/// JSON in which no text can be taken for markup or for the end of a line of a script: `<` begins both
/// `</script>` and `<!--` (HTML, "Restrictions for contents of script elements"), and U+2028 and U+2029 end
/// lines where JSON is read as JavaScript.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment.as_bytes();
        let mut from = 0;
        while let Some(at) = memchr::memchr2(b'<', 0xE2, rest.get(from..).unwrap_or_default()).map(|at| from + at) {
            let (escape, length) = match rest.get(at..).unwrap_or_default() {
                [b'<', ..] => ("\\u003c", 1),
                [0xE2, 0x80, 0xA8, ..] => ("\\u2028", 3),
                [0xE2, 0x80, 0xA9, ..] => ("\\u2029", 3),
                _ => {
                    from = at + 1;
                    continue;
                }
            };
            let (before, after) = rest.split_at(at);
            writer.write_all(before)?;
            writer.write_all(escape.as_bytes())?;
            rest = after.get(length..).unwrap_or_default();
            from = 0;
        }
        writer.write_all(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        String::from_utf8(write(Vec::new(), &text)).unwrap()
    }

    #[test]
    fn no_text_ends_the_script() {
        let hostile = "</script><script>alert(1)</script> <!-- \u{2028}\u{2029} “ế” \" \\ \n & ]]>";
        let json = written(hostile);
        assert!(!json.contains(['<', '\u{2028}', '\u{2029}']), "{json}");
        assert!(json.starts_with("\"\\u003c/script>\\u003cscript>"), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }

    #[test]
    fn ordinary_text_stays_readable() {
        assert_eq!(written("Chuyển đổi số – “kép”…"), "\"Chuyển đổi số – “kép”…\"");
    }

    #[test]
    fn a_graph_is_one_list() {
        let mut graph = Graph::begin("{\"@graph\":[1");
        graph.add(&"a");
        graph.add(&2);
        assert_eq!(graph.end(), "{\"@graph\":[1,\"a\",2]}");
    }
}
