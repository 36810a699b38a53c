"""Everybody of the demo walks along every link he is shown; nothing of another municipality or provider is there.

Every text of the demo carries here the mark of its owners (`KANARIE-G1783 KANARIE-A75000001`), and every row has a random
mark of its own. Pages, workbooks (unzipped) and PDFs (as text) are searched for those of others (threat 2).
"""

import io
import logging
import re
import shutil
import subprocess
import zipfile
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.test import Client as Http
from django.urls import Resolver404, resolve

from beschikkingen.models import Beschikking, Client, Document, Toewijzing
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from organisaties.zichtbaar import ZichtbaarQuerySet
from rapportage.demo import gegevens
from rapportage.demo.laden import laad_demo
from rapportage.demo.teksten import gemerkt
from resultaat.models import Evaluatie, Resultaat, Ronde
from resultaat.queries.clienten import _telling
from resultaat.queries.radar import _vraag
from resultaat.queries.werkvoorraad import _delen
from stopberichten.models import Bericht, Stop, Toelichting
from tests.veiligheid.snuffel import bsns
from wmo_portal.lib import rls

VANDAAG = date(2026, 10, 5)
BLADZIJDEN, PER_SOORT = 60, 5
VOORBEELD = "999900006"  # stands on the page of reading in, as the example of how to type one
MERK = re.compile(r"KANARIE-([GA])(\d+)")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KOPPELING = re.compile(r'href="(/[^"#]*|\?[^"#]*)')
GEMERKT = (Client, Beschikking, Toewijzing, Document, Evaluatie, Resultaat, Ronde, Bericht, Stop, Toelichting)


@dataclass
class Tocht:
    """What one person met."""

    wie: Gebruiker
    vreemde_kenmerken: dict[str, str]
    fout: list[str] = field(default_factory=list)
    soorten: Counter[str] = field(default_factory=Counter)
    eigen_merken: int = 0

    def is_eigen(self, soort: str, code: str) -> bool:
        if self.wie.rol == Rol.AANBIEDER:
            return soort == "G" or code == self.wie.aanbieder.agb
        return soort == "A" or code in {g.code for g in self.wie.gemeenten.all()}

    def ruik(self, pad: str, tekst: str) -> None:
        for soort, code in MERK.findall(tekst):
            if self.is_eigen(soort, code):
                self.eigen_merken += 1
            else:
                self.fout.append(f"{self.wie.email} zag {soort}{code} op {pad}")
        for kenmerk in set(UUID.findall(tekst)) & self.vreemde_kenmerken.keys():
            self.fout.append(f"{self.wie.email} zag {self.vreemde_kenmerken[kenmerk]} van een ander op {pad}")

    def loop(self) -> "Tocht":
        http = Http(raise_request_exception=False)
        http.force_login(self.wie)
        rij, gezien, per_soort = deque(["/"]), {"/"}, Counter()
        while rij and sum(per_soort.values()) < BLADZIJDEN:
            pad = rij.popleft()
            naam = _naam(pad)
            if naam is None or per_soort[naam] >= PER_SOORT:
                continue
            per_soort[naam] += 1
            for verder in self._bezoek(http, pad):
                if verder not in gezien:
                    gezien.add(verder)
                    rij.append(verder)
        return self

    def _bezoek(self, http: Http, pad: str) -> list[str]:
        antwoord = http.get(pad)
        rls.zet(rls.SYSTEEM)
        if antwoord.status_code >= 500:
            self.fout.append(f"{self.wie.email} kreeg {antwoord.status_code} op {pad}")
        if antwoord.status_code == 302 and antwoord.url.startswith("/"):
            return [antwoord.url]
        if antwoord.status_code != 200:
            return []
        soort = antwoord["Content-Type"].split(";")[0]
        self.soorten[soort] += 1
        tekst = _tekst(soort, antwoord.content)
        self.ruik(pad, tekst)
        if soort != "text/html":
            return []
        if set(bsns(tekst)) - {VOORBEELD}:
            self.fout.append(f"{self.wie.email} zag een heel BSN op {pad}")
        basis = pad.split("?")[0]
        gevonden = (koppeling.replace("&amp;", "&") for koppeling in KOPPELING.findall(tekst))
        return [basis + k if k.startswith("?") else k for k in gevonden]


