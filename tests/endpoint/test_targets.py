"""Targets: what an address or a name stands for, and what is said of a file that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rltkg.endpoint import config
from rltkg.endpoint.addresses import is_loopback, told
from rltkg.endpoint.dialects import DIALECTS, of_server
from rltkg.endpoint.targets import Target, is_target, names, target
from rltkg.errors import InputError, UnavailableError

ROOT = Path(__file__).resolve().parents[2]
WHOLE = """
[targets.lab]
query = "https://kg.example.org/sparql"
update = "https://kg.example.org/sparql-auth"
graph_store = "https://kg.example.org/gsp"
dialect = "virtuoso"
timeout = 12.5
ca_file = "lab.pem"
proxy = "http://proxy.example.org:3128"
allow_plain_http = true
[targets.lab.credentials]
scheme = "digest"
user_variable = "LAB_USER"
password_variable = "LAB_PASSWORD"
[targets.other]
query = "http://127.0.0.1:7878/query"
dialect = "oxigraph"
"""
QUERY = '[targets.a]\nquery = "https://e.org/sparql"\n'
SECRETS = QUERY + "[targets.a.credentials]\n"
# What stands in the file, and what must be said of it; the secrets in it must not.
WRONG = {
    "no TOML": ("targets = [", "config.toml is no TOML: "),
    "another table": ("[target.a]\n", "there is no key target; did you mean 'targets'?"),
    "no table": ('targets = "x"\n', "targets must be a table"),
    "a target that is none": ('[targets]\na = "https://e.org/"\n', "targets.a must be a table"),
    "no query": ('[targets.a]\nupdate = "https://e.org/"\n', "targets.a lacks the key query"),
    "a misspelt key": (QUERY + 'dialekt = "oxigraph"\n', "no key targets.a.dialekt; did you mean 'dialect'?"),
    "a number for text": ("[targets.a]\nquery = 7\n", "targets.a.query must be text in quotation marks"),
    "text for a number": (QUERY + 'timeout = "60"\n', "targets.a.timeout must be a number"),
    "a truth for a number": (QUERY + "timeout = true\n", "targets.a.timeout must be a number"),
    "no time": (QUERY + "timeout = 0\n", "targets.a.timeout is 0; give seconds, above 0"),
    "for ever": (QUERY + "timeout = inf\n", "targets.a.timeout is inf; give seconds"),
    "no dialect": (QUERY + 'dialect = "oxygraph"\n', "targets.a.dialect: there is no dialect 'oxygraph'; did you mean"),
    "no address": ('[targets.a]\nquery = "e.org/sparql"\n', "targets.a.query: e.org/sparql is no address"),
    "a port that is none": ('[targets.a]\nquery = "http://e.org:99999/"\n', "a.query: http://e.org:99999/ is no"),
    "a password in the address": (
        '[targets.a]\nquery = "https://me:hunter2@e.org/sparql"\n', "targets.a.query: the address of e.org has a user",
    ),
    "a password in the proxy": (
        QUERY + 'proxy = "http://me:hunter2@p.org:3128"\n', "targets.a.proxy: the address of p.org has a user",
    ),
    "a password": (
        SECRETS + 'password = "hunter2"\n',
        "targets.a.credentials.password would be a secret in a file; put it into an environment variable, and name",
    ),
    "a password in the target": (QUERY + 'password = "hunter2"\n', "in targets.a.credentials.password_variable"),
    "a token": (SECRETS + 'token = "hunter2"\n', "name that in targets.a.credentials.token_variable"),
    "a user": (SECRETS + 'user = "me"\n', "name that in targets.a.credentials.user_variable"),
    "a secret for a variable": (
        SECRETS + 'user_variable = "LAB_USER"\npassword_variable = "hunter2"\n',
        "targets.a.credentials: password_variable is no name of an environment variable",
    ),
    "no scheme": (SECRETS + 'scheme = "basics"\n', "targets.a.credentials: there is no scheme 'basics'; did you mean"),
    "half of the credentials": (SECRETS + 'user_variable = "A"\n', "a.credentials: password_variable is missing"),
    "too many": (
        SECRETS + 'scheme = "bearer"\ntoken_variable = "A"\nuser_variable = "B"\n', "user_variable does not go with",
    ),
    "netrc for a token": (SECRETS + 'token_variable = "A"\nnetrc = true\n', "netrc has no tokens"),
    "no truth": (QUERY + 'allow_plain_http = "yes"\n', "targets.a.allow_plain_http must be true or false"),
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the configuration file is looked for."""
    monkeypatch.setenv("RLTKG_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "config.toml"


def test_all_that_a_target_may_say_is_read(file: Path) -> None:
    file.write_text(WHOLE, encoding="utf-8")
    lab, other = target("lab"), target("other")

    assert names() == ["lab", "other"]
    assert (lab.name, lab.query, lab.update, lab.graph_store) == (
        "lab", "https://kg.example.org/sparql", "https://kg.example.org/sparql-auth", "https://kg.example.org/gsp",
    )  # fmt: skip
    assert (lab.dialect, lab.timeout, lab.proxy, lab.allow_plain_http) == (
        "virtuoso", 12.5, "http://proxy.example.org:3128", True,
    )  # fmt: skip
    assert lab.ca_file == str(file.parent / "lab.pem")
    assert lab.credentials
    assert (lab.credentials.scheme, lab.credentials.user, lab.credentials.password) == (
        "digest", "LAB_USER", "LAB_PASSWORD",
    )  # fmt: skip
    # What the dialect knows need not be said.
    assert (other.update, other.graph_store) == ("http://127.0.0.1:7878/update", "http://127.0.0.1:7878/store")
    assert (other.credentials, other.timeout, other.allow_plain_http) == (None, 60.0, False)


@pytest.mark.parametrize("way", WRONG)
def test_what_is_wrong_in_the_file_is_said_with_file_and_key(way: str, file: Path) -> None:
    content, due = WRONG[way]
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        target("a")
    told = str(caught.value)

    assert told.startswith(str(file))
    assert due in told
    assert "hunter2" not in told
    assert "\n" not in told


def test_another_target_that_is_wrong_does_not_matter(file: Path) -> None:
    file.write_text(WHOLE + "[targets.broken]\ntimeout = 1\n", encoding="utf-8")

    assert target("other").name == "other"


def test_names_that_are_not_there(file: Path) -> None:
    with pytest.raises(UnavailableError, match=r"config\.toml is not there, though RLTKG_CONFIG names it"):
        target("lab")
    file.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"There is no target 'lab': .*config\.toml has none; write \[targets\.NAME\]"):
        target("lab")
    file.write_text(WHOLE, encoding="utf-8")
    with pytest.raises(InputError, match=r"There is no target 'lap' in .*config\.toml; did you mean 'lab'\?"):
        target("lap")


