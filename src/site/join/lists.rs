//! List entries of a translation, matched with the original's by id, file or date.

use super::{Joiner, localized};
use crate::base::lang::Lang;
use crate::content::front_matter::{Attachment, DocumentTarget};
use crate::diag::{Arg, Code, Diagnostic, Place};
use crate::site::meta::{AttachmentMeta, Localized, MeasuredMeta, TargetMeta};

impl Joiner<'_> {
    /// Reports entries of a translation's list that match none of the original's.
    pub(super) fn unmatched<K: PartialEq>(
        &mut self,
        field: &str,
        stated: impl Iterator<Item = K>,
        original: impl Iterator<Item = K>,
    ) {
        if !self.is_translation() {
            return;
        }
        let known: Vec<K> = original.collect();
        for (index, _) in stated.enumerate().filter(|(_, key)| !known.contains(key)) {
            self.diagnostics.push(
                Diagnostic::new(Code::UnmatchedListEntry)
                    .with("field", Arg::Field(field.to_owned()))
                    .with("original", &self.pair.original.path)
                    .at(Place::field(self.pair.own.path.clone(), format!("{field}.{index}"))),
            );
        }
    }

    pub(super) fn attachments(&mut self) -> Vec<AttachmentMeta> {
        let (own, original) = (self.pair.own, self.pair.original);
        let base: &[Attachment] = original.facts.front.decision.attachments.as_deref().unwrap_or_default();
        let stated: &[Attachment] = own.facts.front.decision.attachments.as_deref().unwrap_or_default();
        self.unmatched("attachments", stated.iter().map(|a| &a.file), base.iter().map(|a| &a.file));
        let mut joined = Vec::with_capacity(base.len());
        for (index, attachment) in base.iter().enumerate() {
            let Some(file) = self.file(&attachment.file, &format!("attachments.{index}.file")) else { continue };
            let translated = stated.iter().enumerate().find(|(_, a)| a.file == attachment.file);
            if let Some((at, translated)) = translated {
                let place = format!("attachments.{at}.scanned");
                self.same_at("attachments.scanned", &place, &translated.scanned, &attachment.scanned);
                let place = format!("attachments.{at}.pages");
                self.same_at("attachments.pages", &place, &translated.pages, &attachment.pages);
            }
            let translated = translated.and_then(|(_, a)| a.title.as_deref());
            let title = text_of(translated, own.lang, attachment.title.as_deref(), original.lang);
            let (pages, scanned) = (attachment.pages, attachment.scanned.unwrap_or(false));
            joined.push(AttachmentMeta { file, title, pages, scanned });
        }
        joined
    }

    pub(super) fn targets(&mut self) -> Vec<TargetMeta> {
        let (own, original) = (self.pair.own, self.pair.original);
        let base: &[DocumentTarget] = original.facts.front.decision.targets.as_deref().unwrap_or_default();
        let stated: &[DocumentTarget] = own.facts.front.decision.targets.as_deref().unwrap_or_default();
        self.unmatched("targets", stated.iter().map(|t| &t.id), base.iter().map(|t| &t.id));
        let mut joined = Vec::with_capacity(base.len());
        for target in base {
            let translated = stated.iter().enumerate().find(|(_, t)| t.id == target.id);
            if let Some((at, translated)) = translated {
                self.same_target(translated, at, target);
            }
            let translated = translated.map(|(_, translated)| translated);
            let own_label = translated.and_then(|t| t.label.as_deref());
            let Some(label) = text_of(own_label, own.lang, target.label.as_deref(), original.lang) else { continue };
            let own_source = translated.and_then(|t| t.source.as_deref());
            joined.push(TargetMeta {
                id: target.id.clone(),
                label,
                unit: target.unit.clone(),
                years: target.years.clone(),
                measured: target
                    .measured
                    .iter()
                    .filter_map(|m| {
                        let as_of = self.start(Some(m.as_of))?;
                        Some(MeasuredMeta { value: m.value, as_of, source: m.source.clone() })
                    })
                    .collect(),
                source: text_of(own_source, own.lang, target.source.as_deref(), original.lang),
            });
        }
        joined
    }

    /// Reports values of a target that a translation states otherwise.
    fn same_target(&mut self, translated: &DocumentTarget, at: usize, original: &DocumentTarget) {
        for (year, value) in &translated.years {
            let place = format!("targets.{at}.{year}");
            self.same_at("targets.YYYY", &place, &Some(value), &original.years.get(year));
        }
        self.same_at("targets.unit", &format!("targets.{at}.unit"), &translated.unit, &original.unit);
        let measured = (!translated.measured.is_empty()).then_some(&translated.measured);
        let place = format!("targets.{at}.measured");
        self.same_at("targets.measured", &place, &measured, &Some(&original.measured));
    }
}

/// The translated text, else the original's.
fn text_of(own: Option<&str>, lang: Lang, original: Option<&str>, original_lang: Lang) -> Option<Localized> {
    own.map(|text| localized(text, lang)).or_else(|| original.map(|text| localized(text, original_lang)))
}
