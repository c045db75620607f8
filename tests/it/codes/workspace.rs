//! Portals for the codes of files, settings, themes, outputs and commands.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use congso::diag::Code;
use congso::site::publication::{Preview, Shown};

use super::{Build, Command, Way, news, page, settings, text};
use crate::support::{Portal, SETTINGS};

/// A portal with a link in its news.
fn link(to: &str) -> Portal {
    let portal = news("");
    symlink(to, portal.root().join("content/news/b.md")).unwrap();
    portal
}

/// A portal whose theme has this file over those of the default theme.
fn theme(file: &str, text: &str) -> Portal {
    settings("theme: x").file("themes/x/theme.yaml", "extends: default\n").file(&format!("themes/x/{file}"), text)
}

/// A portal with another output folder.
fn out(portal: Portal, out: &str) -> Portal {
    let mut portal = portal;
    portal.options.out = portal.root().join(out);
    portal
}

/// A portal that is being built by somebody else as long as this process runs.
fn locked() -> Portal {
    let portal = news("");
    portal.build_clean();
    let state = fs::read_dir(portal.root().join(".congso/outputs")).unwrap().next().unwrap().unwrap().path();
    let lock = fs::File::options().write(true).open(state.join("lock")).unwrap();
    lock.lock().unwrap();
    std::mem::forget(lock);
    portal
}

/// A portal of which two builds have each left a part.
fn apart() -> Portal {
    let portal = news("");
    portal.build_clean();
    let state = fs::read_dir(portal.root().join(".congso/outputs")).unwrap().next().unwrap().unwrap().path();
    let reads = fs::read(state.join("reads")).unwrap();
    portal.write("content/news/b.md", page(""));
    portal.build_clean();
    fs::write(state.join("reads"), reads).unwrap();
    portal
}

pub(super) fn way(code: Code) -> Option<Way> {
    let build = match code {
        #[cfg(not(feature = "avif"))]
        Code::AvifMissing => settings("images: {avif: true}"),
        Code::SpecialFile => {
            let portal = news("");
            drop(UnixListener::bind(portal.root().join("content/news/b")).unwrap());
            portal
        }
        Code::SymlinkOutside => link("/etc/hostname"),
        Code::SymlinkLoop => link("b.md"),
        Code::UnreadableFile => link("gone.md"),
        Code::NotUtf8 => Portal::new().file("content/news/a.md", b"---\ntitle: Ch\xad\xac\n---\n"),
        Code::Utf16File => Portal::new().file("content/news/a.md", b"\xff\xfe-\0-\0-\0"),
        Code::NulByte => text("\0"),
        Code::MarkdownAsText => Portal::new().file("content/news/a.md.txt", page("")),
        Code::UnsafeFileName => Portal::new().file("content/news/a\u{7}.md", page("")),
        Code::NameTwice => {
            Portal::new().file("content/news/a\u{301}.md", page("")).file("content/news/\u{e1}.md", page(""))
        }
        Code::SettingsMissing => Portal::empty(),
        Code::UnknownSetting => settings("thme: default"),
        Code::SettingMissing => {
            Portal::new().file("site.yaml", SETTINGS.replace("base_url: https://portal.example/\n", ""))
        }
        Code::SeriesEmpty => settings("series: {x: {vi: Chuỗi, en: Series}}"),
        Code::BadSetting => settings("timezone: Asia/Hanoi"),
        Code::MenuTarget => Portal::new().file("site.yaml", SETTINGS.replace("news/_index.md", "new/_index.md")),
        Code::ThemeMissing => settings("theme: x"),
        Code::ThemeLoop => {
            settings("theme: x").file("themes/x/theme.yaml", "extends: z\n").file("themes/z/theme.yaml", "extends: x\n")
        }
        Code::TemplateSyntax => theme("templates/page.html", "{% if %}"),
        Code::TemplateMissing => theme("templates/page.html", "{% extends \"gone.html\" %}"),
        Code::TemplateFailed => theme("templates/home.html", "{{ gone.away }}"),
        Code::StringMissing => theme("templates/home.html", "{{ t(key=\"gone\") }}"),
        Code::AssetMissing => theme("templates/home.html", "{{ asset(path=\"gone.css\") }}"),
        Code::OptionMissing => theme("templates/home.html", "{{ option(name=\"gone\") }}"),
        Code::ThemeExtends => settings("theme: x").file("themes/x/theme.yaml", "extends: [default]"),
        Code::ThemeFieldUnknown => settings("theme: x").file("themes/x/theme.yaml", "extend: default"),
        Code::ThemeOptionForm => settings("theme: x").file("themes/x/theme.yaml", "options: {a: {type: bool}}"),
        Code::OwnerIncomplete => settings("owner: {name: {vi: Ban Biên tập}, phone: 024 1, email: a@b.example}"),
        Code::ThemeOptionUnknown => settings("theme_options: {gone: 1}"),
        Code::ThemeOptionValue => {
            let yaml = "options: {a: {type: bool, default: true, label: {vi: Có, en: Yes}}}\n";
            settings("theme: x\ntheme_options: {a: 1}").file("themes/x/theme.yaml", yaml)
        }
        Code::StyleSyntax => theme("static/css/site.css", "a { color red }"),
        Code::StyleUnknown => theme("static/css/site.css", "a:hoover { color: red }"),
        Code::StyleFileMissing => theme("static/css/site.css", "@import \"gone.css\";"),
        Code::StyleForeign => theme("static/css/site.css", "a { background: url(https://a.example/b.png) }"),
        Code::StyleImportAgain => theme("static/css/site.css", "@import \"site.css\";"),
        Code::StringForms => theme("i18n/vi.yaml", "home: {one: Nhà, other: Nhà}\n"),
        Code::StringsDiffer => theme("i18n/vi.yaml", "own: Riêng\n"),
        Code::OutInsideSources => out(news(""), "content/public"),
        Code::OutPreview => {
            let mut portal = news("");
            portal.options.preview = Preview { drafts: Shown::Shown, future: Shown::Hidden };
            portal
        }
        Code::OutSymlink => {
            let portal = news("");
            symlink("elsewhere", portal.root().join("public")).unwrap();
            portal
        }
        Code::OutLocked => locked(),
        Code::OutBlocked => news("").file("public", ""),
        Code::ForeignFile => news("").file("public/x", "").file("public/y", ""),
        Code::OutputFailed => return Some(Command(news("").file(".congso", ""), &["build"], 3)),
        Code::WithoutUnknown => {
            let mut portal = news("");
            portal.options.without = vec![congso::base::path::RelPath::new("content/news/b.md").unwrap()];
            portal
        }
        Code::BaseUrl => {
            let mut portal = news("");
            portal.options.base_url = Some("portal".to_owned());
            portal
        }
        Code::ExplainUnbuilt => return Some(Command(news(""), &["explain", "/"], 1)),
        Code::ExplainApart => return Some(Command(apart(), &["explain", "/"], 1)),
        Code::ExplainUnknown => {
            let portal = news("");
            portal.build_clean();
            return Some(Command(portal, &["explain", "/nowhere/"], 2));
        }
        Code::InitNotEmpty => return Some(Command(news(""), &["init", "content"], 2)),
        Code::NewExists => return Some(Command(news(""), &["new", "news", "A"], 1)),
        Code::NewTitle => return Some(Command(news(""), &["new", "news", "…"], 2)),
        Code::NotTranslation => return Some(Command(news(""), &["status", "--accept", "content/news/a.md"], 2)),
        _ => return None,
    };
    Some(Build(build))
}
