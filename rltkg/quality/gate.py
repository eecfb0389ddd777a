"""Holds a release to every rule: the checks of its own, and those that need its texts and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.quality.definitions import CIRCULAR, DIFFERENCE, GENUS, definition_findings
from rltkg.quality.terms import OPEN, UNUSED, Terms
from rltkg.quality.versions import DATE, LICENCE, VERSION, version_findings
from rltkg.store import EmbeddedStore
from rltkg.validation.checks import read_checks
from rltkg.validation.locating import located
from rltkg.validation.reading import read
from rltkg.validation.report import in_order

if TYPE_CHECKING:
    from rltkg.corpus import Release
    from rltkg.validation.report import Finding

RULES = (GENUS, DIFFERENCE, CIRCULAR, UNUSED, OPEN, VERSION, DATE, LICENCE)


def gate(release: Release) -> tuple[Finding, ...]:
    """Return what is wrong with `release` as a whole, each finding with its file and line; nothing is good.

    Raises InputError where a file of it is broken, UnavailableError where one is missing.
    """
    store = EmbeddedStore.holding(release.files).engine
    terms = Terms(store, release)
    found = [
        *(finding for check in read_checks(release.checks) for finding in check.run(store)),
        *definition_findings(terms),
        *terms.unused(),
        *terms.open_properties(),
        *version_findings(store, release.root),
    ]
    if not found:
        return ()
    # The places need the texts, which the store no longer has.
    contribution = read([file.path for file in release.files])
    return in_order(located(found, contribution, store))
