"""Addresses of the monthly round and of the deadlines."""

from django.urls import path

from resultaat.views import formulieren, ronde, ronde_na, termijnen

urlpatterns = [
    path("rondes/", ronde.rondes, name="rondes"),
    path("rondes/ontbrekende-formulieren/", formulieren.ontbrekende, name="ontbrekende-formulieren"),
    path(
        "rondes/stop/<uuid:kenmerk>/zonder-formulier/", formulieren.zonder_formulier, name="zonder-formulier"
    ),
    path("rondes/<uuid:kenmerk>/", ronde.ronde, name="ronde"),
    path("rondes/<uuid:kenmerk>/voortgang/", ronde.voortgang, name="ronde-voortgang"),
    path("rondes/<uuid:kenmerk>/uitvoeren/", ronde.uitvoeren, name="ronde-uitvoeren"),
    path("rondes/<uuid:kenmerk>/terugdraaien/", ronde_na.terugdraaien, name="ronde-terugdraaien"),
    path("rondes/<uuid:kenmerk>/export/", ronde_na.export, name="ronde-export"),
    path("termijnen/", termijnen.radarpagina, name="termijnen"),
    path("termijnen/excel/", termijnen.excel, name="termijnen-excel"),
    path("termijnen/<uuid:kenmerk>/niet-nodig/", termijnen.niet_nodig, name="termijn-niet-nodig"),
]
