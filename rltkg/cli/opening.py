"""Which graph a verb works on: one set of options, one way to open it."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from rltkg.canned.contract import Catalogue
    from rltkg.corpus import Release
    from rltkg.graph import KnowledgeGraph

VARIABLE = "RLTKG_STORE"


def add_store_options(parser: argparse.ArgumentParser, *, own: bool = True) -> None:
    """Give `parser` the options that tell which graph is opened, and with `own` what is added to it."""
    group = parser.add_argument_group("graph")
    group.add_argument(
        "--store",
        metavar="PLACE",
        help="work on this instead of the shipped release: the address of an endpoint, the name of a target in the "
        "configuration file, or a folder: a store on disk that `rltkg load` made, another release, or RDF files (.ttl, "
        f".trig, .nt, .nq) that are a whole graph, ontology included (default: the variable {VARIABLE}, else the "
        "shipped release)",
    )
    if not own:
        return
    group.add_argument(
        "--with",
        dest="extra",
        metavar="FILE",
        action="append",
        help="add your own RDF file (.ttl, .trig, .nt, .nq), in a named graph of its own; may be repeated",
    )


def open_from(options: argparse.Namespace) -> KnowledgeGraph:
    """Return the graph that `options` ask for; `rltkg.open` tells what is raised."""
    from rltkg.graph import open as open_graph

    graph = open_graph(_place(options), extra=options.extra or ())
    for told in graph.store.remarks:
        print(told, file=sys.stderr)
    return graph


def wants_another(options: argparse.Namespace) -> bool:
    """Say whether `options` ask for more or other than the shipped release."""
    return _place(options) is not None or bool(options.extra)


def catalogue_from(options: argparse.Namespace) -> Catalogue:
    """Return the queries of the release that `options` ask for, without loading its graph.

    An endpoint is not asked: its queries are those of the shipped release.
    """
    from rltkg.canned.contract import Catalogue

    place = _place(options)
    if place is not None and _is_target(place):
        place = None
    return Catalogue(_release(place).catalogue)


def release_from(options: argparse.Namespace) -> Release:
    """Return the release that `options` ask for, without loading its graph; a store tells which is in it."""
    place = _place(options)
    if place is not None and _is_target(place):
        from rltkg.store import open_store

        return open_store(place)[1]
    return _release(place)


def _is_target(place: str) -> bool:
    from rltkg.endpoint.targets import is_target

    return is_target(place)


def _release(place: str | None) -> Release:
    if place is None:
        from rltkg.corpus import shipped

        return shipped()
    from rltkg.corpus.own import at
    from rltkg.endpoint.targets import check_name

    check_name(place)
    return at(place)


def first_pass(prog: str, arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return what `arguments` say of the graph, and the other arguments.

    For verbs whose further options depend on the catalogue.
    """
    from rltkg.cli.parsing import Parser

    parser = Parser(prog=prog, add_help=False)
    add_store_options(parser)
    return parser.parse_known_args(arguments)


def _place(options: argparse.Namespace) -> str | None:
    given: str | None = options.store
    return (os.environ.get(VARIABLE) or None) if given is None else given
