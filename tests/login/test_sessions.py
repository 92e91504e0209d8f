"""Cookies of sessions: forged, copied, fixed beforehand, and sent from elsewhere."""

import re

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from app.accounts.actor import Role
from app.accounts.administration import disable, enable, give_roles, set_password
from app.accounts.signing import Signing
from app.accounts.tables import LoginSession, SigningKey
from app.main import create_app
from app.settings import Settings
from tests.api import Api, problem_of
from tests.clocks import FakeClock
from tests.login.conftest import ORIGIN, PASSWORD, Service
from tests.rows import everything


def test_the_cookie_is_for_this_service_alone_and_not_for_scripts(service: Service) -> None:
    (cookie,) = service.sign_in().headers.get_list("Set-Cookie")
    value, *attributes = cookie.split("; ")
    assert re.fullmatch(r"session=[A-Za-z0-9_.-]+", value)
    assert sorted(attributes) == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]


def test_behind_tls_the_cookie_insists_on_it(service: Service, settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"public_url": "https://compendium.example"}), service.database)
    app.state.passwords = service.app.state.passwords
    with Api.serving(app) as api:
        answer = api.post("/v1/login", json={"name": "nato-delegate", "password": PASSWORD})
        (cookie,) = answer.headers.get_list("Set-Cookie")
        value, *attributes = cookie.split("; ")
        assert value.startswith("__Host-session=")
        assert sorted(attributes) == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax", "Secure"]
        sent = {"Cookie": value}
        assert api.get("/v1/me", headers=sent).json()["account"] == "nato-delegate"
        # The name without the prefix could have been set from a neighbouring host.
        plain = {"Cookie": value.removeprefix("__Host-")}
        problem_of(api.get("/v1/me", headers=plain), 401, "sign_in_needed")


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(service: Service) -> None:
    service.sign_in()
    copied = service.cookie
    answer = service.post("/v1/logout")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    service.hold(copied)
    problem_of(service.api.get("/v1/me"), 401, "bad_token")
    problem_of(service.post("/v1/logout"), 401, "bad_token")


def test_a_session_ends_at_its_moment(service: Service, clock: FakeClock) -> None:
    service.sign_in()
    with service.database.read() as db:
        expiry = db.scalars(select(col(LoginSession.expires_at))).one()
    clock.set_to(expiry)
    clock.advance(microseconds=-1)
    assert service.api.get("/v1/me").status_code == 200
    clock.advance(microseconds=1)
    problem_of(service.api.get("/v1/me"), 401, "bad_token")


def test_a_forged_cookie_is_refused_without_a_look_into_the_sessions(service: Service) -> None:
    service.sign_in()
    cookie = service.cookie
    payload, _, signature = cookie.rpartition(".")
    stranger = Signing(service.database, Settings(session_secret="x" * 32).session_secret)
    own = service.app.state.signing
    with service.database.read() as db:
        stored = db.scalars(select(col(LoginSession.secret_hash))).one()
    forged = [
        payload,
        f"{payload}.",
        f"{payload}.{signature[:-2]}xx",
        f"{payload[:-1]}x.{signature}",
        stranger.signed("session", own.opened("session", cookie)),
        # Signed by us, for something else; or of a session that there is not.
        own.signed("sign-in", own.opened("session", cookie)),
        own.signed("session", stored),
        own.signed("session", {"account": 1}),
        own.signed("session", None),
        "",
        "é" * 20,
        "x" * 8000,
    ]
    for value in forged:
        answer = service.api.get("/v1/me", headers={"Cookie": f"session={value}".encode()})
        problem_of(answer, 401, "bad_token")
    service.hold(cookie)
    assert service.api.get("/v1/me").status_code == 200


def test_a_cookie_in_a_database_without_a_key_is_refused(service: Service) -> None:
    cookie = Signing(service.database, Settings(session_secret="x" * 32).session_secret).signed("session", "x")
    before = everything(service.database)
    service.hold(cookie)
    problem_of(service.api.get("/v1/me"), 401, "bad_token")
    assert everything(service.database) == before


def test_signing_in_gives_a_new_session_and_ends_the_one_the_browser_had(service: Service) -> None:
    """So whoever slipped a cookie into a browser beforehand holds nothing once its owner has signed in."""
    service.sign_in("russia-lead")
    planted = service.cookie
    service.sign_in("nato-delegate")
    assert service.cookie != planted
    assert service.api.get("/v1/me").json()["account"] == "nato-delegate"
    service.hold(planted)
    problem_of(service.api.get("/v1/me"), 401, "bad_token")


