"""Addresses of this app: the monthly round and the deadlines, and the dossier."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

app_name = "resultaat"
urlpatterns: list[URLPattern | URLResolver] = []

for _deel in ("resultaat.urls_ronde", "resultaat.urls_dossier", "resultaat.urls_afronden"):
    if find_spec(_deel):
        urlpatterns += import_module(_deel).urlpatterns
