//! What earlier builds kept, damaged in every way: the output is right all the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use congso::build::folder::OutputFolder;
use congso::build::options::CachePolicy;

use super::{Chance, Portal, State, copy, link, same};
use crate::laws::full;
use crate::support::tree;

/// The folder of what was kept for the ordinary output.
fn kept(portal: &Portal) -> PathBuf {
    let folder = OutputFolder::resolve(&portal.root, &portal.public()).unwrap();
    portal.root.join(".congso/outputs").join(folder.key())
}

/// The files that only save time: all but the lock and the list of what is ours.
fn cache_files(folder: &Path) -> Vec<String> {
    let files: Vec<String> = tree(folder).into_keys().collect();
    let files = files.into_iter().filter(|path| !["lock", "manifest.json"].contains(&path.as_str()));
    files.collect()
}

/// A portal between two builds: the old state is built, and then a page gets another title.
struct Case {
    portal: Portal,
    folder: PathBuf,
    /// The folder of what was kept, and the output, as the first build left them.
    kept: PathBuf,
    public: PathBuf,
    /// The output of the second.
    after: super::Tree,
}

impl Case {
    fn new() -> Self {
        let portal = Portal::new(12);
        // Files that were written just before a build are not trusted by their times in the next.
        sleep(Duration::from_millis(2100));
        let _first = portal.built("public", CachePolicy::Rebuild);
        let folder = kept(&portal);
        let [kept, public] = ["kept", "public"].map(|name| portal.root.join("..").join(format!("{name}-before")));
        copy(&folder, &kept);
        link(&portal.public(), &public);
        let page = portal.root.join("content/news/tin-5.md");
        let text = fs::read_to_string(&page).unwrap();
        fs::write(page, text.replace("title: Tin 5", "title: Tin khác")).unwrap();
        let _clean = portal.built("../after", CachePolicy::Rebuild);
        let after = tree(&portal.root.join("../after"));
        Self { portal, folder, kept, public, after }
    }

    /// Puts everything back, damages something, builds the second time and holds the output to be
    /// right; how many jobs were rendered.
    #[track_caller]
    fn try_it(&self, about: &str, damage: impl FnOnce(&Path)) -> usize {
        copy(&self.kept, &self.folder);
        link(&self.public, &self.portal.public());
        damage(&self.folder);
        let built = self.portal.built("public", CachePolicy::Use);
        let found = tree(&self.portal.public());
        assert_eq!(found.keys().collect::<Vec<_>>(), self.after.keys().collect::<Vec<_>>(), "{about}");
        same(&found, &self.after);
        let again = self.portal.built("public", CachePolicy::Use);
        assert_eq!((again.rendered, again.written), (0, 0), "{about}");
        built.rendered
    }

    /// The same for each file that only saves time. Of one that is read whole, nothing is used once any
    /// of it is damaged; of the documents, those that are sound may be.
    #[track_caller]
    fn each(&self, about: &str, damage: impl Fn(Vec<u8>) -> Option<Vec<u8>>) {
        let files = cache_files(&self.kept);
        assert_eq!(files.len(), 5, "{files:?}");
        for file in files {
            let bytes = fs::read(self.kept.join(&file)).unwrap();
            let damaged = damage(bytes.clone());
            let is_same = damaged.as_ref() == Some(&bytes);
            let rendered = self.try_it(&format!("{file} {about}"), |folder| match damaged {
                Some(damaged) => fs::write(folder.join(&file), damaged).unwrap(),
                None => fs::remove_file(folder.join(&file)).unwrap(),
            });
            let saves_parsing = ["documents-", "facts-", "styles"].iter().any(|start| file.starts_with(start));
            if !is_same && !saves_parsing {
                assert!(rendered >= self.made(), "{file} {about}: only {rendered} were rendered");
            }
        }
    }

    /// How many outputs are made, and no copies of files.
    fn made(&self) -> usize {
        let copies = |path: &&String| ["assets/", "large.bin", "mot"].iter().any(|start| path.starts_with(start));
        self.after.len() - self.after.keys().filter(copies).count()
    }
}

#[test]
fn nothing_is_damaged() {
    let case = Case::new();
    let rendered = case.try_it("as it was", |_| ());
    assert!(rendered > 5 && rendered * 2 < case.after.len(), "{rendered} of {}", case.after.len());
}

#[test]
fn files_gone_empty_cut_or_longer() {
    let case = Case::new();
    case.each("gone", |_| None);
    case.each("empty", |_| Some(Vec::new()));
    let mut chance = Chance(11);
    for _ in 0..if full() { 50 } else { 5 } {
        let cut = chance.below(1 << 20);
        case.each("cut", |bytes| Some(bytes[..cut % bytes.len().max(1)].to_vec()));
    }
    case.each("without its last byte", |bytes| Some(bytes[..bytes.len().saturating_sub(1)].to_vec()));
    case.each("longer", |bytes| Some([&bytes[..], b"\0"].concat()));
    case.each("twice", |bytes| Some(bytes.repeat(2)));
}

