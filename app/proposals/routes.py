"""Proposals over HTTP.

`actor` stands before `db` in every route, so that a caller without a valid token never takes the writers' turn.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.accounts.deps import CurrentActor
from app.entries.content import EntryNumber
from app.entries.numbers import entry_id
from app.errors import (
    BadToken,
    GuardsFailed,
    IdempotencyKeyReused,
    InvalidInput,
    LanguageNotPermitted,
    NotAmendable,
    NotFound,
    NothingChanged,
    NotPermitted,
    PreconditionNeeded,
    SignInNeeded,
    StaleBase,
    StaleVersion,
    TransitionNotAllowed,
)
from app.http.cursors import decode_cursor, encode_cursor
from app.http.deps import AppProfile, AppSettings, ReadDb, WriteDb
from app.http.etags import PRIVATE, IfMatch, reply, require_match
from app.http.idempotency import IdempotencyKey, keep_answer, kept_answer, request_hash
from app.http.paging import next_link
from app.http.params import Cursor, Limit
from app.http.problems import problems
from app.proposals import operations, queries
from app.proposals.causes import NOTHING_GIVEN
from app.proposals.causing import cause, foresee
from app.proposals.dossier import dossier_of
from app.proposals.inputs import EventInput, NewProposal, NewRevision
from app.proposals.presenting import event_out, events_out, proposal_out, revision_out, summary_out
from app.proposals.schemas import EventList, EventOut, ProposalOut, ProposalPage, RevisionList
from app.proposals.workflow import Event, State

router = APIRouter(prefix="/v1/proposals", tags=["agreement"])

ProposalRef = Annotated[
    str, Path(max_length=32, pattern=r"^([Pp]\([0-9]{4}\)[0-9]{4,9}|[0-9]{1,9})$", examples=["P(2026)0042"])
]
TEXT_ERRORS = (LanguageNotPermitted, InvalidInput, NothingChanged, StaleBase)
EDIT_ERRORS = (
    SignInNeeded,
    BadToken,
    NotPermitted,
    NotFound,
    PreconditionNeeded,
    StaleVersion,
    TransitionNotAllowed,
)


@router.post(
    "",
    status_code=201,
    response_model=ProposalOut,
    responses=problems(
        SignInNeeded, BadToken, NotPermitted, NotFound, NotAmendable, IdempotencyKeyReused, *TEXT_ERRORS
    ),
    summary="Propose an entry, an amendment or a translation",
)
def propose(
    request: Request,
    body: NewProposal,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    settings: AppSettings,
    key: IdempotencyKey = None,
) -> Response:
    """The proposal is a draft of your party until you submit it; nobody else sees it."""
    asked = request_hash("propose", body.model_dump_json())
    if answer := kept_answer(db, actor.account_id, key, asked):
        return answer
    dossier = operations.propose(db, actor, profile, body)
    made = proposal_out(dossier, actor, settings.public_url)
    sent = reply(request, made, status=201, etag=dossier.etag, cache=PRIVATE, headers={"Location": made.uri})
    return keep_answer(db, actor.account_id, key, asked, sent)


@router.get(
    "",
    response_model=ProposalPage,
    responses=problems(SignInNeeded, BadToken, InvalidInput, NotFound),
    summary="List the proposals that you may read",
)
def list_proposals(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    settings: AppSettings,
    state: Annotated[list[State], Query(max_length=10)] = [],  # noqa: B006
    entry: Annotated[EntryNumber | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Your party's own and, once accepted for review, everybody's; the secretariat also sees what is submitted."""
    question = ("proposals", actor.account_id, state, entry)
    after = int(decode_cursor(cursor, (int,), *question)[0]) if cursor else 0
    wanted = entry_id(entry) if entry is not None else None
    found = queries.proposals_after(db, actor, state, wanted, after, limit + 1)
    following = encode_cursor([found[limit - 1][0].id or 0], *question) if len(found) > limit else None
    items = [summary_out(proposal, revision, settings.public_url) for proposal, revision in found[:limit]]
    return reply(
        request,
        ProposalPage(items=items, next=following),
        cache=PRIVATE,
        headers=next_link(request, following),
    )


