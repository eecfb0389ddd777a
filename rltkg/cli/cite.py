"""`rltkg cite`: how to cite the release."""

from __future__ import annotations

from rltkg.cli.opening import add_store_options, release_from
from rltkg.cli.output import add_options, give
from rltkg.cli.parsing import Parser

FORMATS = ("text", "bibtex", "ris", "cff")


def main(arguments: list[str]) -> int:
    """Run `rltkg cite` with `arguments` and return the exit status."""
    parser = Parser(
        prog="rltkg cite",
        description="Tell how to cite the release, with its version and digest. To cite one answer, write it as xlsx, "
        "whose second sheet has the citation, or use `.citation` of an answer in Python.",
        epilog="example: rltkg cite --format bibtex",
    )
    add_options(parser, FORMATS)
    add_store_options(parser, own=False)
    options = parser.read(arguments)
    from rltkg.results.citation import cite

    give(f"{cite(options.format, release_from(options))}\n".encode(), options)
    return 0
