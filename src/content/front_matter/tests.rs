//! Tests of reading front matter.

use proptest::prelude::*;

use super::*;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::content::fields::FIELDS;
use crate::diag::{Catalog, Code, Diagnostic, Diagnostics, Severity, Spot};

fn read_at(yaml: &str) -> (FrontMatter, Diagnostics) {
    read(&RelPath::new("content/a.md").unwrap(), yaml, 4)
}

/// The front matter of a text without problems but for hints.
fn good(yaml: &str) -> FrontMatter {
    let (matter, problems) = read_at(yaml);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Hint), "{yaml}\n{problems:#?}");
    matter
}

/// The problems of a front matter that has a title.
fn problems(yaml: &str) -> Vec<Diagnostic> {
    read_at(&format!("title: x\n{yaml}")).1.into_iter().collect()
}

/// Code, field and suggestion of the only problem.
fn only(yaml: &str) -> (Code, String, Option<String>) {
    let problems = problems(yaml);
    let [problem] = problems.as_slice() else { panic!("{yaml}\n{problems:#?}") };
    for lang in Lang::ALL {
        let catalog = Catalog::load(lang);
        let message = catalog.message(problem) + &catalog.hints(problem).concat();
        let holes = [
            "{field}",
            "{value}",
            "{sample}",
            "{expected}",
            "{found}",
            "{reason}",
            "{problem}",
            "{choices}",
            "{start}",
        ];
        let keys = ["-error.", "value.", "found.", "yaml-", "{cause}", "{remedy}"];
        assert!(!holes.iter().chain(&keys).any(|raw| message.contains(raw)), "{message}");
    }
    let field = problem.args.iter().find(|(name, _)| *name == "field").map(|(_, arg)| match arg {
        crate::diag::Arg::Text(text) | crate::diag::Arg::Field(text) => text.clone(),
        crate::diag::Arg::Key(key) => key.to_string(),
    });
    (problem.code, field.unwrap_or_default(), problem.suggestion.clone())
}

fn date(text: &str) -> WrittenDate {
    WrittenDate::parse(text).unwrap()
}

#[test]
fn everything_of_a_news_item() {
    let matter = good(
        "title: Chuyển đổi số\ndescription: Một câu\nslug: chuyen-doi-so\ndraft: false\nid: a/b\ndate: 04/06/2020 14:03\n\
         publish: 2020-06-04\nunpublish: 2021-01-01\nupdated: 5/6/2020\nreview_by: 2022-01-01\ntopics: [digital-government]\n\
         tags: an toàn\naliases: [/old/path, /cu/]\nimage: {src: a.jpg, alt: Ảnh, caption: C, credit: D}\nauthors: [Minh Phương]\n\
         source: {name: Báo Quảng Trị, url: https://a.example/x?y#z}\nfeatured: {until: 2020-07-01}\n\
         corrections: [{date: 2020-06-06, text: Sửa}]\nwithdrawn: {date: 2020-06-07, reason: Sai}\ntranslates: 3f9a61c07b2e\n\
         extra: {a: {b: [1, 2]}}\n",
    );
    assert_eq!(matter.title.as_deref(), Some("Chuyển đổi số"));
    assert_eq!(matter.date, Some(date("2020-06-04T14:03")));
    assert_eq!(matter.tags, Some(vec!["an toàn".to_owned()]));
    assert_eq!(matter.aliases, ["/old/path", "/cu/"]);
    assert_eq!(matter.image.unwrap().credit.as_deref(), Some("D"));
    assert_eq!(matter.source.unwrap().url.as_deref(), Some("https://a.example/x?y#z"));
    assert_eq!(matter.featured, Some(date("2020-07-01")));
    assert_eq!(matter.corrections.unwrap()[0].text.as_deref(), Some("Sửa"));
    assert_eq!(matter.withdrawn.unwrap().reason.as_deref(), Some("Sai"));
    assert_eq!(matter.extra.keys().collect::<Vec<_>>(), ["a"]);
    assert_eq!(matter.stated.iter().count(), 21);
}

