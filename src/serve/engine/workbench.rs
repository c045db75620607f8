//! What the next generation is made from: files, settings, theme and documents, each at its last good state.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::documents::Documents;
use super::files::{Files, Names, Touched};
use super::generation::Generation;
use crate::base::date::Moment;
use crate::base::path::RelPath;
use crate::build::document_cache::{DocumentCache, InMemory, Unsaved};
use crate::build::report::Observer;
use crate::config::{self, SiteConfig};
use crate::diag::Diagnostics;
use crate::render::{Bodies, Renderer, plan};
use crate::serve::watch::Change;
use crate::site::Site;
use crate::site::link::{Inputs, LedgerEntry, Linked, link};
use crate::site::publication::Preview;
use crate::site::relink::{Relinked, group_of, page_of, relink};
use crate::site::routes;
use crate::source::{Workspace, places};
use crate::theme::Theme;

/// Everything that generations are made from.
pub(super) struct Workbench {
    workspace: Arc<dyn Workspace>,
    files: Files,
    documents: Documents,
    /// Files of the content that are no documents.
    content_files: BTreeSet<RelPath>,
    /// The last settings and the last theme that were sound.
    config: Option<SiteConfig>,
    theme: Option<Theme>,
    told: Told,
    /// What is kept from one run to the next, and what of it is new.
    cache: Option<DocumentCache>,
    unsaved: Option<Unsaved>,
    revision: u64,
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
    pub(super) fn new(root: &Path, workspace: Arc<dyn Workspace>) -> Self {
        Self {
            workspace,
            files: Files::new(),
            documents: Documents::default(),
            content_files: BTreeSet::new(),
            config: None,
            theme: None,
            told: Told::default(),
            cache: DocumentCache::open(&root.join(".congso")),
            unsaved: None,
            revision: 0,
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
        let (workspace, cache) = (self.workspace.as_ref(), self.cache.as_mut());
        (self.content_files, self.told.names, self.unsaved) =
            self.documents.read_all(files, config, workspace, cache, observer);
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
        if touched.names == Names::Changed {
            self.take_names(touched);
            return Step::Link;
        }
        if touched.documents.is_empty() {
            return rest;
        }
        let pages = self.files.pages_of(&touched.documents);
        let paths: BTreeSet<RelPath> = pages.iter().map(|file| file.path.clone()).collect();
        let before: Vec<_> = paths.iter().map(|path| self.documents.shown_of(path).cloned()).collect();
        let found = self.documents.read_some(pages, config, self.workspace.as_ref(), self.cache.as_ref());
        if !found.is_empty() {
            return Step::Link;
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
        let others = |path: &&RelPath| path.extension() != "md";
        self.content_files = paths.iter().filter(others).cloned().collect();
        let pages = self.files.pages_of(&touched.documents);
        let found = self.documents.read_some(pages, config, self.workspace.as_ref(), self.cache.as_ref());
        self.told.names = found;
    }

    /// Links the pages of some documents only, if nothing else depends on what changed in them.
    fn relink(&self, paths: &BTreeSet<RelPath>, now: &Generation, preview: Preview) -> Option<Relinked> {
        let site = now.site();
        let told = self.told.linking.iter().chain(self.told.planning.iter()).chain(self.documents.held());
        let told: Diagnostics = told.cloned().collect();
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

    /// Links everything. A file that linking finds an error in keeps its last good version.
    pub(super) fn link(&mut self, now: Timestamp, preview: Preview) -> Option<Generation> {
        self.documents.release();
        let config = self.config.as_ref()?;
        let statics = self.files.statics();
        let inputs = |documents| Inputs {
            config: config.clone(),
            now: Moment::new(now, &config.timezone, true),
            preview,
            documents,
            content_files: self.content_files.clone(),
            static_files: statics.iter().filter_map(|path| path.strip_prefix("static").map(str::to_owned)).collect(),
            excluded: BTreeSet::new(),
            diagnostics: Diagnostics::default(),
        };
        let mut linked = link(inputs(self.documents.shown()));
        if self.documents.hold(&linked.diagnostics) {
            linked = link(inputs(self.documents.shown()));
        }
        let Linked { site, routes: _, ledger, diagnostics } = linked;
        self.documents.settle(&diagnostics);
        self.told.linking = diagnostics;
        self.dress(Arc::new(site), ledger, preview)
    }

    /// Puts a site into the theme; into the last good one where the present one does not compile.
    pub(super) fn dress(&mut self, site: Arc<Site>, ledger: Vec<LedgerEntry>, preview: Preview) -> Option<Generation> {
        let statics = self.files.statics();
        let revision = self.next_revision();
        let cache = self.cache.as_ref();
        let bodies = || cache.map_or_else(|| Box::new(InMemory) as Box<dyn Bodies>, DocumentCache::bodies);
        let renderer = |site: &Arc<Site>, theme: &Theme| {
            let (plan, planned) = plan::plan(site, routes::routes(site), theme, &statics);
            let renderer = Renderer::new(Arc::clone(site), theme.clone(), preview, &plan, bodies());
            (renderer, plan, planned)
        };
        let (theme, problems) = Theme::load(&site.config, self.workspace.as_ref());
        self.told.theme = problems;
        if !self.told.theme.has_errors() {
            match renderer(&site, &theme) {
                (Ok(renderer), plan, planned) => {
                    (self.theme, self.told.planning) = (Some(theme), planned);
                    return Some(Generation::new(renderer, plan, ledger, revision));
                }
                (Err(problems), _, _) => self.told.theme.extend(problems),
            }
        }
        let (renderer, plan, planned) = renderer(&site, self.theme.as_ref()?);
        self.told.planning = planned;
        Some(Generation::new(renderer.ok()?, plan, ledger, revision))
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
        self.cache = None;
    }

    /// The number of the next state of the site.
    pub(super) fn next_revision(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }

    /// Everything that is wrong, with resolved places.
    pub(super) fn problems(&self) -> Diagnostics {
        let Told { settings, theme, names, linking, planning } = &self.told;
        let told = [settings, theme, names, linking, planning].into_iter().flat_map(Diagnostics::iter);
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
