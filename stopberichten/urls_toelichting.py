"""Addresses of the Toelichting, and of a start or stop that is filled in by hand."""

from django.urls import URLPattern, path

from stopberichten.views import (
    met_de_hand,
    toelichting,
    toelichting_begin,
    toelichting_lezen,
    toelichtinglijst,
)

urlpatterns: list[URLPattern] = [
    path("toelichtingen/", toelichtinglijst.lijst, name="toelichtingen"),
    path("toelichtingen/nieuw/", toelichting_begin.nieuw, name="toelichting-nieuw"),
    path("toelichtingen/nieuw/<uuid:kenmerk>/", toelichting_begin.begin_met, name="toelichting-begin"),
    path(
        "toelichtingen/307-zonder-formulier/",
        toelichtinglijst.stops_zonder_formulier,
        name="stops-zonder-toelichting",
    ),
    path(
        "toelichtingen/formulier-zonder-307/",
        toelichtinglijst.formulieren_zonder_stop,
        name="toelichtingen-zonder-stop",
    ),
    path("toelichtingen/<uuid:kenmerk>/", toelichting_lezen.toelichting, name="toelichting"),
    path("toelichtingen/<uuid:kenmerk>/invullen/", toelichting.invullen, name="toelichting-invullen"),
    path("toelichtingen/<uuid:kenmerk>/bewaar/", toelichting.bewaar, name="toelichting-bewaar"),
    path("toelichtingen/<uuid:kenmerk>/controle/", toelichting.controle, name="toelichting-controle"),
    path(
        "toelichtingen/<uuid:kenmerk>/intrekken/", toelichting_lezen.intrekken, name="toelichting-intrekken"
    ),
    path("toelichtingen/<uuid:kenmerk>/pdf/", toelichting_lezen.pdf, name="toelichting-pdf"),
    path(
        "toelichtingen/<uuid:kenmerk>/zorgplan/",
        toelichting_lezen.zorgplan_sturen,
        name="toelichting-zorgplan",
    ),
    path(
        "toelichtingen/<uuid:kenmerk>/zorgplan/bestand/",
        toelichting_lezen.zorgplan_bestand,
        name="toelichting-zorgplan-bestand",
    ),
    path("berichten/met-de-hand/", met_de_hand.kies, name="met-de-hand"),
    path("berichten/met-de-hand/<uuid:kenmerk>/start/", met_de_hand.start, name="start-met-de-hand"),
    path("berichten/met-de-hand/<uuid:kenmerk>/stop/", met_de_hand.stop, name="stop-met-de-hand"),
    path("berichten/met-de-hand/<uuid:kenmerk>/niet-gestart/", met_de_hand.niet_gestart, name="niet-gestart"),
    path(
        "berichten/met-de-hand/<uuid:kenmerk>/intrekken/",
        met_de_hand.intrekken,
        name="met-de-hand-intrekken",
    ),
]
