//! What an output was made from, what an input feeds, and why an output was last rendered, as the last
//! build kept it. Nothing is built, locked or written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::cache::{Index, Kept, KeptJob, Reads, Why};
use super::error::OutputError;
use super::feeds::Feeds;
use super::folder::OutputFolder;
use crate::base::lang::Lang;
use crate::base::path::{OutPath, RelPath};
use crate::base::similar::closest;
use crate::diag::{Code, Diagnostic};
use crate::render::{Aspect, Names, Subject, plan};
use crate::site::sources::SourceName;
use crate::theme::embedded_paths;

/// What the last build kept.
pub struct LastBuild {
    index: Index,
    reads: Reads,
}

/// Why nothing can be explained.
#[derive(Debug)]
pub enum Unexplained {
    /// No build into this folder has been kept, or another program kept it.
    Unbuilt,
    /// A build is at it: the parts of what is kept do not belong together.
    Apart,
    /// The folder cannot be one of outputs.
    Folder(OutputError),
}

/// What somebody may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// A file of the workspace.
    Input(RelPath),
    /// A file below the output folder.
    Output(String),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explained {
    /// Of an input: the outputs it feeds, by how they depend on it.
    Input(RelPath, BTreeMap<Aspect, Vec<OutPath>>),
    /// Of an output: what was read of which inputs, and when and why it was last rendered.
    Output(OutPath, BTreeMap<Aspect, BTreeSet<String>>, Rendered),
}

/// When and why an output was last rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// When.
    pub when: When,
    /// Why.
    pub reason: Reason,
}

/// When an output was last rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// By the last build that rendered anything.
    Last,
    /// By one before that.
    Before,
}

/// Why an output was last rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// All was made anew.
    All,
    /// It was new.
    New,
    /// Something else was made there before.
    Other,
    /// Its file was missing or had been changed.
    Touched,
    /// What it reads had changed: some of it, the most specific first, and how much more.
    Changed(Vec<Subject>, u32),
}

impl LastBuild {
    /// Reads what the last build from `root` into `out` kept.
    ///
    /// # Errors
    /// Why nothing can be explained.
    pub fn open(root: &Path, out: &Path) -> Result<Self, Unexplained> {
        let folder = OutputFolder::resolve(root, out).map_err(Unexplained::Folder)?;
        match Kept::of(&root.join(".congso/outputs").join(folder.key())) {
            Kept::Nothing => Err(Unexplained::Unbuilt),
            Kept::Apart => Err(Unexplained::Apart),
            Kept::Whole(kept) => Ok(Self { index: kept.0, reads: kept.1 }),
        }
    }

    /// Explains the first of some candidates that the last build knows.
    #[must_use]
    pub fn explain(&self, candidates: &[Candidate]) -> Option<Explained> {
        candidates.iter().find_map(|candidate| match candidate {
            Candidate::Input(path) => self.is_input(path).then(|| self.input(path)),
            Candidate::Output(path) => self.job(path).map(|job| self.output(job)),
        })
    }

