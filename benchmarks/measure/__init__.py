"""Measuring: whole processes, live workers, rounds in turn, the machine."""
