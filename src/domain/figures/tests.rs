//! The figures of texts, in both languages.

use proptest::prelude::*;

use super::*;

/// All tokens of a text.
fn lex(text: &str) -> Vec<Token<'_>> {
    let mut rest = text;
    std::iter::from_fn(|| {
        let (token, length) = token(rest)?;
        rest = &rest[length..];
        Some(token)
    })
    .collect()
}

/// The same figures, looked for at every token.
fn model(text: &str, lang: Lang) -> Vec<String> {
    let tokens = lex(text);
    let mut found = Vec::new();
    let mut rest = tokens.as_slice();
    while let [first, tail @ ..] = rest {
        rest = match date(rest).or_else(|| percentage(rest, lang)) {
            Some((figure, used)) => {
                found.extend(figure);
                &rest[used..]
            }
            None => {
                numbers(first, lang, &mut found);
                tail
            }
        };
    }
    found
}

fn vi(text: &str) -> String {
    figures(text, Lang::Vi).join(" ")
}

fn en(text: &str) -> String {
    figures(text, Lang::En).join(" ")
}

#[test]
fn numbers_of_both_languages_are_one() {
    for (vietnamese, english, folded) in [
        ("1.656 lượt", "1,656 visits", "1656"),
        ("3,5%", "3.5%", "3.5%"),
        ("80 phần trăm", "80 per cent", "80%"),
        ("1.200,50 tỷ đồng", "1,200.5 billion dong", "1200.5"),
        ("776.210.000", "776,210,000", "776210000"),
        ("0,125", "0.125", "0.125"),
        ("giai đoạn 2021-2025", "the years 2021–2025", "2021 2025"),
        ("lúc 8 giờ 30", "at 08:30", "8 30"),
        ("Nghị quyết 148/2025/QH15", "Law 148/2025/QH15", "148 2025"),
        ("Nghị định 12/2025/NĐ-CP", "Decree 12/2025/ND-CP", "12 2025"),
        ("4G, 5G", "4G, 5G", "4 5"),
    ] {
        assert_eq!(vi(vietnamese), folded, "{vietnamese}");
        assert_eq!(en(english), folded, "{english}");
    }
    assert_eq!((vi("3.5"), en("3,5")), ("3.5".to_owned(), "3.5".to_owned()));
}

#[test]
fn dates_of_both_languages_are_one() {
    for text in
        ["03/6/2020", "ngày 03 tháng 6 năm 2020", "Ngày 3-6-2020", "3.6.2020", "ngày 3 tháng 6/2020", "2020-06-03"]
    {
        assert_eq!(vi(text), "2020-06-03", "{text}");
    }
    for text in ["3 June 2020", "June 3, 2020", "03 Jun 2020", "2020-06-03"] {
        assert_eq!(en(text), "2020-06-03", "{text}");
    }
    for (vietnamese, english, folded) in [
        ("tháng 6 năm 2020", "June 2020", "2020-06"),
        ("tháng 6/2020", "June 2020", "2020-06"),
        ("ngày 10 tháng 10", "10 October", "--10-10"),
        ("từ ngày 22 đến 23/10", "from 22 to 23 October", "22 --10-23"),
        ("trong Tháng 10", "in October", ""),
        ("6 tháng đầu năm 2025", "the first 6 months of 2025", "6 2025"),
        ("40/13", "40/13", "40 13"),
    ] {
        assert_eq!(vi(vietnamese), folded, "{vietnamese}");
        assert_eq!(en(english), folded, "{english}");
    }
    assert_eq!(en("You may 5 times"), "5");
}

#[test]
fn a_block_ends_what_is_read_together() {
    assert_eq!(vi("3\n/\n6"), "3 6");
    assert_eq!(en("80\n% of"), "80");
}

#[test]
fn the_digest_ignores_order_and_repetition() {
    let original = figures("Đến năm 2025, 80% vào ngày 03/6/2020; năm 2025", Lang::Vi);
    let translation = figures("80% by 2025, on 3 June 2020", Lang::En);
    assert_eq!(digest(&original), digest(&translation));
    assert_eq!(digest(&original).len(), 12);
    assert_ne!(digest(&original), digest(&figures("81% by 2025, on 3 June 2020", Lang::En)));
}

#[test]
fn hostile_digits() {
    assert_eq!(vi(&"9".repeat(50)).len(), 50);
    assert_eq!(vi("1..2,,3").as_str(), "1 2 3");
    let long = "1.".repeat(100_000);
    assert_eq!(figures(&long, Lang::Vi).len(), 100_000);
}

#[test]
fn every_form_of_a_month_is_known() {
    for text in
        ["THÁNG 6 NĂM 2020", "sept 5", "Sept 5", "SEPTEMBER 5", "Septem 5", "5Tháng 6", "5 a5tháng 6", "İ 5", "Kth 5"]
    {
        for lang in [Lang::Vi, Lang::En] {
            assert_eq!(figures(text, lang), model(text, lang), "{text}");
        }
    }
}

/// What figures are made of, and what may stand between.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[0-9]{1,3}[.,][0-9]{1,3}",
        "[ \n]|\u{a0}|\r",
        "[-/.,%:a]",
        "tháng|Tháng|THÁNG|năm|ngày|June|may|May|Jun|Sept|phần|trăm|per|cent|percent|٣|x|đ",
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn looking_around_digits_finds_all(text in pieces()) {
        for lang in [Lang::Vi, Lang::En] {
            prop_assert_eq!(figures(&text, lang), model(&text, lang));
        }
    }
}
