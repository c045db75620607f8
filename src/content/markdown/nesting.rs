//! Which directives and containers are open; opening and closing lines of directives.

use std::ops::Range;

use super::attributes::{Opening, parse};
use super::directives::{BodyRule, Known, NO_CITATIONS, known, known_names, meant};
use super::writer::Writer;
use crate::content::directive::{Directive, DirectiveKind};
use crate::content::document::HoleKind;
use crate::diag::{Arg, Code, Diagnostic};

/// How many directives may stand in each other.
const DEEPEST: usize = 8;

/// What is open.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// How many lists, items and quotations are open.
    depth: usize,
    directives: Vec<OpenDirective>,
    /// For each open quotation the directive it became, if it is an alert.
    quotes: Vec<Option<usize>>,
    /// How many directives and alerts are drawn around this place.
    drawn: usize,
    /// Closing lines still to come for directives that their list or quotation has closed.
    orphans: usize,
}

/// An open directive.
#[derive(Debug)]
struct OpenDirective {
    /// Its index, if it is one that is drawn.
    index: Option<usize>,
    rule: BodyRule,
    /// How many containers were open at its opening line.
    depth: usize,
    name: String,
    line: Range<usize>,
    /// Whether something was said about its end or its body.
    is_reported: bool,
}

impl Nesting {
    /// Begins a list or an item.
    pub(super) fn enter(&mut self) {
        self.depth += 1;
    }

    /// Begins a quotation, or the alert it became.
    pub(super) fn enter_quote(&mut self, alert: Option<usize>) {
        self.depth += 1;
        self.drawn += usize::from(alert.is_some());
        self.quotes.push(alert);
    }

    /// Ends a quotation and tells which alert it was.
    pub(super) fn leave_quote(&mut self) -> Option<usize> {
        let alert = self.quotes.pop().flatten();
        self.drawn -= usize::from(alert.is_some());
        alert
    }

    /// Whether nothing is open.
    pub(super) fn is_at_root(&self) -> bool {
        self.depth == 0 && self.directives.is_empty()
    }

    /// Whether the writer has switched citations off here.
    pub(super) fn is_without_citations(&self) -> bool {
        self.directives.iter().any(|open| open.name == NO_CITATIONS)
    }

    /// Whether the innermost thing that is open is a gallery.
    pub(super) fn is_in_gallery(&self) -> bool {
        self.directives.last().is_some_and(|open| open.rule == BodyRule::Images && open.depth == self.depth)
    }
}

