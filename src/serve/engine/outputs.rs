//! The outputs that were asked for lately, kept while what they were made from says the same.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::base::checksum::Checksum;
use crate::base::path::{OutPath, RelPath};
use crate::render::Fact;
use crate::serve::http::Bytes;

/// How many bytes of outputs are kept: rendering one again takes a tenth of a millisecond.
const ROOM: usize = 4 << 20;

/// A rendered output.
#[derive(Debug)]
pub(super) struct Output {
    pub bytes: Bytes,
    /// The checksum of the bytes.
    pub version: Checksum,
    /// What its job read, with the checksums it had then.
    pub reads: Vec<(Fact, Checksum)>,
    /// The files of the content that it shows something of.
    pub sources: Vec<RelPath>,
}

/// An output, and for what it is right.
#[derive(Clone, Debug)]
struct Kept {
    output: Arc<Output>,
    /// The last state of the site for which it is known to be right.
    revision: u64,
    /// When it was last asked for, counted in questions.
    used: u64,
}

/// The outputs that are kept.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    kept: HashMap<OutPath, Kept, FixedState>,
    bytes: usize,
    questions: u64,
}

impl Outputs {
    /// An output, and the last revision for which it is known to be right.
    pub(super) fn get(&mut self, out: &OutPath) -> Option<(Arc<Output>, u64)> {
        self.questions += 1;
        let kept = self.kept.get_mut(out)?;
        kept.used = self.questions;
        Some((Arc::clone(&kept.output), kept.revision))
    }

    /// Keeps an output that is right for a revision.
    pub(super) fn put(&mut self, out: &OutPath, output: Arc<Output>, revision: u64) {
        self.bytes += output.bytes.len();
        let kept = Kept { output, revision, used: self.questions };
        if let Some(before) = self.kept.insert(out.clone(), kept) {
            self.bytes -= before.output.bytes.len();
        }
        while self.bytes > ROOM && self.kept.len() > 1 {
            let Some(oldest) = self.kept.iter().min_by_key(|(_, kept)| kept.used).map(|(out, _)| out.clone()) else {
                return;
            };
            self.bytes -= self.kept.remove(&oldest).map_or(0, |kept| kept.output.bytes.len());
        }
    }
}
