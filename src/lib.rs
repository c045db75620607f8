//! The library behind `congso`, which builds the bilingual portal of Viet Nam's National Digital
//! Transformation Day from Markdown and YAML.
//!
//! The modules are floors: each imports only from those above it in this list
//! (`docs/architecture.md`; held by `tests/it/tidy.rs`).

pub mod base;
pub mod build;
pub mod cli;
pub mod config;
pub mod content;
pub mod diag;
pub mod domain;
pub mod images;
pub mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
