//! Writing iCalendar (RFC 5545, RFC 7986): lines folded by octets, escaped texts, dates and times.

mod zone;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::base::digits;
use crate::base::lang::Lang;
use crate::base::text::without;

/// How many octets a line may have without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// A calendar in the making. Nothing in it comes from a clock or from chance: what is the same is
/// written the same.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A component such as `VEVENT` with what `inside` writes.
    pub fn component(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.property("BEGIN", name);
        inside(self);
        self.property("END", name);
    }

    /// A property, with its parameters in its name (`DTSTART;VALUE=DATE`), whose value is in the form of
    /// its type already: a date, a number, a word, an address.
    pub fn property(&mut self, name: &str, value: &str) {
        fold(&[name, ":", &without_breaks(value)].concat(), &mut self.out);
    }

    /// A property whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.property(name, &escaped(value));
    }

    /// A property whose value is text in a language.
    pub fn text_in(&mut self, name: &str, lang: Lang, value: &str) {
        self.text(&[name, ";LANGUAGE=", lang.tag()].concat(), value);
    }

    /// A property whose value is a list of texts in a language; nothing where there is none.
    pub fn texts_in<'t>(&mut self, name: &str, lang: Lang, values: impl Iterator<Item = &'t str>) {
        let values: Vec<String> = values.map(escaped).collect();
        if !values.is_empty() {
            self.property(&[name, ";LANGUAGE=", lang.tag()].concat(), &values.join(","));
        }
    }

    /// The rules of a time zone for all that lies between two instants (`VTIMEZONE`, RFC 5545, 3.6.5),
    /// under its name.
    pub fn time_zone(&mut self, name: &str, zone: &TimeZone, from: Timestamp, until: Timestamp) {
        zone::write(self, name, zone, from, until);
    }

    /// The finished text.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }
}

/// An instant: `20241012T010000Z`.
#[must_use]
pub fn instant(at: Timestamp) -> String {
    let mut out = local(TimeZone::UTC.to_datetime(at));
    out.push('Z');
    out
}

/// What calendar and clock of a place show: `20241012T080000`.
#[must_use]
pub fn local(moment: DateTime) -> String {
    let mut out = day(moment.date());
    out.push('T');
    let clock = [moment.hour(), moment.minute(), moment.second()].map(|part| (part.into(), 2));
    digits::push_parts(&mut out, "", clock);
    out
}

/// A day: `20241012`.
#[must_use]
pub fn day(date: Date) -> String {
    let mut out = String::with_capacity("20241012T080000Z".len());
    digits::push_parts(&mut out, "", [(date.year().into(), 4), (date.month().into(), 2), (date.day().into(), 2)]);
    out
}

/// A text with what has a meaning of its own marked (RFC 5545, 3.3.11). Other control characters may not
/// stand in it and go.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.replace("\r\n", "\n");
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// A value without what would end its line.
fn without_breaks(value: &str) -> Cow<'_, str> {
    let is_break = |c: char| c.is_control() && c != '\t';
    without(value, is_break, |byte| matches!(byte, 0xc2 | 0x7f) | ((byte < 0x20) & (byte != b'\t')))
}

/// Adds a line, cut into lines of at most 75 octets but never inside a character; all but the first begin
/// with a space, which counts.
fn fold(line: &str, out: &mut String) {
    let (mut rest, mut room) = (line, LINE);
    while rest.len() > room {
        let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
        out.push_str(head);
        out.push_str("\r\n ");
        (rest, room) = (tail, LINE - 1);
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut writer = Writer::new();
        write(&mut writer);
        String::from_utf8(writer.finish()).unwrap()
    }

    /// What a reader sees: lines joined again (RFC 5545, 3.1).
    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn lines_are_folded_by_octets_and_never_inside_a_letter() {
        let vietnamese = "Lễ kỷ niệm Ngày Chuyển đổi số quốc gia được tổ chức ở Thủ đô Hà Nội, ".repeat(5);
        // Each beginning shifts all letters by one octet.
        for shift in 0..8 {
            let value = format!("{}{}{vietnamese}😀ữ", "x".repeat(shift), "ữ".repeat(40));
            let text = written(|w| w.text_in("DESCRIPTION", Lang::Vi, &value));
            assert!(text.ends_with("\r\n"));
            for line in text.trim_end_matches("\r\n").split("\r\n") {
                assert!(line.len() <= 75, "{} octets: {line}", line.len());
                // No line is shorter than it has to be: a letter has at most four octets.
                assert!(line.len() > 71 || text.ends_with(&format!("{line}\r\n")), "{line}");
            }
            assert_eq!(
                unfolded(&text),
                format!("DESCRIPTION;LANGUAGE=vi:{}\r\n", value.replace(',', "\\,")),
                "shifted by {shift}"
            );
        }
    }

    #[test]
    fn lines_that_just_fit_are_left_alone() {
        let value = "a".repeat(75 - "SUMMARY:".len());
        assert_eq!(written(|w| w.text("SUMMARY", &value)), format!("SUMMARY:{value}\r\n"));
        assert_eq!(written(|w| w.text("SUMMARY", &format!("{value}b"))), format!("SUMMARY:{value}\r\n b\r\n"));
        assert_eq!(written(|w| w.text("SUMMARY", "")), "SUMMARY:\r\n");
    }

    #[test]
    fn texts_are_escaped_and_nothing_can_begin_a_line_of_its_own() {
        let text = written(|w| w.text("SUMMARY", "a;b,c\\d\r\ne\nf\rBEGIN:VEVENT\u{7}\tg:\"h\""));
        assert_eq!(text, "SUMMARY:a\\;b\\,c\\\\d\\ne\\nf\\nBEGIN:VEVENT\tg:\"h\"\r\n");
        let text = written(|w| w.property("URL", "https://a.example/x\r\nBEGIN:VEVENT"));
        assert_eq!(text, "URL:https://a.example/xBEGIN:VEVENT\r\n");
        let list = ["Chính phủ số", "a,b"];
        assert_eq!(
            written(|w| w.texts_in("CATEGORIES", Lang::Vi, list.into_iter())),
            "CATEGORIES;LANGUAGE=vi:Chính phủ số,a\\,b\r\n"
        );
        assert_eq!(written(|w| w.texts_in("CATEGORIES", Lang::Vi, std::iter::empty())), "");
    }

    #[test]
    fn components_and_times() {
        let text = written(|w| w.component("VEVENT", |w| w.property("SEQUENCE", "0")));
        assert_eq!(text, "BEGIN:VEVENT\r\nSEQUENCE:0\r\nEND:VEVENT\r\n");
        let at: Timestamp = "2024-10-12T01:00:05Z".parse().unwrap();
        assert_eq!(instant(at), "20241012T010005Z");
        let hanoi = TimeZone::get("Asia/Ho_Chi_Minh").unwrap().to_datetime(at);
        assert_eq!((local(hanoi), day(hanoi.date())), ("20241012T080005".to_owned(), "20241012".to_owned()));
    }
}
