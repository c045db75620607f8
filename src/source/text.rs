//! Text files as the project reads them: UTF-8 without byte order mark, LF, NFC; and the way back
//! to the bytes of the file.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::legacy;
use crate::base::path::RelPath;
use crate::diag::{Arg, Code, Diagnostic, Place};

/// The byte order mark, as a character.
const MARK: char = '\u{feff}';

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    text: String,
    /// Where text and file differ, in order; between them both run in equal steps. Empty for nearly
    /// all files.
    changes: Vec<Change>,
}

/// A piece of the file that reads differently in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    text: Range<usize>,
    raw: Range<usize>,
}

impl SourceText {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// A diagnostic that names the first place that is not text: UTF-16, a NUL byte, or bytes that
    /// are not UTF-8, with the encoding they look like.
    #[allow(clippy::result_large_err, reason = "one per file, and nearly always the other variant")]
    pub fn decode(path: &RelPath, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let problem = |code, range| Diagnostic::new(code).with("path", path).at(Place::at(path.clone(), range));
        if is_utf16(bytes) {
            return Err(problem(Code::Utf16File, 0..bytes.len().min(2)));
        }
        if let Some(at) = memchr::memchr(0, bytes) {
            return Err(problem(Code::NulByte, at..at + 1));
        }
        // The fast check cannot say where it fails.
        let raw = simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes));
        match raw {
            Ok(raw) if is_plain(raw) => Ok(Self { text: raw.to_owned(), changes: Vec::new() }),
            Ok(raw) => Ok(normalise(raw)),
            Err(error) => {
                let at = error.valid_up_to();
                let range = at..at + error.error_len().unwrap_or(1);
                Err(problem(Code::NotUtf8, range).with("encoding", Arg::key(legacy::label(legacy::guess(bytes)))))
            }
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the file that a range of the text was read from. Where the range begins or ends
    /// inside a letter that was put together, the whole letter is meant.
    #[must_use]
    pub fn raw_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.raw(range.start, |change| change.text.start <= range.start, |change| change.raw.start);
        let end = self.raw(range.end, |change| change.text.start < range.end, |change| change.raw.end);
        start..end.max(start)
    }

    /// The offset in the file of an offset of the text. `before` tells which changes begin before
    /// it, `inside` where to go from inside one.
    fn raw(&self, offset: usize, before: impl Fn(&Change) -> bool, inside: impl Fn(&Change) -> usize) -> usize {
        let count = self.changes.partition_point(before);
        match count.checked_sub(1).and_then(|last| self.changes.get(last)) {
            None => offset,
            Some(change) if offset < change.text.end => inside(change),
            Some(change) => change.raw.end + (offset - change.text.end),
        }
    }
}

/// Whether the bytes are UTF-16, as Windows Notepad's "Unicode" writes it: by its byte order mark, or
/// because every other byte of many is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let (pairs, _) = bytes.get(..bytes.len().min(512)).unwrap_or_default().as_chunks::<2>();
    let high = pairs.iter().filter(|pair| matches!(pair, [0, 1..=255])).count();
    let low = pairs.iter().filter(|pair| matches!(pair, [1..=255, 0])).count();
    high.min(low) == 0 && high.max(low) >= 3.max(pairs.len() / 4)
}

/// Whether a text needs no change at all.
fn is_plain(raw: &str) -> bool {
    !raw.starts_with(MARK)
        && memchr::memchr(b'\r', raw.as_bytes()).is_none()
        && (is_plainly_nfc(raw.as_bytes()) || is_nfc_quick(raw.chars()) == IsNormalized::Yes)
}

