//! What one Markdown file says: facts that the whole site may use, and a body with holes.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use crate::base::checksum::Checksum;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::content::citation::Citation;
use crate::content::directive::Directive;
use crate::content::front_matter::FrontMatter;
use crate::diag::{Place, Spot};

/// One parsed file. It depends on the file's bytes, its language, the `markdown:` settings and the
/// program's version, and on nothing else.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file, from the workspace.
    pub path: RelPath,
    /// The language its name gives it.
    pub lang: Lang,
    /// What other pages may see of it.
    pub facts: Facts,
    /// The checksum of the file: with the language, the `markdown:` settings and the program, all that
    /// facts and text depend on.
    pub checksum: Checksum,
    /// Where its text is.
    pub body: BodyPlace,
}

impl Document {
    /// A spot of the file as a place.
    #[must_use]
    pub fn place(&self, spot: &Spot) -> Place {
        Place { file: self.path.clone(), spot: spot.clone() }
    }
}

/// Where the text of a document is: bodies are most of what parsing gives, and only the pages that show
/// them need them.
#[derive(Clone, Debug)]
pub enum BodyPlace {
    /// In memory.
    Memory(Arc<Body>),
    /// In a file of bodies.
    Stored(Stored),
}

/// A record in a file of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Where it begins, in bytes.
    pub offset: u64,
    /// How long it is, in bytes.
    pub length: u32,
    /// The checksum of its bytes.
    pub checksum: Checksum,
}

/// What link and other pages see of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The front matter as written. A linked site has none: its pages have fields of their own.
    #[serde(deserialize_with = "shared")]
    pub front: Arc<FrontMatter>,
    /// Whether parsing found errors in it: such a page is reported and never published.
    pub broken: bool,
    /// The targets of links, in order; holes of the body name them by index. A linked site has none:
    /// its pages have resolved ones.
    pub links: Vec<Link>,
    /// The images of the body, in order; holes of the body name them by index.
    pub images: Vec<Image>,
    /// The directives of the body, in order; holes of the body name them by index.
    pub directives: Vec<Directive>,
    /// The documents that text, title, description and caption cite; holes of the body name them by index.
    pub citations: Vec<Citation>,
    /// The `id`s to which links may lead: of headings, then of raw HTML. A linked site has none.
    pub anchors: Vec<String>,
    /// The beginning of the running text, without markup, at most 300 graphemes; empty where a description says
    /// what the page is about.
    pub excerpt: String,
    /// The number of words (syllables, in Vietnamese).
    pub words: usize,
    /// The digest of the text, where it was wanted.
    pub digest: Option<TextDigest>,
}

/// Reads front matter into its place: without this it would be made elsewhere first, and copied.
fn shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<FrontMatter>, D::Error> {
    FrontMatter::deserialize(deserializer).map(Arc::new)
}

/// What the state of a translation is told by. Each has 12 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextDigest {
    /// Title, description and body in NFC with line breaks, white space and punctuation folded.
    pub words: String,
    /// Only the numbers, dates and percentages, in any order.
    pub figures: String,
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor, unique in the document.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// The language of the text where the writer marked the whole heading as another one.
    pub lang: Option<String>,
}

/// A link as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// Where it stands in the file.
    pub spot: Spot,
}

/// Where a link or image points, as far as one file can tell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Target {
    /// Another site, a mail address or a telephone number; kept as written.
    External(String),
    /// A Markdown file of the content, relative to the file that links (or to `content/` where it
    /// begins with `/`), with the anchor behind `#`.
    Page {
        /// The path as written, percent-decoded.
        path: String,
        /// What stands behind `#`.
        anchor: Option<String>,
    },
    /// Another file of the content, relative like a page.
    File {
        /// The path as written, percent-decoded.
        path: String,
        /// What stands behind `#` or `?`, with that sign, kept as written.
        suffix: String,
    },
    /// An address of the site itself, from its root, such as `/tin-tuc/`.
    Site {
        /// The address without query and anchor.
        path: String,
        /// What stands behind it: `?…` and `#…`, kept as written.
        suffix: String,
    },
    /// A place in the same document.
    Anchor(String),
    /// A dangerous address that was removed.
    Removed,
}

/// An image as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The file.
    pub target: Target,
    /// The text alternative; empty for a decorative image.
    pub alt: String,
    /// The title behind the address, if any.
    pub title: Option<String>,
    /// Where it stands in the file.
    pub spot: Spot,
}

/// The text as finished HTML, and the places in it that only the whole site can fill.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// HTML without what the holes stand for.
    pub html: String,
    /// The holes, in the order of their places.
    pub holes: Vec<Hole>,
    /// The headings in order.
    pub outline: Vec<Heading>,
}

impl Body {
    /// The record of a file of bodies: the HTML, the holes and headings, the length of the HTML
    /// (little-endian, 4 bytes).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut record = Vec::with_capacity(self.html.len() + 16 * self.holes.len() + 128 * self.outline.len() + 16);
        record.extend(self.html.as_bytes());
        // Numbers and text only: this cannot fail.
        let mut record = postcard::to_io(&(&self.holes, &self.outline), record).unwrap_or_default();
        record.extend(u32::try_from(self.html.len()).unwrap_or(u32::MAX).to_le_bytes());
        record
    }

    /// Reads a record; `None` where it is damaged.
    #[must_use]
    pub fn decode(record: &[u8]) -> Option<Self> {
        let (rest, length) = record.split_last_chunk::<4>()?;
        let (html, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (holes, outline) = postcard::from_bytes(rest).ok()?;
        Some(Self { html: simdutf8::basic::from_utf8(html).ok()?.to_owned(), holes, outline })
    }
}

/// A place in the HTML to be filled.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hole {
    /// The byte offset in [`Body::html`] before which it stands.
    pub at: usize,
    /// What goes there.
    pub kind: HoleKind,
}

/// What fills a hole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HoleKind {
    /// The opening tag of a link: index into [`Facts::links`], and the title attribute as written.
    LinkOpen(usize, Option<String>),
    /// The closing tag of that link.
    LinkClose(usize),
    /// The value of a URL attribute in raw HTML, between its quotes: index into [`Facts::links`].
    Url(usize),
    /// An image: index into [`Facts::images`].
    Image(usize),
    /// A string of the theme's catalogue by its key, as text.
    Text(Cow<'static, str>),
    /// The beginning of a directive: index into [`Facts::directives`]. All up to its end is its body.
    DirectiveOpen(usize),
    /// The end of that directive.
    DirectiveClose(usize),
    /// The beginning of a number that may become a link: index into [`Facts::citations`].
    CitationOpen(usize),
    /// The end of that number.
    CitationClose(usize),
}
