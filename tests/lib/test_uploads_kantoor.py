"""Documents of Word and LibreOffice that run or fetch something are refused with a sentence."""

import pytest

from tests.lib.bestanden import alinea, maak_docx, maak_odt, maak_xlsx, plaatje
from wmo_portal.lib.uploads import controleer

CT = '<Override PartName="/word/{}" ContentType="application/{}"/>'


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (maak_docx({"word/vbaProject.bin": b"x"}), "een programma of een ingesloten bestand"),
        (maak_docx({"word/embeddings/oleObject1.bin": b"x"}), "een ingesloten bestand"),
        (maak_docx({"word/activeX/activeX1.xml": b"<x/>"}), "een programma"),
        (maak_docx({"virus.exe": b"MZ"}), "een programma"),
        (maak_docx(typen=CT.format("v.bin", "vnd.ms-office.vbaProject")), "macro’s"),
        (maak_docx(typen=CT.format("d.xml", "vnd.ms-word.document.macroEnabled.main+xml")), "macro’s"),
        (maak_docx(rels=[("attachedTemplate", "External")]), "een sjabloon"),
        (maak_docx(rels=[("hyperlink", "External"), ("oleObject", "EXTERNAL")]), "van een andere plek"),
        (maak_docx(rels=[("image", "External")]), "van een andere plek"),
        (maak_docx(rels=[("frame", "&#69;xternal")]), "van een andere plek"),
        (
            maak_docx(
                alinea(
                    "<w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\x</w:instrText></w:r>"
                )
            ),
            "DDE",
        ),
        (maak_docx(alinea('<w:fldSimple w:instr="DDE cmd"/>')), "DDE"),
        (maak_docx({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "DOCTYPE"),
        (maak_docx({"word/media/bom.bmp": b"\0" * 130_000_000}), "toegestaan is 120,0 MB"),
        (maak_docx({"word/media/bom.bmp": b"\0" * 30_000_000}), "keer zo groot"),
        (maak_docx({"../../x.xml": b"<x/>"}), "pad dat niet mag"),
        (maak_docx({"[Content_Types].xml": b"<Types/>"}), "geen docx"),
        (maak_docx({"[Content_Types].xml": b"<Types"}), "beschadigd"),
        (maak_xlsx(), "geen docx"),
        (maak_docx()[:-40], "beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "wachtwoord of is van een oud soort"),
    ],
    ids=lambda w: w if isinstance(w, str) else "",
)
def test_een_document_met_iets_dat_loopt_wordt_geweigerd(inhoud, zin):
    bevinding = controleer(inhoud, "plan.docx")
    assert not bevinding.ok
    assert zin in bevinding.zin


SCRIPT = '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.x?language=Basic"/>'


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (maak_odt(delen={"Basic/Standard/Module1.xml": "<a/>"}), "een macro of een programma"),
        (maak_odt(delen={"Scripts/python/x.py": "print()"}), "een macro of een programma"),
        (maak_odt(delen={"Dialogs/Standard/dialog-lb.xml": "<a/>"}), "een macro of een programma"),
        (maak_odt(delen={"Pictures/x.exe": "MZ"}), "een macro of een programma"),
        (maak_odt(delen={"Object 2": "\xd0\xcf"}), "een ingesloten bestand"),
        (
            maak_odt(f"<office:event-listeners>{SCRIPT}</office:event-listeners>"),
            "een opdracht die vanzelf start",
        ),
        (maak_odt("<office:script>x</office:script>"), "een script"),
        (maak_odt('<text:execute-macro text:name="x"/>'), "een macro"),
        (
            maak_odt("<text:dde-connection-decls><text:dde-connection-decl/></text:dde-connection-decls>"),
            "DDE",
        ),
        (maak_odt("<form:form/>"), "een formulier met besturingselementen"),
        (maak_odt("<draw:object-ole/>"), "een ingesloten bestand"),
        (maak_odt('<text:a xlink:href="vnd.sun.star.script:x">klik</text:a>'), "een programma start"),
        (maak_odt('<text:a xlink:href=" JavaScript:x">klik</text:a>'), "een programma start"),
        (maak_odt(plaatje("https://example.org/1.png")), "haalt iets op van een andere plek"),
        (maak_odt(plaatje("file:///etc/passwd")), "haalt iets op van een andere plek"),
        (maak_odt(plaatje("../naast/1.png")), "haalt iets op van een andere plek"),
        (maak_odt(delen={"styles.xml": "<office:script xmlns:office='x'/>"}), "een script"),
        (maak_odt(delen={"Object 1/content.xml": "<office:script xmlns:office='x'/>"}), "een script"),
        (maak_odt(manifest="<manifest:encryption-data/>"), "een wachtwoord"),
        (maak_odt(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "is geen odt"),
        (maak_odt(delen={"extra.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "DOCTYPE"),
        (maak_odt(delen={"groot.xml": " " * 200_000_000}), "Uitgepakt is dit bestand"),
        (maak_docx(), "is geen odt"),
        (b"PK\x03\x04 niets", "beschadigd"),
        (b"Dear sir", "is geen odt"),
    ],
)
def test_een_odt_met_iets_dat_loopt_of_ophaalt_wordt_geweigerd(inhoud, zin):
    bevinding = controleer(inhoud, "plan.odt")
    assert not bevinding.ok
    assert zin in bevinding.zin
