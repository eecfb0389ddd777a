"""What a query is and what it refers to, read from its tokens; what may not run is refused here."""

from __future__ import annotations

from functools import cached_property

from rltkg.corpus.prefixes import PREFIXES
from rltkg.sparql.lexer import tokens
from rltkg.sparql.places import mistake, place
from rltkg.sparql.words import FORMS, UPDATES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.errors import InputError
    from rltkg.sparql.lexer import Token

_PROLOGUE = {
    "BASE": (["iri"], "BASE <...>"),
    "PREFIX": (["name", "iri"], "PREFIX name: <...>"),
    "VERSION": (["text"], 'VERSION "1.2"'),
}
_GRAPHS = ("CONSTRUCT", "DESCRIBE")
_LISTED = 5


class Reading:
    """A query as it was read: its tokens, its form, its prefixes, and the IRIs that it names.

    `text` is the user's; `full` what the engine gets: the same with declarations before it (`lines` of them) of those
    prefixes of this project that the user took for granted; `start` is the place of the form among the tokens.
    """

    def __init__(self, text: str, found: list[Token]) -> None:
        self.text = text
        self.tokens = found
        self.declared: dict[str, str] = {}
        self.start = self._prologue()
        self.form = found[self.start].upper
        used = {_prefix(each) for each in found[self.start :] if each.kind == "name"} - self.declared.keys()
        self.assumed = {prefix: PREFIXES[prefix] for prefix in sorted(used & PREFIXES.keys())}
        self.names_graphs = any(each.upper == "FROM" for each in found)

    @cached_property
    def iris(self) -> list[tuple[int, str]]:
        """The place of each token that names an IRI, outside the prologue, with the IRI.

        Raises InputError for a prefix that is neither declared nor one of this project.
        """
        return list(self._iris())

    @property
    def is_graph(self) -> bool:
        """Whether the query gives a graph rather than rows or a truth value."""
        return self.form in _GRAPHS

    @property
    def lines(self) -> int:
        """How many lines stand before the user's text in `full`."""
        return len(self.assumed)

    @property
    def full(self) -> str:
        """The text that the engine gets."""
        return self.with_prefixes(self.text)

    def with_prefixes(self, text: str) -> str:
        """Return `text`, a version of the user's, with the same declarations before it."""
        return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in self.assumed.items()) + text

    def where(self, token: Token) -> str:
        """Return the place of `token` in the user's text, in words."""
        line, column = place(self.text, token.start)
        return f"line {line}, column {column}"

    def wrong(self, token: Token, what: str) -> InputError:
        """Return the error that says `what` is wrong at `token`."""
        return mistake(self.text, token.start, what)

    def _prologue(self) -> int:
        """Take note of the prefixes that the text declares; return the place of the first token behind them."""
        found = self.tokens
        start = 0
        while start < len(found) and found[start].upper in _PROLOGUE:
            kinds, due = _PROLOGUE[found[start].upper]
            given = found[start + 1 : start + 1 + len(kinds)]
            if [each.kind for each in given] != kinds or (kinds[0] == "name" and given[0].text[-1] != ":"):
                raise self.wrong(found[start], f"this declaration is not complete; write {due}")
            if kinds[0] == "name":
                self.declared[_prefix(given[0])] = given[1].text[1:-1]
            start += 1 + len(kinds)
        if start >= len(found):
            raise mistake(self.text, len(self.text.rstrip()), f"there is no query here; it begins with {_forms()}")
        first = found[start]
        if first.upper not in FORMS:
            _refuse(self, first)
            raise self.wrong(first, f"a query begins with {_forms()}, not with {first.text}")
        return start

    def _iris(self) -> Iterable[tuple[int, str]]:
        prefixes = self.declared | self.assumed
        for at in range(self.start, len(self.tokens)):
            token = self.tokens[at]
            if token.kind == "iri":
                yield at, token.text[1:-1]
            elif token.kind == "name":
                prefix, _, local = token.text.partition(":")
                if prefix not in prefixes:
                    raise self.wrong(token, _undeclared(prefix, prefixes))
                yield at, prefixes[prefix] + _unescaped(local)


def read(text: str, graphs: Iterable[str]) -> Reading:
    """Return what `text` is, where it is a query that only reads and asks no more than `graphs` (IRIs).

    Raises InputError, with line and column: for what the lexer refuses, for updates, for SERVICE, for FROM with another
    graph, and for a prefix that is neither declared nor one of this project.
    """
    reading = Reading(text, tokens(text))
    found = reading.tokens
    depth = 0
    for at, token in enumerate(found):
        depth += (token.text == "{") - (token.text == "}")
        if token.kind == "word" or (depth and _is_glued(found, at)):
            _refuse(reading, token)
    named = dict(reading.iris)
    for at in [at for at, token in enumerate(found) if token.upper == "FROM"]:
        _check_graph(reading, at, named, set(graphs))
    return reading


def _refuse(reading: Reading, token: Token) -> None:
    """Refuse a word that would change data or ask another endpoint."""
    if token.upper in UPDATES:
        raise reading.wrong(
            token, f"{token.upper} belongs to an update, and rltkg only reads; a query begins with {_forms()}"
        )
    if token.upper == "SERVICE" or token.kind == "name":
        raise reading.wrong(
            token, "SERVICE would ask another endpoint over the network; ask this graph alone, without it"
        )


def _is_glued(found: list[Token], at: int) -> bool:
    """Say whether a name inside braces is SERVICE run into a name: some engines read `SERVICEex:a {` as two tokens."""
    token = found[at]
    if token.kind != "name" or "SERVICE" not in _prefix(token).upper():
        return False
    return found[at - 1].upper != "GRAPH" and at + 1 < len(found) and found[at + 1].text == "{"


def _check_graph(reading: Reading, at: int, named: dict[int, str], known: set[str]) -> None:
    after = [each.upper for each in reading.tokens[at + 1 : at + 2]]
    target = at + 2 if after == ["NAMED"] else at + 1
    if target not in named or named[target] in known:  # where it is no IRI, the grammar tells
        return
    from rltkg.sparql.terms import short

    token = reading.tokens[target]
    listed = ", ".join(short(graph) for graph in sorted(known)[:_LISTED])
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    raise reading.wrong(
        token,
        f"there is no graph {token.text} here, and nothing is fetched from elsewhere; leave FROM out to ask all "
        f"graphs, or name one of {listed}{more}",
    )


def _undeclared(prefix: str, prefixes: dict[str, str]) -> str:
    from rltkg.nearest import closest

    meant = closest(prefix, sorted({*PREFIXES, *prefixes}))
    hint = f" (did you mean {' or '.join(f'{each}:' for each in meant)}?)" if meant else ""
    return f"the prefix {prefix}: is not declared{hint}; write PREFIX {prefix}: <...> before the query"


def _prefix(token: Token) -> str:
    return token.text.partition(":")[0]


def _unescaped(local: str) -> str:
    """Return the last part of a prefixed name without the backslashes that let it hold marks."""
    return local.replace("\\", "")


def _forms() -> str:
    return f"{', '.join(FORMS[:-1])} or {FORMS[-1]}"
