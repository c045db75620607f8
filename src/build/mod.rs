//! Floor 6: the pipeline from workspace to output folder.

mod compare;
pub mod error;
pub mod folder;
pub mod journal;
pub mod manifest;
pub mod pipeline;
pub mod report;
pub mod stage;
pub mod summary;
