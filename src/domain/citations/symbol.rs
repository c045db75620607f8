//! The grammar of numbers with their symbols, from the first digit on.

use super::codes::{Organ, Word};
use super::repairs::{Repair, Repairs};
use crate::domain::agencies::{Agency, Shape};
use crate::domain::document_types::DocumentType;

/// How many spaces may stand beside a sign.
const SPACES: usize = 8;

/// The years that numbers may have.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1945..=2099;

/// What has to stand before a number for it to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    /// A type of document, or `số`, `No.`.
    Introduction,
    /// A type of document.
    Type,
    /// Official letter, document, submission.
    Letter,
    /// Official letter itself: nothing else tells that this is one.
    KnownLetter,
}

/// A number with its symbol, as it was read.
#[derive(Debug)]
pub(super) struct Symbol {
    pub(super) canonical: String,
    pub(super) kind: Option<&'static DocumentType>,
    pub(super) agency: Option<&'static Agency>,
    pub(super) code: String,
    pub(super) year: Option<i16>,
    pub(super) repairs: Repairs,
    pub(super) needs: Needs,
    /// The bytes it takes.
    pub(super) length: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Slash,
    Hyphen,
}

impl Sign {
    const fn ascii(self) -> char {
        match self {
            Self::Slash => '/',
            Self::Hyphen => '-',
        }
    }
}

/// What is left to read, and what had to be put right until here.
#[derive(Clone, Copy)]
struct Reader<'a> {
    rest: &'a str,
    repairs: Repairs,
}

/// The parts before the symbol.
#[derive(Clone, Copy)]
struct Front<'a> {
    number: &'a str,
    first: Sign,
    year: Option<&'a str>,
    whole: &'a str,
}

/// Reads the symbol that a text begins with. The text begins with a digit.
pub(super) fn read(text: &str) -> Option<Symbol> {
    let mut reader = Reader { rest: text, repairs: Repairs::default() };
    let number = reader.number()?;
    let first = reader.sign()?;
    let year = reader.rest.starts_with(|c: char| c.is_ascii_digit());
    let year = if year { Some(reader.year()?) } else { None };
    let front = Front { number, first, year, whole: text };
    if year.is_some() && (reader.sign()? != Sign::Slash || (first == Sign::Hyphen && !is_series(number))) {
        return None;
    }
    assembly(reader, front).or_else(|| typed(reader, front)).or_else(|| untyped(reader, front))
}

/// A longer number before a year is a span of years: `2021-2025`.
fn is_series(number: &str) -> bool {
    number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
}

impl<'a> Reader<'a> {
    /// Digits, a letter, decimals: `749`, `36a`, `66.13`.
    fn number(&mut self) -> Option<&'a str> {
        let text = self.rest;
        let digits = digits(text);
        if !(1..=5).contains(&digits) || text.get(..digits)?.bytes().all(|b| b == b'0') {
            return None;
        }
        let mut length = digits;
        let bytes = text.as_bytes();
        if matches!(bytes.get(length), Some(b'a'..=b'd')) {
            length += 1;
        }
        let decimals = if bytes.get(length) == Some(&b'.') { self::digits(text.get(length + 1..)?) } else { 0 };
        if (1..=2).contains(&decimals) {
            length += 1 + decimals;
        }
        self.rest = text.get(length..)?;
        text.get(..length)
    }

    fn year(&mut self) -> Option<&'a str> {
        let (year, rest) = self.rest.split_at_checked(4)?;
        let fits = digits(self.rest) == 4 && YEARS.contains(&year.parse().ok()?);
        self.rest = rest;
        fits.then_some(year)
    }

    /// Spaces and one line break; nothing is read where there are more.
    fn spaces(&mut self) -> Option<()> {
        let mut breaks = 0;
        let space = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
        for (count, c) in self.rest.chars().enumerate() {
            if !space(c) {
                break;
            }
            breaks += usize::from(matches!(c, '\n' | '\u{2028}'));
            if count == SPACES || breaks > 1 || c == '\u{2029}' {
                return None;
            }
        }
        let rest = self.rest.trim_start_matches(space);
        if rest.len() < self.rest.len() {
            self.repairs.add(Repair::Spaces);
        }
        self.rest = rest;
        Some(())
    }

    /// A slash or hyphen with the spaces around it; nothing is read where there is none.
    fn sign(&mut self) -> Option<Sign> {
        let mut next = *self;
        next.spaces()?;
        let c = next.rest.chars().next()?;
        let sign = match c {
            '/' | '\u{2044}' | '\u{2215}' => Sign::Slash,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Sign::Hyphen,
            _ => return None,
        };
        if c != sign.ascii() {
            next.repairs.add(Repair::Signs);
        }
        next.rest = next.rest.get(c.len_utf8()..)?;
        next.spaces()?;
        *self = next;
        Some(sign)
    }

    fn word(&mut self) -> Option<Word> {
        let (word, length) = Word::read(self.rest)?;
        self.rest = self.rest.get(length..)?;
        Some(word)
    }

    const fn has_spaces(&self) -> bool {
        self.repairs.contains(Repair::Spaces)
    }
}

