"""Addresses around the judgement: its reasons, what goes to the municipality's own system, what is destroyed."""

from django.urls import path

from resultaat.views import bewaren, redenen, suite, vernietigen

urlpatterns = [
    path("inrichting/redenen/", redenen.overzicht, name="redenen"),
    path("inrichting/redenen/<str:code>/nieuw/", redenen.nieuw, name="reden-nieuw"),
    path("inrichting/redenen/<str:code>/<int:nummer>/", redenen.een, name="reden"),
    path("suite/", suite.overzicht, name="suite"),
    path("suite/maken/", suite.maken, name="suite-maken"),
    path("suite/<uuid:kenmerk>/", suite.lijst, name="suite-lijst"),
    path("suite/<uuid:kenmerk>/excel/", suite.excel, name="suite-excel"),
    path("suite/<uuid:kenmerk>/csv/", suite.csv, name="suite-csv"),
    path("suite/<uuid:kenmerk>/overgenomen/", suite.overgenomen, name="suite-overgenomen"),
    path("dossiers/<uuid:kenmerk>/bewaartermijn/", bewaren.bewaartermijn, name="bewaartermijn"),
    path("vernietigen/", vernietigen.overzicht, name="vernietigen"),
    path("vernietigen/voorstellen/", vernietigen.voorstellen, name="vernietigen-voorstellen"),
    path("vernietigen/<uuid:kenmerk>/", vernietigen.lijst, name="vernietigingslijst"),
    path("vernietigen/<uuid:kenmerk>/goedkeuren/", vernietigen.goedkeuren, name="vernietiging-goedkeuren"),
    path("vernietigen/<uuid:kenmerk>/intrekken/", vernietigen.intrekken, name="vernietiging-intrekken"),
    path("vernietigen/<uuid:kenmerk>/verklaring/", vernietigen.verklaring, name="vernietiging-verklaring"),
]
