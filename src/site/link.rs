//! Linking: all documents in, one frozen site out, in small passes over ids.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::anchors::Anchors;
use super::arenas::Unused;
use super::calendar::Calendar;
use super::closed::{closed_sections, remove, withhold};
use super::documents::{self, Arenas, Documents};
use super::files::{Shelf, file_collision};
use super::identity::Registry;
use super::join::{Pair, join};
use super::ledger::LedgerEntry;
use super::meta::Meta;
use super::named::Named;
use super::publication::{Preview, Publication, Schedule, Withheld};
use super::resolve::{Problem, Resolved, Resolver};
use super::routes::Addressed;
use super::sources::{Group, group};
use super::terms::Tags;
use super::translation::TranslationState;
use super::{
    Archives, Page, PageId, Redirect, Role, Section, SectionId, Site, TranslationSet, arenas, lists, routes, sections,
    series, terms,
};
use crate::base::date::Moment;
use crate::base::path::{RelPath, UrlPath};
use crate::config::SiteConfig;
use crate::content::document::Document;
use crate::content::front_matter::Kind;
use crate::diag::{Arg, Diagnostic, Diagnostics, Place, Severity};

/// What linking starts from.
#[derive(Debug)]
pub struct Inputs {
    /// The settings.
    pub config: SiteConfig,
    /// The build date.
    pub now: Moment,
    /// What is shown beyond what is due.
    pub preview: Preview,
    /// All parsed documents.
    pub documents: Vec<Arc<Document>>,
    /// Every other file below `content/`, with its size in bytes.
    pub content_files: BTreeMap<RelPath, u64>,
    /// Every file below `static/`, from there.
    pub static_files: BTreeSet<String>,
    /// Files left out by `--without`.
    pub excluded: BTreeSet<RelPath>,
    /// What reading and parsing found.
    pub diagnostics: Diagnostics,
}

/// What linking gives.
#[derive(Debug)]
pub struct Linked {
    /// The site.
    pub site: Site,
    /// Every address of it.
    pub routes: Vec<Addressed>,
    /// What is known of every page, published or not.
    pub ledger: Vec<LedgerEntry>,
    /// What was found.
    pub diagnostics: Diagnostics,
    /// What the site has no use for any more.
    pub unused: Unused,
}

/// A page of a group before it has an id.
pub(super) struct Candidate {
    pub entry: LedgerEntry,
    /// Its fields, until it is a page; none where one is missing.
    pub meta: Option<Box<Meta>>,
}

/// How many pages a thread judges at a time at most: one that comes from other work still finds some to do.
const AT_ONCE: usize = 512;

