//! The rules of a time zone in a calendar: the offset at its beginning, and each change after it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Dst, Offset, TimeZone};

use super::{Writer, local};

/// So many changes are written at most: a zone has two a year.
const CHANGES: usize = 400;

/// `VTIMEZONE` for all that lies between two instants.
pub(super) fn write(writer: &mut Writer, name: &str, zone: &TimeZone, from: Timestamp, until: Timestamp) {
    writer.component("VTIMEZONE", |writer| {
        writer.property("TZID", name);
        let first = zone.to_offset_info(from);
        // Local times are those of this offset from long before on.
        let begins = first.offset().to_datetime(zone.preceding(from).next().map_or(Timestamp::MIN, |t| t.timestamp()));
        let begins = begins.max(DateTime::constant(1900, 1, 1, 0, 0, 0, 0));
        observance(writer, first.dst(), begins, first.offset(), first.offset(), first.abbreviation());
        let mut before = first.offset();
        for change in zone.following(from).take_while(|change| change.timestamp() <= until).take(CHANGES) {
            let begins = before.to_datetime(change.timestamp());
            observance(writer, change.dst(), begins, before, change.offset(), change.abbreviation());
            before = change.offset();
        }
    });
}

/// From when an offset holds, by the clock of the one before.
fn observance(writer: &mut Writer, dst: Dst, begins: DateTime, from: Offset, to: Offset, name: &str) {
    let kind = if dst.is_dst() { "DAYLIGHT" } else { "STANDARD" };
    writer.component(kind, |writer| {
        writer.property("DTSTART", &local(begins));
        writer.property("TZOFFSETFROM", &offset(from));
        writer.property("TZOFFSETTO", &offset(to));
        writer.text("TZNAME", name);
    });
}

/// `+0700`; with seconds where there are any.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, all) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
    let rest = if all % 60 == 0 { String::new() } else { format!("{:02}", all % 60) };
    format!("{sign}{:02}{:02}{rest}", all / 3600, all / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str, from: &str, until: &str) -> String {
        let mut writer = Writer::new();
        writer.time_zone(name, &TimeZone::get(name).unwrap(), from.parse().unwrap(), until.parse().unwrap());
        String::from_utf8(writer.finish()).unwrap().replace("\r\n", "\n")
    }

    #[test]
    fn viet_nam_has_one_offset() {
        let text = zone("Asia/Ho_Chi_Minh", "2022-04-27T01:00:00Z", "2030-10-10T01:00:00Z");
        assert_eq!(
            text,
            "BEGIN:VTIMEZONE\nTZID:Asia/Ho_Chi_Minh\nBEGIN:STANDARD\nDTSTART:19750612T230000\nTZOFFSETFROM:+0700\n\
             TZOFFSETTO:+0700\nTZNAME:+07\nEND:STANDARD\nEND:VTIMEZONE\n"
        );
    }

    #[test]
    fn summer_time_is_told_change_by_change() {
        let text = zone("Europe/Berlin", "2026-02-01T00:00:00Z", "2026-12-01T00:00:00Z");
        let starts: Vec<&str> = text.lines().filter(|line| line.starts_with("DTSTART")).collect();
        assert_eq!(starts, ["DTSTART:20251026T020000", "DTSTART:20260329T020000", "DTSTART:20261025T030000"]);
        assert!(text.contains("BEGIN:DAYLIGHT\nDTSTART:20260329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200"));
        assert_eq!(text.matches("BEGIN:STANDARD").count(), 2);
        assert_eq!(zone("UTC", "2026-02-01T00:00:00Z", "2026-12-01T00:00:00Z").matches("+0000").count(), 2);
    }
}
