"""How a verb gives out its results: one set of options, one way to end."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from rltkg.results import Answer

ROWS = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")
WIDTH = 120
_SUFFIXES = {
    "txt": ("table", "text"),
    "markdown": ("md",),
    "ndjson": ("jsonl",),
    "bib": ("bibtex",),
    "xml": ("junit",),
}
_LABELLED = ("csv", "tsv", "jsonl", "md", "xlsx")
_UNLABELLED = {"json": "jsonl"}
_BINARY = ("xlsx",)


def add_options(parser: argparse.ArgumentParser, formats: tuple[str, ...] = ROWS, *, labels: bool = True) -> None:
    """Give `parser` the options that tell how results are given out; the first of `formats` is the default.

    With `labels`, formats of rows have an option for label columns.
    """
    group = parser.add_argument_group("output")
    group.add_argument(
        "--format", choices=formats, help=f"how to give it out (default: what the suffix of -o says, else {formats[0]})"
    )
    group.add_argument(
        "-o", "--output", metavar="FILE", help="write to this file, in one step once all is there; - is stdout"
    )
    if labels and set(formats) & set(_LABELLED):
        group.add_argument(
            "--labels",
            action="store_true",
            help="a label column beside each column of IRIs (csv, tsv, jsonl, md, xlsx); csv and tsv are then guarded "
            "against spreadsheet formulas: an apostrophe before a cell that starts like one",
        )
    parser.set_defaults(formats=formats)


def settle(options: argparse.Namespace) -> None:
    """Fill in the format that `options` leave open, and refuse what cannot be given out, before any work is done."""
    formats: tuple[str, ...] = options.formats
    if options.output == "-":
        options.output = None
    if options.output is not None and Path(options.output).is_dir():
        raise InputError(f"-o {options.output} is a folder; name a file in it")
    if options.format is None:
        options.format = formats[0] if options.output is None else _by_suffix(options.output, formats)
    if getattr(options, "labels", False) and options.format in _UNLABELLED:
        other = _UNLABELLED[options.format]
        raise InputError(
            f"{options.format} is a W3C format without room for labels; leave --labels out, or take --format {other}"
        )
    if options.format in _BINARY and options.output is None and sys.stdout.isatty():
        raise InputError(
            f"{options.format} is no text for a terminal; write it to a file with -o FILE.{options.format}"
        )


def show(answer: Answer, options: argparse.Namespace, started: float) -> None:
    """Give out `answer` as `options` say; its count, the time since `started` and remarks go to stderr."""
    rows = len(answer)
    where = give(_content(answer, options), options)
    print(f"{rows:,} row{'' if rows == 1 else 's'} in {time.perf_counter() - started:.3f} s{where}", file=sys.stderr)
    for remark in filter(None, (answer.cut_because, answer.empty_because, _left_out(answer, options))):
        print(remark, file=sys.stderr)


def give(content: bytes, options: argparse.Namespace) -> str:
    """Write `content` to the file that `options` name, or to stdout; return what to say of it on stderr.

    A file is written beside its place and then renamed, so that its place holds the old content or the new, never half
    of it. Raises InputError where it cannot be written.
    """
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return ""
    path = Path(options.output)
    try:
        if (
            path.exists() and not path.is_file()
        ):  # a pipe or a device: there is nothing to keep, and no renaming onto it
            path.write_bytes(content)
        else:
            replace(path.resolve(), content)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error}); name another file") from error
    return f", written to {path}"


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file in one step, with the file's permissions if there is one."""
    scratch = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        with scratch.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            scratch.chmod(path.stat().st_mode & 0o7777)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def screen(options: argparse.Namespace) -> tuple[int | None, bool]:
    """Return how wide text may be (None: as wide as the terminal), and whether its heads may be bold."""
    watched = options.output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return None if options.output is None else WIDTH, watched and not os.environ.get("NO_COLOR")


def _content(answer: Answer, options: argparse.Namespace) -> bytes:
    if options.format != "table":
        return answer.serialize(options.format, labels=options.labels)
    width, bold = screen(options)
    return answer.to_text(width, bold=bold).encode() + b"\n"


def _left_out(answer: Answer, options: argparse.Namespace) -> str | None:
    if options.format != "table":
        return None
    from rltkg.results.text import left_out

    names = left_out(answer) if answer.rows else []
    return (
        f"The table leaves out {', '.join(names)}; the other formats have them, such as --format md." if names else None
    )


def _by_suffix(name: str, formats: tuple[str, ...]) -> str:
    suffix = Path(name).suffix[1:].lower()
    for form in _SUFFIXES.get(suffix, (suffix,)):
        if form in formats:
            return form
    if Path(name).exists() and not Path(name).is_file():  # such as /dev/null
        return formats[0]
    raise InputError(f"-o {name}: the suffix tells none of the formats {', '.join(formats)}; say which with --format")
