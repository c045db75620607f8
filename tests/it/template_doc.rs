//! The promise of `docs/templates.md`, read from the file, and what templates are really given.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What the file promises.
#[derive(Debug, Default)]
pub struct Promise {
    /// The fields of each record by its path: `site`, `site.menu`, `summary.decision.agency`.
    pub records: BTreeMap<String, BTreeSet<String>>,
    /// Paths whose record is described elsewhere.
    pub aliases: BTreeMap<String, String>,
    /// The variables of each template.
    pub templates: BTreeMap<String, BTreeSet<String>>,
    /// The calls of the table of functions and filters.
    pub calls: Vec<String>,
    /// The rows of the table of date styles: style, Vietnamese, English.
    pub dates: Vec<[String; 3]>,
}

/// A table: its rows, each with its cells.
type Rows = Vec<Vec<String>>;

impl Promise {
    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md");
        let text = fs::read_to_string(path).unwrap();
        let mut promise = Self::default();
        for part in text.split("\n## ").skip(1) {
            let (heading, rest) = part.split_once('\n').unwrap();
            let rows = table(rest);
            match heading.trim_matches('`') {
                "Templates the program renders" => promise.read_templates(&rows),
                "Dates" => {
                    promise.records.insert("date".to_owned(), braces(rest).next().unwrap());
                    let dates = rows.iter().map(|row| [words(&row[0])[0].clone(), row[1].clone(), row[2].clone()]);
                    promise.dates = dates.collect();
                }
                "Functions and filters" => promise.calls = rows.iter().map(|row| row[0].clone()).collect(),
                "directives/" => {
                    for row in &rows {
                        promise.read_fields(&format!("directive.{}", words(&row[0])[0]), &row[1]);
                    }
                }
                "A summary" => promise.read_record("summary", &rows),
                "A set of data" => promise.read_record("dataset", &rows),
                "A target row" => promise.read_record("target", &rows),
                name @ ("site" | "output" | "list" | "calendar") => promise.read_record(name, &rows),
                "page" => {
                    promise.records.insert("withdrawn".to_owned(), braces(rest).next().unwrap());
                    promise.read_record("page", &rows);
                }
                name @ ("section" | "redirect") => {
                    promise.records.insert(name.to_owned(), braces(rest).next().unwrap());
                }
                "lang" | "Strings" | "A picture" | "Options" => {}
                other => panic!("docs/templates.md has a part nobody reads: {other}"),
            }
        }
        promise.join();
        promise
    }

    /// A page is a summary and more; what is withdrawn is described with the page.
    fn join(&mut self) {
        let summary = self.records["summary"].clone();
        self.records.get_mut("page").unwrap().extend(summary.iter().cloned());
        for field in summary {
            self.aliases.insert(format!("page.{field}"), format!("summary.{field}"));
        }
        for picture in ["directive.image", "directive.figure.image"] {
            self.aliases.insert(format!("{picture}.sources"), "summary.image.sources".to_owned());
        }
        self.aliases.insert("withdrawn.withdrawal".to_owned(), "page.withdrawal".to_owned());
    }

    fn read_templates(&mut self, rows: &Rows) {
        for row in rows {
            let common = ["lang", "site", "output"].map(str::to_owned);
            for name in words(&row[0]).into_iter().filter(|word| word.ends_with(".html")) {
                let own = words(&row[2]);
                let common = match name.as_str() {
                    "redirect.html" | "directives/NAME.html" => &common[..2],
                    _ => &common[..],
                };
                let variables = own.into_iter().chain(common.iter().cloned()).collect();
                self.templates.insert(name, variables);
            }
        }
    }

    /// A table of fields and what they hold.
    fn read_record(&mut self, name: &str, rows: &Rows) {
        for row in rows {
            for field in words(&row[0]) {
                self.records.entry(name.to_owned()).or_default().insert(field.clone());
                self.describe(&format!("{name}.{field}"), &row[1]);
            }
        }
    }

    /// A row of the table of directives: its fields, each with what it holds behind it.
    fn read_fields(&mut self, name: &str, text: &str) {
        self.records.entry(name.to_owned()).or_default();
        let plain = without_brackets(text);
        let mut last = None;
        for word in words(&plain).into_iter().filter(|word| word != "none") {
            if word.starts_with('{') {
                let fields = braces(&format!("`{word}`")).next().unwrap();
                self.records.insert(format!("{name}.{}", last.clone().unwrap()), fields);
            } else {
                self.records.get_mut(name).unwrap().insert(word.clone());
                let behind = text.split(&format!("`{word}`")).nth(1).unwrap_or_default();
                self.describe_as(&format!("{name}.{word}"), behind.split("),").next().unwrap_or_default());
                last = Some(word);
            }
        }
    }

    /// What one field holds: `{…}` is its own record; after a semicolon, those of its fields.
    fn describe(&mut self, path: &str, text: &str) {
        for (index, clause) in text.split(';').enumerate() {
            let Some(fields) = braces(clause).next() else { continue };
            let first = words(clause).into_iter().next().unwrap();
            let nested = index > 0 && !first.starts_with('{');
            let at = if nested { format!("{path}.{first}") } else { path.to_owned() };
            assert!(self.records.insert(at, fields).is_none(), "{path} is described twice");
        }
        if text.contains("`children` the same") {
            self.aliases.insert(format!("{path}.children"), path.to_owned());
        }
        self.describe_as(path, text);
    }

    /// A record that is described elsewhere.
    fn describe_as(&mut self, path: &str, text: &str) {
        let like = text.split("like `").nth(1).and_then(|rest| rest.split('`').next());
        let target = match like {
            Some("menu") => "site.menu".to_owned(),
            Some(name) => name.to_owned(),
            None if text.contains("summar") => "summary".to_owned(),
            None if text.contains("sets of data") => "dataset".to_owned(),
            None if text.contains("target row") => "target".to_owned(),
            None => return,
        };
        self.aliases.insert(path.to_owned(), target);
    }

    /// Holds a value against the promise; adds what differs to `wrong` and what was met to `met`.
    pub fn check(&self, path: &str, value: &Given, met: &mut BTreeSet<String>, wrong: &mut BTreeSet<String>) {
        let mut path = path;
        while let Some(target) = self.aliases.get(path) {
            path = target;
        }
        match value {
            Given::Scalar(_) => {}
            Given::List(items) => items.iter().for_each(|item| self.check(path, item, met, wrong)),
            Given::Map(_) if path == "page.extra" => {}
            Given::Map(fields) => {
                let path = if fields.contains_key("machine") { "date" } else { path };
                met.insert(path.to_owned());
                let Some(promised) = self.records.get(path) else {
                    wrong.insert(format!("{path} is not described: {:?}", fields.keys().collect::<Vec<_>>()));
                    return;
                };
                let given: BTreeSet<String> = fields.keys().cloned().collect();
                wrong.extend(promised.difference(&given).map(|field| format!("{path}.{field} is promised, not given")));
                wrong.extend(given.difference(promised).map(|field| format!("{path}.{field} is given, not promised")));
                for (field, value) in fields {
                    self.check(&format!("{path}.{field}"), value, met, wrong);
                }
            }
        }
    }
}

