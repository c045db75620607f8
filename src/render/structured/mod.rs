//! The JSON-LD graph of an output: what its reader sees, said for machines in the words of schema.org.
//!
//! Everything in it stands on the page; it is made from the look-ups by which the page itself is made, and
//! only where a template asks for it.

mod dataset;
mod event;
mod frame;
mod legislation;
mod news;
mod people;
mod series;
mod trail;
mod values;
mod web_page;
mod work;
mod writer;

use tera::Value;

use super::plan::Task;
use super::view::View;
use crate::content::front_matter::Kind;
use crate::site::PageId;
use crate::site::routes::Route;

pub(super) use frame::Frame;

use values::{Id, Node};
use writer::Graph;

/// What templates are given of an output, as far as it tells what the output is.
#[derive(Clone, Copy)]
struct Shown<'a> {
    /// What is made.
    task: Option<&'a Task>,
    /// Its variables by name.
    given: &'a [(&'static str, Value)],
}

impl<'a> Shown<'a> {
    /// A field of a variable.
    fn field(self, variable: &str, field: &'static str) -> Option<&'a Value> {
        let (_, value) = self.given.iter().find(|(name, _)| *name == variable)?;
        value.get_from_path(field).filter(|value| !value.is_none())
    }

    /// A text of a variable.
    fn text(self, variable: &str, field: &'static str) -> Option<&'a str> {
        self.field(variable, field)?.as_str()
    }

    /// The absolute address of the output.
    fn address(self) -> &'a str {
        self.text("output", "permalink").unwrap_or_default()
    }
}

/// The graph of what the current job makes, safe between script tags: who is behind the portal, the portal,
/// the way to the page, and what the page is. An output that is nothing by itself (a page that was taken
/// back, "not found") has the portal only. `series` is one whose day of the year the page shows.
pub(super) fn graph(view: &View, series: Option<&str>) -> String {
    let (task, given) = view.slot().shown();
    let shown = Shown { task: task.as_ref(), given: &given };
    let mut graph = Graph::begin(&view.common().frame.text);
    let has_trail = trail::add(&mut graph, view, shown);
    let trail = has_trail.then_some(Id { page: shown.address(), part: trail::PART });
    match shown.task {
        Some(Task::Route(Route::Page(id))) => of_page(&mut graph, view, *id, shown.address(), trail),
        Some(Task::Route(route)) => web_page::of_list(&mut graph, view, route, shown, trail),
        _ => {}
    }
    if let Some(series) = series.filter(|series| series::has_rule(view.config(), series)) {
        series::of_rule(&mut graph, view, series);
    }
    graph.end()
}

/// A page with a text, and the work it shows.
fn of_page(graph: &mut Graph, view: &View, id: PageId, address: &str, trail: Option<Id<'_>>) {
    let page = view.page(id);
    if page.meta.withdrawn.is_some() {
        return;
    }
    let node = Node { view, id, page, address };
    let kind = view.set(page.set).kind;
    web_page::of_page(graph, node, kind, trail);
    dataset::add(graph, node);
    match kind {
        Kind::News => news::add(graph, node),
        Kind::Decision => legislation::add(graph, node),
        Kind::Event => event::add(graph, node),
        Kind::Page => {}
    }
}
