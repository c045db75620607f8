//! The edits: one thing that a person does between two builds.

use proptest::prelude::*;

use super::doc::Doc;
use super::model::{Model, Pages, Save};
use super::values;

/// One thing a person does. Numbers choose among what there is.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// A new page, or the translation of one: its folder, its name, whether in a folder of its own.
    Create {
        folder: u8,
        name: u8,
        bundle: bool,
        text: u8,
    },
    /// A field of a page gets another value.
    Field {
        which: u8,
        field: u8,
        value: u8,
    },
    /// Another text.
    Text {
        which: u8,
        text: u8,
        target: u8,
    },
    /// Another name in the same folder.
    Rename {
        which: u8,
        name: u8,
    },
    /// Into another section, with its translation.
    Move {
        which: u8,
        folder: u8,
    },
    Delete {
        which: u8,
    },
    /// A translation comes, or goes.
    Translate {
        which: u8,
    },
    /// A field of a section.
    Section {
        which: u8,
        field: u8,
        value: u8,
    },
    /// A section comes, or goes.
    NewSection {
        folder: u8,
    },
    Setting {
        which: u8,
        value: u8,
    },
    Template {
        which: u8,
        value: u8,
    },
    ThemeFile {
        which: u8,
        value: u8,
    },
    /// Strings of the theme.
    Strings {
        variant: u8,
    },
    Static {
        which: u8,
        value: u8,
    },
    /// A picture or attachment is put, changed or taken away.
    File {
        which: u8,
        bytes: Option<u8>,
    },
    /// One letter of a file becomes another, so that its size stays.
    Letter {
        which: u8,
    },
    /// Something that cannot be built.
    Break {
        which: u8,
        value: u8,
    },
    /// A page with a field that does not exist.
    BreakPage {
        which: u8,
    },
    /// Time goes on by minutes.
    Clock {
        minutes: i64,
    },
    /// To the moment that the last build has announced.
    NextChange,
    /// A file is saved as it is.
    Touch {
        which: u8,
    },
    /// Somebody deletes an output.
    LoseOutput {
        which: u8,
    },
}

/// What follows an edit.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) edit: Edit,
    pub(crate) save: Save,
    pub(crate) how: How,
    pub(crate) threads: super::Threads,
    /// Whether a portal that could not be built is put back to its last good state before.
    pub(crate) repair: bool,
}

/// With which options it is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Ordinary,
    /// With drafts and scheduled pages, into another folder.
    Preview,
    /// Without a page.
    Without(u8),
    /// With another base URL.
    BaseUrl,
    /// Without what earlier builds kept.
    Rebuild,
    /// With warnings as errors.
    Strict,
}

/// Folders of pages; the last has no section of its own at first.
const FOLDERS: [&str; 5] = ["news", "decisions", "events", "", "news/con"];

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 3..8)
}

