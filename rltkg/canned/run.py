"""Runs a canned query: values to terms, terms into the text, the text to the store, and a reason when nothing comes."""

from __future__ import annotations

from rltkg.canned.resolve import resolve
from rltkg.results.answer import Answer
from rltkg.results.labels import labels_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Literal, NamedNode

    from rltkg.canned.contract import Bindings, Query
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
    answer = _asked(query, bind(query, values, store), store, release)
    if not answer.rows:
        answer.empty_because = _why_empty(query, answer.bindings, store)
    return answer


def _asked(query: Query, bindings: Bindings, store: Store, release: str = "") -> Answer:
    text = query.text(bindings)
    answer = Answer(text, store.select(text), store, release)
    answer.query = query
    answer.bindings = bindings
    return answer


def _why_empty(query: Query, bindings: Bindings, store: Store) -> str:
    """Say whether nothing is recorded or which parameter leaves no row: each is left open in turn, then all."""

    def count(kept: Bindings) -> int:
        return len(_asked(query, kept, store))

    if not bindings or not count({}):
        return "Nothing of this kind is recorded in the graph, whatever the parameters."
    labels = labels_of((term for terms in bindings.values() for term in terms), store)
    options = {
        name: " ".join([query.parameter(name).option, *(_named(term, labels) for term in terms)])
        for name, terms in bindings.items()
    }
    culprits = []
    for name, option in options.items():
        rows = count({other: terms for other, terms in bindings.items() if other != name})
        if rows:
            culprits.append(f"without {option} there would be {rows}")
    if culprits:
        return f"Nothing is recorded that fits every parameter: {'; '.join(culprits)}."
    given = ", ".join(options.values())
    return f"Nothing is recorded that fits two or more of these together: {given}; leave some of them out."


def _named(term: NamedNode | Literal, labels: dict[str, str]) -> str:
    return repr(labels.get(term.value, term.value.removesuffix("T23:59:59Z")))
