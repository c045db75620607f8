//! A file of fields and text that can be edited field by field: front matter with a body, or settings.

/// The fields in their order, and the text below them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doc {
    /// Name and value as written, which may go over several lines.
    fields: Vec<(String, String)>,
    /// What follows the front matter; settings have none.
    body: Option<String>,
}

impl Doc {
    /// A page.
    pub(crate) fn new(title: &str, body: &str) -> Self {
        let fields = vec![("title".to_owned(), title.to_owned())];
        Self { fields, body: Some(format!("\n{body}\n")) }
    }

    /// A page with front matter, or a file of fields only.
    pub(crate) fn parse(text: &str) -> Self {
        let (fields, body) = match text.strip_prefix("---\n") {
            Some(rest) => {
                let (fields, body) = rest.split_once("\n---\n").unwrap();
                (fields, Some(body.to_owned()))
            }
            None => (text.trim_end(), None),
        };
        let mut doc = Self { fields: Vec::new(), body };
        for line in fields.lines() {
            match line.split_once(':').filter(|_| !line.starts_with(' ')) {
                Some((name, value)) => doc.fields.push((name.to_owned(), value.trim_start().to_owned())),
                None => {
                    let (_, value) = doc.fields.last_mut().unwrap();
                    value.push_str(&format!("\n{line}"));
                }
            }
        }
        doc
    }

    /// The file.
    pub(crate) fn text(&self) -> String {
        let line = |(name, value): &(String, String)| match value.starts_with('\n') {
            true => format!("{name}:{value}\n"),
            false => format!("{name}: {value}\n"),
        };
        let fields: String = self.fields.iter().map(line).collect();
        match &self.body {
            Some(body) => format!("---\n{fields}---\n{body}"),
            None => fields,
        }
    }

    /// Gives a field a value; an empty one takes the field away.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let at = self.fields.iter().position(|(known, _)| known == name);
        match (at, value) {
            (Some(at), "") => drop(self.fields.remove(at)),
            (Some(at), _) => self.fields[at].1 = value.to_owned(),
            (None, "") => {}
            (None, _) => self.fields.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The same with fields.
    pub(crate) fn with(mut self, fields: &[(&str, &str)]) -> Self {
        fields.iter().for_each(|(name, value)| self.set(name, value));
        self
    }

    /// Whether it has a heading of this name to link to.
    pub(crate) fn has_anchor(&self, id: &str) -> bool {
        self.body.as_ref().is_some_and(|body| body.contains(&format!("{{#{id}}}")))
    }

    /// Replaces a part of the text.
    pub(crate) fn edit_body(&mut self, from: &str, to: &str) {
        let body = self.body.as_mut().unwrap();
        assert!(body.contains(from), "{from}");
        *body = body.replace(from, to);
    }

    pub(crate) fn set_body(&mut self, body: &str) {
        self.body = Some(format!("\n{body}\n"));
    }
}

#[test]
fn it_writes_what_it_reads() {
    for (path, bytes) in crate::fixtures::files("small") {
        if path.ends_with(".md") || path == "site.yaml" {
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(Doc::parse(&text).text(), text, "{path}");
        }
    }
    let mut doc = Doc::parse("---\ntitle: A\ndraft: true\n---\nB\n");
    doc.set("title", "C");
    doc.set("draft", "");
    doc.set("slug", "d");
    assert_eq!(doc.text(), "---\ntitle: C\nslug: d\n---\nB\n");
}
