//! What goes wrong with time: dates that come without any edit, and files that are saved while a build
//! reads them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::Duration;

use congso::base::path::RelPath;
use congso::build::pipeline;
use congso::build::report::{Observer, Phase, Silent};
use congso::source::disk::DiskWorkspace;
use congso::source::{Listing, ReadError, Stamp, Workspace};

use super::aged::Age;
use super::edit::How;
use super::model::{Model, Theme};
use super::{Edited, Pools, Seen, Threads, differing, options, same};

/// Pages with every sort of date, all in November 2026.
const DATED: &[(&str, &str)] = &[
    ("news/hen", "title: Hẹn\npublish: 2026-11-02T08:00\ndate: 2026-10-01"),
    ("news/go", "title: Gỡ\ndate: 2026-10-02\nunpublish: 2026-11-03T09:30"),
    ("news/ngay-go", "title: Ngày gỡ\ndate: 2026-10-02\nunpublish: 2026-11-04"),
    ("news/noi-bat", "title: Nổi bật\ndate: 2026-10-03\nfeatured: {until: 2026-11-05}"),
    ("news/mai-sau", "title: Ngày mai sau\npublish: 2026-10-01\ndate: 2026-11-06T10:00"),
    ("news/sua-sau", "title: Sửa sau\ndate: 2026-10-04\nupdated: 2026-11-07"),
    ("news/dinh-chinh", "title: Đính chính\ndate: 2026-10-04\ncorrections: [{date: 2026-11-08, text: Sửa.}]"),
    ("news/rut", "title: Rút\ndate: 2026-10-05\nwithdrawn: {date: 2026-11-09}"),
    (
        "decisions/moi",
        "title: Mới\nnumber: 1/QĐ\ntype: decision\nagency: prime-minister\nissued: 2026-10-06\neffective: 2026-11-10",
    ),
    (
        "decisions/het",
        "title: Hết\nnumber: 2/QĐ\ntype: decision\nagency: prime-minister\nissued: 2026-10-06\neffective: 2026-10-07\neffective_until: 2026-11-11",
    ),
    (
        "decisions/thay",
        "title: Thay\nnumber: 3/QĐ\ntype: decision\nagency: prime-minister\nissued: 2026-10-08\neffective: 2026-11-12\nreplaces: [2/QĐ]",
    ),
    ("decisions/sau", "title: Ký sau\nnumber: 4/QĐ\ntype: decision\nagency: prime-minister\nissued: 2026-11-13"),
    ("events/gio", "title: Có giờ\nstart: 2026-11-14T08:00\nend: 2026-11-14T17:00"),
    ("events/tuan", "title: Cả tuần\nstart: 2026-11-16\nend: 2026-11-20"),
    ("events/ngay", "title: Một ngày\nstart: 2026-11-21"),
    ("events/luc", "title: Một lúc\nstart: 2026-11-22T15:00"),
    ("news/ra-soat", "title: Rà soát\ndate: 2026-10-09\nreview_by: 2026-11-23"),
    ("news/dich", "title: Dịch\ndate: 2026-10-10\nupdated: 2026-10-20"),
    ("news/dich.en", "title: Translated\nupdated: 2026-10-11"),
];

/// A portal of its own folder with some pages more.
fn portal(pages: &[(&str, &str)]) -> Edited {
    let mut portal = Edited::new(Theme::Plain);
    let before = portal.model.clone();
    for (path, fields) in pages {
        portal.model.put(&format!("content/{path}.md"), &format!("---\n{fields}\n---\n\nChữ.\n"));
    }
    portal.model.docs.get_mut("site.yaml").unwrap().set("outdated_after", "30");
    let notice = "{from: 2026-11-24T08:00, until: 2026-11-25, text: {vi: Bảo trì, en: Maintenance}}";
    portal.model.docs.get_mut("site.yaml").unwrap().set("notice", notice);
    portal.model.sync(&before, &portal.root, super::model::Save::Write);
    portal
}

/// A clean build of the portal.
fn clean(pools: &Pools, portal: &Edited, model: &Model) -> Seen {
    let root = portal.place.path().canonicalize().unwrap().join("fresh");
    let _ = fs::remove_dir_all(&root);
    model.write_fresh(&root);
    pools.build(&options(&root, root.join("elsewhere"), model, &How::Ordinary), Threads::One, Age::New)
}

#[test]
fn every_hour_of_a_calendar_without_an_edit() {
    let pools = Pools::new();
    let mut portal = portal(DATED);
    let out = portal.root.join("public");
    let mut changes = 0;
    let mut last = super::Tree::new();
    for step in 0..30 * 4 {
        portal.model.now = super::NOW.parse::<jiff::Timestamp>().unwrap() + jiff::SignedDuration::from_hours(6 * step);
        let asked = options(&portal.root, out.clone(), &portal.model, &How::Ordinary);
        let kept = pools.build(&asked, Threads::Four, Age::Hour);
        let clean = clean(&pools, &portal, &portal.model);
        same(&kept, &clean, &format!("at {}", portal.model.now)).unwrap_or_else(|error| panic!("{error}"));
        assert!(kept.report.is_some(), "{}", kept.diagnostics);
        changes += usize::from(!differing(&last, &kept.tree).is_empty());
        last = kept.tree;
    }
    assert!(changes > 12, "{changes} days were different from the one before");
}

