//! Problems as the browser is told of them, and which of them a page has to do with.

use std::path::Path;

use serde::Serialize;

use crate::base::path::RelPath;
use crate::config;
use crate::diag::{Catalog, Diagnostic, Severity, Spot};
use crate::source::Workspace;
use crate::source::places::Position;

/// How many lines stand before and after the marked one.
const AROUND: usize = 2;

/// Longer lines are cut: what is marked is then not shown, but its line is named.
const LONGEST_LINE: usize = 400;

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
    /// Whether it keeps something from being shown.
    pub(super) fn is_error(&self) -> bool {
        self.severity == "error"
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
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let units = |text: &str| text.encode_utf16().count();
    let from = units(before.get(line_start..).unwrap_or_default());
    let to =
        from + text.get(start..end.max(start)).map_or(0, |part| units(part.split('\n').next().unwrap_or_default()));
    let lines = text.lines().enumerate().skip(marked.saturating_sub(AROUND));
    lines
        .take_while(|(number, _)| *number <= marked + AROUND)
        .map(|(number, line)| {
            let is_marked = number == marked && line.len() <= LONGEST_LINE;
            let text: String = line.chars().take(LONGEST_LINE).filter(|c| *c != '\u{feff}').collect();
            Line { line: number + 1, text, from: is_marked.then_some(from), to: is_marked.then_some(to) }
        })
        .collect()
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
        let position = position.unwrap_or(Position { line: 1, column: 1 });
        let path = format!("{}/{file}", self.root);
        let mut escaped = String::with_capacity(path.len());
        for byte in path.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => {
                    escaped.push(char::from(byte));
                }
                _ => escaped.push_str(&format!("%{byte:02X}")),
            }
        }
        let filled = self.pattern.replace("{path}", &escaped).replace("{line}", &position.line.to_string());
        filled.replace("{column}", &position.column.to_string())
    }
}
