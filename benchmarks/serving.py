"""Requests over HTTP: the service beside a bare ASGI reply and a plain endpoint of about as many bytes."""

import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from statistics import median
from urllib.parse import quote

from benchmarks import processes
from benchmarks.asking import EXACT, KINDS
from benchmarks.client import Job, Load
from benchmarks.data import Loaded
from benchmarks.report import Goal, Part, Table, ratio
from benchmarks.synthetic import SEED

CONNECTIONS = 8
ADDRESSES, REPEATED = 2_000, 200
"""Different addresses asked for in turn: of a service that keeps no answers, and of one that does."""
SIZING = 2.0
"""Seconds for which a kind of request runs first, to learn how long its answers are."""

BARE, PLAIN, KEPT = "bare ASGI reply", "plain `def` in FastAPI", "the service, answers kept"
KEPT_KINDS = (EXACT, "entry")
NAMES = {"sqlite": "the service, SQLite", "postgresql": "the service, PostgreSQL"}


@dataclass(frozen=True)
class Target:
    """Whom to ask for what."""

    request: str
    server: str
    port: int
    paths: list[str]
    size: int
    """Bytes of the baselines beside it, a power of two."""


Measured = dict[tuple[str, str], dict[int, list[Load]]]
"""What was found in each round, by request and server, and by the number of connections."""


def measure(databases: Sequence[Loaded], *, rounds: int, seconds: float, say: Callable[[str], None]) -> Part:
    """Measure all cells in each of the rounds."""
    drawn = databases[0].sample(ADDRESSES)
    paths = {
        kind.name: [kind.path.format(quote(query.text)) for query in kind.typed(drawn, random.Random(SEED))]
        for kind in KINDS
    }
    with ExitStack() as stack:
        client = stack.enter_context(processes.client())
        targets = _services(databases, paths, client, stack)
        # On a machine with other work, what is compared is measured close together: first of all what has a goal.
        targets = sorted([*targets, *_baselines(targets, stack)], key=lambda t: (t.size, not _has_goal(t)))
        cells: Measured = {(t.request, t.server): {CONNECTIONS: [], 1: []} for t in targets}
        for number in range(rounds):
            say(f"requests, round {number + 1} of {rounds}")
            for target, connections in product(targets, (CONNECTIONS, 1)):
                job = Job(target.port, target.paths, connections, seconds if connections > 1 else seconds / 2)
                cells[target.request, target.server][connections].append(client.run(job))
    return _part(targets, cells, databases[0].count)


def _has_goal(target: Target) -> bool:
    return target.request == EXACT or target.server in (KEPT, BARE, PLAIN)


def _services(
    databases: Sequence[Loaded], paths: dict[str, list[str]], client: processes.Client, stack: ExitStack
) -> list[Target]:
    """The service on each database without kept answers, and with them on the first."""
    found = []
    sizes: dict[str, int] = {}
    for loaded in databases:
        asked = {"DATABASE_URL": loaded.settings.database_url, "CACHE_BYTES": "0"}
        port = stack.enter_context(processes.service(asked))
        for name, addresses in paths.items():
            # The first database says how long the answers are; of the others it also warms what is warm in use.
            load = client.run(Job(port, addresses, CONNECTIONS, SIZING))
            sizes.setdefault(name, 1 << round(load.size).bit_length())
            found.append(Target(name, NAMES[loaded.engine], port, addresses, sizes[name]))
    port = stack.enter_context(processes.service({"DATABASE_URL": databases[0].settings.database_url}))
    for name in KEPT_KINDS:
        addresses = paths[name][:REPEATED]
        client.run(Job(port, addresses, CONNECTIONS, SIZING))
        found.append(Target(name, KEPT, port, addresses, sizes[name]))
    return found


def _baselines(services: Sequence[Target], stack: ExitStack) -> list[Target]:
    sizes = sorted({target.size for target in services})
    bare = stack.enter_context(processes.baseline("bare", sizes))
    plain = stack.enter_context(processes.baseline("plain", sizes))
    return [
        Target(f"{size:,} bytes", server, port, [f"/{size}"], size)
        for size, (server, port) in product(sizes, ((BARE, bare), (PLAIN, plain)))
    ]


def _part(targets: Sequence[Target], cells: Measured, count: int) -> Part:
    order = [BARE, PLAIN, KEPT, *NAMES.values()]
    requests = list(dict.fromkeys(target.request for target in targets))
    ordered = sorted(
        targets, key=lambda t: (t.request[0].isdigit(), requests.index(t.request), order.index(t.server))
    )
    header = (
        "request", "answered by", "bytes", f"req/s, {CONNECTIONS} connections", "of bare", "of plain",
        "p50 at 1 connection, µs", "times plain",
    )  # fmt: skip
    busy = max(
        load.busy for by_connections in cells.values() for loads in by_connections.values() for load in loads
    )
    return Part(
        "requests",
        f"Requests, {count:,} entries",
        [Table(header, [_row(target, cells) for target in ordered], text_columns=2)],
        _goals(targets, cells),
        f"The client used at most {busy:.0%} of a core.",
    )


def _row(target: Target, cells: Measured) -> list[str]:
    own = cells[target.request, target.server]
    return [
        target.request,
        target.server,
        f"{median(load.size for load in own[1]):,.0f}",
        f"{median(load.per_second for load in own[CONNECTIONS]):,.0f}",
        ratio(_per_second(target, BARE, cells)),
        ratio(_per_second(target, PLAIN, cells)),
        f"{median(load.p50 for load in own[1]):,.0f}",
        f"{_compared(own[1], _beside(target, PLAIN, cells)[1], lambda load: load.p50):.1f}",
    ]


def _goals(targets: Sequence[Target], cells: Measured) -> list[Goal]:
    goals = []
    for target in targets:
        if target.server == KEPT:
            what = f"{target.request}, answer kept: requests/s of a bare reply"
            goals.append(Goal(what, "≥", 0.6, _per_second(target, BARE, cells)))
        elif target.request == EXACT and target.server in NAMES.values():
            what = f"exact search, nothing kept, {target.server.partition(', ')[2]}: requests/s of a plain endpoint"
            goals.append(Goal(what, "≥", 0.5, _per_second(target, PLAIN, cells)))
    return goals


def _per_second(target: Target, baseline: str, cells: Measured) -> float:
    own = cells[target.request, target.server][CONNECTIONS]
    return _compared(own, _beside(target, baseline, cells)[CONNECTIONS], lambda load: load.per_second)


def _beside(target: Target, baseline: str, cells: Measured) -> dict[int, list[Load]]:
    return cells[f"{target.size:,} bytes", baseline]


def _compared(own: Sequence[Load], other: Sequence[Load], value: Callable[[Load], float]) -> float:
    """The median over the rounds of the ratio in each."""
    return median(value(a) / value(b) for a, b in zip(own, other, strict=True))
