//! Summaries: what lists show of a page. What one says is known at once; its value is made when it is first shown.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use tera::Value;

use super::data::Data;
use super::pictures::Shown;
use super::places::SectionPlace;
use super::value::{date, day, extended, foreign, lang_of, list, localized, object};
use crate::base::checksum::Checksum;
use crate::base::date::Moment;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::UrlPath;
use crate::base::slug::Slug;
use crate::config::{SiteConfig, Term};
use crate::content::front_matter::Kind;
use crate::domain::document_types::DocumentType;
use crate::domain::format;
use crate::site::documents::LegalStatus;
use crate::site::meta::{DecisionMeta, EventMeta, ImageMeta, Localized, ThemeMeta};
use crate::site::routes::terms_url;
use crate::site::terms::Vocabulary;
use crate::site::{Page, PageId, Site};

/// The summaries of all pages, as far as they were shown, and what is the same in many of them.
pub(super) struct Summaries {
    made: Vec<PerLang<OnceLock<Value>>>,
    /// The declared topics and agencies as templates get them, by place.
    topics: PerLang<Vec<Value>>,
    agencies: PerLang<Vec<Value>>,
}

impl Summaries {
    pub(super) fn of(site: &Site) -> Self {
        let config = &site.config;
        let values = |terms: &[Term], vocabulary| {
            PerLang::from_fn(|lang| terms.iter().map(|term| term_value(term, vocabulary, config, lang)).collect())
        };
        Self {
            made: site.pages.iter().map(|_| PerLang::default()).collect(),
            topics: values(&config.topics, Vocabulary::Topics),
            agencies: values(&config.agencies, Vocabulary::Agencies),
        }
    }

    /// Forgets those of pages that say something else now.
    pub(super) fn forget(&mut self, pages: &[PageId]) {
        for id in pages {
            self.made.get_mut(id.0 as usize).into_iter().for_each(|made| *made = PerLang::default());
        }
    }
}

/// What lists in a language show of a page, but for what follows from the settings, which every job reads. The
/// value is made of nothing else, so that equal ones have equal values.
#[derive(Hash)]
struct Summary<'a> {
    id: Option<&'a str>,
    kind: Kind,
    url: &'a UrlPath,
    title: &'a str,
    description: Option<&'a str>,
    /// The language of the page.
    lang: Lang,
    /// The language of the list.
    around: Lang,
    is_withdrawn: bool,
    date: Option<Moment>,
    updated: Option<Moment>,
    section: InSection<'a>,
    /// Indices into the topics of the settings.
    topics: &'a [usize],
    image: Option<(&'a ImageMeta, Shown<'a>)>,
    decision: Option<DecisionSummary<'a>>,
    event: Option<&'a EventMeta>,
}

/// The section of a page, of which lists show the value alone.
struct InSection<'a>(&'a SectionPlace);

impl Hash for InSection<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.value_checksum.hash(state);
    }
}

/// What lists show of a legal document.
#[derive(Hash)]
struct DecisionSummary<'a> {
    number: &'a str,
    doc_type: &'a str,
    issued: Moment,
    effective: Option<Moment>,
    effective_until: Option<Moment>,
    /// Index into the agencies of the settings.
    agency: Option<usize>,
    /// Index into the provinces of the settings.
    province: Option<usize>,
    signer: Option<&'a Localized>,
    status: Option<LegalStatus>,
    /// What the theme calls the status.
    status_name: Option<&'a str>,
}

impl Data {
    /// The summary of a page for a list in `lang`.
    pub(super) fn summary(&self, id: PageId, lang: Lang) -> Value {
        let around = self.summary_lang(id, lang);
        let make = || self.summary_of(id, around).value(self);
        let made = self.summaries.made.get(id.0 as usize);
        made.map_or_else(Value::none, |made| made.get(around).get_or_init(make).clone())
    }

    /// The checksum of all that it shows, but for what follows from the settings.
    pub(super) fn summary_checksum(&self, id: PageId, lang: Lang) -> Checksum {
        Checksum::of(&self.summary_of(id, self.summary_lang(id, lang)))
    }

