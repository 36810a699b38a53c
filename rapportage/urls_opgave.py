"""Addresses of the kwartaalopgave and of the quality of stop messages."""

from django.urls import path

from rapportage.views import (
    afspraken,
    kwaliteit,
    opgave,
    opgave_beoordelen,
    opgave_bestanden,
    opgave_clienten,
    opgave_indienen,
)

_EEN = "kwartaalopgaven/<uuid:kenmerk>/"
_REGIO = "kwartaalafspraken/<slug:code>/"
urlpatterns = [
    path("kwartaalafspraken/", afspraken.overzicht, name="kwartaalafspraken"),
    path(_REGIO, afspraken.regio, name="regioafspraken"),
    path(f"{_REGIO}doel/", afspraken.doel, name="doel-nieuw"),
    path(f"{_REGIO}doel/<slug:doel>/", afspraken.doel, name="doel"),
    path(f"{_REGIO}doel/<slug:doel>/vervalt/", afspraken.doel_vervalt, name="doel-vervalt"),
    path(f"{_REGIO}code/<slug:reden>/", afspraken.categorie, name="categorieafspraak"),
    path(f"{_REGIO}dagen/", afspraken.dagen, name="opgavedagen"),
    path(f"{_REGIO}termijn/", afspraken.termijn, name="opgavetermijn"),
    path("kwartaalopgaven/", opgave.overzicht, name="opgaven"),
    path("kwartaalopgaven/beginnen/", opgave.beginnen, name="opgave-beginnen"),
    path("kwartaalopgaven/beoordelen/", opgave_beoordelen.overzicht, name="opgaven-beoordelen"),
    path(f"{_EEN}beoordelen/", opgave_beoordelen.een, name="opgave-beoordelen"),
    path(f"{_EEN}beoordelen/vraag/", opgave_beoordelen.vraag, name="opgave-vraag"),
    path(f"{_EEN}beoordelen/vaststellen/", opgave_beoordelen.vaststellen, name="opgave-vaststellen"),
    path(_EEN, opgave.een, name="opgave"),
    path(f"{_EEN}vragen/<uuid:vraag>/", opgave.antwoord, name="opgave-antwoord"),
    path(f"{_EEN}controle/", opgave_indienen.controle, name="opgave-controle"),
    path(f"{_EEN}indienen/", opgave_indienen.indienen, name="opgave-indienen"),
    path(f"{_EEN}afstemming/", opgave_clienten.afstemming, name="opgave-afstemming"),
    path(f"{_EEN}ingediend/<slug:nummer>/", opgave_beoordelen.verzonden, name="opgave-verzonden"),
    path(f"{_EEN}ingediend/<slug:nummer>/pdf/", opgave_bestanden.pdf, name="opgave-pdf"),
    path(
        f"{_EEN}clienten/<slug:gemeente>/",
        opgave_clienten.clienten,
        name="opgave-clienten",
    ),
    path(
        f"{_EEN}clienten/<slug:gemeente>/<slug:sleutel>/",
        opgave_clienten.client,
        name="opgave-client",
    ),
    path(f"{_EEN}documenten/", opgave_bestanden.document_toevoegen, name="opgave-document-toevoegen"),
    path(f"{_EEN}documenten/<uuid:document>/", opgave_bestanden.document, name="opgave-document"),
    path(
        f"{_EEN}documenten/<uuid:document>/weg/",
        opgave_bestanden.document_weg,
        name="opgave-document-weg",
    ),
    path(f"{_EEN}inlezingen/<uuid:inlezing>/", opgave_bestanden.inlezing, name="opgave-inlezing"),
    path(
        f"{_EEN}inlezingen/<uuid:inlezing>/fouten/",
        opgave_bestanden.inlezing_fouten,
        name="opgave-inlezing-fouten",
    ),
    path(f"{_EEN}deel/<slug:deel>/", opgave.deel, name="opgave-deel"),
    path(f"{_EEN}deel/<slug:deel>/bewaren/", opgave.bewaar, name="opgave-bewaar"),
    path(f"{_EEN}deel/<slug:deel>/overnemen/", opgave.overnemen, name="opgave-overnemen"),
    path(f"{_EEN}deel/<slug:deel>/sjabloon/", opgave_bestanden.sjabloon, name="opgave-sjabloon"),
    path(f"{_EEN}deel/<slug:deel>/inlezen/", opgave_bestanden.inlezen, name="opgave-inlezen"),
    path("stopkwaliteit/", kwaliteit.pagina, name="kwaliteit"),
]
