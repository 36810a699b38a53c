"""Addresses of this app. The start page has no namespace and stands in the project's own list."""

from django.urls import path

from organisaties.views import beheer, gebruikers, inlogdiensten, inrichting, sessies

app_name = "organisaties"
urlpatterns = [
    path("mijn-sessies/", sessies.sessies, name="sessies"),
    path("gebruikers/", gebruikers.gebruikers, name="gebruikers"),
    path("gebruikers/nieuw/", gebruikers.gebruiker_nieuw, name="gebruiker-nieuw"),
    path("gebruikers/<uuid:kenmerk>/", gebruikers.gebruiker, name="gebruiker"),
    path("gebruikers/<uuid:kenmerk>/opnieuw/", gebruikers.gebruiker_opnieuw, name="gebruiker-opnieuw"),
    path("gebruikers/<uuid:kenmerk>/uit/", gebruikers.gebruiker_uit, name="gebruiker-uit"),
    path("gebruikers/<uuid:kenmerk>/aan/", gebruikers.gebruiker_aan, name="gebruiker-aan"),
    path(
        "gebruikers/<uuid:kenmerk>/tweede-stap/",
        gebruikers.gebruiker_tweede_stap,
        name="gebruiker-tweede-stap",
    ),
    path("inrichting/", inrichting.inrichting, name="inrichting"),
    path("inrichting/gemeenten/<str:code>/", inrichting.gemeente, name="gemeente"),
    path("inrichting/inlogdiensten/", inlogdiensten.inlogdienst, name="inlogdienst-nieuw"),
    path("inrichting/inlogdiensten/<slug:code>/", inlogdiensten.inlogdienst, name="inlogdienst"),
    path("inrichting/aanbieders/nieuw/", inrichting.aanbieder_nieuw, name="aanbieder-nieuw"),
    path("inrichting/aanbieders/<str:agb>/", inrichting.aanbieder, name="aanbieder"),
    path("inrichting/regios/<slug:code>/", inrichting.regio, name="regio"),
    path("inrichting/regios/<slug:code>/gebied/", inrichting.gebied, name="gebied-nieuw"),
    path("inrichting/regios/<slug:code>/gebied/<int:nummer>/", inrichting.gebied, name="gebied"),
    path("inrichting/regios/<slug:code>/trede/", inrichting.trede, name="trede-nieuw"),
    path("inrichting/regios/<slug:code>/trede/<int:nummer>/", inrichting.trede, name="trede"),
    path("inrichting/regios/<slug:code>/product/", inrichting.product, name="product-nieuw"),
    path("logboek/", beheer.logboek, name="logboek"),
    path("taken/", beheer.taken, name="taken"),
    path("taken/mail/<uuid:kenmerk>/opnieuw/", beheer.mail_opnieuw, name="mail-opnieuw"),
]
