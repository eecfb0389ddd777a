"""Shapes: read, judged before they judge, and asked how far they look."""

from rltkg.validation.shapes.reading import Shapes, read_shapes

__all__ = ["Shapes", "read_shapes"]
