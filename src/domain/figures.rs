//! The figures of a text: numbers, dates and percentages, written alike whatever the language, so
//! that a translation can be compared with its original.
//!
//! Pure and linear. `1.656` in Vietnamese and `1,656` in English are both `1656`; `03/6/2020`,
//! `ngày 03 tháng 6 năm 2020` and `3 June 2020` are all `2020-06-03`.

use std::collections::BTreeSet;

use crate::base::hash::ContentHash;
use crate::base::lang::Lang;
use crate::base::text::is_word;

/// The digits of a digest.
const DIGEST_DIGITS: usize = 12;

/// The English names of months, and their usual short forms.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The figures of a text in the order they stand in: numbers as digits with `.` before decimals,
/// percentages with `%`, dates as `2020-06-03`, months as `2020-06`, days without a year as `--06-03`.
#[must_use]
pub fn figures(text: &str, lang: Lang) -> Vec<String> {
    let tokens = lex(text);
    let mut found = Vec::new();
    let mut rest = tokens.as_slice();
    while let [first, tail @ ..] = rest {
        let (figure, used) = date(rest)
            .or_else(|| percentage(rest, lang))
            .or_else(|| numbers(first, lang).map(|figures| (figures, 1)))
            .unwrap_or_default();
        found.extend(figure);
        rest = match used {
            0 | 1 => tail,
            used => rest.get(used..).unwrap_or_default(),
        };
    }
    found
}

/// A digest of the figures of texts, whatever their order and however often they are repeated:
/// translators turn sentences round.
#[must_use]
pub fn digest(figures: &[String]) -> String {
    let set: BTreeSet<&str> = figures.iter().map(String::as_str).collect();
    ContentHash::of_parts(set.into_iter().map(str::as_bytes)).short(DIGEST_DIGITS)
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// Digits, with points or commas between them.
    Number(&'a str),
    /// A word; digits behind its letters belong to it, as in `QH15`.
    Word(&'a str),
    /// Any other character but a space.
    Sign(char),
    /// The end of a block of text.
    Break,
}

fn lex(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            number_length(rest)
        } else if is_word(first) {
            rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, tail) = rest.split_at(length);
        match first {
            c if c.is_ascii_digit() => tokens.push(Token::Number(piece)),
            c if is_word(c) => tokens.push(Token::Word(piece)),
            '\n' => tokens.push(Token::Break),
            c if c.is_whitespace() => {}
            c => tokens.push(Token::Sign(c)),
        }
        rest = tail;
    }
    tokens
}

/// The length of digits with single points and commas inside.
fn number_length(text: &str) -> usize {
    let mut length = 0;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let inside = matches!(byte, b'.' | b',') && bytes.peek().is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !inside {
            break;
        }
        length += 1;
    }
    length
}

