//! Problems as the browser is told of them, and which of them a page has to do with.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::base::path::RelPath;
use crate::config;
use crate::diag::{Catalog, Diagnostic, Severity, Spot};
use crate::source::Workspace;
use crate::source::places::Position;

/// How many lines stand before and after the marked one.
const AROUND: usize = 2;

/// How many characters of a line are shown before and after what is marked in it: a paragraph is often
/// one long line.
const BEFORE: usize = 100;
const AFTER: usize = 140;

/// A problem in the words of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    severity: &'static str,
    code: &'static str,
    message: String,
    remedy: Option<String>,
    file: Option<RelPath>,
    line: Option<usize>,
    column: Option<usize>,
    editor: Option<String>,
    excerpt: Vec<Line>,
    /// Other files it is about.
    #[serde(skip)]
    related: Vec<RelPath>,
}

/// A line of an excerpt; the marked part in UTF-16 units, as browsers count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Line {
    line: usize,
    text: String,
    from: Option<usize>,
    to: Option<usize>,
}

/// Turns diagnostics into problems, in the writer's language.
pub(super) struct Teller<'a> {
    pub catalog: &'a Catalog,
    pub workspace: &'a dyn Workspace,
    pub editor: &'a Editor,
}

impl Teller<'_> {
    /// A diagnostic whose place is resolved.
    pub(super) fn problem(&self, diagnostic: &Diagnostic) -> Problem {
        let place = diagnostic.place.as_ref();
        let raw = place.and_then(|place| self.workspace.read(&place.file).ok());
        let spot = place.map(|place| &place.spot).zip(raw.as_deref());
        let position = spot.and_then(|(spot, raw)| match spot {
            Spot::Bytes(start, _) => Some(Position::of(raw, *start)),
            Spot::Whole | Spot::Field(_) => None,
        });
        let hints = self.catalog.hints(diagnostic);
        let file = place.map(|place| place.file.clone());
        Problem {
            severity: if diagnostic.severity == Severity::Error { "error" } else { "warning" },
            code: diagnostic.code.id(),
            message: self.catalog.message(diagnostic),
            remedy: (!hints.is_empty()).then(|| hints.join(" ")),
            editor: file.as_ref().map(|file| self.editor.link(file, position)),
            excerpt: spot.map(|(spot, raw)| excerpt(spot, raw)).unwrap_or_default(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            related: diagnostic.related.iter().map(|place| place.file.clone()).collect(),
            file,
        }
    }
}

impl Problem {
    /// Whether it is the same mistake, though another page may have met it.
    pub(super) fn is_same_mistake(&self, other: &Self) -> bool {
        let place = |problem: &Self| (problem.code, problem.file.clone(), problem.line, problem.column);
        place(self) == place(other)
    }

    /// Whether it keeps something from being shown.
    pub(super) fn is_error(&self) -> bool {
        self.severity == "error"
    }

    /// The file it is in.
    pub(super) fn file(&self) -> Option<&RelPath> {
        self.file.as_ref()
    }

    /// Whether every page has to do with it: settings, theme, or no file at all.
    pub(super) fn is_everywhere(&self) -> bool {
        let theme = |file: &RelPath| file.as_str() == config::FILE || file.strip_prefix("themes").is_some();
        self.file.as_ref().is_none_or(theme)
    }

    /// Whether it is about one of some files.
    pub(super) fn is_about(&self, files: &[RelPath]) -> bool {
        self.file.iter().chain(&self.related).any(|file| files.contains(file))
    }
}

/// The lines around a spot.
fn excerpt(spot: &Spot, raw: &[u8]) -> Vec<Line> {
    let Spot::Bytes(start, end) = *spot else { return Vec::new() };
    let text = String::from_utf8_lossy(raw);
    let Some(before) = text.get(..start) else { return Vec::new() };
    let marked = before.matches('\n').count();
    let from = start - before.rfind('\n').map_or(0, |at| at + 1);
    let lines = text.lines().enumerate().skip(marked.saturating_sub(AROUND));
    lines
        .take_while(|(number, _)| *number <= marked + AROUND)
        .map(|(number, line)| {
            let line = Cut { text: line, from, to: from + end.saturating_sub(start) };
            if number == marked { line.around(number + 1) } else { line.beginning(number + 1) }
        })
        .collect()
}

/// A line of which a part is shown: the bytes `from` to `to`, and what is near to them.
struct Cut<'a> {
    text: &'a str,
    from: usize,
    to: usize,
}

