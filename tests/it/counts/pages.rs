//! What one page costs: its text, its fields, its coming and going.

use std::fs;

use super::portal::{
    Outputs, all, edit, edit_of, feeds, lists, news, none, page, portal, replace, set, site_maps, sitemap, topics,
};

/// Adds a line to the front matter of a news item.
fn add(number: usize, line: &'static str) -> impl Fn(&mut crate::support::Portal) {
    move |portal| replace(portal, &news(number), "---\n\nMở đầu", &format!("{line}\n---\n\nMở đầu"))
}

#[test]
fn the_text_is_its_page_only() {
    let change = edit(|portal| replace(portal, &news(20), "Thân 20.", "Thân sửa 20."));
    change.check(page(20), none());
}

#[test]
fn a_text_without_a_summary_begins_in_the_feeds() {
    let portal = portal();
    replace(&portal, &news(23), "description: Mô tả 23.\n", "");
    let change = edit_of(portal, |portal| replace(portal, &news(23), "Mở đầu 23.", "Mở đầu sửa."));
    change.check(all([page(23), feeds()]), none());
}

#[test]
fn the_text_of_a_translation_is_its_page_only() {
    let change = edit(|portal| replace(portal, "content/news/tin-20.en.md", "Words 20.", "More words."));
    change.check(set(["en/news/tin-20/index.html"]), none());
}

#[test]
fn the_title_is_all_that_names_the_page() {
    let change = edit(|portal| replace(portal, &news(20), "Tựa 20.", "Tựa sửa."));
    let named = change.showed("Tựa 20.");
    assert!(named.is_superset(&all([page(20), feeds(), set(["index.html", "so-do-trang/index.html"])])));
    // The search engines' map has addresses only.
    assert!(!named.contains("sitemap.xml"));
    change.check(named, none());
}

#[test]
fn the_summary_is_all_that_shows_it() {
    let change = edit(|portal| replace(portal, &news(20), "Mô tả 20.", "Mô tả sửa."));
    let named = change.showed("Mô tả 20.");
    // Some name it by its title only.
    let titles = &change.summarised("Tựa 20.") - &named;
    change.check(named, titles);
}

/// Nothing is put in another order: each item of the news has a month of its own.
#[test]
fn the_date_is_all_that_shows_it() {
    let change = edit(|portal| replace(portal, &news(5), "2025-06-06", "2025-06-07"));
    let dated = &change.showed("Tựa 05.") - &site_maps();
    change.check(all([dated, sitemap()]), none());
}

#[test]
fn a_date_of_its_last_change_is_for_machines_too() {
    let change = edit(add(20, "updated: 2026-10-30"));
    // Its translation is not older than that change by more than the settings allow.
    let rows = &change.summarised("Tựa 20.") - &page(20);
    change.check(all([page(20), feeds(), sitemap()]), rows);
}

#[test]
fn a_topic_is_its_rows_and_the_pages_near_by() {
    let change = edit(|portal| replace(portal, &news(21), "topics: [data]", "topics: [skills]"));
    // Where a row tells what it is about, its topic stands, too; others name it by its title only.
    let rows = all([change.showed("Mô tả 21."), change.show("Mô tả 21.")]);
    assert!(rows.is_superset(&set(["chu-de/du-lieu-so/index.html", "en/topics/digital-skills/index.html"])));
    let titles = &change.summarised("Tựa 21.") - &rows;
    // Their numbers of pages, in both languages.
    change.check(all([rows, topics()]), titles);
}

#[test]
fn a_tag_is_its_list_and_the_pages_near_by() {
    let change = edit(add(20, "tags: [an-toan]"));
    let of_tag = set(["the/an-toan/index.html", "en/tags/security/index.html", "the/index.html", "en/tags/index.html"]);
    let near = |title: &str| &change.show(title) - &change.showed(title);
    let both = all([page(20), set(["en/news/tin-20/index.html"])]);
    // Those that have the tag already may now be nearer to each other than before.
    let others = &change.written & &news_with_tag();
    change.check(all([of_tag, both, near("Tựa 20."), near("Heading 20."), others]), none());
}

/// The pages of the news items that have the tag from the beginning.
fn news_with_tag() -> Outputs {
    let of = |number| all([page(number), set([&format!("en/news/tin-{number:02}/index.html")])]);
    all([of(0), of(8), of(16)])
}

#[test]
fn a_new_page_moves_the_lists_of_its_section() {
    let text = "---\ntitle: Tựa mới.\ndate: 2026-10-31\ntopics: [data]\n---\n\nMới.\n";
    let change = edit(|portal| portal.write("content/news/moi.md", text));
    let named = change.show("Tựa mới.");
    assert!(named.is_superset(&set([
        "tin-tuc/moi/index.html",
        "index.html",
        "en/index.html",
        "chu-de/du-lieu-so/index.html"
    ])));
    change.check(all([named, lists(), topics(), sitemap()]), none());
}

