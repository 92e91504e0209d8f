"""A content in which one value at a time is another, to see which values a format carries."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from app.entries.content import (
    Acceptability,
    Degree,
    EntryContent,
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

ENUMS: dict[str, type[StrEnum]] = {
    "terms.*.type": TermType,
    "acceptability": Acceptability,
    "part_of_speech": PartOfSpeech,
    "gender": Gender,
    "number": GrammaticalNumber,
    "register": Register,
    "relations.*.type": RelationType,
    "degree": Degree,
    "relation": SourceRelation,
    "match": ReferenceMatch,
    "scheme": TransliterationScheme,
}
OTHERS = {
    "uri": "https://example.org/other",
    "target": "TMD-0099",
    "region": "CA",
    "notation": "9.9",
    "subject_fields.*": "other",
    "activities.*": "other",
}
KEYS = re.compile(r"^(languages|equivalence)\.[a-z-]+|\.[0-9]+")


@dataclass(frozen=True)
class Mutation:
    """A content that differs from another in one value."""

    path: str
    """The field, with `*` for keys of languages and places in lists."""
    language: str | None
    """The section in which the value stands."""
    term: int | None
    """The place of its term."""
    content: EntryContent

    @property
    def is_of_pair(self) -> bool:
        return self.path.startswith("equivalence")


def mutations(whole: dict[str, Any]) -> Iterator[Mutation]:
    """Every value of the content replaced by each other value that it may have."""
    for steps, value in leaves(whole):
        path = KEYS.sub(lambda found: f"{found[1]}.*" if found[1] else ".*", ".".join(map(str, steps)))
        for other in others(path, value):
            try:
                content = EntryContent.model_validate(changed(whole, steps, other))
            except ValidationError:
                continue
            language = str(steps[1]) if steps[0] == "languages" else None
            term = int(steps[3]) if language and steps[2] == "terms" else None
            yield Mutation(path, language, term, content)


def leaves(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict | list):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*steps, step))
    elif value is not None:
        yield steps, value


def others(path: str, value: str) -> list[str]:
    for end, values in ENUMS.items():
        if f".{path}".endswith(f".{end}"):
            return [other for other in values if other != value]
    return [next((other for end, other in OTHERS.items() if f".{path}".endswith(f".{end}")), f"{value} ёж")]


def changed(whole: dict[str, Any], steps: tuple[str | int, ...], other: str) -> dict[str, Any]:
    """The content with another value; abbreviations follow the term that they stand for."""
    made = copy.deepcopy(whole)
    part: Any = made
    for step in steps[:-1]:
        part = part[step]
    before, part[steps[-1]] = part[steps[-1]], other
    if steps[-1] == "text" and steps[-3] == "terms":
        for term in made["languages"][steps[1]]["terms"]:
            if term.get("abbreviation_of") == before:
                term["abbreviation_of"] = other
    elif steps[-1] == "abbreviation_of":
        terms = made["languages"][steps[1]]["terms"]
        part["abbreviation_of"] = next(t["text"] for t in terms if t["text"] not in (before, part["text"]))
    return made
