//! `congso serve` as a writer meets it: a program, its address, files that are saved.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::base;
use crate::laws::model::{Files, Save, sync};
use crate::support::{congso, tree};

/// Long enough for a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// A running program; it ends with this.
struct Serving {
    child: Child,
    lines: Receiver<String>,
    address: String,
    /// What it said before its address.
    before: Vec<String>,
}

impl Serving {
    fn start(root: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_congso"))
            .args(["serve", "--ui-lang", "en", "--root"])
            .arg(root)
            .args(args)
            .env_clear()
            .env("SOURCE_DATE_EPOCH", "1793509200")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let talk = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || talk.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut serving = Self { child, lines, address: String::new(), before: Vec::new() };
        while serving.address.is_empty() {
            let line = serving.lines.recv_timeout(LONG).unwrap();
            match line.strip_prefix("Preview at http://") {
                Some(address) => serving.address = address.trim_end_matches('/').to_owned(),
                None => serving.before.push(line),
            }
        }
        serving
    }

    fn port(&self) -> u16 {
        self.address.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// The status of an answer, and its body.
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
        let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
        (status, answer[end + 4..].to_vec())
    }

    /// Waits until a page says something.
    #[track_caller]
    fn until(&self, path: &str, status: u16, text: &str) {
        let begun = Instant::now();
        loop {
            let (now, body) = self.get(path);
            if now == status && String::from_utf8_lossy(&body).contains(text) {
                return;
            }
            let body = String::from_utf8_lossy(&body).into_owned();
            assert!(begun.elapsed() < LONG, "{path}: {now} {body}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// A portal on disk.
struct Place {
    dir: tempfile::TempDir,
    root: PathBuf,
}

impl Place {
    fn new(files: &Files) -> Self {
        let dir = crate::laws::quick_folder();
        let root = dir.path().canonicalize().unwrap().join("portal");
        fs::create_dir(&root).unwrap();
        sync(&Files::new(), files, &root, Save::Write);
        Self { dir, root }
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.root.join(from), self.root.join(to)).unwrap();
    }

    /// Holds everything that is served to be what the program builds, but for the preview's own tag.
    fn equals_the_build(&self, serving: &Serving) {
        let out = self.dir.path().canonicalize().unwrap().join("clean");
        let run = congso(&self.root, &["build", "--ui-lang", "en", "--out", out.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{run:?}");
        for (path, wanted) in tree(&out) {
            let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
            let (status, body) = serving.get(&format!("/{}", folder.unwrap_or(&path)));
            let text = String::from_utf8_lossy(&body);
            let served = match text.split_once("<script type=\"module\" src=\"/__congso/client.js\"") {
                Some((head, rest)) => format!("{head}{}", rest.split_once("</script>").unwrap().1).into_bytes(),
                None => body.clone(),
            };
            assert!(status == 200 && served == wanted, "{path}: {status} {text}");
        }
    }
}

fn news(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-10-01\n---\n\n{body}\n")
}

#[test]
fn what_is_saved_is_seen_pages_and_folders_come_and_go() {
    let place = Place::new(&base(&[("content/news/a.md", &news("A", "Một."))]));
    let serving = Serving::start(&place.root, &["--port", "0"]);
    serving.until("/tin-tuc/a/", 200, "Một.");
    place.write("content/news/a.md", &news("A mới", "Hai."));
    serving.until("/tin-tuc/a/", 200, "Hai.");
    serving.until("/tin-tuc/", 200, "A mới");
    place.rename("content/news/a.md", "content/news/b.md");
    serving.until("/tin-tuc/b/", 200, "Hai.");
    serving.until("/tin-tuc/a/", 404, "");
    place.write("content/news/sau/_index.md", "---\ntitle: Sâu\nkind: news\n---\n");
    place.write("content/news/sau/c.md", &news("C", "Ba."));
    serving.until("/tin-tuc/sau/c/", 200, "Ba.");
    place.rename("content/news/sau", "content/news/nong");
    serving.until("/tin-tuc/nong/c/", 200, "Ba.");
    serving.until("/tin-tuc/sau/c/", 404, "");
    place.equals_the_build(&serving);
    fs::remove_dir_all(place.root.join("content/news/nong")).unwrap();
    serving.until("/tin-tuc/nong/c/", 404, "");
    serving.until("/tin-tuc/nong/", 404, "");
    fs::remove_file(place.root.join("content/news/b.md")).unwrap();
    serving.until("/tin-tuc/b/", 404, "");
    place.equals_the_build(&serving);
}

#[test]
fn twenty_saves_at_once_end_in_the_last() {
    let place = Place::new(&base(&[("content/news/a.md", &news("A", "Một."))]));
    let serving = Serving::start(&place.root, &["--port", "0"]);
    serving.until("/tin-tuc/a/", 200, "Một.");
    for number in 10..30 {
        place.write("content/news/a.md", &news(&format!("Bài {number}"), &format!("Lần {number}.")));
        place.write("themes/plain/i18n/vi.yaml", &{
            let strings = fs::read_to_string(place.root.join("themes/plain/i18n/vi.yaml")).unwrap();
            format!("{}# {number}\n", strings.split("# ").next().unwrap())
        });
        // Some see it while it is being saved.
        assert_eq!(serving.get("/tin-tuc/a/").0, 200);
    }
    serving.until("/tin-tuc/a/", 200, "Lần 29.");
    serving.until("/tin-tuc/", 200, "Bài 29");
    place.equals_the_build(&serving);
}

#[test]
fn it_starts_broken_and_is_mended() {
    let mut files = base(&[("content/news/a.md", &news("A", "Một."))]);
    let settings = files.insert("site.yaml".to_owned(), b"base_url: [\n".to_vec()).unwrap();
    let place = Place::new(&files);
    let serving = Serving::start(&place.root, &["--port", "0"]);
    let (status, body) = serving.get("/tin-tuc/a/");
    assert_eq!(status, 503, "{}", String::from_utf8_lossy(&body));
    place.write("site.yaml", std::str::from_utf8(&settings).unwrap());
    serving.until("/tin-tuc/a/", 200, "Một.");
    place.equals_the_build(&serving);
}

#[test]
fn where_a_port_is_taken_the_next_free_one_is_said() {
    let place = Place::new(&base(&[]));
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let serving = Serving::start(&place.root, &["--port", &port.to_string()]);
    let said = format!("Port {port} is in use by another program, so the preview runs on port {}.", serving.port());
    assert_eq!(serving.before, [said]);
    assert!(serving.port() > port);
    serving.until("/", 200, "Cổng thử");
}

#[test]
fn a_signal_to_end_ends_it() {
    let place = Place::new(&base(&[]));
    let mut serving = Serving::start(&place.root, &["--port", "0"]);
    assert_eq!(serving.before, [""; 0]);
    serving.until("/", 200, "Cổng thử");
    let killed = Command::new("kill").args(["-TERM", &serving.child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let begun = Instant::now();
    let ended = loop {
        if let Some(status) = serving.child.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < LONG, "it does not end");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(ended.signal(), Some(15));
    assert!(TcpStream::connect(&serving.address).is_err(), "the port is free");
    let said: Vec<String> = serving.lines.iter().collect();
    assert_eq!(said, ["To stop, close this window or press Ctrl+C."]);
}

#[test]
fn without_a_command_or_a_portal_it_says_how_one_is_made() {
    let empty = tempfile::tempdir().unwrap();
    let run = congso(empty.path(), &["--ui-lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("`congso init FOLDER`"), "{run:?}");
    let run = congso(empty.path(), &[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("`congso init TÊN-THƯ-MỤC`"), "{run:?}");
    assert_eq!(tree(empty.path()).len(), 0);
    let run = congso(empty.path(), &["serve", "--root", "khong-co", "--port", "0", "--ui-lang", "en"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("[settings-missing]"), "{run:?}");
}
