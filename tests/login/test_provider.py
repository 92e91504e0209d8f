"""Signing in at a real provider of identities, from the first redirect to the session."""

from collections.abc import Iterator
from socket import socket
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.accounts.administration import disable
from app.accounts.identities import invite
from app.db import Database
from app.history.tables import AuditEvent
from app.main import create_app
from app.settings import Settings
from tests.api import Api, problem_of
from tests.clocks import FakeClock
from tests.login.conftest import CALLBACK
from tests.login.joined import Joined
from tests.login.real_provider import CLIENT_ID, CLIENT_SECRET, visit
from tests.rows import everything


def test_whoever_is_linked_is_signed_in(joined: Joined) -> None:
    answer = joined.sign_in("nato-delegate")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.headers.get_list("Set-Cookie")}
    assert cookies.keys() == {"session", "sign-in"}
    assert "Max-Age=0" in cookies["sign-in"]
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies.values())
    me = joined.api.get("/v1/me").json()
    assert (me["account"], me["roles"], me["shown"]) == ("nato-delegate", ["delegate"], "session")


def test_the_provider_is_asked_with_all_that_protects_the_answer(joined: Joined, issuer: str) -> None:
    first, second = (parse_qs(urlsplit(joined.begin()).query) for _ in range(2))
    assert first["response_type"] == ["code"]
    assert first["redirect_uri"] == [CALLBACK]
    assert first["code_challenge_method"] == ["S256"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_whoever_is_not_linked_gets_no_account(joined: Joined) -> None:
    before = everything(joined.database)
    problem_of(joined.sign_in("somebody-else"), 403, "identity_not_linked")
    after = everything(joined.database)
    assert {table for table in after if after[table] != before[table]} <= {"signing_key", "row_seal"}
    problem_of(joined.api.get("/v1/me"), 401, "sign_in_needed")


def test_a_verified_address_is_good_once(joined: Joined) -> None:
    with joined.database.write() as db:
        invite(db, "russia-delegate", "lead@example.org")
    assert joined.sign_in("lead").status_code == 303
    assert joined.api.get("/v1/me").json()["account"] == "russia-delegate"
    assert joined.sign_in("lead").status_code == 303
    with joined.database.read() as db:
        actions = db.scalars(select(col(AuditEvent.action)).order_by(col(AuditEvent.seq))).all()
    assert actions == ["account.link", "login", "login"]


def test_an_address_that_is_not_verified_is_nobodys(joined: Joined) -> None:
    with joined.database.write() as db:
        invite(db, "russia-delegate", "unverified@example.org")
    problem_of(joined.sign_in("unverified"), 403, "identity_not_linked")


def test_a_disabled_account_does_not_get_in_by_this_way_either(joined: Joined) -> None:
    with joined.database.write() as db:
        disable(db, "nato-delegate")
    problem_of(joined.sign_in("nato-delegate"), 403, "login_failed")


# ---- what does not belong together


def test_a_callback_works_once(joined: Joined) -> None:
    back = visit(joined.begin(), "nato-delegate")
    kept = joined.api.client.cookies["sign-in"]
    assert joined.come_back(back).status_code == 303
    joined.api.client.cookies.clear()
    problem_of(joined.come_back(back), 403, "sign_in_broken")
    # With a copy of the cookie as well: the provider takes a code once.
    joined.api.client.cookies.set("sign-in", kept, domain="compendium.test")
    problem_of(joined.come_back(back), 403, "sign_in_broken")


def test_a_sign_in_begun_by_another_browser_is_refused(joined: Joined) -> None:
    """Or an attacker could sign somebody else in as the attacker."""
    planted = visit(joined.begin(), "nato-delegate")
    joined.api.client.cookies.clear()
    problem_of(joined.come_back(planted), 403, "sign_in_broken")
    joined.begin()
    problem_of(joined.come_back(planted), 403, "sign_in_broken")
    problem_of(joined.api.get("/v1/me"), 401, "sign_in_needed")


def test_a_stolen_code_is_worth_nothing_in_another_sign_in(joined: Joined) -> None:
    """The verifier of the other sign-in does not fit (PKCE)."""
    stolen = parse_qs(urlsplit(visit(joined.begin(), "nato-delegate")).query)["code"][0]
    joined.api.client.cookies.clear()
    own = visit(joined.begin(), "somebody-else")
    problem_of(joined.come_back(own, code=stolen), 403, "sign_in_broken")


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "x" * 43},
        {"state": None},
        {"state": ""},
        {"code": None},
        {"code": "guessed"},
        {"iss": "https://evil.example"},
        {"error": "access_denied"},
        {"error": "access_denied", "code": None},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(joined: Joined, changed: dict[str, str | None]) -> None:
    back = visit(joined.begin(), "nato-delegate")
    problem_of(joined.come_back(back, **changed), 403, "sign_in_broken")
    problem_of(joined.api.get("/v1/me"), 401, "sign_in_needed")


def test_whoever_takes_too_long_begins_again(joined: Joined, clock: FakeClock) -> None:
    clock.advance(seconds=0)
    back = visit(joined.begin(), "nato-delegate")
    clock.advance(minutes=10)
    problem_of(joined.come_back(back), 403, "sign_in_broken")


# ---- where to go on to


@pytest.mark.parametrize(
    "onward", ["/", "/docs", "/v1/search?q=decoy&in=en", "/v1/proposals/P(2026)0042", "/%2F%2Fevil.example"]
)
def test_one_goes_on_to_where_one_was(joined: Joined, onward: str) -> None:
    address = joined.begin(f"/v1/login/oidc?{urlencode({'next': onward})}")
    assert joined.come_back(visit(address, "nato-delegate")).headers["Location"] == onward


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/docs\r\nSet-Cookie: session=1",
        "/docs\\..\\",
        "javascript:alert(1)",
        "evil.example",
        "",
        " /docs",
        "/" + "x" * 500,
    ],
)
def test_one_goes_nowhere_else(joined: Joined, onward: str) -> None:
    answer = joined.api.get(f"/v1/login/oidc?{urlencode({'next': onward})}")
    assert problem_of(answer, 422, "validation_failed")["field"] == "next"


# ---- without a provider


def test_a_service_without_a_provider_says_so(api: Api) -> None:
    for path in ("/v1/login/oidc", "/v1/login/oidc/callback?code=a&state=b"):
        problem_of(api.get(path), 404, "login_not_offered")


def test_a_provider_that_does_not_answer_is_named_as_the_reason(
    database: Database, settings: Settings, unused_port: int
) -> None:
    nowhere = {
        "oidc_issuer": f"http://127.0.0.1:{unused_port}",
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
    }
    app = create_app(Settings.model_validate(settings.model_dump() | nowhere), database)
    with Api.serving(app) as api:
        problem_of(api.get("/v1/login/oidc"), 502, "provider_unavailable")


@pytest.fixture
def unused_port() -> Iterator[int]:
    """A port that is taken, and on which nobody listens."""
    with socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
