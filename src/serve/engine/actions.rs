//! What a writer does in the preview bar: choosing what is shown, making and confirming translations.

use serde_json::json;

use super::{Inner, Look, Message};
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::build::translations::{self, Refused};
use crate::render::{Job, Task};
use crate::serve::http::{Action, Found, Reason, Refusal, Shown, SitePath};
use crate::site::TranslationState;
use crate::site::publication::{Preview, Shown as Visible};
use crate::site::routes::Route;

/// Does it, and answers with a JSON object.
pub(super) fn act(inner: &Inner, action: Action) -> Result<String, Refusal> {
    match action {
        Action::Choose { drafts, future } => {
            let shown = |wanted| if wanted == Shown::Yes { Visible::Shown } else { Visible::Hidden };
            inner.send(Message::Choose(Preview { drafts: shown(drafts), future: shown(future) }));
            Ok(json!({}).to_string())
        }
        Action::Translate(path) => {
            let asked = Asked::of(inner, &path)?;
            if asked.state != TranslationState::Original || asked.original.is_some() {
                return Err(refusal(inner, Reason::NotNow, "preview.not-now"));
            }
            let (root, workspace) = (&inner.options.root, inner.options.workspace.as_ref());
            done(inner, translations::create(root, workspace, &asked.file, asked.lang.other(), asked.default))
        }
        Action::Accept(path) => {
            let asked = Asked::of(inner, &path)?;
            let original = asked.original.filter(|_| asked.state != TranslationState::Original);
            let original = original.ok_or_else(|| refusal(inner, Reason::NotNow, "preview.not-now"))?;
            let (root, workspace) = (&inner.options.root, inner.options.workspace.as_ref());
            done(inner, translations::confirm(root, workspace, &asked.file, &original).map(|()| Some(asked.file)))
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

/// A page for which something is asked, as one state of the site has it.
struct Asked {
    file: RelPath,
    lang: Lang,
    state: TranslationState,
    /// The file in the other language, if that is published.
    original: Option<RelPath>,
    /// The language of the site.
    default: Lang,
}

impl Asked {
    /// The page at a path. The list of a section is none, whose own text is another matter.
    fn of(inner: &Inner, path: &SitePath) -> Result<Self, Refusal> {
        let shown = inner.shown();
        let found = shown.generation.as_ref().and_then(|generation| {
            let Look::Page(Job { task: Task::Route(Route::Page(id)), .. }, _, Found::Yes) =
                inner.look(generation, path.as_str())
            else {
                return None;
            };
            let site = generation.site();
            let page = site.page(id);
            let original = *site.set(page.set).pages.get(page.lang.other());
            Some(Self {
                file: page.document.path.clone(),
                lang: page.lang,
                state: page.translation,
                original: original.map(|original| site.page(original).document.path.clone()),
                default: site.config.default_language,
            })
        });
        drop(shown);
        found.ok_or_else(|| refusal(inner, Reason::NoSuchPage, "preview.no-page"))
    }
}