impl Writer<'_> {
    /// Handles a `:::` line.
    pub(super) fn directive_line(&mut self, line: Range<usize>) {
        self.cite_block();
        let text = self.masked.original.get(line.clone()).unwrap_or_default();
        let line = line.start..line.start + text.trim_end().len();
        match parse(text) {
            Ok(None) => self.directive_close(&line),
            Ok(Some(opening)) => self.directive_open(&opening, line),
            Err((error, part)) => {
                let part = line.start + part.start..line.start + part.end;
                let diagnostic = Diagnostic::new(Code::DirectiveSyntax).with("problem", Arg::key(error.key()));
                self.report(diagnostic, &part);
                self.ignore("", line);
            }
        }
    }

    /// A `:::` line that is indented so far that it continues a paragraph: it stays text.
    pub(super) fn indented_directive(&mut self, line: Range<usize>) {
        let diagnostic = Diagnostic::new(Code::DirectiveSyntax).with("problem", Arg::key("directive-syntax.indented"));
        self.report(diagnostic, &line);
        self.running_text(self.masked.original.get(line.clone()).unwrap_or_default(), line.clone());
        self.spans.skip(line.end);
    }

    /// Adds an alert as a directive, unless too many are open.
    pub(super) fn alert(&mut self, kind: DirectiveKind, line: &Range<usize>) -> Option<usize> {
        (self.nesting.drawn < DEEPEST).then(|| self.add_directive(kind, line))
    }

    /// Something stands in the innermost directive; some take nothing.
    pub(super) fn directive_content(&mut self, range: &Range<usize>) {
        let Some(open) = self.nesting.directives.last_mut() else { return };
        let problem = match open.rule {
            BodyRule::Any => return,
            BodyRule::Nothing => "directive-body.nothing",
            BodyRule::Images => "directive-body.images",
        };
        if !std::mem::replace(&mut open.is_reported, true) {
            let name = open.name.clone();
            let range = self.first_line(range);
            let diagnostic =
                Diagnostic::new(Code::DirectiveBody).with("directive", name).with("problem", Arg::key(problem));
            self.report(diagnostic, &range);
        }
    }

    /// Text in a gallery is none of its images.
    pub(super) fn gallery_text(&mut self, text: &str, range: &Range<usize>) {
        if self.nesting.is_in_gallery() && !text.trim().is_empty() {
            self.directive_content(range);
        }
    }

    /// Ends a list, item or quotation, and with it the directives that were opened inside it.
    pub(super) fn leave_container(&mut self) {
        self.nesting.depth = self.nesting.depth.saturating_sub(1);
        while self.nesting.directives.last().is_some_and(|open| open.depth > self.nesting.depth) {
            self.nesting.orphans += 1;
            self.close_unclosed();
        }
    }

    /// Ends the text or a footnote, and with it all directives.
    pub(super) fn nesting_end(&mut self) {
        while !self.nesting.directives.is_empty() {
            self.close_unclosed();
        }
        self.nesting.orphans = 0;
    }

    fn directive_open(&mut self, opening: &Opening<'_>, line: Range<usize>) {
        self.directive_content(&line);
        let Some(known) = known(opening.name) else {
            let diagnostic = Diagnostic::new(Code::DirectiveUnknown)
                .with("directive", opening.name)
                .with("known", known_names())
                .suggest(meant(opening.name));
            self.report(diagnostic, &line);
            return self.ignore(opening.name, line);
        };
        if self.nesting.drawn >= DEEPEST {
            self.report(Diagnostic::new(Code::DirectiveDepth).with("limit", DEEPEST), &line);
            return self.ignore(opening.name, line);
        }
        match self.directive_kind(known, opening, &line) {
            Some(kind) => {
                let index = self.add_directive(kind, &line);
                self.out.fresh_line();
                self.out.hole(HoleKind::DirectiveOpen(index));
                self.begin_block();
                self.push_directive(Some(index), known, line);
            }
            None => self.push_directive(None, known, line),
        }
    }

    fn directive_close(&mut self, line: &Range<usize>) {
        match self.nesting.directives.last_mut() {
            Some(open) if open.depth == self.nesting.depth => self.close_last(),
            Some(open) => {
                // It stands in a list or quotation that the opening line is not in.
                let said = std::mem::replace(&mut open.is_reported, true);
                if !said {
                    self.report(Diagnostic::new(Code::DirectiveStray), line);
                }
            }
            None if self.nesting.orphans > 0 => self.nesting.orphans -= 1,
            None => self.report(Diagnostic::new(Code::DirectiveStray), line),
        }
    }

    fn add_directive(&mut self, kind: DirectiveKind, line: &Range<usize>) -> usize {
        let spot = self.spot(line);
        self.found.directives.push(Directive { kind, spot });
        self.found.directives.len() - 1
    }

    fn push_directive(&mut self, index: Option<usize>, known: &Known, line: Range<usize>) {
        self.nesting.drawn += usize::from(index.is_some());
        self.nesting.directives.push(OpenDirective {
            index,
            rule: known.body,
            depth: self.nesting.depth,
            name: known.name.to_owned(),
            line,
            is_reported: false,
        });
    }

    /// Opens something about which an error was already reported: its closing line is no stray one.
    fn ignore(&mut self, name: &str, line: Range<usize>) {
        self.nesting.directives.push(OpenDirective {
            index: None,
            rule: BodyRule::Any,
            depth: self.nesting.depth,
            name: name.to_owned(),
            line,
            is_reported: true,
        });
    }

    fn close_unclosed(&mut self) {
        if let Some(open) = self.nesting.directives.last().filter(|open| !open.is_reported) {
            let diagnostic = Diagnostic::new(Code::DirectiveUnclosed).with("directive", open.name.clone());
            let line = open.line.clone();
            self.report(diagnostic, &line);
        }
        self.close_last();
    }

    fn close_last(&mut self) {
        if let Some(index) = self.nesting.directives.pop().and_then(|open| open.index) {
            self.nesting.drawn -= 1;
            self.out.fresh_line();
            self.out.hole(HoleKind::DirectiveClose(index));
            self.out.push("\n");
        }
    }
}
