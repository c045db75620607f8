//! The preview: what it serves while a portal is edited is what a clean build would write.

mod coarse;
mod command;
mod crowd;
mod edits;
mod held;
mod soak;
mod states;
mod twists;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use congso::base::lang::Lang;
use congso::base::path::RelPath;
use congso::build::options::{BuildOptions, BuildOutcome, CachePolicy, Strictness};
use congso::build::pipeline;
use congso::build::report::Silent;
use congso::diag::Catalog;
use congso::serve::engine::{Editor, Engine, EngineOptions};
use congso::serve::http::{Answer, Found, Portal as _, SitePath};
use congso::serve::watch::Change;
use congso::site::publication::{Preview, Shown};
use congso::source::Workspace;
use congso::source::disk::DiskWorkspace;
use jiff::Timestamp;
use serde_json::Value;

use crate::laws::Tree;
use crate::laws::model::{Files, Save, sync};
use crate::support::{NOW, Portal, SETTINGS, tree};

/// A portal on disk with its preview, and a place for clean builds of it.
pub struct Live {
    pub engine: Engine,
    place: tempfile::TempDir,
    root: PathBuf,
    /// What lies in its folder.
    files: Files,
    clock: Arc<Mutex<Timestamp>>,
    preview: Preview,
    /// The last settings that could be built with.
    settings: Vec<u8>,
    /// Every file that some build of it has made.
    pub ever: BTreeSet<String>,
}

/// Drafts and scheduled pages, both shown or neither.
pub fn all(shown: Shown) -> Preview {
    Preview { drafts: shown, future: shown }
}

impl Live {
    /// Writes a portal and starts its preview, which has its first state when this returns.
    pub fn start(files: Files, preview: Preview) -> Self {
        Self::start_in(files, preview, |root| Arc::new(DiskWorkspace::new(root)))
    }