/// Links the site. It always gives one, of what is sound and due.
#[must_use]
pub fn link(inputs: Inputs) -> Linked {
    let Inputs { config, now, preview, documents, content_files, static_files, excluded, mut diagnostics } = inputs;
    let (groups, doubles) = group(documents);
    diagnostics.extend(doubles);
    let mut sections = sections::build(&groups, &config);

    let known: Vec<_> = groups.iter().collect();
    let judged: Vec<(Vec<Candidate>, Diagnostics)> = known
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map_init(
            || Tags::new(&config),
            |tags, (key, group)| {
                let section = section_of(key, group, &sections);
                let kind = sections.get(section.0 as usize).map_or(Kind::Page, |s| s.kind);
                judge((key, group), kind, &config, tags, now, preview, &excluded)
            },
        )
        .collect();
    let mut candidates = Vec::with_capacity(judged.len());
    for (judgement, found) in judged {
        diagnostics.extend(found);
        candidates.push(judgement);
    }
    diagnostics.extend(series::empty(&groups, &config));
    let closed = closed_sections(&groups, &sections, &candidates);
    withhold(&groups, &sections, &closed, &mut candidates);
    let closed_folders = remove(&mut sections, &closed);
    let (sets, pages) = arenas::fill(&groups, &mut sections, &mut candidates, &config, &mut diagnostics);
    let arranged = Arranged { config, now, sections, sets, pages };
    let listed = || {
        let (site, found) = arranged.site(&groups);
        let made = routes::made(&site);
        (site, made, found)
    };
    let entries = || {
        let mut ledger = Vec::with_capacity(candidates.iter().map(Vec::len).sum());
        ledger.extend(candidates.into_iter().flatten().map(|candidate| candidate.entry));
        ledger
    };
    let ((mut site, made, found), ledger) = rayon::join(listed, entries);
    diagnostics.extend(found);
    let (resolved, problems) = resolve_all(&site, &groups, &content_files, &closed_folders, &static_files, &made);
    diagnostics.extend(problems);
    let mut used: BTreeMap<UrlPath, RelPath> = BTreeMap::new();
    for (page, outcome) in site.pages.iter_mut().zip(resolved) {
        page.links = outcome.links;
        page.images = outcome.images;
        for (path, url) in outcome.files {
            match used.get(&url) {
                Some(first) if *first != path => diagnostics.push(file_collision(first, &path, &url)),
                _ => {
                    used.insert(url.clone(), path.clone());
                    site.files.insert(path, url);
                }
            }
        }
    }
    diagnostics.extend(super::citations::link(&mut site));
    site.sizes = sizes_of_attachments(&site, &content_files);
    let routes = routes::with_files(made, &site);
    let diagnostics = excuse_withheld(diagnostics, &ledger);
    drop(groups);
    let unused = arenas::unused(&mut site.pages);
    Linked { site, routes, ledger, diagnostics, unused }
}

/// A site before its lists.
struct Arranged {
    config: SiteConfig,
    now: Moment,
    sections: Vec<Section>,
    sets: Vec<TranslationSet>,
    pages: Vec<Page>,
}

impl Arranged {
    /// The site with all lists; the links of its pages still lead nowhere.
    fn site(self, groups: &BTreeMap<String, Group>) -> (Site, Diagnostics) {
        let Self { config, now, mut sections, sets, pages } = self;
        let mut diagnostics = Diagnostics::default();
        let arenas = Arenas { sets: &sets, pages: &pages, default: config.default_language };
        let registry = Registry::of(arenas, &config);
        let documents = Documents::of(arenas, &registry);
        diagnostics.extend(documents::check(&documents, arenas, &registry));
        let status_of = |set| documents.status_in(arenas, set, now);
        let shown = lists::shown(&sets, &pages, &config);
        let (member_lists, vocabularies) = rayon::join(
            || lists::members(&sections, &sets, &pages, &shown),
            || terms::collect(&pages, &shown, &config, status_of),
        );
        let calendar = shown.map(|_, shown| Calendar::of(shown, &pages));
        drop(shown);
        for (section, members) in sections.iter_mut().zip(member_lists) {
            if section.kind != Kind::Page && section.archives == Archives::ByMonth {
                section.archive = members.map(|_, members| lists::Archive::of(members));
            }
            section.members = members;
        }
        let redirects = redirects(&pages);
        let published = Named { config: &config, groups, sets: &sets, pages: &pages };
        let menu = published.by("menu", &config.menu, &mut diagnostics);
        let footer = published.by("footer", &config.footer, &mut diagnostics);
        let (files, sizes, pictures) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let site = Site {
            config,
            now,
            pages,
            sets,
            sections,
            vocabularies,
            registry,
            documents,
            files,
            pictures,
            sizes,
            redirects,
            menu,
            footer,
            calendar,
        };
        (site, diagnostics)
    }
}

/// How large the attachments are that are published.
fn sizes_of_attachments(site: &Site, files: &BTreeMap<RelPath, u64>) -> BTreeMap<RelPath, u64> {
    let documents = site.pages.iter().filter_map(|page| page.meta.decision.as_deref());
    let attached = documents.flat_map(|document| &document.attachments).map(|attachment| &attachment.file);
    let published = attached.filter(|file| site.files.contains_key(*file));
    published.filter_map(|file| Some((file.clone(), *files.get(file)?))).collect()
}

