//! The directives a writer may use in a text, as typed values.

use serde::{Deserialize, Serialize};

use crate::diag::Spot;

/// A directive and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// What it asks for.
    pub kind: DirectiveKind,
    /// Its opening line.
    pub spot: Spot,
}

/// `:::name attribute="value"` … `:::`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectiveKind {
    /// `:::figure src alt caption credit`: an image with caption and credit. A body takes the place
    /// of `caption`.
    Figure {
        /// Index into `Facts::images`.
        image: usize,
        /// The caption, without markup.
        caption: Option<String>,
        /// Who made the picture.
        credit: Option<String>,
    },
    /// `:::callout type title`: a remark set apart.
    Callout {
        /// Its kind.
        tone: Tone,
        /// A title in place of the kind's own.
        title: Option<String>,
    },
    /// `:::quote author role source`: a quotation.
    Quote {
        /// Who said it.
        author: Option<String>,
        /// What the person is.
        role: Option<String>,
        /// Where it comes from: index into `Facts::links`.
        source: Option<usize>,
    },
    /// `:::targets from only`: the table of targets of a document.
    Targets {
        /// The document's file: index into `Facts::links`; the page itself where absent.
        from: Option<usize>,
        /// The ids to show, all where empty.
        only: Vec<String>,
    },
    /// `:::events when limit series year`: a list of events.
    Events {
        /// Which of them.
        when: When,
        /// How many at most.
        limit: Option<usize>,
        /// Only of this series.
        series: Option<String>,
        /// Only of this year.
        year: Option<i16>,
    },
    /// `:::open-data`: the open data of the portal, with their files and the licence.
    OpenData,
    /// `:::gallery`: the images of its body, side by side.
    Gallery,
    /// `:::video url title`: a plain link card to a video; nothing is loaded from there.
    Video {
        /// Index into `Facts::links`.
        link: usize,
        /// What the video shows.
        title: String,
    },
}

/// The kind of a callout or GitHub alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Good to know.
    Note,
    /// Advice.
    Tip,
    /// Needed to succeed.
    Important,
    /// Urgent.
    Warning,
    /// What can go wrong.
    Caution,
}

impl Tone {
    /// The name writers use and templates get.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }

    /// The key of its title among the theme's strings.
    #[must_use]
    pub fn title_key(self) -> &'static str {
        match self {
            Self::Note => "callout.note",
            Self::Tip => "callout.tip",
            Self::Important => "callout.important",
            Self::Warning => "callout.warning",
            Self::Caution => "callout.caution",
        }
    }
}

/// Which events a list shows, from the build date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// Those not yet over, soonest first.
    Upcoming,
    /// Those over, latest first.
    Past,
    /// All, latest first.
    All,
}
