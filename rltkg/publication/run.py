"""Writes what is exported: to a stream, a file or a folder."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, cast

from rltkg.errors import InputError
from rltkg.publication.content import short
from rltkg.publication.description import Dump, describe
from rltkg.publication.forms import FORMS, write, write_turtle
from rltkg.publication.jsonld import write as write_jsonld
from rltkg.publication.notes import NAMESPACES
from rltkg.publication.places import SUMS, Folder, Written, new_file, poured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rltkg.publication.content import Content
    from rltkg.publication.notes import Notes

NAME = "rltkg"
DESCRIPTION = "dataset"
DESCRIBED = ("ttl", "jsonld")


def export_stream(
    content: Content, form: str, sink: IO[bytes], *, zipped: bool = False, described: bool = False
) -> None:
    """Write `content` to `sink` in one of FORMS, or with `described` its description in one of DESCRIBED.

    Raises InputError where the format holds one graph and there are more.
    """
    if not described:
        _check(content, form)
    with poured(sink, zipped=zipped) as tally:
        stream = cast("IO[bytes]", tally)
        if described:
            write_description(describe(content), form, stream)
        else:
            write(FORMS[form], content.graphs, stream)


def export_file(content: Content, form: str, path: Path, *, zipped: bool = False, described: bool = False) -> None:
    """Write to the file `path`, in one step, what `export_stream` writes; InputError where it cannot be written."""
    with new_file(path) as file:
        export_stream(content, form, file, zipped=zipped, described=described)


def export_folder(content: Content, forms: Sequence[str], path: Path, *, zipped: bool = False) -> list[Written]:
    """Write `content` into the folder `path` in each of `forms`, with a description and, last, the sums of all files.

    A format that names graphs has one file, any other one for each graph, called after the graph. Returns what was
    written. Raises InputError where the place is none for a folder, UnavailableError where the disk is full.
    """
    folder = Folder(path)
    dumps: list[Dump] = []
    with folder.settled():
        for form in dict.fromkeys(forms):
            parts = {NAME: None} if FORMS[form].names else _stems(list(content.graphs))
            for stem, graph in parts.items():
                with folder.file(f"{stem}.{form}", zipped=zipped) as tally:
                    graphs = content.graphs if graph is None else {graph: content.graphs[graph]}
                    write(FORMS[form], graphs, cast("IO[bytes]", tally))
                dumps.append(Dump(folder.written[-1], form, graph))
        notes = describe(content, dumps)
        for form in DESCRIBED:
            with folder.file(f"{DESCRIPTION}.{form}") as tally:
                write_description(notes, form, cast("IO[bytes]", tally))
    return folder.written


def write_description(notes: Notes, form: str, sink: IO[bytes]) -> None:
    """Write a description to `sink` as ttl or jsonld."""
    if form == "ttl":
        write_turtle(notes.ordered(), sink, NAMESPACES)
    else:
        write_jsonld({None: (f"{each} .\n".encode() for each in notes.ordered())}, sink, NAMESPACES)


def _check(content: Content, form: str) -> None:
    if not FORMS[form].names and len(content.graphs) != 1:
        raise InputError(
            f"{FORMS[form].title} names no graphs, so each of the {len(content.graphs)} needs a file of its own: name "
            "a folder with -o FOLDER/, or one graph with --graph NAME"
        )


def _stems(graphs: list[str]) -> dict[str, str]:
    """Return a name for the file of each graph: the last part of its IRI, with a number where it is taken."""
    found: dict[str, str] = {}
    for graph in graphs:
        base = re.sub(r"[^\w.-]+", "-", re.sub(r"\.(ttl|trig|nt|nq)$", "", short(graph))).strip(".-") or "graph"
        stem, number = base, 1
        while stem in (*found, NAME, DESCRIPTION, SUMS):
            number += 1
            stem = f"{base}-{number}"
        found[stem] = graph
    return found