def test_a_session_follows_what_becomes_of_its_account(service: Service) -> None:
    service.sign_in()
    with service.database.write() as db:
        give_roles(db, "nato-delegate", {Role.READER})
    assert service.api.get("/v1/me").json()["roles"] == ["reader"]
    with service.database.write() as db:
        disable(db, "nato-delegate")
    problem_of(service.api.get("/v1/me"), 401, "bad_token")
    with service.database.write() as db:
        enable(db, "nato-delegate")
    # It has ended; it does not only rest.
    problem_of(service.api.get("/v1/me"), 401, "bad_token")


def test_another_password_ends_the_sessions_of_the_one_before(service: Service) -> None:
    service.sign_in()
    with service.database.write() as db:
        set_password(db, "nato-delegate", service.app.state.passwords.hashed("боевая часть ракеты"))
    problem_of(service.api.get("/v1/me"), 401, "bad_token")


def test_the_secret_of_a_session_is_stored_nowhere(service: Service) -> None:
    service.sign_in()
    secret = service.app.state.signing.opened("session", service.cookie)
    rows = str(everything(service.database))
    assert len(secret) == 43
    assert secret not in rows
    assert PASSWORD not in rows


# ---- tokens beside cookies


def test_a_token_wins_over_a_cookie_and_a_bad_one_is_not_made_good_by_it(service: Service, own_tokens) -> None:
    service.sign_in("russia-lead")
    assert service.api.get("/v1/me", own_tokens["secretariat"]).json()["account"] == "secretariat"
    problem_of(service.api.get("/v1/me", "tmd_guessed"), 401, "bad_token")
    for header in ("Basic bmF0bzpuYXRv", "Bearer", "Bearer "):
        problem_of(service.api.get("/v1/me", headers={"Authorization": header}), 401, "sign_in_needed")


@pytest.fixture
def own_tokens(service: Service) -> dict[str, str]:
    from app.accounts.operations import create_token

    with service.database.write() as db:
        return {"secretariat": create_token(db, name="secretariat", roles=frozenset({Role.SECRETARIAT}))}


# ---- from other sites

NEW_TOKEN = {"label": "CAT tool", "roles": ["delegate"]}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "https://127.0.0.1:8000"},
        {"Origin": "http://127.0.0.1:8000.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", **ORIGIN},
    ],
)
def test_a_page_of_another_site_changes_nothing_with_our_cookie(service: Service, headers: dict[str, str]) -> None:
    service.sign_in()
    before = everything(service.database)
    for path, body in (("/v1/logout", None), ("/v1/me/tokens", NEW_TOKEN), ("/v1/proposals", {})):
        problem_of(service.api.post(path, json=body, headers=headers), 403, "cross_site_request")
    answer = service.api.request("DELETE", "/v1/me/tokens/1", headers=headers)
    problem_of(answer, 403, "cross_site_request")
    assert everything(service.database) == before


@pytest.mark.parametrize(
    "headers", [ORIGIN, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]
)
def test_our_own_pages_may(service: Service, headers: dict[str, str]) -> None:
    service.sign_in()
    assert service.api.post("/v1/me/tokens", json=NEW_TOKEN, headers=headers).status_code == 201


def test_a_token_is_no_matter_of_sites(service: Service, own_tokens) -> None:
    """No browser adds it by itself."""
    headers = {"Origin": "https://tool.example", "Sec-Fetch-Site": "cross-site"}
    answer = service.api.post("/v1/me/tokens", own_tokens["secretariat"], json=NEW_TOKEN, headers=headers)
    problem_of(answer, 403, "session_needed")


def test_another_site_signs_nobody_in(service: Service) -> None:
    """Or a reader would work in the account of an attacker without noticing."""
    answer = service.sign_in(headers={"Origin": "https://evil.example"})
    problem_of(answer, 403, "cross_site_request")
    # A form of another site can only send this as text.
    body = f'{{"name":"nato-delegate","password":"{PASSWORD}"}}'.encode()
    answer = service.api.post("/v1/login", content=body, headers={"Content-Type": "text/plain"})
    problem_of(answer, 415, "unsupported_media_type")
    assert service.hasher.worked == []


def test_other_sites_cannot_read_with_our_cookie(service: Service) -> None:
    service.sign_in()
    answer = service.api.get("/v1/me", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_what_a_cookie_sees_is_kept_by_no_cache(service: Service) -> None:
    service.sign_in()
    assert service.api.get("/v1/me").headers["Cache-Control"] == "private, no-store"
    assert len(service.app.state.answers) == 0


def test_the_key_is_made_once_and_kept(service: Service) -> None:
    with service.database.read() as db:
        assert db.get(SigningKey, 1) is None
    service.sign_in()
    other = Signing(service.database, None)
    assert other.opened("session", service.cookie) is not None
    with service.database.write() as db:
        db.execute(update(SigningKey).values(key="another key, of another service"))
    assert Signing(service.database, None).opened("session", service.cookie) is None
