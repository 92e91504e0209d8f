"""Signing in with a password."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.accounts.administration import disable, set_password
from app.accounts.passwords import Passwords
from app.accounts.sessions import LIFE
from app.accounts.tables import Account, LoginSession
from app.history.operations import verify
from app.history.tables import AuditEvent
from tests.api import problem_of
from tests.clocks import FakeClock
from tests.login.conftest import PASSWORD, CountingHasher, Service


def test_whoever_knows_the_password_is_signed_in(service: Service, clock: FakeClock) -> None:
    clock.advance(seconds=0)
    answer = service.sign_in()
    assert answer.status_code == 200, answer.text
    expected = {
        "account": "nato-delegate",
        "party": "nato",
        "roles": ["delegate", "representative"],
        "languages": [],
        "read_only": False,
        "shown": "session",
        "expires_at": (clock() + LIFE).isoformat().replace("+00:00", "Z"),
    }
    assert answer.json() == expected
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert service.api.get("/v1/me").json() == expected


def test_a_session_has_the_languages_of_its_account(service: Service) -> None:
    assert service.sign_in("russia-lead").json()["languages"] == ["ru"]


def test_a_composed_letter_is_the_same_however_it_was_typed(service: Service) -> None:
    hashed = Passwords(service.hasher).hashed("défense élargie й")
    with service.database.write() as db:
        set_password(db, "nato-delegate", hashed)
    assert service.sign_in(password="de\u0301fense e\u0301largie и\u0306").status_code == 200


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("nato-delegate", "перехват на начальном участке"),
        ("nato-delegate", PASSWORD + " "),
        ("nato-expert", PASSWORD),
        ("nobody", PASSWORD),
        ("NATO-DELEGATE", PASSWORD),
    ],
)
def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(service: Service, name: str, password: str) -> None:
    problem = problem_of(service.sign_in(name, password), 403, "login_failed")
    assert {key: value for key, value in problem.items() if key != "request_id"} == {
        "type": "urn:compendium:problem:login_failed",
        "title": "Not signed in",
        "status": 403,
        "code": "login_failed",
        "detail": "The name and the password do not fit, or the account may not sign in.",
    }
    assert service.hasher.worked == ["verify"]
    problem_of(service.api.get("/v1/me"), 401, "sign_in_needed")


def test_a_disabled_account_does_not_sign_in_and_costs_the_same_work(service: Service) -> None:
    with service.database.write() as db:
        disable(db, "nato-delegate")
    problem_of(service.sign_in(), 403, "login_failed")
    assert service.hasher.worked == ["verify"]


def test_a_hash_made_with_other_parameters_is_made_anew(service: Service) -> None:
    old = Passwords(CountingHasher(time_cost=2)).hashed(PASSWORD)
    with service.database.write() as db:
        set_password(db, "nato-delegate", old)
    assert service.sign_in().status_code == 200
    assert service.hasher.worked == ["verify", "hash"]
    with service.database.read() as db:
        stored = db.scalars(select(col(Account.password_hash)).where(col(Account.name) == "nato-delegate")).one()
    assert ",t=1," in stored
    service.hasher.worked.clear()
    assert service.sign_in().status_code == 200
    assert service.hasher.worked == ["verify"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "nato-delegate"},
        {"name": "nato-delegate", "password": ""},
        {"name": "nato-delegate", "password": "x" * 257},
        {"name": "nato-delegate\r\nSet-Cookie: session=1", "password": PASSWORD},
        {"name": "nato\u0000delegate", "password": PASSWORD},
        {"name": "nаto-delegate", "password": PASSWORD},  # with a Cyrillic а
        {"name": "", "password": PASSWORD},
        {"name": "x" * 101, "password": PASSWORD},
        {"name": "nato-delegate", "password": PASSWORD, "roles": ["secretariat"]},
        {"name": ["nato-delegate"], "password": PASSWORD},
    ],
)
def test_what_cannot_be_a_sign_in_is_refused_before_any_work(service: Service, body: dict) -> None:
    answer = service.api.post("/v1/login", json=body)
    problem = problem_of(answer, 422, "validation_failed")
    assert service.hasher.worked == []
    # What was typed into the wrong field may be a password.
    assert PASSWORD not in json.dumps(problem, ensure_ascii=False)


def test_an_oversized_body_is_refused_before_it_is_read(service: Service, settings) -> None:
    answer = service.sign_in(password="x" * settings.max_body)
    problem_of(answer, 413, "body_too_large")
    assert service.hasher.worked == []


def test_signing_in_and_out_leave_events_that_name_nobody(service: Service) -> None:
    service.sign_in()
    service.post("/v1/logout")
    with service.database.read() as db:
        events = db.scalars(select(AuditEvent).order_by(col(AuditEvent.seq))).all()
        account = db.scalars(select(Account).where(col(Account.name) == "nato-delegate")).one()
        assert verify(db) is None
    assert [(event.action, event.account_id, json.loads(event.detail)) for event in events] == [
        ("login", account.id, {"account": account.id, "method": "password"}),
        ("logout", account.id, {"account": account.id}),
    ]
    assert "nato-delegate" not in "".join(event.detail for event in events)


def test_expired_sessions_are_swept_away(service: Service, clock: FakeClock) -> None:
    service.sign_in()
    clock.advance(hours=13)
    service.sign_in()
    with service.database.read() as db:
        assert [session.expires_at - session.created_at for session in db.scalars(select(LoginSession))] == [
            timedelta(hours=12)
        ]