#[test]
fn everything_of_a_decision() {
    let matter = good(
        "title: T\nnumber: 749/QĐ-TTg\ntype: decision\nissued: 2020-06-03\neffective: 2020-06-03\neffective_until: 2025-12-31\n\
         agency: prime-minister\nsigner: Nguyễn Xuân Phúc\npartly: no\nstatus_checked: {date: 2026-01-01, url: https://v.example/}\n\
         replaces: [1/NQ-CP]\namends: 2/NQ-CP\nimplements: [52-NQ/TW]\nofficial_url: https://v.example/749\n\
         attachments:\n  - file: a.pdf\n    title: Toàn văn\n    scanned: yes\n\
         targets:\n  - id: gdp\n    label: Kinh tế số: tỷ trọng\n    unit: %\n    2025: 20\n    \"2030\": \">= 30\"\n    source: 749/QĐ-TTg\n    \
         measured: {value: 18.3%, as_of: 2024-12-31, source: NIC}\n",
    );
    let decision = &matter.decision;
    assert_eq!(decision.doc_type.as_deref(), Some("decision"));
    assert_eq!(decision.partly, Some(false));
    assert_eq!(decision.amends, Some(vec!["2/NQ-CP".to_owned()]));
    assert_eq!(decision.attachments.as_ref().unwrap()[0].scanned, Some(true));
    let target = &decision.targets.as_ref().unwrap()[0];
    assert_eq!(target.label.as_deref(), Some("Kinh tế số: tỷ trọng"));
    assert_eq!(target.unit.as_deref(), Some("%"));
    assert_eq!(target.years[&2025], Quantity { comparison: None, value: 20.0 });
    assert_eq!(target.years[&2030], Quantity { comparison: Some('≥'), value: 30.0 });
    assert_eq!(target.measured[0], Measured { value: 18.3, as_of: date("2024-12-31"), source: "NIC".into() });
}

#[test]
fn everything_of_events_and_sections() {
    let event = good(
        "title: T\nstart: 2024-10-12T08:00+07:00\nend: 2024-10-12\nall_day: true\nstatus: moved-online\nformer_start: 10/10/2024\n\
         place: {name: A, address: B, province: C, url: mailto:a@b.example}\norganiser: O\nseries: s\ntheme: Chuyển đổi số: Nhanh hơn\n",
    )
    .event;
    assert_eq!(event.status, Some(EventStatus::MovedOnline));
    assert_eq!(event.themes.as_ref().unwrap()[0].text, "Chuyển đổi số: Nhanh hơn");
    assert_eq!(event.place.as_ref().unwrap().url.as_deref(), Some("mailto:a@b.example"));
    let section =
        good("title: T\nkind: news\nsort: order\npage_size: 20\nfeed: true\narchive: false\nlayout: wide\n").section;
    let expected = SectionFields {
        kind: Some(Kind::News),
        sort: Some(Sort::Order),
        page_size: Some(20),
        feed: Some(true),
        archive: Some(false),
        layout: Some("wide".into()),
    };
    assert_eq!(*section, expected);
}

#[test]
fn text_comes_out_as_written() {
    for (yaml, title) in [
        ("title: 2024\n", "2024"),
        ("title: 1.10\n", "1.10"),
        ("title: yes\n", "yes"),
        ("title: True\n", "True"),
        ("title: 0x10 # x\n", "0x10 # x"),
        ("title: >-\n  hai\n  dòng\n", "hai dòng"),
        ("title: |\n  hai\n  dòng\n", "hai dòng"),
        ("title: \"  a\\x01b \"\n", "ab"),
    ] {
        assert_eq!(read_at(yaml).0.title.as_deref(), Some(title), "{yaml}");
    }
    assert_eq!(good("title: x\nnumber: 1.10\n").decision.number.as_deref(), Some("1.10"));
    assert_eq!(good("title: x\nslug: 007\n").slug.as_deref(), Some("007"));
    assert_eq!(good("title: x\nslug: 2024\n").slug.as_deref(), Some("2024"));
    assert_eq!(good("title: x\ntranslates: 123456789012\n").translates.as_deref(), Some("123456789012"));
    assert_eq!(good("title: x\ntags: [2024, 1.0, no]\n").tags.unwrap(), ["2024", "1.0", "no"]);
    assert_eq!(good("title: x\ntopics: kinh te\n").topics.unwrap(), ["kinh te"]);
}

#[test]
fn empty_fields_are_not_stated() {
    let matter = good("title: x\ndate:\ntopics:\nimage:\ntags: []\nslug:\n");
    assert_eq!(matter.stated.iter().map(|field| field.name).collect::<Vec<_>>(), ["title", "tags"]);
    assert_eq!((matter.date, matter.topics, matter.image, matter.slug), (None, None, None, None));
}

#[test]
fn a_title_is_needed() {
    let code = |yaml: &str| read_at(yaml).1.iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(code("date: 2020-01-01\n"), [Code::FieldMissing]);
    assert_eq!(code(""), [Code::FieldMissing]);
    assert_eq!(code("title:\n"), [Code::FieldEmpty]);
    assert_eq!(code("title: ''\n"), [Code::FieldEmpty]);
    assert_eq!(code("title: [a]\n"), [Code::WrongType]);
    assert_eq!(code("just text\n"), [Code::YamlNotMapping]);
    assert_eq!(code("title: \"x\n"), [Code::YamlUnclosedQuote]);
}

