//! Reading `site.yaml`: values by path, with every problem named and placed.

use super::reference::keys;
use crate::base::date::{Bound, Moment, WrittenDate};
use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::base::slug::Slug;
use crate::base::text::without_controls;
use crate::config::Term;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::source::yaml::Node;

/// The settings file.
pub const FILE: &str = "site.yaml";

/// Collects the problems of the settings.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Diagnostics,
}

/// A map of settings and the path that leads to it.
pub(super) struct Settings {
    path: String,
    entries: Vec<(String, Node)>,
}

/// What a setting should have been, as a key of the catalogue.
type Wanted = &'static str;

impl Settings {
    pub(super) fn new(path: &str, entries: Vec<(String, Node)>) -> Self {
        Self { path: path.to_owned(), entries }
    }

    /// The path of a key of this map.
    pub(super) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Takes a value out; `null` counts as absent. Only what the table of settings names is read.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        debug_assert!(keys(&self.path).contains(&key), "`{}` is not in the table of settings", self.at(key));
        let position = self.entries.iter().position(|(name, _)| name == key)?;
        Some(self.entries.remove(position).1).filter(|node| *node != Node::Null)
    }

    /// What is left, for maps whose keys the writer chooses.
    pub(super) fn rest(self) -> Vec<(String, Node)> {
        self.entries
    }
}

impl Reader {
    pub(super) fn push(&mut self, code: Code, path: &str, fill: impl FnOnce(Diagnostic) -> Diagnostic) {
        let place = Place::field(RelPath::new(FILE).unwrap_or_default(), path);
        self.problems.push(fill(Diagnostic::new(code).with("setting", path)).at(place));
    }

    pub(super) fn bad(&mut self, path: &str, wanted: Wanted) {
        self.push(Code::BadSetting, path, |problem| problem.with("wanted", Arg::key(wanted)));
    }

    /// Reports what nobody asked for.
    pub(super) fn done(&mut self, settings: Settings) {
        let known = keys(&settings.path);
        for (key, _) in &settings.entries {
            let path = settings.at(key);
            let suggestion = closest(key, known.iter().copied());
            self.push(Code::UnknownSetting, &path, |problem| problem.suggest(suggestion));
        }
    }

    /// A map inside a map; empty where absent.
    pub(super) fn map(&mut self, settings: &mut Settings, key: &str) -> Option<Settings> {
        let path = settings.at(key);
        match settings.take(key)? {
            Node::Map(entries) => Some(Settings::new(&path, entries)),
            _ => {
                self.bad(&path, "wanted.map");
                None
            }
        }
    }

    /// A list; empty where absent.
    pub(super) fn list(&mut self, settings: &mut Settings, key: &str) -> Vec<Node> {
        match settings.take(key) {
            None => Vec::new(),
            Some(Node::List(items)) => items,
            Some(_) => {
                self.bad(&settings.at(key), "wanted.list");
                Vec::new()
            }
        }
    }

    /// Text.
    pub(super) fn text(&mut self, settings: &mut Settings, key: &str) -> Option<String> {
        let path = settings.at(key);
        let node = settings.take(key)?;
        self.as_text(node, &path)
    }

    /// An address of the web.
    pub(super) fn web_url(&mut self, settings: &mut Settings, key: &str) -> Option<String> {
        let path = settings.at(key);
        let url = self.text(settings, key)?;
        if url.starts_with("https://") || url.starts_with("http://") {
            return Some(url);
        }
        self.bad(&path, "wanted.web-url");
        None
    }

    pub(super) fn as_text(&mut self, node: Node, path: &str) -> Option<String> {
        match node {
            Node::Text(text) if !without_controls(&text).trim().is_empty() => {
                Some(without_controls(&text).trim().to_owned())
            }
            Node::Int(number) => Some(number.to_string()),
            _ => {
                self.bad(path, "wanted.text");
                None
            }
        }
    }

    /// A whole number within bounds.
    pub(super) fn number(&mut self, settings: &mut Settings, key: &str) -> Option<u16> {
        let path = settings.at(key);
        match settings.take(key)? {
            Node::Int(number) if u16::try_from(number).is_ok() => u16::try_from(number).ok(),
            _ => {
                self.bad(&path, "wanted.number");
                None
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, settings: &mut Settings, key: &str) -> Option<bool> {
        let path = settings.at(key);
        match settings.take(key)? {
            Node::Bool(flag) => Some(flag),
            _ => {
                self.bad(&path, "value.bool");
                None
            }
        }
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        settings: &mut Settings,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let path = settings.at(key);
        let text = self.text(settings, key)?;
        let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| *name);
            let listed = choices.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let suggestion = closest(&text, names);
            self.push(Code::BadChoice, &path, |problem| {
                problem
                    .with("field", path.as_str())
                    .with("value", text.as_str())
                    .with("choices", listed)
                    .suggest(suggestion)
            });
        }
        found
    }

