//! Open data of legal documents: all of them as JSON, their targets as CSV (`docs/open-data.md`).

use serde_json::{Value as Json, json};

use super::Rendered;
use super::data::{Data, RelatedDocument};
use super::engine::Worker;
use super::open_data::{date, file, localized, term};
use super::view::View;
use crate::base::date::iso;
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::config::MissingTranslation;
use crate::content::front_matter::Quantity;
use crate::domain::document_types::DocumentType;
use crate::site::documents::LegalStatus;
use crate::site::meta::{AttachmentMeta, DecisionMeta, TargetMeta};
use crate::site::{Page, SetId};

/// What open data tell of one document.
#[derive(Hash)]
pub(super) struct DocumentRecord<'a> {
    id: &'a str,
    section: &'a str,
    url: &'a UrlPath,
    lang: Lang,
    title: &'a str,
    description: Option<&'a str>,
    topics: &'a [usize],
    decision: &'a DecisionMeta,
    status: Option<LegalStatus>,
    relations: Vec<RelatedDocument<'a>>,
    /// The published ones with their addresses and sizes in bytes.
    attachments: Vec<(&'a AttachmentMeta, &'a UrlPath, Option<u64>)>,
}

/// What open data in a language tell of all documents, the last issued first. One that was taken back is gone.
pub(super) fn records(data: &Data, lang: Lang) -> Vec<DocumentRecord<'_>> {
    let site = &data.site;
    let mut records: Vec<DocumentRecord<'_>> = (0..site.sets.len() as u32)
        .filter_map(|set| {
            let page = site.page(site.page_for(SetId(set), lang)?);
            let listed = page.lang == lang || site.config.missing_translation == MissingTranslation::Link;
            record(data, SetId(set), page, lang).filter(|_| listed)
        })
        .collect();
    records.sort_by(|a, b| b.decision.issued.at.cmp(&a.decision.issued.at).then_with(|| a.id.cmp(b.id)));
    records
}

fn record<'a>(data: &'a Data, set: SetId, page: &'a Page, lang: Lang) -> Option<DocumentRecord<'a>> {
    let site = &data.site;
    let decision = page.meta.decision.as_deref().filter(|_| page.meta.withdrawn.is_none())?;
    let attachments = decision.attachments.iter().filter_map(|attachment| {
        Some((attachment, site.files.get(&attachment.file)?, site.sizes.get(&attachment.file).copied()))
    });
    Some(DocumentRecord {
        id: &site.set(set).id,
        section: &site.section(site.set(set).section).key,
        url: &page.url,
        lang: page.lang,
        title: &page.meta.title,
        description: page.meta.description.as_deref(),
        topics: &page.meta.topics,
        decision,
        status: site.legal_status(set),
        relations: data.relations(set, lang),
        attachments: attachments.collect(),
    })
}

/// `documents.json`
pub(super) fn documents(worker: &Worker) -> Rendered {
    let records = worker.view.document_records();
    let items = records.iter().map(|record| document(worker, record)).collect::<Result<Vec<Json>, _>>()?;
    Ok(file(&worker.view, [("items", Json::from(items))]))
}

fn document(worker: &Worker, record: &DocumentRecord<'_>) -> Result<Json, Box<crate::diag::Diagnostic>> {
    let view = &worker.view;
    let (config, lang, decision) = (view.config(), view.lang(), record.decision);
    let absolute = |url: &UrlPath| config.base_url.absolute(url);
    let kind = DocumentType::from_id(&decision.doc_type);
    let status_name = match record.status {
        Some(status) => Some(worker.string(&format!("status.{}", status.name()))?.form(None)),
        None => None,
    };
    let relations = record.relations.iter().map(|related| {
        json!({
            "relation": related.relation.name(),
            "number": related.number,
            "url": related.page.map(|page| absolute(page.url)),
        })
    });
    let attachments = record.attachments.iter().map(|(attachment, url, size)| {
        json!({
            "url": absolute(url),
            "title": localized(attachment.title.as_ref()),
            "size": size,
            "pages": attachment.pages,
            "scanned": attachment.scanned,
        })
    });
    let agency = decision.agency.and_then(|index| config.agencies.get(index));
    let province = decision.province.and_then(|index| config.provinces.get(index));
    let checked = decision.status_checked.as_ref();
    Ok(json!({
        "id": record.id,
        "section": record.section,
        "number": decision.number,
        "type": decision.doc_type,
        "type_name": kind.map_or(decision.doc_type.as_str(), |kind| kind.name(lang)),
        "title": record.title,
        "description": record.description,
        "language": record.lang.tag(),
        "url": absolute(record.url),
        "agency": agency.map(|agency| term(agency, lang)),
        "province": province.map(|province| term(province, lang)),
        "signer": localized(decision.signer.as_ref()),
        "issued": date(Some(decision.issued)),
        "effective": date(decision.effective),
        "effective_until": date(decision.effective_until),
        "status": record.status.map(LegalStatus::name),
        "status_name": status_name,
        "status_checked": checked.map(|(day, url)| json!({"date": date(Some(*day)), "url": url})),
        "official_url": decision.official_url,
        "topics": config.topics.at(record.topics).map(|topic| term(topic, lang)).collect::<Json>(),
        "relations": relations.collect::<Json>(),
        "attachments": attachments.collect::<Json>(),
    }))
}

/// The columns of `targets.csv`.
const COLUMNS: [&str; 12] = [
    "document_number",
    "document_url",
    "target_id",
    "target",
    "unit",
    "kind",
    "year",
    "as_of",
    "comparison",
    "value",
    "source",
    "language",
];

/// `targets.csv` after RFC 4180, with a header and one value on each line. It begins with a byte order mark,
/// without which Excel takes UTF-8 for something else; other programs skip it.
pub(super) fn targets(view: &View) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    line(&COLUMNS, &mut out);
    for record in view.document_records() {
        let url = view.config().base_url.absolute(record.url);
        for target in &record.decision.targets {
            target_lines(&record, target, &url, &mut out);
        }
    }
    out.into_bytes()
}

fn target_lines(record: &DocumentRecord<'_>, target: &TargetMeta, url: &str, out: &mut String) {
    let unit = target.unit.as_deref().unwrap_or_default();
    let source = target.source.as_ref().map_or("", |source| &source.text);
    let mut add = |kind: &str, (year, as_of): (&str, &str), quantity: Quantity, source: &str| {
        let comparison = quantity.comparison.map(String::from).unwrap_or_default();
        let value = quantity.value.to_string();
        let document = [record.decision.number.as_str(), url, &target.id, &target.label.text, unit];
        let rest = [kind, year, as_of, &comparison, &value, source, target.label.lang.tag()];
        line(&[&document[..], &rest[..]].concat(), out);
    };
    for (year, quantity) in &target.years {
        add("target", (&year.to_string(), ""), *quantity, source);
    }
    for measured in &target.measured {
        let (year, day) = (measured.as_of.local.year().to_string(), iso(measured.as_of.local.date()));
        add("measured", (&year, &day), Quantity { comparison: None, value: measured.value }, &measured.source);
    }
}

/// One line of a CSV file. Fields that hold what separates them stand in quotation marks.
fn line(fields: &[&str], out: &mut String) {
    for (number, field) in fields.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_separates_fields_is_quoted() {
        let mut out = String::new();
        line(&["a", "b,c", "d\"e", "f\ng", "", "≥ 10"], &mut out);
        assert_eq!(out, "a,\"b,c\",\"d\"\"e\",\"f\ng\",,≥ 10\r\n");
    }
}
