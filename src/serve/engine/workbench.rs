//! What the next generation is made from: files, settings, theme and documents, each at its last good state.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::documents::Documents;
use super::files::{Files, Names, Touched};
use super::generation::Generation;
use super::photographs::Photographs;
use crate::base::date::Moment;
use crate::base::path::RelPath;
use crate::build::document_cache::{DocumentCache, Earlier, Unsaved};
use crate::build::parse::Sorted;
use crate::build::pictures::Pictures;
use crate::build::report::Observer;
use crate::config::{self, SiteConfig};
use crate::diag::{Diagnostics, Place};
use crate::render::{Bodies, Plan, Renderer, Templates};
use crate::serve::watch::Change;
use crate::site::Site;
use crate::site::ledger::LedgerEntry;
use crate::site::link::{Inputs, Linked, link};
use crate::site::publication::Preview;
use crate::site::relink::{Relinked, group_of, is_withheld_as_broken, page_of, relink};
use crate::site::routes;
use crate::source::{Workspace, places};
use crate::theme::{Stylesheets, Theme};

/// Everything that generations are made from.
pub(super) struct Workbench {
    workspace: Arc<dyn Workspace>,
    files: Files,
    documents: Documents,
    /// Files of the content that are no documents, with their sizes in bytes.
    content_files: BTreeMap<RelPath, u64>,
    /// The last settings and the last theme that were sound.
    config: Option<SiteConfig>,
    theme: Option<Theme>,
    /// The style sheets as they were made last.
    styles: Stylesheets,
    told: Told,
    /// What is kept from one run to the next, and what of it is new.
    cache: Option<DocumentCache>,
    /// What is left of one that could not be used any longer.
    earlier: Earlier,
    unsaved: Option<Unsaved>,
    revision: u64,
    pictures: Arc<Pictures>,
}

/// What is wrong, by what has found it.
#[derive(Default)]
struct Told {
    settings: Diagnostics,
    theme: Diagnostics,
    /// The names of the files of the content.
    names: Diagnostics,
    linking: Diagnostics,
    planning: Diagnostics,
}

/// What is to be done after a change.
#[derive(Debug)]
pub(super) enum Step {
    /// Nothing that a page shows has changed, but perhaps what is told.
    Tell,
    /// Some pages take the place of earlier ones.
    Replace(Relinked),
    /// The site stays, its theme is another.
    Dress,
    /// Everything is linked again.
    Link,
}

impl Workbench {
    /// An empty one, whose states are counted on from a number.
    pub(super) fn new(root: &Path, workspace: Arc<dyn Workspace>, photographs: &Photographs, revision: u64) -> Self {
        Self {
            workspace,
            files: Files::new(),
            documents: Documents::default(),
            content_files: BTreeMap::new(),
            config: None,
            theme: None,
            styles: Stylesheets::default(),
            told: Told::default(),
            cache: DocumentCache::open(&root.join(".congso")),
            earlier: Earlier::default(),
            unsaved: None,
            revision,
            pictures: photographs.pictures(),
        }
    }

    /// Looks at everything anew.
    pub(super) fn begin(&mut self, observer: &dyn Observer) {
        self.files.list(self.workspace.as_ref());
        self.read_settings();
        self.read_documents(observer);
    }

    /// Reads the settings; broken ones change nothing but what is told.
    fn read_settings(&mut self) -> Changed {
        let (config, found) = match config::read(self.workspace.as_ref()) {
            Ok((config, found)) => (Some(config), found),
            Err(found) => (None, found),
        };
        self.told.settings = found;
        let Some(config) = config else { return Changed::No };
        let text = |config: &SiteConfig| format!("{config:?}");
        let is_same = self.config.as_ref().is_some_and(|known| text(known) == text(&config));
        self.config = Some(config);
        if is_same { Changed::No } else { Changed::Yes }
    }

    /// Reads all documents.
    fn read_documents(&mut self, observer: &dyn Observer) {
        let Some(config) = &self.config else { return };
        let files = self.files.content();
        let paths = files.iter().map(|file| file.path.clone()).collect();
        self.documents.keep_only(&paths);
        let mut sorted = Sorted::of(files, config);
        (self.content_files, self.told.names) = (mem::take(&mut sorted.others), mem::take(&mut sorted.found));
        let (workspace, cache) = (self.workspace.as_ref(), self.cache.as_mut());
        self.unsaved = self.documents.read_all(sorted, config, workspace, cache, observer);
    }

    /// Takes a change, and tells what is to be done.
    pub(super) fn take(
        &mut self,
        change: &Change,
        now: Option<&Generation>,
        preview: Preview,
        observer: &dyn Observer,
    ) -> Step {
        let Change::Paths(paths) = change else {
            self.begin(observer);
            return Step::Link;
        };
        let touched = self.files.look(paths, self.workspace.as_ref());
        if touched.settings && self.read_settings() == Changed::Yes {
            // Its default language and its policy for raw HTML decide how files are read.
            self.read_documents(observer);
            return Step::Link;
        }
        self.take_documents(&touched, now, preview)
    }

