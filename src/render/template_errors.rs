//! Errors in the templates themselves, as Tera finds them when it compiles: as diagnostics with places.

use std::ops::Range;

use tera::ErrorKind;

use crate::base::similar::closest;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::theme::Theme;

/// What is wrong with the templates of a theme.
pub(super) fn compile_errors(error: &tera::Error, theme: &Theme) -> Diagnostics {
    let one = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = Some(report.span().range.clone());
            syntax(report.filename(), report.message(), range, theme)
        }
        ErrorKind::MissingParent { current, parent } => {
            let range = theme.templates.get(current).and_then(|template| {
                let start = template.text.find(parent.as_str())?;
                Some(start..start + parent.len())
            });
            missing(parent, current, range, theme)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            syntax(tpl, &error.to_string(), None, theme)
        }
        other => {
            let text = other.to_string();
            let found = reports(&text);
            if !found.is_empty() {
                return found.into_iter().map(|report| report.diagnostic(theme)).collect();
            }
            syntax("-", &text, None, theme)
        }
    };
    std::iter::once(one).collect()
}

/// A template that is asked for and is not there.
pub(super) fn template_missing(name: &str, by: &str, theme: &Theme) -> Diagnostic {
    let known = theme.templates.keys().map(String::as_str);
    Diagnostic::new(Code::TemplateMissing).with("template", name).with("by", by).suggest(closest(name, known))
}

fn missing(name: &str, by: &str, range: Option<Range<usize>>, theme: &Theme) -> Diagnostic {
    let problem = template_missing(name, by, theme);
    Diagnostic { place: place(by, range, theme), ..problem }
}

fn syntax(template: &str, message: &str, range: Option<Range<usize>>, theme: &Theme) -> Diagnostic {
    let problem = Diagnostic::new(Code::TemplateSyntax).with("template", template).with("message", message);
    Diagnostic { place: place(template, range, theme), ..problem }
}

fn place(template: &str, range: Option<Range<usize>>, theme: &Theme) -> Option<Place> {
    let file = theme.templates.get(template)?.path.clone();
    Some(match range {
        Some(range) => Place::at(file, range),
        None => Place::file(file),
    })
}

/// One error of the text in which Tera tells of unknown filters, functions, blocks and templates.
#[derive(Debug, PartialEq, Eq)]
struct Report<'a> {
    message: &'a str,
    template: &'a str,
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
}

/// The reports in a text: `error: MESSAGE`, then ` --> TEMPLATE:LINE:COLUMN`, then an excerpt.
fn reports(text: &str) -> Vec<Report<'_>> {
    let lines = text.lines().zip(text.lines().skip(1));
    let found = lines.filter_map(|(first, second)| {
        let message = first.strip_prefix("error: ")?;
        let (rest, column) = second.trim_start().strip_prefix("--> ")?.rsplit_once(':')?;
        let (template, line) = rest.rsplit_once(':')?;
        Some(Report { message, template, line: line.parse().ok()?, column: column.parse().ok()? })
    });
    found.collect()
}

impl Report<'_> {
    fn diagnostic(&self, theme: &Theme) -> Diagnostic {
        let range = self.range(theme);
        let absent = self.message.strip_prefix("Unknown template `").and_then(|rest| rest.strip_suffix('`'));
        match absent {
            Some(name) => missing(name, self.template, range, theme),
            None => syntax(self.template, self.message, range, theme),
        }
    }

    /// From the place to the end of its line.
    fn range(&self, theme: &Theme) -> Option<Range<usize>> {
        let text = &theme.templates.get(self.template)?.text;
        let line = text.split_inclusive('\n').nth(self.line.checked_sub(1)?)?;
        let before: usize = text.split_inclusive('\n').take(self.line - 1).map(str::len).sum();
        let column = line.char_indices().nth(self.column.checked_sub(1)?).map_or(0, |(at, _)| at);
        Some(before + column..before + line.trim_end().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_tera_are_read() {
        let mut tera = tera::Tera::new();
        let error =
            tera.add_raw_template("a.html", "ă {{ x | nix }}\n{% include \"b.html\" %}").unwrap_err().to_string();
        let report = |message, line, column| Report { message, template: "a.html", line, column };
        assert_eq!(
            reports(&error),
            [report("Unknown filter `nix`", 1, 10), report("Unknown template `b.html`", 2, 12)]
        );
    }
}
