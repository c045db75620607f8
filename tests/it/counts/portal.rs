//! The portal whose outputs are counted: two dozen news items, documents, events and an ordinary page,
//! with the default theme.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{Portal, SERIES, SETTINGS, tree};

/// Outputs by path.
pub(super) type Outputs = BTreeSet<String>;

type Tree = BTreeMap<String, Vec<u8>>;

/// No outputs.
pub(super) fn none() -> Outputs {
    Outputs::new()
}

/// The Vietnamese feeds that have news.
pub(super) fn feeds() -> Outputs {
    set(["atom.xml", "tin-tuc/atom.xml"])
}

/// All pages of the list of news.
pub(super) fn lists() -> Outputs {
    let english = ["en/news/index.html", "en/news/page/2/index.html", "en/news/page/3/index.html"];
    all([set(["tin-tuc/index.html", "tin-tuc/trang/2/index.html", "tin-tuc/trang/3/index.html"]), set(english)])
}

/// The lists of all topics, with the number of pages of each.
pub(super) fn topics() -> Outputs {
    set(["chu-de/index.html", "en/topics/index.html"])
}

/// The site maps for people: titles and addresses.
pub(super) fn site_maps() -> Outputs {
    set(["so-do-trang/index.html", "en/site-map/index.html"])
}

/// The site map for search engines: addresses, and when they last changed.
pub(super) fn sitemap() -> Outputs {
    set(["sitemap.xml"])
}

/// How many news items there are.
pub(super) const NEWS: usize = 24;

/// A news item. Its title, its description and its text each hold words of their own, so that one can
/// tell from an output what it shows.
fn item(number: usize) -> String {
    let (year, month) = if number < 12 { (2025, number + 1) } else { (2026, (number - 12) * 10 / 12 + 1) };
    let topics = ["topics: [data]\n", "topics: [skills]\n", ""][number % 3];
    let tags = if number.is_multiple_of(8) { "tags: [an-toan]\n" } else { "" };
    format!(
        "---\ntitle: Tựa {number:02}.\ndescription: Mô tả {number:02}.\ndate: {year}-{month:02}-{:02}\n{topics}{tags}---\n\nMở đầu {number:02}.\n\nThân {number:02}.\n",
        number + 1
    )
}

/// The portal before any edit.
pub(super) fn portal() -> Portal {
    let settings = SETTINGS.replace(
        "menu: [news/_index.md]\n",
        "menu: [news/_index.md, decisions/_index.md, events/_index.md]\nfooter: [about.md]\n\
         owner: {name: {vi: Ban biên tập, en: Editors}, phone: 024 1111, responsible: A, address: B, email: a@b.example}\n",
    );
    let mut portal = Portal::new()
        .file("site.yaml", format!("{settings}{SERIES}theme: own\n"))
        .file("themes/own/theme.yaml", "extends: default\n")
        .file("static/verify.txt", "a")
        .file("content/_index.md", "---\ntitle: Trang chủ\n---\n\nLời chào.\n")
        .file("content/_index.en.md", "---\ntitle: Home\n---\n\nWelcome.\n")
        .file("content/news/_index.md", "---\ntitle: Tin tức\nkind: news\nslug: tin-tuc\npage_size: 10\n---\n")
        .file("content/about.md", "---\ntitle: Giới thiệu\n---\n\n:::targets from=\"decisions/749.md\"\n:::\n")
        .file("content/about.en.md", "---\ntitle: About\n---\n\nWords.\n")
        .file(
            "content/decisions/749.md",
            "---\ntitle: Chương trình\nnumber: 749/QĐ-TTg\ntype: decision\nissued: 2020-06-03\nagency: prime-minister\n\
             targets: [{id: fibre, label: Cáp quang, unit: \"%\", \"2025\": 80}]\n---\n\nChương trình.\n",
        )
        .file(
            "content/decisions/12.md",
            "---\ntitle: Cũ hơn\nnumber: 12/QĐ-TTg\ntype: decision\nissued: 2015-01-05\nagency: government\n---\n\nCũ.\n",
        )
        .file("content/events/ngay.md", "---\ntitle: Ngày hội\nstart: 2025-10-10\nseries: the-day\n---\n\nĐã qua.\n")
        .file("content/events/gap.md", "---\ntitle: Gặp mặt\nstart: 2026-11-20T08:00\n---\n\nSẽ có.\n")
        .file("content/events/hop.md", "---\ntitle: Họp\nstart: 2026-12-15T08:00\n---\n\nSẽ có.\n");
    for number in 0..NEWS {
        portal = portal.file(&news(number), item(number));
        if number.is_multiple_of(2) {
            let text = format!(
                "---\ntitle: Heading {number:02}.\ndescription: Summary {number:02}.\n---\n\nWords {number:02}.\n"
            );
            portal = portal.file(&format!("content/news/tin-{number:02}.en.md"), text);
        }
    }
    portal
}

