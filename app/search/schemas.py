"""What the API says of a look-up."""

from pydantic import BaseModel, Field

from app.entries.content import Acceptability, TermType
from app.entries.status import EntryStatus
from app.languages.codes import LanguageCode
from app.search.queries import MatchKind


class FoundEntry(BaseModel):
    id: int
    number: str
    status: EntryStatus
    subject_fields: list[str]
    uri: str


class MatchedTerm(BaseModel):
    language: LanguageCode
    text: str
    type: TermType
    acceptability: Acceptability


class Match(BaseModel):
    kind: MatchKind = Field(description="How the query was read so that it matched.")
    score: float = Field(ge=0, le=1)


class ShownTerm(BaseModel):
    text: str
    type: TermType
    acceptability: Acceptability


class SearchHit(BaseModel):
    entry: FoundEntry
    matched: MatchedTerm
    match: Match
    terms: dict[LanguageCode, list[ShownTerm]]


class SearchOut(BaseModel):
    query: str
    hits: list[SearchHit]
    did_you_mean: list[str] = Field(description="Terms that the query may have meant, where nothing matched.")
    next: str | None


class Suggestion(BaseModel):
    text: str
    language: LanguageCode
    entry: str = Field(examples=["TMD-0017"])
    status: EntryStatus


class Suggestions(BaseModel):
    query: str
    items: list[Suggestion]
