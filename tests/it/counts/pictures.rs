//! What another picture costs: the pages that show it, and what is made of it.

use super::portal::{Change, Outputs, all, edit_of, news, page, portal, replace};
use crate::images::jpeg;

/// The outputs made of the picture.
fn made(outputs: &Outputs) -> Outputs {
    outputs.iter().filter(|path| path.starts_with("tin-tuc/anh-")).cloned().collect()
}

/// A picture takes the place of another of another size.
fn replaced(prepare: impl FnOnce(&crate::support::Portal)) -> Change {
    let portal = portal().file("content/news/anh.jpg", jpeg(600, 300, 1));
    prepare(&portal);
    let change = edit_of(portal, |portal| portal.write("content/news/anh.jpg", jpeg(500, 400, 2)));
    assert_eq!((made(&change.written).len(), made(&change.removed).len(), change.removed.len()), (2, 4, 4));
    change
}

#[test]
fn in_a_text_it_is_its_page_only() {
    let change = replaced(|portal| replace(portal, &news(20), "Thân 20.", "![Ảnh](anh.jpg)"));
    assert_eq!(change.show("width=\"500\" height=\"400\""), page(20));
    change.check(all([page(20), made(&change.written)]), Outputs::new());
}

#[test]
fn that_of_a_page_is_in_its_summary() {
    let field = "---\n\nMở đầu";
    let change =
        replaced(|portal| replace(portal, &news(20), field, &format!("image: {{src: anh.jpg, alt: Ảnh}}\n{field}")));
    let shown = all([change.show("width=\"500\" height=\"400\""), change.show(&format!("-{}.", 500))]);
    assert!(shown.is_superset(&page(20)));
    // Its translation has the picture, too.
    let rows = &all([change.summarised("Tựa 20."), change.summarised("Heading 20.")]) - &shown;
    change.check(all([shown, made(&change.written)]), rows);
}

#[test]
fn what_no_page_shows_costs_nothing() {
    let portal = portal().file("content/news/anh.jpg", jpeg(600, 300, 1));
    let change = edit_of(portal, |portal| portal.write("content/news/anh.jpg", "nothing of a picture"));
    change.check(Outputs::new(), Outputs::new());
}
