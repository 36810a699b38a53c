/* Security keys: hands the ids of the page to allauth's own script and says in Dutch what went wrong.
   <div data-sleutel="addForm|authenticateForm" data-knop=".." data-veld=".." data-zonder-wachtwoord=".."></div> */
(() => {
  "use strict";
  const plek = document.querySelector("[data-sleutel]");
  if (!plek) return;
  const { sleutel, knop, veld, zonderWachtwoord } = plek.dataset;
  const ids = { credential: veld, data: "js_data", passwordless: zonderWachtwoord };
  ids[sleutel === "addForm" ? "add" : "authenticate"] = knop;
  window.allauth.webauthn.forms[sleutel]({ ids });
  document.addEventListener("allauth.error", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    plek.textContent = "De sleutel is niet gelezen. Steek hem in het apparaat, of houd hem ertegenaan, en probeer het opnieuw.";
    plek.hidden = false;
  });
})();
