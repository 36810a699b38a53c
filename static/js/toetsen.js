/* Lists by keyboard: in a table with data-toetsen j goes to the next row, k to the previous one; the focus goes to
   the first link of the row, so Enter opens it by itself; x ticks the box of the row, when it has one. The keys can be
   switched off (WCAG 2.1.4). A box with data-alles in the head ticks all boxes of its table. */
(() => {
  "use strict";
  const SLEUTEL = "wmo-sneltoetsen";

  function aan() {
    try { return localStorage.getItem(SLEUTEL) !== "uit"; } catch { return true; }
  }

  function zet(waarde) {
    try { localStorage.setItem(SLEUTEL, waarde); } catch { /* a browser without storage keeps the keys on */ }
    toon();
  }

  function toon() {
    for (const regel of document.querySelectorAll("[data-toetshulp]")) {
      regel.hidden = false;
      regel.querySelector("[data-toetshulp-aan]").hidden = !aan();
      regel.querySelector("[data-toetsen-knop]").textContent = aan() ? "Sneltoetsen uitzetten" : "Sneltoetsen aanzetten";
    }
  }

  function bezigMetTypen(el) {
    return el.isContentEditable || (el.matches("input, select, textarea") && !["checkbox", "radio", "button", "submit"].includes(el.type));
  }

  function links() {
    const tabel = document.activeElement.closest("table[data-toetsen]") || document.querySelector("table[data-toetsen]");
    return tabel ? [...tabel.querySelectorAll("tbody tr")].map((rij) => rij.querySelector("a[href]")).filter(Boolean) : [];
  }

  function stap(richting) {
    const rijen = links();
    const huidig = rijen.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const doel = huidig === -1 ? (richting > 0 ? 0 : rijen.length - 1) : huidig + richting;
    const link = rijen[Math.max(0, Math.min(rijen.length - 1, doel))];
    if (!link) return false;
    link.focus();
    link.closest("tr").scrollIntoView({ block: "nearest" });
    return true;
  }

  function vink() {
    const vakje = document.activeElement.closest("table[data-toetsen] tbody tr")?.querySelector("input[type=checkbox]");
    if (!vakje) return false;
    vakje.click();
    return true;
  }

  /* All, none or some of them: the box in the head says which. */
  function vakjes(tabel) {
    return [...tabel.querySelectorAll("tbody input[type=checkbox]")];
  }

  function toonAlles() {
    for (const alles of document.querySelectorAll("[data-alles]")) {
      const rijen = vakjes(alles.closest("table"));
      const aangevinkt = rijen.filter((vakje) => vakje.checked).length;
      alles.hidden = false;
      alles.checked = aangevinkt > 0 && aangevinkt === rijen.length;
      alles.indeterminate = aangevinkt > 0 && aangevinkt < rijen.length;
    }
  }

  document.addEventListener("keydown", (g) => {
    if (!aan() || g.ctrlKey || g.metaKey || g.altKey || g.isComposing) return;
    if (!["j", "k", "x"].includes(g.key) || bezigMetTypen(g.target) || document.querySelector("dialog[open]")) return;
    if (g.key === "x" ? vink() : stap(g.key === "j" ? 1 : -1)) g.preventDefault();
  });
  document.addEventListener("click", (g) => {
    if (g.target.closest("[data-toetsen-knop]")) zet(aan() ? "uit" : "aan");
  });
  document.addEventListener("change", (g) => {
    if (g.target.matches("[data-alles]")) for (const vakje of vakjes(g.target.closest("table"))) vakje.checked = g.target.checked;
    if (g.target.matches("input[type=checkbox]")) toonAlles();
  });
  window.addEventListener("pageshow", toonAlles);
  document.addEventListener("htmx:afterSwap", toon);
  toon();
})();
