"""The program in docs/audit.md re-computes an export, and notices whatever was changed in it."""

import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.audit.exporting import export_of, proposal_of_number
from app.db import Database
from app.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
NUMBERS = [f"P(2026)000{n}" for n in range(1, 6)]


def recomputed(export: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """What the program of the page says of an export. It sees neither the service nor its libraries."""
    (program,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (folder / "verify.py").write_text(program, encoding="utf-8")
    (folder / "export.json").write_text(json.dumps(export), encoding="utf-8")
    words = [sys.executable, "-I", "-S", "verify.py", "export.json"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def export(filled_database: Database) -> dict[str, Any]:
    """Of the proposal that was agreed."""
    return exported(filled_database, "P(2026)0001")


def exported(database: Database, number: str) -> dict[str, Any]:
    with database.read() as db:
        found: dict[str, Any] = export_of(db, proposal_of_number(db, number)).model_dump(mode="json")
        return found


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the texts and numbers in a JSON value stand."""
    if isinstance(value, dict | list):
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, name))
    elif value is not None:
        yield path


def changed(export: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """The export with one value changed."""
    other = copy.deepcopy(export)
    holder: Any = other
    for name in path[:-1]:
        holder = holder[name]
    value = holder[path[-1]]
    holder[path[-1]] = value[:-1] + chr(ord(value[-1]) ^ 1) if isinstance(value, str) and value else 977
    return other


@pytest.mark.parametrize("number", NUMBERS)
def test_an_outsider_can_re_compute_every_export(filled_database: Database, tmp_path: Path, number: str) -> None:
    export = exported(filled_database, number)
    assert export["events"]
    done = recomputed(export, tmp_path)
    head = export["heads"]["seals"]
    assert done.stderr == ""
    assert done.stdout == f"{number} is as it was sealed, up to seals:{head['seq']}:{head['hash']}\n"


def test_one_changed_value_in_each_part_of_an_export_is_noticed(export: dict[str, Any], tmp_path: Path) -> None:
    said = ("events", "revisions", "rows", "seals", "links")
    for part in said:
        # The first and the last, and some between.
        found = [
            path
            for path in places(export[part], (part,))
            if path[-1] not in ("created", "base_version", "revision")
        ]
        for path in {found[0], found[-1], *found[:: max(1, len(found) // 6)]}:
            done = recomputed(changed(export, path), tmp_path)
            assert "AssertionError" in done.stderr or "KeyError" in done.stderr, path


def test_a_row_left_out_of_an_export_is_noticed(export: dict[str, Any], tmp_path: Path) -> None:
    export["rows"] = [row for row in export["rows"] if row["table"] != "proposal_revision"]
    assert "a row is missing" in recomputed(export, tmp_path).stderr


def test_the_exports_of_the_two_engines_are_made_alike(filled: Settings, export: dict[str, Any]) -> None:
    """By the same columns and in the same form, whatever the engine keeps them in."""
    (version,) = (row["row"] for row in export["rows"] if row["table"] == "entry_version")
    assert re.fullmatch(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}\+00:00", version["adopted_at"])
    (signed, _) = (row["row"] for row in export["rows"] if row["table"] == "sign_off")
    assert (signed["event"], signed["revision"]) == ("agree", 1)
