"""The commands of `compendium audit`."""

import re
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from app import terminal
from app.audit import verifying
from app.audit.exporting import export_of, proposal_of_number
from app.audit.vocabulary import Vocabulary
from app.commands.opening import opened
from app.entries.indexing.tables import KeyState
from app.history.breaches import Breach
from app.history.verifying import Head
from app.settings import Settings
from app.terminal import reported
from app.texts.auditing import FINDINGS, KEEP, MORE, UNUSED, WHOLE, audit_text
from app.texts.problems import problem_text

audit = typer.Typer(no_args_is_help=True, help="The record: the log of events, and the seals of all rows.")

MOST = 20
"""Breaches that are named."""

_HEAD = re.compile(r"(events|seals):([0-9]{1,10}):([0-9a-f]{64})")


@audit.command("verify")
@reported
def verify_record(
    head: Annotated[
        list[str] | None,
        typer.Option(
            help="A head that an earlier run has shown, as events:NUMBER:HASH or seals:NUMBER:HASH; repeatable."
        ),
    ] = None,
) -> None:
    """Verify the log, the seals, every row and every state. Fails if anything was changed, and names it."""
    kept = [_head(text) for text in head or []]
    # Whatever state the keys are in, it is for this command to say.
    with opened(Settings(), any_keys=True) as database, database.read() as db:
        vocabulary = Vocabulary(db)
        with terminal.progress("Verifying", verifying.rows_to_verify(db)) as advance:
            found = list(islice(verifying.breaches(db, advance, kept, vocabulary), MOST + 1))
        heads = verifying.heads(db)
        unused = vocabulary.unused() if not found else 0
    if found:
        _complain(found)
        raise typer.Exit(1)
    _say(WHOLE, **{name: last.seq for name, last in heads.items()})
    if unused:
        _say(UNUSED, count=unused)
    _say(KEEP)
    for name, last in heads.items():
        typer.echo(f"{name}:{last.seq}:{last.hash}")


@audit.command("export")
@reported
def export_proposal(
    number: Annotated[str, typer.Argument(help="The number of a proposal, such as P(2026)0042.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output if absent.")
    ] = None,
) -> None:
    """Write what the record holds of a proposal, so that an outsider can re-compute it (docs/audit.md)."""
    with opened(Settings(), any_keys=True) as database, database.read() as db:
        text = export_of(db, proposal_of_number(db, number)).model_dump_json(indent=1)
    if output is None:
        typer.echo(text)
        return
    with terminal.replacing(output) as file:
        file.write(f"{text}\n".encode())


def _head(text: str) -> tuple[str, Head]:
    match = _HEAD.fullmatch(text)
    if match is None:
        raise typer.BadParameter("events:NUMBER:HASH or seals:NUMBER:HASH", param_hint="--head")
    return match[1], Head(int(match[2]), match[3])


def _complain(found: list[Breach]) -> None:
    language = terminal.user_language()
    for breach in found[:MOST]:
        sentence = FINDINGS[breach.code]
        terminal.complain(audit_text(sentence, language, table=breach.table, key=breach.key, **breach.params))
    if len(found) > MOST:
        _say(MORE, count=MOST)
    if any(breach.table == KeyState.__tablename__ for breach in found):
        # More often than not nobody has tampered with it: the database is that of another release.
        terminal.say(problem_text("not_ready", language, {"reason": "keys_outdated"}).detail)


def _say(sentence: str, **params: int) -> None:
    terminal.say(audit_text(sentence, terminal.user_language(), **params))
