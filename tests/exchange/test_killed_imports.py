"""An import that is killed at any moment leaves whole chunks, a record that verifies, and can be run again.

Few entries and few times in the ordinary suite. `TMD_KILLED_ENTRIES=50000 TMD_KILLED_TIMES=20` makes it the long
one, which takes half an hour on two cores.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from app.accounts import operations as accounts
from app.audit.verifying import breaches
from app.db import Database
from app.entries.canonical import canonical_json
from app.entries.tables import Entry, EntryVersion
from app.settings import Settings
from tests.makers import content, make_subject_field

ENTRIES = int(os.environ.get("TMD_KILLED_ENTRIES", "200"))
TIMES = int(os.environ.get("TMD_KILLED_TIMES", "2"))
CHUNK = max(ENTRIES // 10, 1)
PATIENCE = 3_600


def write_file(path: Path) -> None:
    """Entries with few new words, every second one without a number of ours."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, ENTRIES + 1):
            text = content(en=f"decoy {number}", fr=f"leurre {number}", ru=f"ловушка {number}")
            name = {"number": f"TMD-{20_000 + number}"} if number % 2 else {"external_id": f"x-{number}"}
            line = json.dumps(name)[:-1] + f', "content": {canonical_json(text)}}}'
            file.write(line + "\n")


def begin(path: Path, settings: Settings) -> subprocess.Popen[str]:
    words = ("import", str(path), "-f", "jsonl", "--as", "initial-load", "--chunk", str(CHUNK))
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", *words],
        env={**os.environ, "DATABASE_URL": settings.database_url, "LANG": "C"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_at_random(process: subprocess.Popen[str], rng: random.Random, chunks: int, usual: float) -> float:
    """After so many chunks that were told, at some moment before the next one; unless it has ended by itself.

    `usual` is how long a chunk took the last time, in seconds; how long it did now is the answer.
    """
    assert process.stderr is not None
    for _ in range(chunks):
        begun = time.monotonic()
        process.stderr.readline()
        usual = time.monotonic() - begun
    time.sleep(rng.random() * usual)
    process.kill()
    process.communicate(timeout=PATIENCE)
    return usual


def check(database: Database) -> int:
    """How many entries there are; all of them whole."""
    with database.read() as db:
        count = db.scalar(select(func.count()).select_from(Entry)) or 0
        assert count == db.scalar(select(func.count()).select_from(EntryVersion))
        assert count % CHUNK == 0 or count == ENTRIES
        assert list(breaches(db, lambda _row: None)) == []
    return count


def test_an_import_that_is_killed_leaves_whole_chunks_and_goes_on(
    own_database: Database, own_settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "glossary.jsonl"
    write_file(path)
    with own_database.write() as db:
        make_subject_field(db)
        accounts.secretariat(db)
    rng = random.Random(1997)
    reached, usual = [0], 0.5
    for _ in range(TIMES):
        # Now in what is there already, now in what is new; so that it is killed all along the way.
        chunks = max(reached[-1] // CHUNK + rng.randrange(-1, 2), 0)
        usual = kill_at_random(begin(path, own_settings), rng, chunks, usual)
        reached.append(check(own_database))
    assert reached == sorted(reached)
    process = begin(path, own_settings)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert check(own_database) == ENTRIES
    assert said.splitlines()[-1] == (
        f"{ENTRIES - reached[-1]} new, 0 amendment, {reached[-1]} unchanged, 0 rejected"
    )
