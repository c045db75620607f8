//! The legal documents a text cites, as facts of its file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::diag::Spot;
use crate::domain::citations::{self, CitedDate};

/// A document cited by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The number as it should be written: `749/QĐ-TTg`.
    pub number: String,
    /// The type of document by id, by its symbol or the words before it.
    pub kind: Option<Cow<'static, str>>,
    /// Who issued it by id, where the symbol names an agency that every portal knows.
    pub agency: Option<Cow<'static, str>>,
    /// The year within the number.
    pub year: Option<i16>,
    /// The date that stands near.
    pub date: Option<CitedDate>,
    /// The words around the number, where only they tell which of many issuers is meant: those of the
    /// provinces have one code.
    pub issuer_words: Option<IssuerWords>,
    /// How it stands in the page.
    pub mention: Mention,
    /// The link of the writer's own that it stands in: index into `Facts::links`.
    pub link: Option<usize>,
    /// Under which heading it stands: how many there are before it.
    pub section: u32,
    /// What its block says of the force of documents.
    pub told: Told,
    /// Where it stands in the file.
    pub spot: Spot,
}

/// The words around a number that each province may have.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IssuerWords {
    /// Those that say whose it is: `của UBND tỉnh Lào Cai`, `of the People's Committee of Lao Cai`.
    pub whose: Option<String>,
    /// Those before it.
    pub before: String,
    /// Those behind it.
    pub behind: String,
}

/// How a citation stands in its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mention {
    /// In the text: the number may become a link.
    Text,
    /// Inside a link of the writer's own.
    InLink,
    /// Where no link can stand: a heading, a title, a caption, raw HTML.
    Apart,
}

/// What the block around a citation says of the force of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// That something ended or took the place of something.
    End,
}

/// Words by which a text tells that a document is no longer in force.
const END: [&str; 16] = [
    "hết hiệu lực",
    "hết hạn",
    "thay thế",
    "thay cho",
    "bãi bỏ",
    "hủy bỏ",
    "huỷ bỏ",
    "không còn hiệu lực",
    "trước đây",
    "replac",
    "no longer in force",
    "in place of",
    "repeal",
    "supersed",
    "expire",
    "formerly",
];

/// The codes whose documents exist once for each province.
const PROVINCIAL: [&str; 3] = ["UBND", "HĐND", "TU"];

/// Whether a number is one that each province may have.
#[must_use]
pub fn is_provincial(number: &str) -> bool {
    PROVINCIAL.iter().any(|code| number.ends_with(code))
}

/// How many bytes before and behind a provincial number are kept.
const ISSUER_REACH: usize = 80;

/// The words that begin what says whose a document is.
const WHOSE: [&str; 8] = ["của ", "do ", "của\u{a0}", "of ", "by ", "from ", "issued by ", "ban hành bởi "];

impl IssuerWords {
    /// The words around a citation, as far as no other one stands between.
    fn of(found: &citations::Citation, block: &str) -> Self {
        let whole = |at: &usize| block.is_char_boundary(*at);
        let end = (found.end + ISSUER_REACH).min(found.reach.end).max(found.end);
        let end = (found.end..=end).rev().find(whole).unwrap_or(found.end);
        let start = found.range.start.saturating_sub(ISSUER_REACH).max(found.reach.start).min(found.range.start);
        let start = (start..=found.range.start).find(whole).unwrap_or(found.range.start);
        let part = |range: std::ops::Range<usize>| block.get(range).unwrap_or_default().to_owned();
        let (before, behind) = (part(start..found.range.start), part(found.end..end));
        Self { whose: whose(&behind).map(str::to_owned), before, behind }
    }
}

/// What says whose a document is, up to the end of the clause.
fn whose(behind: &str) -> Option<&str> {
    let words = behind.trim_start_matches([' ', '\u{a0}', ')', '”', '"', '\n']);
    let lower = words.to_lowercase();
    if !WHOSE.iter().any(|start| lower.starts_with(start)) {
        return None;
    }
    let signs = words.char_indices().filter(|(_, c)| matches!(c, ',' | ';' | '(' | '\n')).map(|(at, _)| at);
    let glue = [" và ", " and ", ". "].into_iter().filter_map(|glue| {
        // `TP. Hồ Chí Minh`
        let ends = |(at, _): &(usize, &str)| {
            glue != ". " || !words.get(..*at).is_some_and(|front| front.ends_with("TP") || front.ends_with("Tp"))
        };
        words.match_indices(glue).find(ends).map(|(at, _)| at)
    });
    words.get(..signs.chain(glue).min().unwrap_or(words.len()))
}

impl Told {
    /// What a block says.
    #[must_use]
    pub fn of(block: &str) -> Self {
        let block = block.to_lowercase();
        if END.iter().any(|word| block.contains(word)) { Self::End } else { Self::Nothing }
    }
}

impl Citation {
    /// A citation that was found in a block of text.
    #[must_use]
    pub fn of(
        found: citations::Citation,
        block: &str,
        told: Told,
        (mention, link): (Mention, Option<usize>),
        section: u32,
        spot: Spot,
    ) -> Self {
        let issuer_words = is_provincial(&found.issuer).then(|| IssuerWords::of(&found, block));
        let citations::Citation { number, kind, agency, year, date, .. } = found;
        Self {
            number,
            kind: kind.map(|kind| kind.id.into()),
            agency: agency.map(|agency| agency.id.into()),
            year,
            date,
            issuer_words,
            mention,
            link,
            section,
            told,
            spot,
        }
    }

    /// The year of the document, as far as the citation tells.
    #[must_use]
    pub fn known_year(&self) -> Option<i16> {
        self.year.or(self.date.map(CitedDate::year))
    }
}
