"""A query file that breaks the contract is refused, with file and line, and the compiled catalogue is not touched."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from rltkg.canned.compile import compile_file, compile_folder
from rltkg.canned.contract import Catalogue
from rltkg.canned.vocabulary import FOREIGN, Vocabulary, used_iris
from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg import KnowledgeGraph
    from rltkg.corpus import Release

GOOD = """\
#+ title: Documents
#+ question: Which documents are there?
#+ description: All of them.
#+ tags: [documents]
#+ parameters:
#+   kind:
#+     type: DocumentKind
#+     help: A kind.
#+ columns:
#+   document:
#+     type: Document
#+     help: The document.

PREFIX rlt: <https://w3id.org/rltkg/ontology/>

SELECT ?document
WHERE {
  VALUES ?kind { UNDEF }
  ?document a rlt:Document ; rlt:documentKind ?kind .
}
ORDER BY ?document
"""
# what is replaced, by what, what the error must say
BROKEN = {
    "no header": (GOOD[: GOOD.index("PREFIX")], "", ":1: no header"),
    "header not yaml": ("title: Documents", "title: a: b: c", ":1: the header is not YAML"),
    "unknown key": ("#+ tags: [documents]", "#+ tags: [documents]\n#+ tag: x", "unknown key 'tag'"),
    "missing key": ("#+ tags: [documents]\n", "", "lacks the key 'tags'"),
    "wrong order": (
        "#+ title: Documents\n#+ question: Which documents are there?\n",
        "#+ question: Which documents are there?\n#+ title: Documents\n",
        "stand in this order",
    ),
    "title not text": ("title: Documents", "title: 7", "title must be text"),
    "tags not words": ("tags: [documents]", "tags: documents", "tags must be a list of words"),
    "parameter without type": ("#+     type: DocumentKind\n", "", "parameters.kind lacks the key 'type'"),
    "parameter with unknown key": ("#+     help: A kind.", "#+     helps: A kind.", "unknown key 'helps'"),
    "column without help": ("#+     help: The document.\n", "", "columns.document lacks the key 'help'"),
    "columns not a mapping": (GOOD[GOOD.index("#+   document:") : GOOD.index("\nPREFIX")], "", "columns must map"),
    "undeclared parameter": ("?kind .\n", "?kind .\n  VALUES ?other { UNDEF }\n", "differ in: other"),
    "unused parameter": ("  VALUES ?kind { UNDEF }\n", "", "differ in: kind"),
    "reserved parameter": ("kind", "format", "snake_case and none of"),
    "not sparql": ("ORDER BY ?document", "ORDER BYE ?document", ":22: pyoxigraph cannot parse this"),
    "columns differ": ("SELECT ?document\n", "SELECT ?document ?kind\n", "projected as ['document', 'kind']"),
    "unknown term": ("rlt:documentKind ?kind", "rlt:documentKnid ?kind", "did you mean"),
    "foreign term": ("a rlt:Document ;", "a <http://example.org/Document> ;", "term: http://example.org/Document"),
    "unknown type": ("type: DocumentKind", "type: DocumentKnid", "'DocumentKnid', no class of the ontology"),
    "where not at the start of a line": ("\nWHERE {", " WHERE {", "must start a line"),
}  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary(graph: KnowledgeGraph) -> Vocabulary:
    return Vocabulary(graph.store)


def test_a_good_file_compiles_to_its_contract(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "some_topic" / "some_documents.rq"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    compiled = compile_file(path, vocabulary)

    assert compiled["topic"] == "some_topic"
    assert compiled["pieces"][1::2] == ["kind"]
    assert "".join([compiled["pieces"][0], "UNDEF", compiled["pieces"][2]]) == GOOD[GOOD.index("PREFIX") :]
    assert compiled["pieces"][0][compiled["head"] :].startswith("WHERE {")


def test_broken_files_are_collected() -> None:
    assert len(BROKEN) == 20
    assert [name for name, (old, _, _) in BROKEN.items() if old not in GOOD] == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    old, new, needle = BROKEN[name]
    path = tmp_path / "topic" / "broken_one.rq"
    path.parent.mkdir()
    path.write_text(GOOD.replace(old, new) if name != "no header" else GOOD[GOOD.index("PREFIX") :], encoding="utf-8")

    with pytest.raises(InputError) as caught:
        compile_file(path, vocabulary)
    assert str(path) in str(caught.value)
    assert needle in str(caught.value)


def test_a_misnamed_file_a_double_id_and_an_empty_folder_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="holds no"):
        compile_folder(tmp_path, vocabulary)
    for topic in ("one", "two"):
        (tmp_path / topic).mkdir()
        (tmp_path / topic / "same_id.rq").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match="the id 'same_id' is taken"):
        compile_folder(tmp_path, vocabulary)
    (tmp_path / "one" / "same_id.rq").rename(tmp_path / "one" / "Same-Id.rq")
    with pytest.raises(InputError, match="snake_case"):
        compile_folder(tmp_path, vocabulary)


def test_the_compiled_catalogue_is_that_of_the_query_files(release: Release, vocabulary: Vocabulary) -> None:
    text = compile_folder(release.root / "queries", vocabulary)

    assert release.catalogue.read_text(encoding="utf-8") == text, "run `python -m rltkg.canned`"
    assert len(json.loads(text)["queries"]) == len(list((release.root / "queries").glob("*/*.rq"))) >= 19


def test_terms_in_paths_filters_values_and_subqueries_are_seen() -> None:
    text = """PREFIX r: <http://x/>
        SELECT ?a WHERE { ?a a/r:sub* r:C ; r:p|^r:q ?b . VALUES ?z { r:v } OPTIONAL { ?a r:o ?o FILTER(?o != r:f) }
        { SELECT ?a WHERE { ?a r:inner/!r:neg ?k } } BIND(r:bind AS ?y) MINUS { ?a r:m ?n }
        FILTER NOT EXISTS { ?a r:ne ?j } }"""
    expected = {"sub", "C", "p", "q", "v", "o", "f", "inner", "neg", "bind", "m", "ne"}

    assert {f"http://x/{name}" for name in expected} == used_iris(text) - FOREIGN


def test_a_missing_or_foreign_catalogue_is_told_with_the_mend(tmp_path: Path, release: Release) -> None:
    for content in (None, b"{", b'{"form": "catalogue 0"}'):
        path = tmp_path / "catalogue.json"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(UnavailableError, match=r"python -m rltkg\.canned") as caught:
            Catalogue(path)
        assert caught.value.exit_status == 3
    shutil.copy(release.catalogue, tmp_path / "catalogue.json")
    assert len(Catalogue(tmp_path / "catalogue.json")) >= 19
