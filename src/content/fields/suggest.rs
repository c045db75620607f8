//! "Did you mean" for fields and choices, which knows the Vietnamese words too.

use super::{FIELDS, Field, children};
use crate::base::similar::closest;
use crate::base::text::fold;
use crate::domain::document_types::DocumentType;

/// No longer word is compared: nobody meant a field by it.
const LONGEST: usize = 200;

/// Words people use for choices, with the choice that is meant.
const CHOICE_WORDS: [(&str, &str); 25] = [
    ("dung_ke_hoach", "scheduled"),
    ("theo_ke_hoach", "scheduled"),
    ("hoan", "postponed"),
    ("tam_hoan", "postponed"),
    ("doi_lich", "rescheduled"),
    ("doi_ngay", "rescheduled"),
    ("huy", "cancelled"),
    ("huy_bo", "cancelled"),
    ("truc_tuyen", "moved-online"),
    ("online", "moved-online"),
    ("truc_tiep", "in-person"),
    ("tai_cho", "in-person"),
    ("ket_hop", "hybrid"),
    ("tin", "news"),
    ("tin_tuc", "news"),
    ("bai_viet", "news"),
    ("van_ban", "decision"),
    ("quyet_dinh", "decision"),
    ("su_kien", "event"),
    ("trang", "page"),
    ("ngay", "date"),
    ("moi_nhat", "date"),
    ("tieu_de", "title"),
    ("thu_tu", "order"),
    ("ten_tep", "order"),
];

/// The field that was probably meant by an unknown key inside `parent` (empty for the file itself):
/// its key there, or its dotted name where it belongs elsewhere.
#[must_use]
pub fn suggest_field(parent: &str, key: &str) -> Option<&'static str> {
    if key.len() > LONGEST {
        return None;
    }
    let word = word_of(key);
    let knows = |field: &&Field| field.key() == word || field.words.contains(&word.as_str());
    if let Some(field) = children(parent).find(knows) {
        return Some(field.key());
    }
    if let Some(field) = FIELDS.iter().find(knows) {
        return Some(field.name);
    }
    let near = closest(&word, children(parent).flat_map(|field| field.words.iter().copied().chain([field.key()])))?;
    children(parent).find(|field| field.key() == near || field.words.contains(&near)).map(|field| field.key())
}

/// The choice that was probably meant.
#[must_use]
pub fn suggest_choice(value: &str, choices: &[&'static str]) -> Option<&'static str> {
    if value.len() > LONGEST {
        return None;
    }
    let word = word_of(value);
    let known = CHOICE_WORDS
        .iter()
        .filter(|(name, _)| *name == word)
        .map(|(_, choice)| *choice)
        .chain(DocumentType::from_name(value.trim()).map(|kind| kind.id))
        .chain(DocumentType::from_code(value.trim()).map(|kind| kind.id))
        .find(|choice| choices.contains(choice));
    known.or_else(|| closest(&word.replace('_', "-"), choices.iter().copied()))
}

/// A key as the table writes it: without marks, lower-case, `_` for everything between words.
fn word_of(key: &str) -> String {
    let folded = fold(key);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_words_and_slips_lead_to_the_field() {
        for (parent, key, field) in [
            ("", "tieu_de", "title"),
            ("", "Tiêu đề", "title"),
            ("", "mo-ta", "description"),
            ("", "ngày", "date"),
            ("", "anh", "image"),
            ("", "chu_thich", "image.caption"),
            ("", "alt", "image.alt"),
            ("", "tac_gia", "authors"),
            ("", "chủ đề", "topics"),
            ("", "thẻ", "tags"),
            ("", "ban_nhap", "draft"),
            ("", "so_hieu", "number"),
            ("", "cơ quan", "agency"),
            ("", "bat_dau", "start"),
            ("", "ket_thuc", "end"),
            ("", "địa điểm", "place"),
            ("", "titel", "title"),
            ("", "Title", "title"),
            ("", "decription", "description"),
            ("", "until", "featured.until"),
            ("image", "chu_thich", "caption"),
            ("image", "\u{a0}\u{a0}alt", "alt"),
            ("image", "captoin", "caption"),
            ("place", "dia_chi", "address"),
            ("targets.measured", "ngay", "as_of"),
        ] {
            assert_eq!(suggest_field(parent, key), Some(field), "{key} in {parent:?}");
        }
        assert_eq!(suggest_field("", "zzzzz"), None);
        assert_eq!(suggest_field("", ""), None);
    }

    #[test]
    fn words_inside_one_parent_mean_one_field() {
        for parent in FIELDS.iter().map(|field| field.name).chain([""]) {
            let mut words: Vec<&str> =
                children(parent).flat_map(|f| f.words.iter().copied().chain([f.key()])).collect();
            words.sort_unstable();
            let count = words.len();
            words.dedup();
            assert_eq!(words.len(), count, "inside {parent:?}");
        }
    }

    #[test]
    fn choices() {
        let types = super::super::Choices::DocumentType.names();
        assert_eq!(suggest_choice("Quyết định", &types), Some("decision"));
        assert_eq!(suggest_choice("NĐ", &types), Some("decree"));
        assert_eq!(suggest_choice("desicion", &types), Some("decision"));
        let statuses = super::super::Choices::EventStatus.names();
        assert_eq!(suggest_choice("hoãn", &statuses), Some("postponed"));
        assert_eq!(suggest_choice("canceled", &statuses), Some("cancelled"));
        assert_eq!(suggest_choice("moved online", &statuses), Some("moved-online"));
        assert_eq!(suggest_choice("xyz", &statuses), None);
    }
}
