//! The names of the declared provinces, found in texts of both languages.

use crate::base::text::{fold, is_word};
use crate::config::SiteConfig;

/// The names of the provinces, without what they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Provinces {
    /// Index into `SiteConfig::provinces`, and a name, folded.
    names: Vec<(usize, String)>,
}

/// Which of several names in a text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nearest {
    /// The one nearest to its start.
    Start,
    /// The one nearest to its end.
    End,
}

/// What stands before and behind the name of a province.
const BEFORE: [&str; 5] = ["tinh ", "thanh pho ", "tp. ", "tp.", "tp "];
const BEHIND: [&str; 2] = [" city", " province"];

impl Provinces {
    /// The names that the settings declare.
    pub(super) fn of(config: &SiteConfig) -> Self {
        let all = config.provinces.iter().enumerate();
        let names = all.flat_map(|(index, term)| term.name.iter().map(move |(_, name)| (index, bare(&fold(name)))));
        let mut names: Vec<(usize, String)> = names.filter(|(_, name)| !name.is_empty()).collect();
        names.dedup();
        Self { names }
    }

    /// The provinces that a text names nearest to one of its ends, as indices into `SiteConfig::provinces`; of
    /// names within each other the longer. Several have one name where an old province and a new one do.
    pub(super) fn named(&self, text: &str, nearest: Nearest) -> Vec<usize> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let text = fold(text);
        let mut best: Option<(usize, usize)> = None;
        let mut found = Vec::new();
        for (index, name) in &self.names {
            let places = text.match_indices(name.as_str()).map(|(at, _)| at);
            let mut places = places.filter(|at| is_apart(&text, *at, at + name.len()));
            let rank = match nearest {
                Nearest::Start => places.next().map(|at| (at, text.len() - name.len())),
                Nearest::End => places.last().map(|at| (text.len() - at - name.len(), text.len() - name.len())),
            };
            let Some(rank) = rank else { continue };
            if best.is_none_or(|best| rank < best) {
                best = Some(rank);
                found.clear();
            }
            if best == Some(rank) && !found.contains(index) {
                found.push(*index);
            }
        }
        found
    }
}

/// Whether no letter stands right before or behind a part of a text.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let behind = text.get(end..).and_then(|text| text.chars().next());
    !before.into_iter().chain(behind).any(is_word)
}

/// A folded name without `tỉnh`, `thành phố`, `City`.
fn bare(name: &str) -> String {
    let name = name.trim();
    let name = BEFORE.iter().find_map(|before| name.strip_prefix(before)).unwrap_or(name);
    BEHIND.iter().find_map(|behind| name.strip_suffix(behind)).unwrap_or(name).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provinces(names: &[&str]) -> Provinces {
        Provinces { names: names.iter().map(|name| bare(&fold(name))).enumerate().collect() }
    }

    #[test]
    fn the_nearest_name_counts_as_a_word_of_its_own() {
        let known = provinces(&["Tỉnh Lào Cai", "TP. Hồ Chí Minh", "Huế", "Thừa Thiên Huế", "Ho Chi Minh City"]);
        for (text, nearest, wanted) in [
            (" của UBND tỉnh Lào Cai, như Huế", Nearest::Start, vec![0]),
            ("tỉnh Lào Cai và thành phố Huế ban hành", Nearest::End, vec![2]),
            ("of the People's Committee of Ho Chi Minh City", Nearest::Start, vec![1, 4]),
            ("tỉnh Thừa Thiên Huế", Nearest::Start, vec![3]),
            ("tỉnh Thừa Thiên Huế", Nearest::End, vec![3]),
            ("cho thuê đất", Nearest::Start, vec![]),
            ("", Nearest::End, vec![]),
        ] {
            assert_eq!(known.named(text, nearest), wanted, "{text}");
        }
        assert_eq!(Provinces::default().named("Huế", Nearest::Start), [0_usize; 0]);
    }
}
