"""As at a day: what counts, what is marked as superseded, and what the answer says of it; and the two senses of RLT."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rltkg
from rltkg.errors import InputError

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

NOW = "2026-11-21"
BUG_BAUS = "BUG and BAUS Section of Oncology prostate cancer guidelines 2013"
NICE_PROSTATE = "NICE prostate cancer guideline 2019"
FIVE = [
    BUG_BAUS,
    "NICE lymphoma guideline 2016",
    "Pan-London Haemato-Oncology guidelines 2018",
    "Greater Manchester lymphoma guidelines 2019",
    NICE_PROSTATE,
]
# Questions of what is so have a day; where something is printed or called does not depend on one.
WITHOUT_A_DAY = {
    "clinical_evidence",
    "contested_statements",
    "mappings",
    "passages_of",
    "policy_actions",
    "references_in_several_sections",
    "statements_by_reference",
    "technical_properties",
    "terms",
}
PREFIXES = """\
@prefix code: <https://w3id.org/rltkg/code/> .
@prefix own: <https://example.org/own/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rlt: <https://w3id.org/rltkg/ontology/> .
@prefix thing: <https://w3id.org/rltkg/thing/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

own:passage a rlt:Passage ; rlt:inDocument own:leaflet .
own:leaflet a rlt:Document ; rdfs:label "leaflet"@en ; rlt:documentKind code:document-kind-web-page .
"""
# the time that a statement of a page carries, and the first day as at which it counts
TIMES = {
    "eventDate": ('rlt:eventDate "2022-08-11"^^xsd:date ; rlt:eventYear 2022', "2022-08-11"),
    "eventMonth": ('rlt:eventMonth "2022-08"^^xsd:gYearMonth ; rlt:eventYear 2022', "2022-08-01"),
    "eventYear": ('rlt:eventYear 2023 ; rlt:statedOnDate "2024-03-01"^^xsd:date', "2023-01-01"),
    "holdsFromDate": ('rlt:holdsFromDate "2022-05-03"^^xsd:date ; rlt:holdsFromYear 2022', "2022-05-03"),
    "holdsFromYear": ("rlt:holdsFromYear 2024", "2024-01-01"),
    "statedOnDate": ('rlt:statedOnDate "2023-07-14"^^xsd:date ; rlt:statedOnYear 2023', "2023-07-14"),
    "statedOnYear": ("rlt:statedOnYear 2025", "2025-01-01"),
    "before the edition": ("rlt:eventYear 2018", "2022-01-01"),
    "undated": ("rlt:timeWords 'currently'", "2022-01-01"),
}


def on_the_day_before(day: str) -> str:
    """Return the day before `day`."""
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def marks(graph: KnowledgeGraph, as_at: str) -> dict[str, str]:
    """Return guideline -> what supersedes its omission, as at `as_at`."""
    rows = graph.ask("guidelines_omitting_rlt", as_at=as_at).named_rows()
    return {row["guideline"]: row["superseded_by"] for row in rows}


def recorded(graph: KnowledgeGraph) -> dict[str, str]:
    """Return guideline -> the same as `marks`, put together here from every supersession in the graph."""
    answer = graph.sparql("""
        SELECT ?guideline ?since ?extent ?newer WHERE {
          ?omission a rlt:Position ; rlt:coverage code:coverage-omitted ; rlt:contentOf ?guideline .
          ?guideline rlt:documentKind code:document-kind-guideline .
          { ?note rlt:earlier ?omission } UNION { ?note rlt:earlier ?given . ?given rlt:explains ?omission }
          ?note rlt:later/rdfs:label ?newer ; rlt:supersessionExtent/rdfs:label ?extent ; rlt:sinceYear ?year .
          OPTIONAL { ?note rlt:sinceDate ?day }
          BIND(STR(COALESCE(?day, ?year)) AS ?since)
        }""")
    found: dict[str, set[str]] = {}
    for row in answer.named_rows():  # type: ignore[union-attr]
        found.setdefault(row["guideline"], set()).add(f"{row['since']} {row['extent']}: {row['newer']}")
    return {guideline: "; ".join(sorted(each)) for guideline, each in found.items()}


def test_the_five_are_the_same_as_at_now_and_two_are_marked(graph: KnowledgeGraph) -> None:
    assert marks(graph, "2021") == dict.fromkeys(FIVE, "")
    now = marks(graph, NOW)

    assert list(now) == FIVE
    assert {name: text for name, text in now.items() if text} == recorded(graph)
    assert set(recorded(graph)) == {BUG_BAUS, NICE_PROSTATE}
    assert "2022 partial: Pluvicto licensed in Great Britain, August 2022" in now[BUG_BAUS]
    assert "NICE TA930 does not recommend" in now[NICE_PROSTATE]


def test_a_mark_appears_with_its_day(graph: KnowledgeGraph) -> None:
    counts = {day: marks(graph, day)[NICE_PROSTATE].count(" partial: ") for day in ("2021", "2022-01-01", "2022", NOW)}

    assert counts == {"2021": 0, "2022-01-01": 2, "2022": 2, NOW: 3}
    assert marks(graph, "2015") == {BUG_BAUS: ""}


def test_marks_are_in_the_order_of_their_days(graph: KnowledgeGraph) -> None:
    several = 0
    for query in graph.catalogue:
        if "superseded_by" not in [column.name for column in query.columns] or query.topic == "status":
            continue
        for row in graph.ask(query.id, as_at=NOW).named_rows():
            since = [part.split(" ")[0] for part in row["superseded_by"].split("; ") if part[:2] == "20"]
            assert since == sorted(since), query.id
            several += len(since) > 1
    assert several >= 10


def test_every_query_of_what_is_so_has_a_day_and_a_mark(graph: KnowledgeGraph) -> None:
    plain = [query for query in graph.catalogue if query.topic != "status"]
    without = {query.id for query in plain if "as_at" not in [parameter.name for parameter in query.parameters]}

    assert without == WITHOUT_A_DAY
    for query in plain:
        if query.id not in without:
            assert [column.name for column in query.columns][-2] == "superseded_by", query.id
            assert query.parameter("as_at").default == "2021"


@pytest.fixture(scope="module")
def with_own(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the release and statements of a leaflet, one for each kind of time, which replace one statement."""
    text = PREFIXES
    for name, (time, _) in TIMES.items():
        ident = name.replace(" ", "-")
        text += (
            f'own:{ident} a rlt:StatusEvent ; rdfs:label "{name}"@en ; rlt:text "{name}."@en ; {time} ; '
            "rlt:step code:status-step-licensed ; rlt:concerns thing:radioligand-therapy ; rlt:passage own:passage ; "
            "rlt:statedIn own:leaflet .\n"
        )
    text += """
own:one a rlt:Supersession ; rlt:earlier own:undated ; rlt:later own:eventDate ;
    rlt:supersessionExtent code:supersession-extent-full ; rlt:sinceYear 2022 ; rlt:sinceDate "2022-08-11"^^xsd:date .
own:other a rlt:Supersession ; rlt:earlier own:undated ; rlt:later own:statedOnYear , own:holdsFromYear ;
    rlt:supersessionExtent code:supersession-extent-partial ; rlt:sinceYear 2024 .
own:old a rlt:Supersession ; rlt:earlier own:undated ; rlt:later own:eventYear ;
    rlt:supersessionExtent code:supersession-extent-partial ; rlt:sinceYear 2020 .
"""
    path = Path(tmp_path_factory.mktemp("own")) / "leaflet.ttl"
    path.write_text(text, encoding="utf-8")
    return rltkg.open(extra=path)


