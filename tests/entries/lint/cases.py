"""The examples by which every check is judged, read from YAML files: one file a check.

    check: definition-article
    en:                                  # the language in which the check has to find, or not to find, something
      fails:
        - definition: a missile that flies by itself
          at: a                          # optional: the text of the span
      passes:
        - definition: missile that flies by itself

What a case may say of the section of its language: `terms` (texts, or mappings as in a content; the first
text is preferred, further ones admitted), `definition`, `notes`, `examples`, `no_equivalent`.
Of the rest: `content` (other fields of the content, among them `languages` with further sections), `number`,
`stage` (final unless said), `others` (entries around it: each a mapping with `number`, optionally `status`,
`content` and sections by language code as above), `refused` (terms of refused proposals, or a mapping of
them to the reasons given), `absent: true` (the content has no section in this language).
What is expected of a failing case: at least one mark in the language (or with no language), and if given one
with this `fault`, `at` (text of its span), `element`, `severity` and `fix`. A passing case: no mark at all
in the language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from app.entries.content import EntryContent
from app.entries.lint.collection import Collection
from app.entries.lint.finding import Finding
from app.entries.lint.reading import Neighbour, Reading, Refused, Stage, Surroundings
from app.entries.lint.running import CHECKS
from app.entries.status import EntryStatus
from app.languages.codes import LANGUAGES, LanguageCode

FOLDER = Path(__file__).parent / "examples"
OWN_NUMBER = "TMD-0900"
SECTION_FIELDS = ("terms", "definition", "notes", "examples", "no_equivalent")


@dataclass(frozen=True)
class Case:
    check: str
    language: LanguageCode
    fails: bool
    place: int
    fields: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.check}-{self.language}-{'fails' if self.fails else 'passes'}-{self.place}"

    @property
    def reading(self) -> Reading:
        extra = dict(self.fields.get("content", {}))
        sections = {code: section_of(fields) for code, fields in extra.pop("languages", {}).items()}
        if not self.fields.get("absent"):
            sections[self.language] = section_of(self.fields)
        content = content_of(sections, extra)
        number = self.fields.get("number", OWN_NUMBER)
        own = Neighbour(number, EntryStatus.AGREED, content)
        others = [neighbour_of(fields) for fields in self.fields.get("others", ())]
        around: Surroundings = Collection([own, *others]).seen_from(number)
        if "refused" in self.fields:
            around = _WithRefusals(around, self.fields["refused"])
        return Reading(content, number, Stage(self.fields.get("stage", "final")), around)

    @property
    def findings(self) -> list[Finding]:
        """What the check says of the language of the case."""
        found = CHECKS[self.check].findings(self.reading)
        return [finding for finding in found if finding.mark.language in (self.language, None)]


@cache
def all_cases() -> tuple[Case, ...]:
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in _cases(path))


def _cases(path: Path) -> Iterator[Case]:
    file = YAML(typ="safe", pure=True).load(path)
    for language in LANGUAGES:
        for outcome in ("fails", "passes"):
            for place, fields in enumerate(file.get(language, {}).get(outcome, ()), 1):
                yield Case(file["check"], language, outcome == "fails", place, fields)


def section_of(fields: dict[str, Any]) -> dict[str, Any]:
    """The section of a case; a definition may be plain text, terms may be plain texts."""
    section = {name: fields[name] for name in SECTION_FIELDS if name in fields}
    if isinstance(section.get("definition"), str):
        section["definition"] = {"text": section["definition"]}
    if not any(name in section for name in ("terms", "no_equivalent")):
        section["terms"] = ["…"]
    terms = []
    for place, term in enumerate(section.get("terms", ())):
        said = term if isinstance(term, dict) else {"text": term}
        usual = "admitted" if place or "no_equivalent" in section else "preferred"
        terms.append({"acceptability": usual, **said})
    return {**section, "terms": terms}


def content_of(sections: dict[str, Any], extra: dict[str, Any]) -> EntryContent:
    fields = {"subject_fields": ["threat"], **extra, "languages": sections}
    return EntryContent.model_validate(fields)


def neighbour_of(fields: dict[str, Any]) -> Neighbour:
    sections = {code: section_of(fields[code]) for code in LANGUAGES if code in fields}
    status = EntryStatus(fields.get("status", "agreed"))
    return Neighbour(fields["number"], status, content_of(sections, dict(fields.get("content", {}))))


class _WithRefusals:
    """Surroundings in which proposals for some terms were refused."""

    def __init__(self, around: Surroundings, terms: list[str] | dict[str, str | None]) -> None:
        self._around = around
        self._terms = terms if isinstance(terms, dict) else dict.fromkeys(terms, "outside the subject")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._around, name)

    def refused(self, language: LanguageCode, text: str) -> list[Refused]:  # noqa: ARG002
        return [Refused("P(2026)0001", self._terms[text])] if text in self._terms else []
