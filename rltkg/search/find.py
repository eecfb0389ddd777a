"""Finds what people look for by words: all of them, else some, and the nearest for one that is misspelt."""

from __future__ import annotations

from itertools import pairwise

from rltkg.errors import InputError
from rltkg.search.findings import KINDS, Findings
from rltkg.search.index import Hit, Index
from rltkg.search.spelling import typed_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.store import Store

LIMIT = 20
LONGEST = 500
MOST = 10_000
MOST_WORDS = 32
# Words that stand in any sentence: left out of a search, unless nothing else is looked for.
_SMALL = frozenset(
    ("a", "an", "and", "are", "as", "at", "by", "do", "does", "for", "from", "how", "in", "is", "it", "of", "on", "or",
     "that", "the", "to", "what", "when", "where", "which", "who", "why", "with")
)  # fmt: skip


def index_of(store: Store) -> Index:
    """Return the index over `store`: the one that is kept for its release, or a new one.

    It is kept only where the store knows the digest of what it holds. A remote store is fetched whole, which takes less
    than the questions would. Raises what reading the release and the store raise, and UnavailableError where the SQLite
    of this Python has no full-text search.
    """
    if store.digest is None:
        return Index.built(store.here())
    return Index.cached(store.digest) or Index.built(store.here(), store.digest)


def find(  # noqa: PLR0913 - what, where and how much
    words: str, index: Index, store: Store, release: str, *, kind: str | None = None, limit: int = LIMIT
) -> Findings:
    """Return what `index`, that of `store`, holds for `words`: the best hits, of one `kind` (a key of KINDS) or any.

    Every word must be in a hit; a singular finds the plural and the other way round, and the last word may be the
    beginning of one. Where nothing holds a word, the nearest words of the graph stand in for it; where nothing holds
    them all, what holds some is found; the findings' remarks tell. Raises InputError where there is no word, or more
    than LONGEST characters, or where there is no such kind or limit.
    """
    plan = _Plan(_checked(words, kind, limit), index)
    hits: list[Hit] = []
    for match in plan.matches:
        hits = index.hits(match, kind, plan.name, limit)
        if hits:
            if match is not plan.matches[0]:
                plan.remarks.append("no hit for all of the words together; showing what holds some of them")
            return _told(Findings(words, hits, index.counts(match, kind), store, release), plan, kind)
    elsewhere = index.counts(plan.matches[-1], None) if plan.matches and kind else {}
    return _told(Findings(words, [], elsewhere, store, release), plan, kind)


class _Plan:
    """What is looked for: FTS5 expressions, the strictest first, and the whole as a name."""

    def __init__(self, typed: dict[str, str], index: Index) -> None:
        self.remarks: list[str] = []
        self.lost: list[str] = []
        self._index = index
        self._typed = typed
        self._replaced: dict[str, str] = {}
        # A small word that is written in capitals is an abbreviation, such as WHO.
        telling = [word for word in typed if word not in _SMALL or (typed[word].isupper() and len(word) > 1)]
        words = (telling or list(typed))[:MOST_WORDS]
        # What is typed as two words may be one in the graph (radio-ligand, radioligand): it stands for either half.
        joined: dict[str, list[str]] = {}
        for one, other in pairwise(words):
            for half in (one, other):
                joined.setdefault(half, []).extend(index.forms(one + other))
        clauses = [clause for word in words if (clause := self._clause(word, joined.get(word, [])))]
        if len(telling) > MOST_WORDS:
            self.remarks.append(f"only the first {MOST_WORDS} words are looked for")
        if self.lost and clauses:
            self.remarks.append(f"no hit for {' and '.join(map(repr, self.lost))}; showing what holds the other words")
        self.name = " ".join(self._replaced.get(word, word) for word in typed if typed[word] not in self.lost)
        self.matches = [joint.join(clauses) for joint in (" AND ", " OR ")[: len(clauses)]]

    def _clause(self, word: str, joined: list[str]) -> str:
        """Return the expression for one word, or "" where nothing is like it."""
        forms = [*self._index.forms(word), *joined]
        last = word == next(reversed(self._typed)) and len(word) > 1
        start = [f'"{word}"*'] if last and self._index.begins(word) else []
        if not forms and not start:
            near = self._index.near(word)
            if not near:
                self.lost.append(self._typed[word])
                return ""
            self._replaced[word] = near[0]
            forms = list(dict.fromkeys(form for each in near for form in self._index.forms(each)))
            self.remarks.append(f"no hit for {self._typed[word]!r}; showing {' or '.join(near)}")
        # In quotes a word is a word to FTS5, whatever it says; and only letters and digits are in it.
        return "(" + " OR ".join([f'"{form}"' for form in forms] + start) + ")"


def _checked(words: str, kind: str | None, limit: int) -> dict[str, str]:
    """Return the words that are looked for, each with its form as typed; InputError where something is wrong."""
    from rltkg.nearest import nearest, sayable

    if len(words) > LONGEST:
        raise InputError(f"The words are {len(words):,} characters long; {LONGEST} are allowed: look for fewer")
    if kind is not None and kind not in KINDS:
        raise InputError(f"There is no kind {sayable(kind)}; {nearest(kind, list(KINDS))}")
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST:
        raise InputError(f"The limit is {limit!r}; it must be a whole number from 1 to {MOST:,}")
    typed = typed_words(words)
    if not typed:
        raise InputError(f"There is no word to look for in {sayable(words)}; give at least one letter or digit")
    return typed


def _told(findings: Findings, plan: _Plan, kind: str | None) -> Findings:
    """Write into `findings` what a reader must know of them."""
    findings.remarks = plan.remarks
    sentences = [remark[:1].upper() + remark[1:] + "." for remark in plan.remarks]
    most_first = sorted(findings.totals.items(), key=lambda pair: (-pair[1], pair[0]))
    counts = ", ".join(f"{each} {count:,}" for each, count in most_first)
    total = sum(findings.totals.values())
    if findings.hits:
        if total > len(findings.hits):
            sentences.append(f"The best {len(findings.hits)} of {total:,} hits are shown; by kind: {counts}.")
        findings.cut_because = " ".join(sentences) or None
        return findings
    if not plan.matches:
        like = "words like them" if len(plan.lost) > 1 else "a word like it"
        sentences.append(f"Nothing in the graph holds {' or '.join(map(repr, plan.lost))} or {like}.")
    elif kind:
        sentences.append(f"No {kind} holds these words; hits of other kinds: {counts}.")
    findings.totals = {}
    findings.empty_because = " ".join(sentences)
    return findings
