"""Servers that tests start and end themselves, on 127.0.0.1: Oxigraph, Virtuoso, and one that answers badly.

With RLTKG_SERVERS=required a server that cannot be had fails the test that needs it; else it is skipped, and says so.
"""
