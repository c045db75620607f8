//! What a build keeps for the next one: documents with their texts, what each job read, and which inputs
//! and outputs there were. Safe to delete, and whatever is damaged counts as missing.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `index` | the stamps of all inputs and outputs, where the record of each document is, and what was told at the end; it is put in place last |
//! | `reads` | the facts that jobs read, with their checksums; for each job which of them, and why it was last rendered |
//! | `styles` | the style sheets of the theme as they were made last, with a checksum of what they were made from |
//! | `facts-N`, `documents-N` | the facts of all parsed documents, and their texts |

mod documents;
mod file;
mod why;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub(super) use documents::{DocumentFiles, KeptFacts};
use file::{BuildNumber, List, Reader, Writer};
pub(super) use why::{Causes, Why};

use super::state::BuildState;
use super::tree::LastOutput;
use crate::base::checksum::Checksum;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::{OutPath, RelPath};
use crate::content::document::Stored;
use crate::diag::Diagnostics;
use crate::render::{Fact, Names};
use crate::site::citations::Missing;
use crate::source::disk_write::{DiskError, Replacement, WriteFolder};
use crate::source::{Stamp, disk};
use crate::theme::Stylesheets;

const INDEX: &str = "index";
const READS: &str = "reads";
const STYLES: &str = "styles";

/// How long before a build a file must have been written for its stamp to be trusted by the next one,
/// in nanoseconds: clocks of file systems are coarse, so that a file saved once more while it is read
/// may have the same stamp (git's rule for racy entries).
const RACY: i64 = 2_000_000_000;

/// How much of the files of documents may be waste before all is made anew, in bytes.
const WASTE: u64 = 1 << 20;

/// Which inputs and outputs there were, and what was told.
#[derive(Debug)]
pub(super) struct Index {
    /// The options: everything a build depends on that is no file and no time.
    pub(super) options: Checksum,
    /// What parsing depends on beside the files.
    pub(super) parsing: Checksum,
    /// All files of the portal that a build may read, sorted by path.
    pub(super) inputs: Vec<(RelPath, Stamp)>,
    /// What it left in the output folder.
    pub(super) last: LastOutput,
    /// What is kept of each document, sorted by path.
    pub(super) documents: Vec<KeptDocument>,
    /// What was told; `None` where documents were parsed and nothing was built of them.
    pub(super) told: Option<Told>,
    /// The build date, in nanoseconds since the epoch.
    pub(super) now: i128,
    /// When the build began, on the clock of the file system, in nanoseconds since the epoch.
    pub(super) opened: i64,
    /// The number in the names of the files of documents.
    pub(super) file: u64,
}

/// What was told at the end of a build.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    /// What was found; nothing in it keeps a build from its end.
    pub(super) diagnostics: Diagnostics,
    pub(super) pages: PerLang<usize>,
    pub(super) left_out: Vec<String>,
    pub(super) lacking: Vec<Missing>,
    /// When something changes by itself, in nanoseconds since the epoch, and whether a time of day was
    /// given.
    pub(super) next_change: Option<(i128, bool)>,
    /// When the day of the build ends, in nanoseconds since the epoch: pages may name it.
    pub(super) day_ends: Option<i128>,
}

/// Where the record of a parsed document is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptDocument {
    pub(super) path: RelPath,
    pub(super) lang: Lang,
    pub(super) stamp: Stamp,
    pub(super) checksum: Checksum,
    pub(super) facts: Stored,
    pub(super) body: Stored,
}

/// What jobs read.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// What the ids in the facts stand for.
    pub(super) names: Names,
    /// The facts, with what they said; none in the place of one that no job reads any more.
    pub(super) facts: Vec<Option<(Fact, Checksum)>>,
    /// The jobs, sorted by path.
    pub(super) jobs: Vec<KeptJob>,
    /// The number of the last build that rendered anything; from 1 where all was made anew.
    pub(super) build: u32,
}

