"""How the command line talks: progress on a terminal, silence in a pipe, errors in the user's language."""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from app.entries.lint.finding import Severity
from app.errors import DomainError
from app.exchange.imported import ImportedEntry
from app.exchange.losses import Losses
from app.exchange.schemas import counts_of, imported_out
from app.findings.operations import Remarks
from app.findings.presenting import findings_out
from app.findings.schemas import FindingOut
from app.http.locale import preferred
from app.languages.codes import LanguageCode
from app.texts.problems import problem_text

P = ParamSpec("P")
R = TypeVar("R")
Item = TypeVar("Item")


def console() -> Console:
    """Where people read; standard output belongs to what a command produces."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    console().print(line, markup=False)


def complain(line: str) -> None:
    console().print(line, markup=False, style="bold red")


def user_language() -> LanguageCode:
    """The language of the user's environment."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return preferred(locale.split(".")[0].replace("_", "-"))


def reported(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command say what went wrong, in the user's language, and end with status 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except DomainError as error:
            if "report" in error.params:
                say_report(error.params["report"])
            text = problem_text(error.code, user_language(), error.params)
            complain(text.title)
            say(text.detail)
            raise typer.Exit(1) from error

    return run


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[object], None]]:
    """A bar to advance by one for every call; nothing is shown where there is no terminal."""
    shown = console()
    with Progress(console=shown, disable=not shown.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda _done: bar.advance(task)


@contextmanager
def steps(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how much is done, and of how much; in a pipe, a line for each step of several."""
    shown = console()
    with Progress(console=shown, disable=not shown.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=None)

        def reached(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)
            if not shown.is_terminal and done < of:
                shown.print(f"{what}: {done} of {of}", markup=False)

        yield reached


def advancing(items: Iterable[Item], advance: Callable[[object], None]) -> Iterator[Item]:
    """The same items; the bar goes on with each."""
    for item in items:
        advance(item)
        yield item


def write_all(pieces: Iterable[bytes], file: BinaryIO) -> None:
    """Write pieces to a file, with a bar."""
    with progress("Writing") as advance:
        file.writelines(advancing(pieces, advance))


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when it is complete, so that no half of an export is ever found."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        part = Path(file.name)
        try:
            yield file  # type: ignore[misc]
        except BaseException:
            part.unlink()
            raise
    part.chmod(0o644)
    part.replace(path)


def say_report(report: list[ImportedEntry]) -> None:
    """What became of the entries of a file: the counts, and a row for each that needs attention."""
    language = user_language()
    table = Table("line", "entry", "outcome", "field", "what", box=None)
    for line in report:
        shown = imported_out(line, language)
        changed = [(one.path, f"{one.before} → {one.after}") for one in shown.changes]
        alike = [("", f"like {', '.join(shown.duplicates)}")] if shown.duplicates else []
        told = [(fault.field, fault.detail) for fault in (*shown.errors, *shown.warnings)]
        for field, detail in (*told, *changed, *alike):
            table.add_row(str(line.line), line.reference or "", line.outcome.value, field, escape(detail))
    if table.row_count:
        console().print(table)
    say(", ".join(f"{count} {outcome.value}" for outcome, count in counts_of(report).items()))


def say_losses(losses: Losses) -> None:
    """What a file does not hold: the counts, and a row for each field."""
    table = Table("field", "values", "", box=None)
    for counter, what in ((losses.lost, "lost"), (losses.lowered, "in notes")):
        for field, count in sorted(counter.items()):
            table.add_row(field, str(count), what)
    if table.row_count:
        console().print(table)
    say(
        f"{losses.entries} entries, {losses.left_out} left out,"
        f" {losses.lost.total()} values lost, {losses.lowered.total()} in notes"
    )


def show_findings(remarked: Iterable[tuple[str, Remarks]], *, everything: bool, as_json: bool) -> bool:
    """Findings on standard output: a table on a terminal, a line each in a pipe, or JSON. Whether all is well.

    All is well where there is no error and no warning without an answer. Information, and what is answered,
    is only shown with `everything`.
    """
    shown: list[tuple[str, FindingOut]] = []
    counts: Counter[str] = Counter()
    for number, remarks in remarked:
        counts["text"] += 1
        for finding in findings_out(remarks, user_language()).items:
            settled = finding.waiver is not None and finding.severity is Severity.WARNING
            standing = "answered" if settled else finding.severity.value
            counts[standing] += 1
            if everything or standing in (Severity.ERROR, Severity.WARNING):
                shown.append((number, finding))
    _print_findings(shown, as_json=as_json)
    say(", ".join(f"{counts[name]} {name}" for name in ("text", *Severity, "answered")))
    return not counts[Severity.ERROR] and not counts[Severity.WARNING]


def print_rows(headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Rows on standard output: a table on a terminal, cells between tabs in a pipe."""
    output = Console(highlight=False, soft_wrap=True)
    if not output.is_terminal:
        for row in rows:
            typer.echo("\t".join(row))
        return
    table = Table(*headings, box=None)
    for row in rows:
        table.add_row(*map(escape, row))
    output.print(table)


def _print_findings(shown: list[tuple[str, FindingOut]], *, as_json: bool) -> None:
    output = Console(highlight=False, soft_wrap=True)
    if as_json:
        items = [{"text": number, **finding.model_dump(mode="json")} for number, finding in shown]
        typer.echo(json.dumps(items, ensure_ascii=False, indent=1))
    elif output.is_terminal:
        table = Table("text", "severity", "check", "element", "what", box=None)
        for number, finding in shown:
            what = f"{escape(finding.message)} [dim]{escape(finding.hint)}[/dim]"
            table.add_row(number, finding.severity.value, finding.check, escape(finding.element), what)
        output.print(table)
    else:
        for number, finding in shown:
            place = (
                f"{finding.element}:{finding.span.start}-{finding.span.end}" if finding.span else finding.element
            )
            typer.echo(f"{number} {place} {finding.severity} {finding.check}: {finding.message} {finding.hint}")
