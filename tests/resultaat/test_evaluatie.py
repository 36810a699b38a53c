"""Evaluation: the document comes in, questions go and answers come, the talk, and the answer to a change request."""

import io
import threading
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from beschikkingen.enums import DocumentStatus
from beschikkingen.models import Document, Monitoringsmoment
from logboek.models import Gebeurtenis
from meldingen import actions as dagmail
from resultaat.actions.evaluatie import (
    Besluit,
    EvaluatieFout,
    Inzending,
    VerzoekGewijzigd,
    beslis_op_verzoek,
    dien_evaluatie_in,
)
from resultaat.actions.gesprek import Deelnemer, GesprekFout, leg_gesprek_vast
from resultaat.actions.vragen import AlBeantwoord, VraagFout, beantwoord_vraag, stel_vraag
from resultaat.models import Evaluatie, Gesprek, InformatieVraag
from stopberichten.models import Toelichting
from techniek.models import Mail
from tests import fabriek
from wmo_portal.lib import rls
from wmo_portal.lib.bsn import vind_bsns
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def pdf() -> bytes:
    uit = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(uit)
    return uit.getvalue()


def lopend(dagen=70, **velden):
    eind = vandaag() + timedelta(days=dagen)
    return fabriek.toewijzing(fabriek.beschikking(begin=eind - timedelta(days=300), eind=eind), **velden)


def dien_in(toewijzing, door=None, **velden):
    inzending = Inzending(
        **{
            "inhoud": pdf(),
            "bestandsnaam": "verslag.pdf",
            "behaald": True,
            "vervolg_nodig": True,
            "reden": "Nog lichte hulp nodig.",
            "ontvangen_datum": vandaag(),
            "gevraagde_trede": fabriek.trede(2),
            **velden,
        }
    )
    wie = door or fabriek.medewerker(toewijzing.aanbieder)
    return dien_evaluatie_in(toewijzing=toewijzing, inzending=inzending, door=wie, moment=nu())


def bestand(naam="verslag.pdf", inhoud=None):
    return SimpleUploadedFile(naam, pdf() if inhoud is None else inhoud)


def verstuur(http, toewijzing, **velden):
    velden = {
        "behaald": "ja",
        "vervolg_nodig": "ja",
        "gevraagde_trede": str(fabriek.trede(2).pk),
        "reden": "Nog lichte hulp nodig.",
        "document": bestand(),
        **velden,
    }
    adres = reverse("resultaat:evaluatie-indienen", args=[toewijzing.kenmerk])
    return http.post(adres, {naam: waarde for naam, waarde in velden.items() if waarde is not None})


# --- Sending in ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("gemeente", "naam"), [("westland", "evaluatieformulier"), ("delft", "zorgplan")])
def test_elke_gemeente_krijgt_haar_eigen_document_onder_haar_eigen_naam(http, gemeente, naam):
    eind = vandaag() + timedelta(days=70)
    client = fabriek.client(getattr(fabriek, gemeente)())
    toewijzing = fabriek.toewijzing(fabriek.beschikking(client, begin=eind - timedelta(days=300), eind=eind))
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    pagina = http.get(reverse("resultaat:evaluatie-indienen", args=[toewijzing.kenmerk])).content.decode()
    assert f"{naam.capitalize()} insturen" in pagina
    assert f"{eind - timedelta(days=56):%d-%m-%Y}".lstrip("0") in pagina.replace("<strong>0", "<strong>")
    assert verstuur(http, toewijzing).status_code == 302
    evaluatie = Evaluatie.objects.get()
    assert (evaluatie.documentnaam, evaluatie.document.soort, evaluatie.status) == (naam, naam, "ingediend")
    assert (evaluatie.ontvangen_datum, evaluatie.gevraagde_trede) == (vandaag(), fabriek.trede(2))
    assert evaluatie.document.status == DocumentStatus.QUARANTAINE
    assert Gebeurtenis.objects.filter(actie="evaluatie.indienen").count() == 1


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"reden": "  "}, "Vul ‘Reden’ in."),
        ({"document": None}, "Kies een bestand"),
        ({"gevraagde_trede": ""}, "Kies welke trede daarna nodig is."),
        ({"behaald": None}, "Kies een antwoord"),
    ],
)
def test_wat_ontbreekt_wordt_gevraagd_en_niets_is_weg(http, velden, zin):
    toewijzing = lopend()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    antwoord = verstuur(http, toewijzing, **{"reden": "Mijn verhaal.", **velden})
    assert zin in antwoord.content.decode()
    assert ("Mijn verhaal." in antwoord.content.decode()) is ("reden" not in velden)
    assert not Evaluatie.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("naam", "inhoud"), [("virus.exe", b"MZ"), ("nep.pdf", b"<html>"), ("leeg.pdf", b"")]
)
def test_een_verkeerd_bestand_wordt_geweigerd_bij_zijn_veld(http, naam, inhoud):
    toewijzing = lopend()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    antwoord = verstuur(http, toewijzing, document=bestand(naam, inhoud))
    assert antwoord.status_code == 200
    assert "id_document_error" in antwoord.content.decode()
    assert not Document.objects.exists()


