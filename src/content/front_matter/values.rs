//! Reading single values: text, dates, choices, addresses, lists.

use super::Quantity;
use super::reader::{At, Entries, Reader};
use crate::base::date::WrittenDate;
use crate::base::path::UrlPath;
use crate::base::slug::{Slug, SlugError};
use crate::base::text::without_controls;
use crate::content::fields::suggest_choice;
use crate::diag::{Arg, Code};
use crate::source::yaml::Node;

/// The most a count may be: lists of more are no help to readers.
const MAX_COUNT: i64 = 1000;

impl Reader<'_> {
    /// Text as written, whatever YAML takes it for; `None` where there is none.
    pub(super) fn text(&mut self, node: Node, at: &At) -> Option<String> {
        let text = match node {
            Node::Text(text) => text,
            Node::Int(_) | Node::Float(_) | Node::Bool(_) => self.raw(at).unwrap_or_default().to_owned(),
            Node::Null => return None,
            Node::List(_) | Node::Map(_) => {
                self.wrong_type(&node, at);
                return None;
            }
        };
        let clean = without_controls(&text);
        let clean = clean.trim();
        match clean.is_empty() {
            true => None,
            false if clean.len() == text.len() => Some(text),
            false => Some(clean.to_owned()),
        }
    }

    /// Text without line breaks.
    pub(super) fn line(&mut self, node: Node, at: &At) -> Option<String> {
        let text = self.text(node, at)?;
        if !text.contains('\n') {
            return Some(text);
        }
        Some(text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// A date.
    pub(super) fn date(&mut self, node: Node, at: &At) -> Option<WrittenDate> {
        let text = self.line(node, at)?;
        let date = WrittenDate::parse(&text);
        if date.is_none() {
            let problem = self.about(Code::BadDate, at).with("value", text);
            self.push(problem);
        }
        date
    }

    /// `true` or `false`, also in the words `yes`, `no`, `có`, `không`.
    pub(super) fn truth(&mut self, node: Node, at: &At) -> Option<bool> {
        match &node {
            Node::Bool(value) => return Some(*value),
            Node::Null => return None,
            Node::Text(text) => match text.trim().to_lowercase().as_str() {
                "yes" | "có" => return Some(true),
                "no" | "không" => return Some(false),
                "" => return None,
                _ => {}
            },
            _ => {}
        }
        self.wrong_type(&node, at);
        None
    }

    /// A whole number from 1 on.
    pub(super) fn count(&mut self, node: Node, at: &At) -> Option<usize> {
        match node {
            Node::Null => None,
            Node::Int(value @ 1..=MAX_COUNT) => usize::try_from(value).ok(),
            _ => {
                self.wrong_type(&node, at);
                None
            }
        }
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&mut self, node: Node, at: &At, choices: &[(&'static str, T)]) -> Option<T> {
        let text = self.line(node, at)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(*value);
        }
        let names: Vec<&'static str> = choices.iter().map(|(name, _)| *name).collect();
        let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let suggestion = suggest_choice(&text, &names);
        let problem = self.about(Code::BadChoice, at).with("value", text).with("choices", listed).suggest(suggestion);
        self.push(problem);
        None
    }

    /// A segment of an address.
    pub(super) fn slug(&mut self, node: Node, at: &At) -> Option<String> {
        // A field left blank is a field left out; quotes with nothing between them are a mistake.
        let quoted = matches!(node, Node::Text(_));
        let Some(text) = self.line(node, at) else {
            if quoted {
                let problem = self.about(Code::FieldEmpty, at);
                self.push(problem);
            }
            return None;
        };
        match Slug::parse(&text) {
            Ok(slug) => Some(slug.as_str().to_owned()),
            Err(error) => {
                let why = match error {
                    SlugError::Empty | SlugError::Characters => "slug-error.characters",
                    SlugError::Reserved => "slug-error.reserved",
                    SlugError::Long => "slug-error.long",
                };
                let better = Slug::from_text(&text).filter(|_| error == SlugError::Characters);
                let problem = self
                    .about(Code::BadSlug, at)
                    .with("value", text)
                    .with("reason", Arg::key(why))
                    .suggest(better.as_ref().map(Slug::as_str));
                self.push(problem);
                None
            }
        }
    }

    /// An address of another site, or a mail address.
    pub(super) fn url(&mut self, node: Node, at: &At) -> Option<String> {
        let text = self.line(node, at)?;
        if is_url(&text) {
            return Some(text);
        }
        let problem = self.about(Code::BadUrl, at).with("value", text);
        self.push(problem);
        None
    }

    /// Texts; a single one is a list of one.
    pub(super) fn list(&mut self, node: Node, at: &At) -> Option<Vec<String>> {
        match node {
            Node::Null => None,
            Node::List(items) => {
                let texts = items.into_iter().enumerate().filter_map(|(index, item)| self.line(item, &at.item(index)));
                Some(texts.collect())
            }
            Node::Map(_) => {
                self.wrong_type(&node, at);
                None
            }
            single => Some(self.line(single, at).into_iter().collect()),
        }
    }

    /// Addresses on this site, from its root.
    pub(super) fn paths(&mut self, node: Node, at: &At) -> Vec<String> {
        let single = !matches!(node, Node::List(_));
        let mut paths = self.list(node, at).unwrap_or_default();
        let mut index = 0;
        paths.retain(|path| {
            // Hidden folders belong to the host, to version control and to this program.
            let good = UrlPath::parse(path).is_some() && !path.contains("/.");
            if !good {
                let problem = match single {
                    true => self.about(Code::BadAlias, at),
                    false => self.about(Code::BadAlias, &at.item(index)),
                };
                self.push(problem.with("value", path.as_str()));
            }
            index += 1;
            good
        });
        paths
    }

    /// The entries of a map.
    pub(super) fn map(&mut self, node: Node, at: &At) -> Option<Entries> {
        match node {
            Node::Null => None,
            Node::Map(entries) => Some(entries),
            other => {
                self.wrong_type(&other, at);
                None
            }
        }
    }

    /// A list of maps, each read by a function; a single map is a list of one.
    pub(super) fn maps<T>(
        &mut self,
        node: Node,
        at: &At,
        read: fn(&mut Self, Entries, &At) -> Option<T>,
    ) -> Option<Vec<T>> {
        match node {
            Node::Null => None,
            Node::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    let at = at.item(index);
                    if let Some(entries) = self.map(item, &at) {
                        list.extend(read(self, entries, &at));
                    }
                }
                Some(list)
            }
            Node::Map(entries) => Some(read(self, entries, at).into_iter().collect()),
            other => {
                self.wrong_type(&other, at);
                None
            }
        }
    }
}

