"""Which terms of a query the graph does not have, and what may be meant."""

from __future__ import annotations

from functools import cached_property

from rltkg.corpus.prefixes import PREFIXES, XSD
from rltkg.nearest import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.sparql.lexer import Token
    from rltkg.sparql.probe import Probe
    from rltkg.sparql.reading import Reading

_SPACES = {iri: prefix for prefix, iri in PREFIXES.items() if iri != XSD}
_GIVEN = frozenset(PREFIXES["rdf"] + name for name in ("langString", "dirLangString"))  # types of any text with a tag
_MARGIN = 0.08
_MOST = 100_000
_KNOWN = """
SELECT ?term WHERE {{
  VALUES ?term {{ {terms} }}
  FILTER(EXISTS {{ ?term ?p1 ?o1 }} || EXISTS {{ ?s2 ?term ?o2 }} || EXISTS {{ ?s3 ?p3 ?term }})
}}
"""
_ALL = """
SELECT DISTINCT ?term WHERE {
  { ?term ?p1 ?o1 } UNION { ?s2 ?term ?o2 } UNION { ?s3 ?p3 ?term }
  FILTER(ISIRI(?term))
}
"""


class Terms:
    """The terms that the graph behind `probe` has."""

    def __init__(self, probe: Probe, graphs: Iterable[str]) -> None:
        self._probe = probe
        self._graphs = set(graphs)

    def unknown(self, reading: Reading, *, foreign: bool = False) -> list[tuple[Token, str]]:
        """Return each IRI of a query that should be in the graph and is not: its token and what to say of it.

        Only namespaces of this project, and those that it borrows terms from, are looked at, with `foreign` the others
        too; datatypes and functions are not. A term is told once.
        """
        wanted: dict[str, Token] = {}
        tokens = reading.tokens
        for place, iri in reading.iris:
            before, behind = tokens[place - 1].text, tokens[place + 1].text if place + 1 < len(tokens) else ""
            looked_at = _space(iri) or (foreign and not iri.startswith(XSD))
            if looked_at and iri not in self._graphs | _GIVEN and before != "^^" and behind != "(":
                wanted.setdefault(iri, tokens[place])
        missing = set(wanted) - self._known(wanted)
        return [
            (token, f"{token.text} is not in the graph{self._hint(iri)}")
            for iri, token in wanted.items()
            if iri in missing
        ]

    def _known(self, iris: Iterable[str]) -> set[str]:
        if not iris:
            return set()
        terms = " ".join(f"<{iri}>" for iri in iris)
        rows = self._probe.rows(_KNOWN.format(terms=terms), _MOST)
        # Where the store did not answer in time, nothing is known to be missing.
        return set(iris) if rows is None else {row[0].value for row in rows if row[0] is not None}

    @cached_property
    def _all(self) -> list[str]:
        """Every IRI of the graph in the namespaces that are looked at."""
        found = (row[0].value for row in self._probe.rows(_ALL, _MOST) or () if row[0] is not None)
        return sorted(iri for iri in found if _space(iri))

    def _hint(self, iri: str) -> str:
        """Return what may be meant by `iri`: the same name in another namespace, else names like it in the same one."""
        space = _space(iri)
        if not space:
            return ""
        local = iri.removeprefix(space)
        meant = [each for each in self._all if each.removeprefix(_space(each)).casefold() == local.casefold()]
        if not meant:
            beside = [each.removeprefix(space) for each in self._all if each.startswith(space)]
            # Where two names differ in capitals only (a class and a property), the one that starts alike wins.
            beside.sort(key=lambda each: each[:1].isupper() == local[:1].isupper())
            meant = [space + each for each in closest(local, beside, margin=_MARGIN)]
        return f"; did you mean {' or '.join(map(short, meant[:3]))}?" if meant else ""


def short(iri: str) -> str:
    """Return `iri` as a prefixed name of this project, or in angle brackets."""
    space = _space(iri)
    return f"{_SPACES[space]}:{iri.removeprefix(space)}" if space else f"<{iri}>"


def _space(iri: str) -> str:
    """Return the namespace of `iri` among those that are looked at; an empty text where it is in none of them."""
    space = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    return space if space in _SPACES and space != iri else ""
