"""rltkg: how ready health systems are for radioligand therapy, as a knowledge graph that answers and cites.

Start here: ``rltkg.open()`` gives the shipped graph, ``.ask(id, **parameters)`` runs a query of the catalogue, and
``rltkg.catalogue()`` lists the queries; ``rltkg.validate(paths)`` checks what somebody contributes. Nothing heavy is
imported before it is needed.
"""

__version__ = "0.1.0"
__all__ = ["Answer", "KnowledgeGraph", "ValidationReport", "__version__", "catalogue", "open", "validate"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.graph import KnowledgeGraph, catalogue, open
    from rltkg.results.answer import Answer
    from rltkg.validation.report import ValidationReport
    from rltkg.validation.run import validate

_ROOMS = {
    "Answer": "rltkg.results.answer",
    "KnowledgeGraph": "rltkg.graph",
    "ValidationReport": "rltkg.validation.report",
    "open": "rltkg.graph",
    "catalogue": "rltkg.graph",
    "validate": "rltkg.validation.run",
}


def __getattr__(name: str) -> object:
    """Import a public name from its room when it is first used (PEP 562)."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'rltkg' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_ROOMS[name]), name)
