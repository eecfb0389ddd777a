"""What to do about it: what must be mended, the lines for the configuration file, and the command that will work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from rltkg.doctor.findings import FAILS, LOAD, NO, SPARQL, VERIFY, Examination
from rltkg.endpoint import config
from rltkg.endpoint.dialects import DIALECTS, GENERIC
from rltkg.errors import RltkgError

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = "guidelines_omitting_rlt"


class Advice(NamedTuple):
    """What to do: `mend` first, put `toml` into `file` ("" where nothing is to be changed there), then `commands`."""

    mend: tuple[str, ...]
    toml: str
    file: str
    commands: tuple[str, ...]


def advice(made: Examination) -> Advice:
    """Return what to do next, by what was found."""
    name = made.place if made.named else _name(made)
    lines = [] if made.named else [*_table(made, name)]
    if made.schemes and made.target.credentials is None:
        lines += ([""] if lines else []) + [*_credentials(made, name)]
    toml = "\n".join(lines)
    needs = bool(made.schemes) or DIALECTS[made.dialect].server == "" or made.target.update is None
    if not made.named and not needs:  # the server itself tells all that the table would
        name, toml = made.place, ""
    mend: dict[str, list[str]] = {}
    for each in made.findings:
        if each.state == NO and each.verbs and each.remedy:
            mend.setdefault(each.remedy, []).append(each.name)
    return Advice(
        tuple(f"{', '.join(names)}: {remedy}" for remedy, names in mend.items()),
        toml,
        str(config.path() or "config.toml") if toml else "",
        tuple(_commands(made, name)),
    )


def _commands(made: Examination, name: str) -> Iterator[str]:
    for variable in _variables(made):
        yield f"export {variable}=..."
    if made.verdict(LOAD).state == FAILS and not (made.schemes and made.target.credentials is None):
        if made.holds and made.verdict(SPARQL).state != FAILS:
            yield f"rltkg --store {name} ask {ANSWERS}"
            if made.verdict(VERIFY).state != FAILS:
                yield f"rltkg verify {name}"
        else:
            yield f"rltkg doctor {name}{' --write' if made.wrote else ''}"
        return
    yield f"rltkg load {name}"
    yield f"rltkg verify {name}"
    yield f"rltkg --store {name} ask {ANSWERS}"


def _variables(made: Examination) -> list[str]:
    """Return the environment variables that must be set, and may not be."""
    given = made.target.credentials
    if given is not None:
        found = made.has("credentials")
        names = [each for each in (given.user, given.password, given.token) if each]
        return names if found and found.state == NO else []
    word = made.dialect.upper() if made.dialect != GENERIC else "STORE"
    if not made.schemes:
        return []
    return [f"{word}_TOKEN"] if made.schemes == "bearer" else [f"{word}_USER", f"{word}_PASSWORD"]


def _table(made: Examination, name: str) -> Iterator[str]:
    """Give the lines that make a target of the configuration file."""
    target, fits = made.target, DIALECTS[made.dialect]
    yield f"[targets.{name}]"
    if fits.name != GENERIC:
        yield f"dialect = {_quoted(fits.name)}"
    yield f"query = {_quoted(target.query)}"
    for key, address in (("update", target.update), ("graph_store", target.graph_store)):
        yield f"{key} = {_quoted(address)}" if address else f'# {key} = "https://..."  (ask whoever runs the server)'


def _credentials(made: Examination, name: str) -> Iterator[str]:
    """Give the lines that say who asks."""
    scheme = next((each for each in ("digest", "basic", "bearer") if each in made.schemes), "basic")
    yield f"[targets.{name}.credentials]"
    yield f"scheme = {_quoted(scheme)}"
    keys = ("token_variable",) if scheme == "bearer" else ("user_variable", "password_variable")
    for key, variable in zip(keys, _variables(made), strict=True):
        yield f"{key} = {_quoted(variable)}"


def _name(made: Examination) -> str:
    """Return a name for the target that the configuration file has not yet."""
    start = made.dialect if made.dialect != GENERIC else "store"
    try:
        taken = set(config.targets())
    except RltkgError:
        taken = set()
    return next(name for name in (start, *(f"{start}{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _quoted(text: str) -> str:
    return json.dumps(text)  # a basic string of TOML is written so, too
