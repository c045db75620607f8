//! Which legacy encoding of Vietnamese some bytes are probably in.

/// An encoding that Vietnamese texts were kept in before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    /// VNI for Windows: a letter, then a byte for its marks.
    Vni,
    /// Windows code page 1258: Unicode's way in one byte, tones as combining marks.
    Windows1258,
    /// TCVN 5712 in the form of ABC and the `.VnTime` fonts: one byte a letter.
    Tcvn3,
    /// Windows code page 1252, Western European.
    Windows1252,
}

impl Legacy {
    /// In the order of preference where several explain the bytes equally well: those that ask most
    /// of a byte's neighbours first.
    const ALL: [Self; 4] = [Self::Vni, Self::Windows1252, Self::Windows1258, Self::Tcvn3];

    /// Whether a byte above ASCII has a meaning between these neighbours (0 where there is none).
    fn explains(self, before: u8, byte: u8, after: u8) -> bool {
        match self {
            Self::Vni => vni(before, byte),
            Self::Windows1258 => windows_1258(before, byte),
            Self::Windows1252 => windows_1252(before, byte, after),
            Self::Tcvn3 => tcvn3(byte) && (is_letter(before) || is_letter(after)),
        }
    }
}

/// The encoding that explains nearly all bytes above ASCII, if there is one. UTF-8 that is only
/// damaged in places is none.
#[must_use]
pub fn guess(bytes: &[u8]) -> Option<Legacy> {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    if broken == 0 || sound > broken {
        return None;
    }
    let mut total = 0;
    let mut explained = [0_usize; Legacy::ALL.len()];
    let padded = std::iter::once(0).chain(bytes.iter().copied());
    let after = bytes.iter().copied().skip(1).chain([0]);
    for ((before, &byte), after) in padded.zip(bytes).zip(after) {
        if byte >= 0x80 {
            total += 1;
            for (count, legacy) in explained.iter_mut().zip(Legacy::ALL) {
                *count += usize::from(legacy.explains(before, byte, after));
            }
        }
    }
    let mut best = (0, None);
    for (count, legacy) in explained.into_iter().zip(Legacy::ALL) {
        if count > best.0 {
            best = (count, Some(legacy));
        }
    }
    best.1.filter(|_| best.0 * 10 >= total * 9)
}

/// The key of the message catalogue that names an encoding.
#[must_use]
pub fn label(legacy: Option<Legacy>) -> &'static str {
    match legacy {
        Some(Legacy::Vni) => "ui.encoding-vni",
        Some(Legacy::Windows1258) => "ui.encoding-windows-1258",
        Some(Legacy::Tcvn3) => "ui.encoding-tcvn3",
        Some(Legacy::Windows1252) => "ui.encoding-windows-1252",
        None => "ui.encoding-unknown",
    }
}

/// Whether a byte is a letter in ASCII or stands for one in any of the encodings.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0xa1
}

/// VNI: đ, ư, ơ and the forms of i are letters of their own; all other marks follow their vowel.
fn vni(before: u8, byte: u8) -> bool {
    // Upper-case marks are the lower-case ones less 0x20.
    let mark = if (0xc0..0xe0).contains(&byte) { byte + 0x20 } else { byte };
    match mark {
        // đ ơ ư, í ì ỉ ĩ ị, ỵ
        0xf1 | 0xf4 | 0xf6 | 0xed | 0xec | 0xe6 | 0xf3 | 0xf2 | 0xee => true,
        // Tones alone, on ơ and ư too.
        0xef | 0xf5 | 0xf8 | 0xf9 | 0xfb => {
            matches!(before.to_ascii_lowercase(), b'a' | b'e' | b'o' | b'u' | b'y' | 0xf4 | 0xf6 | 0xd4 | 0xd6)
        }
        // ă and its tones.
        0xe8 | 0xe9 | 0xea | 0xeb | 0xfa | 0xfc => before.eq_ignore_ascii_case(&b'a'),
        // The circumflex and its tones.
        0xe0..=0xe5 => matches!(before.to_ascii_lowercase(), b'a' | b'e' | b'o'),
        _ => false,
    }
}

