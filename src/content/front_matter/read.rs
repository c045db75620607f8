//! From the YAML of a file to its typed front matter, with every problem found on the way.

use super::reader::{At, Entries, Reader};
use super::{
    Attachment, Attendance, Correction, EventStatus, FrontMatter, ImageFields, Kind, PlaceFields, Sort, SourceFields,
    StatusChecked, ThemeFields, ThemeKind, Withdrawn,
};
use crate::base::date::{Bound, WrittenDate};
use crate::base::path::RelPath;
use crate::content::fields;
use crate::diag::{Arg, Code, Diagnostics};
use crate::domain::document_types::DOCUMENT_TYPES;
use crate::source::yaml::{self, Node};

/// Reads front matter. `front` is the YAML between the `---` lines, `offset` the byte where it
/// begins in the file's text ([`crate::content::split`]); places in bytes are those of that text,
/// all others are [`crate::diag::Spot::Field`].
///
/// All problems are collected; a field with an error is left empty. Whether the kind of the page
/// may have a field is not asked here: the kind comes from the section.
#[must_use]
pub fn read(path: &RelPath, front: &str, offset: usize) -> (FrontMatter, Diagnostics) {
    let rescued = yaml::rescue(front);
    let mut reader = Reader::new(path, &rescued, offset);
    for edit in &rescued.edits {
        reader.rescued(edit);
    }
    let mut matter = FrontMatter::default();
    match yaml::parse(&rescued.text) {
        Err(error) => reader.broken(error),
        Ok(Node::Map(entries)) => reader.file(entries, &mut matter),
        Ok(Node::Null) => reader.file(Vec::new(), &mut matter),
        Ok(_) => reader.not_fields(),
    }
    (matter, reader.problems)
}

