//! From `site.yaml` to checked settings with their defaults.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::reader::{FILE, Reader, Settings};
use super::{
    BaseUrl, ExternalLink, HtmlPolicy, LanguageConfig, MissingTranslation, Notice, Owner, OwnerKind, Paths, SiteConfig,
    Term, ThemeChoices, events,
};
use crate::base::date::Bound;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::base::slug::Slug;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::domain::agencies::AGENCIES;
use crate::images::{self, Extra};
use crate::source::text::SourceText;
use crate::source::yaml::{self, Node, YamlError};
use crate::source::{ReadError, Workspace};

/// The networks a share row may have.
pub const NETWORKS: [&str; 6] = ["facebook", "zalo", "x", "linkedin", "email", "copy"];

/// Reads the settings of a workspace.
///
/// # Errors
/// What is wrong with them; without sound settings nothing else can be read.
pub fn read(workspace: &dyn Workspace) -> Result<(SiteConfig, Diagnostics), Diagnostics> {
    let path = RelPath::new(FILE).unwrap_or_default();
    let one = |problem: Diagnostic| std::iter::once(problem).collect::<Diagnostics>();
    let bytes = workspace.read(&path).map_err(|error| match error {
        ReadError::Missing => one(Diagnostic::new(Code::SettingsMissing)),
        error => one(error.diagnostic(&path)),
    })?;
    let text = SourceText::decode(&path, &bytes).map_err(one)?;
    let rescued = yaml::rescue(text.text());
    let entries = match yaml::parse(&rescued.text) {
        Ok(Node::Map(entries)) => entries,
        Ok(Node::Null) => Vec::new(),
        Ok(_) => return Err(one(Diagnostic::new(Code::YamlNotMapping).at(Place::file(path)))),
        Err(error) => {
            let range = error.range.map(|range| text.raw_range(rescued.original(range)));
            return Err(one(YamlError { range, ..error }.diagnostic(path)));
        }
    };
    let mut reader = Reader::default();
    let config = settings(&mut reader, Settings::new("", entries));
    match config {
        Some(config) if !reader.problems.has_errors() => Ok((config, reader.problems)),
        _ => Err(reader.problems),
    }
}

fn settings(reader: &mut Reader, mut top: Settings) -> Option<SiteConfig> {
    let base_url = base_url(reader, &mut top);
    let languages = languages(reader, &mut top);
    let default_language =
        reader.choice(&mut top, "default_language", &[("vi", Lang::Vi), ("en", Lang::En)]).unwrap_or(Lang::Vi);
    let timezone = timezone(reader, &mut top);
    let theme = reader.text(&mut top, "theme").unwrap_or_else(|| "default".to_owned());
    let theme_options = ThemeChoices(reader.map(&mut top, "theme_options").map(Settings::rest).unwrap_or_default());
    let owner = owner(reader, &mut top);
    let masthead = reader.either(&mut top, "masthead");
    let topics = reader.terms(&mut top, "topics");
    let tags = reader.terms(&mut top, "tags");
    let agencies = with_known_agencies(reader.terms(&mut top, "agencies"));
    let (mut yearly, mut province_history) = (BTreeMap::new(), BTreeMap::new());
    let series = reader.terms_with(&mut top, "series", |reader, entry, id| {
        events::yearly(reader, entry, id, &mut yearly);
    });
    let provinces = reader.terms_with(&mut top, "provinces", |reader, entry, id| {
        events::province(reader, entry, id, &mut province_history);
    });
    let menu = pages(reader, &mut top, "menu");
    let footer = pages(reader, &mut top, "footer");
    let links = links(reader, &mut top);
    let share = share(reader, &mut top);
    let notice = notice(reader, &mut top, &timezone);
    let feedback = feedback(reader, &mut top);
    let outdated_after = reader.number(&mut top, "outdated_after").unwrap_or(7);
    let missing = [("link", MissingTranslation::Link), ("hide", MissingTranslation::Hide)];
    let missing_translation =
        reader.choice(&mut top, "missing_translation", &missing).unwrap_or(MissingTranslation::Link);
    let html = markdown(reader, &mut top);
    let extra = images(reader, &mut top);
    let licence = events::licence(reader, &mut top);
    let paths = paths(reader, &mut top);
    let authority = reader.text(&mut top, "tag_authority");
    reader.done(top);
    let base_url = base_url?;
    Some(SiteConfig {
        tag_authority: authority.unwrap_or_else(|| format!("{},2026", base_url.domain())),
        base_url,
        default_language,
        languages: languages?,
        timezone,
        theme,
        theme_options,
        owner,
        masthead,
        topics: topics.into(),
        tags: tags.into(),
        agencies: agencies.into(),
        series: series.into(),
        yearly,
        provinces: provinces.into(),
        province_history,
        menu,
        footer,
        links,
        share,
        notice,
        feedback,
        outdated_after,
        missing_translation,
        html,
        images: extra,
        licence,
        paths,
    })
}

