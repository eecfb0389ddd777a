"""Comments of a Turtle file, each kept with what it belongs to, and where the layout puts them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    Key = tuple[object, ...]
    Row = tuple[str, str, Key]

_GAP = "  "


class Heading(NamedTuple):
    """Comments that stand alone, above an empty line, and the offset of the first."""

    comments: list[str]
    start: int


class Notes:
    """The comments of one text, from their # to the end of their line.

    A key names what a comment belongs to by its terms: (subject,), (subject, predicate) or (subject, predicate,
    object). `above` stand in lines of their own before it, `beside` at the end of its line; `below` stand after the
    statements about a subject. `head` and `foot` stand at the ends of the text, `prefixes` beside the declaration of a
    namespace. `headings` stand above several subjects. An empty text is an empty line.
    """

    def __init__(self, place: Callable[[int], str] = str) -> None:
        """Begin without comments; `place` tells the file and line of an offset."""
        self._place = place
        self.head: list[str] = []
        self.foot: list[str] = []
        self.prefixes: dict[str, list[str]] = defaultdict(list)
        self.above: dict[Key, list[str]] = defaultdict(list)
        self.beside: dict[Key, list[str]] = defaultdict(list)
        self.below: dict[object, list[str]] = defaultdict(list)
        self.headings: list[Heading] = []
        self._under: dict[object, int] = {}

    @property
    def of_triples(self) -> bool:
        """Whether any comment belongs to a subject or to what is said of it."""
        return bool(self.above or self.beside or self.below)

    def follow(self, subject: object) -> None:
        """Learn that `subject` stands below the headings so far; where it stands first counts."""
        self._under.setdefault(subject, len(self.headings))

    def over(self, order: Sequence[object]) -> dict[object, str]:
        """Return the headings, each for the first of its subjects in their new `order`.

        Raises InputError, with the place of the heading, where it would no longer stand above all of its subjects and
        above no others.
        """
        placed: dict[object, str] = {}
        before = 0
        done = {0}
        for subject in order if self.headings else ():
            under = self._under[subject]
            if under == before:
                continue
            if under in done:
                raise self._parted(max(under, 1), before)
            done.add(under)
            placed[subject] = "\n".join(self.headings[under - 1].comments)
            before = under
        for number in range(1, len(self.headings) + 1):
            if number not in done:
                raise self._parted(number, number)
        return placed

    def _parted(self, *numbers: int) -> InputError:
        place = self._place(self.headings[min(numbers) - 1].start)
        return InputError(
            f"{place}: the comment there stands alone above subjects that the layout puts apart, by kind and IRI; put "
            "it right above the subject that it is about, without an empty line. The file is as it was."
        )

    def at_head(self, used: Collection[str]) -> str:
        """Return the lines above the prefixes, among them what stood at namespaces that are not `used`."""
        homeless = [
            comment
            for namespace, comments in self.prefixes.items()
            for comment in (comments[:-1] if namespace in used else comments)
        ]
        return "\n".join(trimmed([*self.head, *homeless]))

    def at_prefix(self, namespace: str) -> str:
        """Return what stands at the end of the line that declares `namespace`."""
        return _GAP + self.prefixes[namespace][-1] if namespace in self.prefixes else ""

    def around(self, subject: object, rows: Sequence[Row], step: str) -> list[str]:
        """Return the lines about `subject` with its comments.

        A row is the text of a predicate, an object or both, what ends it, and (predicate,) or (predicate, object).
        """
        top = list(self.above.get((subject,), ()))
        lines: list[str] = []
        verb: object = None
        for text, end, what in rows:
            keys: list[Key] = [(subject, *what)]
            if len(what) == 1:
                verb = what[0]
            elif what[0] != verb:  # predicate and object in one line
                keys.insert(0, (subject, what[0]))
            *spare, last = ["", *(each for key in keys for each in self.beside.get(key, ()))]
            over = [*(each for key in keys for each in self.above.get(key, ()) if each), *filter(None, spare)]
            line = text + end + (_GAP + last if last else "")
            if lines:
                indent = step + text[: len(text) - len(text.lstrip(" "))]
                lines += [*(indent + each for each in over), step + line]
            else:
                top += over
                lines.append(line)
        return [*trimmed(top, gap=True), *lines, *(step + each for each in self.below.get(subject, ()) if each)]

    def all(self) -> list[str]:
        """Return every comment, sorted."""
        held = [self.head, self.foot, *(heading.comments for heading in self.headings)]
        for part in self._parts():
            held += part.values()
        return sorted(comment for comments in held for comment in comments if comment)

    def tidy(self) -> None:
        """Forget what nothing belongs to."""
        for part in self._parts():
            for key in [key for key, comments in part.items() if not comments]:
                del part[key]

    def _parts(self) -> tuple[dict[Any, list[str]], ...]:
        return (self.prefixes, self.above, self.beside, self.below)


def trimmed(lines: Sequence[str], *, gap: bool = False) -> list[str]:
    """Return `lines` without two empty ones in a row, and with none at their ends but, for `gap`, the last."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    if kept and not kept[-1] and not gap:
        kept.pop()
    return kept
