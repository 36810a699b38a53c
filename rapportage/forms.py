"""The filters of the reports. Every choice stands in the address, by code: never a key, never a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms

from beschikkingen.enums import Perspectief
from organisaties.models import Regio
from rapportage.kpi import BEGIN, Aandeel, Dimensie
from rapportage.overzicht import Keuze
from rapportage.queries.lezers import Lezer
from rapportage.queries.opties import Optie, filteropties, treden
from rapportage.queries.resultaat_behaald import (
    MOMENTEN,
    TUSSENSTAP,
    ResultaatBehaald,
    Verfijning,
    resultaat_behaald,
)
from rapportage.queries.uitval import regios
from wmo_portal.lib.perioden import Kwartaal, Periode
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import DatumVeld, TekstVeld

ALLES = ""


class Rapportfilter(NldsFormulier, forms.Form):
    """Region, municipality, provider, area and quarter or free period. What was not asked gets its default."""

    regio = forms.ChoiceField(label="Regio", required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    aanbieder = forms.ChoiceField(label="Aanbieder", required=False)
    gebied = forms.ChoiceField(label="Resultaatgebied", required=False)
    kwartaal = forms.ChoiceField(label="Kwartaal", required=False)
    van = DatumVeld(label="Of van", required=False, help_text="dd-mm-jjjj", vroegst=BEGIN)
    tot = DatumVeld(label="tot en met", required=False, help_text="dd-mm-jjjj", vroegst=BEGIN)

    def __init__(self, data: Mapping[str, Any], *, lezer: Lezer, vandaag: date) -> None:
        standaard = {"kwartaal": str(Kwartaal.van(vandaag).vorige)}
        eigen = {naam: data[naam] for naam in self.base_fields if data.get(naam)}
        super().__init__({**standaard, **eigen}, initial=standaard)
        self._opties = filteropties(lezer)
        self._kies("regio", "Alle regio’s", self._opties.regios)
        self._kies("gemeente", "Alle gemeenten", self._opties.gemeenten)
        self._kies("aanbieder", "Alle aanbieders", self._opties.aanbieders)
        self._kies("gebied", "Alle resultaatgebieden", self._opties.gebieden)
        self._zet("kwartaal", [(str(k), k.naam) for k in kwartalen_tot(vandaag)])
        if len(self._opties.regios) < 2:
            del self.fields["regio"]

    def _kies(self, naam: str, alle: str, opties: Iterable[Optie]) -> None:
        self._zet(naam, [(ALLES, alle), *((code, label) for _, code, label in opties)])

    def _zet(self, naam: str, keuzen: list[tuple[str, str]]) -> None:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = keuzen

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        van, tot = schoon.get("van"), schoon.get("tot")
        if bool(van) != bool(tot) and not {"van", "tot"} & set(self.errors):
            self.add_error("tot" if van else "van", "Vul allebei de datums in, of laat ze allebei leeg.")
        elif van and tot and tot < van:
            self.add_error("tot", "De periode eindigt voor zij begint. Draai de twee datums om.")
        return schoon

    @property
    def periode(self) -> Periode:
        schoon = self.cleaned_data
        if schoon.get("van"):
            return Periode(schoon["van"], schoon["tot"])
        return self.kwartaal_gekozen.periode

    @property
    def kwartaal_gekozen(self) -> Kwartaal:
        """The chosen quarter; of a free period the one in which it ends."""
        schoon = self.cleaned_data
        return Kwartaal.van(schoon["tot"]) if schoon.get("van") else Kwartaal.lees(schoon["kwartaal"])

    @property
    def is_kwartaal(self) -> bool:
        return not self.cleaned_data.get("van")

    def keuze(self, periode: Periode | None = None) -> Keuze:
        """The choices, about the chosen period or another one."""
        regio = self._pk("regio", self._opties.regios)
        return Keuze(
            periode=periode or self.periode,
            regio_id=regio[0] if regio else None,
            gemeente_ids=self._pk("gemeente", self._opties.gemeenten),
            aanbieder_ids=self._pk("aanbieder", self._opties.aanbieders),
            resultaatgebied_ids=self._pk("gebied", self._opties.gebieden),
        )

    def _pk(self, naam: str, opties: Iterable[Optie]) -> tuple[int, ...]:
        gekozen = self.cleaned_data.get(naam)
        return tuple(pk for pk, code, _ in opties if gekozen and code == gekozen)

    def gekozen(self) -> dict[str, str]:
        """The choices as they stand in the address and with a report that was asked for."""
        vrij = bool(self.cleaned_data.get("van"))
        return {
            naam: f"{waarde:%d-%m-%Y}" if isinstance(waarde, date) else str(waarde)
            for naam, waarde in self.cleaned_data.items()
            if waarde and not (vrij and naam == "kwartaal")
        }

    def adres(self, *meer: tuple[str, str]) -> str:
        return urlencode([*self.gekozen().items(), *meer])

    def adres_in(self, kwartaal: Kwartaal) -> str:
        """The same choices about another quarter; empty for one that cannot be chosen."""
        if kwartaal.eerste < BEGIN:
            return ""
        zonder = {n: w for n, w in self.gekozen().items() if n not in ("van", "tot")}
        return urlencode({**zonder, "kwartaal": str(kwartaal)})

    def in_woorden(self) -> tuple[tuple[str, str], ...]:
        """Each choice as a reader says it, also the ones left at "all"."""
        return tuple(
            (str(veld.label), dict(veld.choices)[self.cleaned_data.get(naam) or ALLES])  # type: ignore[call-overload,arg-type,unused-ignore]  # choices set above: flat pairs
            for naam, veld in self.fields.items()
            if isinstance(veld, forms.ChoiceField) and naam not in ("kwartaal", "per")
        )


def kwartalen_tot(vandaag: date) -> list[Kwartaal]:
    """From the running quarter back to the first one of the KPI."""
    kwartaal, uit = Kwartaal.van(vandaag), []
    while kwartaal.eerste >= BEGIN:
        uit.append(kwartaal)
        kwartaal = kwartaal.vorige
    return uit


class Resultaatfilter(Rapportfilter):
    """With what only judgements have."""

    trede = forms.ChoiceField(label="Trede", required=False)
    perspectief = forms.ChoiceField(label="Perspectief", required=False)
    moment = forms.ChoiceField(label="Oordelen over", required=False)
    per = forms.ChoiceField(label="Verdeel per", required=False)

    def __init__(self, data: Mapping[str, Any], *, lezer: Lezer, vandaag: date) -> None:
        super().__init__(data, lezer=lezer, vandaag=vandaag)
        self._treden = treden(lezer)
        self._kies("trede", "Alle treden", self._treden)
        self._zet("perspectief", [(ALLES, "Alle perspectieven"), *Perspectief.choices()])
        zonder = ("zonder", "Alles behalve tussenstappen")
        self._zet("moment", [(ALLES, "Alle momenten"), zonder, *((w.code, w.label) for w in MOMENTEN)])
        self._zet("per", [(d.value, d.value.capitalize()) for d in Dimensie])

    def verfijning(self) -> Verfijning:
        schoon = self.cleaned_data
        moment = schoon.get("moment")
        zonder = tuple(w.code for w in MOMENTEN if w is not TUSSENSTAP)
        return Verfijning(
            perspectieven=(schoon["perspectief"],) if schoon.get("perspectief") else (),
            treden=self._pk("trede", self._treden),
            momenten=zonder if moment == "zonder" else (moment,) if moment else (),
        )

    @property
    def dimensie(self) -> Dimensie:
        return Dimensie(self.cleaned_data.get("per") or Dimensie.GEMEENTE)


KWARTALEN_TERUG: Final = 6


def kwartalen_bij(filter_: Rapportfilter) -> list[Kwartaal]:
    """The quarters of the trend, up to the chosen one."""
    laatste = filter_.kwartaal_gekozen
    return [laatste.plus(-terug) for terug in range(KWARTALEN_TERUG - 1, -1, -1)]


def lees_rapport(lezer: Lezer, filter_: Resultaatfilter) -> ResultaatBehaald:
    """The report of these choices: one and the same for page, list, workbook and PDF."""
    vanaf = kwartalen_bij(filter_)[0].eerste
    return resultaat_behaald(lezer, filter_.keuze(), filter_.verfijning(), vanaf=vanaf)


def verloop_van(filter_: Resultaatfilter, rapport: ResultaatBehaald) -> list[tuple[Kwartaal, Aandeel]]:
    """Up to the end of what was read: a free period may end within its last quarter."""
    return rapport.verloop(kwartalen_bij(filter_))


class VaststelForm(NldsFormulier, forms.Form):
    """Freeze the version that was shown; a next version says why."""

    knop = "Vaststellen"
    reden = TekstVeld(label="Waarom is een nieuwe versie nodig?", max_tekens=500)
    versie = forms.IntegerField(widget=forms.HiddenInput)
    eenmalig = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, versie: int, eenmalig: str) -> None:
        super().__init__(data, initial={"versie": versie, "eenmalig": eenmalig})
        if versie == 1:
            del self.fields["reden"]


class KwartaalForm(NldsFormulier, forms.Form):
    """Which quarter of which region; only regions within reach."""

    knop = "Bekijk"

    def __init__(self, data: Mapping[str, Any] | None, *, lezer: Lezer, vandaag: date) -> None:
        super().__init__(data)
        self._regios = {regio.code: regio for regio in regios(lezer)}
        self.fields["regio"] = forms.ChoiceField(
            label="Regio", choices=[(code, regio.naam) for code, regio in self._regios.items()]
        )
        self.fields["kwartaal"] = forms.ChoiceField(
            label="Kwartaal", choices=[(str(k), k.naam) for k in kwartalen_tot(vandaag)]
        )

    @property
    def regio(self) -> Regio:
        return self._regios[self.cleaned_data["regio"]]

    @property
    def kwartaal(self) -> Kwartaal:
        return Kwartaal.lees(self.cleaned_data["kwartaal"])
