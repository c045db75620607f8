//! What may go wrong around a build: it is killed, its disk is full, what it kept is damaged, another one
//! runs at the same time. The output is whole all the while, and right after the next build.

mod cache;
mod disk;
mod kill;
mod twice;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use congso::build::options::{BuildOptions, CachePolicy, Strictness};
use congso::build::pipeline;
use congso::build::report::{BuildReport, Silent};
use congso::site::publication::Preview;
use congso::source::disk::DiskWorkspace;

use crate::fixtures;
use crate::laws::quick_folder;
use crate::support::{NOW, SETTINGS, congso, tree};

type Tree = BTreeMap<String, Vec<u8>>;
type Files = Vec<(String, Vec<u8>)>;

/// Numbers as good as chance, the same in each run of a test (the generator of POSIX's `rand48`).
struct Chance(u64);

impl Chance {
    /// A number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5_DEEC_E66D).wrapping_add(11) & ((1 << 48) - 1);
        (self.0 >> 17) as usize % limit.max(1)
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.below(256) as u8).collect()
    }
}

/// The two states of a portal between which builds are disturbed: nearly all outputs differ, some exist
/// in one of them only, and a file of one stands where the other has a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Old,
    New,
}

impl State {
    fn other(self) -> Self {
        if self == Self::Old { Self::New } else { Self::Old }
    }

    /// The sources, with so many news items.
    fn files(self, news: usize) -> Files {
        let new = self == Self::New;
        let settings = if new { SETTINGS.replace("Cổng thử", "Cổng mới") } else { SETTINGS.to_owned() };
        let mut files = vec![
            ("site.yaml".to_owned(), settings),
            ("content/_index.md".to_owned(), "---\ntitle: Trang chủ\n---\n".to_owned()),
            (
                "content/news/_index.md".to_owned(),
                "---\ntitle: Tin\nkind: news\nslug: tin-tuc\npage_size: 10\n---\n".to_owned(),
            ),
            (format!("static/{}", if new { "mot/hai.txt" } else { "mot" }), format!("{self:?}")),
            ("static/large.bin".to_owned(), format!("{self:?}").repeat(50_000)),
        ];
        for number in 0..news {
            let slug = if new && number.is_multiple_of(3) { format!("slug: bai-{number}\n") } else { String::new() };
            let (month, day) = (1 + number % 12, 1 + number % 28);
            let fields = format!("title: Tin {number}\ndate: 2025-{month:02}-{day:02}\ntopics: [data]\n{slug}");
            files.push((format!("content/news/tin-{number}.md"), format!("---\n{fields}---\n\n{self:?} {number}.\n")));
            if new == number.is_multiple_of(5) {
                let text = format!("---\ntitle: Item {number}\n---\n\n{self:?}.\n");
                files.push((format!("content/news/tin-{number}.en.md"), text));
            }
        }
        files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
    }
}

/// A portal that is brought from one state to the other and back, and what a clean build of each gives.
struct Portal {
    _place: tempfile::TempDir,
    root: PathBuf,
    news: usize,
    clean: [Tree; 2],
}

impl Portal {
    /// The old state, built.
    #[track_caller]
    fn new(news: usize) -> Self {
        let place = quick_folder();
        let clean = [State::Old, State::New].map(|state| {
            let root = place.path().join(format!("clean-{state:?}"));
            fixtures::put(&root, &state.files(news));
            assert_eq!(congso(&root, &["build"]).code, 0);
            let tree = tree(&root.join("public"));
            fs::remove_dir_all(root).unwrap();
            tree
        });
        let root = place.path().join("portal");
        fixtures::put(&root, &State::Old.files(news));
        let portal = Self { _place: place, root, news, clean };
        portal.build(State::Old);
        portal
    }

    fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    fn clean(&self, state: State) -> &Tree {
        &self.clean[state as usize]
    }

    /// Writes the sources of a state; only what differs.
    fn edit(&self, to: State) {
        let wanted: Tree = to.files(self.news).into_iter().collect();
        for path in to.other().files(self.news).into_iter().map(|(path, _)| path) {
            if !wanted.contains_key(&path) && self.root.join(&path).is_file() {
                fs::remove_file(self.root.join(&path)).unwrap();
                // A folder that is empty may stand where a file comes.
                let _ = fs::remove_dir(self.root.join(&path).parent().unwrap());
            }
        }
        for (path, bytes) in wanted {
            let place = self.root.join(path);
            if fs::read(&place).ok().as_ref() != Some(&bytes) {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, bytes).unwrap();
            }
        }
    }

    /// A build that is not waited for.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_congso"));
        command.arg("build").args(args).current_dir(&self.root).env_clear();
        command.env("SOURCE_DATE_EPOCH", "1793509200").env("CONGSO_LANG", "en");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Builds in this process; what was done.
    #[track_caller]
    fn built(&self, out: &str, cache: CachePolicy) -> BuildReport {
        let options = BuildOptions {
            root: self.root.clone(),
            out: self.root.join(out),
            base_url: None,
            preview: Preview::default(),
            strictness: Strictness::Normal,
            without: Vec::new(),
            now: NOW.parse().unwrap(),
            cache,
        };
        let outcome = pipeline::build(&options, &DiskWorkspace::new(&self.root), &Silent);
        outcome.report.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
    }

    /// Builds, and holds the output against a clean build of a state; what was told.
    #[track_caller]
    fn build(&self, state: State) -> String {
        let run = congso(&self.root, &["build", "--ui-lang", "en"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        same(&tree(&self.public()), self.clean(state));
        run.stderr
    }
}

/// Replaces a folder by another with the same files, which keep their times.
fn link(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    for path in tree(from).into_keys() {
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::hard_link(from.join(&path), to.join(&path)).unwrap();
    }
}

/// Holds two trees to be the same, without printing them whole.
#[track_caller]
fn same(found: &Tree, wanted: &Tree) {
    let of = |a: &Tree, b: &Tree| a.iter().filter(|(path, bytes)| b.get(*path) != Some(*bytes)).count();
    let first = found.iter().chain(wanted).find(|(path, _)| found.get(*path) != wanted.get(*path));
    let first = first.map(|(path, _)| path);
    assert_eq!((of(found, wanted), of(wanted, found)), (0, 0), "files that differ, first {first:?}");
}

/// Replaces a folder by a copy of another.
fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fixtures::put(to, &tree(from).into_iter().collect::<Vec<_>>());
}
