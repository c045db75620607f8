//! `congso init`: a new portal that builds at once, with VS Code set up for its writers.

use rust_embed::RustEmbed;

use super::args::Init;
use super::ui::Ui;
use super::{Environment, Exit};
use super::{schema, vscode};
use crate::base::date::Moment;
use crate::build::error::OutputError;
use crate::config::reference::json_schema as settings_schema;
use crate::content::fields::SchemaKind;
use crate::diag::{Arg, Catalog, Code, Diagnostic};
use crate::source::disk::{self, Kind};
use crate::source::disk_write::{DiskError, Durability, WriteFolder};

/// The files of a new portal.
#[derive(RustEmbed)]
#[folder = "src/cli/skeleton"]
struct Skeleton;

/// The kinds whose front matter has a schema.
const SCHEMAS: [SchemaKind; 5] =
    [SchemaKind::News, SchemaKind::Decision, SchemaKind::Event, SchemaKind::Page, SchemaKind::Section];

/// Makes the folder and its files. A folder that holds anything is refused.
pub(super) fn run(options: &Init, environment: &Environment, ui: &Ui) -> Exit {
    let dir = environment.folder.join(&options.dir);
    let empty = match disk::kind(&dir) {
        Ok(Kind::Missing) => true,
        Ok(Kind::Folder) => disk::tree(&dir, &[]).is_ok_and(|tree| tree.is_empty()),
        _ => false,
    };
    if !empty {
        ui.problem(&Diagnostic::new(Code::InitNotEmpty).with("folder", options.dir.display().to_string()));
        return Exit::Usage;
    }
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap_or(jiff::tz::TimeZone::UTC);
    let day = Moment::new(environment.now, &zone, false).machine();
    match write(&dir, &day, ui.catalog()) {
        Ok(()) => {
            ui.say("ui.init-made", &[("folder", Arg::Text(options.dir.display().to_string()))]);
            Exit::Success
        }
        Err(error) => {
            ui.problem(&OutputError::at(&dir, error).diagnostic());
            Exit::Machine
        }
    }
}

fn write(dir: &std::path::Path, day: &str, catalog: &Catalog) -> Result<(), DiskError> {
    let folder = WriteFolder::create(dir)?;
    let put = |path: &str, bytes: &[u8]| {
        if let Some((parent, _)) = path.rsplit_once('/') {
            folder.create_folder(parent)?;
        }
        folder.write_new(path, bytes, Durability::Lazy)
    };
    let mut names: Vec<String> = Skeleton::iter().map(|name| name.into_owned()).collect();
    names.sort();
    for name in names {
        let Some(file) = Skeleton::get(&name) else { continue };
        // Names that begin with a dot, and `.md` files that are no pages of this repository, are
        // stored under plain names.
        let path = name.replace("dot-", ".");
        let text = String::from_utf8_lossy(&file.data).replace("{{day}}", day);
        put(&path, text.as_bytes())?;
    }
    for kind in SCHEMAS {
        put(&format!(".vscode/congso/{}.schema.json", kind.name()), schema::text(kind, catalog.lang()).as_bytes())?;
    }
    let pretty = |value: serde_json::Value| format!("{value:#}\n");
    put(".vscode/congso/site.schema.json", pretty(settings_schema(catalog.lang())).as_bytes())?;
    put(".vscode/congso.code-snippets", pretty(vscode::snippets(catalog)).as_bytes())?;
    put("frontmatter.json", pretty(vscode::content_types(catalog.lang(), catalog)).as_bytes())?;
    folder.create_folder("static")
}
