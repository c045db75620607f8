//! The functions and filters of templates (`docs/templates.md`); what they look up, they look up for
//! the worker's current job.

use std::sync::Weak;

use jiff::civil::{Date, DateTime, Time};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::fact::{EventQuery, Near};
use super::svg::{self, cover::Cover};
use super::value::{day, list, object};
use super::view::View;
use super::{fragments, metadata, structured, targets};
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::base::similar::closest;
use crate::content::directive::When;
use crate::content::front_matter::Kind;
use crate::diag::{Code, Diagnostic};
use crate::domain::format::{self, Clock, DateStyle};
use crate::site::PageId;
use crate::site::terms::Vocabulary;
use crate::theme::OptionValue;

/// The names of all functions, for the engine to know when it compiles.
const FUNCTIONS: [&str; 20] = [
    "t",
    "asset",
    "option",
    "latest",
    "events",
    "featured",
    "page_at",
    "link_to",
    "terms",
    "today",
    "next_day",
    "structured",
    "metadata",
    "newest",
    "related",
    "earlier",
    "targets",
    "cover",
    "fragment",
    "fragments",
];

/// The names of all filters.
const FILTERS: [&str; 5] = ["date", "number", "lang_name", "filesize", "urlencode"];

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Makes the names known, so that templates using them compile.
pub(super) fn declare(tera: &mut Tera) {
    for name in FUNCTIONS {
        tera.register_function(name, |_: Kwargs, _: &State| Value::none());
    }
    for name in FILTERS {
        tera.register_filter(name, |_: Value, _: Kwargs, _: &State| Value::none());
    }
}

/// Registers the functions of one worker, which has this engine.
pub(super) fn register(tera: &mut Tera, view: &View, engine: &Weak<Tera>) {
    let scope = Scope(view.clone());
    let add = |tera: &mut Tera, name: &'static str, call: fn(&Scope, Kwargs) -> TeraResult<Value>| {
        let scope = scope.clone();
        tera.register_function(name, move |kwargs: Kwargs, _: &State| call(&scope, kwargs));
    };
    add(tera, "t", Scope::t);
    add(tera, "asset", Scope::asset);
    add(tera, "option", Scope::option);
    add(tera, "latest", Scope::latest);
    add(tera, "newest", Scope::newest);
    add(tera, "related", Scope::related);
    add(tera, "earlier", Scope::earlier);
    add(tera, "events", Scope::events);
    add(tera, "featured", Scope::featured);
    add(tera, "page_at", Scope::page_at);
    add(tera, "link_to", Scope::link_to);
    add(tera, "terms", Scope::terms);
    add(tera, "today", Scope::today);
    add(tera, "next_day", Scope::next_day);
    add(tera, "structured", Scope::structured);
    add(tera, "metadata", Scope::metadata);
    add(tera, "targets", Scope::targets);
    add(tera, "cover", Scope::cover);
    fragments::register(tera, view, engine);
    let add = |tera: &mut Tera, name: &'static str, call: fn(&Scope, &Value, Kwargs) -> TeraResult<Value>| {
        let scope = scope.clone();
        tera.register_filter(name, move |value: Value, kwargs: Kwargs, _: &State| call(&scope, &value, kwargs));
    };
    add(tera, "date", Scope::date);
    add(tera, "number", Scope::number);
    add(tera, "lang_name", Scope::lang_name);
    add(tera, "filesize", Scope::file_size);
    add(tera, "urlencode", Scope::url_encode);
}

/// What the functions of a worker see.
#[derive(Clone)]
struct Scope(View);

impl Scope {
    fn lang(&self) -> Lang {
        self.0.lang()
    }

    /// Fails the template with a problem of our own.
    fn fail<T>(&self, problem: Diagnostic) -> TeraResult<T> {
        let error = Error::message(problem.code.id());
        self.0.slot().report(problem);
        Err(error)
    }