def test_zonder_vervolg_is_geen_trede_nodig(http):
    toewijzing = lopend()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    assert verstuur(http, toewijzing, vervolg_nodig="nee", gevraagde_trede="").status_code == 302
    assert Evaluatie.objects.get().gevraagde_trede is None


def test_twee_keer_drukken_is_een_document(http):
    toewijzing, sleutel = lopend(), str(uuid.uuid4())
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    for _ in range(2):
        assert verstuur(http, toewijzing, eenmalig=sleutel, document=bestand()).status_code == 302
    assert (Evaluatie.objects.count(), Document.objects.count()) == (1, 1)


def test_de_gemeente_voert_in_wat_langs_een_andere_weg_kwam(http):
    toewijzing = lopend()
    http.force_login(fabriek.consulent())
    gisteren = vandaag() - timedelta(days=1)
    assert verstuur(http, toewijzing, ontvangen_datum=f"{gisteren:%d-%m-%Y}").status_code == 302
    evaluatie = Evaluatie.objects.get()
    assert (evaluatie.ontvangen_datum, evaluatie.document.aanbieder) == (gisteren, toewijzing.aanbieder)
    morgen = vandaag() + timedelta(days=1)
    assert (
        "kan hier niet" in verstuur(http, toewijzing, ontvangen_datum=f"{morgen:%d-%m-%Y}").content.decode()
    )


def test_bij_een_beschikking_zonder_einddatum_hoort_zij_bij_het_monitoringsmoment():
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    moment = fabriek.monitoringsmoment(b, vandaag() + timedelta(days=60))
    assert dien_in(fabriek.toewijzing(b)).monitoringsmoment == moment


def test_reden_is_verplicht_ook_zonder_scherm():
    with pytest.raises(EvaluatieFout, match="Schrijf op waarom"):
        dien_in(lopend(), reden=" ")


def test_een_document_open_je_na_de_scan_en_dat_staat_in_het_logboek(http):
    evaluatie = dien_in(lopend())
    adres = reverse("resultaat:document", args=[evaluatie.document.kenmerk])
    http.force_login(fabriek.consulent(naam="Anna"))
    wacht = http.get(adres)
    assert (wacht.status_code, "nog op virussen gecontroleerd" in wacht.content.decode()) == (409, True)
    Document.objects.update(status=DocumentStatus.VRIJ)
    antwoord = http.get(adres)
    assert antwoord.status_code == 200
    assert antwoord.content.startswith(b"%PDF")
    assert antwoord["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Security-Policy"].startswith("sandbox")
    assert Gebeurtenis.objects.get(actie="document.gezien").actor_naam == "Anna"
    http.force_login(fabriek.medewerker(fabriek.aanbieder("De Eik")))
    assert http.get(adres).status_code == 404


