//! Which file names are read, which are ignored, and which cannot be used.

/// Hidden names that a web host must get all the same: RFC 8615, and settings of static hosts.
const WEB_HIDDEN: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];

/// What a copy made in a file manager adds to a page's name.
const COPY_MARKS: [&str; 2] = [" - Copy", " - Sao chép"];

/// Whether a file or folder of this name (NFC) is left out: hidden files, files that editors and
/// office programs put down while they work, and copies of pages made in a file manager.
#[must_use]
pub fn is_ignored(name: &str) -> bool {
    if name.starts_with('.') {
        return !WEB_HIDDEN.contains(&name);
    }
    // Office programs, most editors, Emacs, JetBrains' while they save.
    let safe_write = || name.ends_with("___jb_tmp___") || name.ends_with("___jb_old___");
    if name.starts_with("~$") || name.ends_with('~') || is_autosave(name) || safe_write() {
        return true;
    }
    let is = |text: &str, known: &[&str]| known.iter().any(|known| text.eq_ignore_ascii_case(known));
    if is(name, &["thumbs.db", "desktop.ini"]) {
        return true;
    }
    match name.rsplit_once('.') {
        Some((_, extension)) if is(extension, &["tmp", "bak", "swp"]) => true,
        Some((stem, extension)) if is(extension, &["md"]) => is_copy(stem),
        _ => false,
    }
}

/// Whether a name cannot become part of a path or an address: control characters, backslashes.
#[must_use]
pub fn is_unsafe(name: &str) -> bool {
    name.contains(|c: char| c == '\\' || c.is_control())
}

/// Whether Emacs saves by itself under such a name: `#bai.md#`.
fn is_autosave(name: &str) -> bool {
    name.strip_prefix('#').is_some_and(|rest| rest.ends_with('#'))
}

/// Whether a name without extension ends like `bài - Copy`, `bài - Copy (2)` or `bài - Sao chép`.
fn is_copy(stem: &str) -> bool {
    let unnumbered = stem
        .strip_suffix(')')
        .and_then(|s| s.rsplit_once(" ("))
        .filter(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(stem, |(before, _)| before);
    COPY_MARKS.iter().any(|mark| unnumbered.ends_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_hidden_and_copied_files_are_ignored() {
        for name in [
            ".git",
            ".DS_Store",
            ".bai.md.swp",
            "~$bai.docx",
            "bai.md~",
            ".#bai.md",
            "#bai.md#",
            "bai.md___jb_tmp___",
            "bai.tmp",
            "bai.BAK",
            "bai.swp",
            "Thumbs.db",
            "desktop.ini",
            "bai - Copy.md",
            "bai - Copy (2).md",
            "bài.en - Sao chép.md",
            "bai - Sao chép (12).MD",
        ] {
            assert!(is_ignored(name), "{name}");
        }
    }

    #[test]
    fn everything_else_is_read() {
        for name in [
            "bai.md",
            "_index.md",
            ".well-known",
            ".nojekyll",
            "Copy.md",
            "ảnh - Copy.jpg",
            "bai (2).md",
            "a~b",
            "tmp",
            "#",
            "#1.md",
        ] {
            assert!(!is_ignored(name), "{name}");
        }
    }

    #[test]
    fn unsafe_names() {
        assert!(is_unsafe("a\nb") && is_unsafe("a\\b") && is_unsafe("a\u{85}"));
        assert!(!is_unsafe("Ảnh hội nghị (1).jpg"));
    }
}
