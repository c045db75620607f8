//! Tests of reading, diagnosing and locating YAML.

use proptest::prelude::*;

use super::*;

fn text(value: &str) -> Node {
    Node::Text(value.to_owned())
}

fn map(entries: &[(&str, Node)]) -> Node {
    Node::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

#[test]
fn values_of_every_type() {
    let read = parse(
        "a: x\nb: 5\nc: 1.5\nd: true\ne:\nf: [1, y]\n\"2025\": 80\n2030: 90\ng: {h: 2020-06-03}\ni: yes\nj: 007\nk: |\n  one\n  two\n",
    );
    assert_eq!(
        read,
        Ok(map(&[
            ("a", text("x")),
            ("b", Node::Int(5)),
            ("c", Node::Float(1.5)),
            ("d", Node::Bool(true)),
            ("e", Node::Null),
            ("f", Node::List(vec![Node::Int(1), text("y")])),
            ("2025", Node::Int(80)),
            ("2030", Node::Int(90)),
            ("g", map(&[("h", text("2020-06-03"))])),
            ("i", text("yes")),
            ("j", text("007")),
            ("k", text("one\ntwo\n")),
        ]))
    );
    for empty in ["", "\n", "# nothing\n", "  # nothing\n\n"] {
        assert_eq!(parse(empty), Ok(Node::Null), "{empty:?}");
    }
}

/// The code, the cause and the marked text of what is wrong.
fn wrong(yaml: &str) -> (Code, String, &str) {
    let error = parse(yaml).expect_err(yaml);
    let cause = error.args.first().map(|(_, arg)| match arg {
        Arg::Key(key) => key.strip_prefix("yaml-cause.").unwrap_or(key.as_ref()).to_owned(),
        Arg::Text(text) | Arg::Field(text) => text.clone(),
    });
    (error.code, cause.unwrap_or_default(), error.range.map_or("", |range| &yaml[range]))
}

#[test]
fn the_commonest_mistakes_are_told_apart_and_placed() {
    use Code::*;
    for (yaml, code, cause, place) in [
        ("image:\n\talt: x\n", YamlTab, "", "\t"),
        ("image:\n  src: a\n\talt: x\n", YamlTab, "", "\t"),
        ("tags:\n\t- a\n", YamlTab, "", "\t"),
        ("title: a\ndate: x\ntitle: b\n", YamlDuplicateKey, "title", "title"),
        ("image: {src: a, src: b}\n", YamlDuplicateKey, "src", "src"),
        ("title: \"abc\ndate: 2020\ntags: [a]\n", YamlUnclosedQuote, "\"", "\"abc"),
        ("title: 'abc\ndate: 2020\n", YamlUnclosedQuote, "'", "'abc"),
        ("title: \"abc\ndescription: \"def\"\n", YamlUnclosedQuote, "\"", "\"abc"),
        ("image:\n  alt: \"abc\n  src: b\ndate: x\n", YamlUnclosedQuote, "\"", "\"abc"),
        ("tags: [\"a, b]\ndate: x\n", YamlUnclosedQuote, "\"", "\"a, b]"),
        ("date: x\ntitle: \"abc", YamlUnclosedQuote, "\"", "\"abc"),
        ("date: x # it's\ntitle: \"abc", YamlUnclosedQuote, "\"", "\"abc"),
        ("note: Thủ tướng: phê duyệt\ndate: 2020\n", YamlSyntax, "colon", "Thủ tướng: phê duyệt"),
        ("note: abc:\ndate: x\n", YamlSyntax, "colon", "abc:"),
        ("note:abc\ndate: x\n", YamlSyntax, "colon-space", "note:abc"),
        ("date: x\nnote:abc\ntags: [a]\n", YamlSyntax, "colon-space", "note:abc"),
        ("note abc\ndate: x\n", YamlSyntax, "no-colon", "note abc"),
        ("date: x\nnote abc\ntags: [a]\n", YamlSyntax, "no-colon", "note abc"),
        ("note: a\n  date: x\n", YamlSyntax, "indent", "date: x"),
        ("  note: a\ndate: x\n", YamlSyntax, "indent", "date: x"),
        ("image:\n    src: a\n  alt: b\n", YamlSyntax, "indent", "alt: b"),
        ("tags:\n  - a\n - b\n", YamlSyntax, "indent", "- b"),
        ("tags: [a, b\ndate: x\n", YamlSyntax, "bracket-open", "[a, b"),
        ("image: {src: a\ndate: x\n", YamlSyntax, "bracket-open", "{src: a"),
        ("tags: [a b, c: d: e]\n", YamlSyntax, "bracket-text", "c: d: e]"),
        ("tags: [a, b]]\ndate: x\n", YamlSyntax, "after-bracket", "]"),
        ("note: [Info] abc\ndate: x\n", YamlSyntax, "after-bracket", "abc"),
        ("note: \"abc\" def\n", YamlSyntax, "after-quote", "def"),
        ("note: @abc\n", YamlSyntax, "character", "@abc"),
        ("note: !abc x\n", YamlSyntax, "character", "!abc x"),
        ("note: \"C:\\dir\"\n", YamlSyntax, "backslash", "note: \"C:\\dir\""),
        ("note: a\u{1}b\n", YamlSyntax, "control", "\u{1}"),
        ("[a, b]: c\n", YamlSyntax, "key", "[a, b]: c"),
        ("a: 1\n---\nb: 2\n", YamlSyntax, "documents", "---"),
        ("a: &x 1\nb: *x\n", YamlAlias, "", "1"),
        ("a: *x\n", YamlAlias, "", "*x"),
    ] {
        assert_eq!(wrong(yaml), (code, cause.to_owned(), place), "{yaml:?}");
    }
}

#[test]
fn a_tab_or_a_star_in_text_is_no_mistake() {
    assert_eq!(parse("title:\tabc\nnote: a\tb\n"), Ok(map(&[("title", text("abc")), ("note", text("a\tb"))])));
    assert_eq!(parse("a: x **b** & c &d\n"), Ok(map(&[("a", text("x **b** & c &d"))])));
}

#[test]
fn hostile_texts_are_refused_in_linear_time() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 9].join(", "));
    }
    assert_eq!(wrong(&bomb).0, Code::YamlAlias);
    assert_eq!(wrong(&"[".repeat(200_000)).0, Code::YamlTooDeep);
    assert_eq!(wrong(&"- ".repeat(200_000)).0, Code::YamlTooDeep);
    assert_eq!(wrong(&format!("a: {}1{}", "[".repeat(33), "]".repeat(33))).0, Code::YamlTooDeep);
    assert_eq!(wrong(&"- 1\n".repeat(MAX_NODES + 1)).0, Code::YamlTooDeep);
    assert!(parse(&format!("a: {}1{}", "[".repeat(31), "]".repeat(31))).is_ok());
    let started = std::time::Instant::now();
    for hostile in [
        "{", "{a: ", "? ", "a: ", "\"", "'", "!", "|\n", "[\n", "a:\n", "- - ", "*a ", "&a ", "[a, ", "{? ", ":", "%",
        "#", " ", "\t",
    ] {
        let _ = parse(&hostile.repeat(300_000 / hostile.len()));
        let _ = locate(&hostile.repeat(300_000 / hostile.len()), "a.b");
    }
    let keys: String = (0..50_000).map(|n| format!("key{n}: 1\n")).collect();
    assert!(parse(&keys).is_ok());
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn values_are_located() {
    let yaml = "title: Ngày: hội\nimage: {src: a.jpg, alt: Ảnh}\nempty:\ntargets:\n  - id: x\n    label: Tỷ lệ\n    2025: 80\n  - id: y\n\n# end\ndate: 2020-01-01 # đăng\n";
    let at = |path: &str| locate(yaml, path).map(|range| &yaml[range]);
    assert_eq!(at("title"), Some("Ngày: hội"));
    assert_eq!(at("image"), Some("{src: a.jpg, alt: Ảnh}"));
    assert_eq!(at("image.alt"), Some("Ảnh"));
    assert_eq!(at("empty"), Some("empty"));
    assert_eq!(at("targets.0.label"), Some("Tỷ lệ"));
    assert_eq!(at("targets.0.2025"), Some("80"));
    assert_eq!(at("targets.1"), Some("id: y"));
    assert_eq!(at("targets"), Some("- id: x\n    label: Tỷ lệ\n    2025: 80\n  - id: y"));
    assert_eq!(at("date"), Some("2020-01-01"));
    assert_eq!(at("nothing"), None);
    assert_eq!(at("image.none"), None);
    let places = Places::read(&rescue(yaml).text);
    let key = |steps: &[&str]| places.key(&steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>());
    assert_eq!(key(&["image", "alt"]).map(|range| range.len()), Some(3));
    assert_eq!(key(&["title"]), Some(0..5));
    assert_eq!(key(&["targets", "1"]), None);
    assert_eq!(locate("a: 1\nb: [x\nc: 2\n", "a"), Some(3..4));
    assert_eq!(locate("a.b: 1\na: 2\n", "a.b").map(|range| range.start), Some(5));
    assert_eq!(locate("a.b:\n  c: 1\na:\n  b.d: 2\n", "a.b.d").map(|range| range.start), Some(22));
}