/// Whether an address is one that a link to the outside may have: `http`, `https` with a host, or
/// `mailto` with a mail address.
fn is_url(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    plain
        && match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => rest
                .strip_prefix("//")
                .and_then(|rest| rest.split(['/', '?', '#']).next())
                .is_some_and(|host| host.contains(char::is_alphanumeric)),
            "mailto" => rest.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
            _ => false,
        }
}

/// Reads a value with an optional comparison before it and `%` behind it: `80`, `≥ 10`, `>= 10`,
/// `> 80`, `≈ 20`, `80%`, `3,5%`. A comma with one or two digits behind it is a decimal comma.
pub(super) fn quantity(text: &str) -> Option<Quantity> {
    const COMPARISONS: [(&str, char); 8] =
        [(">=", '≥'), ("<=", '≤'), ("≥", '≥'), ("≤", '≤'), (">", '>'), ("<", '<'), ("≈", '≈'), ("~", '≈')];
    let text = text.trim();
    let (comparison, rest) = COMPARISONS
        .iter()
        .find_map(|(written, sign)| text.strip_prefix(written).map(|rest| (Some(*sign), rest)))
        .unwrap_or((None, text));
    let number = rest.strip_suffix('%').unwrap_or(rest).trim();
    let shaped = number.strip_prefix('-').unwrap_or(number).starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'));
    let decimal = match number.split_once(',') {
        Some((whole, part)) if whole.contains('.') || !(1..=2).contains(&part.len()) => return None,
        Some(_) => number.replace(',', "."),
        None => number.to_owned(),
    };
    let value: f64 = decimal.parse().ok()?;
    (shaped && value.is_finite()).then_some(Quantity { comparison, value })
}
