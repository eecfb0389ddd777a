"""One statement in full: whose content, how put, for what, when, where printed, and what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph
    from rltkg.search.records import Coded, Named
    from rltkg.search.statement import Statement


def of(graph: KnowledgeGraph, ident: str) -> Statement:
    """Return the statement `ident`."""
    found = graph.describe(ident).statement
    assert found is not None
    return found


def ids(several: list[Named]) -> list[str]:
    """Return the ids of `several`."""
    return [each.id for each in several]


def codes(several: list[Coded]) -> list[str]:
    """Return the labels of `several` codes."""
    return [each.code.label for each in several]


def test_a_position_tells_whose_content_it_is_and_for_whom(graph: KnowledgeGraph) -> None:
    made = of(graph, "kent-and-medway-2014-recommends-rlt")

    assert ids(made.stated_in) == ["gov-working-paper"]
    assert ids(made.content_of) == ["kent-and-medway-guidelines-2014"]
    assert (codes(made.modality), codes(made.polarity), codes(made.force)) == (["asserted"], ["affirmed"], ["advised"])
    assert made.modality[0].meaning == "Put as so, without a hedge."
    assert [each.property.id for each in made.says] == ["context", "coverage", "coveredTopic", "strength"]
    assert (ids(made.indications), ids(made.jurisdictions)) == (["lymphoma"], ["kent-and-medway"])
    assert codes(made.indication_scope) == ["specific"]
    assert [(each.condition.id, ids(each.any_of)) for each in made.eligibility] == [
        ("condition-exceptional-or-funded", ["condition-exceptional-circumstances", "condition-funding-approved"]),
        ("condition-first-line", []),
    ]
    assert [str(each) for each in made.passages] == ["GOV 2.2 [45]"]
    assert len(made.notes) >= 2

    text = " ".join(graph.describe("kent-and-medway-2014-recommends-rlt").to_text(100).split())
    assert "reported force advised: put as something that ought to be done" in text
    assert "to be read as specific: the indications named and no others" in text
    assert "any of exceptional circumstances (condition-exceptional-circumstances) or funding approved" in text


def test_an_omission_has_its_reason_and_its_uses(graph: KnowledgeGraph) -> None:
    found = graph.describe("nice-lymphoma-2016-omits-rlt")
    made = of(graph, "nice-lymphoma-2016-omits-rlt")

    assert [(each.statement.id, [str(passage) for passage in each.passages]) for each in made.explained_by] == [
        ("nice-lymphoma-2016-omission-explained", ["GOV 2 Summary [none cited]", "GOV 2.2 [44]"])
    ]
    assert {link.property.id: ids(link.shown) for link in found.links} == {
        "basedOn": ["assessment-national-guidelines-lymphoma"],
        "cause": ["absence-from-nice-contributed-to-decline"],
    }
    assert made.jurisdictions == []
    assert ids(found.not_stated) == ["jurisdiction"]
    assert "jurisdiction            not stated by the source" in found.to_text(100)


def test_an_explanation_leads_to_what_it_explains(graph: KnowledgeGraph) -> None:
    made = of(graph, "nice-lymphoma-2016-omission-explained")

    assert [each.statement.id for each in made.explains] == ["nice-lymphoma-2016-omits-rlt"]
    assert made.explained_by == []
    assert [each.property.id for each in made.says] == ["reason"]


def test_parts_and_wholes_lead_to_each_other(graph: KnowledgeGraph) -> None:
    part, whole = of(graph, "ncuk-campaign-may-include-rlt"), of(graph, "ncuk-campaign")

    assert [each.statement.id for each in part.part_of] == ["ncuk-campaign"]
    assert "ncuk-campaign-may-include-rlt" in [each.statement.id for each in whole.parts]
    assert codes(part.modality) == ["hedged"]
    assert "Part of" in graph.describe("ncuk-campaign-may-include-rlt").to_text(100).splitlines()


def test_an_open_verdict_and_a_contingency_are_told(graph: KnowledgeGraph) -> None:
    unclear = of(graph, "research-ambition-funding-unclear")
    updated = of(graph, "bug-baus-guidelines-should-be-updated")

    assert codes(unclear.polarity) == ["open"]
    assert [each.property.id for each in unclear.says] == ["about", "openQuestion"]
    assert [each.condition.id for each in updated.contingency] == ["condition-rlt-licensed-in-prostate-cancer"]
    assert updated.eligibility == []
    assert "depends as a whole on" in graph.describe("bug-baus-guidelines-should-be-updated").to_text(100)


def test_a_passage_keeps_inherited_references_and_printed_strength_apart(graph: KnowledgeGraph) -> None:
    listed = of(graph, "alpha-range-one-to-three-cells")
    rated = of(graph, "political-awareness-very-limited")
    (passage,) = [each for each in listed.passages if each.inherited_references]

    assert {46, 62} <= set(passage.inherited_references)
    assert not set(passage.references) & set(passage.inherited_references)
    assert "cited at the head of its list: " in graph.describe("alpha-range-one-to-three-cells").to_text(100)
    assert [each.printed_strength for each in rated.passages] == [["very limited"]]
    assert "      printed strength: very limited" in graph.describe("political-awareness-very-limited").to_text(100)


def test_a_statement_is_as_at_the_year_of_its_source(graph: KnowledgeGraph) -> None:
    assert of(graph, "glossary-abbreviates-ct").stated_on == "2020"
    assert "(european-report), 2020" in graph.describe("glossary-abbreviates-ct").to_text(100)


def test_time_is_a_year_or_words(graph: KnowledgeGraph) -> None:
    ambition, machines = of(graph, "ltp-survival-ambition"), of(graph, "radiotherapy-machines-renewed")

    assert (ambition.holds_from, ambition.time_words) == ("2028", "from 2028")
    assert (machines.holds_from, machines.time_words) == (None, "so far")
    assert "holds from              2028" in graph.describe("ltp-survival-ambition").to_text(100)


def test_a_page_on_the_web_has_its_address(graph: KnowledgeGraph) -> None:
    made = of(graph, "nice-recommends-lutetium-oxodotreotide")

    assert [(each.where, each.section) for each in made.passages] == [("NICE TA539, recommendations", None)]
    assert str(made.passages[0].address).startswith("https://nice.org.uk/")


@pytest.mark.parametrize("kind", ["Position", "Measurement", "CausalLink", "TermUse", "Assessment", "Barrier"])
def test_nothing_that_a_statement_holds_is_left_out(graph: KnowledgeGraph, kind: str) -> None:
    """Every triple of a few statements of each kind comes back somewhere in what is told."""
    from rltkg.search.facts import LABEL, TERMS, TYPE, Facts

    facts = Facts(graph.store)
    nodes = [node for node, names in facts.classes.items() if TERMS + kind in names][:8]
    assert nodes
    for node in nodes:
        told = str(graph.describe(node, everything=True).to_dict())
        missing = [
            (name, term.value)
            for name, terms in facts.about([node])[node].items()
            for term in terms
            if name not in (LABEL, TYPE) and term.value.replace("'", "\\'") not in told and term.value not in told
        ]

        assert missing == [], node
