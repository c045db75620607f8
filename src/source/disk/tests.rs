//! The workspace on disk against everything a folder may hold.

use std::fs;

use super::*;
use crate::diag::Code;

fn path(text: &str) -> RelPath {
    RelPath::new(text).unwrap()
}

/// A portal in a temporary folder with these files.
fn portal(files: &[&str]) -> (tempfile::TempDir, DiskWorkspace) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("portal");
    fs::create_dir_all(root.join("content")).unwrap();
    for file in files {
        let at = root.join(file);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, file).unwrap();
    }
    (dir, DiskWorkspace::new(root))
}

/// The files below `content/` and what was said about the others.
fn list(workspace: &DiskWorkspace) -> (Vec<String>, Vec<(Code, String)>) {
    let Listing { files, diagnostics } = workspace.list(&path("content"));
    let said = diagnostics.sorted().iter().map(|d| (d.code, d.place.clone().unwrap().file.to_string())).collect();
    (files.iter().map(|file| file.path.to_string()).collect(), said)
}

#[test]
fn files_come_sorted_and_without_temporary_ones() {
    let (_dir, workspace) = portal(&[
        "content/b.md",
        "content/a/z.md",
        "content/a.md",
        "content/.git/config",
        "content/~$b.docx",
        "content/b - Copy.md",
        "content/a/Thumbs.db",
        "content/.well-known/x.txt",
        "site.yaml",
    ]);
    assert_eq!(
        list(&workspace),
        (
            ["content/.well-known/x.txt", "content/a.md", "content/a/z.md", "content/b.md"].map(str::to_owned).to_vec(),
            vec![]
        )
    );
    assert_eq!(workspace.read(&path("site.yaml")).unwrap(), b"site.yaml");
    assert!(workspace.disk_path(&path("content/b.md")).unwrap().is_absolute());
}

#[test]
fn stamps_tell_states_of_a_file_apart() {
    let (_dir, workspace) = portal(&["content/a.md", "content/b.md"]);
    let listed = |at: usize| workspace.list(&path("content")).files[at].stamp;
    let stamp = workspace.stamp(&path("content/a.md")).unwrap();
    assert_eq!((stamp.size, stamp), (12, listed(0)));
    assert_ne!(listed(0), listed(1));
    fs::write(workspace.root().join("content/a.md"), "longer than it was").unwrap();
    assert_ne!(listed(0), stamp);
    assert_eq!(workspace.stamp(&path("content/a.md")), Some(listed(0)));
    assert_eq!(workspace.stamp(&path("content")), None);
    assert_eq!(workspace.stamp(&path("content/c.md")), None);
}

#[test]
fn files_are_read_whole_whatever_their_size() {
    let (_dir, workspace) = portal(&["content/a.md"]);
    for size in [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1] {
        let bytes: Vec<u8> = (0..=250).cycle().take(size).collect();
        fs::write(workspace.root().join("content/a.md"), &bytes).unwrap();
        workspace.list(&path("content"));
        assert!(workspace.read(&path("content/a.md")).unwrap() == bytes, "{size}");
    }
}

#[test]
fn a_file_longer_than_it_was_is_read_to_its_end() {
    let (_dir, workspace) = portal(&["content/a.md"]);
    let place = workspace.root().join("content/a.md");
    for told in [0, 5, 11, 12, 13, 100] {
        assert_eq!(read_whole(File::open(&place).unwrap(), told).unwrap(), b"content/a.md", "{told}");
    }
}

#[test]
fn what_is_absent_is_missing() {
    let (_dir, workspace) = portal(&["content/a.md"]);
    assert!(workspace.list(&path("themes")).files.is_empty());
    for absent in ["b.md", "content/a.md/b", "nowhere/b.md"] {
        assert_eq!(workspace.read(&path(absent)), Err(ReadError::Missing), "{absent}");
    }
    assert_eq!(workspace.read(&path("content")), Err(ReadError::Special));
    assert_eq!(workspace.disk_path(&path("content")), None);
}

#[cfg(target_os = "linux")]
#[test]
fn names_in_another_normal_form_are_read_under_their_own() {
    let (_dir, workspace) = portal(&["content/tie\u{302}\u{301}ng/a\u{309}nh.md", "content/tiếng/ảnh 2.md"]);
    assert_eq!(
        list(&workspace),
        (vec!["content/tiếng/ảnh 2.md".to_owned(), "content/tiếng/ảnh.md".to_owned()], vec![])
    );
    assert_eq!(
        workspace.read(&path("content/tiếng/ảnh.md")).unwrap(),
        "content/tie\u{302}\u{301}ng/a\u{309}nh.md".as_bytes()
    );
    assert!(workspace.read(&path("content/tiếng/ảnh 2.md")).is_ok());
    // Renamed since: the next listing knows.
    let folder = workspace.root().join("content/tie\u{302}\u{301}ng");
    fs::rename(folder.join("a\u{309}nh.md"), folder.join("b.md")).unwrap();
    fs::write(workspace.root().join("content/tiếng/ảnh.md"), "new").unwrap();
    workspace.list(&path("content"));
    assert_eq!(workspace.read(&path("content/tiếng/ảnh.md")).unwrap(), b"new");
}

