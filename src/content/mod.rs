//! Floor 3: one file in, one document out; pure, and never sees the site.

pub mod accept;
pub mod citation;
pub mod directive;
pub mod document;
pub mod fields;
pub mod front_matter;
pub mod highlight;
pub mod markdown;
mod parse;
pub mod schema;
pub mod split;

pub use parse::{Digests, parse};
