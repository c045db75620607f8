//! Headers, caching and redirects for hosts: `_headers` and `_redirects` for those that read them,
//! and the same for nginx, Apache and IIS.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::base::path::UrlPath;
use crate::config::SiteConfig;
use crate::site::Site;

/// A host that needs a configuration of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// nginx.
    Nginx,
    /// Apache 2.4 (`.htaccess`).
    Apache,
    /// IIS (`web.config`).
    Iis,
}

/// The Content-Security-Policy of a portal: nothing from elsewhere, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// The headers of every answer, by name; the preview sends the same.
pub const SECURITY: [(&str, &str); 5] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// Pages are asked for again each time; that costs little, since nothing changed is sent again.
const PAGES: &str = "no-cache";

/// Fingerprinted files never change under one name.
const ASSETS: &str = "public, max-age=31536000, immutable";

/// The content type of calendars (RFC 5545, 8.1), which many hosts do not know.
const CALENDAR: &str = "text/calendar; charset=utf-8";

/// The content type of tables (RFC 4180), with the encoding, which many hosts do not tell.
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// `_headers`, for Cloudflare Pages and Netlify. Each address falls under one caching
/// rule only, because hosts join the values of all rules that match.
pub(super) fn headers_file(config: &SiteConfig, top_folders: &BTreeSet<&str>) -> String {
    let path = config.base_url.path();
    let mut out = format!("{path}/*\n");
    for (name, value) in SECURITY {
        let _infallible = writeln!(out, "  {name}: {value}");
    }
    let _infallible = writeln!(out, "{path}/assets/*\n  Cache-Control: {ASSETS}");
    let _infallible = writeln!(out, "{path}/\n  Cache-Control: {PAGES}");
    for folder in top_folders {
        let _infallible = writeln!(out, "{path}/{folder}/*\n  Cache-Control: {PAGES}");
    }
    let _infallible = writeln!(out, "{path}/*.csv\n  Content-Type: {CSV}");
    let _infallible = writeln!(out, "{path}/*.ics\n  Content-Type: {CALENDAR}");
    out
}

/// `_redirects`: the old addresses.
pub(super) fn redirects_file(redirects: &[(String, String)]) -> String {
    redirects.iter().map(|(from, to)| format!("{from} {to} 301\n")).collect()
}

/// The configuration of a host.
#[must_use]
pub fn config(site: &Site, host: Host) -> String {
    match host {
        Host::Nginx => nginx(site),
        Host::Apache => apache(site),
        Host::Iis => iis(site),
    }
}

/// The old addresses and where they lead.
pub(super) fn redirects(site: &Site) -> impl Iterator<Item = (String, String)> {
    let base = &site.config.base_url;
    site.redirects.iter().map(|redirect| (base.href(&redirect.from), base.href(&site.page(redirect.to).url)))
}

fn not_found(site: &Site) -> String {
    site.config.base_url.href(&UrlPath::root().file("404.html"))
}

fn nginx(site: &Site) -> String {
    let path = site.config.base_url.path();
    let mut out = String::from("# nginx: inside server { … }\n");
    let security: String =
        SECURITY.iter().map(|(name, value)| format!("add_header {name} \"{value}\" always;\n")).collect();
    out.push_str(&security);
    let _infallible = writeln!(out, "add_header Cache-Control \"{PAGES}\";");
    // A location with an `add_header` of its own inherits none, so that it repeats them all.
    let inner: String =
        SECURITY.iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect();
    let _infallible =
        write!(out, "location {path}/assets/ {{\n{inner}    add_header Cache-Control \"{ASSETS}\";\n}}\n");
    let _infallible = writeln!(out, "location ~ \\.ics$ {{ types {{ }} default_type \"{CALENDAR}\"; }}");
    out.push_str("charset utf-8;\n");
    let _infallible = writeln!(out, "error_page 404 {};", not_found(site));
    for (from, to) in redirects(site) {
        let _infallible = writeln!(out, "location = {from} {{ return 301 {to}; }}");
    }
    out
}

fn apache(site: &Site) -> String {
    let path = site.config.base_url.path();
    let mut out = String::from(
        "# Apache 2.4: .htaccess (mod_headers, mod_alias, mod_mime)\nAddDefaultCharset utf-8\nAddType text/calendar .ics\nAddCharset utf-8 .ics\n<IfModule mod_headers.c>\n",
    );
    for (name, value) in SECURITY {
        let _infallible = writeln!(out, "  Header always set {name} \"{value}\"");
    }
    let _infallible = writeln!(out, "  Header set Cache-Control \"{PAGES}\"");
    let _infallible = writeln!(
        out,
        "  Header set Cache-Control \"{ASSETS}\" \"expr=%{{REQUEST_URI}} =~ m#^{path}/assets/#\"\n</IfModule>"
    );
    let _infallible = writeln!(out, "ErrorDocument 404 {}", not_found(site));
    for (from, to) in redirects(site) {
        let pattern = from.trim_end_matches('/').replace('.', "\\.");
        let _infallible = writeln!(out, "RedirectMatch 301 \"^{pattern}/?$\" \"{to}\"");
    }
    out
}

fn iis(site: &Site) -> String {
    let escape = |text: &str| quick_xml::escape::escape(text).into_owned();
    let path = site.config.base_url.path();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- IIS: web.config -->\n<configuration>\n  <system.webServer>\n    <httpProtocol>\n      <customHeaders>\n",
    );
    for (name, value) in SECURITY {
        let _infallible = writeln!(out, "        <add name=\"{name}\" value=\"{}\" />", escape(value));
    }
    let _infallible = writeln!(
        out,
        "        <add name=\"Cache-Control\" value=\"{PAGES}\" />\n      </customHeaders>\n    </httpProtocol>"
    );
    let _infallible = writeln!(
        out,
        "    <httpErrors errorMode=\"Custom\">\n      <remove statusCode=\"404\" />\n      <error statusCode=\"404\" path=\"{}\" responseMode=\"ExecuteURL\" />\n    </httpErrors>",
        not_found(site)
    );
    let _infallible = writeln!(
        out,
        "    <staticContent>\n      <remove fileExtension=\".ics\" />\n      <mimeMap fileExtension=\".ics\" mimeType=\"{CALENDAR}\" />\n    </staticContent>"
    );
    let _infallible = writeln!(out, "    <rewrite>\n      <rules>");
    for (index, (from, to)) in redirects(site).enumerate() {
        let pattern = from.trim_matches('/').replace('.', "\\.");
        let _infallible = writeln!(
            out,
            "        <rule name=\"old-{index}\" stopProcessing=\"true\">\n          <match url=\"^{pattern}/?$\" />\n          <action type=\"Redirect\" url=\"{to}\" redirectType=\"Permanent\" />\n        </rule>"
        );
    }
    out.push_str("      </rules>\n    </rewrite>\n  </system.webServer>\n");
    let _infallible = writeln!(
        out,
        "  <location path=\"{}assets\">\n    <system.webServer>\n      <httpProtocol>\n        <customHeaders>\n          <remove name=\"Cache-Control\" />\n          <add name=\"Cache-Control\" value=\"{ASSETS}\" />\n        </customHeaders>\n      </httpProtocol>\n    </system.webServer>\n  </location>",
        path.trim_start_matches('/').to_owned() + if path.is_empty() { "" } else { "/" }
    );
    out.push_str("</configuration>\n");
    out
}
