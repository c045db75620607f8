//! The integration tests: one binary, one module per subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

mod bad_input;
mod beside;
mod calendars;
mod catalog;
mod citations;
mod cli;
mod codes;
mod commonmark;
mod counts;
mod determinism;
mod documents;
mod edits;
mod explain;
mod faults;
mod fixtures;
mod fragments;
#[cfg(feature = "images")]
mod golden;
#[cfg(feature = "images")]
mod images;
#[cfg(not(feature = "images"))]
mod images_off;
mod inheritance;
mod laws;
mod leak;
mod markup;
mod open_data;
mod outputs;
mod planted;
mod preview;
mod provinces;
mod publication;
mod records;
mod reference;
mod schema;
mod sound;
mod structured;
mod template_doc;
mod templates;
mod themes;
mod theming;
mod tidy;
mod told;
mod translation;
mod urls;
mod weight;