/// Whether UTF-8 holds only characters of the blocks of Vietnamese and of usual punctuation, in which
/// NFC changes nothing: below U+0300, U+1E00 to U+1EFF, U+2002 to U+20BF. Several times as fast as
/// the exact test.
fn is_plainly_nfc(utf8: &[u8]) -> bool {
    // To the end and without branches, so that many bytes are asked at once.
    let (second, third) = (utf8.get(1..).unwrap_or_default(), utf8.get(2..).unwrap_or_default());
    let found = utf8.iter().zip(second).zip(third).fold(false, |found, ((&first, &second), &third)| {
        let other = (first >= 0xcc) & (first != 0xe1) & (first != 0xe2);
        let not_latin = (first == 0xe1) & (second.wrapping_sub(0xb8) > 3);
        let usual_sign = ((second == 0x80) & (third >= 0x82)) | (second == 0x81) | (second == 0x82);
        found | other | not_latin | ((first == 0xe2) & !usual_sign)
    });
    !found && utf8.iter().rev().take(2).all(|byte| *byte < 0xcc)
}

/// Whether NFC leaves the character alone whatever stands before it, so that a text may be cut here
/// (Unicode Standard Annex #15, "stable code points").
fn is_stable(c: char) -> bool {
    c < '\u{300}' || (canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes)
}

/// The text without byte order mark, with LF, in NFC.
fn normalise(raw: &str) -> SourceText {
    let mut out = Pieces { raw, taken: 0, text: String::with_capacity(raw.len()), changes: Vec::new() };
    let start = raw.len() - raw.trim_start_matches(MARK).len();
    if start > 0 {
        out.replace(0..start, "");
    }
    let mut chars = raw.char_indices().skip_while(|(at, _)| *at < start).peekable();
    let mut previous = start;
    while let Some((at, c)) = chars.next() {
        if c == '\r' {
            let line_feed = chars.next_if(|(_, next)| *next == '\n').is_some();
            let end = at + 1 + usize::from(line_feed);
            out.replace(at..end, "\n");
            previous = end;
        } else if is_stable(c) {
            previous = at;
        } else {
            // The letter before and all that may join it.
            while chars.next_if(|(_, next)| !is_stable(*next)).is_some() {}
            let end = chars.peek().map_or(raw.len(), |(next, _)| *next);
            let piece = raw.get(previous..end).unwrap_or_default();
            let composed: String = piece.nfc().collect();
            if composed != piece {
                out.replace(previous..end, &composed);
            }
            previous = end;
        }
    }
    out.finish()
}

/// A text being put together from unchanged and replaced pieces of a file.
struct Pieces<'a> {
    raw: &'a str,
    taken: usize,
    text: String,
    changes: Vec<Change>,
}

