//! Makes the patterns of grammars fast to compile, which `build.rs` does once for all of them.

use super::classes::with_plain_classes;
use super::walked::spelled_out;

/// A pattern (syntax of Oniguruma) that finds the same in code.
pub(super) fn fast_to_compile(pattern: &str) -> String {
    spelled_out(&with_plain_classes(pattern))
}

/// Where a pattern finds something in a text, in bytes: the whole, and its first two groups.
#[cfg(test)]
pub(super) fn found(pattern: &str, text: &str) -> Option<[Option<(usize, usize)>; 3]> {
    let mut region = syntect::parsing::Region::new();
    let regex = syntect::parsing::Regex::new(pattern.to_owned());
    regex.search(text, 0, text.len(), Some(&mut region)).then(|| [0, 1, 2].map(|group| region.pos(group)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The library panics at a pattern that it cannot compile, so that all are tried. Those that quote what an
    /// earlier pattern has found are whole only then.
    #[test]
    fn every_pattern_of_every_grammar_compiles() {
        use syntect::parsing::syntax_definition::Pattern;
        use syntect::parsing::{Regex, SyntaxSet};
        let grammars = SyntaxSet::load_defaults_newlines().into_builder();
        let patterns = grammars.syntaxes().iter().flat_map(|grammar| grammar.contexts.values());
        let patterns = patterns.flat_map(|context| &context.patterns).filter_map(|pattern| match pattern {
            Pattern::Match(matched) => Some(matched.regex.regex_str()),
            Pattern::Include(_) => None,
        });
        let quotes =
            |pattern: &str| (b'1'..=b'9').any(|digit| pattern.as_bytes().windows(2).any(|two| two == [b'\\', digit]));
        let mut tried = 0;
        for pattern in patterns.filter(|pattern| !quotes(pattern)) {
            let fast = fast_to_compile(pattern);
            assert!(Regex::try_compile(&fast).is_none(), "{pattern}\n{fast}");
            tried += 1;
        }
        assert!(tried > 8000, "{tried}");
    }
}
