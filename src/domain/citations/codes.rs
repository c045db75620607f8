//! The words of a symbol (`QĐ`, `TTg`, `UBTVQH15`): read with look-alikes put right, and looked up in the
//! tables of types and agencies.

use super::index;
use super::repairs::{Repair, Repairs};
use crate::domain::agencies::{AGENCIES, Agency, OTHER_CODES, Shape};
use crate::domain::document_types::DocumentType;

/// How many letters a word has at most.
const LONGEST: usize = 24;

/// The agencies whose code is followed by the number of a term: `QH15`.
const WITH_TERM: [&str; 3] = ["QH", "UBTVQH", "HĐNN"];

/// A word as it is written, look-alikes put right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    letters: [char; LONGEST],
    length: usize,
    repairs: Repairs,
}

/// What a code stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Organ {
    /// The code as the tables have it.
    pub(super) code: &'static str,
    pub(super) shape: Shape,
    pub(super) agency: Option<&'static Agency>,
    /// The number of the term: `15` in `QH15`.
    pub(super) term: Option<u8>,
    pub(super) repairs: Repairs,
}

impl Word {
    /// The word that a text begins with and the bytes it takes; none if it is longer than any code.
    pub(super) fn read(text: &str) -> Option<(Self, usize)> {
        let mut word = Self { letters: ['\0'; LONGEST], length: 0, repairs: Repairs::default() };
        let mut places = word.letters.iter_mut();
        for (at, c) in text.char_indices() {
            let more = || text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
            if !(c.is_alphanumeric() || c == '&' && at > 0 && more()) {
                return (at > 0).then_some((word, at));
            }
            let latin = latin(c);
            *places.next()? = latin;
            word.length += 1;
            if latin != c {
                word.repairs.add(Repair::LookAlike);
            }
        }
        (word.length > 0).then_some((word, text.len()))
    }

    pub(super) fn letters(&self) -> &[char] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// The word with another behind it: `Q Đ`.
    pub(super) fn joined(&self, other: &Self) -> Option<Self> {
        let mut word = *self;
        let places = word.letters.get_mut(self.length..self.length + other.length)?;
        places.copy_from_slice(other.letters());
        word.length += other.length;
        word.repairs.extend(other.repairs);
        Some(word)
    }

    /// Whether it is written as codes are, though no table has it.
    pub(super) fn looks_like_code(&self) -> bool {
        let letters = self.letters();
        let capitals = letters.iter().filter(|c| is_capital(**c)).count();
        letters.first().is_some_and(|c| is_capital(*c))
            && capitals >= 2
            && capitals * 2 > letters.len()
            && letters.iter().all(|c| c.is_ascii_alphanumeric() || *c == '&' || is_capital(*c) || *c == 'đ')
    }

    /// Whether it is the code of contracts, which are no legal documents.
    pub(super) fn is_contract(&self) -> bool {
        fit(self.letters(), "HĐ").is_some_and(|fit| !fit.contains(Repair::MarksMissing))
    }

    /// The type it stands for, its code, and what had to be put right.
    pub(super) fn doc_type(&self) -> Option<(&'static DocumentType, &'static str, Repairs)> {
        let (kind, code, mut repairs) = doc_type(self.letters())?;
        repairs.extend(self.repairs);
        Some((kind, code, repairs))
    }

    /// The agency or unit it stands for.
    pub(super) fn organ(&self) -> Option<Organ> {
        let mut organ = organ(self.letters())?;
        organ.repairs.extend(self.repairs);
        Some(organ)
    }

    /// The type and the agency it stands for where the hyphen between them is missing: `NĐCP`.
    pub(super) fn split(&self) -> Option<(&'static DocumentType, &'static str, Organ)> {
        if !self.letters().first().is_some_and(|c| is_capital(*c)) || self.organ().is_some() {
            return None;
        }
        (1..self.length).find_map(|at| {
            let (front, back) = self.letters().split_at_checked(at)?;
            let (kind, code, repairs) = doc_type(front)?;
            let mut organ = organ(back)?;
            organ.repairs.extend(repairs);
            organ.repairs.extend(self.repairs);
            organ.repairs.add(Repair::HyphenMissing);
            Some((kind, code, organ))
        })
    }
}

fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase() || matches!(c, 'Đ' | 'Ư' | 'Ơ' | 'Â' | 'Ă' | 'Ê' | 'Ô')
}

fn doc_type(letters: &[char]) -> Option<(&'static DocumentType, &'static str, Repairs)> {
    index::TYPE_CODES
        .beginning(letters.first())
        .filter_map(index::kind)
        .flat_map(|kind| kind.codes.iter().map(move |code| (kind, *code)))
        .filter_map(|(kind, code)| Some((kind, code, fit(letters, code)?)))
        .min_by_key(|(.., repairs)| *repairs)
}

fn organ(letters: &[char]) -> Option<Organ> {
    let first = letters.first();
    let agencies = index::AGENCY_CODES.beginning(first).filter_map(|at| AGENCIES.get(at));
    let named = agencies.flat_map(|agency| {
        agency.codes.iter().map(move |code| Organ {
            code,
            shape: agency.shape,
            agency: Some(agency),
            term: None,
            repairs: Repairs::default(),
        })
    });
    let others = index::OTHERS.beginning(first).filter_map(|at| OTHER_CODES.get(at)).map(|other| Organ {
        code: other.code,
        shape: other.shape,
        agency: None,
        term: None,
        repairs: Repairs::default(),
    });
    named
        .chain(others)
        .filter_map(|organ| {
            let (term, repairs) = match fit(letters, organ.code) {
                Some(repairs) => (None, repairs),
                None => with_term(letters, organ.code)?,
            };
            Some(Organ { term, repairs, ..organ })
        })
        .min_by_key(|organ| organ.repairs)
}

/// The term behind a code that has one, and what had to be put right: `QHI5`.
fn with_term(letters: &[char], code: &str) -> Option<(Option<u8>, Repairs)> {
    if !WITH_TERM.contains(&code) {
        return None;
    }
    let (front, digits) = letters.split_at_checked(code.chars().count())?;
    let mut repairs = fit(front, code)?;
    if !(1..=2).contains(&digits.len()) || !digits.iter().any(char::is_ascii_digit) {
        return None;
    }
    let mut term = 0;
    for digit in digits {
        let value = match digit {
            'I' | 'i' | 'l' | 'L' => {
                repairs.add(Repair::Digits);
                1
            }
            digit => u8::try_from(digit.to_digit(10)?).ok()?,
        };
        term = term * 10 + value;
    }
    (term > 0).then_some((Some(term), repairs))
}

/// What has to be put right for letters to be a code. A `Đ` is never taken for a `D`: `HĐ` is a
/// contract, `HD` guidance.
fn fit(letters: &[char], code: &str) -> Option<Repairs> {
    let mut repairs = Repairs::default();
    let mut written = letters.iter();
    for wanted in code.chars() {
        let written = *written.next()?;
        if written == wanted {
            continue;
        }
        let (upper, wanted) = (upper(written), upper(wanted));
        if upper == 'D' && wanted == 'Đ' {
            repairs.add(Repair::MarksMissing);
        } else if upper == wanted {
            repairs.add(Repair::LetterCase);
        } else {
            return None;
        }
        if upper == 'D' && wanted == 'Đ' && written != 'D' {
            repairs.add(Repair::LetterCase);
        }
    }
    written.next().is_none().then_some(repairs)
}

fn upper(c: char) -> char {
    if c.is_ascii() { c.to_ascii_uppercase() } else { c.to_uppercase().next().unwrap_or(c) }
}

/// The letter of codes that a letter looks like: Eth for `Đ`, Cyrillic ones for Latin ones.
fn latin(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'І' => 'I',
        'Ј' => 'J',
        'К' => 'K',
        'М' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'Ѕ' => 'S',
        'Т' => 'T',
        'У' => 'Y',
        'Х' => 'X',
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'і' => 'i',
        'ј' => 'j',
        'о' => 'o',
        'р' => 'p',
        'ѕ' => 's',
        'у' => 'y',
        'х' => 'x',
        c => c,
    }
}
