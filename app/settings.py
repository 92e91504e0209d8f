"""The settings of one running service, read from the environment once, at start."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
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
    """Requests worked on at once, and database connections kept, in one process; half of them for look-up alone."""
    cache_bytes: Annotated[int, Field(ge=0)] = 32 * MIB
    """Memory for answers to anonymous reads, in each process; 0 keeps none."""
    lock_seconds: Annotated[int, Field(ge=1, le=60)] = 5
    """How long a writer waits for its turn before it answers 503."""

    @property
    def threads_for_short_reads(self) -> int:
        """How many of the threads only answer what is asked most often."""
        return self.threads // 2

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
    def profile_path(self) -> Path:
        """The file of the profile."""
        if self.profile.endswith(".toml"):
            return Path(self.profile)
        return Path(__file__).parent / "profiles" / f"{self.profile}.toml"
