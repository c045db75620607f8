//! Spells out what the library would make an expression of its own, in patterns that it walks through itself.
//!
//! It walks through those with a boundary or a look around. In them each word in any case is a whole expression,
//! made at a cost, so that a list of keywords becomes hundreds; and so is each class, at the highest cost where it
//! holds all beyond ASCII. Single letters and "any character" it compares itself, as long as something on both
//! sides is for it to walk: between the letters of a word `\B` always holds, and anywhere either `\b` or `\B`.

use std::fmt::Write as _;

use super::classes::{NO_LETTER, NO_WORD, SPACE};

/// What makes the library walk through a pattern itself. Another one is a single expression as it is.
const WALKED: [&str; 7] = [r"\b", r"\B", r"\G", "(?=", "(?!", "(?<", "(?>"];

/// All of ASCII but what names begin with.
const NO_NAME: &str = r"\x00-\x40\x5B-\x5E\x60\x7B-\x7F";

/// The pattern (syntax of Oniguruma; plain classes) with letters in place of each word that may stand in any case,
/// and with looks ahead in place of classes that hold all beyond ASCII. Other letters than those of ASCII are no
/// longer taken for them, such as the long s. What this does not know stays as it is.
pub(super) fn spelled_out(pattern: &str) -> String {
    let is_walked = WALKED.iter().any(|walked| pattern.contains(walked));
    is_walked.then(|| spelled(pattern)).flatten().unwrap_or_else(|| pattern.to_owned())
}

fn spelled(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut flags = Flags::default();
    let mut around = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => escape(rest)?,
            '[' => class(rest)?,
            '{' => through(rest, '}')?,
            '#' if flags.spaced => through(rest, '\n').unwrap_or(rest.len()),
            '(' => {
                let group = flags.group(rest)?;
                let before = std::mem::replace(&mut flags, group.flags);
                around.extend(group.is_closed_later.then_some(before));
                group.head
            }
            ')' => {
                flags = around.pop()?;
                1
            }
            _ if flags.any_case => flags.word(rest).max(first.len_utf8()),
            _ => first.len_utf8(),
        };
        let (taken, tail) = rest.split_at_checked(length)?;
        match wide(taken) {
            _ if flags.looks_back => out.push_str(taken),
            Some(without) => {
                let _ = write!(out, r"(?:(?![{without}])(?s:.)(?:\b|\B))");
            }
            None if flags.any_case && length > 1 && taken.bytes().all(is_of_words) => spell(taken, &mut out),
            None => out.push_str(taken),
        }
        rest = tail;
    }
    Some(out)
}

/// What holds for a part of a pattern.
#[derive(Clone, Copy, Default)]
struct Flags {
    /// `i`
    any_case: bool,
    /// `x`: spaces and remarks count for nothing.
    spaced: bool,
    /// What is looked back at is to be of one length, and stays as it is.
    looks_back: bool,
}

/// What begins with a parenthesis.
struct Group {
    /// How long its head is.
    head: usize,
    /// What holds behind the head.
    flags: Flags,
    /// Flags alone have no end of their own: they hold to the end of the group around.
    is_closed_later: bool,
}

impl Flags {
    fn group(self, rest: &str) -> Option<Group> {
        let Some(head) = rest.strip_prefix("(?") else {
            return Some(Group { head: 1, flags: self, is_closed_later: true });
        };
        if head.starts_with("<=") || head.starts_with("<!") {
            return Some(Group { head: 4, flags: Self { looks_back: true, ..self }, is_closed_later: true });
        }
        let mut flags = self;
        for (at, letter) in head.char_indices() {
            match letter {
                'i' => flags.any_case = true,
                'x' => flags.spaced = true,
                'm' | 's' => {}
                ':' | '=' | '!' | '>' => return Some(Group { head: at + 3, flags, is_closed_later: true }),
                ')' => return Some(Group { head: at + 3, flags, is_closed_later: false }),
                _ => return None,
            }
        }
        None
    }

    /// How much of the text is one word, without a letter that may be there more or less than once.
    fn word(self, rest: &str) -> usize {
        let end = rest.bytes().position(|byte| !is_of_words(byte)).unwrap_or(rest.len());
        let behind = rest.get(end..).unwrap_or_default();
        let behind = if self.spaced { behind.trim_start() } else { behind };
        if behind.starts_with(['?', '*', '+', '{']) { end.saturating_sub(1) } else { end }
    }
}

/// What of ASCII a class lacks that holds all beyond; `None` for another text.
fn wide(class: &str) -> Option<&'static str> {
    let inner = class.strip_prefix('[')?.strip_suffix(']')?;
    if let Some(letters) = inner.strip_prefix("[^").and_then(|rest| rest.strip_prefix(NO_LETTER)) {
        return match letters {
            "]_" => Some(NO_NAME),
            "][0-9]_" => Some(NO_WORD),
            _ => None,
        };
    }
    [NO_LETTER, NO_WORD, SPACE].into_iter().find(|without| inner.strip_prefix('^') == Some(without))
}