#[cfg(target_os = "linux")]
#[test]
fn two_names_that_differ_in_normal_form_are_one_error() {
    let (_dir, workspace) = portal(&["content/a\u{301}.md", "content/á.md"]);
    assert_eq!(list(&workspace), (vec!["content/á.md".to_owned()], vec![(Code::NameTwice, "content/á.md".to_owned())]));
}

#[cfg(unix)]
mod unix {
    use std::collections::BTreeSet;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    #[test]
    fn unsafe_names_are_refused_with_all_below() {
        let (_dir, workspace) = portal(&["content/a.md", "content/x\ny/b.md", "content/c\\d.md"]);
        #[cfg(target_os = "linux")]
        fs::write(workspace.root().join("content").join(OsStr::from_bytes(b"e\xff.md")), "").unwrap();
        let (files, said) = list(&workspace);
        assert_eq!(files, ["content/a.md"]);
        let count = if cfg!(target_os = "linux") { 3 } else { 2 };
        assert_eq!(said, vec![(Code::UnsafeFileName, "content".to_owned()); count]);
    }

    #[test]
    fn what_is_no_file_is_never_opened() {
        let (_dir, workspace) = portal(&["content/a.md"]);
        let fifo = workspace.root().join("content/fifo.md");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let _socket = UnixListener::bind(workspace.root().join("content/s")).unwrap();
        symlink("fifo.md", workspace.root().join("content/z.md")).unwrap();
        let (files, said) = list(&workspace);
        assert_eq!(files, ["content/a.md"]);
        assert_eq!(
            said,
            ["content/fifo.md", "content/s", "content/z.md"].map(|name| (Code::SpecialFile, name.to_owned()))
        );
        // Opening the FIFO would wait for ever.
        for name in ["content/fifo.md", "content/z.md"] {
            assert_eq!(workspace.read(&path(name)), Err(ReadError::Special));
            assert_eq!(workspace.disk_path(&path(name)), None);
        }
        assert!(open(&fifo).is_err());
    }

    #[test]
    fn what_a_listed_file_has_become_since_is_seen() {
        let (dir, workspace) = portal(&["content/a.md", "content/b.md", "content/c.md", "content/d/e.md"]);
        assert_eq!(list(&workspace).0.len(), 4);
        fs::write(dir.path().join("key"), "k").unwrap();
        fs::create_dir(dir.path().join("secret")).unwrap();
        fs::write(dir.path().join("secret/e.md"), "k").unwrap();
        let content = workspace.root().join("content");
        for name in ["a.md", "b.md", "c.md"] {
            fs::remove_file(content.join(name)).unwrap();
        }
        symlink("../../key", content.join("a.md")).unwrap();
        assert!(Command::new("mkfifo").arg(content.join("b.md")).status().unwrap().success());
        fs::create_dir(content.join("c.md")).unwrap();
        let expected =
            [("a.md", ReadError::Outside), ("b.md", ReadError::Special), ("c.md", ReadError::Special)].into_iter();
        for (name, error) in expected {
            let path = path("content").join(name).unwrap();
            assert_eq!(workspace.read(&path), Err(error), "{name}");
            assert_eq!((workspace.disk_path(&path), workspace.stamp(&path)), (None, None), "{name}");
        }
        // A folder that has become a link: the next listing knows.
        fs::rename(content.join("d"), content.join("f")).unwrap();
        symlink("../../secret", content.join("d")).unwrap();
        list(&workspace);
        assert_eq!(workspace.read(&path("content/d/e.md")), Err(ReadError::Outside));
        assert_eq!(workspace.read(&path("content/f/e.md")).unwrap(), b"content/d/e.md");
    }

