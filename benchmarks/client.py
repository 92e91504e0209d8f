"""A load client that costs little: raw keep-alive connections in a process of its own.

Reads one job a line as JSON from standard input and answers each with one line. It never pipelines:
a connection asks again when it has the whole answer.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle
from statistics import fmean, median
from typing import cast

import uvloop

WARM_UP = 0.3
"""Seconds at the start of a job that are not counted."""
ENOUGH = 20
"""A job with fewer answers than these goes on …"""
PATIENCE = 4.0
"""… for at most so many seconds more."""

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *([0-9]+)")


@dataclass(frozen=True)
class Job:
    """Addresses to be asked for in turn, on so many connections, for so many seconds."""

    port: int
    paths: list[str]
    connections: int
    seconds: float


@dataclass(frozen=True)
class Load:
    """What a job found."""

    per_second: float
    p50: float
    """Microseconds from the request to the last byte of the answer."""
    size: float
    """Mean bytes of a body."""
    failed: int
    """Answers that were not 200, and connections lost."""
    busy: float
    """The share of a core that the client itself used."""


@dataclass
class _Tally:
    """What the connections of one job share."""

    requests: Iterator[bytes]
    counting: bool = False
    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    failed: int = 0


class _Connection(asyncio.Protocol):
    def __init__(self, tally: _Tally) -> None:
        self.tally = tally
        self.begun = 0.0
        self.size = 0
        self.missing: int | None = None
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The transports of uvloop are not of asyncio's classes.
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        if self.missing is None:
            self.received += data
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _LENGTH.search(self.received, 0, end)
            if length is None or not self.received.startswith(b"HTTP/1.1 200 "):
                self.tally.failed += 1
                self.transport.abort()
                return
            self.size = int(length[1])
            self.missing = self.size - (len(self.received) - end - 4)
        else:
            self.missing -= len(data)
        if self.missing == 0:
            self._answered()

    def connection_lost(self, _error: Exception | None) -> None:
        if self.tally.counting:
            self.tally.failed += 1

    def _ask(self) -> None:
        self.missing, self.received = None, b""
        self.begun = time.perf_counter()
        self.transport.write(next(self.tally.requests))

    def _answered(self) -> None:
        if self.tally.counting:
            self.tally.times.append(time.perf_counter() - self.begun)
            self.tally.sizes.append(self.size)
        self._ask()


async def run(job: Job) -> Load:
    """Put the load of a job on a server of this machine."""
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{job.port}\r\nAccept: application/json\r\n\r\n".encode("ascii")
        for path in job.paths
    ]
    tally = _Tally(cycle(requests))
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: _Connection(tally), "127.0.0.1", job.port)
        for _ in range(job.connections)
    ]
    await asyncio.sleep(WARM_UP)
    begun, used, tally.counting = time.perf_counter(), time.process_time(), True
    await asyncio.sleep(job.seconds)
    deadline = time.perf_counter() + PATIENCE
    while len(tally.times) < ENOUGH and not tally.failed and time.perf_counter() < deadline:
        await asyncio.sleep(0.05)
    elapsed, used, tally.counting = time.perf_counter() - begun, time.process_time() - used, False
    for transport, _ in opened:
        transport.abort()
    if not tally.times:
        return Load(0, 0, 0, tally.failed, used / elapsed)
    return Load(
        per_second=len(tally.times) / elapsed,
        p50=median(tally.times) * 1e6,
        size=fmean(tally.sizes),
        failed=tally.failed,
        busy=used / elapsed,
    )


def main() -> None:
    """Do the jobs on standard input until it ends."""
    for line in sys.stdin:
        load = uvloop.run(run(Job(**json.loads(line))))
        print(json.dumps(asdict(load)), flush=True)


if __name__ == "__main__":
    main()
