//! Events in calendars, months and open data: all statuses, all sorts of times, in both languages.

use serde_json::Value as Json;

use crate::markup::{select, tags, with};
use crate::support::{Built, Portal, SERIES, SETTINGS};

/// A portal with events of every status; each has a translation.
fn portal() -> Portal {
    let events = [
        (
            "theo-lich",
            "start: 2026-12-05T08:00\nend: 2026-12-05T11:30\nplace: {name: \"Nhà A, Ba Đình\", province: ha-noi}",
        ),
        ("hoan", "start: 2026-12-06T08:00\nstatus: postponed\nformer_start: 2026-12-01\nupdated: 2026-10-20"),
        ("doi-ngay", "start: 2026-12-07\nstatus: rescheduled\nformer_start: 2026-12-02\nupdated: 2026-10-20T10:00"),
        ("huy", "start: 2026-12-08\nend: 2026-12-10\nstatus: cancelled"),
        ("truc-tuyen", "start: 2026-12-09T14:00\nstatus: moved-online\nplace: {url: \"https://hop.example/1\"}"),
    ];
    let portal =
        Portal::new().file("site.yaml", format!("{SETTINGS}provinces:\n  ha-noi: {{vi: Hà Nội, en: Ha Noi}}\n"));
    events.into_iter().fold(portal, |portal, (name, fields)| {
        portal
            .file(
                &format!("content/events/{name}.md"),
                format!(
                    "---\ntitle: Sự kiện {name}; một, hai\ndescription: Mô tả {name}.\ntopics: [data]\n{fields}\n---\n"
                ),
            )
            .file(&format!("content/events/{name}.en.md"), format!("---\ntitle: Event {name}\n---\n"))
    })
}

/// The lines of a calendar, joined again.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

/// The lines of the event in a calendar whose identity begins so.
#[track_caller]
fn event(built: &Built, calendar: &str, id: &str) -> Vec<String> {
    let lines = lines(&built.out(calendar));
    let uid = lines.iter().position(|line| line.starts_with(&format!("UID:{id}"))).expect(id);
    let end = uid + lines[uid..].iter().position(|line| line == "END:VEVENT").unwrap();
    lines[uid..end].to_vec()
}

#[track_caller]
fn has(event: &[String], wanted: &[&str]) {
    for line in wanted {
        assert!(event.iter().any(|found| found == line), "{line} is not in {event:#?}");
    }
}

#[test]
fn every_status_in_both_languages() {
    let built = portal().build_clean();
    let calendars = [("lich.ics", "vi", "Sự kiện"), ("en/calendar.ics", "en", "Event")];
    for (calendar, lang, word) in calendars {
        let of = |name: &str| event(&built, calendar, &format!("events/{name}@portal.example"));
        let rest = if lang == "vi" { "\\; một\\, hai" } else { "" };
        let summary = |name: &str| format!("SUMMARY;LANGUAGE={lang}:{word} {name}{rest}");
        for (name, status, sequence) in [
            ("theo-lich", "CONFIRMED", 0),
            ("hoan", "TENTATIVE", 5 * ((1_792_429_200_i64 - 946_684_800) / 60) + 2),
            ("doi-ngay", "CONFIRMED", 5 * ((1_792_465_200_i64 - 946_684_800) / 60) + 3),
            ("huy", "CANCELLED", 4),
            ("truc-tuyen", "CONFIRMED", 1),
        ] {
            let sequence = format!("SEQUENCE:{sequence}");
            has(&of(name), &[&format!("STATUS:{status}"), &sequence, &summary(name)]);
        }
        has(
            &of("theo-lich"),
            &[
                "DTSTAMP:19700101T000000Z",
                "DTSTART;TZID=Asia/Ho_Chi_Minh:20261205T080000",
                "DTEND;TZID=Asia/Ho_Chi_Minh:20261205T113000",
                if lang == "vi" {
                    "LOCATION:Nhà A\\, Ba Đình\\, Hà Nội"
                } else {
                    "LOCATION:Nhà A\\, Ba Đình\\, Ha Noi"
                },
                if lang == "vi" {
                    "CATEGORIES;LANGUAGE=vi:Dữ liệu số"
                } else {
                    "CATEGORIES;LANGUAGE=en:Digital data"
                },
            ],
        );
        has(&of("hoan"), &["DTSTAMP:20261019T170000Z", "LAST-MODIFIED:20261019T170000Z"]);
        has(&of("doi-ngay"), &["DTSTART;VALUE=DATE:20261207", "DTEND;VALUE=DATE:20261208", "TRANSP:TRANSPARENT"]);
        has(&of("huy"), &["DTSTART;VALUE=DATE:20261208", "DTEND;VALUE=DATE:20261211"]);
        has(&of("truc-tuyen"), &["CONFERENCE;VALUE=URI:https://hop.example/1"]);
    }
    has(&event(&built, "lich.ics", "events/huy@"), &["DESCRIPTION;LANGUAGE=vi:Đã hủy\\nMô tả huy."]);
    has(&event(&built, "en/calendar.ics", "events/huy@"), &["DESCRIPTION;LANGUAGE=en:Cancelled"]);
    // Beside its page, each stands alone; only what has hours needs a zone.
    let alone = built.out("en/events/2026/huy/huy.ics");
    assert!(!alone.contains("VTIMEZONE") && alone.matches("BEGIN:VEVENT").count() == 1, "{alone}");
    let timed = built.out("su-kien/2026/hoan/hoan.ics");
    assert!(timed.contains("TZOFFSETTO:+0700") && timed.ends_with("END:VCALENDAR\r\n"), "{timed}");
}

