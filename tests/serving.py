"""The service as a process of its own, as a user runs it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket

PATIENCE = 600


@dataclass(frozen=True)
class Service:
    """A running service."""

    url: str
    port: int
    environment: dict[str, str]
    """What the command line needs to work on the same database."""


@contextmanager
def served(database_url: str, glossary: Path | None = None) -> Iterator[Service]:
    """Migrate a database, load a glossary and serve it on a free port of the loopback; end it afterwards."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"DATABASE_URL": database_url, "WEBHOOK_SECONDS": "0"}
    command("migrate", environment=environment)
    if glossary is not None:
        command("load", str(glossary), environment=environment)
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield Service(f"http://127.0.0.1:{port}", port, environment)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def command(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What a command of the command line printed."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the service did not start")
