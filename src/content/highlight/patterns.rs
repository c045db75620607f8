//! Makes the patterns of grammars fast to compile, which `build.rs` does once for all of them: what a class
//! like `\w` holds of Unicode makes up most of a pattern, while in code a letter beyond ASCII is enough of a
//! difference.

/// Letters; beyond ASCII everything counts as one.
const LETTER: &str = r"A-Za-z\x{80}-\x{10FFFF}";

/// What words are made of.
const WORD: &str = r"0-9A-Za-z_\x{80}-\x{10FFFF}";

/// White space; in numbers, since a pattern may ignore spaces.
const SPACE: &str = r"\t-\r\x20";

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
            Some('w') => (1, Some(("", WORD))),
            Some('W') => (1, Some(("^", WORD))),
            Some('s') => (1, Some(("", SPACE))),
            Some('S') => (1, Some(("^", SPACE))),
            Some('d') => (1, Some(("", DIGIT))),
            Some('D') => (1, Some(("^", DIGIT))),
            Some('p') if escape.starts_with("p{L}") => (4, Some(("", LETTER))),
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
    use super::*;

    #[test]
    fn classes_become_ranges_wherever_they_stand() {
        for (pattern, plain) in [
            (r"\d+", "[0-9]+"),
            (r"[\d.]\S", r"[[0-9].][^\t-\r\x20]"),
            (r"\bif\b\s*\(", r"\bif\b[\t-\r\x20]*\("),
            (r"[\p{L}_][\p{N}]", r"[[A-Za-z\x{80}-\x{10FFFF}]_][[0-9]]"),
            (r"\\w\\\d", r"\\w\\[0-9]"),
            (r"\p{Lu}\h", r"\p{Lu}\h"),
            ("số \\ạ \\", "số \\ạ \\"),
        ] {
            assert_eq!(with_plain_classes(pattern), plain);
        }
    }

    #[test]
    fn ranges_take_the_same_text_of_code() {
        use syntect::parsing::{Regex, Region};
        let texts = ["đặt_tên1 = \"Chuyển đổi số\"\t# 2025\r\n", "if (a1 >= 10.5) { gọi(b); }\n", "", " \t", "Ω_x λ"];
        for pattern in
            [r"\w+", r"\W+", r"\s*=\s*", r"[^\s\w]+", r"\d+(?:\.\d+)?", r"\b[\p{L}_][\p{L}\p{N}_]*\b\s*\(", r"\S+\D"]
        {
            let (unicode, plain) = (Regex::new(pattern.into()), Regex::new(with_plain_classes(pattern)));
            for text in texts {
                let found = |regex: &Regex| {
                    let mut region = Region::new();
                    regex.search(text, 0, text.len(), Some(&mut region)).then(|| region.pos(0))
                };
                assert_eq!(found(&plain), found(&unicode), "{pattern} in {text}");
            }
        }
    }
}
