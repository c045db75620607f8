//! From names of YAML values to byte offsets, and from offsets to lines and columns.

use std::collections::BTreeMap;
use std::ops::Range;

use super::text::SourceText;
use super::{Workspace, yaml};
use crate::base::path::RelPath;
use crate::diag::{Diagnostic, Diagnostics, Place, Spot};

/// How many values are looked for in one file. Each look reads the YAML from its beginning, and
/// nobody mends more than so many mistakes at a time; others are shown at the first line.
const LOOKS: usize = 100;

/// A place as editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a byte order mark is not counted.
    pub column: usize,
}

impl Position {
    /// The place of a byte offset in a raw file, whatever its encoding. Lines end with LF, CRLF or
    /// CR; an offset beyond the end is the end.
    #[must_use]
    pub fn of(raw: &[u8], offset: usize) -> Self {
        let before = raw.get(..offset).unwrap_or(raw);
        let before = before.strip_prefix(b"\xef\xbb\xbf").unwrap_or(before);
        let mut position = Self { line: 1, column: 1 };
        let mut last = 0;
        for &byte in before {
            match byte {
                b'\n' if last == b'\r' => {}
                b'\n' | b'\r' => position = Self { line: position.line + 1, column: 1 },
                // The later bytes of a character in UTF-8.
                0x80..0xc0 => {}
                _ => position.column += 1,
            }
            last = byte;
        }
        position
    }
}

/// Turns every place that names a YAML value into byte offsets of the raw file. Where the value is
/// absent, the value that should hold it is meant, at last the first line of the YAML; where the
/// file cannot be read, the file as a whole.
#[must_use]
pub fn resolve(diagnostics: Diagnostics, workspace: &dyn Workspace) -> Diagnostics {
    let mut files: BTreeMap<RelPath, Option<File>> = BTreeMap::new();
    let mut resolve = |place: &mut Place| {
        let Spot::Field(field) = &place.spot else { return };
        let file = files.entry(place.file.clone()).or_insert_with(|| File::read(&place.file, workspace));
        place.spot = file.as_mut().map_or(Spot::Whole, |file| file.spot(field));
    };
    diagnostics.map(|mut diagnostic: Diagnostic| {
        diagnostic.place.iter_mut().chain(&mut diagnostic.related).for_each(&mut resolve);
        diagnostic
    })
}

/// The byte range of the YAML between the first two `---` lines of a Markdown text; `None` where the
/// text does not begin with such a line. Without a second one it goes to the end.
#[must_use]
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match (start, line.trim_end() == "---") {
            (None, true) => start = Some(end),
            (None, false) => return None,
            (Some(start), true) => return Some(start..at),
            (Some(_), false) => {}
        }
        at = end;
    }
    start.map(|start| start..text.len())
}

/// A file in which values are looked for.
struct File {
    source: SourceText,
    /// Where its YAML lies.
    yaml: Range<usize>,
    looks: usize,
}

impl File {
    fn read(path: &RelPath, workspace: &dyn Workspace) -> Option<Self> {
        let source = SourceText::decode(path, &workspace.read(path).ok()?).ok()?;
        let yaml = if path.extension() == "md" { front_matter(source.text())? } else { 0..source.text().len() };
        Some(Self { source, yaml, looks: 0 })
    }

    /// The place of a value, or of what should hold it.
    fn spot(&mut self, field: &str) -> Spot {
        let yaml = self.source.text().get(self.yaml.clone()).unwrap_or_default();
        let mut wanted = Some(field).filter(|field| !field.is_empty());
        let mut found = None;
        while let Some(path) = wanted
            && found.is_none()
            && self.looks < LOOKS
        {
            self.looks += 1;
            found = yaml::locate(yaml, path);
            wanted = path.rsplit_once('.').map(|(parent, _)| parent);
        }
        let range = found.unwrap_or_else(|| 0..yaml.find('\n').unwrap_or(yaml.len()));
        let raw = self.source.raw_range(self.yaml.start + range.start..self.yaml.start + range.end);
        Spot::Bytes(raw.start, raw.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::memory::MemoryWorkspace;

    #[test]
    fn positions_count_characters() {
        let raw = "\u{feff}một\r\nhai\rba".as_bytes();
        let at = |offset| {
            let position = Position::of(raw, offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 1));
        assert_eq!(at(7), (1, 3));
        assert_eq!(at(10), (2, 1));
        assert_eq!(at(14), (3, 1));
        assert_eq!(at(99), (3, 3));
        assert_eq!(Position::of(b"a\xffb", 2), Position { line: 1, column: 3 });
    }

    #[test]
    fn front_matter_lies_between_the_first_two_lines_of_hyphens() {
        assert_eq!(front_matter("---\na: 1\n--- \ntext\n---\n"), Some(4..9));
        assert_eq!(front_matter("---\n---\n"), Some(4..4));
        assert_eq!(front_matter("---\na: 1\n"), Some(4..9));
        assert_eq!(front_matter("text\n---\n"), None);
        assert_eq!(front_matter(""), None);
    }

    #[test]
    fn an_absent_value_is_shown_at_the_first_line_and_an_absent_file_as_a_whole() {
        let site = MemoryWorkspace::new([
            ("content/a.md", "\u{feff}---\r\ntitle: A\r\ndate: B\r\n---\r\n"),
            ("b.yaml", "x: 1\n"),
            ("c.md", "text"),
        ])
        .unwrap();
        let place = |file: &str| Place::field(RelPath::new(file).unwrap(), "nothing.here");
        let all: Diagnostics = ["content/a.md", "b.yaml", "c.md", "gone.md"]
            .into_iter()
            .map(|file| Diagnostic::new(Code::FieldMissing).at(place(file)).related(place("b.yaml")))
            .collect();
        let spots: Vec<Spot> = resolve(all, &site).iter().map(|d| d.place.clone().unwrap().spot).collect();
        assert_eq!(spots, [Spot::Bytes(8, 16), Spot::Bytes(0, 4), Spot::Whole, Spot::Whole]);
    }
}
