"""What a page says, as somebody reads it."""

from django.http import HttpResponse


def tekst(antwoord: HttpResponse) -> str:
    """The page as one line: where its source breaks off does not matter."""
    return " ".join(antwoord.content.decode().split())
