"""From sheets to triples and back: what `rltkg convert` does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from rltkg.errors import InputError
from rltkg.results.names import OWN, long

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from rltkg.sheets.rows import Rows
    from rltkg.sheets.table import Table
    from rltkg.validation.report import Finding

UPDATES = "updates"  # the graph of what contributors say
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_GRAPH = NamedNode(OWN + "ontology/ReleaseGraph")


class FaultsError(InputError):
    """What is to be converted has faults, all of which it tells; nothing was written."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        count = len(findings)
        lines = [f"{each.location}: {each.message} [{each.rule}]" for each in findings]
        head = (
            "1 fault, so nothing was written; mend it:" if count == 1 else f"{count:,} faults, so nothing was written:"
        )
        super().__init__("\n".join([head, *lines]))
        self.findings = findings


def contents_in(
    places: Iterable[str | os.PathLike[str]],
    *,
    kind: str | None = None,
    encoding: str | None = None,
    namespace: str | None = None,
) -> Rows:
    """Return what the sheets at `places`, files or folders of them, say, read as one book beside the shipped release.

    `kind` names the kind of all sheets (default: as their names say), `encoding` is that of CSV files without a byte
    order mark, `namespace` the IRI in which ids are minted. Raises FaultsError, with each fault at its cell, where
    anything is not understood; InputError where a place is missing or holds no row of data.
    """
    from rltkg.corpus import shipped
    from rltkg.sheets.files import books_in
    from rltkg.sheets.kinds import kinds
    from rltkg.sheets.known import Known
    from rltkg.sheets.rows import rows_of
    from rltkg.validation.report import in_order

    known_kinds = kinds()
    if kind is not None:
        known_kinds.named(kind)
    places = list(places)
    books, _ = books_in(places, encoding=encoding)
    found = rows_of(books, known_kinds, Known.of(shipped()), kind=kind, namespace=namespace)
    if found.findings:
        raise FaultsError(in_order(found.findings))
    if not found.rows:
        remarks = f" but {found.comments} that begin with # and are for people" if found.comments else ""
        raise InputError(f"{', '.join(map(str, places))}: there is no row of data{remarks}; fill the sheets first")
    return found


def turtle_of(rows: Rows, graph: str | None = UPDATES) -> str:
    """Return what `rows` say as Turtle in the layout of this project; the file declares the `graph` of that name."""
    from rltkg.writing.layout import write

    return write([*rows.triples, *([declaration(graph)] if graph else [])])


def laid_out(paths: Iterable[str | Path], graph: str | None = UPDATES) -> tuple[str, int]:
    """Return what the RDF files `paths` hold as Turtle in the layout of this project, and how many triples that are.

    Comments stay behind. Where no graph of the release is declared, the `graph` of that name is. Raises FaultsError
    where a file cannot be read; InputError where graphs would be lost, a template is not filled, or there is no triple.
    """
    from pyoxigraph import BlankNode, DefaultGraph

    from rltkg.validation.guards import placeholder_findings
    from rltkg.validation.reading import read
    from rltkg.validation.report import in_order
    from rltkg.writing.layout import write

    contribution = read(paths)
    if contribution.findings:
        raise FaultsError(in_order(contribution.findings))
    name = ", ".join(source.name for source in contribution.sources)
    quads = [quad for source in contribution.sources for quad in source.quads]
    if any(quad.graph_name != DefaultGraph() for quad in quads):
        raise InputError(f"{name} names graphs, which Turtle cannot; give each graph a file of its own")
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        raise InputError(f"{name} has nodes without a name; name each, such as page:my-statement")
    if left := sum(1 for _ in placeholder_findings(contribution)):
        raise InputError(f"{name} is a template with {left} places left to fill; `rltkg validate` tells which")
    if not quads:
        raise InputError(f"{name} holds no triple; name another file")
    triples = {quad.triple for quad in quads}
    declared = graph is None or any(_declares(quad) for quad in quads)
    return write(triples if declared else {*triples, declaration(str(graph))}), len(triples)


