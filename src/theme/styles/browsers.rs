//! The oldest browsers for which style sheets are written.

use lightningcss::targets::{Browsers, Features, Targets};

/// A version as the library counts it.
const fn version(major: u32, minor: u32) -> Option<u32> {
    Some(major << 16 | minor << 8)
}

/// The browsers of phones that have had no update since 2020, and what is as old on desks. What they lack
/// is written in older words too, where there are any; what is newer still has to be left out without harm.
pub(super) fn targets() -> Targets {
    let browsers = Browsers {
        android: version(80, 0),
        chrome: version(80, 0),
        edge: version(80, 0),
        firefox: version(78, 0),
        ie: None,
        ios_saf: version(13, 0),
        opera: version(67, 0),
        safari: version(13, 0),
        samsung: version(13, 0),
    };
    // For `light-dark()` it would write two properties to each `color-scheme`; palettes are in media queries.
    Targets { browsers: Some(browsers), exclude: Features::LightDark, ..Targets::default() }
}
