"""Uploads: hostile files are refused with a sentence, ordinary ones are not."""

import io
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from tests.lib.bestanden import (
    actie,
    alinea,
    grote_png,
    maak_beeld,
    maak_docx,
    maak_odt,
    maak_pdf,
    maak_xlsx,
    met_link,
    open_op_bladzijde,
    plaatje,
)
from wmo_portal.lib.afbeelding import schone_afbeelding
from wmo_portal.lib.uploads import Bevinding, controleer, veilige_naam


@pytest.mark.parametrize(
    ("inhoud", "naam", "soort"),
    [
        (maak_pdf(), "zorgplan.pdf", "pdf"),
        (maak_pdf(met_link), "Zorgplan.PDF", "pdf"),
        (maak_pdf(open_op_bladzijde), "word.pdf", "pdf"),
        (maak_docx(), "plan.docx", "docx"),
        (maak_docx(rels=[("hyperlink", "External"), ("image", "Internal")]), "plan.docx", "docx"),
        (maak_docx(alinea("<w:r><w:instrText>PAGE</w:instrText></w:r>")), "plan.docx", "docx"),
        (maak_docx({"word/embeddings/Microsoft_Excel_Sheet1.xlsx": maak_xlsx()}), "grafiek.docx", "docx"),
        (maak_docx(alinea("<w:r><w:t>Addendum over DDE-koppelingen</w:t></w:r>")), "plan.docx", "docx"),
        (maak_odt(), "plan.odt", "odt"),
        (maak_odt(plaatje("Pictures/1.png"), {"Pictures/1.png": maak_beeld("PNG")}), "plan.odt", "odt"),
        (
            maak_odt('<text:p><text:a xlink:href="https://example.org">site</text:a></text:p>'),
            "plan.odt",
            "odt",
        ),
        (
            maak_odt(delen={"Object 1/content.xml": "<a/>", "ObjectReplacements/Object 1": "x"}),
            "plan.odt",
            "odt",
        ),
        (
            maak_odt(
                delen={
                    "meta.xml": '<m xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///sjabloon.ott"/>'
                }
            ),
            "plan.odt",
            "odt",
        ),
        (maak_xlsx(), "opgave.xlsx", "xlsx"),
        (maak_beeld("JPEG"), "foto.jpg", "jpg"),
        (maak_beeld("JPEG"), "foto.jpeg", "jpg"),
        (maak_beeld("PNG"), "scan.png", "png"),
    ],
)
def test_een_gewoon_bestand_mag(inhoud, naam, soort):
    assert controleer(inhoud, naam) == Bevinding(True, soort, "De opbouw van het bestand is in orde.")


def javascript_diep(document):
    """Inside a direct dictionary in an array in a direct dictionary."""
    document.Root.Iets = pikepdf.Dictionary(
        Lijst=pikepdf.Array([pikepdf.Dictionary(A=actie("/JavaScript", JS=pikepdf.String("app.alert(1)")))])
    )


def bijlage(document):
    document.attachments["virus.exe"] = b"MZ"


def zet(**sleutels):
    def verander(document):
        for sleutel, waarde in sleutels.items():
            document.Root[f"/{sleutel}"] = waarde

    return verander


@pytest.mark.parametrize(
    ("verander", "zin"),
    [
        (lambda d: setattr(d.Root, "OpenAction", actie("/JavaScript", JS=pikepdf.String("x"))), "een script"),
        (
            lambda d: setattr(d.Root, "OpenAction", actie("/Launch", F=pikepdf.String("cmd.exe"))),
            "een programma start",
        ),
        (javascript_diep, "een script"),
        (bijlage, "een ingesloten bestand"),
        (lambda d: setattr(d.pages[0], "AA", pikepdf.Dictionary(O=actie("/URI"))), "vanzelf start"),
        (
            zet(AcroForm=pikepdf.Dictionary(XFA=pikepdf.Array([]))),
            "een formulier van een soort dat scripts bevat",
        ),
        (zet(X=actie("/SubmitForm")), "gegevens verstuurt"),
        (zet(X=actie("/GoToR")), "een ander bestand opent"),
        (zet(X=actie("/ImportData")), "gegevens inleest"),
        (zet(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())), "een script"),
    ],
)
def test_een_pdf_met_iets_dat_loopt_wordt_geweigerd(verander, zin):
    bevinding = controleer(maak_pdf(verander), "zorgplan.pdf")
    assert not bevinding.ok
    assert bevinding.zin.startswith("In deze pdf zit ")
    assert zin in bevinding.zin


