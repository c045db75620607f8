//! One style sheet: read, what is wrong told, and what it imports and shows resolved to files of the theme.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, RwLock};

use lightningcss::error::{Error, ErrorLocation, ParserError, SelectorError};
use lightningcss::rules::import::ImportRule;
use lightningcss::rules::{CssRule, CssRuleList, Location};
use lightningcss::stylesheet::{ParserOptions, StyleSheet};
use lightningcss::values::string::CowArcStr;
use lightningcss::values::url::Url;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit as _, VisitTypes, Visitor};

use super::Source;
use super::brackets::{self, Wrong};
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::theme::assets::Asset;

/// What is told of text that is no CSS where nothing more is known.
pub(super) const UNEXPECTED: &str = "style-problem.unexpected";

/// A style sheet without errors. The addresses in it are those of the theme's files from the root.
pub(super) struct Sheet<'a> {
    rules: Vec<CssRule<'a>>,
    /// What each of its `@import` rules leads to, in their order.
    imports: Vec<Import<'a>>,
    /// Comments at its beginning that must stay, such as those on rights.
    pub comments: Vec<CowArcStr<'a>>,
}

/// What an `@import` leads to.
pub(super) struct Import<'a> {
    /// The name of the style sheet.
    pub sheet: &'a str,
    /// Where it is imported.
    pub place: Place,
}

/// A rule of a style sheet.
pub(super) enum Item<'s, 'a> {
    /// A rule that stays.
    Rule(&'s CssRule<'a>),
    /// An `@import`, and what it leads to.
    Import(&'s ImportRule<'a>, &'s Import<'a>),
}

impl<'a> Sheet<'a> {
    /// Reads a style sheet; `None` where it has errors. `known` are the sources by name of all style sheets.
    pub(super) fn read(
        name: &str,
        source: &'a Source,
        known: &'a BTreeMap<String, Source>,
        assets: &BTreeMap<String, Asset>,
    ) -> (Option<Self>, Diagnostics) {
        let mut problems = Problems { source, found: Diagnostics::default() };
        match brackets::wrong(source.text.text()) {
            Some(Wrong::Open(at)) => problems.syntax("style-problem.open", at..at + 1),
            Some(Wrong::Deep(at)) => problems.syntax("style-problem.deep", at..at + 1),
            None => {
                let sheet = Self::parse(name, source, known, assets, &mut problems);
                let sound = !problems.found.has_errors();
                return (sheet.filter(|_| sound), problems.found);
            }
        }
        (None, problems.found)
    }

    fn parse(
        name: &str,
        source: &'a Source,
        known: &'a BTreeMap<String, Source>,
        assets: &BTreeMap<String, Asset>,
        problems: &mut Problems<'_>,
    ) -> Option<Self> {
        let warnings = Arc::new(RwLock::new(Vec::new()));
        let options =
            ParserOptions { error_recovery: true, warnings: Some(Arc::clone(&warnings)), ..Default::default() };
        let parsed = StyleSheet::parse(source.text.text(), options);
        let warnings = warnings.read().map(|warnings| warnings.clone()).unwrap_or_default();
        warnings.iter().for_each(|warning| problems.tell(warning));
        let mut parsed = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                problems.tell(&error);
                return None;
            }
        };
        let folder = RelPath::new(name).unwrap_or_default().parent();
        let mut imports = Vec::new();
        for rule in &parsed.rules.0 {
            if let CssRule::Import(import) = rule {
                imports.extend(resolved(import, &folder, known, problems));
            }
        }
        let mut addresses = Addresses { folder, assets, problems };
        let Ok(()) = parsed.visit(&mut addresses);
        let StyleSheet { rules: CssRuleList(rules), license_comments: comments, .. } = parsed;
        Some(Self { rules, imports, comments })
    }

    /// What it imports, in order.
    pub(super) fn imports(&self) -> impl Iterator<Item = &Import<'a>> {
        self.imports.iter()
    }

    /// Its rules, in order.
    pub(super) fn items(&self) -> impl Iterator<Item = Item<'_, 'a>> {
        let mut imports = self.imports.iter();
        self.rules.iter().filter_map(move |rule| match rule {
            CssRule::Import(import) => imports.next().map(|to| Item::Import(import, to)),
            rule => Some(Item::Rule(rule)),
        })
    }
}

/// The names of the files that a style sheet imports, whether they are there or not.
pub(super) fn imported(name: &str, source: &Source) -> Vec<String> {
    if brackets::wrong(source.text.text()).is_some() {
        return Vec::new();
    }
    let options = ParserOptions { error_recovery: true, ..Default::default() };
    let Ok(parsed) = StyleSheet::parse(source.text.text(), options) else { return Vec::new() };
    let folder = RelPath::new(name).unwrap_or_default().parent();
    let path = |rule: &CssRule<'_>| match rule {
        CssRule::Import(import) => folder.join(&import.url).map(|path| path.to_string()),
        _ => None,
    };
    parsed.rules.0.iter().filter_map(path).collect()
}

/// The style sheet that an `@import` leads to.
fn resolved<'a>(
    import: &ImportRule<'_>,
    folder: &RelPath,
    known: &'a BTreeMap<String, Source>,
    problems: &mut Problems<'_>,
) -> Option<Import<'a>> {
    let Location { line, column, .. } = import.loc;
    let at = problems.offset(line, column);
    let place = problems.place(at..at + "@import".len());
    if is_foreign(&import.url) {
        problems.found.push(Diagnostic::new(Code::StyleForeign).with("url", &*import.url).at(place));
        return None;
    }
    let path = folder.join(&import.url);
    match path.as_ref().and_then(|path| known.get_key_value(path.as_str())) {
        Some((sheet, _)) => Some(Import { sheet, place }),
        None => {
            problems.missing(&import.url, path.as_ref(), known.keys(), place);
            None
        }
    }
}

