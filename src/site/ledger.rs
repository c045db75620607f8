//! The ledger: what is known of every page, published or not.

use super::Role;
use super::publication::{Publication, Schedule};
use super::translation::TranslationState;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::RelPath;

/// What is known of one page in one language, published or not: for `status` and the summary.
#[derive(Clone, Debug)]
pub struct LedgerEntry {
    /// Its file.
    pub path: RelPath,
    /// The key of its set.
    pub key: String,
    /// Its language.
    pub lang: Lang,
    /// Its title, as far as it has one.
    pub title: String,
    /// Page or index of a section.
    pub role: Role,
    /// Whether it is published.
    pub publication: Publication,
    /// When it appears and goes.
    pub schedule: Schedule,
    /// How it stands to its original.
    pub translation: TranslationState,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// When somebody has to look at it again.
    pub review_by: Option<Moment>,
    /// The digest of its words, where it was wanted.
    pub digest: Option<String>,
}
