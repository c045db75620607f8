//! Themes: layers over layers, and what is told of templates, strings and files that are wrong.

use congso::base::lang::Lang;
use congso::diag::Severity;

use crate::support::{Built, Portal, SETTINGS};

/// A portal with one news page and a theme of its own.
fn portal() -> Portal {
    Portal::new()
        .file("site.yaml", format!("{SETTINGS}theme: mine\n"))
        .file("themes/mine/theme.yaml", "name: mine\n")
        .news("bai.md", "date: 2026-10-01", "Một.")
}

fn template(portal: Portal, name: &str, text: &str) -> Portal {
    portal.file(&format!("themes/mine/templates/{name}"), text)
}

/// Holds that a build fails with one error and that its message in both languages has some parts.
#[track_caller]
fn fails(built: &Built, code: &str, parts: &[&str]) {
    assert_eq!(built.codes(Severity::Warning), [code], "{}", built.messages(Lang::En));
    assert!(built.outcome.report.is_none());
    for lang in Lang::ALL {
        let message = built.messages(lang);
        for part in parts {
            assert!(message.contains(part), "{part} is not in:\n{message}");
        }
        assert!(unfilled(&message).is_none(), "{message}");
    }
}

/// The blocks that templates of the default theme fill.
fn empty_blocks() -> String {
    ["head", "body_class", "menu", "main", "footer"]
        .map(|name| format!("{{% block {name} %}}{{% endblock {name} %}}"))
        .concat()
}

