//! The template engine: compiled once, cloned for each worker, whose functions know its current job.

use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, ErrorKind, Tera, Value};

use super::events::events;
use super::functions;
use super::plan::{Job, Task, origin};
use super::template_errors::{compile_errors, template_missing};
use super::{Data, Rendered, feed, hosting, lists, page, sitemap};
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::content::directive::When;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::site::routes::Route;
use crate::theme::{Text, Theme};

/// The compiled templates of a theme.
pub(super) struct Engine(Tera);

/// One thread's engine and the job it is at.
pub struct Worker {
    pub(super) data: Arc<Data>,
    engine: Tera,
    slot: Arc<JobSlot>,
}

/// What a worker's template functions read and tell: they are registered once and called for job
/// after job, inside components too, whose scope in Tera is closed.
#[derive(Debug, Default)]
pub(super) struct JobSlot(Mutex<JobState>);

#[derive(Debug, Default)]
struct JobState {
    lang: Option<Lang>,
    made: Made,
    problem: Option<Diagnostic>,
}

/// What the current job makes, for messages.
#[derive(Clone, Debug, Default)]
struct Made {
    /// The source file, or the address where there is none.
    name: String,
    /// The source file.
    file: Option<RelPath>,
}

impl JobSlot {
    /// The language of the current job.
    pub(super) fn lang(&self) -> Lang {
        self.state().lang.unwrap_or(Lang::Vi)
    }

    /// Keeps what a function found wrong, which a template error could not carry.
    pub(super) fn report(&self, problem: Diagnostic) {
        self.state().problem.get_or_insert(problem);
    }

    fn begin(&self, lang: Lang, made: Made) {
        *self.state() = JobState { lang: Some(lang), made, problem: None };
    }

    fn made(&self) -> Made {
        self.state().made.clone()
    }

    fn take_problem(&self) -> Option<Diagnostic> {
        self.state().problem.take()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, JobState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Compiles all templates. The functions must be known by then, so names stand in for them.
    pub(super) fn compile(theme: &Theme) -> Result<Self, Diagnostics> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        functions::declare(&mut tera);
        let templates = theme.templates.iter().map(|(name, template)| (name.as_str(), template.text.as_str()));
        match tera.add_raw_templates(templates) {
            Ok(()) => Ok(Self(tera)),
            Err(error) => Err(compile_errors(&error, theme)),
        }
    }

    /// A clone with functions of its own.
    pub(super) fn worker(&self, data: &Arc<Data>) -> Worker {
        let slot = Arc::new(JobSlot::default());
        let mut engine = self.0.clone();
        functions::register(&mut engine, data, &slot);
        Worker { data: Arc::clone(data), engine, slot }
    }
}

impl Worker {
    /// Renders a job that is not a copy of a file.
    ///
    /// # Errors
    /// What went wrong in which template, for which page.
    pub fn render(&mut self, job: &Job) -> Rendered {
        let site = &self.data.site;
        let default = site.config.default_language;
        let lang = match &job.task {
            Task::Route(Route::Page(page)) => site.page(*page).lang,
            Task::Route(
                Route::Home(lang)
                | Route::Section { lang, .. }
                | Route::Archive { lang, .. }
                | Route::Terms { lang, .. }
                | Route::Term { lang, .. }
                | Route::SiteMap(lang)
                | Route::Feed { lang, .. },
            )
            | Task::NotFound(lang) => *lang,
            Task::Route(Route::Redirect(index)) => {
                site.redirects.get(*index).map_or(default, |redirect| site.page(redirect.to).lang)
            }
            _ => default,
        };
        let file = origin(job, site);
        let name = file.as_ref().map_or_else(|| job.url.to_string(), RelPath::to_string);
        self.slot.begin(lang, Made { name, file });
        let rendered = match &job.task {
            Task::Route(Route::Page(id)) => page::render(self, job, *id),
            Task::Route(Route::Home(_)) => page::home(self, job),
            Task::Route(Route::Redirect(index)) => page::redirect(self, *index),
            Task::Route(Route::Feed { section, .. }) => feed::render(self, job, *section),
            Task::Route(route) => lists::render(self, job, route),
            Task::NotFound(_) | Task::NotFoundRoot => page::not_found(self, job),
            Task::Sitemap => Ok(sitemap::render(&self.data)),
            Task::SitemapPart(part) => Ok(sitemap::render_part(&self.data, *part)),
            Task::Robots => Ok(sitemap::robots(&self.data)),
            Task::Headers => Ok(hosting::headers_file(site).into_bytes()),
            Task::Redirects => Ok(hosting::redirects_file(site).into_bytes()),
            Task::Asset(_) | Task::Static(_) => Ok(Vec::new()),
        };
        rendered.map_err(|mut problem| {
            if problem.place.is_none() {
                problem.place = self.slot.made().file.map(Place::file);
            }
            problem
        })
    }

