"""Store: answers SPARQL over the union of its named graphs. It knows no query file and no screen."""

from rltkg.store.base import Store
from rltkg.store.embedded import EmbeddedStore
from rltkg.store.opening import open_store

__all__ = ["EmbeddedStore", "Store", "open_store"]
