"""Runs a canned query: values to terms, terms into the text, the text to the store, and a reason when nothing comes."""

from __future__ import annotations

from rltkg.catalogue.answer import Answer
from rltkg.catalogue.resolve import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from rltkg.catalogue.contract import Bindings, Query
    from rltkg.store import Store


def bind(query: Query, values: Mapping[str, object], store: Store) -> Bindings:
    """Return the terms for the parameters of `query`, defaults filled in.

    A value is a string, a number, a term or a list of these; None or an empty list leaves the parameter open, even one
    with a default. Raises InputError for a name that the query does not declare or a value that fits no choice.
    """
    given = {query.parameter(name).name: value for name, value in values.items()}
    bindings: Bindings = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        several = value if isinstance(value, list | tuple | set) else [value]
        terms = [resolve(parameter, each, store) for each in several if each is not None]
        if terms:
            bindings[parameter.name] = list(dict.fromkeys(terms))
    return bindings


def run(query: Query, values: Mapping[str, object], store: Store, release: str) -> Answer:
    """Return the answer to `query` with `values`; `bind` tells what they may be and what is raised."""
    bindings = bind(query, values, store)
    text = query.text(bindings)
    answer = Answer(query, bindings, text, store.select(text), store, release)
    if not answer.rows:
        answer.empty_because = _why_empty(query, bindings, store)
    return answer


def _why_empty(query: Query, bindings: Bindings, store: Store) -> str:
    """Say whether nothing is recorded or which parameter leaves no row: each is left open in turn, then all."""

    def count(kept: Bindings) -> int:
        return len(Answer(query, kept, "", store.select(query.text(kept)), store, "").rows)

    if not bindings or not count({}):
        return "Nothing of this kind is recorded in the graph, whatever the parameters."
    culprits = []
    for name in bindings:
        rows = count({other: terms for other, terms in bindings.items() if other != name})
        if rows:
            culprits.append(f"without {_option(query, bindings, name, store)} there would be {rows}")
    if culprits:
        return f"Nothing is recorded that fits every parameter: {'; '.join(culprits)}."
    given = ", ".join(_option(query, bindings, name, store) for name in bindings)
    return f"Nothing is recorded that fits two or more of these together: {given}; leave some of them out."


def _option(query: Query, bindings: Bindings, name: str, store: Store) -> str:
    parameter = query.parameter(name)
    namer = Answer(query, {}, "", b"", store, "")
    namer.rows = [tuple(bindings[name])]  # type: ignore[misc]
    return " ".join([parameter.option, *(repr(namer.name(term)) for term in bindings[name])])
