//! The newest news of each part of the portal.

use super::{Member, PageId, SectionId, Site, lists};
use crate::base::lang::{Lang, PerLang};
use crate::content::front_matter::{Kind, Sort};

/// How many news of a part of the portal are recent. Only they are shown what is newer still: were it on all,
/// one new article would have every page of the portal made and sent to the host again.
pub const RECENT: usize = 50;

/// The newest news of the sections right below the root, and of the root, newest first.
#[derive(Debug)]
pub struct Recent(Vec<PerLang<Vec<PageId>>>);

impl Recent {
    /// Those of a site.
    #[must_use]
    pub fn of_site(site: &Site) -> Self {
        let of = |id: SectionId| {
            let is_part = site.section(id).parent == SectionId(0);
            PerLang::from_fn(|lang| if is_part { newest(site, id, lang) } else { Vec::new() })
        };
        Self(site.section_ids().map(of).collect())
    }

    /// The newest news of the part of the portal that a section lies in, in a language.
    #[must_use]
    pub fn of(&self, site: &Site, mut section: SectionId, lang: Lang) -> &[PageId] {
        while site.section(section).parent != SectionId(0) {
            section = site.section(section).parent;
        }
        self.0.get(section.0 as usize).map_or(&[], |part| part.get(lang))
    }
}

/// The newest news that a section lists, as far as they are in the language.
fn newest(site: &Site, id: SectionId, lang: Lang) -> Vec<PageId> {
    let section = site.section(id);
    let is_news = |member: &&Member| site.page(member.page).lang == lang && site.set_of(member.page).kind == Kind::News;
    let members = section.members.get(lang).iter().filter(is_news);
    if section.sort == Sort::Date {
        return members.take(RECENT).map(|member| member.page).collect();
    }
    let mut members: Vec<Member> = members.copied().collect();
    lists::newest_first(&mut members);
    members.into_iter().take(RECENT).map(|member| member.page).collect()
}