/// A workspace whose files are saved again while it is read, at once after each has been.
struct Saved<'a> {
    disk: DiskWorkspace,
    root: &'a Path,
    /// Path, and what it holds from then on.
    next: Mutex<Vec<(&'static str, String)>>,
    clock: Clock,
}

/// How the times of files are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clock {
    /// All times are an hour earlier.
    Earlier,
    /// In steps of two seconds, as on a memory stick (FAT).
    Coarse,
}

impl Saved<'_> {
    fn stamp_of(&self, stamp: Stamp) -> Stamp {
        let time = |time: i64| match self.clock {
            Clock::Earlier => time - 3_600_000_000_000,
            Clock::Coarse => time - time.rem_euclid(2_000_000_000),
        };
        Stamp { modified: time(stamp.modified), changed: time(stamp.changed), ..stamp }
    }
}

impl Workspace for Saved<'_> {
    fn list(&self, folder: &RelPath) -> Listing {
        let mut listing = self.disk.list(folder);
        listing.files.iter_mut().for_each(|file| file.stamp = self.stamp_of(file.stamp));
        listing
    }

    fn read(&self, path: &RelPath) -> Result<Vec<u8>, ReadError> {
        let bytes = self.disk.read(path);
        let mut next = self.next.lock().unwrap();
        if let Some(at) = next.iter().position(|(saved, _)| *saved == path.as_str()) {
            let (_, text) = next.remove(at);
            fs::write(self.root.join(path.as_str()), text).unwrap();
        }
        bytes
    }

    fn disk_path(&self, path: &RelPath) -> Option<PathBuf> {
        self.disk.disk_path(path)
    }

    fn stamp(&self, path: &RelPath) -> Option<Stamp> {
        Some(self.stamp_of(self.disk.stamp(path)?))
    }
}

/// Takes its time before it renders.
struct Slow(Duration);

impl Observer for Slow {
    fn begin(&self, phase: Phase, _: usize) {
        if phase == Phase::Render {
            sleep(self.0);
        }
    }

    fn step(&self) {}

    fn end(&self, _: Phase) {}
}

/// Builds while files are saved again, and once more afterwards: nothing of the first state may stay.
fn saved_while_read(clock: Clock, slow: &dyn Observer, files: &[(&'static str, &str, &str)]) {
    let pools = Pools::new();
    let mut portal = portal(&[]);
    let out = portal.root.join("public");
    let workspace = |next: Vec<(&'static str, String)>| Saved {
        disk: DiskWorkspace::new(&portal.root),
        root: &portal.root,
        next: Mutex::new(next),
        clock,
    };
    let asked = options(&portal.root, out.clone(), &portal.model, &How::Ordinary);
    assert!(pipeline::build(&asked, &workspace(Vec::new()), &Silent).report.is_some());
    let mut after = portal.model.clone();
    let mut next = Vec::new();
    for (path, from, to) in files {
        let text = String::from_utf8(portal.model.bytes()[*path].clone()).unwrap();
        assert!(text.contains(from) && from.len() == to.len(), "{path}");
        after.docs.remove(*path);
        after.put(path, &text.replace(from, to));
        next.push((*path, text.replace(from, to)));
        // Saved as it is, so that it is read.
        fs::write(portal.root.join(path), text).unwrap();
    }
    let while_saved = workspace(next);
    assert!(pipeline::build(&asked, &while_saved, slow).report.is_some());
    assert!(while_saved.next.lock().unwrap().is_empty(), "some file was not read");
    for number in 0..2 {
        let built = pipeline::build(&asked, &workspace(Vec::new()), &Silent);
        assert!(built.report.is_some(), "{:?}", built.diagnostics);
        let kept = crate::support::tree(&out);
        let clean = clean(&pools, &portal, &after);
        assert_eq!(
            differing(&kept, &clean.tree),
            Vec::<&String>::new(),
            "build {number} after the one that was disturbed"
        );
    }
    portal.model = after;
}

/// Texts that are saved again with as many letters.
const FILES: &[(&str, &str, &str)] =
    &[("content/news/tin-ba.md", "80 xã", "90 xã"), ("content/about.en.md", "See [news]", "See [News]")];

#[test]
fn files_saved_while_they_are_read() {
    saved_while_read(Clock::Earlier, &Silent, FILES);
    saved_while_read(Clock::Coarse, &Silent, FILES);
}

#[test]
fn settings_saved_while_they_are_read() {
    saved_while_read(Clock::Earlier, &Silent, &[("site.yaml", "Cổng nhỏ", "Cổng nhớ")]);
}

/// The clock of the files is coarse, and the build takes longer than any clock is.
#[test]
fn files_saved_while_a_long_build_reads_them() {
    saved_while_read(Clock::Coarse, &Slow(Duration::from_millis(4500)), FILES);
}
