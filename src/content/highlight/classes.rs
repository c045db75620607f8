//! Classes of Unicode as plain ranges, which makes the patterns of grammars fast to compile: what a class like `\w`
//! holds of Unicode makes up most of a pattern, while in code every character beyond ASCII may count as a letter.
//!
//! The classes are in numbers, since a pattern may ignore spaces and remarks; and what holds all beyond ASCII is
//! said by what it lacks, since the cases of so many letters would be looked for one by one.

/// All of ASCII but letters.
pub(super) const NO_LETTER: &str = r"\x00-\x40\x5B-\x60\x7B-\x7F";

/// All of ASCII but what words are made of.
pub(super) const NO_WORD: &str = r"\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\x7F";

pub(super) const SPACE: &str = r"\x09-\x0D\x20";

const DIGIT: &str = "0-9";

/// The pattern (syntax of Oniguruma) with plain ranges in place of classes of Unicode. A class within a class
/// is their union, so that all places are alike; `\b` keeps its meaning.
pub(super) fn with_plain_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        let letter = escape.chars().next();
        let (length, class) = match letter {
            Some('w') => (1, Some(("^", NO_WORD))),
            Some('W') => (1, Some(("", NO_WORD))),
            Some('s') => (1, Some(("", SPACE))),
            Some('S') => (1, Some(("^", SPACE))),
            Some('d') => (1, Some(("", DIGIT))),
            Some('D') => (1, Some(("^", DIGIT))),
            Some('p') if escape.starts_with("p{L}") => (4, Some(("^", NO_LETTER))),
            Some('p') if escape.starts_with("p{N}") => (4, Some(("", DIGIT))),
            _ => (letter.map_or(0, char::len_utf8), None),
        };
        let (escaped, tail) = escape.split_at(length);
        match class {
            Some((not, ranges)) => out.extend(["[", not, ranges, "]"]),
            None => out.extend(["\\", escaped]),
        }
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::super::patterns::found;
    use super::*;

    #[test]
    fn classes_become_ranges_wherever_they_stand() {
        for (pattern, plain) in [
            (r"\d+", "[0-9]+"),
            (r"[\d.]\S", r"[[0-9].][^\x09-\x0D\x20]"),
            (r"\bif\b\s*\(", r"\bif\b[\x09-\x0D\x20]*\("),
            (r"[\p{L}_][\p{N}]", r"[[^\x00-\x40\x5B-\x60\x7B-\x7F]_][[0-9]]"),
            (r"\\w\\\d", r"\\w\\[0-9]"),
            (r"\p{Lu}\h", r"\p{Lu}\h"),
            ("số \\ạ \\", "số \\ạ \\"),
        ] {
            assert_eq!(with_plain_classes(pattern), plain);
        }
    }

    #[test]
    fn ranges_take_the_same_text_of_code() {
        let texts = ["đặt_tên1 = \"Chuyển đổi số\"\t# 2025\r\n", "if (a1 >= 10.5) { gọi(b); }\n", "", " \t", "Ω_x λ"];
        for pattern in [
            r"\w+",
            r"\W+",
            r"\s*=\s*",
            r"[^\s\w]+",
            r"\d+(?:\.\d+)?",
            r"(?i:\w+)",
            r"\b[\p{L}_][\p{L}\p{N}_]*\b\s*\(",
            r"\S+\D",
        ] {
            let plain = with_plain_classes(pattern);
            for text in texts {
                assert_eq!(found(&plain, text), found(pattern, text), "{pattern} in {text}");
            }
        }
    }
}
