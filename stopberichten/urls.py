"""Addresses of this app."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from stopberichten.views import berichten, retouren, te_koppelen

app_name = "stopberichten"
urlpatterns: list[URLPattern | URLResolver] = [
    path("berichten/", berichten.lijst, name="berichten"),
    path("berichten/insturen/", berichten.insturen, name="insturen"),
    path("berichten/ingestuurd/<uuid:merk>/", berichten.ingestuurd, name="ingestuurd"),
    path("berichten/retour/", retouren.retouren, name="retouren"),
    path("berichten/retour/zip/", retouren.retouren_zip, name="retouren-zip"),
    path("berichten/retour/verstuurd/", retouren.verstuurd, name="retouren-verstuurd"),
    path("berichten/te-laat/", berichten.te_late_stops_lijst, name="te-late-stops"),
    path("berichten/<uuid:kenmerk>/", berichten.bericht, name="bericht"),
    path("berichten/<uuid:kenmerk>/xml/", berichten.xml, name="bericht-xml"),
    path("berichten/<uuid:kenmerk>/retour/", berichten.retour, name="bericht-retour"),
    path("berichten/<uuid:kenmerk>/opnieuw/", te_koppelen.opnieuw, name="bericht-opnieuw"),
    path("te-koppelen/", te_koppelen.lijst, name="te-koppelen"),
    path("te-koppelen/<uuid:kenmerk>/", te_koppelen.koppel_regel, name="koppel"),
    path("te-koppelen/<uuid:kenmerk>/los/", te_koppelen.ontkoppel_regel, name="ontkoppel"),
]

if find_spec("stopberichten.urls_toelichting"):
    urlpatterns.append(path("", include("stopberichten.urls_toelichting")))
