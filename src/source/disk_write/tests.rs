//! The write face: whole files, never through a link.

use super::*;

fn folder() -> (tempfile::TempDir, WriteFolder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = WriteFolder::create(&dir.path().canonicalize().unwrap().join("a/base")).unwrap();
    (dir, folder)
}

fn text(folder: &WriteFolder, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

fn names(folder: &WriteFolder) -> Vec<String> {
    disk::tree(folder.path(), &[]).unwrap().into_keys().collect()
}

#[test]
fn files_are_made_moved_and_removed() {
    let (_dir, folder) = folder();
    folder.create_folder("x/y").unwrap();
    folder.write_new("x/y/a", b"1", Durability::Synced).unwrap();
    assert!(folder.write_new("x/y/a", b"2", Durability::Lazy).is_err());
    folder.write_new("x/b", b"2", Durability::Lazy).unwrap();
    folder.rename("x/y/a", "x/b").unwrap();
    assert_eq!(text(&folder, "x/b"), "1");
    assert!(folder.remove_empty_folder("x/y").unwrap());
    assert!(!folder.remove_empty_folder("x").unwrap());
    folder.remove_file("x/b").unwrap();
    folder.remove_file("x/b").unwrap();
    folder.remove_tree("x").unwrap();
    assert!(names(&folder).is_empty());
}

#[test]
fn a_replacement_that_is_not_finished_leaves_nothing() {
    let (_dir, folder) = folder();
    folder.replace("a", b"1", Durability::Lazy).unwrap();
    drop(folder.prepare("a", b"2", Durability::Lazy).unwrap());
    assert_eq!((text(&folder, "a"), names(&folder)), ("1".to_owned(), vec!["a".to_owned()]));
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let (_dir, folder) = folder();
    fs::write(folder.path().join(".a.congso-tmp"), "left by a crash").unwrap();
    folder.replace("a", b"1", Durability::Lazy).unwrap();
    folder.replace("a", b"2", Durability::Synced).unwrap();
    assert_eq!((text(&folder, "a"), names(&folder)), ("2".to_owned(), vec!["a".to_owned()]));
}

#[test]
fn paths_stay_below_the_base() {
    let (_dir, folder) = folder();
    for path in ["../x", "/x", "x/../../y"] {
        assert!(matches!(folder.write_new(path, b"", Durability::Lazy), Err(DiskError::Other(_))), "{path}");
    }
}

#[test]
fn a_lock_is_held_once_and_given_back() {
    let (_dir, folder) = folder();
    let lock = folder.lock("lock").unwrap();
    assert!(lock.is_some() && folder.lock("lock").unwrap().is_none());
    // As a program that is just being started has one.
    let copy = lock.as_ref().unwrap().file.try_clone().unwrap();
    drop(lock);
    assert!(folder.lock("lock").unwrap().is_some());
    drop(copy);
}

#[test]
fn the_kinds_of_failure_are_told_apart() {
    let kind = |kind: io::ErrorKind| DiskError::from(io::Error::from(kind));
    assert_eq!(kind(io::ErrorKind::StorageFull), DiskError::Full);
    assert_eq!(kind(io::ErrorKind::QuotaExceeded), DiskError::Full);
    assert_eq!(kind(io::ErrorKind::ReadOnlyFilesystem), DiskError::Denied);
    #[cfg(target_os = "linux")]
    assert_eq!(
        [28, 122, 13].map(|code| DiskError::from(io::Error::from_raw_os_error(code))),
        [DiskError::Full, DiskError::Full, DiskError::Denied]
    );
}

#[cfg(unix)]
#[test]
fn nothing_goes_through_a_link() {
    use std::os::unix::fs::symlink;
    let (dir, folder) = folder();
    let outside = dir.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("keep"), "k").unwrap();
    symlink(&outside, folder.path().join("l")).unwrap();
    symlink(outside.join("keep"), folder.path().join("f")).unwrap();
    folder.write_new("n", b"", Durability::Lazy).unwrap();
    let link = |name: &str| Err(DiskError::Symlink(folder.path().join(name)));
    assert_eq!(folder.write_new("l/x", b"", Durability::Lazy), link("l"));
    assert_eq!(folder.replace("l/x", b"", Durability::Lazy), link("l"));
    assert_eq!(folder.replace("f", b"", Durability::Lazy), link("f"));
    assert_eq!(folder.create_folder("l"), link("l"));
    assert_eq!(folder.create_folder("l/x/y"), link("l"));
    assert_eq!(folder.rename("n", "l/n"), link("l"));
    assert_eq!(folder.remove_file("l/keep"), link("l"));
    assert_eq!(folder.remove_tree("l"), link("l"));
    assert_eq!(folder.lock("f").map(|_| ()), link("f"));
    assert!(folder.write_new("f", b"", Durability::Lazy).is_err());
    assert_eq!(WriteFolder::create(&folder.path().join("l")).map(|_| ()), link("l"));
    // A rename takes the place of the link itself.
    folder.rename("n", "f").unwrap();
    fs::create_dir(folder.path().join("t")).unwrap();
    symlink(&outside, folder.path().join("t/l")).unwrap();
    folder.remove_tree("t").unwrap();
    assert_eq!(fs::read_to_string(outside.join("keep")).unwrap(), "k");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
}
