//! Cures the traces of pasting: runs of no-break spaces, invisible characters, controls.

use std::borrow::Cow;

const NBSP: char = '\u{a0}';

/// The text without them. A single no-break space between words stays: it is legal.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    // All characters this is about begin with one of these bytes; most texts have none of them.
    let suspicious =
        |byte: u8| matches!(byte, 0xc2 | 0xe2 | 0xef | 0x7f) || (byte < 0x20 && !matches!(byte, b'\n' | b'\t'));
    if !text.bytes().any(suspicious) || !needs_cleaning(text) {
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

/// Whether there is anything to cure.
fn needs_cleaning(text: &str) -> bool {
    let mut before = 'x';
    text.chars().any(|c| {
        let run = (c == NBSP && matches!(before, ' ' | NBSP)) || (c == ' ' && before == NBSP);
        before = c;
        run || is_invisible(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{2028}' | '\u{2029}')
    })
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
