"""The recall report: `python -m tests.recall [--both] [--misses]`. Ends with status 1 if a goal is missed."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.settings import Settings
from tests import pg
from tests.recall.asking import Answer, answers, glossary_in
from tests.recall.measuring import differing, measured
from tests.recall.queries import all_queries, not_meant, off_topic
from tests.recall.report import print_misses, print_report

WIDTH = 160
"""Of a report that is piped: wide enough for the longest terms."""


def main(
    both: Annotated[bool, typer.Option("--both", help="On a PostgreSQL as well, and compare the two.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Show what was not found first.")] = False,
) -> None:
    """How well look-up finds the terms of the shipped glossary however they are typed."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    queries, others, near = all_queries(), off_topic(), not_meant()
    texts = [query.text for query in (*queries, *others, *near)]
    found: dict[str, list[Answer]] = {}
    with ExitStack() as stack:
        for engine, address in stack.enter_context(addresses(both)).items():
            with console.status(f"Asking {len(texts)} queries of {engine} …"):
                found[engine] = asked(address, texts)
    counts = {
        engine: measured(
            queries,
            given[: len(queries)],
            others,
            given[len(queries) : -len(near)],
            list(zip(near, given[-len(near) :], strict=True)),
        )
        for engine, given in found.items()
    }
    unlike = differing(texts, *found.values()) if both else None
    if misses:
        print_misses(console, counts, unlike)
    print_report(console, counts, unlike)
    if unlike or any(count.shortfalls() for count in counts.values()):
        raise typer.Exit(1)


@contextmanager
def addresses(both: bool) -> Iterator[dict[str, str]]:
    """The addresses of empty databases, by engine, for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="tmdrecall") as folder, ExitStack() as stack:
        made = {"sqlite": f"sqlite:///{Path(folder) / 'recall.db'}"}
        if both:
            server = pg.start()
            stack.callback(server.stop)
            made["postgresql"] = server.create("tmd_recall")
        yield made


def asked(address: str, texts: list[str]) -> list[Answer]:
    """What the service answers to these over the glossary in an empty database."""
    with glossary_in(Settings(database_url=address)) as app:
        return answers(app, texts)


if __name__ == "__main__":
    typer.run(main)
