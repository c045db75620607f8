//! What style sheets become, and what is told of wrong ones.

use super::*;
use crate::base::path::UrlPath;
use crate::diag::Spot;

fn sources(files: &[(&str, &str)]) -> BTreeMap<String, Source> {
    let source = |(name, css): &(&str, &str)| {
        let path = RelPath::new(&format!("themes/mine/static/{name}")).unwrap();
        let text = SourceText::decode(&path, css.as_bytes()).unwrap();
        ((*name).to_owned(), Source { path, text })
    };
    files.iter().map(source).collect()
}

fn assets() -> BTreeMap<String, Asset> {
    let asset =
        |name: &str, url: &str| (name.to_owned(), Asset { url: UrlPath::parse(url).unwrap(), bytes: Vec::new() });
    BTreeMap::from([asset("fonts/a.woff2", "/assets/fonts/a.0123.woff2"), asset("mark.svg", "/assets/mark.4567.svg")])
}

fn made(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let (made, found) = make(&Sources { shown: sources(files), covered: Vec::new() }, &assets());
    assert_eq!(found, Diagnostics::default());
    made
}

/// The codes, and the text of the first file at each place.
fn told(files: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let sources = sources(files);
    let (_, found) = make(&Sources { shown: sources.clone(), covered: Vec::new() }, &assets());
    let text = |place: &Place| {
        let source = sources.values().find(|source| source.path == place.file).unwrap();
        match &place.spot {
            Spot::Bytes(from, to) => source.text.text()[*from..*to].to_owned(),
            spot => panic!("{spot:?}"),
        }
    };
    found.iter().map(|problem| (problem.code.id(), text(problem.place.as_ref().unwrap()))).collect()
}

#[test]
fn what_is_imported_stands_in_the_place_of_the_rule() {
    let made = made(&[
        ("css/site.css", "@import 'parts/a.css';\n@import url(\"b.css\") print;\nc { color: red }"),
        ("css/parts/a.css", "@import '../deep.css' layer(x);\na { color: green }"),
        ("css/deep.css", "d { color: #00f }"),
        ("css/b.css", "b { color: white }"),
        ("css/other.css", "o { color: black }"),
    ]);
    assert_eq!(made.keys().collect::<Vec<_>>(), ["css/other.css", "css/site.css"]);
    assert_eq!(
        made["css/site.css"].trim(),
        "@layer x{d{color:#00f}}a{color:green}@media print{b{color:#fff}}c{color:red}"
    );
}

#[test]
fn parts_of_a_covered_style_sheet_are_no_files_of_their_own() {
    let lower = sources(&[("css/site.css", "@import 'a.css';")]).into_iter().next().unwrap();
    let shown = sources(&[("css/site.css", "s { color: red }"), ("css/a.css", "a { color: red }")]);
    let (made, found) = make(&Sources { shown, covered: vec![lower] }, &assets());
    assert_eq!(found, Diagnostics::default());
    assert_eq!(made.keys().collect::<Vec<_>>(), ["css/site.css"]);
}

#[test]
fn files_are_named_by_their_fingerprints_from_where_the_style_sheet_is() {
    let made = made(&[
        ("css/site.css", "@import 'deep/er/part.css';"),
        (
            "css/deep/er/part.css",
            "a { background: url('../../../mark.svg#one') } @font-face { font-family: A; src: url(../../../fonts/a.woff2) }",
        ),
        ("top.css", ":root { --mark: url(\"mark.svg\") } b { background: url(data:image/gif;base64,AA==), url(#x) }"),
    ]);
    let (site, top) = (&made["css/site.css"], &made["top.css"]);
    assert!(site.contains("url(../mark.4567.svg#one)") && site.contains("url(../fonts/a.0123.woff2)"), "{site}");
    assert!(
        top.contains("mark.4567.svg") && top.contains("data:image/gif;base64,AA==") && top.contains("url(#x)"),
        "{top}"
    );
}

#[test]
fn old_phones_get_words_that_they_know() {
    let made = made(&[(
        "site.css",
        "a { &:hover { color: #12345678 } user-select: none; padding-inline: 1rem } @media (width >= 40rem) { a { color: red } }",
    )]);
    let css = &made["site.css"];
    for part in ["a:hover", "-webkit-user-select:none", "min-width:40rem"] {
        assert!(css.contains(part), "{part} is not in {css}");
    }
}

