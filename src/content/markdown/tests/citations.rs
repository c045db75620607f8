//! Documents cited in texts: which become holes, and which are only counted.

use super::*;
use crate::content::citation::Told;

/// The citations as `number mention section`.
fn cited(text: &str) -> Vec<String> {
    let rendered = portal(text);
    rendered.citations.iter().map(|c| format!("{} {:?} {}", c.number, c.mention, c.section)).collect()
}

#[test]
fn a_number_in_the_text_becomes_a_hole() {
    assert_eq!(
        html("Theo Quyết định số 749/QĐ-TTg ngày 03/6/2020.\n"),
        "<p>Theo Quyết định số {c0}749/QĐ-TTg{/c0} ngày 03/6/2020.</p>\n"
    );
    let rendered = portal("Quyết định số 749/QĐ-TTg ngày 03/6/2020");
    let citation = &rendered.citations[0];
    assert_eq!(citation.kind.as_deref(), Some("decision"));
    assert_eq!(citation.agency.as_deref(), Some("prime-minister"));
    assert_eq!(citation.known_year(), Some(2020));
    assert_eq!(citation.told, Told::Nothing);
}

#[test]
fn a_number_may_be_torn_by_markup() {
    for (text, wanted) in [
        ("số **749/QĐ-TTg**", "<p>số <strong>{c0}749/QĐ-TTg{/c0}</strong></p>\n"),
        ("số **749**/QĐ-TTg", "<p>số {c0}<strong>749</strong>/QĐ-TTg{/c0}</p>\n"),
        ("số 749/*QĐ*-TTg", "<p>số {c0}749/<em>QĐ</em>-TTg{/c0}</p>\n"),
        ("số 749/QĐ-**TTg**", "<p>số {c0}749/QĐ-<strong>TTg</strong>{/c0}</p>\n"),
        ("số 749/QĐ-\nTTg", "<p>số {c0}749/QĐ-\nTTg{/c0}</p>\n"),
        ("số 749/QĐ-  \nTTg", "<p>số {c0}749/QĐ-<br>\nTTg{/c0}</p>\n"),
        ("12/2018/TT-BGD&amp;ĐT", "<p>{c0}12/2018/TT-BGD&amp;ĐT{/c0}</p>\n"),
        ("x &lt; y &amp; 749/QĐ-TTg &lt;", "<p>x &lt; y &amp; {c0}749/QĐ-TTg{/c0} &lt;</p>\n"),
        ("a\u{a0}\u{a0}b 749/QĐ-TTg", "<p>a b {c0}749/QĐ-TTg{/c0}</p>\n"),
        ("[749/QĐ-TTg]{lang=vi}", "<p>{c0}749/QĐ-TTg{/c0}</p>\n"),
        ("1726/QĐ- BTTTT", "<p>{c0}1726/QĐ- BTTTT{/c0}</p>\n"),
    ] {
        assert_eq!(html(text), wanted, "{text}");
    }
    // Half of a longer bold text: counted, but no element can stand around it.
    assert_eq!(html("**số 749**/QĐ-TTg"), "<p><strong>số 749</strong>/QĐ-TTg</p>\n");
    assert_eq!(cited("**số 749**/QĐ-TTg"), ["749/QĐ-TTg Apart 0"]);
}

#[test]
fn nothing_is_cited_in_code_and_addresses() {
    for text in [
        "`749/QĐ-TTg`",
        "749/`QĐ-TTg`",
        "```\n749/QĐ-TTg\n```",
        "<https://example.vn/749/QĐ-TTg>",
        "thư <749/QĐ-TTg@example.vn>",
        "[a](https://example.vn/749/QĐ-TTg)",
        "<span title=\"749/QĐ-TTg\">a</span>",
        "![749/QĐ-TTg](a.png)",
    ] {
        assert_eq!(cited(text), [""; 0], "{text}");
    }
}

