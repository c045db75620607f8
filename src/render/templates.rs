//! Compiled templates, and the closure of each: all it extends, includes and calls.

use std::collections::{BTreeMap, BTreeSet};

use super::engine::Engine;
use crate::base::checksum::Checksum;
use crate::diag::Diagnostics;
use crate::theme::Theme;

/// The templates of a theme, ready to render whatever site.
pub struct Templates {
    pub(super) engine: Engine,
    pub(super) closures: Closures,
}

impl Templates {
    /// Compiles the templates of a theme.
    ///
    /// # Errors
    /// Templates that do not compile, each with its place.
    pub fn compile(theme: &Theme) -> Result<Self, Diagnostics> {
        Ok(Self { engine: Engine::compile(theme)?, closures: Closures::of(theme) })
    }
}

/// The closure of each template: the names of all it uses, itself included, and their checksum.
#[derive(Debug, Default)]
pub(super) struct Closures(BTreeMap<String, (Vec<String>, Checksum)>);

impl Closures {
    /// The closures of a theme. A template is taken to use another one wherever it has that one's name
    /// in quotes, or the name of a component that it defines: rather too often than once too seldom.
    pub(super) fn of(theme: &Theme) -> Self {
        let texts: BTreeMap<&str, &str> =
            theme.templates.iter().map(|(name, template)| (name.as_str(), template.text.as_str())).collect();
        let mut components: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, text) in &texts {
            for component in defined(text) {
                components.entry(component).or_default().insert(name);
            }
        }
        let uses: BTreeMap<&str, BTreeSet<&str>> = texts
            .iter()
            .map(|(name, text)| {
                let quoted = text.split(['"', '\'', '`']).filter_map(|part| texts.get_key_value(part));
                let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
                let called = words.filter_map(|word| components.get(word)).flatten().copied();
                // A name may be written with escapes.
                let any = texts.keys().copied().filter(|_| text.contains('\\'));
                (*name, quoted.map(|(name, _)| *name).chain(called).chain(any).collect())
            })
            .collect();
        Self(texts.keys().map(|name| ((*name).to_owned(), closure(name, &texts, &uses))).collect())
    }

    /// The checksum of a template with all it uses; `None` where there is no such template.
    pub(super) fn get(&self, template: &str) -> Option<Checksum> {
        self.0.get(template).map(|(_, checksum)| *checksum)
    }

    /// Each template with the names of all it uses, itself included.
    pub(super) fn names(&self) -> BTreeMap<String, Vec<String>> {
        self.0.iter().map(|(name, (all, _))| (name.clone(), all.clone())).collect()
    }
}

fn closure(name: &str, texts: &BTreeMap<&str, &str>, uses: &BTreeMap<&str, BTreeSet<&str>>) -> (Vec<String>, Checksum) {
    let mut all = BTreeSet::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        if all.insert(next) {
            open.extend(uses.get(next).into_iter().flatten());
        }
    }
    let parts: Vec<(&str, Option<&&str>)> = all.iter().map(|name| (*name, texts.get(name))).collect();
    let checksum = Checksum::of(&parts);
    (all.into_iter().map(str::to_owned).collect(), checksum)
}

/// The names of the components a template defines: `{% component name(…) %}`.
fn defined(text: &str) -> impl Iterator<Item = &str> {
    text.split("component").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest.get(..end).filter(|name| !name.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::RelPath;
    use crate::theme::Template;

    fn closures(files: &[(&str, &str)]) -> Closures {
        let template = |text: &str| Template { path: RelPath::default(), text: text.to_owned() };
        let templates = files.iter().map(|(name, text)| ((*name).to_owned(), template(text))).collect();
        Closures::of(&Theme { templates, ..Theme::default() })
    }

    #[test]
    fn a_change_reaches_all_that_use_it_and_nothing_else() {
        let files = [
            ("base.html", "<html>{% block main %}{% endblock %}</html>"),
            ("page.html", "{% extends \"base.html\" %}{{ <cs_date day={page.date} /> }}"),
            ("home.html", "{% extends 'base.html' %}{% include \"parts/day.html\" %}"),
            ("plain.html", "nothing"),
            ("components.html", "{% component cs_date(day) %}{{ day }}{% endcomponent %}"),
            ("parts/day.html", "10"),
        ];
        let before = closures(&files);
        let changed = |name: &str| {
            let edited: Vec<(&str, &str)> =
                files.iter().map(|(file, text)| (*file, if *file == name { "{# new #}" } else { *text })).collect();
            let after = closures(&edited);
            let all = files.iter().map(|(file, _)| *file);
            all.filter(|file| before.get(file) != after.get(file)).collect::<Vec<_>>()
        };
        assert_eq!(changed("base.html"), ["base.html", "page.html", "home.html"]);
        assert_eq!(changed("components.html"), ["page.html", "components.html"]);
        assert_eq!(changed("parts/day.html"), ["home.html", "parts/day.html"]);
        assert_eq!(changed("plain.html"), ["plain.html"]);
        assert_eq!(before.get("none.html"), None);
    }
}
