"""`compendium lookup` against a server that runs."""

from collections.abc import Callable, Iterator
from socket import socket

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app import cli
from app.commands.lookup import row_of
from app.db import Database
from app.settings import Settings
from tests.makers import make_entry
from tests.serving import Service, served

LookUp = Callable[..., Result]


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.cli, ["lookup", *words])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    url = f"sqlite:///{tmp_path_factory.mktemp('lookup')}/compendium.db"
    with served(url) as service:
        with Database.opened(Settings(database_url=url)) as database, database.write() as db:
            make_entry(db, number=17, en="decoy", fr="leurre", ru="ложная цель")
            make_entry(db, number=18, en="jammer", fr="brouilleur", ru="постановщик помех")
        yield service


@pytest.fixture
def look_up(service: Service, monkeypatch: pytest.MonkeyPatch) -> LookUp:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setenv("COMPENDIUM_SERVER", service.url)
    return run


def rows(result: Result) -> list[list[str]]:
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_a_term_is_found_in_any_form_with_its_equivalents(look_up: LookUp) -> None:
    found = look_up("ложную цель")
    assert found.exit_code == 0, found.output
    assert rows(found) == [["TMD-0017", "agreed", "inflected", "decoy", "leurre", "ложная цель"]]


def test_only_terms_of_the_languages_that_were_named_are_searched(look_up: LookUp) -> None:
    assert rows(look_up("jammer", "--in", "en"))[0][0] == "TMD-0018"
    assert look_up("jammer", "--in", "fr").exit_code == 1
    assert look_up("jammer", "--in", "de").exit_code == 2


def test_what_is_not_found_is_said(look_up: LookUp) -> None:
    nothing = look_up("xylophone")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "Nothing is found." in nothing.stderr


def test_a_question_that_cannot_be_is_refused_in_the_words_of_the_server(look_up: LookUp) -> None:
    refused = look_up("???")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "La recherche doit comporter" in refused.stderr


@pytest.mark.parametrize(("path", "complaint"), [("/static/compendium.css?", "is no compendium"), ("/nowhere", "")])
def test_another_address_is_no_compendium(service: Service, path: str, complaint: str) -> None:
    result = run("decoy", "--server", service.url + path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert complaint in result.stderr


def test_a_server_that_is_not_there_is_said() -> None:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        result = run("decoy", "--server", f"http://127.0.0.1:{probe.getsockname()[1]}")
    assert result.exit_code == 1
    assert "does not answer" in result.stderr
    assert run("decoy", "--server", "ftp://example.org").exit_code == 2


def test_no_text_of_a_server_steers_the_terminal() -> None:
    hit = {
        "entry": {"number": "TMD-0017\x1b[2J", "status": "agreed"},
        "match": {"kind": "exact"},
        "terms": {"ru": [{"text": "ложная\u202eцель\r"}]},
    }
    assert row_of(hit) == ("TMD-0017[2J", "agreed", "exact", "", "", "ложнаяцель")