def declaration(graph: str) -> Triple:
    """Return the triple by which a file says that it belongs to the `graph` of that name."""
    return Triple(NamedNode(f"{OWN}graph/{graph}"), _TYPE, _GRAPH)


def tables_in(paths: Iterable[str | Path]) -> tuple[list[Table], list[str]]:
    """Return what the RDF files `paths` hold as tables, and the names of the graphs that they declare.

    Raises FaultsError where a file cannot be read, InputError where no sheet can hold a triple of it.
    """
    from rltkg.sheets.kinds import kinds
    from rltkg.sheets.writing import tables_of
    from rltkg.validation.reading import read
    from rltkg.validation.report import in_order

    contribution = read(paths)
    if contribution.findings:
        raise FaultsError(in_order(contribution.findings))
    quads = [quad for source in contribution.sources for quad in source.quads]
    graphs = [str(quad.subject).strip("<>") for quad in quads if _declares(quad)]
    bare = {iri for iri in graphs if sum(str(quad.subject) == f"<{iri}>" for quad in quads) == graphs.count(iri)}
    tables = tables_of((quad.triple for quad in quads if str(quad.subject).strip("<>") not in bare), kinds())
    return tables, sorted(iri.removeprefix(f"{OWN}graph/") for iri in bare)


def tables_of_rows(rows: Rows) -> list[Table]:
    """Return what `rows` say as tables. Raises InputError where no sheet can hold a triple."""
    from rltkg.sheets.kinds import kinds
    from rltkg.sheets.writing import tables_of

    return tables_of(rows.triples, kinds())


def book_of(tables: list[Table]) -> bytes:
    """Return `tables` as an XLSX workbook."""
    from rltkg.sheets.kinds import kinds
    from rltkg.sheets.shipped import shipped_nodes
    from rltkg.sheets.workbook import workbook

    return workbook(tables, kinds(), shipped_nodes())


def csv_files(tables: list[Table]) -> dict[str, bytes]:
    """Return `tables` as CSV files, by the name of their kind, in UTF-8 with the mark that spreadsheets look for."""
    from rltkg.sheets.delimited import MARK, csv_text

    return {table.kind.name: (MARK + csv_text(table)).encode() for table in tables}


def graph_named(name: str) -> str | None:
    """Return the graph of the release called `name`, None for "none". Raises InputError for another."""
    from rltkg.corpus import shipped
    from rltkg.nearest import nearest, sayable

    known = [iri.removeprefix(f"{OWN}graph/") for iri in shipped().graphs]
    short = name.removeprefix("graph:")
    if short != "none" and short not in known:
        raise InputError(f"there is no graph {sayable(name)}; {nearest(name, ['none', *known])}")
    return None if short == "none" else short


def offered(option: str) -> list[str]:
    """Return what may stand behind an `option` of `rltkg convert`, nothing where that is not for us to say."""
    from rltkg.corpus import shipped
    from rltkg.sheets.kinds import kinds
    from rltkg.sheets.reading.encoding import USUAL

    if option == "--kind":
        return [kind.name for kind in kinds()]
    if option == "--graph":
        return [iri.removeprefix(f"{OWN}graph/") for iri in shipped().graphs] + ["none"]
    return USUAL if option == "--encoding" else []


def namespace_of(text: str | None) -> str | None:
    """Return the namespace `text`, an IRI or one of our prefixes (page:). Raises InputError where it is none."""
    if text is None:
        return None
    from rltkg.nearest import sayable

    iri = long(text)
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", iri):
        raise InputError(f"{sayable(text)} is no namespace; give an IRI that ends in / or #, or a prefix such as page:")
    return iri


def _declares(quad: Quad) -> bool:
    return quad.predicate == _TYPE and quad.object == _GRAPH
