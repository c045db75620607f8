#!/usr/bin/env python3
"""Reads the calendars of a built portal with another program's eyes and compares them, field by field, with its open
data: `tests/calendars.py FOLDER [BASE_PATH]`. Needs the package `icalendar` (tests/run installs it)."""

import json
import re
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar

# The zone of both portals that are read.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

STATUS = {
    "scheduled": "CONFIRMED",
    "rescheduled": "CONFIRMED",
    "moved-online": "CONFIRMED",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}


class Wrong(Exception):
    """What a calendar says otherwise than the open data."""


def same(what, found, wanted):
    if found != wanted:
        raise Wrong(f"{what}: {found!r} instead of {wanted!r}")


def lines_are_sound(raw):
    """CRLF everywhere, and no line of more than 75 octets or cut inside a letter (RFC 5545, 3.1)."""
    if not raw.endswith(b"\r\n") or b"\n" in raw.replace(b"\r\n", b"") or b"\r" in raw.replace(b"\r\n", b""):
        raise Wrong("a line does not end with CRLF")
    for line in raw.split(b"\r\n"):
        if len(line) > 75:
            raise Wrong(f"a line has {len(line)} octets: {line!r}")
        line.decode("utf-8")


def moment(text):
    """A day, or an instant."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def day_of(value):
    return value.date() if isinstance(value, datetime) else value


def instant(value):
    """Seconds since the epoch; a day begins at its midnight in the portal's zone."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, datetime.min.time(), ZONE)
    return value.timestamp()


def times(event, item):
    """Beginning and end: days have the day after the last as their end."""
    start, end = moment(item["start"]), item["end"] and moment(item["end"])
    found = event.decoded("dtstart"), "dtend" in event and event.decoded("dtend") or None
    same("all_day", item["all_day"], not isinstance(start, datetime))
    same("DTSTART", not isinstance(found[0], datetime), item["all_day"])
    if item["all_day"]:
        last = day_of(end) if end else day_of(start)
        same("days", found, (day_of(start), last + timedelta(days=1)))
        same("TRANSP", str(event["transp"]), "TRANSPARENT")
        return
    if end and not isinstance(end, datetime):
        end = datetime.combine(end + timedelta(days=1), datetime.min.time(), start.tzinfo)
    for name, one, wanted in (("start", found[0], start), ("end", found[1], end)):
        if not wanted:
            same(name, one, None)
        elif one.timestamp() != wanted.timestamp():
            raise Wrong(f"{name}: {one} instead of {wanted}")
        elif one.utcoffset() is None or "TZID" not in event["dtstart"].params:
            raise Wrong(f"{name} has no zone")


def text_of(value):
    return value and value["text"]


def location(place):
    parts = [text_of(place[name]) for name in ("name", "address", "province") if place[name]]
    unique = [part for index, part in enumerate(parts) if index == 0 or parts[index - 1] != part]
    return ", ".join(unique) or None


def compare(event, item):
    same("UID", str(event["uid"]), item["uid"])
    same("SEQUENCE", int(event["sequence"]), item["sequence"])
    stated = item["updated"] or item["published"]
    same("DTSTAMP", event.decoded("dtstamp").timestamp(), instant(moment(stated)) if stated else 0)
    changed = event.decoded("last-modified").timestamp() if "last-modified" in event else None
    same("LAST-MODIFIED", changed, item["updated"] and instant(moment(item["updated"])))
    times(event, item)
    same("STATUS", str(event["status"]), STATUS[item["status"]])
    same("SUMMARY", (str(event["summary"]), event["summary"].params["LANGUAGE"]), (item["title"], item["language"]))
    status = item["status_name"] if item["status"] != "scheduled" else None
    theme = item["themes"][0]["text"] if item["themes"] else None
    about = "\n".join(part for part in (status, item["description"], theme) if part)
    same("DESCRIPTION", str(event.get("description", "")), about)
    place = item["place"]
    same("LOCATION", str(event["location"]) if "location" in event else None, place and location(place))
    same("CONFERENCE", str(event["conference"]) if "conference" in event else None, place and place["url"])
    same("URL", str(event["url"]), item["url"])
    topics = [str(topic) for topic in event["categories"].cats] if "categories" in event else []
    same("CATEGORIES", topics, [topic["name"] for topic in item["topics"]])
    same("CONTACT", str(event["contact"]) if "contact" in event else None, text_of(item["organiser"]))
    same("RRULE", "rrule" in event, False)


