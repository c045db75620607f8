//! Portals in real folders, edited as editors and people edit them. What has to happen is waited for
//! for a long time; how soon it does is a matter of `gather`, whose tests have no clock.

use std::fs;
use std::path::PathBuf;
use std::sync::Condvar;
use std::time::{Duration, Instant};

use super::*;

/// Longer than anything takes, however busy the machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Reports, as they come.
#[derive(Default)]
pub(super) struct Told {
    pub(super) all: Mutex<Vec<Change>>,
    more: Condvar,
}

impl Told {
    pub(super) fn tell(&self, change: Change) {
        self.all.lock().unwrap().push(change);
        self.more.notify_all();
    }

    /// Waits until the reports are as wanted.
    pub(super) fn wait(&self, what: &str, wanted: impl Fn(&[Change]) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut all = self.all.lock().unwrap();
        while !wanted(&all) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited for {what}; told: {all:?}");
            all = self.more.wait_timeout(all, left).unwrap().0;
        }
    }
}

/// Whether a path is in one of the reports.
pub(super) fn tells(changes: &[Change], path: &str) -> bool {
    changes.iter().any(|change| match change {
        Change::Paths(paths) => paths.contains(path),
        Change::All => false,
    })
}

/// A portal that is watched.
pub(super) struct Portal {
    dir: tempfile::TempDir,
    pub(super) told: Arc<Told>,
    watch: Watch,
    marks: usize,
}

impl Portal {
    /// A portal with some files, which may be prepared further before it is watched.
    fn start(choice: Choice, prepare: impl FnOnce(&Path)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("site.yaml", "title: Cổng"),
            ("content/tin/a.md", "a"),
            ("themes/lan/base.html", "base"),
            ("public/index.html", "made"),
            ("data/list.csv", "1"),
        ] {
            put(&dir.path().join(path), text);
        }
        prepare(dir.path());
        let told = Arc::new(Told::default());
        let teller = Arc::clone(&told);
        let watch = Watch::start(dir.path(), choice, move |change| teller.tell(change)).unwrap();
        Self { dir, told, watch, marks: 0 }
    }

    pub(super) fn events() -> Self {
        let portal = Self::start(Choice::Fitting, |_| {});
        assert_eq!(portal.watch.method(), Method::Events);
        portal
    }

    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.at(path), text);
    }

    /// Waits until a path is told, and forgets what was told.
    pub(super) fn wait(&self, path: &str) {
        self.told.wait(path, |all| tells(all, path));
        self.told.all.lock().unwrap().clear();
    }

    /// Waits until all that happened before has been heard; then gives the paths told.
    fn heard(&mut self) -> BTreeSet<String> {
        self.marks += 1;
        let mark = format!("content/mark-{}.md", self.marks);
        self.put(&mark, "mark");
        self.told.wait(&mark, |all| tells(all, &mark));
        let all = std::mem::take(&mut *self.told.all.lock().unwrap());
        let paths = all.into_iter().flat_map(|change| match change {
            Change::Paths(paths) => paths,
            Change::All => panic!("everything was told"),
        });
        paths.map(|path| path.to_string()).filter(|path| *path != mark).collect()
    }
}

pub(super) fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn saves_of_every_kind_of_source_are_told() {
    let portal = Portal::events();
    for path in ["content/tin/a.md", "themes/lan/base.html", "site.yaml", "content/new.md"] {
        portal.put(path, "other");
        portal.wait(path);
    }
    fs::remove_file(portal.at("content/new.md")).unwrap();
    portal.wait("content/new.md");
}

#[test]
fn nothing_else_in_the_folder_is_told() {
    let mut portal = Portal::events();
    for path in [
        "public/index.html",
        "data/list.csv",
        "README.md",
        "site.yml",
        ".git/HEAD",
        ".congso/cache",
        "node_modules/x/y.js",
        "public/content/a.md",
    ] {
        portal.put(path, "other");
    }
    assert_eq!(portal.heard(), set(&[]));
}

