"""The full-text index: SQLite FTS5 over names, texts and ids, in memory, read from and kept in the user's cache."""

from __future__ import annotations

import sqlite3
from math import log2

from rltkg.errors import UnavailableError
from rltkg.search import cache
from rltkg.search.spelling import letters, near, reach, stem, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rltkg.search.entries import Entry
    from rltkg.store import Store

_TABLES = """
CREATE TABLE entry(iri TEXT, kind TEXT, weight REAL, place TEXT, label TEXT, names TEXT, text TEXT, id TEXT);
CREATE VIRTUAL TABLE words USING fts5(
  label, names, text, id, content='entry', tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE name(folded TEXT, entry INTEGER);
CREATE INDEX name_folded ON name(folded);
CREATE TABLE word(word TEXT PRIMARY KEY, stem TEXT, size INTEGER, letters INTEGER, entries INTEGER) WITHOUT ROWID;
CREATE INDEX word_stem ON word(stem);
"""
# A name says more than a text, its start more than its end; what much in the graph refers to is likelier to be meant;
# a whole name comes before all. (bm25 is negative: the lower, the better.)
_HITS = """
SELECT entry.iri, entry.id, entry.kind, entry.label, entry.place,
       snippet(words, 1, char(1), '', '…', 24), snippet(words, 2, char(1), '', '…', 28)
FROM words JOIN entry ON entry.rowid = words.rowid
WHERE words MATCH :match AND (:kind IS NULL OR entry.kind = :kind)
ORDER BY entry.rowid IN (SELECT entry FROM name WHERE folded = :name) DESC,
         bm25(words, 10, 6, 1, 3) * entry.weight
           * CASE WHEN entry.rowid IN (SELECT entry FROM name WHERE folded > :name || ' ' AND folded < :name || '!')
             THEN 1.5 ELSE 1 END,
         entry.iri
LIMIT :limit
"""
_COUNTS = """
SELECT entry.kind, count(*) FROM words JOIN entry ON entry.rowid = words.rowid
WHERE words MATCH :match AND (:kind IS NULL OR entry.kind = :kind) GROUP BY entry.kind
"""
TERM = 0.6  # the vocabulary comes after what it is used for
LINKED = 4  # how many doublings of the links to a thing weigh as much as its words
_MARK = "\x01"  # stands before a word that was looked for


class Hit:
    """One thing found: its IRI, id, kind, label, where it is printed ("" for no statement), and what matched."""

    __slots__ = ("id", "iri", "kind", "label", "snippet", "where")

    def __init__(self, row: Sequence[str]) -> None:
        self.iri, self.id, self.kind, self.label, self.where, names, text = row
        # Another name is told where it is why the thing was found; else the text, which tells the most.
        by_name = _MARK in names and _MARK not in text
        self.snippet = (f"also called {names}" if by_name else text).replace(_MARK, "")


class Index:
    """An index over one graph."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._database = connection

    def __del__(self) -> None:
        self._database.close()

    @classmethod
    def cached(cls, digest: str) -> Index | None:
        """Return the index that is kept for the release with this `digest`; None where there is no sound one."""
        image = cache.read(digest)
        if image is None:
            return None
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            connection.deserialize(image)
            connection.execute("SELECT 1 FROM word, name, words LIMIT 1").fetchone()
        except (AttributeError, sqlite3.Error):  # a Python without it, or a file of another make
            connection.close()
            return None
        return cls(connection)

    @classmethod
    def built(cls, store: Store, digest: str | None = None) -> Index:
        """Return a new index over `store`, and keep it under `digest`, where there is one and it can be written.

        Raises UnavailableError where the SQLite of this Python has no full-text search.
        """
        from rltkg.search.entries import entries

        connection = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            connection.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            connection.close()
            raise UnavailableError(
                f"The SQLite of this Python has no full-text search ({error}); use a Python whose sqlite3 has FTS5"
            ) from error
        _fill(connection, entries(store))
        if digest is not None and hasattr(connection, "serialize"):
            cache.write(digest, connection.serialize())
        return cls(connection)

    def hits(self, match: str, kind: str | None, name: str, limit: int) -> list[Hit]:
        """Return at most `limit` hits of the FTS5 expression `match`, of one `kind` or any, best first.

        Things one of whose names is the whole `name` (its words, as words_of gives them, with spaces) come first.
        """
        bound = {"match": match, "kind": kind, "name": name, "limit": limit}
        return [Hit(row) for row in self._database.execute(_HITS, bound)]

    def counts(self, match: str, kind: str | None) -> dict[str, int]:
        """Return how many hits `match` has, by kind."""
        return dict(self._database.execute(_COUNTS, {"match": match, "kind": kind}))

    def forms(self, word: str) -> list[str]:
        """Return the words of the graph that are `word` or its singular or plural."""
        rows = self._database.execute("SELECT word FROM word WHERE stem = ? ORDER BY entries DESC, word", (stem(word),))
        return [form for (form,) in rows]

    def begins(self, start: str) -> bool:
        """Say whether a word of the graph begins with `start`."""
        after = start[:-1] + chr(ord(start[-1]) + 1)
        found = self._database.execute("SELECT 1 FROM word WHERE word >= ? AND word < ? LIMIT 1", (start, after))
        return found.fetchone() is not None

    def near(self, word: str) -> list[str]:
        """Return the words of the graph that `word` may be a misspelling of: one, or forms of it, or a few alike."""
        most = reach(word)
        if not most:
            return []
        rows = self._database.execute(
            "SELECT word, letters FROM word WHERE size BETWEEN ? AND ? ORDER BY entries DESC, word",
            (len(word) - most, len(word) + most),
        )
        return near(word, rows)[:3]


def _fill(connection: sqlite3.Connection, found: Iterable[Entry]) -> None:
    rows, folded = [], []
    for place, entry in enumerate(found, 1):
        names = entry.distinct_names()
        weight = TERM if entry.kind == "term" else 1 + log2(1 + entry.links) / LINKED
        rows.append((entry.iri, entry.kind, weight, entry.where, entry.label, "; ".join(names), entry.text,
                     entry.id))  # fmt: skip
        folded += [(" ".join(words_of(each)), place) for each in {entry.label, entry.id, *names}]
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO name VALUES (?, ?)", folded)
    connection.execute("INSERT INTO words(words) VALUES ('rebuild')")
    connection.execute("INSERT INTO words(words) VALUES ('optimize')")
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'row')")
    words = connection.execute("SELECT term, doc FROM temp.vocabulary").fetchall()
    connection.execute("DROP TABLE temp.vocabulary")
    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?, ?, ?)",
        [(word, stem(word), len(word), letters(word), count) for word, count in words],
    )
    connection.commit()