# --- Question and answer ---------------------------------------------------------------------------------------------
def test_vraag_en_antwoord_staan_gedateerd_in_het_dossier_van_beiden(http):
    evaluatie = dien_in(lopend())
    anna, fatma = fabriek.consulent(naam="Anna"), fabriek.medewerker(evaluatie.aanbieder, naam="Fatma")
    http.force_login(anna)
    http.post(reverse("resultaat:vraag-stellen", args=[evaluatie.kenmerk]), {"vraag": "Lukt het zelf?"})
    vraag = InformatieVraag.objects.get()
    evaluatie.refresh_from_db()
    assert (vraag.gesteld_door, evaluatie.status) == (anna, "info_gevraagd")

    dossier = reverse("resultaat:dossier", args=[evaluatie.beschikking.kenmerk])
    http.force_login(fatma)
    adres = reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk])
    assert "Lukt het zelf?" in http.get(dossier).content.decode()
    assert adres in http.get(reverse("resultaat:mijn-clienten") + "?doen=vraag").content.decode()
    http.post(adres, {"antwoord": "Ja, met een lijstje."})
    vraag.refresh_from_db()
    evaluatie.refresh_from_db()
    assert (vraag.beantwoord_door, evaluatie.status) == (fatma, "ingediend")
    for wie in (anna, fatma):
        http.force_login(wie)
        assert "Ja, met een lijstje." in http.get(dossier).content.decode()


def test_de_mails_zeggen_dat_er_iets_is_en_niets_over_wie():
    toewijzing = lopend()
    evaluatie = dien_in(toewijzing)
    fatma = fabriek.medewerker(toewijzing.aanbieder)
    vraag = stel_vraag(
        evaluatie=evaluatie, vraag="Over mevrouw Jansen?", door=fabriek.consulent(), moment=nu()
    )
    dagmail.verstuur(vandaag=vandaag(), moment=nu())
    beantwoord_vraag(vraag=vraag, antwoord="Jansen redt het.", door=fatma, moment=nu())
    dagmail.verstuur(vandaag=vandaag(), moment=nu())
    mails = list(Mail.objects.order_by("aangemaakt_op"))
    assert {mail.aan for mail in mails} >= {fatma.email, vraag.gesteld_door.email}
    for mail in mails:
        tekst = mail.onderwerp + mail.tekst
        assert "Jansen" not in tekst
        assert toewijzing.beschikking.nummer not in tekst
        assert not vind_bsns(tekst)
        assert "http" in tekst


def test_een_vraag_en_een_antwoord_hebben_tekst():
    evaluatie = dien_in(lopend())
    with pytest.raises(VraagFout):
        stel_vraag(evaluatie=evaluatie, vraag=" ", door=fabriek.consulent(), moment=nu())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    with pytest.raises(VraagFout):
        beantwoord_vraag(vraag=vraag, antwoord="", door=fabriek.medewerker(evaluatie.aanbieder), moment=nu())


def test_na_het_oordeel_is_er_niets_meer_te_vragen():
    evaluatie = dien_in(lopend())
    Evaluatie.objects.update(status="beoordeeld")
    evaluatie.refresh_from_db()
    with pytest.raises(VraagFout, match="al geregistreerd"):
        stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())


def test_twee_vragen_open_dan_komt_zij_pas_na_het_tweede_antwoord_terug():
    evaluatie = dien_in(lopend())
    fatma = fabriek.medewerker(evaluatie.aanbieder)
    vragen = [
        stel_vraag(evaluatie=evaluatie, vraag=v, door=fabriek.consulent(), moment=nu()) for v in ("A?", "B?")
    ]
    for vraag, stand in zip(vragen, ("info_gevraagd", "ingediend"), strict=True):
        beantwoord_vraag(vraag=vraag, antwoord="Ja.", door=fatma, moment=nu())
        evaluatie.refresh_from_db()
        assert evaluatie.status == stand


