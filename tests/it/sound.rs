//! Whether the pages of a whole portal are sound: one heading, valid languages, ids that are unique,
//! nothing inline, and links that lead to something.

use std::collections::{BTreeMap, BTreeSet};

use crate::markup::{Tag, tags};
use crate::support::Built;

/// The pages of a portal, read.
struct Pages {
    origin: String,
    files: BTreeSet<String>,
    tags: BTreeMap<String, Vec<Tag>>,
    ids: BTreeMap<String, BTreeSet<String>>,
    wrong: Vec<String>,
}

/// Checks every page of a portal whose base URL is an origin without a path.
#[track_caller]
pub fn check(built: &Built, origin: &str) {
    let tree = built.tree();
    let mut pages = Pages {
        origin: origin.to_owned(),
        files: tree.keys().cloned().collect(),
        tags: BTreeMap::new(),
        ids: BTreeMap::new(),
        wrong: Vec::new(),
    };
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".html")) {
        let tags = tags(std::str::from_utf8(bytes).unwrap());
        let ids: Vec<&str> = tags.iter().map(|tag| tag.get("id")).filter(|id| !id.is_empty()).collect();
        let unique: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        if unique.len() != ids.len() {
            pages.wrong.push(format!("{path}: an id twice in {ids:?}"));
        }
        pages.ids.insert(path.clone(), unique);
        pages.tags.insert(path.clone(), tags);
    }
    assert!(pages.tags.len() > 5, "{:?}", pages.files);
    for (path, tags) in std::mem::take(&mut pages.tags) {
        pages.page(&path, &tags);
        for tag in &tags {
            pages.tag(&path, tag);
            for name in ["href", "src", "srcset", "action", "poster"] {
                if let Some(target) = tag.attributes.get(name) {
                    pages.link(&path, tag, target);
                }
            }
            if tag.get("http-equiv") == "refresh" {
                pages.link(&path, tag, tag.get("content").strip_prefix("0; url=").unwrap_or_default());
            }
        }
        pages.tags.insert(path, tags);
    }
    pages.languages_of_links();
    assert!(pages.wrong.is_empty(), "{} problems:\n{}", pages.wrong.len(), pages.wrong.join("\n"));
}

impl Pages {
    fn page(&mut self, path: &str, tags: &[Tag]) {
        let all = |name: &str| tags.iter().filter(|tag| tag.name == name).collect::<Vec<_>>();
        for (name, count) in [("h1", 1), ("title", 1), ("main", 1), ("html", 1)] {
            let found = all(name);
            if found.len() != count || found.iter().any(|tag| tag.text.is_empty()) {
                self.wrong.push(format!("{path}: {} <{name}>", found.len()));
            }
        }
        let lang = all("html").first().map_or("", |html| html.get("lang")).to_owned();
        let expected = if path.starts_with("en/") { "en" } else { "vi" };
        if lang != expected {
            self.wrong.push(format!("{path}: lang=\"{lang}\""));
        }
        let mut level = 1;
        for tag in tags.iter().filter(|tag| tag.name.len() == 2 && tag.name.starts_with('h')) {
            let Ok(own) = tag.name[1..].parse::<u8>() else { continue };
            if own > level + 1 {
                self.wrong.push(format!("{path}: <h{own}> {} behind <h{level}>", tag.text));
            }
            level = own;
        }
        let ids = &self.ids[path];
        for tag in tags {
            for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
                for id in tag.get(name).split_whitespace().filter(|id| !ids.contains(*id)) {
                    self.wrong.push(format!("{path}: {name} names `{id}`, which is not there"));
                }
            }
        }
    }

    fn tag(&mut self, path: &str, tag: &Tag) {
        let mut tell = |problem: String| self.wrong.push(format!("{path}: <{}> {problem}", tag.name));
        for name in tag.attributes.keys().filter(|name| *name == "style" || name.starts_with("on")) {
            tell(format!("has {name}"));
        }
        // Structured data is no script, and no policy forbids it.
        let is_script = tag.name == "script" && tag.get("type") != "application/ld+json";
        if tag.name == "style" || (is_script && (tag.get("src").is_empty() || !tag.text.is_empty())) {
            tell("is inline".to_owned());
        }
        for name in ["lang", "hreflang"] {
            let Some(lang) = tag.attributes.get(name) else { continue };
            let valid = lang == "x-default" || lang.split('-').next().is_some_and(|main| (2..=3).contains(&main.len()));
            if !valid || lang.chars().any(|c| !c.is_ascii_alphanumeric() && c != '-') {
                tell(format!("has {name}=\"{lang}\""));
            }
        }
        if tag.name == "img" && !tag.attributes.contains_key("alt") {
            tell("has no alt".to_owned());
        }
        if tag.name == "a" && tag.text.is_empty() && !tag.attributes.contains_key("aria-label") {
            tell(format!("to {} has no text", tag.get("href")));
        }
        if tag.name == "time" && tag.get("datetime").is_empty() {
            tell("has no datetime".to_owned());
        }
    }

    /// The output a link leads to, and the anchor; `None` where it leaves the portal.
    fn target(&self, path: &str, link: &str) -> Option<(String, Option<String>)> {
        let (address, anchor) = link.split_once('#').map_or((link, None), |(a, b)| (a, Some(b.to_owned())));
        let address = address.strip_prefix(&self.origin).unwrap_or(address);
        if address.is_empty() {
            return Some((path.to_owned(), anchor));
        }
        if ["https://", "http://", "mailto:", "tel:", "data:"].iter().any(|scheme| address.starts_with(scheme)) {
            return None;
        }
        let file = address.trim_start_matches('/');
        let file = if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
        Some((file, anchor))
    }

    fn link(&mut self, path: &str, tag: &Tag, link: &str) {
        if link.is_empty() {
            self.wrong.push(format!("{path}: <{}> {} leads to nothing", tag.name, tag.text));
        }
        let Some((file, anchor)) = self.target(path, link) else { return };
        if !link.starts_with('/') && !link.starts_with('#') && !link.starts_with(&self.origin) {
            self.wrong.push(format!("{path}: {link} depends on the address of the page"));
        }
        if !self.files.contains(&file) {
            self.wrong.push(format!("{path}: {link} leads nowhere"));
        }
        let known = |id: &String| self.ids.get(&file).is_some_and(|ids| ids.contains(id));
        if anchor.is_some_and(|anchor| !anchor.is_empty() && !known(&anchor)) {
            self.wrong.push(format!("{path}: {link} leads to no such place"));
        }
    }

    /// `hreflang` tells the language of the page a link leads to, and links to pages of the other
    /// language have it.
    fn languages_of_links(&mut self) {
        let lang = |file: &str| self.tags.get(file).map(|tags| tags[0].get("lang").to_owned());
        let mut wrong = Vec::new();
        for (path, tags) in &self.tags {
            for tag in tags.iter().filter(|tag| tag.name == "a") {
                let Some((file, _)) = self.target(path, tag.get("href")) else { continue };
                let (Some(own), Some(target)) = (lang(path), lang(&file)) else { continue };
                let stated = tag.get("hreflang");
                if stated != target && (own != target || !stated.is_empty()) {
                    wrong.push(format!("{path}: hreflang=\"{stated}\" on a link to {file}, which is in {target}"));
                }
            }
        }
        self.wrong.extend(wrong);
    }
}
