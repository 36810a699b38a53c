/* The frame: the menu button on a small screen, closing what was unfolded, dates in one piece, leaving nothing behind
   in the browser. */
(() => {
  "use strict";
  // htmx keeps the address of the page in the tab, with what stood in a filter. History is off, so nothing reads it.
  const vergeet = () => {
    try { sessionStorage.removeItem("htmx-current-path-for-history"); } catch { /* the browser keeps nothing at all */ }
  };
  vergeet();
  window.addEventListener("pagehide", vergeet);

  const knop = document.querySelector("[data-menuknop]");
  const menu = knop && document.getElementById(knop.getAttribute("aria-controls"));
  if (menu) {
    knop.hidden = false;
    menu.classList.add("wmo-menu--inklapbaar");
    knop.addEventListener("click", () => {
      const open = knop.getAttribute("aria-expanded") !== "true";
      knop.setAttribute("aria-expanded", String(open));
      menu.classList.toggle("wmo-menu--open", open);
    });
  }

  function sluit(behalve) {
    for (const el of document.querySelectorAll("details[data-uitklap][open]")) if (el !== behalve) el.open = false;
  }

  /* Browsers break a line after a hyphen between digits, and no style sheet stops them: in a sentence 22-11-2026 would end
     on two lines. Without this script it does, and nothing is lost. In a flex box every part would lose its space. */
  const DATUM = /(\b\d{1,2}-\d{2}-\d{4}\b)/;
  const ZIN = /\S\s*\b\d{1,2}-\d{2}-\d{4}\b|\b\d{1,2}-\d{2}-\d{4}\b\s*\S/;

  function loopt(el) {
    return !el.closest("textarea, select, option, script, style, svg, .wmo-heel") && !/flex|grid/.test(getComputedStyle(el).display);
  }

  function heel(datum) {
    const span = document.createElement("span");
    span.className = "wmo-heel";
    span.textContent = datum;
    return span;
  }

  function houdHeel(plek) {
    const loper = document.createTreeWalker(plek, NodeFilter.SHOW_TEXT);
    const zinnen = [];
    while (loper.nextNode()) if (ZIN.test(loper.currentNode.data) && loopt(loper.currentNode.parentElement)) zinnen.push(loper.currentNode);
    for (const zin of zinnen) zin.replaceWith(...zin.data.split(DATUM).map((deel, nummer) => (nummer % 2 ? heel(deel) : deel)));
  }

  houdHeel(document.body);
  document.addEventListener("htmx:load", (g) => houdHeel(g.target));

  document.addEventListener("click", (g) => sluit(g.target.closest("details[data-uitklap]")));
  document.addEventListener("keydown", (g) => {
    if (g.key !== "Escape") return;
    const open = document.querySelector("details[data-uitklap][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
})();
