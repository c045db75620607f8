//! Where the citations of all pages lead, who cites which document, and which the portal lacks.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::documents::{Arenas, Relation, lacking};
use super::identity::{Found, document, file};
use super::meta::DecisionMeta;
use super::{Page, PageId, ResolvedLink, Role, SetId, Site};
use crate::base::path::RelPath;
use crate::content::citation::{Citation, IssuerWords, Mention, Told};
use crate::content::document::{Facts, Target};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// Where a citation of a page leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cited {
    /// The portal has no such document.
    Missing,
    /// It has several, and nothing tells which is meant.
    Unclear,
    /// The page itself.
    Own,
    /// This page, in the reader's language where there is one; the number stays text.
    Named(PageId),
    /// This page, and the number is a link to it: the first mention in its section of the text.
    Link(PageId),
}

impl Cited {
    /// Whether the number is a link.
    #[must_use]
    pub fn is_link(self) -> bool {
        matches!(self, Self::Link(_))
    }

    /// The page of a document that is not the citing one.
    #[must_use]
    pub fn page(self) -> Option<PageId> {
        match self {
            Self::Named(page) | Self::Link(page) => Some(page),
            Self::Missing | Self::Unclear | Self::Own => None,
        }
    }
}

/// Leads all citations of a site to its documents, and tells what is wrong with documents and citations.
/// The links of its pages are resolved: a citation within one means what the link leads to.
#[must_use]
pub(super) fn link(site: &mut Site) -> Diagnostics {
    let mut found: Diagnostics = site.registry.doubles(site).into_iter().collect();
    let known: &Site = site;
    let linked: Vec<(Vec<Cited>, Vec<Diagnostic>)> = known.pages.par_iter().map(|page| of_page(known, page)).collect();
    for (page, (cited, problems)) in site.pages.iter_mut().zip(linked) {
        page.citations = cited;
        found.extend(problems);
    }
    site.registry.cited_by = cited_by(site);
    found.extend(outlived(site));
    found
}

/// Where the citations of a page lead.
fn of_page(site: &Site, page: &Page) -> (Vec<Cited>, Vec<Diagnostic>) {
    let citations = &page.document.facts.citations;
    if citations.is_empty() || page.meta.withdrawn.is_some() {
        return Default::default();
    }
    let mut problems = BTreeMap::new();
    let meant = citations.iter().map(|citation| match led_to(site, page, citation) {
        Some(set) => Meant::Set(set),
        None => found(site, page, citation, &mut problems),
    });
    let cited = first_mentions(site, page, citations, meant.collect());
    (cited, problems.into_values().collect())
}

/// The document of its number to which the link leads that a citation stands in: the writer says which.
fn led_to(site: &Site, page: &Page, citation: &Citation) -> Option<SetId> {
    let link = page.links.get(citation.link?)?;
    let is_of = |set: SetId| match link {
        ResolvedLink::Page(target, _) => site.page(*target).set == set,
        ResolvedLink::Site(path, _) => site.set(set).pages.iter().any(|(_, known)| {
            let url = known.map(|known| site.page(known).url.as_str().trim_end_matches('/'));
            url == Some(path.trim_end_matches('/'))
        }),
        _ => false,
    };
    site.registry.of_number(&citation.number).find(|set| is_of(*set))
}

/// What a citation means by what it says.
fn found<'a>(site: &Site, page: &Page, citation: &'a Citation, problems: &mut BTreeMap<&'a str, Diagnostic>) -> Meant {
    match site.registry.cited(citation) {
        Found::Nothing => Meant::Missing,
        Found::One(set) => Meant::Set(set),
        Found::Several(sets) if sets.contains(&page.set) => Meant::Set(page.set),
        Found::Several(sets) => {
            problems.entry(citation.number.as_str()).or_insert_with(|| unclear(site, page, citation, &sets));
            Meant::Unclear
        }
    }
}

/// What a citation means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    Missing,
    Unclear,
    Set(SetId),
}

/// Makes links of the first mentions in each section. A link of the writer's own counts as one.
fn first_mentions(site: &Site, page: &Page, citations: &[Citation], meant: Vec<Meant>) -> Vec<Cited> {
    let mut mentioned: BTreeSet<(u32, SetId)> = BTreeSet::new();
    let cited = citations.iter().zip(meant).map(|(citation, meant)| {
        let set = match meant {
            Meant::Missing => return Cited::Missing,
            Meant::Unclear => return Cited::Unclear,
            Meant::Set(set) if set == page.set => return Cited::Own,
            Meant::Set(set) => set,
        };
        let Some(target) = site.page_for(set, page.lang) else { return Cited::Missing };
        let is_first = citation.mention != Mention::Apart && mentioned.insert((citation.section, set));
        if is_first && citation.mention == Mention::Text { Cited::Link(target) } else { Cited::Named(target) }
    });
    cited.collect()
}

