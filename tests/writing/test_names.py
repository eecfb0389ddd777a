"""How the layout names things: by our prefixes, by those of the file, else in full."""

from __future__ import annotations

import pytest

from rltkg.writing.formatting import formatted

NAMES = {
    "own_names_stay": ("my: <http://e/>", "<http://e/x>", "@prefix my: <http://e/> .", "my:x"),
    "ours_go_first": ("r: <https://w3id.org/rltkg/ontology/>", "r:x", "@prefix rlt:", "rlt:x"),
    "ours_mean_what_they_mean": ("page: <http://e/>", "page:x", "@prefix page2: <http://e/> .", "page2:x"),
    "the_empty_name": (": <http://e/>", ":x", "@prefix : <http://e/> .", ":x"),
    "a_part_of_a_name": ("nci: <http://e/NCI_>", "<http://e/NCI_C1>", "@prefix nci: <http://e/NCI_> .", "nci:C1"),
    "a_part_of_one_of_ours": ("n: <https://w3id.org/rltkg/thing/n>", "n:x", "@prefix thing:", "thing:nx"),
    "letters_of_any_script": ("my: <http://e/>", "<http://e/łódź>", "@prefix my:", "my:łódź"),
    "no_escapes": ("my: <http://e/>", r"my:a\,b", "<http://e/a,b>", "<http://e/a,b>"),
    "unused_ones_go": ("my: <http://e/>", "<http://f/x>", "<http://f/x>", "<http://f/x>"),
}


@pytest.mark.parametrize("case", NAMES)
def test_prefixes(case: str) -> None:
    """Our namespaces have our prefixes, others those of the file; unused ones go, and what would clash is renamed."""
    prefix, name, head, written = NAMES[case]
    text = formatted("names.ttl", f"@prefix {prefix} .\n{name} a {name} .".encode())

    assert text.startswith(head)
    assert text.endswith(f"{written} a {written} .\n")
    assert text.count("@prefix") == int(head.startswith("@"))
    assert formatted("names.ttl", text.encode()) == text


def test_of_two_names_for_a_namespace_the_first_in_the_alphabet_stays() -> None:
    text = formatted("two.ttl", b"@prefix b: <http://e/> . @prefix a: <http://e/> . b:x a b:y . @prefix page2: <u:> .")

    assert text == "@prefix a: <http://e/> .\n\na:x a a:y .\n"


def test_a_new_name_is_free() -> None:
    text = formatted("new.ttl", b"@prefix page: <http://e/> . @prefix page2: <http://f/> . page:x a page2:y .")

    assert text == "@prefix page2: <http://f/> .\n@prefix page3: <http://e/> .\n\npage3:x a page2:y .\n"