fn step() -> impl Strategy<Value = Step> {
    let save = prop_oneof![4 => Just(Save::Write), 1 => Just(Save::KeepTime), 1 => Just(Save::Rename)];
    let how = prop_oneof![
        12 => Just(How::Ordinary),
        1 => Just(How::Preview),
        1 => (0..30_u8).prop_map(How::Without),
        1 => Just(How::BaseUrl),
        1 => Just(How::Rebuild),
        1 => Just(How::Strict),
    ];
    let threads = prop_oneof![Just(super::Threads::One), Just(super::Threads::Four)];
    (edit(), save, how, threads, proptest::bool::weighted(0.8)).prop_map(|(edit, save, how, threads, repair)| Step {
        edit,
        save,
        how,
        threads,
        repair,
    })
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let n = || 0..60_u8;
    let three = |make: fn(u8, u8, u8) -> Edit| (0..60_u8, 0..60_u8, 0..60_u8).prop_map(move |(a, b, c)| make(a, b, c));
    let two = |make: fn(u8, u8) -> Edit| (0..60_u8, 0..60_u8).prop_map(move |(a, b)| make(a, b));
    let own = prop_oneof![
        3 => (n(), n(), any::<bool>(), n())
            .prop_map(|(folder, name, bundle, text)| Edit::Create { folder, name, bundle, text }),
        14 => three(|which, field, value| Edit::Field { which, field, value }),
        6 => three(|which, text, target| Edit::Text { which, text, target }),
        2 => two(|which, name| Edit::Rename { which, name }),
        2 => two(|which, folder| Edit::Move { which, folder }),
        3 => n().prop_map(|which| Edit::Delete { which }),
        3 => n().prop_map(|which| Edit::Translate { which }),
        3 => n().prop_map(|which| Edit::Letter { which }),
        3 => (n(), proptest::option::of(0..3_u8)).prop_map(|(which, bytes)| Edit::File { which, bytes }),
    ];
    let whole = prop_oneof![
        3 => three(|which, field, value| Edit::Section { which, field, value }),
        1 => n().prop_map(|folder| Edit::NewSection { folder }),
        4 => two(|which, value| Edit::Setting { which, value }),
        3 => two(|which, value| Edit::Template { which, value }),
        1 => two(|which, value| Edit::ThemeFile { which, value }),
        1 => n().prop_map(|variant| Edit::Strings { variant }),
        2 => two(|which, value| Edit::Static { which, value }),
        2 => two(|which, value| Edit::Break { which, value }),
        1 => n().prop_map(|which| Edit::BreakPage { which }),
        2 => prop_oneof![Just(10), Just(24 * 60), 0..60_000_i64].prop_map(|minutes| Edit::Clock { minutes }),
        2 => Just(Edit::NextChange),
        1 => n().prop_map(|which| Edit::Touch { which }),
        1 => n().prop_map(|which| Edit::LoseOutput { which }),
    ];
    prop_oneof![3 => own, 2 => whole]
}

/// One of some, by number.
fn pick<T>(from: &[T], which: u8) -> &T {
    &from[usize::from(which) % from.len()]
}

impl Edit {
    /// Does it to the portal. What is done to folders instead is done elsewhere.
    pub(crate) fn apply(&self, model: &mut Model) {
        match *self {
            Self::Create { folder, name, bundle, text } => create(model, folder, name, bundle, text),
            Self::Field { which, field, value } => {
                let Some(path) = model.page(which, Pages::Ordinary) else { return };
                let fields = fields_of(&path);
                let (name, values) = *pick(&fields, field);
                let value = *pick(values, value);
                if value.contains("hinh.gif") {
                    model.put(&beside(&path, "hinh.gif"), "GIF89a mark-a");
                }
                model.docs.get_mut(&path).unwrap().set(name, value);
            }
            Self::Text { which, text, target } => {
                let wanted = if which.is_multiple_of(8) { Pages::Sections } else { Pages::Ordinary };
                let Some(path) = model.page(which, wanted) else { return };
                let text = self::text(model, &path, text, target);
                model.docs.get_mut(&path).unwrap().set_body(&text);
            }
            Self::Rename { which, name } => {
                rename(model, which, |folder, _| (folder.to_owned(), format!("tin-{name}")))
            }
            Self::Move { which, folder } => {
                let target = format!("content/{}", pick(&FOLDERS, folder)).trim_end_matches('/').to_owned();
                rename(model, which, |_, name| (target.clone(), name.to_owned()));
            }
            Self::Delete { which } => {
                let Some(path) = model.page(which, Pages::Ordinary) else { return };
                model.docs.remove(&path);
            }
            Self::Translate { which } => {
                let Some(path) = model.page(which, Pages::Ordinary) else { return };
                let stem = stem(&path);
                let english = format!("{stem}.en.md");
                if model.docs.remove(&english).is_none() {
                    model.docs.insert(english, Doc::new("Translated mark-a", "Words."));
                }
            }
            Self::Section { which, field, value } => {
                let Some(path) = model.page(which, Pages::Sections) else { return };
                let (name, values) = *pick(values::SECTION, field);
                model.docs.get_mut(&path).unwrap().set(name, pick::<&str>(values, value));
            }
            Self::NewSection { folder } => {
                let path =
                    ["content/news/con/_index.md", "content/news/con/_index.en.md", "content/events/_index.en.md"];
                let path = pick(&path, folder).to_string();
                if model.docs.remove(&path).is_none() {
                    model.docs.insert(path, Doc::new("Mục con", "Lời đầu mark-a."));
                }
            }
            Self::Setting { which, value } => {
                let (name, values) = *pick(values::SETTINGS, which);
                model.docs.get_mut("site.yaml").unwrap().set(name, pick::<&str>(values, value));
            }
            Self::Template { which, value } => put_one(model, "themes/own/templates/", values::TEMPLATES, which, value),
            Self::ThemeFile { which, value } => put_one(model, "themes/own/", values::THEME_FILES, which, value),
            Self::Strings { variant } => {
                model.put("themes/own/i18n/vi.yaml", &format!("home: Trang {variant}\nrelated.title: Gần mark-a\n"));
                model.put("themes/own/i18n/en.yaml", &format!("home: Page {variant}\nrelated.title: Near\n"));
            }
            Self::Static { which, value } => put_one(model, "", values::STATIC, which, value),
            Self::File { which, bytes } => file(model, which, bytes),
            Self::Letter { which } => letter(model, which),
            Self::Break { which, value } => put_one(model, "", values::BROKEN, which, value),
            Self::BreakPage { which } => {
                let Some(path) = model.page(which, Pages::Ordinary) else { return };
                model.docs.get_mut(&path).unwrap().set("khong_co", "x");
            }
            Self::Clock { minutes } => model.now += jiff::SignedDuration::from_mins(minutes),
            Self::NextChange | Self::Touch { .. } | Self::LoseOutput { .. } => {}
        }
    }
}