#[test]
fn a_calendar_says_what_it_is() {
    let built = portal().build_clean();
    let vi = lines(&built.out("lich.ics"));
    has(
        &vi,
        &[
            "VERSION:2.0",
            "NAME;LANGUAGE=vi:Cổng thử – Lịch sự kiện",
            "X-WR-CALNAME:Cổng thử – Lịch sự kiện",
            "SOURCE;VALUE=URI:https://portal.example/lich.ics",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        ],
    );
    assert!(!vi.iter().any(|line| line.starts_with("RRULE")), "only a day by rule comes again");
    let headers = built.out("_headers");
    assert!(headers.contains("/*.ics\n  Content-Type: text/calendar; charset=utf-8\n"), "{headers}");
}

#[test]
fn an_identity_stays_where_names_and_addresses_change() {
    let mut portal = portal();
    let uids = |built: &Built| {
        let found = lines(&built.out("lich.ics")).into_iter().filter(|line| line.starts_with("UID:"));
        found.collect::<Vec<_>>()
    };
    let before = uids(&portal.build_clean());
    assert_eq!(before.len(), 5);
    portal.write(
        "content/events/huy.md",
        "---\ntitle: Tên mới\nslug: ten-moi\nstart: 2027-01-08\nstatus: cancelled\n---\n",
    );
    portal.options.base_url = Some("https://khac.example/cong/".to_owned());
    let built = portal.build_clean();
    let mut after = uids(&built);
    after.sort();
    let mut sorted = before.clone();
    sorted.sort();
    assert_eq!(after, sorted);
    assert!(built.has("su-kien/2027/ten-moi/ten-moi.ics"));
    let english = lines(&built.out("en/calendar.ics"));
    assert!(before.iter().all(|uid| english.contains(uid)), "one event, whatever the language");
}

/// A portal with the Day of three years and two ceremonies.
fn yearly() -> Portal {
    let series = SERIES.replace("en: The Day", "en: The Day, yearly: 10/10");
    let day =
        |year: i16| format!("---\ntitle: Ngày {year}\nstart: {year}-10-10\nall_day: true\nseries: the-day\n---\n");
    Portal::new()
        .file("site.yaml", format!("{SETTINGS}{series}"))
        .file("content/events/n2024.md", day(2024))
        .file("content/events/n2025.md", day(2025))
        .file("content/events/n2027.md", day(2027))
        .file("content/events/le.md", "---\ntitle: Lễ\nstart: 2024-10-12T08:00\n---\n")
}

