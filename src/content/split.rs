//! Splitting a file into its front matter and its text.

use crate::base::path::RelPath;
use crate::diag::{Code, Diagnostic, Place};

/// The two parts of a file. Offsets are bytes of the text that was split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'t> {
    /// The YAML between the `---` lines, and where it begins; absent where there is none that ends.
    pub front: Option<(&'t str, usize)>,
    /// What follows.
    pub body: &'t str,
    /// Where that begins.
    pub body_start: usize,
}

/// Splits a text (decoded, with LF line breaks and without byte order mark) at its `---` lines.
/// Blank lines before the first one are allowed; `...` may end the front matter too (YAML 1.2.2
/// section 9.1.2).
///
/// Where the front matter is missing, all of the text is the body; where it is never closed, the
/// body is empty, so that nothing is taken for text that was not meant as such.
#[must_use]
pub fn split<'t>(path: &RelPath, text: &'t str) -> (Parts<'t>, Option<Diagnostic>) {
    let blank = text.len() - text.trim_start().len();
    let open = text.get(..blank).and_then(|white| white.rfind('\n')).map_or(0, |found| found + 1);
    let rest = text.get(open..).unwrap_or_default();
    let (first, mut at) = line_at(text, open);
    if !rest.starts_with("---") || first.trim_end() != "---" {
        let parts = Parts { front: None, body: text, body_start: 0 };
        return (parts, Some(Diagnostic::new(Code::FrontMatterMissing).at(Place::at(path.clone(), blank..blank))));
    }
    let start = at;
    while at < text.len() {
        let (line, next) = line_at(text, at);
        if matches!(line.trim_end(), "---" | "...") {
            let parts = Parts {
                front: text.get(start..at).map(|front| (front, start)),
                body: text.get(next..).unwrap_or_default(),
                body_start: next,
            };
            return (parts, None);
        }
        at = next;
    }
    let parts = Parts { front: None, body: "", body_start: text.len() };
    let opening = Place::at(path.clone(), open..open + first.trim_end().len());
    (parts, Some(Diagnostic::new(Code::FrontMatterUnclosed).at(opening)))
}

/// The line at an offset without its line break, and the offset of the next one.
fn line_at(text: &str, offset: usize) -> (&str, usize) {
    let rest = text.get(offset..).unwrap_or_default();
    match rest.split_once('\n') {
        Some((line, _)) => (line, offset + line.len() + 1),
        None => (rest, text.len()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str) -> (Option<&str>, &str, Option<Code>) {
        let path = RelPath::new("content/a.md").unwrap();
        let (parts, problem) = split(&path, text);
        if let Some((front, start)) = parts.front {
            assert_eq!(&text[start..start + front.len()], front);
        }
        assert_eq!(&text[parts.body_start..], parts.body);
        (parts.front.map(|(front, _)| front), parts.body, problem.map(|problem| problem.code))
    }

    #[test]
    fn front_matter_and_body() {
        assert_eq!(parts("---\ntitle: x\n---\nbody\n"), (Some("title: x\n"), "body\n", None));
        assert_eq!(parts("\n  \n---  \ntitle: x\n...\nbody"), (Some("title: x\n"), "body", None));
        assert_eq!(parts("---\n---"), (Some(""), "", None));
        assert_eq!(parts("---\ntitle: x\n----\n---\n---\n"), (Some("title: x\n----\n"), "---\n", None));
        assert_eq!(parts("---\n  ---\n---\n"), (Some("  ---\n"), "", None));
    }

    #[test]
    fn what_is_missing_is_said() {
        for text in ["", "# Title\n", "---- \nx\n---\n", "--- title: x\n---\n", "  ---\na: b\n---\n", "+++\n+++\n"] {
            assert_eq!(parts(text), (None, text, Some(Code::FrontMatterMissing)), "{text:?}");
        }
        assert_eq!(parts("---\ntitle: x\n"), (None, "", Some(Code::FrontMatterUnclosed)));
        let path = RelPath::new("a.md").unwrap();
        assert_eq!(split(&path, "\n---\nx").1.unwrap().place, Some(Place::at(path, 1..4)));
    }

    proptest! {
        #[test]
        fn any_text_splits(text in "(---|\\.\\.\\.|[ \\n\\r\\ta-zđ\\u{2028}]){0,20}") {
            parts(&text);
        }
    }
}