impl Cut<'_> {
    /// The beginning of a line where nothing is marked.
    fn beginning(&self, line: usize) -> Line {
        let text = self.text.trim_start_matches('\u{feff}');
        let (shown, rest) = split_after(text, BEFORE + AFTER);
        let end = if rest.is_empty() { "" } else { " …" };
        Line { line, text: [shown, end].concat(), from: None, to: None }
    }

    /// What is marked, with a little before and after it.
    fn around(&self, line: usize) -> Line {
        let (before, rest) = self.text.split_at_checked(self.from).unwrap_or((self.text, ""));
        let (marked, after) = rest.split_at_checked(self.to - self.from).unwrap_or((rest, ""));
        let (marked, cut) = split_after(marked, AFTER);
        let before = before.trim_start_matches('\u{feff}');
        let hidden = before.chars().count().saturating_sub(BEFORE);
        let (start, before) = match split_after(before, hidden) {
            (_, before) if hidden > 0 => ("… ", before),
            (_, before) => ("", before),
        };
        let (after, further) = split_after(if cut.is_empty() { after } else { "" }, AFTER);
        let end = if cut.is_empty() && further.is_empty() { "" } else { " …" };
        let units = |text: &str| text.encode_utf16().count();
        let from = units(start) + units(before);
        Line {
            line,
            text: [start, before, marked, after, end].concat(),
            from: Some(from),
            to: Some(from + units(marked)),
        }
    }
}

/// A text parted after a number of characters.
fn split_after(text: &str, characters: usize) -> (&str, &str) {
    text.char_indices().nth(characters).and_then(|(at, _)| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// How a file is opened in the writer's editor.
#[derive(Clone, Debug)]
pub struct Editor {
    /// An address with `{path}`, `{line}` and `{column}`.
    pattern: String,
    /// The portal's folder.
    root: String,
}

impl Editor {
    /// The address of Visual Studio Code's own links.
    pub const VSCODE: &'static str = "vscode://file{path}:{line}:{column}";

    /// Files below `root`, opened by an address with `{path}`, `{line}` and `{column}`.
    #[must_use]
    pub fn new(pattern: &str, root: &Path) -> Self {
        let root = root.to_string_lossy().replace('\\', "/");
        let root = if root.starts_with('/') { root } else { format!("/{root}") };
        Self { pattern: pattern.to_owned(), root }
    }

    /// The address that opens a file.
    pub(super) fn link(&self, file: &RelPath, position: Option<Position>) -> String {
        /// What would not stand for itself in the path of an address.
        const UNSAFE: &AsciiSet =
            &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':');
        let position = position.unwrap_or(Position { line: 1, column: 1 });
        let path = utf8_percent_encode(&format!("{}/{file}", self.root), UNSAFE).to_string();
        let filled = self.pattern.replace("{path}", &path).replace("{line}", &position.line.to_string());
        filled.replace("{column}", &position.column.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of an excerpt with what is marked in brackets.
    fn shown(text: &str, marked: &str) -> Vec<String> {
        let start = text.find(marked).unwrap();
        let lines = excerpt(&Spot::Bytes(start, start + marked.len()), text.as_bytes());
        let bracket = |line: Line| match line.from.zip(line.to) {
            None => format!("{} {}", line.line, line.text),
            Some((from, to)) => {
                let units: Vec<u16> = line.text.encode_utf16().collect();
                let [a, b, c] =
                    [&units[..from], &units[from..to], &units[to..]].map(|u| String::from_utf16(u).unwrap());
                format!("{} {a}[{b}]{c}", line.line)
            }
        };
        lines.into_iter().map(bracket).collect()
    }

    #[test]
    fn an_excerpt_marks_its_part_and_has_the_lines_around_it() {
        let text = "\u{feff}một\r\nhai\nba 𝄞 bốn\nnăm\nsáu\nbảy";
        assert_eq!(shown(text, "bốn"), ["1 một", "2 hai", "3 ba 𝄞 [bốn]", "4 năm", "5 sáu"]);
        assert_eq!(shown(text, "một"), ["1 [một]", "2 hai", "3 ba 𝄞 bốn"]);
        assert_eq!(shown("một\nhai\nba", "hai\nba"), ["1 một", "2 [hai]", "3 ba"]);
    }

    #[test]
    fn of_a_long_line_what_is_near_to_its_marked_part_is_shown() {
        let long = "ê".repeat(300);
        let found = shown(&format!("{long}\n{long}[x](y){long}"), "[x](y)");
        let (first, second) = (format!("1 {} …", "ê".repeat(240)), "ê".repeat(100));
        assert_eq!(found, [first, format!("2 … {second}[[x](y)]{} …", "ê".repeat(140))]);
        let found = shown(&format!("a{long}"), &long);
        assert_eq!(found, [format!("1 a[{}] …", "ê".repeat(140))]);
    }
}