def test_where_the_file_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RLTKG_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert config.path() == tmp_path / "xdg" / "rltkg" / "config.toml"
    assert names() == []  # no file is no error
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert config.path() == tmp_path / "home" / ".config" / "rltkg" / "config.toml"


@pytest.mark.parametrize(
    "address",
    [
        "https://me:hunter2@e.org/sparql", "https://me@e.org/sparql", "http://:hunter2@e.org/", "http://e.org/sparql#a",
        "http://", "http:///sparql", "http://e.org:port/", "http://e.org/spa rql", "http://e.org/\n", "http://é.org/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(InputError) as caught:
        target(address)

    assert "hunter2" not in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_bare_address_guesses_nothing_and_a_dialect_knows() -> None:
    bare = target("https://e.org/sparql?key=hunter2")
    assert (bare.dialect, bare.update, bare.graph_store) == ("sparql11", None, None)
    assert "hunter2" not in f"{bare!r} {bare.name} {told(bare.query)}"

    found = {name: Target(f"https://e.org{each.ends[0]}", dialect=name) for name, each in DIALECTS.items() if each.ends}
    assert found["oxigraph"].update == "https://e.org/update"
    assert found["virtuoso"].graph_store == "https://e.org/sparql-graph-crud-auth"
    assert found["fuseki"].graph_store == "https://e.org/data"
    assert found["graphdb"].update == "https://e.org/statements"
    assert found["neptune"].update == "https://e.org/sparql"
    assert Target("https://e.org/elsewhere", dialect="oxigraph").update is None
    assert sorted(name for name, each in DIALECTS.items() if each.tested) == ["oxigraph", "virtuoso"]


def test_servers_are_known_by_their_name() -> None:
    assert of_server("Oxigraph/0.5.13") is DIALECTS["oxigraph"]
    assert of_server("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu  ") is DIALECTS["virtuoso"]
    assert of_server("nginx") is of_server("") is of_server(None) is None


def test_what_is_a_target(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(WHOLE, encoding="utf-8")
    monkeypatch.chdir(file.parent)

    assert is_target("lab")
    assert is_target("HTTPS://e.org/sparql")
    assert not is_target("nowhere")
    assert not is_target("./lab")
    assert not is_target(file.parent / "lab")
    (file.parent / "lab").mkdir()
    assert not is_target("lab")  # what lies there goes first


@pytest.mark.parametrize(
    ("host", "here"),
    [("localhost", True), ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("10.0.0.1", False),
     ("localhost.example.org", False), ("0.0.0.0", False)],  # noqa: S104 - it is not bound
)  # fmt: skip
def test_which_host_is_this_machine(host: str, here: bool) -> None:  # noqa: FBT001 - a table
    assert is_loopback(host) is here


def test_the_file_that_the_documents_show_is_one(file: Path) -> None:
    shown = (ROOT / "docs" / "endpoints.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", shown, re.DOTALL)
    file.write_text(block, encoding="utf-8")
    lab = target("lab")

    assert (lab.dialect, lab.timeout, lab.allow_plain_http) == ("virtuoso", 60, False)
    assert lab.credentials
    assert lab.credentials.password == "LAB_PASSWORD"  # noqa: S105 - the name of a variable
    assert set(re.findall(r"# (sparql11.*)", block)[0].split(", ")) == set(DIALECTS)
