"""Headers that every answer carries (veiligheid D8)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

RECHTEN_VAN_DE_BROWSER = "accelerometer=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def antwoordkoppen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """No page with personal data in any cache; no device rights."""

    def midden(request: HttpRequest) -> HttpResponse:
        antwoord = get_response(request)
        antwoord.headers.setdefault("Permissions-Policy", RECHTEN_VAN_DE_BROWSER)
        if not request.path.startswith("/static/"):
            antwoord.headers.setdefault("Cache-Control", "no-store")
        return antwoord

    return midden
