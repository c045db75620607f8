//! `congso explain`: what an output was made from, what an input feeds, and why it was rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Explain, Format, Global};
use super::ui::Ui;
use super::{Environment, Exit};
use crate::base::path::{OutPath, RelPath, UrlPath};
use crate::build::explain::{Candidate, Explained, LastBuild, Reason, Rendered, Unexplained, When};
use crate::build::options::ORDINARY_OUT;
use crate::diag::{Arg, Catalog, Code, Diagnostic};
use crate::render::{Aspect, Subject};
use crate::source::disk::{self, Kind};

/// How many names of a group are told unless all are asked for.
const SHOWN: usize = 10;

/// Tells what the last build kept of a file or address.
pub(super) fn run(options: &Explain, global: &Global, environment: &Environment, ui: &Ui) -> Exit {
    let root = environment.root(global.root.as_deref());
    if disk::kind(&root) == Ok(Kind::Missing) {
        ui.problem(&Diagnostic::new(Code::SettingsMissing));
        return Exit::Problems;
    }
    let out = options.out.as_ref().map_or_else(|| root.join(ORDINARY_OUT), |out| environment.folder.join(out));
    let build = match LastBuild::open(&root, &out) {
        Ok(build) => build,
        Err(error) => {
            let shown = out.strip_prefix(&root).unwrap_or(&out);
            ui.problem(&error.diagnostic(shown));
            return match error {
                Unexplained::Folder(error) if error.is_machine() => Exit::Machine,
                Unexplained::Folder(_) => Exit::Usage,
                Unexplained::Unbuilt | Unexplained::Apart => Exit::Problems,
            };
        }
    };
    let Some(explained) = build.explain(&candidates(&options.name, &root, &out, environment)) else {
        let nearest = build.nearest(&options.name);
        let problem =
            Diagnostic::new(Code::ExplainUnknown).with("name", options.name.as_str()).suggest(nearest.as_deref());
        ui.problem(&problem);
        return Exit::Usage;
    };
    ui.data(&match options.format {
        Format::Human => human(&explained, ui),
        Format::Json => format!("{:#}\n", as_json(&explained)),
    });
    Exit::Success
}

