//! Floor 6: the pipeline from workspace to output folder.

mod cache;
mod compare;
pub mod document_cache;
pub mod error;
pub mod explain;
mod feeds;
pub mod folder;
mod jobs;
pub mod journal;
pub mod load;
pub mod look;
pub mod manifest;
pub mod options;
pub mod parse;
mod past;
pub mod pictures;
pub mod pipeline;
pub mod report;
pub mod stage;
pub mod state;
pub mod summary;
mod theme;
pub mod translations;
pub mod tree;
