"""Who may see and do what with proposals, through HTTP."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import col, update

from app.accounts import operations as accounts
from app.accounts.actor import Role
from app.accounts.tables import ApiToken
from app.db import now
from app.languages.codes import LanguageCode
from tests.api import ACCOUNTS, Api, Tokens, problem_of
from tests.makers import body, make_entry
from tests.proposals.steps import (
    REACHED,
    amendment,
    new_proposal,
    propose,
    revise,
    send,
    submitted,
)
from tests.rows import everything

pytestmark = pytest.mark.usefixtures("subject_field")

ROUTES = [
    ("GET", "/v1/proposals"),
    ("POST", "/v1/proposals"),
    ("GET", "/v1/proposals/{ref}"),
    ("GET", "/v1/proposals/{ref}/revisions"),
    ("POST", "/v1/proposals/{ref}/revisions"),
    ("GET", "/v1/proposals/{ref}/events"),
    ("POST", "/v1/proposals/{ref}/events/submit"),
]
OF_ONE = [(method, path) for method, path in ROUTES if "{ref}" in path]


def call(api: Api, method: str, path: str, token: str | None, ref: str = "1", **headers: str) -> httpx.Response:
    """A request that would be right if it came from the right caller."""
    address = path.replace("{ref}", ref)
    if method == "GET":
        return api.get(address, token, headers=headers)
    value: dict[str, Any] = {}
    if path == "/v1/proposals":
        value = new_proposal()
    if path.endswith("revisions"):
        value = {"content": body(fr="fausse cible")}
    return send(api, address, token, value, **{"If-Match": "*"} | headers)


# ---- who is calling


def test_whoever_has_no_token_is_asked_for_one(api: Api, tokens: Tokens, database) -> None:
    propose(api, tokens["nato-delegate"])
    before = everything(database)
    for method, path in ROUTES:
        answer = call(api, method, path, None)
        problem_of(answer, 401, "sign_in_needed")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert everything(database) == before


@pytest.mark.parametrize("token", ["tmd_wrong", "жетон".encode().decode("latin-1"), "tmd_" + "a" * 4000])
def test_a_token_that_nobody_made_opens_nothing(api: Api, token: str) -> None:
    header = {"Authorization": f"Bearer {token}".encode("latin-1")}
    for method, path in ROUTES:
        answer = call(api, method, path, None, **header)
        problem_of(answer, 401, "bad_token")
        assert token not in answer.text


@pytest.mark.parametrize("scheme", ["Basic bmF0bzpyZWNyZXQ=", "Bearer", "Token abc", "bearer"])
def test_another_scheme_is_no_token(api: Api, scheme: str) -> None:
    answer = call(api, "POST", "/v1/proposals", None, Authorization=scheme)
    assert answer.status_code == 401


@pytest.mark.parametrize("end", ["expires_at", "revoked_at"])
def test_a_token_opens_nothing_after_its_end(api: Api, tokens: Tokens, database, end: str) -> None:
    with database.write() as db:
        db.execute(update(ApiToken).values({end: now(db) - timedelta(seconds=1)}))
    before = everything(database)
    problem_of(call(api, "POST", "/v1/proposals", tokens["nato-delegate"]), 401, "bad_token")
    assert everything(database) == before


def test_a_token_opens_until_its_end(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        db.execute(update(ApiToken).values(expires_at=now(db) + timedelta(minutes=5)))
    propose(api, tokens["nato-delegate"])


@pytest.mark.parametrize("account", ["reader", "nato-expert"])
def test_only_drafters_propose(api: Api, tokens: Tokens, database, account: str) -> None:
    before = everything(database)
    problem_of(call(api, "POST", "/v1/proposals", tokens[account]), 403, "not_permitted")
    assert everything(database) == before


def test_a_delegate_without_a_party_does_not_propose(api: Api, database) -> None:
    with database.write() as db:
        token = accounts.create_token(db, name="nobody", roles=frozenset({Role.DELEGATE, Role.CO_CHAIR}))
    problem_of(call(api, "POST", "/v1/proposals", token), 403, "not_permitted")


def test_a_token_is_stored_as_its_hash_only(api: Api, tokens: Tokens, database) -> None:
    rows = str(everything(database))
    assert not [name for name, token in tokens.items() if token in rows]


def test_a_revoked_token_ends_at_once(api: Api, tokens: Tokens, database) -> None:
    propose(api, tokens["nato-delegate"])
    with database.write() as db:
        db.execute(update(ApiToken).where(col(ApiToken.revoked_at).is_(None)).values(revoked_at=now(db)))
    problem_of(api.get("/v1/proposals", tokens["nato-delegate"]), 401, "bad_token")


# ---- who knows of a proposal

NATO = {name for name, (party, _) in ACCOUNTS.items() if party == "nato"}
KNOWN_TO = {
    "draft": NATO,
    "submitted": NATO | {"secretariat"},
}
"""Whatever comes after is known to all who have an account."""


@pytest.mark.parametrize("state", list(REACHED))
def test_a_proposal_is_known_to_its_party_then_the_secretariat_then_everybody(
    api: Api, tokens: Tokens, state: str
) -> None:
    number = REACHED[state](api, tokens).json()["number"]
    known_to = KNOWN_TO.get(state, set(ACCOUNTS))
    for account, token in tokens.items():
        expected = 200 if account in known_to else 404
        for method, path in OF_ONE:
            if method == "GET":
                assert call(api, method, path, token, number).status_code == expected, (account, path)
        listed = [item["number"] for item in api.get("/v1/proposals", token).json()["items"]]
        assert listed == ([number] if account in known_to else []), account


@pytest.mark.parametrize("account", ["russia-delegate", "russia-co-chair", "secretariat", "reader"])
def test_the_draft_of_a_party_is_to_others_as_if_it_were_not(
    api: Api, tokens: Tokens, database, account: str
) -> None:
    number = propose(api, tokens["nato-delegate"]).json()["number"]
    missing = number[:-1] + "9"
    before = everything(database)
    for method, path in OF_ONE:
        there = call(api, method, path, tokens[account], number)
        absent = call(api, method, path, tokens[account], missing)
        told = [problem_of(answer, 404, "not_found") for answer in (there, absent)]
        for problem, ref in zip(told, (number, missing), strict=True):
            assert problem.pop("request_id")
            assert problem.pop("ref") == ref
            problem["detail"] = problem["detail"].replace(ref, "")
        assert told[0] == told[1]
    assert everything(database) == before


def test_nothing_of_a_draft_is_seen_before_it_is_accepted(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    latin, cyrillic = "abracadabra", "абракадабра"
    secret = {"content": body(en=latin, fr=latin, ru=cyrillic), "justification": cyrillic}
    for value in (new_proposal(**secret), amendment() | secret):
        proposal = submitted(api, tokens, value)
        api.move(proposal, "withdraw", tokens["nato-delegate"])
        propose(api, tokens["nato-delegate"], value)
        returned = api.move(submitted(api, tokens, value), "return", tokens["secretariat"], reason="Без источника.")
        assert returned.json()["state"] == "returned"
    public = [
        "/",
        "/v1/entries",
        "/v1/entries/TMD-0017",
        "/v1/entries/TMD-0017/versions",
        "/v1/changes",
        "/v1/subject-fields",
        "/v1/index/ru",
        "/v1/index/ru/А",
        "/v1/search?q=абра",
        "/v1/suggest?q=абра",
        "/v1/search?q=abra",
        "/v1/export?format=csv&status=proposed&status=agreed&status=withdrawn",
        "/v1/export?format=tbx&status=proposed",
        "/v1/proposals/1",
        "/v1/proposals",
    ]
    for address in public:
        for token in (None, tokens["russia-co-chair"], tokens["reader"]):
            shown = api.get(address, token).text
            assert latin not in shown.lower(), address
            assert cyrillic not in shown.lower(), address
            assert "Без источника" not in shown, address
    assert api.get("/v1/changes").json()["latest"] == 1
    # The same entry proposed by the other side is no conflict that would give the draft away.
    propose(api, tokens["russia-delegate"], new_proposal(**secret))


# ---- languages


def limited(database, *languages: LanguageCode) -> str:
    with database.write() as db:
        return accounts.create_token(
            db,
            name="russia-language-lead",
            roles=frozenset({Role.LANGUAGE_LEAD}),
            party="russia",
            languages=frozenset(languages),
        )


def test_a_token_for_some_languages_changes_the_texts_of_no_other(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    token = limited(database, "ru")
    before = everything(database)
    answer = send(api, "/v1/proposals", token, amendment(fr="fausse cible"))
    problem = problem_of(answer, 403, "language_not_permitted")
    assert (problem["field"], problem["language"]) == ("content.languages.fr", "fr")
    problem_of(send(api, "/v1/proposals", token, new_proposal()), 403, "language_not_permitted")
    assert everything(database) == before
    draft = propose(api, token, amendment(ru="ложная боеголовка"))
    answer = revise(api, draft, token, body(en="dummy", ru="ложная боеголовка"))
    problem_of(answer, 403, "language_not_permitted")


def test_a_translation_adds_languages_and_touches_no_other(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17, fr=None)
    token = tokens["nato-delegate"]
    touching = amendment(en="dummy") | {"kind": "add-language"}
    problem = problem_of(send(api, "/v1/proposals", token, touching), 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == ("content.languages", "other_language_changed")
    adding_none = new_proposal(kind="add-language", entry="TMD-0017", base_version=1, content=body(fr=None))
    adding_none["content"]["notation"] = "2.4"
    assert problem_of(send(api, "/v1/proposals", token, adding_none), 422, "invalid_input")["reason"] == (
        "no_language_added"
    )
    propose(api, token, amendment() | {"kind": "add-language"})
