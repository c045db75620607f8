//! Slugs: lower-case ASCII names for URLs and file names, right for all Vietnamese letters.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::nfc;

/// Names that Windows reserves for devices; a folder of that name cannot be unpacked there.
const WINDOWS_RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// How long a slug may be: file systems take 255 bytes, and the name may get a language and an
/// extension.
const LONGEST: usize = 200;

/// One segment of a URL: lower-case ASCII letters, digits and inner hyphens, never empty, never the
/// name of a Windows device, at most 200 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slug(String);

/// Why a written slug cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlugError {
    /// Nothing is left of it.
    Empty,
    /// It holds something other than `a-z`, `0-9` and single inner hyphens.
    Characters,
    /// Windows reserves the name for a device.
    Reserved,
    /// It is longer than names of folders can be.
    Long,
}

impl Slug {
    /// The slug of a title or file name: marks are dropped, đ becomes d, anything else a hyphen;
    /// cut where it is too long, and with `x-` before the name of a device. `None` where no letter or
    /// digit is left.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut slug = slug::slugify(nfc(text));
        if slug.len() > LONGEST {
            // Slugs are ASCII.
            slug.truncate(LONGEST);
            slug.truncate(slug.trim_end_matches('-').len());
        }
        if WINDOWS_RESERVED.contains(&slug.as_str()) {
            slug.insert_str(0, "x-");
        }
        (!slug.is_empty()).then_some(Self(slug))
    }

    /// A slug as a writer typed it; it must already have the form of a slug.
    ///
    /// # Errors
    /// [`SlugError`] tells which rule it breaks.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        let shaped = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if !shaped {
            return Err(SlugError::Characters);
        }
        if text.len() > LONGEST {
            return Err(SlugError::Long);
        }
        if WINDOWS_RESERVED.contains(&text) {
            return Err(SlugError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }

    /// A slug for text that leaves none: `x` and eight digits of its hash.
    #[must_use]
    pub fn numbered(text: &str) -> Self {
        Self(format!("x{}", super::hash::ContentHash::of(text.as_bytes()).short(8)))
    }

    /// The slug as text of its own.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_the_same_in_nfc_and_nfd() {
        let families = [
            ("a", "aàảãáạăằẳẵắặâầẩẫấậ"),
            ("d", "dđ"),
            ("e", "eèẻẽéẹêềểễếệ"),
            ("i", "iìỉĩíị"),
            ("o", "oòỏõóọôồổỗốộơờởỡớợ"),
            ("u", "uùủũúụưừửữứự"),
            ("y", "yỳỷỹýỵ"),
        ];
        for (base, letters) in families {
            for letter in letters.chars() {
                for form in [letter.to_string(), letter.to_uppercase().to_string()] {
                    let nfd: String = form.nfd().collect();
                    assert_eq!(Slug::from_text(&form).unwrap().as_str(), base, "{form}");
                    assert_eq!(Slug::from_text(&nfd).unwrap().as_str(), base, "{form} decomposed");
                }
            }
        }
    }

    #[test]
    fn titles_and_file_names() {
        for (text, slug) in [
            ("Đường Đặng Thùy Trâm", "duong-dang-thuy-tram"),
            ("Ảnh hội nghị (1)", "anh-hoi-nghi-1"),
            ("749/QĐ-TTg", "749-qd-ttg"),
        ] {
            assert_eq!(Slug::from_text(text).unwrap().as_str(), slug);
        }
        assert_eq!(Slug::from_text("…"), None);
        assert_eq!(Slug::from_text("Con").unwrap().as_str(), "x-con");
        let long = Slug::from_text(&"chuyển ".repeat(100)).unwrap();
        assert_eq!((long.as_str().len(), long.as_str().ends_with("chuyen")), (LONGEST, false));
    }

    #[test]
    fn hostile_slugs_are_refused() {
        for bad in ["../../x", "/etc/x", ".", "..", "a b", "A", "a--b", "-a", "đ", "a/b"] {
            assert_eq!(Slug::parse(bad), Err(SlugError::Characters), "{bad}");
        }
        assert_eq!(Slug::parse(""), Err(SlugError::Empty));
        assert_eq!(Slug::parse("con"), Err(SlugError::Reserved));
        assert!(Slug::parse(&"a".repeat(LONGEST)).is_ok());
        assert_eq!(Slug::parse(&"a".repeat(LONGEST + 1)), Err(SlugError::Long));
        assert_eq!(Slug::parse("tin-tuc").unwrap().as_str(), "tin-tuc");
    }
}
