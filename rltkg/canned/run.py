"""Runs a canned query: values to terms, terms into the text, the text to the store, and a reason when nothing comes."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from pyoxigraph import QueryResultsFormat, parse_query_results

from rltkg.canned.contract import TERMS
from rltkg.canned.resolve import DAY_ENDS, as_at, resolve
from rltkg.errors import InputError
from rltkg.results.answer import Answer
from rltkg.results.labels import labels_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Literal, NamedNode

    from rltkg.canned.contract import Bindings, Query
    from rltkg.store import Store

_NEWEST = f"SELECT (MAX(?day) AS ?newest) WHERE {{ ?checked <{TERMS}checkedOn> ?day }}"
# Looked for once a store: it reads every day of check, which at a million triples takes longer than many an answer.
_newest_of: WeakKeyDictionary[Store, str] = WeakKeyDictionary()


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
        if parameter.types == ("as_at",) and len(terms) > 1:
            raise InputError(
                f"{parameter.option} takes one year or day, and {len(terms)} are given; ask for each alone"
            )
    return bindings


def run(query: Query, values: Mapping[str, object], store: Store, release: str) -> Answer:
    """Return the answer to `query` with `values`; `bind` tells what they may be and what is raised."""
    bindings = bind(query, values, store)
    remarks: list[str] = []
    if store.is_remote:
        from rltkg.canned.elsewhere import able

        store, remarks = able(query.id, store)
    answer = _asked(query, bindings, store, release)
    answer.remarks += _as_at(query, answer.bindings, store) + remarks
    if not answer:
        answer.empty_because = _why_empty(query, answer.bindings, store)
    return answer


def _asked(query: Query, bindings: Bindings, store: Store, release: str = "") -> Answer:
    text = query.text(bindings)
    answer = Answer(text, store.select(text), store, release)
    answer.query = query
    answer.bindings = bindings
    return answer


def _as_at(query: Query, bindings: Bindings, store: Store) -> list[str]:
    """Say for which day the answer holds, and how new the evidence is; nothing where the query asks as at no day."""
    asked = next((each for each in query.parameters if each.types == ("as_at",) and each.name in bindings), None)
    if not asked:
        return []
    (end,) = bindings[asked.name]
    told = f"As at {end.value.removesuffix(DAY_ENDS)}"
    edition = asked.default not in (None, "now") and end == as_at(str(asked.default))
    newest = _newest_check(store)
    if edition:
        told += f", the edition of the sources; {asked.option} now tells what came later"
    return [told + (f"; newest evidence checked on {newest}." if newest else ".")]


def _newest_check(store: Store) -> str:
    """Return the day on which the newest evidence in `store` was checked; "" where it tells none."""
    if store not in _newest_of:
        ((day,),) = parse_query_results(store.select(_NEWEST), format=QueryResultsFormat.JSON)  # type: ignore[misc]
        _newest_of[store] = day.value if day else ""
    return _newest_of[store]


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
    return repr(labels.get(term.value, term.value.removesuffix(DAY_ENDS).removesuffix("T00:00:00Z")))
