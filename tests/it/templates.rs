//! What templates are given, held against `docs/templates.md` in both directions, and what the
//! functions and filters answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::fixtures;
use crate::support::Portal;
use crate::template_doc::{Given, Promise};

/// Where a directive shows what it was given, inside the text of a page.
const MARKS: [&str; 2] = ["<!-- directive ", " -->"];

/// The small site with templates that print all they are given.
fn showing() -> Portal {
    let promise = Promise::read();
    let names = promise.templates.keys().filter(|name| *name != "directives/NAME.html");
    let portal = fixtures::portal("small")
        .news("chup.md", "date: 2026-10-01\nimage: {src: chup.png, alt: Ảnh}", "![Ảnh](chup.png)")
        .file("content/news/chup.png", include_bytes!("../fixtures/photos/small.png"));
    let portal = names.fold(portal, |portal, name| {
        portal.file(&format!("themes/plain/templates/{name}"), format!("{name}\n{{{{ __tera_context | safe }}}}"))
    });
    let directives = promise.records.keys().filter_map(|path| path.strip_prefix("directive."));
    directives.filter(|name| !name.contains('.')).fold(portal, |portal, name| {
        let text = format!("{}{name}\n{{{{ __tera_context | safe }}}}{}", MARKS[0], MARKS[1]);
        // An image inside a gallery would show in what the gallery was given.
        let alone = "{% if not directive.within %}";
        let text = if name == "image" { format!("{alone}{text}{{% endif %}}") } else { text };
        portal.file(&format!("themes/plain/templates/directives/{name}.html"), text)
    })
}

/// What each output of a portal was made from: template, output, variables. Directives are among them.
fn given(portal: &Portal) -> Vec<(String, String, Given)> {
    let built = portal.build_clean();
    let mut all = Vec::new();
    for (path, bytes) in built.tree().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8(bytes).unwrap();
        let (name, dump) = text.split_once('\n').unwrap();
        let value = Given::read(dump);
        if let Given::Map(variables) = &value
            && let Some(body) = ["page", "list"].iter().find_map(|name| variables.get(*name)).filter(|v| has_body(v))
        {
            for part in body.field("body").text().split(MARKS[0]).skip(1) {
                let (name, dump) = part.split_once(MARKS[1]).unwrap().0.split_once('\n').unwrap();
                all.push((format!("directives/{name}.html"), path.clone(), Given::read(dump)));
            }
        }
        all.push((name.to_owned(), path, value));
    }
    all
}

fn has_body(value: &Given) -> bool {
    matches!(value, Given::Map(fields) if fields.contains_key("body"))
}

#[test]
fn templates_are_given_what_is_promised_and_nothing_else() {
    let promise = Promise::read();
    let with_home = showing();
    let without_home = showing();
    fs::remove_file(without_home.root().join("content/_index.en.md")).unwrap();
    let (mut met, mut wrong, mut templates) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (name, path, value) in [with_home, without_home].iter().flat_map(given) {
        let Given::Map(variables) = &value else { panic!("{path}") };
        let directive = name.strip_prefix("directives/").map(|name| name.trim_end_matches(".html"));
        let generic = if directive.is_some() { "directives/NAME.html" } else { name.as_str() };
        let names: BTreeSet<String> = variables.keys().cloned().collect();
        if names != promise.templates[generic] {
            wrong.insert(format!("{name}: {names:?} instead of {:?}", promise.templates[generic]));
        }
        for (variable, value) in variables {
            let record = match (variable.as_str(), directive) {
                ("directive", Some(directive)) => format!("directive.{directive}"),
                ("page", _) if name == "withdrawn.html" => "withdrawn".to_owned(),
                (variable, _) => variable.to_owned(),
            };
            promise.check(&record, value, &mut met, &mut wrong);
        }
        templates.insert(name);
    }
    assert_eq!(wrong, BTreeSet::new());
    let unmet: Vec<&String> = promise.records.keys().filter(|record| !met.contains(*record)).collect();
    // Without the feature, nothing is made of photographs.
    let unmet: Vec<&String> =
        unmet.into_iter().filter(|r| cfg!(feature = "images") || !r.ends_with(".sources")).collect();
    assert_eq!(unmet, Vec::<&String>::new(), "promised, and in no output of the test");
    let expected = promise.templates.keys().filter(|name| *name != "directives/NAME.html").cloned();
    let directives = promise.records.keys().filter_map(|record| record.strip_prefix("directive."));
    let directives = directives.filter(|name| !name.contains('.')).map(|name| format!("directives/{name}.html"));
    assert_eq!(templates, expected.chain(directives).collect());
}

