"""A service that is joined to the provider of identities, and a browser."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from app.db import Database
from tests.api import Api
from tests.login.real_provider import visit


@dataclass
class Joined:
    """The service, with all that a person does in a browser."""

    api: Api
    app: Any
    database: Database

    def begin(self, path: str = "/v1/login/oidc") -> str:
        """The address at the provider to which the service sends the browser."""
        answer = self.api.get(path)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def come_back(self, address: str, **changed: str | None) -> httpx.Response:
        """The browser follows the provider back, with some of the query changed."""
        query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()} | changed
        kept = {key: value for key, value in query.items() if value is not None}
        return self.api.get(f"/v1/login/oidc/callback?{urlencode(kept)}")

    def sign_in(self, name: str) -> httpx.Response:
        return self.come_back(visit(self.begin(), name))
