"""What a review tells of a changed release: what changed, whose it is, and which answers change with it."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rltkg.corpus import shipped
from rltkg.errors import InputError, UnavailableError
from rltkg.loading import load
from rltkg.review.run import compare
from rltkg.store import EmbeddedStore
from tests.review.copies import GUIDELINE, HEAD, copied, cut

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.review.form import AnswerChange, Item, Review

LYMPHOMA = "data/gov/2.2-lymphoma.ttl"
PROSTATE = "data/gov/2.3-prostate-cancer.ttl"
OWN = "https://w3id.org/rltkg/"
OMITS = f"{OWN}gov/bug-baus-2013-omits-rlt"


def items(review: Review, group: str) -> list[Item]:
    return next((each["items"] for each in review["groups"] if each["name"] == group), [])


def names(review: Review) -> dict[str, list[tuple[str, str]]]:
    return {each["name"]: [(item["change"], item["id"]) for item in each["items"]] for each in review["groups"]}


def changes(item: Item) -> dict[str, tuple[list[str], list[str]]]:
    return {
        each["property"]: ([value["shown"] for value in each["removed"]], [value["shown"] for value in each["added"]])
        for each in item["changes"]
    }


def answer(review: Review, query: str, options: str = "") -> AnswerChange:
    return next(each for each in review["answers"]["changed"] if (each["query"], each["options"]) == (query, options))


def test_a_copy_is_no_difference_and_nothing_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copied(tmp_path / "b")
    monkeypatch.setattr(EmbeddedStore, "holding", lambda *_, **__: pytest.fail("a store was opened"))
    review = compare("shipped", folder)

    assert review["same"] is True
    assert (review["groups"], review["rest"], review["beside"]) == ([], [], [])
    assert review["answers"] == {"asked": 0, "because": "Not asked: both sides hold the same triples.", "changed": []}
    assert review["before"]["digest"] == review["after"]["digest"] == shipped().digest[:12]


def test_the_layout_of_a_file_is_no_difference(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b", (LYMPHOMA, " ;\n", "\n  ;\n"))

    assert shipped().digest[:12] != compare(None, folder)["after"]["digest"]
    assert compare(None, folder)["same"] is True


def test_a_changed_coverage(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    path = folder / PROSTATE
    block = next(
        each
        for each in path.read_text(encoding="utf-8").split("\n\n")
        if each.startswith("gov:bug-baus-2013-omits-rlt a")
    )
    edited = block.replace("coverage-omitted", "coverage-included")
    path.write_text(path.read_text(encoding="utf-8").replace(block, edited), encoding="utf-8")
    review = compare("shipped", folder)
    (item,) = items(review, "statements")

    assert names(review) == {"statements": [("changed", "bug-baus-2013-omits-rlt")]}
    assert changes(item) == {"coverage": (["omitted"], ["included"])}
    assert (item["iri"], item["kind"], item["graphs"]) == (OMITS, "position", ["statements of GOV"])
    assert item["where"] == "GOV 2 Summary [none cited]; GOV 2.3 [49]"
    assert item["whose"] == (
        "stated in UK governance working paper; content of BUG and BAUS Section of Oncology prostate cancer guidelines "
        "2013 (BAUS Section of Oncology, British Uro-oncology Group)"
    )
    assert review["triples"] == {
        "removed": [f"<{OMITS}> <{OWN}ontology/coverage> <{OWN}code/coverage-omitted> <{OWN}graph/gov> ."],
        "added": [f"<{OMITS}> <{OWN}ontology/coverage> <{OWN}code/coverage-included> <{OWN}graph/gov> ."],
    }
    assert len(answer(review, "guidelines_omitting_rlt")["removed"]) == 1
    assert answer(review, "guidelines_omitting_rlt")["before"] - 1 == answer(review, "guidelines_omitting_rlt")["after"]
    (row,) = answer(review, "positions_over_time", "--as-at now")["changed"]
    assert row["row"] == "2013; BUG and BAUS guidelines 2013 omit RLT"
    assert row["cells"] == [{"column": "coverage", "before": "omitted", "after": "included"}]
    assert not [each for each in review["answers"]["changed"] if each["query"] == "terms"]


def test_how_often_the_catalogue_is_asked(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    (folder / "data" / "updates" / "sample.ttl").write_text(GUIDELINE, encoding="utf-8")
    catalogue = json.loads(shipped().catalogue.read_bytes())["queries"]
    timed = [
        ident
        for ident, fields in catalogue.items()
        if any(each["type"] == "as_at" and each.get("default") != "now" for each in fields["parameters"].values())
    ]
    asked, not_asked = (compare(None, folder, ask=ask)["answers"] for ask in (True, False))

    assert len(timed) > 10
    assert asked["asked"] == len(catalogue) + len(timed)
    assert not_asked == {"asked": 0, "because": "Not asked, as you wished (--no-answers).", "changed": []}


def test_an_added_guideline_in_a_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "sample.ttl"
    path.write_text(GUIDELINE, encoding="utf-8")
    review = compare(None, path)
    (statement,) = items(review, "statements")
    (passage,) = statement["passages"]

    assert names(review) == {
        "statements": [("added", "sample-guideline-recommends")],
        "documents": [("added", "sample-guideline")],
    }
    assert review["after"]["name"] == f"the shipped release with {path}"
    assert review["after"]["digest"] == ""
    assert statement["graphs"] == ["updates"]
    assert statement["text"] == "The guideline of 2026 recommends RLT in lymphoma."
    assert statement["whose"].startswith("stated in Sample guideline (British Society for Haematology); content of")
    assert (passage["change"], passage["label"]) == ("added", "Sample guideline [none cited]")
    assert changes(passage)["printed strength"] == ([], ["should"])
    assert changes(items(review, "documents")[0])["publisher"] == ([], ["British Society for Haematology (bsh)"])
    (row,) = answer(review, "guideline_positions", "--as-at now")["added"]
    assert row[0] == "Sample guideline"
    assert not [
        each for each in review["answers"]["changed"] if each["query"] == "guideline_positions" and not each["options"]
    ]


def test_another_version_of_a_shipped_file_takes_its_place(tmp_path: Path) -> None:
    held = shipped().root / LYMPHOMA
    other = tmp_path / "anywhere" / LYMPHOMA
    other.parent.mkdir(parents=True)
    shutil.copy(held, other)

    assert compare(None, other)["same"] is True
    assert compare("shipped", shutil.copy(held, tmp_path / "mine.ttl"))["same"] is True  # the same triples once more
    other.write_text(held.read_text(encoding="utf-8").replace("follicular lymphoma", "some lymphoma"), encoding="utf-8")
    assert {item["change"] for item in items(compare(None, other, ask=False), "statements")} == {"changed"}


def test_a_file_of_the_release_cannot_differ_from_it(tmp_path: Path) -> None:
    held = shipped().root / LYMPHOMA
    other = tmp_path / LYMPHOMA
    other.parent.mkdir(parents=True)
    other.write_text(held.read_text(encoding="utf-8").replace("follicular lymphoma", "some lymphoma"), encoding="utf-8")

    with pytest.raises(InputError, match=r"2\.2-lymphoma\.ttl lies in the shipped release itself, .* `git worktree"):
        compare(None, held)
    # As what stood before another version of itself, it can.
    assert {item["change"] for item in items(compare(held, other, ask=False), "statements")} == {"changed"}


@pytest.mark.parametrize("name", ["book.xlsx", "place.csv", "folder"])
def test_sheets_are_compared_as_what_they_say(name: str, tmp_path: Path) -> None:
    place = tmp_path / name
    if name == "book.xlsx":
        book = openpyxl.Workbook()
        book.active.title = "place"
        book.active.append(["label", "place kind"])
        book.active.append(["Norland", "country"])
        book.save(place)
    else:
        path = place / "place.csv" if name == "folder" else place
        path.parent.mkdir(exist_ok=True)
        path.write_text("label,place kind\nNorland,country\n", encoding="utf-8")
    review = compare(None, place, ask=False)
    (item,) = items(review, "places")

    assert names(review) == {"places": [("added", "norland")]}
    assert item["graphs"] == ["updates"]
    assert changes(item) == {
        "is a": ([], ["place"]), "label": ([], ["Norland"]), "place kind": ([], ["country"]),
    }  # fmt: skip
    assert review["after"]["name"] == f"the shipped release with {place}"


def test_sheets_with_faults_are_refused_with_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "place.csv"
    path.write_text("label,place kind,weather\nNorland,contry,\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        compare(None, path)

    first, *faults = str(caught.value).splitlines()

    assert first == f"{path} cannot be compared until it is mended:"
    assert [each.split(": ")[0] for each in faults] == [f"{path}, C1", f"{path}, B2"]
    assert faults[1].endswith("'place kind' has no value 'contry'; did you mean 'country'? [unknown-code]")


def test_two_files_are_compared_in_the_shipped_release(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    old.write_text(GUIDELINE, encoding="utf-8")
    new.write_text(GUIDELINE.replace("strength-recommends ", "strength-includes "), encoding="utf-8")
    review = compare(old, new, ask=False)

    assert names(review) == {"statements": [("changed", "sample-guideline-recommends")]}
    assert changes(items(review, "statements")[0]) == {"strength": (["recommends"], ["includes, strength not stated"])}


def test_a_file_without_a_graph_of_the_release_has_one_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "loose.ttl"
    path.write_text(f'{HEAD}thing:loose a rlt:Actor ; rdfs:label "Loose"@en .\n', encoding="utf-8")
    (item,) = items(compare(None, path, ask=False), "actors")

    assert item["graphs"] == [path.as_uri()]


def test_a_folder_of_files_is_added_and_a_whole_graph_is_not(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a.ttl").write_text(GUIDELINE, encoding="utf-8")
    whole = copied(tmp_path / "whole")
    (whole / "data" / "manifest.ttl").unlink()
    for name in ("shapes", "checks"):
        shutil.rmtree(whole / "ontology" / name)

    assert {each for several in names(compare(None, mine, ask=False)).values() for each, _ in several} == {"added"}
    # Of a whole graph without a manifest, only that is gone.
    assert set(names(compare(None, whole, ask=False))) <= {"graphs"}


def test_a_store_on_disk(stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.ttl"
    path.write_text(GUIDELINE, encoding="utf-8")
    larger = load(tmp_path / "larger", extra=[path]).target

    assert compare(stored, None)["same"] is True
    review = compare(stored, larger, ask=False)
    assert names(review)["documents"] == [("added", "sample-guideline")]
    assert review["same"] is False
    with pytest.raises(InputError, match="is a store on disk, which is only read"):
        compare(stored, path)


def test_a_label_is_renamed_and_answers_that_only_show_it_are_told_apart(tmp_path: Path) -> None:
    old, new = "National Institute for Health and Care Excellence", "Institute of Excellence"
    folder = copied(tmp_path / "b", ("data/things/actors.ttl", f'"{old}"@en', f'"{new}"@en'))
    review = compare(None, folder)
    (item,) = items(review, "actors")

    assert (item["change"], item["id"], item["was"], item["label"]) == ("renamed", "nice", old, new)
    assert answer(review, "documents_by_actor")["renamed"] > 0
    assert answer(review, "document_facts")["changed"] == []  # the name stands in a text there
    assert answer(review, "document_facts")["renamed"] > 0


def test_a_new_id_is_no_loss(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    for path in (folder / "data").rglob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("thing:bsh-guidelines-2020", "thing:bsh-guide-2020"), encoding="utf-8")
    review = compare(None, folder, ask=False)
    (item,) = items(review, "documents")
    count = len(review["triples"]["removed"])

    assert list(names(review)) == ["documents"]
    assert (item["change"], item["id"], item["changes"]) == ("renamed", "bsh-guide-2020", [])
    assert item["iri_before"] == "https://w3id.org/rltkg/thing/bsh-guidelines-2020"
    assert item["following"] == count == len(review["triples"]["added"]) > 10
    assert "BSH guidelines 2020 recommend considering RLT (bsh-2020-recommends-consideration)" in item["followers"]


def test_a_removed_passage_is_told_with_its_statement(tmp_path: Path) -> None:
    passage = "gov:passage-2-2-contribution-to-decline"
    folder = copied(tmp_path / "b", (LYMPHOMA, f"    rlt:passage {passage} ;\n", ""))
    cut(folder, LYMPHOMA, passage)
    review = compare(None, folder, ask=False)
    (item,) = items(review, "statements")

    assert (item["change"], item["id"], item["where"]) == ("changed", "absence-from-nice-contributed-to-decline", "")
    assert [(each["change"], each["label"]) for each in item["passages"]] == [("removed", "GOV 2.2 [8]")]
    assert list(names(review)) == ["statements"]


def test_a_passage_of_several_statements_stands_by_itself(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    path = folder / LYMPHOMA
    text = path.read_text(encoding="utf-8")
    blocks = {block.split()[0]: block for block in text.split("\n\n") if block.startswith("gov:passage-")}
    passage = max(blocks, key=lambda each: len(re.findall(rf"{each}(?![\w-])", text)))
    block = blocks[passage]
    path.write_text(
        text.replace(block, block.replace(" a rlt:Passage ;", ' a rlt:Passage ;\n    rlt:curatorNote "x" ;')),
        encoding="utf-8",
    )
    (item,) = items(compare(None, folder, ask=False), "passages")

    assert item["change"] == "changed"
    assert item["whose"].startswith("of ")
    assert item["whose"].count("(") >= 2


def test_links_to_other_vocabularies(tmp_path: Path) -> None:
    old, new = "http://id.nlm.nih.gov/mesh/D000512", "http://id.nlm.nih.gov/mesh/D999999"
    folder = copied(tmp_path / "b", ("data/mappings/mappings.ttl", old, new))
    review = compare(None, folder)

    assert names(review) == {"links to other vocabularies": [("changed", "alpha-radiation")]}
    assert changes(items(review, "links to other vocabularies")[0]) == {"exact match": ([old], [new])}
    assert [each["query"] for each in review["answers"]["changed"]] == ["mappings"]


def test_a_class_expression_is_told_as_triples(tmp_path: Path) -> None:
    folder = copied(
        tmp_path / "b",
        ("ontology/rltkg.ttl", "owl:hasValue code:document-kind-guideline", "owl:hasValue code:document-kind-pathway"),
    )
    review = compare(None, folder, ask=False)

    assert review["groups"] == []
    assert [(each["change"], len(each["lines"])) for each in review["rest"]] == [("removed", 10), ("added", 10)]
    assert review["rest"][0]["what"] == "10 triples with blank nodes removed, about guideline (defined)"
    assert any("document-kind-pathway" in line for line in review["rest"][1]["lines"])


def test_a_code_of_the_ontology(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b", ("ontology/rltkg.ttl", '"omitted"@en', '"left out"@en'))
    review = compare(None, folder, ask=False)

    assert [(item["change"], item["was"]) for item in items(review, "codes and terms of the ontology")] == [
        ("renamed", "omitted")
    ]


def test_a_file_that_moves_to_another_graph(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b", ("data/bibliography/editions.ttl", "graph:bibliography", "graph:updates"))
    shutil.move(folder / "data" / "bibliography" / "editions.ttl", folder / "data" / "updates" / "editions.ttl")
    review = compare(None, folder)
    (moved,) = review["rest"]

    assert (review["same"], review["groups"]) == (False, [])
    assert moved["change"] == "moved"
    assert "moved from graph bibliography to graph updates" in moved["what"]
    assert len(moved["lines"]) == len(review["triples"]["added"]) == len(review["triples"]["removed"]) > 20
    assert review["answers"]["because"] == "Not asked: both sides hold the same triples."


def test_the_queries_of_the_later_side_never_run(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    compiled = folder / "queries" / "catalogue.json"
    held = json.loads(compiled.read_bytes())
    held["queries"]["terms"]["pieces"] = ["SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"]
    held["queries"]["new_one"] = held["queries"].pop("figures")
    compiled.write_text(json.dumps(held), encoding="utf-8")
    (folder / "data" / "updates" / "sample.ttl").write_text(GUIDELINE, encoding="utf-8")
    review = compare(None, folder)

    (told,) = review["beside"]
    assert told == (
        "1 query of the catalogue added (new_one); 1 query of the catalogue removed (figures); 1 query of the "
        "catalogue changed (terms): named here, not run."
    )
    assert not [each for each in review["answers"]["changed"] if each["query"] in ("terms", "new_one")]
    compiled.write_text("[" * 100_000, encoding="utf-8")
    assert "the catalogue cannot be read" in compare(None, folder, ask=False)["beside"][0]


def test_shapes_and_checks_are_named(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    shape = min((folder / "ontology" / "shapes").glob("*.ttl"))
    shape.write_text(shape.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (folder / "ontology" / "checks" / "mine.rq").write_text("SELECT * {}", encoding="utf-8")
    review = compare(None, folder)

    assert review["same"] is False
    assert review["beside"] == [
        f"1 file of shapes changed ({shape.name}): named here, not run.",
        "1 check added (mine.rq): named here, not run.",
    ]


def test_a_query_that_cannot_be_asked_any_more(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    for path in (folder / "data").rglob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("thing:gov-working-paper", "thing:gov-paper"), encoding="utf-8")
    review = compare(None, folder)

    assert answer(review, "statements_by_reference")["failed"].startswith(f"It cannot be asked of {folder}: ")
    assert [item["change"] for item in items(review, "documents")] == ["renamed"]


def test_literals_that_read_alike_are_told_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "old.ttl", tmp_path / "new.ttl"]
    for path, year in zip(paths, ('"2026"', "2026"), strict=True):
        path.write_text(f"{HEAD}thing:x a rlt:Actor ; rlt:publicationYear {year} .", encoding="utf-8")
    (item,) = items(compare(*paths, ask=False), "actors")

    assert changes(item) == {
        "year of publication": (['"2026"'], ['"2026"^^<http://www.w3.org/2001/XMLSchema#integer>'])
    }


def test_rdf_1_2(tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    quoted = '<<( thing:a rlt:about _:b )>>, <<( thing:a rlt:about "b" )>>'
    path.write_text(f'{HEAD}thing:x a rlt:Actor ; rlt:about {quoted} . _:b rlt:note "<b>" .', encoding="utf-8")
    review = compare(None, path, ask=False)

    assert "<<( <https://w3id.org/rltkg/thing/a>" in str(changes(items(review, "actors")[0]))
    assert [len(each["lines"]) for each in review["rest"]] == [2]


def test_places_that_cannot_be_compared(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("thing:x a", encoding="utf-8")
    with pytest.raises(InputError, match=r"There is no folder .*nowhere"):
        compare(None, tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"broken\.ttl:1:"):
        compare(None, broken)
    with pytest.raises(InputError, match="tells no RDF format"):
        compare(None, shutil.copy(broken, tmp_path / "x.docx"))
    with pytest.raises(UnavailableError, match="is an address"):
        compare(None, "http://127.0.0.1:9/sparql")


def test_a_link_that_leads_out_of_a_release_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path / "b")
    (tmp_path / "secret.ttl").write_text(GUIDELINE, encoding="utf-8")
    (folder / "data" / "updates" / "link.ttl").symlink_to(tmp_path / "secret.ttl")
    with pytest.raises(InputError, match="link that leads out"):
        compare(None, folder)