    fn t(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let key = kwargs.must_get::<&str>("key")?;
        let lang = match kwargs.get::<&str>("lang")? {
            Some(tag) => Lang::from_tag(tag).ok_or_else(|| Error::message("`lang` is vi or en"))?,
            None => self.lang(),
        };
        let Some(text) = self.0.text(lang, key) else {
            let missing = Diagnostic::new(Code::StringMissing).with("key", key).with("language", lang.tag());
            return self.fail(missing.suggest(closest(key, self.0.known_texts(lang))));
        };
        let count = kwargs.get::<i64>("count")?;
        let form = text.form(count);
        let given = || kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
        let mut fillings = given().filter(|(name, _)| !["key", "lang"].contains(name)).peekable();
        if fillings.peek().is_none() {
            return Ok(Value::from(form));
        }
        let mut out = form.to_owned();
        for (name, value) in fillings {
            let shown = match (value.as_str(), value.as_f64()) {
                (Some(text), _) => text.to_owned(),
                (None, Some(number)) if name == "count" => format::number(number, lang),
                _ => value.to_string(),
            };
            out = out.replace(&format!("{{{name}}}"), &shown);
        }
        Ok(Value::from(out))
    }

    fn asset(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let path = kwargs.must_get::<&str>("path")?;
        match self.0.asset(path) {
            Some(url) => Ok(Value::from(self.0.config().base_url.href(url))),
            None => {
                let known = self.0.for_messages().theme.assets.keys().map(String::as_str);
                self.fail(Diagnostic::new(Code::AssetMissing).with("asset", path).suggest(closest(path, known)))
            }
        }
    }

    fn option(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let name = kwargs.must_get::<&str>("name")?;
        Ok(match self.0.option(name) {
            Some(OptionValue::Bool(value)) => Value::from(*value),
            Some(OptionValue::Number(value)) => Value::from(*value),
            Some(OptionValue::Word(word)) => Value::from(word.as_str()),
            Some(OptionValue::Text(text)) => Value::from(text.get(self.lang()).as_str()),
            None => {
                let known = self.0.for_messages().theme.options.keys().map(String::as_str);
                return self
                    .fail(Diagnostic::new(Code::OptionMissing).with("option", name).suggest(closest(name, known)));
            }
        })
    }

    fn latest(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let section = kwargs.must_get::<&str>("section")?;
        let limit = kwargs.get::<usize>("limit")?.unwrap_or(5);
        Ok(self.0.summaries(self.0.latest(section, limit)))
    }

    fn newest(&self, kwargs: Kwargs) -> TeraResult<Value> {
        self.beside(&kwargs, Near::Newest)
    }

    fn related(&self, kwargs: Kwargs) -> TeraResult<Value> {
        self.beside(&kwargs, Near::Related)
    }

    fn earlier(&self, kwargs: Kwargs) -> TeraResult<Value> {
        self.beside(&kwargs, Near::Earlier)
    }

    /// Pages to be named beside the text of the current one. They are looked up where a template asks for
    /// them, so that others do not depend on them.
    fn beside(&self, kwargs: &Kwargs, near: Near) -> TeraResult<Value> {
        self.whole()?;
        let Some(page) = self.0.made_page() else { return Ok(list([])) };
        let limit = kwargs.get::<usize>("limit")?.unwrap_or(4);
        let without = kwargs.get::<&Value>("without")?.and_then(Value::as_array).unwrap_or_default();
        let left_out = without.iter().filter_map(|summary| summary.as_map()?.get(&Key::Str("id"))?.as_str());
        Ok(list(self.0.beside(page, near, limit, &left_out.collect::<Vec<_>>())))
    }

    fn events(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let when = match kwargs.get::<&str>("when")?.unwrap_or("upcoming") {
            "upcoming" => When::Upcoming,
            "past" => When::Past,
            "all" => When::All,
            other => return Err(Error::message(format!("`when` is upcoming, past or all, not {other}"))),
        };
        let series = kwargs.get::<&str>("series")?.map(str::to_owned);
        let limit = kwargs.get::<usize>("limit")?;
        Ok(self.0.summaries(self.0.events(EventQuery { lang: self.lang(), when, series, year: None, limit })))
    }

