"""What the log says of a proposal, whatever the group does with it."""

import json
import random
from typing import Any

import pytest

from app.entries.queries import decision_numbered
from app.entries.status import EntryStatus
from app.entries.tables import EntryVersion
from app.errors import NotPermitted
from app.history.operations import verify
from app.history.tables import AuditEvent, EntryChange
from app.proposals.dossier import Dossier
from app.proposals.workflow import EVERYTHING, OPEN_STATES, Event, State, events_for
from tests.api import ACCOUNTS
from tests.makers import content
from tests.proposals.group import PARTS, Group
from tests.proposals.steps import objection
from tests.rows import events_of


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
        *((f"proposal.certify-{part}", None, None) for part in PARTS),
        ("proposal.finalise", None, None),
        ("proposal.table", "russia", None),
        ("proposal.agree", "nato", None),
        ("proposal.agree", "russia", EntryChange.ADOPTED),
    ]
    last = list(events_of(group.db, dossier.proposal.number))[-1]
    detail = json.loads(last.detail)
    assert (detail["from"], detail["to"], detail["version"]) == ("tabled", "adopted", 1)
    assert decision_numbered(group.db, detail["decision"])[1][0].digest == last.after


def test_a_refused_step_leaves_no_event(group: Group) -> None:
    dossier = group.propose()
    before = group.count(AuditEvent)
    with pytest.raises(NotPermitted):
        group.move(dossier, Event.SUBMIT, "russia-delegate")
    assert (group.count(AuditEvent), dossier.proposal.state) == (before, State.DRAFT)


WORDS = ("decoy", "lure", "false target", "penetration aid", "chaff")
STATEMENT = {"kind": "reservation", "language": "ru", "text": "Россия понимает термин шире."}
BACKWARDS = {Event.REVISE, Event.WITHDRAW, Event.RETURN, Event.REJECT, Event.DECLINE, Event.DEFER, Event.DIVERGE}
"""What would end most walks before they have led anywhere."""


def given(group: Group, event: Event, party: str | None) -> dict[str, Any]:
    """Whatever the event may need."""
    if event in (Event.BREAK, Event.REFUSE, Event.OBJECT):
        return objection()
    wanted: dict[Event, dict[str, Any]] = {
        Event.RESERVE: {"statement": STATEMENT},
        Event.TABLE: {"meeting": group.meeting},
        Event.DIVERGE: {"content": content(en="decoy" if party == "nato" else "lure")},
    }
    return {"reason": "Because."} | wanted.get(event, {})


def step(group: Group, dossier: Dossier, chance: random.Random) -> tuple[Event, Dossier] | None:
    """One allowed step by somebody, at random; None if there is none."""
    possible = [
        (name, verdict.event)
        for name in ACCOUNTS
        for verdict in events_for(dossier.facts(EVERYTHING), group.actor(name))
        if verdict.allowed
    ]
    if not possible:
        return None
    weights = [1 if event in BACKWARDS else 8 for _, event in possible]
    ((name, event),) = chance.choices(possible, weights)
    if event is Event.REVISE:
        others = [word for word in WORDS if dossier.content != content(en=word)]
        return event, group.revise(dossier, content(en=chance.choice(others)), name)
    return event, group.move(dossier, event, name, **given(group, event, ACCOUNTS[name][0]))


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_group_does_the_record_tells_it_all(group: Group, seed: int) -> None:
    chance = random.Random(seed)
    dossier = group.propose()
    number = dossier.proposal.number
    for _ in range(40):
        told, versions, lock = len(events_of(group.db, number)), group.count(EntryVersion), dossier.proposal.lock
        taken = step(group, dossier, chance)
        if taken is None:
            break
        _, dossier = taken
        assert len(events_of(group.db, number)) == told + 1
        assert group.count(EntryVersion) == versions + (dossier.proposal.state is State.ADOPTED)
        assert dossier.proposal.lock == lock + 1
        group.db.expire_all()
    story = [json.loads(e.detail).get("to") for e in events_of(group.db, number)]
    assert [state for state in story if state][-1] == dossier.proposal.state
    assert verify(group.db) is None
    if dossier.entry is not None:
        assert dossier.entry.status is expected_status(dossier.proposal.state)
        if dossier.entry.status in (EntryStatus.AGREED, EntryStatus.PROPOSED):
            assert dossier.entry.digest == dossier.revision.digest


def expected_status(state: State) -> EntryStatus:
    """How a new entry is shown when its proposal is in a state."""
    shown = {State.ADOPTED: EntryStatus.AGREED, State.DIVERGED: EntryStatus.DIVERGED}
    return shown.get(state, EntryStatus.PROPOSED if state in OPEN_STATES else EntryStatus.WITHDRAWN)
