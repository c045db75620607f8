//! Micro-benchmarks of the phases of a build: parse, link, render, write.
//!
//! `cargo bench --bench phases`, with a part of a name after `--` for some of them. All inputs are made
//! here. Each figure is of one thread's work, except that linking spreads over the cores by itself. Whole
//! builds beside another generator: `benches/peers/run`.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use congso::base::date::Moment;
use congso::base::lang::Lang;
use congso::base::path::{OutPath, RelPath};
use congso::build::folder::OutputFolder;
use congso::build::look::look;
use congso::build::stage::Stage;
use congso::build::state::BuildState;
use congso::build::tree::LastOutput;
use congso::config::{self, HtmlPolicy, SiteConfig};
use congso::content::document::{Body, Document, Stored};
use congso::content::{self, Digests};
use congso::diag::Diagnostics;
use congso::domain::citations::citations;
use congso::render::{Bodies, Job, Plan, Renderer, Templates, Worker};
use congso::site::link::{Inputs, Linked, link};
use congso::site::publication::Preview;
use congso::source::memory::MemoryWorkspace;
use congso::theme::{Stylesheets, Theme};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use tempfile::TempDir;

/// How many articles the site in memory has, each in both languages.
const ARTICLES: usize = 200;

/// How many files a write puts out, and of how many bytes: those of an article's page.
const OUTPUTS: usize = 500;
const OUTPUT_BYTES: usize = 10_000;

/// The folder that lies in memory on Linux.
const MEMORY: &str = "/dev/shm";

const SETTINGS: &str = "\
base_url: https://bench.example/
languages:
  vi: {title: Cổng thử}
  en: {title: Test portal}
topics:
  data: {vi: Dữ liệu số, en: Digital data}
  skills: {vi: Kỹ năng số, en: Digital skills}
menu: [news/_index.md]
";

fn main() {
    divan::main();
}

/// An article as writers write them: some 850 words with headings, lists, a table, links, a note and code.
fn article(number: usize, lang: Lang) -> String {
    let (title, words) = match lang {
        Lang::Vi => ("Dữ liệu mở", "Thời gian giải quyết thủ tục giảm còn **ba ngày** nhờ dữ liệu dùng chung,"),
        Lang::En => ("Open data", "The time an application takes fell to **three days** with shared data,"),
    };
    let mut text = format!("---\ntitle: \"{title} {number}\"\ndescription: \"{words} 2026.\"\n");
    if lang == Lang::Vi {
        let day = number % 28 + 1;
        write!(text, "date: 2025-{:02}-{day:02}T08:30:00+07:00\ntopics: [data, skills]\n", number % 12 + 1).unwrap();
    }
    write!(text, "tags: [\"a {}\", \"b {}\"]\nauthors: [\"Nguyễn Thị Lan\"]\n---\n\n", number % 40, number % 7)
        .unwrap();
    let paragraph = format!("{words} *{number}* hồ sơ. ").repeat(6);
    for part in 0..5 {
        let other = (number + part) % ARTICLES;
        write!(text, "## {title} {part}\n\n{paragraph}[{title}](/news/article-{other}.md).\n\n").unwrap();
        write!(text, "- {words}\n- {words}[^1]\n- {words}\n\n### {title}\n\n{paragraph}\n\n").unwrap();
    }
    text.push_str("| A | B | % |\n|---|---|---:|\n| Huế | Hà Nội | 40 |\n| Cà Mau | Đà Nẵng | 50 |\n\n");
    text.push_str("```json\n{ \"ma\": 15, \"xac-thuc\": true, \"tep\": [\"don.pdf\"] }\n```\n\n> Một câu.\n\n");
    writeln!(text, "[^1]: {words}").unwrap();
    text
}

/// The settings of the site in memory.
fn settings() -> (SiteConfig, MemoryWorkspace) {
    let workspace = MemoryWorkspace::new([("site.yaml", SETTINGS)]).unwrap();
    let (config, problems) = config::read(&workspace).unwrap();
    assert!(!problems.has_errors(), "{problems:?}");
    (config, workspace)
}

/// One parsed file.
fn parsed(path: &str, lang: Lang, text: &str) -> Document {
    let (document, problems) =
        content::parse(&RelPath::new(path).unwrap(), lang, text.as_bytes(), HtmlPolicy::Sanitize, Digests::WhereStated);
    assert!(!problems.has_errors(), "{problems:?}");
    document.unwrap()
}

/// All documents of the site in memory.
fn documents() -> Vec<Document> {
    let mut all = vec![
        parsed("content/_index.md", Lang::Vi, "---\ntitle: Trang chủ\n---\n"),
        parsed("content/_index.en.md", Lang::En, "---\ntitle: Home\n---\n"),
        parsed("content/news/_index.md", Lang::Vi, "---\ntitle: Tin tức\nkind: news\n---\n"),
        parsed("content/news/_index.en.md", Lang::En, "---\ntitle: News\n---\n"),
    ];
    for number in 0..ARTICLES {
        for (lang, ending) in [(Lang::Vi, "md"), (Lang::En, "en.md")] {
            let path = format!("content/news/article-{number}.{ending}");
            all.push(parsed(&path, lang, &article(number, lang)));
        }
    }
    all
}

