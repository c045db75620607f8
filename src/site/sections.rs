//! The tree of sections: folders with an `_index.md`, their settings and addresses.

use std::collections::BTreeMap;

use super::sources::Group;
use super::urls::section_url;
use super::{Archives, Feed, Role, Section, SectionId};
use crate::base::lang::{Lang, PerLang};
use crate::base::slug::Slug;
use crate::config::SiteConfig;
use crate::content::front_matter::{FrontMatter, Kind, SectionFields, Sort};

/// How many entries a list page shows unless the section says otherwise.
const DEFAULT_PAGE_SIZE: usize = 20;

/// Makes the sections of all folders with an `_index.md`, the root first, then by key; the root
/// exists even without a file. Members and index are not known yet.
#[must_use]
pub fn build(groups: &BTreeMap<String, Group>, config: &SiteConfig) -> Vec<Section> {
    let mut sections = vec![root(groups.get("_index"), config)];
    // By folder, so that a parent's settings are resolved before its children's; by key, `news/2026/_index`
    // would come before `news/_index`.
    let folders = groups.iter().filter(|(_, group)| group.role == Role::Index);
    let folders: BTreeMap<&str, &Group> =
        folders.filter_map(|(key, group)| Some((key.strip_suffix("/_index")?, group))).collect();
    for (folder, group) in folders {
        let parent = containing(&sections, folder);
        let section = child(folder, parent, &sections, group, config);
        sections.extend(section);
    }
    sections
}

/// The section whose folder holds a path below `content/`, the nearest one.
#[must_use]
pub fn containing(sections: &[Section], path: &str) -> SectionId {
    let mut folder = path;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        folder = parent;
        if let Some(id) = find(sections, folder) {
            return id;
        }
    }
    SectionId(0)
}

/// The section of a folder. Sections are sorted by folder, the root's being empty.
#[must_use]
pub fn find(sections: &[Section], folder: &str) -> Option<SectionId> {
    let position = sections.binary_search_by(|section| section.key.as_str().cmp(folder)).ok()?;
    Some(SectionId(u32::try_from(position).ok()?))
}

fn root(group: Option<&Group>, config: &SiteConfig) -> Section {
    let fields =
        group.and_then(|g| original(g, config)).map(|front| SectionFields::clone(&front.section)).unwrap_or_default();
    Section {
        key: String::new(),
        parent: SectionId(0),
        kind: fields.kind.unwrap_or(Kind::Page),
        sort: fields.sort.unwrap_or(Sort::Order),
        page_size: fields.page_size.unwrap_or(DEFAULT_PAGE_SIZE),
        feed: feed(fields.feed, Kind::Page, Feed::None),
        archives: archives(fields.archive, Archives::ByMonth),
        layout: fields.layout,
        slug: PerLang::default(),
        url: PerLang::from_fn(|lang| section_url(None, config, lang)),
        index: None,
        members: PerLang::default(),
        archive: PerLang::default(),
    }
}

fn child(folder: &str, parent: SectionId, sections: &[Section], group: &Group, config: &SiteConfig) -> Option<Section> {
    let above = sections.get(parent.0 as usize)?;
    let fields = SectionFields::clone(&original(group, config)?.section);
    let kind = fields.kind.unwrap_or(above.kind);
    let slug = PerLang::from_fn(|lang| Some(slug(folder, group, lang)));
    // Folders without an index between two sections stay in the address.
    let between = folder.strip_prefix(above.key.as_str()).unwrap_or(folder).trim_start_matches('/');
    let between = between.rsplit_once('/').map_or("", |(folders, _)| folders);
    let url = PerLang::from_fn(|lang| {
        let base = between
            .split('/')
            .filter_map(Slug::from_text)
            .fold(above.url.get(lang).clone(), |url, s| url.dir(s.as_str()));
        section_url(slug.get(lang).as_ref().map(|slug: &Slug| (&base, slug)), config, lang)
    });
    // Without a kind of its own it inherits the settings of the section above, but the root's are
    // those of the home page.
    let inherited = above.key.is_empty().then_some(());
    Some(Section {
        key: folder.to_owned(),
        parent,
        kind,
        sort: fields.sort.unwrap_or(match (inherited, kind) {
            (None, _) => above.sort,
            (Some(()), Kind::Page) => Sort::Order,
            (Some(()), _) => Sort::Date,
        }),
        page_size: fields.page_size.unwrap_or(if inherited.is_none() { above.page_size } else { DEFAULT_PAGE_SIZE }),
        feed: feed(fields.feed, kind, above.feed),
        archives: archives(fields.archive, above.archives),
        layout: fields.layout.or_else(|| above.layout.clone().filter(|_| inherited.is_none())),
        slug,
        url,
        index: None,
        members: PerLang::default(),
        archive: PerLang::default(),
    })
}

/// Whether a section has a feed: as it says, else what has dates has one.
fn feed(stated: Option<bool>, kind: Kind, above: Feed) -> Feed {
    match stated {
        Some(true) => Feed::Atom,
        Some(false) => Feed::None,
        None if kind != Kind::Page => Feed::Atom,
        None => above,
    }
}

/// Whether a section has archives: as it says, else as the section above.
fn archives(stated: Option<bool>, above: Archives) -> Archives {
    match stated {
        Some(true) => Archives::ByMonth,
        Some(false) => Archives::None,
        None => above,
    }
}

/// The front matter that settings are read from.
fn original<'a>(group: &'a Group, config: &SiteConfig) -> Option<&'a FrontMatter> {
    group.original(config.default_language).map(|document| document.facts.front.as_ref())
}

/// The section's segment of the address: `slug:` of the language's file, else the folder name.
fn slug(folder: &str, group: &Group, lang: Lang) -> Slug {
    let stated = group
        .documents
        .get(lang)
        .as_ref()
        .and_then(|d| d.facts.front.slug.as_deref())
        .and_then(|s| Slug::parse(s).ok());
    let name = folder.rsplit('/').next().unwrap_or(folder);
    stated.or_else(|| Slug::from_text(name)).unwrap_or_else(|| Slug::numbered(folder))
}
