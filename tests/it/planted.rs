//! A portal with one page of every kind whose every field, text and file bears a mark.

use std::cell::RefCell;

use congso::base::lang::Lang;
use congso::content::front_matter::Kind;

use crate::support::{Portal, SETTINGS};

/// All planted words begin with this; nothing else in a portal holds it.
pub const MARK: &str = "zqx";

pub const KINDS: [Kind; 4] = [Kind::News, Kind::Decision, Kind::Event, Kind::Page];

/// What withholds the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Published,
    Draft,
    Date,
    Publish,
    Unpublished,
    Withdrawn,
    Section,
}

pub fn name(kind: Kind) -> &'static str {
    kind.name()
}

/// What the words of a page begin with.
pub fn prefix(kind: Kind, lang: Lang) -> String {
    format!("{MARK}{lang}{}", name(kind))
}

/// The word planted in a field.
pub fn word(kind: Kind, lang: Lang, field: &str) -> String {
    format!("{}{field}", prefix(kind, lang))
}

/// Dates and numbers planted where no word can stand, in the forms a page could show.
pub fn dated() -> Vec<&'static str> {
    let days = ["1911-02-03", "03/02/1911", "3 february 1911", "1912-02-03", "1913-02-03", "03/02/1913"];
    let more = ["1914-05-06", "06/05/1914", "/1914/", "7654321", "7.654.321", "7,654,321", "7654322", "7.654.322"];
    [&days[..], &more[..]].concat()
}

/// The file of a page.
pub fn file(kind: Kind, state: State) -> String {
    let section = match (state, kind) {
        (State::Section, _) => format!("{MARK}section{}/{MARK}below/", name(kind)),
        (_, Kind::News) => "news/".to_owned(),
        (_, Kind::Decision) => "decisions/".to_owned(),
        (_, Kind::Event) => "events/".to_owned(),
        (_, Kind::Page) => String::new(),
    };
    format!("content/{section}{MARK}folder{}/index.md", name(kind))
}

