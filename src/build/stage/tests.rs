//! The writer against crashes, strangers and links.

use std::fs;
use std::sync::Barrier;

use proptest::prelude::*;

use super::*;
use crate::build::look::{Look, look};

/// A portal in a temporary folder.
struct Portal {
    _dir: tempfile::TempDir,
    root: PathBuf,
}

type Files<'a> = &'a [(&'a str, &'a str)];

impl Portal {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        Self { _dir: dir, root }
    }

    fn folder(&self) -> OutputFolder {
        OutputFolder::resolve(&self.root, Path::new("public")).unwrap()
    }

    fn out(&self, path: &str) -> PathBuf {
        self.root.join("public").join(path)
    }

    fn begin(&self) -> Result<Stage, OutputError> {
        let folder = self.folder();
        let state = Arc::new(BuildState::open(&folder, &self.root.join(".congso"))?);
        let last = LastOutput::default();
        let tree = look(&folder, &state, &last)?.into_tree(&last);
        Stage::begin(&folder, &state, last, tree)
    }

    /// A stage with these outputs.
    fn staged(&self, files: Files) -> Stage {
        let stage = self.begin().unwrap();
        for (path, text) in files {
            stage.put(&OutPath::new(path).unwrap(), text.as_bytes()).unwrap();
        }
        stage
    }

    fn build(&self, files: Files) -> Result<WriteReport, OutputError> {
        self.staged(files).commit().map(|done| done.report)
    }

    /// Puts a file there that no build writes.
    fn plant(&self, path: &str, text: &str) {
        fs::create_dir_all(self.out(path).parent().unwrap()).unwrap();
        fs::write(self.out(path), text).unwrap();
    }

    /// All files of the output folder, the stage included.
    fn files(&self) -> BTreeMap<String, String> {
        let found = disk::tree(&self.root.join("public"), &[]).unwrap();
        let files = found.into_iter().filter(|(_, kind)| *kind != Kind::Folder);
        files.map(|(name, _)| (name.clone(), fs::read_to_string(self.out(&name)).unwrap())).collect()
    }

    /// A copy of this portal as it lies on disk now: what a crash would leave.
    fn crashed(&self) -> Self {
        let copy = Self::new();
        for (name, kind) in disk::tree(&self.root, &[]).unwrap() {
            // The state is kept under a name made of the real path.
            let to = copy.root.join(name.replace(&self.folder().key(), &copy.folder().key()));
            match kind {
                Kind::Folder => fs::create_dir(to).unwrap(),
                _ => fs::copy(self.root.join(&name), to).map(|_| ()).unwrap(),
            }
        }
        copy
    }
}

fn map(files: Files) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn report(written: usize, unchanged: usize, removed: usize, foreign: &[&str]) -> WriteReport {
    WriteReport { written, unchanged, removed, foreign: foreign.iter().map(|name| (*name).to_owned()).collect() }
}

#[test]
fn only_changes_are_written_and_only_own_files_removed() {
    let portal = Portal::new();
    portal.plant(".gitignore", "*");
    portal.plant("mine/x.html", "x");
    let first = [("a/index.html", "1"), ("b/c/index.html", "2"), ("index.html", "3")];
    assert_eq!(portal.build(&first), Ok(report(3, 0, 0, &["mine/x.html"])));
    let modified = |path| fs::metadata(portal.out(path)).unwrap().modified().unwrap();
    let before = modified("index.html");
    assert_eq!(portal.build(&[("a/index.html", "one"), ("index.html", "3")]), Ok(report(1, 1, 1, &["mine/x.html"])));
    assert_eq!(modified("index.html"), before);
    assert!(!portal.out("b").exists());
    assert_eq!(
        portal.files(),
        map(&[(".gitignore", "*"), ("a/index.html", "one"), ("index.html", "3"), ("mine/x.html", "x")])
    );
}

#[test]
fn a_stale_file_that_somebody_changed_stays() {
    let portal = Portal::new();
    portal.build(&[("a", "1"), ("b", "2")]).unwrap();
    portal.plant("b", "mine now");
    let done = portal.build(&[("a", "1")]).unwrap();
    assert_eq!(done, report(0, 1, 0, &["b"]));
    assert_eq!(done.diagnostic().unwrap().code, Code::ForeignFile);
    // It has left the manifest for good.
    portal.plant("b", "2");
    assert_eq!(portal.build(&[("a", "1")]), Ok(report(0, 1, 0, &["b"])));
}

