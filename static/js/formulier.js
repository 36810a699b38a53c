/* Forms: focus on the error summary, links that lead to the field, fields that show with an answer,
   rows of a formset, one submit per press, a word before leaving with unsaved text. */
(() => {
  "use strict";

  function naarOverzicht(wortel) {
    const wie = "[data-foutoverzicht], [data-krijgt-focus]";
    const overzicht = wortel.matches?.(wie) ? wortel : wortel.querySelector(wie);
    if (overzicht) overzicht.focus();
  }

  function naarVeld(gebeurtenis) {
    const link = gebeurtenis.target.closest("[data-foutoverzicht] a[href^='#']");
    const veld = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!veld) return;
    gebeurtenis.preventDefault();
    const omgeving = veld.closest(".wmo-veld") || veld;
    omgeving.scrollIntoView({ block: "start" });
    veld.focus({ preventScroll: true });
  }

  /* data-toon-bij="naam=waarde|waarde": the field shows while that answer is chosen. The server decides anyway. */
  function waardeVan(formulier, naam) {
    const gekozen = [...formulier.elements].filter((el) => el.name === naam);
    const lijst = gekozen.filter((el) => !["radio", "checkbox"].includes(el.type) || el.checked);
    return lijst.map((el) => (el.type === "checkbox" && el.value === "on" ? "ja" : el.value));
  }

  function toonBij(wortel) {
    for (const vak of wortel.querySelectorAll("[data-toon-bij]")) {
      const [naam, waarden] = vak.dataset.toonBij.split("=");
      const formulier = vak.closest("form");
      if (!formulier) continue;
      const nu = waardeVan(formulier, naam);
      const heeftFout = vak.classList.contains("utrecht-form-field--invalid");
      vak.hidden = !heeftFout && !waarden.split("|").some((w) => nu.includes(w));
    }
  }

  function regelErbij(gebeurtenis) {
    const knop = gebeurtenis.target.closest("[data-regel-erbij]");
    if (!knop) return;
    const set = knop.closest("[data-formset]");
    const totaal = set.querySelector("[name$='-TOTAL_FORMS']");
    const hoogstens = Number(set.querySelector("[name$='-MAX_NUM_FORMS']").value);
    const sjabloon = set.querySelector("template[data-lege-regel]");
    const houder = document.createElement("div");
    houder.append(sjabloon.content.cloneNode(true));
    nummer(houder, Number(totaal.value));
    const regel = houder.firstElementChild;
    sjabloon.before(regel);
    totaal.value = String(Number(totaal.value) + 1);
    knop.hidden = Number(totaal.value) >= hoogstens;
    regel.querySelector("input:not([type=hidden]), select, textarea").focus();
  }

  function nummer(wortel, index) {
    for (const el of wortel.querySelectorAll("*")) {
      for (const attr of el.attributes) {
        if (attr.value.includes("__prefix__")) attr.value = attr.value.replaceAll("__prefix__", String(index));
      }
    }
    const plek = wortel.querySelector("[data-regelnummer]");
    if (plek) plek.textContent = String(index + 1);
  }

  /* A file that is larger than allowed is said when it is chosen, and never leaves the page: what was typed beside it
     stays where it is. */
  function teGroot(veld) {
    const hoogstens = Number(veld.dataset.hoogstensMb);
    const groot = [...veld.files].find((bestand) => bestand.size > hoogstens * 1_000_000);
    const plek = `${veld.id}-te-groot`;
    const stond = document.getElementById(plek);
    if (!groot && !stond) return false;
    stond?.remove();
    const door = (veld.getAttribute("aria-describedby") || "").split(/\s+/).filter((id) => id && id !== plek);
    if (groot) {
      veld.before(zinTeGroot(plek, groot, hoogstens));
      veld.setAttribute("aria-invalid", "true");
      door.push(plek);
    } else veld.removeAttribute("aria-invalid");
    if (door.length) veld.setAttribute("aria-describedby", door.join(" "));
    else veld.removeAttribute("aria-describedby");
    return Boolean(groot);
  }

  function zinTeGroot(plek, groot, hoogstens) {
    const zin = document.createElement("p");
    zin.id = plek;
    zin.className = "utrecht-form-field-error-message";
    zin.setAttribute("role", "alert");
    const mb = (Math.ceil(groot.size / 100_000) / 10).toFixed(1).replace(".", ",");
    zin.textContent = `‘${groot.name}’ is ${mb} MB; toegestaan is ${hoogstens} MB. Kies een kleiner bestand.`;
    return zin;
  }

  const BESTANDEN = "input[type=file][data-hoogstens-mb]";

  function houdTegen(gebeurtenis) {
    const eerste = [...gebeurtenis.target.querySelectorAll(BESTANDEN)].filter(teGroot)[0];
    if (!eerste) return;
    eerste.focus();
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
  }

  /* A second press within three seconds does nothing; after that it may (a download leaves the page standing). */
  function eenKeer(gebeurtenis) {
    const formulier = gebeurtenis.target;
    if (formulier.method !== "post" || formulier.matches("[data-hx-post]")) return;
    const nu = Date.now();
    if (nu - Number(formulier.dataset.verstuurdOp || 0) < 3000) {
      gebeurtenis.preventDefault();
      return;
    }
    formulier.dataset.verstuurdOp = String(nu);
    delete formulier.dataset.gewijzigd;
  }

  function vertrek(gebeurtenis) {
    if (document.querySelector("form[data-bewaak][data-gewijzigd]")) gebeurtenis.preventDefault();
  }

  function begin(wortel) {
    toonBij(wortel);
    for (const knop of wortel.querySelectorAll("[data-regel-erbij]")) knop.hidden = false;
  }

  document.addEventListener("click", naarVeld);
  document.addEventListener("click", regelErbij);
  document.addEventListener("change", (g) => {
    if (g.target.matches(BESTANDEN)) teGroot(g.target);
  });
  document.addEventListener("submit", houdTegen);
  document.addEventListener("submit", eenKeer);
  document.addEventListener("input", (g) => {
    const formulier = g.target.form;
    if (!formulier) return;
    formulier.dataset.gewijzigd = "1";
    toonBij(formulier);
  });
  window.addEventListener("beforeunload", vertrek);
  window.addEventListener("pageshow", () => {
    for (const f of document.forms) delete f.dataset.verstuurdOp;
  });
  document.addEventListener("htmx:load", (g) => {
    begin(g.detail.elt);
    naarOverzicht(g.detail.elt);
  });
  begin(document);
  naarOverzicht(document);
})();
