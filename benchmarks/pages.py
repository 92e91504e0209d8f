"""Pages beside the API's JSON for the same data: how often each is answered, none of it kept."""

import random
from collections.abc import Callable
from statistics import median
from urllib.parse import quote

from benchmarks import processes, queries
from benchmarks.client import Job, Load
from benchmarks.data import Loaded
from benchmarks.report import Goal, Part, Table, ratio
from benchmarks.synthetic import SEED

ADDRESSES = 500
CONNECTIONS = 8
WANTED = 0.3
KINDS = ("entry", "search")


def measure(loaded: Loaded, *, rounds: int, seconds: float, say: Callable[[str], None]) -> Part:
    """Measure entry and search, as JSON and as a page in each of the three languages in turn."""
    asked = {"DATABASE_URL": loaded.settings.database_url, "CACHE_BYTES": "0"}
    addresses = _addresses(loaded)
    found: dict[tuple[str, str], list[Load]] = {key: [] for key in addresses}
    with processes.client() as client, processes.service(asked) as port:
        for key, paths in addresses.items():
            say(f"warming {' '.join(key)}")
            client.run(Job(port, paths, CONNECTIONS, 1.0))
        for number in range(rounds):
            say(f"pages, round {number + 1} of {rounds}")
            for key, paths in addresses.items():
                found[key].append(client.run(Job(port, paths, CONNECTIONS, seconds)))
    return _part(found, loaded.shipped)


def _addresses(loaded: Loaded) -> dict[tuple[str, str], list[str]]:
    drawn = loaded.sample(ADDRESSES)
    words = [quote(query.text) for query in queries.inflected(drawn, random.Random(SEED))]
    numbers = [str(entry_id) for entry_id, _ in drawn]
    tongues = [("en", "fr", "ru")[place % 3] for place in range(max(len(words), len(numbers)))]
    return {
        ("entry", "JSON"): [f"/v1/entries/{number}" for number in numbers],
        ("entry", "page"): [f"/{code}/entries/{number}" for code, number in zip(tongues, numbers, strict=False)],
        ("search", "JSON"): [f"/v1/search?q={word}" for word in words],
        ("search", "page"): [f"/{code}/search?q={word}" for code, word in zip(tongues, words, strict=False)],
    }


def _part(found: dict[tuple[str, str], list[Load]], count: int) -> Part:
    rows, goals = [], []
    for kind in KINDS:
        rates = {form: [load.per_second for load in found[kind, form]] for form in ("JSON", "page")}
        shares = [page / json for page, json in zip(rates["page"], rates["JSON"], strict=True)]
        rows.append([kind, f"{median(rates['JSON']):,.0f}", f"{median(rates['page']):,.0f}", ratio(median(shares))])
        goals.append(Goal(f"{kind} page against JSON", "≥", WANTED, median(shares)))
    table = Table(("what", "JSON a second", "pages a second", "page ÷ JSON"), rows)
    notes = f"The {count:,} entries of the shipped glossary on SQLite, {CONNECTIONS} connections, no answers kept."
    return Part("pages", "Pages beside JSON", [table], goals, notes)