/// What linking starts from.
fn inputs(config: &SiteConfig, documents: &[Document]) -> Inputs {
    Inputs {
        config: config.clone(),
        now: Moment::new("2026-11-01T05:00:00Z".parse().unwrap(), &config.timezone, true),
        preview: Preview::default(),
        documents: documents.iter().cloned().map(Arc::new).collect(),
        content_files: BTreeMap::new(),
        static_files: BTreeSet::new(),
        excluded: BTreeSet::new(),
        diagnostics: Diagnostics::default(),
    }
}

/// Where bodies are read that are not in memory: here all are.
struct InMemory;

impl Bodies for InMemory {
    fn read(&self, _: Stored) -> Body {
        Body::default()
    }
}

/// A worker with the embedded theme, and the job whose address is `url`.
fn ready(url: &str) -> (Worker, Job) {
    let (config, workspace) = settings();
    let Linked { site, routes, diagnostics, .. } = link(inputs(&config, &documents()));
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let (theme, _) = Theme::load(&site.config, &workspace, &mut Stylesheets::default());
    let plan = Plan::of(&site, routes, &theme, &[]);
    let job = plan.jobs.iter().find(|job| job.url.as_str() == url).unwrap().clone();
    let templates = Templates::compile(&theme).ok().unwrap();
    let renderer = Renderer::new(site, (theme, templates), Preview::default(), &plan, Box::new(InMemory));
    (renderer.worker(), job)
}

#[divan::bench(sample_count = 1000)]
fn parse(bencher: Bencher<'_, '_>) {
    let text = article(1, Lang::Vi);
    let path = RelPath::new("content/news/article-1.md").unwrap();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        content::parse(
            black_box(&path),
            Lang::Vi,
            black_box(text.as_bytes()),
            HtmlPolicy::Sanitize,
            Digests::WhereStated,
        )
    });
}

/// The recogniser alone on the text that `parse` reads, where it may take a tenth of that time; and on a text
/// of nothing but numbers.
#[divan::bench(args = [Cited::Never, Cited::Everywhere], sample_count = 1000)]
fn cite(bencher: Bencher<'_, '_>, cited: Cited) {
    let text = match cited {
        Cited::Never => article(1, Lang::Vi),
        Cited::Everywhere => "Quyết định số 749/QĐ-TTg ngày 03/6/2020, 52-NQ/TW; ".repeat(100),
    };
    let text = text.rsplit("---\n").next().unwrap();
    bencher.counter(BytesCount::of_str(text)).bench_local(|| citations(black_box(text), Lang::Vi));
}

#[derive(Clone, Copy, Debug)]
enum Cited {
    Never,
    Everywhere,
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn linking(bencher: Bencher<'_, '_>) {
    let (config, _) = settings();
    let documents = documents();
    bencher
        .counter(ItemsCount::new(documents.len()))
        .with_inputs(|| inputs(&config, &documents))
        .bench_local_values(|inputs| link(black_box(inputs)));
}

/// An article, its section's list, a topic's list, the home page, and the feed, with the default theme.
#[divan::bench(args = ["/news/article-1/", "/news/", "/chu-de/du-lieu-so/", "/", "/atom.xml"], sample_count = 1000)]
fn render(bencher: Bencher<'_, '_>, url: &str) {
    let (mut worker, job) = ready(url);
    let bytes = worker.render(&job).ok().unwrap().len();
    bencher.counter(BytesCount::new(bytes)).bench_local(move || worker.render(black_box(&job)).is_ok());
}

/// A folder to build in, in memory where the system has such a place.
fn folder() -> TempDir {
    let memory = Path::new(MEMORY);
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Stages all outputs and moves them into place; their bytes begin with a mark.
fn put(root: &Path, outputs: &[OutPath], mark: u8) -> usize {
    let folder = OutputFolder::resolve(root, Path::new("public")).unwrap();
    let state = Arc::new(BuildState::open(&folder, &root.join(".congso")).unwrap());
    let last = LastOutput::default();
    let tree = look(&folder, &state, &last).unwrap().into_tree(&last);
    let stage = Stage::begin(&folder, &state, last, tree).unwrap();
    let bytes = vec![mark; OUTPUT_BYTES];
    for output in outputs {
        stage.put(output, &bytes).unwrap();
    }
    stage.commit().unwrap().report.written
}

/// The addresses of all outputs.
fn outputs() -> Vec<OutPath> {
    (0..OUTPUTS).map(|number| OutPath::new(&format!("news/article-{number}/index.html")).unwrap()).collect()
}

/// Into an empty folder.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn write_new(bencher: Bencher<'_, '_>) {
    let outputs = outputs();
    bencher.counter(ItemsCount::new(OUTPUTS)).with_inputs(folder).bench_local_values(|folder| {
        assert_eq!(put(folder.path(), &outputs, b'a'), OUTPUTS);
        folder
    });
}

/// Over a folder that holds the same bytes already.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn write_same(bencher: Bencher<'_, '_>) {
    let outputs = outputs();
    let folder = folder();
    put(folder.path(), &outputs, b'a');
    bencher.counter(ItemsCount::new(OUTPUTS)).bench_local(|| assert_eq!(put(folder.path(), &outputs, b'a'), 0));
}
