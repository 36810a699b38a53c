"""All addresses. Each app brings its own; what a user reads in the address bar is Dutch."""

from django.urls import include, path

from organisaties import oidc
from organisaties.views import uitloggen
from organisaties.views.start import start
from wmo_portal import csp, views

handler400 = "wmo_portal.middleware.niet_te_lezen"
handler500 = "wmo_portal.middleware.misgegaan"
urlpatterns = [
    path("", start, name="start"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
    path("csp-melding", csp.melding, name="csp-melding"),
    path("sessie/blijf", views.blijf, name="sessie-blijf"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/organisatie/<slug:provider_id>/", oidc.heen, name="openid_connect_login"),
    path("account/organisatie/<slug:provider_id>/terug/", oidc.terug, name="openid_connect_callback"),
    path("account/organisatie/<slug:provider_id>/afgemeld/", uitloggen.afgemeld, name="inlogdienst-afgemeld"),
    path(
        "account/organisatie/<slug:provider_id>/uitgelogd/", uitloggen.uitgelogd, name="inlogdienst-uitgelogd"
    ),
    path("account/organisatie/<slug:provider_id>/uit/", uitloggen.uit, name="inlogdienst-uit"),
    path("", include("organisaties.urls")),
    path("", include("meldingen.urls")),
    path("", include("beschikkingen.urls")),
    path("", include("stopberichten.urls")),
    path("", include("resultaat.urls")),
    path("", include("rapportage.urls")),
    path("componenten/", include("wmo_portal.nlds.urls")),
]
