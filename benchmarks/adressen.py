"""The addresses of the portal and the floor of `benchmarks.paginas`: a page that only knows who you are."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def ingelogd(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ja")


urlpatterns = [path("meting/ingelogd/", ingelogd), path("", include("wmo_portal.urls"))]