def test_een_collega_was_eerder_en_beide_antwoorden_staan_er(http):
    evaluatie = dien_in(lopend())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    beantwoord_vraag(
        vraag=vraag, antwoord="Van Ali.", door=fabriek.medewerker(evaluatie.aanbieder), moment=nu()
    )
    http.force_login(fabriek.medewerker(evaluatie.aanbieder))
    antwoord = http.post(
        reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk]), {"antwoord": "Van Bea."}
    )
    pagina = antwoord.content.decode()
    assert (antwoord.status_code, "Van Ali." in pagina, "Van Bea." in pagina) == (409, True, True)
    vraag.refresh_from_db()
    assert vraag.antwoord == "Van Ali."


def test_wie_niet_mag_beoordelen_stelt_geen_vraag_en_een_vreemde_leest_er_geen(http):
    evaluatie = dien_in(lopend())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    stellen = reverse("resultaat:vraag-stellen", args=[evaluatie.kenmerk])
    beantwoorden = reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk])
    for wie, adres in (
        (fabriek.medewerker(evaluatie.aanbieder), stellen),
        (fabriek.administratie(), stellen),
        (fabriek.consulent(fabriek.delft()), stellen),
        (fabriek.medewerker(fabriek.aanbieder("De Eik")), beantwoorden),
        (fabriek.consulent(), beantwoorden),
    ):
        http.force_login(wie)
        assert http.get(adres).status_code == 404


# --- The talk --------------------------------------------------------------------------------------------------------
def gesprek(b, **velden):
    velden = {
        "datum": vandaag(),
        "deelnemers": list(Deelnemer),
        "verslag": "Trede 1 is genoeg.",
        "volgend_moment_datum": None,
        **velden,
    }
    return leg_gesprek_vast(beschikking=b, door=fabriek.consulent(), moment=nu(), **velden)


def test_het_gesprek_hoort_bij_het_open_moment_en_onthoudt_het_volgende(http):
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    moment = fabriek.monitoringsmoment(b, vandaag())
    http.force_login(fabriek.consulent())
    volgend = vandaag() + timedelta(days=180)
    antwoord = http.post(
        reverse("resultaat:gesprek", args=[b.kenmerk]),
        {
            "datum": f"{vandaag():%d-%m-%Y}",
            "deelnemers": ["client", "consulent"],
            "verslag": "Goed gegaan.",
            "volgend_moment": f"{volgend:%d-%m-%Y}",
        },
    )
    assert antwoord.status_code == 302
    rij = Gesprek.objects.get()
    assert (rij.monitoringsmoment, rij.volgend_moment_datum) == (moment, volgend)
    assert rij.deelnemers == ["client", "consulent"]
    assert Monitoringsmoment.objects.open().get() == moment


def test_zonder_open_moment_begint_het_afgesproken_moment_meteen():
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    gesprek(b, volgend_moment_datum=vandaag() + timedelta(days=90))
    assert Monitoringsmoment.objects.open().get().datum == vandaag() + timedelta(days=90)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"datum": vandaag() + timedelta(days=1)}, "nog niet geweest"),
        ({"deelnemers": []}, "wie er bij het gesprek waren"),
        ({"verslag": ""}, "wat er is afgesproken"),
        ({"volgend_moment_datum": vandaag()}, "hoort na"),
    ],
)
def test_een_gesprek_klopt_of_wordt_niet_vastgelegd(velden, zin):
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    with pytest.raises(GesprekFout, match=zin):
        gesprek(b, **velden)
    assert not Gesprek.objects.exists()


