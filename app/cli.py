"""The `compendium` command."""

import gc
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
import uvicorn

from app import linting, migrating, terminal
from app.accounts import operations as accounts
from app.commands.accounts import account
from app.commands.audit import audit
from app.commands.lookup import lookup
from app.commands.opening import opened
from app.commands.options import language_in
from app.commands.tokens import token
from app.db import Database
from app.entries.queries import EntryFilter
from app.entries.rekeying import keys_left, rekey
from app.entries.status import EntryStatus
from app.exchange.choosing import options_for
from app.exchange.chunks import CHUNK, Import
from app.exchange.exporting import counted, options_in, records
from app.exchange.formats import FORMATS, FormatName
from app.exchange.imported import ImportAs, ImportFile, Outcome, Terms
from app.exchange.loading import load_glossary
from app.exchange.losses import losses_of
from app.exchange.options import Extras, Layout, ReadOptions, columns_from
from app.exchange.origins import collection_of, digest_of
from app.exchange.readers import READERS, ImportFormat
from app.exchange.records import Incoming, Style
from app.exchange.schemas import counts_of
from app.history import operations as history
from app.history.operations import Happening
from app.http.server import ReadableAddresses
from app.languages.codes import LanguageCode
from app.profile import read_profile
from app.proposals.due import Deadlines
from app.settings import Settings
from app.terminal import reported

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
cli.add_typer(account, name="account")
cli.add_typer(token, name="token")
cli.add_typer(audit, name="audit")
cli.command("lookup")(lookup)

FormatOption = Annotated[FormatName, typer.Option("--format", "-f", help="The exchange format.")]


@cli.callback()
def about() -> None:
    """The compendium of theatre missile defence terms. DATABASE_URL chooses the database."""
    # The program itself is never garbage, and a large file makes the collector look often.
    gc.freeze()


@cli.command()
@reported
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes.")] = 1,
) -> None:
    """Serve the API and the pages."""
    with opened(Settings()):
        pass  # a database that is not ready is better refused here than at the first request
    terminal.say(f"API     http://{host}:{port}/v1/search?q=missile")
    terminal.say(f"Docs    http://{host}:{port}/docs")
    terminal.say(f"Tokens  {Path(sys.argv[0])} token create NAME --role ROLE [--party PARTY]")
    # Access logs would keep what people look up beside where they are.
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=ReadableAddresses,
        access_log=False,
        log_level="warning",
    )


@cli.command()
@reported
def migrate() -> None:
    """Bring the database to the schema of this release and the parties to those of the profile."""
    settings = Settings()
    with Database.opened(settings) as database:
        before = migrating.current(database)
    migrating.upgrade(settings)
    with Database.opened(settings) as database:
        with database.write() as db:
            sealed = history.renew_seals(db, accounts.secretariat, migrating.reformed(before))
        with database.write() as db:
            if accounts.adopt_profile(db, read_profile(settings.profile_path)):
                history.record(db, accounts.secretariat(db), Happening("profile.adopt"))
        rewritten = _rekeyed(database)
    terminal.say(f"The database is at {migrating.head()}.")
    if sealed:
        terminal.say(f"{sealed} rows were sealed.")
    if rewritten:
        terminal.say(f"Look-up keys were made for {rewritten} entries.")


@cli.command("rekey")
@reported
def make_keys(
    again: Annotated[bool, typer.Option("--again", help="Even if they are those of this release.")] = False,
) -> None:
    """Make the look-up keys of all entries anew. Broken off, it goes on from where it was."""
    with opened(Settings(), any_keys=True) as database:
        rewritten = _rekeyed(database, again=again)
    terminal.say(f"Look-up keys were made for {rewritten} entries.")


@cli.command()
@reported
def load(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A glossary folder.")],
) -> None:
    """Load a glossary folder. Loading it again changes nothing."""
    settings = Settings()
    entries = len(list((folder / "entries").glob("*.yaml")))
    with (
        opened(settings) as database,
        database.write() as db,
        terminal.progress("Loading", entries) as advance,
    ):
        report = load_glossary(db, accounts.secretariat(db), read_profile(settings.profile_path), folder, advance)
    terminal.say(
        f"{len(report.agreed)} entries loaded as agreed, {len(report.proposed)} as proposed,"
        f" {len(report.unchanged)} unchanged, {len(report.revised)} revised,"
        f" {len(report.amendments)} proposed for amendment."
    )


@cli.command("export")
@reported
def export_file(
    format_: FormatOption,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output if absent.")
    ] = None,
    status: Annotated[list[EntryStatus] | None, typer.Option(help="Agreed entries by default; repeatable.")] = None,
    subject: Annotated[list[str] | None, typer.Option(help="A subject field; repeatable.")] = None,
    source: Annotated[str | None, typer.Option(help="The language that is translated: en, fr, ru.")] = None,
    target: Annotated[str | None, typer.Option(help="The language into which.")] = None,
    style: Annotated[Style | None, typer.Option(help="Of TBX 3: how data categories are named.")] = None,
    report: Annotated[bool, typer.Option("--report", help="Say what the file does not hold.")] = False,
) -> None:
    """Export the glossary."""
    settings = Settings()
    made = FORMATS[format_]
    pair = language_in(source, "--source"), language_in(target, "--target")
    options = options_for(made, source=pair[0], target=pair[1], style=style)
    wanted = EntryFilter(tuple(status or ()), tuple(subject or ()))
    with opened(settings) as database, database.read() as db:
        pieces = made.write(records(db, wanted, settings.public_url), options_in(db, wanted, options))
        if output is None:
            terminal.write_all(pieces, sys.stdout.buffer)
        else:
            with terminal.replacing(output) as file:
                terminal.write_all(pieces, file)
        if report:
            terminal.say_losses(losses_of(counted(db, wanted), made, options))


