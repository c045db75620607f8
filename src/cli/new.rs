//! `congso new`: a file with the fields of its kind, dated and slugged.

use super::args::{Global, New, NewKind};
use super::ui::Ui;
use super::{Environment, Exit};
use crate::base::date::Moment;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::base::slug::Slug;
use crate::base::text::{nfc, without_controls};
use crate::build::error::OutputError;
use crate::build::load::load_for_reading;
use crate::content::front_matter::Kind;
use crate::diag::{Arg, Code, Diagnostic};
use crate::site::Site;
use crate::source::disk::{DiskWorkspace, Kind as Entry, kind};
use crate::source::disk_write::{Durability, WriteFolder};

/// Makes the file.
pub(super) fn run(options: &New, global: &Global, environment: &Environment, ui: &Ui) -> Exit {
    let root = environment.root(global.root.as_deref());
    let workspace = DiskWorkspace::new(&root);
    let (loaded, diagnostics) = load_for_reading(&root, environment.now, &workspace);
    let Some(linked) = loaded else {
        ui.diagnostics(&diagnostics, &workspace);
        return Exit::Problems;
    };
    let site = &linked.site;
    let title = without_controls(&nfc(options.title.trim())).replace('\n', " ");
    let Some(slug) = Slug::from_text(&title) else {
        ui.problem(&Diagnostic::new(Code::NewTitle).with("title", options.title.as_str()));
        return Exit::Usage;
    };
    let lang = options.lang.unwrap_or(site.config.default_language);
    let path = path(site, options.kind, lang, &slug);
    let mut files = missing_section(site, options.kind);
    files.push((path.clone(), text(options.kind, &title, &slug, lang, site)));
    if let Some((there, _)) = files.iter().find(|(path, _)| !matches!(kind(&path.on_disk(&root)), Ok(Entry::Missing))) {
        ui.problem(&Diagnostic::new(Code::NewExists).with("file", there));
        return Exit::Problems;
    }
    let written = WriteFolder::create(&root).and_then(|folder| {
        files.iter().try_for_each(|(path, text)| {
            folder.create_folder(path.parent().as_str())?;
            folder.write_new(path.as_str(), text.as_bytes(), Durability::Synced)
        })
    });
    match written {
        Ok(()) => {
            ui.data(&format!("{path}\n"));
            ui.say("ui.new-made", &[("file", Arg::from(&path))]);
            Exit::Success
        }
        Err(error) => {
            ui.problem(&OutputError::at(path.on_disk(&root), error).diagnostic());
            Exit::Machine
        }
    }
}

/// The file: in the first section of the kind, named by the slug and the language.
fn path(site: &Site, kind: NewKind, lang: Lang, slug: &Slug) -> RelPath {
    let folder = section(site, kind).unwrap_or_else(|| new_section(kind).map_or("", |section| section.folder));
    RelPath::new(&format!("content/{folder}/{slug}{}.md", suffix(site, lang))).unwrap_or_default()
}

/// What the name of a file says of its language.
fn suffix(site: &Site, lang: Lang) -> String {
    if lang == site.config.default_language { String::new() } else { format!(".{lang}") }
}

/// The folder of the first section of a kind; pages stand at the root.
fn section(site: &Site, kind: NewKind) -> Option<&str> {
    let wanted = match kind {
        NewKind::News => Kind::News,
        NewKind::Decision => Kind::Decision,
        NewKind::Event => Kind::Event,
        NewKind::Page => return Some(""),
    };
    site.sections.iter().find(|section| section.kind == wanted).map(|section| section.key.as_str())
}

/// A section as it is made where a portal has none of its kind.
struct NewSection {
    folder: &'static str,
    kind: Kind,
    title: PerLang<&'static str>,
    slug: PerLang<&'static str>,
}

/// The section of a kind in a portal that has none; none for pages.
fn new_section(kind: NewKind) -> Option<NewSection> {
    let (folder, kind, vi, en) = match kind {
        NewKind::News => ("news", Kind::News, ("Tin tức", "tin-tuc"), ("News", "news")),
        NewKind::Decision => ("decisions", Kind::Decision, ("Văn bản", "van-ban"), ("Documents", "documents")),
        NewKind::Event => ("events", Kind::Event, ("Sự kiện", "su-kien"), ("Events", "events")),
        NewKind::Page => return None,
    };
    Some(NewSection { folder, kind, title: PerLang { vi: vi.0, en: en.0 }, slug: PerLang { vi: vi.1, en: en.1 } })
}

/// The files of a section for pages of a kind, where the portal has none: without it, they would be
/// pages of another kind.
fn missing_section(site: &Site, kind: NewKind) -> Vec<(RelPath, String)> {
    let Some(section) = new_section(kind).filter(|_| section(site, kind).is_none()) else { return Vec::new() };
    let file = |lang: Lang| {
        let path = RelPath::new(&format!("content/{}/_index{}.md", section.folder, suffix(site, lang)));
        let (title, slug) = (section.title.get(lang), section.slug.get(lang));
        let own = lang == site.config.default_language;
        let kind = if own { format!("kind: {}\n", section.kind.name()) } else { String::new() };
        (path.unwrap_or_default(), format!("---\ntitle: {title}\n{kind}slug: {slug}\n---\n"))
    };
    Lang::ALL.map(file).into()
}

/// The front matter of a kind, with the fields to fill in.
fn text(kind: NewKind, title: &str, slug: &Slug, lang: Lang, site: &Site) -> String {
    let now = Moment::new(site.now.at, &site.config.timezone, true);
    let stamp = now.rfc3339();
    let minute = stamp.get(..16).unwrap_or_default();
    let zone = stamp.get(19..).unwrap_or_default();
    let day = now.local.date();
    let quoted = format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
    let topic = site.config.topics.first().map_or("", |topic| topic.id.as_str());
    let agency = site.config.agencies.first().map_or("", |agency| agency.id.as_str());
    let words = Words::of(lang);
    let mut lines =
        vec![format!("title: {quoted}"), format!("description: \"{}\"", words.description), format!("slug: {slug}")];
    lines.push("draft: true".to_owned());
    match kind {
        NewKind::News => lines.push(format!("date: {minute}{zone}")),
        NewKind::Decision => {
            lines.push("number: 00/QĐ-TTg".to_owned());
            lines.push("type: decision".to_owned());
            lines.push(format!("issued: {day}"));
            lines.push(format!("agency: {agency}"));
        }
        NewKind::Event => {
            lines.push(format!("start: {day}T08:00{zone}"));
            lines.push(format!("end: {day}T11:00{zone}"));
            lines.push(format!("place: {{name: \"{}\"}}", words.place));
        }
        NewKind::Page => {}
    }
    if kind != NewKind::Page && !topic.is_empty() {
        lines.push(format!("topics: [{topic}]"));
    }
    format!("---\n{}\n---\n\n{}\n", lines.join("\n"), words.body)
}

/// The words a new file stands with until they are written over.
struct Words {
    description: &'static str,
    place: &'static str,
    body: &'static str,
}

impl Words {
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self {
                description: "Một câu cho biết trang này nói về điều gì.",
                place: "Tên địa điểm",
                body: "Viết nội dung ở đây. Khi xong, xóa dòng `draft: true` ở trên để đăng trang.",
            },
            Lang::En => Self {
                description: "One sentence that says what this page is about.",
                place: "Name of the place",
                body: "Write the text here. When it is ready, delete the line `draft: true` above to publish the page.",
            },
        }
    }
}