/// Whether an address leads to another host.
fn is_foreign(url: &str) -> bool {
    let has_scheme = url.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    url.starts_with("//") || has_scheme
}

/// Gives each `url(…)` of a style sheet the address of the file that it names.
struct Addresses<'p, 's> {
    folder: RelPath,
    assets: &'p BTreeMap<String, Asset>,
    problems: &'p mut Problems<'s>,
}

impl<'i> Visitor<'i> for Addresses<'_, '_> {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(URLS)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), Infallible> {
        let written = url.url.to_string();
        if written.starts_with('#') || written.starts_with("data:") {
            return Ok(());
        }
        // The library counts these lines from 1.
        let at = self.problems.offset(url.loc.line.saturating_sub(1), url.loc.column);
        let place = self.problems.place(at..at + "url(".len() + written.len());
        if is_foreign(&written) {
            self.problems.found.push(Diagnostic::new(Code::StyleForeign).with("url", written).at(place));
            return Ok(());
        }
        let end = written.find(['?', '#']).unwrap_or(written.len());
        let (file, rest) = written.split_at(end);
        let path = self.folder.join(file);
        match path.as_ref().and_then(|path| self.assets.get(path.as_str())) {
            Some(asset) => url.url = format!("{}{rest}", asset.url.as_str()).into(),
            None => self.problems.missing(file, path.as_ref(), self.assets.keys(), place),
        }
        Ok(())
    }
}

/// What is found wrong with a style sheet.
struct Problems<'s> {
    source: &'s Source,
    found: Diagnostics,
}

impl Problems<'_> {
    /// Tells what the library has found.
    fn tell(&mut self, error: &Error<ParserError<'_>>) {
        let at = error.loc.as_ref().map_or(0, |ErrorLocation { line, column, .. }| self.offset(*line, *column));
        // What is wrong follows the space at which the library gives up.
        let rest = self.source.text.text().get(at..).unwrap_or_default();
        let at = at + (rest.len() - rest.trim_start_matches(' ').len());
        let range = at..self.end_of_word(at);
        let unknown = match &error.kind {
            ParserError::AtRuleInvalid(name) => Some(format!("@{name}")),
            ParserError::SelectorError(SelectorError::UnsupportedPseudoClass(name)) => Some(format!(":{name}")),
            ParserError::SelectorError(SelectorError::UnsupportedPseudoElement(name)) => Some(format!("::{name}")),
            _ => None,
        };
        if let Some(name) = unknown {
            // The library may have read past the name.
            let before = self.source.text.text().get(..at).unwrap_or_default().trim_end();
            let range = if before.ends_with(&name) { before.len() - name.len()..before.len() } else { range };
            let place = self.place(range);
            return self.found.push(Diagnostic::new(Code::StyleUnknown).with("name", name).at(place));
        }
        let problem = match &error.kind {
            ParserError::SelectorError(_) | ParserError::InvalidPageSelector | ParserError::InvalidNesting => {
                "style-problem.selector"
            }
            ParserError::InvalidMediaQuery | ParserError::AtRulePreludeInvalid => "style-problem.condition",
            ParserError::UnexpectedImportRule | ParserError::UnexpectedNamespaceRule => "style-problem.import-late",
            ParserError::InvalidDeclaration | ParserError::InvalidValue => "style-problem.declaration",
            _ => UNEXPECTED,
        };
        self.syntax(problem, range);
    }

    fn syntax(&mut self, problem: &'static str, range: std::ops::Range<usize>) {
        let place = self.place(range);
        self.found.push(Diagnostic::new(Code::StyleSyntax).with("problem", Arg::key(problem)).at(place));
    }

    /// Tells of a file that the theme does not have.
    fn missing<'n>(
        &mut self,
        written: &str,
        path: Option<&RelPath>,
        known: impl Iterator<Item = &'n String>,
        place: Place,
    ) {
        let near = path.and_then(|path| closest(path.as_str(), known.map(String::as_str)));
        self.found.push(Diagnostic::new(Code::StyleFileMissing).with("file", written).at(place).suggest(near));
    }

    /// A range of the text as a place in the file.
    fn place(&self, range: std::ops::Range<usize>) -> Place {
        let end = range.end.min(self.source.text.text().len());
        Place::at(self.source.path.clone(), self.source.text.raw_range(range.start.min(end)..end))
    }

    /// The offset of a line from 0 and a column from 1, in units of UTF-16, as the library counts.
    fn offset(&self, line: u32, column: u32) -> usize {
        let text = self.source.text.text();
        // A form feed begins a line too.
        let mut starts = text.match_indices(['\n', '\u{c}']).map(|(at, _)| at + 1);
        let start = line.checked_sub(1).map_or(Some(0), |before| starts.nth(before as usize)).unwrap_or(text.len());
        let mut left = column.saturating_sub(1) as usize;
        let rest = text.get(start..).unwrap_or_default();
        let in_line = rest.char_indices().find_map(|(at, letter)| {
            let here = left == 0 || letter == '\n';
            left = left.saturating_sub(letter.len_utf16());
            here.then_some(at)
        });
        start + in_line.unwrap_or(rest.len())
    }

    /// Where the word at an offset ends, one letter on at least.
    fn end_of_word(&self, at: usize) -> usize {
        let rest = self.source.text.text().get(at..).unwrap_or_default();
        let is_part = |letter: char| letter.is_alphanumeric() || "-_@.#:".contains(letter);
        let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        at + length.max(rest.chars().next().map_or(0, char::len_utf8))
    }
}
