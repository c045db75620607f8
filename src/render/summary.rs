//! Summaries: what lists show of a page, made once for each language of a list.

use rayon::prelude::*;
use tera::Value;

use super::pictures::Shown;
use super::places::SectionPlace;
use super::value::{ValueSum, date, day, extended, foreign, lang_of, list, localized, object, text};
use crate::base::checksum::Checksum;
use crate::base::lang::{Lang, PerLang};
use crate::base::slug::Slug;
use crate::config::{SiteConfig, Term};
use crate::domain::document_types::DocumentType;
use crate::domain::format;
use crate::site::meta::{DecisionMeta, EventMeta, ImageMeta, ThemeMeta};
use crate::site::routes::terms_url;
use crate::site::terms::Vocabulary;
use crate::site::urls::home_url;
use crate::site::{Page, PageId, Site};
use crate::theme::Theme;

/// The summaries of all pages.
#[derive(Debug)]
pub(super) struct Summaries {
    by_page: Vec<PerLang<Option<Summary>>>,
}

/// A summary and the checksum of what it shows.
#[derive(Debug)]
struct Summary {
    value: Value,
    checksum: Checksum,
}

impl Summaries {
    /// Makes the summaries of a site: each page for lists of its own language, and for those of the
    /// other where the page has no translation.
    pub(super) fn of(site: &Site, theme: &Theme, sections: &[PerLang<SectionPlace>]) -> Self {
        let maker = Maker::new(site, theme, sections);
        Self { by_page: (0..site.pages.len() as u32).into_par_iter().map(|id| maker.both(PageId(id))).collect() }
    }

    /// Makes those of some pages again.
    pub(super) fn renew(&mut self, pages: &[PageId], site: &Site, theme: &Theme, sections: &[PerLang<SectionPlace>]) {
        let maker = Maker::new(site, theme, sections);
        for id in pages {
            if let Some(place) = self.by_page.get_mut(id.0 as usize) {
                *place = maker.both(*id);
            }
        }
    }

    /// The summary of a page for a list in `lang`.
    pub(super) fn get(&self, page: PageId, lang: Lang) -> Value {
        self.find(page, lang).map_or_else(Value::none, |summary| summary.value.clone())
    }

    /// The checksum of that summary.
    pub(super) fn checksum(&self, page: PageId, lang: Lang) -> Checksum {
        self.find(page, lang).map_or_else(Checksum::default, |summary| summary.checksum)
    }

    fn find(&self, page: PageId, lang: Lang) -> Option<&Summary> {
        let summaries = self.by_page.get(page.0 as usize)?;
        summaries.get(lang).as_ref().or(summaries.get(lang.other()).as_ref())
    }
}

impl Summary {
    fn new(value: Value) -> Self {
        Self { checksum: Checksum::of(&ValueSum(&value)), value }
    }
}

/// What a summary is made from.
struct Maker<'a> {
    site: &'a Site,
    theme: &'a Theme,
    sections: &'a [PerLang<SectionPlace>],
    /// The declared topics and agencies as templates get them, by place.
    topics: PerLang<Vec<Value>>,
    agencies: PerLang<Vec<Value>>,
}

impl<'a> Maker<'a> {
    fn new(site: &'a Site, theme: &'a Theme, sections: &'a [PerLang<SectionPlace>]) -> Self {
        let config = &site.config;
        let values = |terms: &[Term], vocabulary| {
            PerLang::from_fn(|lang| terms.iter().map(|term| term_value(term, vocabulary, config, lang)).collect())
        };
        let topics = values(&config.topics, Vocabulary::Topics);
        let agencies = values(&config.agencies, Vocabulary::Agencies);
        Self { site, theme, sections, topics, agencies }
    }

