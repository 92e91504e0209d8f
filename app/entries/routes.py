"""Reading the compendium: entries, their history, subject fields, the alphabetical index."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.entries import queries
from app.entries.approval.queries import endorsements_of
from app.entries.browsing import index_page, subject_fields_out
from app.entries.canonical import content_from
from app.entries.diff import difference
from app.entries.numbers import entry_number
from app.entries.presenting import (
    decision_out,
    decision_ref,
    designation,
    statements_out,
    version_out,
)
from app.entries.schemas import (
    DecisionOut,
    DifferenceOut,
    DiffOut,
    IndexPage,
    LetterList,
    LetterOut,
    SubjectFieldList,
    VersionList,
    VersionOut,
    VersionSummary,
)
from app.entries.statements import statements_of
from app.entries.status import EntryStatus
from app.errors import InvalidInput, NotFound
from app.http.deps import AppSettings, ReadDb
from app.http.etags import reply
from app.http.paging import next_link
from app.http.params import Cursor, DecisionNumber, Limit, Ref
from app.http.problems import problems
from app.languages.codes import LanguageCode

router = APIRouter(prefix="/v1", tags=["entries"])

Statuses = Annotated[
    list[EntryStatus], Query(max_length=5, description="Only entries of these statuses; repeatable.")
]
Letter = Annotated[str, Path(min_length=1, max_length=2, pattern=r"^(#|\w+)$")]
VersionNumber = Annotated[int, Path(ge=1, le=1_000_000)]


@router.get(
    "/entries/{ref}/versions",
    response_model=VersionList,
    responses=problems(NotFound),
    summary="The adopted versions of an entry",
)
def list_versions(request: Request, db: ReadDb, ref: Ref) -> Response:
    """The versions of an entry, oldest first, each with the decision that made it."""
    entry = queries.entry_of(db, ref)
    items = [
        VersionSummary(
            version=version.number,
            designation=designation(version),
            corrects=version.corrects,
            digest=version.digest,
            adopted=version.adopted_at,
            decision=decision_ref(decision),
        )
        for version, decision in queries.versions_of(db, entry)
    ]
    return reply(request, VersionList(entry=entry_number(entry.id), items=items))


@router.get(
    "/entries/{ref}/versions/{version}",
    response_model=VersionOut,
    responses=problems(NotFound),
    summary="One adopted version",
)
def read_version(request: Request, db: ReadDb, settings: AppSettings, ref: Ref, version: VersionNumber) -> Response:
    """The text exactly as it was adopted, with its digest."""
    found, decision = queries.version_of(db, queries.entry_of(db, ref), version)
    statements = statements_out(db, statements_of(db, found.entry_id, found.number))
    later = endorsements_of(db, found.entry_id, found.number)
    return reply(request, version_out(found, decision, settings.public_url, statements, later))


@router.get(
    "/entries/{ref}/diff",
    response_model=DiffOut,
    responses=problems(NotFound),
    summary="What changed between two versions",
)
def read_diff(
    request: Request,
    db: ReadDb,
    ref: Ref,
    from_: Annotated[int, Query(alias="from", ge=1, le=1_000_000, description="The earlier version.")],
    to: Annotated[int, Query(ge=1, le=1_000_000, description="The later version.")],
) -> Response:
    """The fields that differ between two adopted versions."""
    entry = queries.entry_of(db, ref)
    before, _ = queries.version_of(db, entry, from_)
    after, _ = queries.version_of(db, entry, to)
    found = difference(content_from(before.content), content_from(after.content))
    shown = [DifferenceOut(path=d.path, before=d.before, after=d.after) for d in found]
    body = DiffOut(entry=entry_number(entry.id), from_version=from_, to_version=to, differences=shown)
    return reply(request, body)


@router.get(
    "/subject-fields",
    response_model=SubjectFieldList,
    responses=problems(validated=False),
    summary="The subject fields in systematic order",
    tags=["browsing"],
)
def list_subject_fields(request: Request, db: ReadDb) -> Response:
    """Labels and scope notes in the three languages, and the number of public entries."""
    items = subject_fields_out(db)
    return reply(request, SubjectFieldList(items=items))


@router.get(
    "/index/{language}",
    response_model=LetterList,
    responses=problems(),
    summary="The letters of the alphabetical index",
    tags=["browsing"],
)
def list_letters(request: Request, db: ReadDb, settings: AppSettings, language: LanguageCode) -> Response:
    """The initial letters in the order of the alphabet; `#` stands for terms that begin with none."""
    items = [
        LetterOut(
            letter=letter,
            terms=count,
            uri=f"{settings.public_url}/v1/index/{language}/{letter_in_path(letter)}",
        )
        for letter, count in queries.letters(db, language)
    ]
    return reply(request, LetterList(language=language, items=items))


@router.get(
    "/index/{language}/{letter}",
    response_model=IndexPage,
    responses=problems(InvalidInput),
    summary="The terms under a letter",
    tags=["browsing"],
)
def list_terms(
    request: Request,
    db: ReadDb,
    settings: AppSettings,
    language: LanguageCode,
    letter: Letter,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """The terms of a language in alphabetical order, admitted and deprecated ones included and marked."""
    page = index_page(db, language, letter, limit, cursor, settings.public_url)
    return reply(request, page, headers=next_link(request, page.next))


@router.get(
    "/decisions/{number}",
    response_model=DecisionOut,
    responses=problems(NotFound),
    summary="A decision and what it adopted",
    tags=["agreement"],
)
def read_decision(
    request: Request,
    db: ReadDb,
    number: DecisionNumber,
) -> Response:
    """When, how and at what level a decision was made, who consented and how, and what it adopted or ended."""
    return reply(request, decision_out(db, *queries.decision_numbered(db, number)))


def letter_in_path(letter: str) -> str:
    """A letter as it stands in an address; `#` would begin a fragment."""
    return "%23" if letter == "#" else letter
