//! The theme of a build: read, with its templates compiled and the style sheets of the last build.

use super::cache::Cache;
use crate::config::SiteConfig;
use crate::diag::Diagnostics;
use crate::render::Templates;
use crate::source::Workspace;
use crate::theme::Theme;

/// A theme that is to be put around a site.
pub(super) struct ReadTheme {
    pub theme: Theme,
    /// Its templates, or those that do not compile.
    pub templates: Result<Templates, Diagnostics>,
    /// What else is wrong with it.
    pub found: Diagnostics,
}

impl ReadTheme {
    /// Reads the theme that the settings name; a cache keeps its style sheets.
    pub(super) fn of(config: &SiteConfig, workspace: &dyn Workspace, cache: &Cache<'_>) -> Self {
        let mut styles = cache.styles();
        let kept = styles.checksum();
        let (theme, found) = Theme::load(config, workspace, &mut styles);
        if styles.checksum() != kept {
            cache.keep_styles(&styles);
        }
        let templates = Templates::compile(&theme);
        Self { theme, templates, found }
    }
}
