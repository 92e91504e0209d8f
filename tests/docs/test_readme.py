"""The README's tour, run as it stands."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import PATIENCE, Service, served

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "~~~~ end of block ~~~~"


@pytest.fixture
def service(tmp_path: Path):
    """The service with the shipped glossary, as `make run` serves it."""
    with served(f"sqlite:///{tmp_path / 'tour.db'}", glossary=ROOT / "glossary") as running:
        yield running


def tour() -> list[tuple[str, str | None]]:
    """The commands of the tour, each with what it is said to print."""
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    found: list[tuple[str, str | None]] = []
    for kind, text in blocks:
        if kind == "sh":
            found.append((text, None))
        else:
            found[-1] = (found[-1][0], text)
    return found


def test_the_tour_prints_what_the_readme_says(service: Service, tmp_path: Path) -> None:
    steps = tour()
    script = "".join(f"{commands}\necho '{MARK}'\n" for commands, _ in steps)
    script = script.replace("http://127.0.0.1:8000", service.url)
    script = script.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    for name in ("docs", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", script],
        cwd=tmp_path,
        env={**os.environ, **service.environment, "PATH": path_with_curl(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    printed = done.stdout.replace(service.url, "http://127.0.0.1:8000").split(f"{MARK}\n")
    checker = doctest.OutputChecker()
    for (commands, expected), got in zip(steps, printed, strict=False):
        if expected is not None:
            assert checker.check_output(expected, got, doctest.ELLIPSIS), (
                f"{commands}\nprinted\n{got}\nnot\n{expected}"
            )


def path_with_curl(folder: Path) -> str:
    """The search path; where there is no curl, with a stand-in that knows the options of the tour."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    if shutil.which("curl") is not None:
        return path
    stand_in = folder / "bin" / "curl"
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "tests/docs/curl.py"} "$@"\n')
    stand_in.chmod(0o755)
    return f"{stand_in.parent}:{path}"
