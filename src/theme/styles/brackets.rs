//! Brackets of a style sheet: one that is never closed, which CSS itself forgives, at the cost of all that
//! follows; and more of them within each other than a reader of CSS should have to follow.

/// How many may stand within each other: far more than anybody writes.
const DEEPEST: usize = 64;

/// What is wrong with the brackets of a style sheet, by the offset of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A bracket, quotation mark or comment that is never closed.
    Open(usize),
    /// One too many within others.
    Deep(usize),
}

/// Finds what is wrong, without looking into comments and quotations.
pub(super) fn wrong(css: &str) -> Option<Wrong> {
    let bytes = css.as_bytes();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'/' if bytes.get(at + 1) == Some(&b'*') => match css.get(at + 2..).and_then(|rest| rest.find("*/")) {
                Some(length) => at += length + 3,
                None => return Some(Wrong::Open(at)),
            },
            b'"' | b'\'' => match quoted(bytes, at, byte) {
                Some(end) => at = end,
                None => return Some(Wrong::Open(at)),
            },
            b'{' | b'[' | b'(' => {
                if open.len() == DEEPEST {
                    return Some(Wrong::Deep(at));
                }
                open.push((byte, at));
            }
            b'}' | b']' | b')' => {
                let opener = match byte {
                    b'}' => b'{',
                    b']' => b'[',
                    _ => b'(',
                };
                match open.pop() {
                    Some((found, _)) if found == opener => {}
                    // A closing bracket too many is no bracket to CSS; one of another sort is told where
                    // the first is open.
                    Some((_, from)) => return Some(Wrong::Open(from)),
                    None => {}
                }
            }
            _ => {}
        }
        at += 1;
    }
    open.last().map(|(_, from)| Wrong::Open(*from))
}

/// Where a quotation that begins at an offset ends; a line ends it too, as an error.
fn quoted(bytes: &[u8], from: usize, mark: u8) -> Option<usize> {
    let mut at = from + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 1,
            b'\n' => return None,
            byte if byte == mark => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_never_closed() {
        for sound in
            ["", "a { b: c }", "a::before { content: \"}{\" '(' /* { */ }", r#"a { b: "\"{" }"#, "a {} }", r"\{ {}"]
        {
            assert_eq!(wrong(sound), None, "{sound}");
        }
        assert_eq!(wrong("a { b: c"), Some(Wrong::Open(2)));
        assert_eq!(wrong("a { b: d( } e {}"), Some(Wrong::Open(8)));
        assert_eq!(wrong("a {} /* b"), Some(Wrong::Open(5)));
        assert_eq!(wrong("a { b: \"c }\n}"), Some(Wrong::Open(7)));
        assert_eq!(wrong(&"(".repeat(100_000)), Some(Wrong::Deep(DEEPEST)));
    }
}
