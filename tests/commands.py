"""The command line, run within the process."""

from collections.abc import Callable

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app import cli

Command = Callable[..., Result]


def commands_on(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs commands on a database, for a user without a language, in a wide window."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("COLUMNS", "400")
    return lambda *words, **kwargs: CliRunner().invoke(cli.cli, list(words), **kwargs)