def of_the_leaflet(graph: KnowledgeGraph, as_at: str | None) -> dict[str, str]:
    """Return statement -> mark, for those of the leaflet that count as at `as_at`."""
    rows = graph.ask("standing_of_therapies", standing="licensed", as_at=as_at).named_rows()
    return {row["statement"]: row["superseded_by"] for row in rows if row["sections"] == "page: leaflet"}


@pytest.mark.parametrize("name", TIMES)
def test_a_page_counts_after_the_edition_and_from_its_own_time(name: str, with_own: KnowledgeGraph) -> None:
    first = TIMES[name][1]

    assert name in of_the_leaflet(with_own, first)
    assert name not in of_the_leaflet(with_own, on_the_day_before(first))
    assert name in of_the_leaflet(with_own, None)


def test_nothing_of_a_page_counts_as_at_the_edition(with_own: KnowledgeGraph, graph: KnowledgeGraph) -> None:
    assert of_the_leaflet(with_own, "2021") == {}
    for query in graph.catalogue:
        if query.topic == "status" or query.id in WITHOUT_A_DAY:
            continue
        for row in graph.ask(query.id).named_rows():
            assert "page: " not in row["sections"], query.id
            assert row["superseded_by"] == "", query.id


def test_several_later_statements_are_told_by_day_and_extent(with_own: KnowledgeGraph) -> None:
    first, second = "2020 partial: eventYear", "2022-08-11 full: eventDate"

    assert of_the_leaflet(with_own, "2022-08-10")["undated"] == first
    assert of_the_leaflet(with_own, "2022-08-11")["undated"] == f"{first}; {second}"
    later = "2024 partial: holdsFromYear; 2024 partial: statedOnYear"
    assert of_the_leaflet(with_own, "2024-01-01")["undated"] == f"{first}; {second}; {later}"
    assert of_the_leaflet(with_own, "2024-01-01")["eventDate"] == ""


