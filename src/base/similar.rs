//! "Did you mean": the nearest known name to a mistyped one.

/// The candidate most like `name`, if any is like enough (Jaro-Winkler at least 0.8 after folding
/// to lower-case ASCII).
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = super::text::fold(name);
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, &super::text::fold(candidate)), candidate))
        .filter(|(score, _)| *score >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_near_name_and_nothing_far() {
        let fields = ["title", "date", "description"];
        assert_eq!(closest("titel", fields), Some("title"));
        assert_eq!(closest("decription", fields), Some("description"));
        assert_eq!(closest("zzz", fields), None);
    }
}
