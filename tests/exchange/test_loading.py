"""Loading a glossary folder: once, twice, and after its files have changed."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts import operations as accounts
from app.accounts.actor import Actor, Role
from app.entries.canonical import content_from
from app.entries.numbers import ENTRY_SERIES, entry_id, next_number
from app.entries.operations import says
from app.entries.queries import versions_of
from app.entries.status import EntryStatus
from app.entries.tables import Decision, DecisionMethod, Entry, EntrySubject, EntryVersion, SubjectField
from app.errors import BadGlossaryFile
from app.exchange.loading import LoadReport, load_glossary
from app.history.operations import verify
from app.history.tables import AuditEvent
from app.profile import ApprovalLevel, read_profile
from app.proposals import operations as proposals
from app.proposals.causing import cause
from app.proposals.dossier import Dossier, assembled
from app.proposals.inputs import EventInput, NewProposal, NewRevision
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import Event, ProposalKind, State
from app.settings import Settings
from tests.exchange.folders import LAUNCHER, MISSILE, RADAR, SHIPPED, entry_file, make_folder
from tests.languages.glossary import entries as shipped_entries
from tests.makers import content
from tests.proposals.group import Group

PROFILE = read_profile(Settings().profile_path)


def load(db: Session, folder: Path) -> LoadReport:
    report = load_glossary(db, accounts.secretariat(db), PROFILE, folder)
    db.flush()
    db.expunge_all()
    return report


def rows(db: Session) -> list[int]:
    """How many rows there are of what is never deleted."""
    tables: tuple[Any, ...] = (Entry, EntryVersion, Decision, Proposal, ProposalRevision, AuditEvent, SubjectField)
    return [db.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def the_proposal(db: Session, **fields: Any) -> Dossier:
    """The one proposal that there is."""
    return assembled(db, db.scalars(select(Proposal).filter_by(**fields)).one(), PROFILE)


def withdraw(db: Session) -> None:
    """Let the secretariat take back the one proposal that there is."""
    cause(db, accounts.secretariat(db), the_proposal(db), Event.WITHDRAW, EventInput(reason="Not needed."))


def text_of(entry: Entry) -> str:
    assert entry.content is not None
    return content_from(entry.content).languages["en"].terms[0].text


def test_the_shipped_glossary_loads_as_its_files_say_and_a_second_time_changes_nothing(db) -> None:
    files = shipped_entries()
    report = load(db, SHIPPED)
    assert report.agreed == [file.number for file in files if file.status == "agreed"]
    assert report.proposed == [file.number for file in files if file.status == "proposed"]
    assert report.agreed
    assert report.proposed
    for file in files:
        entry = db.get_one(Entry, entry_id(file.number))
        assert entry.status == file.status
        assert says(entry, file.content)
        assert len(versions_of(db, entry)) == (file.status == "agreed")
    before = rows(db)
    assert load(db, SHIPPED) == LoadReport(unchanged=[file.number for file in files])
    assert rows(db) == before
    assert verify(db) is None


def test_what_is_loaded_as_agreed_rests_on_one_decision_of_experts_and_of_no_party(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(1, *MISSILE), entry_file(34), entry_file(52, *RADAR)))
    decision = db.scalars(select(Decision)).one()
    assert (decision.method, decision.level, decision.parties) == (
        DecisionMethod.INITIAL_LOAD,
        ApprovalLevel.EXPERT,
        "",
    )
    assert decision.note
    assert {v.decision_id for v in db.scalars(select(EntryVersion))} == {decision.id}


def test_what_is_loaded_as_proposed_is_a_proposal_of_the_secretariat_under_review(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, status="proposed")))
    dossier = the_proposal(db)
    assert (dossier.proposal.state, dossier.proposal.party) == (State.IN_REVIEW, None)
    assert dossier.proposal.justification == "The pair has not been seen yet."
    assert dossier.entry is not None
    assert (dossier.entry.id, dossier.entry.status) == (34, EntryStatus.PROPOSED)


def test_an_entry_of_the_working_group_never_gets_a_number_of_the_glossary(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34)))
    assert next_number(db, ENTRY_SERIES, first=PROFILE.first_entry) == PROFILE.first_entry


def test_a_changed_file_of_an_agreed_entry_becomes_an_amendment_and_changes_nothing_agreed(
    db, tmp_path: Path
) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy")))
    report = load(db, make_folder(tmp_path, entry_file(34, "false target")))
    assert report == LoadReport(amendments=["TMD-0034"])
    entry = db.get_one(Entry, 34)
    assert (entry.status, entry.current_version, text_of(entry)) == (EntryStatus.AGREED, 1, "decoy")
    dossier = the_proposal(db)
    assert (dossier.proposal.kind, dossier.proposal.state) == (ProposalKind.AMEND, State.IN_REVIEW)
    assert dossier.content.languages["en"].terms[0].text == "false target"


def test_the_same_change_is_proposed_once(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy")))
    load(db, make_folder(tmp_path, entry_file(34, "false target")))
    before = rows(db)
    assert load(db, tmp_path) == LoadReport(unchanged=["TMD-0034"])
    assert rows(db) == before


def test_a_change_that_the_group_has_withdrawn_is_not_proposed_again(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy")))
    load(db, make_folder(tmp_path, entry_file(34, "false target")))
    withdraw(db)
    assert load(db, tmp_path) == LoadReport(unchanged=["TMD-0034"])


def test_a_text_that_was_agreed_before_is_not_proposed_against_a_later_one(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy")))
    load(db, make_folder(tmp_path, entry_file(34, "false target")))
    Group(db).agreed(the_proposal(db))
    assert text_of(db.get_one(Entry, 34)) == "false target"
    assert load(db, make_folder(tmp_path, entry_file(34, "decoy"))) == LoadReport(unchanged=["TMD-0034"])


def test_a_changed_file_of_a_proposed_entry_becomes_a_revision_that_readers_see(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy", status="proposed")))
    report = load(db, make_folder(tmp_path, entry_file(34, "false target", status="proposed")))
    assert report == LoadReport(revised=["TMD-0034"])
    dossier = the_proposal(db)
    assert dossier.proposal.revision == 2
    assert dossier.entry is not None
    assert (dossier.entry.status, text_of(dossier.entry)) == (EntryStatus.PROPOSED, "false target")


def test_a_file_that_now_says_agreed_does_not_agree_what_is_under_review(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, status="proposed")))
    assert load(db, make_folder(tmp_path, entry_file(34))) == LoadReport(unchanged=["TMD-0034"])
    assert db.get_one(Entry, 34).status is EntryStatus.PROPOSED


def delegate(db: Session, party: str) -> Actor:
    account = accounts.account_named(db, f"{party}-delegate", party)
    return Actor(account.id, party, frozenset({Role.DELEGATE}))


@pytest.mark.parametrize("file", ["decoy", "chaff"], ids=["unchanged file", "changed file"])
def test_a_text_that_a_party_has_brought_into_the_review_is_left_to_the_parties(
    db, tmp_path: Path, file: str
) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy", status="proposed")))
    body = NewRevision(content=content(en="false target"))
    proposals.revise(db, delegate(db, "nato"), the_proposal(db), body)
    report = load(db, make_folder(tmp_path, entry_file(34, file, status="proposed")))
    assert report == LoadReport(unchanged=["TMD-0034"])
    dossier = the_proposal(db)
    assert (dossier.proposal.revision, dossier.content) == (2, content(en="false target"))


def test_a_text_that_the_secretariat_has_brought_into_the_review_outlives_the_same_file(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy", status="proposed")))
    body = NewRevision(content=content(en="false target"))
    proposals.revise(db, accounts.secretariat(db), the_proposal(db), body)
    assert load(db, tmp_path) == LoadReport(unchanged=["TMD-0034"])
    assert text_of(db.get_one(Entry, 34)) == "false target"


def test_a_rejected_entry_is_not_brought_back_by_its_file(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path, entry_file(34, "decoy", status="proposed")))
    withdraw(db)
    report = load(db, make_folder(tmp_path, entry_file(34, "false target", status="agreed")))
    assert report == LoadReport(unchanged=["TMD-0034"])
    assert db.get_one(Entry, 34).status is EntryStatus.WITHDRAWN


def test_entries_may_be_related_to_one_another_in_any_order(db, tmp_path: Path) -> None:
    related = "subject_fields: [threat]\nrelations: [{{type: associative, target: TMD-{target:04}}}]"
    files = [
        entry_file(number, *terms, status=status).replace("subject_fields: [threat]", related.format(target=target))
        for number, terms, target, status in (
            (1, MISSILE, 34, "agreed"),
            (5, LAUNCHER, 1, "proposed"),
            (34, RADAR, 5, "agreed"),
        )
    ]
    report = load(db, make_folder(tmp_path, *files))
    assert (report.agreed, report.proposed) == (["TMD-0001", "TMD-0034"], ["TMD-0005"])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("subject_fields: [threat]", "subject_fields: [astrology]", "unknown_subject_field"),
        (
            "subject_fields: [threat]",
            "subject_fields: [threat]\nrelations: [{type: generic, target: TMD-0404}]",
            "unknown_entry",
        ),
        (
            "subject_fields: [threat]",
            "subject_fields: [threat]\nrelations: [{type: generic, target: TMD-0034}]",
            "relation_to_itself",
        ),
    ],
)
@pytest.mark.parametrize("status", ["agreed", "proposed"])
def test_a_file_that_names_what_is_not_there_is_named_itself(
    db, tmp_path: Path, old: str, new: str, says: str, status: str
) -> None:
    folder = make_folder(tmp_path, entry_file(34, status=status).replace(old, new))
    with pytest.raises(BadGlossaryFile) as caught:
        load_glossary(db, accounts.secretariat(db), PROFILE, folder)
    assert "0034" in caught.value.params["file"]
    assert says in caught.value.params["reason"]


def test_the_linter_guards_what_is_proposed_and_not_what_was_agreed_before(db, tmp_path: Path) -> None:
    """A file is read amid the others, whether they are loaded yet or not."""
    same_name = entry_file(5, status="proposed"), entry_file(34)
    with pytest.raises(BadGlossaryFile) as caught:
        load_glossary(db, accounts.secretariat(db), PROFILE, make_folder(tmp_path, *same_name))
    assert caught.value.params["file"] == "TMD-0005"
    assert "near-duplicate: languages.ru.terms[ложная цель].text" in caught.value.params["reason"]
    assert load(db, make_folder(tmp_path, entry_file(5))).agreed == ["TMD-0005", "TMD-0034"]


def test_two_files_with_the_same_number_are_refused(db, tmp_path: Path) -> None:
    folder = make_folder(tmp_path, entry_file(34))
    (folder / "entries" / "0035-entry.yaml").write_text(entry_file(34, "lure"), encoding="utf-8")
    with pytest.raises(BadGlossaryFile):
        load_glossary(db, accounts.secretariat(db), PROFILE, folder)


def test_of_a_folder_with_a_bad_file_nothing_is_loaded(own_database, tmp_path: Path) -> None:
    bad = entry_file(52, *RADAR).replace("[threat]", "[astrology]")
    folder = make_folder(tmp_path, entry_file(34), bad)

    def load_all() -> None:
        with own_database.write() as db:
            load(db, folder)

    with pytest.raises(BadGlossaryFile):
        load_all()
    with own_database.read() as db:
        assert rows(db) == [0] * 7


def test_each_entry_done_is_told(db, tmp_path: Path) -> None:
    told: list[str] = []
    folder = make_folder(tmp_path, entry_file(34), entry_file(52, *RADAR, status="proposed"))
    load_glossary(db, accounts.secretariat(db), PROFILE, folder, told.append)
    assert told == ["TMD-0034", "TMD-0052"]


def test_a_subject_field_that_was_renamed_keeps_its_entries(db, tmp_path: Path) -> None:
    folder = make_folder(tmp_path, entry_file(34))
    load(db, folder)
    fields = folder / "subject-fields.yaml"
    fields.write_text(fields.read_text(encoding="utf-8").replace("Menace", "Menaces"), encoding="utf-8")
    load(db, folder)
    assert db.get_one(SubjectField, "threat").label_fr == "Menaces"
    assert db.scalars(select(col(EntrySubject.entry_id))).all() == [34]


def test_a_proposal_of_a_party_for_a_number_of_the_glossary_is_left_alone(db, tmp_path: Path) -> None:
    load(db, make_folder(tmp_path))
    asked = NewProposal(kind=ProposalKind.NEW, content=content(en="lure"), justification="Missing.")
    nato = delegate(db, "nato")
    dossier = proposals.propose(db, nato, PROFILE, asked)
    dossier, _ = cause(db, nato, dossier, Event.SUBMIT)
    cause(db, accounts.secretariat(db), dossier, Event.ACCEPT, entry_id=34)
    report = load(db, make_folder(tmp_path, entry_file(34, status="proposed")))
    assert report == LoadReport(unchanged=["TMD-0034"])
    assert text_of(db.get_one(Entry, 34)) == "lure"


def test_changed_subject_fields_are_one_event_and_unchanged_ones_none(db, tmp_path: Path) -> None:
    folder = make_folder(tmp_path, entry_file(34, "decoy", "leurre", "ложная цель"))
    actor = accounts.secretariat(db)

    def told() -> int:
        load_glossary(db, actor, PROFILE, folder)
        return len([e for e in db.scalars(select(AuditEvent)) if e.action == "subject-fields.load"])

    assert (told(), told()) == (1, 1)
    fields = folder / "subject-fields.yaml"
    fields.write_text(fields.read_text(encoding="utf-8").replace("Menace", "La menace"), encoding="utf-8")
    assert (told(), told()) == (2, 2)
