//! Fragments: pieces that are the same on every page that shows them, made once and remembered together
//! with what was read for them, so that each page that shows one has read the same.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use foldhash::fast::FixedState;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::engine::failure;
use super::fact::Fact;
use super::template_errors::template_missing;
use super::value::ValueSum;
use super::view::View;
use crate::base::checksum::Checksum;
use crate::diag::Diagnostic;

/// The argument that names the template.
const NAME: &str = "name";

/// The argument of which `fragments` takes one element after the other.
const ITEM: &str = "item";

/// How many fragments are remembered, so that memory stays small whatever a theme asks for.
const MOST: usize = 1 << 16;

/// The fragments of one site and theme, whoever made them.
#[derive(Default)]
pub(super) struct Fragments(Mutex<HashMap<Checksum, Arc<Fragment>, FixedState>>);

/// A finished fragment.
#[derive(Debug)]
pub(super) struct Fragment {
    pub(super) html: Value,
    /// What was read for it.
    pub(super) reads: Vec<Fact>,
    /// What it was given. Maps and lists are known by where they lie in memory, which nothing else can
    /// take as long as they are held.
    _given: Vec<Value>,
}

impl Fragments {
    pub(super) fn get(&self, key: Checksum) -> Option<Arc<Fragment>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    fn keep(&self, key: Checksum, fragment: Arc<Fragment>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.entry(key).or_insert(fragment);
        }
    }
}

/// The functions `fragment` and `fragments` of a worker.
pub(super) fn register(tera: &mut Tera, view: &View, engine: &Weak<Tera>) {
    let maker = Maker { view: view.clone(), engine: engine.clone() };
    let of_list = maker.clone();
    tera.register_function("fragment", move |kwargs: Kwargs, _: &State| {
        Ok::<_, Error>(maker.one(Given { kwargs: &kwargs, item: None })?.html.clone())
    });
    tera.register_function("fragments", move |kwargs: Kwargs, _: &State| of_list.each(&kwargs));
}

/// What makes the fragments of a worker.
#[derive(Clone)]
struct Maker {
    view: View,
    engine: Weak<Tera>,
}

impl Maker {
    /// `fragments/NAME.html`, given `lang`, `site` and all other arguments.
    fn one(&self, given: Given<'_>) -> TeraResult<Arc<Fragment>> {
        let key = Checksum::of(&(self.view.lang(), given));
        match self.view.fragment(key) {
            Some(fragment) => Ok(fragment),
            None => self.make(key, given),
        }
    }

    /// The same for each element of the list that is given as `item`, one below the other.
    fn each(&self, kwargs: &Kwargs) -> TeraResult<Value> {
        let items = kwargs.must_get::<&Value>(ITEM)?.as_array();
        let items = items.ok_or_else(|| Error::message(format!("`fragments` needs a list as `{ITEM}`")))?;
        let mut all = String::with_capacity(512 * items.len());
        for item in items {
            let fragment = self.one(Given { kwargs, item: Some(item) })?;
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(fragment.html.as_str().unwrap_or_default());
        }
        Ok(Value::safe_string(&all))
    }

    fn make(&self, key: Checksum, given: Given<'_>) -> TeraResult<Arc<Fragment>> {
        let view = &self.view;
        let fail = |problem: Diagnostic| {
            let error = Error::message(problem.code.id());
            view.slot().report(problem);
            error
        };
        let name = format!("fragments/{}.html", given.kwargs.must_get::<&str>(NAME)?);
        let engine = self.engine.upgrade().ok_or_else(|| Error::message("the engine is gone"))?;
        let made = view.slot().apart(|| {
            if !view.template(&name) {
                return Err(fail(template_missing(&name, &view.slot().made().name, &view.for_messages().theme)));
            }
            let mut context = Context::new();
            context.insert_value("lang", Value::from(view.lang().tag()));
            context.insert_value("site", view.site_value());
            for (name, value) in given.arguments().filter(|(name, _)| *name != NAME) {
                context.insert_value(name.to_owned(), value.clone());
            }
            let mut html = Vec::with_capacity(1024);
            match engine.render_to(&name, &context, &mut html) {
                Ok(()) => Ok(html),
                Err(error) => Err(fail(failure(view, &name, &error))),
            }
        });
        let Some((html, reads)) = made else { return Err(Error::message("a fragment cannot show another one")) };
        let html = html?;
        let html = simdutf8::basic::from_utf8(&html).map_err(|error| Error::message(error.to_string()))?;
        let html = Value::safe_string(html.trim());
        let given = given.arguments().map(|(_, value)| value.clone()).collect();
        let fragment = Arc::new(Fragment { html, reads, _given: given });
        view.fragments().keep(key, Arc::clone(&fragment));
        Ok(fragment)
    }
}

/// What a fragment is given, its name included: it tells it from all others of its language.
#[derive(Clone, Copy)]
struct Given<'a> {
    kwargs: &'a Kwargs,
    /// What stands for the list of the arguments.
    item: Option<&'a Value>,
}

impl<'a> Given<'a> {
    fn arguments(self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let arguments = self.kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
        arguments.map(move |(name, value)| (name, self.item.filter(|_| name == ITEM).unwrap_or(value)))
    }
}

impl Hash for Given<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for (name, value) in self.arguments() {
            name.hash(state);
            if let Some(map) = value.as_map() {
                (7_u8, std::ptr::from_ref(map).addr()).hash(state);
            } else if let Some(items) = value.as_array() {
                (8_u8, items.as_ptr().addr(), items.len()).hash(state);
            } else {
                ValueSum(value).hash(state);
            }
        }
    }
}
