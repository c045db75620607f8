//! Fragments: pieces that are the same on every page that shows them, made once and remembered together
//! with what was read for them, so that each page that shows one has read the same.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use foldhash::fast::FixedState;
use tera::{Context, Error, Kwargs, Tera, TeraResult, Value};

use super::engine::failure;
use super::fact::Fact;
use super::template_errors::template_missing;
use super::value::ValueSum;
use super::view::View;
use crate::base::checksum::Checksum;
use crate::base::lang::Lang;
use crate::diag::Diagnostic;

/// How many fragments are remembered, so that memory stays small whatever a theme asks for.
const MOST: usize = 1 << 16;

/// The fragments of one site and theme, whoever made them.
#[derive(Default)]
pub(super) struct Fragments(Mutex<HashMap<Checksum, Arc<Fragment>, FixedState>>);

/// A finished fragment.
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

/// The function `fragment`: `fragments/NAME.html`, given `lang`, `site` and all other arguments.
pub(super) fn fragment(view: &View, engine: &Weak<Tera>, kwargs: &Kwargs) -> TeraResult<Value> {
    let key = Checksum::of(&Key(view.lang(), kwargs));
    if let Some(html) = view.fragment(key) {
        return Ok(html);
    }
    let fail = |problem: Diagnostic| {
        let error = Error::message(problem.code.id());
        view.slot().report(problem);
        error
    };
    let name = format!("fragments/{}.html", kwargs.must_get::<&str>("name")?);
    let engine = engine.upgrade().ok_or_else(|| Error::message("the engine is gone"))?;
    let made = view.slot().apart(|| {
        if !view.template(&name) {
            return Err(fail(template_missing(&name, &view.slot().made().name, &view.for_messages().theme)));
        }
        let mut context = Context::new();
        context.insert_value("lang", Value::from(view.lang().tag()));
        context.insert_value("site", view.site_value());
        for (name, value) in given(kwargs) {
            context.insert_value(name.to_owned(), value.clone());
        }
        engine.render(&name, &context).map_err(|error| fail(failure(view, &name, &error)))
    });
    let Some((html, reads)) = made else { return Err(Error::message("a fragment cannot show another one")) };
    let html = Value::safe_string(html?.trim());
    let given = given(kwargs).map(|(_, value)| value.clone()).collect();
    view.fragments().keep(key, Arc::new(Fragment { html: html.clone(), reads, _given: given }));
    Ok(html)
}

/// All arguments but the name.
fn given(kwargs: &Kwargs) -> impl Iterator<Item = (&str, &Value)> {
    kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value))).filter(|(name, _)| *name != "name")
}

/// What tells a fragment from all others: its language and everything it is given, the name included.
struct Key<'a>(Lang, &'a Kwargs);

impl Hash for Key<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
        for (name, value) in self.1.iter() {
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