@router.get(
    "/{ref}",
    response_model=ProposalOut,
    responses=problems(SignInNeeded, BadToken, NotFound),
    summary="One proposal with its current text",
)
def read_proposal(
    request: Request,
    actor: CurrentActor,
    db: ReadDb,
    profile: AppProfile,
    settings: AppSettings,
    ref: ProposalRef,
) -> Response:
    """The current revision, what the co-chairs have signed, and what you may do. The ETag is for your edits."""
    dossier = dossier_of(db, actor, ref, profile)
    return reply(request, proposal_out(dossier, actor, settings.public_url), etag=dossier.etag, cache=PRIVATE)


@router.get(
    "/{ref}/revisions",
    response_model=RevisionList,
    responses=problems(SignInNeeded, BadToken, NotFound),
    summary="All texts of a proposal",
)
def list_revisions(
    request: Request, actor: CurrentActor, db: ReadDb, profile: AppProfile, ref: ProposalRef
) -> Response:
    """Every revision that was ever made, oldest first, unchanged."""
    dossier = dossier_of(db, actor, ref, profile)
    items = [revision_out(dossier.proposal, revision) for revision in queries.revisions_of(db, dossier.id)]
    return reply(request, RevisionList(proposal=dossier.proposal.number, items=items), cache=PRIVATE)


@router.post(
    "/{ref}/revisions",
    status_code=201,
    response_model=ProposalOut,
    responses=problems(*EDIT_ERRORS, *TEXT_ERRORS),
    summary="Revise the text of a proposal",
)
def revise(
    request: Request,
    ref: ProposalRef,
    body: NewRevision,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    settings: AppSettings,
    if_match: IfMatch = None,
) -> Response:
    """The whole text as it should become. Sign-offs on the text before it no longer count."""
    dossier = dossier_of(db, actor, ref, profile)
    require_match(if_match, dossier.etag)
    revised = operations.revise(db, actor, dossier, body)
    return reply(
        request,
        proposal_out(revised, actor, settings.public_url),
        status=201,
        etag=revised.etag,
        cache=PRIVATE,
    )


@router.get(
    "/{ref}/events",
    response_model=EventList,
    responses=problems(SignInNeeded, BadToken, NotFound),
    summary="What you may do with a proposal",
)
def list_events(
    request: Request, actor: CurrentActor, db: ReadDb, profile: AppProfile, ref: ProposalRef
) -> Response:
    """The events that you may cause now, each with the conditions that are not met."""
    dossier = dossier_of(db, actor, ref, profile)
    body = EventList(
        proposal=dossier.proposal.number, state=dossier.proposal.state, items=events_out(dossier, actor)
    )
    return reply(request, body, cache=PRIVATE)


@router.post(
    "/{ref}/events/{event}",
    response_model=ProposalOut | EventOut,
    responses=problems(*EDIT_ERRORS, StaleBase, GuardsFailed, InvalidInput),
    summary="Move a proposal",
)
def cause_event(
    request: Request,
    ref: ProposalRef,
    event: Event,
    actor: CurrentActor,
    db: WriteDb,
    profile: AppProfile,
    settings: AppSettings,
    body: EventInput | None = None,
    dry_run: Annotated[
        bool, Query(description="Say what would come of it, with the conditions not met, and change nothing.")
    ] = False,
    if_match: IfMatch = None,
) -> Response:
    """Submit, certify, agree, break silence and so on: GET …/events lists what you may do now.

    A joint event takes effect once all its partners have recorded it. `revise` needs a text and has its own
    address. A dry run needs no If-Match.
    """
    dossier = dossier_of(db, actor, ref, profile)
    given = body or NOTHING_GIVEN
    if dry_run:
        return reply(
            request, event_out(foresee(db, actor, dossier, event, given)), etag=dossier.etag, cache=PRIVATE
        )
    require_match(if_match, dossier.etag)
    moved, decision = cause(db, actor, dossier, event, given)
    return reply(request, proposal_out(moved, actor, settings.public_url, decision), etag=moved.etag, cache=PRIVATE)
