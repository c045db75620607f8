//! One target as a bar: how far to come by the first year, marks for later years, diamonds for what was measured.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{across, escaped};
use crate::base::lang::Lang;
use crate::content::front_matter::Quantity;
use crate::domain::format::number;
use crate::site::meta::MeasuredMeta;

/// What a picture shows and how it is called.
pub(in crate::render) struct Bar<'a> {
    /// `%`, `rank` or free text.
    pub unit: Option<&'a str>,
    /// The values to reach.
    pub years: &'a BTreeMap<i16, Quantity>,
    /// The year whose value is the bar itself, in all rows of a table.
    pub first: i16,
    /// What was measured.
    pub measured: &'a [MeasuredMeta],
    /// What is measured, with its language where it is not the page's.
    pub name: (&'a str, Option<Lang>),
    /// All values as text.
    pub description: &'a str,
    /// The language of the page.
    pub lang: Lang,
}

/// The scales that can be drawn honestly: shares of a whole, and ranks, of which the first is the best and
/// stands on the right, so that longer is better in both.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// From 0 to 100.
    Share,
    /// From this rank up to the first.
    Rank(f64),
}

impl Scale {
    /// The scale for some values; `None` for other units, and for values that no such scale has.
    fn of(unit: Option<&str>, values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        match unit {
            Some("%") => values.clone().all(|value| (0.0..=100.0).contains(&value)).then_some(Self::Share),
            Some("rank") => {
                let last = values.clone().fold(1.0, f64::max);
                let sound = values.clone().all(|value| (1.0..=1000.0).contains(&value));
                sound.then_some(Self::Rank(((last + 1.0) / 10.0).ceil() * 10.0))
            }
            _ => None,
        }
    }

    /// Where a value stands, from 0 to 100.
    fn place(self, value: f64) -> f64 {
        match self {
            Self::Share => value,
            Self::Rank(last) => 100.0 * (last - value) / (last - 1.0),
        }
    }

    /// What its ends say.
    fn ends(self, lang: Lang) -> [String; 2] {
        match self {
            Self::Share => ["0%".to_owned(), "100%".to_owned()],
            Self::Rank(last) => [number(last, lang), "1".to_owned()],
        }
    }
}

/// The picture of a target; `None` where there is no scale for it or no value.
pub(in crate::render) fn draw(bar: &Bar<'_>) -> Option<String> {
    let values = bar.years.values().map(|quantity| quantity.value);
    let values = values.chain(bar.measured.iter().map(|measured| measured.value));
    values.clone().next()?;
    let scale = Scale::of(bar.unit, values)?;
    let (name, lang) = bar.name;
    // The name is an attribute: a title would come up beside the pointer, and pages have but one.
    let lang = lang.map(|lang| format!(" lang=\"{}\"", lang.tag())).unwrap_or_default();
    let mut out = String::new();
    // Writing into memory cannot fail.
    let _infallible = write!(
        out,
        "<svg class=\"bar\" width=\"100%\" height=\"40\" role=\"img\" aria-label=\"{}\"{lang} focusable=\"false\"><desc lang=\"{}\">{}</desc>\
         <rect class=\"bar-field\" width=\"100%\" height=\"10\" y=\"6\"/>",
        escaped(name),
        bar.lang.tag(),
        escaped(bar.description)
    );
    for (year, quantity) in bar.years {
        let place = across(scale.place(quantity.value));
        let _infallible = if *year == bar.first {
            write!(out, "<rect class=\"bar-fill\" width=\"{place}\" height=\"10\" y=\"6\"/>")
        } else {
            write!(
                out,
                "<svg x=\"{place}\" overflow=\"visible\"><rect class=\"bar-mark\" x=\"-2\" width=\"4\" height=\"20\" y=\"1\"/></svg>"
            )
        };
    }
    for measured in bar.measured {
        let place = across(scale.place(measured.value));
        let _infallible = write!(
            out,
            "<svg x=\"{place}\" y=\"11\" overflow=\"visible\"><path class=\"bar-dot\" d=\"M0-7 7 0 0 7-7 0z\"/></svg>"
        );
    }
    let [left, right] = scale.ends(bar.lang);
    let _infallible = write!(
        out,
        "<text class=\"bar-end\" y=\"36\">{left}</text><text class=\"bar-end\" x=\"100%\" y=\"36\" text-anchor=\"end\">{right}</text></svg>"
    );
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(unit: Option<&str>, years: &[(i16, f64)]) -> Option<String> {
        let quantity = |value: f64| Quantity { comparison: None, value };
        let years = years.iter().map(|(year, value)| (*year, quantity(*value))).collect();
        let name = ("Cáp quang <b>", Some(Lang::Vi));
        draw(&Bar { unit, years: &years, first: 2025, measured: &[], name, description: "2025: 80%", lang: Lang::En })
    }

    #[test]
    fn shares_and_ranks_have_a_picture_and_nothing_else_has() {
        let share = picture(Some("%"), &[(2025, 80.0), (2030, 100.0)]).unwrap();
        assert!(share.contains("<rect class=\"bar-fill\" width=\"80%\""), "{share}");
        assert!(share.contains("<svg x=\"100%\" overflow=\"visible\"><rect class=\"bar-mark\""), "{share}");
        assert!(
            share.contains(
                "aria-label=\"Cáp quang &lt;b&gt;\" lang=\"vi\" focusable=\"false\"><desc lang=\"en\">2025: 80%</desc>"
            ),
            "{share}"
        );
        let rank = picture(Some("rank"), &[(2025, 70.0), (2030, 1.0)]).unwrap();
        assert!(rank.contains(">80</text>") && rank.contains(">1</text>"), "{rank}");
        assert!(rank.contains("<svg x=\"100%\""), "the first rank is on the right: {rank}");
        for (unit, value) in
            [(None, 5.0), (Some("điểm"), 5.0), (Some("%"), 120.0), (Some("%"), -30.0), (Some("rank"), 0.0)]
        {
            assert_eq!(picture(unit, &[(2025, value)]), None, "{unit:?} {value}");
        }
        assert_eq!(picture(Some("%"), &[]), None);
    }

    #[test]
    fn a_later_year_alone_is_a_mark_and_no_bar() {
        let later = picture(Some("%"), &[(2030, 30.0)]).unwrap();
        assert!(!later.contains("bar-fill") && later.contains("bar-mark"), "{later}");
    }
}