    /// The same, seen through a workspace.
    pub fn start_in(files: Files, preview: Preview, workspace: impl FnOnce(&Path) -> Arc<dyn Workspace>) -> Self {
        let place = crate::laws::quick_folder();
        let root = place.path().canonicalize().unwrap().join("portal");
        std::fs::create_dir(&root).unwrap();
        sync(&Files::new(), &files, &root, Save::Write);
        let clock = Arc::new(Mutex::new(NOW.parse().unwrap()));
        let told = Arc::clone(&clock);
        let options = EngineOptions {
            root: root.clone(),
            workspace: workspace(&root),
            clock: Box::new(move || *told.lock().unwrap()),
            preview,
            catalog: Catalog::load(Lang::En),
            editor: Editor::new(Editor::VSCODE, Path::new("/portal")),
        };
        let engine = Engine::start(options).unwrap();
        engine.settled();
        let settings = files.get("site.yaml").cloned().unwrap_or_default();
        Self { engine, place, root, files, clock, preview, settings, ever: BTreeSet::new() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What lies in the portal's folder.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Writes other files in the place of those there are, telling nobody; gives the paths that differ.
    pub fn put(&mut self, files: Files, save: Save) -> BTreeSet<RelPath> {
        sync(&self.files, &files, &self.root, save);
        let differs = |path: &&String| self.files.get(*path) != files.get(*path);
        let touched = self.files.keys().chain(files.keys()).filter(differs).filter_map(|path| RelPath::new(path));
        let touched = touched.collect();
        self.files = files;
        touched
    }

    /// Writes, tells it, and waits until it is shown.
    pub fn save(&mut self, files: Files) {
        let touched = self.put(files, Save::Write);
        self.engine.changed(Change::Paths(touched));
        self.engine.settled();
    }

    /// The same for one file; `None` takes it away.
    pub fn edit(&mut self, path: &str, text: Option<&str>) {
        let mut files = self.files.clone();
        match text {
            Some(text) => drop(files.insert(path.to_owned(), text.as_bytes().to_vec())),
            None => drop(files.remove(path)),
        }
        self.save(files);
    }

    /// Time goes to a moment.
    pub fn at(&mut self, now: Timestamp) {
        *self.clock.lock().unwrap() = now;
    }

    pub fn now(&self) -> Timestamp {
        *self.clock.lock().unwrap()
    }

    /// What is shown from now on, as far as clean builds go.
    pub fn shows(&mut self, preview: Preview) {
        self.preview = preview;
    }

    /// A clean build of files with what the preview shows.
    pub fn build(&mut self, files: Option<&Files>) -> (BuildOutcome, Tree) {
        let root = match files {
            None => self.root.clone(),
            Some(files) => {
                let root = self.place.path().canonicalize().unwrap().join("other");
                std::fs::create_dir(&root).unwrap();
                sync(&Files::new(), files, &root, Save::Write);
                root
            }
        };
        let out = self.place.path().canonicalize().unwrap().join("clean");
        let options = BuildOptions {
            root: root.clone(),
            out: out.clone(),
            base_url: None,
            preview: self.preview,
            strictness: Strictness::Normal,
            without: Vec::new(),
            now: self.now(),
            cache: CachePolicy::Rebuild,
        };
        let outcome = pipeline::build(&options, &DiskWorkspace::new(&root), &Silent);
        let built = if outcome.report.is_some() { tree(&out) } else { Tree::new() };
        if outcome.report.is_some() {
            self.settings = files.unwrap_or(&self.files).get("site.yaml").cloned().unwrap_or_default();
        }
        if files.is_some() {
            std::fs::remove_dir_all(root).unwrap();
        }
        let _gone = std::fs::remove_dir_all(out);
        (outcome, built)
    }

    /// The path of an output file below the portal's own.
    fn path(&self, out: &str) -> String {
        let settings = String::from_utf8_lossy(&self.settings);
        let url = settings.lines().find_map(|line| line.strip_prefix("base_url: ")).unwrap_or_default();
        let base = url.trim().splitn(4, '/').nth(3).unwrap_or_default().trim_end_matches('/').to_owned();
        let base = if base.is_empty() { base } else { format!("/{base}") };
        let folder = out.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        format!("{base}/{}", folder.unwrap_or(out))
    }

    /// What is answered at an output file's address.
    pub fn answer(&self, out: &str) -> Answer {
        self.engine.answer(&site_path(&self.path(out)))
    }

    /// The bytes of a page or file that must be there.
    #[track_caller]
    pub fn text(&self, out: &str) -> String {
        let bytes = match self.answer(out) {
            Answer::Page(page) if page.status == Found::Yes => page.bytes,
            Answer::File(file) => file.bytes,
            other => panic!("{out}: {other:?}"),
        };
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// Whether the answer at an output file's address says that there is nothing.
    pub fn is_missing(&self, out: &str) -> bool {
        match self.answer(out) {
            Answer::Page(page) => page.status == Found::Missing,
            Answer::Nothing => true,
            _ => false,
        }
    }

    /// The state of the page at an output file's address.
    pub fn state(&self, out: &str) -> Value {
        serde_json::from_str(&self.engine.state(&site_path(&self.path(out)))).unwrap()
    }

    /// What differs between what is served and what a build has made; nothing if they are the same.
    pub fn difference(&mut self, built: &Tree) -> Option<String> {
        for (out, wanted) in built {
            let other = match self.answer(out) {
                Answer::Page(page) if page.status == Found::Yes && page.bytes == *wanted => None,
                Answer::File(file) if file.bytes == *wanted && file.path.as_str() == out => None,
                Answer::Moved(to) if String::from_utf8_lossy(wanted).contains(&format!("0; url={to}\"")) => None,
                other => Some(told(&other)),
            };
            if let Some(other) = other {
                return Some(format!("{out}: {}", from_difference(&other, &String::from_utf8_lossy(wanted))));
            }
        }
        self.ever.extend(built.keys().cloned());
        let gone: Vec<&String> = self.ever.iter().filter(|out| !built.contains_key(*out)).collect();
        for out in gone {
            let not_found = if out.starts_with("en/") { "en/404.html" } else { "404.html" };
            match self.answer(out) {
                Answer::Page(page) if page.status == Found::Missing && page.bytes == built[not_found] => {}
                other => return Some(format!("{out} should be gone: {}", told(&other))),
            }
        }
        None
    }

    /// Holds what is served against a clean build that must succeed.
    #[track_caller]
    pub fn equals_the_build(&mut self) {
        let (outcome, built) = self.build(None);
        assert!(outcome.report.is_some(), "{:?}", outcome.diagnostics);
        if let Some(difference) = self.difference(&built) {
            panic!("{difference}");
        }
        assert_eq!(self.errors("index.html"), [""; 0]);
    }

    /// The codes and files of all errors that a page is told of, over the page and beside it.
    pub fn errors(&self, out: &str) -> Vec<String> {
        let state = self.state(out);
        let both = ["overlay", "problems"].map(|list| problems(&state, list));
        both.into_iter().flatten().filter(|(severity, _)| severity == "error").map(|(_, told)| told).collect()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.engine.stop();
    }
}

/// Severity, and code with file and line, of a list of problems in a state.
pub fn problems(state: &Value, list: &str) -> Vec<(String, String)> {
    let told = state[list].as_array().unwrap().iter().map(|problem| {
        let text = |field: &str| problem[field].as_str().unwrap_or("-").to_owned();
        let line = problem["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
        (text("severity"), format!("{} {}{line}", text("code"), text("file")))
    });
    told.collect()
}

/// The path of a request.
pub fn site_path(path: &str) -> SitePath {
    SitePath::parse(&path.replace('%', "%25")).unwrap()
}

/// An answer for people.
fn told(answer: &Answer) -> String {
    match answer {
        Answer::Page(page) if page.status == Found::Missing => "Missing".to_owned(),
        Answer::Page(page) => String::from_utf8_lossy(&page.bytes).into_owned(),
        Answer::File(file) => String::from_utf8_lossy(&file.bytes).into_owned(),
        other => format!("{other:?}"),
    }
}

/// Two texts from a little before the place on where they differ.
fn from_difference(served: &str, built: &str) -> String {
    let at = served.chars().zip(built.chars()).take_while(|(a, b)| a == b).count();
    let near = |text: &str| text.chars().skip(at.saturating_sub(200)).take(500).collect();
    let [served, built]: [String; 2] = [near(served), near(built)];
    format!("near character {at}, served is\n{served}\nand built\n{built}")
}

/// The settings and sections that every test portal starts with, in a small theme whose home page
/// names `about.md`, and some files more.
pub fn base(more: &[(&str, &str)]) -> Files {
    let mut files = tree(Portal::new().root());
    let theme = crate::fixtures::files("small").into_iter().filter(|(path, _)| path.starts_with("themes/"));
    files.extend(theme);
    files.insert("content/about.md".to_owned(), b"---\ntitle: About\n---\n\nVe.\n".to_vec());
    files.insert("site.yaml".to_owned(), format!("{SETTINGS}theme: plain\n").into_bytes());
    files.extend(more.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    files
}
