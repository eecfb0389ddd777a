"""``python -m benchmarks.engines NAME``: one engine in a process of its own, told by lines of JSON what to do.

A reply is one line: seconds that the engine took, and what else was asked for. Errors come back as a reply, too.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.engines import engine
from benchmarks.engines.answers import digest
from benchmarks.engines.base import Case, Engine, Source
from benchmarks.measure.process import Failed, peak_of

if TYPE_CHECKING:
    from collections.abc import Callable


def main(name: str) -> None:
    """Serve requests until stdin ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no reply
    measured = engine(name)
    for line in sys.stdin:
        try:
            reply = _serve(measured, json.loads(line))
        except Failed as failure:
            reply = {"failed": str(failure)}
        except Exception as error:  # noqa: BLE001 - a failure of an engine is a result
            reply = {"failed": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(reply), file=replies, flush=True)


def _serve(measured: Engine, request: dict[str, Any]) -> dict[str, Any]:
    do = request["do"]
    if do in ("load", "open"):
        where = Path(request["where"])
        source = Source(tuple((path, graph) for path, graph in request["files"]), request["folder"])
        run = (lambda: measured.load(source, where)) if do == "load" else (lambda: measured.open(where))
        _, seconds = _timed(run)
        return {"seconds": seconds, "peak": peak_of(), "triples": len(measured) if request["count"] else None}
    case = Case(**request["case"])
    if measured.interruptible:
        signal.signal(signal.SIGALRM, functools.partial(_too_long, request["limit"]))
        signal.setitimer(signal.ITIMER_REAL, request["limit"])
    try:
        return _asked(measured, do, case, check=request["check"])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _asked(measured: Engine, do: str, case: Case, *, check: bool) -> dict[str, Any]:
    if do == "text":
        return {"text": measured.text(case)}
    if do == "rows":
        rows, seconds = _timed(lambda: measured.rows(case))
        return {"seconds": seconds, "rows": rows}
    payload, seconds = _timed(lambda: measured.ask(case))
    reply: dict[str, Any] = {"seconds": seconds, "peak": peak_of()}
    if check:
        signal.setitimer(signal.ITIMER_REAL, 0)
        reply["rows"], reply["digest"] = digest(payload)
    return reply


def _too_long(limit: float, *_: object) -> None:
    raise Failed(f"not finished after {limit:g} s")


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """Return what `run` gives and its seconds; a collection of garbage left by the check is not counted."""
    gc.collect(0)
    started = time.perf_counter()
    result = run()
    return result, time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1])
