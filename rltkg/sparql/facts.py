"""What can be said of a pattern that nothing fits: that a term is wrong, or that nothing of the kind is recorded."""

from __future__ import annotations

from pyoxigraph import Literal

from rltkg.nearest import closest
from rltkg.sparql.terms import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.results.answer import Row
    from rltkg.sparql.cursor import Node
    from rltkg.sparql.probe import Probe
    from rltkg.sparql.removal import Removal
    from rltkg.sparql.terms import Terms

_TYPE = ("a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
_SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_SHOWN = 3
_MANY = 5000
_MARGIN = 0.08


class Facts:
    """Finds out about the patterns of one query."""

    def __init__(self, removal: Removal, probe: Probe, terms: Terms) -> None:
        self._removal = removal
        self._probe = probe
        self._unknown = dict(terms.unknown(removal.reading, foreign=True))

    def missing(self, part: Node) -> list[str]:
        """Return what is to be said of each term of `part` that is not in the graph."""
        tokens = [self._removal.reading.tokens[place] for place in self._removal.places(part)]
        names = {token.text for token in tokens if token.kind in ("iri", "name")}
        return [_sentence(told) for token, told in self._unknown.items() if token.text in names]

    def of(self, part: Node) -> list[str]:
        """Return sentences on why nothing fits `part`."""
        missing = self.missing(part)
        if missing:
            return [*missing, "That says nothing of what is recorded; mend the term first."]
        values = self._values(part)
        if values:
            return values
        triple = self._removal.triple(part)
        if triple:
            return self._of_triple(*triple)
        if part.kind in ("filter", "condition"):
            return self._examples(part)
        return []

    def _of_triple(self, subject: str, prop: str, value: str) -> list[str]:
        if self._asks(f"{subject} {prop} {value}"):
            return ["There are such triples, but none together with the rest: nothing of the kind is recorded."]
        if prop in _TYPE and self._asks(f"{subject} a/{_SUBCLASS}+ {value}"):
            mend = f"write a/rdfs:subClassOf* {value}"
            return [f"Nothing has the class {value} itself, since a node carries its narrowest class only; {mend}"]
        if value[:1] in "?<$" or (value[:1] not in "\"'[(" and ":" in value):
            turned = f"{value} {prop} {subject}"
            if self._asks(turned):
                return [f"It is recorded the other way round: write {turned}"]
        return ["Its terms are in the graph, but no triple fits it: nothing of the kind is recorded."]

    def _asks(self, pattern: str) -> bool:
        text = self._removal.reading.with_prefixes(self._prologue() + f"ASK {{ {pattern} }}")
        return bool(self._probe.count(text, 1))

    def _values(self, part: Node) -> list[str]:
        """Return what is to be said of each literal in a triple pattern or in VALUES that the graph does not have."""
        tokens = self._removal.reading.tokens
        triple = self._removal.triple(part)
        found = []
        for place in range(part.first, part.last) if part.kind in ("object", "values") and not part.parts else ():
            if tokens[place].kind not in ("text", "number"):
                continue
            end = place + 1
            while end < part.last and (tokens[end].kind == "tag" or "^^" in (tokens[end].text, tokens[end - 1].text)):
                end += 1
            written = self._removal.reading.text[tokens[place].start : tokens[end - 1].end]
            found += self._of_value(written, triple[1] if triple else "?p")
        return found

    def _of_value(self, written: str, prop: str) -> list[str]:
        """Return what is to be said of a literal, as `written`, that should be a value of `prop`."""
        same = f"FILTER(isLiteral(?value) && LCASE(STR(?value)) = LCASE(STR({written})))"
        for pattern in dict.fromkeys((f"?s {prop} ?value {same}", f"?s ?p ?value {same}")):
            rows = self._rows(f"SELECT DISTINCT ?value (sameTerm(?value, {written}) AS ?same) ?p WHERE {{ {pattern} }}")
            if rows is None:
                return []
            exact = [row for row in rows if row[1] is not None and row[1].value == "true"]
            if exact:
                others = " or ".join(dict.fromkeys(_shown(row[2]) for row in exact if row[2] is not None))
                return [f"The graph has {written}, but as a value of {others}, not of {prop}."] if others else []
            if rows:
                kept = " or ".join(dict.fromkeys(_shown(row[0]) for row in rows))
                return [f"The graph has {kept}, which is another value than {written}; write it as it is there."]
        return [f"The value {written} is nowhere in the graph{self._like(written, prop)}"]

    def _like(self, written: str, prop: str) -> str:
        """Return values of `prop` that look like the text `written`."""
        if written[0] not in "\"'" or "^^" in written or prop.startswith("?"):
            return "."
        rows = self._rows(f"SELECT DISTINCT ?value WHERE {{ ?s {prop} ?value FILTER(isLiteral(?value)) }}", _MANY)
        known = {row[0].value: _shown(row[0]) for row in rows or () if row[0] is not None}
        meant = closest(written[1 : written.rfind(written[0])], list(known), margin=_MARGIN)
        return f"; did you mean {' or '.join(known[each] for each in meant)}?" if meant else "; try `rltkg find`."

    def _rows(self, text: str, most: int = _SHOWN) -> list[Row] | None:
        return self._probe.rows(self._removal.reading.with_prefixes(self._prologue() + text), most)

    def _examples(self, part: Node) -> list[str]:
        """Return examples of what the variables of a condition are without it."""
        tokens = self._removal.reading.tokens[part.first : part.last]
        names = list(dict.fromkeys(token.text for token in tokens if token.kind == "var"))
        if not names:
            return []
        text = self._removal.selecting(f"DISTINCT {' '.join(names)}", [part], around=part)
        rows = self._probe.rows(text, _SHOWN, union=not self._removal.reading.names_graphs)
        shown = [
            ", ".join(f"{name} is {_shown(term)}" for name, term in zip(names, row, strict=True)) for row in rows or ()
        ]
        return [f"For example, {'; '.join(shown)}."] if shown else []

    def _prologue(self) -> str:
        reading = self._removal.reading
        return reading.text[: reading.tokens[reading.start].start]


def _shown(term: object) -> str:
    if term is None:
        return "unbound"
    return _literal(term) if isinstance(term, Literal) else short(getattr(term, "value", str(term)))


def _literal(term: Literal) -> str:
    """Return a literal as one would write it in a query."""
    if term.language:
        return str(term)
    kind = term.datatype.value.rpartition("#")[2]
    if kind in ("integer", "decimal", "boolean"):
        return term.value
    return str(Literal(term.value)) if kind == "string" else f"{Literal(term.value)}^^xsd:{kind}"


def _sentence(told: str) -> str:
    return told if told.endswith("?") else f"{told}."
