"""What travels with a text without being part of it: statements of parties, parallel texts of sides, ad referendum.

Each is one sentence or more that explains itself to whoever meets it in a CAT tool or a spreadsheet: who says it,
of what kind it is, what it is about, that it is not agreed, and the words in the language of the party.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.entries.content import Section
from app.exchange.lowered import AD_REFERENDUM, lowered
from app.exchange.records import Record, SideText, Stated
from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.catalogues import N_, translated
from app.texts.elements import element_name, in_language
from app.texts.filling import put

_KINDS = {
    "reservation": N_("Reservation of a party; not part of the agreed text."),
    "interpretative_statement": N_("Interpretative statement of a party; not part of the agreed text."),
    "national_usage_note": N_("Note of a party on national usage; not part of the agreed text."),
}
_TRANSLATION = N_("Unofficial translation of the text {in_language}.")
_SUBJECT = N_("It concerns {element}.")
_WORDS = N_("Text: {text}")
_INSTEAD = N_("The party uses instead: {text}")
_SIDE = N_("Text of one side; it is not agreed.")
_TERMS = N_("Terms: {text}")
_PREFERRED = N_("{term} (preferred)")
_DEFINITION = N_("Definition: {text}")
_NOTE = N_("Note: {text}")
_NO_EQUIVALENT = N_("There is no equivalent: {text}")
# In English like `workflow`: the codes of the file, and not the words of anybody.
_WAITS = "agreed by the co-chairs, not yet confirmed by the parties"


@dataclass(frozen=True)
class Beside:
    """One text that stands beside the content."""

    text: str
    """A lowered note, which names who says it."""
    language: LanguageCode | None = None
    """In which it is written; None for a code."""
    section: LanguageCode | None = None
    """The language whose text it is about; None if it is about the entry."""


def beside(record: Record) -> Iterator[Beside]:
    """All that stands beside the text of an entry, in the order in which it was said."""
    if record.ad_referendum:
        yield Beside(lowered(AD_REFERENDUM, _WAITS))
    for statement in record.statements:
        yield from _statement(statement)
    for side in record.sides:
        yield from _side(side)


def _statement(said: Stated) -> Iterator[Beside]:
    """A statement in the words of the party, then its translations."""
    # A translation into the party's own language is none, and must not stand for its words.
    for language, text in {said.language: "", **said.translations, said.language: said.text}.items():
        parts = [translated(_KINDS[said.kind], language)]
        if language != said.language:
            parts.append(_put(_TRANSLATION, language, in_language=in_language(said.language, language)))
        parts.append(_put(_SUBJECT, language, element=element_name(said.element, language)))
        parts.append(_put(_WORDS, language, text=_ended(text)))
        if said.alternative is not None and language == said.language:
            parts.append(_put(_INSTEAD, language, text=_ended(said.alternative)))
        yield Beside(
            _by(said.kind.replace("_", " "), said.names, language, parts), language, _section(said.element)
        )


def _side(side: SideText) -> Iterator[Beside]:
    """The text of a side, language by language."""
    for language, section in side.content.languages.items():
        parts = [translated(_SIDE, language), *_said_in(section, language)]
        yield Beside(_by("parallel text", side.names, language, parts), language, language)


def _said_in(section: Section, language: LanguageCode) -> Iterator[str]:
    if section.terms:
        named = [
            _put(_PREFERRED, language, term=term.text) if term is section.preferred else term.text
            for term in section.terms
        ]
        yield _put(_TERMS, language, text=_ended("; ".join(named)))
    if section.no_equivalent is not None:
        yield _put(_NO_EQUIVALENT, language, text=_ended(section.no_equivalent))
    if section.definition is not None:
        yield _put(_DEFINITION, language, text=_ended(section.definition.text))
    for note in section.notes:
        yield _put(_NOTE, language, text=_ended(note))


def _by(key: str, names: Mapping[LanguageCode, str], language: LanguageCode, parts: list[str]) -> str:
    # Brackets within brackets would hide where the name ends.
    name = names[language].replace("(", "[").replace(")", "]")
    return lowered(key, " ".join(parts), name)


def _section(element: str) -> LanguageCode | None:
    return next((code for code in LANGUAGES if f"{element}.".startswith(f"languages.{code}.")), None)


def _put(sentence: str, language: LanguageCode, **texts: str) -> str:
    return put(translated(sentence, language), **texts)


def _ended(text: str) -> str:
    """A text to which another sentence can be joined."""
    return text if text[-1] in ".!?…" else f"{text}."
