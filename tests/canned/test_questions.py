"""Questions that policy analysts and others ask, with the answers that the sources give, from the catalogue."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

Expected = set[tuple[str, ...]]

LONGER = (
    "Its radioactivity can be detected for longer.; "
    "The radioisotope can be made at one specialised central place and then brought to hospitals and clinics."
)
# id of the question: query, parameters, columns to look at, the rows that must come (no more, no fewer)
QUESTIONS: dict[str, tuple[str, dict[str, object], list[str], Expected]] = {
    "Q001": ("figures", {"thing": "readiness-framework"}, ["value", "unit"], {("5", "domains")}),
    "Q008": (
        "figures",
        {"thing": "nhs-long-term-plan-2019", "statistic": "target"},
        ["value", "from_year", "period", "references"],
        {("55000", "2028", "at least five years after diagnosis", "17")},
    ),
    "Q010": (
        "standing_of_therapies",
        {"standing": "approval-unspecified"},
        ["year", "indication", "place", "references"],
        {("2018", "", "United Kingdom", "22")},
    ),
    "Q014": (
        "strategies_and_rlt",
        {"level": "rlt", "coverage": "omitted", "scope": "unspecified"},
        ["strategy"],
        {("NHS Long Term Plan 2019",), ("NICE strategy 2021-2026",)},
    ),
    "Q017": (
        "strategies_and_rlt",
        {"level": "treatment", "coverage": "omitted", "indication": "prostate cancer"},
        ["strategy"],
        {("NHS Long Term Plan 2019",)},
    ),
    "Q024": (
        "document_relations",
        {"document": "NHS Long Term Plan 2019", "relation": "builds on"},
        ["to_document"],
        {("England cancer strategy 2015-2020",)},
    ),
    "Q036": (
        "statements",
        {"kind": "CausalLink", "thing": "political-recognition-lacking"},
        ["statement"],
        {
            ("Lack of political recognition contributes to limited funding",),
            ("Lack of political recognition contributes to limited acknowledgement",),
        },
    ),
    "Q042": (
        "document_contents",
        {"topic": "governance", "kind": "service specification"},
        ["document", "coverage"],
        {
            ("NHS England radioligand therapy service specifications 2013", "omitted"),
            ("Radiotherapy Operational Delivery Network service specifications 2019", "included"),
        },
    ),
    "Q043": (
        "guideline_positions",
        {"document": "nhs-england-rlt-service-specifications-2013", "kind": "service-specification"},
        ["indication"],
        {("lymphoma",), ("neuroendocrine neoplasms",)},
    ),
    "Q044": (
        "guideline_positions",
        {"indication": "lymphoma", "kind": "guideline"},
        ["document", "year"],
        {
            ("BSH follicular lymphoma guidelines 2020", "2020"),
            ("NICE lymphoma guideline 2016", "2016"),
            ("Kent and Medway lymphoma guidelines 2014", "2014"),
            ("Pan-London Haemato-Oncology guidelines 2018", "2018"),
            ("Greater Manchester lymphoma guidelines 2019", "2019"),
        },
    ),
    "Q045": (
        "guidelines_omitting_rlt",
        {"indication": "prostate cancer"},
        ["guideline"],
        {
            ("NICE prostate cancer guideline 2019",),
            ("BUG and BAUS Section of Oncology prostate cancer guidelines 2013",),
        },
    ),
    "Q053": (
        "guideline_positions",
        {"document": "bsh-guidelines-2020"},
        ["strength", "indication"],
        {("recommends consideration", "relapsed or refractory follicular lymphoma")},
    ),
    "Q059": (
        "guidelines_omitting_rlt",
        {"indication": "lymphoma"},
        ["guideline", "reason"],
        {
            ("NICE lymphoma guideline 2016", "never assessed"),
            ("Pan-London Haemato-Oncology guidelines 2018", "no reason given"),
            ("Greater Manchester lymphoma guidelines 2019", "no reason given"),
        },
    ),
    "Q067": (
        "positions_over_time",
        {"since": 2019, "coverage": "omitted", "kind": "guideline"},
        ["document"],
        {("Greater Manchester lymphoma guidelines 2019",), ("NICE prostate cancer guideline 2019",)},
    ),
    "Q071": (
        "delivery_guidance",
        {"topic": "dosimetry"},
        ["issued_by", "year"],
        {("British Nuclear Medicine Society", "2019")},
    ),
    "Q078, no pathway": (
        "non_existence",
        {"kind": "care pathway", "indication": "nen"},
        ["absent_from"],
        {("National Institute for Health and Care Excellence",)},
    ),
    "Q078, other pathway": (
        "guideline_positions",
        {"kind": "care pathway", "indication": "nen"},
        ["document", "strength", "eligibility"],
        {("UKINETS bitesize pathways", "indicates when to consider", "some types of NENs")},
    ),
    "Q083": (
        "readiness_matrix",
        {"indication": ["nen", "lymphoma", "prostate-cancer"]},
        ["indicator", "indication"],
        {
            (indicator, indication)
            for indicator in ("disease-specific strategies and plans", "national disease-specific guidelines")
            for indication in ("neuroendocrine neoplasms", "lymphoma", "prostate cancer")
        },
    ),
    "Q086": (
        "statements",
        {"kind": "Requirement", "thing": "bug-baus-guidelines-2013"},
        ["condition", "modality"],
        {("radioligand therapy licensed in prostate cancer", "normative")},
    ),
    "Q088": (
        "document_contents",
        {"document": "europes-beating-cancer-plan", "topic": "radioisotopes"},
        ["document", "references"],
        {("Europe's Beating Cancer Plan", "32")},
    ),
    "Q091": (
        "document_relations",
        {"relation": "points to", "document": "gov-working-paper"},
        ["to_document"],
        {
            ("companion documents on UK readiness for radioligand therapy",),
            ("UK working paper on identified need",),
            ("UK working paper on regulation and reimbursement",),
            ("UK working paper on health information",),
            ("UK working paper on service provision",),
        },
    ),
    "Q093": (
        "statements",
        {"kind": "ClinicalEvidence", "thing": "gov-working-paper"},
        ["references"],
        {("23; 24; 25; 26; 27; 28",)},
    ),
    "Q094": (
        "references_in_several_sections",
        {},
        ["number"],
        {("8",), ("12",), ("17",), ("21",), ("30",)},
    ),
    "Q101": (
        "statements",
        {"kind": "Unknown", "topic": "research"},
        ["statement", "polarity"],
        {("Whether the RLT research ambition was funded is unclear", "open")},
    ),
    "Q002": (
        "passages_of",
        {"statement": "gov-focuses-on-three-indications"},
        ["text", "section"],
        {("The paper concentrates on neuroendocrine neoplasms, lymphoma and prostate cancer.", "GOV About")},
    ),
    "Q106": (
        "terms",
        {"thing": "radioligand-therapy", "role": "synonym"},
        ["term", "sections"],
        {
            (term, source)
            for source in ("GOV About", "EUR Terms box")
            for term in (
                "peptide-receptor radionuclide therapy",
                "systemic radiation therapy",
                "targeted radionuclide therapy",
                "targeted radiotherapy",
                "molecular radiotherapy",
            )
        },
    ),
    "Q119": (
        "technical_properties",
        {"thing": ["longer-half-life", "shorter-half-life"]},
        ["consequences"],
        {
            (LONGER,),
            ("Preparation must be close to treatment in time and place.",),
        },
    ),
    "Q124": (
        "figures",
        {"thing": "european-report", "statistic": "count"},
        ["bound", "value", "from_year", "references"],
        {
            ("almost", "4300000", "2018", "40"),
            ("as printed", "40000", "", "121"),
            ("over", "1500000", "", "119"),
            ("as printed", "10", "", "none cited"),
        },
    ),
    "Q129": (
        "figures",
        {"thing": "nen"},
        ["bound", "value", "unit", "references"],
        {("over", "4", "years", "102; 104")},
    ),
    "Q134": (
        "clinical_evidence",
        {"indication": "nen"},
        ["outcome", "modality"],
        {
            ("progression-free survival", "asserted"),
            ("disease control", "asserted"),
            ("tumour size", "asserted"),
            ("quality of life", "hedged"),
            ("tolerability", "asserted"),
            ("self-limiting side effects", "asserted"),
            # from the executive summary and the introduction
            ("quality of life", "asserted"),
            ("overall survival", "asserted"),
        },
    ),
    "Q144": (
        "standing_of_therapies",
        {"standing": "investigational", "place": None},
        ["concerns", "indication"],
        {
            *(
                ("radioligand imaging or therapy", indication)
                for indication in (
                    "lymphoma",
                    "non-Hodgkin lymphoma",
                    "breast cancer",
                    "melanoma",
                    "multiple myeloma",
                    "lung cancer",
                    "neuroendocrine neoplasms of the lungs",
                    "pancreatic cancer",
                    "atherosclerosis",
                )
            ),
            ("radioligand therapy", "prostate cancer"),  # GOV's, not of the table
        },
    ),
    "Q147": (
        "figures",
        {"thing": "european-report", "statistic": "count"},
        ["value"],
        {("10",), ("4300000",), ("40000",), ("1500000",)},
    ),
    "Q151": (
        "policy_actions",
        {"area": "barrier-area-professional-capacity"},
        ["number"],
        {("2",), ("3",)},
    ),
    "Q155, where discussed": (
        "statements",
        {"kind": "Barrier", "topic": "supply"},
        ["sections"],
        {("EUR Barriers: Physical capacity",)},
    ),
    "Q155, where placed": (
        "policy_actions",
        {"area": "barrier-area-legislation", "topic": "supply"},
        ["number"],
        {("8",)},
    ),
    "Q143": (
        "passages_of",
        {"statement": "rlt-usually-palliative-in-mcrpc-bone-metastases"},
        ["section", "references", "printed_strength"],
        {("EUR Appendix ii", "9", "usually")},
    ),
    "Q163": (
        "standing_of_therapies",
        {"indication": "lymphoma"},
        ["standing", "sections"],
        {
            ("under investigation", "EUR Table 1"),
            ("declining", "GOV 2.2"),
            ("never assessed", "GOV 2 Summary; GOV 2.2"),
            ("not funded", "GOV 2.2"),
        },
    ),
    "Q115": (
        "contested_statements",
        {"thing": "radiotherapy", "kind": "contradicts"},
        ["source", "sections"],
        {
            ("UK governance working paper", "GOV RWE2"),
            ("European report on radioligand therapy", "EUR Glossary"),
            ("European report on radioligand therapy", "EUR Barriers: Understanding"),
        },
    ),
    "Q161": (
        "contested_statements",
        {"thing": "nuclear-medicine"},
        ["sections", "references"],
        {("EUR How RLT fits in", "none cited"), ("EUR Barriers: Models of care", "32")},
    ),
}


def test_questions_are_collected() -> None:
    assert len(QUESTIONS) == 39


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_is_answered_exactly(name: str, graph: KnowledgeGraph) -> None:
    query, parameters, columns, expected = QUESTIONS[name]
    rows = graph.ask(query, **parameters).named_rows()

    assert expected == {tuple(row[column] for column in columns) for row in rows}


def test_leaders_are_the_three_groups_of_the_summary(graph: KnowledgeGraph) -> None:
    """Q032: which three groups mainly lead."""
    (row,) = graph.ask("readiness_matrix", indicator="indicator-leadership-and-support").named_rows()

    assert "patient groups and two clinical communities" in row["answer"]


def test_campaign_names_the_therapy_only_as_something_that_care_may_include(graph: KnowledgeGraph) -> None:
    """Q034: the aim is asserted, the therapy in it hedged."""
    rows = graph.ask("statements", thing="neuroendocrine-cancer-uk", modality="hedged").named_rows()

    assert [("finding", "Care sought by the campaign may include RLT")] == [
        (row["kind"], row["statement"]) for row in rows
    ]


def test_five_guidelines_omit_the_therapy(graph: KnowledgeGraph) -> None:
    """The answer that the README shows, whole."""
    expected = [
        (
            "BUG and BAUS Section of Oncology prostate cancer guidelines 2013",
            "2013",
            "prostate cancer",
            "United Kingdom",
            "unlicensed therapies not usually covered",
            "GOV 2 Summary; GOV 2.3",
            "49",
            "49",
        ),
        (
            "NICE lymphoma guideline 2016",
            "2016",
            "lymphoma",
            "not stated",
            "never assessed",
            "GOV 2 Summary; GOV 2.2",
            "43",
            "44",
        ),
        (
            "Pan-London Haemato-Oncology guidelines 2018",
            "2018",
            "lymphoma",
            "London",
            "no reason given",
            "GOV 2.2",
            "46",
            "",
        ),
        (
            "Greater Manchester lymphoma guidelines 2019",
            "2019",
            "lymphoma",
            "Greater Manchester",
            "no reason given",
            "GOV 2.2",
            "47",
            "",
        ),
        (
            "NICE prostate cancer guideline 2019",
            "2019",
            "prostate cancer",
            "not stated",
            "not licensed or approved",
            "GOV 2 Summary",
            "none cited",
            "none cited",
        ),
    ]

    rows = graph.ask("guidelines_omitting_rlt").named_rows()

    assert expected == [tuple(row.values())[:-2] for row in rows]
    assert {row["superseded_by"] for row in rows} == {""}


def test_actions_are_counted_by_area(graph: KnowledgeGraph) -> None:
    """Q147 and Q149: ten actions in six areas."""
    areas = Counter(row["area"] for row in graph.ask("policy_actions").named_rows() if row["number"])

    assert areas == {
        "barrier area: awareness and understanding": 1,
        "barrier area: professional capacity, training and workforce": 2,
        "barrier area: models of care": 1,
        "barrier area: physical capacity and resources": 1,
        "barrier area: legislation, regulation and policy": 3,
        "barrier area: data and research": 2,
    }
