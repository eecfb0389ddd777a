"""Start-up of the command and of the package, against the bare engine and bare Python.

The whole process of `rltkg ask` runs in turn (A B A B ...) with a pyoxigraph script that parses the same files and runs
the same query; `import rltkg` with bare Python. The first round, which is not counted, makes the index of `find`.

Run: python benchmarks/startup.py [--runs N]. Prints medians with their spread, and ratios; read the ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rltkg
from rltkg.corpus import shipped

QUERY = "guidelines_omitting_rlt"
BARE = """
import pyoxigraph
store = pyoxigraph.Store()
for path, graph in {files!r}:
    store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(graph))
solutions = store.query({text!r}, use_default_graph_as_union=True)
print(solutions.serialize(format=pyoxigraph.QueryResultsFormat.CSV).decode())
"""


def seconds(command: list[str]) -> float:
    """Return the wall time of one run of `command`; an error if it fails."""
    # Users' machines keep compiled modules; so do these runs, whatever the environment says.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - started


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each command (default: 15)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "bare.py")
        files = [(str(file.path), file.graph) for file in shipped().files]
        script.write_text(BARE.format(files=files, text=rltkg.open().ask(QUERY).text), encoding="utf-8")
        commands = {
            "bare Python": [sys.executable, "-c", "pass"],
            "import rltkg": [sys.executable, "-c", "import rltkg"],
            "import rltkg, open the graph room": [sys.executable, "-c", "import rltkg; rltkg.open"],
            "bare pyoxigraph script": [sys.executable, str(script)],
            "rltkg ask, table": [sys.executable, "-m", "rltkg", "ask", QUERY],
            "rltkg ask, csv": [sys.executable, "-m", "rltkg", "ask", QUERY, "--format", "csv"],
            "rltkg find": [sys.executable, "-m", "rltkg", "find", "lymphoma"],
            "rltkg find, a word misspelt": [sys.executable, "-m", "rltkg", "find", "nueroendocrine"],
            "rltkg describe, a document": [sys.executable, "-m", "rltkg", "describe", "nice-lymphoma-guideline-2016"],
            "rltkg describe, by its label": [sys.executable, "-m", "rltkg", "describe", "NICE lymphoma guideline 2016"],
            "rltkg describe, the therapy": [sys.executable, "-m", "rltkg", "describe", "radioligand-therapy"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(runs + 1):
            for name, command in commands.items():
                taken = seconds(command)
                if run:  # the first round warms the caches up
                    times[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, all_taken in times.items():
        print(
            f"{name:36} {medians[name] * 1000:7.1f} ms   ({min(all_taken) * 1000:.1f} to {max(all_taken) * 1000:.1f})"
        )
    base = medians["bare pyoxigraph script"]
    print(f"import rltkg over bare Python: {(medians['import rltkg'] - medians['bare Python']) * 1000:.1f} ms")
    print(f"rltkg ask, table, over the bare script: {medians['rltkg ask, table'] / base:.2f}x (at most 2.5x)")
    print(f"rltkg ask, csv, over the bare script:   {medians['rltkg ask, csv'] / base:.2f}x")
    print(f"rltkg find, index kept, over the same:  {medians['rltkg find'] / base:.2f}x")
    print(f"rltkg describe, over the same:          {medians['rltkg describe, a document'] / base:.2f}x")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
