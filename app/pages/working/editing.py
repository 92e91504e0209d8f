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
    ReferenceMatch,
    Register,
    RelationType,
    SourceRelation,
    TermType,
    TransliterationScheme,
)
from app.languages.codes import LANGUAGES, PAIRS
from app.pages.forms import Form
from app.pages.working.content_form import rows, unseen

SCHEME_NAMES = {
    TransliterationScheme.GOST_7_79_A: "ГОСТ 7.79 (А)",
    TransliterationScheme.GOST_7_79_B: "ГОСТ 7.79 (Б)",
    TransliterationScheme.ISO_9: "ISO 9",
    TransliterationScheme.BGN_PCGN: "BGN/PCGN",
    TransliterationScheme.ICAO_9303: "ICAO 9303",
}
"""What the schemes are called, the same in every language."""

_OF_TERM = (
    "text",
    "type",
    "acceptability",
    "part_of_speech",
    "gender",
    "number",
    "region",
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
            "match": [one.value for one in ReferenceMatch],
        },
        "schemes": [(one.value, SCHEME_NAMES[one]) for one in TransliterationScheme],
        "all_pairs": PAIRS,
    }


def seen_fields(form: Form) -> set[str]:
    """The fields of a content that the page has inputs for."""
    seen = {*_of_rows(form, "subject_fields")}
    seen |= {"notation", *_of_rows(form, "activities")}
    seen |= {*_of_rows(form, "relations", "type", "target"), *_of_rows(form, "references", "uri", "match", "label")}
    for pair in PAIRS:
        seen |= {f"equivalence.{pair}.degree", f"equivalence.{pair}.remark"}
    for code in LANGUAGES:
        seen |= set(_of_section(form, f"languages.{code}"))
    return seen


def _of_section(form: Form, start: str) -> list[str]:
    seen = [f"{start}.no_equivalent", f"{start}.definition.text"]
    for place in range(rows(form, f"{start}.terms")):
        seen += _of_term(form, f"{start}.terms.{place}")
    seen += _of_rows(form, f"{start}.definition.sources", "citation", "uri", "relation")
    return [*seen, *_of_rows(form, f"{start}.notes"), *_of_rows(form, f"{start}.examples")]


def _of_term(form: Form, start: str) -> list[str]:
    return [
        *(f"{start}.{name}" for name in _OF_TERM),
        *_of_rows(form, f"{start}.transliterations", "text", "scheme"),
        *_of_rows(form, f"{start}.contexts", "text", "source"),
        *_of_rows(form, f"{start}.sources"),
    ]


def _of_rows(form: Form, path: str, *names: str) -> list[str]:
    """The fields of the rows of a list."""
    places = [f"{path}.{place}" for place in range(rows(form, path))]
    return [f"{place}.{name}" for place in places for name in names] if names else places