/// A date at the beginning of the tokens, and how many of them it takes.
fn date(tokens: &[Token<'_>]) -> Option<(Vec<String>, usize)> {
    use Token::{Number, Sign, Word};
    let one = |figure: String, used| Some((vec![figure], used));
    match tokens {
        // 2020-06-03
        [Number(y), Sign('-'), Number(m), Sign('-'), Number(d), ..] if y.len() == 4 => one(full(d, m, y)?, 5),
        // 03/6/2020, 3-6-2020
        [Number(d), Sign(a), Number(m), Sign(b), Number(y), ..] if a == b && is_separator(*a) => one(full(d, m, y)?, 5),
        // 27.9.2019
        [Number(text), ..] if text.bytes().filter(|b| *b == b'.').count() == 2 => {
            let mut parts = text.split('.');
            one(full(parts.next()?, parts.next()?, parts.next()?)?, 1)
        }
        // 6/2020; but 12/2025/NĐ-CP is the number of a document.
        [Number(m), Sign('/'), Number(y), next, ..] if *next != Sign('/') && y.len() == 4 => one(month_of(m, y)?, 3),
        [Number(m), Sign('/'), Number(y)] if y.len() == 4 => one(month_of(m, y)?, 3),
        // 23/10
        [Number(d), Sign('/'), Number(m), next, ..] if *next != Sign('/') => one(day_of(d, m)?, 3),
        [Number(d), Sign('/'), Number(m)] => one(day_of(d, m)?, 3),
        // 03 tháng 6 năm 2020, 03 tháng 6 (but not: 6 tháng 5 ngày)
        [Number(d), Word(month), Number(m), Word(year), Number(y), ..] if is(month, "tháng") && is(year, "năm") => {
            one(full(d, m, y)?, 5)
        }
        [Number(d), Word(month), Number(m), Sign('/'), Number(y), ..] if is(month, "tháng") => one(full(d, m, y)?, 5),
        [Number(d), Word(month), Number(m), ..] if is(month, "tháng") => one(day_of(d, m)?, 3),
        // tháng 6 năm 2020, tháng 6/2020, tháng 6
        [Word(month), Number(m), Word(year), Number(y), ..] if is(month, "tháng") && is(year, "năm") => {
            one(month_of(m, y)?, 4)
        }
        [Word(month), Number(m), Sign('/'), Number(y), ..] if is(month, "tháng") => one(month_of(m, y)?, 4),
        // A month alone has no digits in English.
        [Word(month), Number(m), ..] if is(month, "tháng") && in_range(m, 1, 12).is_some() => Some((Vec::new(), 2)),
        // 3 June 2020, 3rd June 2020, 3 June
        [Number(d), Word(month), Number(y), ..] if y.len() == 4 && named(month).is_some() => {
            one(full(d, named(month)?, y)?, 3)
        }
        [Number(d), Word(month), ..] if named(month).is_some() => one(day_of(d, named(month)?)?, 2),
        // June 3, 2020, June 3, June 2020
        [Word(month), Number(d), Sign(','), Number(y), ..] if y.len() == 4 && named(month).is_some() => {
            one(full(d, named(month)?, y)?, 4)
        }
        [Word(month), Number(y), ..] if y.len() == 4 && named(month).is_some() => one(month_of(named(month)?, y)?, 2),
        [Word(month), Number(d), ..] if named(month).is_some() => one(day_of(d, named(month)?)?, 2),
        _ => None,
    }
}

/// A percentage at the beginning of the tokens.
fn percentage(tokens: &[Token<'_>], lang: Lang) -> Option<(Vec<String>, usize)> {
    let [Token::Number(text), rest @ ..] = tokens else { return None };
    let used = match rest {
        [Token::Sign('%'), ..] => 2,
        [Token::Word(word), ..] if is(word, "percent") => 2,
        [Token::Word(a), Token::Word(b), ..] if (is(a, "phần") && is(b, "trăm")) || (is(a, "per") && is(b, "cent")) => {
            3
        }
        _ => return None,
    };
    Some((vec![format!("{}%", number(text, lang)?)], used))
}

/// The number of a token; several where its points are none of a number (`1.2.3`).
fn numbers(token: &Token<'_>, lang: Lang) -> Option<Vec<String>> {
    let Token::Number(text) = token else { return None };
    Some(match number(text, lang) {
        Some(number) => vec![number],
        None => text.split(['.', ',']).map(plain).collect(),
    })
}

/// A number without thousands signs, with `.` before decimals.
fn number(text: &str, lang: Lang) -> Option<String> {
    let (thousands, decimal) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let (whole, fraction) = match text.rsplit_once(decimal) {
        Some((whole, fraction)) if !fraction.contains(thousands) && !whole.contains(decimal) => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default();
    if first.len() == whole.len()
        || (!first.starts_with('0') && first.len() <= 3 && groups.all(|group| group.len() == 3))
    {
        return Some(with_fraction(&whole.replace(thousands, ""), fraction));
    }
    // `3.5` in a Vietnamese text, and `3,5` in an English one.
    match text.split_once(thousands) {
        Some((whole, fraction)) if !fraction.contains(['.', ',']) => Some(with_fraction(whole, fraction)),
        _ => None,
    }
}

fn with_fraction(whole: &str, fraction: &str) -> String {
    match fraction.trim_end_matches('0') {
        "" => plain(whole),
        fraction => format!("{}.{fraction}", plain(whole)),
    }
}

/// Digits without leading zeros.
fn plain(digits: &str) -> String {
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    }
}

fn full(day: &str, month: &str, year: &str) -> Option<String> {
    let (day, month) = (in_range(day, 1, 31)?, in_range(month, 1, 12)?);
    Some(format!("{}-{month:02}-{day:02}", in_range(year, 1000, 2999)?))
}

fn month_of(month: &str, year: &str) -> Option<String> {
    Some(format!("{}-{:02}", in_range(year, 1000, 2999)?, in_range(month, 1, 12)?))
}

fn day_of(day: &str, month: &str) -> Option<String> {
    Some(format!("--{:02}-{:02}", in_range(month, 1, 12)?, in_range(day, 1, 31)?))
}

fn in_range(digits: &str, least: u32, most: u32) -> Option<u32> {
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten().filter(|number| (least..=most).contains(number))
}

/// The number of an English month as digits. A month is written with a capital, unlike the verb
/// `may`.
fn named(word: &str) -> Option<&'static str> {
    const DIGITS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() < 3 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let is_month =
        |month: &str| month == word || month.get(..3) == Some(&*word) || (word == "sept" && month == "september");
    let index = MONTHS.iter().position(|month| is_month(month))?;
    DIGITS.get(index).copied()
}

fn is_separator(sign: char) -> bool {
    matches!(sign, '/' | '-')
}

/// Whether a word is this one, in whatever case.
fn is(word: &str, wanted: &str) -> bool {
    word.len() <= wanted.len() + 4 && word.to_lowercase() == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
