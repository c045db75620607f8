//! Joining a translation with its original, field by field (the inheritance table of
//! `content::fields`), into the fields of one page.

mod decision;
mod event;
mod lists;

pub(super) use event::unknown_series;

use super::Role;
use super::files::resolve_file;
use super::meta::{CorrectionMeta, ImageMeta, Localized, Meta, SourceMeta, WithdrawnMeta};
use super::terms::{Tags, resolve_topics};
use crate::base::date::{Bound, Moment, WrittenDate};
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::config::{SiteConfig, Terms};
use crate::content::document::Document;
use crate::content::fields::{self, SchemaKind};
use crate::content::front_matter::{Correction, FrontMatter, Kind};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};

/// A page's file and its original's; the same for an original.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The file of the page.
    pub own: &'a Document,
    /// The file it is a translation of, or itself.
    pub original: &'a Document,
}

/// What joining needs to know and where it reports.
pub(super) struct Joiner<'a> {
    pair: Pair<'a>,
    role: Role,
    config: &'a SiteConfig,
    now: Moment,
    of: Of,
    diagnostics: Diagnostics,
}

/// What is joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// An original with itself: nothing can differ.
    Original,
    /// A translation with its original.
    Translation,
}

/// The fields that a page of a kind may have; a section's index has those of a section.
fn page_fields(kind: Kind, role: Role) -> SchemaKind {
    match role {
        Role::Index => SchemaKind::Section,
        Role::Page => kind.into(),
    }
}

/// Joins a page's fields. `kind` is its section's. What cannot be shown is reported and left out;
/// `None` where a field is missing that every page of the kind must have.
#[must_use]
pub(super) fn join<'a>(
    pair: Pair<'a>,
    kind: Kind,
    role: Role,
    config: &'a SiteConfig,
    tags: &mut Tags<'a>,
    now: Moment,
) -> (Option<Box<Meta>>, Diagnostics) {
    let of = if pair.own.path == pair.original.path { Of::Original } else { Of::Translation };
    let mut joiner = Joiner { pair, role, config, now, of, diagnostics: Diagnostics::default() };
    let meta = joiner.meta(kind, tags);
    (meta, joiner.diagnostics)
}

impl<'a> Joiner<'a> {
    fn meta(&mut self, kind: Kind, tags: &mut Tags<'a>) -> Option<Box<Meta>> {
        self.check_kind(kind);
        let Pair { own, original } = self.pair;
        let (front, base) = (&own.facts.front, &original.facts.front);
        if self.is_translation() {
            self.same_fields();
        }
        let date = self.start(base.date);
        // What is missing is told together with everything else that is wrong.
        let decision = (kind == Kind::Decision).then(|| self.decision());
        let event = (kind == Kind::Event).then(|| self.event());
        let dated = if kind == Kind::News { self.require("date", date.is_some()) } else { Some(()) };
        let topics = resolve_topics(
            base.topics.as_deref().unwrap_or_default(),
            self.config,
            &original.path,
            &mut self.diagnostics,
        );
        let (image, source, corrections, withdrawn) =
            (self.image(), self.source(), self.corrections(), self.withdrawn());
        dated?;
        Some(Box::new(Meta {
            title: front.title.clone()?,
            description: front.description.clone(),
            date,
            updated: self.start(front.updated),
            topics,
            tags: tags.of(front.tags.as_deref(), base.tags.as_deref(), own.lang),
            aliases: front.aliases.iter().filter_map(|alias| UrlPath::parse(alias)).collect(),
            image,
            authors: front.authors.clone().or_else(|| base.authors.clone()).unwrap_or_default(),
            source: source.map(Box::new),
            featured_until: self.end(front.featured.or(base.featured)),
            corrections,
            withdrawn: withdrawn.map(Box::new),
            extra: front.extra.clone(),
            decision: decision.map(|decision| decision.map(Box::new)).map_or(Some(None), |d| d.map(Some))?,
            event: event.map(|event| event.map(Box::new)).map_or(Some(None), |e| e.map(Some))?,
        }))
    }

    /// Reports neutral fields of every kind that a translation states otherwise.
    fn same_fields(&mut self) {
        let (front, base) = (&self.pair.own.facts.front, &self.pair.original.facts.front);
        self.same("id", &front.id, &base.id);
        self.same("date", &self.start(front.date), &self.start(base.date));
        let topics = |written: &Option<Vec<String>>| {
            written.as_ref().map(|list| list.iter().map(|text| meant(&self.config.topics, text)).collect::<Vec<_>>())
        };
        self.same("topics", &topics(&front.topics), &topics(&base.topics));
        self.same("kind", &front.section.kind, &base.section.kind);
        self.same("sort", &front.section.sort, &base.section.sort);
        self.same("page_size", &front.section.page_size, &base.section.page_size);
        self.same("feed", &front.section.feed, &base.section.feed);
        self.same("archive", &front.section.archive, &base.section.archive);
        self.same("layout", &front.section.layout, &base.section.layout);
    }

    /// Reports fields that the kind does not have.
    fn check_kind(&mut self, kind: Kind) {
        let path = &self.pair.own.path;
        let kind = page_fields(kind, self.role);
        for field in self.pair.own.facts.front.stated.iter().filter(|field| !field.kinds.contains(&kind)) {
            self.diagnostics.push(
                Diagnostic::new(Code::FieldNotForKind)
                    .with("field", Arg::Field(field.name.to_owned()))
                    .with("kind", kind.name())
                    .at(Place::field(path.clone(), field.name)),
            );
        }
    }

    /// Reports a neutral field that a translation states otherwise than its original.
    fn same<T: PartialEq>(&mut self, name: &str, own: &Option<T>, original: &Option<T>) {
        self.same_at(name, name, own, original);
    }

