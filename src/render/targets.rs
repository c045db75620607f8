//! Tables of targets: what a document asks to be reached, by year, and what was measured.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use tera::Value;

use super::svg;
use super::value::{Field, date, foreign, lang_of, list, localized, object};
use super::view::View;
use crate::base::lang::Lang;
use crate::base::similar::closest;
use crate::content::front_matter::Quantity;
use crate::diag::{Code, Diagnostic};
use crate::domain::format::{self, Clock, DateStyle, number};
use crate::site::meta::{DecisionMeta, MeasuredMeta, TargetMeta};

/// The table of a document's targets, or of those among them that are named.
pub(super) fn table(
    view: &View,
    decision: &DecisionMeta,
    only: &[String],
    document: Option<Value>,
) -> Result<Value, Box<Diagnostic>> {
    if let Some(unknown) = only.iter().find(|id| !decision.targets.iter().any(|target| target.id == **id)) {
        let known = || decision.targets.iter().map(|target| target.id.as_str());
        let listed = known().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let problem = Diagnostic::new(Code::BadChoice).with("field", "only").with("value", unknown.as_str());
        return Err(Box::new(problem.with("choices", listed).suggest(closest(unknown, known()))));
    }
    let chosen: Vec<&TargetMeta> =
        decision.targets.iter().filter(|target| only.is_empty() || only.contains(&target.id)).collect();
    let years: BTreeSet<i16> = chosen.iter().flat_map(|target| target.years.keys().copied()).collect();
    let rows = chosen.iter().map(|target| row(view, target, &years)).collect::<Result<Vec<Value>, _>>()?;
    Ok(object([
        ("document", document.into()),
        ("years", list(years.iter().map(|year| Value::from(*year))).into()),
        ("rows", list(rows).into()),
    ]))
}

/// An empty table, where the document is not published.
pub(super) fn none() -> Value {
    static NONE: LazyLock<Value> =
        LazyLock::new(|| object([("document", Field::none()), ("years", list([]).into()), ("rows", list([]).into())]));
    NONE.clone()
}

/// One target, with a value or `none` for each of the years.
fn row(view: &View, target: &TargetMeta, years: &BTreeSet<i16>) -> Result<Value, Box<Diagnostic>> {
    let lang = view.lang();
    let unit = target.unit.as_deref();
    let mut values = Vec::with_capacity(years.len());
    for year in years {
        values.push(match target.years.get(year) {
            None => Value::none(),
            Some(quantity) => object([
                ("year", (*year).into()),
                ("value", quantity.value.into()),
                ("display", display(view, *quantity, unit)?.into()),
            ]),
        });
    }
    let mut told = Vec::new();
    let mut measured = Vec::with_capacity(target.measured.len());
    for m in &target.measured {
        let plain = Quantity { comparison: None, value: m.value };
        let shown = if unit == Some("rank") { number(m.value, lang) } else { display(view, plain, unit)? };
        told.push(format!("{} {}: {shown}", view.string("targets.measured")?.form(None), day(m, lang)));
        measured.push(object([
            ("value", m.value.into()),
            ("display", shown.into()),
            ("as_of", date(Some(m.as_of)).into()),
            ("source", m.source.as_str().into()),
        ]));
    }
    let mut description = Vec::with_capacity(target.years.len() + told.len());
    for (year, quantity) in &target.years {
        description.push(format!("{year}: {}", display(view, *quantity, unit)?));
    }
    description.append(&mut told);
    let picture = svg::targets::draw(&svg::targets::Bar {
        unit,
        years: &target.years,
        first: years.first().copied().unwrap_or_default(),
        measured: &target.measured,
        name: (&target.label.text, (target.label.lang != lang).then_some(target.label.lang)),
        description: &description.join("; "),
        lang,
    });
    Ok(object([
        ("id", target.id.as_str().into()),
        ("label", target.label.text.as_str().into()),
        ("label_lang", foreign(target.label.lang, lang).into()),
        ("unit", unit.into()),
        ("values", list(values).into()),
        ("measured", list(measured).into()),
        ("picture", picture.map(|picture| Value::safe_string(&picture)).into()),
        ("source", localized(target.source.as_ref()).into()),
        ("source_lang", lang_of(target.source.as_ref(), lang).into()),
    ]))
}

/// The day a measured value holds for.
fn day(measured: &MeasuredMeta, lang: Lang) -> String {
    format::date(measured.as_of.local, Clock::Hidden, DateStyle::Short, lang)
}

/// A value with its unit as the reader's language writes it: `≥ 10%`, `top 70`.
fn display(view: &View, quantity: Quantity, unit: Option<&str>) -> Result<String, Box<Diagnostic>> {
    let lang: Lang = view.lang();
    let value = number(quantity.value, lang);
    let value = match quantity.comparison {
        Some(sign) => format!("{sign} {value}"),
        None => value,
    };
    Ok(match unit {
        None => value,
        Some("%") => format!("{value}%"),
        Some("rank") => view.string("rank")?.form(None).replace("{value}", &value),
        Some(unit) => format!("{value} {unit}"),
    })
}
