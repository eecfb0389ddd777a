"""How IRIs are written: by this project's prefixes, by those of the file, else in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rltkg.corpus.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

# PN_CHARS_BASE of the grammar of Turtle, https://www.w3.org/TR/turtle/#sec-grammar
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LETTER = f"[{_BASE}0-9_]"
_MORE = rf"[{_BASE}0-9_\u00b7\u0300-\u036f\u203f-\u2040-]"
# What needs no escape after the colon. Names that do are written in full: fewer tools read them.
_LOCAL = re.compile(rf"{_LETTER}{_MORE}*(?:\.{_MORE}+)*")
_ENDS = ("/", "#")


def local(name: str) -> bool:
    """Say whether `name` may stand after the colon of a prefixed name as it is."""
    return _LOCAL.fullmatch(name) is not None


class Names:
    """Writes IRIs, and knows which prefixes it has used.

    A namespace of this project, or one that it borrows, has the prefix of this project whatever the file calls it; any
    other has the one of the file, the first in the alphabet where there are several. A prefix of the file that is one
    of this project's for another namespace gets a number at its end.
    """

    def __init__(self, prefixes: Mapping[str, str] | None = None) -> None:
        """Take the prefixes of a file, name to namespace, as its parser tells them."""
        self.namespaces = dict(PREFIXES)
        known = set(PREFIXES.values())
        for name, namespace in sorted((prefixes or {}).items()):
            if namespace not in known:
                known.add(namespace)
                self.namespaces[self._free(name, prefixes or {})] = namespace
        self._prefixes = {namespace: name for name, namespace in self.namespaces.items()}
        # A namespace that ends within a name (<http://e/ABC_>) is not found by cutting an IRI at its last slash.
        self._odd = sorted((each for each in known if not each.endswith(_ENDS)), key=len, reverse=True)
        self.used: set[str] = set()
        self._written: dict[str, str] = {}

    def _free(self, name: str, taken: Mapping[str, str]) -> str:
        free, number = name, 2
        while free in self.namespaces or (free != name and free in taken):
            free, number = f"{name}{number}", number + 1
        return free

    def of(self, iri: str) -> str:
        """Return `iri` as a prefixed name, or in angle brackets."""
        written = self._written.get(iri)
        if written is None:
            written = self._written[iri] = self._write(iri)
        return written

    def _write(self, iri: str) -> str:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        spaces = [iri[:end], *(each for each in self._odd if iri.startswith(each))]
        # An IRI in a namespace of this project never takes a longer one of the file; of the others, the longest.
        spaces.sort(key=lambda space: (self._prefixes.get(space) not in PREFIXES, -len(space)))
        for space in spaces:
            prefix = self._prefixes.get(space)
            if prefix is not None and _LOCAL.fullmatch(iri, len(space)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"
