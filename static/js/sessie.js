/* Warning before the session ends. Contract of data-sessie-url: see base.html.
   Asks the server first, for another tab may have kept the session alive. */
(() => {
  "use strict";
  const body = document.body;
  const dialoog = document.querySelector("[data-sessiedialoog]");
  if (!dialoog || !body.dataset.sessieUrl) return;
  const vooraf = Number(body.dataset.sessieWaarschuwing || 120);
  let einde = Date.now() + Number(body.dataset.sessieOver) * 1000;
  let klok = 0;
  let voorbij = false;
  let vraagt = false;
  const deel = (naam) => dialoog.querySelector(`[data-sessie-${naam}]`);

  function over() {
    return Math.max(0, Math.round((einde - Date.now()) / 1000));
  }

  async function vraag(methode) {
    const opties = { method: methode, credentials: "same-origin", headers: { Accept: "application/json" } };
    if (methode === "POST") opties.body = new FormData(deel("formulier"));
    const antwoord = await fetch(body.dataset.sessieUrl, opties);
    if (!antwoord.ok || antwoord.redirected) {
      if (antwoord.redirected || antwoord.status === 401) einde = Date.now();
      return false;
    }
    const geheel = Number(body.dataset.sessieOver);
    const { over: seconden, csrf } = antwoord.status === 204 ? { over: geheel } : await antwoord.json();
    einde = Date.now() + seconden * 1000;
    if (csrf) for (const veld of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) veld.value = csrf;
    return seconden > 0;
  }

  async function tik() {
    if (over() > vooraf || vraagt) return;
    if (!dialoog.open && !voorbij) {
      vraagt = true;
      await vraag("GET").catch(() => true);
      vraagt = false;
    }
    if (over() > vooraf) return;
    if (over() === 0) return afgelopen();
    toon();
  }

  function toon() {
    const s = over();
    deel("tijd").textContent = `Nog ${s >= 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s} s`}`;
    if (!dialoog.open) {
      dialoog.showModal();
      deel("blijf").focus();
    }
    if (s === 60 || s === 30 || s === 10) deel("stem").textContent = `Nog ${s} seconden`;
  }

  function afgelopen() {
    if (voorbij) return;
    voorbij = true;
    deel("titel").textContent = "U bent uitgelogd";
    deel("uitleg").textContent = "Wat u hebt getypt, staat nog op dit scherm. Log in een nieuw tabblad in en kom dan hier terug.";
    deel("tijd").textContent = "";
    wissel(true);
    if (!dialoog.open) dialoog.showModal();
    deel("opnieuw").focus();
  }

  function wissel(uit) {
    deel("blijf").hidden = uit;
    deel("opnieuw").hidden = deel("terug").hidden = !uit;
  }

  function verder() {
    voorbij = false;
    wissel(false);
    deel("titel").textContent = "U wordt zo uitgelogd";
    dialoog.close();
    document.dispatchEvent(new CustomEvent("wmo:weer-ingelogd"));
  }

  deel("formulier").addEventListener("submit", async (g) => {
    g.preventDefault();
    const gelukt = await vraag("POST").catch(() => null);
    if (gelukt) verder();
    else if (gelukt === false) afgelopen();
    else deel("uitleg").textContent = "Er is geen verbinding met het portaal. Probeer het nog een keer. Wat u hebt getypt, staat er nog.";
  });
  deel("terug").addEventListener("click", async () => {
    if (await vraag("GET").catch(() => false)) verder();
    else deel("uitleg").textContent = "U bent nog niet ingelogd. Log eerst in het andere tabblad in. Wat u hebt getypt, staat er nog.";
  });
  dialoog.addEventListener("cancel", (g) => { if (voorbij) g.preventDefault(); });
  klok = setInterval(tik, 1000);
  window.addEventListener("pagehide", () => clearInterval(klok));
  window.addEventListener("pageshow", (g) => { if (g.persisted) klok = setInterval(tik, 1000); });
})();