    /// The language of the lists that a summary is for: a page with a translation has one for its own only.
    fn summary_lang(&self, id: PageId, lang: Lang) -> Lang {
        let page = self.site.page(id);
        let is_translated = self.site.set(page.set).pages.get(page.lang.other()).is_some();
        if is_translated { page.lang } else { lang }
    }

    fn summary_of(&self, id: PageId, around: Lang) -> Summary<'_> {
        let site = &*self.site;
        let page = site.page(id);
        let (meta, set) = (&page.meta, site.set(page.set));
        let shown = Summary {
            id: Some(&set.id),
            kind: set.kind,
            url: &page.url,
            title: &meta.title,
            description: meta.description.as_deref(),
            lang: page.lang,
            around,
            is_withdrawn: meta.withdrawn.is_some(),
            date: meta.date,
            updated: meta.updated,
            section: InSection(self.section(set.section, around)),
            topics: &meta.topics,
            image: meta.image.as_ref().and_then(|image| Some((image, Shown::of(site, &image.file)?))),
            decision: meta.decision.as_deref().map(|decision| self.decision_summary(page, decision, around)),
            event: meta.event.as_deref(),
        };
        if !shown.is_withdrawn {
            return shown;
        }
        // Of a page that was taken back only the address, for templates that name it.
        let title = self.theme.strings.get(around).get("withdrawn.title").map(|text| text.form(None));
        Summary {
            id: None,
            title: title.unwrap_or_default(),
            description: None,
            date: None,
            updated: None,
            topics: &[],
            image: None,
            decision: None,
            event: None,
            ..shown
        }
    }

    fn decision_summary<'a>(&'a self, page: &Page, decision: &'a DecisionMeta, around: Lang) -> DecisionSummary<'a> {
        let status = self.site.legal_status(page.set);
        let status_name = status.and_then(|status| {
            let key = format!("status.{}", status.name());
            self.theme.strings.get(around).get(&key).map(|text| text.form(None))
        });
        DecisionSummary {
            number: &decision.number,
            doc_type: &decision.doc_type,
            issued: decision.issued,
            effective: decision.effective,
            effective_until: decision.effective_until,
            agency: decision.agency,
            province: decision.province,
            signer: decision.signer.as_ref(),
            status,
            status_name,
        }
    }
}

impl Summary<'_> {
    fn value(&self, data: &Data) -> Value {
        let (site, around) = (&*data.site, self.around);
        let topics = data.summaries.topics.get(around);
        // Of a page that was taken back not even the language of its title is left.
        let title_lang = foreign(self.lang, around).filter(|_| !self.is_withdrawn);
        object([
            ("id", self.id.into()),
            ("kind", self.kind.name().into()),
            ("url", site.config.base_url.href(self.url).into()),
            ("title", self.title.into()),
            ("description", self.description.into()),
            ("lang", self.lang.tag().into()),
            ("other_language", (self.lang != around).into()),
            ("title_lang", title_lang.into()),
            ("date", date(self.date).into()),
            ("updated", date(self.updated).into()),
            ("section", self.section.0.value.clone().into()),
            ("topics", list(self.topics.iter().filter_map(|index| topics.get(*index).cloned())).into()),
            ("image", self.image.map(|(image, shown)| image_value(image, shown, around)).into()),
            ("decision", self.decision.as_ref().map(|decision| decision.value(data, around)).into()),
            ("event", self.event.map(|e| event(site, e, around)).into()),
            ("withdrawn", self.is_withdrawn.into()),
        ])
    }
}

impl DecisionSummary<'_> {
    fn value(&self, data: &Data, lang: Lang) -> Value {
        let config = &data.site.config;
        let agency = self.agency.and_then(|index| data.summaries.agencies.get(lang).get(index).cloned());
        let province = self.province.and_then(|index| config.provinces.get(index));
        let kind = DocumentType::from_id(self.doc_type);
        let of = |vocabulary: Vocabulary, segment: Option<Slug>| {
            let list = |segment: Slug| terms_url(config, vocabulary, lang).dir(segment.as_str());
            segment.map(|segment| config.base_url.href(&list(segment)))
        };
        object([
            ("number", self.number.into()),
            ("type", self.doc_type.into()),
            ("type_name", kind.map_or(self.doc_type, |kind| kind.name(lang)).into()),
            ("type_url", of(Vocabulary::Types, kind.and_then(|kind| Slug::from_text(kind.name(lang)))).into()),
            ("issued", date(Some(self.issued)).into()),
            ("effective", date(self.effective).into()),
            ("effective_until", date(self.effective_until).into()),
            ("agency", agency.into()),
            ("province", province.map(|province| province.name.get(lang).as_str()).into()),
            ("signer", localized(self.signer).into()),
            ("signer_lang", lang_of(self.signer, lang).into()),
            ("status", self.status.map(|status| status.name()).into()),
            ("status_name", self.status_name.into()),
            (
                "status_url",
                of(Vocabulary::Statuses, self.status.and_then(|status| Slug::from_text(status.segment(lang)))).into(),
            ),
        ])
    }
}