/// The declared agencies, and the ones every portal knows that are not declared under the same id,
/// name or address.
fn with_known_agencies(mut declared: Vec<Term>) -> Vec<Term> {
    for known in AGENCIES {
        let name = PerLang::from_fn(|lang| known.name(lang).to_owned());
        let slug = name.map(|_, name| Slug::from_text(name).unwrap_or_else(|| Slug::numbered(name)));
        let same = |term: &Term| {
            term.id == known.id
                || Lang::ALL
                    .iter()
                    .any(|lang| term.name.get(*lang) == name.get(*lang) || term.slug.get(*lang) == slug.get(*lang))
        };
        if !declared.iter().any(same) {
            declared.push(Term { id: known.id.to_owned(), name, slug });
        }
    }
    declared
}

fn base_url(reader: &mut Reader, top: &mut Settings) -> Option<BaseUrl> {
    let Some(text) = reader.text(top, "base_url") else {
        reader.push(Code::SettingMissing, "base_url", |problem| problem);
        return None;
    };
    let url = BaseUrl::parse(&text);
    if url.is_none() {
        reader.bad("base_url", "wanted.base-url");
    }
    url
}

fn languages(reader: &mut Reader, top: &mut Settings) -> Option<PerLang<LanguageConfig>> {
    let Some(mut map) = reader.map(top, "languages") else {
        reader.push(Code::SettingMissing, "languages", |problem| problem);
        return None;
    };
    let mut one = |lang: Lang| {
        let path = map.at(lang.tag());
        let mut fields = reader.map(&mut map, lang.tag());
        let title = fields.as_mut().and_then(|fields| reader.text(fields, "title"));
        if title.is_none() {
            reader.push(Code::SettingMissing, &format!("{path}.title"), |problem| problem);
        }
        let name = fields.as_mut().and_then(|fields| reader.text(fields, "name"));
        let description = fields.as_mut().and_then(|fields| reader.text(fields, "description"));
        if let Some(fields) = fields {
            reader.done(fields);
        }
        let own_name = match lang {
            Lang::Vi => "Tiếng Việt",
            Lang::En => "English",
        };
        Some(LanguageConfig { name: name.unwrap_or_else(|| own_name.to_owned()), title: title?, description })
    };
    let (vi, en) = (one(Lang::Vi), one(Lang::En));
    reader.done(map);
    Some(PerLang { vi: vi?, en: en? })
}

fn timezone(reader: &mut Reader, top: &mut Settings) -> TimeZone {
    let name = reader.text(top, "timezone").unwrap_or_else(|| "Asia/Ho_Chi_Minh".to_owned());
    TimeZone::get(&name).unwrap_or_else(|_| {
        reader.bad("timezone", "wanted.timezone");
        TimeZone::UTC
    })
}

fn owner(reader: &mut Reader, top: &mut Settings) -> Owner {
    let Some(mut map) = reader.map(top, "owner") else { return Owner::default() };
    let kinds = [("organization", OwnerKind::Organization), ("government", OwnerKind::Government)];
    let owner = Owner {
        kind: reader.choice(&mut map, "kind", &kinds).unwrap_or_default(),
        name: reader.either(&mut map, "name"),
        responsible: reader.either(&mut map, "responsible"),
        address: reader.either(&mut map, "address"),
        phone: reader.text(&mut map, "phone"),
        email: reader.text(&mut map, "email"),
    };
    reader.done(map);
    let missing = owner.missing();
    if !missing.is_empty() {
        let missing = missing.iter().map(|name| format!("`owner.{name}`")).collect::<Vec<_>>().join(", ");
        reader.push(Code::OwnerIncomplete, "owner", |diagnostic| diagnostic.with("missing", missing));
    }
    owner
}

/// A list of pages: `{ref: path}`, or the path alone.
fn pages(reader: &mut Reader, top: &mut Settings, key: &str) -> Vec<String> {
    let mut pages = Vec::new();
    for (index, node) in reader.list(top, key).into_iter().enumerate() {
        let path = format!("{key}.{index}");
        match node {
            Node::Text(target) => pages.push(target),
            Node::Map(entries) => {
                let mut entry = Settings::new(&path, entries);
                match reader.text(&mut entry, "ref") {
                    Some(target) => pages.push(target),
                    None => reader.push(Code::SettingMissing, &format!("{path}.ref"), |problem| problem),
                }
                reader.done(entry);
            }
            _ => reader.bad(&path, "wanted.text"),
        }
    }
    pages
}

