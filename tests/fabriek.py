"""People and papers for tests: each function makes one row that is right, with only what the story names.

BSNs come from the test range and pass the 11-proef. Names are fictitious.
"""

import itertools
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from beschikkingen.enums import Perspectief, SoortBeschikking
from beschikkingen.kluis import zet_bsn
from beschikkingen.models import Beschikking, Client, Monitoringsmoment, Stap, Toewijzing
from organisaties.enums import Evaluatiedocument, Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Inlogdienst, Regio, Resultaatgebied, Trede
from stopberichten.enums import Berichtstatus, Kanaal, ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Bericht, Levering, Stop, Toelichting, ToelichtingRegel
from wmo_portal.lib.tekst import zoeksleutel

_teller = itertools.count(1)


def _elfproef(bsn: int) -> bool:
    cijfers = f"{bsn:09d}"
    som = sum(int(c) * g for c, g in zip(cijfers, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return som % 11 == 0


@cache
def test_bsns() -> tuple[str, ...]:
    """The first few thousand valid numbers of the range that is never issued."""
    return tuple(f"{n:09d}" for n in range(999_900_006, 999_960_000) if _elfproef(n))


test_bsns.__test__ = False  # type: ignore[attr-defined]  # a helper, not a test


def volgend_bsn() -> str:
    return test_bsns()[next(_teller) % len(test_bsns())]


def regio(code: str = "h5", naam: str = "H5") -> Regio:
    return Regio.objects.get_or_create(code=code, defaults={"naam": naam})[0]


def westland(**velden: Any) -> Gemeente:
    """Westland: region H5, evaluatieformulier."""
    return gemeente("1783", "Westland", evaluatiedocument=Evaluatiedocument.EVALUATIEFORMULIER, **velden)


def delft(**velden: Any) -> Gemeente:
    """Delft: region H5, zorgplan. The neighbour that must never see Westland."""
    return gemeente("0503", "Delft", **velden)


def gemeente(code: str, naam: str, **velden: Any) -> Gemeente:
    velden.setdefault("regio", regio())
    return Gemeente.objects.update_or_create(code=code, defaults={"naam": naam, **velden})[0]


def aanbieder(naam: str = "Zorggroep De Linde", agb: str = "") -> Aanbieder:
    return Aanbieder.objects.get_or_create(
        naam=naam, defaults={"agb": agb or f"{75_000_000 + next(_teller):08d}", "email": "post@example.nl"}
    )[0]


def gebruiker(rol: Rol, *gemeenten: Gemeente, naam: str = "", **velden: Any) -> Gebruiker:
    """Somebody of that role; providers get `aanbieder=`."""
    n = next(_teller)
    velden.setdefault("email", f"{rol.value}{n}@example.nl")
    wie = Gebruiker(naam=naam or f"{rol.label} {n}", rol=rol, **velden)
    wie.set_unusable_password()
    wie.save()
    wie.gemeenten.set(gemeenten)
    return wie


def consulent(*gemeenten: Gemeente, **velden: Any) -> Gebruiker:
    return gebruiker(Rol.CONSULENT, *(gemeenten or (westland(),)), **velden)


def administratie(*gemeenten: Gemeente, **velden: Any) -> Gebruiker:
    return gebruiker(Rol.ADMINISTRATIE, *(gemeenten or (westland(),)), **velden)


def contractmanager(*gemeenten: Gemeente, **velden: Any) -> Gebruiker:
    return gebruiker(Rol.CONTRACTMANAGER, *(gemeenten or (westland(),)), **velden)


def beheerder(**velden: Any) -> Gebruiker:
    return gebruiker(Rol.BEHEERDER, **velden)


def medewerker(van: Aanbieder | None = None, **velden: Any) -> Gebruiker:
    """Somebody who works for a provider."""
    return gebruiker(Rol.AANBIEDER, aanbieder=van or aanbieder(), **velden)


def gebied(naam: str = "Financiën", van: Regio | None = None) -> Resultaatgebied:
    return Resultaatgebied.objects.get_or_create(
        regio=van or regio(), code=zoeksleutel(naam)[:20].replace(" ", "-"), defaults={"naam": naam}
    )[0]


def trede(zwaarte: int, van: Regio | None = None) -> Trede:
    """1 is waakvlam, the lightest care; 2 is trede 1 and so on."""
    naam = "Waakvlam" if zwaarte == 1 else f"Trede {zwaarte - 1}"
    return Trede.objects.get_or_create(
        regio=van or regio(), zwaarte=zwaarte, defaults={"naam": naam, "is_waakvlam": zwaarte == 1}
    )[0]


def client(
    gemeente: Gemeente | None = None, *, bsn: str = "", achternaam: str = "Jansen", **velden: Any
) -> Client:
    wie = Client(
        gemeente=gemeente or westland(),
        achternaam=achternaam,
        zoeknaam=zoeksleutel(achternaam),
        geboortedatum=velden.pop("geboortedatum", date(1960, 5, 4)),
        **velden,
    )
    zet_bsn(wie, bsn or volgend_bsn())
    wie.save()
    return wie


def beschikking(
    van: Client | None = None,
    *,
    begin: date = date(2026, 1, 1),
    eind: date | None = date(2026, 12, 31),
    **velden: Any,
) -> Beschikking:
    wie = van or client()
    soort = velden.pop("soort", SoortBeschikking.MET_EINDDATUM if eind else SoortBeschikking.ZONDER_EINDDATUM)
    return Beschikking.objects.create(
        gemeente=wie.gemeente,
        client=wie,
        nummer=velden.pop("nummer", f"B-{next(_teller):05d}"),
        soort=soort,
        ingangsdatum=begin,
        einddatum=eind,
        registratiedatum=velden.pop("registratiedatum", begin - timedelta(days=14)),
        **velden,
    )


def toewijzing(
    bij: Beschikking | None = None,
    *,
    aan: Aanbieder | None = None,
    gebied_naam: str = "Financiën",
    **velden: Any,
) -> Toewijzing:
    b = bij or beschikking()
    velden.setdefault("trede", trede(3))
    velden.setdefault("perspectief", Perspectief.VERBETERING)
    return Toewijzing.objects.create(
        gemeente=b.gemeente,
        client=b.client,
        beschikking=b,
        aanbieder=aan or aanbieder(),
        toewijzingnummer=velden.pop("toewijzingnummer", 300_000 + next(_teller)),
        resultaatgebied=velden.pop("resultaatgebied", None) or gebied(gebied_naam),
        ingangsdatum=velden.pop("ingangsdatum", b.ingangsdatum),
        einddatum=velden.pop("einddatum", b.einddatum),
        productcategorie=velden.pop("productcategorie", "02"),
        productcode=velden.pop("productcode", "02A01"),
        **velden,
    )


def stap(bij: Toewijzing, nummer: int, zwaarte: int, begin: date, eind: date | None) -> Stap:
    return Stap.objects.create(
        gemeente=bij.gemeente,
        aanbieder=bij.aanbieder,
        toewijzing=bij,
        volgnummer=nummer,
        trede=trede(zwaarte),
        begindatum=begin,
        einddatum=eind,
    )


def monitoringsmoment(bij: Beschikking, datum: date) -> Monitoringsmoment:
    return Monitoringsmoment.objects.create(gemeente=bij.gemeente, beschikking=bij, datum=datum)


def nu() -> Any:
    return timezone.now()


def bericht(van: Aanbieder, aan: Gemeente, soort: str = "307", **velden: Any) -> Bericht:
    """A message that was accepted. `inhoud` is no real XML: the stories that read it make their own."""
    return Bericht.objects.create(
        gemeente=aan,
        aanbieder=van,
        soort=soort,
        afzender=van.agb,
        ontvanger=aan.code,
        identificatie=velden.pop("identificatie", f"{next(_teller):012d}"),
        kanaal=Kanaal.UPLOAD,
        sha256="",
        inhoud=b"",
        ontvangen_op=velden.pop("ontvangen_op", timezone.now()),
        status=velden.pop("status", Berichtstatus.GEACCEPTEERD),
        **velden,
    )


def _productregel(op: Toewijzing, soort: str, velden: dict[str, Any]) -> dict[str, Any]:
    ontvangen_op = velden.pop("ontvangen_op", timezone.now())
    return {
        "gemeente": op.gemeente,
        "aanbieder": op.aanbieder,
        "bericht": bericht(op.aanbieder, op.gemeente, soort, ontvangen_op=ontvangen_op),
        "volgnummer": 1,
        "client": op.client,
        "toewijzing": op,
        "bsn_index": op.client.bsn_index,
        "toewijzingnummer": op.toewijzingnummer,
        "productcategorie": op.productcategorie,
        "productcode": op.productcode,
        "toewijzing_ingangsdatum": op.ingangsdatum,
        "begindatum": velden.pop("begindatum", op.ingangsdatum),
        "ontvangen_op": ontvangen_op,
        **velden,
    }


def start(op: Toewijzing, begindatum: date | None = None, **velden: Any) -> Levering:
    """Care began (305)."""
    velden["begindatum"] = begindatum or op.ingangsdatum
    return Levering.objects.create(**_productregel(op, "305", velden))


def stop(op: Toewijzing, reden: str = "19", einddatum: date | None = None, **velden: Any) -> Stop:
    """Care ended (307): as planned on the last day of the allocation, unless told otherwise."""
    return Stop.objects.create(
        reden=reden, einddatum=einddatum or op.einddatum, **_productregel(op, "307", velden)
    )


def losse_stop(op: Toewijzing, reden: str = "19", einddatum: date | None = None, **velden: Any) -> Stop:
    """A stop that could not be linked to an allocation."""
    velden = {"toewijzing": None, "client": None, "toewijzingnummer": None, **velden}
    return stop(op, reden, einddatum, **velden)


def formulier(
    over: Toewijzing,
    *,
    behaald: bool | None = True,
    soort: ToelichtingSoort = ToelichtingSoort.BEEINDIGING,
    status: ToelichtingStatus = ToelichtingStatus.INGEDIEND,
    door: Gebruiker | None = None,
    op: Any = None,
) -> Toelichting:
    """The Toelichting about one allocation; `status` concept is a draft."""
    wie = door or medewerker(over.aanbieder)
    op = op or timezone.now()
    verstuurd = status != ToelichtingStatus.CONCEPT
    toelichting = Toelichting.objects.create(
        nummer=f"T-{next(_teller):06d}" if verstuurd else None,
        gemeente=over.gemeente,
        aanbieder=over.aanbieder,
        client=over.client,
        beschikking=over.beschikking,
        status=status,
        verzoeker_naam=wie.naam,
        aangemaakt_op=op,
        aangemaakt_door=wie,
        bewaard_op=op,
        ingediend_op=op if verstuurd else None,
        ingediend_door=wie if verstuurd else None,
    )
    ToelichtingRegel.objects.create(
        gemeente=over.gemeente,
        aanbieder=over.aanbieder,
        toelichting=toelichting,
        toewijzing=over,
        soort=soort,
        huidige_situatie="De administratie is op orde.",
        reden="De doelen zijn bereikt.",
        behaald=behaald,
        behaald_toelichting="Zie het verslag.",
    )
    return toelichting


def inlogdienst(code: str = "westland", *gemeenten: Gemeente, **velden: Any) -> Inlogdienst:
    """The identity provider of an organisation: of these municipalities, or of `aanbieder=`."""
    dienst = Inlogdienst(
        code=code,
        naam=velden.pop("naam", f"Inlogdienst {code}"),
        uitgever=velden.pop("uitgever", "https://inloggen.example.nl"),
        client_id=velden.pop("client_id", "portaal"),
        **velden,
    )
    dienst.geheim = "een-geheim-van-de-dienst"
    dienst.save()
    dienst.gemeenten.set(gemeenten)
    return dienst
