"""The shipped glossary: a folder with `subject-fields.yaml` and one YAML file an entry.

`glossary/README.md` describes the format for the people who write and review the files.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from app.entries.content import Code, Definition, EntryContent, EntryNumber, Source
from app.entries.text import Passage, ShortText
from app.errors import BadGlossaryFile
from app.findings.schemas import CheckId
from app.languages.codes import LANGUAGES, LanguageCode, LanguagePair

Model = TypeVar("Model", bound=BaseModel)

OWN_DEFINITION = Source(citation="Compendium of theatre missile defence terms")
"""The source of a definition that a file gives as plain text: written for this project."""


class FileModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SubjectFieldFile(FileModel):
    code: Code
    label: dict[LanguageCode, ShortText]
    scope: dict[LanguageCode, Passage]

    @model_validator(mode="after")
    def _is_trilingual(self) -> "SubjectFieldFile":
        if any(set(part) != set(LANGUAGES) for part in (self.label, self.scope)):
            raise ValueError("label and scope are needed in en, fr and ru")
        return self


class Evidence(FileModel):
    """Where the equivalence of a pair was seen: A in parallel texts, B in part, C not yet."""

    confidence: Literal["A", "B", "C"]
    source: ShortText


class FileWaiver(FileModel):
    """Why a warning of the linter does not hold for the entry."""

    check: CheckId
    element: ShortText
    reason: Passage


class GlossaryEntry(FileModel):
    """One entry file."""

    number: EntryNumber
    status: Literal["agreed", "proposed"]
    evidence: Annotated[dict[LanguagePair, Evidence], Field(min_length=2)]
    justification: Passage | None = None
    waivers: tuple[FileWaiver, ...] = ()
    content: EntryContent

    @model_validator(mode="after")
    def _has_reason(self) -> "GlossaryEntry":
        if self.status == "proposed" and self.justification is None:
            raise ValueError("a proposed entry needs a justification")
        if self.status == "agreed" and any(e.confidence == "C" for e in self.evidence.values()):
            raise ValueError("an entry with a pair of confidence C cannot be loaded as agreed")
        if self.status == "agreed" and (missing := self.content.missing_for_agreement()):
            raise ValueError(f"an agreed entry is complete, and this one lacks {', '.join(missing)}")
        return self


def read_subject_fields(folder: Path) -> list[SubjectFieldFile]:
    """The subject fields of the glossary in their systematic order. Raises BadGlossaryFile."""
    path = folder / "subject-fields.yaml"
    rows = _parse(path)
    if not isinstance(rows, list):
        raise BadGlossaryFile(file=path.name, reason="a list of subject fields is expected")
    return [_validated(SubjectFieldFile, row, path) for row in rows]


def read_entries(folder: Path) -> Iterator[GlossaryEntry]:
    """The entries of the glossary by number. Raises BadGlossaryFile."""
    files: dict[str, str] = {}
    for path in sorted((folder / "entries").glob("*.yaml")):
        fields = _parse(path)
        if not isinstance(fields, dict):
            raise BadGlossaryFile(file=path.name, reason="a mapping is expected")
        entry = _validated(GlossaryEntry, _nested(fields), path)
        if entry.number in files:
            raise BadGlossaryFile(file=path.name, reason=f"{entry.number} is the number of {files[entry.number]}")
        files[entry.number] = path.name
        yield entry


def _nested(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a file as those of GlossaryEntry: a file is flat, for the sake of its readers."""
    envelope: dict[str, Any] = {
        key: fields[key] for key in ("number", "status", "evidence", "justification", "waivers") if key in fields
    }
    languages: dict[str, Any] = {code: _section(fields[code]) for code in LANGUAGES if code in fields}
    taken = {*envelope, *languages}
    rest = {key: value for key, value in fields.items() if key not in taken}
    return {**envelope, "content": {**rest, "languages": languages}}


def _section(section: Any) -> Any:
    if isinstance(section, dict) and isinstance(section.get("definition"), str):
        return {**section, "definition": Definition(text=section["definition"], sources=(OWN_DEFINITION,))}
    return section


def _parse(path: Path) -> Any:
    try:
        return YAML(typ="safe", pure=True).load(path)
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise BadGlossaryFile(file=path.name, reason=str(error)) from error


def _validated(model: type[Model], fields: Any, path: Path) -> Model:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()]
        raise BadGlossaryFile(file=path.name, reason="; ".join(faults)) from error
