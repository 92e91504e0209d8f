"""Somebody at a browser: a session of their own, and forms filled in as a browser would."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from app.accounts import operations as accounts
from app.accounts.passwords import Passwords
from app.accounts.sessions import open_session
from app.accounts.signing import Signing
from app.accounts.tables import SignInMethod
from app.db import Database
from tests.api import ACCOUNTS, Api, Tokens
from tests.pages.reading import Page

PASSWORD = "correct horse battery staple"
OWN = {"Origin": "http://compendium.test", "Sec-Fetch-Site": "same-origin"}
HASHES: list[str] = []
"""The hash of the password, which takes long to make."""


def give_passwords(database: Database, *names: str) -> None:
    """Let these accounts sign in with the password of the tests."""
    if not HASHES:
        HASHES.append(Passwords().hashed(PASSWORD))
    with database.write() as db:
        for name in names or ACCOUNTS:
            accounts.account_called(db, name).password_hash = HASHES[0]


@dataclass
class Desk:
    """A service with the accounts of the example working group, on a database of which nothing is kept."""

    api: Api
    database: Database
    tokens: Tokens
    signing: Signing

    def person(self, name: str, language: str = "en") -> "Person":
        """Somebody who has signed in, without the time that a password takes."""
        with self.database.write() as db:
            _, secret = open_session(db, accounts.account_called(db, name), SignInMethod.PASSWORD)
        return Person(self.api, language, f"session={self.signing.signed('session', secret)}")


@dataclass
class Person:
    """Somebody with a browser of their own."""

    api: Api
    language: str = "en"
    cookie: str = ""
    last: httpx.Response | None = field(default=None)

    @classmethod
    def signed_in(cls, api: Api, name: str, language: str = "en") -> "Person":
        person = cls(api, language)
        answer = person.send("/sign-in", {"sign-in-name": name, "sign-in-password": PASSWORD})
        assert answer.status_code == 303, answer.text
        assert person.cookie
        return person

    def get(self, path: str) -> httpx.Response:
        """A page in their language."""
        self.api.client.cookies.clear()
        headers = {"Accept": "text/html"} | ({"Cookie": self.cookie} if self.cookie else {})
        self.last = self.api.get(f"/{self.language}{path}", headers=headers)
        return self.last

    def page(self, path: str) -> Page:
        """The same, read; it must be there, whole and private."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
        return Page(answer.text)

    def send(self, path: str, data: dict[str, Any]) -> httpx.Response:
        """Send a form."""
        self.api.client.cookies.clear()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        headers = OWN | kind | ({"Cookie": self.cookie} if self.cookie else {})
        answer = self.api.post(f"/{self.language}{path}", headers=headers, data=data)
        kept = answer.headers.get("Set-Cookie", "")
        if kept.startswith("session="):
            self.cookie = kept.partition(";")[0]
        self.last = answer
        return answer

    def fill(self, path: str, action: str, **typed: Any) -> httpx.Response:
        """Open a page, fill the form of this address in, and send it."""
        page = self.page(path)
        found = page.forms[f"/{self.language}{action}"]
        return self.send(action, found | typed)
