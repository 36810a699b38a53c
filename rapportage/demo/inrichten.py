"""Emptying the database of the demo, and who and what stands ready before the first decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from organisaties.models import Aanbieder, Gebruiker, Gemeente
from organisaties.referentie import REGIOS
from rapportage.demo import gegevens
from wmo_portal.lib.omgeving import database

# What migrations wrote and no demo may touch.
_BLIJFT = ("django_migrations", "django_content_type", "auth_permission")


def _is_eigenaar() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tableowner = current_user from pg_tables where tablename = 'organisaties_gebruiker'"
        )
        rij = cursor.fetchone()
    return bool(rij and rij[0])


@contextmanager
def als_eigenaar(omgeving: Mapping[str, str]) -> Iterator[None]:
    """Work as the owner of the tables: the running portal's role may not empty the log.

    The owner obeys row level security like everybody (FORCE), so this opens nothing but TRUNCATE.
    """
    if _is_eigenaar():
        yield
        return
    vorige = connection.settings_dict
    connection.close()
    connection.settings_dict = {**vorige, **database(omgeving["DATABASE_OWNER_URL"])}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = vorige


def maak_leeg() -> None:
    """Empty every table, the log included. Only ever the private demo database."""
    if not settings.EMBEDDED:
        raise RuntimeError("Alleen de ingebouwde database mag leeggemaakt worden.")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "select quote_ident(tablename) from pg_tables where schemaname = 'public' and tablename <> all(%s)",
            [list(_BLIJFT)],
        )
        tabellen = ", ".join(rij[0] for rij in cursor.fetchall())
        cursor.execute(f"truncate {tabellen} restart identity cascade")
        cursor.execute("set constraints all deferred")
        cursor.execute(
            "select quote_ident(sequencename) from pg_sequences where sequencename like '%%nummer'"
        )
        for (naam,) in cursor.fetchall():
            cursor.execute(f"alter sequence {naam} restart")


@dataclass(frozen=True)
class Wereld:
    """Rows by the keys that the stories use."""

    gemeenten: dict[str, Gemeente]
    aanbieders: dict[str, Aanbieder]
    mensen: dict[str, Gebruiker]
    """By the first part of their e-mail address."""

    def medewerker(self, agb: str) -> Gebruiker:
        return next(g for g in self.mensen.values() if g.aanbieder and g.aanbieder.agb == agb)

    def consulent(self, gemeente: str) -> Gebruiker:
        return self._van("consulent", gemeente)

    def administratie(self, gemeente: str) -> Gebruiker:
        return self._van("administratie", gemeente)

    def _van(self, rol: str, gemeente: str) -> Gebruiker:
        wie = next(p for p in gegevens.PERSONEN if p.rol == rol and gemeente in p.gemeenten)
        return self.mensen[wie.sleutel]


def maak_wereld() -> Wereld:
    """Providers and people. One hash for all: they share a known password, and hashing is slow on purpose."""
    gemeenten = {g.code: g for g in Gemeente.objects.select_related("regio")}
    aanbieders = {
        a.agb: Aanbieder.objects.create(agb=a.agb, naam=a.naam, email=a.email) for a in gegevens.AANBIEDERS
    }
    wachtwoord, geen = make_password(gegevens.WACHTWOORD), make_password(None)
    mensen = {}
    for persoon in gegevens.PERSONEN:
        wie = Gebruiker.objects.create(
            email=persoon.email,
            naam=persoon.naam,
            functie=persoon.functie,
            telefoon="010 000 00 00",
            rol=persoon.rol,
            aanbieder=aanbieders.get(persoon.agb),
            password=wachtwoord if persoon.op_inlogscherm else geen,
        )
        wie.gemeenten.set([gemeenten[code] for code in persoon.gemeenten])
        mensen[persoon.sleutel] = wie
    return Wereld(gemeenten, aanbieders, mensen)


def inloggegevens() -> list[dict[str, str]]:
    """For the terminal and the log-in page of the demo."""
    aanbieders = {a.agb: a.naam for a in gegevens.AANBIEDERS}
    namen = {code: naam for regio in REGIOS for code, naam, *_ in regio.gemeenten}
    return [
        {
            "rol": persoon.rol.label,
            "naam": persoon.naam,
            "email": persoon.email,
            "wachtwoord": gegevens.WACHTWOORD,
            "organisatie": aanbieders.get(persoon.agb) or _gemeentenamen(persoon.gemeenten, namen),
        }
        for persoon in gegevens.PERSONEN
        if persoon.op_inlogscherm
    ]


def _gemeentenamen(codes: tuple[str, ...], namen: Mapping[str, str]) -> str:
    if codes == gegevens.H5:
        return "alle gemeenten van H5"
    if codes == gegevens.MH:
        return "alle gemeenten van Maastricht-Heuvelland"
    return ", ".join(namen[code] for code in codes) or "het portaal"
