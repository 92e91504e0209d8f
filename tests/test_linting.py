"""`compendium lint`: of a glossary folder, of entries and of proposals."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.db import Database
from app.languages.codes import LanguageCode
from app.main import create_app
from app.settings import Settings
from app.texts.findings import finding_text
from app.texts.problems import problem_text
from tests.api import Api, Tokens
from tests.commands import Command, commands_on
from tests.exchange.folders import DEFINITION, MISSILE, RADAR, entry_file, make_folder
from tests.makers import TERMS, body, make_entry, make_subject_field, make_withdrawn_entry
from tests.proposals.steps import new_proposal, propose, submitted

ELEMENT = "languages.en.definition.text"
AN_ARTICLE = ("definition: object", "definition: an object")
A_CAPITAL = ("definition: object", "definition: Object")
ANSWER = (
    f"waivers:\n  - {{check: definition-capital, element: {ELEMENT}, reason: The first word is a trade name.}}\n"
)


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `compendium lint` where there is no database."""
    run = commands_on(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}", monkeypatch)
    return lambda *words: run("lint", *words)


@pytest.fixture
def lint_stored(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `compendium lint` on the test's own database."""
    run = commands_on(own_settings.database_url, monkeypatch)
    return lambda *words: run("lint", *words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A glossary of two entries in which there is nothing to remark."""
    related = entry_file(35, *MISSILE).replace(
        "[threat]", "[threat]\nrelations: [{type: see_also, target: TMD-0034}]"
    )
    return make_folder(tmp_path, entry_file(34), related)


# ---- a folder


def test_a_clean_folder_has_nothing_to_say_and_needs_no_database(lint: Command, folder: Path) -> None:
    result = lint(str(folder), "--all")
    assert (result.exit_code, result.stdout) == (0, ""), result.stdout
    assert result.stderr == "2 text, 0 error, 0 warning, 0 information, 0 answered\n"


def test_an_error_in_a_file_is_named_by_entry_element_and_check_and_fails(lint: Command, folder: Path) -> None:
    make_folder(folder, entry_file(34).replace(*AN_ARTICLE))
    result = lint(str(folder))
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith(f"TMD-0034 {ELEMENT}:0-2 error definition-article: ")
    assert "1 error" in result.stderr


def test_a_warning_without_an_answer_fails(lint: Command, folder: Path) -> None:
    make_folder(folder, entry_file(34).replace(*A_CAPITAL))
    result = lint(str(folder))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"TMD-0034 {ELEMENT}:0-1 warning definition-capital: ")


def test_a_warning_that_the_file_answers_passes_and_is_shown_only_on_demand(lint: Command, folder: Path) -> None:
    make_folder(folder, entry_file(34).replace(*A_CAPITAL) + ANSWER)
    result = lint(str(folder))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("0 error, 0 warning, 0 information, 1 answered\n")
    everything = lint(str(folder), "--all")
    assert everything.exit_code == 0
    assert "warning definition-capital" in everything.stdout


def test_no_answer_in_a_file_settles_an_error(lint: Command, folder: Path) -> None:
    answer = ANSWER.replace("definition-capital", "definition-article")
    make_folder(folder, entry_file(34).replace(*AN_ARTICLE) + answer)
    result = lint(str(folder))
    assert result.exit_code == 1
    assert "error definition-article" in result.stdout


def test_information_fails_nothing_and_is_shown_only_on_demand(lint: Command, folder: Path) -> None:
    make_folder(folder, entry_file(35, *MISSILE))  # now no entry is related to another
    result = lint(str(folder))
    assert (result.exit_code, result.stdout) == (0, "")
    told = lint(str(folder), "--all").stdout.splitlines()
    assert [line.split(":")[0] for line in told] == [
        f"{number} relations information concept-system" for number in ("TMD-0034", "TMD-0035")
    ]


def test_entries_are_read_amid_the_others_of_their_folder(lint: Command, folder: Path) -> None:
    make_folder(folder, entry_file(35))
    told = [
        (item["text"], item["check"], item["element"]) for item in json.loads(lint(str(folder), "--json").stdout)
    ]
    assert told == [
        (number, "near-duplicate", f"languages.{language}.terms[{term}].text")
        for number in ("TMD-0034", "TMD-0035")
        for language, term in TERMS.items()
    ]


def test_a_proposed_entry_of_a_folder_may_still_lack_what_a_draft_may(lint: Command, folder: Path) -> None:
    without_russian = entry_file(34, status="proposed").split("ru:\n")[0]
    make_folder(folder, without_russian)
    assert lint(str(folder)).exit_code == 0


def test_json_is_what_a_program_reads(lint: Command, folder: Path) -> None:
    assert json.loads(lint(str(folder), "--json").stdout) == []
    make_folder(folder, entry_file(34).replace(*A_CAPITAL) + ANSWER)
    assert json.loads(lint(str(folder), "--json").stdout) == []
    (item,) = json.loads(lint(str(folder), "--json", "--all").stdout)
    assert (item["text"], item["check"], item["severity"]) == ("TMD-0034", "definition-capital", "warning")
    assert (item["element"], item["language"], item["span"]) == (ELEMENT, "en", {"start": 0, "end": 1})
    assert item["waiver"] == {"reason": "The first word is a trade name.", "party": None, "signed": None}


def test_json_keeps_letters_as_they_are(lint: Command, folder: Path) -> None:
    make_folder(folder, entry_file(35))
    result = lint(str(folder), "--json")
    assert result.exit_code == 1
    assert "languages.ru.terms[ложная цель].text" in result.stdout


@pytest.mark.parametrize(("locale", "language"), [("fr", "fr"), ("ru_RU.UTF-8", "ru"), ("en_GB.UTF-8", "en")])
def test_findings_are_in_the_language_of_the_terminal(
    lint: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, locale: str, language: LanguageCode
) -> None:
    make_folder(folder, entry_file(34).replace(*A_CAPITAL))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("LC_ALL", locale)
    said = finding_text("definition-capital", language, {"word": "Object"})
    assert f"{said.message} {said.hint}" in lint(str(folder)).stdout


def test_a_terminal_gets_a_table(lint: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_folder(folder, entry_file(35, "decoy", *MISSILE[1:]))
    monkeypatch.setenv("FORCE_COLOR", "1")
    heading, *rows = lint(str(folder)).stdout.splitlines()
    assert [word for word in ("text", "severity", "check", "element", "what") if word not in heading] == []
    assert ["languages.en.terms[decoy].text" in row for row in rows] == [True, True]


def test_a_file_that_cannot_be_read_is_named(lint: Command, folder: Path) -> None:
    make_folder(folder, entry_file(34).replace("[threat]", "[ПРО]"))
    result = lint(str(folder))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "0034-entry.yaml" in result.stderr


# ---- the database


def radar(**terms: str | None) -> dict[str, Any]:
    return body(**dict(zip(("en", "fr", "ru"), RADAR, strict=True)) | terms)


def capitalised() -> dict[str, Any]:
    """A content with a warning, of a concept that no entry has."""
    made = radar()
    made["languages"]["en"]["definition"]["text"] = DEFINITION.capitalize()
    return made


@pytest.fixture
def stored(own_database: Database) -> Database:
    """Two entries, one of them with a warning."""
    with own_database.write() as db:
        make_subject_field(db)
        make_entry(db, number=17)
        make_entry(db, number=18, en="jammer", fr="brouilleur", ru="Станция помех")
        make_withdrawn_entry(db, en="chaff")
    return own_database


def test_entries_are_named_by_their_numbers(lint_stored: Command, stored: Database) -> None:
    assert (lint_stored("TMD-0017").exit_code, lint_stored("17").stdout) == (0, "")
    result = lint_stored("TMD-0017", "tmd-0018")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("TMD-0018 languages.ru.terms[Станция помех].text")
    assert "warning term-form" in line
    assert result.stderr.startswith("2 text, 0 error, 1 warning")


def test_all_public_entries_are_read_if_none_is_named(lint_stored: Command, stored: Database) -> None:
    result = lint_stored()
    assert result.exit_code == 1
    assert result.stderr.startswith("2 text, 0 error, 1 warning")
    assert lint_stored("TMD-0018").stdout == result.stdout


def test_a_folder_and_an_entry_are_read_together(lint_stored: Command, stored: Database, folder: Path) -> None:
    assert lint_stored(str(folder), "TMD-0017").stderr.startswith("3 text, 0 error, 0 warning")


def test_a_proposal_is_read_with_the_answers_given_to_it(
    lint_stored: Command, stored: Database, own_settings: Settings
) -> None:
    tokens = Tokens.made_in(stored)
    with Api.serving(create_app(own_settings, stored)) as api:
        before_us = submitted(api, tokens, new_proposal(content=capitalised()))
        number = before_us.json()["number"]
        before = lint_stored(number)
        answer = {"check": "definition-capital", "element": ELEMENT, "reason": "The first word is a trade name."}
        path, headers = f"/v1/proposals/{number}/waivers", {"If-Match": before_us.headers["ETag"]}
        assert api.post(path, tokens["nato-delegate"], json=answer, headers=headers).status_code == 201
    assert f"{number} {ELEMENT}:0-1 warning definition-capital" in before.stdout
    assert "definition-capital" not in lint_stored(number).stdout
    (item,) = (
        item
        for item in json.loads(lint_stored(number, "--all", "--json").stdout)
        if item["check"] == "definition-capital"
    )
    assert (item["waiver"]["party"], item["waiver"]["reason"]) == ("nato", answer["reason"])
    assert item["waiver"]["signed"]


def test_a_proposal_is_read_as_a_text_to_be_agreed(
    lint_stored: Command, stored: Database, own_settings: Settings
) -> None:
    tokens = Tokens.made_in(stored)
    with Api.serving(create_app(own_settings, stored)) as api:
        number = submitted(api, tokens, new_proposal(content=radar(ru=None))).json()["number"]
    result = lint_stored(number.lower())
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{number} languages.ru error missing-language: ")


def test_a_draft_stays_with_its_party(lint_stored: Command, stored: Database, own_settings: Settings) -> None:
    token = Tokens.made_in(stored)["nato-delegate"]
    with Api.serving(create_app(own_settings, stored)) as api:
        number = propose(api, token).json()["number"]
    result = lint_stored(number)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Not found\n")


@pytest.mark.parametrize("ref", ["TMD-4711", "P(2026)4711", "P(", "nowhere/", "ракета"])
def test_what_is_not_there_is_named_in_words(lint_stored: Command, stored: Database, ref: str) -> None:
    result = lint_stored("TMD-0017", ref)
    assert (result.exit_code, result.stdout) == (1, "")
    title, detail = result.stderr.splitlines()
    assert title == problem_text("not_found", "en", {"what": "entry", "ref": ref}).title
    assert ref in detail


def test_an_entry_without_a_public_text_has_nothing_to_read(lint_stored: Command, stored: Database) -> None:
    with stored.write() as db:
        gone = make_withdrawn_entry(db, en="lure").id
    result = lint_stored(f"TMD-{gone}")
    assert result.exit_code == 1
    assert f"TMD-{gone}" in result.stderr
