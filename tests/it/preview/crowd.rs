//! Many readers while a portal is edited: each sees one state of it, never a mixture, and memory is bounded.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use congso::serve::http::{Answer, Found, Portal as _};
use congso::site::publication::Shown;

use super::{Live, all, base, site_path};

/// A page that shows the same number in its title, its text and the list beside it.
fn page(number: usize) -> String {
    format!("---\ntitle: T{number}\ndate: 2026-10-01\n---\n\nB{number}.\n")
}

/// The numbers that stand after a letter in a text.
fn numbers(text: &str, letter: char) -> BTreeSet<usize> {
    let parts = text.split(letter).skip(1);
    parts.filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()).collect()
}

#[test]
fn no_answer_is_mixed_from_two_states() {
    let a = "content/news/a.md";
    let template = "{{ page.title }} {{ page.body | safe }} {% for n in latest(section=\"news\", limit=3) %}{{ n.title }}{% endfor %} {{ site.menu[0].title }}";
    let texts = |number: usize| {
        let section = format!("---\ntitle: M{number}\nkind: news\nslug: tin-tuc\n---\n");
        // Every second edit changes the section too, so that all is linked anew.
        [(a, page(number)), ("content/news/_index.md", if number.is_multiple_of(2) { section } else { String::new() })]
    };
    let mut files = base(&[("themes/plain/templates/news.html", template)]);
    for (path, text) in texts(0) {
        files.insert(path.to_owned(), text.into_bytes());
    }
    let mut live = Live::start(files, all(Shown::Hidden));
    let engine = live.engine.clone();
    let (over, seen) = (AtomicBool::new(false), Mutex::new(BTreeSet::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut newest = 0;
                while !over.load(Ordering::Relaxed) {
                    let Answer::Page(answer) = engine.answer(&site_path("/tin-tuc/a/")) else { panic!("no page") };
                    assert_eq!(answer.status, Found::Yes);
                    let text = String::from_utf8(answer.bytes.to_vec()).unwrap();
                    let (titles, bodies) = (numbers(&text, 'T'), numbers(&text, 'B'));
                    assert!(titles.len() == 1 && titles == bodies, "{text}");
                    let number = *titles.first().unwrap();
                    let menu = *numbers(&text, 'M').first().unwrap();
                    assert!(menu == number || menu + 1 == number, "{text}");
                    assert!(number >= newest, "an older state after a newer one");
                    newest = number;
                    seen.lock().unwrap().insert(number);
                    let state = engine.state(&site_path("/tin-tuc/a/"));
                    serde_json::from_str::<serde_json::Value>(&state).unwrap();
                }
            });
        }
        for number in 1..60 {
            let mut files = live.files().clone();
            for (path, text) in texts(number).into_iter().filter(|(_, text)| !text.is_empty()) {
                files.insert(path.to_owned(), text.into_bytes());
            }
            live.save(files);
        }
        over.store(true, Ordering::Relaxed);
    });
    assert!(seen.lock().unwrap().len() > 5, "the readers saw too little");
    assert!(live.text("tin-tuc/a/index.html").contains("B59."));
    live.equals_the_build();
}