/// What tells two citations of one page apart for the rest of the site.
type Key<'a> = (
    &'a str,
    Option<i16>,
    Option<crate::domain::citations::CitedDate>,
    Option<&'a IssuerWords>,
    Mention,
    Option<&'a Target>,
    Told,
);

/// The keys of all citations of a text, whose links are still there.
fn keys(facts: &Facts) -> impl Iterator<Item = Key<'_>> {
    facts.citations.iter().map(|citation| {
        let Citation { number, year, date, issuer_words, mention, link, told, .. } = citation;
        let target = link.and_then(|link| facts.links.get(link)).map(|link| &link.target);
        (number.as_str(), *year, *date, issuer_words.as_ref(), *mention, target, *told)
    })
}

/// Where the citations of a new text of a page lead; `None` where its set of citations is another one, so
/// that other pages may change with it.
pub(super) fn again(site: &Site, page: &Page, now: &Facts) -> Option<Vec<Cited>> {
    if page.meta.withdrawn.is_some() {
        return Some(Vec::new());
    }
    let was = &page.document.facts;
    let known: HashMap<Key<'_>, Cited> = keys(was).zip(page.citations.iter().copied()).collect();
    let meant: Option<Vec<Meant>> = keys(now)
        .map(|key| {
            Some(match known.get(&key)? {
                Cited::Missing => Meant::Missing,
                Cited::Unclear => Meant::Unclear,
                Cited::Own => Meant::Set(page.set),
                Cited::Named(target) | Cited::Link(target) => Meant::Set(site.page(*target).set),
            })
        })
        .collect();
    let is_same = keys(now).collect::<HashSet<_>>().len() == known.len();
    meant.filter(|_| is_same).map(|meant| first_mentions(site, page, &now.citations, meant))
}

/// The sets that cite each document, newest first.
fn cited_by(site: &Site) -> BTreeMap<SetId, Vec<SetId>> {
    let mut cited_by: BTreeMap<SetId, BTreeSet<SetId>> = BTreeMap::new();
    for page in site.pages.iter().filter(|page| site.set(page.set).role == Role::Page) {
        for target in page.citations.iter().filter_map(|cited| cited.page()) {
            cited_by.entry(site.page(target).set).or_default().insert(page.set);
        }
    }
    let date =
        |set: &SetId| site.page_for(*set, site.config.default_language).and_then(|id| site.page(id).meta.list_date());
    let sorted = cited_by.into_iter().map(|(document, citing)| {
        let mut citing: Vec<SetId> = citing.into_iter().collect();
        citing.sort_by_cached_key(|set| (std::cmp::Reverse(date(set).map(|date| date.at)), *set));
        (document, citing)
    });
    sorted.collect()
}

fn unclear(site: &Site, page: &Page, citation: &Citation, sets: &[SetId]) -> Diagnostic {
    let files: Vec<RelPath> = sets.iter().filter_map(|set| file(site, *set)).collect();
    let name = |index: usize| files.get(index).map(ToString::to_string).unwrap_or_default();
    let problem = Diagnostic::new(Code::CitationUnclear)
        .with("number", citation.number.as_str())
        .with("first", name(0))
        .with("second", name(1))
        .at(page.document.place(&citation.spot));
    files.into_iter().fold(problem, |problem, file| problem.related(Place::field(file, "number")))
}

/// The citations of documents that another one had replaced when the page was written, as warnings: unless
/// the page cites that one too, or the words around tell of an end.
fn outlived(site: &Site) -> Vec<Diagnostic> {
    if site.registry.cited_by.is_empty() {
        return Vec::new();
    }
    let documents = &site.documents;
    let successors: BTreeMap<SetId, Vec<SetId>> = site
        .registry
        .cited_by
        .keys()
        .map(|set| {
            let related = documents.related(*set).iter();
            let successors = related.filter(|related| related.relation == Relation::ReplacedBy);
            (*set, successors.filter_map(|related| related.set).collect::<Vec<_>>())
        })
        .filter(|(_, successors)| !successors.is_empty())
        .collect();
    if successors.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for page in &site.pages {
        let meta = &page.meta;
        let written = meta.date.max(meta.updated).or_else(|| meta.list_date());
        let Some(written) = written.filter(|_| !page.citations.is_empty()) else { continue };
        let cited: BTreeSet<SetId> = page.citations.iter().filter_map(|c| Some(site.page(c.page()?).set)).collect();
        let mut told: BTreeSet<SetId> = BTreeSet::new();
        for (citation, target) in page.document.facts.citations.iter().zip(&page.citations) {
            let Some(set) = target.page().map(|target| site.page(target).set) else { continue };
            if citation.told == Told::End {
                told.insert(set);
            }
            let Some(successors) = successors.get(&set) else { continue };
            let of_page = |relation: &super::documents::Related| relation.set == Some(set);
            if documents.related(page.set).iter().any(of_page) || successors.iter().any(|new| cited.contains(new)) {
                continue;
            }
            let replaced = successors.iter().find(|new| {
                let since = document(site, **new).map(DecisionMeta::replaces_from);
                since.is_some_and(|since| since.at <= written.at)
            });
            if let Some(new) = replaced.filter(|_| told.insert(set)) {
                found.extend(replaced_by(site, citation, *new, page));
            }
        }
    }
    found
}

