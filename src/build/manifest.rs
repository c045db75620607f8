//! The list of what a build wrote to an output folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::hash::ContentHash;
use crate::base::path::OutPath;

/// The version of the file format; another one is read as no manifest.
const VERSION: u32 = 1;

/// How many bytes the JSON of an entry has beside its path: its digest and what stands around.
const AROUND: usize = 112;

/// Size and digest of one output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// In bytes.
    pub size: u64,
    /// Of all its bytes.
    pub sha256: ContentHash,
}

/// All outputs of a build, by path. It holds no time, so that equal outputs have equal manifests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The outputs.
    pub files: BTreeMap<OutPath, Entry>,
}

/// The file format.
#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    files: BTreeMap<String, StoredEntry>,
}

/// The file format of an entry, shared with the journal.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredEntry {
    size: u64,
    sha256: String,
}

impl Manifest {
    /// Reads a manifest; `None` where the text is not a whole and sound one, which is as good as
    /// having none: nothing is then taken for ours.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Self> {
        let stored: Stored = serde_json::from_slice(json).ok()?;
        if stored.version != VERSION {
            return None;
        }
        Some(Self { files: read_entries(&stored.files)? })
    }

    /// The manifest as JSON, sorted by path.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = Vec::with_capacity(self.files.keys().map(|path| path.as_str().len() + AROUND).sum());
        json.extend(format!("{{\n  \"version\": {VERSION},\n  \"files\": {{").as_bytes());
        // A portal has many outputs, and the digests are most of the work: line by line, without values
        // in between.
        for (place, (path, Entry { size, sha256 })) in self.files.iter().enumerate() {
            json.extend(if place == 0 { "\n    ".as_bytes() } else { b",\n    " });
            // Into memory: this cannot fail.
            let _infallible = serde_json::to_writer(&mut json, path.as_str());
            json.extend(b": { \"size\": ");
            let _infallible = serde_json::to_writer(&mut json, size);
            json.extend(b", \"sha256\": \"");
            json.extend(sha256.hex());
            json.extend(b"\" }");
        }
        json.extend(if self.files.is_empty() { "}\n}".as_bytes() } else { b"\n  }\n}" });
        json
    }
}

impl From<Entry> for StoredEntry {
    fn from(entry: Entry) -> Self {
        Self { size: entry.size, sha256: entry.sha256.to_string() }
    }
}

impl StoredEntry {
    /// The entry, if the digest is one.
    pub(super) fn read(&self) -> Option<Entry> {
        Some(Entry { size: self.size, sha256: ContentHash::from_hex(&self.sha256)? })
    }
}

/// Entries in the file format.
pub(super) fn stored_entries(entries: &BTreeMap<OutPath, Entry>) -> BTreeMap<String, StoredEntry> {
    entries.iter().map(|(path, entry)| (path.to_string(), (*entry).into())).collect()
}

/// Entries from the file format; `None` where any of them is unsound.
pub(super) fn read_entries(stored: &BTreeMap<String, StoredEntry>) -> Option<BTreeMap<OutPath, Entry>> {
    stored.iter().map(|(path, entry)| Some((OutPath::new(path)?, entry.read()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let entry = |text: &str| Entry { size: text.len() as u64, sha256: ContentHash::of(text.as_bytes()) };
        let files = [("tin-tuc/index.html", "b"), ("index.html", "a")];
        Manifest { files: files.into_iter().map(|(path, text)| (OutPath::new(path).unwrap(), entry(text))).collect() }
    }

    #[test]
    fn it_reads_what_it_writes() {
        assert_eq!(Manifest::parse(&sample().to_json()), Some(sample()));
        assert_eq!(Manifest::parse(&Manifest::default().to_json()), Some(Manifest::default()));
    }

    #[test]
    fn a_damaged_one_is_none() {
        let json = sample().to_json();
        for end in 0..json.len() {
            assert_eq!(Manifest::parse(&json[..end]), None);
        }
        let text = String::from_utf8(json).unwrap();
        for (from, to) in
            [("index.html\"", "../x\""), ("\"version\": 1", "\"version\": 2"), ("\"sha256\": \"", "\"sha256\": \"z")]
        {
            assert_eq!(Manifest::parse(text.replace(from, to).as_bytes()), None, "{from}");
        }
        assert_eq!(Manifest::parse(b"\xff\0"), None);
    }
}
