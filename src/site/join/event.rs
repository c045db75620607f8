//! The fields of an event in a page.

use super::{Joiner, Pair, localized, meant};
use crate::base::date::{Moment, WrittenDate};
use crate::base::lang::Lang;
use crate::base::similar::closest;
use crate::config::SiteConfig;
use crate::content::front_matter::{EventFields, EventStatus, PlaceFields, ThemeFields};
use crate::diag::{Arg, Code, Diagnostic, Place};
use crate::site::meta::{EventMeta, Localized, PlaceMeta, Span, ThemeMeta};

impl Joiner<'_> {
    pub(super) fn event(&mut self) -> Option<EventMeta> {
        let Pair { own, original } = self.pair;
        let (front, base) = (&own.facts.front.event, &original.facts.front.event);
        if self.is_translation() {
            self.same_event(front, base);
        }
        let series = base.series.as_deref().map(|written| self.series(written));
        self.check_series(base.series.as_deref());
        self.check_former_start(base);
        let place = self.place();
        self.require("start", base.start.is_some())?;
        let start = self.start(base.start)?;
        self.warn_late_event(start);
        self.check_province(place.as_ref(), base.start);
        Some(EventMeta {
            start,
            end: self.end(base.end),
            span: if base.all_day == Some(true) { Span::AllDay } else { Span::Hours },
            status: base.status.unwrap_or(EventStatus::Scheduled),
            former_start: self.start(base.former_start),
            attendance: base.attendance,
            place,
            organiser: self.text(|front| front.event.organiser.as_ref()),
            series,
            themes: self.themes(),
        })
    }

    /// Reports neutral fields that a translation states otherwise.
    fn same_event(&mut self, front: &EventFields, base: &EventFields) {
        self.same("start", &self.start(front.start), &self.start(base.start));
        self.same("end", &self.end(front.end), &self.end(base.end));
        self.same("all_day", &front.all_day, &base.all_day);
        self.same("status", &front.status, &base.status);
        self.same("attendance", &front.attendance, &base.attendance);
        self.same("former_start", &self.start(front.former_start), &self.start(base.former_start));
        let series = |written: &Option<String>| written.as_deref().map(|text| meant(&self.config.series, text));
        self.same("series", &series(&front.series), &series(&base.series));
    }

    fn place(&mut self) -> Option<PlaceMeta> {
        let Pair { own, original } = self.pair;
        let (stated, base) = (own.facts.front.event.place.as_ref(), original.facts.front.event.place.as_ref());
        if stated.is_none() && base.is_none() {
            return None;
        }
        let stated = |pick: fn(&PlaceFields) -> Option<&String>| stated.and_then(pick);
        let base = |pick: fn(&PlaceFields) -> Option<&String>| base.and_then(pick);
        let (own_province, province) = (stated(|p| p.province.as_ref()), base(|p| p.province.as_ref()));
        if self.is_translation() {
            let meant = |written: Option<&String>| written.map(|text| meant(&self.config.provinces, text));
            self.same("place.province", &meant(own_province), &meant(province));
        }
        let url = base(|p| p.url.as_ref());
        self.same("place.url", &stated(|p| p.url.as_ref()), &url);
        let joined = PlaceMeta {
            name: self.text(|front| front.event.place.as_ref()?.name.as_ref()),
            address: self.text(|front| front.event.place.as_ref()?.address.as_ref()),
            province: province.map(|written| self.province(written)),
            province_id: province.and_then(|written| Some(self.config.provinces.find(written)?.1.id.clone())),
            url: url.cloned(),
        };
        let nowhere = PlaceMeta { name: None, address: None, province: None, province_id: None, url: None };
        (joined != nowhere).then_some(joined)
    }

    /// A declared province by its name in the page's language, any other as written.
    fn province(&self, written: &str) -> Localized {
        let lang = self.pair.own.lang;
        match self.config.provinces.find(written) {
            Some((_, term)) => Localized { text: term.name.get(lang).clone(), lang },
            None => Localized { text: written.to_owned(), lang: self.pair.original.lang },
        }
    }

    /// The id of a declared series a writer means; any other word is a series of its own.
    fn series(&self, written: &str) -> String {
        let declared = self.config.series.find(written);
        declared.map_or_else(|| written.to_owned(), |(_, term)| term.id.clone())
    }

    /// The themes: a translation states the texts of entries that match by `id`.
    fn themes(&mut self) -> Vec<ThemeMeta> {
        let Pair { own, original } = self.pair;
        let base = original.facts.front.event.themes.as_deref().unwrap_or_default();
        let stated = own.facts.front.event.themes.as_deref().unwrap_or_default();
        // A theme that only the translation knows is its own.
        if base.is_empty() {
            return stated.iter().map(|theme| theme_meta(theme, None, own.lang, own.lang)).collect();
        }
        self.unmatched("theme", stated.iter().map(|theme| &theme.id), base.iter().map(|theme| &theme.id));
        let mut joined = Vec::with_capacity(base.len());
        for theme in base {
            let translated = stated.iter().enumerate().find(|(_, own)| own.id == theme.id);
            if let Some((at, translated)) = translated {
                self.same_at("theme.kind", &format!("theme.{at}.kind"), &translated.kind, &theme.kind);
                self.same_at("theme.verified", &format!("theme.{at}.verified"), &translated.verified, &theme.verified);
            }
            joined.push(theme_meta(theme, translated.map(|(_, own)| own), original.lang, own.lang));
        }
        joined
    }

    /// Reports a series that the settings do not declare.
    fn check_series(&mut self, written: Option<&str>) {
        let Some(written) = written.filter(|_| !self.is_translation()) else { return };
        if self.config.series.find(written).is_none() {
            self.diagnostics
                .push(unknown_series(written, self.config).at(Place::field(self.pair.own.path.clone(), "series")));
        }
    }

    /// A former beginning belongs to an event that was moved, and to no other.
    fn check_former_start(&mut self, base: &EventFields) {
        if self.is_translation() {
            return;
        }
        let status = base.status.unwrap_or(EventStatus::Scheduled);
        let was_moved = matches!(status, EventStatus::Rescheduled | EventStatus::Postponed);
        let path = &self.pair.own.path;
        if base.former_start.is_some() && !was_moved {
            self.diagnostics.push(
                Diagnostic::new(Code::FormerStart)
                    .with("status", status.name())
                    .at(Place::field(path.clone(), "former_start")),
            );
        } else if base.former_start.is_none() && status == EventStatus::Rescheduled {
            self.diagnostics.push(Diagnostic::new(Code::FormerStartMissing).at(Place::field(path.clone(), "status")));
        }
    }

    /// A province that was none any more on the day of the event.
    fn check_province(&mut self, place: Option<&PlaceMeta>, start: Option<WrittenDate>) {
        let id = place.and_then(|place| place.province_id.as_deref()).filter(|_| !self.is_translation());
        let known = id.and_then(|id| Some((id, self.config.province_history.get(id)?.until?)));
        let Some((id, until)) = known.filter(|(_, until)| start.is_some_and(|start| start.date > until.date)) else {
            return;
        };
        let name = self.config.provinces.find(id).map(|(_, term)| term.name.get(self.pair.own.lang).clone());
        self.diagnostics.push(
            Diagnostic::new(Code::FormerProvince)
                .with("province", name.unwrap_or_default())
                .with("day", until.date.strftime("%d/%m/%Y").to_string())
                .at(Place::field(self.pair.own.path.clone(), "place.province")),
        );
    }

    /// An event that appears only when it begins, or later, is probably a mistake.
    fn warn_late_event(&mut self, start: Moment) {
        let base = &self.pair.original.facts.front;
        let appears = self.start(base.publish.or(base.date)).filter(|date| date.at >= start.at);
        if let Some(appears) = appears.filter(|_| !self.is_translation()) {
            self.diagnostics.push(
                Diagnostic::new(Code::LateDate)
                    .with("field", Arg::Field("start".to_owned()))
                    .with("moment", appears.to_the_minute())
                    .at(Place::field(
                        self.pair.own.path.clone(),
                        if base.publish.is_some() { "publish" } else { "date" },
                    )),
            );
        }
    }
}

/// A theme with its texts as a translation states them, else as the original does.
fn theme_meta(theme: &ThemeFields, translated: Option<&ThemeFields>, lang: Lang, own: Lang) -> ThemeMeta {
    let source = translated.and_then(|theme| theme.source.as_ref()).map(|source| localized(source, own));
    ThemeMeta {
        text: translated.map_or_else(|| localized(&theme.text, lang), |theme| localized(&theme.text, own)),
        kind: theme.kind.unwrap_or_default(),
        source: source.or_else(|| theme.source.as_ref().map(|source| localized(source, lang))),
        verified: theme.verified,
    }
}

/// A series that the settings do not declare.
pub(in crate::site) fn unknown_series(written: &str, config: &SiteConfig) -> Diagnostic {
    let known = config.series.iter().flat_map(|term| [term.id.as_str(), &term.name.vi, &term.name.en]);
    Diagnostic::new(Code::UnknownSeries).with("series", written).suggest(closest(written, known))
}