#[test]
fn files_of_other_bytes() {
    let case = Case::new();
    let mut chance = Chance(13);
    for _ in 0..if full() { 50 } else { 4 } {
        let noise = chance.bytes(100_000);
        let all = |bytes: Vec<u8>| Some(noise.iter().cycle().take(bytes.len()).copied().collect());
        case.each("of noise", all);
        let (at, with) = (chance.below(1 << 24), chance.below(1 << 24));
        let flip = |mut bytes: Vec<u8>| {
            let at = at % bytes.len().max(1);
            bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << (with % 8));
            Some(bytes)
        };
        case.each("with one bit the other way", flip);
        let swap = |mut bytes: Vec<u8>| {
            let length = bytes.len().max(1);
            if !bytes.is_empty() {
                bytes.swap(at % length, with % length);
            }
            Some(bytes)
        };
        case.each("with two bytes exchanged", swap);
        let end = |mut bytes: Vec<u8>| {
            let at = at % bytes.len().max(1);
            bytes[at..].fill(0);
            Some(bytes)
        };
        case.each("with nothing but zeros at its end, as a loss of power leaves it", end);
    }
}

/// What ends each file says which program wrote it, and where its parts are: one bit of it is another version.
#[test]
fn files_of_another_version() {
    let case = Case::new();
    for at in 0..48 {
        let bit = |mut bytes: Vec<u8>| {
            bytes.iter_mut().rev().skip(at).take(1).for_each(|byte| *byte ^= 1);
            Some(bytes)
        };
        case.each(&format!("with another byte {at} before its end"), bit);
    }
}

#[test]
fn files_of_another_portal_or_an_earlier_build() {
    let case = Case::new();
    // Another portal, another output of the same portal, and the same output as it was long ago.
    let other = Portal::new(20);
    let other = kept(&other);
    let earlier = Portal::new(12);
    earlier.edit(State::New);
    earlier.build(State::New);
    let earlier = kept(&earlier);
    for (about, from) in [("of another portal", &other), ("of a later build", &earlier)] {
        for file in cache_files(&case.kept) {
            let Ok(bytes) = fs::read(from.join(&file)) else { continue };
            case.try_it(&format!("{file} {about}"), |folder| fs::write(folder.join(&file), bytes).unwrap());
        }
        case.try_it(&format!("all {about}"), |folder| {
            for file in cache_files(folder) {
                fs::remove_file(folder.join(file)).unwrap();
            }
            for file in cache_files(from) {
                fs::copy(from.join(&file), folder.join(&file)).unwrap();
            }
        });
    }
}

/// Each file of one build beside the others of another: as if a build had been stopped between them.
#[test]
fn files_of_two_builds_of_the_same_portal() {
    let portal = Portal::new(12);
    sleep(Duration::from_millis(2100));
    let folder = kept(&portal);
    let place = portal.root.join("..");
    for state in [State::Old, State::New] {
        portal.edit(state);
        let _built = portal.built("public", CachePolicy::Use);
        copy(&folder, &place.join(format!("kept-{state:?}")));
        link(&portal.public(), &place.join(format!("public-{state:?}")));
    }
    for base in [State::Old, State::New] {
        let other = place.join(format!("kept-{:?}", base.other()));
        for file in cache_files(&place.join(format!("kept-{base:?}"))) {
            for state in [State::Old, State::New] {
                copy(&place.join(format!("kept-{base:?}")), &folder);
                link(&place.join(format!("public-{base:?}")), &portal.public());
                match fs::read(other.join(&file)) {
                    Ok(bytes) => fs::write(folder.join(&file), bytes).unwrap(),
                    Err(_) => fs::remove_file(folder.join(&file)).unwrap(),
                }
                portal.edit(state);
                let _built = portal.built("public", CachePolicy::Use);
                same(&tree(&portal.public()), portal.clean(state));
            }
        }
    }
}

/// The list of what is ours is lost: nothing is deleted, and nothing else goes wrong.
#[test]
fn the_list_of_outputs_is_lost() {
    let case = Case::new();
    for text in [None, Some("{"), Some("{\"version\":99,\"files\":{}}"), Some("\0\0\0")] {
        case.try_it("manifest.json", |folder| match text {
            Some(text) => fs::write(folder.join("manifest.json"), text).unwrap(),
            None => fs::remove_file(folder.join("manifest.json")).unwrap(),
        });
    }
}

/// Outputs that somebody has deleted, cut or replaced since are made anew.
#[test]
fn outputs_gone_or_of_another_size_are_written_again() {
    let case = Case::new();
    for path in ["index.html", "tin-tuc/tin-3/index.html", "sitemap.xml", "atom.xml", "large.bin"] {
        let place = case.portal.public().join(path);
        case.try_it(path, |_| fs::remove_file(&place).unwrap());
        case.try_it(path, |_| {
            fs::remove_file(&place).unwrap();
            fs::write(&place, "").unwrap();
        });
        case.try_it(path, |_| {
            fs::remove_file(&place).unwrap();
            fs::create_dir(&place).unwrap();
        });
    }
    case.try_it("all", |_| fs::remove_dir_all(case.portal.public()).unwrap());
}

/// What cannot be used is said, once, and never where nothing is wrong.
#[test]
fn a_cache_that_cannot_be_used_is_said() {
    use congso::build::report::CacheState;
    let portal = Portal::new(12);
    let state = || portal.built("public", CachePolicy::Use).cache;
    assert_eq!([state(), state()], [CacheState::Sound; 2]);
    for file in ["index", "reads"] {
        let path = kept(&portal).join(file);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        // The second part is asked for only where something has to be rendered.
        let page = portal.root.join("content/news/tin-5.md");
        fs::write(&page, fs::read_to_string(&page).unwrap() + "\nThêm.\n").unwrap();
        assert_eq!([state(), state()], [CacheState::Unusable, CacheState::Sound], "{file}");
    }
    fs::remove_dir_all(portal.root.join(".congso")).unwrap();
    assert_eq!(state(), CacheState::Sound);
}
