"""The life of an entry: shown, adopted, ended. What was agreed is never changed."""

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col

from app.accounts import operations as accounts
from app.entries import operations as entries
from app.entries.canonical import canonical_json, digest
from app.entries.content import EntryContent
from app.entries.queries import versions_of
from app.entries.status import EntryStatus
from app.entries.tables import Decision, DecisionMethod, Entry, EntryVersion
from app.errors import InvalidInput
from app.history.operations import changes_since
from app.profile import ApprovalLevel, read_profile
from app.proposals import operations as proposals
from app.proposals.inputs import NewProposal
from app.proposals.workflow import ProposalKind
from app.settings import Settings
from tests.makers import body, content, make_entry, make_subject_field


def decision(db, **fields) -> Decision:
    return entries.new_decision(db, method=DecisionMethod.MEETING, level=ApprovalLevel.WORKING_GROUP, **fields)


def test_an_initial_load_makes_an_agreed_entry_with_its_first_version(db) -> None:
    entry = make_entry(db, number=17)
    assert (entry.status, entry.current_version) == (EntryStatus.AGREED, 1)
    ((version, made_by),) = versions_of(db, entry)
    assert version.content == entry.content == canonical_json(content())
    assert version.digest == entry.digest == digest(version.content)
    assert (made_by.method, made_by.level) == (DecisionMethod.INITIAL_LOAD, ApprovalLevel.EXPERT)
    assert version.adopted_at == made_by.made_at
    (event,) = changes_since(db, 0, 10)
    assert (event.action, event.entry_id, event.change, event.after) == ("entry.load", 17, "adopted", entry.digest)


def test_a_second_text_becomes_the_second_version_and_leaves_the_first_as_it_was(db) -> None:
    entry = make_entry(db)
    first = versions_of(db, entry)[0][0].content
    entries.adopt(db, entry, content(en="false target"), decision(db))
    db.expire_all()
    texts = [(version.number, version.content) for version, _ in versions_of(db, entry)]
    assert texts == [(1, first), (2, canonical_json(content(en="false target")))]
    assert (entry.current_version, entry.content) == (2, texts[1][1])


def test_an_entry_under_review_is_shown_as_proposed_and_follows_its_revisions(db) -> None:
    make_subject_field(db)
    entry = entries.open_entry(db, 1001, content(), proposal="P(2026)0001")
    assert (entry.status, entry.current_version, entry.proposal) == (EntryStatus.PROPOSED, None, "P(2026)0001")
    entries.show_proposed(db, entry, content(en="false target"))
    assert entries.says(entry, content(en="false target"))
    assert not entries.says(entry, content())
    assert versions_of(db, entry) == []


def test_adoption_ends_the_review_of_an_entry(db) -> None:
    make_subject_field(db)
    entry = entries.open_entry(db, 1001, content(), proposal="P(2026)0001")
    entries.adopt(db, entry, content(), decision(db))
    assert (entry.status, entry.proposal, entry.under_review) == (EntryStatus.AGREED, None, False)


def test_an_entry_that_was_not_adopted_is_withdrawn_and_shows_no_text(db) -> None:
    make_subject_field(db)
    entry = entries.open_entry(db, 1001, content(), proposal="P(2026)0001")
    entries.close_unadopted(db, entry)
    assert (entry.status, entry.content, entry.digest) == (EntryStatus.WITHDRAWN, None, None)


def test_decisions_are_numbered_without_holes_and_name_the_parties_in_order(db) -> None:
    made = [decision(db, parties=frozenset({"russia", "nato"})) for _ in range(3)]
    year = made[0].made_at.year
    assert [d.number for d in made] == [f"D({year})0001", f"D({year})0002", f"D({year})0003"]
    assert made[0].parties == "nato russia"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"subject_fields": ["threat", "astrology"]}, "content.subject_fields.1", "unknown_subject_field"),
        (
            {"relations": [{"type": "generic", "target": "TMD-0001"}, {"type": "generic", "target": "TMD-0404"}]},
            "content.relations.1.target",
            "unknown_entry",
        ),
        (
            {"relations": [{"type": "contrast", "target": "TMD-0002"}]},
            "content.relations.0.target",
            "relation_to_itself",
        ),
    ],
    ids=["subject field", "relation", "itself"],
)
def test_a_text_may_name_only_what_is_there(db, fields: dict, field: str, reason: str) -> None:
    make_entry(db, number=1)
    value = EntryContent.model_validate(body() | fields)

    def check() -> None:
        entries.check_subject_fields(db, value, "content.")
        entries.check_relations(db, value, "content.", own_id=2)

    with pytest.raises(InvalidInput) as caught:
        check()
    assert (caught.value.field, caught.value.params["reason"]) == (field, reason)


