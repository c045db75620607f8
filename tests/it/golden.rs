//! Golden sites: the whole output tree of a small portal, byte for byte. `UPDATE_GOLDEN=1` writes
//! it anew; read the difference before you commit it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use congso::base::lang::Lang;
use congso::diag::Severity;
use congso::theme::{DEFAULT, embedded_theme};

use crate::fixtures;

#[test]
fn a_small_portal_with_a_theme_of_its_own() {
    let portal = fixtures::portal("small");
    let built = portal.build_clean();
    let hints = ["yaml-rescued-text", "link-withheld", "relation-missing"];
    assert_eq!(built.codes(Severity::Hint), hints, "{}", built.messages(Lang::En));
    let mut tree = built.tree();
    forget_default_assets(&mut tree);
    compare("small", &tree);
}

/// Takes out the static files of the default theme that the site's theme has no own ones for: they
/// change with its look.
fn forget_default_assets(tree: &mut BTreeMap<String, Vec<u8>>) {
    let own = fixtures::folder("small").join("themes/plain/static");
    for (name, _) in embedded_theme(DEFAULT) {
        let Some(name) = name.strip_prefix("static/") else { continue };
        // Its style sheets are parts of the one that the site's theme covers.
        if own.join(name).exists() || name.ends_with(".css") {
            continue;
        }
        let (stem, extension) = name.rsplit_once('.').unwrap();
        let is_it = |path: &String| path.starts_with(&format!("assets/{stem}.")) && path.ends_with(extension);
        let path = tree.keys().find(|path| is_it(path)).cloned();
        assert!(path.is_some_and(|path| tree.remove(&path).is_some()), "{name} is not published");
    }
}

/// Holds a tree against the one kept with the site.
#[expect(clippy::disallowed_methods, reason = "whoever runs the test says whether to write the tree anew")]
fn compare(site: &str, tree: &BTreeMap<String, Vec<u8>>) {
    let folder = fixtures::folder(site).join("expected");
    if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") {
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        let files: Vec<_> = tree.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
        fixtures::put(&folder, &files);
    }
    let expected = crate::support::tree(&folder);
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(tree), names(&expected), "the files of the tree");
    for (path, bytes) in tree {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected[path]), "{path}");
        assert_eq!(bytes, &expected[path], "{path}");
    }
}

/// The theme of the golden site takes nothing from the default theme but what no page shows.
#[test]
fn the_golden_theme_stands_alone() {
    let own = fixtures::folder("small").join("themes/plain");
    let templates = embedded_theme(DEFAULT).into_iter().filter(|(name, _)| name.starts_with("templates/"));
    let borrowed: Vec<String> = templates.map(|(name, _)| name).filter(|name| !own.join(name).exists()).collect();
    assert_eq!(borrowed, Vec::<String>::new());
}