#[test]
fn numbers_keep_the_form_they_are_written_in() {
    let yaml = "a: 1.10\nb: [2024, 0x10]\nc: True # x\n";
    for (path, raw) in [("a", "1.10"), ("b.1", "0x10"), ("c", "True")] {
        assert_eq!(locate(yaml, path).map(|range| &yaml[range]), Some(raw));
    }
}

/// Lines made of the parts that YAML gives a meaning.
fn yaml_like() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("title"),
        Just("image"),
        Just("a"),
        Just(": "),
        Just(":"),
        Just(" "),
        Just("  "),
        Just("\n"),
        Just("\n  "),
        Just("- "),
        Just("\""),
        Just("'"),
        Just("["),
        Just("]"),
        Just("{"),
        Just("}"),
        Just(","),
        Just("#"),
        Just("&a"),
        Just("*a"),
        Just("!"),
        Just("|"),
        Just(">"),
        Just("\t"),
        Just("---\n"),
        Just("...\n"),
        Just("Đổi số"),
        Just("1.5"),
        Just("\\"),
        Just("%"),
        Just("? "),
        Just("\r\n"),
        Just("\u{feff}"),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_gives_a_result(yaml in prop_oneof![any::<String>(), yaml_like()]) {
        let rescued = rescue(&yaml);
        prop_assert_eq!(yaml.matches('\n').count(), rescued.text.matches('\n').count());
        for read in [&*yaml, &*rescued.text] {
            if let Some(range) = parse(read).err().and_then(|error| error.range) {
                prop_assert!(read.get(range.clone()).is_some(), "{:?} {:?}", read, range);
                prop_assert!(yaml.get(rescued.original(range)).is_some() || read == yaml);
            }
        }
        for path in ["title", "image.a", "a.0", ""] {
            if let Some(range) = locate(&yaml, path) {
                prop_assert!(yaml.get(range).is_some());
            }
        }
    }
}
