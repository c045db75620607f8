//! Paragraphs, headings, lists, quotations, code blocks and tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr};

use super::fragment::Fragment;
use super::inline::NBSP;
use super::writer::{Task, Writer};
use crate::base::text::without_controls;
use crate::content::directive::{DirectiveKind, Tone};
use crate::content::document::{Heading, HoleKind};
use crate::content::highlight;
use crate::diag::{Code, Diagnostic};

/// The paragraph being written.
#[derive(Debug, Default)]
pub(super) struct ParagraphDraft {
    /// Where its content begins in the HTML.
    html_start: usize,
    /// Where its text begins in the plain text.
    plain_start: usize,
    /// In a gallery, where images stand side by side without a paragraph around them.
    bare: bool,
}

/// The heading being written.
#[derive(Debug)]
pub(super) struct HeadingDraft {
    id: Option<String>,
    lang: Option<String>,
    /// Behind `<h2` in the HTML, where the id goes.
    tag_end: usize,
    /// Where its content begins in the HTML.
    html_start: usize,
    /// Where its text begins in the plain text.
    pub(super) plain_start: usize,
    /// The language span that began with the heading, and where it ended in the plain text.
    pub(super) span: Option<(String, usize)>,
}

/// The code block being read.
#[derive(Debug)]
pub(super) struct CodeDraft {
    /// The word behind the fence; `None` for an indented block.
    info: Option<String>,
    pub(super) text: String,
    range: Range<usize>,
}

/// The table being written.
#[derive(Debug, Default)]
pub(super) struct TableDraft {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How many tables there are so far; each needs a name of its own.
    count: usize,
    /// Before the cell's tag, and behind it.
    cell: (usize, usize),
}

impl<'a> Writer<'a> {
    pub(super) fn paragraph_start(&mut self, range: &Range<usize>) {
        let bare = self.nesting.is_in_gallery();
        if !bare {
            self.directive_content(range);
        }
        self.out.fresh_line();
        if !bare {
            self.out.push("<p>");
        }
        self.begin_block();
        self.paragraph = ParagraphDraft { html_start: self.out.html.len(), plain_start: self.plain.len(), bare };
    }

    pub(super) fn paragraph_end(&mut self) {
        self.spans_end();
        self.cite_block();
        let ParagraphDraft { html_start, plain_start, bare } = self.paragraph;
        self.trim_block(html_start);
        if bare {
            self.out.push("\n");
        } else if self.is_portal() && self.out.is_unchanged_since(html_start) {
            // A line of no-break spaces only.
            self.out.truncate(html_start - "<p>".len());
        } else {
            self.out.push("</p>\n");
        }
        if self.nesting.is_at_root() && !self.notes.is_writing() && self.lead.len() < 4096 {
            let text = self.plain.get(plain_start..).unwrap_or_default();
            if !text.is_empty() {
                if !self.lead.is_empty() {
                    self.lead.push(' ');
                }
                self.lead.push_str(text);
            }
        }
        self.block_break();
    }

    /// Takes back spaces at the end of a block.
    pub(super) fn trim_block(&mut self, html_start: usize) {
        if self.is_portal() {
            while self.out.html.len() > html_start
                && self.out.html.ends_with([NBSP, ' '])
                && self.out.holes.last().is_none_or(|hole| hole.at < self.out.html.len())
            {
                self.out.html.pop();
            }
        }
    }

    pub(super) fn heading_start(
        &mut self,
        level: u8,
        id: Option<CowStr<'a>>,
        lang: Option<CowStr<'a>>,
        range: Range<usize>,
    ) {
        self.directive_content(&range);
        self.citing.section += 1;
        if level == 1 && self.is_portal() {
            self.report(Diagnostic::new(Code::HeadingLevelOne), &range);
        }
        let source = self.masked.original.get(range.clone()).unwrap_or_default();
        // In `## [text]{lang=en}` the parser takes the mark of the span for one of the heading.
        let lang = lang.filter(|_| !source.contains("]{lang=")).and_then(|tag| self.known_lang(&tag, &range));
        self.out.fresh_line();
        self.out.push("<");
        self.out.push(heading_name(level));
        let tag_end = self.out.html.len();
        if let (Some(lang), true) = (&lang, self.is_portal()) {
            self.out.push(" lang=\"");
            self.out.attribute(lang);
            self.out.push("\"");
        }
        self.out.push(">");
        self.begin_block();
        self.heading = Some(HeadingDraft {
            id: id.map(|id| self.tidy(&id)).filter(|id| !id.is_empty()),
            lang,
            tag_end,
            html_start: self.out.html.len(),
            plain_start: self.plain.len(),
            span: None,
        });
    }

