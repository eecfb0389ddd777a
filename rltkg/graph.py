"""The Python face: open a graph, ask it, list what can be asked."""

from __future__ import annotations

from functools import cached_property

from rltkg.canned.contract import Catalogue, Query
from rltkg.corpus import Release, shipped
from rltkg.store import Store, open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.results.answer import Answer
    from rltkg.results.triples import Triples
    from rltkg.search.description import Description
    from rltkg.search.facts import Facts
    from rltkg.search.findings import Findings
    from rltkg.search.index import Index
    from rltkg.store.opening import Place


class KnowledgeGraph:
    """A store that holds a release, and the catalogue of queries that can be put to it."""

    def __init__(self, store: Store, release: Release) -> None:
        self.store = store
        self.release = release

    @cached_property
    def catalogue(self) -> Catalogue:
        """The queries of the release."""
        return Catalogue(self.release.catalogue)

    def ask(self, ident: str, /, **parameters: object) -> Answer:
        """Run the canned query `ident`.

        A parameter takes an id, a label or an IRI of a thing, or a year, number or text, as the query declares; a list
        asks for any of its members; None leaves it open. Raises InputError, with the nearest choices, for an unknown
        query, parameter or value.
        """
        from rltkg.canned.run import run

        return run(self.catalogue[ident], parameters, self.store, self.release.version)

    def sparql(self, text: str, *, timeout: float = 10.0, max_rows: int = 100_000) -> Answer | bool | Triples:
        """Run a SPARQL query of your own that only reads.

        SELECT gives an Answer, ASK True or False, CONSTRUCT and DESCRIBE give Triples. The query sees all graphs at
        once, or those that FROM names; prefixes of this project need no declaration. It runs in a child process, which
        is ended after `timeout` seconds; a result of more than `max_rows` rows or triples is cut, and `cut_because`
        says so. Where there is nothing, `empty_because` says why; `remarks` names terms that the graph does not have.
        Raises InputError, with line and column, for what is no query or may not run; UnavailableError where it takes
        too long or too much memory, or where the system cannot fork (Windows).
        """
        from rltkg.sparql.run import run

        result = run(text, self.store, self.release.version, timeout=timeout, max_rows=max_rows)
        truth = getattr(result, "boolean", None)
        return result if truth is None else truth

    def find(self, words: str, *, kind: str | None = None, limit: int = 20) -> Findings:
        """Search names, terms in use and texts for `words`, misspelt or not: an Answer, best first within each kind.

        `kind` narrows it to document, actor, indication, place, thing, concept, term, statement or note; `limit` tells
        how many hits at most. Raises InputError where there is nothing to look for, or no such kind or limit.
        """
        from rltkg.search.find import find

        return find(words, self._index, self.store, self.release.version, kind=kind, limit=limit)

    def describe(self, thing: str, *, everything: bool = False) -> Description:
        """Return what is known of `thing`: an id, a label, or an IRI, whole or short (gov:reference-43).

        Its lists are cut, and tell how many there are, unless `everything` is asked for. Raises InputError where
        nothing, or several, is so called, with the nearest names or with ids.
        """
        from rltkg.search.describe import describe

        return describe(thing, self._facts, everything=everything)

    @cached_property
    def _facts(self) -> Facts:
        from rltkg.search.facts import Facts

        return Facts(self.store)

    @cached_property
    def _index(self) -> Index:
        from rltkg.search.find import index_of

        return index_of(self.store)


def open(store: Place | None = None, *, extra: Place | Iterable[Place] = ()) -> KnowledgeGraph:
    """Return a graph: the shipped release, loaded into memory, or the one that `store` names.

    `store` may be the address of an endpoint, or the name of a target in the configuration file, which is asked over
    the network, as nothing else ever is. It may be a folder: a store on disk that `rltkg load` made, opened as it is; a
    release of its own, or RDF files (.ttl, .trig, .nt, .nq) that together are a whole graph, ontology included, which
    are loaded into memory. `extra` names RDF files of your own that are added to a graph in memory, each in a named
    graph of its own. Raises InputError, with file and line, where a file is missing or broken; UnavailableError where a
    file of a release is missing, where a store on disk is damaged, of another version, or held by a process that may
    write, and where an endpoint does not answer, or holds no release or half of one.
    """
    return KnowledgeGraph(*open_store(store, extra))


def catalogue() -> list[Query]:
    """Return the queries of the shipped release, in the order of topic and id; no graph is loaded."""
    return list(Catalogue(shipped().catalogue))
