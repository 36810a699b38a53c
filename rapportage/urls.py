"""Addresses of this app."""

from django.urls import path

from rapportage.views import rapporten, uitval

app_name = "rapportage"
urlpatterns = [
    path("uitval/", uitval.pagina, name="uitval"),
    path("uitval/clienten/", uitval.clienten, name="uitval-clienten"),
    path("uitval/excel/", uitval.excel, name="uitval-excel"),
    path("uitval/pdf/", uitval.pdf, name="uitval-pdf"),
    path("mijn-rapporten/", rapporten.mijn, name="mijn-rapporten"),
    path("mijn-rapporten/stand/", rapporten.stand, name="rapporten-stand"),
    path("mijn-rapporten/<uuid:kenmerk>/", rapporten.download, name="rapport"),
]
