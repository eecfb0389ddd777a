"""``python -m rltkg.corpus [--check] FILE...`` puts Turtle files into our layout, or lists those that differ."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse

from rltkg.corpus.layout import read, write
from rltkg.errors import InputError

_HELP = """\
Bring Turtle files into the one layout of this project: same graph, same bytes. A file that already has it is left
alone; any other is replaced in one step. Comments do not survive.

  python -m rltkg.corpus data/things/actors.ttl          rewrite one file
  python -m rltkg.corpus --check ontology/*.ttl          only list the files that differ

Exit status: 0 fine, 1 a file differs (with --check), 2 a file is broken or cannot be read or written.
"""


def main(arguments: list[str]) -> int:
    """Rewrite the files that `arguments` name, or with `--check` list those that differ; one broken stops no other."""
    parser = ArgumentParser("python -m rltkg.corpus", description=_HELP, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="list the files that differ; write nothing")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a Turtle file")
    options = parser.parse_args(arguments)
    status = 0
    for path in options.files:
        try:
            status = max(status, _settle(path, check=options.check))
        except InputError as error:
            print(f"rltkg.corpus: {error}", file=sys.stderr)
            status = error.exit_status
    return status


def _settle(path: Path, *, check: bool) -> int:
    """Rewrite or report one file; return 1 where it differs and stays so."""
    try:
        held = path.read_bytes()
        due = _due(path).encode()
        if held == due:
            return 0
        if check:
            print(path)
            return 1
        _replace(path.resolve(), due)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}. The file is as it was.") from error
    print(f"{path}: rewritten", file=sys.stderr)
    return 0


def _due(path: Path) -> str:
    """Return the text that the file should have; InputError where it is broken or the layout cannot hold its graph."""
    triples = read(path)
    try:
        text = write(triples)
    except InputError as error:
        raise InputError(f"{path}: {error}. The file is as it was.") from error
    try:
        kept = _graph([quad.triple for quad in parse(input=text, format=RdfFormat.TURTLE)]) == _graph(triples)
    except SyntaxError:
        kept = False
    if not kept:
        raise InputError(
            f"{path}: the layout cannot hold this graph: something in it would change, such as a number whose datatype "
            "its notation does not tell or a list without an end. Write that part another way; the file is as it was."
        )
    return text


def _graph(triples: list[Triple]) -> set[Quad]:
    """Return `triples` with canonical names for their blank nodes, so that equal graphs are equal sets."""
    graph = Dataset(Quad(each.subject, each.predicate, each.object) for each in triples)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(graph)


def _replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file in one step, with the file's permissions."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_bytes(content)
        shutil.copymode(path, scratch)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
