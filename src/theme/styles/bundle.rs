//! A style sheet with all that it imports, in one.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use lightningcss::rules::import::ImportRule;
use lightningcss::rules::layer::LayerBlockRule;
use lightningcss::rules::media::MediaRule;
use lightningcss::rules::supports::SupportsRule;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::values::string::CowArcStr;
use lightningcss::values::url::Url;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit as _, VisitTypes, Visitor};

use super::again;
use super::browsers::targets;
use super::physical::Physical;
use super::sheet::{Item, Sheet, UNEXPECTED};
use crate::base::path::RelPath;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};

/// How many imports may lead from one to the next.
const DEEPEST: usize = 64;

/// All rules of a style sheet and what it imports, in the order in which they count.
pub(super) struct Bundle<'a> {
    name: &'a str,
    rules: Vec<CssRule<'a>>,
    comments: Vec<CowArcStr<'a>>,
    /// The names of the style sheets in it.
    pub parts: BTreeSet<&'a str>,
    /// What is wrong with its imports.
    pub diagnostics: Diagnostics,
}

impl<'a> Bundle<'a> {
    /// Puts the rules of what is imported in the place of each `@import`, within its conditions. Each style
    /// sheet may stand in it once, so that it cannot grow beyond the sum of its parts.
    pub(super) fn of(name: &'a str, sheets: &BTreeMap<&'a str, Sheet<'a>>) -> Self {
        let (rules, comments, parts) = (Vec::new(), Vec::new(), BTreeSet::from([name]));
        let mut bundle = Self { name, rules, comments, parts, diagnostics: Diagnostics::default() };
        bundle.rules = bundle.inlined(name, sheets, DEEPEST);
        bundle
    }

    fn inlined(&mut self, name: &str, sheets: &BTreeMap<&'a str, Sheet<'a>>, depth: usize) -> Vec<CssRule<'a>> {
        let Some(sheet) = sheets.get(name) else { return Vec::new() };
        self.comments.extend(sheet.comments.iter().cloned());
        let mut rules = Vec::new();
        for item in sheet.items() {
            match item {
                Item::Rule(rule) => rules.push(rule.clone()),
                Item::Import(rule, to) => {
                    if depth == 0 || !self.parts.insert(to.sheet) {
                        self.diagnostics.push(again(to.sheet, to.place.clone()));
                        continue;
                    }
                    let inner = self.inlined(to.sheet, sheets, depth - 1);
                    rules.extend(within(rule, inner));
                }
            }
        }
        rules
    }

    /// The style sheet as it is published. `place` is where it lies in the portal.
    pub(super) fn write(self, place: Place) -> Result<String, Diagnostics> {
        let Self { name, rules, comments, mut diagnostics, parts: _ } = self;
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        let mut sheet = StyleSheet::new(vec![name.to_owned()], CssRuleList(rules), ParserOptions::default());
        sheet.license_comments = comments;
        let folder = RelPath::new(name).unwrap_or_default().parent();
        let up = "../".repeat(folder.as_str().split('/').filter(|part| !part.is_empty()).count());
        let Ok(()) = sheet.visit(&mut Relative(up));
        let Ok(()) = sheet.visit(&mut Physical);
        let small = sheet.minify(MinifyOptions { targets: targets(), ..Default::default() });
        let options = PrinterOptions { minify: true, targets: targets(), ..Default::default() };
        match (small, sheet.to_css(options)) {
            (Ok(()), Ok(printed)) => Ok(printed.code),
            // What could be read can be written, as far as is known.
            _ => {
                diagnostics.push(Diagnostic::new(Code::StyleSyntax).with("problem", Arg::key(UNEXPECTED)).at(place));
                Err(diagnostics)
            }
        }
    }
}

/// Rules within the conditions of the `@import` by which they came.
fn within<'a>(import: &ImportRule<'a>, rules: Vec<CssRule<'a>>) -> Vec<CssRule<'a>> {
    let loc = import.loc;
    let mut rules = rules;
    if let Some(name) = import.layer.clone() {
        rules = vec![CssRule::LayerBlock(LayerBlockRule { name, rules: CssRuleList(rules), loc })];
    }
    if let Some(condition) = import.supports.clone() {
        rules = vec![CssRule::Supports(SupportsRule { condition, rules: CssRuleList(rules), loc })];
    }
    if !import.media.media_queries.is_empty() {
        rules = vec![CssRule::Media(MediaRule { query: import.media.clone(), rules: CssRuleList(rules), loc })];
    }
    rules
}

/// Makes addresses of the theme's files relative, so that a base URL with a path changes nothing.
struct Relative(String);

impl<'i> Visitor<'i> for Relative {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(URLS)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), Infallible> {
        if let Some(inside) = url.url.strip_prefix("/assets/") {
            url.url = format!("{}{inside}", self.0).into();
        }
        Ok(())
    }
}
