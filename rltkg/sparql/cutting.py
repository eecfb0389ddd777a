"""Takes a result as it streams in and cuts it at its limits, between two rows or triples."""

from __future__ import annotations

import re

BIGGEST = 256 << 20
_END = b"]}}"
# One row of the JSON results format up to the comma before the next: outside strings, `},{` stands only between rows.
_ROW = re.compile(rb'(?:[^"}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+"|\}(?!,\{))*+\}(?=,\{)', re.DOTALL)


class Cut:
    """Collects the bytes of a result: rows in the JSON results format, or triples as lines of N-Triples.

    `limit` is how many rows or triples are kept; `because` tells why there are not more, None where nothing was cut.
    """

    def __init__(self, limit: int, *, graph: bool, biggest: int = BIGGEST) -> None:
        self.content = bytearray()
        self.because: str | None = None
        self._limit = limit
        self._graph = graph
        self._biggest = biggest
        self._rows = 0  # whole rows, and where they end: known only as far as was needed
        self._end = 0
        self._seen = 0  # at least as many rows as there are, as far as was looked at
        self._looked = 0

    def take(self, chunk: bytes) -> bool:
        """Add `chunk`; return whether that is enough, the content then being cut."""
        self.content += chunk
        if self._graph:
            self._seen += chunk.count(b"\n")
            if self._seen > self._limit:
                return self._close(self._line(self._limit), f"{self._limit:,} triples")
        elif self._too_many():
            return self._close(self._end, f"{self._limit:,} rows")
        if len(self.content) > self._biggest:
            if self._graph:
                return self._close(self.content.rfind(b"\n") + 1, f"{self._biggest >> 20:,} MiB")
            self._advance(len(self.content))
            return self._close(self._end, f"{self._biggest >> 20:,} MiB")
        return False

    def _too_many(self) -> bool:
        # A cheap count first, of what may be a boundary: strings may hold some too. Only beyond the limit is it exact.
        place = max(0, self._looked - 2)
        self._seen += self.content.count(b"},{", place)
        self._looked = len(self.content)
        if self._seen < self._limit:
            return False
        self._advance(self._limit)
        return self._rows == self._limit

    def _advance(self, rows: int) -> None:
        """Go on from the last known boundary, until `rows` rows are counted or the content ends."""
        while self._rows < rows:
            match = _ROW.match(self.content, self._end + 1 if self._rows else 0)
            if match is None:
                return
            self._rows += 1
            self._end = match.end()

    def _line(self, number: int) -> int:
        """Return where line `number` ends."""
        return next(match.end() for place, match in enumerate(re.finditer(rb"\n", self.content), 1) if place == number)

    def _close(self, end: int, most: str) -> bool:
        if not self._graph and not end:
            end = self.content.find(b"[", self.content.find(b'"results"')) + 1
        del self.content[end:]
        if not self._graph:
            self.content += _END
        what = "triples" if self._graph else "rows"
        self.because = f"The answer was cut at {most}, its limit; there are more {what}."
        return True
