"""Papers over HTTP, as HTML or Markdown, in each of the three languages."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from sqlalchemy.orm import Session

from app.accounts.deps import CurrentActor
from app.entries.parties import party_names
from app.entries.queries import decision_numbered
from app.errors import BadToken, NotAcceptable, NotFound, SignInNeeded
from app.http.deps import AppProfile, ReadDb
from app.http.etags import PRIVATE, PUBLIC, reply_bytes
from app.http.locale import preferred
from app.http.media import chosen
from app.http.params import DecisionNumber
from app.http.problems import problems
from app.languages.codes import LanguageCode
from app.proposals.dossier import dossier_of
from app.proposals.meetings.operations import meeting_numbered
from app.proposals.meetings.routes import MeetingRef
from app.proposals.papers import html, markdown
from app.proposals.papers.agenda import agenda
from app.proposals.papers.decision_sheet import decision_sheet
from app.proposals.papers.notice import notice
from app.proposals.papers.objections import objections
from app.proposals.papers.paper import Paper
from app.proposals.papers.words import Words
from app.proposals.papers.working_paper import working_paper
from app.proposals.routes import ProposalRef
from app.proposals.silence.queries import silence_numbered
from app.proposals.silence.routes import SilenceNumber

router = APIRouter(prefix="/v1", tags=["papers"])

PaperForm = Literal["html", "markdown"]

_MEDIA_TYPES = {"html": html.MEDIA_TYPE, "markdown": markdown.MEDIA_TYPE}
_WRITERS = {"html": html.write, "markdown": markdown.write}
# The words of a paper are those of many; whatever they are, a page made of them runs nothing and loads nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Wanted:
    """The form and the language in which a paper is wanted."""

    form: str
    language: LanguageCode

    def words(self, db: Session) -> Words:
        """How the paper speaks."""
        return Words(self.language, party_names(db))


async def _wanted(
    format: Annotated[PaperForm | None, Query(description="The form; by Accept if absent.")] = None,
    language: Annotated[LanguageCode | None, Query(description="By Accept-Language if absent.")] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> Wanted:
    return Wanted(chosen(format, accept, _MEDIA_TYPES), language or preferred(accept_language))


AsWanted = Annotated[Wanted, Depends(_wanted)]


def _documented(*errors: Any) -> dict[int | str, dict[str, Any]]:
    forms = {media_type.partition(";")[0]: {"schema": {"type": "string"}} for media_type in _MEDIA_TYPES.values()}
    return {**problems(*errors, NotAcceptable), 200: {"description": "The paper", "content": forms}}


_OF_THE_GROUP = _documented(SignInNeeded, BadToken, NotFound)
_OF_ALL = _documented(NotFound)


class PaperResponse(Response):
    """What the OpenAPI document knows as the answer: not JSON."""

    media_type = None


@router.get(
    "/silences/{number}/notice",
    response_class=PaperResponse,
    responses=_OF_THE_GROUP,
    summary="The notice of a silence procedure",
)
def read_notice(
    request: Request, _actor: CurrentActor, db: ReadDb, profile: AppProfile, number: SilenceNumber, wanted: AsWanted
) -> Response:
    """`N(2026)0009`: which texts are under silence until when, who may break it, and how."""
    return _sent(request, notice(db, silence_numbered(db, number), profile, wanted.words(db)), wanted)


@router.get(
    "/proposals/{ref}/working-paper",
    response_class=PaperResponse,
    responses=_OF_THE_GROUP,
    summary="The working paper on a proposal",
)
def read_working_paper(
    request: Request, actor: CurrentActor, db: ReadDb, profile: AppProfile, ref: ProposalRef, wanted: AsWanted
) -> Response:
    """`WP(2026)0042-R3`: the three texts side by side, what they change marked by word."""
    return _sent(request, working_paper(db, dossier_of(db, actor, ref, profile), wanted.words(db)), wanted)


@router.get(
    "/proposals/{ref}/objections",
    response_class=PaperResponse,
    responses=_OF_THE_GROUP,
    summary="The record of objections to a proposal",
)
def read_objections(
    request: Request, actor: CurrentActor, db: ReadDb, profile: AppProfile, ref: ProposalRef, wanted: AsWanted
) -> Response:
    """Which parties objected to what, when and why, what they proposed instead, and what became of it."""
    return _sent(request, objections(db, dossier_of(db, actor, ref, profile), wanted.words(db)), wanted)


@router.get(
    "/meetings/{number}/agenda",
    response_class=PaperResponse,
    responses=_OF_THE_GROUP,
    summary="The agenda of a meeting",
)
def read_agenda(
    request: Request, _actor: CurrentActor, db: ReadDb, number: MeetingRef, wanted: AsWanted
) -> Response:
    """`A(2026)02`: what the meeting deals with, and the working papers."""
    return _sent(request, agenda(db, meeting_numbered(db, number), wanted.words(db)), wanted)


@router.get(
    "/decisions/{number}/sheet",
    response_class=PaperResponse,
    responses=_OF_ALL,
    summary="The decision sheet",
)
def read_sheet(request: Request, db: ReadDb, number: DecisionNumber, wanted: AsWanted) -> Response:
    """`DS(2026)0031`: who decided what, when and how, and what was stated with it. Public, like the decision."""
    return _sent(
        request, decision_sheet(db, *decision_numbered(db, number), wanted.words(db)), wanted, cache=PUBLIC
    )


def _sent(request: Request, paper: Paper, wanted: Wanted, *, cache: str = PRIVATE) -> Response:
    headers = {
        "Content-Language": wanted.language,
        "Vary": "Accept, Accept-Language",
        "Content-Security-Policy": _POLICY,
    }
    body = _WRITERS[wanted.form](paper).encode("utf-8")
    return reply_bytes(request, body, _MEDIA_TYPES[wanted.form], cache=cache, headers=headers)
