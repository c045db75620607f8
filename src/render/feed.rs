//! Atom feeds (RFC 4287) of a language and of its sections.

use quick_xml::events::BytesText;

use super::data::Data;
use super::plan::Job;
use super::sitemap::document;
use super::view::View;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::base::text::without_controls;
use crate::site::lists::newest_first;
use crate::site::urls::home_url;
use crate::site::{Feed, Member, Page, SectionId};

/// How many entries a feed has.
const ENTRIES: usize = 20;

/// What a feed says.
#[derive(Hash)]
pub(super) struct Content<'a> {
    /// Its identity, from which the `tag:` URI is made.
    key: &'a str,
    title: String,
    subtitle: Option<&'a str>,
    home: UrlPath,
    entries: Vec<FeedEntry<'a>>,
}

/// An entry, with the fields of its page.
#[derive(Hash)]
struct FeedEntry<'a> {
    id: &'a str,
    url: &'a UrlPath,
    title: &'a str,
    updated: Option<Moment>,
    published: Option<Moment>,
    authors: &'a [String],
    topics: &'a [usize],
    summary: &'a str,
}

/// What the feed of a section, or of the whole language, says.
pub(super) fn content(data: &Data, section: Option<SectionId>, lang: Lang) -> Content<'_> {
    let site = &data.site;
    let config = &site.config;
    let sections = site.section_ids().filter(|id| match section {
        Some(section) => section == *id,
        None => site.section(*id).feed == Feed::Atom,
    });
    let mut members: Vec<Member> = sections
        .flat_map(|id| site.section(id).members.get(lang))
        .filter(|m| belongs(site.page(m.page), lang, site.now))
        .copied()
        .collect();
    newest_first(&mut members);
    // A page stands in the lists of all the sections above it.
    members.dedup_by_key(|member| member.page);
    members.truncate(ENTRIES);
    let site_title = &config.languages.get(lang).title;
    let entries = members.iter().map(|member| {
        let page = site.page(member.page);
        let meta = &page.meta;
        FeedEntry {
            id: &site.set(page.set).id,
            url: &page.url,
            title: &meta.title,
            updated: updated(page),
            published: meta.date.or(meta.list_date()),
            authors: &meta.authors,
            topics: &meta.topics,
            summary: meta.description.as_deref().unwrap_or(&page.document.facts.excerpt),
        }
    });
    let entries = entries.collect();
    match section {
        Some(id) => {
            let place = data.section(id, lang);
            Content {
                key: &place.key,
                title: format!("{} – {site_title}", place.title),
                subtitle: place.description.as_deref(),
                home: place.url.clone(),
                entries,
            }
        }
        None => Content {
            key: "",
            title: site_title.clone(),
            subtitle: config.languages.get(lang).description.as_deref(),
            home: home_url(config, lang),
            entries,
        },
    }
}

/// The feed of a section, or of the whole language.
pub(super) fn render(view: &View, job: &Job, section: Option<SectionId>) -> Vec<u8> {
    let config = view.config();
    let lang = view.lang();
    let Content { key, title, subtitle, home, entries } = view.feed(section);
    let site_title = &config.languages.get(lang).title;
    let owner = config.owner.name.get(lang).clone().unwrap_or_else(|| site_title.clone());
    let newest = entries.iter().filter_map(|entry| entry.updated).max_by_key(|moment| moment.at);
    let id = identity(&config.tag_authority, &format!("feed:{key}:{lang}"));
    let text = |text: &str| BytesText::new(&without_controls(text)).into_owned();
    document(|xml| {
        let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang.tag())];
        xml.create_element("feed").with_attributes(root).write_inner_content(|xml| {
            xml.create_element("id").write_text_content(text(&id))?;
            xml.create_element("title").write_text_content(text(&title))?;
            if let Some(subtitle) = subtitle {
                xml.create_element("subtitle").write_text_content(text(subtitle))?;
            }
            let newest = newest.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |moment| moment.rfc3339());
            xml.create_element("updated").write_text_content(text(&newest))?;
            xml.create_element("author").write_inner_content(|xml| {
                xml.create_element("name").write_text_content(text(&owner))?;
                Ok(())
            })?;
            let base = &config.base_url;
            let itself = [("rel", "self"), ("type", "application/atom+xml"), ("href", &base.absolute(&job.url))];
            xml.create_element("link").with_attributes(itself).write_empty()?;
            let alternate = [("rel", "alternate"), ("type", "text/html"), ("href", &base.absolute(&home))];
            xml.create_element("link").with_attributes(alternate).write_empty()?;
            entries.iter().try_for_each(|entry| {
                xml.create_element("entry").write_inner_content(|xml| {
                    let id = identity(&config.tag_authority, &format!("{}:{lang}", entry.id));
                    xml.create_element("id").write_text_content(text(&id))?;
                    xml.create_element("title").write_text_content(text(entry.title))?;
                    let url = base.absolute(entry.url);
                    let link = [("rel", "alternate"), ("type", "text/html"), ("href", url.as_str())];
                    xml.create_element("link").with_attributes(link).write_empty()?;
                    // Every entry has this moment: see `belongs`.
                    if let Some(moment) = entry.updated {
                        xml.create_element("updated").write_text_content(text(&moment.rfc3339()))?;
                    }
                    if let Some(date) = entry.published {
                        xml.create_element("published").write_text_content(text(&date.rfc3339()))?;
                    }
                    entry.authors.iter().try_for_each(|author| {
                        xml.create_element("author").write_inner_content(|xml| {
                            xml.create_element("name").write_text_content(text(author))?;
                            Ok(())
                        })?;
                        std::io::Result::Ok(())
                    })?;
                    for topic in config.topics.at(entry.topics) {
                        let category = [("term", topic.id.as_str()), ("label", topic.name.get(lang).as_str())];
                        xml.create_element("category").with_attributes(category).write_empty()?;
                    }
                    xml.create_element("summary").write_text_content(text(entry.summary))?;
                    Ok(())
                })?;
                Ok(())
            })
        })?;
        Ok(())
    })
}

/// A `tag:` URI (RFC 4151). Names of files may hold what no URI does; letters of any language may stand,
/// since Atom takes IRIs.
fn identity(authority: &str, name: &str) -> String {
    let mut out = format!("tag:{authority}:");
    for c in name.chars() {
        let kept =
            c.is_ascii_alphanumeric() || "-._~/:!$&'()*+,;=@".contains(c) || (!c.is_ascii() && c.is_alphabetic());
        if kept {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    out
}

/// Whether a page is in a feed: in its language, with the date that every entry must have, and not an
/// event to come without a date of its own, which would be an entry from the future; the calendar has
/// it.
fn belongs(page: &Page, lang: Lang, now: Moment) -> bool {
    page.lang == lang && updated(page).is_some_and(|moment| moment.at <= now.at)
}

/// When a page last changed, as far as its fields tell: never the clock.
fn updated(page: &Page) -> Option<Moment> {
    page.meta.updated.or(page.meta.date).or(page.meta.list_date())
}
