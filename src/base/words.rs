//! The words of a text in one pass: how many there are, or all of them for a digest.

use super::text::is_word;

/// Part of a word.
const WORD: u8 = 1;
/// Kept in the folded text.
const KEPT: u8 = 2;
/// White space.
const SPACE: u8 = 4;
/// How many bytes are looked at together.
const PIECE: usize = 64;

/// What each byte of UTF-8 says of its character, if it is sure. Later bytes of a character follow
/// their first one, which was sure to be a letter.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut rest: &mut [u8] = &mut kinds;
    let mut byte = 0_u8;
    while let [kind, tail @ ..] = rest {
        *kind = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0x80.. => WORD | KEPT,
            b'%' | b'/' => KEPT,
            b'\t'..=b'\r' | b' ' => SPACE,
            0..0x80 => 0,
        };
        byte = byte.wrapping_add(1);
        rest = tail;
    }
    kinds
};

/// How many pieces between white space hold a letter or digit (in Vietnamese: syllables); of a text in NFC.
#[must_use]
pub fn count(text: &str) -> usize {
    let mut counter = Counter::default();
    scan(text, &mut counter);
    counter.count + usize::from(counter.word)
}

/// A text in NFC with white space and punctuation folded away, for digests that ignore typing differences:
/// words and numbers with their `%`, `/` and `₫`, one space between; UTF-8.
#[must_use]
pub fn folded(text: &str) -> Vec<u8> {
    let mut folder = Folder { out: vec![b' '; text.len() + 1], length: 0, kept: 0 };
    scan(text, &mut folder);
    folder.finish()
}

/// What is made of the bytes of a text.
trait Taker {
    /// Takes a byte of a kind.
    fn push(&mut self, byte: u8, kind: u8);

    /// Takes several bytes that are sure.
    fn piece(&mut self, piece: &[u8; PIECE]) {
        piece.iter().for_each(|byte| self.push(*byte, kind_of_byte(*byte)));
    }
}

/// Gives every byte of a text with its kind.
///
/// Nearly all bytes are read without a branch that depends on them: words are short, so that a
/// processor would guess wrong at each of their ends.
fn scan(text: &str, taker: &mut impl Taker) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let sure = piece(bytes, at).filter(|(piece, next)| {
            piece.iter().zip(*next).fold(true, |sure, (byte, next)| sure & is_sure(*byte, *next))
        });
        if let Some((piece, _)) = sure {
            taker.piece(piece);
            at += PIECE;
            continue;
        }
        let end = at + PIECE;
        while at < end
            && let Some(&byte) = bytes.get(at)
        {
            let next = bytes.get(at + 1).copied().unwrap_or_default();
            let rest = text.get(at..).filter(|_| !is_sure(byte, next));
            if let Some(c) = rest.and_then(|rest| rest.chars().next()) {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| taker.push(byte, kind_of(c)));
                at += c.len_utf8();
            } else {
                taker.push(byte, kind_of_byte(byte));
                at += 1;
            }
        }
    }
}

/// The next bytes, and those one further on, of a text that is long enough.
fn piece(bytes: &[u8], at: usize) -> Option<(&[u8; PIECE], &[u8; PIECE])> {
    Some((bytes.get(at..)?.first_chunk()?, bytes.get(at + 1..)?.first_chunk()?))
}

/// Whether a byte says enough of its character: ASCII, what follows a sure byte, the first one of U+00C0 to
/// U+023F but × and ÷, U+1E00 to U+1EFF but not what shares their first byte.
#[inline]
fn is_sure(byte: u8, next: u8) -> bool {
    let latin = (byte.wrapping_sub(0xc3) <= 5) & !((byte == 0xc3) & ((next == 0x97) | (next == 0xb7)));
    (byte < 0xc0) | latin | ((byte == 0xe1) & (next.wrapping_sub(0xb8) <= 3))
}

/// What a byte is that is sure.
fn kind_of_byte(byte: u8) -> u8 {
    KINDS.get(usize::from(byte)).copied().unwrap_or_default()
}