/// A declared term of a vocabulary.
fn term_value(term: &Term, vocabulary: Vocabulary, config: &SiteConfig, lang: Lang) -> Value {
    let url = terms_url(config, vocabulary, lang).dir(term.slug.get(lang).as_str());
    object([
        ("id", term.id.as_str().into()),
        ("name", term.name.get(lang).as_str().into()),
        ("url", config.base_url.href(&url).into()),
    ])
}

/// The leading image of a page.
fn image_value(image: &ImageMeta, shown: Shown<'_>, lang: Lang) -> Value {
    let texts = object([
        ("alt", image.alt.as_ref().map_or("", |alt| &alt.text).into()),
        ("caption", localized(image.caption.as_ref()).into()),
        ("credit", localized(image.credit.as_ref()).into()),
        ("lang", image.caption.as_ref().or(image.alt.as_ref()).and_then(|text| foreign(text.lang, lang)).into()),
    ]);
    extended(&texts, shown.fields())
}

fn event(site: &Site, event: &EventMeta, lang: Lang) -> Value {
    let place = event.place.as_ref().map(|place| {
        let history = place.province_id.as_deref().and_then(|id| site.config.province_history.get(id));
        object([
            ("name", localized(place.name.as_ref()).into()),
            ("name_lang", lang_of(place.name.as_ref(), lang).into()),
            ("address", localized(place.address.as_ref()).into()),
            ("address_lang", lang_of(place.address.as_ref(), lang).into()),
            ("province", localized(place.province.as_ref()).into()),
            ("province_until", history.and_then(|known| known.until).map(|until| day(until.date)).into()),
            ("province_note", history.and_then(|known| known.note.get(lang).as_deref()).into()),
            ("url", place.url.as_deref().into()),
        ])
    });
    let series = event.series.as_deref().map(|id| {
        let declared = site.config.series.by_id(id);
        let name = declared.map_or(id, |term| term.name.get(lang).as_str());
        let yearly = site.config.yearly.get(id).map(|day| format::day_of_year(*day, lang));
        object([("id", id.into()), ("name", name.into()), ("yearly", yearly.into())])
    });
    object([
        ("start", date(Some(event.start)).into()),
        ("end", date(event.end).into()),
        ("all_day", (event.span == crate::site::meta::Span::AllDay).into()),
        ("status", event.status.name().into()),
        ("former_start", date(event.former_start).into()),
        ("attendance", event.attendance().map(|attendance| attendance.name()).into()),
        ("place", place.into()),
        ("organiser", localized(event.organiser.as_ref()).into()),
        ("organiser_lang", lang_of(event.organiser.as_ref(), lang).into()),
        ("theme", localized(event.theme()).into()),
        ("theme_lang", lang_of(event.theme(), lang).into()),
        ("themes", list(event.themes.iter().map(|theme| theme_value(theme, lang))).into()),
        ("series", series.into()),
        ("ends", event.last_moment().rfc3339().into()),
    ])
}

/// A theme with what is known of it.
fn theme_value(theme: &ThemeMeta, lang: Lang) -> Value {
    object([
        ("text", theme.text.text.as_str().into()),
        ("lang", foreign(theme.text.lang, lang).into()),
        ("kind", theme.kind.name().into()),
        ("source", localized(theme.source.as_ref()).into()),
        ("source_lang", lang_of(theme.source.as_ref(), lang).into()),
        ("verified", theme.verified.into()),
    ])
}
