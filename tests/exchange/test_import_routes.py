"""The glossary in through HTTP, and out of one service into another."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.accounts import operations as accounts
from app.accounts.actor import Role
from app.db import Database
from app.entries.content import EntryContent
from app.languages.codes import LANGUAGES
from app.main import create_app
from app.settings import Settings
from tests.api import ACCOUNTS, Api, Tokens, problem_of
from tests.contents import full_content
from tests.exchange.makers import LOSSLESS, make_record, written
from tests.exchange.sending import INITIAL_LOAD, a_file, send_file
from tests.exchange.workbooks import workbook
from tests.makers import (
    adopt_entry,
    body,
    content,
    make_entry,
    make_subject_field,
)
from tests.rows import everything

# ---- there and back


@pytest.fixture
def elsewhere(own_database: Database, own_settings: Settings) -> Iterator[tuple[Api, str]]:
    """A second service with a database of its own, and a token of its secretariat."""
    with own_database.write() as db:
        for code in ("threat", "interception", "command-and-control"):
            make_subject_field(db, code)
        token = accounts.create_token(db, name="secretariat", roles=frozenset({Role.SECRETARIAT}))
    with Api.serving(create_app(own_settings, own_database)) as client:
        yield client, token


@pytest.mark.parametrize("format_", LOSSLESS)
def test_what_goes_out_comes_in_elsewhere_with_the_same_digests(
    api: Api, database, elsewhere: tuple[Api, str], format_: str
) -> None:
    with database.write() as db:
        make_subject_field(db, "command-and-control")
        for number in range(2, 6):
            make_entry(db, number=number, fr=f"leurre nº {number}", ru=f"ложная цель {number}-го рода")
        make_entry(db, number=1, en="=1+1|2", fr="l’œil \\ « nu »", ru="объём, «ёмкость»; учёт")
        adopt_entry(db, full_content(), number=17)
    other, token = elsewhere
    file = api.get(f"/v1/export?format={format_}").content
    answer = send_file(other, token, file, format_, **INITIAL_LOAD)
    assert answer.status_code == 200, answer.text
    assert answer.json()["counts"] == {"new": 6, "amendment": 0, "unchanged": 0, "rejected": 0}
    digests = [
        {entry["number"]: entry["digest"] for entry in service.get("/v1/entries").json()["items"]}
        for service in (api, other)
    ]
    assert digests[0] == digests[1]
    assert len(digests[0]) == 6
    again = send_file(other, token, file, format_, **INITIAL_LOAD)
    assert again.json()["counts"]["unchanged"] == 6


# ---- in, as proposals


@pytest.mark.parametrize("format_", LOSSLESS)
def test_each_entry_of_a_file_becomes_a_draft_of_the_callers_party(
    api: Api, tokens: Tokens, database, format_: str
) -> None:
    with database.write() as db:
        make_entry(db, number=500)
        make_entry(db, number=501)
    file = a_file(content(), content(fr="fausse cible"), content(en="jammer"), format_=format_)
    answer = send_file(api, tokens["nato-delegate"], file, format_, justification="Repris du glossaire de 2004.")
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report["counts"] == {"new": 1, "amendment": 1, "unchanged": 1, "rejected": 0}
    assert [item["outcome"] for item in report["items"]] == ["unchanged", "amendment", "new"]
    amendment = api.get(f"/v1/proposals/{report['items'][1]['proposal']}", tokens["nato-delegate"]).json()
    assert (amendment["state"], amendment["party"]) == ("draft", "nato")
    assert (amendment["kind"], amendment["entry"], amendment["base_version"]) == ("amend", "TMD-0501", 1)
    assert amendment["justification"] == "Repris du glossaire de 2004."
    assert len(api.get("/v1/proposals", tokens["nato-delegate"]).json()["items"]) == 2
    assert api.get("/v1/proposals", tokens["russia-delegate"]).json()["items"] == []
    assert api.get("/v1/entries/TMD-0501").json()["version"] == 1


def test_a_dry_run_says_the_same_and_changes_nothing(api: Api, tokens: Tokens, subjects: None, database) -> None:
    file = a_file(content(), content("propulsion", en="booster"), content(en="jammer"))
    before = everything(database)
    answer = send_file(api, tokens["nato-delegate"], file, dry_run=True)
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report["dry_run"] is True
    assert report["counts"] == {"new": 2, "amendment": 0, "unchanged": 0, "rejected": 1}
    assert [item["proposal"] for item in report["items"]] == [None] * 3
    (fault,) = report["items"][1]["errors"]
    assert (fault["field"], fault["code"]) == ("subject_fields.0", "unknown_subject_field")
    assert "propulsion" in fault["detail"]
    assert everything(database) == before
    for name in ("secretariat", "nato-delegate"):
        send_file(api, tokens[name], a_file(content()), dry_run=True)
    assert everything(database) == before


@pytest.mark.parametrize("into", ["proposals", "initial-load"])
def test_one_refused_entry_keeps_the_whole_file_out(
    api: Api, tokens: Tokens, subjects: None, database, into: str
) -> None:
    file = a_file(content(), content("propulsion", en="booster"))
    before = everything(database)
    answer = send_file(api, tokens["secretariat"], file, **{"as": into})
    problem = problem_of(answer, 422, "import_rejected")
    assert problem["count"] == 1
    assert [item["outcome"] for item in problem["report"]] == ["new", "rejected"]
    assert problem["report"][1]["errors"][0]["code"] == "unknown_subject_field"
    assert everything(database) == before


def test_the_report_is_in_the_language_of_the_reader(api: Api, tokens: Tokens, subjects: None) -> None:
    file = a_file(content("propulsion"))
    for language in LANGUAGES:
        answer = send_file(api, tokens["secretariat"], file, headers={"Accept-Language": language})
        assert answer.headers["Content-Language"] == language
        assert "propulsion" in answer.json()["report"][0]["errors"][0]["detail"]


@pytest.mark.parametrize("format_", LOSSLESS)
def test_a_file_that_names_an_entry_twice_is_refused(
    api: Api, tokens: Tokens, subjects: None, format_: str
) -> None:
    texts = (content(), content(en="jammer"), content(en="chaff"))
    numbers = ("TMD-0500", "TMD-0501", "TMD-0500")
    file = written(format_, *(make_record(text, number) for text, number in zip(texts, numbers, strict=True)))
    problem = problem_of(send_file(api, tokens["secretariat"], file, format_), 422, "import_rejected")
    assert [item["outcome"] for item in problem["report"]] == ["new", "new", "rejected"]


def test_a_token_for_some_languages_imports_no_others(api: Api, subjects: None, database) -> None:
    with database.write() as db:
        make_entry(db, number=500)
        token = accounts.create_token(
            db,
            name="russia-language-lead",
            roles=frozenset({Role.LANGUAGE_LEAD}),
            party="russia",
            languages=frozenset({"ru"}),
        )
    allowed = send_file(api, token, a_file(content(ru="ложная боеголовка")), dry_run=True)
    assert allowed.json()["counts"]["amendment"] == 1
    refused = send_file(api, token, a_file(content(fr="fausse cible")), dry_run=True)
    (fault,) = refused.json()["items"][0]["errors"]
    assert (fault["field"], fault["code"]) == ("languages.fr", "language_not_permitted")


def test_an_import_with_a_key_works_once(api: Api, tokens: Tokens, subjects: None) -> None:
    key = {"Idempotency-Key": "2026-01"}
    first = send_file(api, tokens["nato-delegate"], a_file(content()), headers=key)
    again = send_file(api, tokens["nato-delegate"], a_file(content()), headers=key)
    assert (again.status_code, again.content) == (200, first.content)
    assert len(api.get("/v1/proposals", tokens["nato-delegate"]).json()["items"]) == 1
    other = send_file(api, tokens["nato-delegate"], a_file(content(en="jammer")), headers=key)
    problem_of(other, 422, "idempotency_key_reused")


# ---- in, as an initial load


def test_an_initial_load_makes_agreed_entries_at_expert_level_by_one_decision(
    api: Api, tokens: Tokens, subjects: None
) -> None:
    answer = send_file(api, tokens["secretariat"], a_file(content(), content(en="jammer")), **INITIAL_LOAD)
    assert answer.json()["counts"]["new"] == 2
    entries = [api.get(f"/v1/entries/TMD-0{number}").json() for number in (500, 501)]
    assert [entry["status"] for entry in entries] == ["agreed", "agreed"]
    (decision,) = {entry["decision"]["number"] for entry in entries}
    made = api.get(f"/v1/decisions/{decision}").json()
    assert (made["method"], made["level"], made["parties"]) == ("initial_load", "expert", [])
    assert made["versions"] == ["TMD-0500/1", "TMD-0501/1"]


@pytest.mark.parametrize("account", [name for name in ACCOUNTS if name != "secretariat"])
def test_an_initial_load_is_for_the_secretariat_only(
    api: Api, tokens: Tokens, subjects: None, database, account: str
) -> None:
    before = everything(database)
    for dry_run in (False, True):
        answer = send_file(api, tokens[account], a_file(content()), dry_run=dry_run, **INITIAL_LOAD)
        problem_of(answer, 403, "not_permitted")
    assert everything(database) == before


@pytest.mark.parametrize("account", ["reader", "nato-expert"])
def test_only_drafters_import(api: Api, tokens: Tokens, subjects: None, database, account: str) -> None:
    before = everything(database)
    problem_of(send_file(api, tokens[account], a_file(content())), 403, "not_permitted")
    problem_of(send_file(api, None, a_file(content())), 401, "sign_in_needed")
    problem_of(send_file(api, "tmd_x", a_file(content())), 401, "bad_token")
    assert everything(database) == before


def test_an_initial_load_never_changes_what_is_agreed(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=500)
    before = everything(database)
    answer = send_file(api, tokens["secretariat"], a_file(content(fr="fausse cible")), **INITIAL_LOAD)
    problem = problem_of(answer, 422, "import_rejected")
    assert problem["report"][0]["errors"][0]["code"] == "number_taken"
    assert everything(database) == before


def test_an_initial_load_takes_complete_texts_only(api: Api, tokens: Tokens, subjects: None) -> None:
    answer = send_file(api, tokens["secretariat"], a_file(content(ru=None)), **INITIAL_LOAD)
    (fault,) = problem_of(answer, 422, "import_rejected")["report"][0]["errors"]
    assert (fault["field"], fault["code"]) == ("languages.ru", "incomplete")


def related(target: str) -> EntryContent:
    return EntryContent.model_validate(body() | {"relations": [{"type": "see_also", "target": target}]})


def test_an_initial_load_may_point_forward_but_not_into_nothing(
    api: Api, tokens: Tokens, subjects: None, database
) -> None:
    before = everything(database)
    for target, code in (("TMD-0999", "unknown_entry"), ("TMD-0500", "relation_to_itself")):
        answer = send_file(api, tokens["secretariat"], a_file(related(target)), **INITIAL_LOAD)
        (fault,) = problem_of(answer, 422, "import_rejected")["report"][0]["errors"]
        assert (fault["field"], fault["code"]) == ("relations.0.target", code)
    assert everything(database) == before
    file = a_file(related("TMD-0501"), content(en="jammer"))
    assert send_file(api, tokens["secretariat"], file, **INITIAL_LOAD).json()["counts"]["new"] == 2


def test_a_number_that_was_loaded_is_not_given_out_again(api: Api, tokens: Tokens, subjects: None) -> None:
    send_file(api, tokens["secretariat"], a_file(content(), first=1001), **INITIAL_LOAD)
    header, *rows = a_file(content(en="jammer")).decode("utf-8-sig").splitlines(keepends=True)
    foreign = "".join([header, *(row.replace("TMD-0500", "IATE-254003") for row in rows)])
    answer = send_file(api, tokens["secretariat"], foreign.encode(), **INITIAL_LOAD)
    assert answer.json()["items"][0]["entry"] == "TMD-1002"


# ---- what the caller says


def test_a_table_of_others_comes_in_as_the_caller_says(api: Api, tokens: Tokens, subjects: None) -> None:
    said = {"subject": "threat", "column": ["Слово=ru", "3=en"], "extras": "leave", "dry_run": True}
    table = "Слово;Кто;Word\nракета;я;missile\n".encode("cp1251")
    report = send_file(api, tokens["nato-delegate"], table, "csv", encoding="windows-1251", **said).json()
    assert report["counts"]["new"] == 1
    assert [warning["code"] for warning in report["items"][0]["warnings"]] == [
        "unknown_category",
        "subject_field_assumed",
    ]
    book = workbook(["Слово", "Кто", "Word"], ["ракета", "я", "missile"])
    assert send_file(api, tokens["nato-delegate"], book, "xlsx", **said).json()["counts"]["new"] == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"delimiter": ";;"}, "delimiter"),
        ({"delimiter": '"'}, "delimiter"),
        ({"separator": ""}, "separator"),
        ({"subject": "Missile Defence"}, "subject"),
        ({"layout": "tall"}, "layout"),
        ({"extras": "burn"}, "extras"),
        ({"language": "de"}, "language"),
        ({"column": ["ru"]}, "column.0"),
        ({"collection": "x" * 101}, "collection"),
    ],
)
def test_what_cannot_be_said_of_a_file_is_named(api: Api, tokens: Tokens, said: dict[str, Any], field: str) -> None:
    answer = send_file(api, tokens["secretariat"], b"en\nmissile\n", "csv", **said)
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field


def test_a_dry_run_shows_the_differences_of_an_amendment_and_likely_duplicates(
    api: Api, tokens: Tokens, database
) -> None:
    with database.write() as db:
        make_entry(db, number=500)
    file = a_file(content(fr="fausse cible")) + a_file(content(), first=900).split(b"\r\n", 1)[1]
    amendment, twin = send_file(api, tokens["nato-delegate"], file, dry_run=True).json()["items"]
    assert (amendment["outcome"], twin["outcome"]) == ("amendment", "new")
    assert {"path": "languages.fr.terms.order"} not in amendment["changes"]
    assert "languages.fr.terms[leurre]" in [change["path"] for change in amendment["changes"]]
    assert (amendment["duplicates"], twin["duplicates"], twin["changes"]) == ([], ["TMD-0500"], [])


def test_a_collection_that_comes_again_is_recognised(api: Api, tokens: Tokens, subjects: None) -> None:
    table = b"id;en\n7;missile\n"
    said = {"subject": "threat", "collection": "IATE"}
    first = send_file(api, tokens["nato-delegate"], table, **said).json()["items"][0]
    again = send_file(api, tokens["nato-delegate"], table + b"8;decoy\n", **said).json()["items"]
    assert [item["outcome"] for item in again] == ["unchanged", "new"]
    assert again[0]["proposal"] == first["proposal"]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"format_": "docx"}, "format"),
        ({"dry_run": "vielleicht"}, "dry_run"),
        ({"as": "agreed"}, "as"),
        ({"justification": ""}, "justification"),
        ({"justification": "a\u0007"}, "justification"),
    ],
)
def test_a_wrong_parameter_of_an_import_is_named(
    api: Api, tokens: Tokens, params: dict[str, Any], field: str
) -> None:
    answer = send_file(api, tokens["secretariat"], a_file(content()), **params)
    assert problem_of(answer, 422, "validation_failed")["field"] == field
