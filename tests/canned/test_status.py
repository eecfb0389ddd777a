"""The ladder, what changed, timelines and what is due: against the verified rows of the ledger of updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rltkg
from rltkg.canned.resolve import first_second
from rltkg.errors import InputError
from tests.canned.golden import by_pyoxigraph, by_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import rdflib

    from rltkg import KnowledgeGraph

RUNGS = ["licensed", "appraised", "recommended", "commissioned", "delivered"]
VIPIVOTIDE = "lutetium (177Lu) vipivotide tetraxetan"
OXODOTREOTIDE = "lutetium (177Lu) oxodotreotide"
TODAY = "2026-11-21"  # the day on which the release was checked; later updates do not change these answers
NICE = "National Institute for Health and Care Excellence"
SMC = "Scottish Medicines Consortium"
MHRA = "Medicines and Healthcare products Regulatory Agency"
NOTHING = "Nothing is recorded on this rung for what was asked."

# What the verified rows say, as (rung, outcome, date, authority, place). What is advised stands on two rungs.
LICENCE = {
    ("licensed", "early access", "2022-04", MHRA, "Great Britain"),
    ("licensed", "licensed", "2022-08", MHRA, "Great Britain"),
}
NICE_ON_VIPIVOTIDE = {
    ("appraised", "not recommended in draft", "2022", NICE, "England; Wales"),
    ("appraised", "consultation reopened", "2023", NICE, "England; Wales"),
    ("appraised", "not recommended", "2023 or later", NICE, "England; Wales"),
    ("recommended", "not recommended", "2023 or later", NICE, "England; Wales"),
}
SMC_ON_VIPIVOTIDE = {(rung, "not recommended", "2023-10-09", SMC, "Scotland") for rung in RUNGS[1:3]}
IN_ENGLAND = {("licensed", "not licensed", "as at 2022-04-28", "", "England")}
NICE_ON_OXODOTREOTIDE = {(rung, "recommended", "2018-08-29", NICE, "England; Wales") for rung in RUNGS[1:3]}
SMC_ON_OXODOTREOTIDE = {(rung, "recommended", "2018-07-09", SMC, "Scotland") for rung in RUNGS[1:3]}
EU_ON_ZEVALIN = {
    ("licensed", "licensed", "2004-01-16", "not stated", "European Union"),
    ("licensed", "lapsed", "2024-01-04", "not stated", "European Union"),
    ("delivered", "withdrawn from market", "2020-05", "Ceft Biopharma", "European Union"),
}


def ladder(graph: KnowledgeGraph, **parameters: object) -> list[dict[str, str]]:
    """Return the rows of status_of as at TODAY, unless `parameters` say otherwise."""
    return graph.ask("status_of", **{"as_at": TODAY, **parameters}).named_rows()


def known(rows: Iterable[dict[str, str]]) -> set[tuple[str, ...]]:
    """Return rung, outcome, date, authority and place of the rows that are not unknown."""
    columns = ("rung", "outcome", "date", "authority", "place")
    return {tuple(row[column] for column in columns) for row in rows if row["outcome"] != "unknown"}


def bare(rows: Iterable[dict[str, str]]) -> list[str]:
    """Return the rungs on which nothing is recorded, not even an open question."""
    return [row["rung"] for row in rows if row["finding"] == NOTHING]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Great Britain", LICENCE | IN_ENGLAND | NICE_ON_VIPIVOTIDE | SMC_ON_VIPIVOTIDE),
        ("England", LICENCE | IN_ENGLAND | NICE_ON_VIPIVOTIDE),
        ("Scotland", LICENCE | SMC_ON_VIPIVOTIDE),
    ],
)
def test_vipivotide_is_licensed_and_then_not_recommended(
    place: str, expected: set[tuple[str, ...]], graph: KnowledgeGraph
) -> None:
    """A licence in Great Britain bears on its nations; each body speaks for its own; nobody is said to pay."""
    rows = ladder(graph, thing=VIPIVOTIDE, place=place)

    assert expected == known(rows)
    assert ["commissioned", "delivered"] == bare(rows)
    assert {"PSMA-positive mCRPC"} == {row["indication"] for row in rows if row["statement"]}
    assert all(row["source"] and row["url"] for row in rows if row["outcome"] != "unknown")


def test_the_day_of_the_final_guidance_is_an_open_question(graph: KnowledgeGraph) -> None:
    rows = ladder(graph, thing=VIPIVOTIDE, place="England")
    (asked,) = [
        row for row in rows if row["finding"] == "On what day did NICE issue TA930?" and row["rung"] == "appraised"
    ]

    assert ("unknown", "", "rltkg record of checks") == (asked["outcome"], asked["date"], asked["source"])
    assert asked["statement"]


@pytest.mark.parametrize("place", ["Great Britain", "England", "Scotland"])
def test_as_at_2021_nothing_of_it_is_known(place: str, graph: KnowledgeGraph) -> None:
    rows = ladder(graph, thing=VIPIVOTIDE, place=place, as_at="2021")

    assert RUNGS == [row["rung"] for row in rows]
    assert RUNGS == bare(rows)


def test_as_at_the_end_of_2022_the_draft_is_the_last_word(graph: KnowledgeGraph) -> None:
    rows = ladder(graph, thing=VIPIVOTIDE, place="England", as_at="2022")

    assert LICENCE | IN_ENGLAND | {("appraised", "not recommended in draft", "2022", NICE, "England; Wales")} == known(
        rows
    )
    assert [""] == [row["superseded_by"] for row in rows if row["outcome"] == "not recommended in draft"]


def test_what_is_superseded_is_marked_and_not_hidden(graph: KnowledgeGraph) -> None:
    rows = ladder(graph, thing=VIPIVOTIDE, place="England")
    (draft,) = [row for row in rows if row["outcome"] == "not recommended in draft"]
    (final,) = [row for row in rows if row["outcome"] == "not recommended" and row["rung"] == "appraised"]

    assert "2023 full: NICE TA930 does not recommend" in draft["superseded_by"]
    assert final["superseded_by"] == ""


def test_oxodotreotide_is_recommended_by_both_bodies(graph: KnowledgeGraph) -> None:
    england, scotland = (ladder(graph, thing=OXODOTREOTIDE, place=place) for place in ("England", "Scotland"))

    assert known(england) >= {
        *NICE_ON_OXODOTREOTIDE,
        ("appraised", "discontinued", "2022-11-16", NICE, "England"),
        ("commissioned", "funded", "as at 2022-04-28", "National Health Service", "England"),
    }
    assert not known(england) & SMC_ON_OXODOTREOTIDE
    assert known(scotland) >= SMC_ON_OXODOTREOTIDE
    assert {"Scotland", "not stated"} >= {place for *_, place in known(scotland)}
    assert ["commissioned", "delivered"] == bare(scotland)
    assert "Who licensed lutetium (177Lu) oxodotreotide for Great Britain, and when?" in {
        row["finding"] for row in scotland if row["rung"] == "licensed"
    }


def test_oxodotreotide_as_at_2021_has_the_two_verdicts_of_2018(graph: KnowledgeGraph) -> None:
    rows = known(ladder(graph, thing=OXODOTREOTIDE, as_at="2021"))

    assert rows >= NICE_ON_OXODOTREOTIDE | SMC_ON_OXODOTREOTIDE
    assert {"2018-07-09", "2018-08-29"} == {date for _, _, date, _, _ in rows}


def test_ibritumomab_in_the_eu_was_licensed_withdrawn_and_lapsed(graph: KnowledgeGraph) -> None:
    rows = ladder(graph, thing="ibritumomab tiuxetan", place="EU")

    assert EU_ON_ZEVALIN == known(rows)
    assert ["appraised", "recommended", "commissioned"] == bare(rows)
    assert ["licensed", "lapsed"] == [row["outcome"] for row in rows if row["rung"] == "licensed"]
    assert rows[0]["superseded_by"].startswith("2024-01-04 full: ")
    before = ladder(graph, thing="ibritumomab tiuxetan", place="EU", as_at="2021")
    assert {row for row in EU_ON_ZEVALIN if row[2] < "2022"} == known(before)
    assert before[0]["superseded_by"] == ""


def test_what_holds_in_the_eu_is_not_carried_into_a_country(graph: KnowledgeGraph) -> None:
    assert RUNGS == bare(ladder(graph, thing="Zevalin", place="Ireland"))
    scotland = ladder(graph, thing="Zevalin", place="Scotland")
    assert {(rung, "not recommended", "2007-07-09", SMC, "Scotland") for rung in RUNGS[1:3]} == known(scotland)


def test_a_substance_and_its_product_have_one_ladder(graph: KnowledgeGraph) -> None:
    for substance, product in (
        (VIPIVOTIDE, "Pluvicto"),
        (OXODOTREOTIDE, "Lutathera"),
        ("ibritumomab-tiuxetan", "Zevalin"),
    ):
        assert ladder(graph, thing=substance) == ladder(graph, thing=product)


def test_a_broader_or_narrower_indication_bears_on_the_one_asked(graph: KnowledgeGraph) -> None:
    for_all = ladder(graph, thing=VIPIVOTIDE, place="England")

    assert for_all == ladder(graph, thing=VIPIVOTIDE, place="England", indication="PSMA-positive mCRPC")
    assert for_all == ladder(graph, thing=VIPIVOTIDE, place="England", indication="prostate cancer")
    assert RUNGS == bare(ladder(graph, thing=VIPIVOTIDE, place="England", indication="lymphoma"))
    net = ladder(graph, thing=OXODOTREOTIDE, place="England", indication="NEN")
    assert known(net) >= NICE_ON_OXODOTREOTIDE


def test_what_is_said_of_the_therapy_stands_under_the_therapy_only(graph: KnowledgeGraph) -> None:
    therapy = ladder(graph, thing="radioligand-therapy", place="United Kingdom", indication="prostate cancer")
    general = [row for row in therapy if row["concerns"] == "radioligand therapy"]
    (licence,) = [row for row in general if row["outcome"] == "not licensed"]

    assert ("as at 2021", "prostate cancer", "United Kingdom") == (
        licence["date"],
        licence["indication"],
        licence["place"],
    )
    assert "Pluvicto licensed in Great Britain" in licence["superseded_by"]
    assert licence["source"].startswith("GOV ")
    assert not any(row["concerns"] == "radioligand therapy" for row in ladder(graph, thing=VIPIVOTIDE))


def test_an_approval_of_no_told_kind_stands_on_no_rung(graph: KnowledgeGraph) -> None:
    rows = ladder(graph, thing="radioligand-therapy", place="United Kingdom")
    untold = [row for row in rows if row["rung"] == "not told"]

    assert ("approval, unspecified", "2018", "GOV 1.2") in {
        (row["outcome"], row["date"], row["source"]) for row in untold
    }
    assert untold == rows[-len(untold) :]
    assert [*RUNGS, "not told"] == list(dict.fromkeys(row["rung"] for row in rows))


def test_rows_of_a_rung_stand_by_date_and_open_questions_last(graph: KnowledgeGraph) -> None:
    rows = ladder(graph, thing=VIPIVOTIDE)
    for rung in RUNGS:
        on_rung = [row for row in rows if row["rung"] == rung]
        dated = [row["date"].removeprefix("as at ").replace(" or later", "~") for row in on_rung if row["date"]]
        assert dated == sorted(dated)
        assert [row["outcome"] == "unknown" for row in on_rung] == sorted(
            row["outcome"] == "unknown" for row in on_rung
        )


def test_a_therapy_finds_the_substances_it_uses_and_sense_sorts_them(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix thing: <https://w3id.org/rltkg/thing/> . @prefix rlt: <https://w3id.org/rltkg/ontology/> .\n"
        "thing:prrt rlt:usesSubstance thing:lutetium-177lu-vipivotide-tetraxetan , thing:radium-223ra-dichloride .\n"
    )
    graph = rltkg.open(extra=own)
    concerned = {
        sense: {row["concerns"] for row in ladder(graph, thing="radioligand-therapy", sense=sense)}
        for sense in ("strict", "wide")
    }

    assert {"Pluvicto", VIPIVOTIDE} <= concerned["strict"]
    assert "radium (223Ra) dichloride" not in concerned["strict"]
    assert "radium (223Ra) dichloride" in concerned["wide"]
    assert "radioligand therapy" not in {row["concerns"] for row in ladder(graph, thing="prrt")}


def test_the_ladder_fits_a_terminal(graph: KnowledgeGraph) -> None:
    answer = graph.ask("status_of", thing=VIPIVOTIDE, place="England", as_at=TODAY)
    lines = answer.to_text(120).splitlines()

    assert max(map(len, lines)) <= 120
    heads = lines[2].split()
    assert ["rung", "outcome", "date", "authority", "indication", "place", "finding", "superseded", "source"] == heads
    assert ["licensed", "appraised", "recommended", "commissioned", "delivered"] == list(
        dict.fromkeys(line.split()[0] for line in lines if line.startswith(tuple(RUNGS)))
    )
    assert {"url", "statement", "concerns"} <= set(answer.columns)
    assert "pharmtech.com" not in answer.to_text(120)
    assert b"https://pharmtech.com/view/" in answer.serialize("csv")


def changes(graph: KnowledgeGraph, since: str, **parameters: object) -> list[dict[str, str]]:
    """Return the rows of changes_since as at TODAY."""
    return graph.ask("changes_since", since=since, **{"as_at": TODAY, **parameters}).named_rows()


def test_changes_since_2022_tell_licence_and_refusals(graph: KnowledgeGraph) -> None:
    rows = {row["change"]: row for row in changes(graph, "2022", indication="prostate cancer")}
    licence = rows["Pluvicto licensed in Great Britain, August 2022"]

    assert ("2022-08", "Great Britain") == (licence["date"], licence["place"])
    assert "partial: RLT is not licensed in prostate cancer in the UK" in licence["supersedes"]
    assert rows["SMC does not recommend Pluvicto, 2023"]["date"] == "2023-10-09"
    assert {"2023 or later"} == {
        row["date"] for row in rows.values() if row["change"].startswith("NICE TA930 does not")
    }
    assert all(row["source"] for row in rows.values())


def test_changes_are_in_order_of_time_and_hold_no_open_question(graph: KnowledgeGraph) -> None:
    rows = changes(graph, "2022")
    dates = [row["date"].replace(" or later", "~").replace("not stated", "~") for row in rows]

    assert len(rows) >= 80
    assert dates == sorted(dates)
    assert "unknown" not in {row["kind"] for row in rows}
    assert all(date >= "2022" for date in dates)


def test_a_time_known_by_year_or_month_counts_if_it_may_be_later(graph: KnowledgeGraph) -> None:
    since_may = {row["change"]: row["date"] for row in changes(graph, "2022-08-31", indication="prostate cancer")}

    assert since_may["Pluvicto licensed in Great Britain, August 2022"] == "2022-08"
    assert since_may["NICE draft of 2022 against Pluvicto"] == "2022"
    assert not [date for date in since_may.values() if date == "2022-04"]


def test_changes_are_found_by_place_and_topic(graph: KnowledgeGraph) -> None:
    scotland = {row["place"] for row in changes(graph, "2022", place="Scotland")}
    wales = {row["change"] for row in changes(graph, "2022", place="Wales")}

    assert "Scotland" in scotland
    assert "Great Britain" in scotland
    assert not scotland & {"England", "Europe", "European Union", "Northern Ireland", "Wales", "not stated"}
    assert "NICE TA930 does not recommend lutetium (177Lu) vipivotide tetraxetan" in wales
    assert 0 < len(changes(graph, "2022", topic="rare-cancers")) < len(changes(graph, "2022"))


def test_since_is_the_first_second_and_as_at_the_last(graph: KnowledgeGraph) -> None:
    assert first_second("2022", "--since").value == "2022-01-01T00:00:00Z"
    assert first_second("2022-08-11", "--since").value == "2022-08-11T00:00:00Z"
    with pytest.raises(InputError, match="--since: '2022-02-30' is no year or day"):
        first_second("2022-02-30", "--since")
    assert {"2023-10-09"} <= {row["date"] for row in changes(graph, "2023-10-09", as_at="2023-10-09")}


def test_timeline_of_a_product_is_that_of_its_substance(graph: KnowledgeGraph) -> None:
    product, substance = (
        graph.ask("timeline", thing=each, as_at=TODAY).named_rows() for each in ("Pluvicto", VIPIVOTIDE)
    )
    dates = [row["date"] for row in product]

    assert product == substance
    assert dates == sorted(dates, key=lambda date: date.replace(" or later", "~"))
    assert ["2022-04", "2022-08", "2023", "2023-10-09", "2023 or later"] == [
        date for date in dates if date in ("2022-04", "2022-08", "2023", "2023-10-09", "2023 or later")
    ]


def test_timeline_of_a_guideline_has_its_editions_and_what_was_found_of_it(graph: KnowledgeGraph) -> None:
    rows = graph.ask("timeline", thing="nice-prostate-guideline-2019", as_at=TODAY).named_rows()
    dates = [row["date"] for row in rows]

    assert ["2019", "2021-12-15"] == [date for date in dates if date in ("2019", "2021-12-15")]
    (omission,) = [row for row in rows if row["kind"] == "position"]
    assert ("as at 2021", "GOV 2 Summary") == (omission["date"], omission["source"])
    assert omission["superseded_by"].startswith("2021-12-15 partial: ")


def test_timeline_of_an_indication_finds_narrower_ones_up_to_the_day(graph: KnowledgeGraph) -> None:
    texts = {
        as_at: " ".join(row["text"] for row in graph.ask("timeline", thing="prostate cancer", as_at=as_at).named_rows())
        for as_at in ("2021", TODAY)
    }

    assert "MHRA licensed Pluvicto" in texts[TODAY]
    assert "MHRA licensed Pluvicto" not in texts["2021"]
    assert "The NICE prostate cancer guideline dates from 2019." in texts["2021"]


def due(graph: KnowledgeGraph, **parameters: object) -> set[tuple[str, str, str]]:
    """Return node, reason and since of the rows of due_for_review as at TODAY."""
    rows = graph.ask("due_for_review", **{"as_at": TODAY, **parameters}).named_rows()
    return {(row["node"], row["why"], row["since"]) for row in rows}


def test_documents_past_their_period_or_replaced_are_due(graph: KnowledgeGraph) -> None:
    rows = due(graph)
    expected = {
        ("England cancer strategy 2015-2020", "past its period (ended 2020)", "2020"),
        ("UK Strategy for Rare Diseases", "replaced by UK Rare Diseases Framework 2021", "2021-01-09"),
    }

    assert rows >= expected
    assert "NICE strategy 2021-2026" not in {node for node, _, _ in rows}
    assert ("NICE strategy 2021-2026", "past its period (ended 2026)", "2026") in due(graph, as_at="2027")
    assert not expected & due(graph, as_at="2020")
    reviews = {
        as_at: {node for node, why, _ in due(graph, as_at=as_at) if why == "review due 2029"}
        for as_at in ("2028", "2029")
    }
    assert reviews == {"2028": set(), "2029": {"Rare Cancers Act 2026"}}


def test_superseded_statements_are_due(graph: KnowledgeGraph) -> None:
    found = {(node, since) for node, why, since in due(graph) if why.startswith("superseded (partial) by SMC does not")}

    assert {("RLT is not licensed in prostate cancer in the UK", "2023-10-09")} == found
    assert not [why for _, why, _ in due(graph, as_at="2020") if why.startswith("superseded")]


@pytest.mark.parametrize(
    ("as_at", "months", "expected"),
    [("2028-11-20", 24, None), ("2028-11-21", 24, 24), ("2029-01-01", 25, 25), ("2029-01-01", 26, None)],
)
def test_months_since_the_last_check_are_counted_whole(
    as_at: str, months: int, expected: int | None, graph: KnowledgeGraph
) -> None:
    """All statements of pages in the release were checked on 21 November 2026."""
    reasons = {why for _, why, _ in due(graph, as_at=as_at, months=months) if why.startswith("not checked")}

    assert reasons == (set() if expected is None else {f"not checked for {expected} months"})


def test_months_are_counted_alike_in_two_engines(graph: KnowledgeGraph, rdflib_union: rdflib.Dataset) -> None:
    answer = graph.ask("due_for_review", as_at="2029-01-20", months=25)

    assert sum("not checked for 25 months" in row["why"] for row in answer.named_rows()) >= 300
    assert by_pyoxigraph(answer) == by_rdflib(answer, rdflib_union)