    /// The name that was probably meant: an address for an address, a file for anything else.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<String> {
        let outputs = self.reads.jobs.iter().map(|job| job.out.as_str());
        if name.starts_with('/') {
            let address = |out: &str| format!("/{}", out.strip_suffix("index.html").unwrap_or(out));
            let addresses: Vec<String> = outputs.map(address).collect();
            return closest(name, addresses.iter().map(String::as_str)).map(str::to_owned);
        }
        let inputs = self.index.inputs.iter().map(|(path, _)| path.as_str());
        closest(name, inputs.chain(outputs)).map(str::to_owned)
    }

    fn job(&self, out: &str) -> Option<&KeptJob> {
        let place = self.reads.jobs.binary_search_by(|job| job.out.as_str().cmp(out)).ok()?;
        self.reads.jobs.get(place)
    }

    /// Whether a file was an input, or would be if it were not embedded in the program.
    fn is_input(&self, path: &RelPath) -> bool {
        self.has(path.as_str()) || embedded_paths().any(|known| known == *path)
    }

    fn has(&self, path: &str) -> bool {
        self.index.inputs.binary_search_by(|(known, _)| known.as_str().cmp(path)).is_ok()
    }

    fn names(&self) -> &Names {
        &self.reads.names
    }

    fn input(&self, path: &RelPath) -> Explained {
        let feeds = Feeds::of(path, self);
        let ties: Vec<Option<Aspect>> = self.reads.facts.iter().map(|known| feeds.tie(&known.as_ref()?.0)).collect();
        let mut outputs: BTreeMap<Aspect, Vec<OutPath>> = BTreeMap::new();
        for job in &self.reads.jobs {
            let read = job.reads.iter().filter_map(|id| ties.get(*id as usize).copied().flatten()).min();
            let made = || plan::is_made_from(job.identity, &job.out, path).then_some(Aspect::Copied);
            let tie = if job.reads.is_empty() { made().filter(|_| feeds.is_current()) } else { read };
            if let Some(aspect) = tie.or(feeds.all()) {
                outputs.entry(aspect).or_default().push(job.out.clone());
            }
        }
        Explained::Input(path.clone(), outputs)
    }

    fn output(&self, job: &KeptJob) -> Explained {
        let mut inputs: BTreeMap<Aspect, BTreeSet<String>> = BTreeMap::new();
        let facts = job.reads.iter().filter_map(|id| self.reads.facts.get(*id as usize)?.as_ref());
        for Subject { aspect, name } in facts.map(|(fact, _)| self.names().subject(fact)) {
            let group = inputs.entry(aspect).or_default();
            match aspect {
                Aspect::Template => {
                    let all = self.names().templates.get(&*name).into_iter().flatten();
                    group.extend(all.map(|name| self.theme_file(&format!("templates/{name}"))));
                }
                Aspect::Asset => drop(group.insert(self.theme_file(&format!("static/{name}")))),
                _ => drop(group.insert(name.into())),
            }
        }
        let own: Vec<&str> = inputs.get(&Aspect::Own).into_iter().flatten().map(String::as_str).collect();
        let originals = own.into_iter().filter_map(|path| self.original(path)).map(|path| path.to_string());
        let originals: BTreeSet<String> = originals.collect();
        if !originals.is_empty() {
            inputs.insert(Aspect::Original, originals);
        }
        if job.reads.is_empty() {
            let files = self.index.inputs.iter().map(|(path, _)| path.clone()).chain(embedded_paths());
            let copied = files.filter(|path| plan::is_made_from(job.identity, &job.out, path));
            let copied: BTreeSet<String> = copied.map(|path| self.topmost(&path)).collect();
            inputs.insert(Aspect::Copied, copied);
        }
        Explained::Output(job.out.clone(), inputs, self.rendered(job))
    }

    fn rendered(&self, job: &KeptJob) -> Rendered {
        let reason = match &job.why {
            Why::All => Reason::All,
            Why::New => Reason::New,
            Why::Other => Reason::Other,
            Why::Touched => Reason::Touched,
            Why::Changed(causes) => Reason::Changed(causes.first.clone(), causes.more),
        };
        Rendered { when: if job.build == self.reads.build { When::Last } else { When::Before }, reason }
    }

    /// The file of the topmost layer of the theme that has it, by its path in the layer.
    pub(super) fn theme_file(&self, inside: &str) -> String {
        let layers = self.names().layers.iter().rev().map(|layer| format!("themes/{layer}/{inside}"));
        layers.into_iter().find(|path| self.has(path)).unwrap_or_else(|| format!("themes/default/{inside}"))
    }

    /// Of a file of a theme the one that stands in its place, else the file itself.
    fn topmost(&self, path: &RelPath) -> String {
        let inside = path.strip_prefix("themes").and_then(|path| path.split_once('/'));
        inside.map_or_else(|| path.to_string(), |(_, inside)| self.theme_file(inside))
    }

    /// The names that the facts of the build are told by.
    pub(super) fn known_names(&self) -> &Names {
        self.names()
    }

    /// The language of files without one in their name.
    fn default_language(&self) -> Lang {
        let plain = self.index.documents.iter().find(|kept| name_of(&kept.path).is_some_and(|n| n.lang.is_none()));
        plain.map_or(Lang::Vi, |kept| kept.lang)
    }

    /// The other file of the same page, and whether that one is its original.
    pub(super) fn other(&self, path: &str) -> Option<(&RelPath, Standing)> {
        let key = name_of_text(path)?.key;
        let same = |other: &&super::cache::KeptDocument| {
            other.path.as_str() != path && name_of(&other.path).is_some_and(|name| name.key == key)
        };
        let other = self.index.documents.iter().find(same)?;
        let is_original = other.lang == self.default_language();
        Some((&other.path, if is_original { Standing::Original } else { Standing::Translation }))
    }

    /// The original of a translation.
    fn original(&self, path: &str) -> Option<&RelPath> {
        self.other(path).filter(|(_, standing)| *standing == Standing::Original).map(|(path, _)| path)
    }
}

/// What a file of a page in two languages is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Original,
    Translation,
}

fn name_of(path: &RelPath) -> Option<SourceName<'_>> {
    name_of_text(path.as_str())
}

/// What the name of a Markdown file says.
pub(super) fn name_of_text(path: &str) -> Option<SourceName<'_>> {
    SourceName::of(path.strip_prefix("content/").filter(|path| path.ends_with(".md"))?).ok()
}

impl Unexplained {
    /// What a person is told. `out` is the output folder as it was named.
    #[must_use]
    pub fn diagnostic(&self, out: &Path) -> Diagnostic {
        let about = |code| Diagnostic::new(code).with("path", out.display().to_string());
        match self {
            Self::Unbuilt => about(Code::ExplainUnbuilt),
            Self::Apart => about(Code::ExplainApart),
            Self::Folder(error) => error.diagnostic(),
        }
    }
}
