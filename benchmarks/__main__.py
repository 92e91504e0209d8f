"""`python -m benchmarks`: measure the service as ratios, side by side in one run, and print a Markdown table."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import data, export, lookup
from benchmarks.report import PAGE, Conditions, report, write_into


def main() -> None:
    """Fill a temporary database, measure, print; with --write, also into the documentation."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        load_before = os.getloadavg()[0]
        _say(f"loading {options.entries:,} entries")
        begun = time.perf_counter()
        loaded = data.load(Path(folder), options.entries)
        loading = time.perf_counter() - begun
        found = lookup.measure(loaded, rounds=options.rounds, seconds=options.seconds, say=_say)
        exported = export.measure(loaded, rounds=options.rounds, say=_say)
    conditions = Conditions(options.entries, options.rounds, options.seconds, load_before, loading)
    text = report(conditions, found, exported)
    print(text)
    if options.write:
        write_into(PAGE, text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000, help="synthetic entries beside the glossary")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of all cells")
    parser.add_argument("--seconds", type=float, default=1.0, help="of each cell with several connections")
    parser.add_argument("--write", action="store_true", help="also into docs/performance.md")
    options = parser.parse_args()
    if options.entries < 1 or options.rounds < 1 or not 0.1 <= options.seconds <= 60:
        parser.error("at least one entry and one round, and from 0.1 to 60 seconds")
    return options


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
