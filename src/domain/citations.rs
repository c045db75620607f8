//! Finds the numbers of Vietnamese legal documents in running text of both languages.
//!
//! Pure and linear: only what stands around digits is read, and no further than a fixed reach.
//! `Decision No. 749/QD-TTg`, `QĐ số 749/QĐ- Ttg` and `749/qđ-ttg` are all `749/QĐ-TTg`.

use std::ops::Range;

use crate::base::lang::Lang;
use crate::domain::agencies::Agency;
use crate::domain::document_types::DocumentType;
use context::{Addresses, Introduction};
use symbol::{Needs, Symbol};

mod codes;
mod context;
mod dates;
mod index;
mod repairs;
mod symbol;

pub use dates::CitedDate;
pub use repairs::{Repair, Repairs};

/// The byte with which UTF-8 begins the signs that are not ASCII (U+2010 to U+2215).
const SIGNS_FROM_U2000: u8 = 0xe2;

/// A document named by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The bytes of the number in the text, without the words before it.
    pub range: Range<usize>,
    /// The bytes that may tell of it: from where the number before it ends, with its date, to where the next
    /// begins.
    pub reach: Range<usize>,
    /// Until where it goes with its date.
    pub end: usize,
    /// The number as it should be written: `749/QĐ-TTg`.
    pub number: String,
    /// The type of document: by the code in its symbol, else by the words before the number.
    pub kind: Option<&'static DocumentType>,
    /// Who issued it, the first of several; none where the code names no agency of a portal.
    pub agency: Option<&'static Agency>,
    /// The codes of who issued it: `TTg`, `BTP-BCA`.
    pub issuer: String,
    /// The year within the number.
    pub year: Option<i16>,
    /// The date that stands near.
    pub date: Option<CitedDate>,
    /// What had to be put right.
    pub repairs: Repairs,
}

/// All citations of a text in the order they stand in. The text is in NFC.
///
/// A list shares its introduction: `Công văn số 1/BTTTT-CNTT, 2/BTTTT-CNTT`.
#[must_use]
pub fn citations(text: &str, lang: Lang) -> Vec<Citation> {
    let mut found: Vec<Citation> = Vec::new();
    if !may_have_signs(text) {
        return found;
    }
    let mut addresses = Addresses::default();
    // Until where the last citation with its date goes, and what introduced it.
    let mut last = (0, Introduction::default());
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        let rest = text.get(start..).unwrap_or_default();
        at = start + symbol::digits(rest);
        if !context::may_begin(text, start) {
            continue;
        }
        let Some(symbol) = symbol::read(rest) else { continue };
        let end = start + symbol.length;
        let behind = text.get(end..).unwrap_or_default();
        if !context::may_end(behind) || addresses.contain(text, start) {
            continue;
        }
        let mut introduction = context::introduction(text, last.0, start);
        let in_list = last.0 > 0 && text.get(last.0..start).is_some_and(context::is_list_glue);
        if in_list && introduction.kind.is_none() {
            introduction = Introduction { start: introduction.start, ..last.1 };
        }
        if introduction.is_other || !is_met(symbol.needs, &introduction) {
            continue;
        }
        let dated = dates::behind(behind);
        let date = dated.map(|(date, _)| date);
        let date = date.or_else(|| dates::before(text.get(last.0..introduction.start)?));
        if let Some(before) = found.last_mut() {
            before.reach.end = introduction.start.max(before.end);
        }
        at = end + dated.map_or(0, |(_, length)| length);
        let named = || introduction.kind.or_else(|| context::act(text, last.0, introduction.start));
        let citation = citation(start..end, symbol, lang, date, named);
        found.push(Citation { reach: last.0..text.len(), end: at, ..citation });
        last = (at, introduction);
    }
    found
}

/// The numbers of citations, each once, in the order of first appearance.
#[must_use]
pub fn distinct(citations: &[Citation]) -> Vec<&str> {
    let mut seen = std::collections::BTreeSet::new();
    citations.iter().map(|citation| citation.number.as_str()).filter(|number| seen.insert(comparable(number))).collect()
}

/// A number in any spelling as it should be written, with the type that its document has; `None` where it
/// is no number of a legal document.
#[must_use]
pub fn canonical(number: &str, kind: Option<&DocumentType>) -> Option<String> {
    alone(number, kind).map(|citation| citation.number)
}

/// What a number in any spelling says by itself, with the type that its document has; `None` where it is no
/// number of a legal document.
#[must_use]
pub fn alone(number: &str, kind: Option<&DocumentType>) -> Option<Citation> {
    let kind = kind.map_or("Văn bản", |kind| kind.name(Lang::Vi));
    let text = format!("{kind} số {}", number.trim());
    let mut found = citations(&text, Lang::En).into_iter();
    found.next().filter(|citation| citation.range.end == text.len())
}

/// A number as it is compared: behind `TTLT`, slash and hyphen are equal.
#[must_use]
pub fn comparable(number: &str) -> String {
    number.replace("/TTLT/", "/TTLT-")
}

fn citation(
    range: Range<usize>,
    symbol: Symbol,
    lang: Lang,
    date: Option<CitedDate>,
    named: impl FnOnce() -> Option<&'static DocumentType>,
) -> Citation {
    let mut repairs = symbol.repairs;
    if lang == Lang::En {
        repairs.remove(Repair::MarksMissing);
    }
    let kind = match symbol.needs {
        Needs::Letter | Needs::KnownLetter => named().or_else(|| DocumentType::from_id("official-letter")),
        _ => symbol.kind.or_else(named),
    };
    let Symbol { canonical: number, agency, code: issuer, year, .. } = symbol;
    let (reach, end) = (range.clone(), range.end);
    Citation { range, reach, end, number, kind, agency, issuer, year, date, repairs }
}

/// Whether what introduces a number is what it needs.
fn is_met(needs: Needs, introduction: &Introduction) -> bool {
    let kind = introduction.kind.map(|kind| kind.id);
    match needs {
        Needs::Nothing => true,
        Needs::Introduction => introduction.is_there,
        Needs::Type => kind.is_some(),
        Needs::Letter => introduction.is_document || matches!(kind, Some("official-letter" | "submission")),
        Needs::KnownLetter => kind == Some("official-letter"),
    }
}

/// Whether a text may hold one of the signs that every number has, slashes and hyphens of all kinds: a table has
/// many cells with digits, and hardly one with a sign.
fn may_have_signs(text: &str) -> bool {
    memchr::memchr3(b'/', b'-', SIGNS_FROM_U2000, text.as_bytes()).is_some()
}

/// The place of the next digit.
fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    // Whether there is one at all is asked of many bytes at once.
    let (chunks, _) = bytes.as_chunks::<32>();
    let has_digit = |chunk: &[u8; 32]| chunk.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    let free = chunks.iter().take_while(|chunk| !has_digit(chunk)).count() * 32;
    Some(from + free + bytes.get(free..)?.iter().position(u8::is_ascii_digit)?)
}

#[cfg(test)]
mod tests;
