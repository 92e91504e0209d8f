"""The compendium for reading through: by letter, by subject field."""

from sqlalchemy.orm import Session

from app.entries import queries
from app.entries.presenting import entry_refs
from app.entries.schemas import IndexedTerm, IndexPage, SubjectFieldOut
from app.errors import InvalidInput
from app.http.cursors import decode_cursor, encode_cursor
from app.languages.codes import LANGUAGES, LanguageCode


def index_page(
    db: Session, language: LanguageCode, letter: str, limit: int, cursor: str | None, public_url: str
) -> IndexPage:
    """The terms of a language under a letter, in alphabetical order. Raises InvalidInput."""
    question = ("index", language, letter)
    after = None
    if cursor:
        key, term_id = decode_cursor(cursor, (str, int), *question)
        after = (_sort_key(str(key)), int(term_id))
    rows = queries.terms_under(db, language, letter.upper(), after, limit + 1)
    refs = entry_refs(db, [entry for _, entry in rows[:limit]], public_url)
    items = [
        IndexedTerm(text=term.text, type=term.type, acceptability=term.acceptability, entry=refs[entry.id])
        for term, entry in rows[:limit]
    ]
    following = None
    if len(rows) > limit:
        last = rows[limit - 1][0]
        following = encode_cursor([last.sort_key.hex(), last.id or 0], *question)
    return IndexPage(language=language, letter=letter.upper(), items=items, next=following)


def subject_fields_out(db: Session) -> list[SubjectFieldOut]:
    """The subject fields in systematic order, with the number of their public entries."""
    return [
        SubjectFieldOut(
            code=field.code,
            label={code: getattr(field, f"label_{code}") for code in LANGUAGES},
            scope={code: getattr(field, f"scope_{code}") for code in LANGUAGES},
            entries=count,
        )
        for field, count in queries.subject_fields(db)
    ]


def _sort_key(text: str) -> bytes:
    """The sort key that a cursor holds. Raises InvalidInput."""
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise InvalidInput(field="cursor", reason="bad_cursor") from error
