"""Engines that judge data by shapes: pySHACL, the reference, and pyshifty, the fast one.

Each is given both graphs as N-Triples, which keeps literals as they are written, and gives its report as N-Triples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ("pyshacl", "pyshifty")
LARGE = 50_000  # triples; beyond, pySHACL takes half a minute and more


class Engine(Protocol):
    """One engine: its name, its version, and what it does.

    `sifted` tells whether it may be kept from what surely conforms: not the reference, which judges everything itself.
    """

    name: str
    version: str
    sifted: bool

    def run(self, data: bytes, shapes: bytes) -> bytes:
        """Judge `data` by `shapes` and return the SHACL validation report; all three are N-Triples.

        Raises InputError where the shapes ask for what the engine cannot do.
        """


def engine(name: str | None = None, triples: int = 0) -> Engine:
    """Return the engine called `name`, or the one for data of so many `triples`: pyshifty where it is much faster.

    Raises InputError for an unknown name, UnavailableError where the engine is not installed.
    """
    if name is None:
        if triples > LARGE and (fast := _found("pyshifty")):
            return fast
        name = "pyshacl"
    if name not in NAMES:
        raise InputError(f"There is no engine {name!r}; choose from {', '.join(NAMES)}")
    found = _found(name)
    if not found:
        extra = {"pyshacl": "rltkg afresh", "pyshifty": "it with `pip install rltkg[fast]`"}[name]
        raise UnavailableError(f"The engine {name} is not installed; install {extra}")
    return found


def _found(name: str) -> Engine | None:
    makers: dict[str, Callable[[], Engine]] = {"pyshacl": _pyshacl, "pyshifty": _pyshifty}
    try:
        return makers[name]()
    except ImportError:
        return None


def _pyshacl() -> Engine:
    from rltkg.validation.engines.reference import PySHACL

    return PySHACL()


def _pyshifty() -> Engine:
    from rltkg.validation.engines.fast import Pyshifty

    return Pyshifty()