    /// The summaries of a page for lists of its own language, and of the other if it has no translation.
    fn both(&self, id: PageId) -> PerLang<Option<Summary>> {
        let page = self.site.page(id);
        let translated = self.site.set(page.set).pages.get(page.lang.other()).is_some();
        PerLang::from_fn(|lang| (lang == page.lang || !translated).then(|| Summary::new(self.summary(page, lang))))
    }

    fn summary(&self, page: &Page, lang: Lang) -> Value {
        let site = self.site;
        let set = site.set(page.set);
        let meta = &page.meta;
        let summary = object([
            ("id", Value::from(set.id.as_str())),
            ("kind", Value::from(set.kind.name())),
            ("url", Value::from(site.config.base_url.href(&page.url))),
            ("title", Value::from(meta.title.as_str())),
            ("description", text(meta.description.as_deref())),
            ("lang", Value::from(page.lang.tag())),
            ("other_language", Value::from(page.lang != lang)),
            ("title_lang", foreign(page.lang, lang)),
            ("date", date(meta.date)),
            ("updated", date(meta.updated)),
            (
                "section",
                self.sections.get(set.section.0 as usize).map_or_else(Value::none, |p| p.get(lang).value.clone()),
            ),
            ("topics", list(meta.topics.iter().filter_map(|index| self.topics.get(lang).get(*index).cloned()))),
            ("image", meta.image.as_ref().map_or_else(Value::none, |image| image_value(site, image, lang))),
            ("decision", meta.decision.as_ref().map_or_else(Value::none, |d| self.decision(page, d, lang))),
            ("event", meta.event.as_ref().map_or_else(Value::none, |e| event(site, e, lang))),
            ("withdrawn", Value::from(meta.withdrawn.is_some())),
        ]);
        if meta.withdrawn.is_some() { self.withdrawn(&summary, lang) } else { summary }
    }

    /// The summary of a page that was taken back, for templates that name it: its address only.
    fn withdrawn(&self, summary: &Value, lang: Lang) -> Value {
        let title = self.theme.strings.get(lang).get("withdrawn.title").map(|text| text.form(None));
        let gone = ["id", "description", "title_lang", "date", "updated", "image", "decision", "event"];
        let summary = extended(summary, [("title", Value::from(title.unwrap_or_default())), ("topics", list([]))]);
        gone.into_iter().fold(summary, |summary, name| extended(&summary, [(name, Value::none())]))
    }

    fn decision(&self, page: &Page, decision: &DecisionMeta, lang: Lang) -> Value {
        let agency = decision.agency.and_then(|index| self.agencies.get(lang).get(index).cloned());
        let province = decision.province.and_then(|index| self.site.config.provinces.get(index));
        let status = self.site.legal_status(page.set);
        let status_name = status.and_then(|status| {
            let key = format!("status.{}", status.name());
            self.theme.strings.get(lang).get(&key).map(|text| text.form(None).to_owned())
        });
        let kind = DocumentType::from_id(&decision.doc_type);
        let config = &self.site.config;
        let of = |vocabulary: Vocabulary, segment: Option<Slug>| {
            let list = |segment: Slug| terms_url(self.site, vocabulary, lang).dir(segment.as_str());
            segment.map_or_else(Value::none, |segment| Value::from(config.base_url.href(&list(segment))))
        };
        object([
            ("number", Value::from(decision.number.as_str())),
            ("type", Value::from(decision.doc_type.as_str())),
            ("type_name", Value::from(kind.map_or(decision.doc_type.as_str(), |kind| kind.name(lang)))),
            ("type_url", of(Vocabulary::Types, kind.and_then(|kind| Slug::from_text(kind.name(lang))))),
            ("issued", date(Some(decision.issued))),
            ("effective", date(decision.effective)),
            ("effective_until", date(decision.effective_until)),
            ("agency", agency.unwrap_or_else(Value::none)),
            ("province", text(province.map(|province| province.name.get(lang).as_str()))),
            ("signer", localized(decision.signer.as_ref())),
            ("signer_lang", lang_of(decision.signer.as_ref(), lang)),
            ("status", text(status.map(|status| status.name()))),
            ("status_name", text(status_name.as_deref())),
            ("status_url", of(Vocabulary::Statuses, status.and_then(|status| Slug::from_text(status.segment(lang))))),
        ])
    }
}

