//! What the server itself says, for people: refusals in both languages, and the page of the start.

use std::sync::OnceLock;

use axum::body::Bytes;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::json;

use super::portal::Progress;
use super::reply;
use crate::base::lang::{Lang, PerLang};
use crate::diag::{Arg, Catalog};

/// The texts of the program, read when one is first needed, and the language of the writer.
pub(super) struct Texts {
    lang: Lang,
    catalogs: OnceLock<PerLang<Catalog>>,
}

impl Texts {
    /// Texts for a writer of a language.
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, catalogs: OnceLock::new() }
    }

    fn catalog(&self, lang: Lang) -> &Catalog {
        self.catalogs.get_or_init(|| PerLang::from_fn(Catalog::load)).get(lang)
    }

    /// A text in both languages as a page of its own, the writer's language first: whoever reads it
    /// may be somebody else.
    pub(super) fn page(&self, status: StatusCode, method: &Method, key: &str) -> Response {
        let texts = [self.lang, self.lang.other()].map(|lang| self.catalog(lang).text(key));
        reply::passing(status, method, texts.join("\n\n") + "\n", "text/plain; charset=utf-8")
    }

    /// A text for the preview's own script, in the writer's language.
    pub(super) fn message(&self, status: StatusCode, key: &str) -> Response {
        refusal(status, self.catalog(self.lang).text(key))
    }

    /// The page that is shown until there is one of the portal. The preview's script follows the
    /// progress; without scripts the page asks again by itself.
    pub(super) fn starting(&self, progress: Option<Progress>) -> Bytes {
        let catalog = self.catalog(self.lang);
        let title = catalog.text("ui.serve.starting");
        let bar = match progress {
            None => format!("<progress aria-label=\"{title}\"></progress>\n<p></p>"),
            Some(Progress { done, all }) => {
                let count = catalog.fill("preview.progress", &[("done", Arg::from(done)), ("all", Arg::from(all))]);
                format!("<progress aria-label=\"{title}\" value=\"{done}\" max=\"{all}\"></progress>\n<p>{count}</p>")
            }
        };
        let lang = self.lang;
        Bytes::from(format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"/__congso/progress.css\">\n<noscript><meta http-equiv=\"refresh\" content=\"1\"></noscript>\n</head>\n<body>\n<main id=\"congso-progress\">\n<h1>{title}</h1>\n{bar}\n</main>\n</body>\n</html>\n"
        ))
    }
}

/// `{"message": …}`.
pub(super) fn refusal(status: StatusCode, message: &str) -> Response {
    reply::passing(status, &Method::POST, json!({ "message": message }).to_string(), "application/json")
}