/// The source of a news item.
pub(super) fn news(number: usize) -> String {
    format!("content/news/tin-{number:02}.md")
}

/// The output of a news item.
pub(super) fn page(number: usize) -> Outputs {
    set([&format!("tin-tuc/tin-{number:02}/index.html")])
}

/// The pages of all news items in both languages.
pub(super) fn all_news() -> Outputs {
    let english = (0..NEWS).filter(|number| number.is_multiple_of(2));
    let english = english.map(|number| format!("en/news/tin-{number:02}/index.html"));
    (0..NEWS).flat_map(page).chain(english).collect()
}

/// What an edit did.
pub(super) struct Change {
    before: Tree,
    after: Tree,
    /// Outputs that are new or have other bytes.
    pub(super) written: Outputs,
    pub(super) removed: Outputs,
    /// How many jobs were rendered.
    pub(super) rendered: usize,
}

/// Builds the portal, edits it and builds it again.
#[track_caller]
pub(super) fn edit(change: impl FnOnce(&mut Portal)) -> Change {
    edit_of(portal(), change)
}

/// The same with a portal that is not quite that one.
#[track_caller]
pub(super) fn edit_of(mut portal: Portal, change: impl FnOnce(&mut Portal)) -> Change {
    let before = portal.build_clean().tree();
    change(&mut portal);
    let built = portal.build_clean();
    let after = tree(&portal.options.out);
    let written: Outputs =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|(path, _)| path.clone()).collect();
    let removed: Outputs = before.keys().filter(|path| !after.contains_key(*path)).cloned().collect();
    let report = built.report();
    assert_eq!((report.written, report.removed), (written.len(), removed.len()));
    Change { written, removed, rendered: report.rendered, before, after }
}

impl Change {
    /// Outputs that showed a text before the edit.
    pub(super) fn showed(&self, text: &str) -> Outputs {
        showing(&self.before, text)
    }

    /// Outputs that show a text since.
    pub(super) fn show(&self, text: &str) -> Outputs {
        showing(&self.after, text)
    }

    /// English outputs that showed a text before the edit.
    pub(super) fn showed_in_english(&self, text: &str) -> Outputs {
        self.showed(text).into_iter().filter(|path| path.starts_with("en/")).collect()
    }

    /// Outputs with a row of the page of this title: they read its whole summary, whatever they show of
    /// it. Feeds and site maps have records of their own.
    pub(super) fn summarised(&self, title: &str) -> Outputs {
        let rows = self.showed(title).into_iter().filter(|path| path.ends_with(".html"));
        &rows.collect() - &site_maps()
    }

    /// All HTML that shows the frame of the theme: all but old addresses.
    pub(super) fn framed(&self) -> Outputs {
        self.show("<main id=\"cs-main\"")
    }

    /// The frame in one language.
    pub(super) fn framed_in(&self, lang: &str) -> Outputs {
        &self.framed() & &self.show(&format!("<html lang=\"{lang}\">"))
    }

    /// Holds that exactly these outputs were written, and that, besides these, exactly those were
    /// rendered which came out as they were.
    #[track_caller]
    pub(super) fn check(&self, written: Outputs, in_vain: Outputs) {
        let missing: Vec<&String> = written.difference(&self.written).collect();
        let more: Vec<&String> = self.written.difference(&written).collect();
        assert!(missing.is_empty() && more.is_empty(), "not written: {missing:#?}\nwritten too: {more:#?}");
        let both: Vec<&String> = written.intersection(&in_vain).collect();
        assert_eq!(both, Vec::<&String>::new(), "not in vain");
        let rendered = written.len() + in_vain.len();
        assert_eq!(self.rendered, rendered, "rendered; written: {written:#?}\nin vain: {in_vain:#?}");
    }
}

fn showing(tree: &Tree, text: &str) -> Outputs {
    let shows = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(text);
    tree.iter().filter(|(_, bytes)| shows(bytes)).map(|(path, _)| path.clone()).collect()
}

/// Outputs by path.
pub(super) fn set<const N: usize>(paths: [&str; N]) -> Outputs {
    paths.map(str::to_owned).into()
}

/// Some outputs and others.
pub(super) fn all<const N: usize>(parts: [Outputs; N]) -> Outputs {
    parts.into_iter().flatten().collect()
}

/// Replaces a part of a source.
#[track_caller]
pub(super) fn replace(portal: &Portal, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(portal.root().join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    portal.write(path, text.replacen(from, to, 1));
}
