"""pyshifty, the fast engine, compiled from Rust."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

from rltkg.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType


_NAME = "shifty._shifty"


def _compiled() -> ModuleType:
    """Return the compiled module of pyshifty without its package, which imports half of the standard library.

    It has its full name, so that whoever imports the package later gets the same module: a second one is refused.
    Raises ImportError where pyshifty is not installed.
    """
    if _NAME in sys.modules:
        return sys.modules[_NAME]
    package = PathFinder.find_spec("shifty")
    places = package.submodule_search_locations if package else None
    found = PathFinder.find_spec("_shifty", places) if places else None
    spec = spec_from_file_location(_NAME, found.origin) if found and found.origin else None
    if spec is None or spec.loader is None:
        raise ImportError("pyshifty is not installed", name="shifty")
    sys.modules[_NAME] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_MODULE: Any = _compiled()


class Pyshifty:
    """Runs pyshifty without inference, and makes what it does not support an error instead of silence."""

    name = "pyshifty"
    sifted = True
    version: str = _MODULE.__version__

    def run(self, data: bytes, shapes: bytes) -> bytes:
        """Judge `data` by `shapes`; the protocol tells the rest."""
        try:
            result = _MODULE.PreparedValidator(shapes=shapes, shapes_format="nt").validate_w3c(
                data=data,
                data_format="nt",
                graph_mode="data",
                run_infer=False,
                sort_results=False,
                on_unsupported="error",
            )
        except (RuntimeError, ValueError) as error:
            raise InputError(f"pyshifty cannot use the shapes: {error}") from error
        report: str = result.report_turtle
        return report.encode()
