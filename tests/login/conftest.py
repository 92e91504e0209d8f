"""People with passwords, and a browser for each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher

from app.accounts.actor import Role
from app.accounts.administration import set_password
from app.accounts.identities import link_subject
from app.accounts.operations import create_account
from app.accounts.passwords import Passwords
from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.api import Api
from tests.login.joined import Joined
from tests.login.real_provider import CLIENT_ID, CLIENT_SECRET, running_provider

PASSWORD = "перехват на конечном участке"
CALLBACK = "http://127.0.0.1:8000/v1/login/oidc/callback"
ORIGIN = {"Origin": "http://127.0.0.1:8000"}
"""What a browser says on one of our own pages."""


class CountingHasher(PasswordHasher):
    """Argon2 at its cheapest, which counts how often it has worked."""

    def __init__(self, **costs: int) -> None:
        super().__init__(**{"time_cost": 1, "memory_cost": 8, "parallelism": 1, **costs})
        self.worked: list[str] = []

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.worked.append("hash")
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:
        self.worked.append("verify")
        return super().verify(hash, password)


@dataclass
class Service:
    """A service, and what it does with passwords."""

    api: Api
    app: Any
    hasher: CountingHasher
    database: Database
    headers: dict[str, str] = field(default_factory=lambda: dict(ORIGIN))

    def sign_in(self, name: str = "nato-delegate", password: str = PASSWORD, **kwargs: Any) -> httpx.Response:
        return self.api.post("/v1/login", json={"name": name, "password": password}, **kwargs)

    def post(self, path: str, **kwargs: Any) -> httpx.Response:
        return self.api.post(path, headers={**self.headers, **kwargs.pop("headers", {})}, **kwargs)

    def delete(self, path: str, token: str | None = None, **kwargs: Any) -> httpx.Response:
        return self.api.request("DELETE", path, token, headers=self.headers, **kwargs)

    @property
    def cookie(self) -> str:
        """What the browser holds."""
        return self.api.client.cookies["session"]

    def hold(self, cookie: str) -> None:
        """Let the browser hold this cookie and no other."""
        self.api.client.cookies.clear()
        self.api.client.cookies.set("session", cookie, domain="compendium.test")


def make_people(database: Database, hasher: PasswordHasher) -> None:
    """A delegate and a language lead with a password, and an expert without."""
    hashed = Passwords(hasher).hashed(PASSWORD)
    with database.write() as db:
        create_account(db, name="nato-delegate", roles={Role.DELEGATE, Role.REPRESENTATIVE}, party="nato")
        create_account(db, name="russia-lead", roles={Role.LANGUAGE_LEAD}, party="russia", languages={"ru"})
        create_account(db, name="nato-expert", roles={Role.EXPERT}, party="nato")
        for name in ("nato-delegate", "russia-lead"):
            set_password(db, name, hashed)


@pytest.fixture
def service(database: Database, settings: Settings) -> Iterator[Service]:
    hasher = CountingHasher()
    make_people(database, hasher)
    hasher.worked.clear()
    app = create_app(settings, database)
    app.state.passwords = Passwords(hasher)
    with Api.serving(app) as api:
        yield Service(api, app, hasher, database)


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A certified provider, as a process of its own."""
    with running_provider(CALLBACK) as address:
        yield address


@pytest.fixture
def joined(database: Database, settings: Settings, issuer: str) -> Iterator[Joined]:
    with database.write() as db:
        create_account(db, name="nato-delegate", roles={Role.DELEGATE}, party="nato")
        create_account(db, name="russia-delegate", roles={Role.DELEGATE}, party="russia")
        link_subject(db, "nato-delegate", issuer, "nato-delegate")
    known = {"oidc_issuer": issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
    app = create_app(Settings.model_validate(settings.model_dump() | known), database)
    with Api.serving(app) as api:
        yield Joined(api, app, database)
