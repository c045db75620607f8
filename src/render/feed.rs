//! Atom feeds (RFC 4287) of a language and of its sections.

use quick_xml::events::BytesText;

use super::Rendered;
use super::engine::Worker;
use super::pieces::{index_page, section_title};
use super::plan::Job;
use super::sitemap::document;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::text::without_controls;
use crate::site::lists::newest_first;
use crate::site::urls::home_url;
use crate::site::{Feed, Member, Page, SectionId};

/// How many entries a feed has.
const ENTRIES: usize = 20;

/// The feed of a section, or of the whole language.
pub(super) fn render(worker: &Worker, job: &Job, section: Option<SectionId>) -> Rendered {
    let site = &worker.data.site;
    let config = &site.config;
    let lang = worker.lang();
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
    let pages: Vec<&Page> = members.iter().map(|member| site.page(member.page)).collect();

    let site_title = &config.languages.get(lang).title;
    let (title, home) = match section {
        Some(id) => {
            (format!("{} – {site_title}", section_title(site, id, lang).0), site.section(id).url.get(lang).clone())
        }
        None => (site_title.clone(), home_url(config, lang)),
    };
    let subtitle = match section {
        Some(id) => index_page(site, id, lang).and_then(|page| page.meta.description.clone()),
        None => config.languages.get(lang).description.clone(),
    };
    let owner = config.owner.name.get(lang).clone().unwrap_or_else(|| site_title.clone());
    let changed = |page: &&Page| updated(page).map(|moment| moment.at);
    let newest = pages.iter().copied().max_by_key(changed).and_then(updated);
    let key = section.map_or("", |id| site.section(id).key.as_str());
    let id = identity(&config.tag_authority, &format!("feed:{key}:{lang}"));
    let text = |text: &str| BytesText::new(&without_controls(text)).into_owned();
    Ok(document(|xml| {
        let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang.tag())];
        xml.create_element("feed").with_attributes(root).write_inner_content(|xml| {
            xml.create_element("id").write_text_content(text(&id))?;
            xml.create_element("title").write_text_content(text(&title))?;
            if let Some(subtitle) = &subtitle {
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
            pages.iter().try_for_each(|page| {
                let meta = &page.meta;
                let set = site.set(page.set);
                let summary = meta.description.as_deref().unwrap_or(&page.document.facts.excerpt);
                xml.create_element("entry").write_inner_content(|xml| {
                    let id = identity(&config.tag_authority, &format!("{}:{lang}", set.id));
                    xml.create_element("id").write_text_content(text(&id))?;
                    xml.create_element("title").write_text_content(text(&meta.title))?;
                    let url = base.absolute(&page.url);
                    let link = [("rel", "alternate"), ("type", "text/html"), ("href", url.as_str())];
                    xml.create_element("link").with_attributes(link).write_empty()?;
                    // Every entry has this moment: see `belongs`.
                    if let Some(moment) = updated(page) {
                        xml.create_element("updated").write_text_content(text(&moment.rfc3339()))?;
                    }
                    if let Some(date) = meta.date.or(meta.list_date()) {
                        xml.create_element("published").write_text_content(text(&date.rfc3339()))?;
                    }
                    meta.authors.iter().try_for_each(|author| {
                        xml.create_element("author").write_inner_content(|xml| {
                            xml.create_element("name").write_text_content(text(author))?;
                            Ok(())
                        })?;
                        std::io::Result::Ok(())
                    })?;
                    for topic in meta.topics.iter().filter_map(|index| config.topics.get(*index)) {
                        let category = [("term", topic.id.as_str()), ("label", topic.name.get(lang).as_str())];
                        xml.create_element("category").with_attributes(category).write_empty()?;
                    }
                    xml.create_element("summary").write_text_content(text(summary))?;
                    Ok(())
                })?;
                Ok(())
            })
        })?;
        Ok(())
    }))
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
