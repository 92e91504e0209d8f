"""What the parts of a content are called, for the readers of papers and files; in the API they are paths."""

import re

from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.catalogues import N_, translated
from app.texts.filling import put

IN_LANGUAGE = {"en": N_("in English"), "fr": N_("in French"), "ru": N_("in Russian")}

_OF_SECTION = {
    "": N_("the text {in_language}"),
    "definition": N_("the definition {in_language}"),
    "notes": N_("a note {in_language}"),
    "examples": N_("an example {in_language}"),
    "no_equivalent": N_("the statement that there is no equivalent {in_language}"),
    "terms": N_("the terms {in_language}"),
}
_OF_ENTRY = {
    "": N_("the whole text"),
    "subject_fields": N_("the subject fields"),
    "notation": N_("the notation"),
    "relations": N_("the relations"),
    "references": N_("the references to other collections"),
    "activities": N_("the activities"),
    "equivalence": N_("the equivalence of the texts"),
    # Of two texts that are compared, the element is that of both.
    "definition": N_("the definition"),
    "terms": N_("the terms"),
    "notes": N_("the notes"),
    "examples": N_("the examples"),
}
_TERM = N_("the term “{term}” {in_language}")
_TERM_FIELD = N_("the term “{term}” {in_language} ({field})")
_RELATION = N_("the relation to {target}")
_EQUIVALENCE = N_("the equivalence of the texts {pair}")

_SECTION = re.compile(r"languages\.(\w{2})(?:\.([a-z_]+))?(?:\[(.+)\])?(?:\.(.+))?")
_PLAIN = re.compile(r"([a-z_]*)(?:\[(.+)\]|\.([a-z]{2}-[a-z]{2}))?(?:\..+)?")


def element_name(element: str, language: LanguageCode) -> str:
    """The name of an element in a language; its path where it has none."""
    section = _SECTION.fullmatch(element)
    if section is not None and section[1] in LANGUAGES:
        return _of_section(section, language) or element
    plain = _PLAIN.fullmatch(element)
    if plain is None or plain[1] not in _OF_ENTRY:
        return element
    if plain[1] == "relations" and plain[2]:
        return put(translated(_RELATION, language), target=plain[2])
    if plain[1] == "equivalence" and plain[3]:
        return put(translated(_EQUIVALENCE, language), pair=pair_name(plain[3]))
    return translated(_OF_ENTRY[plain[1]], language)


def in_language(code: str, language: LanguageCode) -> str:
    """`in Russian`, in a language."""
    return translated(IN_LANGUAGE[code], language)


def pair_name(pair: str) -> str:
    """A pair of languages as codes, which are the same to all readers: `EN–RU`."""
    return pair.upper().replace("-", "–")


def _of_section(found: re.Match[str], language: LanguageCode) -> str | None:
    code, part, item, field = found.groups()
    said = {"in_language": in_language(code, language)}
    if part == "terms" and item:
        sentence = _TERM_FIELD if field else _TERM
        return put(translated(sentence, language), term=item, field=field or "", **said)
    if (part or "") not in _OF_SECTION:
        return None
    return put(translated(_OF_SECTION[part or ""], language), **said)