impl Reader<'_> {
    /// All fields of a file.
    fn file(&mut self, entries: Entries, matter: &mut FrontMatter) {
        let mut titled = false;
        for (key, node) in entries {
            let Some(field) = fields::find(&key).filter(|_| !key.contains('.')) else {
                self.unknown(None, &key);
                continue;
            };
            titled |= field.name == "title";
            if node != Node::Null {
                matter.stated.insert(field.name);
            }
            let at = At::top(field.name);
            self.common(node, &at, field.name, matter);
        }
        if !titled {
            self.missing_in_file("title");
        }
        let FrontMatter { publish, unpublish, event, decision, .. } = &*matter;
        let periods = [
            (*publish, "publish", *unpublish, "unpublish"),
            (event.start, "start", event.end, "end"),
            (decision.effective, "effective", decision.effective_until, "effective_until"),
        ];
        for (start, start_name, end, end_name) in periods {
            if let (Some(start), Some(end)) = (start, end)
                && ends_before(start, end)
            {
                let problem = self.about(Code::EndBeforeStart, &At::top(end_name));
                self.push(problem.with("start", Arg::Field(start_name.to_owned())));
            }
        }
    }

    /// One field of the file, by its name in the table.
    fn common(&mut self, node: Node, at: &At, name: &'static str, matter: &mut FrontMatter) {
        match name {
            "title" => {
                let composed = matches!(node, Node::List(_) | Node::Map(_));
                matter.title = self.line(node, at);
                if matter.title.is_none() && !composed {
                    let problem = self.about(Code::FieldEmpty, at);
                    self.push(problem);
                }
            }
            "description" => matter.description = self.line(node, at),
            "slug" => matter.slug = self.slug(node, at),
            "id" => matter.id = self.line(node, at),
            "draft" => matter.draft = self.truth(node, at).unwrap_or_default(),
            "date" => matter.date = self.date(node, at),
            "publish" => matter.publish = self.date(node, at),
            "unpublish" => matter.unpublish = self.date(node, at),
            "updated" => matter.updated = self.date(node, at),
            "review_by" => matter.review_by = self.date(node, at),
            "topics" => matter.topics = self.list(node, at),
            "tags" => matter.tags = self.list(node, at),
            "aliases" => matter.aliases = self.paths(node, at),
            "image" => matter.image = self.image(node, at).map(Box::new),
            "authors" => matter.authors = self.list(node, at),
            "source" => matter.source = self.origin(node, at).map(Box::new),
            "featured" => matter.featured = self.featured(node, at),
            "corrections" => matter.corrections = self.maps(node, at, Self::correction),
            "withdrawn" => matter.withdrawn = self.withdrawn(node, at).map(Box::new),
            "translates" => matter.translates = self.line(node, at),
            "extra" => matter.extra = self.map(node, at).unwrap_or_default().into_iter().collect(),
            _ => self.of_a_kind(node, at, name, matter),
        }
    }

    /// One field of decisions, events or sections.
    fn of_a_kind(&mut self, node: Node, at: &At, name: &'static str, matter: &mut FrontMatter) {
        let FrontMatter { decision, event, section, .. } = matter;
        match name {
            "number" => decision.number = self.line(node, at),
            "type" => {
                let types = DOCUMENT_TYPES.map(|kind| (kind.id, kind.id));
                decision.doc_type = self.choice(node, at, &types).map(str::to_owned);
            }
            "issued" => decision.issued = self.date(node, at),
            "effective" => decision.effective = self.date(node, at),
            "effective_until" => decision.effective_until = self.date(node, at),
            "agency" => decision.agency = self.line(node, at),
            "province" => decision.province = self.line(node, at),
            "signer" => decision.signer = self.line(node, at),
            "partly" => decision.partly = self.truth(node, at),
            "status_checked" => decision.status_checked = self.status_checked(node, at),
            "replaces" => decision.replaces = self.list(node, at),
            "amends" => decision.amends = self.list(node, at),
            "basis" => decision.basis = self.list(node, at),
            "implements" => decision.implements = self.list(node, at),
            "official_url" => decision.official_url = self.url(node, at),
            "attachments" => decision.attachments = self.maps(node, at, Self::attachment),
            "targets" => decision.targets = self.maps(node, at, Self::target),
            "start" => event.start = self.date(node, at),
            "end" => event.end = self.date(node, at),
            "all_day" => event.all_day = self.truth(node, at),
            "status" => event.status = self.choice(node, at, &EventStatus::NAMES),
            "former_start" => event.former_start = self.date(node, at),
            "attendance" => event.attendance = self.choice(node, at, &Attendance::NAMES),
            "place" => event.place = self.venue(node, at),
            "organiser" => event.organiser = self.line(node, at),
            "series" => event.series = self.line(node, at),
            "theme" => event.themes = self.themes(node, at),
            "kind" => section.kind = self.choice(node, at, &Kind::NAMES),
            "sort" => section.sort = self.choice(node, at, &Sort::NAMES),
            "page_size" => section.page_size = self.count(node, at),
            "feed" => section.feed = self.truth(node, at),
            "archive" => section.archive = self.truth(node, at),
            "layout" => section.layout = self.line(node, at),
            _ => self.unknown(None, name),
        }
    }

    /// `image:`
    fn image(&mut self, node: Node, at: &At) -> Option<ImageFields> {
        let mut image = ImageFields::default();
        for (key, node) in self.map(node, at)? {
            match key.as_str() {
                "src" => image.src = self.line(node, &at.field("src")),
                "alt" => image.alt = self.line(node, &at.field("alt")),
                "caption" => image.caption = self.line(node, &at.field("caption")),
                "credit" => image.credit = self.line(node, &at.field("credit")),
                other => self.unknown(Some(at), other),
            }
        }
        Some(image)
    }

    /// `source:`
    fn origin(&mut self, node: Node, at: &At) -> Option<SourceFields> {
        let mut source = SourceFields::default();
        for (key, node) in self.map(node, at)? {
            match key.as_str() {
                "name" => source.name = self.line(node, &at.field("name")),
                "url" => source.url = self.url(node, &at.field("url")),
                other => self.unknown(Some(at), other),
            }
        }
        Some(source)
    }

    /// `featured:`
    fn featured(&mut self, node: Node, at: &At) -> Option<WrittenDate> {
        let mut until = Stated::No;
        for (key, node) in self.map(node, at)? {
            match key.as_str() {
                "until" => until = self.stated_date(node, &at.field("until")),
                other => self.unknown(Some(at), other),
            }
        }
        self.required(until, at, "until")
    }

    /// One entry of `corrections:`.
    fn correction(&mut self, entries: Entries, at: &At) -> Option<Correction> {
        let (mut date, mut text) = (Stated::No, None);
        for (key, node) in entries {
            match key.as_str() {
                "date" => date = self.stated_date(node, &at.field("date")),
                "text" => text = self.text(node, &at.field("text")),
                other => self.unknown(Some(at), other),
            }
        }
        Some(Correction { date: self.required(date, at, "date")?, text })
    }

    /// `withdrawn:`
    fn withdrawn(&mut self, node: Node, at: &At) -> Option<Withdrawn> {
        let (mut date, mut reason) = (Stated::No, None);
        for (key, node) in self.map(node, at)? {
            match key.as_str() {
                "date" => date = self.stated_date(node, &at.field("date")),
                "reason" => reason = self.text(node, &at.field("reason")),
                other => self.unknown(Some(at), other),
            }
        }
        Some(Withdrawn { date: self.required(date, at, "date")?, reason })
    }

    /// `status_checked:`
    fn status_checked(&mut self, node: Node, at: &At) -> Option<StatusChecked> {
        let (mut date, mut url) = (Stated::No, None);
        for (key, node) in self.map(node, at)? {
            match key.as_str() {
                "date" => date = self.stated_date(node, &at.field("date")),
                "url" => url = self.url(node, &at.field("url")),
                other => self.unknown(Some(at), other),
            }
        }
        Some(StatusChecked { date: self.required(date, at, "date")?, url })
    }

    /// One entry of `attachments:`.
    fn attachment(&mut self, entries: Entries, at: &At) -> Option<Attachment> {
        let mut attachment = Attachment::default();
        let mut file = Stated::No;
        for (key, node) in entries {
            match key.as_str() {
                "file" => file = self.stated_line(node, &at.field("file")),
                "title" => attachment.title = self.line(node, &at.field("title")),
                "pages" => attachment.pages = self.count(node, &at.field("pages")),
                "scanned" => attachment.scanned = self.truth(node, &at.field("scanned")),
                other => self.unknown(Some(at), other),
            }
        }
        attachment.file = self.required(file, at, "file")?;
        Some(attachment)
    }

    /// `place:`
    fn venue(&mut self, node: Node, at: &At) -> Option<PlaceFields> {
        let mut place = PlaceFields::default();
        for (key, node) in self.map(node, at)? {
            match key.as_str() {
                "name" => place.name = self.line(node, &at.field("name")),
                "address" => place.address = self.line(node, &at.field("address")),
                "province" => place.province = self.line(node, &at.field("province")),
                "url" => place.url = self.url(node, &at.field("url")),
                other => self.unknown(Some(at), other),
            }
        }
        Some(place)
    }

    /// `theme:`, a line or entries.
    fn themes(&mut self, node: Node, at: &At) -> Option<Vec<ThemeFields>> {
        match node {
            Node::List(_) | Node::Map(_) => self.maps(node, at, Self::theme),
            line => self.line(line, at).map(|text| vec![ThemeFields { text, ..ThemeFields::default() }]),
        }
    }

    /// One entry of `theme:`.
    fn theme(&mut self, entries: Entries, at: &At) -> Option<ThemeFields> {
        let mut theme = ThemeFields::default();
        let mut text = Stated::No;
        for (key, node) in entries {
            match key.as_str() {
                "id" => theme.id = self.line(node, &at.field("id")),
                "text" => text = self.stated_line(node, &at.field("text")),
                "kind" => theme.kind = self.choice(node, &at.field("kind"), &ThemeKind::NAMES),
                "source" => theme.source = self.line(node, &at.field("source")),
                "verified" => theme.verified = self.truth(node, &at.field("verified")),
                other => self.unknown(Some(at), other),
            }
        }
        theme.text = self.required(text, at, "text")?;
        Some(theme)
    }

    /// A date that its entry needs.
    fn stated_date(&mut self, node: Node, at: &At) -> Stated<WrittenDate> {
        if node == Node::Null { Stated::No } else { Stated::Yes(self.date(node, at)) }
    }

    /// A text that its entry needs.
    fn stated_line(&mut self, node: Node, at: &At) -> Stated<String> {
        let composed = matches!(node, Node::List(_) | Node::Map(_));
        match self.line(node, at) {
            None if !composed => Stated::No,
            read => Stated::Yes(read),
        }
    }

    /// The value, or a problem where it is not stated.
    fn required<T>(&mut self, value: Stated<T>, at: &At, name: &'static str) -> Option<T> {
        match value {
            Stated::Yes(value) => value,
            Stated::No => {
                self.missing(at, name);
                None
            }
        }
    }
}

/// What an entry needs: not stated, or stated and read, if it could be.
enum Stated<T> {
    No,
    Yes(Option<T>),
}

/// Whether a period ends before it starts. A date without time starts with the day's first and ends
/// with its last instant; times with only one known offset are compared by their days.
fn ends_before(start: WrittenDate, end: WrittenDate) -> bool {
    match (start.offset, end.offset) {
        (None, None) | (Some(_), Some(_)) => {
            let utc = jiff::tz::TimeZone::UTC;
            end.resolve(&utc, Bound::End).at < start.resolve(&utc, Bound::Start).at
        }
        _ => end.date < start.date,
    }
}
