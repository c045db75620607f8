// What has changed with time since the page was made: the page is whole without this file, and right on the day it
// names.
(() => {
  "use strict";
  const now = Date.now();

  // What was not held is not over.
  const mark = (place) => {
    if (place.dataset.status === "cancelled" || place.dataset.status === "postponed") return;
    const badge = document.createElement("span");
    badge.className = "badge badge-status badge-over";
    badge.textContent = place.dataset.over;
    const line = place.matches("p") ? place : place.querySelector(".meta") || place;
    line.append(" ", badge);
  };
  const isOver = (place) => Date.parse(place.dataset.ends) < now;

  for (const list of document.querySelectorAll("[data-coming]")) {
    const rows = list.querySelector("ul");
    const past = list.dataset.into && document.getElementById(list.dataset.into);
    // Earliest first, so that the last to end comes to stand on top.
    for (const row of list.querySelectorAll("li:has(> [data-ends])")) {
      const event = row.querySelector("[data-ends]");
      if (!isOver(event)) continue;
      if (past) {
        past.querySelector("ul").prepend(row);
        past.closest("[data-past]").hidden = false;
      } else {
        mark(event);
      }
    }
    if (rows && !rows.children.length) {
      const none = document.createElement("p");
      none.className = "meta";
      none.textContent = list.dataset.none;
      rows.replaceWith(none);
    }
  }

  for (const place of document.querySelectorAll("p[data-ends]")) {
    if (isOver(place)) mark(place);
  }

  // Days are counted by the calendar of the portal, wherever the reader is.
  const today = (zone) => {
    try {
      return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
    } catch {
      const here = new Date(now);
      return new Date(now - here.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    }
  };
  for (const day of document.querySelectorAll("[data-next-day]")) {
    const words = day.dataset;
    const left = Math.round((Date.parse(day.dateTime) - Date.parse(today(words.zone))) / 86_400_000);
    // A page older than its Day says no number rather than a wrong one.
    if (!(left >= 0)) continue;
    const text = left === 0 ? words.today : left === 1 ? words.day : words.days.replace("{n}", left);
    const said = document.createElement("span");
    said.className = "days-to-go";
    said.textContent = text;
    day.after(" ", said);
  }
})();