impl Pieces<'_> {
    /// Takes everything up to a piece as it is, and `new` for the piece itself.
    fn replace(&mut self, piece: Range<usize>, new: &str) {
        self.text.push_str(self.raw.get(self.taken..piece.start).unwrap_or_default());
        let start = self.text.len();
        self.text.push_str(new);
        self.taken = piece.end;
        // A lone CR becomes LF: no offset moves.
        if piece.len() != 1 || new.len() != 1 {
            self.changes.push(Change { text: start..self.text.len(), raw: piece });
        }
    }

    fn finish(mut self) -> SourceText {
        self.text.push_str(self.raw.get(self.taken..).unwrap_or_default());
        SourceText { text: self.text, changes: self.changes }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diag::Spot;

    fn path() -> RelPath {
        RelPath::new("content/a.md").unwrap()
    }

    fn read(raw: &str) -> SourceText {
        SourceText::decode(&path(), raw.as_bytes()).unwrap()
    }

    fn refused(bytes: &[u8]) -> (Code, Spot) {
        let problem = SourceText::decode(&path(), bytes).unwrap_err();
        (problem.code, problem.place.unwrap().spot)
    }

    /// The part of the file that belongs to a part of the text.
    fn raw_of<'a>(raw: &'a str, part: &str) -> &'a str {
        let source = read(raw);
        let at = source.text().find(part).unwrap();
        &raw[source.raw_range(at..at + part.len())]
    }

    #[test]
    fn ordinary_text_is_taken_as_it_is() {
        let source = read("Quyết định “số” 749 – ₫\n");
        assert_eq!((source.text(), source.changes.len()), ("Quyết định “số” 749 – ₫\n", 0));
        assert_eq!(source.raw_range(3..7), 3..7);
    }

    #[test]
    fn mark_line_ends_and_normal_form_are_put_right() {
        let source = read("\u{feff}a\r\nb\rc\nQuye\u{302}\u{301}t");
        assert_eq!(source.text(), "a\nb\nc\nQuyết");
        assert_eq!(source.raw_range(0..0), 3..3);
        assert_eq!(source.raw_range(0..1), 3..4);
        assert_eq!(source.raw_range(1..2), 4..6);
        assert_eq!(source.raw_range(2..3), 6..7);
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let raw = "tie\u{302}u đe\u{302}\u{300}: một\r\nhai\r\n\u{1100}\u{1161}x";
        assert_eq!(raw_of(raw, "tiêu"), "tie\u{302}u");
        assert_eq!(raw_of(raw, "ề:"), "e\u{302}\u{300}:");
        assert_eq!(raw_of(raw, "\nhai"), "\r\nhai");
        assert_eq!(raw_of(raw, "가x"), "\u{1100}\u{1161}x");
        assert_eq!(read("\u{feff}").raw_range(0..0).start, 3);
    }

    #[test]
    fn what_is_not_text_is_refused_where_it_is_not() {
        assert_eq!(refused(b"ab\0c"), (Code::NulByte, Spot::Bytes(2, 3)));
        assert_eq!(refused(b"\xff\xfe-\0-\0-\0"), (Code::Utf16File, Spot::Bytes(0, 2)));
        assert_eq!(refused(b"-\0-\0-\0\n\0a\0"), (Code::Utf16File, Spot::Bytes(0, 2)));
        assert_eq!(refused(b"\0-\0-\0-\0\n"), (Code::Utf16File, Spot::Bytes(0, 2)));
        assert_eq!(refused(b"ban nh\xa9n d\xa9n"), (Code::NotUtf8, Spot::Bytes(6, 7)));
        assert_eq!(refused(b"cut \xe1\xba"), (Code::NotUtf8, Spot::Bytes(4, 5)));
    }

    #[test]
    fn the_fast_test_passes_only_what_the_exact_one_passes() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let stable = is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes && canonical_combining_class(c) == 0;
            assert!(stable || !is_plainly_nfc(c.to_string().as_bytes()), "{c:?}");
        }
        assert!(is_plainly_nfc("Quyết định “Ựợ” – … ₫ ‰".as_bytes()));
    }

    #[test]
    fn a_long_run_of_marks_is_no_trap() {
        let raw = format!("a{}", "\u{301}\u{323}".repeat(50_000));
        assert_eq!(read(&raw).text(), raw.nfc().collect::<String>());
    }

    proptest! {
        #[test]
        fn the_text_is_the_normal_form_and_every_range_is_sound(raw in "(\u{feff})?([a-cơ]|\r|\n|[\u{300}-\u{303}]|\u{31b}|\u{323}|\u{212b}|[\u{1100}-\u{1102}]|[\u{1161}-\u{1163}]|\u{11a8}){0,40}") {
            let source = read(&raw);
            let expected: String = raw.trim_start_matches(MARK).replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
            prop_assert_eq!(source.text(), &expected);
            let ends: Vec<usize> = source.text().char_indices().map(|(at, _)| at).chain([source.text().len()]).collect();
            for pair in ends.windows(2) {
                let range = source.raw_range(pair[0]..pair[1]);
                let piece = raw.get(range.clone()).unwrap();
                prop_assert!(read(piece).text().contains(&source.text()[pair[0]..pair[1]]), "{:?} {:?}", range, piece);
            }
        }
    }
}
