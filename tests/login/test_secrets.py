"""Passwords, tokens, cookies and codes are in no log, no error, no event and no row."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from app.accounts.actor import Role
from app.accounts.identities import invite
from app.accounts.operations import create_token
from app.settings import Settings
from tests.api import problem_of
from tests.login.conftest import PASSWORD, Service
from tests.login.joined import Joined
from tests.login.real_provider import CLIENT_SECRET, visit
from tests.rows import everything

WRONG = "пароль, который никто не должен увидеть"


def test_a_life_of_an_account_leaves_no_secret_anywhere(
    service: Service, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with service.database.write() as db:
        secretariat = create_token(db, name="secretariat", roles=frozenset({Role.SECRETARIAT}))
    answers = [service.sign_in(password=WRONG) for _ in range(7)]
    answers += [service.api.post("/v1/login", json={"name": WRONG, "password": WRONG})]
    answers += [service.api.post("/v1/login", content=f'{{"password": "{WRONG}"'.encode())]
    answers += [service.sign_in("russia-lead")]
    cookie = service.cookie
    made = service.post("/v1/me/tokens", json={"label": "CAT tool", "roles": ["language-lead"]})
    token = made.json()["token"]
    answers += [service.api.get("/v1/me", token), service.api.get("/v1/me", f"{token}x")]
    answers += [service.api.get("/v1/me", secretariat), service.post("/v1/logout")]
    service.hold(cookie)
    answers += [service.api.get("/v1/me")]

    secrets = [WRONG, PASSWORD, cookie, token, secretariat, service.app.state.signing.opened("session", cookie)]
    out, err = capfd.readouterr()
    said = "\n".join([answer.text for answer in answers] + [out, err, caplog.text])
    rows = str(everything(service.database))
    assert {answer.status_code for answer in answers} == {200, 204, 401, 403, 415, 422, 429}
    for secret in secrets:
        assert secret not in said
        assert secret not in rows


def test_a_failure_within_sign_in_tells_nothing(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def match(self, *given: str | None) -> bool:
            raise RuntimeError(given)

    service.app.state.passwords = Broken()
    problem = problem_of(service.sign_in(password=WRONG), 500, "internal_error")
    assert WRONG not in str(problem)
    assert WRONG not in caplog.text
    assert "RuntimeError" in caplog.text


def test_the_way_over_the_provider_leaves_no_secret_either(
    joined: Joined, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="compendium")
    with joined.database.write() as db:
        invite(db, "russia-delegate", "lead@example.org")
    address = joined.begin()
    back = visit(address, "lead")
    answer = joined.come_back(back)
    assert answer.status_code == 303
    query = parse_qs(urlsplit(back).query)
    rows = str(everything(joined.database))
    for secret in (query["code"][0], query["state"][0], CLIENT_SECRET, "lead@example.org"):
        assert secret not in rows
        assert secret not in caplog.text
        assert secret not in answer.text + answer.headers["Location"]


def test_settings_do_not_show_their_secrets() -> None:
    shown = Settings(
        session_secret="s" * 32,
        oidc_issuer="https://identity.example",
        oidc_client_id="compendium",
        oidc_client_secret="a-secret-of-the-provider",
    )
    assert "ssss" not in repr(shown)
    assert "a-secret-of-the-provider" not in repr(shown)
