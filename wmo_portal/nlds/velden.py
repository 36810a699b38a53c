"""Form fields whose hints and errors are whole Dutch sentences (U3, U28)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wmo_portal.lib.tekst import eenvoudige_regeleinden, te_lang, tekens

_DAG_EERST = re.compile(r"(?P<dag>[0-9]{1,2})-(?P<maand>[0-9]{1,2})-(?P<jaar>[0-9]{4})")
_JAAR_EERST = re.compile(r"(?P<jaar>[0-9]{4})-(?P<maand>[0-9]{2})-(?P<dag>[0-9]{2})")
VOORBEELD = "14-03-2026"


class Keuze(str):
    """A label of an option with a line of explanation under it: `("ja", Keuze("Behaald", "…"))`."""

    __slots__ = ("uitleg",)
    uitleg: str

    def __new__(cls, label: str, uitleg: str = "") -> Keuze:
        keuze = super().__new__(cls, label)
        keuze.uitleg = uitleg
        return keuze


def lees_datum(tekst: str) -> date:
    """d-m-jjjj, dd-mm-jjjj or jjjj-mm-dd. Raises ValueError with a Dutch sentence."""
    delen = _DAG_EERST.fullmatch(tekst) or _JAAR_EERST.fullmatch(tekst)
    if delen is None:
        raise ValueError(
            f"‘{tekst}’ is niet als datum te lezen. Vul dag, maand en jaar in als dd-mm-jjjj, bijvoorbeeld {VOORBEELD}."
        )
    try:
        return date(int(delen["jaar"]), int(delen["maand"]), int(delen["dag"]))
    except ValueError as fout:
        raise ValueError(f"De datum ‘{tekst}’ bestaat niet. Kijk de dag en de maand na.") from fout


def toon_datum(dag: date) -> str:
    return f"{dag.day:02}-{dag.month:02}-{dag.year:04}"


class DatumInvoer(forms.TextInput):
    """A text box, because the browser's own date picker follows the language of the browser."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "wmo-datum", "autocomplete": "off", "maxlength": False, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return toon_datum(value) if isinstance(value, date) else value


class DatumVeld(forms.Field):
    """A date as people type it. `vroegst` and `laatst` are inclusive."""

    widget: Any = DatumInvoer

    def __init__(
        self, *, vroegst: date = date(1900, 1, 1), laatst: date = date(2199, 12, 31), **kwargs: Any
    ) -> None:
        kwargs.setdefault("help_text", f"dd-mm-jjjj, bijvoorbeeld {VOORBEELD}")
        super().__init__(**kwargs)
        self.vroegst, self.laatst = vroegst, laatst

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        tekst = str(value).strip()
        if not tekst:
            return None
        try:
            return lees_datum(tekst)
        except ValueError as fout:
            raise ValidationError(str(fout), code="invalid") from fout

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not self.vroegst <= value <= self.laatst:
            raise ValidationError(
                f"{toon_datum(value)} kan hier niet. Vul een datum in van {toon_datum(self.vroegst)} "
                f"tot en met {toon_datum(self.laatst)}.",
                code="bereik",
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class TekstVeld(forms.CharField):
    """Text with a limit that is said beforehand, counted live and never cut (U3, R102).

    Counted as the browser's counter does: Unicode characters of what was typed, CRLF as one.
    Spaces around it count while typing and are taken off afterwards.
    """

    def __init__(self, *, max_tekens: int | None = None, regels: int = 5, **kwargs: Any) -> None:
        self.max_tekens = max_tekens
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": regels}))
        super().__init__(strip=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        return attrs if self.max_tekens is None else {**attrs, "data-max-tekens": str(self.max_tekens)}

    def to_python(self, value: Any) -> str:
        tekst = eenvoudige_regeleinden(super().to_python(value) or "")
        return tekst if tekst.strip() else ""

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        over = te_lang(value, self.max_tekens) if self.max_tekens is not None else None
        if over:
            raise ValidationError(
                f"De tekst is {tekens(value)} tekens lang. Er passen er {self.max_tekens}. Dat is {over}: "
                "maak de tekst korter.",
                code="te_lang",
            )

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).strip()


class JaNeeVeld(forms.TypedChoiceField):
    """Yes or no as two radio buttons, so that 'not answered' stays different from 'no'."""

    def __init__(self, *, ja: str = "Ja", nee: str = "Nee", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(
            choices=[("ja", ja), ("nee", nee)], coerce=lambda v: v == "ja", empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value


class BestandInvoer(forms.FileInput):
    """The plain file button of the browser: it speaks the language of the user and works by keyboard."""


class MeerBestandenInvoer(BestandInvoer):
    allow_multiple_selected = True


class BestandVeld(forms.FileField):
    """One upload. Says beforehand which kinds and how large; content is judged by `wmo_portal.lib.uploads`."""

    widget: Any = BestandInvoer

    def __init__(
        self, *, soorten: Sequence[str] = (), hoogstens_mb: int | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("help_text", bestandsuitleg(soorten, hoogstens_mb))
        super().__init__(**kwargs)
        if soorten:
            self.widget.attrs["accept"] = ",".join(f".{soort}" for soort in soorten)
        if hoogstens_mb:
            self.widget.attrs["data-hoogstens-mb"] = hoogstens_mb


class MeerBestandenVeld(BestandVeld):
    """Several uploads in one go; cleans to a list."""

    widget: Any = MeerBestandenInvoer

    def clean(self, data: Any, initial: Any = None) -> Any:
        bestanden = list(data) if isinstance(data, (list, tuple)) else [data]
        return [super(MeerBestandenVeld, self).clean(b, initial) for b in bestanden or [None]]


def bestandsuitleg(soorten: Iterable[str], hoogstens_mb: int | None) -> str:
    namen = [soort.upper() for soort in soorten]
    soort = f"{' of '.join([', '.join(namen[:-1]), namen[-1]] if len(namen) > 1 else namen)}" if namen else ""
    grootte = f"hoogstens {hoogstens_mb} MB" if hoogstens_mb else ""
    return ", ".join(deel for deel in (soort, grootte) if deel)