#[test]
fn hidden_and_temporary_files_are_not_told() {
    let mut portal = Portal::events();
    for name in [".a.md.swp", "a.md~", "#a.md#", ".#a.md", "a.tmp", "~$a.docx", ".DS_Store", ".git/HEAD", ".x/y/z.md"] {
        portal.put(&format!("content/tin/{name}"), "text");
    }
    // Vim tries whether it may write here.
    portal.put("content/tin/4913", "");
    fs::remove_file(portal.at("content/tin/4913")).unwrap();
    let mut told = portal.heard();
    told.remove("content/tin/4913");
    assert_eq!(told, set(&[]));
}

#[test]
fn a_save_by_rename_is_told_under_the_final_name() {
    let mut portal = Portal::events();
    for (temporary, path) in
        [(".a.md.x7", "content/tin/a.md"), ("a.md.tmp", "content/tin/a.md"), (".site", "site.yaml")]
    {
        let temporary = portal.at(path).with_file_name(temporary);
        for text in ["one", "two"] {
            put(&temporary, text);
            fs::rename(&temporary, portal.at(path)).unwrap();
            assert_eq!(portal.heard(), set(&[path]));
        }
    }
}

#[test]
fn folders_come_and_go() {
    let portal = Portal::events();
    // From elsewhere, full.
    put(&portal.at("data/nghi-quyet/sub/b.md"), "b");
    fs::rename(portal.at("data/nghi-quyet"), portal.at("content/nghi-quyet")).unwrap();
    portal.wait("content/nghi-quyet");
    portal.put("content/nghi-quyet/sub/b.md", "other");
    portal.wait("content/nghi-quyet/sub/b.md");
    // To another name.
    fs::rename(portal.at("content/nghi-quyet"), portal.at("content/tin/nq")).unwrap();
    portal.told.wait("both names", |all| tells(all, "content/nghi-quyet") && tells(all, "content/tin/nq"));
    portal.put("content/tin/nq/sub/c.md", "c");
    portal.wait("content/tin/nq/sub/c.md");
    // Away.
    fs::rename(portal.at("content/tin/nq"), portal.at("data/nq")).unwrap();
    portal.wait("content/tin/nq");
    // Deep and at once.
    portal.put("content/x/y/z/d.md", "d");
    portal.wait("content/x");
    portal.put("content/x/y/z/d.md", "other");
    portal.wait("content/x/y/z/d.md");
}

#[test]
fn whole_sources_come_and_go() {
    let portal = Portal::events();
    portal.put("static/logo.svg", "logo");
    portal.wait("static");
    portal.put("static/logo.svg", "other");
    portal.wait("static/logo.svg");
    fs::remove_dir_all(portal.at("content")).unwrap();
    portal.wait("content");
    portal.put("content/tin/a.md", "again");
    portal.wait("content");
    portal.put("content/tin/a.md", "other");
    portal.wait("content/tin/a.md");
    fs::remove_file(portal.at("site.yaml")).unwrap();
    portal.wait("site.yaml");
    portal.put("site.yaml", "title: Cổng");
    portal.wait("site.yaml");
}

#[cfg(unix)]
#[test]
fn links_are_followed_as_the_listing_follows_them() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    put(&outside.path().join("secret.md"), "x");
    let mut portal = Portal::start(Choice::Fitting, |root| {
        put(&root.join("shared/notes/n.md"), "n");
        put(&root.join("shared/one.md"), "1");
        symlink("../shared/notes", root.join("content/notes")).unwrap();
        symlink("../shared/one.md", root.join("content/one.md")).unwrap();
        symlink("content/tin", root.join("static")).unwrap();
        symlink(outside.path(), root.join("content/outside")).unwrap();
    });
    portal.wait("content/notes");
    portal.put("shared/notes/n.md", "other");
    portal.wait("content/notes/n.md");
    portal.put("shared/notes/deep/m.md", "m");
    portal.wait("content/notes/deep");
    portal.put("shared/notes/deep/m.md", "other");
    portal.wait("content/notes/deep/m.md");
    put(&portal.at("shared/one.tmp"), "new");
    fs::rename(portal.at("shared/one.tmp"), portal.at("shared/one.md")).unwrap();
    portal.wait("content/one.md");
    portal.put("content/tin/a.md", "other");
    portal.told.wait("both names", |all| tells(all, "static/a.md") && tells(all, "content/tin/a.md"));
    portal.heard();
    put(&outside.path().join("secret.md"), "y");
    portal.put("shared/other.md", "no link leads here");
    assert_eq!(portal.heard(), set(&[]));
    // A link that is new, and a target that goes and comes back.
    symlink("../shared/other.md", portal.at("content/other.md")).unwrap();
    portal.wait("content/other.md");
    portal.put("shared/other.md", "but now");
    portal.wait("content/other.md");
    fs::rename(portal.at("shared"), portal.at("away")).unwrap();
    portal.told.wait("all links", |all| tells(all, "content/other.md") && tells(all, "content/notes"));
    portal.told.all.lock().unwrap().clear();
    fs::rename(portal.at("away"), portal.at("shared")).unwrap();
    portal.wait("content/notes");
    portal.put("shared/notes/n.md", "back");
    portal.wait("content/notes/n.md");
}

