"""Templates: whole, helpful, refused as they are, and good once they are filled."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pyoxigraph import RdfFormat, parse

from rltkg import validate
from rltkg.corpus.prefixes import PREFIXES
from rltkg.results.names import long, short
from rltkg.sheets.columns import BETWEEN, Code, Text, Thing
from rltkg.sheets.kinds import COMMENT, kinds
from rltkg.sheets.known import Known
from rltkg.sheets.needs import with_needs
from rltkg.sheets.shipped import shipped_nodes
from rltkg.sheets.table import ABOUT, LISTS
from rltkg.sheets.templates import csv_templates, turtle_template, xlsx_template
from rltkg.sheets.wording import note
from rltkg.validation.guards.placeholders import BLANK
from rltkg.validation.report import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

    from rltkg.corpus import Release
    from rltkg.sheets.shipped import Shipped
    from rltkg.validation.report import ValidationReport

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ALL = [kind.name for kind in kinds()]
LINE = re.compile(r"    (?:# )?(?P<name>[a-z]+:[A-Za-z]+) (?P<value>\S*FILL-IN\S*) ;")


@pytest.fixture(scope="module")
def shipped_data() -> Shipped:
    return shipped_nodes()


@pytest.fixture(scope="module")
def book(shipped_data: Shipped) -> Workbook:
    """Return the workbook with all kinds."""
    return openpyxl.load_workbook(io.BytesIO(xlsx_template(list(kinds()), kinds(), shipped_data)))


def predicates(text: str) -> set[str]:
    return {quad.predicate.value for quad in parse(text, format=RdfFormat.TURTLE)} - {TYPE}


def full(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


@pytest.mark.parametrize("name", ALL)
def test_turtle_has_what_must_be_said_and_on_demand_all_the_rest(name: str) -> None:
    kind = kinds().named(name)
    text = turtle_template([kind])
    whole = re.sub(r"(?m)^    # (?=[a-z]+:[A-Za-z]+ \S*FILL-IN\S* ;$)", "    ", text)
    preset = {predicate for predicate, _ in kind.preset}
    active = {c.iri for c in kind.columns if c.required or c.header in c.either[:1]}
    shown = {c.iri for c in kind.columns if not c.general or c.either}

    assert predicates(text) == active | preset
    assert predicates(whole) == shown | preset
    words = " ".join(re.sub(r"\n *#", " ", text).split())
    for column in kind.columns:
        if column.iri in shown:
            assert f" {column.label} (" in words
            assert [each for each in (*column.help, *column.rules, *column.form) if each not in words] == []
        else:
            assert re.search(rf"Any node may also have: .*\b{re.split('[/#]', column.iri)[-1]}\b", words)


def test_turtle_lists_the_choices_of_each_code() -> None:
    text = turtle_template(list(kinds()))
    codes = {column.value for kind in kinds() for column in kind.columns if isinstance(column.value, Code)}

    assert len(codes) == 30
    assert not [choice.iri for code in codes for choice in code.choices if f" {short(choice.iri)}" not in text]


def test_blocks_name_each_other() -> None:
    text = turtle_template(with_needs([kinds().named("position")], kinds()))

    assert "    rlt:passage page:FILL-IN-passage ;\n" in text
    assert "    rlt:inDocument thing:FILL-IN-document ;\n" in text
    assert re.findall(r"(?m)^\w+:FILL-IN-\S+$", text) == [
        "page:FILL-IN-position",
        "thing:FILL-IN-document",
        "page:FILL-IN-passage",
    ]


def test_turtle_shows_what_the_example_says(shipped_data: Shipped) -> None:
    text = turtle_template(with_needs([kinds().named("position")], kinds()), shipped_data)

    assert "# The example is page:european-prostate-2024-names-psma-therapy.\npage:FILL-IN-position\n" in text
    for line in (
        "code:topic-guidelines , code:topic-rlt , code:topic-treatment",
        '"2026-11-21"^^xsd:date',
        "2024",
        "thing:european-prostate-guidelines-2024",
    ):
        assert f"    #   In the example: {line}\n" in text
    assert predicates(text) == predicates(turtle_template(with_needs([kinds().named("position")], kinds())))


def test_no_template_validates_as_it_is(tmp_path: Path) -> None:
    for kind in kinds():
        (tmp_path / f"{kind.name}.ttl").write_text(turtle_template([kind]), encoding="utf-8")
    report = validate([tmp_path])
    refused = {
        (finding.location.file, finding.focus)
        for finding in report
        if finding.rule == "placeholder" and finding.severity == Severity.VIOLATION and finding.location
    }
    by_value = [finding for finding in report if finding.rule == "placeholder" and finding.path]

    assert len(report.files) == 55
    assert {focus for _, focus in refused} == {f"<{kind.namespace}{BLANK}-{kind.name}>" for kind in kinds()}
    assert len({file for file, _ in refused}) == 55
    active = [c for kind in kinds() for c in kind.columns if c.required or c.header in c.either[:1]]
    assert len(by_value) == len(active)
    assert all(finding.location and finding.location.line for finding in by_value)


def test_each_template_filled_with_its_example_validates(shipped_data: Shipped, tmp_path: Path) -> None:
    report = filled_and_judged(shipped_data, tmp_path, anew=False)

    assert len(report.files) == 55
    assert [f"{each.location} {each.message}" for each in report if each.severity == Severity.VIOLATION] == []


def test_a_copy_of_an_example_breaks_no_rule_but_that_there_is_one_of_it(shipped_data: Shipped, tmp_path: Path) -> None:
    report = filled_and_judged(shipped_data, tmp_path, anew=True)
    broken = {each.rule for each in report if each.severity == Severity.VIOLATION}

    assert len(report.files) == 55
    assert broken == {"repeated_number", "shortcut_fact_mismatch", "passage-is-used-by"}


def filled_and_judged(data: Shipped, folder: Path, *, anew: bool) -> ValidationReport:
    """Write the template of each kind, filled with its example, into `folder`, and return the report on all.

    The nodes have the ids of the examples, or `anew` ids and names of their own.
    """
    label = PREFIXES["rdfs"] + "label"
    for kind in kinds():
        ident, cells = data.examples([kind])[kind.name]
        iri = long(ident) if ":" in ident else kind.namespace + ident
        values: dict[str, list[str]] = {}
        for triple in data.about.get(iri, []):
            values.setdefault(triple.predicate.value, []).append(str(triple.object))
        if any(heading.column.iri == label for heading in cells) and (anew or not values):
            values[label] = [f'"An example of {kind.name}"@en']
        lines = []
        for line in turtle_template([kind]).splitlines():
            if found := LINE.fullmatch(line):
                terms = values.get(full(found["name"]), [])
                lines += [f"    {found['name']} {' , '.join(terms)} ;"] if terms else []
            elif line.endswith(f":{BLANK}-{kind.name}"):
                lines.append(line.replace(BLANK, "an-example-of") if anew else f"<{iri}>")
            else:
                lines.append(line)
        (folder / f"{kind.name}.ttl").write_text("\n".join(lines), encoding="utf-8")
    return validate([folder])


def test_a_workbook_has_a_sheet_for_each_kind(book: Workbook) -> None:
    assert book.sheetnames == [ABOUT, *ALL, LISTS]
    assert len(ALL) == 55


@pytest.mark.parametrize("name", ALL)
def test_sheets_show_what_is_needed_and_an_example(name: str, book: Workbook) -> None:
    kind, sheet = kinds().named(name), book[name]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    headers = rows[0]

    assert headers == ["id", *(column.header for column in kind.columns)]
    assert len(rows) == 3
    assert all(str(row[0]).startswith(COMMENT) for row in rows[1:])
    needed = {header for header, text in zip(headers, rows[1], strict=True) if str(text).startswith("needed")}
    assert needed - {"id"} == {c.header for c in kind.columns if c.required or c.either}
    example = dict(zip(headers, rows[2], strict=True))
    assert all(example[column.header] for column in kind.columns if column.required)
    assert str(example["id"]).startswith("# example: ")
    labelled = kind.columns[0].header == "label"
    assert sheet.freeze_panes == ("C4" if labelled else "B4")


@pytest.mark.parametrize("name", ALL)
def test_each_header_has_a_note_and_each_code_a_list(name: str, book: Workbook) -> None:
    kind, sheet = kinds().named(name), book[name]
    rules = {next(iter(rule.sqref.ranges)).min_col: rule for rule in sheet.data_validations.dataValidation}
    for place, column in enumerate(kind.columns, 2):
        comment = sheet.cell(1, place).comment
        assert comment is not None
        assert comment.text == note(column, kinds())
        rule = rules[place]
        assert rule.promptTitle == column.header[:32]
        assert len(rule.prompt) <= 255
        if isinstance(column.value, Code):
            cells = book[LISTS][rule.formula1.removeprefix(f"{LISTS}!").replace("$", "")]
            assert [cell.value for (cell,) in cells] == [choice.label for choice in column.value.choices]
            assert rule.showErrorMessage is not column.many
        assert next(iter(rule.sqref.ranges)).min_row == 4


def test_cells_are_text_so_that_nothing_is_turned_into_something_else(book: Workbook) -> None:
    for name in ALL:
        for column in book[name].column_dimensions.values():
            assert not column.hidden
        formats = {cell.number_format for row in book[name].iter_rows() for cell in row if cell.value}
        assert formats == {"@"}


def test_lists_offer_what_the_release_holds(book: Workbook) -> None:
    position = book["position"]
    rules = {rule.promptTitle: rule for rule in position.data_validations.dataValidation}
    cells = book[LISTS][rules["jurisdiction"].formula1.removeprefix(f"{LISTS}!").replace("$", "")]
    names = [cell.value for (cell,) in cells]

    assert {"England", "Scotland", "United Kingdom"} < set(names)
    assert names == sorted(names, key=str.casefold)
    assert rules["jurisdiction"].showErrorMessage is False
    assert rules["about"].type is None


def test_each_name_that_a_list_offers_means_one_node(shipped_data: Shipped, release: Release) -> None:
    known = Known.of(release)
    takes = {column.value for kind in kinds() for column in kind.columns if isinstance(column.value, Thing)}
    told = {value: shipped_data.names(map(kinds().named, value.kinds)) for value in takes if value.classes}
    unclear = [name for value, names in told.items() for name in names if len(known.called(name, value)[0]) != 1]

    assert unclear == []
    assert sum(map(len, told.values())) > 2_500
    assert not [name for names in told.values() for name in names if BETWEEN in name]


def test_the_same_template_has_the_same_bytes(shipped_data: Shipped) -> None:
    wanted = [kinds().named("position")]

    assert xlsx_template(wanted, kinds(), shipped_data) == xlsx_template(wanted, kinds(), shipped_data)


def test_examples_of_one_book_name_each_other(shipped_data: Shipped) -> None:
    examples = shipped_data.examples(with_needs([kinds().named("position")], kinds()))
    said = {name: {str(heading): cell for heading, cell in cells.items()} for name, (_, cells) in examples.items()}

    assert said["position"]["passage"] == f"page:{examples['passage'][0]}"
    assert said["position"]["content of"] == f"thing:{examples['document'][0]}"


def test_the_example_of_a_fact_is_about_the_example_of_a_document(shipped_data: Shipped) -> None:
    examples = shipped_data.examples(with_needs([kinds().named("guideline")], kinds()))
    fact = {str(heading): cell for heading, cell in examples["document-fact"][1].items()}

    assert fact["about"] == f"thing:{examples['guideline'][0]}"
    assert fact["passage"] == f"page:{examples['passage'][0]}"
    assert fact["stated in"] == f"thing:{examples['document'][0]}"


def test_csv_says_all_that_notes_and_lists_say(shipped_data: Shipped) -> None:
    kind = kinds().named("position")
    lines = list(csv.reader(io.StringIO(csv_templates([kind], kinds(), shipped_data)["position"])))

    assert [line[0].split(":")[0] for line in lines] == ["id", "# needed?", "# means", "# takes", "# example"]
    takes = dict(zip(lines[0], lines[3], strict=True))
    assert takes["coverage"].endswith("The list: brief | extensive | included | omitted.")
    assert dict(zip(lines[0], lines[1], strict=True))["jurisdiction"] == (
        "needed, unless one of these is filled: not stated"
    )
    assert len({len(line) for line in lines}) == 1


def test_a_book_of_a_class_and_its_preset_has_two_nodes() -> None:
    text = turtle_template([kinds().named("guideline"), kinds().named("document")])

    assert text.count("\nthing:FILL-IN-guideline\n") == text.count("\nthing:FILL-IN-document\n") == 1
    assert "    rlt:documentKind code:document-kind-guideline ;\n    a rlt:Document .\n" in text


def test_help_speaks_of_headers_and_labels(shipped_data: Shipped) -> None:
    assert shipped_data
    for kind in kinds():
        for column in kind.columns:
            words = note(column, kinds())
            assert not re.search(r"\b(rlt|code|skos|rdfs|xsd):|@en\b|angle brackets", words), words
            assert isinstance(column.value, Text) or "English" not in words.splitlines()[0]