def _naam(pad: str) -> str | None:
    """The name of the address, or None for what is no page of ours to walk to."""
    if pad.startswith(("/static/", "/account/", "/componenten/")):
        return None
    try:
        return resolve(pad.split("?")[0]).view_name
    except Resolver404:
        return None


def _tekst(soort: str, inhoud: bytes) -> str:
    if "spreadsheetml" in soort or soort == "application/zip":
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
            return "\n".join(zip_.read(naam).decode(errors="replace") for naam in zip_.namelist())
    if soort == "application/pdf" and shutil.which("pdftotext"):
        opdracht = ["pdftotext", "-", "-"]
        return subprocess.run(opdracht, input=inhoud, capture_output=True, check=False).stdout.decode(
            errors="replace"
        )
    return inhoud.decode(errors="replace")


def vreemd_voor(wie: Gebruiker) -> dict[str, str]:
    """The random marks of rows that are not his, by the plain columns of the tables and not by `visible_to`."""
    uit = {}
    for model in GEMERKT:
        kolommen = {veld.name for veld in model._meta.concrete_fields}
        rijen = model._default_manager.all()
        if wie.rol == Rol.AANBIEDER:
            if "aanbieder" not in kolommen:
                continue
            rijen = rijen.exclude(aanbieder=wie.aanbieder)
        else:
            rijen = rijen.exclude(gemeente__in=wie.gemeenten.all())
        uit |= {str(kenmerk): model._meta.model_name for kenmerk in rijen.values_list("kenmerk", flat=True)}
    return uit


@pytest.mark.django_db
@pytest.mark.bsn_zichtbaar(
    "a message that is downloaded holds its BSN; pages are searched by the walk itself"
)
def test_niemand_ziet_iets_van_een_ander(tmp_path, monkeypatch):
    """One load of the demo for all walks: it costs half a minute."""
    with gemerkt():
        laad_demo(vandaag=VANDAAG, map_=tmp_path)
    logging.disable(logging.ERROR)
    try:
        mensen = [p.email for p in gegevens.PERSONEN if p.op_inlogscherm]
        tochten = [_tocht(email).loop() for email in mensen]
        fout = sorted({zin for tocht in tochten for zin in tocht.fout})
        assert not fout, "\n".join(fout)
        _het_was_een_echte_tocht(tochten)
        _zonder_muren_zag_hij_het_wel(monkeypatch)
    finally:
        logging.disable(logging.NOTSET)


def _tocht(email: str) -> Tocht:
    wie = Gebruiker.objects.get(email=email)
    return Tocht(wie, vreemd_voor(wie))


def _het_was_een_echte_tocht(tochten: list[Tocht]) -> None:
    soorten = sum((tocht.soorten for tocht in tochten), Counter())
    assert soorten["text/html"] > 200
    assert any("spreadsheetml" in soort for soort in soorten)
    for tocht in tochten:
        if tocht.wie.rol in (Rol.CONSULENT, Rol.AANBIEDER):
            assert tocht.eigen_merken > 0, tocht.wie.email
            assert len(tocht.vreemde_kenmerken) > 500


def _zonder_muren_zag_hij_het_wel(monkeypatch) -> None:
    """The negative control: with both walls down the same walk meets the marks of others."""
    klassen = [ZichtbaarQuerySet]
    while klassen:
        klasse = klassen.pop()
        klassen += klasse.__subclasses__()
        if "visible_to" in vars(klasse):
            monkeypatch.setattr(klasse, "visible_to", lambda self, gebruiker: self)
    monkeypatch.setattr(Gebruiker, "bereik", rls.SYSTEEM)
    for bewaard in (_delen, _telling, _vraag):
        bewaard.cache_clear()  # the questions of lists that were made while the wall stood
    tocht = _tocht("consulent.westland@" + gegevens.PERSONEN[0].email.partition("@")[2]).loop()
    assert any("zag G" in zin for zin in tocht.fout)
    assert any("van een ander" in zin for zin in tocht.fout)
