"""Addresses of the component pages; included by `urls.py` for builders and the demo."""

from django.urls import path

from wmo_portal.nlds import views

urlpatterns = [
    path("", views.overzicht, name="componenten"),
    path("formulier/", views.formulier, name="componenten_formulier"),
    path("formulier/concept/", views.concept, name="componenten_concept"),
    path("formulierset/", views.formulierset, name="componenten_formulierset"),
    path("conflict/", views.conflict, name="componenten_conflict"),
    path("sessie/", views.sessiepagina, name="componenten_sessiepagina"),
    path("sessie/stand/", views.sessie, name="componenten_sessie"),
    path("bsn/", views.bsn, name="componenten_bsn"),
    path("voortgang/", views.voortgang, name="componenten_voortgang"),
]