def rule(event, series, items):
    """The day of a series: every year but those that have an edition of their own."""
    _, month, day = re.fullmatch(r"(--)(\d\d)-(\d\d)", series["yearly"]).groups()
    first = date.fromisoformat(series["first"])
    same("SUMMARY", str(event["summary"]), series["name"])
    same("RRULE", event["rrule"].to_ical(), b"FREQ=YEARLY")
    same("first", (event.decoded("dtstart"), first.month, first.day), (first, int(month), int(day)))
    same("days", event.decoded("dtend"), first + timedelta(days=1))
    editions = [day_of(moment(item["start"])) for item in items if (item["series"] or {}).get("id") == series["id"]]
    wanted = sorted({one for one in editions if (one.month, one.day) == (first.month, first.day)})
    found = [one.dt for one in event["exdate"].dts] if "exdate" in event else []
    same("EXDATE", found, wanted)


def read(path):
    raw = path.read_bytes()
    lines_are_sound(raw)
    calendar = Calendar.from_ical(raw)
    if calendar.errors or any(part.errors for part in calendar.walk()):
        raise Wrong("icalendar finds errors")
    same("VERSION", str(calendar["version"]), "2.0")
    assert str(calendar["prodid"])
    events = list(calendar.walk("VEVENT"))
    zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    used = {event[name].params["TZID"] for event in events for name in ("dtstart", "dtend")
            if name in event and "TZID" in event[name].params}
    same("VTIMEZONE", zones, used)
    return calendar, events


def check_language(folder, home, name, base_path):
    data = json.loads((folder / home / "events.json").read_text("utf-8"))
    items = data["items"]
    by_uid = {item["uid"]: item for item in items}
    series = {one["uid"]: one for one in data["series"]}
    same("UIDs", len(by_uid), len(items))
    for key in ("licence", "language", "generated_from"):
        assert key in data, key
    calendar, events = read(folder / home / name)
    assert str(calendar["name"]) == str(calendar["x-wr-calname"]), "NAME"
    same("REFRESH-INTERVAL", calendar.decoded("refresh-interval"), timedelta(days=1))
    same("events", sorted(str(event["uid"]) for event in events), sorted([*by_uid, *series]))
    for event in events:
        uid = str(event["uid"])
        try:
            if uid in series:
                rule(event, series[uid], items)
            else:
                compare(event, by_uid[uid])
        except Wrong as wrong:
            raise Wrong(f"{home}{name}, {uid}: {wrong}") from wrong
    # A page in the other language has its file there, in its own words.
    for item in (item for item in items if item["language"] == data["language"]):
        page = urlsplit(item["url"]).path.removeprefix(base_path).strip("/")
        file = folder / page / (page.rsplit("/", 1)[-1] + ".ics")
        try:
            _, [event] = read(file)
            compare(event, item)
        except Wrong as wrong:
            raise Wrong(f"{file.relative_to(folder)}: {wrong}") from wrong
    return len(items), len(series)


def main():
    folder = Path(sys.argv[1])
    base_path = sys.argv[2] if len(sys.argv) > 2 else ""
    for home, name in (("", "lich.ics"), ("en/", "calendar.ics")):
        try:
            events, series = check_language(folder, home, name, base_path)
        except Wrong as wrong:
            sys.exit(str(wrong))
        print(f"{home}{name}: {events} events and {series} yearly days are as in {home}events.json")


if __name__ == "__main__":
    main()
