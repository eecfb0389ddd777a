"""`rltkg describe`, as a process: what it prints, where, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from tests.cli.running import rltkg

if TYPE_CHECKING:
    from pathlib import Path

GUIDELINE = "nice-lymphoma-guideline-2016"


def test_a_guideline_is_told_with_its_omission_and_the_reason() -> None:
    done = rltkg("describe", GUIDELINE)
    lines = [line.strip() for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert lines[:3] == [
        "NICE lymphoma guideline 2016", f"document; id {GUIDELINE}", f"https://w3id.org/rltkg/thing/{GUIDELINE}"
    ]  # fmt: skip
    assert "GOV 2 Summary [none cited]; GOV 2.2 [43]" in lines
    assert any(line.startswith("why: RLT is missing from the NICE lymphoma guideline") for line in lines)
    assert "GOV 2.2 [44]" in done.stdout
    assert max(map(len, lines)) <= 120
    assert done.stderr.startswith("described in ")


def test_a_label_in_words_and_an_iri_name_the_same() -> None:
    by_id = rltkg("describe", GUIDELINE).stdout

    assert rltkg("describe", "nice", "lymphoma", "guideline", "2016").stdout == by_id
    assert rltkg("describe", f"https://w3id.org/rltkg/thing/{GUIDELINE}").stdout == by_id


def test_formats_are_data_and_triples(tmp_path: Path) -> None:
    document = json.loads(rltkg("describe", GUIDELINE, "--format", "json").stdout)
    target = tmp_path / "guideline.nt"
    done = rltkg("describe", GUIDELINE, "-o", str(target))
    in_turtle = rltkg("describe", GUIDELINE, "--format=ttl").stdout.encode()

    assert (document["iri"], document["id"]) == (f"https://w3id.org/rltkg/thing/{GUIDELINE}", GUIDELINE)
    assert document["statements"][0]["shown"][0]["explained_by"][0]["passages"][1]["references"] == [44]
    assert (done.returncode, done.stdout) == (0, "")
    assert {str(quad) for quad in pyoxigraph.parse(in_turtle, format=pyoxigraph.RdfFormat.TURTLE)} == {
        str(quad) for quad in pyoxigraph.parse(path=str(target), format=pyoxigraph.RdfFormat.N_TRIPLES)
    }
    assert json.loads(rltkg("describe", GUIDELINE, "--format", "jsonld").stdout)


def test_all_shows_the_rest() -> None:
    some, every = rltkg("describe", "lymphoma"), rltkg("describe", "lymphoma", "--all")

    assert some.stdout.endswith("Not all is shown; --all shows the rest.\n")
    assert "Not all is shown" not in every.stdout
    assert len(every.stdout) > len(some.stdout)


@pytest.mark.parametrize(
    ("arguments", "needles"),
    [
        (["reference-1"], ["is the name of 2 things", "eur:reference-1 (EUR reference 1)", "gov:reference-1"]),
        (["lymphona"], ["Nothing is called 'lymphona'; did you mean 'lymphoma'"]),
        (["x> } DROP ALL"], ["Nothing is called 'x> } DROP ALL'"]),
        (["\u202e"], ["Nothing is called"]),
        ([""], ["can be no name"]),
        ([], ["the following arguments are required: THING"]),
        (["nice", "--format", "csv"], ["invalid choice: 'csv'"]),
        (["nice", "-o", "x.csv"], ["the suffix tells none of the formats text, json, ttl, nt, jsonld"]),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(arguments: list[str], needles: list[str]) -> None:
    done = rltkg("describe", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("rltkg: ")
    assert done.stderr.count("\n") == 1
    assert [] == [needle for needle in needles if needle not in done.stderr]


def test_a_users_own_file_is_told_of_too(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "<http://example.org/x> a <https://w3id.org/rltkg/ontology/Actor> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Zyxwv Institute" .',
        encoding="utf-8",
    )
    done = rltkg("describe", "zyxwv institute", "--with", str(own))

    assert done.stdout == "Zyxwv Institute\nactor; id x\nhttp://example.org/x\n"
