//! The names of content files: which page, which language, which role; and two files for one page.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Role;
use crate::base::lang::{Lang, PerLang};
use crate::content::document::Document;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// What the name of a Markdown file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceName<'a> {
    /// The path below `content/` without language and extension; for `index.md` its folder, for
    /// `_index.md` the folder and `/_index`. Each is the beginning of the path.
    pub key: &'a str,
    /// The language its suffix names, if it has one.
    pub lang: Option<Lang>,
    /// Page or index of a section.
    pub role: Role,
}

/// A language code in a file name that is neither `vi` nor `en`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLang(pub String);

impl<'a> SourceName<'a> {
    /// Reads the path of a Markdown file below `content/`.
    ///
    /// # Errors
    /// The language code, where it is not one of the portal's.
    pub fn of(path: &'a str) -> Result<Self, UnknownLang> {
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
        let (name, lang) = match name.rsplit_once('.') {
            Some((name, tag)) if !name.is_empty() && is_language_code(tag) => {
                (name, Some(Lang::from_tag(tag).ok_or_else(|| UnknownLang(tag.to_owned()))?))
            }
            _ => (name, None),
        };
        let role = if name == "_index" { Role::Index } else { Role::Page };
        let key = match (folder, name) {
            ("", name) => name,
            (folder, "index") => folder,
            (folder, name) => path.get(..folder.len() + 1 + name.len()).unwrap_or(path),
        };
        Ok(Self { key, lang, role })
    }
}

/// Whether a suffix looks like a language: two lower-case letters, perhaps with a region (`fr`,
/// `zh-CN`). Other suffixes belong to the name (`v1.2`).
fn is_language_code(tag: &str) -> bool {
    let (language, region) = tag.split_once('-').map_or((tag, None), |(l, r)| (l, Some(r)));
    language.len() == 2
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|r| r.len() == 2 && r.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The documents of one page in its languages.
#[derive(Clone, Debug)]
pub struct Group {
    /// Page or index of a section.
    pub role: Role,
    /// The document of each language.
    pub documents: PerLang<Option<Arc<Document>>>,
}

impl Group {
    /// The original: the document in the default language, else the other.
    #[must_use]
    pub fn original(&self, default: Lang) -> Option<&Arc<Document>> {
        self.documents.get(default).as_ref().or(self.documents.get(default.other()).as_ref())
    }
}

/// Groups documents by the page they belong to, sorted by key. A second file for the same page and
/// language is an error and left out.
#[must_use]
pub fn group(documents: Vec<Arc<Document>>) -> (BTreeMap<String, Group>, Diagnostics) {
    let name = |document: Arc<Document>| {
        let SourceName { key, role, .. } = SourceName::of(document.path.strip_prefix("content")?).ok()?;
        Some((key.to_owned(), role, document))
    };
    let named: Vec<_> = documents.into_par_iter().map(name).collect();
    let mut named: Vec<(String, Role, Arc<Document>)> = named.into_iter().flatten().collect();
    // They come nearly so.
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let mut groups: Vec<(String, Group)> = Vec::with_capacity(named.len());
    let mut diagnostics = Diagnostics::default();
    for (key, role, document) in named {
        if groups.last().is_none_or(|(last, _)| *last != key) {
            groups.push((key, Group { role, documents: PerLang::default() }));
        }
        let Some((_, group)) = groups.last_mut() else { continue };
        let slot = group.documents.get_mut(document.lang);
        match slot {
            Some(first) => diagnostics.push(
                Diagnostic::new(Code::DoubleSource)
                    .with("first", &first.path)
                    .with("second", &document.path)
                    .at(Place::file(document.path.clone()))
                    .related(Place::file(first.path.clone())),
            ),
            None => *slot = Some(document),
        }
    }
    (groups.into_iter().collect(), diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sources() {
        for (path, key, lang, role) in [
            ("news/bai.md", "news/bai", None, Role::Page),
            ("news/bai.en.md", "news/bai", Some(Lang::En), Role::Page),
            ("news/bai.vi.md", "news/bai", Some(Lang::Vi), Role::Page),
            ("kit/index.en.md", "kit", Some(Lang::En), Role::Page),
            ("news/_index.md", "news/_index", None, Role::Index),
            ("_index.en.md", "_index", Some(Lang::En), Role::Index),
            ("tai-lieu-v1.2.md", "tai-lieu-v1.2", None, Role::Page),
        ] {
            let name = SourceName::of(path).unwrap();
            assert_eq!((name.key, name.lang, name.role), (key, lang, role), "{path}");
        }
        assert_eq!(SourceName::of("news/bai.fr.md"), Err(UnknownLang("fr".to_owned())));
        assert_eq!(SourceName::of("news/bai.zh-CN.md"), Err(UnknownLang("zh-CN".to_owned())));
    }
}
