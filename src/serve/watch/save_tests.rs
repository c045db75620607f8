//! Saves as editors make them: none is shown before it is whole, and the last is never missed.

use std::fs;
use std::time::{Duration, Instant};

use super::tests::{Portal, Told, put, tells};
use super::*;

#[test]
fn a_save_that_puts_the_old_file_away_first_never_shows_it_gone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("content/a.md");
    put(&path, "0");
    let told = Arc::new(Told::default());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (teller, seer, reader) = (Arc::clone(&told), Arc::clone(&seen), path.clone());
    let _watch = Watch::start(dir.path(), Choice::Fitting, move |change| {
        seer.lock().unwrap().push(fs::read_to_string(&reader).unwrap_or_else(|error| error.to_string()));
        teller.tell(change);
    })
    .unwrap();
    for number in 1..=20 {
        fs::rename(&path, path.with_extension("md~")).unwrap();
        fs::write(&path, number.to_string()).unwrap();
        fs::remove_file(path.with_extension("md~")).unwrap();
        told.wait("a save", |all| all.len() >= number);
    }
    let seen = seen.lock().unwrap();
    assert!(seen.iter().all(|text| text.parse::<usize>().is_ok()), "{seen:?}");
}

#[test]
fn a_burst_of_saves_is_few_reports_and_the_last_is_whole() {
    let portal = Portal::events();
    let writer = portal.at("content/tin/a.md");
    let before = Instant::now();
    for number in 0..20 {
        fs::write(&writer, format!("save {number}")).unwrap();
    }
    let took = before.elapsed();
    portal.wait("content/tin/a.md");
    std::thread::sleep(Duration::from_millis(200));
    let all = portal.told.all.lock().unwrap();
    // One at once, one after quiet; more only where the machine itself paused between saves.
    assert!(all.len() <= 2 || took > Duration::from_millis(30), "{all:?}");
}

#[test]
fn an_edit_during_a_report_is_in_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("content/a.md");
    put(&path, "0");
    let told = Arc::new(Told::default());
    let (teller, writer) = (Arc::clone(&told), path.clone());
    let mut first = true;
    let _watch = Watch::start(dir.path(), Choice::Fitting, move |change| {
        if std::mem::take(&mut first) {
            fs::write(&writer, "written while the report was told").unwrap();
        }
        teller.tell(change);
    })
    .unwrap();
    fs::write(&path, "1").unwrap();
    told.wait("the second report", |all| all.len() >= 2);
    assert!(tells(&told.all.lock().unwrap()[1..], "content/a.md"));
}

#[test]
fn a_truncated_file_is_told_when_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("content/a.md");
    put(&path, "old");
    let told = Arc::new(Told::default());
    let sizes = Arc::new(Mutex::new(Vec::new()));
    let (teller, seer, reader) = (Arc::clone(&told), Arc::clone(&sizes), path.clone());
    let _watch = Watch::start(dir.path(), Choice::Fitting, move |change| {
        seer.lock().unwrap().push(fs::metadata(&reader).unwrap().len());
        teller.tell(change);
    })
    .unwrap();
    let file = fs::File::create(&path).unwrap();
    std::thread::sleep(Duration::from_millis(60));
    std::io::Write::write_all(&mut &file, b"new text").unwrap();
    drop(file);
    told.wait("the save", |all| tells(all, "content/a.md"));
    let sizes = sizes.lock().unwrap();
    assert!(sizes.iter().all(|size| *size == 8), "{sizes:?}");
}
