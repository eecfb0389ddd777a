"""How to cite: the facts of CITATION.cff with the digest, in forms that other tools read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

import rltkg
from rltkg.corpus import Release
from rltkg.corpus.citation import facts
from rltkg.errors import UnavailableError
from rltkg.results.citation import FORMS, cite

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg import KnowledgeGraph

CFF = """\
# a comment
cff-version: 1.2.0
title: "A \\"quoted\\" title: with 100% & more_under {braces}"
version: 2.0.1
date-released: '2027-01-31'
authors:
  - family-names: "O'Neil"
    given-names: Ann
    orcid: https://orcid.org/0000-0000-0000-0000
  - name: "A & B"
identifiers:
  - type: doi
    value: 10.5281/zenodo.1
license:
  - Apache-2.0
url: https://example.org/
"""


@pytest.fixture
def made_up(tmp_path: Path) -> Release:
    """Return a release whose CITATION.cff has what ours has not: several authors, a DOI, awkward characters."""
    (tmp_path / "CITATION.cff").write_text(CFF, encoding="utf-8")
    release = Release(tmp_path)
    release.files = []
    return release


def test_the_facts_are_those_that_yaml_reads(release: Release, made_up: Release) -> None:
    for each in (release, made_up):
        held, known = yaml.safe_load((each.root / "CITATION.cff").read_text(encoding="utf-8")), facts(each)

        assert (known.title, known.version, known.url) == (held["title"], str(held["version"]), held["url"])
        assert known.released == str(held["date-released"])
        assert len(known.authors) == len(held["authors"])
    assert facts(made_up).authors == ["O'Neil, Ann", "A & B"]
    assert facts(release).version == rltkg.__version__


@pytest.mark.parametrize("form", FORMS)
def test_every_form_names_release_and_digest(form: str, release: Release) -> None:
    text = cite(form)

    assert facts(release).title in text
    assert rltkg.__version__ in text
    assert release.digest[:12] in text
    assert (release.digest in text) == (form != "text")
    assert "https://w3id.org/rltkg/" in text


def test_text_is_one_sentence_to_paste(release: Release) -> None:
    assert cite() == (
        "The rltkg contributors (2026). rltkg: a knowledge graph of health-system readiness for radioligand therapy "
        f"(version 0.1.0, release digest {release.digest[:12]}) [Data set]. https://w3id.org/rltkg/"
    )


def test_bibtex_escapes_what_tex_would_read(made_up: Release) -> None:
    text = cite("bibtex", made_up)

    assert r'title = {{A "quoted" title: with 100\% \& more\_under \{braces\}}}' in text
    assert r"author = {{O'Neil, Ann} and {A \& B}}" in text
    assert text.startswith("@misc{rltkg-2.0.1,\n")
    assert re.sub(r"\\[{}]", "", text).count("{") == re.sub(r"\\[{}]", "", text).count("}")


def test_ris_has_two_letter_tags_in_order(made_up: Release) -> None:
    lines = cite("ris", made_up).splitlines()

    assert [line[:6] for line in lines] == [
        f"{tag}  - " for tag in ("TY", "TI", "AU", "AU", "PY", "DA", "ET", "UR", "N1", "ER")
    ]
    assert lines[5] == "DA  - 2027/01/31"


def test_cff_stays_valid_and_gains_the_digest(release: Release, made_up: Release) -> None:
    ours, theirs = yaml.safe_load(cite("cff")), yaml.safe_load(cite("cff", made_up))

    assert ours["identifiers"] == [
        {"type": "other", "value": f"sha256:{release.digest}", "description": "digest of the release"}
    ]
    assert [each["type"] for each in theirs["identifiers"]] == ["other", "doi"]
    assert {key: value for key, value in theirs.items() if key != "identifiers"} == {
        key: value for key, value in yaml.safe_load(CFF).items() if key != "identifiers"
    }


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("title: x\n", "'version' is missing"),
        ("title: x\n  - - deep\n   oops\n", "line 3"),
        ('title: "x\n', "missing or"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, needle: str) -> None:
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")

    with pytest.raises(UnavailableError, match=needle) as error:
        facts(Release(tmp_path))
    assert str(tmp_path) in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"CITATION\.cff cannot be read"):
        facts(Release(tmp_path))


def test_an_answer_is_cited_with_its_question(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication=["lymphoma", "prostate cancer"], as_at="2018")

    assert answer.citation == (
        f"{cite()} Answer to the query guidelines_omitting_rlt (indication: lymphoma, prostate cancer; as at: "
        f"2018-12-31); {len(answer)} rows."
    )
    assert len(answer) > 1


def test_what_is_not_the_release_is_told(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("<http://e/a> <http://e/b> 1 .", encoding="utf-8")
    added = rltkg.open(extra=tmp_path / "mine.ttl").ask("figures").citation
    other = rltkg.open(tmp_path).ask("figures").citation

    assert cite() in added
    assert "With files that are not part of it: mine.ttl." in added
    assert other.startswith(f"folder {tmp_path.name}, digest ")
    assert graph.release.digest[:12] not in other
    assert other.endswith("Answer to the query figures (as at: 2021-12-31); 0 rows.")
