"""What is measured is the service as it is: rows that benchmarks write themselves are those of the operations."""

from app.accounts import operations as accounts
from app.db import Database
from app.entries.operations import load_adopted
from app.exchange.intakes import initial_load_decision
from app.settings import Settings
from benchmarks import bulk, synthetic
from tests.databases import Templates
from tests.makers import make_subject_field

COUNT = 20


SUBJECTS = ["sensors", "threat"]


def with_subjects(settings: Settings) -> None:
    with Database.opened(settings) as database, database.write() as db:
        for place, code in enumerate(SUBJECTS, 1):
            make_subject_field(db, code, place)


def test_rows_written_in_bulk_are_those_of_the_operations(templates: Templates) -> None:
    names = ("tmd_by_operations", "tmd_in_bulk")
    own, other = (Settings(database_url=templates.copy("sqlite", name)) for name in names)
    with_subjects(own)
    with_subjects(other)
    with Database.opened(own) as database, database.write() as db:
        actor, decision = accounts.secretariat(db), initial_load_decision(db)
        for entry_id, content in enumerate(synthetic.contents(COUNT, SUBJECTS), synthetic.FIRST):
            load_adopted(db, actor, entry_id=entry_id, content=content, decision=decision)
    with Database.opened(other) as database, database.write() as db:
        number = initial_load_decision(db).number
    files = [templates.folder / f"{name}.db" for name in names]
    bulk.fill(files[1], COUNT, SUBJECTS, number, lambda _: None)
    assert bulk.differing(*files) == []
    for name in names:
        templates.drop("sqlite", name)
