// Comforts only: the pages are whole without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const sizes = ["small", "normal", "large", "larger", "largest"];

  // Private windows and full disks refuse storage; the setting then lasts for this page.
  const recall = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const keep = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* not kept */ }
  };

  let size = Math.max(0, sizes.indexOf(recall("size") || "normal"));
  let contrast = recall("contrast") === "more";
  const show = () => {
    root.dataset.size = sizes[size];
    if (contrast) root.dataset.contrast = "more";
    else delete root.dataset.contrast;
  };
  show();

  const button = (text, label, press) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = text;
    if (label) b.setAttribute("aria-label", `${text}, ${label}`);
    b.addEventListener("click", () => press(b));
    return b;
  };

  const tools = document.querySelector("[data-tools]");
  if (tools) {
    const words = tools.dataset;
    const resize = (next) => {
      size = Math.min(sizes.length - 1, Math.max(0, next));
      show();
      keep("size", sizes[size]);
    };
    const group = document.createElement("span");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.size);
    group.append(
      button("A−", words.smaller, () => resize(size - 1)),
      button("A", words.normal, () => resize(1)),
      button("A+", words.larger, () => resize(size + 1)),
    );
    const toggle = button(words.contrast, "", (b) => {
      contrast = !contrast;
      show();
      keep("contrast", contrast ? "more" : "normal");
      b.setAttribute("aria-pressed", String(contrast));
    });
    toggle.setAttribute("aria-pressed", String(contrast));
    tools.append(group, toggle);
  }

  // Browsers offer the clipboard on secure pages only.
  for (const place of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    place.append(
      button(place.dataset.label, "", async () => {
        try {
          await navigator.clipboard.writeText(place.dataset.copy);
          said.textContent = place.dataset.done;
        } catch {
          said.textContent = place.dataset.copy;
        }
      }),
      said,
    );
    place.hidden = false;
  }

  const offer = (place, label, press) => {
    place.append(button(label, "", press));
    place.hidden = false;
  };

  // The share sheet of phones. Who closes it has changed their mind.
  if (navigator.share) {
    for (const place of document.querySelectorAll("[data-share]")) {
      const { share: url, title, label } = place.dataset;
      offer(place, label, () => navigator.share({ url, title }).catch(() => {}));
    }
  }

  // What is printed or kept says when.
  for (const place of document.querySelectorAll("[data-print]")) offer(place, place.dataset.print, () => print());
  addEventListener("beforeprint", () => {
    const day = new Intl.DateTimeFormat(root.lang === "vi" ? "vi-VN" : "en-GB", { dateStyle: "long", timeStyle: "short" });
    for (const place of document.querySelectorAll("[data-printed]")) {
      place.textContent = `${place.dataset.printed}: ${day.format(new Date())}`;
    }
  });

  // A notice whose time is over since the page was made.
  for (const notice of document.querySelectorAll("[data-until]")) {
    notice.hidden = Date.parse(notice.dataset.until) < Date.now();
  }
})();
