//! Front matter that is missing, broken or wrong.

use congso::base::lang::Lang;

use super::{news, page};
use crate::support::Portal;

const A: &str = "content/news/a.md";

#[test]
fn none_at_all() {
    for text in ["# Tiêu đề\n\nBài viết.\n", "", "+++\ntitle = \"A\"\n+++\n"] {
        news(text).refused(&[("front-matter-missing", &format!("{A}:1"))]);
    }
    news("\n\nBài viết.\n").refused(&[("front-matter-missing", &format!("{A}:3"))]);
}

#[test]
fn never_closed() {
    let built = news("---\ntitle: Bài A\ndate: 2026-01-02\n\nBài viết.\n")
        .refused(&[("front-matter-unclosed", &format!("{A}:1"))]);
    assert!(built.messages(Lang::En).contains("Add a line `---` between the front matter and the text"));
    assert!(built.messages(Lang::Vi).contains("`---`"));
}

#[test]
fn tabs() {
    news(page("image:\n\tsrc: a.jpg\n")).refused(&[("yaml-tab", &format!("{A}:5"))]);
    news("---\n\ttitle: Bài A\n---\n").refused(&[("yaml-tab", &format!("{A}:2"))]);
}

#[test]
fn a_key_twice() {
    let built =
        news(page("description: Một.\ntitle: Bài khác\n")).refused(&[("yaml-duplicate-key", &format!("{A}:5"))]);
    assert!(built.messages(Lang::En).contains("The field `title` is given twice"));
    news(page("image:\n  alt: Một\n  alt: Hai\n")).refused(&[("yaml-duplicate-key", &format!("{A}:6"))]);
}

#[test]
fn a_colon_in_a_title_is_read_as_written() {
    let title = "Ngày 10/10: Chuyển đổi số quốc gia # năm thứ tư";
    let portal = news(format!("---\ntitle: {title}\ndate: 2026-01-02\n---\n"));
    let built = portal.accepted(&[("yaml-rescued-text", &format!("{A}:2"))]);
    assert!(built.out("tin-tuc/a/index.html").contains(&format!("<h1>{title}</h1>")));
}

#[test]
fn values_of_the_wrong_type() {
    for (lines, line) in [
        ("draft: có thể\n", 4),
        ("image: a.jpg\n", 4),
        ("topics: {data: true}\n", 4),
        ("authors: {name: Minh}\n", 4),
        ("description: [một, hai]\n", 4),
        ("corrections: hôm qua\n", 4),
        ("image:\n  alt: [một]\n", 5),
        ("source:\n  name: Báo\n  url: {a: b}\n", 6),
        ("extra: một\n", 4),
        ("featured: true\n", 4),
    ] {
        news(page(lines)).refused(&[("wrong-type", &format!("{A}:{line}"))]);
    }
    news("---\ntitle: [Bài, A]\ndate: 2026-01-02\n---\n").refused(&[("wrong-type", &format!("{A}:2"))]);
    for size in ["nhiều", "0", "-1", "1.5", "[20]", "99999999999999999999"] {
        let index = "content/news/_index.md";
        let text = format!("---\ntitle: Tin\nkind: news\npage_size: {size}\n---\n");
        Portal::new().file(index, text).refused(&[("wrong-type", &format!("{index}:4"))]);
    }
    let built = news(page("draft: có thể\n")).build();
    assert!(built.messages(Lang::En).contains("Draft (`draft`) takes `true` or `false`, but this is other text"));
    assert!(built.messages(Lang::Vi).contains("`draft`"));
}

#[test]
fn days_that_do_not_exist() {
    for date in ["2026-02-30", "31/4/2026", "2026-13-01", "29/2/2025", "hôm qua", "27/4/2022 25:00", "0000-00-00", "10"]
    {
        let portal = news(format!("---\ntitle: Bài A\ndate: {date}\n---\n"));
        let built = portal.refused(&[("bad-date", &format!("{A}:3"))]);
        for lang in Lang::ALL {
            assert!(built.messages(lang).contains(&format!("`{date}`")), "{date}");
            assert!(built.messages(lang).contains("`2022-04-27`"), "the forms of a date");
        }
    }
    news(page("publish: 30/2/2026\n")).refused(&[("bad-date", &format!("{A}:4"))]);
    let event = "content/events/b.md";
    let portal = Portal::new().file(event, "---\ntitle: B\nend: 1/2/2026\nstart: 2/2/2026\n---\n");
    portal.refused(&[("end-before-start", &format!("{event}:3"))]);
}

