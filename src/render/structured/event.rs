//! Events: when, where, whether they are held, and the series they belong to.

use serde::Serialize;

use super::series;
use super::values::{Day, Id, Named, Node, Ref};
use super::work::Work;
use super::writer::Graph;
use crate::content::front_matter::{Attendance, EventStatus};
use crate::site::meta::PlaceMeta;

pub(super) const KIND: &str = "Event";
pub(super) const PART: &str = "#event";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    name: &'a str,
    start_date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Day>,
    event_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_start_date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_attendance_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    location: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizer: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    super_event: Option<Ref<'a>>,
    #[serde(flatten)]
    work: Work<'a>,
}

/// Where an event is held.
#[derive(Serialize)]
#[serde(tag = "@type")]
enum Location<'a> {
    Place {
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<PostalAddress<'a>>,
    },
    VirtualLocation {
        url: &'a str,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostalAddress<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    street_address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_region: Option<&'a str>,
}

/// Adds the event of its page, and the series it belongs to.
pub(super) fn add(graph: &mut Graph, node: Node<'_>) {
    let Some(event) = node.page.meta.event.as_deref() else { return };
    let location = event.place.iter().flat_map(|place| locations(place, event.status)).collect::<Vec<_>>();
    let organiser = event.organiser.as_ref();
    let series = event.series.as_deref();
    let part = series.map(series::part);
    let home = node.view.common().frame.home();
    graph.add(&Event {
        kind: KIND,
        id: Id { page: node.address, part: PART },
        name: &node.page.meta.title,
        start_date: Day(event.start),
        end_date: event.end.map(Day),
        event_status: status(event.status),
        previous_start_date: event.former_start.map(Day),
        event_attendance_mode: event.attendance().map(mode),
        location,
        organizer: organiser.map(|organiser| Named { kind: "Organization", name: &organiser.text }),
        super_event: part.as_deref().map(|part| Ref { id: Id { page: home, part } }),
        work: Work::of(node, KIND, PART),
    });
    if let Some(series) = series {
        series::of_event(graph, node, series);
    }
}

fn status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Scheduled => "https://schema.org/EventScheduled",
        EventStatus::Postponed => "https://schema.org/EventPostponed",
        EventStatus::Rescheduled => "https://schema.org/EventRescheduled",
        EventStatus::Cancelled => "https://schema.org/EventCancelled",
        EventStatus::MovedOnline => "https://schema.org/EventMovedOnline",
    }
}

/// Where it is held: a place, an address on the net, or both.
fn locations(place: &PlaceMeta, status: EventStatus) -> impl Iterator<Item = Location<'_>> {
    let name = place.name.as_ref().map(|name| name.text.as_str());
    let street_address = place.address.as_ref().map(|address| address.text.as_str());
    let address_region = place.province.as_ref().map(|province| province.text.as_str());
    let has_address = street_address.is_some() || address_region.is_some();
    let address = has_address.then_some(PostalAddress { kind: "PostalAddress", street_address, address_region });
    let is_there = (name.is_some() || has_address) && status != EventStatus::MovedOnline;
    let there = is_there.then_some(Location::Place { name, address });
    there.into_iter().chain(place.url.as_deref().map(|url| Location::VirtualLocation { url }))
}

/// How people take part, in the words of schema.org.
fn mode(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::InPerson => "https://schema.org/OfflineEventAttendanceMode",
        Attendance::Online => "https://schema.org/OnlineEventAttendanceMode",
        Attendance::Hybrid => "https://schema.org/MixedEventAttendanceMode",
    }
}