def test_een_script_in_een_gecomprimeerd_objectdeel_wordt_ook_gevonden():
    inhoud = maak_pdf(javascript_diep, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in inhoud
    assert not controleer(inhoud, "x.pdf").ok


@pytest.mark.parametrize(("gebruiker", "zin"), [("geheim", "een wachtwoord"), ("", "versleuteld")])
def test_een_versleutelde_pdf_wordt_geweigerd(gebruiker, zin):
    inhoud = maak_pdf(encryption=pikepdf.Encryption(owner="baas", user=gebruiker))
    assert zin in controleer(inhoud, "x.pdf").zin


def test_een_werkmap_met_een_dde_koppeling_wordt_geweigerd():
    uit = io.BytesIO(maak_xlsx())
    with zipfile.ZipFile(uit, "a") as zip_:
        ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        zip_.writestr(
            "xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{ns}"><ddeLink/></externalLink>'
        )
    assert "DDE" in controleer(uit.getvalue(), "opgave.xlsx").zin


@pytest.mark.parametrize(
    ("inhoud", "naam", "zin"),
    [
        (b"", "a.pdf", "leeg"),
        (b"MZ\x90\0" + b"\0" * 100, "a.pdf", "geen pdf"),
        (b"\n" + maak_pdf(), "a.pdf", "geen pdf"),
        (maak_pdf() + maak_docx(), "a.pdf", "nog een ander bestand verstopt"),
        (maak_beeld("PNG") + maak_docx(), "a.png", "nog een ander bestand verstopt"),
        (maak_pdf(), "a.docx", "geen docx"),
        (maak_beeld("PNG"), "a.jpg", "geen jpg"),
        (maak_beeld("GIF"), "a.png", "geen png"),
        (grote_png(60_000, 60_000), "a.png", "te groot: toegestaan zijn 12000 beeldpunten per zijde"),
        (grote_png(12_001, 10), "a.png", "te groot"),
        (grote_png(12_000, 10), "a.png", "beschadigd"),  # small enough, but there are no points in it
        (grote_png(8_000, 5_001), "a.png", "te groot"),
        (maak_beeld("PNG")[:-30], "a.png", "beschadigd"),
        (maak_beeld("JPEG", (400, 400))[:900], "a.jpg", "beschadigd"),
        (b"%PDF-1.7\nonzin", "a.pdf", "beschadigd"),
        (maak_pdf(), "a.exe", "Toegestaan zijn pdf, docx, odt, xlsx, jpg en png"),
        (maak_pdf(), "a.pdf.html", "Toegestaan zijn"),
        (maak_pdf(), "pdf", "Toegestaan zijn"),
        (maak_pdf(), "", "Toegestaan zijn"),
        (maak_docx(), "plan.docm", "Toegestaan zijn"),
    ],
    ids=lambda w: w if isinstance(w, str) else "",
)
def test_wat_niet_is_wat_het_lijkt_wordt_geweigerd(inhoud, naam, zin):
    bevinding = controleer(inhoud, naam)
    assert not bevinding.ok
    assert zin in bevinding.zin


def test_een_half_plaatje_blijft_geweigerd_nadat_er_een_pdf_gedrukt_is(monkeypatch):
    """WeasyPrint sets this for the whole process as soon as it is imported."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert not controleer(maak_beeld("JPEG", (400, 400))[:900], "a.jpg").ok
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(("verschil", "ok"), [(0, True), (-1, False)])
def test_de_grens_van_de_grootte(verschil, ok):
    inhoud = maak_pdf()
    assert controleer(inhoud, "a.pdf", max_bytes=len(inhoud) + verschil).ok is ok


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["pdf", "docx", "odt", "xlsx", "jpg", "png", "x"]))
def test_geen_bytes_maken_een_fout(inhoud, extensie):
    for begin in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        bevinding = controleer(begin + inhoud, f"a.{extensie}")
        assert not bevinding.ok
        assert bevinding.zin.endswith(".")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_een_beschadigd_bestand_maakt_geen_fout(data):
    inhoud, naam = data.draw(st.sampled_from(GOED))
    kapot = bytearray(inhoud)
    for plaats in data.draw(st.lists(st.integers(0, len(kapot) - 1), max_size=4)):
        kapot[plaats] = data.draw(st.integers(0, 255))
    assert controleer(bytes(kapot), naam).zin.endswith(".")


GOED = [
    (maak_pdf(met_link), "a.pdf"), (maak_docx(), "a.docx"), (maak_odt(), "a.odt"), (maak_xlsx(), "a.xlsx"),
    (maak_beeld("JPEG"), "a.jpg"), (maak_beeld("PNG"), "a.png"),
]  # fmt: skip


def test_een_schone_afbeelding_heeft_geen_plaats_meer_en_staat_rechtop():
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010E] = "KANARIE thuisadres"
    foto = maak_beeld("JPEG", (30, 20), exif=exif, comment=b"KANARIE")
    assert b"KANARIE" in foto
    schoon = schone_afbeelding(foto + b"KANARIE", "jpg")
    assert b"KANARIE" not in schoon
    with Image.open(io.BytesIO(schoon)) as beeld:
        assert (beeld.format, beeld.size, dict(beeld.getexif())) == ("JPEG", (20, 30), {})


@pytest.mark.parametrize("modus", ["1", "L", "P", "RGB", "RGBA"])
def test_elke_png_is_schoon_te_maken(modus):
    uit = io.BytesIO()
    Image.new(modus, (3, 2), 1).save(uit, "PNG")
    with Image.open(io.BytesIO(schone_afbeelding(uit.getvalue(), "png"))) as beeld:
        assert (beeld.mode, beeld.size) == (modus, (3, 2))
        assert beeld.convert("RGBA").tobytes() == Image.open(uit).convert("RGBA").tobytes()


@pytest.mark.parametrize(
    ("naam", "veilig"),
    [
        ("zorgplan.pdf", "zorgplan.pdf"),
        ("C:\\Users\\anna\\plan.docx", "plan.docx"),
        ("../../etc/passwd", "passwd"),
        ("plan\r\nSet-Cookie: x.pdf", "planSet-Cookie- x.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ('a"b<c>.pdf', "a-b-c-.pdf"),
        ("", "bestand"),
        ("...", "bestand"),
        (".pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 90 + ".pdf"),
    ],
)
def test_een_naam_is_veilig_voor_een_download(naam, veilig):
    assert veilige_naam(naam) == veilig


@given(st.text())
def test_elke_naam_wordt_een_naam(naam):
    veilig = veilige_naam(naam)
    assert 0 < len(veilig) <= 100
    assert not set(veilig) & set('/\\\r\n"\x00')
