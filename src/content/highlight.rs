//! Colours code: spans with classes of one letter, without inline style.
//!
//! | class | what |
//! |---|---|
//! | `c` | comment |
//! | `s` | string |
//! | `n` | number |
//! | `l` | other constant: `true`, `null` |
//! | `k` | keyword, storage |
//! | `f` | name of a function |
//! | `t` | name of a type, class or tag |
//! | `a` | name of an attribute or key |
//! | `v` | parameter, variable with a sign |
//! | `h` | heading in markup |
//! | `i`, `d` | inserted, deleted |
//!
//! Operators and punctuation keep the colour of text: they are too many to be worth their bytes.

#[cfg(test)]
mod classes;
mod memo;
#[cfg(test)]
mod patterns;
mod turns;
#[cfg(test)]
mod walked;

use std::sync::OnceLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::dumps::from_uncompressed_data;
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use memo::{Memo, Point, Runs};
use turns::Turn;

/// Longer code is shown plain: nobody reads it, and colouring takes a second for each 200 KB.
const LONGEST: usize = 64 * 1024;

/// Lines longer than this are data, on which regular expressions are slow.
const LONGEST_LINE: usize = 2000;

/// Scopes (TextMate naming) and their classes; the first that is a prefix wins.
const CLASSES: [(&str, &str); 29] = [
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("constant.character.escape", "s"),
    ("punctuation.definition.string", "s"),
    ("entity.name.tag.yaml", "a"),
    ("string.unquoted.plain.out.yaml", ""),
    ("string", "s"),
    ("constant.numeric", "n"),
    ("constant.language", "l"),
    ("constant", "l"),
    ("keyword.operator", ""),
    ("keyword", "k"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name.tag", "t"),
    ("entity.name", "t"),
    ("entity.other.inherited-class", "t"),
    ("support.type.property-name", "a"),
    ("support", "t"),
    ("entity.other.attribute-name", "a"),
    ("meta.mapping.key", "a"),
    ("variable.parameter", "v"),
    ("variable.other.readwrite", "v"),
    ("markup.heading", "h"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("meta.diff.range", "k"),
];

/// All grammars, as `build.rs` has made them.
const DUMP: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/grammars.packdump"));

/// The grammars and the classes, compiled once, when the first page with code asks for them. They
/// never change, so that no output depends on who came first.
struct Grammars {
    syntaxes: SyntaxSet,
    /// One for each syntax, in their order.
    turns: Vec<Turn>,
    classes: Vec<(Scope, &'static str)>,
    memo: Memo,
}

static GRAMMARS: OnceLock<Grammars> = OnceLock::new();

impl Grammars {
    fn load() -> &'static Self {
        GRAMMARS.get_or_init(|| {
            let syntaxes: SyntaxSet = from_uncompressed_data(DUMP).unwrap_or_default();
            Self {
                turns: syntaxes.syntaxes().iter().map(|_| Turn::default()).collect(),
                classes: CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect(),
                memo: Memo::default(),
                syntaxes,
            }
        })
    }

    fn find(&self, language: &str) -> Option<&SyntaxReference> {
        let token = match language.to_ascii_lowercase().as_str() {
            "shell" | "console" | "zsh" => "sh",
            "jsonc" | "json5" => "json",
            "text" | "txt" | "plain" | "plaintext" => return None,
            _ => language,
        };
        self.syntaxes.find_syntax_by_token(token)
    }

    fn turn(&self, syntax: &SyntaxReference) -> Option<&Turn> {
        self.turns.get(self.syntaxes.syntaxes().iter().position(|known| std::ptr::eq(known, syntax))?)
    }

    /// The colours of a line; the point moves behind it.
    fn read(&self, point: &mut Point, line: &str) -> Option<Runs> {
        let operations = point.state.parse_line(line, &self.syntaxes).ok()?;
        let mut runs = Runs::new();
        for (text, operation) in ScopeRegionIterator::new(&operations, line) {
            point.stack.apply(operation).ok()?;
            if !text.is_empty() {
                runs.push((text.len(), self.class(&point.stack)));
            }
        }
        Some(runs)
    }

    /// The class of the innermost scope that has one.
    fn class(&self, stack: &ScopeStack) -> &'static str {
        let of = |scope: &Scope| {
            self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
        };
        stack.as_slice().iter().rev().find_map(of).unwrap_or_default()
    }
}

/// The HTML of code in a language; `None` where the language is unknown, the code too long, or the
/// grammar at a loss, so that the code is shown plain.
#[must_use]
pub fn highlight(language: &str, code: &str) -> Option<String> {
    if code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let grammars = Grammars::load();
    let syntax = grammars.find(language)?;
    let turn = grammars.turn(syntax)?;
    let state = ParseState::new(syntax);
    let mut cursor = grammars.memo.at(Point { state, stack: ScopeStack::new() });
    let mut out = Painter { html: String::with_capacity(code.len() * 3), class: "" };
    for line in code.split_inclusive('\n') {
        let runs = grammars.memo.line(&mut cursor, line, |point| {
            let _mine = turn.take();
            grammars.read(point, line)
        })?;
        let mut rest = line;
        for (length, class) in runs.iter() {
            let (text, tail) = rest.split_at_checked(*length)?;
            out.paint(text, class);
            rest = tail;
        }
    }
    out.change("");
    Some(out.html)
}

/// Writes spans, one for neighbours of the same class.
struct Painter {
    html: String,
    class: &'static str,
}

impl Painter {
    fn paint(&mut self, text: &str, class: &'static str) {
        // White space has no colour and interrupts none.
        if !text.trim().is_empty() {
            self.change(class);
        }
        let _ = escape_html_body_text(&mut self.html, text);
    }

    fn change(&mut self, class: &'static str) {
        if class == self.class {
            return;
        }
        // White space that was taken along goes behind the span.
        let content = self.html.trim_end().len();
        let space = self.html.split_off(content);
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.html.push_str(&space);
        if !class.is_empty() {
            self.html.push_str("<span class=\"");
            self.html.push_str(class);
            self.html.push_str("\">");
        }
        self.class = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str = "/// Doc.\nfn main() {\n    let x: u32 = 42; // số\n    println!(\"a\\n<b>\");\n}\n";
    const SHELL: &str = "#!/bin/sh\nset -e\nfor f in *.md; do\n  echo \"$f\" | wc -l\ndone\n";
    const HTML: &str = "<!doctype html>\n<p class=\"a\">Chào <b>bạn</b> &amp; tôi</p>\n";
    const YAML: &str = "title: Chuyển đổi số\ndate: 2022-04-27 # ngày\ntopics: [a, b]\n";
    const JSON: &str = "{\n  \"a\": [1, true, \"x\"],\n  \"b\": null\n}\n";
    const PYTHON: &str = "def tính(a, số=1):\n    \"\"\"Tài liệu.\"\"\"\n    return [x for x in a if x > số]\n";
    const SQL: &str = "SELECT ngày, count(*) AS số_lượng -- đếm\nFROM hồ_sơ WHERE tỉnh = 'Huế' GROUP BY ngày;\n";
    const SCRIPT: &str =
        "const đếm = (a) => `${a.length} dòng`; // $1\nif (/\\d+/u.test(x)) { gọi({ khóa: 0x1F }); }\n";
    const STYLE: &str = ".thẻ > a:hover { color: #fff; margin: 0 1.5rem; }\n@media (width >= 40em) { p { top: 0 } }\n";
    const JAVA: &str = "@Override public int đếm(List<String> a) { return a.size() + 1_000; } // số\n";
    const PHP: &str = "<?php\nfunction chào($tên) { return \"Chào {$tên}\\n\" . strlen($tên); }\n";

    /// Code in languages that portals show.
    const SAMPLES: [(&str, &str); 11] = [
        ("rust", RUST),
        ("sh", SHELL),
        ("html", HTML),
        ("yaml", YAML),
        ("json", JSON),
        ("python", PYTHON),
        ("sql", SQL),
        ("js", SCRIPT),
        ("css", STYLE),
        ("java", JAVA),
        ("php", PHP),
    ];

    /// The text of the HTML without tags.
    fn text_of(html: &str) -> String {
        let mut out = String::new();
        for part in html.split('<') {
            out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn words_get_their_classes() {
        let html = highlight("rust", RUST).unwrap();
        for part in [
            "<span class=\"c\">/// Doc.</span>",
            "<span class=\"k\">fn</span> <span class=\"f\">main</span>",
            "<span class=\"n\">42</span>",
            "<span class=\"s\">\"a\\n&lt;b&gt;\"</span>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("style"));
    }

    #[test]
    fn the_text_stays_in_every_language() {
        for (language, code) in SAMPLES {
            let html = highlight(language, code).unwrap();
            assert_eq!(text_of(&html), code, "{html}");
            assert!(html.contains("<span"), "{language}: {html}");
        }
    }

    #[test]
    fn colours_are_those_of_the_grammars_as_written() {
        let grammars = Grammars::load();
        let written = SyntaxSet::load_defaults_newlines();
        assert_eq!(grammars.syntaxes.syntaxes().len(), written.syntaxes().len());
        for (language, code) in SAMPLES {
            let mut plain = ParseState::new(grammars.find(language).unwrap());
            let mut unicode = ParseState::new(written.find_syntax_by_token(language).unwrap());
            for line in code.split_inclusive('\n') {
                let of = |state: &mut ParseState, set| state.parse_line(line, set).unwrap();
                assert_eq!(of(&mut plain, &grammars.syntaxes), of(&mut unicode, &written), "{language}: {line}");
            }
        }
    }

    #[test]
    fn what_was_coloured_before_looks_the_same() {
        let plain = Memo::default();
        let grammars = Grammars::load();
        for (language, code) in SAMPLES {
            let state = ParseState::new(grammars.find(language).unwrap());
            let mut point = Point { state, stack: ScopeStack::new() };
            let mut cursor = plain.at(point.clone());
            for line in code.split_inclusive('\n').chain(code.split_inclusive('\n')) {
                let runs = plain.line(&mut cursor, line, |point| grammars.read(point, line)).unwrap();
                assert_eq!(*runs, grammars.read(&mut point, line).unwrap());
            }
            assert_eq!(highlight(language, code), highlight(language, code));
        }
    }

    #[test]
    fn more_lines_than_can_be_remembered() {
        let code: String = (0..6000).map(|number| format!("a{number}: 'b'\n")).collect();
        assert_eq!(text_of(&highlight("yaml", &code[..60_000]).unwrap()), code[..60_000]);
        let again = highlight("yaml", YAML).unwrap();
        assert_eq!(text_of(&again), YAML);
    }

    #[test]
    fn colours_cost_at_most_twice_the_code() {
        let code = include_str!("highlight.rs");
        let mut escaped = String::new();
        escape_html_body_text(&mut escaped, code).unwrap();
        let html = highlight("rs", code).unwrap();
        assert!(html.len() <= escaped.len() * 3, "{} of {}", html.len(), escaped.len());
    }

    #[test]
    fn what_is_unknown_or_too_long_stays_plain() {
        assert_eq!(highlight("klingon", "nuqneH"), None);
        assert_eq!(highlight("text", "a"), None);
        assert_eq!(highlight("rust", &"a\n".repeat(LONGEST)), None);
        assert_eq!(highlight("json", &"1,".repeat(LONGEST_LINE)), None);
    }
}
