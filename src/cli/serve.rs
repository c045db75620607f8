//! `congso serve`: the preview, until its window is closed.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::args::{Global, Serve};
use super::ui::Ui;
use super::{Environment, Exit};
use crate::diag::{Arg, Code, Diagnostic};
use crate::serve::client;
use crate::serve::engine::{Editor, Engine, EngineOptions};
use crate::serve::http::{self, Limits, Running, ServeOptions, Token};
use crate::serve::watch::{self, Change, Choice, Method, Watch, WatchError, Why};
use crate::site::publication::{Preview, Shown};
use crate::source::disk::{DiskWorkspace, Kind, kind};

/// Shows the portal until the program is ended.
pub(super) fn run(options: &Serve, global: &Global, environment: &Environment, ui: &Ui) -> Exit {
    let root = environment.root(global.root.as_deref());
    if !matches!(kind(&root), Ok(Kind::Folder)) {
        ui.problem(&Diagnostic::new(Code::SettingsMissing));
        return Exit::Problems;
    }
    let shown = |wanted| if wanted { Shown::Shown } else { Shown::Hidden };
    let workspace = DiskWorkspace::new(&root);
    let root = workspace.root().to_owned();
    let engine = Engine::start(EngineOptions {
        root: root.clone(),
        workspace: Arc::new(workspace),
        clock: environment.clock(),
        preview: Preview { drafts: shown(options.drafts), future: shown(options.future) },
        catalog: *ui.catalog(),
        editor: Editor::new(options.editor.as_deref().unwrap_or(Editor::VSCODE), &root),
    });
    let (Ok(engine), Ok(token)) = (engine, Token::random()) else {
        ui.say("ui.serve.no-start", &[("reason", Arg::key("ui.serve.no-threads"))]);
        return Exit::Machine;
    };
    let served = http::serve(
        ServeOptions {
            bind: options.bind.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            port: options.port,
            token,
            lang: ui.catalog().lang(),
            client: &client::FILES,
            limits: Limits::default(),
        },
        Arc::new(engine.clone()),
    );
    let running = match served {
        Ok(running) => running,
        Err(error) => {
            ui.line(&error.message(ui.catalog()));
            return Exit::Machine;
        }
    };
    greet(&running, options, ui);
    let watch = start_watch(&root, if options.poll { Choice::Polling } else { Choice::Fitting }, &engine);
    match &watch {
        Ok(watch) => tell_method(watch.method(), ui),
        Err(WatchError::Folder(error)) => ui.say("ui.serve.no-watch", &[("reason", error.reason())]),
        Err(WatchError::Thread(words)) => ui.say("ui.serve.no-watch", &[("reason", Arg::Text(words.clone()))]),
    }
    // Whatever is to be done is done by other threads, until the program is ended.
    loop {
        thread::park();
    }
}

/// Says where the preview is to be seen, and opens it where asked.
fn greet(running: &Running, options: &Serve, ui: &Ui) {
    running.port_message(ui.catalog()).iter().for_each(|message| ui.line(message));
    let addresses = running.addresses();
    for address in &addresses {
        ui.say("ui.serve.at", &[("address", Arg::Text(address.clone()))]);
    }
    if options.bind.is_some()
        && let Some(code) = addresses.iter().rev().find_map(|address| http::qr(address))
    {
        ui.say("ui.serve.phone", &[]);
        ui.line(&code);
    }
    ui.say("ui.serve.stop", &[]);
    if options.open
        && let Some(address) = addresses.first()
        && http::open_browser(address).is_err()
    {
        ui.say("ui.serve.no-browser", &[("address", Arg::Text(address.clone()))]);
    }
}

/// Watches the portal. What changed between the first look at it and the beginning of the watch is
/// looked at again.
fn start_watch(root: &Path, choice: Choice, engine: &Engine) -> Result<Watch, WatchError> {
    let told = engine.clone();
    let watch = Watch::start(root, choice, move |change| told.changed(change))?;
    engine.changed(Change::Paths(watch::sources().collect()));
    Ok(watch)
}

/// Says so where changes are found by looking again and again.
fn tell_method(method: Method, ui: &Ui) {
    let Method::Polling(why) = method else { return };
    let key = match why {
        Why::NetworkDrive => "ui.serve.poll-network",
        Why::WindowsDrive => "ui.serve.poll-windows",
        Why::NoMoreWatches => "ui.serve.poll-limit",
        Why::Unavailable => "ui.serve.poll-unavailable",
        Why::Asked => "ui.serve.poll-asked",
    };
    ui.say(key, &[]);
}
