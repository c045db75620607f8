//! The fields of a legal document in a page.

use super::{Joiner, Pair, meant};
use crate::base::date::{Bound, Moment};
use crate::content::front_matter::DecisionFields;
use crate::diag::{Arg, Code, Diagnostic, Place};
use crate::site::meta::{AttachmentMeta, DecisionMeta};

impl Joiner<'_> {
    pub(super) fn decision(&mut self) -> Option<DecisionMeta> {
        let Pair { own, original } = self.pair;
        let (front, base) = (&own.facts.front.decision, &original.facts.front.decision);
        if self.is_translation() {
            self.same_decision(front, base);
        }
        let complete = [
            self.require("number", base.number.is_some()),
            self.require("type", base.doc_type.is_some()),
            self.require("issued", base.issued.is_some()),
            self.require("agency", base.agency.is_some()),
        ];
        let agency = self.agency(base.agency.as_deref());
        let province = self.document_province(base.province.as_deref());
        let attachments = self.attachments();
        let targets = self.targets();
        complete.into_iter().collect::<Option<Vec<()>>>()?;
        let issued = self.start(base.issued)?;
        self.warn_late_decision(issued);
        self.warn_early_effect(issued);
        self.warn_unread_scan(&attachments);
        Some(DecisionMeta {
            number: base.number.clone()?,
            doc_type: base.doc_type.clone()?,
            issued,
            effective: self.start(base.effective),
            effective_until: self.end(base.effective_until),
            agency,
            province,
            signer: self.text(|front| front.decision.signer.as_ref()),
            partly: base.partly.unwrap_or(false),
            status_checked: base
                .status_checked
                .as_ref()
                .map(|checked| (checked.date.resolve(&self.config.timezone, Bound::Start), checked.url.clone())),
            replaces: base.replaces.clone().unwrap_or_default(),
            amends: base.amends.clone().unwrap_or_default(),
            basis: base.basis.clone().unwrap_or_default(),
            implements: base.implements.clone().unwrap_or_default(),
            official_url: base.official_url.clone(),
            attachments,
            targets,
        })
    }

    /// Reports neutral fields that a translation states otherwise.
    fn same_decision(&mut self, front: &DecisionFields, base: &DecisionFields) {
        self.same("number", &front.number, &base.number);
        self.same("type", &front.doc_type, &base.doc_type);
        self.same("issued", &self.start(front.issued), &self.start(base.issued));
        self.same("effective", &self.start(front.effective), &self.start(base.effective));
        self.same("effective_until", &self.end(front.effective_until), &self.end(base.effective_until));
        let agency = |written: &Option<String>| written.as_deref().map(|text| meant(&self.config.agencies, text));
        self.same("agency", &agency(&front.agency), &agency(&base.agency));
        let province = |written: &Option<String>| written.as_deref().map(|text| meant(&self.config.provinces, text));
        self.same("province", &province(&front.province), &province(&base.province));
        self.same("partly", &front.partly, &base.partly);
        let checked = |decision: &DecisionFields| {
            decision.status_checked.as_ref().map(|checked| (self.start(Some(checked.date)), checked.url.clone()))
        };
        self.same("status_checked", &checked(front), &checked(base));
        self.same("replaces", &front.replaces, &base.replaces);
        self.same("amends", &front.amends, &base.amends);
        self.same("basis", &front.basis, &base.basis);
        self.same("implements", &front.implements, &base.implements);
        self.same("official_url", &front.official_url, &base.official_url);
    }

    /// The declared agency a writer means.
    fn agency(&mut self, written: Option<&str>) -> Option<usize> {
        let written = written?;
        let found = self.config.agencies.find(written);
        if found.is_none() {
            let known = self.config.agencies.iter().map(|term| term.id.as_str());
            self.diagnostics.push(
                Diagnostic::new(Code::UnknownAgency)
                    .with("agency", written)
                    .suggest(crate::base::similar::closest(written, known))
                    .at(Place::field(self.pair.original.path.clone(), "agency")),
            );
        }
        found.map(|(index, _)| index)
    }

    /// The declared province a writer means.
    fn document_province(&mut self, written: Option<&str>) -> Option<usize> {
        let written = written?;
        let found = self.config.provinces.find(written);
        if found.is_none() && !self.is_translation() {
            let known = self.config.provinces.iter().flat_map(|term| [term.id.as_str(), &term.name.vi, &term.name.en]);
            self.diagnostics.push(
                Diagnostic::new(Code::UnknownProvince)
                    .with("province", written)
                    .suggest(crate::base::similar::closest(written, known))
                    .at(Place::field(self.pair.original.path.clone(), "province")),
            );
        }
        found.map(|(index, _)| index)
    }

    /// A document whose `date` repeats a day of signing that is still to come would appear only
    /// then: probably not what the writer wants.
    fn warn_late_decision(&mut self, issued: Moment) {
        let base = &self.pair.original.facts.front;
        let repeats = |date: &Moment| date.local == issued.local && date.at > self.now.at;
        let Some(date) = self.start(base.date).filter(|date| repeats(date) && base.publish.is_none()) else { return };
        if !self.is_translation() {
            self.diagnostics.push(
                Diagnostic::new(Code::LateDate)
                    .with("field", Arg::Field("issued".to_owned()))
                    .with("moment", date.to_the_minute())
                    .at(Place::field(self.pair.own.path.clone(), "date")),
            );
        }
    }

    /// A document takes effect on the day it is issued or later; that it does so before is rare, and has to be
    /// said by the document itself.
    fn warn_early_effect(&mut self, issued: Moment) {
        let base = &self.pair.original.facts.front.decision;
        let effective = self.start(base.effective).filter(|effective| effective.local.date() < issued.local.date());
        let Some(effective) = effective.filter(|_| !self.is_translation()) else { return };
        let day = |moment: Moment| moment.local.strftime("%d/%m/%Y").to_string();
        self.diagnostics.push(
            Diagnostic::new(Code::EffectBeforeIssue)
                .with("effective", day(effective))
                .with("issued", day(issued))
                .at(Place::field(self.pair.own.path.clone(), "effective")),
        );
    }

    /// A scan says nothing to a screen reader or a search: the page has to say in text what is in it.
    fn warn_unread_scan(&mut self, attachments: &[AttachmentMeta]) {
        let own = self.pair.own;
        let has_summary = own.facts.words > 0 || own.facts.front.description.is_some();
        let Some(at) = attachments.iter().position(|attachment| attachment.scanned) else { return };
        if !has_summary && !self.is_translation() {
            let place = Place::field(own.path.clone(), format!("attachments.{at}.scanned"));
            self.diagnostics.push(Diagnostic::new(Code::ScanWithoutSummary).at(place));
        }
    }
}
