"""Proposals from draft to decision, in the database."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import ANONYMOUS, Actor
from app.accounts.operations import account_named
from app.entries.canonical import canonical_json, content_from
from app.entries.content import EntryContent
from app.entries.queries import decision_numbered, versions_of
from app.entries.status import EntryStatus
from app.entries.tables import Decision, DecisionMethod, Entry, EntryTerm, EntryVersion
from app.errors import (
    GuardsFailed,
    InvalidInput,
    LanguageNotPermitted,
    NotAmendable,
    NothingChanged,
    NotPermitted,
    StaleBase,
    TransitionNotAllowed,
)
from app.history.operations import verify
from app.history.tables import AuditEvent, EntryChange
from app.profile import read_profile
from app.proposals import operations
from app.proposals.inputs import NewProposal, NewRevision
from app.proposals.queries import Dossier, revisions_of
from app.proposals.tables import Proposal, SignOff
from app.proposals.workflow import TRANSITIONS, Event, ProposalKind, State, events_for
from app.settings import Settings
from tests.api import ACCOUNTS
from tests.makers import body, content, make_entry, make_subject_field
from tests.rows import events_of

JUSTIFICATION = "Missing from the compendium."


@dataclass
class Group:
    """The example working group at work on one database."""

    db: Session
    profile: Any = field(default_factory=lambda: read_profile(Settings().profile_path))

    def actor(self, name: str, *languages: str) -> Actor:
        party, roles = ACCOUNTS[name]
        return Actor(account_named(self.db, name, party).id, party, frozenset(roles), frozenset(languages))

    def propose(
        self, text: EntryContent | None = None, by: str | Actor = "nato-delegate", **fields: Any
    ) -> Dossier:
        asked = {"kind": ProposalKind.NEW, "content": text or content(), "justification": JUSTIFICATION} | fields
        actor = by if isinstance(by, Actor) else self.actor(by)
        return operations.propose(self.db, actor, self.profile, NewProposal.model_validate(asked))

    def amend(self, entry: Entry, text: EntryContent, **fields: Any) -> Dossier:
        asked = {"kind": ProposalKind.AMEND, "entry": f"TMD-{entry.id:04}", "base_version": entry.current_version}
        return self.propose(text, **asked | fields)

    def move(self, dossier: Dossier, event: Event, by: str, reason: str | None = None) -> Dossier:
        return operations.cause(self.db, self.actor(by), self.profile, dossier, event, reason=reason)[0]

    def revise(
        self, dossier: Dossier, text: EntryContent, by: str | Actor = "nato-delegate", **fields: Any
    ) -> Dossier:
        actor = by if isinstance(by, Actor) else self.actor(by)
        return operations.revise(self.db, actor, self.profile, dossier, NewRevision(content=text, **fields))

    def accepted(self, dossier: Dossier) -> Dossier:
        return self.move(self.move(dossier, Event.SUBMIT, "nato-delegate"), Event.ACCEPT, "secretariat")

    def agreed(self, dossier: Dossier) -> Dossier:
        return self.move(self.move(dossier, Event.AGREE, "nato-co-chair"), Event.AGREE, "russia-co-chair")

    def count(self, table: type) -> int:
        return self.db.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def group(db) -> Group:
    make_subject_field(db)
    return Group(db)


# A new entry


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
    dossier = group.accepted(group.propose())
    dossier = group.move(dossier, Event.AGREE, "nato-co-chair")
    assert (group.count(EntryVersion), group.count(Decision), dossier.proposal.state) == (0, 0, State.IN_REVIEW)
    dossier, number = operations.cause(
        group.db, group.actor("russia-co-chair"), group.profile, dossier, Event.AGREE
    )
    assert (group.count(EntryVersion), group.count(Decision), dossier.proposal.state) == (1, 1, State.ADOPTED)
    ((version, decision),) = versions_of(group.db, dossier.entry)
    assert decision.number == number
    assert (decision.method, decision.level, decision.parties) == (
        DecisionMethod.MEETING,
        group.profile.co_chairs_decide_at,
        "nato russia",
    )
    assert version.content == dossier.revision.content == canonical_json(content())
    assert dossier.entry.status is EntryStatus.AGREED


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


def test_a_text_that_is_not_complete_can_be_proposed_and_not_agreed(group: Group) -> None:
    dossier = group.accepted(group.propose(content(ru=None)))
    with pytest.raises(GuardsFailed) as caught:
        group.move(dossier, Event.AGREE, "nato-co-chair")
    assert caught.value.params["guards"] == ["text_is_complete", "text_has_no_errors"]
    assert caught.value.params["findings"] == ["missing-language: languages.ru"]
    assert caught.value.params["missing"] == ["languages.ru"]


def test_a_rejected_or_withdrawn_new_entry_shows_no_text_and_keeps_its_number(group: Group) -> None:
    declined = group.accepted(group.propose())
    declined = group.move(declined, Event.DECLINE, "nato-co-chair", "Not used.")
    declined = group.move(declined, Event.DECLINE, "russia-co-chair", "Не употребляется.")
    assert declined.proposal.state is State.REJECTED
    withdrawn = group.move(group.accepted(group.propose()), Event.WITHDRAW, "nato-delegate", "A duplicate.")
    assert withdrawn.proposal.state is State.WITHDRAWN
    for dossier in (declined, withdrawn):
        assert (dossier.entry.status, dossier.entry.content) == (EntryStatus.WITHDRAWN, None)
    assert group.accepted(group.propose()).entry.id == 1003


def test_a_submission_can_be_returned_revised_and_submitted_again(group: Group) -> None:
    dossier = group.move(group.propose(), Event.SUBMIT, "nato-delegate")
    dossier = group.move(dossier, Event.RETURN, "secretariat", "The Russian definition is missing.")
    assert dossier.proposal.reason == "The Russian definition is missing."
    dossier = group.revise(dossier, content(en="false target"))
    dossier = group.move(dossier, Event.RESUBMIT, "nato-delegate")
    dossier = group.move(dossier, Event.ACCEPT, "secretariat")
    assert group.agreed(dossier).content == content(en="false target")


# Revisions and signatures


def test_a_revision_leaves_the_texts_before_it_as_they_were(group: Group) -> None:
    dossier = group.revise(group.revise(group.propose(), content(en="lure")), content(en="false target"))
    texts = [(r.number, content_from(r.content)) for r in revisions_of(group.db, dossier)]
    assert texts == [(1, content()), (2, content(en="lure")), (3, content(en="false target"))]


def test_a_revision_under_review_is_what_readers_see(group: Group) -> None:
    dossier = group.revise(group.accepted(group.propose()), content(en="false target"), "russia-delegate")
    assert content_from(dossier.entry.content) == content(en="false target")
    shown = select(col(EntryTerm.text)).where(col(EntryTerm.language) == "en")
    assert group.db.scalars(shown).all() == ["false target"]


def test_a_revision_voids_what_was_signed_before_it(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.AGREE, "nato-co-chair")
    dossier = group.revise(dossier, content(en="false target"), "russia-delegate")
    assert dossier.sign_offs == ()
    dossier = group.move(dossier, Event.AGREE, "russia-co-chair")
    assert dossier.proposal.state is State.IN_REVIEW
    dossier = group.move(dossier, Event.AGREE, "nato-co-chair")
    assert dossier.proposal.state is State.ADOPTED
    assert content_from(versions_of(group.db, dossier.entry)[0][0].content) == content(en="false target")


def test_what_was_signed_on_an_earlier_revision_stays_on_record(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.AGREE, "nato-co-chair")
    signed = dossier.revision.digest
    group.revise(dossier, content(en="false target"))
    ((revision, digest),) = group.db.execute(select(col(SignOff.revision), col(SignOff.digest)))
    assert (revision, digest) == (1, signed)


def test_a_return_to_an_earlier_text_does_not_bring_back_what_was_signed_on_it(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.AGREE, "nato-co-chair")
    dossier = group.revise(group.revise(dossier, content(en="lure")), content())
    assert dossier.sign_offs == ()
    assert group.move(dossier, Event.AGREE, "russia-co-chair").proposal.state is State.IN_REVIEW


def test_a_co_chair_may_change_its_mind_until_the_other_has_signed(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.DECLINE, "nato-co-chair", "Too broad.")
    dossier = group.move(dossier, Event.AGREE, "russia-co-chair")
    assert dossier.proposal.state is State.IN_REVIEW
    dossier = group.move(dossier, Event.AGREE, "nato-co-chair")
    assert dossier.proposal.state is State.ADOPTED
    assert {(s.party, s.event) for s in dossier.sign_offs} == {("nato", Event.AGREE), ("russia", Event.AGREE)}


def test_a_co_chair_cannot_sign_the_same_thing_twice(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.AGREE, "nato-co-chair")
    with pytest.raises(GuardsFailed, match="not_signed_yet"):
        group.move(dossier, Event.AGREE, "nato-co-chair")
    assert group.count(SignOff) == 1


def test_a_revision_must_change_something(group: Group) -> None:
    dossier = group.propose()
    with pytest.raises(NothingChanged):
        group.revise(dossier, content())


# Amendments


def test_an_amendment_becomes_the_next_version_and_leaves_the_entry_agreed_until_then(group: Group) -> None:
    entry = make_entry(group.db)
    dossier = group.accepted(group.amend(entry, content(en="false target")))
    assert dossier.entry is entry
    assert (entry.status, content_from(entry.content)) == (EntryStatus.AGREED, content())
    dossier = group.revise(dossier, content(en="lure"), "russia-delegate")
    assert content_from(entry.content) == content()
    group.agreed(dossier)
    assert (entry.current_version, content_from(entry.content)) == (2, content(en="lure"))


@pytest.mark.parametrize("end", ["declined", "withdrawn"])
def test_an_amendment_that_ends_unadopted_leaves_the_entry_as_it_was(group: Group, end: str) -> None:
    entry = make_entry(group.db)
    dossier = group.accepted(group.amend(entry, content(en="false target")))
    if end == "withdrawn":
        group.move(dossier, Event.WITHDRAW, "nato-delegate", "Not needed.")
    else:
        dossier = group.move(dossier, Event.DECLINE, "nato-co-chair", "No.")
        group.move(dossier, Event.DECLINE, "russia-co-chair", "Нет.")
    assert (entry.status, entry.current_version, content_from(entry.content)) == (EntryStatus.AGREED, 1, content())


def test_of_two_amendments_the_second_is_stale_until_it_takes_the_first_into_account(group: Group) -> None:
    entry = make_entry(group.db)
    first = group.accepted(group.amend(entry, content(en="false target")))
    second = group.accepted(group.amend(entry, content(fr="fausse cible")))
    group.agreed(first)
    with pytest.raises(StaleBase) as caught:
        group.move(second, Event.AGREE, "nato-co-chair")
    assert caught.value.params == {"base": 1, "current": 2}
    with pytest.raises(StaleBase):
        group.revise(second, content(fr="leurre (missile)"))
    merged = content(en="false target", fr="fausse cible")
    group.agreed(group.revise(second, merged, base_version=2))
    assert (entry.current_version, content_from(entry.content)) == (3, merged)


def test_an_amendment_starts_from_the_current_version(group: Group) -> None:
    entry = make_entry(group.db)
    with pytest.raises(StaleBase):
        group.amend(entry, content(en="false target"), base_version=2)


def test_an_amendment_must_change_something(group: Group) -> None:
    with pytest.raises(NothingChanged):
        group.amend(make_entry(group.db), content())


def test_only_an_agreed_entry_can_be_amended(group: Group) -> None:
    proposed = group.accepted(group.propose()).entry
    with pytest.raises(NotAmendable):
        group.amend(proposed, content(en="false target"), base_version=1)


@pytest.mark.parametrize(
    ("fields", "at", "reason"),
    [
        ({"entry": "TMD-0001"}, "entry", "entry_not_expected"),
        ({"base_version": 1}, "base_version", "entry_not_expected"),
        ({"kind": "amend", "base_version": 1}, "entry", "entry_needed"),
        ({"kind": "amend", "entry": "TMD-0001"}, "base_version", "base_version_needed"),
    ],
)
def test_a_proposal_names_an_entry_exactly_if_it_changes_one(
    group: Group, fields: dict[str, Any], at: str, reason: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        group.propose(**fields)
    assert (caught.value.field, caught.value.params["reason"]) == (at, reason)


def test_a_translation_adds_a_language_and_changes_no_other(group: Group) -> None:
    entry = make_entry(group.db, ru=None)
    kind = ProposalKind.ADD_LANGUAGE
    with pytest.raises(InvalidInput, match="other_language_changed"):
        group.amend(entry, content(en="false target"), kind=kind)
    without_russian = body(ru=None) | {"notation": "2.4.1"}
    with pytest.raises(InvalidInput, match="no_language_added"):
        group.amend(entry, EntryContent.model_validate(without_russian), kind=kind)
    group.agreed(group.accepted(group.amend(entry, content(), kind=kind)))
    assert content_from(entry.content) == content()


# Who may


def test_a_caller_without_a_drafting_role_proposes_nothing(group: Group) -> None:
    for actor in (group.actor("nato-expert"), group.actor("reader"), ANONYMOUS):
        with pytest.raises(NotPermitted):
            group.propose(by=actor)
    assert group.count(Proposal) == 0


def test_one_party_does_not_move_the_draft_of_the_other(group: Group) -> None:
    dossier = group.propose()
    for event in (Event.SUBMIT, Event.WITHDRAW):
        with pytest.raises(NotPermitted):
            group.move(dossier, event, "russia-co-chair")
    with pytest.raises(NotPermitted):
        group.revise(dossier, content(en="lure"), "russia-delegate")


def test_an_event_out_of_place_is_answered_with_what_is_possible(group: Group) -> None:
    with pytest.raises(TransitionNotAllowed) as caught:
        group.move(group.propose(), Event.AGREE, "nato-delegate")
    assert caught.value.params == {"event": "agree", "state": "draft", "allowed": ["revise", "submit", "withdraw"]}


def test_a_caller_for_one_language_changes_no_other(group: Group) -> None:
    lead = group.actor("nato-delegate", "fr")
    dossier = group.propose()
    with pytest.raises(LanguageNotPermitted) as caught:
        group.revise(dossier, content(ru="обманка"), lead)
    assert caught.value.field == "content.languages.ru"
    assert group.revise(dossier, content(fr="fausse cible"), lead).proposal.revision == 2
    with pytest.raises(LanguageNotPermitted):
        group.propose(by=lead)


# History


def test_every_step_is_one_event_that_says_who_did_what(group: Group) -> None:
    dossier = group.accepted(group.propose())
    dossier = group.revise(dossier, content(en="false target"), "russia-delegate")
    dossier = group.agreed(dossier)
    told = [(e.action, e.party, e.change) for e in events_of(group.db, dossier.proposal.number)]
    assert told == [
        ("proposal.create", "nato", None),
        ("proposal.submit", "nato", None),
        ("proposal.accept", None, EntryChange.PROPOSED),
        ("proposal.revise", "russia", EntryChange.REVISED),
        ("proposal.agree", "nato", None),
        ("proposal.agree", "russia", EntryChange.ADOPTED),
    ]
    last = list(events_of(group.db, dossier.proposal.number))[-1]
    detail = json.loads(last.detail)
    assert (detail["from"], detail["to"], detail["version"]) == ("in_review", "adopted", 1)
    assert decision_numbered(group.db, detail["decision"])[1][0].digest == last.after


def test_a_refused_step_leaves_no_event(group: Group) -> None:
    dossier = group.propose()
    before = group.count(AuditEvent)
    with pytest.raises(NotPermitted):
        group.move(dossier, Event.SUBMIT, "russia-delegate")
    assert (group.count(AuditEvent), dossier.proposal.state) == (before, State.DRAFT)


WORDS = ("decoy", "lure", "false target", "penetration aid", "chaff")


def step(group: Group, dossier: Dossier, chance: random.Random) -> tuple[Event, Dossier] | None:
    """One allowed step by somebody, at random; None if there is none."""
    possible = [
        (name, verdict.event)
        for name in ACCOUNTS
        for verdict in events_for(dossier.facts("Because."), group.actor(name))
        if verdict.allowed
    ]
    if not possible:
        return None
    name, event = chance.choice(possible)
    if event is Event.REVISE:
        others = [word for word in WORDS if dossier.content != content(en=word)]
        return event, group.revise(dossier, content(en=chance.choice(others)), name)
    return event, group.move(dossier, event, name, "Because.")


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_group_does_the_record_tells_it_all(group: Group, seed: int) -> None:
    chance = random.Random(seed)
    dossier = group.propose()
    for _ in range(25):
        events, versions, lock = group.count(AuditEvent), group.count(EntryVersion), dossier.proposal.lock
        taken = step(group, dossier, chance)
        if taken is None:
            break
        event, dossier = taken
        adopted = event is Event.AGREE and dossier.proposal.state is State.ADOPTED
        assert group.count(AuditEvent) == events + 1
        assert group.count(EntryVersion) == versions + adopted
        assert dossier.proposal.lock == lock + 1
        group.db.expire_all()
    story = [json.loads(e.detail).get("to") for e in events_of(group.db, dossier.proposal.number)]
    assert [state for state in story if state][-1] == dossier.proposal.state
    assert verify(group.db) is None
    if dossier.entry is not None:
        agreed = dossier.proposal.state is State.ADOPTED
        assert (dossier.entry.status is EntryStatus.AGREED) == agreed
        assert (dossier.entry.status is EntryStatus.PROPOSED) == (
            dossier.proposal.state in {row.source for row in TRANSITIONS}
        )
        if dossier.entry.content is not None:
            assert dossier.entry.digest == dossier.revision.digest
