"""The board: proposals by state, party and deadline; and several put under silence at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError
from sqlalchemy import ColumnElement, and_, func, literal, or_
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.parties import party_names
from app.errors import DomainError, InvalidInput
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, ReadDb
from app.http.params import Cursor
from app.pages.entry import heads_of
from app.pages.forms import Form
from app.pages.paths import LANGUAGE
from app.pages.reader import Reader
from app.pages.rendering import page
from app.pages.working.access import FormWriter, Insider
from app.pages.working.faulting import WHOLE
from app.policy import Work
from app.profile import Profile
from app.proposals.dossier import dossier_of
from app.proposals.queries import readable
from app.proposals.silence import opening
from app.proposals.silence.schemas import NewSilence
from app.proposals.silence.tables import Period
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import OPEN_STATES, State

router = APIRouter(include_in_schema=False)

ROWS = 50
SECRETARIAT = "secretariat"
"""In place of the code of a party: what the secretariat has proposed itself."""

Order = Literal["number", "deadline"]
PartyAsked = Annotated[str, Query(max_length=31, pattern=r"^[a-z0-9-]*$")]
_END = func.coalesce(col(Proposal.deadline), col(Proposal.due_at))
"""When something happens to a proposal next: its deadline, or the day on which review should be done."""


@router.get(LANGUAGE + "/proposals")
def board_page(
    request: Request,
    reader: Insider,
    db: ReadDb,
    profile: AppProfile,
    state: Annotated[list[State], Query(max_length=20)] = [],  # noqa: B006
    party: PartyAsked = "",
    order: Order = "number",
    cursor: Cursor = None,
) -> Response:
    """The proposals that the reader may know of."""
    shown = _board(db, reader, profile, state, party, order, cursor)
    return page(request, reader, "working/board.html", private=True, form=Form(), **shown)


@router.post(LANGUAGE + "/proposals")
def ask_for_silence(writer: FormWriter, profile: AppProfile) -> Response:
    """Ask, as the co-chair of a side, for silence on several proposals together."""
    if writer.is_out:
        return writer.ask_to_sign_in()
    form = writer.form
    try:
        asked = NewSilence.model_validate(
            {"proposals": form.all("proposals"), "period": form.value("period") or None}
        )
        with writer.database.write() as db:
            dossiers = [dossier_of(db, writer.actor, number, profile) for number in asked.proposals]
            opened = opening.request(db, writer.actor, profile, dossiers, asked.period)
        return writer.see(f"/silences/{opened.number}" if opened is not None else "/proposals?state=ready")
    except ValidationError:
        refusal: DomainError = InvalidInput(field="proposals", reason="missing")
    except DomainError as error:
        refusal = error
    form.faults[WHOLE] = writer.say(refusal)
    with writer.database.read() as db:
        shown = _board(db, writer.reader, profile, [State.READY], "", "number", None)
        return writer.page("working/board.html", status=refusal.status, form=form, **shown)


@router.get(LANGUAGE + "/queue")
def queue_page(request: Request, reader: Insider, db: ReadDb) -> Response:
    """What waits for the secretariat, by what it has to do next."""
    waiting = [(state, _rows(db, reader.actor, [state], "", "number", None, ROWS + 1)) for state in QUEUE]
    names = party_names(db)
    return page(
        request,
        reader,
        "working/queue.html",
        private=True,
        waiting=[
            (state.value, [_row(*one, reader) for one in found[:ROWS]], len(found) > ROWS)
            for state, found in waiting
        ],
        party=lambda code: names.name(code, reader.language),
    )


QUEUE = (State.SUBMITTED, State.IN_REVIEW, State.OBJECTED)
"""The states from which the secretariat moves a proposal on."""


def _board(
    db: Session,
    reader: Reader,
    profile: Profile,
    states: Sequence[State],
    party: str,
    order: Order,
    cursor: str | None,
) -> dict[str, Any]:
    question = ("board", reader.actor.account_id, [*states], party, order)
    after = decode_cursor(cursor, (str, int), *question) if cursor else None
    found = _rows(db, reader.actor, states, party, order, after, ROWS + 1)
    following = None
    if len(found) > ROWS:
        last = found[ROWS - 1][0]
        end = last.deadline or last.due_at
        place: list[str | int | float] = [
            end.isoformat() if end is not None and order == "deadline" else "",
            last.id or 0,
        ]
        following = encode_cursor(place, *question)
    names = party_names(db)
    work = Work(None, True, True, profile.consenting_on(now(db).date()), profile.side_of)
    return {
        "rows": [_row(*one, reader) for one in found[:ROWS]],
        "next": following,
        "states": [state.value for state in State],
        "chosen": [state.value for state in states],
        "parties": [(code, names.name(code, reader.language)) for code in names],
        "chosen_party": party,
        "order": order,
        "may_propose": policy.may_draft(reader.actor),
        "may_ask": policy.each_co_chair(reader.actor, work),
        "periods": [one.value for one in Period],
        "party": lambda code: names.name(code, reader.language),
    }


def _row(proposal: Proposal, revision: ProposalRevision, reader: Reader) -> dict[str, Any]:
    return {
        "number": proposal.number,
        "head": heads_of(content_from(revision.content), reader)[0],
        "state": proposal.state.value,
        "kind": proposal.kind.value,
        "party": proposal.party,
        "entry": entry_number(proposal.entry_id) if proposal.entry_id is not None else None,
        "end": proposal.deadline or proposal.due_at if proposal.state in OPEN_STATES else None,
        "updated": proposal.updated_at,
    }


def _rows(
    db: Session,
    actor: Actor,
    states: Sequence[State],
    party: str,
    order: Order,
    after: Sequence[str | int | float] | None,
    limit: int,
) -> list[tuple[Proposal, ProposalRevision]]:
    """The proposals that the reader may know of, those made first or those that end first at the top."""
    query = readable(actor)
    if states:
        query = query.where(col(Proposal.state).in_(states))
    if party:
        query = query.where(col(Proposal.party).is_(None) if party == SECRETARIAT else col(Proposal.party) == party)
    if order == "deadline":
        query = query.where(_END.is_not(None), col(Proposal.state).in_(OPEN_STATES)).order_by(_END)
    if after is not None:
        query = query.where(_beyond(str(after[0]), int(after[1]), order))
    return [(p, r) for p, r in db.execute(query.order_by(col(Proposal.id)).limit(limit))]


def _beyond(end: str, number: int, order: Order) -> ColumnElement[bool]:
    """What stands after a place of the list. Raises InvalidInput."""
    beyond: ColumnElement[bool] = col(Proposal.id) > number
    if order == "number":
        return beyond
    try:
        moment = datetime.fromisoformat(end)
    except ValueError as error:
        raise InvalidInput(field="cursor", reason="bad_cursor") from error
    return or_(literal(moment) < _END, and_(literal(moment) == _END, beyond))