    fn featured(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let found = self.0.featured(kwargs.must_get::<&str>("section")?);
        Ok(found.map_or_else(Value::none, |page| self.0.summary(page)))
    }

    fn page_at(&self, kwargs: Kwargs) -> TeraResult<Value> {
        Ok(self.0.summary(self.known_page(kwargs.must_get::<&str>("path")?)?))
    }

    /// The page at a path, or an error that suggests another one.
    fn known_page(&self, path: &str) -> TeraResult<PageId> {
        match self.0.page_at(path) {
            Some(page) => Ok(page),
            None => {
                let pages = self.0.for_messages().site.pages.iter();
                let known = pages.filter_map(|page| page.document.path.strip_prefix("content"));
                self.fail(Diagnostic::new(Code::BrokenLink).with("target", path).suggest(closest(path, known)))
            }
        }
    }

    fn link_to(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let url = kwargs.must_get::<&str>("url")?;
        match UrlPath::parse(url).or_else(|| (url == "/").then(UrlPath::root)) {
            Some(url) => Ok(Value::from(self.0.config().base_url.href(&url))),
            None => self.fail(Diagnostic::new(Code::BrokenLink).with("target", url)),
        }
    }

    fn terms(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let name = kwargs.must_get::<&str>("vocabulary")?;
        match Vocabulary::ALL.into_iter().find(|vocabulary| vocabulary.name() == name) {
            Some(vocabulary) => Ok(self.0.terms(vocabulary)),
            None => {
                let known = Vocabulary::ALL.map(Vocabulary::name).join(", ");
                Err(Error::message(format!("`vocabulary` is one of {known}; not {name}")))
            }
        }
    }

    fn today(&self, _: Kwargs) -> TeraResult<Value> {
        Ok(day(self.0.today()))
    }

    fn next_day(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let id = kwargs.must_get::<&str>("series")?;
        let Some(next) = self.0.next_day(id) else { return Ok(Value::none()) };
        let config = self.0.config();
        let series = config.series.by_id(id);
        Ok(object([
            ("date", day(next).into()),
            ("name", series.map(|series| series.name.get(self.lang()).as_str()).into()),
            ("zone", config.timezone.iana_name().into()),
        ]))
    }

    /// Only made where a template asks for it: it stands on every page, or on none.
    fn structured(&self, kwargs: Kwargs) -> TeraResult<Value> {
        self.whole()?;
        let series = kwargs.get::<&Value>("series")?.and_then(Value::as_str);
        Ok(Value::safe_string(&structured::graph(&self.0, series)))
    }

    /// Only made where a template asks for it, too.
    fn metadata(&self, _: Kwargs) -> TeraResult<Value> {
        self.whole()?;
        Ok(Value::safe_string(&metadata::elements(&self.0)))
    }

    /// The targets of a document, or those of them that are named, as the directive of that name has them.
    fn targets(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let path = kwargs.must_get::<&str>("from")?;
        let only = kwargs.get::<&Value>("only")?.filter(|only| !only.is_none());
        let only = only.and_then(Value::as_array).unwrap_or_default().iter();
        let only: Vec<String> = only.filter_map(|id| Some(id.as_str()?.to_owned())).collect();
        let page = self.known_page(path)?;
        match self.0.targets(page) {
            (Some(decision), false) => targets::table(&self.0, decision, &only, Some(self.0.summary(page)))
                .or_else(|problem| self.fail(*problem)),
            _ => Ok(targets::none()),
        }
    }

