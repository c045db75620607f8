//! The template engine: compiled once, cloned for each worker, whose functions know its current job.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;
use tera::{Context, ErrorKind, Tera, Value};

use super::data::Data;
use super::fact::{Fact, Facts};
use super::functions;
use super::plan::{Job, Task, origin};
use super::recorder::{JobSlot, Made};
use super::template_errors::{compile_errors, template_missing};
use super::view::View;
use super::{Rendered, calendar, feed, hosting, ics, lists, open_data, open_documents, page, sitemap};
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::site::meta::Tag;
use crate::site::routes::{Dataset, Route};
use crate::theme::{Text, Theme};

/// Tags with their values, by language and place in memory.
type KnownTags = HashMap<(Lang, usize), (Arc<Tag>, Value), FixedState>;

/// The compiled templates of a theme.
pub(super) struct Engine(Tera);

/// One thread's engine, and the site as its jobs see it.
pub struct Worker {
    pub(super) view: View,
    engine: Arc<Tera>,
    /// Tags as templates get them, as far as pages have shown them: many have the same. They are known by where they
    /// lie in memory, which nothing else can take as long as they are held.
    tags: RefCell<KnownTags>,
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
        let view = View::new(data, &Arc::new(JobSlot::default()));
        let engine = Arc::new_cyclic(|itself| {
            let mut engine = self.0.clone();
            functions::register(&mut engine, &view, itself);
            engine
        });
        Worker { view, engine, tags: RefCell::default() }
    }
}

impl Worker {
    /// Renders a job that is not a copy of a file.
    ///
    /// # Errors
    /// What went wrong in which template, for which page.
    pub fn render(&mut self, job: &Job) -> Rendered {
        let view = &self.view;
        let site = &view.for_messages().site;
        let file = origin(job, site);
        let name = file.as_ref().map_or_else(|| job.url.to_string(), RelPath::to_string);
        view.begin(&job.task, job.lang(site), Made { name, file });
        let rendered = match &job.task {
            Task::Route(Route::Page(id)) => page::render(self, job, *id),
            Task::Route(Route::Home(_)) => page::home(self, job),
            Task::Route(Route::Redirect(index)) => page::redirect(self, *index),
            Task::Route(Route::Calendar { month, .. }) => calendar::render(self, job, *month),
            Task::Route(Route::CalendarFile(_)) => ics::calendar(self, job),
            Task::Route(Route::EventFile(id)) => ics::event(self, *id),
            Task::Route(Route::OpenData { dataset: Dataset::Documents, .. }) => open_documents::documents(self),
            Task::Route(Route::OpenData { dataset: Dataset::Targets, .. }) => Ok(open_documents::targets(view)),
            Task::Route(Route::OpenData { dataset: Dataset::Events, .. }) => open_data::events(self),
            Task::Route(Route::Feed { section, .. }) => Ok(feed::render(view, job, *section)),
            Task::Route(Route::File(_) | Route::Picture(..)) | Task::Asset(_) | Task::Static(_) => Ok(Vec::new()),
            Task::Route(route) => lists::render(self, job, route),
            Task::NotFound(_) | Task::NotFoundRoot => page::not_found(self, job),
            Task::Sitemap => Ok(sitemap::render(view)),
            Task::SitemapPart(part) => Ok(sitemap::render_part(view, *part)),
            Task::Robots => Ok(sitemap::robots(view)),
            Task::Headers => Ok(hosting::headers_file(view.config(), &view.top_folders()).into_bytes()),
            Task::Redirects => Ok(hosting::redirects_file(&view.redirects()).into_bytes()),
        };
        rendered.map_err(|mut problem| {
            if problem.place.is_none() {
                problem.place = self.view.slot().made().file.map(Place::file);
            }
            problem
        })
    }

    /// What the last job has read, by place in [`Worker::into_facts`].
    #[must_use]
    pub fn reads(&self) -> Box<[u32]> {
        self.view.slot().reads()
    }

    /// The facts that the last job has read.
    #[must_use]
    pub fn last_facts(&self) -> Vec<Fact> {
        self.view.slot().last_facts()
    }

    /// Everything the jobs of this worker have read.
    #[must_use]
    pub fn into_facts(self) -> Facts {
        self.view.slot().take_facts()
    }

    /// A string that the program itself needs from the theme.
    pub(super) fn string(&self, key: &str) -> Result<&Text, Box<Diagnostic>> {
        self.view.string(key)
    }

    /// The value of a tag in a language, which is made where no page has shown it yet.
    pub(super) fn tag(&self, tag: &Arc<Tag>, lang: Lang, make: impl FnOnce() -> Value) -> Value {
        let known = (lang, Arc::as_ptr(tag).addr());
        self.tags.borrow_mut().entry(known).or_insert_with(|| (Arc::clone(tag), make())).1.clone()
    }

    /// Renders a template with `lang`, `site` and what is given.
    pub(super) fn template(&self, name: &str, values: Vec<(&'static str, Value)>) -> Rendered {
        self.view.template(name);
        let mut context = Context::new();
        context.insert_value("lang", Value::from(self.view.lang().tag()));
        context.insert_value("site", self.view.site_value());
        if values.iter().any(|(name, _)| *name == "output") {
            self.view.slot().show(&values);
        }
        for (key, value) in values {
            context.insert_value(key, value);
        }
        let mut bytes = Vec::with_capacity(32 * 1024);
        match self.engine.render_to(name, &context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Box::new(failure(&self.view, name, &error))),
        }
    }

    /// Draws a directive.
    pub(super) fn directive(&self, name: &'static str, value: Value, body: &str) -> Result<String, Box<Diagnostic>> {
        let template = format!("directives/{name}.html");
        let values = vec![("directive", value), ("body", Value::safe_string(body))];
        let html = self.template(&template, values)?;
        Ok(String::from_utf8(html).unwrap_or_default())
    }
}

impl View {
    /// A string that the program itself needs from the theme.
    pub(super) fn string(&self, key: &str) -> Result<&Text, Box<Diagnostic>> {
        let lang = self.lang();
        self.text(lang, key).ok_or_else(|| {
            let missing = Diagnostic::new(Code::StringMissing).with("key", key).with("language", lang.tag());
            let missing = missing.with("template", Arg::key("ui.program")).with("page", self.slot().made().name);
            Box::new(missing.suggest(closest(key, self.known_texts(lang))))
        })
    }

    /// The names of all strings of a language, for "did you mean".
    pub(super) fn known_texts(&self, lang: Lang) -> impl Iterator<Item = &str> {
        self.for_messages().theme.strings.get(lang).keys()
    }
}

/// A render error as a diagnostic: what a function found, else what Tera says and where.
pub(super) fn failure(view: &View, template: &str, error: &tera::Error) -> Diagnostic {
    let theme = &view.for_messages().theme;
    let slot = view.slot();
    let found = slot.take_problem();
    // What was found in a fragment names the fragment.
    if let Some(found) = found.as_ref().filter(|found| found.place.is_some()) {
        return found.clone();
    }
    let (problem, name, range) = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let told = || Diagnostic::new(Code::TemplateFailed).with("message", report.message());
            (found.unwrap_or_else(told), report.filename(), Some(report.span().range.clone()))
        }
        ErrorKind::TemplateNotFound(missing) => {
            (template_missing(missing, &slot.made().name, theme), missing.as_str(), None)
        }
        other => {
            let told = || Diagnostic::new(Code::TemplateFailed).with("message", other.to_string());
            (found.unwrap_or_else(told), template, None)
        }
    };
    let made = slot.made();
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
