//! The law of edits, as a property: after any sequence of edits and builds the output is that of a
//! clean build, and a build that fails changes nothing.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::fixtures;
use crate::support::Portal;

/// One thing a person does between two builds.
#[derive(Clone, Debug)]
enum Edit {
    /// Writes a page: which, its language, and variants of its parts.
    Page { number: u8, english: bool, title: u8, text: u8, fields: u8 },
    /// Deletes a page in one language.
    Remove { number: u8, english: bool },
    /// Writes or deletes the file beside a page.
    File { number: u8, bytes: Option<u8> },
    /// Gives a section another address and page size.
    Section { variant: u8 },
    /// Changes the settings.
    Settings { variant: u8 },
    /// Changes a template, a string and a static file of the theme.
    Theme { variant: u8 },
    /// Moves the build date by days.
    Day { days: i64 },
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let page = (0..4_u8, any::<bool>(), 0..3_u8, 0..4_u8, 0..23_u8)
        .prop_map(|(number, english, title, text, fields)| Edit::Page { number, english, title, text, fields });
    let one = prop_oneof![
        6 => page,
        2 => (0..4_u8, any::<bool>()).prop_map(|(number, english)| Edit::Remove { number, english }),
        2 => (0..4_u8, proptest::option::of(0..3_u8)).prop_map(|(number, bytes)| Edit::File { number, bytes }),
        1 => (0..3_u8).prop_map(|variant| Edit::Section { variant }),
        1 => (0..3_u8).prop_map(|variant| Edit::Settings { variant }),
        1 => (0..6_u8).prop_map(|variant| Edit::Theme { variant }),
        1 => (0..60_i64).prop_map(|days| Edit::Day { days }),
    ];
    proptest::collection::vec(one, 1..7)
}

fn apply(edit: &Edit, portal: &mut Portal) {
    let folder = |number: u8| format!("content/news/trang-{number}");
    let page = |number: u8, english: bool| format!("{}/index{}.md", folder(number), if english { ".en" } else { "" });
    match *edit {
        Edit::Page { number, english, title, text, fields } => {
            let fields = match fields {
                0..=8 => "topics: [data]",
                9..=11 => "topics: [skills]\ntags: [an toàn, riêng]\ndescription: Mô tả.",
                12..=13 => "draft: true",
                14..=15 => "publish: 2026-11-20",
                16 => "aliases: [/duong-cu]\nimage: {src: tep.gif, alt: Ảnh}",
                17..=18 => "slug: chung",
                // No such field: the build fails.
                _ => "khong_co: x",
            };
            let body = match text {
                0 => "Chữ.",
                1 => "[Lễ](../le-ky-niem/index.md) ![Ảnh](tep.gif)",
                2 => "## Mục\n\n:::events when=\"all\"\n:::\n",
                _ => "<b>Đậm</b>[^1]\n\n[^1]: Chú thích.",
            };
            let front = format!("title: Tiêu đề {title}\ndate: 2026-10-{}\n{fields}", 10 + number);
            portal.write(&page(number, english), format!("---\n{front}\n---\n\n{body}\n"));
            if body.contains("tep.gif") || fields.contains("tep.gif") {
                portal.write(&format!("{}/tep.gif", folder(number)), "GIF89a");
            }
        }
        // What is not there is removed already.
        Edit::Remove { number, english } => drop(fs::remove_file(portal.root().join(page(number, english)))),
        Edit::File { number, bytes } => match bytes {
            Some(byte) => portal.write(&format!("{}/tep.gif", folder(number)), [byte; 20]),
            None => drop(fs::remove_file(portal.root().join(format!("{}/tep.gif", folder(number))))),
        },
        Edit::Section { variant } => {
            let (slug, size) = [("tin-tuc", 2), ("tin", 1), ("bai-viet", 20)][usize::from(variant)];
            let text = format!("---\ntitle: Tin tức\nkind: news\nslug: {slug}\npage_size: {size}\n---\n");
            portal.write("content/news/_index.md", text);
        }
        Edit::Settings { variant } => {
            let [title, missing, paths] =
                [["Cổng nhỏ", "link", "trang"], ["Cổng khác", "hide", "trang"], ["Cổng nhỏ", "link", "so"]]
                    [usize::from(variant)];
            let (_, base) = fixtures::files("small").into_iter().find(|(path, _)| path == "site.yaml").unwrap();
            let base = String::from_utf8(base).unwrap().replace("title: Cổng nhỏ", &format!("title: {title}"));
            portal.write(
                "site.yaml",
                format!("{base}missing_translation: {missing}\npaths: {{page: {{vi: {paths}}}}}\n"),
            );
        }
        Edit::Theme { variant } => {
            let theme = "themes/plain";
            portal.write(&format!("{theme}/templates/term.html"), format!("{{{{ list.title }}}} {variant}"));
            portal.write(&format!("{theme}/static/css/site.css"), format!("a{{order:{variant}}}"));
            // Once, a template that fails.
            let news = if variant == 2 { "{{ nothing }}" } else { "{% extends \"article.html\" %}" };
            portal.write(&format!("{theme}/templates/news.html"), news);
        }
        Edit::Day { days } => {
            let start: jiff::Timestamp = crate::support::NOW.parse().unwrap();
            portal.options.now = start + jiff::SignedDuration::from_hours(24 * days);
        }
    }
}

#[test]
fn after_any_edits_the_output_is_that_of_a_clean_build() {
    let config = Config { cases: 10, failure_persistence: None, ..Config::default() };
    // The same sequences on every machine.
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (succeeded, failed) = (Cell::new(0), Cell::new(0));
    let law = |edits: Vec<Edit>| {
        let mut portal = fixtures::portal("small").file("content/about.md", "---\ntitle: Giới thiệu\n---\n\nChữ.\n");
        let mut kept = portal.build().tree();
        let mut last_good = true;
        for edit in &edits {
            apply(edit, &mut portal);
            let built = portal.build();
            let tree = built.tree();
            last_good = built.outcome.report.is_some();
            if last_good {
                succeeded.set(succeeded.get() + 1);
                kept = tree;
            } else {
                failed.set(failed.get() + 1);
                prop_assert!(tree == kept, "a build that fails changed something: {edits:?}");
            }
        }
        if last_good {
            portal.options.out = portal.beside("clean");
            let clean = portal.build().tree();
            prop_assert_eq!(differing(&kept, &clean), Vec::<&String>::new(), "{:?}", edits);
        }
        Ok(())
    };
    runner.run(&edits(), law).unwrap_or_else(|error| panic!("{error}"));
    assert!(succeeded.get() > 20 && failed.get() > 3, "{succeeded:?} builds succeeded, {failed:?} failed");
}

/// The files two trees do not share.
fn differing<'a>(a: &'a BTreeMap<String, Vec<u8>>, b: &'a BTreeMap<String, Vec<u8>>) -> Vec<&'a String> {
    let of = |x: &'a BTreeMap<String, Vec<u8>>, y: &'a BTreeMap<String, Vec<u8>>| {
        x.iter().filter(|(path, bytes)| y.get(*path) != Some(*bytes)).map(|(path, _)| path)
    };
    of(a, b).chain(of(b, a)).collect()
}
