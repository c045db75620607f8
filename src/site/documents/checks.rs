//! What is wrong with the relations of legal documents: loops, numbers that are none, numbers that the portal
//! has in another form or not at all.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::{Arenas, Documents, Related, Relation};
use crate::base::path::RelPath;
use crate::base::text::fold;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::site::SetId;
use crate::site::identity::{Found, Registry};
use crate::site::meta::DecisionMeta;

/// Checks the relations of all documents.
pub(in crate::site) fn check(documents: &Documents, arenas: Arenas<'_>, registry: &Registry) -> Diagnostics {
    let mut found = Diagnostics::default();
    found.extend(numbers(arenas, registry));
    found.extend(loops(documents, arenas));
    found
}

/// A number in a relation that no document of the portal has.
struct Unknown<'a> {
    /// The file that states it.
    file: &'a RelPath,
    relation: Relation,
    /// Where it stands in its list.
    position: usize,
    number: &'a str,
    /// What is wrong with it.
    code: Code,
    /// The number that is meant, where only its form is another.
    near: Option<&'a str>,
}

fn unknown<'a>(arenas: Arenas<'a>, registry: &Registry) -> Vec<Unknown<'a>> {
    // What people forget does not count: marks, separators, letter case.
    let known: OnceCell<BTreeMap<String, &'a str>> = OnceCell::new();
    let all = || arenas.documents().map(|(_, _, document)| (bare(&document.number), document.number.as_str()));
    let mut found = Vec::new();
    for (_, page, document) in arenas.documents() {
        for relation in Relation::STATED {
            for (position, number) in relation.stated(document).iter().enumerate() {
                if registry.numbered(number) != Found::Nothing {
                    continue;
                }
                let near = known.get_or_init(|| all().collect()).get(&bare(number)).copied();
                let code = match near {
                    Some(_) => Code::RelationMistyped,
                    None if is_number(number) => Code::RelationMissing,
                    None => Code::RelationNumber,
                };
                found.push(Unknown { file: &page.document.path, relation, position, number, code, near });
            }
        }
    }
    found
}

/// The numbers in relations that no document of the portal has.
fn numbers(arenas: Arenas<'_>, registry: &Registry) -> Vec<Diagnostic> {
    let told = unknown(arenas, registry).into_iter().map(|Unknown { file, relation, position, number, code, near }| {
        Diagnostic::new(code)
            .with("field", Arg::Field(relation.name().to_owned()))
            .with("number", number)
            .suggest(near)
            .at(Place::field(file.clone(), format!("{}.{position}", relation.name())))
    });
    told.collect()
}

/// The documents that others name in a relation and the portal lacks: the file, the relation, the number.
pub(in crate::site) fn lacking<'a>(
    arenas: Arenas<'a>,
    registry: &Registry,
) -> impl Iterator<Item = (&'a RelPath, Relation, &'a str)> {
    let missing = unknown(arenas, registry).into_iter().filter(|unknown| unknown.code == Code::RelationMissing);
    missing.map(|unknown| (unknown.file, unknown.relation, unknown.number))
}

/// Whether a text may be the number of a document: a figure, a separator and a symbol.
fn is_number(number: &str) -> bool {
    let number = number.trim();
    let has = |test: fn(char) -> bool| number.chars().any(test);
    number.starts_with(|c: char| c.is_ascii_digit()) && has(|c| c == '/' || c == '-') && has(char::is_alphabetic)
}

/// A number without marks, separators and letter case.
fn bare(number: &str) -> String {
    fold(number).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Relations that lead from a document back to itself. Each is of a document that was there before, so that
/// none can. One loop is told for each relation that closes one.
fn loops(documents: &Documents, arenas: Arenas<'_>) -> Vec<Diagnostic> {
    let mut state: BTreeMap<SetId, State> = BTreeMap::new();
    let mut found = Vec::new();
    for (start, ..) in arenas.documents() {
        if state.contains_key(&start) {
            continue;
        }
        // The way from the start to where the search stands, each with what it has still to look at.
        let mut way = vec![(start, older(documents, start))];
        state.insert(start, State::OnWay);
        while let Some((_, rest)) = way.last_mut() {
            match rest.next() {
                None => {
                    if let Some((done, _)) = way.pop() {
                        state.insert(done, State::Done);
                    }
                }
                Some(next) => match state.get(&next) {
                    None => {
                        state.insert(next, State::OnWay);
                        way.push((next, older(documents, next)));
                    }
                    Some(State::OnWay) => {
                        let chain = way.iter().map(|(set, _)| *set).skip_while(|set| *set != next);
                        found.extend(told(&chain.collect::<Vec<_>>(), documents, arenas));
                    }
                    Some(State::Done) => {}
                },
            }
        }
    }
    found
}

/// Where the search stands with a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    OnWay,
    Done,
}

/// The documents of which one says something, each once.
fn older(documents: &Documents, set: SetId) -> std::vec::IntoIter<SetId> {
    let stated = documents.related(set).iter().filter(|related| Relation::STATED.contains(&related.relation));
    let mut sets: Vec<SetId> = stated.filter_map(|related| related.set).collect();
    sets.sort_unstable();
    sets.dedup();
    sets.into_iter()
}

/// What is told of a loop. Its place is in the document that was issued first: what that says of a later one
/// is most likely what is wrong.
fn told(chain: &[SetId], documents: &Documents, arenas: Arenas<'_>) -> Option<Diagnostic> {
    let members: Vec<(SetId, &RelPath, &DecisionMeta)> = chain
        .iter()
        .filter_map(|set| {
            let page = arenas.page(*set)?;
            Some((*set, &page.document.path, page.meta.decision.as_deref()?))
        })
        .collect();
    let first = members.iter().enumerate().min_by_key(|(_, (set, _, document))| (document.issued.at, *set))?.0;
    let turned: Vec<_> = members.iter().cycle().skip(first).take(members.len() + 1).collect();
    let (set, path, document) = **turned.first()?;
    let to = turned.get(1)?.0;
    let stated = |related: &&Related| related.set == Some(to) && Relation::STATED.contains(&related.relation);
    let relation = documents.related(set).iter().find(stated)?;
    let numbers = relation.relation.stated(document);
    let position = numbers.iter().position(|number| *number == relation.number).unwrap_or_default();
    let names: Vec<&str> = turned.iter().map(|(_, _, document)| document.number.as_str()).collect();
    let field = format!("{}.{position}", relation.relation.name());
    let others = members.iter().filter(|(other, ..)| *other != set);
    let mut problem = Diagnostic::new(Code::RelationLoop)
        .with("field", Arg::Field(relation.relation.name().to_owned()))
        .with("chain", names.join(" → "))
        .at(Place::field(path.clone(), field));
    problem.related.extend(others.map(|(_, path, _)| Place::file((*path).clone())));
    Some(problem)
}
