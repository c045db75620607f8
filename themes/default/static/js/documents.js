// Makes a form of the ways to parts of all documents, which are plain links without this file.
// The list is read from the open data once something is chosen; what is chosen stands in the address.
(() => {
  "use strict";
  const ways = document.querySelector("[data-filters][data-source]");
  const list = document.querySelector(".list > .rows");
  if (!ways || !list) return;
  const words = ways.dataset;
  const lang = document.documentElement.lang;
  const locale = lang === "vi" ? "vi-VN" : "en-GB";
  const STEP = 50;

  const make = (name, props = {}, ...children) => {
    const element = Object.assign(document.createElement(name), props);
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  // What each filter compares with the words of the links.
  const facts = {
    type: (item) => item.type_name,
    agency: (item) => item.agency?.name,
    year: (item) => item.issued.slice(0, 4),
    status: (item) => item.status_name,
  };

  // Marks and letter case do not count: `749/qd-ttg` finds `749/QĐ-TTg`.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const partsOf = (text) => fold(text).split(/\s+/).filter(Boolean);
  const said = (item) => fold([item.number, item.title, item.description ?? ""].join(" "));

  const form = make("form", { className: "filter-form" });
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", ways.querySelector("summary").textContent);
  const selects = {};
  const text = make("input", { type: "search", id: "cs-choose-text", name: "q", autocomplete: "off", spellcheck: false });
  text.addEventListener("input", () => update(true));
  form.append(make("div", {}, make("label", { htmlFor: text.id, textContent: words.text }), text));
  const fields = () => [text, ...Object.values(selects)];
  for (const heading of ways.querySelectorAll("[data-filter]")) {
    const name = heading.dataset.filter;
    const id = `cs-choose-${name}`;
    const select = make("select", { id, name }, make("option", { value: "", textContent: words.all }));
    for (const link of heading.parentElement.querySelectorAll("a")) {
      const value = new URL(link.href).pathname.split("/").filter(Boolean).pop();
      select.append(make("option", { value, textContent: link.textContent }));
    }
    select.addEventListener("change", () => update(true));
    selects[name] = select;
    form.append(make("div", {}, make("label", { htmlFor: id, textContent: heading.textContent }), select));
  }
  const reset = make("button", { type: "button", textContent: words.reset, hidden: true });
  reset.addEventListener("click", () => {
    for (const field of fields()) field.value = "";
    update(true);
    text.focus();
  });
  const status = make("p", { className: "filter-status" });
  status.setAttribute("role", "status");
  form.append(make("div", {}, reset), status);
  form.addEventListener("submit", (event) => event.preventDefault());
  const results = make("div", { className: "filter-results", hidden: true });
  list.before(results);
  const untouched = [list, ...document.querySelectorAll(".list > .pager")];

  let reading;
  const read = () => {
    reading ??= fetch(words.source).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then((data) => data.items.filter((item) => `${item.section}/`.startsWith(`${words.section}/`)));
    return reading;
  };

  const day = (text) => new Intl.DateTimeFormat(locale, lang === "vi"
    ? { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" }
    : { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${text.slice(0, 10)}T00:00:00Z`));

  const row = (item) => {
    const foreign = item.language !== lang;
    const title = make("span", { className: "row-name", textContent: item.title });
    const number = make("span", { className: "number", translate: false, textContent: item.number });
    const link = make("a", { href: new URL(item.url).pathname }, number, " ", title);
    if (foreign) {
      title.lang = item.language;
      link.hreflang = item.language;
    }
    const meta = make("p", { className: "meta" }, make("time", { dateTime: item.issued, textContent: day(item.issued) }), " ");
    if (item.agency) meta.append(make("span", { className: "meta-part", textContent: item.agency.name }), " ");
    if (item.status) meta.append(make("span", { className: `badge badge-status badge-${item.status}`, textContent: item.status_name }));
    return make("li", {}, make("article", { className: "row row-decision" }, make("h2", { className: "row-title" }, link), meta));
  };

  const show = (items) => {
    const rows = make("ul", { className: "rows" });
    const more = make("button", { type: "button", className: "filter-more", textContent: words.more });
    let shown = 0;
    const add = () => {
      const next = items.slice(shown, shown + STEP).map(row);
      rows.append(...next);
      shown += next.length;
      more.hidden = shown >= items.length;
      return next[0];
    };
    more.addEventListener("click", () => add()?.querySelector("a")?.focus());
    add();
    results.replaceChildren(rows, more);
    const count = items.length;
    const written = words.many.replace("{count}", new Intl.NumberFormat(locale).format(count));
    status.textContent = count === 0 ? words.none : count === 1 ? words.one : written;
  };

  const fail = () => {
    status.textContent = words.failed;
    ways.hidden = false;
    ways.open = true;
    plain();
  };

  const plain = () => {
    results.hidden = true;
    for (const element of untouched) element.hidden = false;
  };

  const chosen = () => Object.entries(selects).filter(([, select]) => select.value);

  const update = (record) => {
    const wanted = chosen();
    const parts = partsOf(text.value);
    const isAll = wanted.length === 0 && parts.length === 0;
    reset.hidden = isAll;
    if (record) {
      const url = new URL(location.href);
      for (const field of fields()) {
        const value = field.value.trim();
        if (value) url.searchParams.set(field.name, value);
        else url.searchParams.delete(field.name);
      }
      history.replaceState(history.state, "", url);
    }
    if (isAll) {
      status.textContent = "";
      plain();
      return;
    }
    const words = wanted.map(([name, select]) => [facts[name], select.selectedOptions[0].textContent]);
    read().then((items) => {
      const fits = (item) => words.every(([fact, word]) => fact(item) === word);
      const holds = (item) => parts.every((part) => said(item).includes(part));
      show(items.filter((item) => fits(item) && holds(item)));
      for (const element of untouched) element.hidden = true;
      results.hidden = false;
    }).catch(fail);
  };

  // An address that was kept or sent says what was chosen.
  const asked = new URLSearchParams(location.search);
  text.value = asked.get(text.name) ?? "";
  for (const [name, select] of Object.entries(selects)) {
    const value = asked.get(name) ?? "";
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  ways.before(form);
  ways.hidden = true;
  update(false);
})();
