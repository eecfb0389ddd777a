"""The report for people: to the character, in every width, and harmless whatever it is about."""

from __future__ import annotations

import re

import pytest

from rltkg.validation.formats import FORMATS, serialize
from rltkg.validation.formats.text import summary, text
from tests.validation.formats.reports import empty, full, hostile

FULL = """\
a/my file.ttl
  9:1  violation  Give exactly one step (rlt:step).
                  Licence of a sample, step  [status-event-step]
  21:18  violation  The graph has no property 'autority'; did you mean authority?
                    Licence of a sample, autority  [unknown-property]
  23:19  warning  Write the year as a whole number.
                  Licence of a sample, eventYear = "2024"^^xsd:short  [value-of-event-year]

b.jsonld
  /@graph/3  info  Name a statement with this passage.
                   _:b0, ^<https://w3id.org/rltkg/ontology/passage>  [passage-is-used]

c.ttl
  -  violation  The file is not UTF-8; save it as UTF-8.
                [encoding]

the shapes and the shipped graph
  -  violation  There is no shapes file.
                [shapes-missing]

4 violations, 1 warning, 1 info: 4 files, 1,234 triples; 5 nodes judged by 2 of 3 shapes (pyshacl 0.40.1) and 1 check
"""


def test_to_the_character() -> None:
    assert text(full()) == FULL
    assert serialize(full(), "text").decode() == FULL


def test_nothing_to_mend() -> None:
    told = "Nothing to mend: 1 file, 1,234 triples; 5 nodes judged by 2 of 3 shapes (pyshacl 0.40.1) and 1 check"

    assert text(empty()) == f"{told}\n"
    assert summary(empty()) == told


def test_gravity_has_a_colour_on_a_terminal_and_nothing_else_changes() -> None:
    shown = text(full(), colour=True)

    assert shown.count("\033[31mviolation\033[0m") == 4
    assert shown.count("\033[33mwarning\033[0m") == 1
    assert shown.count("\033[36minfo\033[0m") == 1
    assert "\033[1mb.jsonld\033[0m\n" in shown
    assert re.sub(r"\033\[\d+m", "", shown) == FULL


@pytest.mark.parametrize("width", [50, 80, 120])
def test_no_message_is_wider_than_the_terminal(width: int) -> None:
    lines = text(full(), width).splitlines()[:-1]

    assert max(map(len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(FULL.rpartition("\n\n")[0].split())


def test_what_a_contributor_writes_does_not_steer_the_terminal() -> None:
    shown = serialize(hostile(), "text").decode()

    assert all(each.isprintable() or each in "\n\N{REPLACEMENT CHARACTER}" for each in shown)
    assert [line for line in shown.splitlines() if line.startswith(("::", "##"))] == []
    assert "x ::error::y ##[z]\N{REPLACEMENT CHARACTER}[31m" in shown


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_bears_hostile_texts(form: str) -> None:
    assert "value-of-label" in serialize(hostile(), form).decode()


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="'yaml' is no format of a report; choose from text, json, sarif"):
        serialize(empty(), "yaml")