/// The rows of the first table of a text, without its head.
fn table(text: &str) -> Rows {
    let rows = text.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| {
        let line = line.trim_matches('|').replace("\\|", "\u{1}");
        line.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
    };
    rows.skip(2).map(cells).collect()
}

/// What stands between backticks.
fn words(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The records between backticks: `{a, b}`.
fn braces(text: &str) -> impl Iterator<Item = BTreeSet<String>> + '_ {
    let inside = text.split('`').skip(1).step_by(2).filter_map(|w| w.trim().strip_prefix('{')?.strip_suffix('}'));
    inside.map(|fields| fields.split(',').map(|field| field.trim().to_owned()).collect())
}

/// A text without what stands in round brackets.
fn without_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// A value as a template was given it.
#[derive(Debug, PartialEq)]
pub enum Given {
    Scalar(String),
    List(Vec<Given>),
    Map(BTreeMap<String, Given>),
}

impl Given {
    /// Reads what Tera prints for `{{ __tera_context | safe }}`.
    pub fn read(text: &str) -> Self {
        let mut rest = text.trim();
        let value = Self::value(&mut rest);
        assert_eq!(rest, "", "after the value");
        value
    }

    fn value(rest: &mut &str) -> Self {
        match rest.chars().next() {
            Some('{') => {
                let mut fields = BTreeMap::new();
                Self::items(rest, '}', |rest| {
                    let key = string(rest);
                    *rest = rest.strip_prefix(": ").unwrap();
                    fields.insert(key, Self::value(rest));
                });
                Self::Map(fields)
            }
            Some('[') => {
                let mut items = Vec::new();
                Self::items(rest, ']', |rest| items.push(Self::value(rest)));
                Self::List(items)
            }
            Some('"') => Self::Scalar(string(rest)),
            // A number, a truth value, or nothing for `none`.
            _ => {
                let end = rest.find([',', '}', ']']).unwrap();
                let (scalar, after) = rest.split_at(end);
                *rest = after;
                Self::Scalar(scalar.to_owned())
            }
        }
    }

    fn items(rest: &mut &str, close: char, mut one: impl FnMut(&mut &str)) {
        *rest = &rest[1..];
        if let Some(after) = rest.strip_prefix(close) {
            *rest = after;
            return;
        }
        loop {
            one(rest);
            if let Some(after) = rest.strip_prefix(close) {
                *rest = after;
                return;
            }
            *rest = rest.strip_prefix(", ").unwrap_or_else(|| panic!("no comma: {rest:.80}"));
        }
    }

    pub fn field(&self, name: &str) -> &Self {
        match self {
            Self::Map(fields) => &fields[name],
            other => panic!("no map: {other:?}"),
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Scalar(text) => text,
            other => panic!("no text: {other:?}"),
        }
    }
}

/// Reads a string as Rust's `{:?}` writes it.
fn string(rest: &mut &str) -> String {
    let mut out = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                *rest = &rest[at + 1..];
                return out;
            }
            '\\' => match chars.next().unwrap().1 {
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                '0' => out.push('\0'),
                'u' => {
                    let code: String = chars.by_ref().skip(1).map(|(_, c)| c).take_while(|c| *c != '}').collect();
                    out.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
                }
                other => out.push(other),
            },
            c => out.push(c),
        }
    }
    panic!("an open string")
}
