/* The frame: the menu button on a small screen, closing what was unfolded, leaving nothing behind in the browser. */
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

  document.addEventListener("click", (g) => sluit(g.target.closest("details[data-uitklap]")));
  document.addEventListener("keydown", (g) => {
    if (g.key !== "Escape") return;
    const open = document.querySelector("details[data-uitklap][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
})();