#[test]
fn sides_are_those_of_the_page() {
    let made = |css: &str| made(&[("site.css", css)])["site.css"].trim().to_owned();
    let gap = "a{padding-left:var(--gap);padding-right:var(--gap)}";
    assert_eq!(made("a { padding-inline: var(--gap) }"), gap);
    assert_eq!(made("a { margin-block: 1rem var(--gap) }"), "a{margin-top:1rem;margin-bottom:var(--gap)}");
    assert_eq!(
        made("a { border-block: 1px solid var(--x) }"),
        "a{border-top:1px solid var(--x);border-bottom:1px solid var(--x)}"
    );
    assert_eq!(
        made("a { padding-inline-end: 1rem; inset-inline-start: var(--x) }"),
        "a{left:var(--x);padding-right:1rem}"
    );
    assert_eq!(made("a { border-inline-start: 1px solid red }"), "a{border-left:1px solid red}");
    assert_eq!(
        made("a { border-inline-end-color: var(--x); inline-size: var(--x) }"),
        "a{border-right-color:var(--x);inline-size:var(--x)}"
    );
}

#[test]
fn mistakes_are_told_where_they_are() {
    let one = |css: &str| told(&[("site.css", css)]);
    let told_as = |code: &'static str, text: &str| vec![(code, text.to_owned())];
    assert_eq!(one("a {\n  color: red\n"), told_as("style-syntax", "{"));
    assert_eq!(one("a { color red }"), told_as("style-syntax", "red"));
    assert_eq!(one("a..b { color: red }"), told_as("style-syntax", ".b"));
    assert_eq!(one("a {}\n/* Việt 🇻🇳 */ @import 'b.css';").len(), 1);
    assert_eq!(one("/* Việt 🇻🇳 */ a:hoover { color: red }"), told_as("style-unknown", "hoover"));
    assert_eq!(one("@medai print { a { color: red } }"), told_as("style-unknown", "@medai"));
    assert_eq!(one("a { background: url(../gone.png) }"), told_as("style-file-missing", "url(../gone.png"));
    assert_eq!(one("@import 'gone.css';"), told_as("style-file-missing", "@import"));
    assert_eq!(
        one("a { background: url(https://a.example/x.png) }"),
        told_as("style-foreign", "url(https://a.example/x.png")
    );
    assert_eq!(one("@import '//a.example/x.css';"), told_as("style-foreign", "@import"));
    assert_eq!(one("@import 'site.css';"), told_as("style-import-again", "@import"));
}

#[test]
fn a_missing_file_is_told_with_the_nearest_one() {
    let shown = sources(&[("css/site.css", "a { background: url(../fonts/b.woff2) }")]);
    let (_, found) = make(&Sources { shown, covered: Vec::new() }, &assets());
    assert_eq!(found.iter().map(|problem| problem.suggestion.as_deref()).collect::<Vec<_>>(), [Some("fonts/a.woff2")]);
}

#[test]
fn nothing_is_imported_twice_or_in_a_circle() {
    let twice =
        told(&[("a.css", "@import 'b.css';\n@import 'c.css';"), ("b.css", "@import 'c.css';"), ("c.css", "c {}")]);
    assert_eq!(twice, [("style-import-again", "@import".to_owned())]);
    let circle = told(&[("a.css", "@import 'b.css';"), ("b.css", "@import 'a.css';"), ("c.css", "c {}")]);
    assert_eq!(circle, [("style-import-again", "@import".to_owned())]);
    let chain: Vec<(String, String)> =
        (0..500).map(|n| (format!("{n:03}.css"), format!("@import '{:03}.css';", (n + 1) % 500 + 1))).collect();
    let chain: Vec<(&str, &str)> = chain.iter().map(|(name, css)| (name.as_str(), css.as_str())).collect();
    assert!(!told(&chain).is_empty());
}

#[test]
fn what_was_made_before_is_taken_again_only_of_the_same() {
    let mut kept = Stylesheets::default();
    let all = |css: &str| Sources { shown: sources(&[("site.css", css)]), covered: Vec::new() };
    let of = |css: &str, kept: &mut Stylesheets| kept.of(&all(css), &assets()).0["site.css"].clone();
    assert_eq!(of("a { color: red }", &mut kept).trim(), "a{color:red}");
    kept.made.insert("site.css".to_owned(), "kept".to_owned());
    assert_eq!(of("a { color: red }", &mut kept), "kept");
    assert_eq!(of("a { color: blue }", &mut kept).trim(), "a{color:#00f}");
    let checksum = kept.checksum();
    let (_, found) = kept.of(&all("a {"), &assets());
    assert!(found.has_errors() && kept.checksum() == checksum, "what is wrong is told each time");
}
