"""Addresses of this app."""

from django.urls import include, path

from rapportage.views import (
    advies_besluit,
    gesprekken,
    gevoeligheid,
    publicaties,
    rapporten,
    resultaat,
    uitval,
    vaststellen,
)

app_name = "rapportage"
urlpatterns = [
    path("", include("rapportage.urls_opgave")),
    path("uitval/", uitval.pagina, name="uitval"),
    path("uitval/clienten/", uitval.clienten, name="uitval-clienten"),
    path("uitval/excel/", uitval.excel, name="uitval-excel"),
    path("uitval/pdf/", uitval.pdf, name="uitval-pdf"),
    path("uitval/gevoeligheid/", gevoeligheid.pagina, name="uitval-gevoeligheid"),
    path("mijn-rapporten/", rapporten.mijn, name="mijn-rapporten"),
    path("mijn-rapporten/stand/", rapporten.stand, name="rapporten-stand"),
    path("mijn-rapporten/<uuid:kenmerk>/", rapporten.download, name="rapport"),
    path("vaststellingen/", vaststellen.overzicht, name="vaststellingen"),
    path("vaststellingen/nieuw/", vaststellen.nieuw, name="vaststellen"),
    path("vaststellingen/<uuid:kenmerk>/", vaststellen.een, name="vaststelling"),
    path("vaststellingen/<uuid:kenmerk>/clienten/", vaststellen.clienten, name="vaststelling-clienten"),
    path("vaststellingen/<uuid:kenmerk>/verschil/", vaststellen.verschil, name="vaststelling-verschil"),
    path("vaststellingen/<uuid:kenmerk>/excel/", vaststellen.excel, name="vaststelling-excel"),
    path("vaststellingen/<uuid:kenmerk>/pdf/", vaststellen.pdf, name="vaststelling-pdf"),
    path("kwartaalgesprekken/", gesprekken.overzicht, name="gesprekken"),
    path("kwartaalgesprekken/beginnen/", gesprekken.beginnen, name="gesprek-beginnen"),
    path("kwartaalgesprekken/acties/<uuid:kenmerk>/", gesprekken.actie_gedaan, name="gesprek-actie-gedaan"),
    path("kwartaalgesprekken/<uuid:kenmerk>/", gesprekken.een, name="gesprek"),
    path("kwartaalgesprekken/<uuid:kenmerk>/acties/", gesprekken.actie, name="gesprek-actie"),
    path("kwartaalgesprekken/<uuid:kenmerk>/excel/", gesprekken.excel, name="gesprek-excel"),
    path("kwartaalgesprekken/<uuid:kenmerk>/pdf/", gesprekken.pdf, name="gesprek-pdf"),
    path("publicaties/", publicaties.overzicht, name="publicaties"),
    path("publicaties/nieuw/", publicaties.nieuw, name="publicatie-nieuw"),
    path("publicaties/<uuid:kenmerk>/", publicaties.een, name="publicatie"),
    path("publicaties/<uuid:kenmerk>/excel/", publicaties.excel, name="publicatie-excel"),
    path("resultaat-behaald/", resultaat.pagina, name="resultaat-behaald"),
    path("resultaat-behaald/clienten/", resultaat.clienten, name="resultaat-clienten"),
    path("resultaat-behaald/excel/", resultaat.excel, name="resultaat-excel"),
    path("resultaat-behaald/pdf/", resultaat.pdf, name="resultaat-pdf"),
    path("advies-en-besluit/", advies_besluit.pagina, name="advies-besluit"),
    path("advies-en-besluit/clienten/", advies_besluit.clienten, name="advies-besluit-clienten"),
]