/// The section a group belongs to; the index of a section belongs to that section.
pub(super) fn section_of(key: &str, group: &Group, sections: &[Section]) -> SectionId {
    match group.role {
        Role::Index => {
            let folder = key.strip_suffix("_index").unwrap_or(key).trim_end_matches('/');
            sections::find(sections, folder).unwrap_or(SectionId(0))
        }
        Role::Page => sections::containing(sections, key),
    }
}

/// Joins and judges the pages of one group.
pub(super) fn judge<'a>(
    (key, group): (&str, &'a Group),
    kind: Kind,
    config: &'a SiteConfig,
    tags: &mut Tags<'a>,
    now: Moment,
    preview: Preview,
    excluded: &BTreeSet<RelPath>,
) -> (Vec<Candidate>, Diagnostics) {
    let mut found = Diagnostics::default();
    let mut candidates: Vec<Candidate> = Vec::with_capacity(2);
    let Some(original) = group.original(config.default_language) else { return (candidates, found) };
    // A section's own page has no kind of its own: news fields would be missing from it.
    let kind = if group.role == Role::Index { Kind::Page } else { kind };
    for lang in [original.lang, original.lang.other()] {
        let Some(own) = group.documents.get(lang) else { continue };
        let (meta, problems) = join(Pair { own, original }, kind, group.role, config, tags, now);
        let front = &own.facts.front;
        let schedule = Schedule::of(front, &original.facts.front, config);
        let schedule = candidates.first().map_or(schedule, |original| schedule.not_before(original.entry.schedule));
        let updated = original.facts.front.updated.or(original.facts.front.date);
        let updated = updated.map(|date| date.resolve(&config.timezone, crate::base::date::Bound::Start));
        let translation = if lang == original.lang {
            TranslationState::Original
        } else {
            TranslationState::of(&own.facts, &original.facts, updated, now, config)
        };
        let original_withheld =
            candidates.first().is_some_and(|original| original.entry.publication != Publication::Published);
        let own_state = schedule.at(front.draft, now, preview);
        let publication = match own_state {
            _ if excluded.contains(&own.path) => Publication::Withheld(Withheld::Excluded),
            Publication::Withheld(_) => own_state,
            Publication::Published if own.facts.broken || meta.is_none() => Publication::Withheld(Withheld::Broken),
            Publication::Published if original_withheld => Publication::Withheld(Withheld::WithOriginal),
            Publication::Published => Publication::Published,
        };
        found.extend(problems);
        found.extend(series::unknown(own, config));
        let review_by = front.review_by.or(original.facts.front.review_by);
        let review_by = review_by.map(|date| date.resolve(&config.timezone, crate::base::date::Bound::Start));
        let entry = LedgerEntry {
            path: own.path.clone(),
            key: key.to_owned(),
            lang,
            title: front.title.clone().unwrap_or_default(),
            role: group.role,
            publication,
            schedule,
            translation,
            withdrawn: front.withdrawn.is_some(),
            review_by,
            digest: own.facts.digest.as_ref().map(|digest| digest.words.clone()),
        };
        candidates.push(Candidate { entry, meta });
    }
    (candidates, found)
}

/// The old addresses of all pages but those taken back, of which only the own address stays.
fn redirects(pages: &[Page]) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for (number, page) in (0..).zip(pages).filter(|(_, page)| page.meta.withdrawn.is_none()) {
        for from in &page.meta.aliases {
            let folder = from.as_str().trim_end_matches('/');
            let file = if folder.ends_with(".html") { folder.to_owned() } else { format!("{folder}/index.html") };
            if let Some(out) = UrlPath::parse(&file).and_then(|url| url.out_path()) {
                redirects.push(Redirect { from: from.clone(), out, to: PageId(number) });
            }
        }
    }
    redirects
}

