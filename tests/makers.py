"""Small makers of contents and entries, with one obvious default each."""

from typing import Any

from sqlalchemy.orm import Session

from app.accounts import operations as accounts
from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.numbers import ENTRY_SERIES, next_number
from app.entries.tables import DecisionMethod, Entry, SubjectField
from app.profile import ApprovalLevel

DEFINITIONS = {
    "en": "object released to be taken for a warhead",
    "fr": "objet largué pour être pris pour une ogive",
    "ru": "объект, отделяемый для имитации боевого блока",
}
TERMS = {"en": "decoy", "fr": "leurre", "ru": "ложная цель"}
GENDERS = {"fr": "masculine", "ru": "feminine"}
"""The gender of most terms in the tests, by language."""
OTHER_GENDERS = {"fausse cible": "feminine"}

OWN = {"citation": "Compendium", "relation": "own"}


def section(language: str, *terms: str, definition: str | None = None) -> dict[str, Any]:
    """A section with a definition and these terms, the first one preferred."""
    texts = terms or (TERMS[language],)
    return {
        "definition": {"text": definition or DEFINITIONS[language], "sources": [OWN]},
        "terms": [
            {"text": text, "acceptability": "admitted" if place else "preferred", **_gender(language, text)}
            for place, text in enumerate(texts)
        ],
    }


def _gender(language: str, text: str) -> dict[str, str]:
    """Nothing for English."""
    return {"gender": OTHER_GENDERS.get(text, GENDERS[language])} if language in GENDERS else {}


def body(subject: str = "threat", **terms: str | None) -> dict[str, Any]:
    """A complete content as JSON; `en="…"` gives another preferred term, `ru=None` leaves a language out."""
    languages = {
        code: section(code, *([terms[code]] if terms.get(code) else []))
        for code in ("en", "fr", "ru")
        if terms.get(code, "") is not None
    }
    return {"subject_fields": [subject], "languages": languages}


def content(subject: str = "threat", **terms: str | None) -> EntryContent:
    """The same as a value."""
    return EntryContent.model_validate(body(subject, **terms))


def make_subject_field(db: Session, code: str = "threat", position: int = 1) -> SubjectField:
    """A subject field, if it is not there yet."""
    found = db.get(SubjectField, code)
    if found is None:
        labels = {f"label_{language}": code for language in ("en", "fr", "ru")}
        scopes = {f"scope_{language}": f"about {code}" for language in ("en", "fr", "ru")}
        found = SubjectField(code=code, position=position, **labels, **scopes)
        db.add(found)
        db.flush()
    return found


def make_entry(db: Session, subject: str = "threat", *, number: int | None = None, **terms: str | None) -> Entry:
    """An agreed entry."""
    return adopt_entry(db, content(subject, **terms), number=number)


def make_proposed_entry(db: Session, subject: str = "threat", **terms: str | None) -> Entry:
    """An entry that is shown as proposed."""
    make_subject_field(db, subject)
    number = next_number(db, ENTRY_SERIES, first=1001)
    return entries.open_entry(db, number, content(subject, **terms), proposal="P(2026)0001")


def make_withdrawn_entry(db: Session, **terms: str | None) -> Entry:
    """An entry whose proposal ended without adoption."""
    entry = make_proposed_entry(db, **terms)
    entries.close_unadopted(db, entry)
    return entry


def adopt_entry(db: Session, text: EntryContent, *, number: int | None = None) -> Entry:
    """An agreed entry with this text."""
    for code in text.subject_fields:
        make_subject_field(db, code)
    decision = entries.new_decision(db, method=DecisionMethod.INITIAL_LOAD, level=ApprovalLevel.EXPERT)
    return entries.load_adopted(
        db,
        accounts.secretariat(db),
        entry_id=number or next_number(db, ENTRY_SERIES, first=1001),
        content=text,
        decision=decision,
    )
