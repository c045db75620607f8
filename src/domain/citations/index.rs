//! Which entries of a table may be meant, by one letter: nearly all begin or end otherwise.

use crate::domain::agencies::{AGENCIES, OTHER_CODES};
use crate::domain::document_types::{DOCUMENT_TYPES, DocumentType, OTHER_PAPERS};

/// The entries of a table, a bit each, of which a word begins or ends in a letter: by the ASCII byte of that
/// letter in lower case. At 0 stand those with any other letter there, whose cases may differ in any byte.
pub(super) struct Index([u64; 128]);

/// The types of which a code begins in a letter.
pub(super) const TYPE_CODES: Index = type_codes();

/// The types of which a name or a code ends in a letter.
pub(super) const TYPE_NAMES: Index = type_names();

/// The agencies of which a code begins in a letter.
pub(super) const AGENCY_CODES: Index = agency_codes();

/// The agencies of which a name begins in a letter.
pub(super) const AGENCY_NAMES: Index = agency_names();

/// The other codes by the letter they begin in.
pub(super) const OTHERS: Index = other_codes();

impl Index {
    /// Words by the letter they end in.
    pub(super) const fn by_end(words: &[&str]) -> Self {
        let mut index = Self([0; 128]);
        let (mut at, mut rest) = (0, words);
        while let [word, more @ ..] = rest {
            index = index.with(at, Letter::Last.of(word));
            (at, rest) = (at + 1, more);
        }
        index
    }

    /// The entries for a byte, in their order; none where there is no byte.
    pub(super) fn entries(&self, byte: Option<&u8>) -> Entries {
        let bits = byte.and_then(|byte| self.0.get(place(*byte))).copied().unwrap_or_default();
        Entries(bits)
    }

    /// The entries for a first letter: a `Đ` may have lost its mark.
    pub(super) fn beginning(&self, letter: Option<&char>) -> Entries {
        let Some(letter) = letter else { return Entries(0) };
        let byte = u8::try_from(*letter).ok().filter(u8::is_ascii).unwrap_or(u8::MAX);
        let Entries(bits) = self.entries(Some(&byte));
        Entries(if matches!(letter, 'd' | 'D') { bits | self.entries(Some(&u8::MAX)).0 } else { bits })
    }

    #[expect(clippy::indexing_slicing, reason = "a place is below 128, and this is done while compiling")]
    const fn with(mut self, entry: usize, byte: u8) -> Self {
        assert!(entry < 64, "a table has more entries than bits");
        self.0[place(byte)] |= 1 << entry;
        self
    }

    /// An entry by one letter of each of some words.
    const fn with_all(mut self, entry: usize, words: &[&str], letter: Letter) -> Self {
        let mut rest = words;
        while let [word, more @ ..] = rest {
            self = self.with(entry, letter.of(word));
            rest = more;
        }
        self
    }
}

/// Which letter of a word counts.
#[derive(Clone, Copy)]
enum Letter {
    First,
    Last,
}

impl Letter {
    /// Its byte; of a letter of several bytes the one at that end.
    const fn of(self, word: &str) -> u8 {
        let byte = match self {
            Self::First => word.as_bytes().first(),
            Self::Last => word.as_bytes().last(),
        };
        match byte {
            Some(byte) => *byte,
            None => 0,
        }
    }
}

/// Entries of a table, by their places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entries(u64);

impl Entries {
    /// Those of either.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Iterator for Entries {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let next = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (next < u64::BITS).then_some(next as usize)
    }
}

/// The type at a place of the tables.
pub(super) fn kind(at: usize) -> Option<&'static DocumentType> {
    DOCUMENT_TYPES.get(at).or_else(|| OTHER_PAPERS.get(at.checked_sub(DOCUMENT_TYPES.len())?))
}

const fn place(byte: u8) -> usize {
    if byte.is_ascii() { byte.to_ascii_lowercase() as usize } else { 0 }
}