/// How many links that lead nowhere get a suggestion: where there are more, something larger is
/// wrong, and a look at every name for each would not end.
const SUGGESTIONS: usize = 50;

/// Resolves the links, images and files of every page, in parallel, and tells what leads nowhere.
fn resolve_all(
    site: &Site,
    groups: &BTreeMap<String, Group>,
    files: &BTreeMap<RelPath, u64>,
    closed_folders: &BTreeSet<String>,
    static_files: &BTreeSet<String>,
    made: &[Addressed],
) -> (Vec<Resolved>, Vec<Diagnostic>) {
    let urls = made.iter().map(|route| &route.url).chain(site.redirects.iter().map(|redirect| &redirect.from));
    let names: Vec<&str> = urls.map(|url| url.as_str().trim_end_matches('/')).collect();
    let mut sets = site.sets.iter().peekable();
    // Both are sorted by key.
    let known = groups.keys().map(|key| (key.as_str(), sets.next_if(|set| set.key == *key)));
    let ((known, anchors), addresses) =
        rayon::join(|| (known.collect(), Anchors::of(&site.pages)), || names.iter().copied().collect());
    let resolver = Resolver {
        shelf: Shelf {
            files,
            groups,
            known,
            closed_folders,
            folded_files: OnceLock::new(),
            pages: &site.pages,
            sections: &site.sections,
            config: &site.config,
        },
        anchors,
        addresses,
        names,
        static_files: static_files.iter().map(String::as_str).collect(),
        folded_pages: OnceLock::new(),
    };
    let mut resolved: Vec<Resolved> = site
        .pages
        .par_iter()
        .zip(0..site.pages.len() as u32)
        .map(|(page, number)| {
            let mut resolved = resolver.resolve(PageId(number), &page.document);
            let image = page.meta.image.iter().map(|image| (&image.file, None));
            let attachments = page.meta.decision.iter().flat_map(|d| d.attachments.iter().enumerate());
            let attachments = attachments.map(|(index, attachment)| (&attachment.file, Some(index)));
            for (file, attachment) in image.chain(attachments) {
                let field = || attachment.map_or("image.src".to_owned(), |index| format!("attachments.{index}.file"));
                match resolver.front_matter_file(file, || Place::field(page.document.path.clone(), field())) {
                    Ok(url) => resolved.files.push((file.clone(), url)),
                    Err(problem) => resolved.problems.push(problem),
                }
            }
            if page.meta.withdrawn.is_some() {
                // The text of a withdrawn page is gone, and with it every file only it used.
                resolved.files.clear();
            }
            resolved
        })
        .collect();
    let mut problems: Vec<Problem> = resolved.iter_mut().flat_map(|page| std::mem::take(&mut page.problems)).collect();
    for problem in problems.iter_mut().filter(|problem| problem.near.is_some()).skip(SUGGESTIONS) {
        problem.near = None;
    }
    let told = problems.into_par_iter().map(|problem| resolver.told(problem)).collect();
    (resolved, told)
}

/// Errors in files that are not due for publication are told, but do not fail a build.
fn excuse_withheld(diagnostics: Diagnostics, ledger: &[LedgerEntry]) -> Diagnostics {
    let excused: BTreeSet<&RelPath> = ledger
        .iter()
        .filter(|entry| matches!(entry.publication, Publication::Withheld(why) if why.is_intended()))
        .map(|entry| &entry.path)
        .collect();
    diagnostics.map(|mut diagnostic| {
        let inside = diagnostic.place.as_ref().is_some_and(|place| excused.contains(&place.file));
        if inside && diagnostic.severity == Severity::Error {
            diagnostic.severity = Severity::Warning;
            diagnostic.args.push(("note".into(), Arg::key("ui.not-due")));
        }
        diagnostic
    })
}
