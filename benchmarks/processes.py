"""The processes of a run: servers on free ports and the load client, each ended by its own pid."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO

from benchmarks.client import Job, Load

START_SECONDS = 20


class Client:
    """The load client, in a process of its own."""

    def __init__(self, jobs: IO[str], results: IO[str]) -> None:
        self._jobs, self._results = jobs, results

    def run(self, job: Job) -> Load:
        """Do one job. Raises RuntimeError if an answer was not 200, or there was none."""
        self._jobs.write(json.dumps(asdict(job)) + "\n")
        self._jobs.flush()
        line = self._results.readline()
        if not line:
            raise RuntimeError("the load client has ended")
        load = Load(**json.loads(line))
        if load.failed or not load.per_second:
            found = f"{load.failed} requests failed" if load.failed else "no answer in time"
            raise RuntimeError(f"{found}; the addresses are like {job.paths[0]}")
        return load


@contextmanager
def client() -> Iterator[Client]:
    """A load client that ends with the block."""
    with _process(["-m", "benchmarks.client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Client(process.stdin, process.stdout)


@contextmanager
def service(settings: Mapping[str, str]) -> Iterator[int]:
    """The service as `compendium serve` runs it, with one worker. Yields its port."""
    with worker(settings) as (port, _):
        yield port


@contextmanager
def worker(settings: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The same. Yields its port and the number of its process."""
    port = _free_port()
    command = ["-c", "from app.cli import main; main()", "serve", "--port", str(port)]
    # It greets whoever starts it, on standard error.
    with _process(command, stderr=subprocess.DEVNULL, settings=settings) as process:
        _wait(process, port)
        yield port, process.pid


@contextmanager
def baseline(kind: str, sizes: list[int]) -> Iterator[int]:
    """One of the baselines, answering with bodies of these sizes. Yields its port."""
    port = _free_port()
    command = ["-m", "benchmarks.baselines", kind, str(port), *map(str, sizes)]
    with _process(command) as process:
        _wait(process, port)
        yield port


@contextmanager
def _process(
    arguments: list[str],
    *,
    stdin: int | None = None,
    stdout: int | None = None,
    stderr: int | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        text=True,
        env={**os.environ, **(settings or {})},
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[str], port: int) -> None:
    """Return once the server accepts connections. Raises RuntimeError if it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("a server did not start")