#[test]
fn keys_that_nobody_knows_and_what_was_meant() {
    for (key, meant) in [
        ("decription", "description"),
        ("Description", "description"),
        ("mo_ta", "description"),
        ("chủ đề", "topics"),
        ("chu_thich", "image.caption"),
        ("anh", "image"),
        ("tac_gia", "authors"),
    ] {
        let built = news(page(&format!("{key}: gì đó\n"))).refused(&[("unknown-field", &format!("{A}:4"))]);
        for (lang, question) in [(Lang::En, "Did you mean"), (Lang::Vi, "Có phải ý bạn là")] {
            let messages = built.messages(lang);
            assert!(messages.contains(&format!("{question} `{meant}`?")), "{key}: {messages}");
            assert!(messages.contains(&format!("`{key}`")), "{key}: {messages}");
        }
    }
    let built = news(page("image:\n  src: a.jpg\n  captoin: Ảnh\n")).build();
    assert!(built.messages(Lang::En).contains("Did you mean `caption`?"));
    let built = news(page("zzzzzz: gì đó\n")).refused(&[("unknown-field", &format!("{A}:4"))]);
    assert!(!built.messages(Lang::En).contains("Did you mean"));
}

#[test]
fn a_title_under_its_vietnamese_name() {
    let portal = news("---\ntieu_de: Bài A\ndate: 2026-01-02\n---\n");
    let built = portal.refused(&[("field-missing", &format!("{A}:2")), ("unknown-field", &format!("{A}:2"))]);
    assert!(built.messages(Lang::Vi).contains("Có phải ý bạn là `title`?"));
    assert!(built.messages(Lang::En).contains("Did you mean `title`?"));
}

#[test]
fn topics_that_are_not_declared() {
    let built = news(page("topics:\n  - data\n  - skils\n")).refused(&[("unknown-topic", &format!("{A}:6"))]);
    assert!(built.messages(Lang::En).contains("The topic `skils` is not declared"));
    assert!(built.messages(Lang::En).contains("Did you mean `skills`?"));
    let built = news(page("topics: [Kỹ năng sống]\n")).refused(&[("unknown-topic", &format!("{A}:4"))]);
    assert!(built.messages(Lang::Vi).contains("Có phải ý bạn là `Kỹ năng số`?"));
    news(page("topics: [DATA, Kỹ năng số]\n")).accepted(&[]);
}

#[test]
fn all_errors_of_all_files_are_told_at_once() {
    let portal = Portal::new()
        .file("content/news/a.md", "Bài viết.\n")
        .file("content/news/b.md", "---\ntitle: B\ndate: 2026-02-30\nslug: B\ntopics: [x]\n---\n")
        .file("content/events/c.md", "---\ntitle: C\n---\n\n[liên kết](nowhere.md)\n");
    portal.refused(&[
        ("field-missing", "content/events/c.md:2"),
        ("front-matter-missing", "content/news/a.md:1"),
        ("bad-date", "content/news/b.md:3"),
        ("bad-slug", "content/news/b.md:4"),
        ("unknown-topic", "content/news/b.md:5"),
    ]);
}

#[test]
fn settings_are_as_strict() {
    let with = |line: &str| Portal::new().file("site.yaml", format!("{}{line}\n", crate::support::SETTINGS));
    let last = crate::support::SETTINGS.lines().count() + 1;
    for (line, code) in [
        ("\tshare: []", "yaml-tab"),
        ("menu: []", "yaml-duplicate-key"),
        ("outdated_after: bảy", "bad-setting"),
        ("timezone: Asia/Hanoi", "bad-setting"),
        ("notice: {text: Chào, until: 30/2/2026}", "bad-date"),
        ("thme: default", "unknown-setting"),
        ("theme: defualt", "theme-missing"),
    ] {
        with(line).refused(&[(code, &format!("site.yaml:{last}"))]);
    }
    assert!(with("thme: default").build().messages(Lang::En).contains("Did you mean `theme`?"));
    let gone = Portal::empty().refused(&[("settings-missing", "")]);
    assert!(gone.messages(Lang::Vi).contains("congso init"));
}