#[test]
fn without_the_state_planned_paths_are_overwritten_and_others_left() {
    let portal = Portal::new();
    portal.build(&[("a", "1"), ("b", "2"), ("c", "3")]).unwrap();
    fs::remove_dir_all(portal.root.join(".congso")).unwrap();
    assert_eq!(portal.build(&[("a", "new"), ("b", "2")]), Ok(report(1, 1, 0, &["c"])));
    // What was found right is known again.
    assert_eq!(portal.build(&[("a", "new")]), Ok(report(0, 1, 1, &["c"])));
    // A damaged manifest is as good as none.
    fs::write(portal.root.join(format!(".congso/outputs/{}/{MANIFEST}", portal.folder().key())), "{").unwrap();
    assert_eq!(portal.build(&[]), Ok(report(0, 0, 0, &["a", "c"])));
}

#[test]
fn a_dropped_stage_leaves_all_as_it_was() {
    let portal = Portal::new();
    portal.build(&[("a", "1")]).unwrap();
    drop(portal.staged(&[("a", "2"), ("b", "3")]));
    assert_eq!(portal.files(), map(&[("a", "1")]));
    // A build that fails in the middle, as with a full disk.
    let stage = portal.staged(&[("a", "2")]);
    fs::remove_dir_all(portal.out(STAGE)).unwrap();
    assert!(stage.put(&OutPath::new("b").unwrap(), b"3").unwrap_err().is_machine());
    drop(stage);
    assert_eq!(portal.files(), map(&[("a", "1")]));
}

#[test]
fn copies_are_compared() {
    let portal = Portal::new();
    let source = portal.root.join("photo");
    let path = OutPath::new("p/photo.jpg").unwrap();
    fs::write(&source, vec![7; 100_000]).unwrap();
    let copy = || {
        let stage = portal.staged(&[]);
        stage.copy(&path, &source).unwrap();
        stage.commit().unwrap().report
    };
    assert_eq!([copy(), copy()], [report(1, 0, 0, &[]), report(0, 1, 0, &[])]);
    let mut changed = vec![7; 100_000];
    changed[99_999] = 8;
    fs::write(&source, &changed).unwrap();
    assert_eq!([copy(), copy()], [report(1, 0, 0, &[]), report(0, 1, 0, &[])]);
    assert_eq!(fs::read(portal.out("p/photo.jpg")).unwrap(), changed);

    assert!(portal.staged(&[]).copy(&path, &portal.root.join("gone")).unwrap_err().is_machine());
}

#[test]
fn an_output_is_kept_while_it_is_as_the_last_build_left_it() {
    let portal = Portal::new();
    let path = OutPath::new("a/b").unwrap();
    let done = portal.staged(&[("a/b", "1")]).commit().unwrap();
    let again = || {
        let (folder, last) = (portal.folder(), done.last.clone());
        let state = Arc::new(BuildState::open(&folder, &portal.root.join(".congso")).unwrap());
        let tree = look(&folder, &state, &last).unwrap().into_tree(&last);
        Stage::begin(&folder, &state, last, tree).unwrap()
    };
    let stage = again();
    assert!(stage.keep(&path) && !stage.keep(&OutPath::new("other").unwrap()));
    assert_eq!(stage.commit().unwrap().report, report(0, 1, 0, &[]));
    // Other bytes of the same length, by somebody who puts the time back, are seen by the number of the
    // file where it is a new one.
    let modified = fs::metadata(portal.out("a/b")).unwrap().modified().unwrap();
    fs::write(portal.out("new"), "2").unwrap();
    fs::File::options().write(true).open(portal.out("new")).unwrap().set_modified(modified).unwrap();
    fs::rename(portal.out("new"), portal.out("a/b")).unwrap();
    assert!(!again().keep(&path));
    portal.plant("a/b", "1");
    assert!(!again().keep(&path), "it was written to");
    assert!(!portal.staged(&[]).keep(&path), "nothing is known of it");
}

