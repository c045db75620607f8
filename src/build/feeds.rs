//! Which facts of a build depend on one input, and how.

use super::explain::{LastBuild, Standing, name_of_text};
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::render::fact::List;
use crate::render::{Aspect, Fact, Names};
use crate::site::routes::Route;
use crate::site::{PageId, Role, SectionId, SetId};

/// One input, ready to be compared with facts.
pub(super) struct Feeds<'a> {
    names: &'a Names,
    input: Input<'a>,
}

/// What an input is.
enum Input<'a> {
    /// `site.yaml`, of which every output is made.
    Settings,
    /// `theme.yaml` of a layer.
    Theme,
    /// A template that is in use.
    Template(&'a str),
    /// The strings of a language.
    Strings(Lang),
    /// A static file of the theme that is in use.
    Asset(&'a str),
    /// A page that is published.
    Page(Page<'a>),
    /// A file that is copied.
    File(&'a RelPath),
    /// Something that nothing is made of.
    Unused,
}

/// A page that is published.
struct Page<'a> {
    path: &'a str,
    key: &'a str,
    role: Role,
    /// The folder below `content/` that holds it; of the index of a section, the section's.
    folder: &'a str,
    /// Its translation, where it is the original.
    translation: Option<&'a RelPath>,
}

impl<'a> Feeds<'a> {
    pub(super) fn of(path: &'a RelPath, build: &'a LastBuild) -> Self {
        let names = build.known_names();
        Self { names, input: input(path, names, build).unwrap_or(Input::Unused) }
    }

    /// Whether an output may be a copy of the file; not where another layer's stands in its place.
    pub(super) fn is_current(&self) -> bool {
        !matches!(self.input, Input::Unused)
    }

    /// How all outputs depend on it, if they do.
    pub(super) fn all(&self) -> Option<Aspect> {
        matches!(self.input, Input::Settings).then_some(Aspect::Settings)
    }

    /// How what reads a fact depends on the input.
    pub(super) fn tie(&self, fact: &Fact) -> Option<Aspect> {
        match (&self.input, fact) {
            (Input::Theme, Fact::Template(_)) => Some(Aspect::Template),
            (Input::Template(used), Fact::Template(name)) => {
                let all = self.names.templates.get(&**name)?;
                all.iter().any(|name| name == used).then_some(Aspect::Template)
            }
            (Input::Strings(lang), Fact::Text(of, _)) => (lang == of).then_some(Aspect::Text),
            (Input::Asset(used), Fact::Asset(name)) => (**name == **used).then_some(Aspect::Asset),
            (Input::File(path), Fact::File(of) | Fact::Picture(of)) => (*path == of).then_some(Aspect::File),
            (Input::Page(page), fact) => self.of_page(page, fact),
            _ => None,
        }
    }

    fn of_page(&self, page: &Page<'_>, fact: &Fact) -> Option<Aspect> {
        let is_index = page.role == Role::Index;
        let named = |id: &PageId| self.names.pages.get(id.0 as usize);
        let own = |id| named(id).is_some_and(|path| path.as_str() == page.path);
        let translated = |id| named(id).is_some_and(|path| Some(path) == page.translation);
        let set = |id: &SetId| self.names.sets.get(id.0 as usize).is_some_and(|key| key == page.key);
        let section = |id: &SectionId| self.names.sections.get(id.0 as usize).map(String::as_str);
        let within = |id| section(id).is_some_and(|folder| lies_in(page.folder, folder));
        let (holds, aspect) = match fact {
            Fact::Page(id) if translated(id) => (true, Aspect::Translation),
            Fact::Page(id) => (own(id), Aspect::Own),
            Fact::Summary(id, _) => (own(id) || translated(id), Aspect::Summary),
            Fact::Headline(id) => (own(id) || translated(id), Aspect::Headline),
            Fact::Targets(id) => (own(id) || translated(id), Aspect::Targets),
            Fact::Relations(id, _) => (set(id), Aspect::Relations),
            Fact::DocumentRecords(_) => (self.names.documents.iter().any(set), Aspect::OpenData),
            Fact::EventRecord(id) => (own(id) || translated(id), Aspect::Calendar),
            Fact::Beside(id, ..) => (own(id), Aspect::Near),
            Fact::Twins(Route::Page(id)) => {
                let key = named(id).and_then(|path| name_of_text(path.as_str())).map(|name| name.key);
                (key == Some(page.key), Aspect::Twins)
            }
            Fact::Section(id, _) => (is_index && section(id) == Some(page.folder), Aspect::Section),
            Fact::Children(id, _) => (is_index && within(id), Aspect::Section),
            Fact::Slice(List::Section(id) | List::Archive(id, ..), ..) => (within(id), Aspect::Members),
            Fact::Latest(folder, ..) | Fact::Featured(folder, _) => (lies_in(page.folder, folder), Aspect::Members),
            Fact::Years(id, _) | Fact::Months(id, ..) => (within(id), Aspect::Archives),
            Fact::Feed(id, _) => (id.as_ref().is_none_or(within), Aspect::Feed),
            Fact::Tree(_) => (true, Aspect::Tree),
            Fact::Indexable | Fact::Redirects => (true, Aspect::Addresses),
            Fact::Site(_) => (self.names.menu.iter().any(set), Aspect::Site),
            _ => return None,
        };
        holds.then_some(aspect)
    }
}

/// Whether a folder is another or lies in it.
fn lies_in(folder: &str, other: &str) -> bool {
    other.is_empty() || folder.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn input<'a>(path: &'a RelPath, names: &'a Names, build: &'a LastBuild) -> Option<Input<'a>> {
    if path.as_str() == crate::config::FILE {
        return Some(Input::Settings);
    }
    if let Some(inside) = path.strip_prefix("themes") {
        let (layer, inside) = inside.split_once('/')?;
        names.layers.iter().find(|known| *known == layer)?;
        if inside == "theme.yaml" {
            return Some(Input::Theme);
        }
        if let Some(lang) = inside.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".yaml")) {
            return Lang::from_tag(lang).map(Input::Strings);
        }
        if build.theme_file(inside) != path.as_str() {
            return None;
        }
        let template = inside.strip_prefix("templates/").map(Input::Template);
        return template.or_else(|| inside.strip_prefix("static/").map(Input::Asset));
    }
    let Some(name) = name_of_text(path.as_str()) else { return Some(Input::File(path)) };
    if !names.pages.contains(path) {
        return None;
    }
    let other = build.other(path.as_str());
    let translation = other.filter(|(_, standing)| *standing == Standing::Translation).map(|(path, _)| path);
    let below = path.strip_prefix("content").unwrap_or_default();
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(Input::Page(Page { path: path.as_str(), key: name.key, role: name.role, folder, translation }))
}
