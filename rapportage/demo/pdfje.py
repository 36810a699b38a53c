"""A one-page PDF out of plain lines, so that the demo has documents on a machine without Pango too."""

from __future__ import annotations

from collections.abc import Sequence


def _tekst(regel: str) -> str:
    """A PDF string: Latin text, with the three signs that mean something escaped."""
    schoon = regel.encode("cp1252", "replace").decode("cp1252")
    return schoon.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def maak_pdf(titel: str, regels: Sequence[str]) -> bytes:
    """About 1 kB. Lines are not wrapped: give short ones."""
    tekens = [f"BT /F1 16 Tf 60 780 Td ({_tekst(titel)}) Tj ET"]
    tekens += [
        f"BT /F1 11 Tf 60 {750 - 18 * nr} Td ({_tekst(regel)}) Tj ET" for nr, regel in enumerate(regels)
    ]
    stroom = "\n".join(tekens).encode("cp1252")
    delen = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (nl-NL) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stroom), stroom),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    uit = bytearray(b"%PDF-1.4\n")
    plaatsen = []
    for nummer, deel in enumerate(delen, 1):
        plaatsen.append(len(uit))
        uit += b"%d 0 obj\n%s\nendobj\n" % (nummer, deel)
    begin = len(uit)
    uit += b"xref\n0 %d\n0000000000 65535 f \n" % (len(delen) + 1)
    uit += b"".join(b"%010d 00000 n \n" % plaats for plaats in plaatsen)
    uit += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(delen) + 1, begin)
    return bytes(uit)
