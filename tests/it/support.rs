//! Portals in temporary folders, built in-process with a fixed clock, and the program as a command.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use congso::base::lang::Lang;
use congso::base::path::RelPath;
use congso::build::load::load_for_reading;
use congso::build::options::{Blame, BuildOptions, BuildOutcome, CachePolicy, Remains, Strictness};
use congso::build::pipeline;
use congso::build::report::{BuildReport, Silent};
use congso::diag::human::{self, Colour};
use congso::diag::{Catalog, Severity};
use congso::site::publication::Preview;
use congso::source::Workspace as _;
use congso::source::disk::DiskWorkspace;

/// The build date of all tests: 1 November 2026, 12:00 in Viet Nam.
pub const NOW: &str = "2026-11-01T05:00:00Z";

/// Settings that every test portal starts with.
pub const SETTINGS: &str = "\
base_url: https://portal.example/
languages:
  vi: {title: Cổng thử}
  en: {title: Test portal}
topics:
  data: {vi: Dữ liệu số, en: Digital data}
  skills: {vi: Kỹ năng số, en: Digital skills}
tags:
  an-toan: {vi: an toàn, en: security}
agencies:
  government: {vi: Chính phủ, en: Government}
  prime-minister: {vi: Thủ tướng Chính phủ, en: Prime Minister}
menu: [news/_index.md]
";

/// A series of events, for portals that have one.
pub const SERIES: &str = "series:\n  the-day: {vi: Ngày Chuyển đổi số, en: The Day}\n";

/// A portal in a temporary folder, with sections for news, decisions and events in both languages.
pub struct Portal {
    dir: Arc<tempfile::TempDir>,
    pub options: BuildOptions,
}

/// What a build gave.
pub struct Built {
    pub outcome: BuildOutcome,
    out: PathBuf,
    root: PathBuf,
    /// Keeps the folder for as long as anything is read from it.
    _dir: Arc<tempfile::TempDir>,
}

impl Portal {
    /// Settings, home page and three sections; no pages yet.
    pub fn new() -> Self {
        let portal =
            Self::empty().file("site.yaml", SETTINGS).file("content/_index.md", "---\ntitle: Trang chủ\n---\n");
        let sections =
            [("news", "news", "tin-tuc"), ("decisions", "decision", "van-ban"), ("events", "event", "su-kien")];
        sections.into_iter().fold(portal, |portal, (folder, kind, slug)| {
            portal
                .file(
                    &format!("content/{folder}/_index.md"),
                    format!("---\ntitle: Mục {kind}\nkind: {kind}\nslug: {slug}\n---\n"),
                )
                .file(&format!("content/{folder}/_index.en.md"), format!("---\ntitle: Section {kind}\n---\n"))
        })
    }

    /// A folder with nothing in it.
    pub fn empty() -> Self {
        let dir = Arc::new(tempfile::tempdir().unwrap());
        let root = dir.path().canonicalize().unwrap().join("portal");
        fs::create_dir(&root).unwrap();
        let options = BuildOptions {
            out: root.join("public"),
            root,
            base_url: None,
            preview: Preview::default(),
            strictness: Strictness::Normal,
            without: Vec::new(),
            now: NOW.parse().unwrap(),
            cache: CachePolicy::default(),
        };
        Self { dir, options }
    }

    /// Writes a file of the portal.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file of the portal.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// A news page: front matter lines after the title, then the text.
    pub fn news(self, name: &str, fields: &str, body: &str) -> Self {
        let fields = if fields.is_empty() { String::new() } else { format!("{fields}\n") };
        self.file(&format!("content/news/{name}"), format!("---\ntitle: Bài {name}\n{fields}---\n\n{body}\n"))
    }

    pub fn root(&self) -> &Path {
        &self.options.root
    }

    /// A place beside the portal, in the same temporary folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(name)
    }

    /// Builds it.
    pub fn build(&self) -> Built {
        let workspace = DiskWorkspace::new(self.root());
        let outcome = pipeline::build(&self.options, &workspace, &Silent);
        Built { outcome, out: self.options.out.clone(), root: self.root().to_owned(), _dir: Arc::clone(&self.dir) }
    }

    /// Reads and links it without rendering: what is told, and never a report.
    pub fn read(&self) -> Built {
        let workspace = DiskWorkspace::new(self.root());
        let (_, diagnostics) = load_for_reading(self.root(), self.options.now, &workspace);
        let outcome = BuildOutcome { report: None, diagnostics, blame: Blame::Site, remains: Remains::default() };
        Built { outcome, out: self.options.out.clone(), root: self.root().to_owned(), _dir: self.dir.clone() }
    }

    /// Builds it and expects success without error or warning.
    #[track_caller]
    pub fn build_clean(&self) -> Built {
        let built = self.build();
        assert!(built.outcome.report.is_some(), "{}", built.messages(Lang::En));
        assert_eq!(built.codes(Severity::Warning), Vec::<String>::new(), "{}", built.messages(Lang::En));
        built
    }
}

impl Built {
    /// The codes of all diagnostics of at least a severity, in order.
    pub fn codes(&self, least: Severity) -> Vec<String> {
        let found = self.outcome.diagnostics.iter().filter(|d| d.severity >= least);
        found.map(|d| d.code.id().to_owned()).collect()
    }

    /// All diagnostics as people read them.
    pub fn messages(&self, lang: Lang) -> String {
        let catalog = Catalog::load(lang);
        let workspace = DiskWorkspace::new(&self.root);
        let text_of = |path: &RelPath| Some(String::from_utf8_lossy(&workspace.read(path).ok()?).into_owned());
        let shown = self.outcome.diagnostics.iter().map(|d| human::render(d, &catalog, Colour::Plain, &text_of));
        shown.collect::<Vec<_>>().join("\n")
    }

    /// The report of a build that must have succeeded.
    #[track_caller]
    pub fn report(&self) -> &BuildReport {
        self.outcome.report.as_ref().unwrap_or_else(|| panic!("{}", self.messages(Lang::En)))
    }

    /// The text of an output file.
    #[track_caller]
    pub fn out(&self, path: &str) -> String {
        let file = self.out.join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// Whether there is an output file.
    pub fn has(&self, path: &str) -> bool {
        self.out.join(path).exists()
    }

    /// All output files with their bytes.
    pub fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.out)
    }
}

/// All files below a folder with their bytes, by path.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// What a run of the program gave.
#[derive(Debug)]
#[must_use]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs the program in a folder with nothing of this process's surroundings.
pub fn congso(folder: &Path, args: &[&str]) -> Run {
    congso_with(folder, args, &[])
}

/// The same with some variables.
pub fn congso_with(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_congso"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1793509200")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
