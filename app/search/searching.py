"""A look-up from the question to a page of hits."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from app.search.beginnings import begun_matches
from app.search.fulltext import fulltext_matches
from app.search.fuzzy import fuzzy_matches
from app.search.matching import exact_matches, exact_rows, numbered_match, whole_matches
from app.search.questions import Answer, Hit, Mode, Phase, Place, Question
from app.search.statements import Found


def search(db: Connection, question: Question, after: Place | None, limit: int) -> Answer:
    """The hits from the one after a place, best first. No mode but `auto` widens on its own."""
    match question.mode:
        case Mode.FULLTEXT:
            hits, reached = fulltext_matches(db, question, after, limit + 1)
            return _page(hits, reached, limit)
        case Mode.FUZZY:
            return _fuzzy(db, question, after, limit)
        case Mode.EXACT:
            return exact_page(question, exact_rows(db, [question])[0], after, limit)
        case Mode.PREFIX:
            hits, reached = begun_matches(db, question, frozenset(), after, limit + 1, parts=False)
            return _page(hits, reached, limit)
    if after is not None and after.phase == Phase.FUZZY:
        return _fuzzy(db, question, after, limit)
    whole = whole_matches(db, question) or numbered_match(db, question)
    hits = _rest(whole, after)
    reached = None
    if len(hits) <= limit:
        known = frozenset(hit.card.entry_id for hit in whole)
        begun = after if after is not None and after.phase in (Phase.PREFIX, Phase.PART) else None
        further, reached = begun_matches(db, question, known, begun, limit + 1 - len(hits), parts=True)
        hits = hits + further
    if not hits and after is None and reached is None:
        return _fuzzy(db, question, after, limit)
    return _page(hits, reached, limit)


def exact_page(question: Question, rows: Sequence[Found], after: Place | None, limit: int) -> Answer:
    """The same for a question that wants no more than what it is as it stands, given its `exact_rows`."""
    return _page(_rest(exact_matches(question, rows), after), None, limit)


def _fuzzy(db: Connection, question: Question, after: Place | None, limit: int) -> Answer:
    hits, suggestions = fuzzy_matches(db, question)
    page = _page(_rest(hits, after), None, limit)
    return Answer(page.hits, page.following, suggestions)


def _rest(hits: list[Hit], after: Place | None) -> list[Hit]:
    return hits if after is None else [hit for hit in hits if hit.place > after]


def _page(hits: list[Hit], reached: Place | None, limit: int) -> Answer:
    """At most `limit` of the hits, and where to go on if there are more or may be."""
    if len(hits) > limit:
        return Answer(hits[:limit], hits[limit - 1].place)
    return Answer(hits, reached)
