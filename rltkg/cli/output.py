"""How a verb shows its rows: one set of options, one way to end."""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from rltkg.results import Answer

ROWS = ("table", "csv", "json", "md")


def add_options(parser: argparse.ArgumentParser, formats: tuple[str, ...] = ROWS) -> None:
    """Give `parser` the options that tell how rows are shown; the first of `formats` is the default."""
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=f"how to show the rows (default: {formats[0]})"
    )


def show(answer: Answer, options: argparse.Namespace, started: float) -> None:
    """Show `answer` as `options` say: rows on stdout; their count, the time since `started` and remarks on stderr."""
    if options.format in ("csv", "json"):
        sys.stdout.buffer.write(answer.serialize(options.format))
        sys.stdout.buffer.flush()
    else:
        from rltkg.results import text

        print(text.markdown(answer) if options.format == "md" else text.table(answer))
    rows = len(answer)
    print(f"{rows} row{'' if rows == 1 else 's'} in {time.perf_counter() - started:.3f} s", file=sys.stderr)
    for remark in filter(None, (answer.cut_because, answer.empty_because)):
        print(remark, file=sys.stderr)