#[test]
fn only_the_day_comes_every_year_and_events_have_days_of_their_own() {
    let built = yearly().build_clean();
    let calendar = built.out("lich.ics");
    assert_eq!(calendar.matches("RRULE:FREQ=YEARLY\r\n").count(), 1);
    let rule = event(&built, "lich.ics", "series:the-day@portal.example");
    has(
        &rule,
        &[
            "DTSTART;VALUE=DATE:20241010",
            "DTEND;VALUE=DATE:20241011",
            "EXDATE;VALUE=DATE:20241010,20251010,20271010",
            "SUMMARY;LANGUAGE=vi:Ngày Chuyển đổi số",
        ],
    );
    has(&event(&built, "lich.ics", "events/le@"), &["DTSTART;TZID=Asia/Ho_Chi_Minh:20241012T080000"]);
    let data: Json = serde_json::from_str(&built.out("events.json")).unwrap();
    assert_eq!(data["series"][0]["yearly"], "--10-10");
    assert_eq!(data["items"].as_array().unwrap().len(), 4);
    assert_eq!(data["items"][1]["start"], "2024-10-12T08:00:00+07:00");
    // The next Day is told on the day of the build, and changes after it.
    let series = "---\ntitle: Trang chủ\nextra: {series: the-day}\n---\n";
    let mut portal = yearly().file("content/_index.md", series);
    let next = |portal: &Portal| {
        let html = portal.build_clean().out("index.html");
        let found = tags(&html).into_iter().find(|tag| tag.attributes.contains_key("data-next-day"));
        found.map(|tag| tag.get("datetime").to_owned())
    };
    assert_eq!(next(&portal).as_deref(), Some("2027-10-10"));
    portal.options.now = "2026-10-10T16:59:59Z".parse().unwrap();
    assert_eq!(next(&portal).as_deref(), Some("2026-10-10"));
    let due = portal.build_clean().report().next_change.map(|moment| moment.rfc3339());
    assert_eq!(due.as_deref(), Some("2026-10-11T00:00:00+07:00"));
}

#[test]
fn open_data_says_what_it_is_and_under_which_licence() {
    let licence = "open_data:\n  licence: {name: {vi: Phép A, en: Licence A}, url: https://a.example/}\n";
    let built = portal().file("site.yaml", format!("{SETTINGS}{licence}")).build_clean();
    for (path, lang, name) in [("events.json", "vi", "Phép A"), ("en/events.json", "en", "Licence A")] {
        let data: Json = serde_json::from_str(&built.out(path)).unwrap();
        assert_eq!((data["language"].as_str(), data["licence"]["name"].as_str()), (Some(lang), Some(name)));
        let names: Vec<&str> = data.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["licence", "language", "generated_from", "series", "items"]);
        let items = data["items"].as_array().unwrap();
        assert_eq!(items.len(), 5);
        assert_eq!(items[0]["place"]["name"]["language"], "vi", "what is not translated carries its language");
        assert_eq!(items[0]["attendance"], "in-person");
        // Days are days, whether they are filled or their hours are not known; all others are moments.
        for item in items {
            assert_eq!(item["all_day"], !item["start"].as_str().unwrap().contains('T'), "{item}");
        }
        assert!(items.iter().any(|item| item["all_day"] == true) && items.iter().any(|item| item["all_day"] == false));
        assert_eq!(items[1]["former_start"], "2026-12-01");
    }
    let without: Json = serde_json::from_str(&portal().build_clean().out("events.json")).unwrap();
    assert_eq!(without["licence"], Json::Null);
}

