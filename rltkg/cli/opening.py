"""Which graph a verb works on: one set of options, one way to open it."""

from __future__ import annotations

import os

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
        metavar="FOLDER",
        help="work on this folder instead of the shipped release: a store on disk that `rltkg load` made, another "
        "release, or RDF files (.ttl, .trig, .nt, .nq) that are a whole graph, ontology included (default: the "
        f"variable {VARIABLE}, else the shipped release)",
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

    return open_graph(_place(options), extra=options.extra or ())


def wants_another(options: argparse.Namespace) -> bool:
    """Say whether `options` ask for more or other than the shipped release."""
    return _place(options) is not None or bool(options.extra)


def catalogue_from(options: argparse.Namespace) -> Catalogue:
    """Return the queries of the release that `options` ask for, without loading its graph."""
    from rltkg.canned.contract import Catalogue

    return Catalogue(release_from(options).catalogue)


def release_from(options: argparse.Namespace) -> Release:
    """Return the release that `options` ask for, without loading its graph; a store on disk tells which is in it."""
    place = _place(options)
    if place is None:
        from rltkg.corpus import shipped

        return shipped()
    from rltkg.corpus.own import at

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