#[test]
fn names_of_other_forms_are_told_in_nfc() {
    let portal = Portal::events();
    portal.put("content/tin/a\u{301}.md", "decomposed");
    portal.wait("content/tin/\u{e1}.md");
}

#[test]
fn polling_finds_the_same() {
    let portal = Portal::start(Choice::Polling, |_| {});
    assert_eq!(portal.watch.method(), Method::Polling(Why::Asked));
    portal.put("content/tin/a.md", "b");
    portal.put("site.yaml", "title: Khác");
    portal.put("static/x/y.svg", "y");
    portal.put("content/tin/a.md~", "hidden");
    fs::remove_file(portal.at("themes/lan/base.html")).unwrap();
    for path in ["content/tin/a.md", "site.yaml", "static/x/y.svg", "themes/lan/base.html"] {
        portal.told.wait(path, |all| tells(all, path));
    }
    let all = portal.told.all.lock().unwrap();
    assert!(!tells(&all, "content/tin/a.md~") && !tells(&all, "public/index.html"), "{all:?}");
}

#[test]
fn lost_events_mean_that_everything_may_have_changed() {
    let portal = Portal::events();
    let lost = || Ok(notify::Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan));
    portal.watch.sender.send(Message::Event(1, lost())).unwrap();
    portal.told.wait("everything", |all| all.contains(&Change::All));
    assert_eq!(portal.watch.method(), Method::Events);
    portal.put("content/tin/a.md", "heard by the new watcher");
    portal.wait("content/tin/a.md");
    // The last words of the old one.
    portal.watch.sender.send(Message::Event(1, lost())).unwrap();
    for number in 2..=6 {
        portal.watch.sender.send(Message::Event(number, lost())).unwrap();
    }
    portal.told.wait("everything", |all| all.contains(&Change::All));
    let end = Instant::now() + PATIENCE;
    while portal.watch.method() == Method::Events && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(portal.watch.method(), Method::Polling(Why::Unavailable), "it would be lost for ever");
}

#[test]
fn no_more_watches_mean_polling() {
    let portal = Portal::events();
    let full = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    portal.watch.sender.send(Message::Event(1, Err(full))).unwrap();
    portal.told.wait("everything", |all| all.contains(&Change::All));
    assert_eq!(portal.watch.method(), Method::Polling(Why::NoMoreWatches));
    portal.put("content/tin/a.md", "found by looking");
    portal.wait("content/tin/a.md");
}

#[test]
fn nothing_is_told_after_it_is_dropped() {
    let Portal { dir, told, watch, .. } = Portal::events();
    drop(watch);
    let end = Instant::now() + PATIENCE;
    while Arc::strong_count(&told) > 1 {
        assert!(Instant::now() < end, "the thread has not ended");
        std::thread::sleep(Duration::from_millis(5));
    }
    put(&dir.path().join("content/tin/a.md"), "nobody hears");
    assert_eq!(*told.all.lock().unwrap(), []);
}

#[test]
fn a_folder_that_is_not_there_cannot_be_watched() {
    let dir = tempfile::tempdir().unwrap();
    put(&dir.path().join("file"), "x");
    let start = |name: &str| Watch::start(&dir.path().join(name), Choice::Fitting, |_| {}).err();
    assert_eq!(start("missing"), Some(WatchError::Folder(ReadError::Missing)));
    assert_eq!(start("file"), Some(WatchError::Folder(ReadError::Special)));
}
