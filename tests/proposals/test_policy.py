"""Who may read and draft; who may move a proposal is tested with the workflow."""

import itertools

import pytest

from app import policy
from app.accounts.actor import ANONYMOUS, Actor, Role
from app.accounts.operations import account_named
from app.db import now
from app.entries.canonical import canonical_json, digest
from app.policy import Work
from app.profile import read_profile
from app.proposals.dossier import work_of
from app.proposals.queries import proposals_after
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import ProposalKind, State
from app.settings import Settings
from tests.makers import content

BOTH = frozenset({"nato", "russia"})
PROFILE = read_profile(Settings().profile_path)
ROLES = [frozenset(), *(frozenset({role}) for role in Role), frozenset({Role.SECRETARIAT, Role.DELEGATE})]
CALLERS = [
    ANONYMOUS,
    *(
        Actor(account_id=1, party=party, roles=roles)
        for party, roles in itertools.product(("nato", "russia", None), ROLES)
    ),
]


def caller(party: str | None, *roles: Role) -> Actor:
    return Actor(account_id=1, party=party, roles=frozenset(roles))


def work(party: str | None = "nato", *, submitted: bool = False, shared: bool = False) -> Work:
    return Work(party=party, is_shared=shared, is_submitted=submitted or shared, consensus_set=BOTH)


def test_a_draft_is_read_by_its_party_only() -> None:
    readers = [actor for actor in CALLERS if policy.reader_of_proposal(actor, work())]
    assert readers
    assert {actor.party for actor in readers} == {"nato"}


def test_what_is_submitted_is_read_by_the_secretariat_too() -> None:
    assert policy.reader_of_proposal(caller(None, Role.SECRETARIAT), work(submitted=True))
    assert not policy.reader_of_proposal(caller("russia", Role.CO_CHAIR), work(submitted=True))
    assert not policy.reader_of_proposal(caller(None, Role.ADMIN), work(submitted=True))


def test_what_is_under_review_is_read_by_everybody_with_an_account() -> None:
    for actor in CALLERS:
        assert policy.reader_of_proposal(actor, work(shared=True)) == (actor is not ANONYMOUS)


def test_the_drafts_of_the_secretariat_are_not_those_of_whoever_has_no_party() -> None:
    assert policy.reader_of_proposal(caller(None, Role.SECRETARIAT), work(None))
    assert not policy.reader_of_proposal(caller(None, Role.READER), work(None))
    assert not policy.reader_of_proposal(caller("nato", Role.DELEGATE), work(None))


def test_a_party_edits_the_text_of_another_only_once_it_is_shared() -> None:
    russia = caller("russia", Role.DELEGATE)
    assert not policy.editor(russia, work(submitted=True))
    assert policy.editor(russia, work(shared=True))
    assert not policy.editor(caller("russia", Role.EXPERT), work(shared=True))
    assert not policy.editor(caller(None, Role.SECRETARIAT), work(shared=True))


@pytest.mark.parametrize("role", list(Role))
def test_a_role_drafts_for_a_party_or_as_the_secretariat(role: Role) -> None:
    drafts = role in (Role.DELEGATE, Role.REPRESENTATIVE, Role.LANGUAGE_LEAD, Role.CO_CHAIR, Role.SECRETARIAT)
    assert policy.may_draft(caller("nato", role)) == drafts
    assert policy.may_draft(caller(None, role)) == (role is Role.SECRETARIAT)
    assert policy.may_load(caller(None, role)) == (role is Role.SECRETARIAT)
    assert not policy.may_draft(ANONYMOUS)


@pytest.fixture
def every_kind_of_proposal(db) -> list[Proposal]:
    """A proposal for each party and each stage: a draft, one submitted, one accepted for review."""
    account = account_named(db, "secretariat", None)
    made = []
    stages = ((None, None), (now(db), None), (now(db), now(db)))
    for party, (submitted, accepted) in itertools.product(("nato", "russia", None), stages):
        proposal = Proposal(
            number=f"P(2026){len(made) + 1:04}",
            kind=ProposalKind.NEW,
            state=State.DRAFT,
            party=party,
            account_id=account.id,
            justification="Missing.",
            revision=1,
            lock=1,
            created_at=now(db),
            updated_at=now(db),
            submitted_at=submitted,
            accepted_at=accepted,
        )
        db.add(proposal)
        db.flush()
        text = canonical_json(content())
        db.add(
            ProposalRevision(
                proposal_id=proposal.id,
                number=1,
                content=text,
                digest=digest(text),
                account_id=account.id,
                created_at=now(db),
            )
        )
        made.append(proposal)
    db.flush()
    return made


def test_the_list_of_proposals_holds_exactly_those_that_the_caller_may_read(db, every_kind_of_proposal) -> None:
    for actor in CALLERS:
        listed = {proposal.id for proposal, _ in proposals_after(db, actor, (), None, 0, 100)}
        readable = {p.id for p in every_kind_of_proposal if policy.reader_of_proposal(actor, work_of(p, PROFILE))}
        assert listed == readable, actor


def test_warnings_are_answered_by_those_who_may_edit_the_text_and_by_the_secretariat() -> None:
    for at in (work(), work(submitted=True), work(shared=True), work(None)):
        may = {actor for actor in CALLERS if policy.may_answer(actor, at)}
        assert may == {a for a in CALLERS if policy.editor(a, at) or a.has(Role.SECRETARIAT)}
        assert may
    assert not policy.may_answer(caller("russia", Role.CO_CHAIR), work())
    assert policy.may_answer(caller("russia", Role.DELEGATE), work(shared=True))
