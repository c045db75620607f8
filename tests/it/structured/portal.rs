//! All pages of the repository's own portal: each has one graph, everything in it is on the page, and every
//! address of the portal in it answers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Page;
use crate::fixtures;

const ORIGIN: &str = "https://ngay-chuyen-doi-so.example";

/// What is said in words that readers see.
const TEXTS: [&str; 16] = [
    "name",
    "headline",
    "description",
    "caption",
    "creditText",
    "telephone",
    "email",
    "address",
    "streetAddress",
    "addressRegion",
    "legislationIdentifier",
    "legislationType",
    "alternateName",
    "text",
    "measurementTechnique",
    "about",
];

/// Days and hours, which readers see in their own form.
const DATES: [&str; 8] = [
    "datePublished",
    "dateModified",
    "startDate",
    "endDate",
    "previousStartDate",
    "legislationDate",
    "legislationDateVersion",
    "dateCreated",
];

/// Addresses.
const ADDRESSES: [&str; 7] = ["@id", "url", "item", "contentUrl", "sameAs", "license", "isBasedOnUrl"];

/// Codes, which are said in other words or none: types, languages, what schema.org has a word for.
const CODES: [&str; 14] = [
    "@type",
    "position",
    "inLanguage",
    "legislationJurisdiction",
    "legislationLegalForce",
    "legislationLegalValue",
    "eventStatus",
    "eventAttendanceMode",
    "encodingFormat",
    "repeatFrequency",
    "byMonth",
    "byMonthDay",
    "availableLanguage",
    "scheduleTimezone",
];

#[test]
fn every_page_says_what_it_shows() {
    let tree = fixtures::real().build_clean().tree();
    let mut wrong = BTreeSet::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let page = Page::read(html);
        let mut check = Check { page: &page, tree: &tree, wrong: BTreeSet::new() };
        page.graph.iter().for_each(|node| check.node(node));
        check.references();
        check.trail();
        wrong.extend(check.wrong.into_iter().map(|problem| format!("{path}: {problem}")));
        for node in &page.graph {
            *kinds.entry(node["@type"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        let canonical = page.tags.iter().find(|tag| tag.get("rel") == "canonical").map(|tag| tag.get("href"));
        if let (Some(canonical), false) = (canonical, path.ends_with("404.html")) {
            let own = page.graph.iter().any(|node| node["@id"] == canonical && node["url"] == canonical);
            assert!(own, "{path}: {:#?}", page.graph);
        }
    }
    assert!(wrong.is_empty(), "{} problems:\n{:#?}", wrong.len(), wrong);
    let least =
        [("NewsArticle", 20), ("Legislation", 20), ("Event", 20), ("BreadcrumbList", 100), ("CollectionPage", 50)];
    assert!(least.iter().all(|(kind, least)| kinds.get(*kind).is_some_and(|found| found >= least)), "{kinds:?}");
    assert_eq!(kinds["Organization"], kinds["WebSite"]);
}

struct Check<'a> {
    page: &'a Page,
    tree: &'a BTreeMap<String, Vec<u8>>,
    wrong: BTreeSet<String>,
}

impl Check<'_> {
    fn node(&mut self, node: &Value) {
        for (key, value) in node.as_object().unwrap() {
            match value {
                Value::Array(items) => items.iter().for_each(|item| self.field(key, item)),
                value => self.field(key, value),
            }
        }
    }

    fn field(&mut self, key: &str, value: &Value) {
        let text = match value {
            Value::Object(_) => return self.node(value),
            Value::String(text) => text.as_str(),
            Value::Number(_) => "",
            other => panic!("{key}: {other}"),
        };
        let folded = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shows = match key {
            _ if CODES.contains(&key) => true,
            _ if TEXTS.contains(&key) => !text.is_empty() && self.page.text().contains(&folded()),
            _ if DATES.contains(&key) => self.dated(text),
            _ if ADDRESSES.contains(&key) => self.answers(key, text),
            _ => false,
        };
        if !shows {
            self.wrong.insert(format!("{key}: {text}"));
        }
    }

    /// Whether a day stands on the page: for machines, or as the end of several days.
    fn dated(&self, date: &str) -> bool {
        let day: Option<jiff::civil::Date> = date.parse().ok();
        let forms = day.iter().flat_map(|day| ["%d/%m/%Y", "%-d %B %Y"].map(|form| day.strftime(form).to_string()));
        let is_read = forms.into_iter().any(|form| self.page.text().contains(&form));
        is_read || self.page.tags.iter().any(|tag| tag.get("datetime") == date)
    }

    /// Whether an address is absolute, and leads to something where it leads into the portal. What it leads
    /// to outside is a link of the page.
    fn answers(&self, key: &str, address: &str) -> bool {
        let Some(path) = address.strip_prefix(ORIGIN) else {
            let is_linked = self.page.tags.iter().any(|tag| tag.get("href") == address);
            return address.starts_with("https://") && is_linked;
        };
        let path = path.split('#').next().unwrap();
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let is_named = key == "@id" || !address.contains('#');
        is_named && self.tree.contains_key(file.trim_start_matches('/'))
    }

    /// What names a node without saying anything of it, names one of this graph.
    fn references(&mut self) {
        let mut said = BTreeSet::new();
        let mut named = BTreeSet::new();
        let mut open: Vec<&Value> = self.page.graph.iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Object(fields) => {
                    if let Some(id) = value["@id"].as_str() {
                        if fields.len() == 1 { &mut named } else { &mut said }.insert(id);
                    }
                    open.extend(fields.values());
                }
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        self.wrong.extend(named.difference(&said).map(|id| format!("{id} is nothing")));
    }

    /// The way is the one that readers see.
    fn trail(&mut self) {
        let steps = self.page.trail();
        let list = self.page.graph.iter().find(|node| node["@type"] == "BreadcrumbList");
        let items = list.map(|list| list["itemListElement"].as_array().unwrap().clone()).unwrap_or_default();
        let said = |(number, item): (usize, &Value)| {
            assert_eq!(item["position"], number + 1);
            let url = item["item"].as_str().unwrap().strip_prefix(ORIGIN).unwrap().to_owned();
            (item["name"].as_str().unwrap().to_owned(), url)
        };
        let said: Vec<(String, String)> = items.iter().enumerate().map(said).collect();
        if said != steps {
            self.wrong.insert(format!("{said:?} instead of {steps:?}"));
        }
    }
}