/// What a name may mean, the most likely first: a source file, a file in the output folder, an address.
fn candidates(name: &str, root: &Path, out: &Path, environment: &Environment) -> Vec<Candidate> {
    let mut all = Vec::new();
    // Of an address on the web only the path counts: a preview answers at other names.
    let web = name.split_once("://").map(|(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    if web.is_none() {
        let place = environment.folder.join(name);
        let output = [place.strip_prefix(out), Path::new(name).strip_prefix(out.strip_prefix(root).unwrap_or(out))];
        let inside = output.into_iter().flatten().filter_map(|path| RelPath::new(path.to_str()?));
        all.extend(inside.map(|path| Candidate::Output(path.to_string())));
        all.extend(environment.workspace_path(root, Path::new(name)).map(Candidate::Input));
    }
    let path = web.unwrap_or(name).split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_start_matches('/');
    let folder = if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
    let files = [UrlPath::root().file(path), UrlPath::root().file(&folder)];
    all.extend(files.iter().filter_map(UrlPath::out_path).map(|out| Candidate::Output(out.to_string())));
    all
}

/// The answer for people.
fn human(explained: &Explained, ui: &Ui) -> String {
    let catalog = ui.catalog();
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    match explained {
        Explained::Output(path, inputs, rendered) => {
            line(path.as_str());
            line(&when(rendered, catalog));
            line("");
            if inputs.values().all(BTreeSet::is_empty) {
                line(catalog.text("ui.explain.embedded"));
                return out;
            }
            line(catalog.text("ui.explain.of-output"));
            for (aspect, names) in inputs {
                group(
                    *aspect,
                    &names.iter().map(String::as_str).collect::<Vec<_>>(),
                    told(*aspect, ui),
                    catalog,
                    &mut line,
                );
            }
        }
        Explained::Input(path, outputs) => {
            line(path.as_str());
            line("");
            if outputs.is_empty() {
                line(catalog.text("ui.explain.nothing"));
                return out;
            }
            let count: usize = outputs.values().map(Vec::len).sum();
            line(&catalog.fill("ui.explain.of-input", &[("count", Arg::from(count))]));
            let shown = Told::Names(if ui.is_verbose() { usize::MAX } else { SHOWN });
            for (aspect, names) in outputs {
                group(*aspect, &names.iter().map(OutPath::as_str).collect::<Vec<_>>(), shown, catalog, &mut line);
            }
        }
    }
    out
}

/// What is told of a group beside its heading.
#[derive(Clone, Copy)]
enum Told {
    /// At most so many names, and how many there are.
    Names(usize),
    /// How many there are.
    Number,
    /// Nothing.
    Nothing,
}

/// What is told of the inputs of a group: names where they are those of files, unless all is asked for.
fn told(aspect: Aspect, ui: &Ui) -> Told {
    match aspect {
        _ if ui.is_verbose() => Told::Names(usize::MAX),
        Aspect::Text => Told::Number,
        Aspect::Near | Aspect::Relations | Aspect::Twins | Aspect::Tree | Aspect::Addresses | Aspect::Site => {
            Told::Nothing
        }
        _ => Told::Names(SHOWN),
    }
}

/// One group of the answer.
fn group(aspect: Aspect, names: &[&str], told: Told, catalog: &Catalog, line: &mut dyn FnMut(&str)) {
    let heading = catalog.text(keys(aspect).0);
    let shown = match told {
        Told::Nothing => return line(&format!("  {heading}")),
        Told::Number => return line(&format!("  {heading} ({})", names.len())),
        Told::Names(shown) => shown,
    };
    line(&format!("  {heading} ({})", names.len()));
    names.iter().take(shown).filter(|name| !name.is_empty()).for_each(|name| line(&format!("    {name}")));
    let more = names.len().saturating_sub(shown);
    if more > 0 {
        line(&format!("    {}", catalog.fill("ui.explain.more", &[("count", Arg::from(more))])));
    }
}

/// When and why an output was rendered.
fn when(rendered: &Rendered, catalog: &Catalog) -> String {
    let reason = match &rendered.reason {
        Reason::All => catalog.text("ui.explain.why.all").to_owned(),
        Reason::New => catalog.text("ui.explain.why.new").to_owned(),
        Reason::Other => catalog.text("ui.explain.why.other").to_owned(),
        Reason::Touched => catalog.text("ui.explain.why.touched").to_owned(),
        Reason::Changed(subjects, more) => {
            let subject =
                |subject: &Subject| catalog.fill(keys(subject.aspect).1, &[("name", Arg::from(&*subject.name))]);
            let subjects = Arg::Text(subjects.iter().map(subject).collect::<Vec<_>>().join(", "));
            match *more as usize {
                0 => catalog.fill("ui.explain.why.changed", &[("subjects", subjects)]),
                more => catalog.fill("ui.explain.why.more", &[("subjects", subjects), ("count", Arg::from(more))]),
            }
        }
    };
    let key = match rendered.when {
        When::Last => "ui.explain.last",
        When::Before => "ui.explain.before",
    };
    catalog.fill(key, &[("reason", Arg::Text(reason))])
}

/// The keys of an aspect in the catalogue: as the heading of a group, and of one thing.
fn keys(aspect: Aspect) -> (&'static str, &'static str) {
    match aspect {
        Aspect::Own => ("ui.explain.group.own", "ui.explain.is.own"),
        Aspect::Copied => ("ui.explain.group.copied", "ui.explain.is.copied"),
        Aspect::Original => ("ui.explain.group.original", "ui.explain.is.original"),
        Aspect::Translation => ("ui.explain.group.translation", "ui.explain.is.translation"),
        Aspect::Summary => ("ui.explain.group.summary", "ui.explain.is.summary"),
        Aspect::Headline => ("ui.explain.group.headline", "ui.explain.is.headline"),
        Aspect::Targets => ("ui.explain.group.targets", "ui.explain.is.targets"),
        Aspect::Relations => ("ui.explain.group.relations", "ui.explain.is.relations"),
        Aspect::CitedBy => ("ui.explain.group.cited-by", "ui.explain.is.cited-by"),
        Aspect::Near => ("ui.explain.group.near", "ui.explain.is.near"),
        Aspect::File => ("ui.explain.group.file", "ui.explain.is.file"),
        Aspect::Members => ("ui.explain.group.members", "ui.explain.is.members"),
        Aspect::Events => ("ui.explain.group.events", "ui.explain.is.events"),
        Aspect::Calendar => ("ui.explain.group.calendar", "ui.explain.is.calendar"),
        Aspect::OpenData => ("ui.explain.group.open-data", "ui.explain.is.open-data"),
        Aspect::Feed => ("ui.explain.group.feed", "ui.explain.is.feed"),
        Aspect::Archives => ("ui.explain.group.archives", "ui.explain.is.archives"),
        Aspect::Terms => ("ui.explain.group.terms", "ui.explain.is.terms"),
        Aspect::Section => ("ui.explain.group.section", "ui.explain.is.section"),
        Aspect::Twins => ("ui.explain.group.twins", "ui.explain.is.twins"),
        Aspect::Tree => ("ui.explain.group.tree", "ui.explain.is.tree"),
        Aspect::Addresses => ("ui.explain.group.addresses", "ui.explain.is.addresses"),
        Aspect::Template => ("ui.explain.group.template", "ui.explain.is.template"),
        Aspect::Text => ("ui.explain.group.text", "ui.explain.is.text"),
        Aspect::Asset => ("ui.explain.group.asset", "ui.explain.is.asset"),
        Aspect::Site => ("ui.explain.group.site", "ui.explain.is.site"),
        Aspect::Settings => ("ui.explain.group.settings", "ui.explain.is.settings"),
    }
}

/// The same for programs.
fn as_json(explained: &Explained) -> Value {
    match explained {
        Explained::Output(path, inputs, rendered) => {
            let (reason, changed, more) = match &rendered.reason {
                Reason::All => ("all", [].as_slice(), 0),
                Reason::New => ("new", [].as_slice(), 0),
                Reason::Other => ("other", [].as_slice(), 0),
                Reason::Touched => ("touched", [].as_slice(), 0),
                Reason::Changed(subjects, more) => ("changed", subjects.as_slice(), *more),
            };
            let changed = changed.iter().map(|subject| json!({"what": subject.aspect.name(), "name": subject.name}));
            json!({
                "output": path.as_str(),
                "last_build": rendered.when == When::Last,
                "reason": reason,
                "changed": changed.collect::<Vec<_>>(),
                "more": more,
                "inputs": grouped(inputs, |names| json!(names)),
            })
        }
        Explained::Input(path, outputs) => json!({
            "input": path.as_str(),
            "outputs": grouped(outputs, |names| json!(names.iter().map(OutPath::as_str).collect::<Vec<_>>())),
        }),
    }
}

/// Groups by the names of their aspects.
fn grouped<T>(groups: &BTreeMap<Aspect, T>, shown: impl Fn(&T) -> Value) -> Value {
    groups
        .iter()
        .map(|(aspect, names)| (aspect.name().to_owned(), shown(names)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
