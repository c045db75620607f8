//! Floor 2: what the portal knows of its subject, as data and grammars over strings.

pub mod agencies;
pub mod citations;
pub mod document_types;
pub mod figures;
pub mod format;
pub mod ics;
pub mod validity;
