"""What the API says of a look-up."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool
from pydantic_core import PydanticCustomError

from app.entries.content import Acceptability, Degree, TermType
from app.entries.indexing.rows import WarningCode
from app.entries.status import EntryStatus
from app.http.hot import HotQuery
from app.http.params import Cursor, Limit, SubjectCodes
from app.languages.codes import LanguageCode
from app.search.questions import MatchKind, Mode

QueryText = Annotated[
    str, Field(min_length=1, max_length=250, description="What to look up, as you would type it.")
]
Languages = Annotated[list[LanguageCode], Field(max_length=3)]


class SearchQuery(HotQuery):
    """The parameters of a look-up."""

    q: QueryText
    in_: Languages = Field(
        default_factory=list, alias="in", description="Search terms of these languages; all by default."
    )
    show: Languages = Field(default_factory=list, description="Return terms of these languages; all by default.")
    match: Mode = Mode.AUTO
    status: Annotated[list[EntryStatus], Field(max_length=5)] = Field(
        default_factory=list, description="Only entries of these statuses."
    )
    subject: SubjectCodes = Field(default_factory=list)
    limit: Limit = 20
    cursor: Cursor = None

    @property
    def needs_one_statement(self) -> bool:
        return self.match is Mode.EXACT


class SuggestQuery(HotQuery):
    """The parameters of a suggestion."""

    q: QueryText
    in_: Languages = Field(
        default_factory=list, alias="in", description="Terms of these languages; all by default."
    )
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class FoundEntry(BaseModel):
    id: int
    number: str = Field(examples=["TMD-0017"])
    status: EntryStatus
    subject_fields: list[str]
    uri: str
    ad_referendum: bool = Field(
        default=False,
        description="The co-chairs have agreed the text, the parties have yet to confirm it. Absent if false.",
    )
    reservations: int = Field(
        default=0,
        ge=0,
        description="How many reservations and statements of parties stand on the text; the entry has them. "
        "Absent if there are none.",
    )


class MatchedTerm(BaseModel):
    language: LanguageCode
    text: str
    type: TermType
    acceptability: Acceptability
    abbreviation_of: str | None = Field(description="The full form, if the term is an abbreviation of another.")


class Match(BaseModel):
    kind: MatchKind = Field(description="How the query was read so that it matched.")
    score: float = Field(ge=0, le=1, description="1 for a term as it was typed.")


class ShownTerm(BaseModel):
    text: str
    type: TermType
    acceptability: Acceptability


class Warned(BaseModel):
    """What to know before a term is used."""

    code: WarningCode = Field(
        description="`deprecated` (`preferred`: the term to use), `homograph` (`entries` with the same term), "
        "`false_friend` (`entries` that are easily confused with this one), `inexact_equivalence` (`pair`, "
        "`degree`), `no_equivalent` (`language`)."
    )
    params: dict[str, str | list[str]]


class Span(BaseModel):
    """A part of a text: from code point `start` to before code point `end`."""

    start: int
    end: int


class SnippetOut(BaseModel):
    """The place in the texts of the entry at which the words of the query occur."""

    language: LanguageCode
    element: Literal["definition", "note", "example"]
    text: str
    spans: list[Span] = Field(description="The words that were found, in code points of `text`.")


class SearchHit(BaseModel):
    entry: FoundEntry
    matched: MatchedTerm | None = Field(
        description="The term that was found, or what the entry of a number is called; null in full text."
    )
    match: Match
    terms: dict[LanguageCode, list[ShownTerm]]
    warnings: list[Warned]
    gist: str | None = Field(description="The beginning of the definition, where the term alone is ambiguous.")
    snippet: SnippetOut | None = Field(description="Only in full text.")


class SearchOut(BaseModel):
    query: str
    hits: list[SearchHit]
    did_you_mean: list[str] = Field(description="Terms that the query may have meant, where nothing matched.")
    next: str | None


class Suggestion(BaseModel):
    text: str
    language: LanguageCode
    type: TermType
    acceptability: Acceptability
    entry: str = Field(examples=["TMD-0017"])
    status: EntryStatus


class Suggestions(BaseModel):
    query: str
    items: list[Suggestion]


MOST_SEGMENTS = 10_000
MOST_CHARACTERS = 1_000_000
MOST_BYTES = 12 * MOST_CHARACTERS + 64 * MOST_SEGMENTS
"""So that the characters decide: JSON may take 12 bytes for one, and lay out each segment on a line of its own."""


def _is_unicode(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PydanticCustomError("string_unicode", "Half of a surrogate pair is no character") from error
    return text


Segment = Annotated[str, AfterValidator(_is_unicode)]


class LookupIn(BaseModel):
    """Segments of text, and what to find in them."""

    model_config = ConfigDict(extra="forbid")

    source: LanguageCode = Field(description="The language of the segments.")
    targets: Annotated[list[LanguageCode], Field(max_length=2)] = Field(
        default=[], description="The languages of the equivalents; the two others by default."
    )
    segments: Annotated[list[Segment], Field(max_length=MOST_SEGMENTS)] = Field(
        description=f"Together at most {MOST_CHARACTERS:,} characters.",
        examples=[["Tactical ballistic missiles were intercepted."]],
    )
    status: Annotated[list[EntryStatus], Field(max_length=5)] = Field(
        default=[], description="Only entries of these statuses; all by default."
    )
    target_required: StrictBool = Field(
        default=False, description="Only entries that have a term in at least one of the target languages."
    )
    overlaps: StrictBool = Field(
        default=False,
        description="Also terms that lie within longer ones, or overlap with one that begins earlier.",
    )


class SourceTerm(MatchedTerm):
    """The term of the compendium that occurs in the text."""


class TargetTerm(BaseModel):
    language: LanguageCode
    text: str
    type: TermType
    acceptability: Acceptability
    equivalence: Degree | None = Field(
        description="How far the concepts coincide, read from the source: `broader` if that of the source is."
    )


class LookupHit(BaseModel):
    segment: int = Field(description="The place of the segment, from 0.")
    start: int = Field(description="The first character in the segment, counted in Unicode code points.")
    end: int = Field(description="The character after the last, counted likewise.")
    matched: str = Field(description="What stands there.")
    match: Match
    entry: FoundEntry
    source: SourceTerm
    targets: list[TargetTerm] = Field(description="Those to be used first.")
    warnings: list[Warned]


class LookupOut(BaseModel):
    hits: list[LookupHit] = Field(
        description="In the order of the text; of terms that begin together, the longest first."
    )
    complete: bool = Field(description="False if there are more occurrences than one answer holds.")