    fn take_documents(&mut self, touched: &Touched, now: Option<&Generation>, preview: Preview) -> Step {
        let rest = if touched.theme { Step::Dress } else { Step::Tell };
        let Some(config) = &self.config else { return rest };
        touched.others.iter().for_each(|path| self.pictures.forget(path));
        if touched.names == Names::Changed {
            self.take_names(touched);
            return Step::Link;
        }
        let sizes = touched.others.iter().filter_map(|path| Some((path, self.files.size(path)?)));
        let sizes: Vec<_> = sizes.filter(|(path, size)| self.content_files.get(*path) != Some(size)).collect();
        let is_shown = |path: &RelPath| now.is_some_and(|now| now.site().files.contains_key(path));
        if !sizes.is_empty() || touched.others.iter().any(is_shown) {
            // Pages tell how large their attachments and pictures are.
            self.content_files.extend(sizes.into_iter().map(|(path, size)| (path.clone(), size)));
            let pages = self.files.pages_of(&touched.documents);
            self.documents.read_some(pages, config, self.workspace.as_ref(), self.cache.as_ref());
            return Step::Link;
        }
        if touched.documents.is_empty() {
            return rest;
        }
        let pages = self.files.pages_of(&touched.documents);
        let paths: BTreeSet<RelPath> = pages.iter().map(|file| file.path.clone()).collect();
        let before: Vec<_> = paths.iter().map(|path| self.documents.shown_of(path).cloned()).collect();
        self.documents.read_some(pages, config, self.workspace.as_ref(), self.cache.as_ref());
        for path in now.map(|now| self.broken(&paths, now, preview)).unwrap_or_default() {
            self.documents.hold_back(&path);
        }
        let after = paths.iter().map(|path| self.documents.shown_of(path));
        let is_same = |(before, after): (&Option<Arc<_>>, Option<&Arc<_>>)| match (before, after) {
            (Some(before), Some(after)) => Arc::ptr_eq(before, after),
            (before, after) => before.is_none() && after.is_none(),
        };
        if before.iter().zip(after).all(is_same) {
            return rest;
        }
        let relinked = now.filter(|_| !touched.theme).and_then(|now| self.relink(&paths, now, preview));
        match relinked {
            Some(relinked) => {
                self.documents.settle_some(&paths);
                Step::Replace(relinked)
            }
            None => Step::Link,
        }
    }

    /// Takes files that came or went.
    fn take_names(&mut self, touched: &Touched) {
        let Some(config) = &self.config else { return };
        let content = self.files.content();
        let paths: BTreeSet<RelPath> = content.iter().map(|file| file.path.clone()).collect();
        self.documents.keep_only(&paths);
        let Sorted { others, found, .. } = Sorted::of(content, config);
        (self.content_files, self.told.names) = (others, found);
        let pages = self.files.pages_of(&touched.documents);
        self.documents.read_some(pages, config, self.workspace.as_ref(), self.cache.as_ref());
    }

    /// Which of some files that were good before have errors that matter now: those of a file that is not
    /// due do not.
    fn broken(&self, paths: &BTreeSet<RelPath>, now: &Generation, preview: Preview) -> Vec<RelPath> {
        let site = now.site();
        let is_broken = |path: &&RelPath| {
            let Some(good) = self.documents.stand_in(path) else { return false };
            let Some(own) = self.documents.shown_of(path) else { return false };
            let Some(page) = page_of(site, good) else { return false };
            let set = site.page(page).set;
            let mut group = group_of(site, set);
            *group.documents.get_mut(own.lang) = Some(Arc::clone(own));
            is_withheld_as_broken(site, set, &group, own.lang, preview)
        };
        paths.iter().filter(is_broken).cloned().collect()
    }

    /// Links the pages of some documents only, if nothing else depends on what changed in them.
    fn relink(&self, paths: &BTreeSet<RelPath>, now: &Generation, preview: Preview) -> Option<Relinked> {
        let site = now.site();
        let Told { linking, planning, .. } = &self.told;
        let told: Diagnostics = linking.iter().chain(planning.iter()).chain(self.documents.held()).cloned().collect();
        let mut all = Relinked { pages: Vec::new(), ledger: Vec::new() };
        let mut sets = BTreeSet::new();
        for path in paths {
            let document = self.documents.shown_of(path)?;
            sets.insert(site.page(page_of(site, document)?).set);
        }
        for set in sets {
            let mut group = group_of(site, set);
            for path in paths {
                let document = self.documents.shown_of(path)?;
                let slot = group.documents.get_mut(document.lang);
                if slot.as_ref().is_some_and(|known| known.path == *path) {
                    *slot = Some(Arc::clone(document));
                }
            }
            let relinked = relink(site, set, &group, preview, &told)?;
            all.pages.extend(relinked.pages);
            all.ledger.extend(relinked.ledger);
        }
        Some(all)
    }

