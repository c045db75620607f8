//! The two languages of a portal and values kept once for each of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language of the portal.
///
/// The set is closed: a portal is bilingual by purpose, and message catalogues, date forms and
/// plural rules are written for exactly these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages, Vietnamese first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The BCP 47 tag: `vi` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a tag as written in a file name or setting, if it is one of the two.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "vi" => Some(Self::Vi),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other language.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// The locale of Open Graph (`og:locale`): `vi_VN` or `en_GB`.
    #[must_use]
    pub fn locale(self) -> &'static str {
        match self {
            Self::Vi => "vi_VN",
            Self::En => "en_GB",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// One value for each language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PerLang<T> {
    /// The Vietnamese value.
    pub vi: T,
    /// The English value.
    pub en: T,
}

impl<T> PerLang<T> {
    /// Makes both values from a function of the language.
    pub fn from_fn(mut make: impl FnMut(Lang) -> T) -> Self {
        Self { vi: make(Lang::Vi), en: make(Lang::En) }
    }

    /// The value of a language.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// The value of a language, to change.
    pub fn get_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::Vi => &mut self.vi,
            Lang::En => &mut self.en,
        }
    }

    /// Both values with their languages, Vietnamese first.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        [(Lang::Vi, &self.vi), (Lang::En, &self.en)].into_iter()
    }

    /// The values after a function of language and value.
    pub fn map<U>(&self, mut f: impl FnMut(Lang, &T) -> U) -> PerLang<U> {
        PerLang { vi: f(Lang::Vi, &self.vi), en: f(Lang::En, &self.en) }
    }
}
