"""The words that TBX files use for the values of a term, our own and those met in files of others."""

import re
from enum import StrEnum
from functools import lru_cache

from app.entries.content import Acceptability, Gender, GrammaticalNumber, PartOfSpeech, Register, TermType

PICKLISTS: dict[str, tuple[str, type[StrEnum]]] = {
    "administrativeStatus": ("acceptability", Acceptability),
    "partOfSpeech": ("part_of_speech", PartOfSpeech),
    "grammaticalGender": ("gender", Gender),
    "grammaticalNumber": ("number", GrammaticalNumber),
    "termType": ("type", TermType),
    "register": ("register", Register),
}
"""The field of a term that a data category fills."""

# Seen in exports of TermWeb, MultiTerm, Microsoft and SDL, and in TBX-Default.
_SYNONYMS: dict[type[StrEnum], dict[str, StrEnum]] = {
    Acceptability: {
        "recommended": Acceptability.PREFERRED,
        "standardized": Acceptability.PREFERRED,
        "approved": Acceptability.PREFERRED,
        "legal": Acceptability.ADMITTED,
        "regulated": Acceptability.ADMITTED,
        "allowed": Acceptability.ADMITTED,
        "accepted": Acceptability.ADMITTED,
        "nonstandardized": Acceptability.DEPRECATED,
        "rejected": Acceptability.DEPRECATED,
        "prohibited": Acceptability.DEPRECATED,
        "notrecommended": Acceptability.DEPRECATED,
        "forbidden": Acceptability.DEPRECATED,
        "obsolete": Acceptability.SUPERSEDED,
    },
    PartOfSpeech: {
        "nom": PartOfSpeech.NOUN,
        "substantif": PartOfSpeech.NOUN,
        "verbe": PartOfSpeech.VERB,
        "adjectif": PartOfSpeech.ADJECTIVE,
        "adverbe": PartOfSpeech.ADVERB,
        "nompropre": PartOfSpeech.PROPER_NOUN,
        "существительное": PartOfSpeech.NOUN,
        "глагол": PartOfSpeech.VERB,
        "прилагательное": PartOfSpeech.ADJECTIVE,
        "наречие": PartOfSpeech.ADVERB,
    },
    Gender: {
        "m": Gender.MASCULINE,
        "f": Gender.FEMININE,
        "n": Gender.NEUTER,
        "masculin": Gender.MASCULINE,
        "féminin": Gender.FEMININE,
        "neutre": Gender.NEUTER,
        "мужской": Gender.MASCULINE,
        "женский": Gender.FEMININE,
        "средний": Gender.NEUTER,
    },
    TermType: {
        "entryterm": TermType.FULL_FORM,
        "mainentryterm": TermType.FULL_FORM,
        "abbreviatedform": TermType.ABBREVIATION,
        "transliterated": TermType.VARIANT,
        "formula": TermType.SYMBOL,
        "phraseologicalunit": TermType.PHRASE,
        "setphrase": TermType.PHRASE,
    },
}
_UNCOUNTED = re.compile(r"[\W_]+")


@lru_cache(1_000)
def value_of(values: type[StrEnum], text: str) -> StrEnum | None:
    """The value that a text stands for, whatever its case, spacing and suffix; None if it is unknown."""
    word = _UNCOUNTED.sub("", text.casefold())
    for suffix in ("admnsts", "term", "register"):
        # `preferredTerm-admn-sts`, `technicalRegister`; but an `entryTerm` is a word of its own.
        if word not in _SYNONYMS.get(values, {}):
            word = word.removesuffix(suffix)
    by_word = {_UNCOUNTED.sub("", value): value for value in values}
    return by_word.get(word) or _SYNONYMS.get(values, {}).get(word)
