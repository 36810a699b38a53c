"""Files for the tests of uploads: ordinary ones, and what can be hidden in them."""

import io
import struct
import zipfile
import zlib

import pikepdf
from openpyxl import Workbook
from PIL import Image

N = pikepdf.Name


def maak_pdf(verander=None, **opslaan):
    document = pikepdf.new()
    document.add_blank_page()
    if verander:
        verander(document)
    uit = io.BytesIO()
    document.save(uit, **opslaan)
    return uit.getvalue()


def actie(soort, **meer):
    return pikepdf.Dictionary(S=N(soort), **meer)


def met_link(document):
    document.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=N.Annot, Subtype=N.Link, A=actie("/URI", URI=pikepdf.String("https://example.org"))
            )
        ]
    )


def open_op_bladzijde(document):
    """What Word writes: start at page 1, fit to width."""
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, N.FitH, 800])


def maak_docx(delen=None, rels=(), typen=""):
    soort = "http://schemas.openxmlformats.org"
    inhoud = {
        "[Content_Types].xml": f'<Types xmlns="{soort}/package/2006/content-types"><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.document.main+xml"/>{typen}</Types>',
        "word/document.xml": f'<w:document xmlns:w="{soort}/wordprocessingml/2006/main"><w:p/></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{soort}/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{i}" Type="{soort}/officeDocument/2006/relationships/{t}" Target="http://x.example/" '
            f'TargetMode="{m}"/>'
            for i, (t, m) in enumerate(rels)
        )
        + "</Relationships>",
    } | (delen or {})
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, deel in inhoud.items():
            zip_.writestr(naam, deel)
    return uit.getvalue()


def alinea(xml):
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return {"word/document.xml": f'<w:document xmlns:w="{ns}"><w:p>{xml}</w:p></w:document>'}


def maak_xlsx():
    boek = Workbook()
    boek.active["A1"] = "Naam"
    boek.active["A1"].hyperlink = "https://example.org"
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def maak_beeld(formaat, maat=(30, 20), **meer):
    uit = io.BytesIO()
    Image.new("RGB", maat, "navy").save(uit, formaat, **meer)
    return uit.getvalue()


def maak_odt(
    inhoud="<text:p>Zorgplan</text:p>",
    delen=None,
    manifest="",
    mimetype="application/vnd.oasis.opendocument.text",
):
    """As LibreOffice writes it: mimetype first and stored, an empty office:scripts, a picture inside."""
    ruimten = " ".join(
        f'xmlns:{kort}="urn:oasis:names:tc:opendocument:xmlns:{lang}:1.0"'
        for kort, lang in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("script", "script"),
            ("form", "form"),
        )
    )
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        zip_.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
        zip_.writestr(
            "content.xml",
            f'<office:document-content {ruimten} xmlns:xlink="http://www.w3.org/1999/xlink"><office:scripts/>'
            f"<office:body><office:text>{inhoud}</office:text></office:body></office:document-content>",
        )
        for naam, tekst in (delen or {}).items():
            zip_.writestr(naam, tekst)
    return uit.getvalue()


def plaatje(adres):
    return f'<draw:frame><draw:image xlink:href="{adres}"/></draw:frame>'


def grote_png(breed, hoog):
    """A header that promises so many points, in a hundred bytes."""

    def stuk(soort, inhoud):
        return struct.pack("!I", len(inhoud)) + soort + inhoud + struct.pack("!I", zlib.crc32(soort + inhoud))

    kop = struct.pack("!IIBBBBB", breed, hoog, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + stuk(b"IHDR", kop) + stuk(b"IDAT", zlib.compress(b"\0")) + stuk(b"IEND", b"")
    )
