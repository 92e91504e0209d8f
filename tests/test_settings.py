"""What the environment may say."""

import pytest
from pydantic import ValidationError

from app.settings import Settings

PROVIDER = {
    "oidc_issuer": "https://identity.example",
    "oidc_client_id": "compendium",
    "oidc_client_secret": "a-secret-of-the-provider",
}


def test_a_provider_is_named_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name.upper(), value)
    assert Settings().oidc_issuer == "https://identity.example"
    for name in PROVIDER:
        with monkeypatch.context() as without:
            without.delenv(name.upper())
            with pytest.raises(ValidationError, match="belong together"):
                Settings()
        with monkeypatch.context() as empty:
            empty.setenv(name.upper(), "")
            with pytest.raises(ValidationError, match="belong together"):
                Settings()


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROVIDER, "session_secret"):
        monkeypatch.setenv(name.upper(), "")
    settings = Settings()
    assert settings.oidc_issuer is None
    assert settings.session_secret is None


@pytest.mark.parametrize(
    "issuer", ["http://localhost:9000", "http://127.0.0.1:9000", "https://identity.example/realm"]
)
def test_a_provider_is_reached_over_tls_or_on_this_machine(issuer: str) -> None:
    assert Settings(**PROVIDER | {"oidc_issuer": issuer}).oidc_issuer == issuer


@pytest.mark.parametrize(
    "issuer", ["http://identity.example", "http://127.0.0.1.evil.example", "ftp://identity.example", "identity"]
)
def test_a_provider_in_the_clear_is_refused(issuer: str) -> None:
    with pytest.raises(ValidationError, match="https"):
        Settings(**PROVIDER | {"oidc_issuer": issuer})


def test_a_secret_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(session_secret="s" * 31)
