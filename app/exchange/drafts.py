"""An entry while it is being read: what the TBX and CSV readers have in common.

Codes of the warnings, which leave the entry standing: `unknown_category`, `unknown_value`,
`language_not_kept`, `section_left_out`, `definition_left_out`, `note_left_out`, `note_moved`,
`note_contradicted`, `repeated_term`, `status_assumed`, `subject_field_changed`, `subject_field_assumed`,
`statement_left_out`, `category_kept`, `value_kept`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from app.entries.content import Acceptability, Code, EntryContent, TermType
from app.entries.text import Passage, ShortText
from app.exchange.lowered import (
    AD_REFERENDUM,
    COARSER,
    Fields,
    fits,
    is_beside,
    raise_entry_note,
    raise_section_note,
    split,
    term_value,
)
from app.exchange.options import DEFAULTS, Extras, ReadOptions
from app.exchange.records import Fault, Incoming
from app.languages.codes import LANGUAGES, LanguageCode

SHOWN = 80
"""Characters of a foreign text that a warning repeats."""
MOST_NOTES = 50
"""Notes of a section."""

_CAPS = {
    "agreed": Acceptability.PREFERRED,
    "superseded": Acceptability.SUPERSEDED,
    "withdrawn": Acceptability.DEPRECATED,
}
ABBREVIATED = [type_ for type_ in TermType if type_.is_abbreviated]
_WEAKENING = list(Acceptability)


def _capped(cap: Acceptability) -> dict[Acceptability, Acceptability]:
    return {one: max(one, cap, key=_WEAKENING.index) for one in Acceptability}


_SHOWN = {status: _capped(cap) for status, cap in _CAPS.items()}
_SHOWN_BEFORE_AGREEMENT = _capped(Acceptability.ADMITTED)
_SCRIPTS = {"en": "latn", "fr": "latn", "ru": "cyrl"}
_REGION = re.compile(r"[A-Z]{2}|[0-9]{3}")


def shown_acceptability(acceptability: Acceptability, status: str) -> Acceptability:
    """The acceptability of a term for those who see the term and not the status of its entry.

    What has not been agreed is never shown as preferred, and what no longer holds never as usable.
    """
    return _SHOWN.get(status, _SHOWN_BEFORE_AGREEMENT)[acceptability]


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """The faults of a content that validation found, by field."""
    return tuple(
        Fault(
            field=".".join(map(str, item["loc"])),
            code=item["type"],
            params={name: value for name, value in item.get("ctx", {}).items() if isinstance(value, str | int)},
        )
        for item in error.errors(include_url=False, include_input=False)
    )


def language_of(tag: str) -> tuple[LanguageCode | None, str | None]:
    """Language and region of a BCP 47 tag, in any case and with either separator: `EN-us` is en, US.

    No language if it is none of ours, or is ours in the script of another, such as `ru-Latn`.
    """
    primary, *rest = tag.replace("_", "-").split("-")
    for code in LANGUAGES:
        if primary.lower() == code:
            region = next((part.upper() for part in rest if _REGION.fullmatch(part.upper())), None)
            scripts = [part.lower() for part in rest if len(part) == 4 and part.isalpha()]
            return (code if all(script == _SCRIPTS[code] for script in scripts) else None), region
    return None, None


@dataclass(frozen=True)
class Extra:
    """What a file says and a content has no field for."""

    path: str
    category: str
    value: str
    language: LanguageCode | None = None
    term: str = ""
    is_value: bool = False
    """Whether the category is one of ours, and only the value is not."""

    @property
    def note(self) -> str:
        """It as a note: `ракета — Entry status: open`."""
        about = f"{self.term} — " if self.term else ""
        return f"{about}{self.category}: {self.value}"


class Draft:
    """The fields of an entry found so far, and what its author must be told about them."""

    def __init__(self, line: int, reference: str | None, options: ReadOptions = DEFAULTS) -> None:
        self.options = options
        self._extras: list[Extra] = []
        self.line = line
        self.reference = reference
        self.status = "agreed"
        """The status that the file gives the entry. It serves to read the file and goes no further."""
        self.fields: Fields = {}
        self.sections: dict[LanguageCode, Fields] = {}
        self._faults: list[Fault] = []
        self._warnings: list[Fault] = []

    def warn(self, field: str, code: str, **params: str) -> None:
        """Note what was read differently or left out. The same thing is said once."""
        warning = Fault(field, code, dict(params))
        if warning not in self._warnings:
            self._warnings.append(warning)

    def warn_assumed(self, language: LanguageCode, term: Fields, status: Acceptability) -> None:
        """Note which status a term was given, of which the file says none that is known."""
        path = f"languages.{language}.terms"
        self.warn(path, "status_assumed", term=term["text"][:SHOWN], status=status.value)

    def fail(self, field: str, code: str, **params: str | int) -> None:
        """Note why the entry cannot be taken."""
        fault = Fault(field, code, params)
        if fault not in self._faults:
            self._faults.append(fault)

    def section(self, language: LanguageCode) -> Fields:
        """The section of a language, which is made when first asked for."""
        return self.sections.setdefault(language, {"notes": [], "examples": [], "terms": []})

    def language(self, tag: str) -> tuple[LanguageCode | None, str | None]:
        """Language and region of a tag, with a warning where the language is not kept."""
        code, region = language_of(tag)
        if code is None:
            self.warn("languages", "language_not_kept", language=tag[:SHOWN])
        return code, region

    def add_extra(self, extra: Extra) -> None:
        """What has no field, to be kept in a note if there is a section for it."""
        self._extras.append(extra)

    def pass_over(self, is_said: Callable[[Extra], bool]) -> None:
        """Forget the extras that say what stands in a field by now."""
        self._extras = [extra for extra in self._extras if not is_said(extra)]

    def add_subjects(self, text: str) -> None:
        """The subject fields that a text names, with semicolons between them."""
        for part in text.split(";"):
            if part.strip():
                self.add_subject(part.strip())

    def add_subject(self, text: str) -> None:
        """A subject field. A name such as `Missile Defence` is made a code."""
        code = text if fits(Code, text) else re.sub(r"[\s_/;,.]+", "-", text.lower()).strip("-")
        if not fits(Code, code):
            self.warn("subject_fields", "unknown_value", category="subjectField", value=text[:SHOWN])
            return
        if code != text:
            self.warn("subject_fields", "subject_field_changed", value=text[:SHOWN], subject=code)
        subjects = self.fields.setdefault("subject_fields", [])
        if code not in subjects:
            subjects.append(code)

    def is_beside(self, text: str) -> bool:
        """Whether a note stands beside the text and is no part of it; it is left out then, wherever it stood."""
        found = is_beside(text)
        if found:
            self.leave_beside(text)
        return found

    def leave_beside(self, text: str) -> None:
        """Leave out what somebody has said of the text: only a party makes its statements, and not by a file."""
        key = (split(text) or ("",))[0]
        if key != AD_REFERENDUM:
            self.warn("", "statement_left_out", value=text[:SHOWN])

    def raise_entry_note(self, text: str) -> bool:
        """Put a lowered note of the entry back into its field; whether it was one."""
        key, _, value = split(text) or ("", "", "")
        if key == "workflow":
            self.status = value
            return True
        return raise_entry_note(self.fields, text)

    def raise_term_note(self, language: LanguageCode, term: Fields, text: str) -> bool:
        """Put a lowered note of a term back into its field; whether it was one.

        A note makes the value beside it more exact. It does not overrule one that was changed since.
        """
        name, value = term_value(text) or ("", "")
        written = term.get(name)
        if not name or (name in ("usage_note", "abbreviation_of") and written is not None):
            return False
        if name == "transliterations":
            term[name].append(value)
        elif written is None or self._refines(name, value, written):
            term[name] = value
        else:
            self.warn(
                f"languages.{language}.terms",
                "note_contradicted",
                term=term["text"][:SHOWN],
                value=text[:SHOWN],
            )
        return True

    def _refines(self, name: str, value: str, written: str) -> bool:
        if name == "acceptability":
            return shown_acceptability(Acceptability(value), self.status) == written
        return written == value or written == COARSER.get(value)

    def add_term_note(self, language: LanguageCode, term: Fields, text: str) -> None:
        """A note at a term: one of its fields, else its usage note, else a note of the section."""
        if self.is_beside(text) or self.raise_term_note(language, term, text):
            return
        if "usage_note" not in term and fits(ShortText, text):
            term["usage_note"] = text
            return
        self.warn(f"languages.{language}.notes", "note_moved", term=term["text"][:SHOWN])
        raise_section_note(self.section(language), text)

    def add_term(self, language: LanguageCode, term: Fields) -> None:
        """A term of a section. One that was there already, but for its region, is taken once.

        Files with a section for en-GB and another for en-US repeat what the two have in common.
        """
        terms = self.section(language)["terms"]
        for other in terms:
            if {**other, "region": None} == {**term, "region": None}:
                if other.get("region") != term.get("region"):
                    other["region"] = None
                self.warn(f"languages.{language}.terms", "repeated_term", term=term["text"][:SHOWN])
                return
        terms.append(term)

    def incoming(self) -> Incoming:
        """The entry, validated."""
        for language in LANGUAGES:
            if language in self.sections:
                self._settle(language, self.sections[language])
        for extra in self._extras:
            self._keep(extra)
        if not self.fields.get("subject_fields") and self.options.subject is not None:
            self.warn("subject_fields", "subject_field_assumed", subject=self.options.subject)
            self.fields["subject_fields"] = [self.options.subject]
        content = None
        if not self._faults:
            try:
                content = EntryContent.model_validate({**self.fields, "languages": self.sections})
            except ValidationError as error:
                self._faults.extend(faults_of(error))
        return Incoming(self.line, self.reference, content, tuple(self._faults), tuple(self._warnings))

    def _keep(self, extra: Extra) -> None:
        """Keep an extra as a note of its language, else of the first language that there is; say whether it is."""
        language = extra.language if extra.language in self.sections else None
        if language is None and extra.language is None:
            language = next((code for code in LANGUAGES if code in self.sections), None)
        wanted = self.options.extras is Extras.NOTE and language is not None and fits(Passage, extra.note)
        notes = self.sections[language]["notes"] if wanted and language is not None else []
        if wanted and extra.note not in notes and len(notes) < MOST_NOTES:
            notes.append(extra.note)
        kept = extra.note in notes
        params = {"category": extra.category[:SHOWN]}
        if extra.is_value:
            self.warn(extra.path, "value_kept" if kept else "unknown_value", **params, value=extra.value[:SHOWN])
        else:
            self.warn(extra.path, "category_kept" if kept else "unknown_category", **params)

    def _settle(self, language: LanguageCode, section: Fields) -> None:
        """Drop a section that holds only notes, and decide on the terms of which no status is given."""
        if not (section["terms"] or "definition" in section or "no_equivalent" in section):
            del self.sections[language]
            self.warn(f"languages.{language}", "section_left_out", language=language)
            return
        full = [term for term in section["terms"] if term.get("type") not in ABBREVIATED]
        for term in section["terms"]:
            if "acceptability" not in term:
                # The only full form of its language needs no status to be the preferred one.
                # Of several, nothing tells which, and that is for the reader to say.
                alone = full == [term] and "no_equivalent" not in section
                term["acceptability"] = Acceptability.PREFERRED if alone else Acceptability.ADMITTED
                self.warn_assumed(language, term, term["acceptability"])
