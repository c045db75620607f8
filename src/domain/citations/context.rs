//! What stands around a number: the words that introduce it, and those that tell that it is none.

use super::index::{self, Index, TYPE_NAMES};
use crate::domain::document_types::DocumentType;

/// How many bytes before a number are read.
const REACH: usize = 96;

/// The words for "number", longest first.
const NUMBER_WORDS: [&str; 8] = ["ký hiệu", "number", "nos.", "nos", "số", "no.", "so", "no"];

/// What is numbered alike but is no document.
const OTHERS: [&str; 26] = [
    "hợp đồng",
    "hđ",
    "contract",
    "mẫu",
    "biểu mẫu",
    "form",
    "template",
    "tcvn",
    "qcvn",
    "iso",
    "iec",
    "iso/iec",
    "tiêu chuẩn",
    "quy chuẩn",
    "điện thoại",
    "đt",
    "tel",
    "phone",
    "fax",
    "hotline",
    "số nhà",
    "đường",
    "ngõ",
    "hóa đơn",
    "invoice",
    "version",
];

/// The words for "number" and those of what is no document, by their last letter.
const NUMBER_ENDS: Index = Index::by_end(&NUMBER_WORDS);
const OTHER_ENDS: Index = Index::by_end(&OTHERS);

/// What people call letters, beside the names in the table.
const LETTERS: [&str; 6] = ["official letters", "official dispatch", "dispatches", "dispatch", "letter", "cv"];

/// What files end in.
const EXTENSIONS: [&str; 16] = [
    "pdf", "docx", "doc", "xlsx", "xls", "pptx", "ppt", "odt", "ods", "html", "htm", "txt", "zip", "rar", "jpg", "png",
];

/// What introduces a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Introduction {
    /// The type of document that is named.
    pub(super) kind: Option<&'static DocumentType>,
    /// The word for a document of any type.
    pub(super) is_document: bool,
    /// A word for "number", or a type.
    pub(super) is_there: bool,
    /// Something is named that is no document.
    pub(super) is_other: bool,
    /// Where it begins.
    pub(super) start: usize,
}

/// What introduces the number at a place; nothing before `floor` is read.
pub(super) fn introduction(text: &str, floor: usize, at: usize) -> Introduction {
    let from = (at.saturating_sub(REACH).max(floor)..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    let mut before = text.get(from..at).unwrap_or_default();
    let mut introduction = Introduction::default();
    // `số số`, `số: No.` in torn texts.
    for _ in 0..3 {
        before = before.trim_end_matches(is_trimmed);
        let words = NUMBER_ENDS.entries(before.as_bytes().last()).filter_map(|at| NUMBER_WORDS.get(at));
        let Some(rest) = words.into_iter().find_map(|word| without(before, word)) else { break };
        introduction.is_there = true;
        before = rest;
    }
    before = before.trim_end_matches(is_trimmed);
    let last = before.as_bytes().last();
    let mut others = OTHER_ENDS.entries(last).filter_map(|at| OTHERS.get(at));
    introduction.is_other = others.any(|word| without(before, word).is_some());
    let named = |kind: &'static DocumentType| {
        let names = kind.names.iter().map(|(_, name)| *name).chain(kind.codes.iter().copied());
        let rest = names.filter_map(|name| without(before, name).or_else(|| without(before.strip_suffix('s')?, name)));
        rest.min_by_key(|rest| rest.len()).map(|rest| (rest.len(), kind))
    };
    let several = before.strip_suffix('s').and_then(|one| one.as_bytes().last());
    let kinds = TYPE_NAMES.entries(last).or(TYPE_NAMES.entries(several));
    let mut found = kinds.filter_map(index::kind).filter_map(named).min_by_key(|(rest, _)| *rest);
    found = found.filter(|(rest, kind)| !means_other(kind, before.get(..*rest).unwrap_or_default()));
    let letter = LETTERS.iter().filter_map(|word| without(before, word)).map(str::len).min();
    if let Some(rest) = letter
        && found.is_none_or(|(known, _)| rest < known)
    {
        found = DocumentType::from_id("official-letter").map(|kind| (rest, kind));
    }
    introduction.is_document = ["văn bản", "document"].iter().any(|word| without(before, word).is_some());
    introduction.is_there |= found.is_some() || introduction.is_document;
    introduction.kind = found.map(|(_, kind)| kind);
    introduction.start = from + found.map_or(before.len(), |(rest, _)| rest);
    introduction
}

/// Words that with `luật`, `law` or `code` behind them mean something else: `pháp luật` is all law,
/// `kỷ luật` discipline.
const NOT_BEHIND: [&str; 5] = ["pháp", "kỷ", "quy", "by-", "zip"];

/// Whether the text before the name of a type gives it another meaning.
fn means_other(kind: &DocumentType, before: &str) -> bool {
    let before = before.trim_end();
    matches!(kind.id, "law" | "code") && NOT_BEHIND.iter().any(|word| without(before, word).is_some())
}

