"""The uitval of a frozen quarter as its page asks for it, beside the same numbers from the frozen clients.

Behind the walls, and every number that the page shows: per municipality, per provider, the people, who was left out. Beside
it PostgreSQL and a columnar engine that has the clients loaded group the same. That engine (duckdb) is no part of the
portal: where it is not installed its row is left out, and the table says so. Every variant gives the same object.
"""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any

from benchmarks.kwartaal import KWARTAAL
from benchmarks.meten import Meting, Variant, meet
from benchmarks.tabel import OP

KEER = 3
"""How many times as many clients the larger of two frozen quarters has."""
ZONDER = "duckdb is not installed: left out."
DOEL = "at most 0.1 × a columnar engine that has the data"

KOLOMMEN = "gemeente_id, aanbieder_id, categorie, afgeleid, nakijken"
GROEPEN = """
select gemeente_id, aanbieder_id, categorie, count(*), sum(afgeleid::int), sum(nakijken::int)
  from {bron} group by grouping sets ((gemeente_id, categorie), (aanbieder_id, categorie))
"""
PERSONEN = "select count(*) from (select distinct gemeente_id, wie from {bron} where categorie <> '') p"
REGELS = f"(select {KOLOMMEN}, sleutel as wie from rapportage_vaststellingregel where vaststelling_id = {{pk}}) regels"
# A keyed hash is 32 characters; a columnar engine would hold a number. Half of it tells three million people apart.
UIT = f"""copy (select {KOLOMMEN}, ('x' || left(sleutel, 15))::bit(60)::bigint as wie
  from rapportage_vaststellingregel where vaststelling_id = {{pk}}) to stdout (format csv, header)"""


@dataclass(frozen=True)
class Bevroren:
    """A frozen quarter, who reads it, and the report that its kept numbers make."""

    vast: Any
    lezer: Any
    bereik: Any

    def bewaard(self) -> Any:
        from rapportage.queries.vaststelling import als_cijfers
        from rapportage.vastcijfers import Zegelstand

        gevonden, stand = als_cijfers(self.lezer, self.vast)
        assert stand is Zegelstand.CIJFERS, "the numbers that were kept, under a seal that holds"
        return gevonden

    def nageteld(self) -> Any:
        from rapportage.queries.vaststelling import tel_na
        from rapportage.vastcijfers import Zegelstand, als_inhoud

        gevonden, stand = tel_na(self.lezer, self.vast)
        assert stand is Zegelstand.ALLES, "every client, under the seal over all of them"
        return self.als_rapport(als_inhoud(gevonden))

    def als_rapport(self, inhoud: Any) -> Any:
        from rapportage.vastcijfers import lees

        return lees(inhoud, **self._kop)

    @cached_property
    def _kop(self) -> dict[str, Any]:
        """What is no number; read once, before the clock."""
        model = self.bewaard()
        namen = ("keuze", "gemeenten", "aanbieders", "afspraken", "los")
        return {naam: getattr(model, naam) for naam in namen}

    def gegroepeerd(self) -> Any:
        return inhoud_van(self.vast, _vraag, REGELS.format(pk=self.vast.pk))