/// The functions and filters with what they answer in Vietnamese and in English.
const CALLS: [(&str, &str, &str); 52] = [
    (r#"t(key="home")"#, "Trang đầu", "Start"),
    (r#"t(key="home", lang="en")"#, "Start", "Start"),
    (r#"t(key="list.count", count=1)"#, "1 mục", "1 thing"),
    (r#"t(key="list.count", count=1200)"#, "1.200 mục", "1,200 things"),
    (r#"t(key="list.page", number=2, total="<3>")"#, "Trang 2/&lt;3&gt;", "Page 2/&lt;3&gt;"),
    (r#"asset(path="mark.svg")"#, "/portal/assets/mark.fb91f9a0.svg", "/portal/assets/mark.fb91f9a0.svg"),
    (r#"option(name="home_news")"#, "6", "6"),
    (r#"latest(section="news", limit=2) | length"#, "2", "2"),
    (r#"latest(section="news") | length"#, "3", "3"),
    (r#"latest(section="nowhere") | length"#, "0", "0"),
    (r#"related() | length"#, "0", "0"),
    (r#"newest(limit=2) | length"#, "0", "0"),
    (r#"earlier(without=[]) | length"#, "0", "0"),
    (r#"events() | length"#, "4", "4"),
    (r#"events(when="past") | length"#, "3", "3"),
    (r#"events(when="all") | length"#, "7", "7"),
    (r#"events(when="all", limit=1) | length"#, "1", "1"),
    (r#"events(when="all", series="the-day") | length"#, "2", "2"),
    (r#"events(when="all", series="other") | length"#, "0", "0"),
    (r#"featured(section="news") | get(key="title")"#, "Lễ kỷ niệm", "Anniversary"),
    (r#"featured(section="nowhere")"#, "", ""),
    (r#"page_at(path="news/tin-ba.md") | get(key="title")"#, "Tin thứ ba", "Third item"),
    (r#"page_at(path="news/_index.md") | get(key="title")"#, "Tin tức", "News"),
    (r#"terms(vocabulary="agencies") | length"#, "1", "1"),
    (r#"terms(vocabulary="types") | first | get(key="name")"#, "Quyết định", "Decision"),
    (r#"link_to(url="/verify.txt")"#, "/portal/verify.txt", "/portal/verify.txt"),
    (r#"link_to(url="/")"#, "/portal/", "/portal/"),
    (r#"today() | date"#, "01/11/2026", "1 November 2026"),
    (r#"next_day(series="the-day") | get(key="date") | date"#, "10/10/2027", "10 October 2027"),
    (r#"next_day(series="nothing")"#, "", ""),
    (r#"targets(from="decisions/749-qd-ttg/index.md") | get(key="rows") | length"#, "3", "3"),
    (r#"targets(from="decisions/749-qd-ttg/index.md", only=["egdi"]) | get(key="rows") | length"#, "1", "1"),
    (r#"targets(from="news/tin-ba.md") | get(key="rows") | length"#, "0", "0"),
    (r#"cover(of=featured(section="news")) is starting_with(pat="<svg class=\"cover cover-")"#, "true", "true"),
    (r#"structured() is containing(pat="WebSite")"#, "true", "true"),
    (r#"metadata() is containing(pat="<meta name=\"DC.title\" content=\"")"#, "true", "true"),
    (r#"fragments(name="part", item=[day])"#, "<b>vi Ngày</b>", "<b>en Ngày</b>"),
    (r#"fragments(name="part", item=[])"#, "", ""),
    (r#"fragment(name="part", item=day)"#, "<b>vi Ngày</b>", "<b>en Ngày</b>"),
    (r#"fragment(name="part", item=featured(section="news"))"#, "<b>vi Lễ kỷ niệm</b>", "<b>en Anniversary</b>"),
    ("1656 | number", "1.656", "1,656"),
    ("0.5 | number", "0,5", "0.5"),
    (r#""vi" | lang_name"#, "Tiếng Việt", "Tiếng Việt"),
    (r#""en" | lang_name"#, "English", "English"),
    ("900 | filesize", "1 KB", "1 KB"),
    ("120000 | filesize", "118 KB", "118 KB"),
    (r#""Số & chữ/?" | urlencode"#, "S%E1%BB%91%20%26%20ch%E1%BB%AF%2F%3F", "S%E1%BB%91%20%26%20ch%E1%BB%AF%2F%3F"),
    (r#"day.date | date"#, "04/06/2020", "4 June 2020"),
    (r#"day.updated | date(style="news")"#, "Thứ Bảy, 06/06/2020", "Saturday, 6 June 2020"),
    (r#"day.date | date(style="range", to=day.updated)"#, "04–06/06/2020", "4–6 June 2020"),
    (r#"day.date | date(style="range", to=day.event)"#, "04/06/2020", "4 June 2020"),
    ("site.title | upper", "CỔNG NHỎ", "SMALL PORTAL"),
];

/// A site whose home pages answer some expressions, a line for each.
fn answers(expressions: &[String]) -> [Vec<String>; 2] {
    let lines: String = expressions.iter().map(|call| format!("{{{{ {call} }}}}\n")).collect();
    let template = format!("{{% set day = page_at(path=\"day.md\") %}}{lines}");
    let portal = fixtures::portal("small")
        .file("themes/plain/templates/home.html", template)
        .file("themes/plain/templates/fragments/part.html", "<b>{{ lang }} {{ item.title }}</b>\n")
        .file("content/day.md", "---\ntitle: Ngày\ndate: 2020-06-04T14:03\nupdated: 2020-06-06\n---\n");
    let built = portal.build_clean();
    ["index.html", "en/index.html"].map(|path| built.out(path).lines().map(str::to_owned).collect())
}

#[test]
fn functions_and_filters_answer_as_promised() {
    let [vi, en] = answers(&CALLS.map(|(call, _, _)| call.to_owned()));
    let answered = CALLS.iter().zip(vi.iter().zip(&en)).map(|((call, _, _), (vi, en))| (*call, &**vi, &**en));
    assert_eq!(answered.collect::<Vec<_>>(), CALLS);
}

/// The table names exactly the functions and filters there are, and the test above asks each.
#[test]
fn the_table_of_functions_is_complete() {
    let promise = Promise::read();
    let name = |call: &str| {
        let call = call.trim_matches('`');
        let call = call.split_once(" | ").map_or(call, |(_, filter)| filter);
        call.split('(').next().unwrap().to_owned()
    };
    let promised: BTreeSet<String> = promise.calls.iter().map(|call| name(call)).collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/functions.rs");
    let source = fs::read_to_string(source).unwrap();
    let mut known = BTreeSet::new();
    for list in ["const FUNCTIONS: ", "const FILTERS: "] {
        let list = source.split(list).nth(1).unwrap().split(';').nth(1).unwrap();
        known.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    assert_eq!(promised, known);
    let asked: String = CALLS.iter().map(|(call, _, _)| format!(" {call} ")).collect();
    let is_asked = |name: &&String| [format!(" {name}("), format!("| {name}")].iter().any(|c| asked.contains(c));
    assert_eq!(known.iter().filter(|name| !is_asked(name)).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn dates_read_as_the_table_of_styles_says() {
    let promise = Promise::read();
    let styles: BTreeMap<&str, [&str; 2]> =
        promise.dates.iter().map(|[style, vi, en]| (style.as_str(), [vi.as_str(), en.as_str()])).collect();
    let plain: Vec<&str> = styles.keys().copied().filter(|style| *style != "range").collect();
    let calls: Vec<String> = plain.iter().map(|style| format!("day.date | date(style=\"{style}\")")).collect();
    let [vi, en] = answers(&calls);
    for (style, (vi, en)) in plain.iter().zip(vi.iter().zip(&en)) {
        assert_eq!([vi.as_str(), en.as_str()], styles[style], "{style}");
    }
    assert_eq!(styles["range"], ["22–23/10/2024", "22–23 October 2024"]);
    assert_eq!(styles.len(), 7);
}
