//! Tests of reading one-line texts as written: titles and themes of the real portal, unquoted.

use super::*;

/// What a field holds after rescue and parsing, and whether it was changed.
fn read(field: &str, value: &str) -> (String, bool) {
    let yaml = format!("{field}: {value}\ndate: 2022-01-01\n");
    let rescued = rescue(&yaml);
    let parsed = parse(&rescued.text).unwrap_or_else(|error| panic!("{yaml}: {error:?}"));
    let Node::Map(entries) = parsed else { panic!("{yaml}") };
    let Some((_, Node::Text(text))) = entries.first() else { panic!("{yaml}: {entries:?}") };
    assert_eq!(entries.last().unwrap().1, Node::Text("2022-01-01".into()));
    (text.clone(), !rescued.edits.is_empty())
}

#[test]
fn titles_of_the_source_articles() {
    for (title, changed) in [
        ("Thực hiện chương trình chuyển đổi số quốc gia tổ chức thi đua đạt mục tiêu kép", false),
        ("Chương trình chuyển đổi số quốc gia đặt mục tiêu \"kép\"", false),
        ("Cần liên tục đổi mới, có tư duy đột phá và tầm nhìn chiến lược trong thúc đẩy chuyển đổi số", false),
        ("Thúc đẩy nhanh chuyển đổi số trong hệ thống chính trị và doanh nghiệp", false),
        ("Hưởng ứng Ngày Chuyển đổi số quốc gia 2024: Động lực cho phát triển kinh tế số", true),
    ] {
        assert_eq!(read("title", title), (title.to_owned(), changed));
    }
}

#[test]
fn themes_of_every_year() {
    for (theme, changed) in [
        ("Chuyển đổi số giải quyết các vấn đề của xã hội vì một cuộc sống tốt đẹp hơn cho người dân", false),
        ("Khai thác dữ liệu số để tạo ra giá trị", false),
        (
            "Phổ cập hạ tầng số và sáng tạo ứng dụng số để phát triển kinh tế số - Động lực mới cho tăng trưởng kinh tế và năng suất lao động",
            false,
        ),
        ("Chuyển đổi số: Nhanh hơn - hiệu quả hơn - gần dân hơn", true),
        ("Chuyển đổi số toàn dân, toàn diện, toàn trình để tăng tốc, bứt phá phát triển kinh tế số", false),
        (
            "Hành động cùng Chuyển đổi số Quốc gia – Nâng cao hiệu quả quản trị và tạo giá trị thực cho Người dân!",
            false,
        ),
        ("Digital transformation: faster – more effective – closer to the people", true),
    ] {
        assert_eq!(read("theme", theme), (theme.to_owned(), changed));
    }
}

#[test]
fn what_yaml_would_fail_at_or_cut_is_read_to_the_end() {
    for value in [
        "Thông báo:",
        "Ngày hội # 2 của năm",
        "#ChuyenDoiSo cùng cả nước",
        "\"Chuyển đổi số\" là gì",
        "\"Một\" và \"hai\"",
        "'Ba sẵn sàng' ở Hà Nội",
        "[Infographic] Bốn trụ cột",
        "[Video: dài] \"x\"",
        "{Mới} Cổng dữ liệu",
        "[Chưa đóng",
        "@congdoanviet trả lời",
        "`lệnh` mới",
        "% hộ gia đình",
        "*Quan trọng* về dữ liệu",
        "&a b",
        "!Khẩn",
        "|x",
        "> 80% hộ gia đình",
        "- một gạch",
        "? hỏi đáp",
        "It's 'fine': so",
        "Chữ\t# sau tab",
    ] {
        for field in ["title", "description", "  - caption", "- label"] {
            let yaml = format!("x:\n{field}: {value}  \n");
            let rescued = rescue(&yaml);
            assert_eq!(rescued.edits.len(), 1, "{yaml}");
            let edit = &rescued.edits[0];
            assert_eq!(&yaml[edit.original.clone()], value);
            assert_eq!(rescued.original(edit.rewritten.clone()), edit.original);
            let single = format!("title: {}", &rescued.text[edit.rewritten.clone()]);
            assert_eq!(parse(&single), Ok(Node::Map(vec![("title".into(), Node::Text(value.into()))])), "{yaml}");
        }
    }
    assert_eq!(read("unit", "%"), ("%".to_owned(), true));
}

#[test]
fn what_is_right_stays_untouched() {
    for yaml in [
        "title: \"Ngày: hội\"\n",
        "title: \"Ngày \\\"hội\\\"\" # ghi chú\n",
        "title: 'It''s fine'\n",
        "title: # để trống\n",
        "title:\n  vi: một\n",
        "title: {vi: một, en: \"a } b\"}\n",
        "title: {vi: một,\n  en: hai}\n",
        "title: Ngày 10/10, 08:30\nurl: https://a.example/x#y\n",
        "description: |\n  title: a: b # c\n\n  alt: \"x\" y\ntitle: x\n",
        "description: >-  # gấp\n  title: a: b\n",
        "description: một dòng\n  title: tiếp\n",
        "list:\n  - |2\n    title: a: b\n",
        "note: \"mở\n  title: a: b\n  đóng\"\n",
        "note: a: b\ndate: x # y\n",
        "title: Ngày: hội\n  còn tiếp\n",
        "title: Chuyển đổi số -\n",
        "# title: a: b\n",
        "theme: default # xem themes/\nunit: rank\t# thứ hạng: nhỏ là tốt\n",
    ] {
        assert_eq!(rescue(yaml).edits, [], "{yaml}");
        assert_eq!(rescue(yaml).text, yaml);
    }
}

#[test]
fn places_are_those_of_the_text_as_written() {
    let yaml = "title: A: b\nimage:\n  alt: it's: c\ndate: x\ndate: y\n";
    let rescued = rescue(yaml);
    assert_eq!(rescued.text, "title: 'A: b'\nimage:\n  alt: 'it''s: c'\ndate: x\ndate: y\n");
    let error = parse(&rescued.text).unwrap_err();
    assert_eq!(rescued.original(error.range.unwrap()), 42..46);
    assert_eq!(&yaml[42..46], "date");
}
