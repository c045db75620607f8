//! Why a job was last rendered, as the next builds keep it.

use serde::{Deserialize, Serialize};

use crate::render::Subject;

/// Why a job was last rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::build) enum Why {
    /// All was made anew: nothing was kept of an earlier build, another program had kept it, or it was
    /// not to be used.
    All,
    /// There was no such output before.
    New,
    /// Something else is made at this address now.
    Other,
    /// What it reads had changed.
    Changed(Box<Causes>),
    /// Its file in the output folder was missing or had been changed.
    Touched,
}

/// What had changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::build) struct Causes {
    /// Some of it, the most specific first.
    pub(in crate::build) first: Vec<Subject>,
    /// How much more there is.
    pub(in crate::build) more: u32,
}
