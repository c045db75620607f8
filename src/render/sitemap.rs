//! `sitemap.xml` with its language alternates, and `robots.txt`.

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::output::twins;
use super::pieces::Twins;
use super::view::View;
use crate::base::date::Moment;
use crate::base::path::UrlPath;
use crate::config::SiteConfig;
use crate::site::Site;
use crate::site::publication::Preview;
use crate::site::routes::Route;

/// How many addresses one file may hold (sitemaps.org protocol).
const MAX_URLS: usize = 50_000;

/// An address for search engines.
#[derive(Clone, Debug, Hash)]
pub(super) struct Entry {
    /// The address.
    url: UrlPath,
    /// When it last changed, if known.
    modified: Option<Moment>,
    /// The same in all languages.
    twins: Twins,
}

/// Whether search engines may index what a route answers.
pub(super) fn may_index(site: &Site, route: &Route) -> bool {
    match route {
        Route::Page(page) => site.page(*page).meta.withdrawn.is_none(),
        Route::Feed { .. }
        | Route::CalendarFile(_)
        | Route::EventFile(_)
        | Route::OpenData { .. }
        | Route::File(_)
        | Route::Picture(..)
        | Route::Redirect(_) => false,
        _ => true,
    }
}

/// The addresses of a site for search engines, in the order of the plan; none in a preview.
pub(super) fn entries(site: &Site, routes: &[(Route, UrlPath)], preview: Preview) -> Vec<Entry> {
    if preview.is_active() {
        return Vec::new();
    }
    let routes = routes.iter().filter(|(route, _)| may_index(site, route));
    routes
        .map(|(route, url)| Entry {
            url: url.clone(),
            modified: match route {
                Route::Page(page) => site.page(*page).meta.updated.or(site.page(*page).meta.date),
                _ => None,
            },
            twins: twins(site, route),
        })
        .collect()
}

/// The numbers of the files a sitemap of some addresses is split into; none where one file is enough.
pub(super) fn parts(addresses: usize) -> std::ops::RangeInclusive<usize> {
    let last = addresses.div_ceil(MAX_URLS);
    1..=if last > 1 { last } else { 0 }
}

/// The address of a part of the sitemap.
pub(super) fn part_url(part: usize) -> UrlPath {
    UrlPath::root().file(&format!("sitemap-{part}.xml"))
}

/// The sitemap, or the index of its parts where there are too many addresses for one file.
pub(super) fn render(view: &View) -> Vec<u8> {
    whole(view.indexable(), view.config())
}

fn whole(entries: &[Entry], config: &SiteConfig) -> Vec<u8> {
    let parts = parts(entries.len());
    if parts.is_empty() {
        return url_set(entries, config);
    }
    document(|xml| {
        let namespace = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
        xml.create_element("sitemapindex").with_attributes(namespace).write_inner_content(|xml| {
            for part in parts {
                let url = config.base_url.absolute(&part_url(part));
                xml.create_element("sitemap").write_inner_content(|xml| {
                    xml.create_element("loc").write_text_content(BytesText::new(&url))?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

/// One part of a sitemap, from 1.
pub(super) fn render_part(view: &View, part: usize) -> Vec<u8> {
    nth(view.indexable(), part, view.config())
}

fn nth(entries: &[Entry], part: usize, config: &SiteConfig) -> Vec<u8> {
    let entries = entries.chunks(MAX_URLS).nth(part.saturating_sub(1));
    url_set(entries.unwrap_or_default(), config)
}

fn url_set(entries: &[Entry], config: &SiteConfig) -> Vec<u8> {
    // Line by line: of these there are more than of anything else, and the names are always the same.
    let mut xml = String::with_capacity(512 * entries.len() + 256);
    xml.push_str(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    );
    xml.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">");
    for entry in entries {
        xml.push_str("<url><loc>");
        xml.push_str(&escape(config.base_url.absolute(&entry.url)));
        xml.push_str("</loc>");
        if let Some(modified) = entry.modified {
            xml.push_str("<lastmod>");
            xml.push_str(&modified.machine());
            xml.push_str("</lastmod>");
        }
        for (lang, url) in entry.twins.alternates(config.default_language).into_iter().flatten() {
            xml.push_str("<xhtml:link rel=\"alternate\" hreflang=\"");
            xml.push_str(lang);
            xml.push_str("\" href=\"");
            xml.push_str(&escape(config.base_url.absolute(url)));
            xml.push_str("\"/>");
        }
        xml.push_str("</url>");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// An XML document in UTF-8. Writing into memory cannot fail.
pub(super) fn document(write: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written =
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).and_then(|()| write(&mut xml));
    debug_assert!(written.is_ok());
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

/// `robots.txt`: everything may be read, nothing of a preview.
pub(super) fn robots(view: &View) -> Vec<u8> {
    let base = &view.config().base_url;
    let sitemap = base.absolute(&UrlPath::root().file("sitemap.xml"));
    if view.is_preview() {
        return b"User-agent: *\nDisallow: /\n".to_vec();
    }
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pieces::Twin;

    fn config() -> SiteConfig {
        let settings = "base_url: https://site.example/folder\nlanguages: {vi: {title: V}, en: {title: E}}\n";
        let workspace = crate::source::memory::MemoryWorkspace::new([("site.yaml", settings)]).unwrap();
        crate::config::read(&workspace).unwrap().0
    }

    fn entries(count: usize) -> Vec<Entry> {
        let entry = |number: usize| {
            let url = UrlPath::root().dir(&number.to_string());
            let twins = Twins(crate::base::lang::PerLang::from_fn(|_| Twin::Untranslated(url.clone())));
            Entry { url, modified: None, twins }
        };
        (0..count).map(entry).collect()
    }

    fn count(bytes: &[u8], element: &str) -> usize {
        std::str::from_utf8(bytes).unwrap().matches(element).count()
    }

    #[test]
    fn a_file_holds_fifty_thousand_addresses() {
        let base = config();
        assert!(parts(50_000).is_empty() && parts(0).is_empty());
        assert_eq!(count(&whole(&entries(50_000), &base), "<url>"), 50_000);
        let many = entries(100_001);
        assert_eq!(parts(many.len()).collect::<Vec<_>>(), [1, 2, 3]);
        let index = String::from_utf8(whole(&many, &base)).unwrap();
        let parts: String = (1..=3)
            .map(|part| format!("<sitemap><loc>https://site.example/folder/sitemap-{part}.xml</loc></sitemap>"))
            .collect();
        assert!(index.contains(&format!("0.9\">{parts}</sitemapindex>")), "{index}");
        assert_eq!([1, 2, 3].map(|part| count(&nth(&many, part, &base), "<url>")), [50_000, 50_000, 1]);
        let last = String::from_utf8(nth(&many, 3, &base)).unwrap();
        assert!(last.contains("<loc>https://site.example/folder/100000/</loc>"), "{last}");
    }
}
