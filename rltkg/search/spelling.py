"""Words: how a text falls into them, which are forms of one another, and which are near to one that is misspelt."""

from __future__ import annotations

import re
import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 4  # a shorter word has a neighbour in any vocabulary
_MIDDLE = 6
_LONG = 10
_ENDINGS = [
    (re.compile(pattern), ending)
    for pattern, ending in (("our$", "or"), ("tre$", "ter"), ("ense$", "ence"), ("is(e|ed|ing|ation)$", r"iz\1"))
]


def words_of(text: str) -> list[str]:
    """Return the words of `text` in order, in lower case and without accents: runs of letters and digits.

    Whatever else stands in the text (quotes, brackets, control characters) parts words and is gone; what cannot be seen
    (soft hyphens, marks of direction) is gone and parts none.
    """
    # The same folding as the tokenizer of the index, so casefold(), which would make two letters of one, is not used.
    bare = "".join(each for each in unicodedata.normalize("NFD", _seen(text)) if not unicodedata.combining(each))
    return _WORD.findall(unicodedata.normalize("NFC", bare).lower())


def typed_words(text: str) -> dict[str, str]:
    """Return the different words of `text` as words_of gives them, in order, each with its first form as typed."""
    typed: dict[str, str] = {}
    for raw in _WORD.findall(unicodedata.normalize("NFC", _seen(text))):
        for word in words_of(raw):
            typed.setdefault(word, raw)
    return typed


def stem(word: str) -> str:
    """Return what the forms of `word` share that mean the same: singular and plural, British and American spelling.

    So therapies and therapy, tumours and tumor, licence and license meet; words of different sense do not.
    """
    if len(word) < _SHORTEST:
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        word = word[:-3] + "y"
    elif not word.endswith(("ss", "us", "is")):
        word = word.removesuffix("s")
    word = word.replace("ae", "e").replace("oe", "e")
    if len(word) >= _MIDDLE:
        for pattern, ending in _ENDINGS:
            word = pattern.sub(ending, word)
    return word


def letters(word: str) -> int:
    """Return the set of the letters of `word` as bits: at least n / 2 edits part words that differ in n bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def reach(word: str) -> int:
    """Return how many edits away a word may lie and still be taken for `word` misspelt; 0 for none.

    Words with digits and very short ones have no neighbours: 2015 is no misspelt 2016. The bounds keep names that are
    not in the graph from being taken for words that are.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) < _LONG else 2


def near(word: str, vocabulary: Iterable[tuple[str, int]]) -> list[str]:
    """Return the words of `vocabulary` (pairs of word and `letters`) that `word` may be a misspelling of.

    Only the nearest are returned, in the order of the vocabulary: those the fewest edits away. The first letter must be
    right, or swapped with the second, left out or put in; in a word of less than six letters only a swap is mended.
    """
    most = reach(word)
    bits = letters(word)
    edits: dict[str, int] = {}
    for other, others in vocabulary:
        # One edit can take one letter out of the set and bring another in.
        if (bits ^ others).bit_count() > 2 * most or not (other[0] in word[:2] or word[0] in other[:2]):
            continue
        if len(word) >= _MIDDLE or sorted(word) == sorted(other):
            edits[other] = distance(word, other, most)
    fewest = min(edits.values(), default=most + 1)
    return [other for other in edits if edits[other] == fewest <= most]


def distance(one: str, other: str, most: int) -> int:
    """Return how many edits part two words: a letter put in, left out, changed, or swapped with its neighbour.

    Where there are more than `most`, the result is `most` + 1.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            edits = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                edits = min(edits, before[column - 2] + 1)
            line.append(edits)
        if min(line) > most and min(last) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


def _seen(text: str) -> str:
    return "".join(each for each in text if unicodedata.category(each) != "Cf")
