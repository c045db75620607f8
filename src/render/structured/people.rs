//! Who wrote a text: a person, or a body of people, as far as the name tells.

use serde::Serialize;

use super::values::{Named, Node, Ref};

/// The words with which names of bodies begin in Vietnamese. None of them is the name of a family.
const VI_BODIES: [&str; 16] = [
    "Ban",
    "Báo",
    "Bộ",
    "Chi cục",
    "Cổng",
    "Cơ quan",
    "Cục",
    "Đài",
    "Nhóm",
    "Phòng",
    "Sở",
    "Tạp chí",
    "Tổ",
    "Trung tâm",
    "Tổng cục",
    "Thông tấn xã",
];

/// The words that only names of bodies have in English.
const EN_BODIES: [&str; 14] = [
    "agency",
    "board",
    "bureau",
    "centre",
    "center",
    "committee",
    "department",
    "desk",
    "editorial",
    "ministry",
    "news",
    "newspaper",
    "office",
    "team",
];

/// An author.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Author<'a> {
    /// Whoever is behind the portal.
    Owner(Ref<'a>),
    /// Somebody else.
    Other(Named<'a>),
}

/// The authors of a page, one by one.
pub(super) fn authors(node: Node<'_>) -> Vec<Author<'_>> {
    let owner = node.view.config().owner.name.get(node.page.lang).as_deref();
    let authors = node.page.meta.authors.iter().map(String::as_str);
    authors
        .map(|name| {
            if owner == Some(name) {
                return Author::Owner(node.view.common().frame.owner());
            }
            Author::Other(Named { kind: if is_body(name) { "Organization" } else { "Person" }, name })
        })
        .collect()
}

/// Whether a name is that of a body, not of a person.
fn is_body(name: &str) -> bool {
    let begins = |word: &str| name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let is_word = |word: &str| EN_BODIES.iter().any(|body| word.eq_ignore_ascii_case(body));
    VI_BODIES.iter().any(|word| begins(word)) || name.split_whitespace().any(is_word)
}

#[cfg(test)]
mod tests {
    use super::is_body;

    #[test]
    fn bodies_are_told_from_people() {
        for name in ["Ban Biên tập", "Báo Quảng Trị", "Tổ công nghệ số", "Editorial team", "Viet Nam News", "Cổng Số"]
        {
            assert!(is_body(name), "{name}");
        }
        for name in ["Minh Phương", "Hà Trần", "Báu Nguyễn", "Bang Tran", "Thanh Hà (HNM)", "Duy Trinh", "Teama Newson"]
        {
            assert!(!is_body(name), "{name}");
        }
    }
}
