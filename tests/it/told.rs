//! What a build tells people: which rule, which file and line, and the remedy, in both languages.

use congso::base::lang::Lang;
use congso::base::path::RelPath;
use congso::build::options::Blame;
use congso::diag::human::{self, Colour};
use congso::diag::{Catalog, Diagnostic, Severity, Spot};
use congso::source::Workspace as _;
use congso::source::disk::DiskWorkspace;
use congso::source::places::Position;

use crate::support::{Built, Portal};

/// The code of a diagnostic and its place: `file:line`, `file` where the whole file is meant, or
/// nothing where none is.
pub type Told = (String, String);

/// What a build must have told, as it is written in a test.
pub type Expected<'a> = &'a [(&'a str, &'a str)];

impl Portal {
    /// Builds, and expects exactly these errors and nothing written.
    #[track_caller]
    pub fn refused(&self, errors: Expected) -> Built {
        let before = self.outputs();
        let built = self.build();
        let found = told(self, &built, Severity::Error);
        assert_eq!(found, owned(errors), "{}", built.messages(Lang::En));
        assert!(built.outcome.report.is_none(), "built in spite of {found:?}");
        assert_eq!(built.outcome.blame, Blame::Site);
        assert!(self.outputs() == before, "the output folder has changed");
        readable(self, &built);
        built
    }

    /// Builds, and expects success with exactly these warnings and hints.
    #[track_caller]
    pub fn accepted(&self, others: Expected) -> Built {
        let built = self.build();
        let found = told(self, &built, Severity::Hint);
        assert_eq!(found, owned(others), "{}", built.messages(Lang::En));
        assert!(built.outcome.report.is_some(), "not built");
        readable(self, &built);
        built
    }

    /// Everything in the output folder, folders and links included; `None` where there is no folder.
    fn outputs(&self) -> Option<Vec<(String, Vec<u8>)>> {
        self.options.out.symlink_metadata().ok()?;
        let entries = walkdir::WalkDir::new(&self.options.out).sort_by_file_name().into_iter().map(Result::unwrap);
        let whole = |entry: walkdir::DirEntry| {
            let bytes = if entry.file_type().is_file() { std::fs::read(entry.path()).unwrap() } else { Vec::new() };
            (entry.path().display().to_string(), bytes)
        };
        Some(entries.map(whole).collect())
    }
}

fn owned(expected: Expected) -> Vec<Told> {
    expected.iter().map(|(code, place)| ((*code).to_owned(), (*place).to_owned())).collect()
}

/// The diagnostics of at least a severity, in order.
pub fn told(portal: &Portal, built: &Built, least: Severity) -> Vec<Told> {
    let found = built.outcome.diagnostics.iter().filter(|d| d.severity >= least);
    found.map(|d| (d.code.id().to_owned(), place(portal, d))).collect()
}

/// The bytes of a file, which is opened only if it is one.
fn raw(portal: &Portal, path: &RelPath) -> Option<Vec<u8>> {
    DiskWorkspace::new(portal.root()).read(path).ok()
}

/// Where a diagnostic points.
fn place(portal: &Portal, diagnostic: &Diagnostic) -> String {
    let Some(place) = &diagnostic.place else { return String::new() };
    match &place.spot {
        Spot::Whole => place.file.to_string(),
        Spot::Bytes(start, _) => match raw(portal, &place.file) {
            Some(raw) => format!("{}:{}", place.file, Position::of(&raw, *start).line),
            // A template of the embedded theme.
            None => place.file.to_string(),
        },
        Spot::Field(field) => panic!("{field} of {} has not been looked up", place.file),
    }
}

/// Expects every diagnostic to be told in both languages with its place and its remedy, and no
/// `{place}` of a message left open.
#[track_caller]
pub fn readable(portal: &Portal, built: &Built) {
    for catalog in Lang::ALL.map(Catalog::load) {
        for diagnostic in built.outcome.diagnostics.iter() {
            let code = diagnostic.code.id();
            let texts = [vec![catalog.message(diagnostic)], catalog.hints(diagnostic)].concat();
            assert!(catalog.find(&format!("{code}.fix")).is_some(), "{code} has no remedy in {}", catalog.lang());
            for text in &texts {
                assert!(text.trim().len() > 8 && text != code, "{code} in {}: {text:?}", catalog.lang());
                assert_eq!(open_place(text), None, "{code} in {}: {text}", catalog.lang());
            }
            let text_of = |path: &_| Some(String::from_utf8_lossy(&raw(portal, path)?).into_owned());
            let shown = human::render(diagnostic, &catalog, Colour::Plain, &text_of);
            let place = place(portal, diagnostic);
            assert!(shown.contains(&place), "{code} does not show {place}:\n{shown}");
            assert!(shown.starts_with(&format!("{}[{code}]", level(diagnostic, &catalog))), "{shown}");
        }
    }
}

fn level(diagnostic: &Diagnostic, catalog: &Catalog) -> String {
    let key = match diagnostic.severity {
        Severity::Error => "ui.error",
        Severity::Warning => "ui.warning",
        Severity::Hint => "ui.hint",
    };
    catalog.text(key).to_owned()
}

/// A `{name}` that nothing filled.
fn open_place(text: &str) -> Option<&str> {
    text.split('{').skip(1).find_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        (!name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).then_some(name)
    })
}
