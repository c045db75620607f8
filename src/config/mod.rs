//! Floor 2: the settings of a portal, `site.yaml`, checked and resolved.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::base::date::{Moment, MonthDay};
use crate::base::lang::{Lang, PerLang};
use crate::base::slug::Slug;
use crate::images::Extra;
use crate::source::yaml::Node;

pub mod base_url;
mod events;
mod read;
mod reader;
pub mod reference;
mod terms;

pub use base_url::BaseUrl;
pub use events::{Licence, ProvinceHistory};
pub use read::{NETWORKS, read};
pub use reader::FILE;
pub use terms::{Term, Terms};

/// All settings, with defaults filled in.
#[derive(Clone, Debug)]
pub struct SiteConfig {
    /// Where the portal will be published.
    pub base_url: BaseUrl,
    /// Host and year of the permanent identities in feeds and calendars (RFC 4151), from the file
    /// even where `--base-url` overrides the address.
    pub tag_authority: String,
    /// The language at `/`.
    pub default_language: Lang,
    /// What is said of the portal in each language.
    pub languages: PerLang<LanguageConfig>,
    /// The zone in which dates without one are read and shown.
    pub timezone: TimeZone,
    /// The folder of the theme below `themes/`, or `default`.
    pub theme: String,
    /// What is chosen of the options of the theme, which alone knows them.
    pub theme_options: ThemeChoices,
    /// Who is behind the portal.
    pub owner: Owner,
    /// A line above everything that says whose site this is.
    pub masthead: PerLang<Option<String>>,
    /// The topics, in the order they are declared.
    pub topics: Terms,
    /// The tags that are one in both languages.
    pub tags: Terms,
    /// The agencies that issue documents.
    pub agencies: Terms,
    /// The series of events.
    pub series: Terms,
    /// The day of the year of series that have one by rule, by the series' id.
    pub yearly: BTreeMap<String, MonthDay>,
    /// Provinces by id, for places.
    pub provinces: Terms,
    /// What is known of provinces that are no longer so, by their id.
    pub province_history: BTreeMap<String, ProvinceHistory>,
    /// The main menu: paths of Markdown files below `content/`.
    pub menu: Vec<String>,
    /// Pages named in the footer: paths like those of the menu.
    pub footer: Vec<String>,
    /// Links to other sites.
    pub links: Vec<ExternalLink>,
    /// The networks of the share row.
    pub share: Vec<String>,
    /// A notice on every page for a time.
    pub notice: Option<Notice>,
    /// Where readers can say what they think: an http(s) or mailto address.
    pub feedback: Option<String>,
    /// After how many days readers are told that a translation is outdated.
    pub outdated_after: u16,
    /// What lists show of pages without a translation.
    pub missing_translation: MissingTranslation,
    /// What happens to raw HTML in Markdown.
    pub html: HtmlPolicy,
    /// Which formats photographs are made in beside their own and WebP.
    pub images: Extra,
    /// Under which terms others may use the open data, where it is stated.
    pub licence: Option<Licence>,
    /// The words of generated addresses.
    pub paths: Paths,
}

/// Options of the theme as they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeChoices(pub Vec<(String, Node)>);

/// The portal in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguageConfig {
    /// The name of the language in itself.
    pub name: String,
    /// The name of the portal.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
}

/// What the owner of a portal is, for readers that are machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnerKind {
    /// An organization of any kind.
    #[default]
    Organization,
    /// A body of government.
    Government,
}

/// The fields a portal of an institution must show of its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// What it is.
    pub kind: OwnerKind,
    /// The institution.
    pub name: PerLang<Option<String>>,
    /// The person responsible for the content.
    pub responsible: PerLang<Option<String>>,
    /// The postal address.
    pub address: PerLang<Option<String>>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
}

impl Owner {
    /// The fields that are not stated, with their languages, of those that the footer of an authority's portal shows
    /// (Circular 32/2017/TT-BTTTT, articles 16 to 18: superseded, and still the most concrete list there is).
    fn missing(&self) -> Vec<String> {
        let texts = [("name", &self.name), ("responsible", &self.responsible), ("address", &self.address)];
        let missing = texts.into_iter().flat_map(|(field, text)| {
            let absent = text.iter().filter(|(_, text)| text.is_none());
            absent.map(move |(lang, _)| format!("{field}.{}", lang.tag()))
        });
        let lines = [("phone", &self.phone), ("email", &self.email)];
        let missing_lines = lines.into_iter().filter(|(_, line)| line.is_none()).map(|(field, _)| field.to_owned());
        missing.chain(missing_lines).collect()
    }
}

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalLink {
    /// Its text.
    pub title: PerLang<String>,
    /// Its address.
    pub url: String,
}

/// A notice shown on every page for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// From when; always, where absent.
    pub from: Option<Moment>,
    /// Until when; for ever, where absent.
    pub until: Option<Moment>,
    /// What it says.
    pub text: PerLang<String>,
}

/// What lists show of pages that the list's language lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingTranslation {
    /// The page in the other language, with a badge.
    Link,
    /// Nothing.
    Hide,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HtmlPolicy {
    /// What is on the allow-list stays, the rest goes with a warning.
    #[default]
    Sanitize,
    /// It is shown as text.
    Escape,
    /// It stays as written.
    Trusted,
}

/// The words of generated addresses, by language. They are reserved as slugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Before the number of a list page.
    pub page: PerLang<Slug>,
    /// The topics.
    pub topics: PerLang<Slug>,
    /// The tags.
    pub tags: PerLang<Slug>,
    /// The agencies.
    pub agencies: PerLang<Slug>,
    /// The types of documents.
    pub types: PerLang<Slug>,
    /// The documents by whether they are in force.
    pub statuses: PerLang<Slug>,
    /// The site map for people.
    pub sitemap: PerLang<Slug>,
    /// The calendar of events.
    pub calendar: PerLang<Slug>,
}
