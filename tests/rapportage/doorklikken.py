"""Every number of a page is followed to its list: as many clients as the number says, by mark only."""

import re

MERK = re.compile(r'<th scope="row" class="wmo-kort">[2-9A-Z]{4}-[2-9A-Z]{4}</th>')


def links(antwoord, begin):
    """Address and number of everything that leads to this list."""
    gevonden = re.findall(rf'href="({re.escape(begin)}[^"]*)">(\d+)<', antwoord.content.decode())
    return {adres.replace("&amp;", "&"): int(getal) for adres, getal in gevonden}


def volg_elk_getal(http, antwoord, begin):
    """How many different lists were opened; each was as long as its number, and names nobody."""
    gevolgd = links(antwoord, begin)
    for adres, getal in gevolgd.items():
        lijst = http.get(adres)
        assert lijst.status_code == 200, adres
        tekst = lijst.content.decode()
        assert len(MERK.findall(tekst)) == getal, adres
        assert not re.search(r"Canarie|Yilmaz|9999\d{5}", tekst)
    return len(gevolgd)