/// What a character is.
fn kind_of(c: char) -> u8 {
    match c {
        _ if is_word(c) => WORD | KEPT,
        '₫' => KEPT,
        _ if c.is_whitespace() => SPACE,
        _ => 0,
    }
}

/// Words being counted.
#[derive(Default)]
struct Counter {
    /// 1 where the piece since the last white space is a word.
    word: u8,
    count: usize,
}

impl Taker for Counter {
    fn push(&mut self, _byte: u8, kind: u8) {
        let space = (kind & SPACE) / SPACE;
        self.count += usize::from(self.word & space);
        self.word = (self.word | (kind & WORD)) & !space;
    }

    fn piece(&mut self, piece: &[u8; PIECE]) {
        let spaces = mask(piece, |byte| (byte.wrapping_sub(b'\t') < 5) | (byte == b' '));
        let words = mask(piece, |byte| {
            (byte.wrapping_sub(b'0') < 10) | ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte >= 0x80)
        });
        // With a bit for each byte that is no space, the first letter of a word carries up to the space
        // behind it, and later letters of the same word change nothing beyond it.
        let (sum, word) = (!spaces).carrying_add(words, self.word == 1);
        self.count += (sum & spaces).count_ones() as usize;
        self.word = u8::from(word);
    }
}

/// One bit for each byte, the first one lowest: whether a test holds.
fn mask(piece: &[u8; PIECE], test: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0; PIECE];
    flags.iter_mut().zip(piece).for_each(|(flag, byte)| *flag = u8::from(test(*byte)));
    let (eights, _) = flags.as_chunks();
    // The product gathers the lowest bits of eight bytes in its highest one.
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |mask, eight| mask << 8 | bits(eight))
}

/// Words on their way into a digest.
struct Folder {
    out: Vec<u8>,
    /// How much of `out` is written.
    length: usize,
    /// 1 where the last byte was kept.
    kept: u8,
}

impl Taker for Folder {
    /// Of several bytes that are not kept one space remains.
    fn push(&mut self, byte: u8, kind: u8) {
        let kept = (kind & KEPT) / KEPT;
        if let Some(place) = self.out.get_mut(self.length) {
            *place = if kept == 1 { byte } else { b' ' };
        }
        self.length += usize::from(kept | self.kept);
        self.kept = kept;
    }
}

impl Folder {
    fn finish(mut self) -> Vec<u8> {
        let trailing = usize::from(self.kept == 0);
        self.out.truncate(self.length.saturating_sub(trailing));
        self.out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, said plainly.
    fn model(text: &str) -> (usize, Vec<u8>) {
        let pieces = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '/' | '₫'));
        let folded = pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ").into_bytes();
        let count = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        (count, folded)
    }

    #[test]
    fn every_character_is_of_its_kind() {
        for c in '\0'..=char::MAX {
            for text in [format!("a{c}b"), format!("{c}"), format!("{c} một hai {c}a {c} ba bốn năm {c}b sáu bảy")]
            {
                assert_eq!((count(&text), folded(&text)), model(&text), "{c:?}");
            }
        }
    }

    #[test]
    fn words_are_counted_and_folded() {
        let text = "  Đến “năm 2025” – 80%, 1/2 và 5₫ …\n\u{a0}không × có\u{3000}! ";
        assert_eq!(count(text), 9);
        assert_eq!(String::from_utf8(folded(text)).unwrap(), "Đến năm 2025 80% 1/2 và 5₫ không có");
        for empty in ["", " …\n"] {
            assert_eq!((count(empty), folded(empty)), (0, Vec::new()));
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_plain_words_say(text in "([a-z0-9 %/.,–“”\n]|[à-ỹ]|×|÷|\u{a0}|₫|ꞵ|中|ሀ|\u{1680}|😀){0,150}") {
            prop_assert_eq!((count(&text), folded(&text)), model(&text));
        }
    }
}
