//! What each directive takes, and how its attributes become a typed value.

use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use super::attributes::{Attribute, Opening};
use super::writer::Writer;
use crate::base::lang::Lang;
use crate::base::similar::closest;
use crate::base::text::fold;
use crate::content::directive::{DirectiveKind, Tone, When};
use crate::diag::{Arg, Catalog, Code, Diagnostic};

/// What may stand between the lines of a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyRule {
    /// Any text.
    Any,
    /// Images only.
    Images,
    /// Nothing.
    Nothing,
}

/// A directive of the language.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    attributes: &'static [&'static str],
    required: &'static [&'static str],
    pub(super) body: BodyRule,
}

/// The directive that only switches citations off; nothing is drawn for it.
pub(super) const NO_CITATIONS: &str = "no-citations";

const KNOWN: [Known; 9] = [
    Known {
        name: "figure",
        attributes: &["src", "alt", "caption", "credit"],
        required: &["src", "alt"],
        body: BodyRule::Any,
    },
    Known { name: "callout", attributes: &["type", "title"], required: &[], body: BodyRule::Any },
    Known { name: "quote", attributes: &["author", "role", "source"], required: &[], body: BodyRule::Any },
    Known { name: "targets", attributes: &["from", "only"], required: &[], body: BodyRule::Nothing },
    Known { name: "events", attributes: &["when", "limit", "series", "year"], required: &[], body: BodyRule::Nothing },
    Known { name: "open-data", attributes: &[], required: &[], body: BodyRule::Nothing },
    Known { name: "gallery", attributes: &[], required: &[], body: BodyRule::Images },
    Known { name: "video", attributes: &["url", "title"], required: &["url", "title"], body: BodyRule::Nothing },
    Known { name: NO_CITATIONS, attributes: &[], required: &[], body: BodyRule::Any },
];

/// What people write who look for a directive, without marks.
const MEANT: [(&str, &str); 24] = [
    ("image", "figure"),
    ("img", "figure"),
    ("hinh", "figure"),
    ("hinh-anh", "figure"),
    ("anh", "figure"),
    ("note", "callout"),
    ("tip", "callout"),
    ("important", "callout"),
    ("warning", "callout"),
    ("caution", "callout"),
    ("info", "callout"),
    ("luu-y", "callout"),
    ("chu-y", "callout"),
    ("ghi-chu", "callout"),
    ("canh-bao", "callout"),
    ("trich-dan", "quote"),
    ("blockquote", "quote"),
    ("chi-tieu", "targets"),
    ("su-kien", "events"),
    ("du-lieu-mo", "open-data"),
    ("data", "open-data"),
    ("thu-vien-anh", "gallery"),
    ("no-citation", NO_CITATIONS),
    ("khong-trich-dan", NO_CITATIONS),
];

const TONES: [Tone; 5] = [Tone::Note, Tone::Tip, Tone::Important, Tone::Warning, Tone::Caution];
const WHENS: [(&str, When); 3] = [("upcoming", When::Upcoming), ("past", When::Past), ("all", When::All)];

/// The directive of a name.
pub(super) fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

/// All names, for messages.
pub(super) fn known_names() -> String {
    list(KNOWN.iter().map(|known| known.name))
}

/// The directive that was probably meant.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let folded = fold(name).replace('_', "-");
    let alias = MEANT.iter().find(|(alias, _)| *alias == folded).map(|(_, name)| *name);
    alias.or_else(|| closest(name, KNOWN.iter().map(|known| known.name)))
}

/// The names of all directives, each with those of its attributes.
pub fn all() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    KNOWN.iter().map(|known| (known.name, known.attributes))
}

/// The directives and their attributes as Markdown, with meanings in a language.
#[must_use]
pub fn reference_markdown(lang: Lang) -> String {
    let catalog = Catalog::load(lang);
    let mut out = String::new();
    for known in &KNOWN {
        let key = format!("directive.{}", known.name);
        out.push_str(&format!("### `:::{}`\n\n{}\n\n", known.name, catalog.text(&key)));
        for name in known.attributes {
            let required = match known.required.contains(name) {
                true => format!(" ({})", catalog.text("reference.required")),
                false => String::new(),
            };
            out.push_str(&format!("- `{name}`{required}: {}\n", catalog.text(&format!("{key}.{name}"))));
        }
        if !known.attributes.is_empty() {
            out.push('\n');
        }
    }
    out
}

impl Writer<'_> {
    /// The value of an opening line; `None` where nothing is drawn, or errors were reported.
    pub(super) fn directive_kind(
        &mut self,
        known: &'static Known,
        opening: &Opening<'_>,
        line: &Range<usize>,
    ) -> Option<DirectiveKind> {
        let mut reader = Reader { writer: self, known, opening, line, failed: false };
        reader.check_keys();
        let kind = reader.kind();
        (!reader.failed).then_some(kind).flatten()
    }
}

/// Reads the attributes of one opening line.
struct Reader<'w, 'a, 'o> {
    writer: &'w mut Writer<'a>,
    known: &'static Known,
    opening: &'o Opening<'o>,
    line: &'o Range<usize>,
    failed: bool,
}

