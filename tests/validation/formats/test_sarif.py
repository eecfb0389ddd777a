"""The report as SARIF: valid by its schema, with the places that code hosts show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rltkg.validation.formats import serialize
from rltkg.validation.report import ValidationReport
from tests.validation.formats.reports import RLT, empty, full, hostile

SCHEMA = Path(__file__).parents[2] / "data" / "sarif" / "sarif-2.1.0-rtm.5.json"
REPORTS = {"full": full, "empty": empty, "hostile": hostile}


@pytest.fixture(scope="module")
def validator() -> Any:  # noqa: ANN401 - jsonschema has no types
    """Return what judges a log, formats such as URI references included where the checker knows them."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def log(report: ValidationReport) -> dict[str, Any]:
    """Return the only run of the log."""
    content = json.loads(serialize(report, "sarif"))
    assert content["version"] == "2.1.0"
    (run,) = content["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("name", REPORTS)
def test_valid_by_the_schema(name: str, validator: Any) -> None:  # noqa: ANN401
    errors = list(validator.iter_errors(json.loads(serialize(REPORTS[name](), "sarif"))))

    assert [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors] == []


def test_the_schema_can_fail(validator: Any) -> None:  # noqa: ANN401
    content = json.loads(serialize(full(), "sarif"))
    content["runs"][0]["results"][0]["level"] = "violation"
    del content["runs"][0]["results"][1]["message"]

    assert len(list(validator.iter_errors(content))) == 2


def test_results() -> None:
    run = log(full())
    rules = run["tool"]["driver"]["rules"]

    assert run["tool"]["driver"]["name"] == "rltkg"
    assert run["tool"]["extensions"] == [{"name": "pyshacl", "version": "0.40.1"}]
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]][:2] == ["a/my%20file.ttl", "b.jsonld"]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note", "error", "error"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]


def test_places() -> None:
    results = log(full())["results"]
    physical = [result["locations"][0]["physicalLocation"] if "locations" in result else None for result in results]

    assert physical[1] == {
        "artifactLocation": {"uri": "a/my%20file.ttl"},
        "region": {"startLine": 21, "startColumn": 18},
    }
    assert physical[3] == {"artifactLocation": {"uri": "b.jsonld"}}
    assert results[3]["locations"][0]["logicalLocations"] == [{"name": "/@graph/3"}]
    assert physical[5] is None
    assert results[1]["properties"]["suggestion"] == RLT + "authority"


def test_a_file_outside_has_an_absolute_address(tmp_path: Path) -> None:
    report = ValidationReport((), (str(tmp_path / "my file.ttl"),), "pyshacl", "0.40.1")

    assert log(report)["artifacts"] == [{"location": {"uri": (tmp_path / "my file.ttl").as_uri()}}]
