"""The recall report as tables, for people at a terminal and for files."""

from collections.abc import Mapping
from fractions import Fraction

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.recall.asking import Answer
from tests.recall.measuring import (
    LEAST_FIRST,
    LEAST_NEAR,
    MOST_MISTAKEN,
    MOST_OFF_TOPIC,
    NEAR,
    Measured,
    Recall,
    percent,
)
from tests.recall.queries import escaped

SHOWN = 3


def print_report(console: Console, measured: Mapping[str, Measured], differing: list[str] | None) -> None:
    """Recall by class and language, the off-topic queries, the engines beside each other, and what falls short."""
    console.print(_recall(measured))
    for engine, found in measured.items():
        answered = Fraction(len(found.false_hits), found.off_topic)
        console.print(
            f"{engine}: {len(found.false_hits)} of {found.off_topic} off-topic queries taken for a term"
            f" ({percent(answered)}; at most {percent(MOST_OFF_TOPIC)})"
        )
        console.print(
            f"{engine}: {len(found.mistaken)} of {found.not_meant} queries near a term taken for it"
            f" ({percent(found.mistaken_share)}; at most {percent(MOST_MISTAKEN)})"
        )
    if differing is not None:
        console.print(f"{len(differing)} answers differ between the engines (none may)")
    for engine, found in measured.items():
        for shortfall in found.shortfalls():
            console.print(f"[bold red]{engine} falls short:[/] {shortfall}")


def print_misses(console: Console, measured: Mapping[str, Measured], differing: list[str] | None) -> None:
    """Each query whose entry was not first, with what was, and each off-topic query that was taken for a term."""
    for engine, found in measured.items():
        table = Table("class", "query", "term meant", "found", title=f"Misses on {engine}", title_justify="left")
        for query, answer in found.misses:
            cells = (f"{query.kind} {query.language}", escaped(query.text), query.term, _told(answer))
            table.add_row(*map(escape, cells))
        for other, answer in found.false_hits:
            table.add_row(*map(escape, (f"off-topic {other.language}", escaped(other.text), "", _told(answer))))
        for near, answer in found.mistaken:
            table.add_row(
                *map(escape, (f"not meant {near.language}", escaped(near.text), f"not {near.term}", _told(answer)))
            )
        console.print(table)
    for text in differing or ():
        console.print(f"differs between the engines: {escape(escaped(text))}")


def _recall(measured: Mapping[str, Measured]) -> Table:
    table = Table("class", "language", title="Recall", title_justify="left")
    table.add_column("queries", justify="right")
    for engine in measured:
        table.add_column(f"{engine}, first", justify="right")
        table.add_column(f"among {NEAR}", justify="right")
    one = next(iter(measured.values()))
    for kind, language in one.classes:
        counts = [found.classes[kind, language] for found in measured.values()]
        table.add_row(kind, language, str(counts[0].queries), *_shares(counts))
    table.add_section()
    table.add_row("all", "", str(one.total.queries), *_shares([found.total for found in measured.values()]))
    table.add_row("at least", "", "", *[percent(LEAST_FIRST), percent(LEAST_NEAR)] * len(measured))
    return table


def _shares(counts: list[Recall]) -> list[str]:
    return [percent(share) for recall in counts for share in (recall.at_first, recall.at_near)]


def _told(answer: Answer) -> str:
    return "; ".join(f"{hit.term} ({hit.entry} {hit.kind} {hit.score:g})" for hit in answer[:SHOWN]) or "nothing"