def test_a_text_may_be_related_to_an_entry_that_is_about_to_be_loaded(db) -> None:
    value = EntryContent.model_validate(body() | {"relations": [{"type": "generic", "target": "TMD-0404"}]})
    entries.check_relations(db, value, expected=frozenset({404}))


@pytest.mark.parametrize("status", [s for s in EntryStatus if s is not EntryStatus.AGREED])
def test_the_database_refuses_to_call_an_agreed_entry_anything_else(db, status: EntryStatus) -> None:
    entry = make_entry(db)
    with pytest.raises(IntegrityError, match="status_follows_facts"), db.begin_nested():
        db.execute(update(Entry).where(col(Entry.id) == entry.id).values(status=status))


@pytest.mark.parametrize("fact", ["withdrawn", "diverged"])
def test_the_database_refuses_to_end_an_entry_that_still_says_agreed(db, fact: str) -> None:
    entry = make_entry(db)
    with pytest.raises(IntegrityError, match="status_follows_facts"), db.begin_nested():
        db.execute(update(Entry).where(col(Entry.id) == entry.id).values({fact: True}))


def test_the_database_refuses_to_call_an_entry_agreed_without_a_version(db) -> None:
    make_subject_field(db)
    entry = entries.open_entry(db, 1001, content(), proposal="P(2026)0001")
    with pytest.raises(IntegrityError, match="status_follows_facts"), db.begin_nested():
        db.execute(update(Entry).where(col(Entry.id) == entry.id).values(status=EntryStatus.AGREED))


def test_the_database_refuses_a_public_entry_without_a_text(db) -> None:
    entry = make_entry(db)
    with pytest.raises(IntegrityError, match="content_unless_withdrawn"), db.begin_nested():
        db.execute(update(Entry).where(col(Entry.id) == entry.id).values(content=None, digest=None))


RECORDS = {
    "entry_version": "content",
    "decision": "note",
    "proposal_revision": "content",
    "audit_event": "detail",
}


def one_of_each_record(db) -> None:
    """A row in each table of what is never changed."""
    make_entry(db)
    actor = accounts.secretariat(db)
    asked = NewProposal(kind=ProposalKind.NEW, content=content(en="lure"), justification="Missing.")
    proposals.propose(db, actor, read_profile(Settings().profile_path), asked)
    db.flush()


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_refuses_to_change_what_was_recorded(db, table: str, verb: str) -> None:
    one_of_each_record(db)
    order = f"DELETE FROM {table}" if verb == "DELETE" else f"UPDATE {table} SET {RECORDS[table]} = 'changed'"
    with pytest.raises(DBAPIError, match=f"{table} is never changed"), db.begin_nested():
        db.execute(text(order))


@pytest.mark.parametrize("table", RECORDS)
def test_the_database_refuses_to_empty_a_table_of_records(db, table: str) -> None:
    one_of_each_record(db)
    order = "DELETE FROM" if db.get_bind().dialect.name == "sqlite" else "TRUNCATE"
    cascade = "" if order == "DELETE FROM" else " CASCADE"
    with pytest.raises(DBAPIError, match="is never changed"), db.begin_nested():
        db.execute(text(f"{order} {table}{cascade}"))


@pytest.mark.parametrize("table", RECORDS)
def test_the_database_refuses_to_replace_what_was_recorded(db, table: str) -> None:
    one_of_each_record(db)
    replacing = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE true"
    if db.get_bind().dialect.name == "postgresql":
        keys = ", ".join(c.name for c in EntryVersion.metadata.tables[table].primary_key)
        column = RECORDS[table]
        replacing = (
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({keys}) DO UPDATE SET {column} = 'changed'"
        )
    with pytest.raises(DBAPIError, match=f"{table} is never changed"), db.begin_nested():
        db.execute(text(replacing))


def test_a_version_cannot_be_written_twice(db) -> None:
    entry = make_entry(db)
    version = versions_of(db, entry)[0][0]
    again = {name: getattr(version, name) for name in EntryVersion.model_fields}
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(insert(EntryVersion).values(again))
