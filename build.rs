//! Makes what the program takes with it, so that none of it costs time when it starts: a mark of all it is made
//! from, by which it knows what it kept itself; the texts of its messages; the grammars that code is coloured by.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use syntect::dumps::dump_to_uncompressed_file;
use syntect::parsing::syntax_definition::Pattern;
use syntect::parsing::{Regex, SyntaxSet, SyntaxSetBuilder};

#[path = "src/content/highlight/classes.rs"]
mod classes;
#[path = "src/content/highlight/patterns.rs"]
mod patterns;
#[path = "src/content/highlight/walked.rs"]
mod walked;

/// What the program is made from.
const SOURCES: [&str; 5] = ["Cargo.lock", "Cargo.toml", "build.rs", "src", "themes"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        add(Path::new(source), &mut hasher)?;
    }
    for variable in ["TARGET", "PROFILE"] {
        env::var_os(variable).hash(&mut hasher);
    }
    println!("cargo:rustc-env=CONGSO_SOURCES={:016x}", hasher.finish());
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?);
    fs::write(out.join("catalog.rs"), catalog()?)?;
    dump_to_uncompressed_file(&grammars(), out.join("grammars.packdump"))?;
    Ok(())
}

/// Adds a file, or all files below a folder in the order of their names.
fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    path.hash(hasher);
    fs::read(path)?.hash(hasher);
    Ok(())
}

/// The texts of the catalogue, in Rust: for each language the keys in their order, with what they say.
fn catalog() -> Result<String, Box<dyn Error>> {
    let mut languages = Vec::new();
    for (lang, ending) in [("Vi", ".vi.yaml"), ("En", ".en.yaml")] {
        let mut texts = BTreeMap::new();
        for file in fs::read_dir("src/diag/catalog")? {
            let file = file?.path();
            if file.to_string_lossy().ends_with(ending) {
                let own: BTreeMap<String, String> = serde_yaml::from_str(&fs::read_to_string(&file)?)
                    .map_err(|error| format!("{}: {error}", file.display()))?;
                texts.extend(own);
            }
        }
        languages.push(format!("(Lang::{lang}, &{:?})", Vec::from_iter(texts)));
    }
    Ok(format!("[{}]", languages.join(", ")))
}

/// All grammars of `syntect`, with patterns that are fast to compile.
fn grammars() -> SyntaxSet {
    let mut plain = SyntaxSetBuilder::new();
    for grammar in SyntaxSet::load_defaults_newlines().into_builder().syntaxes() {
        let mut grammar = grammar.clone();
        for pattern in grammar.contexts.values_mut().flat_map(|context| &mut context.patterns) {
            if let Pattern::Match(matched) = pattern {
                matched.regex = Regex::new(patterns::fast_to_compile(matched.regex.regex_str()));
            }
        }
        plain.add(grammar);
    }
    plain.build()
}
