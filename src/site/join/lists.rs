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
            let translated = stated.iter().find(|a| a.file == attachment.file).and_then(|a| a.title.as_deref());
            let title = text_of(translated, own.lang, attachment.title.as_deref(), original.lang);
            joined.push(AttachmentMeta { file, title, scanned: attachment.scanned });
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
            let translated = stated.iter().find(|t| t.id == target.id);
            if let Some(translated) = translated {
                self.same_target(translated, target);
            }
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
    fn same_target(&mut self, translated: &DocumentTarget, original: &DocumentTarget) {
        let stated_years = (!translated.years.is_empty()).then_some(&translated.years);
        self.same("targets", &stated_years, &Some(&original.years));
        self.same("targets", &translated.unit, &original.unit);
        let stated_measured = (!translated.measured.is_empty()).then_some(&translated.measured);
        self.same("targets", &stated_measured, &Some(&original.measured));
    }
}

/// The translated text, else the original's.
fn text_of(own: Option<&str>, lang: Lang, original: Option<&str>, original_lang: Lang) -> Option<Localized> {
    own.map(|text| localized(text, lang)).or_else(|| original.map(|text| localized(text, original_lang)))
}