#[test]
fn a_month_is_a_table_of_days() {
    let portal =
        yearly().file("content/events/dai.md", "---\ntitle: Đợt dài\nstart: 2024-10-28\nend: 2024-11-05\n---\n");
    let built = portal.build_clean();
    let html = built.out("lich/2024/10/index.html");
    let all = tags(&html);
    assert_eq!(all.iter().filter(|tag| tag.name == "table").count(), 1);
    assert_eq!(all.iter().filter(|tag| tag.name == "th" && tag.get("scope") == "col").count(), 7);
    assert!(html.contains("<caption>Tháng 10 năm 2024</caption>"), "{html}");
    // October 2024 begins on a Tuesday and has five weeks.
    let body = html.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    assert_eq!((body.matches("<tr>").count(), body.matches("<td").count()), (5, 35));
    assert!(body.trim_start().starts_with("<tr>\n      <td></td>"), "{body}");
    let linked =
        all.iter().filter(|tag| tag.get("class") == "calendar-day").map(|tag| tag.get("href")).collect::<Vec<_>>();
    assert_eq!(linked, ["#cs-e1", "#cs-e2", "#cs-e3", "#cs-e3", "#cs-e3", "#cs-e3"]);
    let months = |path: &str| built.has(&format!("{path}/index.html"));
    assert!(months("lich/2024/11") && !months("lich/2024/12") && !months("lich/2024/09"), "no empty months");
    let november = built.out("lich/2024/11/index.html");
    let near = ["prev", "next"].map(|rel| with(&november, "a", "rel", rel).unwrap().get("href").to_owned());
    assert_eq!(near, ["/lich/2024/10/", "/lich/2025/10/"]);
    let overview: Vec<String> =
        select(&built.out("lich/index.html"), "a").iter().map(|link| link.get("href").to_owned()).collect();
    assert!(overview.contains(&"/lich/2027/10/".to_owned()) && overview.contains(&"/lich.ics".to_owned()));
    let english = select(&built.out("en/calendar/2024/10/index.html"), "link");
    let alternates: Vec<&str> =
        english.iter().map(|link| link.get("hreflang")).filter(|lang| !lang.is_empty()).collect();
    assert_eq!(alternates, ["vi", "en", "x-default"]);
}

#[test]
fn a_portal_without_events_has_no_calendar() {
    let built = Portal::new().news("bai.md", "date: 2026-10-01", "Một.").build_clean();
    for path in ["lich.ics", "lich/index.html", "events.json", "en/calendar.ics"] {
        assert!(!built.has(path), "{path}");
    }
    assert!(!built.out("index.html").contains("/lich"));
}

#[test]
fn lists_name_their_day_and_events_their_end() {
    let mut portal = portal();
    let built = portal.build_clean();
    for (path, day) in [("su-kien/index.html", "01/11/2026"), ("en/events/index.html", "1 November 2026")] {
        let html = built.out(path);
        assert!(html.contains(&format!("<time data-built datetime=\"2026-11-01\">{day}</time>")), "{html}");
        let ends: Vec<String> =
            tags(&html).iter().map(|tag| tag.get("data-ends").to_owned()).filter(|e| !e.is_empty()).collect();
        // Without an end, a day ends with itself.
        assert_eq!(
            ends,
            [
                "2026-12-05T11:30:00+07:00",
                "2026-12-06T23:59:59+07:00",
                "2026-12-07T23:59:59+07:00",
                "2026-12-10T23:59:59+07:00",
                "2026-12-09T23:59:59+07:00"
            ]
        );
    }
    // Feeds have what has begun, lists what has not ended.
    assert_eq!(built.report().next_change.unwrap().rfc3339(), "2026-12-05T08:00:00+07:00");
    portal.options.now = "2026-12-05T02:00:00Z".parse().unwrap();
    assert_eq!(portal.build_clean().report().next_change.unwrap().rfc3339(), "2026-12-05T11:30:01+07:00");
    portal.options.now = "2026-11-01T05:00:00Z".parse().unwrap();
    portal.build_clean();
    // The next day, these lists are made again, and the portal is that of a clean build.
    portal.options.now = "2026-11-02T05:00:00Z".parse().unwrap();
    let kept = portal.build_clean();
    assert!(kept.report().rendered > 0 && kept.report().rendered < 10, "{}", kept.report().rendered);
    let mut fresh = self::portal();
    fresh.options.now = portal.options.now;
    assert!(kept.tree() == fresh.build_clean().tree());
    let again = portal.build_clean();
    assert_eq!((again.report().rendered, again.report().written), (0, 0));
}