/// The number of ASCII digits that a text begins with.
pub(super) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// `41/2024/QH15`, `02/2022/UBTVQH15`.
fn assembly(mut reader: Reader<'_>, front: Front<'_>) -> Option<Symbol> {
    front.year.filter(|_| front.first == Sign::Slash)?;
    let organ = reader.word()?.organ()?;
    organ.term?;
    reader.repairs.extend(organ.repairs);
    Some(front.symbol(reader, None, (organ.agency, code(&organ)), Needs::Nothing, None))
}

/// `749/QĐ-TTg`, `30/2020/NĐ-CP`, `52-NQ/TW`, `01/2015/TTLT-BTP-BCA`, `19-2016/NQ-CP`.
fn typed(mut reader: Reader<'_>, front: Front<'_>) -> Option<Symbol> {
    let (kind, type_code) = {
        let mut whole = reader;
        let word = whole.word()?;
        match word.doc_type() {
            Some((kind, code, repairs)) => {
                whole.repairs.extend(repairs);
                reader = whole;
                (kind, code)
            }
            None => {
                if let Some((kind, code, organ)) = word.split() {
                    whole.repairs.extend(organ.repairs);
                    let sign = Sign::Hyphen;
                    return Some(finish(
                        whole,
                        front,
                        (kind, code, sign),
                        (organ.agency, self::code(&organ)),
                        organ.shape,
                    ));
                }
                let before = whole.rest.len();
                whole.spaces()?;
                let second = whole.word()?;
                if before == whole.rest.len() || word.letters().len() != 1 || second.letters().len() != 1 {
                    return None;
                }
                let (kind, code, repairs) = word.joined(&second)?.doc_type()?;
                whole.repairs.extend(repairs);
                reader = whole;
                (kind, code)
            }
        }
    };
    let sign = reader.sign()?;
    let start = reader.rest;
    let word = reader.word()?;
    let known = word.organ();
    match known {
        Some(organ) => reader.repairs.extend(organ.repairs),
        None if reader.has_spaces() || !word.looks_like_code() => return None,
        None => reader.repairs.add(Repair::UnknownAgency),
    }
    let written = start.get(..start.len() - reader.rest.len())?;
    let mut codes = known.as_ref().map_or_else(|| written.to_owned(), code);
    more_codes(&mut reader, &mut codes, kind.id == "joint-circular" || type_code == "NQLT");
    let Some(organ) = known else {
        let shape = match (front.first, sign) {
            (Sign::Hyphen, Sign::Slash) if front.year.is_none() => Shape::Party,
            (Sign::Slash, Sign::Hyphen) => Shape::State,
            (Sign::Hyphen, Sign::Hyphen) if front.year.is_some() => Shape::State,
            _ => return None,
        };
        return Some(finish(reader, front, (kind, type_code, sign), (None, codes), shape));
    };
    let is_plain = front.year.is_none() && front.first == Sign::Hyphen && sign == Sign::Hyphen;
    if is_plain && reader.repairs.contains(Repair::LetterCase) {
        // The last part of an address: `749-qd-ttg`.
        return None;
    }
    Some(finish(reader, front, (kind, type_code, sign), (organ.agency, codes), organ.shape))
}