#[test]
fn a_page_that_goes_moves_the_lists_of_its_section() {
    let change = edit(|portal| fs::remove_file(portal.root().join(news(5))).unwrap());
    let gone = all([page(5), set(["tin-tuc/2025/06/index.html", "en/news/2025/06/index.html"])]);
    assert_eq!(change.removed, gone);
    let named = &change.showed("Tựa 05.") - &gone;
    change.check(all([named, lists(), sitemap()]), none());
}

#[test]
fn another_address_is_all_that_leads_there() {
    let change = edit(add(5, "slug: khac"));
    assert_eq!(change.removed, page(5));
    let named = &change.showed("Tựa 05.") - &page(5);
    change.check(all([named, set(["tin-tuc/khac/index.html"]), sitemap()]), none());
}

#[test]
fn an_old_address_is_a_page_of_its_own() {
    let change = edit(add(5, "aliases: [/cu]"));
    // The host is told of the new top folder, too.
    let hosting = set(["cu/index.html", "_redirects", "_headers"]);
    // The front matter is not the same, though its page shows nothing else.
    change.check(hosting, page(5));
}

#[test]
fn a_translation_takes_the_place_of_its_original() {
    let text = "---\ntitle: Heading 05.\n---\n\nWords.\n";
    let change = edit(|portal| portal.write("content/news/tin-05.en.md", text));
    let named = all([change.show("Heading 05."), change.showed_in_english("Tựa 05.")]);
    assert!(named.is_superset(&set(["en/news/tin-05/index.html", "en/atom.xml", "en/site-map/index.html"])));
    // The page itself offers the other language now.
    change.check(all([named, page(5), sitemap()]), none());
}

#[test]
fn a_page_taken_back_is_named_nowhere() {
    let change = edit(add(5, "withdrawn: {date: 2026-10-20, reason: Sai.}"));
    let gone = set(["tin-tuc/2025/06/index.html", "en/news/2025/06/index.html"]);
    assert_eq!(change.removed, gone);
    let named = &change.showed("Tựa 05.") - &gone;
    change.check(all([named, lists(), sitemap()]), none());
}

#[test]
fn a_picture_is_a_file_and_its_page() {
    let portal = portal();
    portal.write("content/news/anh.gif", "GIF89a");
    let image = "image: {src: anh.gif, alt: Ảnh}";
    // Only the page that leads the home page shows its picture there.
    let change = edit_of(portal, add(20, image));
    let both = all([page(20), set(["en/news/tin-20/index.html"])]);
    let rows = all([change.summarised("Tựa 20."), change.summarised("Heading 20.")]);
    let rows = &rows - &both;
    change.check(all([both, set(["tin-tuc/anh.gif"])]), rows);
}

#[test]
fn other_bytes_of_a_picture_are_a_copy() {
    let portal = portal();
    portal.write("content/news/anh.gif", "GIF89a");
    replace(&portal, &news(20), "---\n\nMở", "image: {src: anh.gif, alt: Ảnh}\n---\n\nMở");
    let change = edit_of(portal, |portal| portal.write("content/news/anh.gif", "GIF87a"));
    change.check(set(["tin-tuc/anh.gif"]), none());
}

#[test]
fn a_target_is_wherever_its_table_is() {
    let change = edit(|portal| replace(portal, "content/decisions/749.md", "\"2025\": 80", "\"2025\": 90"));
    let data = ["targets.csv", "en/targets.csv"];
    // What open data tell of documents is one thing to look up.
    let written = all([set(["van-ban/2020/749/index.html", "about/index.html"]), set(data)]);
    change.check(written, set(["documents.json", "en/documents.json"]));
}

#[test]
fn a_new_event_is_on_the_home_page_and_in_the_lists_of_events() {
    let text = "---\ntitle: Hội thảo.\nstart: 2026-11-25T08:00\n---\n\nSẽ có.\n";
    let change = edit(|portal| portal.write("content/events/thao.md", text));
    let named = change.show("Hội thảo.");
    let lists = ["su-kien/index.html", "en/events/index.html", "index.html", "en/index.html"];
    assert!(named.is_superset(&set(lists)));
    let calendars = ["lich.ics", "en/calendar.ics", "events.json", "en/events.json", "lich/2026/11/index.html"];
    assert!(named.is_superset(&set(calendars)));
    // The overview of the calendar says how many events a month has.
    let months = set(["lich/index.html", "en/calendar/index.html"]);
    change.check(all([named, months, sitemap()]), none());
}
