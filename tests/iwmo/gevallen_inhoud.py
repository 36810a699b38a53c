"""Every own test message whose verdict is about what it says: the wording of the rules, on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from tests.iwmo.bouw import Bewerking, dubbel, erin, erna, weg, zet
from tests.iwmo.geval import Geval, geval


def clientgevallen() -> Iterator[Geval]:
    """CS002, CS139, TR002, TR134 over the client: the same in 301, 305 and 307."""
    geboren, gebruik = "Client/Geboortedatum/Datum", "Client/Geboortedatum/DatumGebruik"
    dag = "Header/BerichtIdentificatie/Dagtekening"
    for s in ("301", "305", "307"):
        for bsn, regels in (
            ("999901103", "CS002"), ("999901120", "CS002"), ("999901126", ""), ("000000000", ""),
            ("000000001", "CS002"), ("123456782", ""), ("999999999", "CS002"),
        ):  # fmt: skip
            yield geval(f"{s} bsn {bsn}", s, regels, zet("Client/Bsn", bsn))
        for code, datum, regels in (
            ("1", "1948-11-01", ""), ("1", "1948-11-02", "CS139"), ("1", "1948-11-30", "CS139"),
            ("2", "1948-01-01", ""), ("2", "1948-01-02", "CS139"), ("2", "1948-02-01", "CS139"),
            ("3", "1900-01-01", ""), ("3", "1900-01-02", "CS139 TR002"), ("3", "1948-01-01", "CS139"),
        ):  # fmt: skip
            yield geval(f"{s} {code} {datum}", s, regels, zet(gebruik, code), zet(geboren, datum))
        for datum, regels in (
            ("1905-03-14", ""), ("1905-03-13", "TR002"), ("1905-03-15", ""), ("1900-01-01", "TR002"),
            ("2025-03-14", ""), ("2025-03-13", ""), ("2025-03-15", "TR134"), ("2099-01-01", "TR134"),
        ):  # fmt: skip
            yield geval(f"{s} geboren {datum}", s, regels, weg(gebruik), zet(geboren, datum))
        yield geval(f"{s} 120 jaar, schrikkeldag", s, "", weg(gebruik), zet(geboren, "1908-02-29"),
                     zet(dag, "2028-02-29"))  # fmt: skip
        yield geval(f"{s} 120 jaar en een dag, schrikkeldag", s, "TR002", weg(gebruik),
                     zet(geboren, "1908-02-28"), zet(dag, "2028-02-29"))  # fmt: skip


def leveringsgevallen() -> Iterator[Geval]:
    """CS058, TR018, TR134 and TR101 over starts and stops."""
    start, stop = "Client/StartProducten/StartProduct", "Client/StopProducten/StopProduct"
    for s, product in (("305", start), ("307", stop)):
        for status, regels in (("1", ""), ("3", ""), ("2", "CS058"), ("9", "CS058")):
            for n in (1, 2):
                pad = f"{product}[{n}]/StatusAanlevering"
                yield geval(f"{s} status {status} bij {n}", s, regels, zet(pad, status))
    for datum, regels in (("2025-03-14", ""), ("2025-03-15", "TR134"), ("2020-01-01", "")):
        yield geval(f"305 begin {datum}", "305", regels, zet(f"{start}[2]/Begindatum", datum))
    for datum, regels in (
        ("2024-09-05", ""), ("2024-09-04", "TR018"), ("2024-09-06", ""), ("2025-03-14", ""),
        ("2025-03-15", "TR134"), ("1999-01-01", "TR018"),
    ):  # fmt: skip
        yield geval(f"307 einde {datum}", "307", regels, zet(f"{stop}[1]/Einddatum", datum))
    yield geval("307 begin na dagtekening", "307", "TR018", zet(f"{stop}[1]/Begindatum", "2025-03-20"))
    yield geval("307 verwijderen met einde voor begin", "307", "TR018",
                 zet(f"{stop}[1]/StatusAanlevering", "3"), zet(f"{stop}[1]/Einddatum", "2024-01-01"))  # fmt: skip
    # The standard's own correction (casus 4): remove 22 and deliver 19 in one message; the reason is a key.
    yield geval("307 correctie van 22 naar 19", "307", "", dubbel(f"{stop}[1]"),
                 zet(f"{stop}[1]/StatusAanlevering", "3"), zet(f"{stop}[1]/RedenBeeindiging", "22"),
                 zet(f"{stop}[2]/RedenBeeindiging", "19"))  # fmt: skip
    yield geval("307 verwijderen en opnieuw met dezelfde sleutel", "307", "TR101", dubbel(f"{stop}[1]"),
                 zet(f"{stop}[1]/StatusAanlevering", "3"))  # fmt: skip
    yield geval("305 verwijderen en opnieuw met dezelfde sleutel", "305", "TR101", dubbel(f"{start}[1]"),
                 zet(f"{start}[1]/StatusAanlevering", "3"))  # fmt: skip
    for veld, waarde, regels in (
        ("ToewijzingNummer", "70099", ""), ("Begindatum", "2024-09-06", ""), ("RedenBeeindiging", "23", ""),
        ("Einddatum", "2025-03-11", ""), ("Product/Code", "02A06", ""), ("Product/Categorie", "03", ""),
        ("ToewijzingIngangsdatum", "2024-01-01", "TR101"), ("StatusAanlevering", "3", "TR101"),
        ("ToewijzingNummer", "070010", "TR101"),
    ):  # fmt: skip
        yield geval(f"307 tweede regel met ander {veld} {waarde}", "307", regels, dubbel(f"{stop}[1]"),
                     zet(f"{stop}[2]/{veld}", waarde))  # fmt: skip
    for veld, waarde, regels in (
        ("ToewijzingNummer", "70099", ""), ("Begindatum", "2025-03-09", ""), ("Product/Code", "02A06", ""),
        ("Product/Categorie", "03", ""), ("ToewijzingIngangsdatum", "2024-01-01", "TR101"),
        ("StatusAanlevering", "3", "TR101"),
    ):  # fmt: skip
        yield geval(f"305 tweede regel met ander {veld}", "305", regels, dubbel(f"{start}[1]"),
                     zet(f"{start}[2]/{veld}", waarde))  # fmt: skip
    # The task-oriented variant (IV096): without ToewijzingNummer the key is product and begin.
    yield geval("305 zonder nummers", "305", "", weg(f"{start}[1]/ToewijzingNummer"),
                 weg(f"{start}[2]/ToewijzingNummer"))  # fmt: skip
    yield geval("305 tweemaal zonder nummer", "305", "TR101", weg(f"{start}[1]/ToewijzingNummer"),
                 dubbel(f"{start}[1]"))  # fmt: skip
    yield geval("307 zonder nummer en product", "307", "", weg(f"{stop}[1]/ToewijzingNummer"),
                 weg(f"{stop}[1]/Product"))  # fmt: skip


def contactgevallen() -> Iterator[Geval]:
    """CD005, CD007, CD009, CD025, CD034, CS003, TR006, TR061 and TR101 over contacts."""
    c1, c2 = "Client/Contactgegevens/Contact[1]", "Client/Contactgegevens/Contact[2]"
    rel = "Client/Relaties/Relatie"
    s = "301"
    yield geval("postcode en land weg bij BRP-adres", s, "CD034", weg(f"{c1}/Adres/Postcode"),
                 weg(f"{c1}/Adres/LandCode"))  # fmt: skip
    yield geval("postcode en land weg bij correspondentie", s, "", zet(f"{c1}/Soort", "02"),
                 weg(f"{c1}/Adres/Postcode"), weg(f"{c1}/Adres/LandCode"))  # fmt: skip
    yield geval("postcode en land weg bij verblijf", s, "CD034", zet(f"{c1}/Soort", "03"),
                 weg(f"{c1}/Adres/Postcode"), weg(f"{c1}/Adres/LandCode"))  # fmt: skip
    yield geval("postcode weg bij correspondentie, land blijft", s, "CD005", zet(f"{c1}/Soort", "02"),
                 weg(f"{c1}/Adres/Postcode"))  # fmt: skip
    for vorm, taal, regels in (("1", "Fries", ""), ("2", "Fries", "CD007"), ("3", "Fries", "CD007")):
        yield geval(f"vorm {vorm} met taal", s, regels, zet("Client/Communicatie/Vorm", vorm),
                     zet("Client/Communicatie/Taal", taal))  # fmt: skip
    for vorm, regels in (("1", "CD007"), ("2", ""), ("3", "")):
        yield geval(f"vorm {vorm} zonder taal", s, regels, zet("Client/Communicatie/Vorm", vorm),
                     weg("Client/Communicatie/Taal"))  # fmt: skip
    for soort, regels in (("02", "CD009"), ("03", "CD009"), ("04", "")):
        yield geval(f"periode bij soort {soort}", s, regels, zet(f"{c2}/Soort", soort),
                     weg(f"{c2}/Adres"))  # fmt: skip
    yield geval("lege periode bij soort 03", s, "CD009", zet(f"{c2}/Soort", "03"), weg(f"{c2}/Adres"),
                 weg(f"{c2}/Periode/Begindatum"), weg(f"{c2}/Periode/Einddatum"))  # fmt: skip
    for land, regels in (("NL", "CD025"), ("BE", "")):
        yield geval(f"geen huis in {land}", s, regels, zet(f"{c1}/Adres/LandCode", land),
                     weg(f"{c1}/Adres/Huis"))  # fmt: skip
    for datum, regels in (("2025-06-01", ""), ("2025-05-31", "CS003"), ("2025-06-02", "")):
        yield geval(f"periode tot {datum}", s, regels, zet(f"{c2}/Periode/Einddatum", datum))
    yield geval("contact 1 zonder telefoon en huis", s, "CD025 TR006", weg(f"{c1}/Telefoon"),
                 weg(f"{c1}/Adres/Huis"))  # fmt: skip
    yield geval("contact 1 zonder telefoon en postcode", s, "CD005 CD034 TR006", weg(f"{c1}/Telefoon"),
                 weg(f"{c1}/Adres/Postcode"))  # fmt: skip
    yield geval("contact 1 zonder telefoon en adres", s, "TR006", weg(f"{c1}/Telefoon"),
                 weg(f"{c1}/Adres"))  # fmt: skip
    for soort, regels in (("01", ""), ("02", ""), ("03", ""), ("04", "TR061 TR101")):
        yield geval(f"enige vaste adres {soort}", s, regels, zet(f"{c1}/Soort", soort))
    yield geval("tweemaal soort 01", s, "TR101", zet(f"{c2}/Soort", "01"), weg(f"{c2}/Periode"),
                 weg(f"{c2}/Adres"))  # fmt: skip
    yield geval("contact van relatie met soort van client", s, "", zet(f"{rel}/Contact/Soort", "01"))
    yield geval("tweede relatie met ander nummer", s, "", dubbel(rel), zet(f"{rel}[2]/Nummer", "R-2"))


def naamgevallen() -> Iterator[Geval]:
    """CS050, CS089 and the rules on the birth date of a relatie."""
    s, c1, rel = "301", "Client/Contactgegevens/Contact[1]", "Client/Relaties/Relatie"
    for gebruik, regels in (("1", ""), ("2", ""), ("3", ""), ("4", ""), ("5", "CS050"), ("6", "CS050")):
        yield geval(f"naamgebruik {gebruik} met partner", s, regels, zet("Client/Naam/NaamGebruik", gebruik))
    for gebruik in "123456":
        regels = "" if gebruik == "1" else "CS050"
        yield geval(f"naamgebruik {gebruik} zonder partner", s, regels, weg("Client/Naam/Partnernaam"),
                     zet("Client/Naam/NaamGebruik", gebruik))  # fmt: skip
        yield geval(f"naamgebruik {gebruik} van relatie", s, regels, zet(f"{rel}/Naam/NaamGebruik", gebruik))
    for code, regels in (
        ("1000AA", ""), ("0999AA", "CS089"), ("9999ZZ", ""), ("6211 AB", "CS089"), ("6211A", "CS089"),
        ("6211ABC", "CS089"), ("621AB", "CS089"), ("62111AB", "CS089"), ("AB6211", "CS089"), ("6211A1", "CS089"),
        ("6211", "CS089"),
    ):  # fmt: skip
        yield geval(f"postcode {code} in NL", s, regels, zet(f"{c1}/Adres/Postcode", code))
        yield geval(f"postcode {code} in BE", s, "", zet(f"{c1}/Adres/Postcode", code),
                     zet(f"{c1}/Adres/LandCode", "BE"))  # fmt: skip
    for code, datum, regels in (
        ("1", "1975-05-01", ""), ("1", "1975-05-02", "CS139"), ("2", "1975-05-01", "CS139"),
        ("3", "1900-01-01", ""), ("3", "1975-01-01", "CS139"),
    ):  # fmt: skip
        yield geval(f"relatie geboren {code} {datum}", s, regels,
                     zet(f"{rel}/Geboortedatum/DatumGebruik", code),
                     zet(f"{rel}/Geboortedatum/Datum", datum))  # fmt: skip
    for datum, regels in (
        ("1905-03-14", ""), ("1905-03-13", "TR002"), ("2025-03-14", ""), ("2025-03-15", "TR134"),
    ):  # fmt: skip
        yield geval(f"relatie geboren {datum}", s, regels, weg(f"{rel}/Geboortedatum/DatumGebruik"),
                     zet(f"{rel}/Geboortedatum/Datum", datum))  # fmt: skip


def toewijzingsgevallen() -> Iterator[Geval]:
    """CD041, CD075..CD080, CS003, CS335, CS336, CS338, TR134 over one toewijzing."""
    p1, p2 = (f"Client/ToegewezenProducten/ToegewezenProduct[{n}]" for n in (1, 2))
    s = "301"
    omvang = (
        "<w:Omvang><i:Volume>2</i:Volume><i:Eenheid>04</i:Eenheid><i:Frequentie>4</i:Frequentie></w:Omvang>"
    )
    for datum, regels in (("2025-03-14", ""), ("2025-03-15", "TR134")):
        yield geval(f"toewijzingsdatum {datum}", s, regels, zet(f"{p1}/Toewijzingsdatum", datum))
    for datum, regels in (("2025-04-01", ""), ("2025-03-31", "CS003"), ("2025-04-02", "")):
        yield geval(f"einddatum {datum}", s, regels, zet(f"{p1}/Einddatum", datum))
    yield geval("ingangsdatum in de toekomst mag", s, "", zet(f"{p1}/Ingangsdatum", "2026-03-01"))
    yield geval("frequentie 2 zonder einddatum", s, "CD076", zet(f"{p1}/Omvang/Frequentie", "2"),
                 weg(f"{p1}/Einddatum"))  # fmt: skip
    for frequentie in "146":
        yield geval(f"frequentie {frequentie} zonder einddatum", s, "", weg(f"{p1}/Einddatum"),
                     zet(f"{p1}/Omvang/Frequentie", frequentie))  # fmt: skip
    yield geval("budget en omvang", s, "CD077 CD078 CD080", erna(f"{p2}/Einddatum", omvang))
    yield geval("budget en omvang met code", s, "CD077 CD078",
                 erna(f"{p1}/Omvang", "<w:Budget>100</w:Budget>"))  # fmt: skip
    yield geval("code en budget zonder omvang", s, "CD041", weg(f"{p1}/Omvang"),
                 erna(f"{p1}/RedenWijziging", "<w:Budget>100</w:Budget>"))  # fmt: skip
    yield geval("omvang zonder code, einde 31-12-2020", s, "", weg(f"{p1}/Product/Code"),
                 zet(f"{p1}/Ingangsdatum", "2020-01-01"), zet(f"{p1}/Einddatum", "2020-12-31"))  # fmt: skip
    yield geval("omvang zonder code, einde 01-01-2021", s, "CD080", weg(f"{p1}/Product/Code"),
                 zet(f"{p1}/Ingangsdatum", "2020-01-01"), zet(f"{p1}/Einddatum", "2021-01-01"))  # fmt: skip
    yield geval("omvang zonder code, geen einde", s, "CD080", weg(f"{p1}/Product/Code"),
                 weg(f"{p1}/Einddatum"))  # fmt: skip
    yield geval("geen product, wel budget, alleen", s, "", weg(f"{p2}/Product"), weg(p1))
    for einde, regels in (("2025-04-01", ""), ("2025-04-02", "CS335"), ("2026-03-31", "CS335")):
        yield geval(f"reden 13 met einde {einde}", s, regels, zet(f"{p1}/RedenWijziging", "13"),
                     zet(f"{p1}/Einddatum", einde))  # fmt: skip
    yield geval("reden 13 zonder einde", s, "CS335", zet(f"{p1}/RedenWijziging", "13"),
                 weg(f"{p1}/Einddatum"))  # fmt: skip
    yield geval("reden 01", s, "CS336", zet(f"{p1}/RedenWijziging", "01"))
    yield geval("reden 01 op een dag", s, "CS336", zet(f"{p1}/RedenWijziging", "01"),
                 zet(f"{p1}/Einddatum", "2025-04-01"))  # fmt: skip
    for eenheid in ("01", "04", "14", "16", "82", "83", "84"):
        for frequentie in "1246":
            fout = eenheid in ("14", "16", "83", "84") and frequentie == "1"
            yield geval(f"eenheid {eenheid} frequentie {frequentie}", s, "CS338" if fout else "",
                         zet(f"{p1}/Omvang/Eenheid", eenheid),
                         zet(f"{p1}/Omvang/Frequentie", frequentie))  # fmt: skip
    for einde, regels in (("2020-12-31", ""), ("2021-01-01", "CS338")):
        yield geval(f"etmaal per dag tot {einde}", s, regels, zet(f"{p1}/Omvang/Eenheid", "14"),
                     zet(f"{p1}/Omvang/Frequentie", "1"), zet(f"{p1}/Ingangsdatum", "2020-06-01"),
                     zet(f"{p1}/Einddatum", einde))  # fmt: skip
    yield geval("etmaal per dag zonder einde", s, "CS338", zet(f"{p1}/Omvang/Eenheid", "14"),
                 zet(f"{p1}/Omvang/Frequentie", "1"), weg(f"{p1}/Einddatum"))  # fmt: skip


def stapelgevallen() -> Iterator[Geval]:
    """TR302 with its toelichting: same code, category without code, no product, hulpmiddelen, removed."""
    lijst = "Client/ToegewezenProducten"
    p1, p2 = (f"{lijst}/ToegewezenProduct[{n}]" for n in (1, 2))

    def twee(naam: str, regels: str, *extra: Bewerking) -> Geval:
        """Two toewijzingen of 02A05; the second with its own number, and the extra edits."""
        basis = (weg(p2), dubbel(p1), zet(f"{p2}/ToewijzingNummer", "70019"))
        return geval(f"stapeling: {naam}", "301", regels, *basis, *extra)

    yield twee("dezelfde code, dezelfde periode", "TR302")
    for begin, regels in (("2026-04-01", ""), ("2026-03-31", "TR302"), ("2026-04-02", "")):
        yield twee(f"tweede vanaf {begin}", regels, zet(f"{p2}/Ingangsdatum", begin),
                   zet(f"{p2}/Einddatum", "2026-12-31"))  # fmt: skip
    yield twee("tweede eerder in tijd, sluit aan", "", zet(f"{p2}/Ingangsdatum", "2025-01-01"),
               zet(f"{p2}/Einddatum", "2025-03-31"))  # fmt: skip
    yield twee("eerste zonder einde", "TR302", weg(f"{p1}/Einddatum"), zet(f"{p2}/Ingangsdatum", "2030-01-01"),
               zet(f"{p2}/Einddatum", "2030-12-31"))  # fmt: skip
    yield twee("andere code", "", zet(f"{p2}/Product/Code", "02A06"))
    yield twee("andere categorie, zelfde code", "", zet(f"{p2}/Product/Categorie", "03"))
    yield twee("tweede zonder code", "CD080 TR302", weg(f"{p2}/Product/Code"))
    yield twee("tweede zonder code in andere categorie", "CD080", weg(f"{p2}/Product/Code"),
               zet(f"{p2}/Product/Categorie", "03"))  # fmt: skip
    yield twee("tweede zonder code, na de eerste", "CD080", weg(f"{p2}/Product/Code"),
               zet(f"{p2}/Ingangsdatum", "2026-04-01"), zet(f"{p2}/Einddatum", "2026-12-31"))  # fmt: skip
    yield twee("tweede zonder product", "CD079 CD080 TR302", weg(f"{p2}/Product"))
    yield twee("tweede zonder product, na de eerste", "CD079 CD080", weg(f"{p2}/Product"),
               zet(f"{p2}/Ingangsdatum", "2026-04-01"), zet(f"{p2}/Einddatum", "2026-12-31"))  # fmt: skip
    for categorie in ("10", "11", "12", "13", "14", "15"):
        regels = "" if categorie in ("11", "12", "13", "14") else "TR302"
        yield twee(f"tweemaal categorie {categorie}", regels, zet(f"{p1}/Product/Categorie", categorie),
                   zet(f"{p2}/Product/Categorie", categorie))  # fmt: skip
        yield twee(f"categorie {categorie} naast geen product", f"CD079 CD080 {regels}".strip(),
                   zet(f"{p1}/Product/Categorie", categorie), weg(f"{p2}/Product"))  # fmt: skip
    yield twee("tweede verwijderd", "", zet(f"{p2}/RedenWijziging", "13"),
               zet(f"{p2}/Einddatum", "2025-04-01"))  # fmt: skip
    yield twee("eerste vervallen", "CS336", zet(f"{p1}/RedenWijziging", "01"),
               zet(f"{p1}/Einddatum", "2025-04-01"))  # fmt: skip
    yield twee("vervallen op meer dagen telt mee", "CS336 TR302", zet(f"{p1}/RedenWijziging", "01"))
    yield twee("andere reden op een dag telt mee", "TR302", zet(f"{p2}/RedenWijziging", "05"),
               zet(f"{p2}/Einddatum", "2025-04-01"))  # fmt: skip
    yield geval("stapeling: categorie 07 met code naast zonder code", "301", "TR302",
                 zet(f"{p1}/Product/Categorie", "07"))  # fmt: skip
    yield geval("drie codes in een categorie", "301", "", dubbel(p1), dubbel(p1),
                 zet(f"{lijst}/ToegewezenProduct[2]/ToewijzingNummer", "70019"),
                 zet(f"{lijst}/ToegewezenProduct[2]/Product/Code", "02A06"),
                 zet(f"{lijst}/ToegewezenProduct[3]/ToewijzingNummer", "70020"),
                 zet(f"{lijst}/ToegewezenProduct[3]/Product/Code", "02A07"))  # fmt: skip


def randgevallen() -> Iterator[Geval]:
    """Attributes, text between elements, elements of another message or namespace."""
    for s in ("301", "305", "307"):
        yield Geval(f"{s} met kenmerk", s, (lambda root: root[1].set("soort", "x"),), "afgekeurd-schema")
        yield Geval(f"{s} met tekst tussen elementen", s, (zet("Client", "losse tekst"),), "afgekeurd-schema")
        element = "<i:Bsn>999901102</i:Bsn>"
        bewerking = (erin("Client", element), weg("Client/Bsn[2]"))
        yield Geval(f"{s} bsn in andere naamruimte", s, bewerking, "afgekeurd-schema")
    partner = "<i:Partnernaam><i:Achternaam>Smit</i:Achternaam></i:Partnernaam>"
    for s in ("305", "307"):
        bewerking = (erna("Client/Naam/Geslachtsnaam", partner),)
        yield Geval(f"{s} met partnernaam van de 301", s, bewerking, "afgekeurd-schema")
    reden = "<w:RedenBeeindiging>19</w:RedenBeeindiging>"
    start = "Client/StartProducten/StartProduct[1]/Begindatum"
    yield Geval("305 met reden", "305", (erna(start, reden),), "afgekeurd-schema")
    codes = "<w:RetourCodes><w:RetourCode>0200</w:RetourCode></w:RetourCodes>"
    yield Geval("307 met retourcode", "307", (erna("Header/XsdVersie", codes),), "afgekeurd-schema")
