//! Making the file of a translation, and confirming one against its original.

use std::path::Path;

use super::error::OutputError;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::config::HtmlPolicy;
use crate::content::accept::{Accepted, with_digest};
use crate::content::front_matter::FrontMatter;
use crate::content::split::split;
use crate::content::{self, Digests};
use crate::diag::{Diagnostic, Place};
use crate::source::disk_write::{DiskError, Durability, WriteFolder};
use crate::source::text::SourceText;
use crate::source::{ReadError, Workspace};

/// Why a file was not written.
#[derive(Debug)]
pub enum Refused {
    /// What could not be read.
    Unreadable(Box<Diagnostic>),
    /// What could not be written.
    Unwritable(Box<Diagnostic>),
}

/// The file of a page in a language, beside one in another.
#[must_use]
pub fn path(original: &RelPath, lang: Lang, default: Lang) -> Option<RelPath> {
    let stem = original.as_str().strip_suffix(".md")?;
    let stem = Lang::ALL.into_iter().find_map(|lang| stem.strip_suffix(&format!(".{lang}"))).unwrap_or(stem);
    let suffix = if lang == default { String::new() } else { format!(".{lang}") };
    RelPath::new(&format!("{stem}{suffix}.md"))
}

/// Makes the file of a translation, as a draft that holds the original's text to be written over; `None`
/// where there is one already.
///
/// # Errors
/// [`Refused`] where the original cannot be read or the translation not be written.
pub fn create(
    root: &Path,
    workspace: &dyn Workspace,
    original: &RelPath,
    lang: Lang,
    default: Lang,
) -> Result<Option<RelPath>, Refused> {
    let Some(path) = path(original, lang, default).filter(|path| workspace.stamp(path).is_none()) else {
        return Ok(None);
    };
    let bytes = read(workspace, original)?;
    let source = SourceText::decode(original, &bytes).map_err(|problem| Refused::Unreadable(Box::new(problem)))?;
    let (parts, _) = split(original, source.text());
    let front = parts.front.map(|(yaml, offset)| content::front_matter::read(original, yaml, offset).0);
    let text = format!("---\n{}---\n\n{}\n", fields(&front.unwrap_or_default()), parts.body.trim());
    let written = WriteFolder::create(root)
        .and_then(|folder| folder.write_new(path.as_str(), text.as_bytes(), Durability::Synced));
    written.map_err(|error| failed(root, &path, error))?;
    Ok(Some(path))
}

/// The fields of a translation that are its own.
fn fields(original: &FrontMatter) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "));
    let line = |name: &str, text: &Option<String>| {
        text.as_ref().map(|text| format!("{name}: {}\n", quoted(text))).unwrap_or_default()
    };
    [line("title", &original.title), line("description", &original.description), "draft: true\n".to_owned()].concat()
}

/// Writes into a translation the digest of its original's text, as that is now.
///
/// # Errors
/// [`Refused`] where one of them cannot be read or the translation not be written.
pub fn confirm(root: &Path, workspace: &dyn Workspace, path: &RelPath, original: &RelPath) -> Result<(), Refused> {
    let bytes = read(workspace, original)?;
    // Neither the language nor the policy for raw HTML is part of the digest of the words.
    let (document, found) = content::parse(original, Lang::Vi, &bytes, HtmlPolicy::default(), Digests::Always);
    match document.and_then(|document| document.facts.digest) {
        Some(digest) => write_digest(root, workspace, path, &digest.words),
        None => {
            let problem = found.iter().next().cloned();
            let unread = || ReadError::Missing.diagnostic(original);
            Err(Refused::Unreadable(Box::new(problem.unwrap_or_else(unread))))
        }
    }
}

/// Writes a digest into a translation; one that states it already is left alone.
///
/// # Errors
/// [`Refused`] where it cannot be read or written.
pub fn write_digest(root: &Path, workspace: &dyn Workspace, path: &RelPath, digest: &str) -> Result<(), Refused> {
    let Accepted::Changed(bytes) = with_digest(&read(workspace, path)?, digest) else { return Ok(()) };
    let folder = WriteFolder::create(root).map_err(|error| failed(root, path, error))?;
    folder.replace(path.as_str(), &bytes, Durability::Synced).map_err(|error| failed(root, path, error))
}

fn read(workspace: &dyn Workspace, path: &RelPath) -> Result<Vec<u8>, Refused> {
    workspace.read(path).map_err(|error| Refused::Unreadable(Box::new(error.diagnostic(path))))
}

fn failed(root: &Path, path: &RelPath, error: DiskError) -> Refused {
    let problem = OutputError::at(path.on_disk(root), error).diagnostic();
    Refused::Unwritable(Box::new(problem.at(Place::file(path.clone()))))
}