thread_local! {
    static MARKS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// All words of the published pages.
pub fn marks() -> Vec<String> {
    MARKS.with_borrow_mut(Vec::clear);
    for kind in KINDS {
        for lang in Lang::ALL {
            let _texts = (front(kind, lang, State::Published), body(kind, lang));
        }
    }
    MARKS.with_borrow(Clone::clone)
}

/// The front matter of a page.
pub fn front(kind: Kind, lang: Lang, state: State) -> String {
    let w = |field: &str| {
        let word = word(kind, lang, field);
        MARKS.with_borrow_mut(|marks| marks.push(word.clone()));
        word
    };
    let original = lang == Lang::Vi;
    let mut out = format!("title: {}\ndescription: {}\nslug: {}\n", w("title"), w("description"), w("slug"));
    out += &format!("updated: 1911-02-03\nreview_by: 1912-02-03\naliases: [/{}/]\n", w("alias"));
    out += &format!("authors: [{}]\ntags: [{}, {MARK}tag]\n", w("author"), w("freetag"));
    out += &format!("featured:\n  until: 2027-01-01\nextra:\n  {}: {}\n", w("extrakey"), w("extra"));
    out += &format!("image:\n  alt: {}\n  caption: {}\n  credit: {}\n", w("alt"), w("caption"), w("credit"));
    if original {
        out += &format!("  src: {}.svg\n", w("image"));
    }
    out += &format!("source:\n  name: {}\n", w("source"));
    if original {
        out += &format!("  url: https://{}.example/\n", w("sourceurl"));
    }
    out += &format!("corrections:\n  - date: 1913-02-03\n    text: {}\n", w("correction"));
    if original {
        out += &format!("id: {}\ntopics: [data, {MARK}topic]\n", w("id"));
        let date = match (state, kind) {
            (State::Date, _) => "2026-11-01T12:01",
            (_, Kind::Decision) => "2026-10-02",
            _ => "2026-10-01",
        };
        out += &format!("date: {date}\n");
    } else {
        out += &format!("translates: {}\n", w("translates"));
    }
    out += &match kind {
        Kind::Decision => decision(&w, original),
        Kind::Event => event(&w, original),
        Kind::News | Kind::Page => String::new(),
    };
    out += &match state {
        State::Draft => "draft: true\n".to_owned(),
        State::Publish => "publish: 2026-11-01T12:00:01\n".to_owned(),
        State::Unpublished if original => "unpublish: 2026-10-31\n".to_owned(),
        State::Withdrawn if original => format!("withdrawn:\n  date: 2026-10-30\n  reason: {}\n", w("reason")),
        State::Withdrawn => format!("withdrawn:\n  date: 2026-10-30\n  reason: {}\n", w("reason")),
        _ => String::new(),
    };
    out
}

fn decision(w: &dyn Fn(&str) -> String, original: bool) -> String {
    let mut out = format!("signer: {}\nattachments:\n  - file: {MARK}videcisionfile.pdf\n", w("signer"));
    out += &format!("    title: {}\n", w("filetitle"));
    if original {
        out += "    pages: 987\n    scanned: true\n";
    }
    out += &format!("targets:\n  - id: {MARK}videcisiontargetid\n    label: {}\n", w("label"));
    out += &format!("    source: {}\n", w("targetsource"));
    if original {
        out += &format!("    unit: {}\n    \"2025\": 7654321\n    measured:\n", w("unit"));
        out += &format!("      - value: 7654322\n        as_of: 1913-02-03\n        source: {}\n", w("measured"));
        out += &format!("number: 77/{}\ntype: decision\nissued: 1914-05-06\neffective: 1914-05-06\n", w("number"));
        out += &format!("effective_until: 2099-01-01\nagency: {MARK}agency\nprovince: {MARK}province\npartly: true\n");
        out += &format!("status_checked:\n  date: 1913-02-03\n  url: https://{}.example/\n", w("checked"));
        out += &format!(
            "replaces: [7/{}]\nbasis: [8/{}]\namends: [52-NQ/TW, 9/{}]\n",
            w("replaces"),
            w("basis"),
            w("amends")
        );
        out += &format!("implements: [6/{}]\nofficial_url: https://{}.example/\n", w("implements"), w("official"));
    }
    out
}

fn event(w: &dyn Fn(&str) -> String, original: bool) -> String {
    let mut out = format!("organiser: {}\ntheme:\n  - id: {MARK}vieventthemeid\n", w("organiser"));
    out += &format!("    text: {}\n    source: {}\n", w("theme"), w("themesource"));
    if original {
        out += "    kind: year\n    verified: true\n";
    }
    out += &format!("place:\n  name: {}\n  address: {}\n", w("place"), w("address"));
    if original {
        out += &format!("  province: {}\n  url: https://{}.example/\n", w("province"), w("placeurl"));
        out +=
            "start: 2026-12-05T08:00\nend: 2026-12-06T11:00\nall_day: false\nstatus: rescheduled\nattendance: hybrid\n";
        out += &format!("former_start: 1911-02-03\nseries: {MARK}series\n");
    }
    out
}

/// The text of a page.
pub fn body(kind: Kind, lang: Lang) -> String {
    let w = |field: &str| {
        let word = word(kind, lang, field);
        MARKS.with_borrow_mut(|marks| marks.push(word.clone()));
        word
    };
    let folder = format!("{MARK}vi{}", name(kind));
    format!(
        "\n{}[^1] **đậm** [{}](https://{}.example/)\n\n## {} ##\n\n![{}]({folder}inline.svg)\n\n[{}]({folder}download.pdf)\n\n\
         :::callout type=\"note\" title=\"{}\"\n{}\n:::\n\n```\n{}\n```\n\n[^1]: {}\n",
        w("text"),
        w("linktext"),
        w("linkurl"),
        w("heading"),
        w("inlinealt"),
        w("downloadtext"),
        w("callout"),
        w("callouttext"),
        w("code"),
        w("note"),
    )
}

/// The portal: the planted pages, and a published news item and document that touch them.
pub fn planted(state: State) -> Portal {
    let mut settings =
        SETTINGS.replace("topics:\n", &format!("topics:\n  {MARK}topic: {{vi: {MARK}topicvi, en: {MARK}topicen}}\n"));
    settings = settings.replace("tags:\n", &format!("tags:\n  {MARK}tag: {{vi: {MARK}tagvi, en: {MARK}tagen}}\n"));
    settings = settings
        .replace("agencies:\n", &format!("agencies:\n  {MARK}agency: {{vi: {MARK}agencyvi, en: {MARK}agencyen}}\n"));
    settings += &format!("series:\n  {MARK}series: {{vi: {MARK}seriesvi, en: {MARK}seriesen}}\n");
    settings += &format!("provinces:\n  {MARK}province: {{vi: {MARK}provincevi, en: {MARK}provinceen}}\n");
    let named: Vec<String> = KINDS.iter().map(|kind| file(*kind, state).replace("content/", "")).collect();
    settings = settings.replace(
        "menu: [news/_index.md]",
        &format!("menu: [news/_index.md, {}]\nfooter: [{}]", named.join(", "), named.join(", ")),
    );
    let mut portal = Portal::new().file("site.yaml", settings);
    let mut links = String::new();
    for kind in KINDS {
        let path = file(kind, state);
        let folder = path.strip_suffix("index.md").unwrap();
        for lang in Lang::ALL {
            let suffix = if lang == Lang::Vi { "index.md" } else { "index.en.md" };
            let text = format!("---\n{}---\n{}", front(kind, lang, state), body(kind, lang));
            portal = portal.file(&format!("{folder}{suffix}"), text);
        }
        let own = format!("{MARK}vi{}", name(kind));
        for attached in ["image.svg", "inline.svg", "download.pdf", "file.pdf", "unused.pdf"] {
            portal = portal.file(&format!("{folder}{own}{attached}"), format!("{own}bytes{attached}"));
        }
        let target = path.strip_prefix("content/").unwrap();
        let published = state == State::Published || state == State::Withdrawn;
        let anchor = if published { format!("#{}", word(kind, Lang::Vi, "heading")) } else { String::new() };
        links += &format!("[lời dẫn tới {}](/{target}{anchor})\n\n", name(kind));
        let beside = format!("../{}{own}", &folder["content/".len()..]);
        links += &format!("[tệp]({beside}download.pdf) ![ảnh]({beside}inline.svg)\n\n");
        if kind == Kind::Decision {
            links += &format!(":::targets from=\"/{target}\"\n:::\n\n");
            links += &format!(":::quote author=\"ai\" source=\"/{target}\"\nlời trích\n:::\n\n");
        }
    }
    if state == State::Section {
        for kind in KINDS {
            let folder = format!("content/{MARK}section{}", name(kind));
            let index = |lang: Lang, draft: &str| {
                let w = |field: &str| word(kind, lang, field);
                let title = format!("title: {}\ndescription: {}\n", w("sectiontitle"), w("sectiondescription"));
                format!("---\n{title}slug: {}\n{draft}---\n\n{}\n", w("sectionslug"), w("sectiontext"))
            };
            let draft = format!("kind: {}\ndraft: true\n", name(kind));
            portal = portal.file(&format!("{folder}/_index.md"), index(Lang::Vi, &draft));
            portal = portal.file(&format!("{folder}/_index.en.md"), index(Lang::En, ""));
            portal = portal.file(&format!("{folder}/{MARK}below/_index.md"), "---\ntitle: zqxbelow\nfeed: true\n---\n");
            links += &format!(
                "[mục](/{MARK}section{}/_index.md) [mục](/{MARK}section{}/{MARK}below/_index.md)\n\n",
                name(kind),
                name(kind)
            );
        }
    }
    portal
        .news("cong-khai.md", "date: 2026-10-05\ntopics: [data]\ntags: [an toàn]", &links)
        .news("cong-khai.en.md", "", "English text.")
        .file(
            "content/decisions/52.md",
            "---\ntitle: Văn bản\nnumber: 52-NQ/TW\ntype: resolution\nissued: 2019-09-27\nagency: government\ntopics: [data]\n---\n\nNội dung.\n",
        )
}
