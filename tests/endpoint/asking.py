"""What the tests of endpoints share: an endpoint on an address, and the one sentence of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rltkg.endpoint.targets import Target
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import RltkgError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

ASK = "ASK { ?s ?p ?o }"


def endpoint(address: str, **more: Any) -> Endpoint:  # noqa: ANN401 - whatever a target may be told
    """Return the endpoint at `address`, with a short time limit unless `more` says another."""
    return Endpoint(Target(address, **{"timeout": 5.0, **more}))


def sentence(call: Callable[[], object]) -> str:
    """Return what the UnavailableError says that `call` raises: one line, without a secret."""
    with pytest.raises(RltkgError) as caught:
        call()
    assert isinstance(caught.value, UnavailableError)
    told = str(caught.value)
    assert "\n" not in told
    assert "hunter2" not in told
    return told