/// A type of the tables, for the compiler.
#[expect(clippy::indexing_slicing, reason = "this is done while compiling")]
const fn of_table(at: usize) -> &'static DocumentType {
    const TYPES: &[DocumentType] = &DOCUMENT_TYPES;
    const PAPERS: &[DocumentType] = &OTHER_PAPERS;
    if at < TYPES.len() { &TYPES[at] } else { &PAPERS[at - TYPES.len()] }
}

const fn type_codes() -> Index {
    let mut index = Index([0; 128]);
    let mut at = 0;
    while at < DOCUMENT_TYPES.len() + OTHER_PAPERS.len() {
        index = index.with_all(at, of_table(at).codes, Letter::First);
        at += 1;
    }
    index
}

const fn type_names() -> Index {
    let mut index = Index([0; 128]);
    let mut at = 0;
    while at < DOCUMENT_TYPES.len() + OTHER_PAPERS.len() {
        let kind = of_table(at);
        index = index.with_all(at, &[kind.names.vi, kind.names.en], Letter::Last);
        index = index.with_all(at, kind.codes, Letter::Last);
        at += 1;
    }
    index
}

#[expect(clippy::indexing_slicing, reason = "this is done while compiling")]
const fn agency_codes() -> Index {
    let mut index = Index([0; 128]);
    let mut at = 0;
    while at < AGENCIES.len() {
        index = index.with_all(at, AGENCIES[at].codes, Letter::First);
        at += 1;
    }
    index
}

#[expect(clippy::indexing_slicing, reason = "this is done while compiling")]
const fn agency_names() -> Index {
    let mut index = Index([0; 128]);
    let mut at = 0;
    while at < AGENCIES.len() {
        let name = &AGENCIES[at].name;
        index = index.with_all(at, &[name.vi, name.en], Letter::First);
        at += 1;
    }
    index
}

#[expect(clippy::indexing_slicing, reason = "this is done while compiling")]
const fn other_codes() -> Index {
    const CODES: &[crate::domain::agencies::OtherCode] = &OTHER_CODES;
    let mut index = Index([0; 128]);
    let mut at = 0;
    while at < CODES.len() {
        index = index.with(at, Letter::First.of(CODES[at].code));
        at += 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document_types;

    #[test]
    fn an_index_finds_what_a_look_at_every_entry_finds() {
        for (at, known) in document_types::all().enumerate() {
            assert_eq!(kind(at).map(|kind| kind.id), Some(known.id));
            for code in known.codes {
                assert!(TYPE_CODES.beginning(code.chars().next().as_ref()).any(|entry| entry == at), "{code}");
                let lower = code.to_lowercase().replace('đ', "d");
                assert!(TYPE_CODES.beginning(lower.chars().next().as_ref()).any(|entry| entry == at), "{lower}");
            }
            for (_, name) in known.names.iter() {
                for name in [(*name).to_owned(), name.to_uppercase()] {
                    assert!(TYPE_NAMES.entries(name.as_bytes().last()).any(|entry| entry == at), "{name}");
                }
            }
        }
        assert_eq!(kind(document_types::all().count()), None);
        for (at, agency) in AGENCIES.iter().enumerate() {
            let named = |name: &str| AGENCY_NAMES.entries(name.as_bytes().first()).any(|entry| entry == at);
            assert!(named(agency.name.vi) && named(agency.name.en), "{}", agency.id);
            let coded = |code: &&str| AGENCY_CODES.beginning(code.chars().next().as_ref()).any(|entry| entry == at);
            assert!(agency.codes.iter().all(coded), "{}", agency.id);
        }
        for (at, other) in OTHER_CODES.iter().enumerate() {
            assert!(OTHERS.beginning(other.code.chars().next().as_ref()).any(|entry| entry == at), "{}", other.code);
        }
        assert_eq!(TYPE_CODES.beginning(None).count() + TYPE_NAMES.entries(None).count(), 0);
    }
}
