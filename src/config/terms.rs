//! Declared topics, tags, agencies, series and provinces, and what writers call them.

use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;

use foldhash::fast::FixedState;

use crate::base::lang::PerLang;
use crate::base::slug::Slug;

/// A declared topic, tag, agency, series or province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The identity that front matter may use.
    pub id: String,
    /// The name in each language.
    pub name: PerLang<String>,
    /// The segment of its address in each language.
    pub slug: PerLang<Slug>,
}

/// Terms in the order they are declared. Every page asks for several of them by name, so that the
/// names are folded once.
#[derive(Clone, Default)]
pub struct Terms {
    list: Vec<Term>,
    /// The first term of each id and lower-case name; also of names as they are declared, which is how
    /// most writers write them. Only ever asked for one name.
    called: HashMap<String, usize, FixedState>,
}

/// The list alone, since it is all there is to know: checksums of the settings are made from this form.
impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list.fmt(f)
    }
}

impl Terms {
    /// The term a writer means, with its place in the list: its id, or its name in either language,
    /// whatever the case; of several the first.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<(usize, &Term)> {
        // Many portals declare no tags, and have pages with many.
        if self.list.is_empty() {
            return None;
        }
        let text = text.trim();
        let index = self.called.get(text).or_else(|| self.called.get(&text.to_lowercase()))?;
        Some((*index, self.list.get(*index)?))
    }

    /// The term of an id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Term> {
        self.list.iter().find(|term| term.id == id)
    }

    /// The terms at some places of the list.
    pub fn at(&self, places: &[usize]) -> impl Iterator<Item = &Term> {
        places.iter().filter_map(|place| self.list.get(*place))
    }
}

impl From<Vec<Term>> for Terms {
    fn from(list: Vec<Term>) -> Self {
        let mut called = HashMap::with_capacity_and_hasher(list.len() * 5, FixedState::default());
        for (index, term) in list.iter().enumerate() {
            // An id in capitals is nobody's name: what is asked for is in lower case.
            for name in [term.id.clone(), term.name.vi.to_lowercase(), term.name.en.to_lowercase()] {
                if name.to_lowercase() == name {
                    called.entry(name).or_insert(index);
                }
            }
        }
        for name in list.iter().flat_map(|term| [&term.name.vi, &term.name.en]) {
            if let Some(index) = called.get(&name.to_lowercase()).copied() {
                called.entry(name.clone()).or_insert(index);
            }
        }
        Self { list, called }
    }
}

impl Deref for Terms {
    type Target = [Term];

    fn deref(&self) -> &[Term] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_by_id_and_name_whatever_the_case() {
        let term = |id: &str, vi: &str, en: &str| Term {
            id: id.to_owned(),
            name: PerLang { vi: vi.to_owned(), en: en.to_owned() },
            slug: PerLang::from_fn(|_| Slug::numbered(id)),
        };
        let terms = Terms::from(vec![
            term("so", "Chính quyền số", "Digital Government"),
            term("doi-song", "Đời sống", "Daily life"),
            term("twice", "SO", "Đời Sống"),
        ]);
        for (text, index) in [
            ("so", 0),
            (" Chính quyền số\n", 0),
            ("CHÍNH QUYỀN SỐ", 0),
            ("digital government", 0),
            ("Đời Sống", 1),
            ("SO", 0),
            ("Twice", 2),
        ] {
            assert_eq!(terms.find(text).unwrap().0, index, "{text}");
        }
        assert!(terms.find("").is_none() && terms.find("khác").is_none());
        assert_eq!(terms.len(), 3);
    }
}