    /// Links everything. A file in which that finds an error keeps its last good version.
    pub(super) fn link(&mut self, now: Timestamp, preview: Preview) -> Option<Generation> {
        let config = self.config.clone()?;
        let statics = self.files.statics();
        let theme = self.load_theme(&config);
        self.documents.release();
        let (site, ledger, planned) = loop {
            let inputs = Inputs {
                config: config.clone(),
                now: Moment::new(now, &config.timezone, true),
                preview,
                documents: self.documents.shown(),
                content_files: self.content_files.clone(),
                static_files: statics
                    .iter()
                    .filter_map(|path| path.strip_prefix("static").map(str::to_owned))
                    .collect(),
                excluded: BTreeSet::new(),
                diagnostics: self.documents.unjudged(),
            };
            let mut linked = link(inputs);
            self.pictures.hang(&mut linked, self.workspace.as_ref());
            let Linked { site, routes, ledger, diagnostics, unused } = linked;
            unused.give_back();
            let planned = theme.as_ref().map(|theme| checked(Plan::of(&site, routes, theme, &statics), &site));
            let found = planned.iter().flat_map(|(_, found)| found.iter());
            let told = diagnostics.iter().chain(found).cloned().collect();
            // Each time there is one more that stands as it was, so that this ends.
            if !self.documents.hold(&told) {
                self.documents.settle(&told);
                self.told.linking = diagnostics;
                break (site, ledger, planned);
            }
        };
        self.render(Arc::new(site), ledger, preview, theme.zip(planned))
    }

    /// Puts a site into the theme as it is now.
    pub(super) fn dress(&mut self, site: Arc<Site>, ledger: Vec<LedgerEntry>, preview: Preview) -> Option<Generation> {
        let theme = self.load_theme(&site.config);
        let planned = theme.as_ref().map(|theme| self.plan(&site, theme));
        self.render(site, ledger, preview, theme.zip(planned))
    }

    /// Reads the theme; where it is not sound, the last one that was stays.
    fn load_theme(&mut self, config: &SiteConfig) -> Option<Theme> {
        let (theme, problems) = Theme::load(config, self.workspace.as_ref(), &mut self.styles);
        self.told.theme = problems;
        if self.told.theme.has_errors() { self.theme.clone() } else { Some(theme) }
    }

    fn plan(&self, site: &Site, theme: &Theme) -> (Plan, Diagnostics) {
        checked(Plan::of(site, routes::routes(site), theme, &self.files.statics()), site)
    }

    /// A generation of a site in a theme; in the last good one where the templates do not compile.
    fn render(
        &mut self,
        site: Arc<Site>,
        ledger: Vec<LedgerEntry>,
        preview: Preview,
        planned: Option<(Theme, (Plan, Diagnostics))>,
    ) -> Option<Generation> {
        let revision = self.next_revision();
        let (theme, (plan, found)) = planned?;
        let (theme, templates, plan, found) = match Templates::compile(&theme) {
            Ok(templates) => (theme, templates, plan, found),
            Err(problems) => {
                self.told.theme.extend(problems);
                let theme = self.theme.clone()?;
                let templates = Templates::compile(&theme).ok()?;
                let (plan, found) = self.plan(&site, &theme);
                (theme, templates, plan, found)
            }
        };
        (self.theme, self.told.planning) = (Some(theme.clone()), found);
        let earlier = || Box::new(self.earlier.clone()) as Box<dyn Bodies>;
        let bodies = self.cache.as_ref().map_or_else(earlier, DocumentCache::bodies);
        let renderer = Renderer::new(site, (theme, templates), preview, &plan, bodies);
        Some(Generation::new(renderer, plan, ledger, revision))
    }

    /// Keeps for the next run what is new.
    pub(super) fn save(&mut self) {
        if let (Some(cache), Some(unsaved)) = (&self.cache, self.unsaved.take()) {
            cache.save(&unsaved);
        }
    }

    /// Whether what was kept has turned out to be damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.cache.as_ref().is_some_and(DocumentCache::is_damaged)
    }

    /// Goes on without what was kept.
    pub(super) fn drop_cache(&mut self) {
        self.earlier = self.cache.take().map(DocumentCache::into_earlier).unwrap_or_default();
    }

    /// The number of the next state of the site.
    pub(super) fn next_revision(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }

    /// Everything that is wrong, with resolved places.
    pub(super) fn problems(&self) -> Diagnostics {
        let Told { settings, theme, names, linking, planning } = &self.told;
        let site = linking.iter().chain(planning.iter());
        let is_replaced = |place: &Place| self.documents.is_replaced(&place.file);
        let site = site.filter(|told| !told.place.as_ref().is_some_and(is_replaced));
        let told = [settings, theme, names].into_iter().flat_map(Diagnostics::iter).chain(site);
        let all: Diagnostics = told.chain(self.files.found()).chain(self.documents.problems()).cloned().collect();
        places::resolve(all, self.workspace.as_ref()).sorted()
    }
}

/// Whether something is other than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Changed {
    Yes,
    No,
}

/// A plan with what is wrong with it.
fn checked(plan: Plan, site: &Site) -> (Plan, Diagnostics) {
    let found = plan.collisions(site);
    (plan, found)
}