def _vraag(sql: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def inhoud_van(vast: Any, vraag: Callable[[str], list[tuple[Any, ...]]], bron: str) -> dict[str, Any]:
    """What `rapportage.vastcijfers.als_inhoud` gives, from sums over rows; whoever answers the questions."""
    rijen = vraag(GROEPEN.format(bron=bron))
    per_gemeente = [rij for rij in rijen if rij[0] is not None]
    geteld = [rij for rij in per_gemeente if rij[2]]
    return {
        "categorieen": _categorieen(),
        "gemeenten": _per((rij[0], *rij[2:4]) for rij in per_gemeente),
        "aanbieders": _per((rij[1], *rij[2:4]) for rij in rijen if rij[1] is not None),
        "personen": vraag(PERSONEN.format(bron=bron))[0][0],
        "buiten": sum(rij[3] for rij in per_gemeente if not rij[2]),
        "afgeleid": sum(int(rij[4]) for rij in geteld),
        "na_te_kijken": sum(int(rij[5]) for rij in geteld),
    }


def _categorieen() -> list[str]:
    from rapportage.enums import Categorie

    return [categorie.value for categorie in Categorie]


def _per(rijen: Iterable[tuple[int, str | None, int]]) -> list[list[int]]:
    per: dict[int, dict[str, int]] = defaultdict(dict)
    for eigenaar, categorie, aantal in rijen:
        per[eigenaar][categorie or ""] = aantal
    return [[pk, *(per[pk].get(categorie, 0) for categorie in _categorieen())] for pk in sorted(per)]


def kolommen(vast: Any) -> Callable[[], dict[str, Any]] | None:
    """The same sums by duckdb with the rows of this quarter loaded, on one thread; None where there is no duckdb."""
    if importlib.util.find_spec("duckdb") is None:
        return None
    from django.db import connection

    duckdb: Any = importlib.import_module("duckdb")
    motor = duckdb.connect()
    motor.execute("set threads = 1")
    with tempfile.NamedTemporaryFile(suffix=".csv") as doel:
        with connection.cursor() as cursor, cursor.copy(UIT.format(pk=vast.pk)) as uit:
            for stuk in uit:
                doel.write(stuk)
        doel.flush()
        types = "{'categorie': 'VARCHAR', 'afgeleid': 'BOOLEAN', 'nakijken': 'BOOLEAN'}"
        motor.execute(
            "create table regels as select * replace (coalesce(categorie, '') as categorie)"
            f" from read_csv('{doel.name}', types = {types})"
        )

    def vraag(sql: str) -> list[tuple[Any, ...]]:
        return list(motor.execute(sql).fetchall())

    return lambda: inhoud_van(vast, vraag, "regels")


def _varianten(het: Bevroren, aantal: int) -> tuple[list[Variant], str]:
    """The floor first. Each gives the report itself, so that the same work is asked of all."""
    duck = kolommen(het.vast)
    varianten = [
        Variant(
            f"grouped by PostgreSQL from {aantal} frozen rows", lambda: het.als_rapport(het.gegroepeerd())
        ),
        Variant("portal: the numbers that were kept, their seal checked", het.bewaard),
    ]
    if duck is None:
        return varianten, ZONDER
    varianten.insert(0, Variant("duckdb with the rows loaded, one thread", lambda: het.als_rapport(duck())))
    return varianten, f"duckdb {version('duckdb')}; not in the lock file, no part of the portal."


def _verhouding(meting: Meting) -> str:
    ons = next(rij for rij in meting.rijen if rij.naam.startswith("portal: the numbers"))
    return f"Portal: {ons.mediaan / meting.rijen[0].mediaan:.3f} × {meting.rijen[0].naam}."


def _regio() -> Any:
    """One as large as most; the smallest data sets have the shipped regions only."""
    from organisaties.models import Regio

    return Regio.objects.filter(code__in=("r01", "h5")).order_by("-code")[0]


def gesloten(bron_aantal: int) -> Meting:
    """P4: a real region, frozen as people freeze it."""
    from organisaties.enums import Rol
    from organisaties.models import Gebruiker
    from rapportage.actions.vaststellen import stel_vast
    from wmo_portal.lib import rls
    from wmo_portal.lib.perioden import Kwartaal

    regio = _regio()
    door = Gebruiker.objects.get(
        email=f"{Rol.CONTRACTMANAGER.value}.{regio.code}@example.nl"
    )  # sees all of it
    vast = stel_vast(regio=regio, kwartaal=Kwartaal(*KWARTAAL), door=door, op=OP)
    het = Bevroren(vast, door, door.bereik)
    aantal = vast.regels.count()
    with rls.binnen(het.bereik):
        varianten, over = _varianten(het, aantal)
        varianten.append(Variant("portal: every client counted again, both seals checked", het.nageteld))
        meting = meet(
            f"A frozen quarter of one region out of {bron_aantal} allocations",
            varianten,
            beurten=7,
            doel=DOEL,
        )
    meting.regels += [over, _verhouding(meting), f"Clients in it: {aantal}."]
    return meting


def groei(bron: Any) -> list[Meting]:
    """P4 at the size of the data set: all its clients in one quarter of one region, and three times as many."""
    from wmo_portal.lib import rls

    metingen, bevroren = [], []
    for nummer, keer in enumerate((1, KEER), start=1):
        het, aantal = _bevries_alles(bron, nummer, keer)
        bevroren.append((aantal, het))
        with rls.binnen(het.bereik):
            varianten, over = _varianten(het, aantal)
            meting = meet(
                f"A frozen quarter of {aantal} clients in {len(het.vast.gemeenten)} municipalities",
                varianten,
                doel=DOEL,
            )
        meting.regels += [over, _verhouding(meting)]
        metingen.append(meting)
    with rls.binnen(bevroren[0][1].bereik):
        namen = [f"portal, {aantal} clients" for aantal, _ in bevroren]
        samen = meet(
            f"Growth: {KEER} times as many clients in a frozen quarter",
            [Variant(naam, het.bewaard, los=True) for naam, (_, het) in zip(namen, bevroren, strict=True)],
            beurten=25,
            doel="at most 1.1 ×",
        )
    samen.regels.append(f"Growth: {samen.verhouding(namen[1], namen[0]):.2f} ×.")
    return [*metingen, samen]


ALLES = """
insert into rapportage_vaststellingregel
    (vaststelling_id, regio_id, gemeente_id, aanbieder_id, sleutel, afgeschermd, categorie, buiten, reden, zin, afgeleid,
     nakijken)
select %(vast)s, %(regio)s, gemeente_id, aanbieder_id, md5(client_id || '-' || keer), false,
       case when h < 54 then 'nog_in_zorg' when h < 74 then '0' || (1 + h %% 5) else '' end,
       case when h < 74 then '' else 'voor_periode' end, case when h between 54 and 73 then '19' else '' end,
       case when h < 54 then 'Nog in zorg op 30-09-2026; gestart op 01-01-2026.'
            else 'Beëindigd op 12-08-2026 met code 19.' end,
       h between 70 and 73, h = 60
  from (select gemeente_id, aanbieder_id, client_id, keer,
               abs(hashtext(client_id || '/' || aanbieder_id || '/' || keer)::bigint) %% 100 as h
          from (select distinct gemeente_id, aanbieder_id, client_id from beschikkingen_toewijzing) t,
               generate_series(1, %(keer)s) keer) paren
"""


def _met_clienten(veld: str) -> Any:
    from beschikkingen.models import Toewijzing

    return Toewijzing.objects.values(veld).distinct()


def _bevries_alles(bron: Any, nummer: int, keer: int) -> tuple[Bevroren, int]:
    """Straight into the tables: freezing a million clients one by one takes minutes and is not what is measured.

    The numbers that are kept were counted by PostgreSQL here; `gesloten` has those that freezing keeps.
    """
    from organisaties.models import Aanbieder, Gebruiker, Gemeente
    from rapportage.categorieen import STANDAARD, geldig_op
    from rapportage.definities import UITVAL_DEFINITIES
    from rapportage.models import Vaststelling, VaststellingCijfers
    from rapportage.queries.lezers import RegioLezer
    from rapportage.queries.vaststelling import cijferzegel
    from rapportage.zegel import afspraken_als_rijen
    from wmo_portal.lib import rls
    from wmo_portal.lib.perioden import Kwartaal

    gemeenten, aanbieders = (
        [
            list(rij)
            for rij in model.objects.filter(pk__in=_met_clienten(veld))
            .order_by("pk")
            .values_list("pk", code, "naam")
        ]
        for model, veld, code in ((Gemeente, "gemeente_id", "code"), (Aanbieder, "aanbieder_id", "agb"))
    )
    kwartaal = Kwartaal(2024, nummer)
    vast = Vaststelling.objects.create(
        regio=_regio(),
        kwartaal=str(kwartaal),
        gemeenten=[rij[0] for rij in gemeenten],
        definities=UITVAL_DEFINITIES.versie,
        afspraken=afspraken_als_rijen(geldig_op(STANDAARD, kwartaal.laatste)),
        namen={"gemeenten": gemeenten, "aanbieders": aanbieders},
        los={"stops": 0, "starts": 0, "stops_zonder_start": 0},
        sha256="0" * 64,
        vastgesteld_op=OP,
        vastgesteld_door=Gebruiker.objects.order_by("pk")[0],
    )
    with bron.als_beheerder() as beheerder:
        beheerder.execute("set session_replication_role = replica")
        rijen = beheerder.execute(ALLES, {"vast": vast.pk, "regio": vast.regio_id, "keer": keer})
        aantal = rijen.rowcount
        beheerder.execute("vacuum analyze rapportage_vaststellingregel")
    pks = tuple(rij[0] for rij in gemeenten)
    het = Bevroren(vast, RegioLezer(pks), rls.Werkbereik(gemeenten=pks))
    inhoud = het.gegroepeerd()
    VaststellingCijfers.objects.create(
        vaststelling=vast, regio_id=vast.regio_id, inhoud=inhoud, sha256=cijferzegel(vast, inhoud)
    )
    return het, aantal
