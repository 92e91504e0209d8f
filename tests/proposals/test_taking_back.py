"""What a party recorded counts only until it objects; who joins late has no part in what time brought about."""

from datetime import timedelta

import pytest

from app.entries.queries import versions_of
from app.proposals.dossier import Dossier, assembled
from app.proposals.positions.tables import PositionKind
from app.proposals.ticking import tick
from app.proposals.workflow import Event, State
from tests.clocks import FakeClock
from tests.proposals.group import Group
from tests.proposals.steps import objection

NATO, RUSSIA = "nato-representative", "russia-representative"


def objected(group: Group) -> Dossier:
    """A proposal to which both parties object."""
    dossier = group.both(group.ready(group.accepted(group.propose())), Event.OPEN_SILENCE)
    dossier = group.move(dossier, Event.BREAK, RUSSIA, **objection())
    return group.move(dossier, Event.OBJECT, NATO, **objection())


def test_an_objection_ends_when_all_who_object_have_withdrawn_it(group: Group) -> None:
    dossier = group.move(objected(group), Event.WITHDRAW_OBJECTION, NATO)
    assert dossier.proposal.state is State.OBJECTED
    dossier = group.move(dossier, Event.WITHDRAW_OBJECTION, RUSSIA)
    assert (dossier.proposal.state, dossier.objectors) == (State.READY, frozenset())


def test_a_party_that_objects_again_has_not_withdrawn_its_objection(group: Group) -> None:
    dossier = group.move(objected(group), Event.WITHDRAW_OBJECTION, NATO)
    dossier = group.move(dossier, Event.OBJECT, NATO, **objection("languages.en.definition"))
    dossier = group.move(dossier, Event.WITHDRAW_OBJECTION, RUSSIA)
    assert dossier.proposal.state is State.OBJECTED
    standing = {p.element for p in dossier.positions if p.party == "nato" and p.kind is PositionKind.OBJECT}
    assert "languages.en.definition" in standing
    dossier = group.move(dossier, Event.WITHDRAW_OBJECTION, NATO)
    assert (dossier.proposal.state, dossier.objectors) == (State.READY, frozenset())


def test_a_party_that_objects_at_a_meeting_has_not_agreed_to_the_text(group: Group) -> None:
    dossier = group.move(group.tabled(group.accepted(group.propose())), Event.AGREE, "russia-co-chair")
    dossier = group.move(dossier, Event.OBJECT, RUSSIA, **objection())
    dossier = group.move(dossier, Event.AGREE, "nato-co-chair")
    assert dossier.proposal.state is State.TABLED
    assert group.move(dossier, Event.AGREE, "russia-co-chair").proposal.state is State.ADOPTED


@pytest.mark.parametrize("late", [timedelta(microseconds=1), timedelta(days=3)])
def test_who_joins_after_the_deadline_has_no_part_in_the_decision(
    group: Group, clock: FakeClock, late: timedelta
) -> None:
    dossier = group.both(group.tabled(group.accepted(group.propose())), Event.AGREE_AD_REFERENDUM)
    deadline = dossier.proposal.deadline
    assert deadline is not None
    joining = group.profile.parties[0].model_copy(
        update={"code": "norway", "member_from": (deadline + timedelta(days=1)).date()}
    )
    profile = group.profile.model_copy(update={"parties": (*group.profile.parties, joining)})
    clock.set_to(deadline + late)
    assert tick(group.db, profile) == [dossier.proposal.number]
    adopted = assembled(group.db, dossier.proposal, profile)
    assert adopted.proposal.state is State.ADOPTED
    ((_, decision),) = versions_of(group.db, adopted.entry)
    assert (decision.parties, decision.made_at) == ("nato russia", deadline)
