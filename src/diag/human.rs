//! Diagnostics for the terminal: message, excerpt with the place marked, remedy.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Catalog, Diagnostic, Place, Severity, Spot};
use crate::base::path::RelPath;

/// Whether the output may have colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// ANSI escapes.
    Ansi,
    /// Plain text.
    Plain,
}

/// How long a line of an excerpt may be; of longer files only the place is named.
const MAX_LINE: usize = 4096;

/// A diagnostic as a person reads it. `text_of` gives the text of a file, if it can be shown.
#[must_use]
pub fn render(
    diagnostic: &Diagnostic,
    catalog: &Catalog,
    colour: Colour,
    text_of: &dyn Fn(&RelPath) -> Option<String>,
) -> String {
    let message = catalog.message(diagnostic);
    let (level, name) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, catalog.text("ui.error")),
        Severity::Warning => (Level::WARNING, catalog.text("ui.warning")),
        Severity::Hint => (Level::NOTE, catalog.text("ui.hint")),
    };
    let place = diagnostic.place.as_ref();
    let text = place.and_then(|place| text_of(&place.file));
    let related: Vec<String> = diagnostic.related.iter().map(|place| place.file.to_string()).collect();
    let mut group = level.with_name(name).primary_title(message.as_str()).id(diagnostic.code.id());
    let mut body: Group<'_> = match (place, &text) {
        (Some(place), Some(text)) => match shown_range(place, text) {
            Some(range) => {
                let snippet = Snippet::source(text.as_str()).path(place.file.as_str());
                group.element(snippet.annotation(AnnotationKind::Primary.span(range)))
            }
            None => group.element(origin(place, text)),
        },
        (Some(place), None) => group.element(Origin::path(place.file.as_str())),
        (None, _) => {
            group = group.id(diagnostic.code.id());
            Group::with_title(group)
        }
    };
    for file in &related {
        body = body.element(Origin::path(file.as_str()));
    }
    for hint in catalog.hints(diagnostic) {
        body = body.element(Level::HELP.with_name(catalog.text("ui.help").to_owned()).message(hint));
    }
    let renderer = match colour {
        Colour::Ansi => Renderer::styled(),
        Colour::Plain => Renderer::plain(),
    };
    renderer.render(&[body])
}

/// The file, and the line where it is known.
fn origin<'a>(place: &'a Place, text: &str) -> Origin<'a> {
    let origin = Origin::path(place.file.as_str());
    match place.spot {
        Spot::Bytes(start, _) => {
            let before = text.as_bytes().get(..start).unwrap_or(text.as_bytes());
            origin.line(before.iter().filter(|byte| **byte == b'\n').count() + 1)
        }
        Spot::Whole | Spot::Field(_) => origin,
    }
}

/// The range to mark, cut at the end of its line and on character boundaries; `None` where only the
/// file is meant, or the line is too long to show.
fn shown_range(place: &Place, text: &str) -> Option<Range<usize>> {
    let Spot::Bytes(start, end) = place.spot else { return None };
    let start = floor(text, start);
    let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    if line_end - line_start > MAX_LINE {
        return None;
    }
    let end = floor(text, end).clamp(start, line_end);
    Some(start..end)
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
