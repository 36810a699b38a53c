"""Filling frozen dataclasses without paying for the lock on every field.

A frozen dataclass sets each field of itself through object.__setattr__: measured 2.2 µs for twelve fields, six
times what an open one costs. So an open twin with the same slots is filled, and takes the frozen class in its
last step. Both have the same layout, which is what CPython asks for that step; the result is in nothing
different from one made by the class itself (tests/iwmo/test_rondgang.py).
"""

from __future__ import annotations

from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")


def _veld(veld: Field[Any]) -> tuple[str, Any, Any]:
    return (veld.name, veld.type, field() if veld.default is MISSING else field(default=veld.default))


def snel(klasse: type[T]) -> type[T]:
    """A quick maker with the signature of `klasse`: what it returns is an instance of `klasse`."""

    def sluit(self: object) -> None:
        self.__class__ = klasse

    velden = [_veld(veld) for veld in fields(cast(Any, klasse))]
    tweeling = make_dataclass(klasse.__name__, velden, slots=True, namespace={"__post_init__": sluit})
    return cast(type[T], tweeling)