/// A job and what it read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptJob {
    pub(super) out: OutPath,
    /// What it makes.
    pub(super) identity: Checksum,
    /// Places in [`Reads::facts`].
    pub(super) reads: Box<[u32]>,
    /// The number of the build that last rendered it.
    pub(super) build: u32,
    /// Why it did.
    pub(super) why: Why,
}

/// What the last build kept, for those who only look. No lock is taken.
pub(super) enum Kept {
    /// Nothing that this program could read.
    Nothing,
    /// Parts of two builds: one is at it.
    Apart,
    /// The parts of one build.
    Whole(Box<(Index, Reads)>),
}

impl Kept {
    /// Reads what is kept in the folder of an output's state.
    pub(super) fn of(folder: &Path) -> Self {
        match (file::read(folder, INDEX, Index::decode), file::read(folder, READS, Reads::decode)) {
            (Some((of_index, index)), Some((of_reads, reads))) if of_index == of_reads => {
                Self::Whole(Box::new((index, reads)))
            }
            (Some(_), Some(_)) => Self::Apart,
            _ => Self::Nothing,
        }
    }
}

/// All of an index but its long lists, and where those are: inputs, documents, outputs, folders.
type IndexDirectory = (Checksum, Checksum, Option<Told>, i128, i64, u64, Stamp, [List; 4]);

impl Index {
    fn decode(directory: IndexDirectory, file: &Reader) -> Option<Self> {
        let (options, parsing, told, now, opened, number, manifest, [inputs, documents, outputs, folders]) = directory;
        let last = LastOutput { outputs: file.list(&outputs)?, folders: file.list(&folders)?, manifest };
        let (inputs, documents) = (file.list(&inputs)?, file.list(&documents)?);
        Some(Self { options, parsing, inputs, last, documents, told, now, opened, file: number })
    }
}

/// What is kept of a build before its outputs are in place, in files that have still to take theirs.
pub(super) struct Draft<'a> {
    reads: Replacement<'a>,
    index: Writer<'a>,
    inputs: List,
    documents: List,
}

impl<'a> Draft<'a> {
    /// Ends both files.
    fn finish(self, index: &Index, build: BuildNumber) -> Result<[Replacement<'a>; 2], DiskError> {
        let Index { options, parsing, inputs: _, last, documents: _, told, now, opened, file } = index;
        let LastOutput { outputs, folders, manifest } = last;
        let lists = [self.inputs, self.documents, self.index.list(outputs)?, self.index.list(folders)?];
        let directory = (options, parsing, told, now, opened, file, manifest, lists);
        Ok([self.reads, self.index.finish(build, &directory)?])
    }
}

impl Reads {
    fn write<'a>(&self, folder: &'a WriteFolder, build: BuildNumber) -> Result<Replacement<'a>, DiskError> {
        let file = Writer::begin(folder, READS)?;
        let lists = [file.list(&self.facts)?, file.list(&self.jobs)?];
        file.finish(build, &(self.build, &self.names, lists))
    }

    fn decode((build, names, [facts, jobs]): (u32, Names, [List; 2]), file: &Reader) -> Option<Self> {
        Some(Self { names, facts: file.list(&facts)?, jobs: file.list(&jobs)?, build })
    }
}

/// Whether a file with this stamp has surely not been written to since something was opened, on the clock of the
/// file system, in nanoseconds since the epoch.
pub(super) fn is_settled(stamp: Stamp, opened: i64) -> bool {
    stamp.modified.max(stamp.changed).saturating_add(RACY) < opened
}

/// What the last build kept, in the folder of an output's state.
pub(super) struct Cache<'a> {
    folder: &'a WriteFolder,
    build: BuildNumber,
    pub(super) index: Option<Index>,
}

impl<'a> Cache<'a> {
    /// Opens what was kept.
    pub(super) fn open(state: &'a BuildState) -> Self {
        match file::read(state.folder().path(), INDEX, Index::decode) {
            Some((build, index)) => Self { folder: state.folder(), build, index: Some(index) },
            None => Self::none(state),
        }
    }

    /// Whether something was kept that cannot be used: it is damaged or of another version.
    pub(super) fn is_unusable(&self) -> bool {
        self.index.is_none() && disk::stamp_of(&self.folder.path().join(INDEX)).is_some()
    }

