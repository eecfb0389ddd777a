"""Repairs in the text as written: only the words in question change, and only where nothing else can be meant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rltkg
from rltkg.corpus.prefixes import OWN
from rltkg.errors import InputError
from rltkg.validation.guards.sureness import the_only
from rltkg.writing.fixing import Proposal, proposed
from tests.validation.samples import HEAD, SAMPLE, written
from tests.validation.test_typos import iri, seeded, slips

if TYPE_CHECKING:
    from rltkg.corpus import Release

ENGINE = "pyshifty"
RIGHT = {
    "unknown-property": ("rlt:authority my:agency", "rlt:autority my:agency"),
    "unknown-class": ("a rlt:StatusEvent", "a rlt:StatusEvnet"),
    "undefined-iri": ("code:topic-licensing", "code:topic-licencing"),
    "another-namespace": ("rlt:indication thing:net", "rlt:indication code:net"),
    "in-full": ("rlt:authority my", "<https://w3id.org/rltkg/ontology/autority> my"),
    "integer": ("rlt:eventYear 2024", "rlt:eventYear 02024"),
    "quoted": ("rlt:eventYear 2024", 'rlt:eventYear """+2024"""^^ xsd:integer'),
    "several": ("rlt:polarity code:polarity-affirmed", "rlt:polartiy code:polarity-afirmed"),
}
FOUND = {"another-namespace": "undefined-iri", "in-full": "unknown-property", "integer": "non-canonical-literal",
         "quoted": "non-canonical-literal", "several": "undefined-iri"}  # fmt: skip
WRITTEN = {
    "in-full": ("rlt:authority my", "<https://w3id.org/rltkg/ontology/authority> my"),
    "quoted": ("rlt:eventYear 2024", 'rlt:eventYear """2024"""^^ xsd:integer'),
}
ASKED = {
    "another-year": ("thing:lutathera ;", "thing:nice-lymphoma-guideline-2017 ;"),
    "a-short-name": ("thing:net", "thing:nex"),
    "a-plural": ("thing:lutathera ;", "thing:lutatheras ;"),
    "a-word-more": ("code:topic-licensing", "code:topic-licensing-law"),
    "another-vocabulary": ("rlt:authority my", "<https://schema.org/authority> my"),
    "a-namespace-of-their-own": ("rlt:indication thing:net", "rlt:indication my:net"),
    "a-property-of-their-own": ("rlt:authority", "my:authority"),
    "near-two": ("rdfs:label", "rlt:indicato"),
    "no-date": ('"2024-05-06"', '"6 May 2024"'),
}


def fix(path: Path) -> Proposal:
    """Return what can be mended in a file, which must be all of it or nothing."""
    return proposed([str(path)], engine=ENGINE)


@pytest.mark.parametrize("case", RIGHT)
def test_each_sort_of_suggestion_is_mended(case: str, tmp_path: Path) -> None:
    """The text becomes what it was before the slip, and nothing is left to be found."""
    before = SAMPLE.replace(*WRITTEN[case]) if case in WRITTEN else SAMPLE
    path = written(tmp_path, RIGHT[case])
    proposal = fix(path)

    assert [repair.name for repair in proposal.repairs] == [str(path)]
    assert FOUND.get(case, case) in {finding.rule for finding in proposal.repairs[0].findings}
    assert proposal.count == (2 if case == "several" else 1)
    assert proposal.repairs[0].new == before
    assert path.read_text(encoding="utf-8") != before
    proposal.repairs[0].apply()
    assert path.read_text(encoding="utf-8") == before
    assert fix(path).repairs == ()
    assert [finding.rule for finding in fix(path).left] == []


@pytest.mark.parametrize("case", ASKED)
def test_what_may_mean_something_else_is_asked(case: str, tmp_path: Path) -> None:
    """Nothing changes, and the finding is left for a person."""
    text = SAMPLE.replace(*ASKED[case], 1)
    path = tmp_path / "asked.ttl"
    path.write_text(text, encoding="utf-8")
    proposal = fix(path)

    assert text != SAMPLE
    assert proposal.repairs == ()
    assert proposal.left.fails()


def test_thirty_slips(tmp_path: Path) -> None:
    """Most are mended, each as it should be, and nothing else is; what is mended is not found again, the rest is."""
    path = tmp_path / "contribution.ttl"
    text = seeded()
    path.write_text(text, encoding="utf-8")
    proposal = fix(path)
    (repair,) = proposal.repairs
    mended = [(wrong, right) for *_, right, wrong in slips() if f"{wrong} " not in repair.new]
    expected = text
    for wrong, right in mended:
        expected = expected.replace(f"{wrong} ", f"{right} ")

    assert repair.new == expected
    assert proposal.count == len(mended) == 22
    repair.apply()
    left = {finding.suggestion.original for finding in fix(path).left if finding.suggestion}
    assert left == {iri(wrong) for *_, wrong in slips()} - {iri(wrong) for wrong, _ in mended}


@pytest.mark.parametrize("space", ["thing", "code"])
def test_no_name_of_the_graph_is_taken_for_another(space: str, release: Release) -> None:
    """Were it missing, it would not be replaced by what is most like it."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in {file.path for file in release.files})
    names = set(re.findall(rf"^{space}:(\S+) ", text, re.MULTILINE))

    assert len(names) > 250
    assert [(name, the_only(name, names - {name}, closed=False)) for name in names] == [(name, None) for name in names]


