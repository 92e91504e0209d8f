"""The calls of docs/look-up.md, run as they stand."""

import doctest
import os
import subprocess
from pathlib import Path

import pytest

from tests.docs.test_readme import BLOCK, MARK, ROOT, path_with_curl
from tests.serving import PATIENCE, Service, served


@pytest.fixture
def service(tmp_path: Path):
    with served(f"sqlite:///{tmp_path / 'page.db'}", glossary=ROOT / "glossary") as running:
        yield running


def test_the_calls_print_what_the_page_says(service: Service, tmp_path: Path) -> None:
    blocks = BLOCK.findall((ROOT / "docs" / "look-up.md").read_text(encoding="utf-8"))
    assert [kind for kind, _ in blocks] == ["sh", "text"] * (len(blocks) // 2)
    commands, expected = ([text for kind, text in blocks if kind == wanted] for wanted in ("sh", "text"))
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", f"\necho '{MARK}'\n".join(commands).replace("http://127.0.0.1:8000", service.url)],
        cwd=tmp_path,
        env={**os.environ, "PATH": path_with_curl(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    printed = done.stdout.split(f"{MARK}\n")
    for got, said in zip(printed, expected, strict=True):
        assert doctest.OutputChecker().check_output(said, got, doctest.ELLIPSIS), got
