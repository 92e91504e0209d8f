"""What the form of a content is made of."""

from typing import Any

from sqlalchemy.orm import Session

from app.entries.browsing import subject_fields_out
from app.entries.content import (
    Acceptability,
    Degree,
    Gender,
    GrammaticalNumber,
    PartOfSpeech,
    Register,
    RelationType,
    SourceRelation,
    TermType,
)
from app.languages.codes import LANGUAGES, PAIRS
from app.pages.forms import Form
from app.pages.working.content_form import rows, unseen

_OF_TERM = (
    "text",
    "type",
    "acceptability",
    "part_of_speech",
    "gender",
    "number",
    "register",
    "abbreviation_of",
    "usage_note",
)


def editor_of(db: Session, form: Form) -> dict[str, Any]:
    """The rows of the form, what can be chosen, and what goes along unseen."""
    return {
        "count": lambda path: rows(form, path),
        "kept": unseen(form, seen_fields(form)),
        "fields_of_subject": subject_fields_out(db),
        "codes": {
            "type": [one.value for one in TermType],
            "acceptability": [one.value for one in Acceptability],
            "part_of_speech": [one.value for one in PartOfSpeech],
            "gender": [one.value for one in Gender],
            "number": [one.value for one in GrammaticalNumber],
            "register": [one.value for one in Register],
            "source": [one.value for one in SourceRelation],
            "relation": [one.value for one in RelationType],
            "degree": [one.value for one in Degree],
        },
        "all_pairs": PAIRS,
    }


def seen_fields(form: Form) -> set[str]:
    """The fields of a content that the page has inputs for."""
    seen = {f"subject_fields.{place}" for place in range(rows(form, "subject_fields"))}
    for place in range(rows(form, "relations")):
        seen |= {f"relations.{place}.type", f"relations.{place}.target"}
    for pair in PAIRS:
        seen |= {f"equivalence.{pair}.degree", f"equivalence.{pair}.remark"}
    for code in LANGUAGES:
        seen |= set(_of_section(form, f"languages.{code}"))
    return seen


def _of_section(form: Form, start: str) -> list[str]:
    seen = [f"{start}.no_equivalent", f"{start}.definition.text"]
    for place in range(rows(form, f"{start}.terms")):
        seen += [f"{start}.terms.{place}.{name}" for name in _OF_TERM]
    for place in range(rows(form, f"{start}.definition.sources")):
        seen += [f"{start}.definition.sources.{place}.{name}" for name in ("citation", "uri", "relation")]
    for part in ("notes", "examples"):
        seen += [f"{start}.{part}.{place}" for place in range(rows(form, f"{start}.{part}"))]
    return seen
