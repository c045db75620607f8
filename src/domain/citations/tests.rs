//! The numbers found in texts.

use proptest::prelude::*;

use super::*;

mod examples;

fn read(text: &str, lang: Lang) -> String {
    distinct(&citations(text, lang)).join("; ")
}

fn one(text: &str) -> Citation {
    let mut found = citations(text, Lang::Vi);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

fn is_read(examples: &[(&str, &str)]) {
    let got = examples.iter().map(|(text, wanted)| (text, wanted, read(text, Lang::Vi)));
    let wrong: Vec<_> = got.filter(|(_, wanted, got)| *wanted != got).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_examples_of_the_specification_are_read() {
    is_read(&examples::EXAMPLES);
}

#[test]
fn broken_and_hostile_texts_are_read() {
    is_read(&examples::MORE);
}

fn dates(text: &str) -> String {
    let date = |citation: &Citation| match citation.date {
        Some(CitedDate::Day(year, month, day)) => format!("{year}-{month:02}-{day:02}"),
        Some(CitedDate::Year(year)) => year.to_string(),
        None => "-".to_owned(),
    };
    citations(text, Lang::Vi).iter().map(date).collect::<Vec<_>>().join(" ")
}

#[test]
fn dates_that_stand_near_belong_to_the_number() {
    for (text, wanted) in [
        ("Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của Thủ tướng Chính phủ", "2020-06-03"),
        ("Ngày 03 tháng 6 năm 2020, Thủ tướng Chính phủ đã ký Quyết định số 749/QĐ-TTg", "2020-06-03"),
        ("Nghị quyết số 52-NQ/TW của Bộ Chính trị ngày 27.9.2019", "2019-09-27"),
        ("“Nghị quyết 71/NQ-CP” (1/4/2025)", "2025-04-01"),
        ("Decision No. 749/QD-TTg dated June 3, 2020 of the Prime Minister", "2020-06-03"),
        ("Decision 749/QD-TTg of 3 June 2020", "2020-06-03"),
        ("On June 3, 2020, the Prime Minister signed Decision No. 749/QD-TTg on", "2020-06-03"),
        ("Nghị định số 27/CP năm 1995", "1995"),
        ("Nghị quyết số 50/NQ-CP, ngày 17/4/2020 của Chính phủ", "2020-04-17"),
        ("Luật Giao dịch điện tử (số 20/2023/QH15) có hiệu lực từ 01/7/2024", "-"),
        ("Law No. 91/2025/QH15 takes effect on 1/1/2026", "-"),
        ("Quyết định 505/QĐ-TTg, ngày 10/10/2022 là Ngày Chuyển đổi số đầu tiên", "-"),
        ("Quyết định 505/QĐ-TTg lấy ngày 10/10/2022 làm Ngày", "-"),
        ("Quyết định 749/QĐ-TTg ngày 31/02/2020", "-"),
        ("Quyết định 749/QĐ-TTg ngày 3-6", "-"),
        ("Nghị quyết 52-NQ/TW ngày 27/9/2019, Nghị quyết 50/NQ-CP", "2019-09-27 -"),
        ("Quyết định 749/QĐ-TTg; Quyết định 942/QĐ-TTg ngày 15/6/2021", "- 2021-06-15"),
    ] {
        assert_eq!(dates(text), wanted, "{text}");
    }
}

#[test]
fn kind_and_agency_are_told() {
    for (text, kind, agency) in [
        ("Quyết định 749/QĐ-TTg", "decision", "prime-minister"),
        ("Luật Giao dịch điện tử số 20/2023/QH15", "law", "national-assembly"),
        ("Nghị quyết số 41/2024/QH15", "resolution", "national-assembly"),
        ("Bộ luật Dân sự số 91/2015/QH13", "code", "national-assembly"),
        ("Pháp lệnh số 02/2022/UBTVQH15", "ordinance", "national-assembly-standing-committee"),
        ("Công văn số 4878/BTTTT-CĐSQG", "official-letter", "ministry-of-information-and-communications"),
        ("Tờ trình số 15/TTr-BTTTT", "submission", "ministry-of-information-and-communications"),
        ("Nghị định số 27/CP", "decree", "government"),
        ("Thông tư liên tịch số 01/2015/TTLT-BTP-BCA", "joint-circular", "ministry-of-justice"),
    ] {
        let citation = one(text);
        assert_eq!(citation.kind.map(|kind| kind.id), Some(kind), "{text}");
        assert_eq!(citation.agency.map(|agency| agency.id), Some(agency), "{text}");
    }
    assert_eq!(one("Thông tư liên tịch số 01/2015/TTLT-BTP-BCA").issuer, "BTP-BCA");
    assert_eq!(one("30/2020/NĐ-CP").year, Some(2020));
}

#[test]
fn what_was_put_right_is_told() {
    use Repair as R;
    for (text, repairs) in [
        ("Quyết định 749/QĐ-TTg", vec![]),
        ("1726/QĐ- BTTTT", vec![R::Spaces]),
        ("146/QĐ–TTg", vec![R::Signs]),
        ("21/2009/nđ-cp", vec![R::LetterCase]),
        ("749/QD-TTg", vec![R::MarksMissing]),
        ("89/2015/NÐ-CP", vec![R::LookAlike]),
        ("130/2005/NĐCP", vec![R::HyphenMissing]),
        ("22/NQ-TU", vec![R::Shape]),
        ("59/2020/QHI5", vec![R::Digits]),
        ("Quyết định số 12/QĐ-HVABC", vec![R::UnknownAgency]),
    ] {
        assert_eq!(one(text).repairs.iter().collect::<Vec<_>>(), repairs, "{text}");
    }
    assert!(citations("Decision No. 749/QD-TTg", Lang::En)[0].repairs.is_empty());
}

#[test]
fn ranges_hold_the_number_alone() {
    let text = "QĐ số 749/QĐ- TTg, 749/QĐ-TTg.";
    let ranges: Vec<_> = citations(text, Lang::Vi).into_iter().map(|citation| &text[citation.range]).collect();
    assert_eq!(ranges, ["749/QĐ- TTg", "749/QĐ-TTg"]);
}

#[test]
fn law_at_large_is_no_law() {
    for (text, kind) in [
        ("theo quy định của pháp luật về giao dịch điện tử số 20/2023/QH15", None),
        ("Pháp luật số 20/2023/QH15", None),
        ("Bộ Tư pháp: Luật số 20/2023/QH15", Some("law")),
        ("của Bộ Tư pháp Thông tư số 27/CP", Some("circular")),
        ("Nghị quyết về kỷ luật ngân sách số 41/2024/QH15", Some("resolution")),
        ("Luật Trẻ em và pháp luật liên quan số 102/2016/QH13", Some("law")),
        ("Luật này có hiệu lực. Văn bản số 41/2024/QH15", None),
        ("Bộ luật Lao động số 45/2019/QH14", Some("code")),
        ("bộ luật, Luật An ninh mạng số 116/2025/QH15", Some("law")),
        ("the Law on Data No. 60/2024/QH15", Some("law")),
    ] {
        assert_eq!(one(text).kind.map(|kind| kind.id), kind, "{text}");
    }
}

/// The rules of recognition by number: what is read of a text, and what must not be read.
#[test]
fn every_rule_has_its_examples() {
    for (rule, text, wanted) in [
        ("N1 canonical form", "Decision No. 1726/QD-BTTTT", "1726/QĐ-BTTTT"),
        ("N2 one digit", "Thông tư 3/2009/TT-BNG", "03/2009/TT-BNG"),
        ("N2 as written", "Nghị quyết 36a/NQ-CP, 007/NQ-CP", "36a/NQ-CP; 007/NQ-CP"),
        ("N3 spaces", "749 / Q Đ - TTg", "749/QĐ-TTg"),
        ("N3 unknown agency", "Quyết định số 749 / QĐ - HVABC", ""),
        ("N4 signs", "146∕QĐ–TTg", "146/QĐ-TTg"),
        ("N5 look-alikes", "43/2011/NÐ-СР", "43/2011/NĐ-CP"),
        ("N5 in a candidate only", "Ðiều 5 và 24/7 tại СР", ""),
        ("N6 case", "411/qđ-Ttg", "411/QĐ-TTg"),
        ("N7 marks", "Nghị quyết 02/2020/NQ-HDTP", "02/2020/NQ-HĐTP"),
        ("N7 HD stays", "36-HD/VPTW", "36-HD/VPTW"),
        ("N8 hyphen", "130/2005/NĐCP", "130/2005/NĐ-CP"),
        ("N8 unknown agency", "Nghị định 130/2005/NĐABC", ""),
        ("N9 Party", "Quyết định 27/QĐ-TW", "27-QĐ/TW"),
        ("N9 state", "Nghị quyết 03-NQ/CP", "03/NQ-CP"),
        ("N10 introduced", "Quyết định số 12/QĐ-HVABC", "12/QĐ-HVABC"),
        ("N10 not introduced", "xem 12/QĐ-HVABC", ""),
        ("N11 letter", "Công văn số 4878/BTTTT-CĐSQG", "4878/BTTTT-CĐSQG"),
        ("N11 letter without its word", "số 4878/BTTTT-CĐSQG", ""),
        ("N11 old", "Nghị định 27/CP", "27/CP"),
        ("N11 old without its word", "số 27/CP", ""),
        ("N12 bare", "Quyết định 749, Nghị quyết 57", ""),
        ("N13 elliptic", "Quyết định số 942 và 411/QĐ-TTg", "411/QĐ-TTg"),
        ("N14 address", "https://example.vn/749/QĐ-TTg và 749/QĐ-TTg@example.vn", ""),
        ("N14 file", "tệp 749/QĐ-TTg.docx", ""),
        ("N15 each once", "942/QĐ-TTg, 749/QĐ-TTg, 942/qđ-ttg", "942/QĐ-TTg; 749/QĐ-TTg"),
        ("N16 digits", "59/2020/QHl4", "59/2020/QH14"),
        ("N17 truncated", "Quyết định 195/1999/QĐ", ""),
        ("N18 separator kept", "Thông tư liên tịch 27/2007/TTLT/BTP-BCA", "27/2007/TTLT/BTP-BCA"),
        ("N18 and equal", "Thông tư liên tịch 27/2007/TTLT-BTP-BCA, 27/2007/TTLT/BTP-BCA", "27/2007/TTLT-BTP-BCA"),
    ] {
        assert_eq!(read(text, Lang::Vi), wanted, "{rule}: {text}");
    }
}

#[test]
fn merged_ministries_keep_their_numbers() {
    use crate::domain::agencies::{AGENCIES, OTHER_CODES};
    let covers = |id: &str, day| AGENCIES.iter().find(|agency| agency.id == id).unwrap().valid.covers(day);
    let ended = jiff::civil::date(2025, 3, 1);
    assert!(!covers("ministry-of-information-and-communications", ended));
    assert!(covers("ministry-of-information-and-communications", ended.yesterday().unwrap()));
    assert!(covers("prime-minister", ended));
    let merged = OTHER_CODES.iter().find(|other| other.code == "BGTVT").unwrap();
    assert!(!merged.valid.covers(jiff::civil::date(2026, 1, 1)));
    assert_eq!(read("Thông tư 12/2020/TT-BGTVT", Lang::Vi), "12/2020/TT-BGTVT");
}

#[test]
fn every_code_is_told_apart() {
    use crate::domain::agencies::{AGENCIES, OTHER_CODES};
    let agencies = AGENCIES.iter().flat_map(|agency| agency.codes.iter().copied());
    let codes: Vec<_> = agencies.chain(OTHER_CODES.iter().map(|other| other.code)).collect();
    for code in &codes {
        assert_eq!(codes.iter().filter(|other| other.to_lowercase() == code.to_lowercase()).count(), 1, "{code}");
    }
}

#[test]
fn long_hostile_texts_take_linear_time() {
    let pieces = [
        "1/",
        "1/2020/",
        "749/QĐ-",
        "749/QĐ-TTg",
        "749/QĐ-TTg,",
        "1-",
        "số ",
        "749/QĐ-TTg-TTg",
        "1/  ",
        "số 1/TTLT-BTP-",
        "12/QĐ-TTg của ",
    ];
    let begin = std::time::Instant::now();
    let texts: Vec<_> = pieces.iter().map(|piece| piece.repeat(100_000 / piece.len())).collect();
    assert!(texts.iter().map(|text| citations(text, Lang::Vi).len()).max() > Some(1000));
    // One more than a million bytes long, in which each follows the others.
    assert!(!citations(&texts.concat(), Lang::Vi).is_empty());
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

proptest! {
    #[test]
    fn ranges_are_in_order_and_numbers_are_read_as_themselves(
        pieces in proptest::collection::vec(prop_oneof![
            "[0-9]{1,5}", "[/ -]", Just("/QĐ-TTg".to_owned()), Just("QĐ".to_owned()), Just("-TW".to_owned()), Just("/2020/".to_owned()),
            Just("Công văn số ".to_owned()), Just("QHI5".to_owned()), Just("TTLT-BTP-BCA".to_owned()), Just("nđcp".to_owned()),
            Just("\n".to_owned()), Just("–".to_owned()), Just(" ngày 3/6/2020 ".to_owned()), Just("HĐ-ABC".to_owned()), "\\PC{0,3}",
        ], 0..24),
    ) {
        let text = pieces.concat();
        let mut last = 0;
        for citation in citations(&text, Lang::Vi) {
            prop_assert!(citation.range.start >= last && citation.range.end > citation.range.start);
            last = citation.range.end;
            prop_assert!(text.get(citation.range.clone()).is_some());
            let kind = citation.kind.map_or("số", |kind| kind.name(Lang::Vi));
            let again = citations(&format!("{kind} số {}", citation.number), Lang::Vi);
            prop_assert_eq!(again.len(), 1);
            prop_assert_eq!(&again[0].number, &citation.number);
            prop_assert!(again[0].repairs.iter().all(|repair| repair == Repair::UnknownAgency));
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,80}") {
        prop_assert!(citations(&text, Lang::En).iter().all(|citation| text.get(citation.range.clone()).is_some()));
    }
}
