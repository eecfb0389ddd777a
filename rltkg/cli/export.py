"""`rltkg export`: write the graph out, for any other tool."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.cli.opening import VARIABLE, add_store_options
from rltkg.cli.parsing import Parser
from rltkg.errors import InputError

if TYPE_CHECKING:
    import argparse

    from rltkg.publication.content import Content

FORMATS = ("nq", "trig", "ttl", "nt", "jsonld")
DESCRIBED = ("ttl", "jsonld")
_ONE_GRAPH = ("ttl", "nt")
_PACKED = ".gz"
_MORE = """\
nq (N-Quads), trig (TriG) and jsonld (JSON-LD, its context inside) hold all graphs in one file, each under its name. ttl
(Turtle) and nt (N-Triples) hold one graph: they make a folder with a file for each, or a single file with one --graph.
A folder also gets dataset.ttl and dataset.jsonld, which describe the dataset (VoID and DCAT: counts, classes,
properties, links, files), and SHA256SUMS, written last: where `sha256sum -c SHA256SUMS` finds nothing, it is whole.

The same graph gives the same bytes on every machine; N-Quads and N-Triples are sorted by bytes. Literals are written as
they stand in the files. With -o, the digest of each graph, its triples and its IRI go to stdout. The digest is the
SHA-256 of its lines in N-Triples, so anyone can check it: `LC_ALL=C sort -u gov.nt | sha256sum`. Blank nodes are named
as RDFC-1.0 names them.

example: rltkg export
example: rltkg export --format nq --format ttl -o release/
example: rltkg export --format nt --graph gov
example: rltkg export --gzip -o graph.nq.gz
example: rltkg export --description
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg export` with `arguments` and return the exit status."""
    options = parser().read(arguments)
    _settle(options)
    from rltkg.publication.content import content

    store = options.store if options.store is not None else os.environ.get(VARIABLE) or None
    if options.release is not None and options.store is None:
        store = None
    with content(store, options.release, extra=options.extra or (), graphs=options.graph or ()) as found:
        for remark in found.remarks:
            print(remark, file=sys.stderr)
        _give(found, options)
    return 0


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(
        prog="rltkg export",
        description="Write the release, or a graph of yours, in a format that any triple store loads.",
        epilog=_MORE,
    )
    made.add_argument(
        "--format",
        action="append",
        choices=FORMATS,
        help="the format (default: what the suffix of -o says, else nq); for a folder it may be repeated",
    )
    made.add_argument(
        "-o",
        "--output",
        metavar="PLACE",
        help="write to this file, in one step, or into this folder (which exists, or ends with /); - is stdout",
    )
    made.add_argument(
        "--graph", metavar="NAME", action="append", help="only this named graph: its IRI or its last part, such as gov"
    )
    made.add_argument("--gzip", action="store_true", help="compress; the same bytes each time, no name and no date")
    made.add_argument(
        "--description", action="store_true", help="write only the description of the dataset, as ttl or jsonld"
    )
    made.add_argument(
        "--release", metavar="FOLDER", help="write this release instead of the shipped one, or RDF files as one graph"
    )
    add_store_options(made)
    return made


def _settle(options: argparse.Namespace) -> None:
    """Fill in what `options` leave open, and refuse what does not go together, before any work is done."""
    if options.output == "-":
        options.output = None
    suffix = _suffix(options.output)
    if options.output and options.output.lower().endswith(_PACKED):
        options.gzip = True
    given = list(dict.fromkeys(options.format or ()))
    path = Path(options.output) if options.output else None
    options.folder = path is not None and (
        options.output.endswith(("/", os.sep))
        or path.is_dir()
        or len(given) > 1
        or (len(options.graph or ()) != 1 and given[:1] in [[each] for each in _ONE_GRAPH] and suffix not in given)
    )
    if options.description:
        _settle_description(options, given, suffix)
        return
    if len(given) > 1 and not options.folder:
        raise InputError("Several formats need a folder; name one with -o FOLDER/, or give one --format")
    options.format = given or [_by_suffix(options.output, suffix, FORMATS, folder=options.folder)]
    if options.gzip and path is None and sys.stdout.isatty():
        raise InputError("gzip is no text for a terminal; write it to a file with -o FILE")
    if path is not None:
        from rltkg.publication.places import check

        check(path, folder=options.folder)  # before a large graph is read


def _settle_description(options: argparse.Namespace, given: list[str], suffix: str) -> None:
    if options.folder:
        raise InputError("A folder has its description anyway: leave --description out, or name a file, -o FILE.ttl")
    if options.gzip or len(given) > 1 or (given and given[0] not in DESCRIBED):
        raise InputError(f"A description is written as {' or '.join(DESCRIBED)}, one at a time and not compressed")
    options.format = given or [_by_suffix(options.output, suffix, DESCRIBED, folder=False)]


def _suffix(output: str | None) -> str:
    """Return the suffix that tells the format: that before .gz where the name ends so."""
    name = Path(output or "").name.lower()
    return Path(name.removesuffix(_PACKED)).suffix[1:]


def _by_suffix(output: str | None, suffix: str, formats: tuple[str, ...], *, folder: bool) -> str:
    if output is None or folder:
        return formats[0]
    if suffix in formats:
        return suffix
    if Path(output).exists() and not Path(output).is_file():  # such as /dev/null
        return formats[0]
    raise InputError(
        f"-o {output}: the suffix tells none of the formats {', '.join(formats)}; say which with --format, or end the "
        "name of a folder with /"
    )


def _give(found: Content, options: argparse.Namespace) -> None:
    from rltkg.publication import run

    form = options.format[0]
    digests = {graph: lines.digest() for graph, lines in found.graphs.items()}
    triples = sum(digest.triples for digest in digests.values())
    what = f"{triples:,} triple{'' if triples == 1 else 's'} in {len(found.graphs)} graph"
    what += "" if len(found.graphs) == 1 else "s"
    if options.folder:
        written = run.export_folder(found, options.format, Path(options.output), zipped=options.gzip)
        size = sum(each.size for each in written) / 1e6
        where = f", written to {options.output}: {len(written) + 1} files, {size:,.1f} MB"
    elif options.output:
        run.export_file(found, form, Path(options.output), zipped=options.gzip, described=options.description)
        where = f", written to {options.output}"
    else:
        sys.stdout.flush()
        run.export_stream(found, form, sys.stdout.buffer, zipped=options.gzip, described=options.description)
        sys.stdout.buffer.flush()
        where = ""
    if options.output:
        width = max((len(f"{digest.triples:,}") for digest in digests.values()), default=0)
        for graph, digest in digests.items():
            print(f"{digest.sha256}  {digest.triples:>{width},}  {graph}")
    print(f"{'description of ' if options.description else ''}{what}{where}", file=sys.stderr)
