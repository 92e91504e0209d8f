"""The demonstration plays to its end, on both engines and from the command line."""

import pytest

from app.db import Database
from app.demo.play import play
from app.history.operations import verify
from app.settings import Settings
from tests.commands import commands_on


def test_the_play_goes_from_a_draft_to_a_corrigendum(own_settings: Settings) -> None:
    said: list[str] = []
    entry = play(own_settings, said.append)
    told = "\n".join(said)
    for line in (
        "russia-representative: break → objected",
        "revision 2; these certificates still hold: en, fr, en-fr",
        "At that very instant it is still under_silence",
        f"{entry}/1 is agreed by D(2027)0001",
        "explicit consent: nato; tacit: russia",
        "interpretative_statement of nato",
        f"{entry} is now at {entry}/1/C1",
    ):
        assert line in told, told
    with Database.opened(own_settings) as database, database.read() as db:
        assert verify(db) is None


def test_the_command_plays_it(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    result = commands_on(own_settings.database_url, monkeypatch)("demo")
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("The audit chain is whole.\n")
