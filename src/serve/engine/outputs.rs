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

#[cfg(test)]
mod tests {
    use super::*;

    fn output(size: usize) -> Arc<Output> {
        let bytes = Bytes::from(vec![0; size]);
        Arc::new(Output { bytes, version: Checksum::default(), reads: Vec::new(), sources: Vec::new() })
    }

    fn out(number: usize) -> OutPath {
        OutPath::new(&format!("{number}.html")).unwrap()
    }

    fn all_bytes(outputs: &Outputs) -> usize {
        outputs.kept.values().map(|kept| kept.output.bytes.len()).sum()
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_longest_unasked_goes_first() {
        let mut outputs = Outputs::default();
        for number in 0..1000 {
            outputs.put(&out(number), output(1 << 20), 1);
            // The first is asked for again and again.
            assert!(outputs.get(&out(0)).is_some(), "{number}");
        }
        assert_eq!((outputs.bytes, all_bytes(&outputs)), (ROOM, ROOM));
        let kept = |outputs: &mut Outputs, number| outputs.get(&out(number)).is_some();
        assert!(kept(&mut outputs, 0) && kept(&mut outputs, 999) && kept(&mut outputs, 997));
        assert!(!kept(&mut outputs, 1) && !kept(&mut outputs, 996));
    }

    #[test]
    fn a_page_that_is_rendered_again_takes_the_place_of_itself() {
        let mut outputs = Outputs::default();
        for revision in 0..1000 {
            outputs.put(&out(0), output(1 << 20), revision);
        }
        assert_eq!((outputs.bytes, all_bytes(&outputs), outputs.kept.len()), (1 << 20, 1 << 20, 1));
        assert_eq!(outputs.get(&out(0)).unwrap().1, 999);
        // One that is larger than all the room is kept for as long as it is the newest.
        outputs.put(&out(1), output(ROOM + 1), 1000);
        assert_eq!((outputs.kept.len(), outputs.bytes), (1, ROOM + 1));
        outputs.put(&out(2), output(1), 1000);
        assert_eq!((outputs.kept.len(), outputs.bytes, all_bytes(&outputs)), (1, 1, 1));
    }
}