@pytest.mark.parametrize(
    ("name", "known", "only"),
    [
        ("licencing", ["licensing", "listing"], "licensing"),
        ("licensng", ["licensing", "licensings"], None),
        ("licensing", ["unlicensing", "relicensing"], None),
        ("unlicensed", ["licensed"], None),
        ("austria", ["australia"], None),
        ("iran", ["iraq"], None),
        ("nen", ["net"], None),
        ("guideline-2018", ["guideline-2019"], None),
        ("lu-177-x", ["lu-177m-x"], None),
        ("encluded", ["included", "excluded"], None),
        ("Place-Kind_country", ["placekind-country"], "placekind-country"),
        ("actor", ["Actor", "actOr"], None),
        ("therapys", ["therapy"], None),
        ("thing-of-licencing", ["thing-of-licensing"], "thing-of-licensing"),
        ("x", [], None),
    ],
)
def test_when_a_name_is_sure(name: str, known: list[str], only: str | None) -> None:
    assert the_only(name, known, closed=False) == only


@pytest.mark.parametrize(
    ("literal", "canonical"),
    [
        ("1.50", "1.5"),
        ("1.0", '"1"^^xsd:decimal'),
        ('"1.0"^^xsd:decimal', '"1"^^xsd:decimal'),
        ('"1"^^xsd:boolean', '"true"^^xsd:boolean'),
        ("1e3", '"1000"^^xsd:double'),
        ("+5", "5"),
        ("'05'^^<http://www.w3.org/2001/XMLSchema#integer>", "'5'^^<http://www.w3.org/2001/XMLSchema#integer>"),
        ('"2024-05-06T12:00:00.500+00:00"^^xsd:dateTime', '"2024-05-06T12:00:00.5Z"^^xsd:dateTime'),
        ('"16777217"^^xsd:float', None),
    ],
)
def test_literals_are_written_as_stores_keep_them(literal: str, canonical: str | None, tmp_path: Path) -> None:
    """In the same quotes, or bare as before where that means the same; never where the engine rounds."""
    text = f"{HEAD}my:x rlt:value {literal}. # {literal}\n"
    path = tmp_path / "literal.ttl"
    path.write_text(text, encoding="utf-8")
    proposal = fix(path)

    assert "non-canonical-literal" in {finding.rule for finding in rltkg.validate(path, engine=ENGINE)}
    if canonical is None:
        assert proposal.repairs == ()
    else:
        assert proposal.repairs[0].new == f"{HEAD}my:x rlt:value {canonical}. # {literal}\n"


def test_other_formats(tmp_path: Path) -> None:
    """Lines of N-Triples and N-Quads, and TriG, are mended; JSON-LD has no places, so a person does it."""
    wrong, right = f"{OWN}ontology/autority", f"{OWN}ontology/authority"
    line = f"<https://w3id.org/rltkg/sample/x> <{wrong}> <https://w3id.org/rltkg/thing/nice>"
    texts = {
        "x.nt": f"# {wrong}\r\n{line} .\r\n",
        "x.nq": f"{line} <urn:g> .\n",
        "x.trig": f"<urn:g> {{ {line} }}\n",
        "x.jsonld": f'{{"@id": "urn:x", "{wrong}": {{"@id": "https://w3id.org/rltkg/thing/nice"}}}}',
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    proposal = fix(tmp_path)

    assert [Path(repair.name).name for repair in proposal.repairs] == ["x.nq", "x.nt", "x.trig"]
    for repair in proposal.repairs:
        repair.apply()
        name = Path(repair.name).name
        assert (tmp_path / name).read_bytes() == texts[name].replace(f"<{wrong}>", f"<{right}>").encode(), name
    left = [each.location.file for each in fix(tmp_path).left if each.rule == "unknown-property" and each.location]
    assert left == [str(tmp_path / "x.jsonld")]


def test_a_prefix_that_changes_its_meaning(tmp_path: Path) -> None:
    """Where a prefix means something else further up, an IRI in full is right in any place."""
    text = SAMPLE.replace("rlt:topic code:topic-licensing", "rlt:topic thing:topic-licensing")
    path = tmp_path / "sample.ttl"
    path.write_text(f"{text}@prefix code: <http://example.org/> .\n", encoding="utf-8")
    (repair,) = fix(path).repairs

    assert "rlt:topic <https://w3id.org/rltkg/code/topic-licensing> ;" in repair.new
    assert len(repair.new.splitlines()) == len(repair.old.splitlines())


def test_a_file_that_changed_meanwhile_stays_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT["unknown-property"])
    (repair,) = fix(path).repairs
    theirs = path.read_text(encoding="utf-8") + "# theirs\n"
    path.write_text(theirs, encoding="utf-8")

    with pytest.raises(InputError, match="was changed by somebody else meanwhile"):
        repair.apply()
    assert path.read_text(encoding="utf-8") == theirs
    path.unlink()
    with pytest.raises(InputError, match="cannot be read any more"):
        repair.apply()


def test_the_mark_of_utf_8_and_the_ends_of_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "windows.ttl"
    held = b"\xef\xbb\xbf" + SAMPLE.replace(*RIGHT["unknown-property"]).replace("\n", "\r\n").encode()
    path.write_bytes(held)
    (repair,) = fix(path).repairs
    repair.apply()

    assert path.read_bytes() == held.replace(b"rlt:autority", b"rlt:authority")


def test_standard_input_is_refused() -> None:
    with pytest.raises(InputError, match="standard input cannot be mended in place"):
        proposed(["-"])
