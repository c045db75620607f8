//! Footnotes: kept while the text is written, numbered by first reference, written at the end.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::Writer;
use crate::content::document::HoleKind;
use crate::diag::{Code, Diagnostic};

/// All footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    definitions: Vec<Definition<'a>>,
    /// The first definition of each label, folded.
    by_label: BTreeMap<String, usize>,
    /// The definitions that are being read, innermost last.
    reading: Vec<usize>,
    /// The labels in the order of their first reference.
    order: Vec<String>,
    /// Number and count of references of each label.
    references: BTreeMap<String, (usize, usize)>,
    /// Whether the notes themselves are being written.
    writing: bool,
}

/// One definition.
#[derive(Debug)]
struct Definition<'a> {
    label: String,
    events: Vec<(Event<'a>, Range<usize>)>,
    range: Range<usize>,
    is_first: bool,
}

impl<'a> Notes<'a> {
    /// Whether an event begins a definition or belongs to one.
    pub(super) fn takes(&self, event: &Event<'a>) -> bool {
        !self.reading.is_empty() || matches!(event, Event::Start(Tag::FootnoteDefinition(_)))
    }

    /// Keeps such an event for the end of the page.
    pub(super) fn keep(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let index = self.definitions.len();
                let is_first = *self.by_label.entry(folded(&label)).or_insert(index) == index;
                self.definitions.push(Definition { label: label.to_string(), events: Vec::new(), range, is_first });
                self.reading.push(index);
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.reading.pop();
            }
            event => {
                if let Some(definition) = self.reading.last().and_then(|index| self.definitions.get_mut(*index)) {
                    definition.events.push((event, range));
                }
            }
        }
    }

    /// Whether the notes at the end are being written.
    pub(super) fn is_writing(&self) -> bool {
        self.writing
    }

    /// Counts a reference and gives the note's number and which reference to it this is.
    fn refer(&mut self, label: &str) -> (usize, usize) {
        let label = folded(label);
        let next = self.order.len() + 1;
        let (number, count) = self.references.entry(label.clone()).or_insert((next, 0));
        *count += 1;
        if *number == next && *count == 1 {
            self.order.push(label);
        }
        (*number, *count)
    }
}

impl Writer<'_> {
    /// Writes a reference.
    pub(super) fn note_reference(&mut self, label: &str) {
        let (number, count) = self.notes.refer(label);
        let id = reference_id(number, count);
        self.out.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// Writes the notes that are referred to, and reports the others.
    pub(super) fn write_notes(&mut self) {
        self.notes.writing = true;
        self.citing.section += 1;
        let mut written = 0;
        // A note may refer to further notes, which are appended to the order.
        while let Some(label) = self.notes.order.get(written).cloned() {
            written += 1;
            if written == 1 {
                self.out.fresh_line();
                self.out.push("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
            }
            self.write_note(&label, written);
        }
        if written > 0 {
            self.out.push("</ol>\n</div>\n");
        }
        self.report_unused_notes();
    }

    fn write_note(&mut self, label: &str, number: usize) {
        let index = self.notes.by_label.get(label).copied();
        let definition = index.and_then(|index| self.notes.definitions.get_mut(index));
        let events = definition.map(|definition| std::mem::take(&mut definition.events)).unwrap_or_default();
        self.out.push(&format!("<li id=\"fn-{number}\">\n"));
        self.block_break();
        self.nesting.enter();
        for (event, range) in events {
            self.write(event, range);
        }
        self.nesting_end();
        self.leave_container();
        self.block_break();
        // The way back belongs to the last line of the note.
        let in_paragraph = self.out.html.ends_with("</p>\n");
        if in_paragraph {
            let length = self.out.html.len() - "</p>\n".len();
            self.out.truncate(length);
        }
        let count = self.notes.references.get(label).map_or(0, |(_, count)| *count);
        for reference in 1..=count {
            self.out.push(&format!(
                " <a href=\"#{}\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"",
                reference_id(number, reference)
            ));
            self.out.hole(HoleKind::Text("footnote.back".into()));
            let which = if reference == 1 { format!(" {number}") } else { format!(" {number}-{reference}") };
            self.out.push(&format!("{which}\">↩</a>"));
        }
        self.out.push(if in_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
    }

    fn report_unused_notes(&mut self) {
        let unused: Vec<_> = self
            .notes
            .definitions
            .iter()
            .filter(|note| !note.is_first || !self.notes.references.contains_key(&folded(&note.label)))
            .map(|note| (note.label.clone(), note.range.clone()))
            .collect();
        for (label, range) in unused {
            let range = self.first_line(&range);
            self.report(Diagnostic::new(Code::FootnoteUnused).with("label", label), &range);
        }
    }
}

/// Labels are compared without case.
fn folded(label: &str) -> String {
    label.to_lowercase()
}

/// The id of a reference.
fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{count}") }
}
