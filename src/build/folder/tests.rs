//! Where outputs may go and where not.

use std::fs;

use super::*;

/// A portal in a temporary folder, at its real path.
fn portal() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap().join("portal");
    fs::create_dir_all(root.join("content/news")).unwrap();
    fs::create_dir_all(root.join("shared")).unwrap();
    (dir, root)
}

#[test]
fn ordinary_folders_are_taken() {
    let (_dir, root) = portal();
    let public = OutputFolder::resolve(&root, Path::new("public")).unwrap();
    assert_eq!(public.path(), root.join("public"));
    assert_eq!(public, OutputFolder::resolve(&root, &root.join("content/../public/.")).unwrap());
    assert_eq!(public.key().len(), 16);
    assert!(OutputFolder::resolve(&root, Path::new("../elsewhere/out")).is_ok());
    assert!(OutputFolder::resolve(&root, Path::new("contents")).is_ok());
}

#[test]
fn nothing_is_written_over_inside_or_around_the_sources() {
    let (_dir, root) = portal();
    for out in [
        "content",
        "content/news/out",
        "themes/x",
        "static",
        ".",
        "..",
        "/",
        "Content/out",
        "public/../content",
        ".congso/out",
    ] {
        let refused = OutputFolder::resolve(&root, Path::new(out)).unwrap_err();
        assert!(matches!(refused, OutputError::InsideSources { .. }), "{out}: {refused}");
        assert!(!refused.is_machine());
    }
}

#[test]
fn a_file_is_no_folder() {
    let (_dir, root) = portal();
    fs::write(root.join("public"), "").unwrap();
    assert_eq!(OutputFolder::resolve(&root, Path::new("public/x")), Err(OutputError::Blocked(root.join("public"))));
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_linked_sources_are_known() {
    use std::os::unix::fs::symlink;
    let (dir, root) = portal();
    symlink("/tmp", root.join("public")).unwrap();
    symlink("shared", root.join("link")).unwrap();
    symlink("shared", root.join("static")).unwrap();
    assert_eq!(OutputFolder::resolve(&root, Path::new("public")), Err(OutputError::Symlink(root.join("public"))));
    assert_eq!(OutputFolder::resolve(&root, Path::new("link/out")), Err(OutputError::Symlink(root.join("link"))));
    let shared = OutputFolder::resolve(&root, Path::new("shared/out"));
    assert!(matches!(shared, Err(OutputError::InsideSources { .. })), "{shared:?}");
    // The portal itself may be reached through a link.
    let alias = dir.path().canonicalize().unwrap().join("alias");
    symlink(&root, &alias).unwrap();
    let out = OutputFolder::resolve(&alias, &alias.join("out")).unwrap();
    assert_eq!(out.path(), root.join("out"));
    assert_eq!(OutputFolder::resolve(&alias, Path::new("out")).unwrap(), out);
}
