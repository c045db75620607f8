//! `congso new`: a file with the fields of its kind, dated and slugged.

use super::args::{Global, New, NewKind};
use super::ui::Ui;
use super::{Environment, Exit};
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::slug::Slug;
use crate::base::text::{nfc, without_controls};
use crate::build::error::OutputError;
use crate::build::pipeline::load_for_reading;
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
    if !matches!(kind(&path.on_disk(&root)), Ok(Entry::Missing)) {
        ui.problem(&Diagnostic::new(Code::NewExists).with("file", &path));
        return Exit::Problems;
    }
    let text = text(options.kind, &title, &slug, lang, site);
    let index = missing_index(site, options.kind, &path);
    let written = WriteFolder::create(&root).and_then(|folder| {
        folder.create_folder(path.parent().as_str())?;
        if let Some((index, text)) = &index {
            folder.write_new(index.as_str(), text.as_bytes(), Durability::Synced)?;
        }
        folder.write_new(path.as_str(), text.as_bytes(), Durability::Synced)
    });
    match written {
        Ok(()) => {
            ui.data(&format!("{path}\n"));
            if let Some((index, _)) = &index {
                ui.say("ui.new-section", &[("file", Arg::from(index))]);
            }
            ui.say("ui.new-made", &[("file", Arg::from(&path))]);
            Exit::Success
        }
        Err(error) => {
            ui.problem(&OutputError::at(path.on_disk(&root), error).diagnostic());
            Exit::Machine
        }
    }
}

impl NewKind {
    fn kind(self) -> Kind {
        match self {
            Self::News => Kind::News,
            Self::Decision => Kind::Decision,
            Self::Event => Kind::Event,
            Self::Page => Kind::Page,
        }
    }

    /// The folder of its section where a portal has none yet; pages need none.
    fn usual_folder(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Decision => "decisions",
            Self::Event => "events",
            Self::Page => "",
        }
    }

    /// The title and slug of that section in Vietnamese.
    fn usual_section(self) -> (&'static str, &'static str) {
        match self {
            Self::News => ("Tin tức", "tin-tuc"),
            Self::Decision => ("Văn bản", "van-ban"),
            Self::Event => ("Sự kiện", "su-kien"),
            Self::Page => ("Trang", "trang"),
        }
    }
}

/// The section of a kind that a portal has.
fn section(site: &Site, kind: NewKind) -> Option<&str> {
    site.sections.iter().find(|section| section.kind == kind.kind()).map(|section| section.key.as_str())
}

/// The `_index.md` that the first page of a kind needs, and its text.
fn missing_index(site: &Site, kind: NewKind, page: &RelPath) -> Option<(RelPath, String)> {
    if kind == NewKind::Page || section(site, kind).is_some() {
        return None;
    }
    let (title, slug) = kind.usual_section();
    let text = match site.config.default_language {
        Lang::Vi => format!("---\ntitle: {title}\nkind: {}\nslug: {slug}\n---\n", kind.kind().name()),
        Lang::En => {
            let title = kind.usual_folder();
            format!(
                "---\ntitle: {}{}\nkind: {}\n---\n",
                title.get(..1)?.to_uppercase(),
                title.get(1..)?,
                kind.kind().name()
            )
        }
    };
    Some((page.parent().join("_index.md")?, text))
}

/// The file: in the first section of the kind, named by the slug and the language.
fn path(site: &Site, kind: NewKind, lang: Lang, slug: &Slug) -> RelPath {
    let folder = match kind {
        NewKind::Page => "",
        _ => section(site, kind).unwrap_or(kind.usual_folder()),
    };
    let suffix = if lang == site.config.default_language { String::new() } else { format!(".{lang}") };
    RelPath::new(&format!("content/{folder}/{slug}{suffix}.md")).unwrap_or_default()
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