#[test]
fn each_mistake_has_its_message() {
    use Code::*;
    for (yaml, code, field, suggestion) in [
        ("tieu_de: a\n", UnknownField, "tieu_de", Some("title")),
        ("ngày: 2020-01-01\n", UnknownField, "ngày", Some("date")),
        ("image.alt: a\n", UnknownField, "image.alt", Some("image")),
        ("alt: a\n", UnknownField, "alt", Some("image.alt")),
        ("image: {chu_thich: a}\n", UnknownField, "chu_thich", Some("caption")),
        ("targets: [{id: a, year: 80}]\n", UnknownField, "year", None),
        (
            "targets: [{id: a, measured: [{value: 1, as_of: 2020-01-01, source: s, ngay: x}]}]\n",
            UnknownField,
            "ngay",
            Some("as_of"),
        ),
        ("expires: 2020-01-01\n", ExpiresField, "expires", None),
        ("date: [a]\n", WrongType, "date", None),
        ("draft: maybe\n", WrongType, "draft", None),
        ("image: a.jpg\n", WrongType, "image", None),
        ("featured: true\n", WrongType, "featured", None),
        ("topics: {a: b}\n", WrongType, "topics", None),
        ("tags: [[a]]\n", WrongType, "tags", None),
        ("corrections: [a]\n", WrongType, "corrections", None),
        ("page_size: 0\n", WrongType, "page_size", None),
        ("page_size: many\n", WrongType, "page_size", None),
        ("extra: a\n", WrongType, "extra", None),
        ("date: 2022-02-30\n", BadDate, "date", None),
        ("date: 2022\n", BadDate, "date", None),
        ("date: hôm nay\n", BadDate, "date", None),
        ("featured: {until: 31/4/2022}\n", BadDate, "featured.until", None),
        ("withdrawn: {date: x}\n", BadDate, "withdrawn.date", None),
        ("type: Nghị định\n", BadChoice, "type", Some("decree")),
        ("status: hoãn\n", BadChoice, "status", Some("postponed")),
        ("kind: tin-tuc\n", BadChoice, "kind", Some("news")),
        ("sort: up\n", BadChoice, "sort", None),
        ("slug: Chuyển đổi số\n", BadSlug, "slug", Some("chuyen-doi-so")),
        ("slug: con\n", BadSlug, "slug", None),
        ("slug: \"\"\n", FieldEmpty, "slug", None),
        ("aliases: [old]\n", BadAlias, "aliases", None),
        ("aliases: /a b\n", BadAlias, "aliases", None),
        ("official_url: www.a.example\n", BadUrl, "official_url", None),
        ("source: {url: \"javascript:alert(1)\"}\n", BadUrl, "source.url", None),
        ("place: {url: \"http://\"}\n", BadUrl, "place.url", None),
        ("targets: [{label: a}]\n", BadTarget, "targets.id", None),
        ("targets: [{id: a, 2025: nhiều}]\n", BadTarget, "targets.YYYY", None),
        ("targets: [{id: a, 2025: [1]}]\n", WrongType, "targets.YYYY", None),
        ("targets: [{id: a, measured: [{as_of: 2020-01-01, source: s}]}]\n", BadTarget, "targets.measured.value", None),
        ("targets: [{id: a, measured: [{value: 1, source: s}]}]\n", BadTarget, "targets.measured.as_of", None),
        ("targets: [{id: a, measured: [{value: 1, as_of: 2020-01-01}]}]\n", BadTarget, "targets.measured.source", None),
        (
            "targets: [{id: a, measured: [{value: \"> 1\", as_of: 2020-01-01, source: s}]}]\n",
            BadTarget,
            "targets.measured.value",
            None,
        ),
        ("withdrawn: {reason: a}\n", FieldMissing, "withdrawn.date", None),
        ("corrections: [{text: a}]\n", FieldMissing, "corrections.date", None),
        ("featured: {}\n", FieldMissing, "featured.until", None),
        ("status_checked: {url: https://a.example}\n", FieldMissing, "status_checked.date", None),
        ("attachments: [{title: a}]\n", FieldMissing, "attachments.file", None),
        ("start: 2024-10-12\nend: 2024-10-11\n", EndBeforeStart, "end", None),
        ("start: 2024-10-12T08:00\nend: 2024-10-12T07:59\n", EndBeforeStart, "end", None),
        ("effective: 2024-10-12\neffective_until: 2023-10-12\n", EndBeforeStart, "effective_until", None),
        ("publish: 2024-10-12\nunpublish: 2023-10-12\n", EndBeforeStart, "unpublish", None),
        ("caption: a\nimage: {alt: b: c}\n", YamlSyntax, "", None),
        ("description: a: b\n", YamlRescuedText, "description", None),
    ] {
        assert_eq!(only(yaml), (code, field.to_owned(), suggestion.map(str::to_owned)), "{yaml}");
    }
    for fine in ["start: 2024-10-12T08:00\nend: 2024-10-12\n", "start: 2024-10-12T23:00+07:00\nend: 2024-10-12T10:00\n"]
    {
        assert_eq!(problems(fine), [], "{fine}");
    }
}

