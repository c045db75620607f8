//! What the edits write: values of fields and settings, texts, templates.

/// A field with the values it takes in turn; an empty one takes the field away.
pub(crate) type Field = (&'static str, &'static [&'static str]);

/// Fields that an original and its translation each have for themselves.
pub(crate) const OWN: &[Field] = &[
    ("title", &["Tiêu đề mark-a", "Tên khác: \"lạ\" & <b>", "Ba"]),
    ("title", &["Một tiêu đề mark-a", "Hai", "0"]),
    ("description", &["", "Mô tả mark-a.", "Khác."]),
    ("slug", &["", "duong-moi", "chung"]),
    ("updated", &["", "2026-10-20", "2026-10-31"]),
    ("publish", &["", "2026-10-15", "2026-11-01T12:05", "2026-11-03"]),
    ("draft", &["", "true", "false"]),
    ("tags", &["", "[an-toan]", "[riêng, hội nghị]"]),
];

/// Fields that stand in originals only.
pub(crate) const ORIGINAL: &[Field] = &[
    ("date", &["2026-10-05", "2026-10-06T09:00", "2024-09-27", "2025-01-01"]),
    ("unpublish", &["", "2026-11-01", "2026-11-02T08:00"]),
    ("topics", &["", "[data]", "[skills]", "[data, skills]"]),
    ("topics", &["[skills, data]", "[data]", ""]),
    ("featured", &["", "{until: 2026-11-02}", "{until: 2027-01-01}"]),
    ("authors", &["", "[An]", "[An, Bình mark-a]"]),
    ("source", &["", "{name: Báo Thử, url: \"https://bao.example/\"}"]),
    ("image", &["", "{src: hinh.gif, alt: Ảnh mark-a}", "{src: anh.png, alt: Khác, caption: Chú thích}"]),
    ("corrections", &["", "[{date: 2026-10-20, text: Đã sửa mark-a.}]"]),
    ("withdrawn", &["", "", "{date: 2026-10-20, reason: Sai.}"]),
    ("aliases", &["", "[/duong-cu]", "[/duong-cu, /cu/khac.html]"]),
    ("extra", &["", "{ma: A-1}", "{series: the-day, kicker: Dòng trên}"]),
];

/// Fields of documents.
pub(crate) const DECISION: &[Field] = &[
    ("number", &["749/QĐ-TTg", "12/QĐ-TTg", "99/QĐ-TTg", "15/2024/QĐ-UBND", "749/QD-TTg"]),
    ("issued", &["2020-06-03", "2026-10-01", "2015-01-05"]),
    ("effective", &["", "2020-07-01", "2026-11-02", "2026-11-01"]),
    ("effective_until", &["", "2026-11-01", "2025-01-01", "2026-11-02"]),
    ("agency", &["", "prime-minister", "Bộ Thử"]),
    ("province", &["", "ha-noi", "tinh-cu", "Hà Nội"]),
    ("signer", &["", "Nguyễn Văn A", "Trần Thị B"]),
    ("partly", &["", "true"]),
    ("replaces", &["", "[12/QĐ-TTg]", "[749/QĐ-TTg]", "[99/NQ]"]),
    ("replaces", &["", "[15/2024/QĐ-UBND, 749/QĐ-TTg]", "[chưa rõ]", "[12/QD-TTg]"]),
    ("implements", &["", "[749/QĐ-TTg]", "[15/2024/QĐ-UBND]", "[00/QĐ-TTg, 12/QĐ-TTg]"]),
    ("status_checked", &["", "{date: 2026-10-31}", "{date: 2026-10-01, url: \"https://vbpl.example/\"}"]),
    ("amends", &["", "[749/QĐ-TTg]", "[12/QĐ-TTg, 1/CT]"]),
    ("basis", &["", "[12/QĐ-TTg]", "[12/QD-TTg]"]),
    ("type", &["decision", "circular", "decree"]),
    (
        "attachments",
        &[
            "",
            "[{file: hinh.gif, title: Toàn văn mark-a}]",
            "[{file: hinh.gif, scanned: true}]",
            "[{file: hinh.gif, pages: 4}]",
        ],
    ),
    ("targets", &["", "[{id: fibre, label: Cáp quang, unit: \"%\", \"2025\": 80}]"]),
    ("targets", &["", "[{id: fibre, label: Khác, unit: \"%\", \"2026\": \"> 85\"}]"]),
    ("official_url", &["", "https://vanban.example/1"]),
];

/// Fields of events.
pub(crate) const EVENT: &[Field] = &[
    ("start", &["2026-11-02", "2026-10-10T08:00", "2026-12-07", "2026-11-01T13:00", "2026-10-30"]),
    ("end", &["", "2026-12-11", "2026-12-12T10:00", "2027-02-01"]),
    ("status", &["", "cancelled", "postponed", "moved-online", "rescheduled"]),
    ("former_start", &["", "2026-10-01T08:00", ""]),
    ("all_day", &["", "true"]),
    ("attendance", &["", "hybrid", "online"]),
    ("series", &["", "the-day", "", "khong-co"]),
    ("theme", &["", "Dữ liệu mark-a", "[{text: Một mark-a, verified: true}, {id: nam, text: Hai, kind: year}]"]),
    (
        "place",
        &[
            "",
            "{name: Hội trường, province: Hà Nội}",
            "{province: tinh-cu}",
            "{name: Trực tuyến, url: \"https://hop.example/\"}",
        ],
    ),
    ("organiser", &["", "Bộ Thử"]),
];

/// Fields of sections.
pub(crate) const SECTION: &[Field] = &[
    ("title", &["Mục mark-a", "Mục khác", "Mục"]),
    ("slug", &["", "muc-moi", "tin-tuc"]),
    ("description", &["", "Về mục mark-a."]),
    ("page_size", &["", "1", "2", "20"]),
    ("sort", &["", "title", "order", "date"]),
    ("feed", &["", "true", "false"]),
    ("draft", &["", "", "true"]),
];

/// Settings.
pub(crate) const SETTINGS: &[Field] = &[
    (
        "languages",
        &[
            "\n  vi: {title: Cổng nhỏ mark-a, description: Một cổng.}\n  en: {title: Small portal}",
            "\n  vi: {name: Tiếng Việt, title: Cổng khác}\n  en: {name: English, title: Another portal}",
        ],
    ),
    (
        "topics",
        &[
            "\n  data: {vi: Dữ liệu mark-a, en: Data}\n  skills: {vi: Kỹ năng số, en: Digital skills}",
            "\n  skills: {vi: Kỹ năng số, en: Digital skills}\n  data: {vi: Dữ liệu số, en: Digital data, slug: so-lieu}",
        ],
    ),
    (
        "series",
        &["{the-day: {vi: Ngày mark-a, en: The Day, yearly: 10/10}}", "{the-day: {vi: Ngày, en: Day, yearly: 3/11}}"],
    ),
    (
        "provinces",
        &[
            "",
            "{tinh-cu: {vi: Tỉnh, en: Province mark-a, until: 2026-10-31}}",
            "{ha-noi: {vi: Hà Nội, en: Ha Noi}, tinh-cu: {vi: Tỉnh Cũ, en: Old mark-a, until: 2026-10-31}}",
        ],
    ),
    ("open_data", &["", "{licence: {name: Phép mark-a, url: \"https://licence.example/\"}}"]),
    ("tags", &["{an-toan: {vi: an toàn, en: security}}", "{an-toan: {vi: an toàn số, en: safety}}"]),
    ("base_url", &["https://small.example/portal/", "https://small.example/", "https://khac.example/a/b/"]),
    (
        "owner",
        &[
            "{name: {vi: Ban mark-a, en: Board}, responsible: A, address: B, phone: 024 1, email: a@b.example}",
            "{name: {vi: Ban thử, en: Test board}, email: a@b.example}",
        ],
    ),
    ("masthead", &["", "{vi: Cộng hòa, en: Republic}"]),
    (
        "menu",
        &[
            "\n  - {ref: news/_index.md}\n  - {ref: events/_index.md}",
            "\n  - {ref: news/_index.md}\n  - {ref: about.md}",
        ],
    ),
    ("footer", &["[]", "[about.md]"]),
    ("share", &["[]", "[facebook, email]"]),
    ("notice", &["", "{from: 2026-11-02, until: 2026-11-03, text: {vi: Bảo trì, en: Maintenance}}"]),
    ("outdated_after", &["", "1", "30"]),
    ("missing_translation", &["", "hide", "link"]),
    ("markdown", &["", "{html: escape}"]),
    (
        "paths",
        &[
            "",
            "{page: {vi: so, en: no}, topics: {vi: chu-diem}}",
            "{types: {vi: loai}, statuses: {en: force}, calendar: {vi: lich-hop, en: dates}}",
        ],
    ),
    ("timezone", &["", "Asia/Tokyo"]),
    ("tag_authority", &["", "\"small.example,2020\""]),
    (
        "theme_options",
        &["", "{tone: deep}", "{motto: {vi: Lời mark-a, en: Word}, rows: 3}", "{rows: 1}", "{tone: unknown}"],
    ),
];

/// What can be chosen of the portal's own theme.
pub(crate) const OPTIONS: &str = "options:
  tone: {type: choice, choices: [pale, deep], default: pale, label: {vi: Sắc, en: Tone}}
  motto: {type: text, default: {vi: Lời gốc mark-a, en: Own word}, label: {vi: Lời, en: Word}}
  rows: {type: number, min: 1, max: 9, default: 2, label: {vi: Số dòng, en: Rows}}
";

/// Texts of pages. `TARGET` stands for the way to another page, `#muc` for an anchor of it if it has
/// one.
pub(crate) const TEXTS: &[&str] = &[
    "Chữ mark-a, 80% số xã.",
    "Chỉ là chữ.",
    "Đọc [trang kia](TARGET).",
    "Đọc [một mục](TARGET#muc) và [lại](TARGET \"mark-a\").",
    "## Một {#muc}\n\nA\n\n## Hai\n\nB\n\n### Ba\n\nC\n\n## Bốn mark-a\n\nD",
    "![Ảnh mark-a](hinh.gif)\n\n:::gallery\n![Một](hinh.gif)\n:::",
    "![Chụp](anh.png) [lớn](anh.png)\n\n:::figure src=\"anh.png\" alt=\"Ảnh mark-a\"\n:::",
    ":::events when=\"upcoming\"\n:::",
    ":::events when=\"all\" series=\"the-day\" limit=\"2\"\n:::",
    ":::targets from=\"DECISION\"\n:::",
    "Chú.[^1]\n\n[^1]: Thích mark-a.\n\n```rust\nfn main() {}\n```\n\n:::callout type=\"tip\"\nMẹo.\n:::",
    "Một [Digital]{lang=en} <kbd>A</kbd>\n\n:::video url=\"https://video.example/xem\" title=\"Phim\"\n:::",
    "Theo Quyết định số 749/QĐ-TTg ngày 03/6/2020 mark-a và Quyết định 12/QĐ-TTg.",
    "749/QĐ-TTg\n\n## Một\n\n**749/**QĐ-TTg, \\12/QĐ-TTg và 99/QĐ-TTg\n\n- 12/QĐ-TTg thay thế 749/QĐ-TTg\n- 749/QĐ-TTg",
    // Which of two documents of one number is meant is said by the link.
    "[số 749/QĐ-TTg](TARGET), [số 749/QĐ-TTg](DECISION), 749/QĐ-TTg",
    "Quyết định 15/2024/QĐ-UBND của UBND tỉnh Hà Nội, Quyết định 15/2024/QĐ-UBND, Old 15/2024/QD-UBND",
    ":::open-data\n:::\n\n:::events when=\"past\" series=\"the-day\"\n:::",
    "[số 12/QĐ-TTg](TARGET), 12/QĐ-TTg\n\n:::no-citations\n749/QĐ-TTg\n:::",
    // Warnings, which must be told again as long as they hold.
    "<script>x</script>\n\n![](hinh.gif)",
    "# Một nữa\n\nChú.[^không]",
];

/// What texts show that lies beside them: something that is copied, and a photograph.
pub(crate) const BESIDE: [(&str, &[u8]); 2] = [("hinh.gif", b"GIF89a mark-a"), ("anh.png", PHOTOS[0])];

/// Photographs: two of one size, and one of which two sizes are made.
const PHOTOS: [&[u8]; 3] = [
    include_bytes!("../../fixtures/photos/small.png"),
    include_bytes!("../../fixtures/photos/same-size.png"),
    include_bytes!("../../fixtures/photos/wide.png"),
];

/// What a file becomes: a photograph, most often, where its name says that it is one.
pub(crate) fn picture(path: &str, byte: u8) -> Vec<u8> {
    let photo = PHOTOS.get(usize::from(byte % 4)).filter(|_| path.ends_with(".png"));
    photo.map_or_else(|| vec![byte; 20], |photo| photo.to_vec())
}

/// Templates of the portal's own theme; the text of each follows its name, an empty one takes it
/// away.
pub(crate) const TEMPLATES: &[Field] = &[
    (
        "term.html",
        &["", "{{ list.title }} {{ list.count }} mark-a", "{% for i in list.items %}{{ i.title }}{% endfor %}"],
    ),
    ("archive.html", &["", "{% for i in list.items %}{{ cover(of=i) }}{% endfor %} {{ option(name=\"motto\") }}"]),
    (
        "news.html",
        &[
            "",
            "{% extends \"base.html\" %}{% block main %}mark-a {{ page.body | safe }}{% endblock main %}",
            "{{ page.title }}{% include \"own/near.html\" %}{{ page.body | safe }}",
            "{{ cover(of=page) }}{% for n in latest(section=\"news\", limit=option(name=\"rows\")) %}{{ n.title }} {% endfor %}",
            "{{ fragment(name=\"near\") }}{{ fragments(name=\"row\", item=related(), level=2) }}",
        ],
    ),
    ("fragments/near.html", &["{{ t(key=\"home\") }}{% include \"own/near.html\" %}", "mark-a {{ site.title }}"]),
    ("fragments/row.html", &["", "{{ item.title }} mark-a {{ level }}"]),
    (
        "own/near.html",
        &[
            "{% for n in latest(section=\"news\", limit=2) %}{{ n.title }} {% endfor %}",
            "{% for e in events(when=\"upcoming\") %}{{ e.title }} {% endfor %}mark-a",
            "{{ page_at(path=\"about.md\").title }} {{ link_to(url=\"/x/\") }}",
            "{% if option(name=\"tone\") == \"deep\" %}mark-a{% endif %} {{ option(name=\"motto\") }}",
        ],
    ),
    ("404.html", &["", "{{ t(key=\"home\") }} {{ featured(section=\"news\") }}", "{{ latest(section=\"khong-co\") }}"]),
    ("directives/callout.html", &["", "<div>mark-a {{ body | safe }}</div>"]),
    ("calendar.html", &["", "{{ calendar.heading }} {% for i in calendar.items %}{{ i.title }}{% endfor %} mark-a"]),
    (
        "home.html",
        &[
            "",
            "{{ page.title }} {{ today() | date }} {{ next_day(series=\"the-day\") }} {{ site.title }} {{ asset(path=\"css/site.css\") }}",
            "{% for r in targets(from=\"decisions/749-qd-ttg/index.md\").rows %}{{ r.label }} mark-a{% endfor %}",
        ],
    ),
];

/// The portal's own theme above the small one, with another default for an option.
const OWN_THEME: &str = "extends: plain
options:
  motto: {type: text, default: {vi: Lời khác mark-a, en: Other word}, label: {vi: Lời, en: Word}}
";

/// Other files of the theme.
pub(crate) const THEME_FILES: &[Field] = &[
    ("static/css/site.css", &["", ".mark-a { order: 1 }", "a { order: 2 }", "@import \"part.css\"; a { order: 3 }"]),
    ("static/css/part.css", &["", ".mark-a { order: 4 }", "@import \"deep/part.css\";", "@import \"site.css\";"]),
    ("static/css/deep/part.css", &["", ".mark-a { order: 5 }", "b { order: 6 }", "b { order: }"]),
    ("theme.yaml", &["extends: plain\n", "extends: default\n", OWN_THEME]),
    ("static/js/site.js", &["", "void 0; // mark-a"]),
    ("static/chu.txt", &["", "mark-a", "b"]),
];

/// Files of `static/`.
pub(crate) const STATIC: &[Field] = &[
    ("static/verify.txt", &["", "mark-a", "b"]),
    ("static/anh/moi.txt", &["", "mark-a", "b"]),
    ("static/duong-moi/index.txt", &["", "mark-a"]),
];

/// What people break: a text in the place of a file, or an empty one for none.
pub(crate) const BROKEN: &[Field] = &[
    ("themes/own/templates/news.html", &["{{ nothing }}", "{% if %}", "{% include \"khong-co.html\" %}"]),
    ("themes/own/templates/term.html", &["{{ list.nothing }}"]),
    ("themes/own/i18n/vi.yaml", &["home: Trang đầu\nmới: Chữ\n", "home: [\n"]),
    ("themes/own/theme.yaml", &["extends: khong-co\n", ""]),
    ("static/tin-tuc", &["in the way of a folder"]),
];
