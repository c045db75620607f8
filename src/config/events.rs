//! What the settings know of series and provinces beside their names, and of the licence of open data.

use std::collections::BTreeMap;

use super::reader::{Reader, Settings};
use crate::base::date::{MonthDay, WrittenDate};
use crate::base::lang::PerLang;
use crate::diag::Code;
use crate::source::yaml::Node;

/// What is known of a province that is no longer one, or is no longer called so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProvinceHistory {
    /// The last day it was one.
    pub until: Option<WrittenDate>,
    /// A remark for readers.
    pub note: PerLang<Option<String>>,
}

/// Under which terms others may use the open data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its name.
    pub name: PerLang<String>,
    /// Where its text is.
    pub url: String,
}

/// The day of the year of a series that has one by rule: `yearly: 10/10`.
pub(super) fn yearly(reader: &mut Reader, entry: &mut Settings, id: &str, days: &mut BTreeMap<String, MonthDay>) {
    let path = entry.at("yearly");
    let Some(text) = reader.text(entry, "yearly") else { return };
    match MonthDay::parse(&text) {
        Some(day) => drop(days.insert(id.to_owned(), day)),
        None => reader.bad(&path, "wanted.month-day"),
    }
}

/// What is known of a province: `until: 2025-06-30`, `note: {vi: …, en: …}`.
pub(super) fn province(
    reader: &mut Reader,
    entry: &mut Settings,
    id: &str,
    history: &mut BTreeMap<String, ProvinceHistory>,
) {
    let path = entry.at("until");
    let until = reader.text(entry, "until").and_then(|text| {
        let date = WrittenDate::parse(&text);
        if date.is_none() {
            reader.push(Code::BadDate, &path, |problem| {
                problem.with("field", path.as_str()).with("value", text.as_str())
            });
        }
        date
    });
    let known = ProvinceHistory { until, note: reader.either(entry, "note") };
    if known != ProvinceHistory::default() {
        history.insert(id.to_owned(), known);
    }
}

/// `open_data: {licence: {name: …, url: …}}`
pub(super) fn licence(reader: &mut Reader, top: &mut Settings) -> Option<Licence> {
    let mut data = reader.map(top, "open_data")?;
    let licence = reader.map(&mut data, "licence").and_then(|mut map| {
        let name = map.take("name").and_then(|node: Node| reader.both(node, "open_data.licence.name"));
        let url = reader.web_url(&mut map, "url");
        reader.done(map);
        let licence = name.zip(url).map(|(name, url)| Licence { name, url });
        if licence.is_none() && !reader.problems.has_errors() {
            reader.push(Code::SettingMissing, "open_data.licence", |problem| problem);
        }
        licence
    });
    reader.done(data);
    licence
}