/// The last of the types that only laws and resolutions of the National Assembly have before a number,
/// in the same sentence: `Luật Giao dịch điện tử số 20/2023/QH15`.
pub(super) fn act(text: &str, floor: usize, at: usize) -> Option<&'static DocumentType> {
    let from = (at.saturating_sub(2 * REACH).max(floor)..=at).find(|from| text.is_char_boundary(*from))?;
    let mut before = text.get(from..at)?;
    while !before.is_empty() {
        let kinds = ["law", "code", "ordinance", "resolution"].iter().filter_map(|id| DocumentType::from_id(id));
        let names = kinds.flat_map(|kind| kind.names.iter().map(move |(_, name)| (kind, *name)));
        let found = names.filter_map(|(kind, name)| Some((kind, without(before, name)?)));
        if let Some((kind, rest)) = found.min_by_key(|(_, rest)| rest.len())
            && !means_other(kind, rest)
        {
            return Some(kind);
        }
        // To the end of the word before.
        let word = before.trim_end_matches(|c: char| !c.is_whitespace());
        let rest = word.trim_end_matches(char::is_whitespace);
        if rest.ends_with(['.', ';', ':', '!', '?']) {
            return None;
        }
        before = rest.trim_end_matches([',', '(', '“', '"']);
    }
    None
}

/// The text without the word it ends with, in any letter case.
pub(super) fn without<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    // Nearly all words that are asked for end otherwise.
    if may_differ(text.as_bytes().last(), word.as_bytes().last()) {
        return None;
    }
    let mut rest = text.chars();
    let mut wanted = word.chars();
    while let Some(c) = wanted.next_back() {
        let written = rest.next_back()?;
        if written != c && !written.to_lowercase().eq(c.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    (!rest.ends_with(char::is_alphanumeric)).then_some(rest)
}

/// Whether two bytes at the same end of texts tell that these differ, whatever the letter case: not where
/// they are parts of longer characters, whose cases may differ in any byte.
pub(super) fn may_differ(a: Option<&u8>, b: Option<&u8>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) if a.is_ascii() || b.is_ascii() => !a.eq_ignore_ascii_case(b),
        (None, Some(_)) => true,
        _ => false,
    }
}

/// Whether a number may begin at a place.
pub(super) fn may_begin(text: &str, at: usize) -> bool {
    let Some(before) = text.get(..at) else { return false };
    let mut back = before.chars().rev();
    match (back.next(), back.next()) {
        (None, _) => true,
        (Some('/' | '-' | '@' | '\\' | '\u{2044}' | '\u{2215}' | '\u{2010}'..='\u{2015}' | '\u{2212}'), _) => false,
        (Some('.' | ',' | ':'), Some(c)) => !c.is_ascii_digit(),
        (Some('_' | '&' | '=' | '#'), Some(c)) => !c.is_alphanumeric(),
        (Some(c), _) if is_mark(c) => false,
        (Some(c), _) if c.is_alphanumeric() => ["số", "so"].iter().any(|word| without(before, word).is_some()),
        _ => true,
    }
}

/// Whether a number may end where this rest of the text begins.
pub(super) fn may_end(rest: &str) -> bool {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return true };
    let rest = chars.as_str();
    match first {
        '_' | '@' => !rest.starts_with(char::is_alphanumeric),
        '.' => {
            let extension = rest.get(..rest.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count());
            let is = |known: &str| extension.is_some_and(|extension| extension.eq_ignore_ascii_case(known));
            !EXTENSIONS.iter().any(|known| is(known))
        }
        c => !c.is_alphanumeric() && !is_mark(c),
    }
}

/// Whether two numbers stand in one list, with nothing but this between them.
pub(super) fn is_list_glue(between: &str) -> bool {
    between.len() <= 24
        && between.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).all(|word| {
            let words = ["", "và", "and", "hoặc", "or", "số", "no.", "no", "&", "or"];
            words.iter().any(|known| without(word, known) == Some(""))
        })
}

/// A combining mark.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_trimmed(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '“' | '”' | '"' | '‘' | '(' | '[' | '«' | '*' | '_')
}

/// Tells places inside addresses, word by word; every word is looked at once.
#[derive(Default)]
pub(super) struct Addresses {
    /// Where the word begins that is being read.
    start: usize,
    /// Until where it was read.
    read: usize,
    /// Whether it is an address.
    is_address: bool,
}

impl Addresses {
    /// Whether a place, after all those asked for before, lies in an address.
    pub(super) fn contain(&mut self, text: &str, at: usize) -> bool {
        let Some(new) = text.get(self.read..at) else { return false };
        if let Some((place, space)) = new.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
            self.start = self.read + place + space.len_utf8();
            self.read = self.start;
            self.is_address = false;
        }
        // What was read before may hold the beginning of a sign.
        let from = (self.start.max(self.read.saturating_sub(4))..=at).find(|from| text.is_char_boundary(*from));
        let word = from.and_then(|from| text.get(from..at)).unwrap_or_default();
        // Nearly all words have none of the letters that these signs begin or end with.
        self.is_address |= word.bytes().any(|byte| matches!(byte, b':' | b'@' | b'w'))
            && (word.contains("://") || word.contains("www.") || word.contains('@') || word.contains("mailto:"));
        self.read = at;
        self.is_address
    }
}
