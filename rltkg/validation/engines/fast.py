"""pyshifty, the fast engine, compiled from Rust (https://pypi.org/project/pyshifty/)."""

from __future__ import annotations

from shifty._shifty import PreparedValidator, __version__

from rltkg.errors import InputError


class Pyshifty:
    """Runs pyshifty without inference, and makes what it does not support an error instead of silence.

    The compiled module is used directly: its wrapper loads rdflib in order to hand back the report.
    """

    name = "pyshifty"
    version = __version__

    def run(self, data: bytes, shapes: bytes) -> bytes:
        """Judge `data` by `shapes`; the protocol tells the rest."""
        try:
            result = PreparedValidator(shapes=shapes, shapes_format="nt").validate_w3c(
                data=data,
                data_format="nt",
                graph_mode="data",
                run_infer=False,
                sort_results=False,
                on_unsupported="error",
            )
        except (RuntimeError, ValueError) as error:
            raise InputError(f"pyshifty cannot use the shapes: {error}") from error
        return result.report_turtle.encode()
