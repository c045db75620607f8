//! What the process brings with it: variables, folder and clock. Nothing below reads them.

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::config;
use crate::diag::Catalog;
use crate::source::disk::{Kind, kind};

/// The surroundings of a run.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The folder the program was started in.
    pub folder: PathBuf,
    /// The language asked for by `CONGSO_LANG` or the locale.
    pub lang: Option<Lang>,
    /// Whether `NO_COLOR` is set (no-color.org).
    pub no_color: bool,
    /// Whether talk goes to a terminal.
    pub is_terminal: bool,
    /// The build date: `SOURCE_DATE_EPOCH` (reproducible-builds.org) or the clock.
    pub now: Timestamp,
    /// Whether time goes on after that.
    pub time: Time,
}

/// Whether time goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// It stays at the build date that was asked for.
    Fixed,
    /// It goes on.
    Running,
}

impl Environment {
    /// Reads the surroundings of this process.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads variables and the clock")]
    pub fn of_process() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let epoch = variable("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse().ok());
        let locale = ["CONGSO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
            let value = variable(name)?;
            Lang::from_tag(value.get(..2)?)
        });
        let fixed = epoch.and_then(|seconds| Timestamp::from_second(seconds).ok());
        Self {
            folder: std::env::current_dir().unwrap_or_default(),
            lang: locale,
            no_color: variable("NO_COLOR").is_some(),
            is_terminal: std::io::stderr().is_terminal(),
            now: fixed.unwrap_or_else(Timestamp::now),
            time: if fixed.is_some() { Time::Fixed } else { Time::Running },
        }
    }

    /// The time as it goes on, for what runs longer than a moment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn clock(&self) -> Box<dyn Fn() -> Timestamp + Send + Sync> {
        let now = self.now;
        match self.time {
            Time::Fixed => Box::new(move || now),
            Time::Running => Box::new(Timestamp::now),
        }
    }

    /// The messages for a command line: `--ui-lang`, then the surroundings, then Vietnamese.
    #[must_use]
    pub fn catalog(&self, args: &[OsString]) -> Catalog {
        let args: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
        let after = args.iter().position(|arg| *arg == "--ui-lang").and_then(|at| args.get(at + 1).copied());
        let stated = after.or_else(|| args.iter().find_map(|arg| arg.strip_prefix("--ui-lang=")));
        Catalog::load(stated.and_then(Lang::from_tag).or(self.lang).unwrap_or(Lang::Vi))
    }

    /// The folder of the portal: the one given, else the nearest one upwards with a `site.yaml`,
    /// else where the program was started.
    #[must_use]
    pub fn root(&self, given: Option<&Path>) -> PathBuf {
        if let Some(given) = given {
            return self.folder.join(given);
        }
        let found = self.folder.ancestors().find(|folder| has_settings(folder));
        found.unwrap_or(&self.folder).to_owned()
    }

    /// Whether the folder of the portal is one.
    #[must_use]
    pub fn is_portal(&self, given: Option<&Path>) -> bool {
        has_settings(&self.root(given))
    }

    /// A file as a person names it, from where the program was started or from the portal, as a path
    /// of the workspace.
    #[must_use]
    pub fn workspace_path(&self, root: &Path, given: &Path) -> Option<RelPath> {
        let text = given.to_str()?.replace('\\', "/");
        let from_folder = self.folder.join(given);
        let inside = from_folder.strip_prefix(root).ok().and_then(Path::to_str).and_then(RelPath::new);
        let exists = |path: &RelPath| matches!(kind(&path.on_disk(root)), Ok(Kind::File(_)));
        let from_root = RelPath::new(&text);
        inside.clone().filter(exists).or_else(|| from_root.clone().filter(exists)).or(inside).or(from_root)
    }
}

/// Whether a folder is a portal's.
fn has_settings(folder: &Path) -> bool {
    matches!(kind(&folder.join(config::FILE)), Ok(Kind::File(_)))
}
