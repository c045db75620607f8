//! The template engine: compiled once, cloned for each worker, whose functions know its current job.

use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, ErrorKind, Tera, Value};

use super::events::events;
use super::functions;
use super::plan::{Job, Task, origin};
use super::{Data, Rendered, feed, hosting, lists, page, sitemap};
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::content::directive::When;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
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
    problem: Option<Diagnostic>,
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

    fn begin(&self, lang: Lang) {
        *self.state() = JobState { lang: Some(lang), problem: None };
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
            Err(error) => Err(std::iter::once(compile_error(&error, theme)).collect()),
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
        self.slot.begin(match &job.task {
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
        });
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
                problem.place = origin(job, site).map(Place::file);
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
            Box::new(missing.with("template", "-").suggest(closest(key, known)))
        })
    }

    /// Renders a template with `lang`, `site` and what is given.
    pub(super) fn template(&self, name: &str, page: &RelPath, values: Vec<(&'static str, Value)>) -> Rendered {
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
            Err(error) => Err(Box::new(self.failure(name, page, &error))),
        }
    }

    /// Draws a directive.
    pub(super) fn directive(&self, name: &'static str, value: Value, body: &str) -> Result<String, Box<Diagnostic>> {
        let template = format!("directives/{name}.html");
        let values = vec![("directive", value), ("body", Value::safe_string(body))];
        let html = self.template(&template, &RelPath::default(), values)?;
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
    fn failure(&self, template: &str, page: &RelPath, error: &tera::Error) -> Diagnostic {
        let theme = &self.data.theme;
        let (message, name, range) = match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                (report.message().to_owned(), report.filename().to_owned(), Some(report.span().range.clone()))
            }
            ErrorKind::TemplateNotFound(missing) => {
                let known = theme.templates.keys().map(String::as_str);
                return Diagnostic::new(Code::TemplateMissing)
                    .with("template", missing.as_str())
                    .suggest(closest(missing, known));
            }
            other => (other.to_string(), template.to_owned(), None),
        };
        let problem =
            self.slot.take_problem().unwrap_or_else(|| Diagnostic::new(Code::TemplateFailed).with("message", message));
        let mut problem = problem.with("template", name.as_str()).with("page", page);
        if let Some(template) = theme.templates.get(&name) {
            let file = template.path.clone();
            problem.place = Some(match range {
                Some(range) => Place::at(file, range),
                None => Place::file(file),
            });
        }
        if !page.as_str().is_empty() {
            problem.related.push(Place::file(page.clone()));
        }
        problem
    }
}

/// An error in the templates themselves.
fn compile_error(error: &tera::Error, theme: &Theme) -> Diagnostic {
    let place = |name: &str| theme.templates.get(name).map(|template| template.path.clone());
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let mut problem = Diagnostic::new(Code::TemplateSyntax)
                .with("template", report.filename())
                .with("message", report.message());
            problem.place = place(report.filename()).map(|file| Place::at(file, report.span().range.clone()));
            problem
        }
        ErrorKind::MissingParent { current, parent } => {
            let mut problem = Diagnostic::new(Code::TemplateMissing)
                .with("template", parent.as_str())
                .suggest(closest(parent, theme.templates.keys().map(String::as_str)));
            problem.place = place(current).map(Place::file);
            problem
        }
        other => Diagnostic::new(Code::TemplateSyntax).with("template", "-").with("message", other.to_string()),
    }
}
