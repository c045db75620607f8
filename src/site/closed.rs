//! Sections that are not published: their pages, addresses and names go with them.

use std::collections::{BTreeMap, BTreeSet};

use super::link::{Candidate, section_of};
use super::publication::{Publication, Withheld};
use super::sources::Group;
use super::{Section, SectionId};

/// Marks the sections whose index is withheld in all its languages, and those below them. The root
/// is never closed: a portal always has a home page.
pub(super) fn closed_sections(
    groups: &BTreeMap<String, Group>,
    sections: &[Section],
    candidates: &[Vec<Candidate>],
) -> Vec<bool> {
    let indexes = groups.keys().zip(candidates).filter_map(|(key, pages)| Some((key.strip_suffix("/_index")?, pages)));
    let indexes: BTreeMap<&str, &Vec<Candidate>> = indexes.collect();
    let mut closed: Vec<bool> = Vec::with_capacity(sections.len());
    for section in sections {
        let index = indexes.get(section.key.as_str());
        let withheld = index.is_some_and(|c| c.iter().all(|c| c.entry.publication != Publication::Published));
        // A parent comes before its children.
        let below = closed.get(section.parent.0 as usize).copied().unwrap_or(false);
        closed.push(!section.key.is_empty() && (withheld || below));
    }
    closed
}

/// Withholds the pages of closed sections.
pub(super) fn withhold(
    groups: &BTreeMap<String, Group>,
    sections: &[Section],
    closed: &[bool],
    candidates: &mut [Vec<Candidate>],
) {
    if !closed.contains(&true) {
        return;
    }
    for ((key, group), pages) in groups.iter().zip(candidates) {
        let section = section_of(key, group, sections);
        if closed.get(section.0 as usize).copied().unwrap_or(false) {
            for page in pages.iter_mut().filter(|page| page.entry.publication == Publication::Published) {
                page.entry.publication = Publication::Withheld(Withheld::WithSection);
            }
        }
    }
}

/// Takes closed sections out, so that no list, address or link can name them; returns their folders.
pub(super) fn remove(sections: &mut Vec<Section>, closed: &[bool]) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    let mut kept = 0;
    let new_ids: Vec<u32> = closed
        .iter()
        .map(|closed| {
            let id = kept;
            kept += u32::from(!closed);
            id
        })
        .collect();
    let mut old = closed.iter();
    sections.retain(|section| {
        let keep = !old.next().copied().unwrap_or(false);
        if !keep {
            folders.insert(section.key.clone());
        }
        keep
    });
    for section in sections {
        section.parent = SectionId(new_ids.get(section.parent.0 as usize).copied().unwrap_or(0));
    }
    folders
}