fn links(reader: &mut Reader, top: &mut Settings) -> Vec<ExternalLink> {
    let mut links = Vec::new();
    for (index, node) in reader.list(top, "links").into_iter().enumerate() {
        let path = format!("links.{index}");
        let Node::Map(entries) = node else {
            reader.bad(&path, "wanted.map");
            continue;
        };
        let mut entry = Settings::new(&path, entries);
        let title = entry.take("title").and_then(|node| reader.both(node, &format!("{path}.title")));
        let url = reader.web_url(&mut entry, "url");
        reader.done(entry);
        match (title, url) {
            (Some(title), Some(url)) => links.push(ExternalLink { title, url }),
            _ => reader.push(Code::SettingMissing, &path, |problem| problem),
        }
    }
    links
}

fn share(reader: &mut Reader, top: &mut Settings) -> Vec<String> {
    let mut share = Vec::new();
    for (index, node) in reader.list(top, "share").into_iter().enumerate() {
        let path = format!("share.{index}");
        let Some(name) = reader.as_text(node, &path) else { continue };
        if NETWORKS.contains(&name.as_str()) {
            share.push(name);
        } else {
            let listed = NETWORKS.map(|name| format!("`{name}`")).join(", ");
            let suggestion = crate::base::similar::closest(&name, NETWORKS);
            reader.push(Code::BadChoice, &path, |problem| {
                problem.with("field", "share").with("value", name.as_str()).with("choices", listed).suggest(suggestion)
            });
        }
    }
    share
}

fn notice(reader: &mut Reader, top: &mut Settings, zone: &TimeZone) -> Option<Notice> {
    let mut map = reader.map(top, "notice")?;
    let from = reader.moment(&mut map, "from", zone, Bound::Start);
    let until = reader.moment(&mut map, "until", zone, Bound::End);
    let text = map.take("text").and_then(|node| reader.both(node, "notice.text"));
    if text.is_none() {
        reader.push(Code::SettingMissing, "notice.text", |problem| problem);
    }
    reader.done(map);
    Some(Notice { from, until, text: text? })
}

fn feedback(reader: &mut Reader, top: &mut Settings) -> Option<String> {
    let mut map = reader.map(top, "feedback")?;
    let url = reader.text(&mut map, "url");
    reader.done(map);
    let good = url.as_deref().is_some_and(|url| ["https://", "http://", "mailto:"].iter().any(|s| url.starts_with(s)));
    if !good {
        reader.bad("feedback.url", "wanted.url");
    }
    url.filter(|_| good)
}

fn markdown(reader: &mut Reader, top: &mut Settings) -> HtmlPolicy {
    let Some(mut map) = reader.map(top, "markdown") else { return HtmlPolicy::Sanitize };
    let policies =
        [("sanitize", HtmlPolicy::Sanitize), ("escape", HtmlPolicy::Escape), ("trusted", HtmlPolicy::Trusted)];
    let policy = reader.choice(&mut map, "html", &policies);
    reader.done(map);
    policy.unwrap_or(HtmlPolicy::Sanitize)
}

/// `images: {avif: true}`
fn images(reader: &mut Reader, top: &mut Settings) -> Extra {
    let Some(mut map) = reader.map(top, "images") else { return Extra::None };
    let avif = reader.flag(&mut map, "avif").unwrap_or_default();
    reader.done(map);
    match avif {
        true if images::AVIF => Extra::Avif,
        true => {
            reader.push(Code::AvifMissing, "images.avif", |problem| problem);
            Extra::None
        }
        false => Extra::None,
    }
}

fn paths(reader: &mut Reader, top: &mut Settings) -> Paths {
    let mut map = reader.map(top, "paths").unwrap_or_else(|| Settings::new("paths", Vec::new()));
    let mut words = |key: &str, vi: &str, en: &str| {
        let path = map.at(key);
        let stated = reader.either(&mut map, key);
        let defaults = PerLang { vi, en };
        PerLang::from_fn(|lang| {
            let word = stated.get(lang).as_deref().unwrap_or(defaults.get(lang));
            Slug::parse(word).unwrap_or_else(|_| {
                reader.bad(&format!("{path}.{lang}"), "wanted.slug");
                Slug::numbered(word)
            })
        })
    };
    let paths = Paths {
        page: words("page", "trang", "page"),
        topics: words("topics", "chu-de", "topics"),
        tags: words("tags", "the", "tags"),
        agencies: words("agencies", "co-quan", "agencies"),
        types: words("types", "loai-van-ban", "document-types"),
        statuses: words("statuses", "hieu-luc", "legal-status"),
        sitemap: words("sitemap", "so-do-trang", "site-map"),
        calendar: words("calendar", "lich", "calendar"),
    };
    reader.done(map);
    paths
}
