"""Planted faults: as many as asked for, where the manifest says, and nothing else differs from the sound graph."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import QuerySolutions

from benchmarks.generator.__main__ import main, write
from benchmarks.generator.fault_kinds import KINDS
from benchmarks.generator.faults import PLACES, Planter
from rltkg.corpus import shipped
from rltkg.errors import InputError
from tests.benchmarks.conftest import FAULTS, loaded

if TYPE_CHECKING:
    from pyoxigraph import Store

Manifest = tuple[Path, dict[str, Any]]

CAUGHT_BY = {
    "statement-without-passage": "incomplete_statement",
    "omission-with-strength": "omission_with_stance",
    "unknown-code": "undescribed_iri",
    "misspelt-property": "undescribed_iri",
    "wrong-class": "outside_domain_or_range",
    "year-as-text": "outside_domain_or_range",
    "dangling-iri": "undescribed_iri",
    "omission-denied": "omission_with_stance",
    "strength-outside-position": "position_mismatch",
    "scope-mismatch": "indication_scope_mismatch",
    "two-verdicts": "contradictory_values",
    "position-on-other-topic": "position_mismatch",
    "unknown-class": "undescribed_iri",
    "reference-of-another-source": "misplaced_passage",
    "stated-and-not-stated": "stated_after_all",
    "shortcut-without-fact": "shortcut_fact_mismatch",
    "statement-without-territory": "incomplete_statement",
    "part-of-itself": "hierarchy_cycle",
}
"""Kinds of faults that a check of the ontology reports; the others are for validation by shapes."""


def lines(path: Path) -> set[str]:
    """Return the quads of a file in N-Quads."""
    return set(path.read_text(encoding="utf-8").splitlines())


def subject(line: str) -> str:
    """Return the IRI of the subject of a quad."""
    return line.partition("> ")[0].removeprefix("<")


@pytest.fixture(scope="module")
def store(faulty: Manifest) -> Store:
    """Return the faulty graph with the ontology."""
    return loaded(faulty[0])


def test_number_and_kinds(faulty: Manifest) -> None:
    """Kinds come in turn; each fault is told with all that is to be known of it, and no node has two."""
    faults = faulty[1]["faults"]
    kinds = Counter(fault["kind"] for fault in faults)

    assert len(faults) == FAULTS
    assert kinds.keys() == KINDS.keys()
    assert max(kinds.values()) - min(kinds.values()) <= 1
    assert len({fault["focus"] for fault in faults}) == FAULTS
    for fault in faults:
        assert list(fault) == ["kind", "focus", "class", "graph", "path", "value", "severity"]
        assert fault["severity"] == KINDS[fault["kind"]].severity
        assert fault["severity"] in {"violation", "warning"}
        assert fault["class"] in KINDS[fault["kind"]].of
        assert fault["path"].startswith(("https://w3id.org/rltkg/ontology/", "http://www.w3.org/"))


def test_only_the_faulty_nodes_differ(sound: Manifest, faulty: Manifest) -> None:
    """The graph with faults is the sound one but for the nodes that the manifest names."""
    differing = lines(sound[0]) ^ lines(faulty[0])

    assert {subject(line) for line in differing} == {fault["focus"] for fault in faulty[1]["faults"]}
    assert len(differing) < 4 * FAULTS


def test_manifest_is_written_beside_the_graph(faulty: Manifest) -> None:
    path, manifest = faulty
    beside = json.loads(path.with_name("graph.nq.json").read_text(encoding="utf-8"))

    assert beside == manifest
    assert manifest["triples"] == len(lines(path))


def test_checks_report_what_was_planted(faulty: Manifest, store: Store) -> None:
    """Each check reports the faults that are its own, and no node in which nothing was planted."""
    planted = {fault["focus"]: fault for fault in faulty[1]["faults"]}
    reported: dict[str, set[str]] = {}
    for check in sorted((shipped().root / "ontology" / "checks").glob("*.rq")):
        found = store.query(check.read_text(encoding="utf-8"), use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        named = {str(term).strip("<>") for row in found for term in row if term is not None}
        reported[check.stem] = named & planted.keys()
        strangers = {name for name in named - planted.keys() if name.startswith("https://w3id.org/rltkg/bench/")}
        # An IRI that is described nowhere, and the values at fault, are named beside the node.
        # So is what bears the name that a planted label repeats.
        allowed = {fault["value"] for fault in planted.values()} | values_of(store, planted)
        assert strangers <= allowed or check.stem == "repeated_label", check.stem
    for fault in planted.values():
        if check_name := CAUGHT_BY.get(fault["kind"]):
            assert fault["focus"] in reported[check_name], fault


def values_of(store: Store, planted: dict[str, dict[str, str]]) -> set[str]:
    """Return the values of the planted nodes: a check names those that a wrong class puts outside a range."""
    return {
        quad.object.value
        for quad in store
        if str(quad.subject).strip("<>") in planted and hasattr(quad.object, "value")
    }


@pytest.mark.parametrize("form", ["nt", "ttl", "trig"])
def test_faults_are_the_same_in_every_format(form: str, faulty: Manifest, tmp_path: Path) -> None:
    manifest = write(tmp_path / f"graph.{form}", 10_000, form=form, faults=FAULTS)

    assert manifest["faults"] == faulty[1]["faults"]


@pytest.mark.parametrize("place", [place for place in PLACES if place != "spread"])
def test_place_by_choice(place: str, tmp_path: Path) -> None:
    """Faults of common kinds lie within the chosen part of the file, or just behind it."""
    manifest = write(tmp_path / "graph.nq", 60_000, faults=8, kinds=["dangling-iri", "misspelt-property"], place=place)
    text = (tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines()
    found = {subject(line): number for number, line in reversed(list(enumerate(text)))}
    shares = [found[fault["focus"]] / len(text) for fault in manifest["faults"]]
    start, end = PLACES[place]

    assert Counter(fault["kind"] for fault in manifest["faults"]) == {"dangling-iri": 4, "misspelt-property": 4}
    assert min(shares) >= start
    assert max(shares) <= end + 0.05


@pytest.mark.parametrize("seed", range(8))
def test_small_graphs_have_room_for_one_of_each(seed: int, tmp_path: Path) -> None:
    manifest = write(tmp_path / "graph.nq", 10_000, seed=seed, faults=len(KINDS))

    assert {fault["kind"] for fault in manifest["faults"]} == KINDS.keys()


def test_too_many_are_refused() -> None:
    with pytest.raises(InputError, match="10,000 triples have room for 0 to 50 faults, not for 51"):
        Planter(51, 10_000)


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(InputError, match="No fault is called typo; there are statement-without-passage"):
        Planter(1, 10_000, ["typo"])


def test_faults_without_a_place_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Supersessions stand at the end of the first half of a pair of reports only."""
    status = main(["10k", "-o", str(tmp_path / "graph.nq"), "--faults", "40", "--fault-kind", "supersession-of-itself"])

    assert status == 2
    assert "faults found no node that can bear them (supersession-of-itself)" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["10k", "-o", str(tmp_path / "nowhere" / "graph.nq")]) == 2
    assert "name a file in a folder that is there" in capsys.readouterr().err
