//! Message catalogues: the texts for people in Vietnamese and English, embedded in the program.

use super::{Arg, Diagnostic};
use crate::base::lang::Lang;

/// The texts of one language by key: diagnostics under their codes (`unknown-field` and its remedy
/// `unknown-field.fix`), field names under `field.`, the program's own talk under `ui.` and `help.`.
#[derive(Clone, Copy, Debug)]
pub struct Catalog {
    lang: Lang,
    texts: Texts,
}

/// All texts of a language, in the order of their keys.
type Texts = &'static [(&'static str, &'static str)];

/// The texts of the files in `catalog/`, as `build.rs` has read them.
static ALL: [(Lang, Texts); 2] = include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

impl Catalog {
    /// The catalogue of a language.
    #[must_use]
    pub fn load(lang: Lang) -> Self {
        let texts = ALL.iter().find(|(known, _)| *known == lang).map_or(&[][..], |(_, texts)| texts);
        Self { lang, texts }
    }

    /// The language of the texts.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A text as it stands, or the key itself where there is none.
    #[must_use]
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// A text, if there is one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&'static str> {
        let place = self.texts.binary_search_by_key(&key, |(known, _)| known).ok()?;
        self.texts.get(place).map(|(_, text)| *text)
    }

    /// A text with its `{places}` filled.
    #[must_use]
    pub fn fill<N: AsRef<str>>(&self, key: &str, args: &[(N, Arg)]) -> String {
        self.fill_text(self.text(key), args)
    }

    /// What a diagnostic says. Where it is milder than its rule because the page is not due, that is
    /// said, too.
    #[must_use]
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        let text = self.fill(diagnostic.code.id(), &diagnostic.args);
        match diagnostic.args.iter().find(|(name, _)| *name == "withheld") {
            Some((_, note)) => format!("{text} ({})", self.show(note)),
            None => text,
        }
    }

    /// How to mend it, with "did you mean" first.
    #[must_use]
    pub fn hints(&self, diagnostic: &Diagnostic) -> Vec<String> {
        let mut hints = Vec::new();
        if let Some(name) = &diagnostic.suggestion {
            hints.push(self.fill("ui.did-you-mean", &[("name", Arg::Text(name.clone()))]));
        }
        if let Some(fix) = self.find(&format!("{}.fix", diagnostic.code.id())) {
            hints.push(self.fill_text(fix, &diagnostic.args));
        }
        if let Some((_, note)) = diagnostic.args.iter().find(|(name, _)| *name == "note") {
            hints.push(self.show(note));
        }
        hints
    }

    /// Every key of the catalogue.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.texts.iter().map(|(key, _)| *key)
    }

    /// Replaces each `{name}` by its argument.
    fn fill_text<N: AsRef<str>>(&self, text: &str, args: &[(N, Arg)]) -> String {
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match args.iter().find(|(key, _)| key.as_ref() == name) {
                Some((_, arg)) => out.push_str(&self.show(arg)),
                None => {
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// An argument as people read it.
    fn show(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => shown(text),
            Arg::Key(key) => self.text(key).to_owned(),
            Arg::Field(name) => match self.find(&format!("field.{name}")) {
                Some(label) => format!("{label} (`{name}`)"),
                None => format!("`{name}`"),
            },
        }
    }
}

/// Text from outside as it may stand in a message: without characters that a terminal obeys, and
/// cut where nobody reads on.
fn shown(text: &str) -> String {
    const LONGEST: usize = 1000;
    let safe = |c: char| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c };
    let mut shown: String = text.chars().take(LONGEST).map(safe).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
