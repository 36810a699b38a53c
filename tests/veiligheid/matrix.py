"""The access matrix: one row for each address of our own. The table is the promise; `test_matrix` walks it.

A new address? Add a row, or the suite fails and prints the row that fits the view as it is now. Read that row
before you paste it: it says who gets in.

    "app:naam": Rij("CA", "GP", "toewijzing")

- rollen: who gets in, by letter. C consulent, A aanbieder, D administratie, K contractmanager, B beheerder.
- methoden: G get, P post. A method that is not named is answered 405.
- over: what the address is about, a name in `wereld.Hoek.rij`. Whoever asks for one of a foreign municipality or of
  another provider gets 404, the same 404 as for one that does not exist.
- gedeeld: what it is about belongs to no municipality or provider (agreements, organisations), so none is foreign.
- eigenaar: it is of one person: only this role gets it, the others of `rollen` get 404.
- vraag: the query string without which the page has nothing to show.
- verborgen: roles of `rollen` that may use the page, but not for the row that the world holds (a draft, for one).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rij:
    rollen: str
    methoden: str = "G"
    over: str = ""
    gedeeld: bool = False
    eigenaar: str = ""
    vraag: str = ""
    verborgen: str = ""


IEDEREEN: Final = "CADKB"

MATRIX: Final[dict[str, Rij]] = {
    "start": Rij(IEDEREEN),
    # --- organisaties ---
    "organisaties:sessies": Rij(IEDEREEN, "GP"),
    "organisaties:gebruikers": Rij("B"),
    "organisaties:gebruiker-nieuw": Rij("B", "GP"),
    "organisaties:gebruiker": Rij("B", "GP", "gebruiker", gedeeld=True),
    "organisaties:gebruiker-opnieuw": Rij("B", "P", "gebruiker", gedeeld=True),
    "organisaties:gebruiker-uit": Rij("B", "P", "gebruiker", gedeeld=True),
    "organisaties:gebruiker-aan": Rij("B", "P", "gebruiker", gedeeld=True),
    "organisaties:gebruiker-tweede-stap": Rij("B", "P", "gebruiker", gedeeld=True),
    "organisaties:inrichting": Rij("B"),
    "organisaties:gemeente": Rij("B", "GP", "gemeente", gedeeld=True),
    "organisaties:inlogdienst-nieuw": Rij("B", "GP"),
    "organisaties:inlogdienst": Rij("B", "GP", "inlogdienst", gedeeld=True),
    "organisaties:aanbieder-nieuw": Rij("B", "GP"),
    "organisaties:aanbieder": Rij("B", "GP", "aanbieder", gedeeld=True),
    "organisaties:regio": Rij("B", "G", "regio", gedeeld=True),
    "organisaties:gebied-nieuw": Rij("B", "GP", "regio", gedeeld=True),
    "organisaties:gebied": Rij("B", "GP", "gebied", gedeeld=True),
    "organisaties:trede-nieuw": Rij("B", "GP", "regio", gedeeld=True),
    "organisaties:trede": Rij("B", "GP", "trede", gedeeld=True),
    "organisaties:product-nieuw": Rij("B", "GP", "regio", gedeeld=True),
    "organisaties:logboek": Rij("CDB"),
    "organisaties:taken": Rij("B"),
    "organisaties:mail-opnieuw": Rij("B", "P", "mail", gedeeld=True),
    # --- meldingen ---
    "meldingen:meldingen": Rij(IEDEREEN, "GP"),
    # --- beschikkingen ---
    "beschikkingen:zoeken": Rij("CAD", "GP"),
    "beschikkingen:bsn-tonen": Rij("CAD", "P", "client"),
    "beschikkingen:inlezen": Rij("D", "GP"),
    "beschikkingen:inlees-sjabloon": Rij("D"),
    "beschikkingen:inlezing": Rij("D", "G", "inlezing"),
    "beschikkingen:inlezing-uitvoeren": Rij("D", "P", "inlezing"),
    "beschikkingen:inlezing-fouten": Rij("D", "P", "inlezing"),
    # --- stopberichten ---
    "stopberichten:berichten": Rij("CAD"),
    "stopberichten:insturen": Rij("AD", "GP"),
    "stopberichten:ingestuurd": Rij("AD", "G", "inzending", gedeeld=True),
    "stopberichten:retouren": Rij("CAD"),
    "stopberichten:retouren-zip": Rij("AD", "P"),
    "stopberichten:retouren-verstuurd": Rij("AD", "P"),
    "stopberichten:te-late-stops": Rij("CAD"),
    "stopberichten:bericht": Rij("CAD", "G", "bericht"),
    "stopberichten:bericht-xml": Rij("CAD", "G", "bericht"),
    "stopberichten:bericht-retour": Rij("CAD", "G", "bericht"),
    "stopberichten:bericht-opnieuw": Rij("D", "P", "afgekeurd_bericht"),
    "stopberichten:te-koppelen": Rij("D"),
    "stopberichten:koppel": Rij("D", "P", "losse_stop"),
    "stopberichten:ontkoppel": Rij("D", "P", "stop"),
    "stopberichten:met-de-hand": Rij("A", "GP"),
    "stopberichten:start-met-de-hand": Rij("A", "GP", "toewijzing"),
    "stopberichten:met-de-hand-intrekken": Rij("A", "GP", "stop", verborgen="A"),
    "stopberichten:stop-met-de-hand": Rij("A", "GP", "toewijzing"),
    "stopberichten:niet-gestart": Rij("A", "GP", "toewijzing"),
    "stopberichten:toelichtingen": Rij("CAD"),
    "stopberichten:stops-zonder-toelichting": Rij("AD"),
    "stopberichten:toelichtingen-zonder-stop": Rij("AD"),
    "stopberichten:toelichting-nieuw": Rij("A", "GP"),
    "stopberichten:toelichting-begin": Rij("A", "GP", "toewijzing"),
    "stopberichten:toelichting": Rij("CAD", "G", "toelichting"),
    "stopberichten:toelichting-pdf": Rij("CAD", "G", "toelichting"),
    "stopberichten:toelichting-invullen": Rij("A", "GP", "concept"),
    "stopberichten:toelichting-bewaar": Rij("A", "P", "concept"),
    "stopberichten:toelichting-controle": Rij("A", "GP", "concept"),
    "stopberichten:toelichting-intrekken": Rij("A", "GP", "toelichting"),
    "stopberichten:toelichting-zorgplan": Rij("A", "GP", "toelichting"),
    "stopberichten:toelichting-zorgplan-bestand": Rij("CAD", "G", "toelichting"),
    # --- resultaat ---
    "resultaat:werkvoorraad": Rij("C"),
    "resultaat:verdelen": Rij("C", "P"),
    "resultaat:mijn-clienten": Rij("A"),
    "resultaat:dossiers": Rij("CAD"),
    "resultaat:dossier": Rij("CAD", "G", "beschikking"),
    "resultaat:vervolg-koppelen": Rij("C", "P", "beschikking"),
    "resultaat:gesprek": Rij("C", "GP", "beschikking"),
    "resultaat:behandelaar": Rij("CD", "P", "beschikking"),
    "resultaat:document": Rij("CAD", "G", "document"),
    "resultaat:registreren": Rij("C", "GP", "toewijzing"),
    "resultaat:registreren-advies": Rij("C", "G", "toewijzing"),
    "resultaat:evaluatie-indienen": Rij("CA", "GP", "toewijzing"),
    "resultaat:vraag-stellen": Rij("C", "GP", "evaluatie"),
    "resultaat:evaluatie-intrekken": Rij("CA", "GP", "evaluatie"),
    "resultaat:vraag-intrekken": Rij("C", "GP", "vraag"),
    "resultaat:vraag-beantwoorden": Rij("A", "GP", "vraag"),
    "resultaat:toelichting-beoordelen": Rij("C", "GP", "toelichting"),
    "resultaat:werkwijze": Rij("CAD"),
    "resultaat:rondes": Rij("D", "GP"),
    "resultaat:ontbrekende-formulieren": Rij("D"),
    "resultaat:zonder-formulier": Rij("D", "GP", "stop"),
    "resultaat:ronde": Rij("D", "G", "ronde"),
    "resultaat:ronde-voortgang": Rij("D", "G", "ronde"),
    "resultaat:ronde-uitvoeren": Rij("D", "P", "ronde"),
    "resultaat:ronde-terugdraaien": Rij("D", "GP", "ronde"),
    "resultaat:ronde-export": Rij("D", "G", "ronde"),
    "resultaat:termijnen": Rij("CADK"),
    "resultaat:termijnen-excel": Rij("CADK"),
    "resultaat:termijn-niet-nodig": Rij("C", "GP", "toewijzing"),
    "resultaat:redenen": Rij("B"),
    "resultaat:reden-nieuw": Rij("B", "GP", "regio", gedeeld=True),
    "resultaat:reden": Rij("B", "GP", "reden", gedeeld=True),
    # A list is of one municipality, which the form names: without it there is nothing.
    "resultaat:suite": Rij("D"),
    "resultaat:suite-maken": Rij("D", "P", verborgen="D"),
    "resultaat:suite-lijst": Rij("D", "G", "suitelijst"),
    "resultaat:suite-excel": Rij("D", "G", "suitelijst"),
    "resultaat:suite-csv": Rij("D", "G", "suitelijst"),
    "resultaat:suite-overgenomen": Rij("D", "P", "suitelijst"),
    "resultaat:bewaartermijn": Rij("D", "GP", "beschikking"),
    "resultaat:vernietigen": Rij("CD"),
    "resultaat:vernietigen-voorstellen": Rij("CD", "P", verborgen="CD"),
    "resultaat:vernietigingslijst": Rij("CD", "G", "vernietigingslijst"),
    "resultaat:vernietiging-goedkeuren": Rij("CD", "P", "vernietigingslijst"),
    "resultaat:vernietiging-intrekken": Rij("CD", "GP", "vernietigingslijst"),
    # The one in the world is only proposed, so there is no declaration yet.
    "resultaat:vernietiging-verklaring": Rij("CD", "G", "vernietigingslijst", verborgen="CD"),
    # --- rapportage ---
    "rapportage:uitval": Rij("DK"),
    "rapportage:uitval-clienten": Rij("K"),
    "rapportage:uitval-excel": Rij("DK"),
    "rapportage:uitval-pdf": Rij("DK", "P"),
    "rapportage:resultaat-behaald": Rij("DK"),
    "rapportage:resultaat-clienten": Rij("K"),
    "rapportage:resultaat-excel": Rij("DK"),
    "rapportage:advies-besluit": Rij("DK"),
    "rapportage:advies-besluit-clienten": Rij("K"),
    "rapportage:mijn-rapporten": Rij("ADK"),
    "rapportage:rapporten-stand": Rij("ADK"),
    "rapportage:rapport": Rij("ADK", "G", "rapport", eigenaar="K"),
    "rapportage:vaststellingen": Rij("K"),
    "rapportage:vaststellen": Rij("K", "GP", vraag="regio=h5&kwartaal=2026-K1"),
    "rapportage:vaststelling": Rij("K", "G", "vaststelling"),
    "rapportage:vaststelling-clienten": Rij("K", "G", "vaststelling"),
    "rapportage:vaststelling-verschil": Rij("K", "G", "vaststelling"),
    "rapportage:vaststelling-excel": Rij("DK", "G", "vaststelling"),
    "rapportage:vaststelling-pdf": Rij("DK", "P", "vaststelling"),
    "rapportage:resultaat-pdf": Rij("DK", "P"),
    "rapportage:gesprekken": Rij("K"),
    "rapportage:gesprek-beginnen": Rij("K", "P", verborgen="K"),
    "rapportage:gesprek": Rij("K", "GP", "gesprek"),
    "rapportage:gesprek-actie": Rij("K", "P", "gesprek"),
    "rapportage:gesprek-actie-gedaan": Rij("K", "P", "gespreksactie"),
    "rapportage:gesprek-excel": Rij("DK", "G", "gesprek", verborgen="D"),
    "rapportage:gesprek-pdf": Rij("DK", "P", "gesprek", verborgen="D"),
    "rapportage:publicaties": Rij("K"),
    "rapportage:publicatie-nieuw": Rij("K", "GP", vraag="soort=uitval&regio=h5&kwartaal=2026-K1&drempel=5"),
    "rapportage:publicatie": Rij("K", "G", "publicatie"),
    "rapportage:publicatie-excel": Rij("DK", "G", "publicatie"),
    "rapportage:uitval-gevoeligheid": Rij("DK"),
    "rapportage:kwaliteit": Rij("AK"),
    # --- rapportage: agreements of a region. The contract manager of the world sees a part of it. ---
    "rapportage:kwartaalafspraken": Rij("KB"),
    "rapportage:regioafspraken": Rij("KB", "G", "afspraken", gedeeld=True, verborgen="K"),
    "rapportage:doel-nieuw": Rij("KB", "GP", "afspraken", gedeeld=True, verborgen="K"),
    "rapportage:doel": Rij("KB", "GP", "afspraken", gedeeld=True, verborgen="K"),
    "rapportage:doel-vervalt": Rij("KB", "GP", "afspraken", gedeeld=True, verborgen="K"),
    "rapportage:categorieafspraak": Rij("KB", "GP", "afspraken", gedeeld=True, verborgen="K"),
    "rapportage:opgavedagen": Rij("KB", "GP", "afspraken", gedeeld=True, verborgen="K"),
    "rapportage:opgavetermijn": Rij("KB", "GP", "afspraken", gedeeld=True, verborgen="K"),
    # --- rapportage: the kwartaalopgave. The one in the world is a draft, so no contract manager sees it yet. ---
    "rapportage:opgaven": Rij("A"),
    "rapportage:opgave-beginnen": Rij("A", "P", verborgen="A"),
    "rapportage:opgaven-beoordelen": Rij("K"),
    "rapportage:opgave-beoordelen": Rij("K", "G", "opgave", verborgen="K"),
    "rapportage:opgave-vraag": Rij("K", "P", "opgave", verborgen="K"),
    "rapportage:opgave-vaststellen": Rij("K", "P", "opgave", verborgen="K"),
    "rapportage:opgave": Rij("A", "G", "opgave"),
    "rapportage:opgave-antwoord": Rij("A", "P", "opgave"),
    "rapportage:opgave-controle": Rij("A", "G", "opgave"),
    "rapportage:opgave-indienen": Rij("A", "P", "opgave"),
    "rapportage:opgave-afstemming": Rij("AK", "G", "opgave", verborgen="AK"),
    "rapportage:opgave-verzonden": Rij("AK", "G", "opgave", verborgen="AK"),
    "rapportage:opgave-pdf": Rij("AK", "P", "opgave", verborgen="AK"),
    "rapportage:opgave-clienten": Rij("A", "G", "opgave"),
    "rapportage:opgave-client": Rij("A", "GP", "opgave", verborgen="A"),
    "rapportage:opgave-document-toevoegen": Rij("A", "P", "opgave"),
    "rapportage:opgave-document": Rij("AK", "G", "opgave", verborgen="K"),
    "rapportage:opgave-document-weg": Rij("A", "P", "opgave"),
    "rapportage:opgave-inlezing": Rij("A", "G", "opgave"),
    "rapportage:opgave-inlezing-fouten": Rij("A", "G", "opgave"),
    "rapportage:opgave-deel": Rij("A", "GP", "opgave"),
    "rapportage:opgave-bewaar": Rij("A", "P", "opgave"),
    "rapportage:opgave-overnemen": Rij("A", "P", "opgave", verborgen="A"),
    "rapportage:opgave-sjabloon": Rij("A", "G", "opgave"),
    "rapportage:opgave-inlezen": Rij("A", "GP", "opgave"),
}