    pub(super) fn heading_end(&mut self, level: u8) {
        self.spans_end();
        self.cite_block();
        let Some(heading) = self.heading.take() else { return };
        self.trim_block(heading.html_start);
        let text = self.plain.get(heading.plain_start..).unwrap_or_default().trim().to_owned();
        if self.is_portal() {
            let id = self.anchors.heading(heading.id.as_deref(), &text);
            let html = String::with_capacity(id.len() + 8);
            let mut attribute = Fragment { html, ..Fragment::default() };
            attribute.push(" id=\"");
            attribute.attribute(&id);
            attribute.push("\"");
            self.out.insert(heading.tag_end, &attribute.html);
            let covered = heading.span.filter(|(_, end)| *end == self.plain.len()).map(|(lang, _)| lang);
            self.found.body.outline.push(Heading { level, id, text, lang: heading.lang.or(covered) });
        }
        self.out.push("</");
        self.out.push(heading_name(level));
        self.out.push(">\n");
        self.block_break();
    }

    pub(super) fn quote_start(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) {
        self.directive_content(range);
        self.out.fresh_line();
        let alert = kind.and_then(|kind| {
            let tone = match kind {
                BlockQuoteKind::Note => Tone::Note,
                BlockQuoteKind::Tip => Tone::Tip,
                BlockQuoteKind::Important => Tone::Important,
                BlockQuoteKind::Warning => Tone::Warning,
                BlockQuoteKind::Caution => Tone::Caution,
            };
            let line = self.first_line(range);
            self.alert(DirectiveKind::Callout { tone, title: None }, &line)
        });
        match alert {
            Some(index) => self.out.hole(HoleKind::DirectiveOpen(index)),
            None => self.out.push("<blockquote>\n"),
        }
        self.nesting.enter_quote(alert);
    }

    pub(super) fn quote_end(&mut self) {
        self.leave_container();
        match self.nesting.leave_quote() {
            Some(index) => {
                self.out.fresh_line();
                self.out.hole(HoleKind::DirectiveClose(index));
                self.out.push("\n");
            }
            None => self.out.push("</blockquote>\n"),
        }
    }

    pub(super) fn list_start(&mut self, first: Option<u64>, range: &Range<usize>) {
        self.block_break();
        self.directive_content(range);
        self.nesting.enter();
        self.out.fresh_line();
        match first {
            None => self.out.push("<ul>\n"),
            Some(1) => self.out.push("<ol>\n"),
            Some(first) => self.out.push(&format!("<ol start=\"{first}\">\n")),
        }
    }

    pub(super) fn list_end(&mut self, tag: &str) {
        self.leave_container();
        self.out.push(tag);
    }

    pub(super) fn task_marker(&mut self, task: Task) {
        let (key, checked) = match task {
            Task::Open => ("task.open", ""),
            Task::Done => ("task.done", " checked"),
        };
        self.out.push("<input type=\"checkbox\" disabled");
        self.out.push(checked);
        self.out.push(" aria-label=\"");
        self.out.hole(HoleKind::Text(key.into()));
        self.out.push("\"> ");
    }

    pub(super) fn code_start(&mut self, kind: CodeBlockKind<'a>, range: Range<usize>) {
        self.directive_content(&range);
        let info = match kind {
            CodeBlockKind::Fenced(info) => Some(info.split([' ', '\t', ',']).next().unwrap_or_default().to_owned()),
            CodeBlockKind::Indented => None,
        };
        self.code = Some(CodeDraft { info, text: String::new(), range });
    }

