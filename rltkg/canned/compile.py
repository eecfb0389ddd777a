"""Compiles query files into the catalogue, and refuses whatever breaks the contract.

A query file is `queries/<topic>/<id>.rq`: first a YAML header behind `#+`, then one SELECT query. Run as
``python -m rltkg.canned`` when a release is built; needs PyYAML and rdflib, which the query path never loads.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml
from pyoxigraph import Store

from rltkg.canned.contract import FORM, LITERAL_TYPES
from rltkg.canned.vocabulary import Vocabulary, projected, used_iris
from rltkg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = ["title", "question", "description", "tags", "parameters", "columns"]
_PARAMETER_KEYS = {"type": True, "help": True, "default": False}
_COLUMN_KEYS = {"type": True, "help": True, "empty": False, "table": False}
_RESERVED = {"format", "help", "output", "store", "with", "labels", "explain", "sparql", "limit", "version"}
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_SLOT = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
_AT = re.compile(r"\bat (\d+):\d+: ")
_WHERE = re.compile(r"^WHERE \{", re.MULTILINE)


def compile_folder(folder: Path, vocabulary: Vocabulary) -> str:
    """Return the compiled catalogue of the query files below `folder`, as JSON text.

    Raises InputError, naming file and line, at the first file that breaks the contract, and where two files share an
    id or the folder holds none.
    """
    queries: dict[str, Any] = {}
    for path in sorted(folder.glob("*/*.rq")):
        if path.stem in queries:
            raise InputError(f"{path}: the id {path.stem!r} is taken by another file; ids are unique over all topics")
        queries[path.stem] = compile_file(path, vocabulary)
    if not queries:
        raise InputError(f"{folder} holds no <topic>/<id>.rq; nothing to compile")
    return json.dumps({"form": FORM, "queries": queries}, indent=1, ensure_ascii=False) + "\n"


def compile_file(path: Path, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the contract and the cut text of one query file; InputError where it breaks the contract."""
    if not _NAME.fullmatch(path.stem):
        raise InputError(f"{path}: an id is snake_case, such as documents_by_actor; rename the file")
    lines = path.read_text(encoding="utf-8").splitlines()
    head = next((i for i, line in enumerate(lines) if not line.startswith("#+")), len(lines))
    header = _header(path, lines[:head])
    head += next((i for i, line in enumerate(lines[head:]) if line.strip()), 0)
    body = "\n".join(lines[head:]).rstrip() + "\n"
    _check_body(path, body, head, header, vocabulary)
    pieces = _SLOT.split(body)
    for place in range(1, len(pieces), 2):
        pieces[place - 1] += f"VALUES ?{pieces[place]} {{ "
        pieces[place + 1] = " }" + pieces[place + 1]
    where = _WHERE.search(pieces[0])
    if not where:
        raise InputError(f"{path}:{head + 1}: the main WHERE must start a line, before any parameter")
    return {"topic": path.parent.name, **header, "pieces": pieces, "head": where.start()}


def _header(path: Path, lines: list[str]) -> dict[str, Any]:
    text = "\n".join(line.removeprefix("#+").removeprefix(" ") for line in lines)
    try:
        header = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path}:{line}: the header is not YAML: {error.problem}") from error
    if not isinstance(header, dict):
        raise InputError(f"{path}:1: no header; start the file with `#+ title: ...` and the other keys")
    _keys(path, "the header", header, dict.fromkeys(_KEYS, True))
    if list(header) != _KEYS:
        raise InputError(f"{path}:1: the header's keys stand in this order: {', '.join(_KEYS)}")
    for key in _KEYS[:3]:
        if not isinstance(header[key], str) or not header[key].strip():
            raise InputError(f"{path}:1: {key} must be text")
        header[key] = " ".join(header[key].split())
    if not isinstance(header["tags"], list) or not all(isinstance(tag, str) for tag in header["tags"]):
        raise InputError(f"{path}:1: tags must be a list of words")
    for part, keys in (("parameters", _PARAMETER_KEYS), ("columns", _COLUMN_KEYS)):
        if not isinstance(header[part], dict):
            raise InputError(f"{path}:1: {part} must map names to fields; write {{}} for none")
        for name, fields in header[part].items():
            _keys(path, f"{part}.{name}", fields, keys)
    return header


def _keys(path: Path, where: str, fields: object, keys: dict[str, bool]) -> None:
    if not isinstance(fields, dict):
        raise InputError(f"{path}:1: {where} must have fields: {', '.join(keys)}")
    unknown = [str(key) for key in fields if key not in keys]
    missing = [key for key, needed in keys.items() if needed and key not in fields]
    if unknown:
        raise InputError(f"{path}:1: {where} has the unknown key {unknown[0]!r}; known: {', '.join(keys)}")
    if missing:
        raise InputError(f"{path}:1: {where} lacks the key {missing[0]!r}")


def _check_body(path: Path, body: str, offset: int, header: dict[str, Any], vocabulary: Vocabulary) -> None:
    start = f"{path}:{offset + 1}"
    _check_parameters(start, body, set(header["parameters"]))
    try:
        Store().query(body)
    except SyntaxError as error:
        found = _AT.search(error.msg)
        line = offset + (int(found[1]) if found else 1)
        raise InputError(f"{path}:{line}: pyoxigraph cannot parse this: {error.msg}") from error
    try:
        columns = projected(body)
    except Exception as error:  # rdflib's parser raises many kinds
        raise InputError(f"{start}: rdflib cannot parse this: {error}") from error
    if columns != list(header["columns"]):
        raise InputError(f"{start}: the columns are declared as {list(header['columns'])} but projected as {columns}")
    unknown = sorted(iri for iri in used_iris(body) if not vocabulary.knows(iri))
    if unknown:
        raise InputError(f"{start}: no such term: {', '.join(unknown)}; {vocabulary.like(unknown[0])}")
    fields = [*header["parameters"].items(), *header["columns"].items()]
    kinds = [(name, kind) for name, field in fields for kind in str(field["type"]).split("|")]
    for name, kind in kinds:
        if kind not in LITERAL_TYPES and not vocabulary.is_class(kind.removesuffix("*")):
            raise InputError(f"{path}:1: {name} has the type {kind!r}, no class of the ontology")


def _check_parameters(start: str, body: str, declared: set[str]) -> None:
    slots = set(_SLOT.findall(body))
    if slots != declared:
        wrong = ", ".join(sorted(slots ^ declared))
        raise InputError(f"{start}: declared and used parameters differ in: {wrong}; a use is VALUES ?name {{ UNDEF }}")
    if declared & _RESERVED or not all(_NAME.fullmatch(name) for name in declared):
        raise InputError(f"{start}: parameter names are snake_case and none of {', '.join(sorted(_RESERVED))}")