    /// A picture for a page that has none: it follows from what is given, so that nothing more is read.
    fn cover(&self, kwargs: Kwargs) -> TeraResult<Value> {
        let of = kwargs.must_get::<&Value>("of")?;
        let field = |name| of.get_from_path(name).and_then(Value::as_str);
        let kind = field("kind").and_then(|kind| Kind::NAMES.into_iter().find(|(name, _)| *name == kind));
        let (Some(id), Some((_, kind))) = (field("id"), kind) else {
            return Err(Error::message("`cover` needs a page or a summary as `of`"));
        };
        let topics = of.get_from_path("topics").and_then(Value::as_array).unwrap_or_default();
        let topic = topics.first().and_then(|topic| topic.get_from_path("id")?.as_str()).unwrap_or_default();
        let day = of.get_from_path("event.start.day").and_then(Value::as_u64).and_then(|day| u8::try_from(day).ok());
        Ok(Value::safe_string(&svg::cover::draw(&Cover { id, kind, topic, day })))
    }

    /// Fails in a fragment, which other pages show as well: what is asked for belongs to one page.
    fn whole(&self) -> TeraResult<()> {
        if self.0.slot().is_apart() {
            return Err(Error::message("this is different on each page, so that no fragment can show it"));
        }
        Ok(())
    }

    fn date(&self, value: &Value, kwargs: Kwargs) -> TeraResult<Value> {
        let lang = self.lang();
        let (moment, clock) = read_date(value)?;
        let name = kwargs.get::<&str>("style")?.unwrap_or("short");
        if name == "range" {
            let to = match kwargs.get::<&Value>("to")?.filter(|to| !to.is_none()) {
                Some(to) => read_date(to)?.0,
                None => moment,
            };
            return Ok(Value::from(format::range(moment.date(), to.date(), lang)));
        }
        match DateStyle::NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, style)) => Ok(Value::from(format::date(moment, clock, *style, lang))),
            None => {
                let known = DateStyle::NAMES.map(|(name, _)| name).join(", ");
                Err(Error::message(format!("`style` is one of {known}, range; not {name}")))
            }
        }
    }

    fn number(&self, value: &Value, _: Kwargs) -> TeraResult<Value> {
        let number = value.as_f64().ok_or_else(|| Error::message("`number` needs a number"))?;
        Ok(Value::from(format::number(number, self.lang())))
    }

    fn lang_name(&self, value: &Value, _: Kwargs) -> TeraResult<Value> {
        let lang =
            value.as_str().and_then(Lang::from_tag).ok_or_else(|| Error::message("`lang_name` needs vi or en"))?;
        Ok(Value::from(self.0.config().languages.get(lang).name.as_str()))
    }

    fn file_size(&self, value: &Value, _: Kwargs) -> TeraResult<Value> {
        let bytes = value.as_u64().ok_or_else(|| Error::message("`filesize` needs a number of bytes"))?;
        Ok(Value::from(format::file_size(bytes, self.lang())))
    }

    /// Percent-encodes what is reserved in addresses.
    fn url_encode(&self, value: &Value, _: Kwargs) -> TeraResult<Value> {
        let text = value.as_str().ok_or_else(|| Error::message("`urlencode` needs text"))?;
        Ok(Value::from(utf8_percent_encode(text, RESERVED).to_string()))
    }
}

/// Reads a date as templates get it: the fields of `value::date`, which are few, in one walk.
fn read_date(value: &Value) -> TeraResult<(DateTime, Clock)> {
    let read = || {
        let (mut year, mut parts, mut clock) = (None, [None; 4], None);
        for (name, value) in value.as_map()? {
            let small = || value.as_i64().and_then(|part| i8::try_from(part).ok());
            match name.as_str()? {
                "year" => year = i16::try_from(value.as_i64()?).ok(),
                "month" => parts[0] = small(),
                "day" => parts[1] = small(),
                "hour" => parts[2] = small(),
                "minute" => parts[3] = small(),
                "has_time" => clock = Some(if value.as_bool()? { Clock::Shown } else { Clock::Hidden }),
                _ => {}
            }
        }
        let [month, day, hour, minute] = parts;
        let date = Date::new(year?, month?, day?).ok()?;
        Some((date.to_datetime(Time::new(hour?, minute?, 0, 0).ok()?), clock?))
    };
    read().ok_or_else(|| Error::message("`date` needs a date"))
}