/// The fields a page may have, by the folder it lies in.
fn fields_of(path: &str) -> Vec<values::Field> {
    let kind = match path.split('/').nth(1) {
        Some("decisions") => values::DECISION,
        Some("events") => values::EVENT,
        _ => &[],
    };
    let original: &[&[values::Field]] = if path.ends_with(".en.md") { &[] } else { &[values::ORIGINAL, kind] };
    [values::OWN].iter().chain(original).flat_map(|fields| fields.iter().copied()).collect()
}

fn create(model: &mut Model, folder: u8, name: u8, bundle: bool, text: u8) {
    let folder = *pick(&FOLDERS, folder);
    let name = format!("tin-{}", name % 6);
    let inside = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
    let path = format!("content/{inside}{}.md", if bundle { "/index" } else { "" });
    let fields: &[(&str, &str)] = match folder {
        "decisions" => {
            &[("number", "NUMBER"), ("type", "decision"), ("issued", "2026-10-02"), ("agency", "prime-minister")]
        }
        "events" => &[("start", "2026-11-02T08:00"), ("series", "the-day")],
        "" => &[],
        _ => &[("date", "2026-10-30"), ("topics", "[data]")],
    };
    let mut doc = Doc::new(&format!("Trang {name}"), "").with(fields);
    if folder == "decisions" {
        doc.set("number", &format!("{name}/QĐ-TTg"));
    }
    let text = self::text(model, &path, text, 0);
    doc.set_body(&text);
    model.docs.insert(path, doc);
}

/// A text for a page, with what it needs beside it.
fn text(model: &mut Model, path: &str, text: u8, target: u8) -> String {
    let text = *pick(values::TEXTS, text);
    let wanted = if target.is_multiple_of(4) { Pages::Sections } else { Pages::Ordinary };
    let target = model.page(target, wanted).unwrap_or_else(|| path.to_owned());
    let target = format!("{}.md", stem(&target));
    let anchor = model.docs.get(&target).is_some_and(|doc| doc.has_anchor("muc"));
    for (name, bytes) in values::BESIDE.iter().filter(|(name, _)| text.contains(name)) {
        model.files.insert(beside(path, name), bytes.to_vec());
    }
    let text = if anchor { text.to_owned() } else { text.replace("#muc", "") };
    let decision = relative(path, "content/decisions/749-qd-ttg/index.md");
    text.replace("TARGET", &relative(path, &target)).replace("DECISION", &decision)
}