impl Reader<'_, '_, '_> {
    fn kind(&mut self) -> Option<DirectiveKind> {
        Some(match self.known.name {
            "figure" => {
                let (src, range) = self.required("src")?;
                let alt = self.required("alt")?.0;
                let (caption, credit) = (self.words("caption"), self.words("credit"));
                let image = self.writer.add_image(&src, alt, None, &range);
                DirectiveKind::Figure { image, caption, credit }
            }
            "callout" => {
                let tones = TONES.map(|tone| (tone.name(), tone));
                DirectiveKind::Callout {
                    tone: self.choice("type", &tones).unwrap_or(Tone::Note),
                    title: self.words("title"),
                }
            }
            "quote" => DirectiveKind::Quote {
                author: self.words("author"),
                role: self.words("role"),
                source: self.link("source"),
            },
            "targets" => {
                let only = self.text("only").map_or_else(String::new, |(text, _)| text);
                let only = only.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
                DirectiveKind::Targets { from: self.link("from"), only }
            }
            "events" => DirectiveKind::Events {
                when: self.choice("when", &WHENS).unwrap_or(When::Upcoming),
                limit: self.number("limit", 1, 1000),
                series: self.text("series").map(|(text, _)| text),
                year: self.number("year", 1900, 2999),
            },
            "open-data" => DirectiveKind::OpenData,
            "gallery" => DirectiveKind::Gallery,
            NO_CITATIONS => return None,
            _ => {
                let (title, (url, range)) = (self.required("title")?.0, self.required("url")?);
                DirectiveKind::Video { link: self.writer.add_link(&url, &range), title }
            }
        })
    }

    /// Reports keys that the directive does not take, and required ones that are not there.
    fn check_keys(&mut self) {
        let (opening, known) = (self.opening, self.known);
        for attribute in &opening.attributes {
            if !known.attributes.contains(&attribute.key) {
                let suggestion = closest(attribute.key, known.attributes.iter().copied());
                self.refuse(attribute, list(known.attributes.iter()), suggestion);
            }
        }
        for name in known.required {
            if self.text(name).is_none() {
                self.failed = true;
                let diagnostic =
                    Diagnostic::new(Code::DirectiveMissing).with("directive", known.name).with("attribute", *name);
                self.writer.report(diagnostic, self.line);
            }
        }
    }

    fn refuse(&mut self, attribute: &Attribute<'_>, allowed: String, suggestion: Option<&str>) {
        self.failed = true;
        let range = self.range(attribute);
        let written = self.writer.masked.original.get(range.clone()).unwrap_or_default().to_owned();
        let diagnostic = Diagnostic::new(Code::DirectiveAttribute)
            .with("directive", self.known.name)
            .with("written", written)
            .with("allowed", if allowed.is_empty() { Arg::key("directive-attribute.none") } else { Arg::Text(allowed) })
            .suggest(suggestion);
        self.writer.report(diagnostic, &range);
    }

    fn range(&self, attribute: &Attribute<'_>) -> Range<usize> {
        self.line.start + attribute.range.start..self.line.start + attribute.range.end
    }

    fn find(&self, key: &str) -> Option<&Attribute<'_>> {
        self.opening.attributes.iter().find(|attribute| attribute.key == key)
    }

    /// A value that is not empty, and its place.
    fn text(&self, key: &str) -> Option<(String, Range<usize>)> {
        let attribute = self.find(key)?;
        let value = self.writer.tidy(attribute.value?);
        (!value.is_empty()).then(|| (value, self.range(attribute)))
    }

    fn required(&self, key: &str) -> Option<(String, Range<usize>)> {
        self.text(key)
    }

    /// A value that readers see: it belongs to the text of the page.
    fn words(&mut self, key: &str) -> Option<String> {
        let (text, _) = self.text(key)?;
        self.writer.block_break();
        self.writer.plain.push_str(&text);
        self.writer.block_break();
        Some(text)
    }

    fn link(&mut self, key: &str) -> Option<usize> {
        let (address, range) = self.text(key)?;
        Some(self.writer.add_link(&address, &range))
    }

    fn choice<T: Copy>(&mut self, key: &str, choices: &[(&'static str, T)]) -> Option<T> {
        let attribute = self.opening.attributes.iter().find(|attribute| attribute.key == key)?;
        let value = attribute.value.unwrap_or_default();
        let choice = choices.iter().find(|(name, _)| *name == value);
        if choice.is_none() {
            let names = choices.iter().map(|(name, _)| *name);
            self.refuse(attribute, list(names.clone()), closest(value, names));
        }
        choice.map(|(_, choice)| *choice)
    }

    fn number<T: FromStr + PartialOrd + Display + Copy>(&mut self, key: &str, least: T, most: T) -> Option<T> {
        let attribute = self.opening.attributes.iter().find(|attribute| attribute.key == key)?;
        let number =
            attribute.value.and_then(|value| value.parse().ok()).filter(|number| *number >= least && *number <= most);
        if number.is_none() {
            self.refuse(attribute, format!("`{least}` – `{most}`"), None);
        }
        number
    }
}

/// Names as a list for messages.
fn list(names: impl IntoIterator<Item = impl Display>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