fn replaced_by(site: &Site, citation: &Citation, new: SetId, page: &Page) -> Option<Diagnostic> {
    let successor = document(site, new)?;
    let title = &site.page(site.page_for(new, page.lang)?).meta.title;
    Some(
        Diagnostic::new(Code::CitationReplaced)
            .with("number", citation.number.as_str())
            .with("successor", successor.number.as_str())
            .with("title", title.as_str())
            .at(page.document.place(&citation.spot))
            .related(Place::field(file(site, new)?, "number")),
    )
}

/// A document that pages cite, or documents name in a relation, and the portal lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Its number.
    pub number: String,
    /// Its year, as far as a citation tells.
    pub year: Option<i16>,
    /// Its type by id.
    pub kind: Option<String>,
    /// Who issued it, by id.
    pub agency: Option<String>,
    /// The files that cite it.
    pub files: BTreeSet<RelPath>,
    /// The files of documents that name it, by relation: `replaces`, `amends`, `basis`, `implements`.
    pub relations: BTreeMap<String, BTreeSet<RelPath>>,
}

/// The documents that published pages cite or name in relations and the portal lacks, the most cited first.
#[must_use]
pub fn missing(site: &Site) -> Vec<Missing> {
    let mut numbers: BTreeMap<String, BTreeMap<Option<i16>, Missing>> = BTreeMap::new();
    for page in &site.pages {
        let cited = page.document.facts.citations.iter().zip(&page.citations);
        for (citation, _) in cited.filter(|(_, cited)| **cited == Cited::Missing) {
            let number = crate::domain::citations::comparable(&citation.number);
            let year = citation.known_year();
            let missing = numbers.entry(number).or_default().entry(year).or_insert_with(|| Missing {
                number: citation.number.clone(),
                year,
                kind: None,
                agency: citation.agency.as_deref().map(str::to_owned),
                files: BTreeSet::new(),
                relations: BTreeMap::new(),
            });
            missing.kind = missing.kind.take().or_else(|| citation.kind.as_deref().map(str::to_owned));
            missing.files.insert(page.document.path.clone());
        }
    }
    let arenas = Arenas { sets: &site.sets, pages: &site.pages, default: site.config.default_language };
    for (file, relation, written) in lacking(arenas, &site.registry) {
        let said = crate::domain::citations::alone(written, None);
        let number = said.as_ref().map_or(written, |said| &said.number);
        let year = said.as_ref().and_then(|said| said.year);
        let years = numbers.entry(crate::domain::citations::comparable(number)).or_default();
        let missing = years.entry(year).or_insert_with(|| Missing {
            number: number.to_owned(),
            year,
            kind: said.as_ref().and_then(|said| said.kind).map(|kind| kind.id.to_owned()),
            agency: said.as_ref().and_then(|said| said.agency).map(|agency| agency.id.to_owned()),
            files: BTreeSet::new(),
            relations: BTreeMap::new(),
        });
        missing.relations.entry(relation.name().to_owned()).or_default().insert(file.clone());
    }
    let mut all: Vec<Missing> = Vec::new();
    for mut years in numbers.into_values() {
        // Where no date stands near, the only one that is known is meant.
        let undated = years.remove(&None);
        match (undated, years.len()) {
            (Some(undated), 1) => all.extend(years.into_values().map(|mut dated| {
                dated.files.extend(undated.files.iter().cloned());
                for (relation, files) in &undated.relations {
                    dated.relations.entry(relation.clone()).or_default().extend(files.iter().cloned());
                }
                dated
            })),
            (undated, _) => all.extend(years.into_values().chain(undated)),
        }
    }
    let order = |missing: &Missing| {
        let related: usize = missing.relations.values().map(BTreeSet::len).sum();
        (std::cmp::Reverse(missing.files.len()), std::cmp::Reverse(related))
    };
    all.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| (&a.number, a.year).cmp(&(&b.number, b.year))));
    all
}