/// Moves a page with its translation and what lies beside it in a folder of its own.
fn rename(model: &mut Model, which: u8, to: impl Fn(&str, &str) -> (String, String)) {
    let Some(path) = model.page(which, Pages::Ordinary) else { return };
    let stem = stem(&path);
    let (from, end) = stem.strip_suffix("/index").map_or((stem, ""), |folder| (folder, "/"));
    let (folder, name) = from.rsplit_once('/').unwrap();
    let (folder, name) = to(folder, name);
    let (old, new) = (format!("{from}{end}"), format!("{folder}/{name}{end}"));
    let moves = |path: &str| path.starts_with(&old) && (end == "/" || [".md", ".en.md"].contains(&&path[old.len()..]));
    let moved = |path: String| if moves(&path) { path.replacen(&old, &new, 1) } else { path };
    model.docs = std::mem::take(&mut model.docs).into_iter().map(|(path, doc)| (moved(path), doc)).collect();
    if end == "/" {
        model.files = std::mem::take(&mut model.files).into_iter().map(|(path, bytes)| (moved(path), bytes)).collect();
    }
}

/// A file of one of the pages' folders.
fn file(model: &mut Model, which: u8, bytes: Option<u8>) {
    let known: Vec<String> = model.files.keys().filter(|path| path.starts_with("content/")).cloned().collect();
    let path = match which % 2 {
        0 => known.get(usize::from(which / 2) % known.len().max(1)).cloned(),
        _ => model.page(which / 2, Pages::Ordinary).map(|page| beside(&page, pick(&values::BESIDE, which / 2).0)),
    };
    let Some(path) = path else { return };
    match bytes {
        Some(byte) => drop(model.files.insert(path.clone(), values::picture(&path, byte))),
        None => drop(model.files.remove(&path)),
    }
}

/// The letter after `mark-` in a file that has one becomes the next.
fn letter(model: &mut Model, which: u8) {
    let next = |bytes: &[u8]| {
        let at = bytes.windows(5).position(|part| part == b"mark-")? + 5;
        let mut bytes = bytes.to_vec();
        bytes[at] = if bytes[at] == b'z' { b'a' } else { bytes[at] + 1 };
        Some(bytes)
    };
    let marked: Vec<(String, Vec<u8>)> =
        model.bytes().into_iter().filter_map(|(path, bytes)| Some((path, next(&bytes)?))).collect();
    let Some((path, bytes)) = marked.get(usize::from(which) % marked.len().max(1)) else { return };
    match model.docs.get_mut(path) {
        Some(doc) => *doc = Doc::parse(std::str::from_utf8(bytes).unwrap()),
        None => drop(model.files.insert(path.clone(), bytes.clone())),
    }
}

/// Gives a file of a table one of its texts.
fn put_one(model: &mut Model, folder: &str, table: &[values::Field], which: u8, value: u8) {
    let (name, texts) = *pick(table, which);
    let path = format!("{folder}{name}");
    match *pick(texts, value) {
        "" => drop(model.files.remove(&path)),
        text => model.put(&path, text),
    }
}

/// A path without the ending of its language and kind.
fn stem(path: &str) -> &str {
    path.strip_suffix(".en.md").or_else(|| path.strip_suffix(".md")).unwrap()
}

/// A file in the folder of another.
fn beside(path: &str, name: &str) -> String {
    format!("{}/{name}", path.rsplit_once('/').unwrap().0)
}

/// The way from one file to another.
fn relative(from: &str, to: &str) -> String {
    format!("{}{}", "../".repeat(from.matches('/').count() - 1), to.strip_prefix("content/").unwrap())
}
