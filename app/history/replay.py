"""What the log says the states are: pure, from the events alone, in their order.

It relies on what the events record, not on their names: `proposal` with `to`, `from` and `revision`, and
`entry` with `status` and `version`. So states may be added to the workflow without a change here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class ProposalState:
    """A proposal as the log leaves it."""

    state: str | None = None
    revision: int = 1


@dataclass(frozen=True)
class EntryState:
    """An entry as the log leaves it."""

    status: str | None = None
    version: int | None = None


@dataclass
class States:
    """What every proposal, by number, and every entry, by id, has come to."""

    proposals: dict[str, ProposalState] = field(default_factory=dict)
    entries: dict[int, EntryState] = field(default_factory=dict)


# Until events recorded the status of the entry, it followed from the kind of change.
_STATUS_AFTER = {"proposed": "proposed", "adopted": "agreed", "withdrawn": "withdrawn"}


def replay(
    events: Iterable[Mapping[str, Any]], misfit: Callable[[Mapping[str, Any]], None] = lambda _event: None
) -> States:
    """The states after these events; `misfit` is told of each that begins in a state which the log did not leave.

    An event is given as the hash covers it, with its detail as an object.
    """
    states = States()
    for event in events:
        if event["proposal"] is not None:
            before = states.proposals.get(event["proposal"], ProposalState())
            if event["detail"].get("from", before.state) != before.state:
                misfit(event)
            states.proposals[event["proposal"]] = _proposal_after(before, event["detail"])
        if event["entry"] is not None and event["change"] is not None:
            shown = states.entries.get(event["entry"], EntryState())
            states.entries[event["entry"]] = _entry_after(shown, event["change"], event["detail"])
    return states


def _proposal_after(before: ProposalState, detail: Mapping[str, Any]) -> ProposalState:
    return replace(before, state=detail.get("to", before.state), revision=detail.get("revision", before.revision))


def _entry_after(before: EntryState, change: str, detail: Mapping[str, Any]) -> EntryState:
    status = detail.get("status") or _STATUS_AFTER.get(change, before.status)
    return EntryState(status, detail.get("version", before.version))