#[test]
fn links_headings_and_raw_html_are_counted_and_not_nested() {
    assert_eq!(html("[số 749/QĐ-TTg](a.md)"), "<p>{a0}số {c0}749/QĐ-TTg{/c0}{/a0}</p>\n");
    assert_eq!(cited("[số 749/QĐ-TTg](a.md)"), ["749/QĐ-TTg InLink 0"]);
    assert_eq!(cited("[a](b.md) 749/QĐ-TTg[, c](d.md)"), ["749/QĐ-TTg Text 0"]);
    assert_eq!(html("[a](b.md) 749/QĐ-TTg[, c](d.md)"), "<p>{a0}a{/a0} {c0}749/QĐ-TTg{/c0}{a1}, c{/a1}</p>\n");
    assert_eq!(cited("749/[QĐ-TTg](a.md)"), ["749/QĐ-TTg Apart 0"]);
    assert_eq!(cited("[a](b.md)749/QĐ-TTg"), [""; 0]);
    assert_eq!(html("## 749/QĐ-TTg\n"), "<h2 id=\"749-qd-ttg\">749/QĐ-TTg</h2>\n");
    assert_eq!(cited("## 749/QĐ-TTg\n"), ["749/QĐ-TTg Apart 1"]);
    assert_eq!(cited("<div>749/QĐ-TTg</div>"), ["749/QĐ-TTg Apart 0"]);
    assert_eq!(cited("<a href=\"b.md\">749/QĐ-TTg</a>, 942/QĐ-TTg"), ["749/QĐ-TTg Apart 0", "942/QĐ-TTg Apart 0"]);
    assert_eq!(cited("<a href=\"b.md\">x</a>\n\n942/QĐ-TTg"), ["942/QĐ-TTg Text 0"]);
    assert_eq!(html("<b>a</b> 749/QĐ-TTg"), "<p><b>a</b> {c0}749/QĐ-TTg{/c0}</p>\n");
    assert_eq!(
        cited(":::figure src=\"a.png\" alt=\"b\" caption=\"Quyết định 749/QĐ-TTg\"\n:::\n"),
        ["749/QĐ-TTg Apart 0"]
    );
}

#[test]
fn every_block_is_read_once_under_its_heading() {
    let text = "749/QĐ-TTg\n\n## A\n\n- 942/QĐ-TTg\n- b 411/QĐ-TTg\n\n  505/QĐ-TTg\n\n### B\n\n| a | b |\n|---|---|\n\
                | 146/QĐ-TTg | x |\n\n> 52-NQ/TW\n\nc[^1]\n\n[^1]: 50/NQ-CP\n";
    assert_eq!(
        cited(text),
        [
            "749/QĐ-TTg Text 0",
            "942/QĐ-TTg Text 1",
            "411/QĐ-TTg Text 1",
            "505/QĐ-TTg Text 1",
            "146/QĐ-TTg Text 2",
            "52-NQ/TW Text 2",
            "50/NQ-CP Text 3",
        ]
    );
}

#[test]
fn writers_switch_citations_off() {
    assert_eq!(html("số \\749/QĐ-TTg, 942/QĐ-TTg"), "<p>số 749/QĐ-TTg, {c0}942/QĐ-TTg{/c0}</p>\n");
    assert_eq!(html("&lt; **a** \\749/QĐ-TTg [b](c.md)"), "<p>&lt; <strong>a</strong> 749/QĐ-TTg {a0}b{/a0}</p>\n");
    // No number: the backslash is one.
    assert_eq!(html("C:\\2020 và \\12"), "<p>C:\\2020 và \\12</p>\n");
    assert_eq!(portal("số \\749/QĐ-TTg").excerpt(), "số 749/QĐ-TTg");
    let text = ":::no-citations\n\n749/QĐ-TTg\n\n:::\n\n942/QĐ-TTg\n";
    assert_eq!(html(text), "<p>749/QĐ-TTg</p>\n<p>{c0}942/QĐ-TTg{/c0}</p>\n");
    assert_eq!(cited(text), ["942/QĐ-TTg Text 0"]);
    assert!(problems(text).is_empty());
    assert_eq!(problems(":::no-citations all=\"yes\"\n:::\n"), ["directive-attribute: all=\"yes\""]);
}

#[test]
fn places_and_what_is_told_of_the_end() {
    let text = "Xem Quyết định số **1726**/QĐ- BTTTT, đã bị thay thế.";
    let rendered = portal(text);
    let citation = &rendered.citations[0];
    let Spot::Bytes(start, end) = citation.spot else { panic!() };
    assert_eq!(&text[start..end], "1726**/QĐ- BTTTT");
    assert_eq!(citation.told, Told::End);
    let provincial = portal("Quyết định 15/2024/QĐ-UBND của UBND tỉnh Lào Cai");
    assert_eq!(provincial.citations[0].issuer_words.as_ref().unwrap().whose.as_deref(), Some("của UBND tỉnh Lào Cai"));
}

#[test]
fn many_citations_take_linear_time() {
    let text = "theo **số 749/QĐ-TTg** và [b](c.md) \\942/QĐ-TTg, ".repeat(4000);
    let begin = std::time::Instant::now();
    assert_eq!(portal(&text).citations.len(), 4000);
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}
