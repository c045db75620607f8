//! The one tag of the preview in a page, put before `</head>` as the page is sent.

use memchr::memmem;

/// The page with the preview's tag before the end of its head; where a page has none, at its end,
/// which browsers run as well. `version` is the checksum of the page as text, or empty.
pub(super) fn insert(page: &[u8], token: &str, version: &str) -> Vec<u8> {
    let tag = format!(
        "<script type=\"module\" src=\"/__congso/client.js\" data-congso data-token=\"{token}\" data-version=\"{version}\"></script>"
    );
    let (head, rest) = page.split_at(end_of_head(page).unwrap_or(page.len()));
    [head, tag.as_bytes(), rest].concat()
}

/// Where `</head>` begins.
fn end_of_head(page: &[u8]) -> Option<usize> {
    memmem::find_iter(page, b"</").find(|at| {
        let name = page.get(at + 2..).unwrap_or_default();
        let (name, after) = (name.get(..4), name.get(4));
        name.is_some_and(|name| name.eq_ignore_ascii_case(b"head"))
            && after.is_some_and(|after| *after == b'>' || after.is_ascii_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inserted(page: &str) -> String {
        let with = String::from_utf8(insert(page.as_bytes(), "t", "v")).unwrap();
        let (start, end) = (with.find("<script type=\"module\"").unwrap(), with.rfind("</script>").unwrap() + 9);
        format!("{}|{}", &with[..start], &with[end..])
    }

    #[test]
    fn the_tag_stands_before_the_end_of_the_head() {
        assert_eq!(inserted("<head><title>x</title></head><body>"), "<head><title>x</title>|</head><body>");
        assert_eq!(inserted("<HEAD></HEAD >"), "<HEAD>|</HEAD >");
        assert_eq!(inserted("<header></header></head\n>"), "<header></header>|</head\n>");
        assert_eq!(inserted("<p>no head</p>"), "<p>no head</p>|");
        assert_eq!(inserted("</hea"), "</hea|");
        assert_eq!(inserted(""), "|");
    }

    #[test]
    fn the_tag_carries_token_and_version() {
        let with = String::from_utf8(insert(b"</head>", "abc", "0f")).unwrap();
        assert!(with.contains("data-congso data-token=\"abc\" data-version=\"0f\"></script></head>"), "{with}");
    }
}
