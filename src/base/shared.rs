//! Text that many places share: made, and read back, without another text in between.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use serde::Deserializer;
use serde::de::{Error, Visitor};

thread_local! {
    /// Where a thread puts parts together.
    static ROOM: Cell<String> = const { Cell::new(String::new()) };
}

/// Some parts as one text.
#[must_use]
pub fn concat<const PARTS: usize>(parts: [&str; PARTS]) -> Arc<str> {
    written(|room| parts.iter().for_each(|part| room.push_str(part)))
}

/// The text that something writes.
pub fn written(write: impl FnOnce(&mut String)) -> Arc<str> {
    let mut room = ROOM.take();
    room.clear();
    write(&mut room);
    let text = room.as_str().into();
    ROOM.set(room);
    text
}

/// Reads a text.
///
/// # Errors
/// What the format says, and that something else is there.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    deserializer.deserialize_str(SharedText)
}

struct SharedText;

impl Visitor<'_> for SharedText {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_become_one_text() {
        assert_eq!(&*concat(["/", "tin-tuc", "/"]), "/tin-tuc/");
        assert_eq!(&*concat([]), "");
    }
}
