//! What a writer does in the preview bar: choosing what is shown, making and confirming translations.

use serde_json::json;

use super::{Inner, Look, Message};
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::build::translations::{self, Refused};
use crate::serve::http::{Action, Reason, Refusal, Shown, SitePath};
use crate::site::publication::{Preview, Shown as Visible};
use crate::site::{PageId, TranslationState};

/// Does it, and answers with a JSON object.
pub(super) fn act(inner: &Inner, action: Action) -> Result<String, Refusal> {
    match action {
        Action::Choose { drafts, future } => {
            let shown = |wanted| if wanted == Shown::Yes { Visible::Shown } else { Visible::Hidden };
            inner.send(Message::Choose(Preview { drafts: shown(drafts), future: shown(future) }));
            Ok(json!({}).to_string())
        }
        Action::Translate(path) => {
            let (id, file) = page(inner, &path)?;
            let lang = language(inner, id, |state| state == TranslationState::Original)?.other();
            let default = inner.shown().generation.as_ref().map(|known| known.site().config.default_language);
            let (root, workspace) = (&inner.options.root, inner.options.workspace.as_ref());
            let made = translations::create(root, workspace, &file, lang, default.unwrap_or(Lang::Vi));
            done(inner, made)
        }
        Action::Accept(path) => {
            let (id, file) = page(inner, &path)?;
            language(inner, id, |state| state != TranslationState::Original)?;
            let original = original(inner, id).ok_or_else(|| refusal(inner, Reason::NotNow, "preview.not-now"))?;
            let (root, workspace) = (&inner.options.root, inner.options.workspace.as_ref());
            done(inner, translations::confirm(root, workspace, &file, &original).map(|()| Some(file)))
        }
    }
}

/// What is answered when a file was written, or was there already.
fn done(inner: &Inner, written: Result<Option<RelPath>, Refused>) -> Result<String, Refusal> {
    match written {
        Ok(Some(file)) => {
            let editor = inner.options.editor.link(&file, None);
            let answer = json!({"file": &file, "editor": editor}).to_string();
            inner.nudge([file]);
            Ok(answer)
        }
        Ok(None) => Err(refusal(inner, Reason::NotNow, "preview.not-now")),
        Err(Refused::Unreadable(problem) | Refused::Unwritable(problem)) => {
            Err(Refusal { reason: Reason::Failed, message: inner.options.catalog.message(&problem) })
        }
    }
}

fn refusal(inner: &Inner, reason: Reason, key: &str) -> Refusal {
    Refusal { reason, message: inner.options.catalog.text(key).to_owned() }
}

/// The page at a path, and its file.
fn page(inner: &Inner, path: &SitePath) -> Result<(PageId, RelPath), Refusal> {
    let shown = inner.shown();
    let found = shown.generation.as_ref().and_then(|generation| {
        let Look::Page(job, _, _) = inner.look(generation, path.as_str()) else { return None };
        let id = generation.page_of(&job)?;
        Some((id, generation.site().page(id).document.path.clone()))
    });
    found.ok_or_else(|| refusal(inner, Reason::NoSuchPage, "preview.no-page"))
}

/// The language of a page whose state is fit for what is asked.
fn language(inner: &Inner, id: PageId, is_fit: impl Fn(TranslationState) -> bool) -> Result<Lang, Refusal> {
    let shown = inner.shown();
    let page = shown.generation.as_ref().and_then(|generation| generation.site().pages.get(id.0 as usize));
    let fit = page.filter(|page| is_fit(page.translation));
    fit.map(|page| page.lang).ok_or_else(|| refusal(inner, Reason::NotNow, "preview.not-now"))
}

/// The file of the original of a translation.
fn original(inner: &Inner, id: PageId) -> Option<RelPath> {
    let shown = inner.shown();
    let site = shown.generation.as_ref()?.site();
    let page = site.pages.get(id.0 as usize)?;
    let original = (*site.set(page.set).pages.get(page.lang.other()))?;
    Some(site.page(original).document.path.clone())
}
