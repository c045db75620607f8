//! The figures of a text: numbers, dates and percentages, written alike whatever the language, so
//! that a translation can be compared with its original.
//!
//! Pure and linear. `1.656` in Vietnamese and `1,656` in English are both `1656`; `03/6/2020`,
//! `ngày 03 tháng 6 năm 2020` and `3 June 2020` are all `2020-06-03`.

use std::collections::BTreeSet;

use crate::base::hash::ContentHash;
use crate::base::lang::Lang;
use crate::base::text::is_word;

/// How many tokens a figure takes at most.
const LONGEST_DATE: usize = 5;

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
    let mut found = Vec::new();
    collect(text, lang, &mut found);
    found
}

/// The figures of a text, added to those found before.
///
/// Each figure has a number as its first token, or as its second behind the name of a month: so that
/// only what stands around digits is read.
pub fn collect(text: &str, lang: Lang, found: &mut Vec<String>) {
    // All before is read.
    let mut done = 0;
    while let Some((word, number)) = next_number(text, done) {
        let dated = word.and_then(|word| {
            let window = Window::read(text, word);
            let (figure, used) = date(window.tokens())?;
            found.extend(figure);
            window.end(used)
        });
        done = dated.unwrap_or_else(|| {
            let window = Window::read(text, number);
            let tokens = window.tokens();
            let used = match date(tokens).or_else(|| percentage(tokens, lang)) {
                Some((figure, used)) => {
                    found.extend(figure);
                    used
                }
                None => {
                    tokens.first().into_iter().for_each(|first| numbers(first, lang, found));
                    1
                }
            };
            window.end(used).unwrap_or(text.len())
        });
    }
}

/// The day that a text begins with, and the length it takes: `03/6/2020`, `03 tháng 6 năm 2020`,
/// `June 3, 2020`. None where the year is missing.
pub(in crate::domain) fn day_at(text: &str) -> Option<(jiff::civil::Date, usize)> {
    let window = Window::read(text, 0);
    let (figure, used) = date(window.tokens())?;
    let figure = figure.filter(|figure| figure.len() == "2020-06-03".len())?;
    Some((figure.parse().ok()?, window.end(used)?))
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

/// The place of the next number from an offset on, and of the name of a month before it, if nothing but
/// spaces stands between.
fn next_number(text: &str, from: usize) -> Option<(Option<usize>, usize)> {
    let mut at = from;
    loop {
        at += digit_in(text.as_bytes().get(at..)?)?;
        let before = text.get(from..at)?;
        if !before.ends_with(is_word) {
            let word = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
            let start = word.trim_end_matches(is_word).len();
            let is_month = word.get(start..).is_some_and(|word| is(word, "tháng") || named(word).is_some());
            return Some((is_month.then_some(from + start), at));
        }
        // Digits behind letters belong to the word.
        at += text.get(at..)?.find(|c: char| !is_word(c))?;
    }
}

/// The place of the first digit.
fn digit_in(bytes: &[u8]) -> Option<usize> {
    // Whether there is one at all is asked of many bytes at once.
    let (chunks, _) = bytes.as_chunks::<32>();
    let has_digit = |chunk: &[u8; 32]| chunk.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    let free = chunks.iter().take_while(|chunk| !has_digit(chunk)).count() * 32;
    Some(free + bytes.get(free..)?.iter().position(u8::is_ascii_digit)?)
}

/// The tokens from a place on, as many as a figure may take.
struct Window<'a> {
    tokens: [Token<'a>; LONGEST_DATE],
    /// Where each token ends in the text.
    ends: [usize; LONGEST_DATE],
    count: usize,
}

impl<'a> Window<'a> {
    fn read(text: &'a str, from: usize) -> Self {
        let mut window = Self { tokens: [Token::Break; LONGEST_DATE], ends: [from; LONGEST_DATE], count: 0 };
        let mut at = from;
        for (place, end) in window.tokens.iter_mut().zip(&mut window.ends) {
            let token = text.get(at..).and_then(token);
            let Some((token, length)) = token else { break };
            at += length;
            (*place, *end) = (token, at);
            window.count += 1;
        }
        window
    }

    fn tokens(&self) -> &[Token<'a>] {
        self.tokens.get(..self.count).unwrap_or_default()
    }

    /// Where the given number of tokens ends.
    fn end(&self, used: usize) -> Option<usize> {
        self.ends.get(used.checked_sub(1)?).copied()
    }
}

/// The first token of a text, and its length with the spaces before it.
fn token(text: &str) -> Option<(Token<'_>, usize)> {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    let first = rest.chars().next()?;
    let length = match first {
        '0'..='9' => number_length(rest),
        _ if is_word(first) => rest.find(|c: char| !is_word(c)).unwrap_or(rest.len()),
        _ => first.len_utf8(),
    };
    let piece = rest.get(..length)?;
    let token = match first {
        '0'..='9' => Token::Number(piece),
        '\n' => Token::Break,
        _ if is_word(first) => Token::Word(piece),
        _ => Token::Sign(first),
    };
    Some((token, text.len() - rest.len() + length))
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

/// A date at the beginning of the tokens, if it has a figure, and how many of them it takes.
fn date(tokens: &[Token<'_>]) -> Option<(Option<String>, usize)> {
    use Token::{Number, Sign, Word};
    let one = |figure: String, used| Some((Some(figure), used));
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
        [Word(month), Number(m), ..] if is(month, "tháng") && in_range(m, 1, 12).is_some() => Some((None, 2)),
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
fn percentage(tokens: &[Token<'_>], lang: Lang) -> Option<(Option<String>, usize)> {
    let [Token::Number(text), rest @ ..] = tokens else { return None };
    let used = match rest {
        [Token::Sign('%'), ..] => 2,
        [Token::Word(word), ..] if is(word, "percent") => 2,
        [Token::Word(a), Token::Word(b), ..] if (is(a, "phần") && is(b, "trăm")) || (is(a, "per") && is(b, "cent")) => {
            3
        }
        _ => return None,
    };
    let mut figure = number(text, lang)?;
    figure.push('%');
    Some((Some(figure), used))
}

/// Adds the number of a token; several where its points are none of a number (`1.2.3`).
fn numbers(token: &Token<'_>, lang: Lang, found: &mut Vec<String>) {
    let Token::Number(text) = token else { return };
    match number(text, lang) {
        Some(number) => found.push(number),
        None => found.extend(text.split(['.', ',']).map(plain)),
    }
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
    if first.len() == whole.len() {
        return Some(with_fraction(whole, fraction));
    }
    if !first.starts_with('0') && first.len() <= 3 && groups.all(|group| group.len() == 3) {
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
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || !(3..=9).contains(&word.len()) {
        return None;
    }
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    let is_month = |month: &str| is(month) || month.get(..3).is_some_and(is) || (is("sept") && month == "september");
    let index = MONTHS.iter().position(|month| is_month(month))?;
    DIGITS.get(index).copied()
}

fn is_separator(sign: char) -> bool {
    matches!(sign, '/' | '-')
}

/// Whether a word is this one, in whatever case.
fn is(word: &str, wanted: &str) -> bool {
    // Of the words asked for, all begin with an ASCII letter that no sign becomes in lower case.
    let begins = || word.bytes().zip(wanted.bytes()).next().is_some_and(|(a, b)| a.eq_ignore_ascii_case(&b));
    word.len() <= wanted.len() + 4 && begins() && word.chars().flat_map(char::to_lowercase).eq(wanted.chars())
}

#[cfg(test)]
mod tests;
