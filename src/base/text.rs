//! Vietnamese text: normal form, folding for comparison, collation keys and cutting at words.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation as _;

/// The text in Unicode normal form C; borrowed where it already is.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The text without marks and case: lower-case, combining marks dropped, đ as d.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Whether a character is a letter or digit. Of the letters of Vietnamese and English no table is
/// asked: that would be most of the time it takes to read a text.
#[must_use]
pub fn is_word(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        '×' | '÷' => false,
        'À'..='ɏ' | 'Ḁ'..='ỿ' => true,
        _ => c.is_alphanumeric(),
    }
}

/// A key whose byte order is the Vietnamese alphabetical order (CLDR `vi`): letters first
/// (a < ă < â < b … d < đ …), tones only between words of the same letters
/// (level < huyền < hỏi < ngã < sắc < nặng), case last.
#[must_use]
pub fn collation_key(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len() * 2);
    let mut tones = Vec::new();
    let mut cases = Vec::new();
    for c in text.nfd() {
        match c {
            '\u{300}' => set_last(&mut tones, 1),
            '\u{309}' => set_last(&mut tones, 2),
            '\u{303}' => set_last(&mut tones, 3),
            '\u{301}' => set_last(&mut tones, 4),
            '\u{323}' => set_last(&mut tones, 5),
            '\u{306}' => set_last(&mut letters, 1),
            '\u{302}' => set_last(&mut letters, 2),
            '\u{31b}' => set_last(&mut letters, 3),
            _ if unicode_normalization::char::is_combining_mark(c) => {}
            _ => {
                let lower = c.to_lowercase().next().unwrap_or(c);
                let (base, variant) = if lower == 'đ' { ('d', 1) } else { (lower, 0) };
                let code = u32::from(base);
                letters.extend([(code >> 16) as u8, (code >> 8) as u8, code as u8, variant]);
                tones.push(0);
                cases.push(u8::from(c != lower));
            }
        }
    }
    letters.extend([0; 4]);
    letters.extend(tones);
    letters.push(0);
    letters.extend(cases);
    letters
}

/// Replaces the last byte, if there is one.
fn set_last(bytes: &mut [u8], value: u8) {
    if let Some(last) = bytes.last_mut() {
        *last = value;
    }
}

/// At most `limit` graphemes, cut after a whole word, with an ellipsis where something was cut.
#[must_use]
pub fn truncate_words(text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.len() <= limit {
        return text.to_owned();
    }
    // As long as each character is a grapheme of its own, characters are counted.
    let plain = text.chars().take(limit + 1).all(is_grapheme);
    let cut = match plain {
        true => text.char_indices().nth(limit).map(|(cut, _)| cut),
        false => text.grapheme_indices(true).nth(limit).map(|(cut, _)| cut),
    };
    let Some(cut) = cut else { return text.to_owned() };
    let (head, rest) = text.split_at(cut);
    let whole = if rest.starts_with(char::is_whitespace) {
        head
    } else {
        head.rsplit_once(char::is_whitespace).map_or(head, |(before, _)| before)
    };
    format!("{}…", whole.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a character beside others of this kind is always a grapheme of its own (Unicode Standard
/// Annex #29): ASCII, Latin letters and the usual punctuation.
fn is_grapheme(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='ɏ' | 'Ḁ'..='ỿ' | '‐'..='‧' | '₠'..='₿')
}

/// The text without characters that XML 1.0 forbids (section 2.2) and HTML cannot show: C0 and C1
/// controls other than tab and line feed, and the two non-characters.
#[must_use]
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let begins = |byte: u8| matches!(byte, 0xc2 | 0xef | 0x7f) || (byte < 0x20 && !matches!(byte, b'\n' | b'\t'));
    without(text, forbidden, begins)
}

/// The text without characters of a kind; `begins` tells the bytes with which all of them begin in UTF-8, and which
/// few texts have.
#[inline]
pub fn without(text: &str, is_meant: impl Fn(char) -> bool, begins: impl Fn(u8) -> bool) -> Cow<'_, str> {
    match has_byte(text, begins) && text.contains(&is_meant) {
        true => Cow::Owned(text.replace(is_meant, "")),
        false => Cow::Borrowed(text),
    }
}

/// Whether some byte of a text is of a kind: written so that many are asked at once.
#[inline]
pub fn has_byte(text: &str, is_meant: impl Fn(u8) -> bool) -> bool {
    let (chunks, rest) = text.as_bytes().as_chunks::<32>();
    let any = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_meant(*byte));
    chunks.iter().any(|chunk| any(chunk)) || any(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_marks_and_case() {
        assert_eq!(fold("Quyết định ĐƯỜNG sắt"), "quyet dinh duong sat");
    }

    #[test]
    fn vietnamese_order() {
        let mut words = vec!["đường", "dương", "Đà Nẵng", "ân", "an", "ăn", "á", "à", "a", "ạ", "công", "chuyển", "cá"];
        words.sort_by_key(|w| collation_key(w));
        assert_eq!(words, ["a", "à", "á", "ạ", "an", "ăn", "ân", "cá", "chuyển", "công", "dương", "Đà Nẵng", "đường"]);
    }

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in '\u{0}'..='\u{2fff}' {
            assert_eq!(is_word(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn truncation_keeps_whole_words() {
        assert_eq!(truncate_words("Chuyển đổi số quốc gia", 13), "Chuyển đổi số…");
        assert_eq!(truncate_words("Chuyển đổi số quốc gia", 12), "Chuyển đổi…");
        assert_eq!(truncate_words("ngắn", 10), "ngắn");
    }

    #[test]
    fn what_counts_as_a_grapheme_is_one() {
        let all: Vec<char> = ('\0'..char::MAX).filter(|c| is_grapheme(*c)).collect();
        for c in &all {
            for other in ['a', 'Ệ', '\n', '\u{a0}', '“', '©', *c] {
                assert_eq!(format!("{c}{other}{c}").graphemes(true).count(), 3, "{c:?} {other:?}");
            }
        }
        assert_eq!(truncate_words("ca\u{302}u ca\u{302}u", 4), "ca\u{302}u…");
        assert_eq!(truncate_words("cau câu cau\u{302}u xy", 12), "cau câu cau\u{302}u…");
    }

    #[test]
    fn controls_go_and_line_breaks_stay() {
        assert_eq!(without_controls("a\u{0}b\nc\u{b}"), "ab\nc");
    }
}
