//! Pictures made while rendering, as SVG text: places across are percentages, so that lines and letters keep
//! their size on every screen; looks come from classes, since the Content-Security-Policy allows no style.

pub(super) mod cover;
pub(super) mod targets;
pub(super) mod timeline;

/// A place across the picture, from 0 to 100, as SVG writes it.
fn across(place: f64) -> String {
    format!("{}%", figure(place.clamp(0.0, 100.0)))
}

/// A number as SVG writes it, with at most two decimals.
fn figure(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text between tags.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing into memory cannot fail.
    let _infallible = pulldown_cmark_escape::escape_html(&mut out, text);
    out
}
