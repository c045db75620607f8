//! The Markdown renderer from outside: text in, HTML with holes and facts out.

mod blocks;
mod citations;
mod directives;
mod hostile;
mod inline;
mod properties;
mod raw_html;

use super::{MarkdownContext, MarkdownOptions, Output, Rendered, render};
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::config::HtmlPolicy;
use crate::content::document::HoleKind;
use crate::diag::{Catalog, Spot};

/// Renders for the portal, with offsets of the text as offsets of the file.
fn portal(text: &str) -> Rendered {
    with(text, HtmlPolicy::Sanitize)
}

fn with(text: &str, html: HtmlPolicy) -> Rendered {
    let path = RelPath::new("content/a.md").unwrap();
    let options = MarkdownOptions { html, output: Output::Portal };
    render(text, MarkdownContext { path: &path, lang: Lang::Vi, base: &|range| range, options })
}

/// The HTML with its holes as `{name}`.
fn shown(rendered: &Rendered) -> String {
    let mut out = String::new();
    let mut at = 0;
    for hole in &rendered.body.holes {
        out.push_str(&rendered.body.html[at..hole.at]);
        at = hole.at;
        out.push_str(&match &hole.kind {
            HoleKind::LinkOpen(index, None) => format!("{{a{index}}}"),
            HoleKind::LinkOpen(index, Some(title)) => format!("{{a{index} {title}}}"),
            HoleKind::LinkClose(index) => format!("{{/a{index}}}"),
            HoleKind::Url(index) => format!("{{u{index}}}"),
            HoleKind::Image(index) => format!("{{img{index}}}"),
            HoleKind::Text(key) => format!("{{{key}}}"),
            HoleKind::DirectiveOpen(index) => format!("{{d{index}}}"),
            HoleKind::DirectiveClose(index) => format!("{{/d{index}}}"),
            HoleKind::CitationOpen(index) => format!("{{c{index}}}"),
            HoleKind::CitationClose(index) => format!("{{/c{index}}}"),
        });
    }
    out.push_str(&rendered.body.html[at..]);
    out
}

fn html(text: &str) -> String {
    shown(&portal(text))
}

/// The diagnostics as `code: the marked text`.
fn problems(text: &str) -> Vec<String> {
    problems_of(&portal(text), text)
}

/// Every message is there in both languages, with all its places filled.
fn check_messages(rendered: &Rendered) {
    for lang in Lang::ALL {
        let catalog = Catalog::load(lang);
        for diagnostic in rendered.diagnostics.iter() {
            let (message, hints) = (catalog.message(diagnostic), catalog.hints(diagnostic));
            assert_ne!(message, diagnostic.code.id(), "{lang}");
            assert!(!hints.is_empty(), "{lang} {}", diagnostic.code.id());
            for text in hints.iter().chain([&message]) {
                let places = text.replace("{lang=", "").replace("{name}", "");
                assert!(!places.contains('{') && !places.contains("directive-"), "{lang}: {text}");
            }
        }
    }
}

fn problems_of(rendered: &Rendered, text: &str) -> Vec<String> {
    let slice = |spot: &Spot| match spot {
        Spot::Bytes(start, end) => text[*start..*end].to_owned(),
        other => format!("{other:?}"),
    };
    check_messages(rendered);
    rendered
        .diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.code.id(), slice(&diagnostic.place.as_ref().unwrap().spot)))
        .collect()
}
