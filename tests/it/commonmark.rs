//! The examples of the CommonMark specification run through the content floor.

use congso::base::lang::Lang;
use congso::base::path::RelPath;
use congso::config::HtmlPolicy;
use congso::content::document::{HoleKind, Target};
use congso::content::markdown::{MarkdownContext, MarkdownOptions, Output, Rendered, render};
use pulldown_cmark_escape::{escape_href, escape_html};
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    example: usize,
    section: String,
    markdown: String,
    html: String,
}

/// Examples whose output differs on purpose, and why.
const DIFFERENT: [(usize, &str); 0] = [];

#[test]
fn every_example_of_the_specification() {
    let examples: Vec<Example> = serde_json::from_str(include_str!("../fixtures/commonmark/examples.json")).unwrap();
    assert_eq!(examples.len(), 652);
    let path = RelPath::new("content/example.md").unwrap();
    let options = MarkdownOptions { html: HtmlPolicy::Trusted, output: Output::CommonMark };
    let mut failures = Vec::new();
    for Example { example, section, markdown, html } in &examples {
        let context = MarkdownContext { path: &path, lang: Lang::Vi, base: &|range| range, options };
        let rendered = filled(&render(markdown, context));
        let differs = normal(&rendered) != normal(html);
        if differs != DIFFERENT.iter().any(|(number, _)| number == example) {
            failures.push(format!("Example {example} ({section}):\n{markdown:?}\nwant {html:?}\ngot  {rendered:?}\n"));
        }
    }
    assert!(failures.is_empty(), "{} of {} examples:\n{}", failures.len(), examples.len(), failures.join("\n"));
}

/// Two ways to write the same HTML, on which the specification does not insist.
fn normal(html: &str) -> String {
    html.replace("&quot;", "\"").replace(" />", ">")
}

/// The HTML with its holes filled by what was written.
fn filled(rendered: &Rendered) -> String {
    let html = &rendered.body.html;
    let mut out = String::new();
    let mut at = 0;
    for hole in &rendered.body.holes {
        out.push_str(&html[at..hole.at]);
        at = hole.at;
        match &hole.kind {
            HoleKind::LinkOpen(index, title) => {
                out.push_str("<a href=\"");
                address(&mut out, &rendered.links[*index].target);
                out.push('"');
                attribute(&mut out, "title", title.as_deref());
                out.push('>');
            }
            HoleKind::LinkClose(_) => out.push_str("</a>"),
            HoleKind::Image(index) => {
                let image = &rendered.images[*index];
                out.push_str("<img src=\"");
                address(&mut out, &image.target);
                out.push('"');
                attribute(&mut out, "alt", Some(&image.alt));
                attribute(&mut out, "title", image.title.as_deref());
                out.push('>');
            }
            other => panic!("{other:?}"),
        }
    }
    out.push_str(&html[at..]);
    out
}

fn attribute(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        out.push_str(&format!(" {name}=\""));
        escape_html(&mut *out, value).unwrap();
        out.push('"');
    }
}

fn address(out: &mut String, target: &Target) {
    let address = match target {
        Target::External(address) => address.clone(),
        Target::Page { path, anchor } => {
            format!("{path}{}", anchor.as_ref().map_or_else(String::new, |a| format!("#{a}")))
        }
        Target::File { path, suffix } | Target::Site { path, suffix } => format!("{path}{suffix}"),
        Target::Anchor(anchor) => format!("#{anchor}"),
        Target::Removed => String::new(),
    };
    escape_href(out, &address).unwrap();
}