    /// A date, read in the site's zone.
    pub(super) fn moment(
        &mut self,
        settings: &mut Settings,
        key: &str,
        zone: &jiff::tz::TimeZone,
        bound: Bound,
    ) -> Option<Moment> {
        let path = settings.at(key);
        let text = self.text(settings, key)?;
        let date = WrittenDate::parse(&text);
        if date.is_none() {
            self.push(Code::BadDate, &path, |problem| {
                problem.with("field", path.as_str()).with("value", text.as_str())
            });
        }
        date.map(|date| date.resolve(zone, bound))
    }

    /// A text in both languages: `{vi: …, en: …}`, or one text for both.
    pub(super) fn both(&mut self, node: Node, path: &str) -> Option<PerLang<String>> {
        match node {
            Node::Map(entries) => {
                let mut map = Settings::new(path, entries);
                let texts = PerLang::from_fn(|lang| self.text(&mut map, lang.tag()));
                for (lang, text) in texts.iter() {
                    if text.is_none() {
                        self.push(Code::SettingMissing, &map.at(lang.tag()), |problem| problem);
                    }
                }
                self.done(map);
                Some(PerLang { vi: texts.vi?, en: texts.en? })
            }
            node => self.as_text(node, path).map(|text| PerLang { vi: text.clone(), en: text }),
        }
    }

    /// A text that may be there in either language.
    pub(super) fn either(&mut self, settings: &mut Settings, key: &str) -> PerLang<Option<String>> {
        let path = settings.at(key);
        match settings.take(key) {
            None => PerLang::default(),
            Some(Node::Map(entries)) => {
                let mut map = Settings::new(&path, entries);
                let texts = PerLang::from_fn(|lang| self.text(&mut map, lang.tag()));
                self.done(map);
                texts
            }
            Some(node) => {
                let text = self.as_text(node, &path);
                PerLang { vi: text.clone(), en: text }
            }
        }
    }

    /// Declared terms: `id: {vi: …, en: …}`, with `slug: {vi: …, en: …}` where the address should
    /// not follow from the name.
    pub(super) fn terms(&mut self, settings: &mut Settings, key: &str) -> Vec<Term> {
        self.terms_with(settings, key, |_, _, _| {})
    }

    /// The same for terms of which more is known than their names: `more` reads it from the entry of an id.
    pub(super) fn terms_with(
        &mut self,
        settings: &mut Settings,
        key: &str,
        mut more: impl FnMut(&mut Self, &mut Settings, &str),
    ) -> Vec<Term> {
        let Some(map) = self.map(settings, key) else { return Vec::new() };
        let mut terms: Vec<Term> = Vec::new();
        let path = map.path.clone();
        for (id, node) in map.rest() {
            let path = format!("{path}.{id}");
            let Node::Map(entries) = node else {
                self.bad(&path, "wanted.names");
                continue;
            };
            let mut entry = Settings::new(&path, entries);
            let slugs = self.either(&mut entry, "slug");
            more(self, &mut entry, &id);
            let Some(name) = self.both(Node::Map(entry.rest()), &path) else { continue };
            let slug = PerLang::from_fn(|lang| self.term_slug(&path, lang, slugs.get(lang).as_deref(), name.get(lang)));
            let taken = terms.iter().find(|term| Lang::ALL.iter().any(|lang| term.slug.get(*lang) == slug.get(*lang)));
            if let Some(taken) = taken {
                let other = taken.id.clone();
                self.push(Code::BadSetting, &path, |problem| {
                    problem.with("wanted", Arg::key("wanted.own-name")).with("other", other)
                });
            }
            terms.push(Term { id, name, slug });
        }
        terms
    }

    fn term_slug(&mut self, path: &str, lang: Lang, stated: Option<&str>, name: &str) -> Slug {
        if let Some(stated) = stated {
            match Slug::parse(stated) {
                Ok(slug) => return slug,
                Err(_) => self.bad(&format!("{path}.slug.{lang}"), "wanted.slug"),
            }
        }
        Slug::from_text(name).unwrap_or_else(|| Slug::numbered(name))
    }
}
