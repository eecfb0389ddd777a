"""What is told must not depend on how busy the machine is: here remarks may take their time."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lift the time that may be spent on remarks beside a query."""
    monkeypatch.setattr("rltkg.sparql.run._EMPTY", 30.0)
    monkeypatch.setattr("rltkg.sparql.run._REMARKS", 30.0)