def test_de_aanbieder_leest_het_verslag_niet(http):
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    toewijzing = fabriek.toewijzing(b)
    gesprek(b, verslag="Vertrouwelijk besproken.")
    adres = reverse("resultaat:dossier", args=[b.kenmerk])
    http.force_login(fabriek.consulent())
    assert "Vertrouwelijk besproken." in http.get(adres).content.decode()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    assert "Vertrouwelijk besproken." not in http.get(adres).content.decode()


# --- The answer to a change request (R58) ----------------------------------------------------------------------------
def verzoek():
    return fabriek.formulier(lopend(200), soort="wijziging", behaald=False)


def beslis(toelichting, versie=None, besluit=Besluit.TOEGEKEND, tekst="Akkoord tot 1 juli.", door=None):
    return beslis_op_verzoek(
        toelichting=toelichting,
        versie=toelichting.versie if versie is None else versie,
        besluit=besluit,
        tekst=tekst,
        door=door or fabriek.consulent(),
        moment=nu(),
    )


def test_het_besluit_en_de_uitleg_komen_bij_de_aanbieder(http):
    vorm = verzoek()
    http.force_login(fabriek.consulent())
    antwoord = http.post(
        reverse("resultaat:toelichting-beoordelen", args=[vorm.kenmerk]),
        {"versie": vorm.versie, "besluit": "afgewezen", "tekst": "Afschalen kan wel."},
    )
    assert antwoord.status_code == 302
    vorm.refresh_from_db()
    assert (vorm.status, vorm.besluit, vorm.versie) == ("afgehandeld", "afgewezen", 2)
    http.force_login(fabriek.medewerker(vorm.aanbieder))
    dossier = http.get(reverse("resultaat:dossier", args=[vorm.beschikking.kenmerk])).content.decode()
    assert "Afschalen kan wel." in dossier
    dagmail.verstuur(vandaag=vandaag(), moment=nu())
    for mail in Mail.objects.all():
        assert "nam een besluit op een verzoek om wijziging van u" in mail.tekst


def test_een_besluit_heeft_uitleg():
    with pytest.raises(EvaluatieFout, match="De aanbieder leest deze tekst"):
        beslis(verzoek(), tekst="")


def test_twee_besluiten_en_de_tweede_ziet_beide_teksten(http):
    vorm = verzoek()
    beslis(vorm, door=fabriek.consulent(naam="Bert"))
    http.force_login(fabriek.consulent())
    antwoord = http.post(
        reverse("resultaat:toelichting-beoordelen", args=[vorm.kenmerk]),
        {"versie": 1, "besluit": "afgewezen", "tekst": "Van Anna."},
    )
    pagina = antwoord.content.decode()
    assert (antwoord.status_code, "Van Anna." in pagina, "Akkoord tot 1 juli." in pagina) == (409, True, True)
    assert Toelichting.objects.get().besluit == "toegekend"


def test_een_formulier_dat_intussen_veranderde_wordt_niet_blind_besloten():
    vorm = verzoek()
    Toelichting.objects.update(versie=2)
    with pytest.raises(VerzoekGewijzigd):
        beslis(vorm, versie=1)


@pytest.mark.django_db(transaction=True)
def test_twee_antwoorden_tegelijk_en_een_wint(monkeypatch):
    """On two connections. The control is `test_een_collega_was_eerder…`: there the first is already in."""
    evaluatie = dien_in(lopend())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    mensen = [fabriek.medewerker(evaluatie.aanbieder) for _ in range(2)]
    samen, uitkomst = threading.Barrier(2, timeout=20), []

    def doe(wie):
        rls.zet(rls.SYSTEEM)
        eigen = InformatieVraag.objects.get(pk=vraag.pk)
        samen.wait()
        try:
            uitkomst.append(beantwoord_vraag(vraag=eigen, antwoord=f"Van {wie.naam}.", door=wie, moment=nu()))
        except AlBeantwoord as fout:
            uitkomst.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(wie,)) for wie in mensen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert sorted(type(u).__name__ for u in uitkomst) == ["AlBeantwoord", "InformatieVraag"]
