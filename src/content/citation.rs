//! The legal documents a text cites, as facts of its file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::diag::Place;
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
    /// The words behind the number, where only they tell which of many issuers is meant: those of the
    /// provinces have one code.
    pub issuer_words: Option<String>,
    /// How it stands in the page.
    pub mention: Mention,
    /// The link of the writer's own that it stands in: index into `Facts::links`.
    pub link: Option<usize>,
    /// Under which heading it stands: how many there are before it.
    pub section: u32,
    /// What its block says of the force of documents.
    pub told: Told,
    /// Where it stands.
    pub place: Place,
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

/// How many bytes behind a provincial number are kept.
const ISSUER_REACH: usize = 80;

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
        place: Place,
    ) -> Self {
        let citations::Citation { range, number, kind, agency, issuer, year, date, .. } = found;
        let behind = || {
            let end = (range.end + ISSUER_REACH).min(block.len());
            let end = (range.end..=end).rev().find(|end| block.is_char_boundary(*end))?;
            block.get(range.end..end).map(str::to_owned)
        };
        Self {
            number,
            kind: kind.map(|kind| kind.id.into()),
            agency: agency.map(|agency| agency.id.into()),
            year,
            date,
            issuer_words: is_provincial(&issuer).then(behind).flatten(),
            mention,
            link,
            section,
            told,
            place,
        }
    }

    /// The year of the document, as far as the citation tells.
    #[must_use]
    pub fn known_year(&self) -> Option<i16> {
        self.year.or(self.date.map(CitedDate::year))
    }
}
