//! What happens to files beside the edits of the laws: what editors, tools and hasty people do to them.

use proptest::prelude::*;

use crate::laws::doc::Doc;
use crate::laws::edit::Edit;
use crate::laws::model::{Files, Model, Pages};

/// One thing done to a portal.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Edit(Edit),
    /// A page is overwritten with something that is no page.
    Spoil {
        which: u8,
        how: u8,
    },
    /// A second file for a page: `x.md` beside `x/index.md`, or `x.vi.md` beside `x.md`.
    Double {
        which: u8,
        how: u8,
    },
    /// A page's file gets capital letters.
    Capital {
        which: u8,
    },
    /// A folder of the content goes away; the next time it comes back.
    Folder {
        which: u8,
    },
    /// A page gets headings, another one a link to one of them.
    Link {
        from: u8,
        to: u8,
    },
    /// The headings of a page go.
    Unhead {
        which: u8,
    },
    /// Titles of pages in a section that is sorted by title.
    Title {
        which: u8,
        value: u8,
    },
    /// Something in the settings that decides how all is read.
    Language {
        value: u8,
    },
    /// The settings break.
    SpoilSettings {
        how: u8,
    },
    /// Drafts and scheduled pages are shown or not.
    Choose {
        drafts: bool,
        future: bool,
    },
}

/// A portal as people see it: the model of the laws, and files that are none of its.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    pub model: Model,
    /// Files that stand in the place of the model's.
    pub over: Files,
    /// A folder that was moved away.
    pub aside: Option<String>,
}

impl Desk {
    pub(super) fn new(model: Model) -> Self {
        Self { model, over: Files::new(), aside: None }
    }

    /// All files with their bytes.
    pub(super) fn bytes(&self) -> Files {
        let mut files = self.model.bytes();
        files.extend(self.over.clone());
        if let Some(folder) = &self.aside {
            files.retain(|path, _| !path.starts_with(folder.as_str()));
        }
        files
    }
}

pub(super) fn acts() -> impl Strategy<Value = Act> {
    let n = || 0..60_u8;
    prop_oneof![
        24 => crate::laws::edit::edit().prop_map(Act::Edit),
        3 => (n(), n()).prop_map(|(which, how)| Act::Spoil { which, how }),
        1 => (n(), n()).prop_map(|(which, how)| Act::Double { which, how }),
        1 => n().prop_map(|which| Act::Capital { which }),
        2 => n().prop_map(|which| Act::Folder { which }),
        3 => (n(), n()).prop_map(|(from, to)| Act::Link { from, to }),
        2 => n().prop_map(|which| Act::Unhead { which }),
        4 => (n(), n()).prop_map(|(which, value)| Act::Title { which, value }),
        1 => n().prop_map(|value| Act::Language { value }),
        1 => n().prop_map(|how| Act::SpoilSettings { how }),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(drafts, future)| Act::Choose { drafts, future }),
    ]
}

/// What is no page.
const SPOILT: &[&[u8]] = &[
    b"",
    b"\0\x01\x02\xff\xfe",
    b"---\ntitle: \xc3\x28\n---\n\nX\n",
    b"---\ntitle: A\n",
    b"---\ntitle: [\n---\n\nX\n",
    b"---\ntitle: A\nkhong_co: x\ndraft: true\n---\n\nX\n",
    b"Only words.\n",
    b"---\ntitle: A\n---\n\n[x](khong-co.md) ![y](khong-co.png)\n",
    b"---\ntitle: A\naliases: [/]\n---\n\nX\n",
    b"---\ntitle: A\nslug: trang\n---\n\nX\n",
];

impl Act {
    pub(super) fn apply(&self, desk: &mut Desk) {
        let model = &mut desk.model;
        match self {
            Self::Edit(edit) => edit.apply(model),
            Self::Spoil { which, how } => {
                let wanted = if which.is_multiple_of(5) { Pages::Sections } else { Pages::Ordinary };
                let Some(path) = model.page(*which, wanted) else { return };
                desk.over.insert(path, SPOILT[usize::from(*how) % SPOILT.len()].to_vec());
            }
            Self::Double { which, how } => {
                let Some(path) = model.page(*which, Pages::Ordinary) else { return };
                let second = match path.strip_suffix("/index.md") {
                    Some(folder) => format!("{folder}.md"),
                    None if how.is_multiple_of(2) => path.replace(".en.md", "/index.en.md").replace(".md", "/index.md"),
                    None => path.replace(".en.md", ".md").replace(".md", ".vi.md"),
                };
                desk.over.insert(second, b"---\ntitle: Second\ndate: 2026-10-01\n---\n\nSecond.\n".to_vec());
            }
            Self::Capital { which } => {
                let Some(path) = model.page(*which, Pages::Ordinary) else { return };
                let (folder, name) = path.rsplit_once('/').unwrap();
                let (stem, rest) = name.split_once('.').unwrap();
                let stem = if stem.contains(char::is_uppercase) { stem.to_lowercase() } else { stem.to_uppercase() };
                if name.starts_with("index.") {
                    return;
                }
                let doc = model.docs.remove(&path).unwrap();
                model.docs.insert(format!("{folder}/{stem}.{rest}"), doc);
            }
            Self::Folder { which } => {
                let folders =
                    ["content/news/", "content/events/", "content/decisions/749-qd-ttg/", "static/", "content/"];
                desk.aside = match desk.aside {
                    Some(_) => None,
                    None => Some(folders[usize::from(*which) % folders.len()].to_owned()),
                };
            }
            Self::Link { from, to } => {
                let (Some(from), Some(to)) = (model.page(*from, Pages::Ordinary), model.page(*to, Pages::Ordinary))
                else {
                    return;
                };
                body(model, &to, "## Một {#muc}\n\nA\n\n## Hai {#hai}\n\n<span id=\"ba\">B</span>");
                let way = to.strip_prefix("content").unwrap();
                let text = format!("[a]({way}#muc) [b]({way}#ba \"x\") [c](#top)");
                if from != to {
                    body(model, &from, &text);
                }
            }
            Self::Unhead { which } => {
                let Some(path) = model.page(*which, Pages::Ordinary) else { return };
                body(model, &path, "Không còn mục nào.");
            }
            Self::Title { which, value } => {
                if let Some(news) = model.docs.get_mut("content/news/_index.md") {
                    news.set("sort", "title");
                }
                let Some(path) = model.page(*which, Pages::Ordinary) else { return };
                let titles = ["A đầu", "Đ giữa", "Z cuối", "a đầu", "Âm"];
                model.docs.get_mut(&path).unwrap().set("title", titles[usize::from(*value) % titles.len()]);
            }
            Self::Language { value } => {
                let settings = model.docs.get_mut("site.yaml").unwrap();
                match value % 3 {
                    0 => settings.set("default_language", "en"),
                    1 => settings.set("default_language", ""),
                    _ => settings.set("theme", "plain"),
                }
            }
            Self::SpoilSettings { how } => {
                let spoilt: [&[u8]; 4] =
                    [b"", b"base_url: [\n", b"\xff\xfe\0", b"base_url: https://a.example/\nkhong_co: 1\n"];
                desk.over.insert("site.yaml".to_owned(), spoilt[usize::from(*how) % spoilt.len()].to_vec());
            }
            Self::Choose { .. } => {}
        }
    }
}

fn body(model: &mut Model, path: &str, text: &str) {
    let doc: &mut Doc = model.docs.get_mut(path).unwrap();
    doc.set_body(text);
}