    /// The same for a field inside a list, whose place has the entry's number in it.
    fn same_at<T: PartialEq>(&mut self, name: &str, place: &str, own: &Option<T>, original: &Option<T>) {
        if own.is_some() && self.is_translation() && own != original {
            self.diagnostics.push(
                Diagnostic::new(Code::InheritedField)
                    .with("field", Arg::Field(name.to_owned()))
                    .with("original", &self.pair.original.path)
                    .at(Place::field(self.pair.own.path.clone(), place))
                    .related(Place::file(self.pair.original.path.clone())),
            );
        }
    }

    /// Reports a field that every page of the kind must have.
    fn require(&mut self, name: &str, there: bool) -> Option<()> {
        if there {
            return Some(());
        }
        let facts = &self.pair.original.facts;
        // What is there and cannot be read, a field or all of the front matter, has been told.
        let told = facts.broken && (facts.front.stated.is_empty() || facts.front.stated.contains(name));
        if !told {
            let sample = fields::find(name).map(fields::Field::sample).unwrap_or_default();
            self.diagnostics.push(
                Diagnostic::new(Code::FieldMissing)
                    .with("field", Arg::Field(name.to_owned()))
                    .with("sample", sample)
                    .at(Place::field(self.pair.original.path.clone(), name)),
            );
        }
        None
    }

    fn is_translation(&self) -> bool {
        self.of == Of::Translation
    }

    fn start(&self, date: Option<WrittenDate>) -> Option<Moment> {
        date.map(|d| d.resolve(&self.config.timezone, Bound::Start))
    }

    fn end(&self, date: Option<WrittenDate>) -> Option<Moment> {
        date.map(|d| d.resolve(&self.config.timezone, Bound::End))
    }

    /// A text field: the page's own, else the original's with its language.
    fn text(&self, pick: impl Fn(&'a FrontMatter) -> Option<&'a String>) -> Option<Localized> {
        let Pair { own, original } = self.pair;
        let from = |document: &'a Document| pick(&document.facts.front).map(|text| localized(text, document.lang));
        from(own).or_else(|| from(original))
    }

    fn image(&mut self) -> Option<ImageMeta> {
        let Pair { own, original } = self.pair;
        let src = |document: &'a Document| document.facts.front.image.as_ref().and_then(|image| image.src.as_ref());
        let (stated, base) = (src(own), src(original));
        self.same("image.src", &stated, &base);
        let file = self.file(base?, "image.src")?;
        Some(ImageMeta {
            file,
            alt: self.text(|front| front.image.as_ref()?.alt.as_ref()),
            caption: self.text(|front| front.image.as_ref()?.caption.as_ref()),
            credit: self.text(|front| front.image.as_ref()?.credit.as_ref()),
        })
    }

    fn source(&mut self) -> Option<SourceMeta> {
        let url = |document: &Document| document.facts.front.source.as_ref().and_then(|source| source.url.clone());
        let (stated, base) = (url(self.pair.own), url(self.pair.original));
        self.same("source.url", &stated, &base);
        let name = self.text(|front| front.source.as_ref()?.name.as_ref());
        (name.is_some() || base.is_some()).then_some(SourceMeta { name, url: base })
    }

    fn corrections(&mut self) -> Vec<CorrectionMeta> {
        let Pair { own, original } = self.pair;
        let base = original.facts.front.corrections.as_deref().unwrap_or_default();
        let stated = own.facts.front.corrections.as_deref().unwrap_or_default();
        let day = |date: WrittenDate| date.resolve(&self.config.timezone, Bound::Start);
        let days = |list: &[Correction]| list.iter().map(|c| day(c.date).at).collect::<Vec<_>>();
        let (stated_days, base_days) = (days(stated), days(base));
        self.unmatched("corrections", stated_days.iter(), base_days.iter());
        base.iter()
            .zip(base_days)
            .filter_map(|(correction, at)| {
                let translated = stated.iter().zip(&stated_days).find(|(_, day)| **day == at);
                let translated = translated.and_then(|(correction, _)| correction.text.as_ref());
                let text = match (translated, &correction.text) {
                    (Some(text), _) => localized(text, own.lang),
                    (None, Some(text)) => localized(text, original.lang),
                    (None, None) => return None,
                };
                Some(CorrectionMeta { date: correction.date.resolve(&self.config.timezone, Bound::Start), text })
            })
            .collect()
    }

    fn withdrawn(&mut self) -> Option<WithdrawnMeta> {
        let Pair { own, original } = self.pair;
        let date = |front: &FrontMatter| front.withdrawn.as_ref().map(|w| w.date);
        let (stated, base) = (date(&own.facts.front), date(&original.facts.front));
        if stated.is_some() {
            self.same("withdrawn.date", &self.start(stated), &self.start(base));
        }
        Some(WithdrawnMeta {
            date: self.start(base)?,
            reason: self.text(|front| front.withdrawn.as_ref()?.reason.as_ref()),
        })
    }

    /// A file named in front matter, from the folder of the original.
    fn file(&mut self, written: &str, field: &str) -> Option<RelPath> {
        let path = &self.pair.original.path;
        let file = resolve_file(&path.parent(), written);
        if file.is_none() {
            self.diagnostics.push(
                Diagnostic::new(Code::LinkLeavesContent).with("target", written).at(Place::field(path.clone(), field)),
            );
        }
        file
    }
}

/// What a writer means by a declared term: its index, whether by id or by a name in either language;
/// else what was written.
fn meant(terms: &Terms, written: &str) -> Result<usize, String> {
    terms.find(written).map(|(index, _)| index).ok_or_else(|| written.to_owned())
}

/// A text with its language.
fn localized(text: &str, lang: Lang) -> Localized {
    Localized { text: text.to_owned(), lang }
}