/// A place of a message that nothing filled.
fn unfilled(message: &str) -> Option<&str> {
    let names = message.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    let mut names = names.filter(|name| !name.is_empty());
    names.find(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
}

#[test]
fn an_undefined_variable_names_template_line_and_page() {
    let built = template(portal(), "news.html", "<p>\n  {{ page.tilte }}</p>\n").build();
    let parts = ["`news.html`", "themes/mine/templates/news.html:2:11", "content/news/bai.md", "tilte"];
    fails(&built, "template-failed", &parts);
    let built = template(portal(), "news.html", "{% for x in nothing %}{% endfor %}").build();
    fails(&built, "template-failed", &["themes/mine/templates/news.html:1:13", "content/news/bai.md"]);
}

#[test]
fn an_undefined_variable_in_an_included_template_or_a_component_names_that_one() {
    let with = template(portal(), "news.html", "\n{% include \"parts/line.html\" %}");
    let built = template(with, "parts/line.html", "\n\n{{ missing }}").build();
    fails(&built, "template-failed", &["`parts/line.html`", "parts/line.html:3:4", "content/news/bai.md"]);
    let with = template(portal(), "news.html", "{{<my_part page={page} />}}");
    let built =
        template(with, "parts.html", "{% component my_part(page) %}\n{{ page.nix }}{% endcomponent my_part %}").build();
    fails(&built, "template-failed", &["parts.html:2:9", "content/news/bai.md"]);
}

#[test]
fn an_error_in_the_template_of_a_directive_names_the_page_it_is_in() {
    let portal = template(portal(), "directives/quote.html", "{{ directive.autor }}");
    let built = portal.news("loi.en.md", "", "x").news("loi.md", "date: 2026-10-02", ":::quote\nA\n:::").build();
    fails(&built, "template-failed", &["directives/quote.html:1:14", "content/news/loi.md"]);
}

#[test]
fn an_error_in_a_fragment_names_the_fragment_and_the_page() {
    let with = template(portal(), "news.html", "\n{{ fragment(name=\"line\") }}");
    let built = with.build();
    fails(&built, "template-missing", &["`fragments/line.html`", "news.html:2:4"]);
    let with = template(with, "fragments/line.html", "\n\n{{ missing }}");
    fails(&with.build(), "template-failed", &["fragments/line.html:3:4", "content/news/bai.md"]);
    let with = template(with, "fragments/line.html", "{{ fragment(name=\"line\") }}");
    fails(&with.build(), "template-failed", &["fragments/line.html:1:4", "cannot show another"]);
}

#[test]
fn an_error_in_a_template_of_many_pages_is_told_once() {
    let built = template(portal(), "base.html", &format!("{{{{ nix }}}} {}", empty_blocks())).build();
    fails(&built, "template-failed", &["base.html:1:4", "404.html"]);
    let part = template(portal(), "redirect.html", "{{ nix }}");
    let built = part.news("hai.md", "date: 2026-10-02\naliases: [/a, /b]", "Hai.").build();
    fails(&built, "template-failed", &["redirect.html:1:4", "content/news/hai.md"]);
}

#[test]
fn an_output_without_a_source_is_named_by_its_address() {
    let built = template(portal(), "404.html", "{{ nix }}").build();
    fails(&built, "template-failed", &["404.html:1:4", "`/en/404.html`"]);
    let built = template(portal(), "404-root.html", "{{ t(key=\"nix\") }}").build();
    fails(&built, "string-missing", &["404-root.html:1:", "/404.html", "`nix`"]);
}

#[test]
fn an_unknown_string_names_key_language_template_and_page() {
    let built = template(portal(), "news.html", "a\nb {{ t(key=\"related.titel\") }}").build();
    let parts = ["`related.titel`", "`vi`", "news.html:2:6", "content/news/bai.md", "`related.title`", "i18n/vi.yaml"];
    fails(&built, "string-missing", &parts);
    let english = portal().news("bai.en.md", "", "One.");
    let built = template(english, "news.html", "{% if lang == \"en\" %}{{ t(key=\"nix\") }}{% endif %}").build();
    fails(&built, "string-missing", &["`en`", "news.html:1:", "content/news/bai.en.md", "i18n/en.yaml"]);
}

#[test]
fn a_string_of_one_language_only_is_an_error() {
    let built = portal().file("themes/mine/i18n/vi.yaml", "mới: Chữ mới\n").build();
    fails(&built, "strings-differ", &["`mới`", "`en`", "themes/mine/i18n/vi.yaml", "i18n/en.yaml"]);
    let built = portal().file("themes/mine/i18n/vi.yaml", "home: {one: Một, other: Khác}\n").build();
    fails(&built, "string-forms", &["`home`", "themes/mine/i18n/vi.yaml:1:"]);
}

#[test]
fn a_missing_file_names_template_line_and_page() {
    let built = template(portal(), "news.html", "\n{{ asset(path=\"css/sites.css\") }}").build();
    let parts = ["`css/sites.css`", "news.html:2:4", "content/news/bai.md", "`css/site.css`"];
    fails(&built, "asset-missing", &parts);
}

#[test]
fn a_missing_template_names_who_asks_for_it() {
    let built = template(portal(), "news.html", "\n{% extends \"bas.html\" %}").build();
    fails(&built, "template-missing", &["`bas.html`", "`news.html`", "news.html:2:13", "`base.html`"]);
    let built = template(portal(), "news.html", "a\n\n {% include \"bas.html\" %}").build();
    fails(&built, "template-missing", &["`bas.html`", "`news.html`", "news.html:3:", "`base.html`"]);
    let section = "---\ntitle: Mục\nkind: news\nslug: tin-tuc\nlayout: sectoin\n---\n";
    let built = portal().file("content/news/_index.md", section).build();
    let parts = ["`sectoin.html`", "content/news/_index.md:5:9", "`section.html`"];
    fails(&built, "template-missing", &parts);
}

#[test]
fn a_layout_is_a_template_of_the_theme() {
    for layout in ["wide", "wide.html"] {
        let section = format!("---\ntitle: Mục\nkind: news\nslug: tin-tuc\nlayout: {layout}\n---\n");
        let portal = template(portal(), "wide.html", "wide {{ list.title }}");
        let built = portal.file("content/news/_index.md", section).build_clean();
        assert_eq!(built.out("tin-tuc/index.html"), "wide Mục");
    }
}

#[test]
fn what_tera_does_not_know_names_template_and_line() {
    for (text, line, name) in [
        ("a\n{{ page.title | uper }}", "news.html:2:17", "uper"),
        ("a\n{{ tt(key=\"home\") }}", "news.html:2:4", "tt"),
        ("{% if page %}\n", "news.html:", ""),
        ("{% extends \"base.html\" %}\n{% block nix %}{% endblock nix %}", "news.html:2:", "nix"),
        ("a\n{{ page. }}", "news.html:2:", ""),
    ] {
        let built = template(portal(), "news.html", text).build();
        fails(&built, "template-syntax", &["`news.html`", line, name]);
    }
    let with = template(portal(), "a.html", "{{ x | eins }}\n{{ x | zwei }}");
    let built = template(with, "b.html", "{{ x | drei }}").build();
    assert_eq!(built.codes(Severity::Error), ["template-syntax"; 3]);
    let message = built.messages(Lang::En);
    for part in ["a.html:1:8", "a.html:2:8", "b.html:1:8", "eins", "zwei", "drei"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn a_circle_of_templates_is_an_error() {
    let with = template(portal(), "a.html", "{% extends \"b.html\" %}");
    let built = template(with, "b.html", "{% extends \"a.html\" %}").build();
    fails(&built, "template-syntax", &["a.html", "b.html"]);
    let built = template(portal(), "a.html", "{% include \"a.html\" %}").build();
    fails(&built, "template-syntax", &["themes/mine/templates/a.html"]);
}

#[test]
fn errors_in_content_and_templates_are_told_together() {
    let built = template(portal(), "news.html", "{{ page.title | uper }}")
        .news("x.md", "date: 2026-10-02\ndraft: perhaps", "X.")
        .build();
    assert_eq!(built.codes(Severity::Error), ["wrong-type", "template-syntax"]);
}

/// `base` under `mine`: each layer takes the place of what is below it, wherever it is asked for.
#[test]
fn the_first_layer_that_has_a_name_wins() {
    let portal = portal()
        .file("themes/mine/theme.yaml", "extends: base\n")
        .file("themes/base/theme.yaml", "extends: default\n")
        .file("themes/base/templates/frame.html", "base frame [{% include \"mark.html\" %}] {% block main %}{% endblock main %}")
        .file("themes/base/templates/mark.html", "base mark")
        .file("themes/base/templates/news.html", "{% extends \"frame.html\" %}{% block main %}base news{% endblock main %}")
        .file("themes/base/templates/page.html", "{% extends \"frame.html\" %}{% block main %}base page {{ t(key=\"home\") }} {{ t(key=\"skip\") }}{% endblock main %}")
        .file("themes/base/i18n/vi.yaml", "home: nhà dưới\nskip: bỏ dưới\n")
        .file("themes/base/i18n/en.yaml", "home: lower home\nskip: lower skip\n")
        .file("themes/base/static/css/site.css", "lower { color: red }")
        .file("themes/base/static/own.txt", "lower")
        .file("content/rieng.md", "---\ntitle: Trang\n---\n");
    let lower = portal.build_clean();
    assert_eq!(lower.out("rieng/index.html"), "base frame [base mark] base page nhà dưới bỏ dưới");
    assert_eq!(lower.out("tin-tuc/bai/index.html"), "base frame [base mark] base news");
    assert!(lower.out("404.html").contains("nhà dưới"), "a string under a template of the default theme");

    let portal = portal
        .file("themes/mine/templates/mark.html", "my mark")
        .file(
            "themes/mine/templates/news.html",
            "{% extends \"frame.html\" %}{% block main %}my news{% endblock main %}",
        )
        .file("themes/mine/i18n/vi.yaml", "home: nhà trên\n")
        .file("themes/mine/i18n/en.yaml", "home: upper home\n")
        .file("themes/mine/static/css/site.css", "upper { color: red }");
    let upper = portal.build_clean();
    assert_eq!(upper.out("rieng/index.html"), "base frame [my mark] base page nhà trên bỏ dưới");
    assert_eq!(upper.out("tin-tuc/bai/index.html"), "base frame [my mark] my news");
    let texts = |prefix: &str| {
        let files = upper.tree().into_iter().filter(|(path, _)| path.starts_with(prefix));
        files.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(texts("assets/css/"), ["upper{color:red}"]);
    assert_eq!(texts("assets/own."), ["lower"]);
    assert!(texts("assets/js/site.").len() == 1 && !texts("assets/js/site.")[0].is_empty());
    let css = upper.tree().into_keys().find(|path| path.starts_with("assets/css/")).unwrap();
    assert!(upper.out("404.html").contains(&css), "pages name the fingerprint of the upper file");
}

/// The frame that a template of the default theme extends is the upper layer's.
#[test]
fn a_frame_takes_the_place_of_the_one_below_for_all_its_children() {
    let built = template(portal(), "base.html", &format!("MY FRAME {}", empty_blocks())).build_clean();
    for page in ["index.html", "en/index.html", "tin-tuc/bai/index.html", "tin-tuc/index.html", "404.html"] {
        assert!(built.out(page).starts_with("MY FRAME "), "{page}: {:.60}", built.out(page));
    }
    assert!(built.out("tin-tuc/bai/index.html").contains("<h1"), "the rest is the default theme's");
}

#[test]
fn a_missing_theme_and_a_circle_of_themes_are_told_with_their_place() {
    let portal = portal().file("themes/blue/theme.yaml", "name: blue\n");
    let built = portal.file("site.yaml", format!("{SETTINGS}theme: bleu\n")).build();
    fails(&built, "theme-missing", &["`bleu`", "site.yaml:14:8", "`blue`"]);
    let built = self::portal().file("themes/mine/theme.yaml", "extends: other\n").build();
    fails(&built, "theme-missing", &["`other`", "themes/mine/theme.yaml:1:10"]);
    let circle = self::portal()
        .file("themes/mine/theme.yaml", "extends: other\n")
        .file("themes/other/theme.yaml", "name: other\nextends: mine\n");
    fails(&circle.build(), "theme-loop", &["`mine`", "themes/other/theme.yaml:2:10"]);
    let own = self::portal().file("themes/mine/theme.yaml", "name: mine\nextends: mine\n").build();
    fails(&own, "theme-loop", &["`mine`", "themes/mine/theme.yaml:2:10"]);
    let built = self::portal().file("themes/mine/theme.yaml", "extends: [low]\n").build();
    fails(&built, "theme-extends", &["themes/mine/theme.yaml:1:10"]);
    let built = self::portal().file("themes/mine/theme.yaml", "extends: [\n").build();
    fails(&built, "yaml-syntax", &["themes/mine/theme.yaml:1:10"]);
}

#[test]
fn a_theme_below_the_folder_of_themes_only() {
    let built = portal().file("site.yaml", format!("{SETTINGS}theme: ../content\n")).build();
    fails(&built, "theme-missing", &["`../content`", "site.yaml:14:8"]);
    let built = portal().file("site.yaml", format!("{SETTINGS}theme: default/templates\n")).build();
    fails(&built, "theme-missing", &["`default/templates`", "site.yaml:14:8"]);
}

#[test]
fn the_festive_theme_is_in_the_program() {
    let with = |theme: &str| Portal::new().file("site.yaml", format!("{SETTINGS}theme: {theme}\n"));
    let portal = with("le-hoi");
    assert!(!portal.root().join("themes").exists());
    assert_ne!(portal.build_clean().out("index.html"), with("default").build_clean().out("index.html"));
    fails(&with("le-hoii").build(), "theme-missing", &["`le-hoii`", "`le-hoi`"]);
    // A folder of the portal takes its place.
    let own = with("le-hoi").file("themes/le-hoi/templates/home.html", "OWN");
    assert_eq!(own.build_clean().out("index.html"), "OWN");
}

/// Options are declared by layers, chosen by the settings, and shown in the language of the page.
#[test]
fn options_are_chosen_by_the_settings() {
    let options = "options:
  news: {type: number, min: 1, max: 9, default: 3, label: {vi: Tin, en: News}}
  side: {type: choice, choices: [left, right], default: left, label: {vi: Cột, en: Side}}
  slogan: {type: text, default: Số, label: {vi: Khẩu hiệu, en: Slogan}}
  covers: {type: bool, default: true, label: {vi: Bìa, en: Covers}}
";
    let shown = "{{ option(name=\"news\") }} {{ option(name=\"side\") }} {{ option(name=\"slogan\") }} {{ option(name=\"covers\") }}";
    let with = template(portal(), "home.html", shown).file("themes/mine/theme.yaml", "extends: low\n");
    let with = with.file("themes/low/theme.yaml", options);
    assert_eq!(with.build_clean().out("index.html"), "3 left Số true");
    let chosen = |text: &str| format!("{SETTINGS}theme: mine\ntheme_options: {{{text}}}\n");
    with.write("site.yaml", chosen("news: 7, side: right, slogan: {vi: Vì dân, en: For all}, covers: false"));
    let built = with.build_clean();
    assert_eq!(
        (built.out("index.html"), built.out("en/index.html")),
        ("7 right Vì dân false".to_owned(), "7 right For all false".to_owned())
    );
    let wrong = |text: &str, code: &str, parts: &[&str]| {
        with.write("site.yaml", chosen(text));
        fails(&with.build(), code, parts);
    };
    wrong("slogn: a", "theme-option-unknown", &["`slogn`", "site.yaml:15:24", "`slogan`"]);
    wrong("news: 10", "theme-option-value", &["`news`", "site.yaml:15:23", "`1` … `9`"]);
    wrong("side: rigth", "theme-option-value", &["`left`, `right`", "site.yaml:15:23", "`right`"]);
    with.write("site.yaml", chosen(""));
    let built = template(with, "home.html", "{{ option(name=\"slogn\") }}").build();
    fails(&built, "option-missing", &["`slogn`", "home.html:1:4", "`slogan`"]);
}