    #[test]
    fn what_may_not_be_read_is_told() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_dir, workspace) = portal(&["content/a.md", "content/b/c.md"]);
        for name in ["content/a.md", "content/b"] {
            fs::set_permissions(workspace.root().join(name), fs::Permissions::from_mode(0o000)).unwrap();
        }
        if fs::read(workspace.root().join("content/a.md")).is_ok() {
            return; // The superuser may read everything.
        }
        assert_eq!(workspace.read(&path("content/a.md")), Err(ReadError::Denied));
        let unreadable = (Code::UnreadableFile, "content/b".to_owned());
        assert_eq!(list(&workspace), (vec!["content/a.md".to_owned()], vec![unreadable]));
        fs::set_permissions(workspace.root().join("content/b"), fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn links_inside_are_followed() {
        let (_dir, workspace) = portal(&["content/a.md", "shared/img/x.jpg"]);
        symlink("a.md", workspace.root().join("content/b.md")).unwrap();
        symlink("../shared/img", workspace.root().join("content/img")).unwrap();
        symlink("content", workspace.root().join("alias")).unwrap();
        let [a, b] = [0, 1].map(|at| workspace.list(&path("content")).files[at].stamp);
        assert_eq!((a, workspace.stamp(&path("content/b.md"))), (b, Some(a)));
        let files = ["content/a.md", "content/b.md", "content/img/x.jpg"].map(str::to_owned).to_vec();
        assert_eq!(list(&workspace), (files, vec![]));
        assert_eq!(workspace.read(&path("content/img/x.jpg")).unwrap(), b"shared/img/x.jpg");
        assert_eq!(workspace.disk_path(&path("content/b.md")), Some(workspace.root().join("content/a.md")));
        assert_eq!(workspace.list(&path("alias")).files.len(), 3);
        let link = |name: &str, target: &str| (name.to_owned(), workspace.root().join(target));
        let followed = |folder: &str| {
            let links = workspace.followed(&path(folder)).into_iter();
            links.map(|link| (link.path.to_string(), link.target)).collect::<BTreeSet<_>>()
        };
        let links = [link("content/b.md", "content/a.md"), link("content/img", "shared/img")];
        assert_eq!(followed("content"), BTreeSet::from(links));
        let links = [link("alias", "content"), link("alias/b.md", "content/a.md"), link("alias/img", "shared/img")];
        assert_eq!(followed("alias"), BTreeSet::from(links));
        assert_eq!(followed("content/b.md"), BTreeSet::from([link("content/b.md", "content/a.md")]));
    }

    #[test]
    fn links_that_lead_out_are_refused() {
        let (dir, workspace) = portal(&["content/a.md"]);
        fs::create_dir(dir.path().join("secret")).unwrap();
        fs::write(dir.path().join("secret/key"), "k").unwrap();
        symlink("../../secret/key", workspace.root().join("content/key")).unwrap();
        symlink(dir.path().join("secret"), workspace.root().join("content/s")).unwrap();
        symlink("../secret", workspace.root().join("static")).unwrap();
        let outside = |name: &str| (Code::SymlinkOutside, name.to_owned());
        assert_eq!(
            list(&workspace),
            (vec!["content/a.md".to_owned()], vec![outside("content/key"), outside("content/s")])
        );
        for name in ["content/key", "content/s/key", "static/key"] {
            assert_eq!(workspace.read(&path(name)), Err(ReadError::Outside), "{name}");
        }
        let listing = workspace.list(&path("static"));
        assert!(listing.files.is_empty() && listing.diagnostics.has_errors());
    }

    #[test]
    fn loops_and_dead_links_are_told_and_end() {
        let (_dir, workspace) = portal(&["content/a.md", "content/b/c.md", "content/d/e.md"]);
        for (target, link) in [
            ("..", "content/b/up"),
            ("self", "content/self"),
            ("gone", "content/dead"),
            ("d", "content/l"),
            ("../b", "content/d/b"),
        ] {
            symlink(target, workspace.root().join(link)).unwrap();
        }
        let (files, said) = list(&workspace);
        assert_eq!(files, ["content/a.md", "content/b/c.md", "content/d/b/c.md", "content/d/e.md", "content/l/e.md"]);
        let mut expected = vec![(Code::UnreadableFile, "content/dead")];
        expected.extend(
            ["content/b/up", "content/d/b/up", "content/l/b", "content/self"].map(|name| (Code::SymlinkLoop, name)),
        );
        expected.sort_by_key(|(_, name)| *name);
        assert_eq!(said, expected.into_iter().map(|(code, name)| (code, name.to_owned())).collect::<Vec<_>>());
    }

    #[test]
    fn a_tree_shows_links_and_does_not_follow_them() {
        let (_dir, workspace) = portal(&["content/a/b.md", "content/c/d.md"]);
        symlink("a", workspace.root().join("content/l")).unwrap();
        let found = tree(&workspace.root().join("content"), &["c"]).unwrap();
        let expected = [("a", Kind::Folder), ("a/b.md", Kind::File(14)), ("c", Kind::Folder), ("l", Kind::Symlink)];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected.map(|(name, kind)| (name.to_owned(), kind)));
    }
}
