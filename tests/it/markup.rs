//! HTML and XML of outputs as tests read them: by the HTML standard's tokenizer, and as a tree.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use quick_xml::Reader;
use quick_xml::events::Event;

/// A start tag of an HTML page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The text up to the next end tag of this name, white space folded.
    pub text: String,
}

impl Tag {
    /// An attribute; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// All start tags of a page in order.
pub fn tags(html: &str) -> Vec<Tag> {
    let sink = Sink::default();
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _done = tokenizer.feed(&input);
    tokenizer.end();
    let mut found = tokenizer.sink.found.into_inner();
    for tag in &mut found {
        tag.text = tag.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    found
}

/// The tags of a name.
pub fn select(html: &str, name: &str) -> Vec<Tag> {
    tags(html).into_iter().filter(|tag| tag.name == name).collect()
}

/// The first tag of a name whose attribute has a value.
pub fn with(html: &str, name: &str, attribute: &str, value: &str) -> Option<Tag> {
    select(html, name).into_iter().find(|tag| tag.get(attribute) == value)
}

#[derive(Default)]
struct Sink {
    found: RefCell<Vec<Tag>>,
    /// The tags that still take text, by index.
    open: RefCell<Vec<usize>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let (mut found, mut open) = (self.found.borrow_mut(), self.open.borrow_mut());
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name = tag.name.to_string();
                let raw = match name.as_str() {
                    "script" => Some(RawKind::ScriptData),
                    "style" => Some(RawKind::Rawtext),
                    "title" | "textarea" => Some(RawKind::Rcdata),
                    _ => None,
                };
                let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                open.push(found.len());
                found.push(Tag { name, attributes, text: String::new() });
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::TagToken(tag) => {
                let at = open.iter().rposition(|index| *found[*index].name == *tag.name);
                open.truncate(at.unwrap_or_else(|| panic!("line {line}: </{}> closes nothing", tag.name)));
            }
            Token::CharacterTokens(text) => open.iter().for_each(|index| found[*index].text.push_str(&text)),
            Token::ParseError(problem) => panic!("line {line}: {problem}"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// An element of an XML document.
#[derive(Clone, Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The only child of a name.
    #[track_caller]
    pub fn one<'a>(&'a self, name: &'a str) -> &'a Element {
        let mut found = self.all(name);
        let first = found.next().unwrap_or_else(|| panic!("{} has no {name}", self.name));
        assert!(found.next().is_none(), "{} has more than one {name}", self.name);
        first
    }

    /// An attribute; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// Reads an XML document.
#[track_caller]
pub fn xml(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut stack = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} in {text}"));
        match event {
            Event::Start(start) => stack.push(element(&start)),
            Event::Empty(start) => {
                let element = element(&start);
                stack.last_mut().unwrap().children.push(element);
            }
            Event::End(_) => {
                let done = stack.pop().unwrap();
                stack.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => stack.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let name = format!("&{};", &*name);
                stack.last_mut().unwrap().text.push_str(&quick_xml::escape::unescape(&name).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(stack.len(), 1, "unclosed elements in {text}");
    let mut root = stack.pop().unwrap();
    assert_eq!(root.children.len(), 1, "not one root in {text}");
    root.children.pop().unwrap()
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> Element {
    let name = start.name().as_ref().to_owned();
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let key = attribute.key.as_ref().to_owned();
        (key, quick_xml::escape::unescape(&attribute.value).unwrap().into_owned())
    });
    Element { name, attributes: attributes.collect(), ..Element::default() }
}
