"""The Python face: open a graph, ask it, list what can be asked."""

from __future__ import annotations

from functools import cached_property

from rltkg import __version__
from rltkg.canned.contract import Catalogue, Query
from rltkg.corpus import Release, shipped
from rltkg.store import EmbeddedStore, Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.results.answer import Answer


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

        return run(self.catalogue[ident], parameters, self.store, __version__)


def open() -> KnowledgeGraph:
    """Return the shipped release, loaded into memory.

    Raises InputError, with file and line, where one of its files is broken; UnavailableError where one is missing.
    """
    release = shipped()
    return KnowledgeGraph(EmbeddedStore.holding(release.files), release)


def catalogue() -> list[Query]:
    """Return the queries of the shipped release, in the order of topic and id; no graph is loaded."""
    return list(Catalogue(shipped().catalogue))
