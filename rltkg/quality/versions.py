"""Version, date and licence stand in several files; here they are compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rltkg.corpus.prefixes import OWN, PREFIXES
from rltkg.quality.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

    from rltkg.validation.report import Finding

VERSION = Rule(
    "version-mismatch",
    "A file names another version than the ontology does (owl:versionInfo), or none, or one that is not of the form "
    "1.2.3. Package, ontology, data and queries share one version.",
    "Write the version of the release there too.",
)
DATE = Rule(
    "date-mismatch",
    "CITATION.cff names another day of release than the ontology does (dcterms:issued).",
    "Write the day of the release in both.",
)
LICENCE = Rule(
    "licence-mismatch",
    "A file names another licence than the ontology does (dcterms:license), or none.",
    "Write the licence of the data there: its name in CITATION.cff and pyproject.toml, its address in LICENSE-data.",
)
ONTOLOGY = OWN + "ontology"
# The names of licences (SPDX) by their addresses.
_LICENCES = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0"}
_PLACES = {
    "CITATION.cff": r"^version: *\"?([^\"\n]*)",
    "CHANGELOG.md": r"^## \[?v?([^\s\]]*)",
    "rltkg/__init__.py": r"^__version__ = \"([^\"\n]*)",
}


def version_findings(store: Store, root: Path) -> Iterator[Finding]:
    """Yield where versions, days and licences differ, in the ontology and in the files below `root`.

    A file that an installed package does not have is looked for only in a folder with pyproject.toml.
    """
    rows = store.query(
        f"SELECT ?path ?value {{ <{ONTOLOGY}> ?path ?value FILTER(!isBlank(?value)) }}", use_default_graph_as_union=True
    )
    held = {row["path"].value: row["value"].value for row in rows}  # type: ignore[union-attr]
    version = held.get(PREFIXES["owl"] + "versionInfo", "")
    for path, value, fits in (
        (PREFIXES["owl"] + "versionInfo", version, re.fullmatch(r"\d+\.\d+\.\d+", version)),
        (PREFIXES["owl"] + "versionIRI", iri := held.get(PREFIXES["owl"] + "versionIRI", ""), _ends(iri, "/", version)),
        (
            PREFIXES["dcterms"] + "bibliographicCitation",
            cited := held.get(PREFIXES["dcterms"] + "bibliographicCitation", ""),
            _ends(cited, " version ", version + "."),
        ),
    ):
        if not fits:
            yield VERSION.finding(ONTOLOGY, path=path, value=value)
    for name, pattern in _PLACES.items():
        yield from _differing(VERSION, root, name, pattern, version)
    issued = held.get(PREFIXES["dcterms"] + "issued", "")
    yield from _differing(DATE, root, "CITATION.cff", r"^date-released: *\"?([^\"\n]*)", issued)
    yield from _licences(root, held.get(PREFIXES["dcterms"] + "license", ""))


def _ends(text: str, mark: str, version: str) -> bool:
    return text.endswith(mark + version)


def _differing(rule: Rule, root: Path, name: str, pattern: str, wanted: str) -> Iterator[Finding]:
    """Yield a finding where the first match of `pattern` in a file is not what is wanted, or where there is none."""
    text = _text(root, name)
    if text is None:
        return
    found = re.search(pattern, text, re.MULTILINE)
    if not found or found[1].strip() != wanted:
        yield rule.in_file(name, text[: found.start()].count("\n") + 1 if found else 1, found[0] if found else "")


def _licences(root: Path, licence: str) -> Iterator[Finding]:
    spoken = _LICENCES.get(licence, licence)
    for name, wanted in (
        ("LICENSE-data", f"{licence}legalcode"),
        ("CITATION.cff", f"- {spoken}"),
        ("pyproject.toml", spoken),
    ):
        text = _text(root, name)
        if text is not None and wanted not in text:
            yield LICENCE.in_file(name, 1, wanted)


def _text(root: Path, name: str) -> str | None:
    """Return the text of a file; "" for one that should be there, None for one that need not."""
    path = root / name
    if path.is_file():
        return path.read_text(encoding="utf-8")
    return "" if (root / "pyproject.toml").exists() else None
