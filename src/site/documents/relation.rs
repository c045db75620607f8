//! How legal documents stand to one another, and what one document says of another.

use crate::site::SetId;
use crate::site::meta::DecisionMeta;

/// How one document stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// It takes the other's place.
    Replaces,
    /// The other takes its place.
    ReplacedBy,
    /// It changes the other.
    Amends,
    /// The other changes it.
    AmendedBy,
    /// It rests on the other ("căn cứ").
    Basis,
    /// The other rests on it.
    BasisOf,
    /// It carries the other out.
    Implements,
    /// The other carries it out.
    ImplementedBy,
}

impl Relation {
    /// All relations, in the order pages show them.
    pub const ALL: [Self; 8] = [
        Self::Replaces,
        Self::ReplacedBy,
        Self::Amends,
        Self::AmendedBy,
        Self::Basis,
        Self::BasisOf,
        Self::Implements,
        Self::ImplementedBy,
    ];

    /// Those a document states of itself; each is of a document that was there before.
    pub const STATED: [Self; 4] = [Self::Replaces, Self::Amends, Self::Basis, Self::Implements];

    /// The name templates get; its label is the string `relation.NAME`. That of a stated one is its field.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Replaces => "replaces",
            Self::ReplacedBy => "replaced_by",
            Self::Amends => "amends",
            Self::AmendedBy => "amended_by",
            Self::Basis => "basis",
            Self::BasisOf => "basis_of",
            Self::Implements => "implements",
            Self::ImplementedBy => "implemented_by",
        }
    }

    /// The numbers a document states for a relation; the passive ones are never stated.
    #[must_use]
    pub fn stated(self, document: &DecisionMeta) -> &[String] {
        match self {
            Self::Replaces => &document.replaces,
            Self::Amends => &document.amends,
            Self::Basis => &document.basis,
            Self::Implements => &document.implements,
            Self::ReplacedBy | Self::AmendedBy | Self::BasisOf | Self::ImplementedBy => &[],
        }
    }

    /// The same relation seen from the other side.
    #[must_use]
    pub fn reverse(self) -> Self {
        match self {
            Self::Replaces => Self::ReplacedBy,
            Self::ReplacedBy => Self::Replaces,
            Self::Amends => Self::AmendedBy,
            Self::AmendedBy => Self::Amends,
            Self::Basis => Self::BasisOf,
            Self::BasisOf => Self::Basis,
            Self::Implements => Self::ImplementedBy,
            Self::ImplementedBy => Self::Implements,
        }
    }
}

/// A document another one names: its number, and its set where the portal has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// How it stands.
    pub relation: Relation,
    /// Its number.
    pub number: String,
    /// Its pages.
    pub set: Option<SetId>,
}
