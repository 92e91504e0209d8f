"""The settings of one running service, read from the environment once, at start."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1024 * 1024


class Settings(BaseSettings):
    """Each field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True)

    database_url: str = "sqlite:///compendium.db"
    """SQLAlchemy address: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`."""
    public_url: str = "http://127.0.0.1:8000"
    """The address under which readers reach the service; the stem of permanent addresses."""
    profile: str = "bilateral"
    """The parties and numbers of the working group: a name in `app/profiles`, or the path of a TOML file."""
    max_body: Annotated[int, Field(ge=1024)] = 1 * MIB
    """Bytes of a JSON request."""
    max_import: Annotated[int, Field(ge=1024)] = 8 * MIB
    """Bytes of an imported file."""
    threads: Annotated[int, Field(ge=2, le=200)] = 16
    """Requests worked on at once, and database connections kept, in one process; a quarter for look-up alone."""
    cache_bytes: Annotated[int, Field(ge=0)] = 32 * MIB
    """Memory for answers to anonymous reads, in each process; 0 keeps none."""
    tick_seconds: Annotated[int, Field(ge=0, le=3600)] = 30
    """How often the server looks for deadlines that have passed while nobody asks; 0 for never. Answers do not
    depend on it: what is due is settled before any of them."""
    lock_seconds: Annotated[int, Field(ge=1, le=60)] = 5
    """How long a writer waits for its turn before it answers 503."""
    webhook_seconds: Annotated[int, Field(ge=0, le=3600)] = 10
    """How often the server looks for events that webhooks are to be told of; 0 for never."""
    webhook_allow_internal: bool = False
    """Let webhooks lead to http addresses and into the network of the service. For trials only."""

    session_secret: Annotated[SecretStr | None, Field(min_length=32)] = None
    """What signs the cookies; kept in the database if absent."""
    oidc_issuer: str | None = None
    """The provider of identities by which people may sign in: the address that its tokens name as `iss`."""
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    """What the provider knows this service by."""

    @field_validator("session_secret", "oidc_issuer", "oidc_client_id", "oidc_client_secret", mode="before")
    @classmethod
    def _empty_is_absent(cls, value: object) -> object:
        # Compose files pass on what is not set as an empty text.
        return value if value != "" else None

    @field_validator("oidc_issuer")
    @classmethod
    def _is_reached_safely(cls, url: str | None) -> str | None:
        if url is not None:
            parts = urlsplit(url)
            if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
                raise ValueError("OIDC_ISSUER must begin with https://")
        return url

    @model_validator(mode="after")
    def _provider_is_whole(self) -> Self:
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(given) and not all(given):
            raise ValueError("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together")
        return self

    @property
    def threads_for_short_reads(self) -> int:
        """How many of the threads only answer what is asked most often: more of them would wait for one another."""
        return max(1, self.threads // 4)

    @field_validator("database_url")
    @classmethod
    def _names_a_known_engine(cls, url: str) -> str:
        # Hosting services still hand out the short scheme, which SQLAlchemy no longer reads.
        url = url.replace("postgres://", "postgresql://", 1)
        if not url.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("DATABASE_URL must begin with sqlite:// or postgresql://")
        return url

    @field_validator("public_url")
    @classmethod
    def _has_no_final_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @property
    def is_behind_tls(self) -> bool:
        """Whether readers reach the service over HTTPS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    @property
    def profile_path(self) -> Path:
        """The file of the profile."""
        if self.profile.endswith(".toml"):
            return Path(self.profile)
        return Path(__file__).parent / "profiles" / f"{self.profile}.toml"