#[test]
fn an_output_folder_is_read_again_only_where_something_came_or_went() {
    let portal = Portal::new();
    let done = portal.staged(&[("a/b", "1"), ("c", "2")]).commit().unwrap();
    let as_left = |portal: &Portal| {
        let state = BuildState::open(&portal.folder(), &portal.root.join(".congso")).unwrap();
        matches!(look(&portal.folder(), &state, &done.last).unwrap(), Look::AsLeft(_))
    };
    // A file that is written to is seen by its own stamp.
    fs::write(portal.out("c"), "3").unwrap();
    assert!(as_left(&portal));
    portal.plant("a/new", "x");
    assert!(!as_left(&portal));
    // With a stranger in it, it is read each time.
    portal.plant("mine", "x");
    let done = portal.staged(&[("c", "2")]).commit().unwrap();
    assert!(done.last.folders.is_empty());
}

#[test]
fn a_second_build_is_refused_while_the_first_runs() {
    let portal = Portal::new();
    let stage = portal.staged(&[("a", "1")]);
    assert_eq!(portal.begin().map(|_| ()), Err(OutputError::Locked(portal.root.join("public"))));
    stage.commit().unwrap();
    assert_eq!(portal.build(&[("a", "1")]), Ok(report(0, 1, 0, &[])));
}

#[test]
fn threads_may_put_at_the_same_time() {
    let portal = Portal::new();
    let stage = portal.staged(&[]);
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (stage, start) = (&stage, &start);
            scope.spawn(move || {
                start.wait();
                for n in 0..50 {
                    stage.put(&OutPath::new(&format!("{thread}/{n}")).unwrap(), n.to_string().as_bytes()).unwrap();
                }
            });
        }
    });
    assert_eq!(stage.commit().unwrap().report, report(200, 0, 0, &[]));
}

#[test]
fn own_files_make_way_for_folders_and_the_reverse() {
    let portal = Portal::new();
    portal.build(&[("a", "file"), ("b/c/d", "deep"), ("b/e", "too")]).unwrap();
    let turned = [("a/b/index.html", "folder"), ("b", "file")];
    assert_eq!(portal.build(&turned), Ok(report(2, 0, 3, &[])));
    assert_eq!(portal.files(), map(&turned));
}

