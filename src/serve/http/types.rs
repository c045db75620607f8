//! The content type of a file, by its name.

use crate::base::path::OutPath;

/// The content type a file is sent with; text is UTF-8.
pub(super) fn content_type(path: &OutPath) -> String {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let guessed = mime_guess::from_path(name).first_raw().unwrap_or("application/octet-stream");
    let kind = match guessed {
        // Every feed of a portal has this name, and hosts know feeds by it.
        _ if name == "atom.xml" => "application/atom+xml",
        // RFC 7303, 9.2: the same thing, and the name to prefer.
        "text/xml" => "application/xml",
        other => other,
    };
    let is_text = kind.starts_with("text/") || kind.ends_with("/xml") || kind.ends_with("+xml");
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_portal_holds_has_its_type() {
        for (name, wanted) in [
            ("index.html", "text/html; charset=utf-8"),
            ("assets/site.css", "text/css; charset=utf-8"),
            ("assets/site.js", "text/javascript; charset=utf-8"),
            ("data.json", "application/json"),
            ("site.webmanifest", "application/manifest+json"),
            ("en/atom.xml", "application/atom+xml; charset=utf-8"),
            ("sitemap.xml", "application/xml; charset=utf-8"),
            ("lich.ics", "text/calendar; charset=utf-8"),
            ("so-lieu.csv", "text/csv; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("logo.svg", "image/svg+xml; charset=utf-8"),
            ("a.PNG", "image/png"),
            ("a.jpg", "image/jpeg"),
            ("a.webp", "image/webp"),
            ("a.avif", "image/avif"),
            ("favicon.ico", "image/x-icon"),
            ("a.woff2", "font/woff2"),
            ("a.pdf", "application/pdf"),
            ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("a.doc", "application/msword"),
            ("a.odt", "application/vnd.oasis.opendocument.text"),
            ("a.zip", "application/zip"),
            ("a.mp4", "video/mp4"),
            ("_headers", "application/octet-stream"),
        ] {
            assert_eq!(content_type(&OutPath::new(name).unwrap()), wanted, "{name}");
        }
    }
}