@cli.command("import")
@reported
def import_file(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    format_: Annotated[ImportFormat, typer.Option("--format", "-f", help="The format of the file.")],
    into: Annotated[ImportAs, typer.Option("--as", help="What the entries become.")] = ImportAs.PROPOSALS,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    justification: Annotated[str | None, typer.Option(help="Why, for the proposals.")] = None,
    subject: Annotated[str | None, typer.Option(help="The subject field of entries that name none.")] = None,
    extras: Annotated[Extras, typer.Option(help="What a content has no field for.")] = Extras.NOTE,
    language: Annotated[LanguageCode | None, typer.Option(help="Of texts that name none.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of a table; found out if absent.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="Between the cells of a table.")] = None,
    separator: Annotated[str, typer.Option(help="Between several values in a cell.")] = "|",
    layout: Annotated[Layout | None, typer.Option(help="What a row is: a term (long), an entry (wide).")] = None,
    sheet: Annotated[str | None, typer.Option(help="A sheet of a workbook, by name or place.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="HEADING=NAME or PLACE=NAME: what a column holds; - to pass it over. Repeatable."),
    ] = None,
    collection: Annotated[
        str | None, typer.Option(help="From which collection the file is; its entries are known by it again.")
    ] = None,
    chunk: Annotated[int, typer.Option(min=1, help="Entries of a transaction, if the file has more.")] = CHUNK,
) -> None:
    """Import a file as the secretariat: all of its entries or none, and a large file chunk by chunk.

    Broken off, the chunks before are kept; the same command goes on from there.
    """
    settings = Settings()
    options = ReadOptions(
        subject, extras, language, encoding, delimiter, separator, layout, sheet, columns_from(column or ())
    ).checked()
    with path.open("rb") as file:
        digest = digest_of(partial(file.read, 1 << 20))
    terms = Terms(
        justification or f"Imported from {path.name}.",
        into,
        collection or collection_of(digest),
        subject,
        file=ImportFile(format_, digest),
    )
    with opened(settings) as database, terminal.steps("Importing") as reached, path.open("rb") as file:

        def read() -> Iterator[Incoming]:
            file.seek(0)
            return READERS[format_](file, options)

        profile = read_profile(settings.profile_path)
        report = Import(database, accounts.secretariat, profile, read, terms, chunk).run(
            dry_run=dry_run, each=reached
        )
    terminal.say_report(report)
    counts = counts_of(report)
    if counts[Outcome.REJECTED]:
        raise typer.Exit(1)


@cli.command("lint")
@reported
def lint_texts(
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FOLDER|REF]...",
            help="Glossary folders, or numbers of entries and proposals; all entries of the database if absent.",
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show information and answered warnings too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Say what a terminologist would remark. Fails if there is an error, or a warning without an answer."""
    folders = [Path(target) for target in targets or () if Path(target).is_dir()]
    refs = [target for target in targets or () if not Path(target).is_dir()]
    remarked = [one for folder in folders for one in linting.remarks_on_folder(folder)]
    if refs or not folders:
        settings = Settings()
        with opened(settings) as database, database.read() as db:
            remarked += linting.remarks_on_stored(db, read_profile(settings.profile_path), refs)
    if not terminal.show_findings(remarked, everything=everything, as_json=as_json):
        raise typer.Exit(1)


@cli.command("tick")
@reported
def settle_deadlines() -> None:
    """Let happen what is due: silence that has expired, time for confirming that is over, idle proposals.

    The server does the same; doing it twice changes nothing.
    """
    settings = Settings()
    with opened(settings) as database:
        done = Deadlines(database, read_profile(settings.profile_path)).settle()
    terminal.say(f"{len(done)} deadlines have passed.{' ' if done else ''}{', '.join(done)}")


@cli.command("demo")
@reported
def demonstrate() -> None:
    """Play a full cycle of agreement on a scratch database, over REST alone, and say each step."""
    from app.demo.play import play  # with the whole service, for which no other command has to wait

    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/demo.db", profile="bilateral")
        play(settings, typer.echo)
        with Database.opened(settings) as database, database.read() as db:
            broken = history.verify(db)
    typer.echo("The audit chain is whole." if broken is None else f"The chain is broken at event {broken}.")


def _rekeyed(database: Database, *, again: bool = False) -> int:
    """Make the keys that are missing, or all of them; of how many entries these were."""
    left = keys_left(database, again=again)
    if not left:
        return 0
    with terminal.progress("Making keys", left) as advance:
        return rekey(database, accounts.secretariat, advance)


def main() -> None:
    """Run the command line."""
    cli()


if __name__ == "__main__":
    main()
