"""Copies of the release that a test may change."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rltkg.corpus import shipped

if TYPE_CHECKING:
    from pathlib import Path

PARTS = ("data", "ontology", "queries")
HEAD = """@prefix code: <https://w3id.org/rltkg/code/> .
@prefix graph: <https://w3id.org/rltkg/graph/> .
@prefix page: <https://w3id.org/rltkg/page/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rlt: <https://w3id.org/rltkg/ontology/> .
@prefix thing: <https://w3id.org/rltkg/thing/> .

"""
GUIDELINE = f"""{HEAD}graph:updates a rlt:ReleaseGraph .

page:sample-guideline-recommends a rlt:Position ;
    rdfs:label "The sample guideline recommends RLT"@en ;
    rlt:contentOf thing:sample-guideline ;
    rlt:coverage code:coverage-included ;
    rlt:indication thing:lymphoma ;
    rlt:modality code:modality-asserted ;
    rlt:passage page:passage-sample ;
    rlt:polarity code:polarity-affirmed ;
    rlt:statedIn thing:sample-guideline ;
    rlt:statedOnYear 2026 ;
    rlt:strength code:strength-recommends ;
    rlt:text "The guideline of 2026 recommends RLT in lymphoma."@en .

page:passage-sample a rlt:Passage ;
    rlt:inDocument thing:sample-guideline ;
    rlt:printedStrength "should" .

thing:sample-guideline a rlt:Document ;
    rdfs:label "Sample guideline"@en ;
    rlt:documentKind code:document-kind-guideline ;
    rlt:publicationYear 2026 ;
    rlt:publisher thing:bsh ;
    rlt:webPage <https://example.org/guideline> .
"""


def copied(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Copy the release into `folder`; each of `changes` replaces a text of a file, which must be there, by another."""
    for part in PARTS:
        shutil.copytree(shipped().root / part, folder / part)
    for name, old, new in changes:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def cut(folder: Path, name: str, node: str) -> None:
    """Take the description of `node` out of a file of the copy."""
    path = folder / name
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if not block.startswith(f"{node} a ")]
    assert len(kept) == len(blocks) - 1
    path.write_text("\n\n".join(kept), encoding="utf-8")
