"""Which canned queries a kind of server gets wrong, and how they are answered all the same."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.store import Store

# Dialect to ids. A test proves of each that the server still gives other rows.
WRONG = {
    # Virtuoso 7.2.5 loses rows where a closure stands in EXISTS or NOT EXISTS, takes !EXISTS beside || for true, and
    # lets rows of an OPTIONAL go where much is asked at once: references, and what is not stated.
    "virtuoso": ("changes_since", "document_facts", "statements", "status_of", "timeline"),
}


def able(ident: str, store: Store) -> tuple[Store, list[str]]:
    """Return the store to put the query `ident` to in place of the remote `store`, and what is to be said of that.

    It is `store` itself, unless its server is known to give other rows for the query: then the graphs are fetched, and
    the query is answered in memory. Raises what fetching them raises.
    """
    if ident not in WRONG.get(store.dialect, ()):
        return store, []
    told = f"since {store.dialect} gives wrong rows for it"
    return store.here(), [f"{ident} was answered in memory, from the graphs of the endpoint, {told}."]
