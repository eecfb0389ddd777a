"""The report as workflow commands: one a finding, and none that a contributor wrote."""

from __future__ import annotations

from rltkg.validation.formats import serialize
from rltkg.validation.formats.text import summary
from tests.validation.formats.reports import empty, full, hostile


def lines(content: bytes) -> list[str]:
    """Return the lines as the runner sees them: it ends one at CR, LF or both."""
    return content.decode().replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def test_one_command_a_finding() -> None:
    shown = lines(serialize(full(), "github"))

    assert len(shown) == 7
    assert shown[1] == (
        "::error title=Licence of a sample [unknown-property],file=a/my file.ttl,line=21,col=18::"
        "The graph has no property 'autority'; did you mean authority?"
    )
    assert shown[2].startswith("::warning title=Licence of a sample [value-of-event-year],")
    assert shown[3] == "::notice title=rltkg [passage-is-used],file=b.jsonld::Name a statement with this passage."
    assert shown[5] == "::error title=rltkg [shapes-missing]::There is no shapes file."
    assert shown[6] == summary(full())


def test_without_findings_there_is_no_command() -> None:
    assert lines(serialize(empty(), "github")) == [summary(empty())]


def test_nobody_can_write_a_command_of_their_own() -> None:
    command, last = lines(serialize(hostile(), "github"))
    fields, _, message = command.removeprefix("::error ").partition("::")

    assert last == summary(hostile())
    assert [field.partition("=")[0] for field in fields.split(",")] == ["title", "file", "line", "col"]
    assert fields.startswith("title=x%0A%3A%3Aerror%3A%3Ay%0D##[z]")
    assert "%250A%2C" in fields
    assert message.startswith("Mend x%0A::error::y%0D##[z]")
    assert "\x1b" not in command