#[test]
fn strangers_in_the_way_are_named_and_nothing_changes() {
    let portal = Portal::new();
    portal.build(&[("a", "1"), ("b/own", "2")]).unwrap();
    portal.plant("b/theirs", "x");
    portal.plant("c", "y");
    let before = portal.files();
    for (path, stranger) in [("b", "b/theirs"), ("c/d/index.html", "c")] {
        assert_eq!(portal.build(&[(path, "3")]), Err(OutputError::Blocked(portal.out(stranger))));
        assert_eq!(portal.files(), before);
    }
    let reserved = OutPath::new(".congso-stage/x").unwrap();
    assert_eq!(portal.staged(&[]).put(&reserved, b"3"), Err(OutputError::Blocked(portal.out(".congso-stage/x"))));
    let stage = portal.staged(&[("x", "1"), ("z/y", "2")]);
    for taken in ["x/y", "z"] {
        let refused = stage.put(&OutPath::new(taken).unwrap(), b"3");
        assert_eq!(refused, Err(OutputError::Blocked(portal.out(taken))));
    }
    drop(stage);
    // Standing exactly where an output goes, a stranger is overwritten; empty folders are no obstacle.
    fs::create_dir_all(portal.out("e/f")).unwrap();
    assert_eq!(portal.build(&[("c", "3"), ("e", "4")]), Ok(report(2, 0, 2, &["b/theirs"])));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_planted_links() {
    use std::os::unix::fs::symlink;
    let portal = Portal::new();
    let victim = portal.root.join("victim");
    fs::create_dir(&victim).unwrap();
    fs::write(victim.join("index.html"), "same").unwrap();
    portal.build(&[("a/index.html", "1"), ("d/index.html", "1")]).unwrap();
    // A link at a planned path is replaced, though its target has the right bytes.
    fs::remove_file(portal.out("a/index.html")).unwrap();
    symlink(victim.join("index.html"), portal.out("a/index.html")).unwrap();
    let done = portal.build(&[("a/index.html", "same"), ("d/index.html", "1")]);
    assert_eq!(done, Ok(report(1, 1, 0, &[])));
    assert!(!portal.out("a/index.html").is_symlink());
    // A linked folder is refused, whether its file is right, wrong or stale.
    fs::remove_dir_all(portal.out("d")).unwrap();
    symlink(&victim, portal.out("d")).unwrap();
    for text in ["same", "other"] {
        assert_eq!(portal.build(&[("d/index.html", text)]), Err(OutputError::Symlink(portal.out("d"))));
    }
    assert_eq!(portal.build(&[("a/index.html", "same")]), Ok(report(0, 1, 0, &["d"])));
    // So are a linked stage and linked state.
    symlink(&victim, portal.out(STAGE)).unwrap();
    let state = portal.root.join(".congso");
    let begin = || portal.begin().map(|_| ());
    assert_eq!(begin(), Err(OutputError::Symlink(portal.out(STAGE))));
    fs::remove_file(portal.out(STAGE)).unwrap();
    fs::remove_dir_all(&state).unwrap();
    symlink(&victim, &state).unwrap();
    assert_eq!(begin(), Err(OutputError::Symlink(state.clone())));
    assert_eq!(fs::read_dir(&victim).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(victim.join("index.html")).unwrap(), "same");
}

/// Stops a commit before each of its steps, and checks that what is then on disk heals to all old
/// or all new.
fn crash_everywhere(old: Files, new: Files, next: Files) {
    let portal = Portal::new();
    portal.plant("theirs/x", "t");
    portal.build(old).unwrap();
    let stage = portal.staged(new);
    let mut left = vec![portal.crashed()];
    let done = stage.commit_in_steps(&mut || {
        left.push(portal.crashed());
        Ok(())
    });
    done.unwrap();
    left.push(portal.crashed());
    let with_theirs = |files: Files| {
        let mut files = map(files);
        files.insert("theirs/x".to_owned(), "t".to_owned());
        files
    };
    let mut was_new = false;
    for (number, crashed) in left.iter().enumerate() {
        drop(crashed.staged(&[]));
        let healed = crashed.files();
        let is_new = healed == with_theirs(new);
        assert!(is_new || healed == with_theirs(old), "crash {number}: {healed:?}");
        assert!(is_new || !was_new, "crash {number} is older than the one before");
        was_new = is_new;
        // The manifest fits: the next build removes all of ours that it does not plan.
        let done = crashed.build(next).unwrap();
        assert_eq!((crashed.files(), done.foreign), (with_theirs(next), vec!["theirs/x".to_owned()]), "crash {number}");
    }
    assert!(was_new);
}

#[test]
fn after_a_crash_at_any_step_the_output_is_all_old_or_all_new() {
    crash_everywhere(&[], &[("a/b", "1"), ("c", "2")], &[("d", "3")]);
    crash_everywhere(
        &[("a", "file"), ("b/c", "folder"), ("same", "s"), ("stale/x/y", "gone"), ("z", "1")],
        &[("a/index.html", "new"), ("b", "new"), ("new/n", "n"), ("same", "s"), ("z", "2")],
        &[("b", "again")],
    );
}

#[test]
fn a_failure_after_the_journal_is_finished_by_the_next_build() {
    let portal = Portal::new();
    portal.build(&[("a", "1"), ("b", "2")]).unwrap();
    for allowed in 0..20 {
        let mut steps = 0;
        let done = portal.staged(&[("a", "x"), ("c", "3")]).commit_in_steps(&mut || {
            steps += 1;
            if steps > allowed { Err(OutputError::at("x", DiskError::Full)) } else { Ok(()) }
        });
        let finished = done.is_ok();
        drop(portal.staged(&[]));
        let files = portal.files();
        assert!(
            files == map(&[("a", "1"), ("b", "2")]) || files == map(&[("a", "x"), ("c", "3")]),
            "{allowed}: {files:?}"
        );
        if finished {
            return;
        }
        portal.build(&[("a", "1"), ("b", "2")]).unwrap();
    }
    panic!("never finished");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_two_builds_survive_a_crash(old in sites(), new in sites(), next in sites()) {
        crash_everywhere(&files(&old), &files(&new), &files(&next));
    }
}

fn files(site: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// Small sites over few names, so that files and folders change places; no path is a folder of
/// another.
fn sites() -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map("[ab](/[ab]){0,2}", "[xy]", 0..5).prop_map(|mut site| {
        let names: Vec<String> = site.keys().cloned().collect();
        site.retain(|path, _| !names.iter().any(|other| other.starts_with(&format!("{path}/"))));
        site
    })
}
