"""The difference of two texts, line by line, as `diff -u` writes it and `patch` reads it."""

from __future__ import annotations

from difflib import unified_diff

_NO_BREAK = "\\ No newline at end of file\n"


def difference(name: str, old: str, new: str) -> str:
    """Return the unified diff of the texts of the file `name`; an empty text where they are equal."""
    lines = unified_diff(_lines(old), _lines(new), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_BREAK}" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of `text` with their ends; only a line feed ends one, as for other tools."""
    return [line + "\n" for line in text.split("\n")[:-1]] + [each for each in text.split("\n")[-1:] if each]