    /// Takes nothing of what was kept: all is made anew.
    pub(super) fn none(state: &'a BuildState) -> Self {
        // A number that no build had before.
        Self { folder: state.folder(), build: BuildNumber(state.opened() as u64), index: None }
    }

    /// Whether a file that had this stamp in the last build has surely not been written to while it was
    /// read.
    pub(super) fn is_settled(&self, stamp: Stamp) -> bool {
        self.index.as_ref().is_some_and(|index| is_settled(stamp, index.opened))
    }

    /// The files of documents: those the last build left, where `parsing` is what it was then, else new
    /// ones. The records of the last build count only in its own files.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn documents(
        &mut self,
        parsing: Checksum,
    ) -> Result<(DocumentFiles, Vec<KeptDocument>, u64), DiskError> {
        if let Some(index) = self.index.as_mut().filter(|index| index.parsing == parsing) {
            let file = DocumentFiles::open(self.folder, index.file)?;
            let documents = std::mem::take(&mut index.documents);
            let used = documents.iter().map(|kept| u64::from(kept.facts.length) + u64::from(kept.body.length)).sum();
            if (used..=2 * used + WASTE).contains(&file.length()) {
                return Ok((file, documents, index.file));
            }
        }
        let number = self.index.as_ref().map_or(self.build.0, |index| index.file).wrapping_add(1);
        DocumentFiles::remove(self.folder, number)?;
        Ok((DocumentFiles::open(self.folder, number)?, Vec::new(), number))
    }

    fn next(&self) -> BuildNumber {
        BuildNumber(self.build.0.wrapping_add(1))
    }

    /// What the jobs of the last build read.
    pub(super) fn reads(&self) -> Option<Reads> {
        let (build, reads) = file::read(self.folder.path(), READS, Reads::decode)?;
        (build == self.build).then_some(reads)
    }

    /// The style sheets that the last build made; none where nothing of it counts.
    pub(super) fn styles(&self) -> Stylesheets {
        let kept = || file::read(self.folder.path(), STYLES, |styles, _| Some(styles));
        self.index.as_ref().and_then(|_| kept()).map(|(_, styles)| styles).unwrap_or_default()
    }

    /// Keeps style sheets. They know themselves what they were made from, so that they belong to no build;
    /// where they cannot be kept, they are made again.
    pub(super) fn keep_styles(&self, styles: &Stylesheets) {
        let file = Writer::begin(self.folder, STYLES).and_then(|file| file.finish(self.build, styles));
        drop(file.and_then(Replacement::finish));
    }

    /// Begins to keep what this build has found: what it read, what it parsed, and what its jobs read.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn draft(
        &self,
        inputs: &[(RelPath, Stamp)],
        documents: &[KeptDocument],
        reads: &Reads,
    ) -> Result<Draft<'a>, DiskError> {
        let index = Writer::begin(self.folder, INDEX)?;
        let (inputs, documents) = (index.list(inputs)?, index.list(documents)?);
        Ok(Draft { reads: reads.write(self.folder, self.next())?, index, inputs, documents })
    }

    /// Keeps what this build has found, in place of what the last one did.
    ///
    /// # Errors
    /// What the system says; then nothing is kept.
    pub(super) fn save(&self, index: &Index, draft: Result<Draft<'_>, DiskError>) -> Result<(), DiskError> {
        let ended = draft.and_then(|draft| draft.finish(index, self.next()));
        let kept = ended.and_then(|files| files.into_iter().try_for_each(Replacement::finish));
        kept.inspect_err(|_| {
            // Parts of two builds do not fit together: without an index there is nothing.
            drop(self.folder.remove_file(INDEX));
        })?;
        let all = disk::entries(self.folder.path()).unwrap_or_default().into_iter();
        let stale = all.filter(|(name, _)| DocumentFiles::is_other(name, index.file));
        // Best effort: the next build tries again.
        stale.for_each(|(name, _)| drop(self.folder.remove_file(&name)));
        Ok(())
    }
}