/// Reads the further agencies and units of a symbol.
fn more_codes(reader: &mut Reader<'_>, codes: &mut String, joint: bool) {
    loop {
        let mut next = Reader { repairs: Repairs::default(), ..*reader };
        let Some(Sign::Hyphen) = next.sign() else { return };
        let start = next.rest;
        let Some(word) = next.word() else { return };
        let glued = !next.has_spaces() && !next.repairs.contains(Repair::Signs);
        match word.organ() {
            Some(organ) if joint || glued => {
                next.repairs.extend(organ.repairs);
                codes.push('-');
                codes.push_str(&code(&organ));
            }
            None if glued && word.looks_like_code() => {
                codes.push('-');
                codes.push_str(start.get(..start.len() - next.rest.len()).unwrap_or_default());
            }
            _ => return,
        }
        next.repairs.extend(reader.repairs);
        *reader = next;
    }
}

/// The code of an organ with its term.
fn code(organ: &Organ) -> String {
    organ.term.map_or_else(|| organ.code.to_owned(), |term| format!("{}{term}", organ.code))
}

type Issuer = (Option<&'static Agency>, String);

/// A number with a type, in the shape of its organ.
fn finish(
    mut reader: Reader<'_>,
    front: Front<'_>,
    (kind, type_code, sign): (&'static DocumentType, &'static str, Sign),
    issuer: Issuer,
    shape: Shape,
) -> Symbol {
    let joint = kind.id == "joint-circular" || type_code == "NQLT";
    let party = shape == Shape::Party && front.year.is_none();
    let (first, second) = if party { (Sign::Hyphen, Sign::Slash) } else { (front.first, Sign::Hyphen) };
    let first = if front.year.is_none() && !party { Sign::Slash } else { first };
    let second = if joint { sign } else { second };
    let mut needs = Needs::Nothing;
    if (first, second) != (front.first, sign) {
        reader.repairs.add(Repair::Shape);
        if sign == front.first {
            needs = Needs::Introduction;
        }
    }
    if reader.repairs.contains(Repair::UnknownAgency) {
        needs = Needs::Introduction;
    }
    let front = Front { first, ..front };
    front.symbol(reader, Some(kind), issuer, needs, Some((type_code, second)))
}

/// `4878/BTTTT-CĐSQG`, `27/CP`, `115-TTg`.
fn untyped(mut reader: Reader<'_>, front: Front<'_>) -> Option<Symbol> {
    if front.year.is_some() {
        return None;
    }
    let start = reader.rest;
    let word = reader.word()?;
    let known = word.organ();
    match known {
        Some(organ) => reader.repairs.extend(organ.repairs),
        None if reader.has_spaces() || !word.looks_like_code() || word.is_contract() || word.doc_type().is_some() => {
            return None;
        }
        None => reader.repairs.add(Repair::UnknownAgency),
    }
    let written = start.get(..start.len() - reader.rest.len())?;
    let mut codes = known.as_ref().map_or_else(|| written.to_owned(), code);
    let before = codes.len();
    if front.first == Sign::Slash {
        more_codes(&mut reader, &mut codes, true);
    }
    let needs = match (known, codes.len() > before) {
        (Some(_), true) => Needs::Letter,
        (None, true) => Needs::KnownLetter,
        // What is still to come would be a part of the symbol.
        (Some(_), false) if !goes_on(reader.rest) => Needs::Type,
        _ => return None,
    };
    Some(front.symbol(reader, None, (known.and_then(|organ| organ.agency), codes), needs, None))
}

/// Whether a hyphen or slash with a letter or digit follows.
fn goes_on(rest: &str) -> bool {
    rest.strip_prefix(['-', '/']).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

impl Front<'_> {
    fn symbol(
        self,
        reader: Reader<'_>,
        kind: Option<&'static DocumentType>,
        (agency, code): Issuer,
        needs: Needs,
        type_and_sign: Option<(&str, Sign)>,
    ) -> Symbol {
        let mut canonical = String::with_capacity(32);
        if self.number.len() == 1 {
            canonical.push('0');
        }
        canonical.push_str(self.number);
        canonical.push(self.first.ascii());
        if let Some(year) = self.year {
            canonical.push_str(year);
            canonical.push('/');
        }
        if let Some((type_code, sign)) = type_and_sign {
            canonical.push_str(type_code);
            canonical.push(sign.ascii());
        }
        canonical.push_str(&code);
        Symbol {
            canonical,
            kind,
            agency,
            code,
            year: self.year.and_then(|year| year.parse().ok()),
            repairs: reader.repairs,
            needs,
            length: self.whole.len() - reader.rest.len(),
        }
    }
}
