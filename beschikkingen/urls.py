"""Addresses of this app."""

from django.urls import path

from beschikkingen.views import inlezen, zoeken

app_name = "beschikkingen"
urlpatterns = [
    path("zoeken/", zoeken.zoeken, name="zoeken"),
    path("clienten/<uuid:kenmerk>/bsn/", zoeken.bsn_tonen, name="bsn-tonen"),
    path("inlezen/", inlezen.inlezen, name="inlezen"),
    path("inlezen/sjabloon/", inlezen.inlees_sjabloon, name="inlees-sjabloon"),
    path("inlezen/<uuid:kenmerk>/", inlezen.inlezing, name="inlezing"),
    path("inlezen/<uuid:kenmerk>/uitvoeren/", inlezen.inlezing_uitvoeren, name="inlezing-uitvoeren"),
    path("inlezen/<uuid:kenmerk>/fouten/", inlezen.inlezing_fouten, name="inlezing-fouten"),
]