def test_the_answer_says_as_at_when_and_how_new_the_evidence_is(graph: KnowledgeGraph) -> None:
    checked = "newest evidence checked on 2026-11-21."
    edition = f"As at 2021-12-31, the edition of the sources; --as-at now tells what came later; {checked}"

    assert graph.ask("guidelines_omitting_rlt").remarks == [edition]
    assert graph.ask("guidelines_omitting_rlt", as_at="2021-12-31").remarks == [edition]
    assert graph.ask("guidelines_omitting_rlt", as_at="2016").remarks == [f"As at 2016-12-31; {checked}"]
    assert graph.ask("guidelines_omitting_rlt", as_at=None).remarks == []
    assert graph.ask("terms").remarks == []


def test_several_days_at_once_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="--as-at takes one year or day, and 2 are given"):
        graph.ask("guidelines_omitting_rlt", as_at=["2016", "2021"])


def test_an_indicator_and_an_absence_are_of_2021(graph: KnowledgeGraph) -> None:
    for query, many in (("readiness_matrix", 9), ("non_existence", 4)):
        assert [len(graph.ask(query, as_at=year)) for year in ("2020", "2021")] == [0, many]
    marked = {
        row["indicator"] + ": " + row["indication"]
        for row in graph.ask("readiness_matrix", as_at=NOW).named_rows()
        if "Pluvicto licensed" in row["superseded_by"]
    }
    assert [name.rpartition(": ")[2] for name in marked] == ["prostate cancer"]


def test_the_strict_sense_leaves_out_treatment_of_bone_metastases(graph: KnowledgeGraph) -> None:
    bone = "bone metastases in metastatic castration-resistant prostate cancer"
    for query in ("standing_of_therapies", "clinical_evidence", "document_contents", "statements", "figures"):
        every, strict, wide = (graph.ask(query, sense=sense).named_rows() for sense in (None, "strict", "wide"))
        assert every == wide
        assert strict == [row for row in every if row["sense"] != "wide"]
        assert {row["sense"] for row in every} == {"", "wide"}
    standing = graph.ask("standing_of_therapies", indication=bone).named_rows()

    assert {(row["standing"], row["sense"]) for row in standing} >= {("in use", "wide"), ("frequently used", "wide")}
    assert graph.ask("standing_of_therapies", indication=bone, sense="strict").rows == []


def test_the_appraisal_of_radium_is_in_the_wide_sense_only(graph: KnowledgeGraph) -> None:
    concerned = {
        sense: {row["concerns"] for row in graph.ask("standing_of_therapies", as_at=NOW, sense=sense).named_rows()}
        for sense in ("strict", "wide")
    }

    assert "radium (223Ra) dichloride" in concerned["wide"] - concerned["strict"]
    assert "Pluvicto" in concerned["strict"]