fn is_of_words(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// How much of the text is one escape, with the number or name that belongs to it.
fn escape(rest: &str) -> Option<usize> {
    let letter = rest.chars().nth(1)?;
    let before = 1 + letter.len_utf8();
    let behind = rest.get(before..)?;
    Some(match letter {
        'p' | 'P' | 'x' if behind.starts_with('{') => before + through(behind, '}')?,
        'x' => before + 2,
        'k' | 'g' | 'u' => return None,
        _ => before,
    })
}

/// How much of the text is one class, with those in it. A bracket that closes stands for itself where it is first.
fn class(rest: &str) -> Option<usize> {
    let mut open = 0;
    let mut at = 0;
    loop {
        match rest.get(at..)?.chars().next()? {
            '\\' => at += escape(rest.get(at..)?)?,
            letter => {
                at += letter.len_utf8();
                let is_first = at == 2 || (at == 3 && rest.starts_with("[^"));
                match letter {
                    '[' => open += 1,
                    ']' if !is_first => open -= 1,
                    _ => {}
                }
                if open == 0 {
                    return Some(at);
                }
            }
        }
    }
}

/// How much of the text goes to the first of a sign and with it.
fn through(rest: &str, end: char) -> Option<usize> {
    rest.find(end).map(|at| at + end.len_utf8())
}

/// A word of two letters or more: each small or large, in a group that `\B` makes the library walk through.
fn spell(word: &str, out: &mut String) {
    out.push_str("(?-i:");
    let last = word.len().saturating_sub(1);
    for (at, letter) in word.char_indices() {
        let (before, behind) = (if at == last { r"\B" } else { "" }, if at == 0 { r"\B" } else { "" });
        let (small, large) = (letter.to_ascii_lowercase(), letter.to_ascii_uppercase());
        if small == large {
            let _ = write!(out, "{before}{letter}{behind}");
        } else {
            let _ = write!(out, "(?:{before}{small}{behind}|{before}{large}{behind})");
        }
    }
    out.push(')');
}

#[cfg(test)]
mod tests {
    use super::super::classes::with_plain_classes;
    use super::super::patterns::found;
    use super::*;

    #[test]
    fn words_in_any_case_become_letters() {
        for (pattern, spelled) in [
            (r"(?i)\bif\b", r"(?i)\b(?-i:(?:i\B|I\B)(?:\Bf|\BF))\b"),
            (r"(?i:\b(a|by_x))\bend", r"(?i:\b(a|(?-i:(?:b\B|B\B)(?:y|Y)_(?:\Bx|\BX))))\bend"),
            (r"\b(?i:on)s\b", r"\b(?i:(?-i:(?:o\B|O\B)(?:\Bn|\BN)))s\b"),
            (r"(?i)(?=tos?)", r"(?i)(?=(?-i:(?:t\B|T\B)(?:\Bo|\BO))s?)"),
            ("(?xi)\\b by # by\n\\b", "(?xi)\\b (?-i:(?:b\\B|B\\B)(?:\\By|\\BY)) # by\n\\b"),
        ] {
            assert_eq!(spelled_out(pattern), spelled);
        }
    }

    #[test]
    fn the_rest_stays_as_it_is() {
        for pattern in [
            r"\bif\b",
            "(?i)(?:if|else)",
            r"(?i)\b[if][]if][^]if][a[if]b]\x6Fif?\x{6F}\p{Lu}{2}\b",
            r"(?i)\b(?<!if)(?<=ng)s",
            r"(?i)\b(?<name>if)",
            r"(?i)\bif\k<name>",
            r"(?i)\bif[",
            r"(?i)\bif)",
            r"(?i)\bif\",
            "(?i)\\bđờ ạ",
            r"(?i)\b(?",
        ] {
            assert_eq!(spelled_out(pattern), pattern);
        }
    }

    #[test]
    fn wide_classes_become_looks_ahead() {
        let wide = |without: &str| format!(r"(?:(?![{without}])(?s:.)(?:\b|\B))");
        for (pattern, spelled) in [
            (format!("[^{SPACE}]*\\b"), wide(SPACE) + r"*\b"),
            (format!("\\b[^{NO_WORD}]+"), format!(r"\b{}+", wide(NO_WORD))),
            (format!("\\b[^{NO_LETTER}]"), format!(r"\b{}", wide(NO_LETTER))),
            (format!("\\b[[^{NO_LETTER}]_][[^{NO_LETTER}][0-9]_]*"), format!(r"\b{}{}*", wide(NO_NAME), wide(NO_WORD))),
            (format!("(?<=[^{SPACE}])[^{SPACE}]"), format!("(?<=[^{SPACE}]){}", wide(SPACE))),
        ] {
            assert_eq!(spelled_out(&pattern), spelled);
        }
        for pattern in [format!("[^{SPACE}]+"), format!("\\b[^{SPACE}a][{SPACE}][[^{NO_LETTER}]-]")] {
            assert_eq!(spelled_out(&pattern), pattern);
        }
    }

    #[test]
    fn the_same_text_of_code_is_found() {
        let code = "SELECT Distinct ngày FROM [hồ_sơ] WHERE loại NOT IN (1, 2) ORDER by Ngày1, selected; FROM_x → ạ\n";
        let texts =
            [code.to_owned(), code.to_lowercase(), code.to_uppercase(), "From".into(), "f".into(), String::new()];
        for pattern in [
            r"(?i)\b(from|where|order\s+by)\b",
            r"(?i:\b(select(\s+(distinct|all))?|not\s+in)\b)",
            r"(?i)\bngày\b",
            r"(?i)(?<=select )distinct",
            r"(?i)(?!from)\bfrom_x?",
            r"\b(?i:in)\s*\(",
            "(?xi) \\b from # not where\n \\b",
            r"\b[\p{L}_][\p{L}\p{N}_]*\b",
            r"(?=[\p{L}_]\w*\s*\()(\S)(\w*)",
            r"(\S+?)\b;",
        ] {
            let plain = with_plain_classes(pattern);
            let spelled = spelled_out(&plain);
            assert_ne!(plain, spelled);
            for text in &texts {
                assert_eq!(found(&spelled, text), found(&plain, text), "{pattern} in {text}");
            }
        }
    }
}