    pub(super) fn code_end(&mut self) {
        let Some(code) = self.code.take() else { return };
        if code.info.is_none() && self.is_portal() && is_prose(&code.text) {
            self.report(Diagnostic::new(Code::IndentedProse), &code.range);
        }
        self.out.fresh_line();
        // Long lines scroll, and what scrolls must be reached with the keyboard.
        self.out.push(if self.is_portal() { "<pre tabindex=\"0\"><code" } else { "<pre><code" });
        let language = code.info.filter(|info| !info.is_empty());
        if let Some(language) = &language {
            self.out.push(" class=\"language-");
            self.out.attribute(&self.tidy(language));
            self.out.push("\"");
        }
        self.out.push(">");
        match language
            .filter(|_| self.is_portal())
            .and_then(|language| highlight::highlight(&language, &without_controls(&code.text)))
        {
            Some(html) => self.out.push(&html),
            None => self.code_text(&code.text),
        }
        self.out.push("</code></pre>\n");
    }

    pub(super) fn table_start(&mut self, alignments: Vec<Alignment>, range: &Range<usize>) {
        self.directive_content(range);
        self.table = TableDraft { alignments, count: self.table.count + 1, ..TableDraft::default() };
        self.out.fresh_line();
        // A wide table scrolls in its own box, which needs a name and a place in the tab order.
        self.out.push("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.out.hole(HoleKind::Text("table.label".into()));
        if self.table.count > 1 {
            self.out.push(&format!(" {}", self.table.count));
        }
        self.out.push("\"><table>\n");
    }

    pub(super) fn table_head_start(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.push("<thead>\n<tr>");
    }

    pub(super) fn table_head_end(&mut self) {
        self.table.in_head = false;
        self.out.push("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn table_row_start(&mut self) {
        self.table.column = 0;
        self.out.push("<tr>");
    }

    pub(super) fn table_cell_start(&mut self) {
        let before = self.out.html.len();
        self.out.push(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push(self.cell_class());
        self.out.push(">");
        self.begin_block();
        self.table.cell = (before, self.out.html.len());
    }

    pub(super) fn table_cell_end(&mut self) {
        self.spans_end();
        let (before, behind) = self.table.cell;
        self.trim_block(behind);
        if self.table.in_head && self.out.is_unchanged_since(behind) {
            // An empty header cell heads nothing.
            self.out.truncate(before);
            self.out.push("<td></td>");
        } else {
            self.out.push(if self.table.in_head { "</th>" } else { "</td>" });
        }
        self.table.column += 1;
        self.block_break();
    }

    pub(super) fn table_end(&mut self) {
        self.out.push("</tbody>\n</table></div>\n");
    }

    /// The class of the current column; `style` would break the Content-Security-Policy.
    fn cell_class(&self) -> &'static str {
        match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"al-left\"",
            Some(Alignment::Center) => " class=\"al-center\"",
            Some(Alignment::Right) => " class=\"al-right\"",
            Some(Alignment::None) | None => "",
        }
    }
}

/// Whether an indented block holds words and not code: at least four words, mostly letters, none of
/// the signs that code is full of, and something no program has (a Vietnamese letter, or a sentence).
fn is_prose(text: &str) -> bool {
    let code_sign =
        |c: char| matches!(c, '{' | '}' | '=' | '<' | '>' | '$' | '\\' | '|' | '#' | '&' | '*' | '_' | '@' | '[' | ']');
    if text.contains(code_sign) || text.contains("()") || text.contains("//") || text.contains(" --") {
        return false;
    }
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let visible = text.chars().filter(|c| !c.is_whitespace()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let sentence = text.trim_end().ends_with(['.', '!', '?', '…', ':']) && words >= 6;
    words >= 4 && letters * 10 >= visible * 7 && (sentence || text.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
}

/// The element of a heading of a level.
fn heading_name(level: u8) -> &'static str {
    match level {
        1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_told_from_code() {
        for prose in ["Thủ tướng Chính phủ ký quyết định.\n", "The decision was signed on 3 June 2020.\n"]
        {
            assert!(is_prose(prose), "{prose}");
        }
        for code in [
            "cargo build --release\n",
            "let a = b;\n",
            "Thông báo(); // gọi hàm\n",
            "npm install\n",
            "1 2 3 4 5\n",
            "print hello world now\n",
        ] {
            assert!(!is_prose(code), "{code}");
        }
    }
}
