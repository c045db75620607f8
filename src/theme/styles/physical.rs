//! Sides by where the text begins (`padding-inline`, `margin-block-start`) as sides of the page. Both
//! languages of a portal run from left to right, phones of 2020 lack most of these words, and the library
//! translates them with great care for all scripts, or not at all where a value has a `var()`.

use std::convert::Infallible;

use lightningcss::declaration::DeclarationBlock;
use lightningcss::properties::border::GenericBorder;
use lightningcss::properties::custom::{Token, TokenList, TokenOrValue, UnparsedProperty};
use lightningcss::properties::{Property, PropertyId};
use lightningcss::values::string::CowArcStr;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit as _, VisitTypes, Visitor};

/// Writes all declarations with the sides of the page.
pub(super) struct Physical;

impl<'i> Visitor<'i> for Physical {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(PROPERTIES)
    }

    fn visit_declaration_block(&mut self, block: &mut DeclarationBlock<'i>) -> Result<(), Infallible> {
        for list in [&mut block.declarations, &mut block.important_declarations] {
            *list = std::mem::take(list).into_iter().flat_map(physical).collect();
        }
        block.visit_children(self)
    }
}

fn physical(property: Property<'_>) -> Vec<Property<'_>> {
    vec![match property {
        Property::InsetInlineStart(value) => Property::Left(value),
        Property::InsetInlineEnd(value) => Property::Right(value),
        Property::MarginInlineStart(value) => Property::MarginLeft(value),
        Property::MarginInlineEnd(value) => Property::MarginRight(value),
        Property::PaddingInlineStart(value) => Property::PaddingLeft(value),
        Property::PaddingInlineEnd(value) => Property::PaddingRight(value),
        Property::BorderInlineStart(border) => Property::BorderLeft(side(border)),
        Property::BorderInlineEnd(border) => Property::BorderRight(side(border)),
        Property::Unparsed(UnparsedProperty { property_id, value }) => return with_variables(property_id, value),
        other => other,
    }]
}

/// A border of one side as that of another.
fn side<S, const FROM: u8, const TO: u8>(border: GenericBorder<S, FROM>) -> GenericBorder<S, TO> {
    let GenericBorder { width, style, color } = border;
    GenericBorder { width, style, color }
}

/// A declaration whose value has a `var()`. A variable is taken for one value.
fn with_variables<'i>(id: PropertyId<'i>, value: TokenList<'i>) -> Vec<Property<'i>> {
    let unparsed = |property_id, value| Property::Unparsed(UnparsedProperty { property_id, value });
    let Some((first, second)) = sides(id.name()) else { return vec![unparsed(id, value)] };
    let Some(second) = second else { return vec![unparsed(PropertyId::from(CowArcStr::from(first)), value)] };
    // A border is the same on both sides; of other values there may be one for each.
    let is_border = id.name().starts_with("border");
    let is_space = |token: &TokenOrValue<'_>| matches!(token, TokenOrValue::Token(Token::WhiteSpace(_)));
    let values: Vec<TokenList<'_>> =
        value.0.split(is_space).filter(|part| !part.is_empty()).map(|part| TokenList(part.to_vec())).collect();
    let (start, end) = match <[TokenList<'_>; 2]>::try_from(values) {
        Ok([start, end]) if !is_border => (start, end),
        _ => (value.clone(), value),
    };
    vec![
        unparsed(PropertyId::from(CowArcStr::from(first)), start),
        unparsed(PropertyId::from(CowArcStr::from(second)), end),
    ]
}

/// The sides of the page that a property stands for: `padding-left` and `padding-right` for
/// `padding-inline`, `margin-top` for `margin-block-start`.
fn sides(name: &str) -> Option<(String, Option<String>)> {
    let (before, after, sides) = match (name.split_once("-inline"), name.split_once("-block")) {
        (Some((before, after)), None) => (before, after, ["left", "right"]),
        (None, Some((before, after))) => (before, after, ["top", "bottom"]),
        _ => return None,
    };
    if !matches!(before, "margin" | "padding" | "border" | "inset" | "scroll-margin" | "scroll-padding") {
        return None;
    }
    let own = |side: &str, rest: &str| match before {
        "inset" => side.to_owned(),
        _ => format!("{before}-{side}{rest}"),
    };
    let [start, end] = sides;
    Some(match (after.strip_prefix("-start"), after.strip_prefix("-end")) {
        (Some(rest), _) => (own(start, rest), None),
        (None, Some(rest)) => (own(end, rest), None),
        (None, None) => (own(start, after), Some(own(end, after))),
    })
}
