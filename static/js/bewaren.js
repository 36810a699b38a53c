/* Drafts: a form with data-bewaar-url is saved while you type. What could not be saved stays on the screen,
   is tried again, and the line [data-bewaar-status] says so: never a quiet failure (U5).

   The server gets the same fields as on submit (without files) with the header X-Bewaren: 1, and answers
   200/204 saved · 401 or the login page: logged out · 403: other session · 409: somebody else was first · 413: too much. */
(() => {
  "use strict";
  const RUST = 1500;
  const OPNIEUW = [5000, 15000, 60000];
  const staat = new WeakMap();

  const ZINNEN = {
    bezig: () => "Bezig met bewaren …",
    bewaard: () => `Concept bewaard om ${klok()}. Het is nog niet verstuurd.`,
    uit: () => "Niet bewaard: u bent uitgelogd. Uw tekst staat nog op dit scherm. Log in een nieuw tabblad in en typ dan verder.",
    botst: () => "Niet bewaard: iemand anders wijzigde dit ook. Uw tekst staat nog op dit scherm. Druk op de knop om beide versies te zien.",
    weg: () => "Niet bewaard: geen verbinding. Uw tekst staat nog op dit scherm. We proberen het vanzelf opnieuw.",
    mis: () => "Niet bewaard: er ging iets mis in het portaal. Uw tekst staat nog op dit scherm. We proberen het vanzelf opnieuw.",
  };

  function klok() {
    return new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
  }

  function van(formulier) {
    if (!staat.has(formulier)) staat.set(formulier, { wacht: 0, poging: 0, bezig: false, laatste: inhoud(formulier) });
    return staat.get(formulier);
  }

  function velden(formulier) {
    const gegevens = new FormData(formulier);
    for (const [naam, waarde] of [...gegevens]) if (waarde instanceof File) gegevens.delete(naam);
    return gegevens;
  }

  function inhoud(formulier) {
    const gegevens = velden(formulier);
    gegevens.delete("csrfmiddlewaretoken");
    return new URLSearchParams(gegevens).toString();
  }

  function zeg(formulier, soort) {
    const plek = formulier.querySelector("[data-bewaar-status]");
    if (!plek) return;
    plek.textContent = ZINNEN[soort]();
    plek.classList.toggle("wmo-bewaard--fout", !["bezig", "bewaard"].includes(soort));
  }

  function uitkomst(antwoord) {
    if (antwoord.status === 401 || antwoord.redirected) return "uit";
    if (antwoord.status === 403) return "uit";
    if (antwoord.status === 409) return "botst";
    return antwoord.ok ? "bewaard" : "mis";
  }

  /* One save at a time; who asks meanwhile waits for that one. */
  function bewaar(formulier) {
    const s = van(formulier);
    clearTimeout(s.wacht);
    if (!s.bezig && inhoud(formulier) !== s.laatste) s.bezig = verwerk(formulier, s);
    return s.bezig;
  }

  async function verwerk(formulier, s) {
    const nu = inhoud(formulier);
    zeg(formulier, "bezig");
    const soort = await stuur(formulier);
    s.bezig = false;
    zeg(formulier, soort);
    if (soort === "bewaard") {
      s.laatste = nu;
      s.poging = 0;
      delete formulier.dataset.gewijzigd;
      if (inhoud(formulier) !== nu) plan(formulier, RUST);
    } else if (soort === "weg" || soort === "mis") {
      plan(formulier, OPNIEUW[Math.min(s.poging, OPNIEUW.length - 1)]);
      s.poging += 1;
    }
  }

  async function stuur(formulier) {
    try {
      const antwoord = await fetch(formulier.dataset.bewaarUrl, {
        method: "POST",
        body: velden(formulier),
        headers: { "X-Bewaren": "1" },
        credentials: "same-origin",
        // So that leaving the page does not break it off; a browser takes no more than 64 kB so.
        keepalive: inhoud(formulier).length < 30000,
      });
      return uitkomst(antwoord);
    } catch {
      return "weg";
    }
  }

  function plan(formulier, na) {
    const s = van(formulier);
    clearTimeout(s.wacht);
    s.wacht = setTimeout(() => bewaar(formulier), na);
  }

  function staatOpen(formulier) {
    const s = van(formulier);
    return Boolean(s.bezig) || inhoud(formulier) !== s.laatste;
  }

  /* Another form takes the page away: what was typed in this one is saved first. Where that fails the line says so and
     the page stays; a second press goes. */
  async function eerstBewaren(gebeurtenis) {
    const ander = gebeurtenis.target;
    if (gebeurtenis.defaultPrevented || ander.dataset.bewaarUrl || ander.dataset.tochWeg) return;
    const open = [...document.querySelectorAll("form[data-bewaar-url]")].filter(staatOpen);
    if (!open.length) return;
    gebeurtenis.preventDefault();
    for (const formulier of open) {
      await van(formulier).bezig;
      await bewaar(formulier);
    }
    delete ander.dataset.verstuurdOp;
    const over = open.find(staatOpen);
    if (!over) return ander.requestSubmit(gebeurtenis.submitter);
    ander.dataset.tochWeg = "1";
    over.querySelector("[data-bewaar-status]")?.scrollIntoView({ block: "center" });
  }

  function alle(doe) {
    for (const formulier of document.querySelectorAll("form[data-bewaar-url]")) doe(formulier);
  }

  document.addEventListener("input", (g) => {
    const formulier = g.target.form;
    if (formulier && formulier.dataset.bewaarUrl) plan(formulier, RUST);
  });
  document.addEventListener("submit", (g) => {
    if (g.target.dataset.bewaarUrl) clearTimeout(van(g.target).wacht);
  });
  document.addEventListener("submit", eerstBewaren);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") alle(bewaar);
  });
  document.addEventListener("wmo:weer-ingelogd", () => alle(bewaar));
  window.addEventListener("online", () => alle(bewaar));
  alle(van);
})();
