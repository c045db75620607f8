//! Everything that can be wrong with a portal: told with file, line and remedy, or built safely.

mod addresses;
mod bombs;
mod encodings;
mod front_matter;
mod full_disk;
mod places;
mod special_files;
mod text;

use crate::support::Portal;

/// A portal with one news item, `content/news/a.md`, of these bytes.
fn news(text: impl AsRef<[u8]>) -> Portal {
    Portal::new().file("content/news/a.md", text)
}

/// Front matter of a sound news item with some more lines; they begin at line 4.
fn page(lines: &str) -> String {
    format!("---\ntitle: Bài A\ndate: 2026-01-02\n{lines}---\n\nBài viết.\n")
}