    /// The language of the current job.
    pub(super) fn lang(&self) -> Lang {
        self.slot.lang()
    }

    /// A string that the program itself needs from the theme.
    pub(super) fn string(&self, key: &str) -> Result<&Text, Box<Diagnostic>> {
        let lang = self.lang();
        let strings = self.data.theme.strings.get(lang);
        strings.get(key).ok_or_else(|| {
            let known = strings.keys();
            let missing = Diagnostic::new(Code::StringMissing).with("key", key).with("language", lang.tag());
            let missing = missing.with("template", Arg::Key("ui.program")).with("page", self.slot.made().name);
            Box::new(missing.suggest(closest(key, known)))
        })
    }

    /// Renders a template with `lang`, `site` and what is given.
    pub(super) fn template(&self, name: &str, values: Vec<(&'static str, Value)>) -> Rendered {
        let lang = self.lang();
        let mut context = Context::new();
        context.insert_value("lang", Value::from(lang.tag()));
        context.insert_value("site", self.data.globals.get(lang).clone());
        for (key, value) in values {
            context.insert_value(key, value);
        }
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.engine.render_to(name, &context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Box::new(self.failure(name, &error))),
        }
    }

    /// Draws a directive.
    pub(super) fn directive(&self, name: &'static str, value: Value, body: &str) -> Result<String, Box<Diagnostic>> {
        let template = format!("directives/{name}.html");
        let values = vec![("directive", value), ("body", Value::safe_string(body))];
        let html = self.template(&template, values)?;
        Ok(String::from_utf8(html).unwrap_or_default())
    }

    /// Event summaries by time, series and year.
    pub(super) fn events(
        &self,
        when: When,
        series: Option<&str>,
        year: Option<i16>,
        limit: Option<usize>,
    ) -> Vec<Value> {
        events(&self.data, self.lang(), when, series, year, limit)
    }

    /// A render error as a diagnostic: what a function found, else what Tera says and where.
    fn failure(&self, template: &str, error: &tera::Error) -> Diagnostic {
        let theme = &self.data.theme;
        let found = self.slot.take_problem();
        let (problem, name, range) = match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                let told = || Diagnostic::new(Code::TemplateFailed).with("message", report.message());
                (found.unwrap_or_else(told), report.filename(), Some(report.span().range.clone()))
            }
            ErrorKind::TemplateNotFound(missing) => {
                (template_missing(missing, &self.slot.made().name, theme), missing.as_str(), None)
            }
            other => {
                let told = || Diagnostic::new(Code::TemplateFailed).with("message", other.to_string());
                (found.unwrap_or_else(told), template, None)
            }
        };
        let made = self.slot.made();
        let mut problem = problem.with("template", name).with("page", made.name);
        if let Some(template) = theme.templates.get(name) {
            let file = template.path.clone();
            problem.place = Some(match range {
                Some(range) => Place::at(file, range),
                None => Place::file(file),
            });
        }
        problem.related.extend(made.file.map(Place::file));
        problem
    }
}
