"""What CITATION.cff says of a release, read without a YAML library."""

from __future__ import annotations

import json
import re

from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.corpus.release import Release

_FIELD = re.compile(r"([\w-]+):(?:\s+(.*))?")
_ITEM = re.compile(r"\s+-\s+(.*)")
_MORE = re.compile(r"\s+([\w-]+):\s+(.*)")


class Facts:
    """Who made a release and what it is called: `title`, `authors`, `version`, `released` (ISO date), `url`, `text`.

    `licences` are SPDX names, `keywords` words; `text` is the whole file.
    """

    def __init__(self, text: str) -> None:
        held = _read(text)
        self.text = text
        self.title = str(held["title"])
        self.version = str(held["version"])
        self.released = str(held["date-released"])
        self.url = str(held["url"])
        self.licences = _texts(held.get("license", []))
        self.keywords = _texts(held.get("keywords", []))
        people = held["authors"]
        self.authors = [_author(person) for person in people if isinstance(person, dict)]


def facts(release: Release) -> Facts:
    """Return what the CITATION.cff of `release` says; UnavailableError where it is missing or cannot be read."""
    path = release.root / "CITATION.cff"
    try:
        return Facts(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnavailableError(f"{path} cannot be read ({error.strerror}); install rltkg afresh") from error
    except (KeyError, ValueError) as error:
        raise UnavailableError(f"{path}: {error} is missing or not understood; mend it or install afresh") from error


def _read(text: str) -> dict[str, str | list[str | dict[str, str]]]:
    """Return the top fields of a CFF file: `key: value`, and lists of values or of flat records."""
    held: dict[str, str | list[str | dict[str, str]]] = {}
    items: list[str | dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if field := _FIELD.fullmatch(line):
            items = []
            held[field[1]] = _plain(field[2]) if field[2] else items
        elif item := _ITEM.fullmatch(line):
            record = _FIELD.fullmatch(item[1])
            items.append({record[1]: _plain(record[2] or "")} if record else _plain(item[1]))
        elif (more := _MORE.fullmatch(line)) and items and isinstance(items[-1], dict):
            items[-1][more[1]] = _plain(more[2])
        else:
            raise ValueError(f"line {number}")
    return held


def _texts(value: str | list[str | dict[str, str]]) -> list[str]:
    return [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]


def _plain(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        return str(json.loads(value))
    return value[1:-1].replace("''", "'") if value.startswith("'") else value


def _author(person: dict[str, str]) -> str:
    return person.get("name") or ", ".join(person[key] for key in ("family-names", "given-names") if key in person)
