//! Floor 3: one file in, one document out; pure, and never sees the site.

pub mod directive;
pub mod document;
pub mod front_matter;
