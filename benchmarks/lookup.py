"""Requests over HTTP: the service beside a bare ASGI reply and a plain endpoint of the same number of bytes."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from statistics import median
from urllib.parse import quote

from app.entries.numbers import entry_number
from app.languages.codes import LANGUAGES
from benchmarks import processes
from benchmarks.client import Job, Load
from benchmarks.data import Loaded
from benchmarks.synthetic import SEED

CONNECTIONS = 8
ADDRESSES = 2_000
"""Different addresses asked for in turn."""
SIZING = 2.0
"""Seconds for which a kind of request runs first, to learn how long its answers are."""
PREFIX = 5
"""Letters typed of a word that is not finished."""

BARE, PLAIN, SERVICE = "bare ASGI reply", "plain `def` in FastAPI", "the service"
SERVERS = (BARE, PLAIN, SERVICE)


@dataclass(frozen=True)
class Row:
    """The medians of one server for one kind of request."""

    request: str
    server: str
    size: int
    per_second: float
    p50: float
    """Microseconds, at one connection."""
    of_bare: float
    of_plain: float
    """Requests per second as shares of the baselines: the median over the rounds of the ratio in each."""
    p50_of_bare: float


@dataclass(frozen=True)
class Lookup:
    rows: list[Row]
    client_busy: float
    """The largest share of a core that the client used in any cell."""


def measure(loaded: Loaded, *, rounds: int, seconds: float, say: Callable[[str], None]) -> Lookup:
    """Measure all cells in each of the rounds."""
    requests = _requests(loaded)
    with ExitStack() as stack:
        client = stack.enter_context(processes.client())
        service = stack.enter_context(processes.service({"DATABASE_URL": loaded.settings.database_url}))
        sizes = {
            name: round(client.run(Job(service, paths, CONNECTIONS, SIZING)).size)
            for name, paths in requests.items()
        }
        bare = stack.enter_context(processes.baseline("bare", sorted(set(sizes.values()))))
        plain = stack.enter_context(processes.baseline("plain", sorted(set(sizes.values()))))
        targets = {
            (name, server): (port, paths if server == SERVICE else [f"/{sizes[name]}"])
            for name, paths in requests.items()
            for server, port in zip(SERVERS, (bare, plain, service), strict=True)
        }
        cells: dict[tuple[str, str, int], list[Load]] = {
            (*target, connections): [] for target, connections in product(targets, (CONNECTIONS, 1))
        }
        for number in range(rounds):
            say(f"requests, round {number + 1} of {rounds}")
            for (name, server, connections), loads in cells.items():
                job = Job(*targets[name, server], connections, seconds if connections > 1 else seconds / 2)
                loads.append(client.run(job))
    rows = [_row(name, server, cells, sizes[name]) for name, server in targets]
    return Lookup(rows, max(load.busy for loads in cells.values() for load in loads))


def _requests(loaded: Loaded) -> dict[str, list[str]]:
    """What is asked of the service: kinds of requests and their addresses."""
    rng = random.Random(SEED)
    drawn = rng.choices(list(loaded.contents.items()), k=ADDRESSES)
    terms = [
        rng.choice(content.languages[language].terms).text
        for (_, content), language in zip(drawn, rng.choices(LANGUAGES, k=ADDRESSES), strict=True)
    ]
    return {
        "entry": [f"/v1/entries/{entry_number(entry_id)}" for entry_id, _ in drawn],
        "search, whole term": [f"/v1/search?q={quote(term)}" for term in terms],
        "search, exact only": [f"/v1/search?match=exact&q={quote(term)}" for term in terms],
        f"search, first {PREFIX} letters": [f"/v1/search?q={quote(term[:PREFIX].strip())}" for term in terms],
    }


def _row(name: str, server: str, cells: dict[tuple[str, str, int], list[Load]], size: int) -> Row:
    def ratio(of: str, value: Callable[[Load], float], connections: int) -> float:
        pairs = zip(cells[name, server, connections], cells[name, of, connections], strict=True)
        return median(value(own) / value(other) for own, other in pairs)

    return Row(
        request=name,
        server=server,
        size=size,
        per_second=median(load.per_second for load in cells[name, server, CONNECTIONS]),
        p50=median(load.p50 for load in cells[name, server, 1]),
        of_bare=ratio(BARE, lambda load: load.per_second, CONNECTIONS),
        of_plain=ratio(PLAIN, lambda load: load.per_second, CONNECTIONS),
        p50_of_bare=ratio(BARE, lambda load: load.p50, 1),
    )
