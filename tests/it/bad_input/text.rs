//! Text that another program would take for code: it stays text, in HTML and in XML.

use quick_xml::Reader;
use quick_xml::events::Event;

use congso::base::lang::Lang;
use congso::diag::Severity;

use super::news;
use crate::support::{Built, Portal, SETTINGS, congso};

const HOSTILE: &str =
    "</title><script>alert(1)</script> \"Số\" & 'đổi' ]]> <!-- \u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{202e}\u{fffe}";

/// Whether XML 1.0 may hold a character.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Expects all XML of a build to be well-formed and to hold only characters that XML may hold.
fn sound_xml(built: &Built) -> usize {
    let tree = built.tree();
    let files = tree.iter().filter(|(path, _)| path.ends_with(".xml"));
    let checked = files.map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).unwrap();
        assert_eq!(text.chars().find(|c| !is_xml(*c)), None, "{path}");
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
                Event::Eof => break,
                Event::GeneralRef(name) => {
                    let c = name.resolve_char_ref().unwrap_or_else(|error| panic!("{path}: {error}"));
                    assert!(c.is_none_or(is_xml), "{path}: {c:?}");
                }
                _ => {}
            }
        }
    });
    checked.count()
}

/// Expects no hostile tag in any HTML of a build; how many files there are.
fn sound_html(built: &Built) -> usize {
    let tree = built.tree();
    let files = tree.iter().filter(|(path, _)| path.ends_with(".html"));
    let checked = files.map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(!text.contains("<script>alert") && !text.contains("</title><script"), "{path}");
        assert_eq!(text.matches("<title>").count(), text.matches("</title>").count(), "{path}");
        let control = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
        assert_eq!(control, None, "{path}");
    });
    checked.count()
}

/// A YAML string between double quotes, all odd characters as escapes.
fn yaml(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() || c > '\u{2000}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[test]
fn hostile_titles_are_escaped_everywhere() {
    let hostile = yaml(HOSTILE);
    let settings = SETTINGS
        .replace("{title: Cổng thử}", &format!("{{title: {hostile}, description: {hostile}}}"))
        .replace("{title: Test portal}", &format!("{{title: {hostile}}}"))
        .replace("vi: Dữ liệu số", &format!("vi: {hostile}"));
    let fields = format!(
        "title: {hostile}\ndescription: {hostile}\ndate: 2026-01-02\ntopics: [data]\ntags: [{hostile}]\nauthors: [{hostile}]\n\
         image: {{src: a.gif, alt: {hostile}, caption: {hostile}, credit: {hostile}}}\nsource: {{name: {hostile}}}\n\
         corrections: [{{date: 2026-01-03, text: {hostile}}}]\n"
    );
    let portal = news(format!("---\n{fields}---\n\n## Mục {HOSTILE}\n\nBài viết.\n"))
        .file("content/news/a.gif", "ảnh")
        .file("site.yaml", settings)
        .file(
            "content/events/b.md",
            format!(
                "---\ntitle: {hostile}\nstart: 2026-02-02\nplace: {{name: {hostile}, address: {hostile}}}\norganiser: {hostile}\ntheme: {hostile}\n---\n"
            ),
        );
    let built = portal.build();
    built.report();
    let (html, xml) = (sound_html(&built), sound_xml(&built));
    assert!(html > 20 && xml >= 4, "{html} HTML and {xml} XML files");
    let page = built.out("tin-tuc/a/index.html");
    assert!(page.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    let feed = built.out("tin-tuc/atom.xml");
    let title = "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; \"Số\" &amp; 'đổi' ]]&gt; &lt;!--";
    let shown = feed.replace("&quot;", "\"").replace("&apos;", "'").replace("&#39;", "'");
    assert!(shown.contains(title), "{feed}");
    let status = congso(portal.root(), &["status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&status.stdout).unwrap();
    let titles = status["pages"].as_array().unwrap().iter().map(|page| page["title"].as_str().unwrap());
    assert_eq!(titles.filter(|title| title.contains("<script>alert(1)</script> \"Số\" & 'đổi'")).count(), 2);
    // The addresses have nothing of it.
    for path in built.tree().keys() {
        assert!(path.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.".contains(c)), "{path}");
    }
}

#[test]
fn no_message_moves_the_cursor() {
    let portal = news(
        "---\ntitle: Bài\ndate: 2026-01-02\n\"\\e[2J\\e]0;x\\a\": 1\nslug: \"\\e[1m\"\n---\n\n[a](\u{1b}[2Jb.md)\n",
    );
    let built = portal.build();
    assert_eq!(built.codes(Severity::Error), ["unknown-field", "bad-slug"]);
    for lang in Lang::ALL {
        let found = built.messages(lang).chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(found, None, "{:?}", built.messages(lang));
    }
}

#[test]
fn control_characters_in_the_text_reach_no_output() {
    let body = "Một\u{1}\u{b}\u{c}\u{1b}[31m hai\u{85} ba\u{fffe}\u{ffff} bốn `mã\u{2}`.\n\n    \u{3}mã\n\n![Ảnh\u{4}](a.gif \"\u{5}\")\n\n<b title=\"\u{6}\">x\u{7}</b>\n";
    let portal = Portal::new().news("a.md", "date: 2026-01-02", body).file("content/news/a.gif", "ảnh");
    let built = portal.build();
    built.report();
    assert!(sound_html(&built) > 5 && sound_xml(&built) >= 3);
}

#[test]
fn template_syntax_is_plain_text() {
    let syntax = "{{ site.title }} {% raw %} {# x #} {{ 1 / 0 }} {%- set a = 1 -%} {{< figure >}}";
    let html = syntax.replace('<', "&lt;").replace('>', "&gt;");
    let portal = news(format!(
        "---\ntitle: {title}\ndescription: {title}\ndate: 2026-01-02\ntags: [{title}]\n---\n\n## {syntax}\n\n{syntax}\n\n`{syntax}`\n\n```\n{syntax}\n```\n\n:::callout type=\"note\" title=\"{syntax}\"\n{syntax}\n:::\n",
        title = yaml(syntax)
    ));
    let page = portal.build_clean().out("tin-tuc/a/index.html");
    // Title, description (shown and in the head), heading, text, code twice, callout twice.
    assert!(page.matches(&html).count() >= 8, "{page}");
    for piece in ["<h1>", "<code>", "<p>"] {
        assert!(page.contains(&format!("{piece}{html}")), "{piece}: {page}");
    }
    let settings = SETTINGS.replace("{title: Test portal}", "{title: \"{{ lang }}\"}");
    let portal = Portal::new().file("site.yaml", settings);
    let built = portal.build_clean();
    assert!(built.out("en/index.html").contains("<title>{{ lang }}"), "{}", built.out("en/index.html"));
}
