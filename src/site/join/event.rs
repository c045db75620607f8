//! The fields of an event in a page.

use super::{Joiner, Pair, meant};
use crate::base::date::Moment;
use crate::content::front_matter::{EventFields, EventStatus, PlaceFields};
use crate::diag::{Arg, Code, Diagnostic, Place};
use crate::site::meta::{EventMeta, Localized, PlaceMeta, Span};

impl Joiner<'_> {
    pub(super) fn event(&mut self) -> Option<EventMeta> {
        let Pair { own, original } = self.pair;
        let (front, base) = (&own.facts.front.event, &original.facts.front.event);
        if self.is_translation() {
            self.same_event(front, base);
        }
        let series = base.series.as_deref().map(|written| self.series(written));
        let place = self.place();
        self.require("start", base.start.is_some())?;
        let start = self.start(base.start)?;
        self.warn_late_event(start);
        Some(EventMeta {
            start,
            end: self.end(base.end),
            span: if base.all_day == Some(true) { Span::AllDay } else { Span::Hours },
            status: base.status.unwrap_or(EventStatus::Scheduled),
            former_start: self.start(base.former_start),
            place,
            organiser: self.text(|front| front.event.organiser.as_ref()),
            series,
            theme: self.text(|front| front.event.theme.as_ref()),
        })
    }

    /// Reports neutral fields that a translation states otherwise.
    fn same_event(&mut self, front: &EventFields, base: &EventFields) {
        self.same("start", &self.start(front.start), &self.start(base.start));
        self.same("end", &self.end(front.end), &self.end(base.end));
        self.same("all_day", &front.all_day, &base.all_day);
        self.same("status", &front.status, &base.status);
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
            url: url.cloned(),
        };
        let nowhere = PlaceMeta { name: None, address: None, province: None, url: None };
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