/// Whether a byte is one of the combining tones of Windows-1258 behind its vowel.
fn is_tone_1258(before: u8, byte: u8) -> bool {
    matches!(byte, 0xcc | 0xd2 | 0xde | 0xec | 0xf2)
        && (matches!(before.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
            || matches!(before, 0xc2 | 0xc3 | 0xca | 0xd4 | 0xd5 | 0xdd | 0xe2 | 0xe3 | 0xea | 0xf4 | 0xf5 | 0xfd))
}

/// Windows-1258: tones follow a vowel; ă â đ ê ô ơ ư are single bytes.
fn windows_1258(before: u8, byte: u8) -> bool {
    match byte {
        _ if is_tone_1258(before, byte) => true,
        0xc2 | 0xc3 | 0xca | 0xd0 | 0xd4 | 0xd5 | 0xdd | 0xe2 | 0xe3 | 0xea | 0xf0 | 0xf4 | 0xf5 | 0xfd => true,
        // Vowels with a tone that have a byte of their own.
        0xc0 | 0xc1 | 0xc8 | 0xc9 | 0xcd | 0xd3 | 0xd9 | 0xda | 0xe0 | 0xe1 | 0xe8 | 0xe9 | 0xed | 0xf3 | 0xf9
        | 0xfa => true,
        _ => is_punctuation(byte),
    }
}

/// Windows-1252: signs stand apart from letters, and no capital follows a small letter.
fn windows_1252(before: u8, byte: u8, after: u8) -> bool {
    match byte {
        _ if is_tone_1258(before, byte) => false,
        0xa1..=0xbf => !(tcvn3(byte) && (before.is_ascii_alphabetic() || after.is_ascii_alphabetic())),
        0xc0..=0xde => !before.is_ascii_lowercase(),
        0xdf..=0xff => true,
        _ => is_punctuation(byte),
    }
}

/// Punctuation that Windows code pages share: ellipsis, quotes, bullet, dashes, no-break space.
fn is_punctuation(byte: u8) -> bool {
    matches!(byte, 0x85 | 0x91..=0x97 | 0xa0)
}

/// The bytes that are letters in TCVN3.
fn tcvn3(byte: u8) -> bool {
    matches!(
        byte,
        0xa1..=0xae | 0xb5..=0xb9 | 0xbb..=0xbe | 0xc6..=0xcc | 0xce..=0xd8 | 0xdc..=0xdf | 0xe1..=0xef | 0xf1..=0xfe
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a text as it looks when read as Latin-1.
    fn latin1(text: &str) -> Vec<u8> {
        text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    }

    #[test]
    fn samples_of_each_encoding() {
        for (legacy, sample) in [
            (Legacy::Tcvn3, "Uû ban nh©n d©n"),
            (Legacy::Tcvn3, "Ch\u{ad}¬ng tr×nh ChuyÓn ®æi sè"),
            (Legacy::Tcvn3, "Thñ t\u{ad}íng ChÝnh phñ"),
            (Legacy::Tcvn3, "céng hoµ x· héi chñ nghÜa ViÖt Nam"),
            (Legacy::Vni, "Chuyeån ñoåi soá"),
            (Legacy::Vni, "UÛy ban nhaân daân tænh Quaûng Trò"),
            (Legacy::Vni, "Thuû töôùng Chính phuû, ngaøy 10 thaùng 10"),
            (Legacy::Windows1258, "Chuyê\u{d2}n ðô\u{d2}i sô\u{ec}"),
            (Legacy::Windows1258, "Thu\u{d2} tý\u{f5}\u{ec}ng Chi\u{ec}nh phu\u{d2} Viê\u{f2}t Nam"),
            (Legacy::Windows1252, "d\u{e9}j\u{e0} vu \u{e0} l'\u{e9}cole"),
            (Legacy::Windows1252, "The caf\u{e9}\u{92}s r\u{e9}sum\u{e9} \u{93}na\u{ef}ve\u{94} \u{96} 10 \u{b0}C"),
        ] {
            assert_eq!(guess(&latin1(sample)), Some(legacy), "{sample}");
        }
    }

    #[test]
    fn damaged_or_foreign_bytes_are_not_guessed() {
        let mut damaged = "Chuyển đổi số quốc gia".as_bytes().to_vec();
        damaged.insert(5, 0xff);
        assert_eq!(guess(&damaged), None);
        assert_eq!(guess("Chuyển đổi số".as_bytes()), None);
        assert_eq!(guess(b"\x89PNG\r\n\x1a\n\x81\x8d\x8f\x90\x9d"), None);
    }
}
