//! The table of settings: what each holds and what it is without being stated. The reader refuses
//! what is not in it; the reference and the schema of `site.yaml` are made from it.

use serde_json::{Map as JsonMap, Value as Json, json};

use super::read::NETWORKS;
use crate::base::lang::Lang;
use crate::diag::Catalog;

/// One setting. Nested ones have dotted names (`owner.name`), those inside lists without index
/// (`menu.ref`); `ID` stands for a name the portal chooses, `LANG` for `vi` and `en`. What it means
/// is in the catalogues under `setting.NAME`.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The dotted name.
    pub name: &'static str,
    /// What it holds.
    pub value: SettingValue,
    /// What holds where it is absent, as a writer would type it; empty where nothing does.
    pub default: &'static str,
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingValue {
    /// One line of text.
    Line,
    /// The text in each language, or one text for both.
    Both,
    /// A segment of addresses in each language.
    Slugs,
    /// A date, with or without a time.
    Date,
    /// A whole number that is not negative.
    Number,
    /// `true` or `false`.
    Flag,
    /// The address of a portal.
    Origin,
    /// The address of another site.
    Web,
    /// The address of a page or of a mailbox.
    Contact,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A list of some of a few words.
    Choices(&'static [&'static str]),
    /// Settings of its own.
    Map,
    /// A list of entries with settings of their own, or of the value of the first of them.
    Pages,
    /// A list of entries with settings of their own.
    Maps,
    /// Declared terms: `ID: {vi: …, en: …}`.
    Terms,
}

impl SettingValue {
    /// The catalogue key of what it is called.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Line => "value.line",
            Self::Both => "setting-value.both",
            Self::Slugs => "setting-value.slugs",
            Self::Date => "value.date",
            Self::Number => "wanted.number",
            Self::Flag => "value.bool",
            Self::Origin => "wanted.base-url",
            Self::Web => "wanted.web-url",
            Self::Contact => "wanted.url",
            Self::Choice(_) => "value.choice",
            Self::Choices(_) => "setting-value.choices",
            Self::Map => "value.map",
            Self::Pages => "setting-value.pages",
            Self::Maps => "value.maps",
            Self::Terms => "setting-value.terms",
        }
    }

    /// The words of a choice.
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) | Self::Choices(words) => words,
            _ => &[],
        }
    }
}

macro_rules! settings {
    ($($name:literal $value:expr, $default:literal;)*) => {
        /// All settings, in the order of the reference.
        pub const SETTINGS: &[Setting] = &[$(Setting { name: $name, value: $value, default: $default },)*];
    };
}

use SettingValue::{
    Both, Choice, Choices, Contact, Date, Flag, Line, Map, Maps, Number, Origin, Pages, Slugs, Terms, Web,
};

settings! {
    "base_url" Origin, "";
    "default_language" Choice(&["vi", "en"]), "vi";
    "languages" Map, "";
    "languages.LANG" Map, "";
    "languages.LANG.name" Line, "";
    "languages.LANG.title" Line, "";
    "languages.LANG.description" Line, "";
    "timezone" Line, "Asia/Ho_Chi_Minh";
    "theme" Line, "default";
    "theme_options" Map, "";
    "owner" Map, "";
    "owner.kind" Choice(&["organization", "government"]), "organization";
    "owner.name" Both, "";
    "owner.responsible" Both, "";
    "owner.address" Both, "";
    "owner.phone" Line, "";
    "owner.email" Line, "";
    "masthead" Both, "";
    "topics" Terms, "";
    "tags" Terms, "";
    "agencies" Terms, "";
    "series" Terms, "";
    "series.ID.yearly" Line, "";
    "provinces" Terms, "";
    "provinces.ID.until" Date, "";
    "provinces.ID.note" Both, "";
    "menu" Pages, "";
    "menu.ref" Line, "";
    "footer" Pages, "";
    "footer.ref" Line, "";
    "links" Maps, "";
    "links.title" Both, "";
    "links.url" Web, "";
    "share" Choices(&NETWORKS), "[]";
    "notice" Map, "";
    "notice.from" Date, "";
    "notice.until" Date, "";
    "notice.text" Both, "";
    "feedback" Map, "";
    "feedback.url" Contact, "";
    "outdated_after" Number, "7";
    "missing_translation" Choice(&["link", "hide"]), "link";
    "markdown" Map, "";
    "markdown.html" Choice(&["sanitize", "escape", "trusted"]), "sanitize";
    "images" Map, "";
    "images.avif" Flag, "false";
    "open_data" Map, "";
    "open_data.licence" Map, "";
    "open_data.licence.name" Both, "";
    "open_data.licence.url" Web, "";
    "paths" Map, "";
    "paths.page" Slugs, "{vi: trang, en: page}";
    "paths.topics" Slugs, "{vi: chu-de, en: topics}";
    "paths.tags" Slugs, "{vi: the, en: tags}";
    "paths.agencies" Slugs, "{vi: co-quan, en: agencies}";
    "paths.types" Slugs, "{vi: loai-van-ban, en: document-types}";
    "paths.statuses" Slugs, "{vi: hieu-luc, en: legal-status}";
    "paths.sitemap" Slugs, "{vi: so-do-trang, en: site-map}";
    "paths.calendar" Slugs, "{vi: lich, en: calendar}";
    "tag_authority" Line, "";
}

/// The settings without which their group is not accepted.
const REQUIRED: [&str; 12] = [
    "base_url",
    "languages",
    "languages.LANG",
    "languages.LANG.title",
    "menu.ref",
    "footer.ref",
    "links.title",
    "links.url",
    "notice.text",
    "feedback.url",
    "open_data.licence.name",
    "open_data.licence.url",
];

