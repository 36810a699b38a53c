"""The goal scores of a quarterly talk beside those of the quarter before, from what was sent (R100, M13). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapportage.opgave_regels import ASSEN
from wmo_portal.lib.grafiek.balken import verschil

Scores = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Doelrij:
    """One goal: per axis the score of the quarter before and of this one; None when there is none."""

    tekst: str
    toen: Scores
    nu: Scores
    toelichting: str

    @property
    def assen(self) -> list[tuple[str, int | None, int | None, str]]:
        """Axis, then, now, and the change in words."""
        return [
            (as_, self.toen.get(as_), self.nu.get(as_), verschil(self.toen.get(as_), self.nu.get(as_)))
            for as_ in ASSEN
        ]


def doelrijen(nu: Mapping[str, Any] | None, toen: Mapping[str, Any] | None) -> list[Doelrij]:
    """The goals of this quarter, found back by code: a goal that was reworded keeps its code (R105)."""
    eerder = {doel["code"]: _scores(doel) for doel in (toen or {}).get("doelen", ())}
    return [
        Doelrij(doel["tekst"], eerder.get(doel["code"], {}), _scores(doel), doel["toelichting"])
        for doel in (nu or {}).get("doelen", ())
    ]


def _scores(doel: Mapping[str, Any]) -> Scores:
    return {score["as"]: score["score"] for score in doel["scores"]}
