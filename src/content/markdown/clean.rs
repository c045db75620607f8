//! Cures the traces of pasting: runs of no-break spaces, invisible characters, controls.

use std::borrow::Cow;

use crate::base::text::has_byte;

const NBSP: char = '\u{a0}';

/// The text without them. A single no-break space between words stays: it is legal.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !has_byte(text, is_suspicious) || !needs_cleaning(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | NBSP => {
                let mut run = 1;
                let mut has_nbsp = c == NBSP;
                while let Some(next) = chars.next_if(|next| matches!(*next, ' ' | NBSP)) {
                    run += 1;
                    has_nbsp |= next == NBSP;
                }
                match (has_nbsp, run) {
                    (true, 1) => out.push(NBSP),
                    (true, _) => out.push(' '),
                    (false, run) => out.extend(std::iter::repeat_n(' ', run)),
                }
            }
            // Joiners mean something between emoji and in scripts that join, and nothing in Latin.
            '\u{200c}' | '\u{200d}' => {
                if out.chars().next_back().is_some_and(joins) && chars.peek().copied().is_some_and(joins) {
                    out.push(c);
                }
            }
            '\u{2028}' | '\u{2029}' => out.push(' '),
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether one of the characters this is about begins with a byte; most texts have none of them.
#[inline]
fn is_suspicious(byte: u8) -> bool {
    matches!(byte, 0xc2 | 0xe2 | 0xef | 0x7f) | ((byte < 0x20) & !matches!(byte, b'\n' | b'\t'))
}

/// Whether there is anything to cure.
fn needs_cleaning(utf8: &[u8]) -> bool {
    let mut before = 0;
    let mut rest = utf8;
    while let Some(at) = rest.iter().position(|byte| is_suspicious(*byte)) {
        let Some((read, found)) = rest.split_at_checked(at) else { break };
        before = read.last().copied().unwrap_or(before);
        match found {
            // No-break space in a run.
            [0xc2, 0xa0, b' ', ..] | [0xc2, 0xa0, 0xc2, 0xa0, ..] => return true,
            [0xc2, 0xa0, ..] if before == b' ' => return true,
            // C1 controls, soft hyphen.
            [0xc2, 0x80..=0x9f | 0xad, ..] => return true,
            // U+200B to U+200D, U+2028, U+2029, U+2060.
            [0xe2, 0x80, 0x8b..=0x8d | 0xa8 | 0xa9, ..] | [0xe2, 0x81, 0xa0, ..] => return true,
            // U+FEFF, U+FFFE, U+FFFF.
            [0xef, 0xbb, 0xbf, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..] => return true,
            [0xc2 | 0xe2 | 0xef, tail @ ..] => rest = tail,
            // Controls.
            _ => return true,
        }
        before = 0;
    }
    false
}

/// Soft hyphen, zero-width characters, controls and non-characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// Whether a joiner beside this character can mean something: scripts from Hebrew on, emoji and
/// their modifiers, but no Vietnamese letter and no punctuation.
fn joins(c: char) -> bool {
    c >= '\u{590}' && !('\u{1e00}'..='\u{206f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_of_pasting_go() {
        for (dirty, good) in [
            ("phủ\u{a0} “Chương", "phủ “Chương"),
            ("số\u{a0}\u{a0}\u{a0}gắn", "số gắn"),
            ("chuyển\u{ad} đổi\u{200b} số\u{feff}\u{2060}", "chuyển đổi số"),
            ("a\u{200d}b", "ab"),
            ("đ\u{200c}ổi", "đổi"),
            ("a\u{b}b\u{0}c\u{85}", "abc"),
            ("a\u{2028}b", "a b"),
        ] {
            assert_eq!(clean(dirty), good, "{dirty:?}");
        }
    }

    #[test]
    fn what_is_right_stays_untouched() {
        for text in ["TP.\u{a0}Hồ Chí Minh", "a  b", "“kép” – “số”", "👩\u{200d}💻", "नम\u{200d}स", "a\n\tb"]
        {
            assert!(matches!(clean(text), Cow::Borrowed(_)) || clean(text) == text, "{text:?}");
        }
    }
}