/// A declared term of a vocabulary.
fn term_value(term: &Term, vocabulary: Vocabulary, config: &SiteConfig, lang: Lang) -> Value {
    let url = home_url(config, lang).dir(vocabulary.path(config, lang).as_str()).dir(term.slug.get(lang).as_str());
    object([
        ("id", Value::from(term.id.as_str())),
        ("name", Value::from(term.name.get(lang).as_str())),
        ("url", Value::from(config.base_url.href(&url))),
    ])
}

/// The leading image of a page; `none` where its file is missing.
fn image_value(site: &Site, image: &ImageMeta, lang: Lang) -> Value {
    let Some(shown) = Shown::of(site, &image.file) else { return Value::none() };
    let texts = object([
        ("alt", Value::from(image.alt.as_ref().map_or("", |alt| &alt.text))),
        ("caption", localized(image.caption.as_ref())),
        ("credit", localized(image.credit.as_ref())),
        (
            "lang",
            image.caption.as_ref().or(image.alt.as_ref()).map_or_else(Value::none, |text| foreign(text.lang, lang)),
        ),
    ]);
    extended(&texts, shown.fields())
}

fn event(site: &Site, event: &EventMeta, lang: Lang) -> Value {
    let place = event.place.as_ref().map_or_else(Value::none, |place| {
        let history = place.province_id.as_deref().and_then(|id| site.config.province_history.get(id));
        object([
            ("name", localized(place.name.as_ref())),
            ("name_lang", lang_of(place.name.as_ref(), lang)),
            ("address", localized(place.address.as_ref())),
            ("address_lang", lang_of(place.address.as_ref(), lang)),
            ("province", localized(place.province.as_ref())),
            ("province_until", history.and_then(|known| known.until).map_or_else(Value::none, |until| day(until.date))),
            ("province_note", text(history.and_then(|known| known.note.get(lang).as_deref()))),
            ("url", text(place.url.as_deref())),
        ])
    });
    let series = event.series.as_deref().map_or_else(Value::none, |id| {
        let declared = site.config.series.by_id(id);
        let name = declared.map_or(id, |term| term.name.get(lang).as_str());
        let yearly = site.config.yearly.get(id).map(|day| format::day_of_year(*day, lang));
        object([("id", Value::from(id)), ("name", Value::from(name)), ("yearly", text(yearly.as_deref()))])
    });
    object([
        ("start", date(Some(event.start))),
        ("end", date(event.end)),
        ("all_day", Value::from(event.span == crate::site::meta::Span::AllDay)),
        ("status", Value::from(event.status.name())),
        ("former_start", date(event.former_start)),
        ("attendance", text(event.attendance().map(|attendance| attendance.name()))),
        ("place", place),
        ("organiser", localized(event.organiser.as_ref())),
        ("organiser_lang", lang_of(event.organiser.as_ref(), lang)),
        ("theme", localized(event.theme())),
        ("theme_lang", lang_of(event.theme(), lang)),
        ("themes", list(event.themes.iter().map(|theme| theme_value(theme, lang)))),
        ("series", series),
        ("ends", Value::from(event.last_moment().rfc3339())),
    ])
}

/// A theme with what is known of it.
fn theme_value(theme: &ThemeMeta, lang: Lang) -> Value {
    object([
        ("text", Value::from(theme.text.text.as_str())),
        ("lang", foreign(theme.text.lang, lang)),
        ("kind", Value::from(theme.kind.name())),
        ("source", localized(theme.source.as_ref())),
        ("source_lang", lang_of(theme.source.as_ref(), lang)),
        ("verified", theme.verified.map_or_else(Value::none, Value::from)),
    ])
}
