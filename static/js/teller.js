/* Live counter. Counts as the server does: Unicode characters (not UTF-16 halves), CRLF as one. */
(() => {
  "use strict";
  const wacht = new WeakMap();

  function tekens(tekst) {
    return [...tekst.replace(/\r\n?/g, "\n")].length;
  }

  function stand(over) {
    if (over < 0) return over === -1 ? "1 teken te veel" : `${-over} tekens te veel`;
    return over === 1 ? "nog 1 teken over" : `nog ${over} tekens over`;
  }

  function tel(veld) {
    const over = Number(veld.dataset.maxTekens) - tekens(veld.value);
    const plek = document.querySelector(`[data-teller-van="${CSS.escape(veld.id)}"]`);
    if (!plek) return;
    plek.hidden = false;
    plek.textContent = stand(over);
    plek.classList.toggle("wmo-teller--te-veel", over < 0);
    zeg(veld, over);
  }

  /* Spoken only when it starts to matter, and only after a pause in the typing. */
  function zeg(veld, over) {
    clearTimeout(wacht.get(veld));
    const stem = document.querySelector(`[data-teller-stem="${CSS.escape(veld.id)}"]`);
    if (!stem || document.activeElement !== veld) return;
    const gaatTellen = over <= Math.max(20, Number(veld.dataset.maxTekens) / 10);
    wacht.set(veld, setTimeout(() => { stem.textContent = gaatTellen ? stand(over) : ""; }, 1200));
  }

  function alle(wortel) {
    for (const veld of wortel.querySelectorAll("[data-max-tekens]")) tel(veld);
  }

  document.addEventListener("input", (g) => {
    if (g.target.matches("[data-max-tekens]")) tel(g.target);
  });
  document.addEventListener("htmx:afterSwap", () => alle(document));
  window.addEventListener("pageshow", () => alle(document));
  alle(document);
})();
