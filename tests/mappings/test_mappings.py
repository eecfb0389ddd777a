"""Links out: the table and the Turtle say the same, what they say is verified, and no two things are made one."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

import rltkg
from rltkg.corpus.prefixes import PREFIXES
from rltkg.results.answer import Answer
from rltkg.writing.layout import write
from tests.canned.golden import by_pyoxigraph, by_rdflib
from tests.mappings.table import SHARED, SKOS, TABLE, THING, Match, Table, prefix

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

    from rltkg import KnowledgeGraph
    from rltkg.corpus import Release

RELATIONS = {"exactMatch": 219, "closeMatch": 30, "broadMatch": 12, "narrowMatch": 3, "relatedMatch": 0}
VOCABULARIES = {
    "MESH": 49, "NCIT": 24, "MONDO": 22, "WIKIDATA": 21, "SCT": 19, "DOID": 17, "MAXO": 15, "NUCLEX": 15, "ROR": 12,
    "EFO": 9, "GEONAMES": 7, "ICD10CM": 7, "ISO3166": 6, "ONS-GSS": 5, "Orphanet": 5, "icd11.foundation": 4, "RBO": 4,
    "ATC": 3, "DCM": 3, "DRUGBANK": 3, "NICE": 3, "CHEBI": 2, "EUCOUNTRY": 2, "ICD10WHO": 2, "EUCB": 1, "GRID": 1,
    "NCI-DICT": 1, "UNII": 1, "UO": 1,
}  # fmt: skip
ROWS, THINGS = 264, 76
# What each row must have, and the columns of our table, all of SSSOM 1.0 and in its order.
ASKED = ["subject_id", "predicate_id", "object_id", "mapping_justification"]
COLUMNS = [
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "object_source", "object_source_version", "mapping_provider", "see_also", "comment",
]  # fmt: skip
# Labels are passed on only where the vocabulary is under an open licence.
LABELLED = {
    "CHEBI", "DOID", "EUCB", "EUCOUNTRY", "GEONAMES", "MAXO", "MESH", "MONDO", "NCIT", "ONS-GSS", "RBO", "ROR", "UO",
    "WIKIDATA",
}  # fmt: skip
# Procedure, substance, product, nuclide, target, body and place stay apart: which vocabulary may speak of which class.
PROCEDURES = {"Therapy", "DiagnosticProcedure", "Procedure"}
CLASSES = {
    "ATC DRUGBANK NCI-DICT UNII": {"Substance"},
    "CHEBI": {"Radiation", "Nuclide", "Substance"},
    "DCM": {"DiagnosticProcedure"},
    "DOID EFO ICD10CM ICD10WHO MONDO Orphanet icd11.foundation": {"Indication"},
    "EUCB GRID ROR": {"Actor"},
    "EUCOUNTRY GEONAMES ISO3166 ONS-GSS": {"Place"},
    "HGNC UNIPROT": {"Target"},
    "MAXO": PROCEDURES | {"Concept"},
    "MESH": PROCEDURES | {"Indication", "Concept", "Radiation", "Nuclide", "Place", "Substance", "Target"},
    "NCIT": PROCEDURES | {"Indication", "Substance", "Target"},
    "NICE": {"Document"},
    "NUCLEX": PROCEDURES | {"Concept", "Nuclide", "Substance"},
    "RBO": {"Concept", "Radiation"},
    "SCT": PROCEDURES | {"Indication", "Nuclide", "Substance"},
    "UO": {"Concept"},
    "WIKIDATA": {"Actor", "Indication", "Place"},
}

NG52 = "nice-lymphoma-guideline-2016"
# What our things are called in the shared table, where it is not by our id; an actor and a place share one id there.
THEIRS = {
    "bsh": "british-society-for-haematology", "ct": "computed-tomography",
    "dhsc": "department-of-health-and-social-care", "eanm": "european-association-of-nuclear-medicine",
    "eau": "european-association-of-urology", "ema": "european-medicines-agency",
    "european-union-as-actor": "european-union", "haematological-cancers": "haematological-cancer",
    "lung-neuroendocrine-cancers": "neuroendocrine-cancer-of-the-lung",
    "mcrpc": "metastatic-castration-resistant-prostate-cancer", "mri": "magnetic-resonance-imaging",
    "nec": "neuroendocrine-carcinoma", "nen": "neuroendocrine-neoplasm", "net": "neuroendocrine-tumour",
    "nhs": "national-health-service", "nice": "national-institute-for-health-and-care-excellence",
    "nice-nen-appraisal-2018": "nice-technology-appraisal-for-radioligand-therapy-in-nens-2018",
    "nice-prostate-guideline-2019": "nice-prostate-cancer-guideline-2019", "overactive-thyroid": "hyperthyroidism",
    "pet": "positron-emission-tomography", "prrt": "peptide-receptor-radionuclide-therapy",
    "radioiodine": "iodine-131", "spect": "single-photon-emission-computed-tomography",
}  # fmt: skip
VERIFIED, PLACEHOLDERS, NO_THING = 383, 3, 112
# Verified as ids, yet against our distinctions.
AT_ODDS = {
    ("lung-neuroendocrine-cancers", "exactMatch", "DOID:5410"): "the class is one of tumours, the thing of neoplasms",
    ("radioligand-therapy", "broadMatch", "MAXO:0000014"): "would make RLT radiotherapy, which the documents dispute",
    ("radioligand-therapy", "broadMatch", "MESH:D011878"): "would make RLT radiotherapy, which the documents dispute",
    ("united-kingdom", "exactMatch", "ISO3166:GBR"): "a second exact code of one vocabulary",
}


@pytest.fixture(scope="module")
def table() -> Table:
    return Table(TABLE)


@pytest.fixture(scope="module")
def shared() -> Table:
    """Return the verified and unverified rows that ours come from; skip, loudly, where they are not at hand."""
    if not SHARED.exists():
        if os.environ.get("CI"):
            pytest.fail(f"the shared table of mappings is not at hand: {SHARED}")
        pytest.skip("the shared table of mappings is not at hand; our rows are checked against the Turtle only")
    return Table(SHARED)


@pytest.fixture(scope="module")
def classes(graph: KnowledgeGraph) -> dict[str, str]:
    """Return the class of each thing, both by id."""
    rows = pairs(graph, f"SELECT ?s ?c WHERE {{ ?s a ?c . FILTER(STRSTARTS(STR(?s), '{THING}')) }}")
    return {thing.removeprefix(THING): kind.removeprefix(PREFIXES["rlt"]) for thing, kind in rows}


def pairs(graph: KnowledgeGraph, text: str) -> list[tuple[str, str]]:
    """Return the values of the rows of a SELECT query with two columns."""
    answer = Answer(text, graph.store.select(text), graph.store, "")
    return [(value(first), value(second)) for first, second in answer.rows]


def value(term: object) -> str:
    """Return the text of an IRI or a literal."""
    assert isinstance(term, NamedNode | Literal)
    return term.value


def found(graph: KnowledgeGraph, ident: str | list[str]) -> list[tuple[str, str]]:
    """Return (thing, relation) for each row of the answer to a foreign id."""
    rows = graph.ask("mappings", foreign_id=ident).rows
    return [(value(row[0]).removeprefix(THING), value(row[1])) for row in rows]


def by_object(matches: list[Match], relation: str) -> dict[str, set[str]]:
    """Return foreign term -> the things that stand in `relation` to it."""
    things: dict[str, set[str]] = defaultdict(set)
    for thing, each, term in matches:
        if each == relation:
            things[term].add(thing)
    return things


# The table


def test_counts(table: Table) -> None:
    matches = table.matches()

    assert len(matches) == ROWS
    assert Counter(relation for _, relation, _ in matches) == Counter({k: n for k, n in RELATIONS.items() if n})
    assert Counter(prefix(term) for _, _, term in matches) == Counter(VOCABULARIES)
    assert len({thing for thing, _, _ in matches}) == THINGS


def test_metadata(table: Table) -> None:
    used = {prefix(row[key]) for row in table.rows for key in ASKED}

    assert table.meta["mapping_set_id"] == "https://w3id.org/rltkg/mappings"
    assert table.meta["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert table.meta["mapping_date"] == "2026-11-21"
    assert {key for key, value in table.meta.items() if not value} == set()
    assert set(table.curies) == used, "the map names just the prefixes that the rows use"
    assert table.curies["thing"] == THING
    assert table.curies["skos"] == SKOS
    assert [base for base in table.curies.values() if "example.org" in base] == []
    assert len(set(table.curies.values())) == len(table.curies), "two prefixes for one namespace"
    assert f"of {len(VOCABULARIES)} public vocabularies" in table.meta["mapping_set_description"]


def test_rows_are_well_formed(table: Table) -> None:
    keys = [(row["subject_id"], row["predicate_id"], row["object_id"]) for row in table.rows]
    addresses = [url for row in table.rows for url in row["see_also"].split("|") if url]

    assert table.columns == COLUMNS
    assert {len(cells) for cells in table.cells} == {len(COLUMNS)}
    assert [row for row in table.rows if not all(row[key] for key in ASKED)] == []
    assert keys == sorted(set(keys)), "sorted, and none twice"
    assert {row["predicate_id"].removeprefix("skos:") for row in table.rows} <= set(RELATIONS)
    assert {row["mapping_justification"] for row in table.rows} == {
        "semapv:ManualMappingCuration",
        "semapv:MappingChaining",
    }
    assert [row for row in table.rows if not re.fullmatch(r"https?://\S+", row["object_source"])] == []
    assert {row["mapping_provider"] for row in table.rows if row["mapping_justification"].endswith("Curation")} == {""}
    assert "" not in {
        row["mapping_provider"] for row in table.rows if row["mapping_justification"].endswith("Chaining")
    }
    assert len(addresses) > 200
    assert [url for url in addresses if not re.fullmatch(r"https://[\w.-]+/\S+", url)] == []
    assert '"' not in table.text.partition("subject_id\t")[2]
    assert "stored file" not in table.text


def test_subjects_are_our_things_by_their_labels(table: Table, graph: KnowledgeGraph) -> None:
    subjects = {table.expand(row["subject_id"]): row["subject_label"] for row in table.rows}
    values = " ".join(f"<{iri}>" for iri in subjects)
    query = f"SELECT ?s ?l WHERE {{ VALUES ?s {{ {values} }} ?s <{PREFIXES['rdfs']}label> ?l }}"

    assert len(subjects) == THINGS
    assert dict(pairs(graph, query)) == subjects


def test_labels_are_passed_on_only_where_open(table: Table) -> None:
    labelled = {prefix(row["object_id"]) for row in table.rows if row["object_label"]}

    assert labelled == LABELLED
    assert [row for row in table.rows if prefix(row["object_id"]) in LABELLED and not row["object_label"]] == []
    assert labelled & {"SCT", "ATC", "ICD10CM", "ICD10WHO", "icd11.foundation", "UMLS", "DRUGBANK"} == set()


# The graph


def test_table_and_turtle_are_equal(table: Table, release: Release) -> None:
    """Each holds what the other holds; and the table gives the file byte for byte."""
    path = TABLE.with_name("mappings.ttl")
    head = Triple(NamedNode(PREFIXES["graph"] + "mappings"), NamedNode(PREFIXES["rdf"] + "type"),
                  NamedNode(PREFIXES["rlt"] + "ReleaseGraph"))  # fmt: skip
    held = {quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)}

    assert len(table.triples()) == ROWS
    assert held - {head} == table.triples()
    assert path.read_text(encoding="utf-8") == write([head, *table.triples()])
    assert [file.graph for file in release.files if file.path == path] == [PREFIXES["graph"] + "mappings"]


def test_matches_stand_in_their_own_graph_only(release: Release) -> None:
    files = Counter(
        file.graph
        for file in release.files
        for quad in parse(path=file.path, format=RdfFormat.TURTLE)
        if quad.predicate.value.removeprefix(SKOS) in RELATIONS
    )

    assert files == {PREFIXES["graph"] + "mappings": ROWS}


def test_match_properties_are_annotations(graph: KnowledgeGraph) -> None:
    """An object property would make individuals of foreign classes."""
    query = (
        f"SELECT ?p ?kind WHERE {{ ?p a ?kind . FILTER(STRSTARTS(STR(?p), '{SKOS}') && STRENDS(STR(?p), 'Match')) }}"
    )

    assert sorted(pairs(graph, query)) == sorted(
        (SKOS + each, PREFIXES["owl"] + "AnnotationProperty") for each in RELATIONS
    )


# The traps


def test_no_two_things_are_exactly_one_foreign_term(table: Table) -> None:
    exact = by_object(table.matches(), "exactMatch")

    assert len(exact) == RELATIONS["exactMatch"]
    assert {term: things for term, things in exact.items() if len(things) > 1} == {}


def test_no_thing_is_exactly_two_terms_of_a_vocabulary(table: Table) -> None:
    exact = Counter((thing, prefix(term)) for thing, relation, term in table.matches() if relation == "exactMatch")

    assert [each for each, count in exact.items() if count > 1] == []


def test_a_thing_and_a_term_have_one_relation(table: Table) -> None:
    pairs = Counter((thing, term) for thing, _, term in table.matches())

    assert [each for each, count in pairs.items() if count > 1] == []


def test_neoplasm_is_not_tumour(table: Table) -> None:
    """MONDO, DO and MeSH have one term for both; NCIt has two."""
    held = {(thing, term): relation for thing, relation, term in table.matches() if thing in ("nen", "net", "nec")}

    assert held["nen", "NCIT:C3809"] == held["net", "NCIT:C188218"] == held["nec", "NCIT:C3773"] == "exactMatch"
    assert (held["nen", "MONDO:0019496"], held["net", "MONDO:0019496"]) == ("exactMatch", "broadMatch")
    assert {held[thing, term] for thing in ("nen", "net") for term in ("DOID:169", "MESH:D018358")} == {"closeMatch"}
    assert held["nec", "MONDO:0002120"] == "exactMatch"
    assert "DOID:5410" not in {term for _, _, term in table.matches()}, "a class of tumours for the lung neoplasms"


def test_procedure_substance_nuclide_target_body_and_place_stay_apart(
    table: Table, classes: dict[str, str], graph: KnowledgeGraph
) -> None:
    allowed = {each: kinds for several, kinds in CLASSES.items() for each in several.split()}
    wrong = [
        (thing, classes[thing], term)
        for thing, _, term in table.matches()
        if classes[thing] not in allowed[prefix(term)]
    ]

    assert wrong == []
    assert [term for _, relation, term in table.matches() if prefix(term) == "HGNC" and relation == "exactMatch"] == []
    assert found(graph, "ROR:019w4f821") == [("european-union-as-actor", "exactMatch")]
    assert found(graph, "WIKIDATA:Q458") == [("european-union", "exactMatch")]


def test_what_broader_matches_imply_the_graph_says(table: Table, graph: KnowledgeGraph) -> None:
    """Where one thing is exactly a term and another is narrower than it, our own hierarchy has the one below the other.

    So no match can settle by the back door what the sources dispute, such as whether RLT is radiotherapy.
    """
    exact, narrower = by_object(table.matches(), "exactMatch"), by_object(table.matches(), "broadMatch")
    broader = by_object(table.matches(), "narrowMatch")
    implied = {(low, high) for term in exact for high in exact[term] for low in narrower[term]}
    implied |= {(low, high) for term in exact for low in exact[term] for high in broader[term]}
    path = "|".join(f"<{PREFIXES['rlt']}{name}>" for name in ("narrowerThan", "kindOfProcedure", "locatedIn"))
    said = {
        (low.removeprefix(THING), high.removeprefix(THING))
        for low, high in pairs(graph, f"SELECT ?low ?high WHERE {{ ?low ({path})+ ?high }}")
    }

    assert implied == {("net", "nen")}
    assert implied <= said
    assert ("radioligand-therapy", "radiotherapy") not in said


# Where the rows come from


def test_every_row_is_verified(table: Table, shared: Table) -> None:
    verified = {
        (row["subject_id"].removeprefix("rlt:"), row["predicate_id"].removeprefix("skos:"), row["object_id"])
        for row in shared.rows
        if row["verified"] == "yes"
    }
    copied = ["mapping_justification", "object_source", "object_source_version", "mapping_provider"]
    sources = {(row["subject_id"], row["object_id"]): [row[name] for name in copied] for row in shared.rows}
    ours = {
        (f"rlt:{THEIRS.get(row['subject_id'][6:], row['subject_id'][6:])}", row["object_id"]): [row[k] for k in copied]
        for row in table.rows
    }

    assert [each for each in table.matches() if (THEIRS.get(each[0], each[0]), *each[1:]) not in verified] == []
    assert {key: value for key, value in ours.items() if sources[key] != value} == {}
    assert {table.curies[key] for key in VOCABULARIES} == {shared.curies[key] for key in VOCABULARIES}
    assert [row["object_id"] for row in table.rows if row["object_label"]
            not in ("", next(each["object_label"] for each in shared.rows if each["object_id"] == row["object_id"]))
            ] == []  # fmt: skip


def test_every_verified_row_is_here_or_left_out_for_a_reason(
    table: Table, shared: Table, classes: dict[str, str]
) -> None:
    """A row waits where no source names its subject, and is refused where it is at odds with our distinctions."""
    ours = defaultdict(set)
    for thing in classes:
        ours[THEIRS.get(thing, thing)].add(thing)
    left: Counter[str] = Counter()
    unexplained = []
    for row in shared.rows:
        if row["verified"] != "yes":
            continue
        things = ours[row["subject_id"].removeprefix("rlt:")]
        relation, term = row["predicate_id"].removeprefix("skos:"), row["object_id"]
        if "example.org" in shared.expand(term):
            left["placeholder"] += 1
        elif not things:
            left["no thing"] += 1
        elif things & {thing for thing, *rest in AT_ODDS if rest == [relation, term]}:
            left["at odds"] += 1
        elif things & {thing for thing, *rest in table.matches() if rest == [relation, term]}:
            left["taken"] += 1
        else:
            unexplained.append((row["subject_id"], term))

    assert unexplained == []
    assert left == {"taken": ROWS, "no thing": NO_THING, "placeholder": PLACEHOLDERS, "at odds": len(AT_ODDS)}
    assert left.total() == VERIFIED


# The queries


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (
            ["MONDO:0019496", "MONDO_0019496", "mondo:0019496", "http://purl.obolibrary.org/obo/MONDO_0019496",
             " https://purl.obolibrary.org/obo/MONDO_0019496 "],
            [("nen", "exactMatch"), ("net", "broadMatch")],
        ),
        (["MESH:D011878", "D011878", "http://id.nlm.nih.gov/mesh/D011878"], [("radiotherapy", "exactMatch")]),
        (["SCT:399068003", "399068003", "http://snomed.info/id/399068003"], [("prostate-cancer", "exactMatch")]),
        (["ROR:015ah0c92", "https://ror.org/015ah0c92"], [("nice", "exactMatch")]),
        (["ISO3166:GB-ENG", "GB-ENG", "gb-eng"], [("england", "exactMatch")]),
        (["NICE:NG52", "ng52", "https://www.nice.org.uk/guidance/ng52"], [(NG52, "exactMatch")]),
        (["icd11.foundation:797822185", "Orphanet:545", "Orphanet_545", "ICD10WHO:C82"],
         [("follicular-lymphoma", "exactMatch")]),
        (["C82"], [("follicular-lymphoma", "exactMatch"), ("follicular-lymphoma", "exactMatch")]),
        (["WIKIDATA:Q145", "Q145"], [("united-kingdom", "exactMatch")]),
    ],
)  # fmt: skip
def test_a_thing_is_found_by_any_form_of_a_foreign_id(
    forms: list[str], expected: list[tuple[str, str]], graph: KnowledgeGraph
) -> None:
    assert {form: found(graph, form) for form in forms} == dict.fromkeys(forms, expected)


@pytest.mark.parametrize(
    "value",
    [".*", "MONDO_", "MONDO:", "0019496", "9496", "MONDO:001949.", "D01187", "obo/MONDO_0019496", "://", "http://",
     "_", ":", "/", "other:D018358", '"', "\\", "' || true", '") || true #', "MONDO:0019496 MESH:D018358"],
)  # fmt: skip
def test_parts_patterns_and_tricks_find_nothing(value: str, graph: KnowledgeGraph) -> None:
    answer = graph.ask("mappings", foreign_id=value)

    assert answer.rows == []
    assert f"there would be {ROWS}" in str(answer.empty_because)


def test_several_foreign_ids_find_any_of_them(graph: KnowledgeGraph) -> None:
    assert found(graph, ["Q145", "MESH:D011878", "Q145"]) == [
        ("radiotherapy", "exactMatch"),
        ("united-kingdom", "exactMatch"),
    ]


def test_mappings_of_a_thing_are_those_of_the_table(table: Table, graph: KnowledgeGraph) -> None:
    """For every thing, nearest first."""
    expected: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for thing, relation, term in table.matches():
        expected[thing].add((relation, table.expand(term)))
    for thing, matches in expected.items():
        rows = [[value(term) for term in row] for row in graph.ask("mappings", thing=THING + thing).rows]
        ranks = [list(RELATIONS).index(row[1]) for row in rows]

        assert {row[0] for row in rows} == {THING + thing}
        assert {(row[1], row[2]) for row in rows} == matches
        assert len(rows) == len(matches)
        assert ranks == sorted(ranks)
    assert len(graph.ask("mappings")) == ROWS
    assert graph.ask("mappings", thing="rare-cancers").rows == []


def test_the_query_knows_the_vocabularies_of_the_table(table: Table, release: Release, graph: KnowledgeGraph) -> None:
    text = (release.root / "queries" / "mappings" / "mappings.rq").read_text("utf-8")
    finding = re.findall(r'^ +\("(\S+)" "(\S+)" "(.+)"\)$', text, re.MULTILINE)
    bases = {short: base for base, short, _ in finding}
    names = {short: name for _, short, name in finding}

    assert {short: bases[short] for short in VOCABULARIES} == {short: table.curies[short] for short in VOCABULARIES}
    assert len(finding) == len(bases) == len(set(bases.values())) == len(set(names.values()))
    assert {row["vocabulary"] for row in graph.ask("mappings").named_rows()} == {names[s] for s in VOCABULARIES}


def test_matches_that_a_user_adds_are_found_too(tmp_path: Path) -> None:
    """In a vocabulary that the queries do not know, by the end of the IRI."""
    own = tmp_path / "own.ttl"
    own.write_text(f"<{THING}rare-cancers> <{SKOS}relatedMatch> <http://example.org/terms#XY_42> .\n", encoding="utf-8")
    graph = rltkg.open(extra=own)

    assert [found(graph, form) for form in ("XY_42", "xy:42")] == [[("rare-cancers", "relatedMatch")]] * 2
    assert found(graph, "42") == []
    assert [row["vocabulary"] for row in graph.ask("mappings", thing="rare-cancers").named_rows()] == ["other"]


def test_two_engines_agree_on_all_matches(graph: KnowledgeGraph, rdflib_union: rdflib.Dataset) -> None:
    answer = graph.ask("mappings")

    assert len(answer) == ROWS
    assert by_pyoxigraph(answer) == by_rdflib(answer, rdflib_union)