#[test]
fn problems_are_collected_and_placed() {
    // 4 bytes of `---` and 9 of the title stand before.
    let found = problems("date: x\ntieu_de: y\nimage: {src: [], Alt: b}\n");
    let spots: Vec<_> = found.iter().map(|problem| problem.place.clone().unwrap().spot).collect();
    assert_eq!(
        spots,
        [Spot::Field("date".into()), Spot::Bytes(21, 28), Spot::Field("image.src".into()), Spot::Bytes(49, 52)]
    );
    let many: String = (0..1000).map(|n| format!("k{n}: 1\n")).collect();
    assert_eq!(problems(&many).len(), 100);
}

#[test]
fn every_field_of_the_table_is_read() {
    for field in FIELDS.iter().filter(|field| !field.name.contains('.')) {
        let yaml = format!("{}\n", field.sample());
        let yaml = if field.name == "title" { yaml } else { format!("title: x\n{yaml}") };
        let (matter, problems) = read_at(&yaml);
        assert!(problems.iter().all(|problem| problem.severity == Severity::Hint), "{yaml}\n{problems:#?}");
        assert!(matter.stated.contains(field.name), "{yaml}");
        let empty = FrontMatter { title: Some("x".into()), stated: matter.stated, ..FrontMatter::default() };
        assert_ne!(matter, empty, "{yaml}");
    }
    // Nested fields are known inside their parents and refuse what they cannot hold.
    for field in FIELDS.iter().filter(|field| field.name.contains('.')) {
        let (parents, _) = field.name.rsplit_once('.').unwrap();
        let entry = format!("{}: [[x]]", if field.key() == "YYYY" { "2025" } else { field.key() });
        let yaml = parents.rsplit('.').fold(entry, |inner, parent| format!("{parent}: {{{inner}}}"));
        let found = problems(&yaml);
        assert!(found.iter().any(|problem| problem.code == Code::WrongType), "{yaml}\n{found:#?}");
        assert!(found.iter().all(|problem| problem.code != Code::UnknownField), "{yaml}\n{found:#?}");
    }
}

#[test]
fn quantities() {
    for (text, comparison, value) in [
        ("80", None, 80.0),
        ("≥ 10", Some('≥'), 10.0),
        (">= 10", Some('≥'), 10.0),
        ("> 80", Some('>'), 80.0),
        ("<=5%", Some('≤'), 5.0),
        ("≈ 7.5", Some('≈'), 7.5),
        ("~20", Some('≈'), 20.0),
        ("80%", None, 80.0),
        ("3,5 %", None, 3.5),
        ("-1.5", None, -1.5),
    ] {
        assert_eq!(values::quantity(text), Some(Quantity { comparison, value }), "{text}");
    }
    for text in ["", "%", "khoảng 20", "1,656", "1.2,3", "inf", "nan", "1e5", "--1", "> ", "5 6", "=> 5"] {
        assert_eq!(values::quantity(text), None, "{text}");
    }
}

/// YAML made of fields and of what may stand behind them.
fn fields_like() -> impl Strategy<Value = String> {
    let key = proptest::sample::select(FIELDS.iter().map(|field| field.key()).collect::<Vec<_>>());
    let value = prop_oneof![
        Just("x".to_owned()),
        Just("[a, 1, {b: c}]".to_owned()),
        Just("{id: 1, date: 2020-01-01, 2025: x}".to_owned()),
        Just("2024-02-30".to_owned()),
        Just("1.5".to_owned()),
        Just("A: b # c".to_owned()),
        Just(String::new()),
        Just("\n  - id: x\n    \"2025\": [1]\n    measured: 5".to_owned()),
        "\\PC{0,12}",
    ];
    proptest::collection::vec((key, value), 0..12)
        .prop_map(|lines| lines.into_iter().map(|(key, value)| format!("{key}: {value}\n")).collect())
}

proptest! {
    #[test]
    fn any_text_gives_front_matter(yaml in prop_oneof![any::<String>(), fields_like()]) {
        let (_, problems) = read_at(&yaml);
        for problem in problems {
            if let Some(Spot::Bytes(start, end)) = problem.place.map(|place| place.spot) {
                prop_assert!(yaml.get(start - 4..end - 4).is_some());
            }
        }
    }
}