impl Setting {
    /// Whether it must be stated where its group is.
    #[must_use]
    pub fn is_required(&self) -> bool {
        REQUIRED.contains(&self.name)
    }

    /// The catalogue key of what it means.
    #[must_use]
    pub fn meaning_key(&self) -> String {
        format!("setting.{}", self.name)
    }

    /// The last part of its name.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
}

/// The settings directly inside one (`owner` → `owner.name`, …); those of the file for an empty name.
pub fn children(parent: &str) -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(move |setting| setting.name.rsplit_once('.').map_or("", |(before, _)| before) == parent)
}

/// The keys that a map of settings may have, by its path as it is read: `menu.0`, `languages.vi`,
/// `topics.data`, `owner.name`.
pub(super) fn keys(path: &str) -> Vec<&'static str> {
    const LANGUAGES: [&str; 2] = ["vi", "en"];
    let of = |name: &str| SETTINGS.iter().find(|setting| setting.name == name).map(|setting| setting.value);
    let (first, inside) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    match (first, inside) {
        ("languages", None) => return LANGUAGES.to_vec(),
        ("languages", Some(_)) => return children("languages.LANG").map(Setting::key).collect(),
        // Ids of terms may hold anything.
        (first, Some(_)) if of(first) == Some(SettingValue::Terms) => {
            let more = children(&format!("{first}.ID")).map(Setting::key).collect();
            return [vec!["vi", "en", "slug"], more].concat();
        }
        _ => {}
    }
    let names: Vec<&str> = path.split('.').filter(|segment| segment.parse::<usize>().is_err()).collect();
    let name = names.join(".");
    match of(&name) {
        Some(SettingValue::Both | SettingValue::Slugs) => LANGUAGES.to_vec(),
        _ => children(&name).map(Setting::key).collect(),
    }
}

/// The settings as a Markdown table, in a language.
#[must_use]
pub fn reference_markdown(lang: Lang) -> String {
    let catalog = Catalog::load(lang);
    let head = ["reference.setting", "reference.value", "reference.default", "reference.meaning"];
    let mut out = format!("| {} |\n| --- | --- | --- | --- |\n", head.map(|key| catalog.text(key)).join(" | "));
    for setting in SETTINGS {
        let words: Vec<String> = setting.value.choices().iter().map(|word| format!("`{word}`")).collect();
        let value = if words.is_empty() { catalog.text(setting.value.key()).to_owned() } else { words.join(", ") };
        let default = match (setting.is_required(), setting.default) {
            (true, _) => catalog.text("reference.required").to_owned(),
            (false, "") => "–".to_owned(),
            (false, default) => format!("`{default}`"),
        };
        let meaning = catalog.text(&setting.meaning_key()).to_owned();
        let cells = [format!("`{}`", setting.name), value, default, meaning].map(|cell| cell.replace('|', "\\|"));
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

/// The JSON Schema (draft 2020-12) of `site.yaml`, with meanings in a language, for editors.
#[must_use]
pub fn json_schema(lang: Lang) -> Json {
    let catalog = Catalog::load(lang);
    let mut schema = object("", &catalog);
    if let Some(map) = schema.as_object_mut() {
        map.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".into(), json!("site.yaml"));
    }
    schema
}

/// The schema of a map with the settings directly inside one.
fn object(parent: &str, catalog: &Catalog) -> Json {
    let mut properties = JsonMap::new();
    let mut required = Vec::new();
    for setting in children(parent) {
        let names: &[&str] = if setting.key() == "LANG" { &["vi", "en"] } else { &[setting.key()] };
        for name in names {
            let mut schema = shape(setting, catalog);
            if let Some(map) = schema.as_object_mut() {
                map.insert("description".into(), json!(catalog.text(&setting.meaning_key())));
            }
            properties.insert((*name).into(), schema);
            required.extend(setting.is_required().then_some(*name));
        }
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn shape(setting: &Setting, catalog: &Catalog) -> Json {
    let text = json!({"type": ["string", "integer"]});
    let each = json!({"type": "object", "properties": {"vi": text, "en": text}, "additionalProperties": false});
    match setting.value {
        SettingValue::Line | SettingValue::Date => text,
        SettingValue::Origin | SettingValue::Web => json!({"type": "string", "pattern": "^https?://"}),
        SettingValue::Contact => json!({"type": "string", "pattern": "^(https?://|mailto:)"}),
        SettingValue::Both | SettingValue::Slugs => json!({"anyOf": [text, each]}),
        SettingValue::Number => json!({"type": "integer", "minimum": 0, "maximum": u16::MAX}),
        SettingValue::Flag => json!({"type": "boolean"}),
        SettingValue::Choice(words) => json!({"enum": words}),
        SettingValue::Choices(words) => json!({"type": "array", "items": {"enum": words}}),
        SettingValue::Map => object(setting.name, catalog),
        SettingValue::Maps => json!({"type": "array", "items": object(setting.name, catalog)}),
        SettingValue::Pages => {
            json!({"type": "array", "items": {"anyOf": [{"type": "string"}, object(setting.name, catalog)]}})
        }
        SettingValue::Terms => {
            let mut properties = json!({"vi": text, "en": text, "slug": {"anyOf": [text, each]}});
            let more = object(&format!("{}.ID", setting.name), catalog);
            if let (Some(all), Some(more)) =
                (properties.as_object_mut(), more.get("properties").and_then(Json::as_object))
            {
                all.extend(more.clone());
            }
            json!({"type": "object", "additionalProperties": {
                "type": "object",
                "properties": properties,
                "required": ["vi", "en"],
                "additionalProperties": false,
            }})
        }
    }
}
