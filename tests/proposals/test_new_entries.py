"""A new entry from draft to decision, in the database."""

import pytest

from app.entries.canonical import canonical_json
from app.entries.queries import versions_of
from app.entries.status import EntryStatus
from app.entries.tables import Decision, DecisionMethod, Entry, EntryVersion
from app.errors import GuardsFailed
from app.proposals.workflow import Event, State
from tests.makers import content
from tests.proposals.group import Group


def test_a_draft_is_numbered_and_belongs_to_the_party_that_made_it(group: Group) -> None:
    first, second = group.propose(), group.propose(by="russia-delegate")
    year = first.proposal.created_at.year
    assert [d.proposal.number for d in (first, second)] == [f"P({year})0001", f"P({year})0002"]
    assert [d.proposal.party for d in (first, second)] == ["nato", "russia"]
    assert (first.proposal.state, first.entry) == (State.DRAFT, None)
    assert group.propose(by="secretariat").proposal.party is None


def test_a_new_entry_gets_its_number_when_it_is_accepted_for_review(group: Group) -> None:
    dossier = group.move(group.propose(), Event.SUBMIT, "nato-delegate")
    assert group.count(Entry) == 0
    dossier = group.move(dossier, Event.ACCEPT, "secretariat")
    assert dossier.entry is not None
    assert (dossier.entry.id, dossier.entry.status) == (group.profile.first_entry, EntryStatus.PROPOSED)
    assert dossier.entry.proposal == dossier.proposal.number


def test_both_co_chairs_together_make_one_version_by_one_decision(group: Group) -> None:
    dossier = group.tabled(group.accepted(group.propose()))
    dossier = group.move(dossier, Event.AGREE, "nato-co-chair")
    assert (group.count(EntryVersion), group.count(Decision), dossier.proposal.state) == (0, 0, State.TABLED)
    dossier, number = group.decide(dossier, Event.AGREE, "russia-co-chair")
    assert (group.count(EntryVersion), group.count(Decision), dossier.proposal.state) == (1, 1, State.ADOPTED)
    ((version, decision),) = versions_of(group.db, dossier.entry)
    assert decision.number == number
    assert (decision.method, decision.level, decision.parties, decision.meeting) == (
        DecisionMethod.MEETING,
        group.profile.co_chairs_decide_at,
        "nato russia",
        group.meeting,
    )
    assert version.content == dossier.revision.content == canonical_json(content())
    assert dossier.entry.status is EntryStatus.AGREED


def test_no_step_before_the_decision_makes_a_version(group: Group) -> None:
    dossier = group.tabled(group.accepted(group.propose()))
    assert (group.count(EntryVersion), group.count(Decision)) == (0, 0)
    assert dossier.entry.status is EntryStatus.PROPOSED


def test_the_series_of_entries_proposals_and_decisions_have_no_holes(group: Group) -> None:
    rejected = group.move(group.propose(), Event.SUBMIT, "nato-delegate")
    group.move(rejected, Event.REJECT, "secretariat", "Out of scope.")
    withdrawn = group.accepted(group.propose())
    group.move(withdrawn, Event.WITHDRAW, "nato-delegate", "A duplicate.")
    concepts = (content(), content(en="jammer", fr="brouilleur", ru="станция помех"))
    adopted = [group.agreed(group.accepted(group.propose(text))) for text in concepts]
    assert [d.proposal.number[-4:] for d in adopted] == ["0003", "0004"]
    assert [d.entry.id for d in adopted] == [1002, 1003]
    decided = [versions_of(group.db, d.entry)[0][1].number[-4:] for d in adopted]
    assert decided == ["0001", "0002"]


def test_a_text_that_is_not_complete_can_be_proposed_and_not_finalised(group: Group) -> None:
    dossier = group.accepted(group.propose(content(ru=None)))
    for part in ("en", "fr", "en-fr"):
        dossier = group.move(dossier, Event(f"certify-{part}"), "linguist")
    with pytest.raises(GuardsFailed) as caught:
        group.move(dossier, Event.FINALISE, "secretariat")
    assert caught.value.params["guards"] == [
        "text_is_complete",
        "text_has_no_errors",
        "languages_are_certified",
        "concordance_is_certified",
    ]
    assert caught.value.params["findings"] == ["missing-language: languages.ru"]
    assert caught.value.params["missing"] == ["languages.ru"]


def test_a_language_that_is_missing_is_certified_by_nobody(group: Group) -> None:
    dossier = group.accepted(group.propose(content(ru=None)))
    for part in ("ru", "en-ru", "fr-ru"):
        with pytest.raises(GuardsFailed, match="text_is_there"):
            group.move(dossier, Event(f"certify-{part}"), "linguist")


def test_a_rejected_or_withdrawn_new_entry_shows_no_text_and_keeps_its_number(group: Group) -> None:
    declined = group.both(group.accepted(group.propose()), Event.DECLINE, "Не употребляется.")
    assert declined.proposal.state is State.REJECTED
    at_meeting = group.both(group.tabled(group.accepted(group.propose())), Event.DECLINE, "Not used.")
    assert at_meeting.proposal.state is State.REJECTED
    withdrawn = group.move(group.accepted(group.propose()), Event.WITHDRAW, "nato-delegate", "A duplicate.")
    assert withdrawn.proposal.state is State.WITHDRAWN
    for dossier in (declined, at_meeting, withdrawn):
        assert (dossier.entry.status, dossier.entry.content) == (EntryStatus.WITHDRAWN, None)
    assert group.accepted(group.propose()).entry.id == 1004


def test_a_submission_can_be_returned_revised_and_submitted_again(group: Group) -> None:
    dossier = group.move(group.propose(), Event.SUBMIT, "nato-delegate")
    dossier = group.move(dossier, Event.RETURN, "secretariat", "The Russian definition is missing.")
    assert dossier.proposal.reason == "The Russian definition is missing."
    dossier = group.revise(dossier, content(en="false target"))
    dossier = group.move(dossier, Event.RESUBMIT, "nato-delegate")
    dossier = group.move(dossier, Event.ACCEPT, "secretariat")
    assert group.agreed(dossier).content == content(en="false target")
