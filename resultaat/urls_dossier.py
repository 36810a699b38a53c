"""Addresses around the dossier; `resultaat.urls` takes them in."""

from django.urls import path

from resultaat.views import behandelaar, dossier, evaluatie, intrekken, registreren, werkvoorraad, werkwijze

urlpatterns = [
    path("werkvoorraad/", werkvoorraad.lijst, name="werkvoorraad"),
    path("werkvoorraad/verdelen/", behandelaar.verdelen, name="verdelen"),
    path("mijn-clienten/", werkvoorraad.mijn_clienten, name="mijn-clienten"),
    path("dossiers/", werkvoorraad.dossiers, name="dossiers"),
    path("dossiers/<uuid:kenmerk>/", dossier.dossier, name="dossier"),
    path("dossiers/<uuid:kenmerk>/vervolg/", dossier.vervolg_koppelen, name="vervolg-koppelen"),
    path("dossiers/<uuid:kenmerk>/gesprek/", evaluatie.gesprek, name="gesprek"),
    path("dossiers/<uuid:kenmerk>/behandelaar/", behandelaar.toewijzen, name="behandelaar"),
    path("documenten/<uuid:kenmerk>/", dossier.document, name="document"),
    path("registreren/<uuid:kenmerk>/", registreren.registreren, name="registreren"),
    path("registreren/<uuid:kenmerk>/advies/", registreren.registreren_advies, name="registreren-advies"),
    path("evaluatie/<uuid:kenmerk>/insturen/", evaluatie.evaluatie_indienen, name="evaluatie-indienen"),
    path("evaluatie/<uuid:kenmerk>/vraag/", evaluatie.vraag_stellen, name="vraag-stellen"),
    path("evaluatie/<uuid:kenmerk>/intrekken/", intrekken.evaluatie_intrekken, name="evaluatie-intrekken"),
    path("vragen/<uuid:kenmerk>/intrekken/", intrekken.vraag_intrekken, name="vraag-intrekken"),
    path("vragen/<uuid:kenmerk>/", evaluatie.vraag_beantwoorden, name="vraag-beantwoorden"),
    path("verzoeken/<uuid:kenmerk>/", evaluatie.toelichting_beoordelen, name="toelichting-beoordelen"),
    path("werkwijze/", werkwijze.werkwijze, name="werkwijze"),
]
