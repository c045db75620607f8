//! The command line: commands and options, without their texts, which are in the catalogues.

use std::net::IpAddr;
use std::num::NonZeroU8;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::base::lang::Lang;

/// Everything the program can be asked.
#[derive(Debug, Parser)]
#[command(name = "congso", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// The command; without one, the preview is opened.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of all commands.
#[derive(Args, Debug)]
pub struct Global {
    /// The folder of the portal.
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The language of messages.
    #[arg(long, global = true, value_name = "vi|en", value_parser = parse_lang)]
    pub ui_lang: Option<Lang>,
    /// Whether to use colour.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub color: When,
    /// Say less.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// How many threads work.
    #[arg(long, global = true, value_name = "N")]
    pub jobs: Option<NonZeroU8>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the portal.
    Build(Build),
    /// Show the portal while it is edited.
    Serve(Serve),
    /// Make a new portal.
    Init(Init),
    /// Make a new page.
    New(New),
    /// Tell the state of pages.
    Status(Status),
    /// Tell what depends on what.
    Explain(Explain),
    /// Print a JSON Schema.
    Schema(Schema),
    /// Print a host's configuration.
    Hosting(Hosting),
    /// Print a completion script.
    Completions(Completions),
}

/// `congso serve`
#[derive(Args, Debug)]
pub struct Serve {
    /// The port to listen on; the next free one where it is taken.
    #[arg(long, value_name = "PORT", default_value_t = Self::PORT)]
    pub port: u16,
    /// The address to listen on.
    #[arg(long, value_name = "ADDRESS")]
    pub bind: Option<IpAddr>,
    /// Open the browser.
    #[arg(long)]
    pub open: bool,
    /// Show drafts.
    #[arg(long)]
    pub drafts: bool,
    /// Show scheduled pages.
    #[arg(long)]
    pub future: bool,
    /// The address that opens a file in an editor.
    #[arg(long, value_name = "URL")]
    pub editor: Option<String>,
    /// Look at the files again and again.
    #[arg(long)]
    pub poll: bool,
}

impl Serve {
    /// 10 October.
    const PORT: u16 = 10_010;

    /// What a double-click means.
    #[must_use]
    pub fn opened() -> Self {
        Self { port: Self::PORT, bind: None, open: true, drafts: false, future: false, editor: None, poll: false }
    }
}

/// `congso build`
#[derive(Args, Debug)]
pub struct Build {
    /// Where to write.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// In place of the setting.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Show drafts.
    #[arg(long)]
    pub drafts: bool,
    /// Show scheduled pages.
    #[arg(long)]
    pub future: bool,
    /// Warnings are errors.
    #[arg(long)]
    pub strict: bool,
    /// Leave files out.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub without: Vec<PathBuf>,
    /// Tell the time of each phase.
    #[arg(long)]
    pub timings: bool,
    /// Forget what is cached.
    #[arg(long)]
    pub no_cache: bool,
}

/// `congso init`
#[derive(Args, Debug)]
pub struct Init {
    /// The folder.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// `congso new`
#[derive(Args, Debug)]
pub struct New {
    /// The kind of page.
    #[arg(value_enum, value_name = "KIND")]
    pub kind: NewKind,
    /// Its title.
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// Its language.
    #[arg(long, value_name = "vi|en", value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

/// The kinds of pages one can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    /// A news item.
    News,
    /// A legal document.
    Decision,
    /// An event.
    Event,
    /// Any other page.
    Page,
}

/// `congso status`
#[derive(Args, Debug)]
pub struct Status {
    /// The form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Human)]
    pub format: Format,
    /// Translations that are up to date.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub accept: Vec<PathBuf>,
}

/// `congso explain`
#[derive(Args, Debug)]
pub struct Explain {
    /// A file, or an address.
    #[arg(value_name = "PATH|URL")]
    pub name: String,
    /// Where it was written.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Human)]
    pub format: Format,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// `congso schema`
#[derive(Args, Debug)]
pub struct Schema {
    /// The kind.
    #[arg(value_enum, value_name = "KIND")]
    pub kind: SchemaArgument,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaArgument {
    /// A news item.
    News,
    /// A legal document.
    Decision,
    /// An event.
    Event,
    /// Any other page.
    Page,
    /// `_index.md`.
    Section,
}

/// `congso hosting`
#[derive(Args, Debug)]
pub struct Hosting {
    /// The host.
    #[arg(value_enum, value_name = "HOST")]
    pub host: HostArgument,
}

/// The hosts that need a configuration of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HostArgument {
    /// nginx.
    Nginx,
    /// Apache.
    Apache,
    /// IIS.
    Iis,
}

/// `congso completions`
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Reads `vi` or `en`.
fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::from_tag(text).ok_or_else(|| "vi, en".to_owned())
}
