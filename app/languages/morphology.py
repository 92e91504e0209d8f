"""Russian words taken apart by the OpenCorpora dictionary: their lemmas, and what they are in a phrase."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Literal

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

from app.languages.words import plain

PartOfSpeech = Literal[
    "noun", "adjective", "verb", "adverb", "numeral", "pronoun", "preposition", "conjunction", "other"
]
Gender = Literal["masculine", "feminine", "neuter"]
Number = Literal["singular", "plural"]
Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]

MORPHOLOGY_VERSION = f"pymorphy3 {version('pymorphy3')}, dictionary {version('pymorphy3-dicts-ru')}, rules 1"
"""What the lemmas depend on; stored lemmas made under another version have to be made again."""

_PARTS: dict[str, PartOfSpeech] = {
    "NOUN": "noun", "ADJF": "adjective", "ADJS": "adjective", "COMP": "adjective", "PRTF": "adjective",
    "PRTS": "adjective", "VERB": "verb", "INFN": "verb", "GRND": "verb", "ADVB": "adverb", "PRED": "adverb",
    "NUMR": "numeral", "NPRO": "pronoun", "PREP": "preposition", "CONJ": "conjunction",
}  # fmt: skip
_GENDERS: dict[str, Gender] = {"masc": "masculine", "femn": "feminine", "neut": "neuter"}
_NUMBERS: dict[str, Number] = {"sing": "singular", "plur": "plural"}
_CASES: dict[str, Case] = {
    "nomn": "nominative", "gent": "genitive", "gen1": "genitive", "gen2": "genitive", "datv": "dative",
    "accs": "accusative", "acc2": "accusative", "ablt": "instrumental", "loct": "prepositional",
    "loc1": "prepositional", "loc2": "prepositional",
}  # fmt: skip
_UNIT = re.compile(r"\w[\w\u0301\u00ad-]*")
_RUSSIAN = re.compile("[А-яЁё]")
_RUSSIAN_WORD = re.compile("[а-яё0-9-]+")
_NAMES = ("Surn", "Name", "Patr")
_PLAUSIBLE = 0.01
"""A reading is left out when another is more than a hundred times as likely."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of understanding a word form: its lemma, its grammar, and how likely it is (0 to 1)."""

    lemma: str
    part_of_speech: PartOfSpeech
    gender: Gender | None
    number: Number | None
    case: Case | None
    score: float
    is_known: bool


@lru_cache(maxsize=65_536)
def readings(word: str) -> tuple[Reading, ...]:
    """Every reading of a Russian word form, the likeliest first; none if it is no Russian word."""
    found = [parse for parse in parses(plain(word)) if parse.tag.POS]
    # «боевой» is a form of a surname too; terms are seldom made of surnames.
    common = [parse for parse in found if not any(name in parse.tag for name in _NAMES)]
    return tuple(_reading(parse) for parse in common or found)


def lemmas(word: str) -> tuple[str, ...]:
    """The plausible dictionary forms of a word, the likeliest first; the word itself if it has none."""
    likely = [reading.lemma for reading in _plausible(word)]
    return tuple(dict.fromkeys(likely)) or (plain(word),)


def head_noun(phrase: str) -> Reading | None:
    """The noun that a Russian term in the nominative turns on, or None where that cannot be told.

    It is the first noun in the nominative that no preposition governs and that is not an adjective of a later one.
    Initialisms leave the question open: no dictionary has them all, or the gender of the word they stand for.
    """
    governed = False
    units = _units(phrase)
    for place, unit in enumerate(units):
        found = _plausible(unit)
        if unit.isupper():
            if not governed:
                return None
        elif any(reading.part_of_speech == "preposition" for reading in found):
            governed = True
        elif governed:
            governed = not any(reading.part_of_speech == "noun" for reading in found)
        elif (noun := _nominative_noun(unit)) and not _is_adjective_of(unit, units[place + 1 :]):
            return noun if _gender_is_sure(unit) else None
    return None


def _units(phrase: str) -> list[str]:
    """The Russian words of the phrase, «ракета-перехватчик» as one, without the first part of «СВЧ-излучение»."""
    found = []
    for unit in _UNIT.findall(phrase):
        *parts, last = unit.split("-")
        parts = [part for part in parts if len(part) > 1 and not part.isupper() and _RUSSIAN.match(part)]
        if not parts and "-" in unit and len(last) == 1:
            continue
        found.append("-".join([*parts, last]))
    return [unit for unit in found if _RUSSIAN.match(unit)]


def _plausible(word: str) -> list[Reading]:
    found = readings(word)
    return [reading for reading in found if reading.score >= _PLAUSIBLE * found[0].score]


def _nominatives(word: str) -> list[Reading]:
    return [r for r in _plausible(word) if r.part_of_speech == "noun" and r.case == "nominative"]


def _nominative_noun(word: str) -> Reading | None:
    return next(iter(_nominatives(word)), None)


def _gender_is_sure(word: str) -> bool:
    """Whether no other noun with the same form, as likely, is of another gender: осадки may be осадка or осадок."""
    first, *others = _nominatives(word)
    return all(other.gender == first.gender or other.score < first.score for other in others)


def _is_adjective_of(word: str, later: list[str]) -> bool:
    """Whether the word is also an adjective in the nominative, with a noun to come that it agrees with."""
    adjectives = [r for r in _plausible(word) if r.part_of_speech == "adjective" and r.case == "nominative"]
    nouns = [noun for unit in later if not unit.isupper() for noun in _nominatives(unit)]
    return any(
        adjective.number == noun.number and adjective.gender in (noun.gender, None)
        for adjective in adjectives
        for noun in nouns
    )


def parses(word: str) -> list[Parse]:
    """What the dictionary says of a word in small Russian letters; nothing of any other."""
    if not (
        _RUSSIAN_WORD.fullmatch(word) and _RUSSIAN.search(word)
    ):  # pymorphy3 fails on letters that Unicode has not named
        return []
    found: list[Parse] = _analyser().parse(word)
    return found


@lru_cache(maxsize=1)
def _analyser() -> MorphAnalyzer:
    """The dictionary, read when it is first asked for: it takes a moment and some memory."""
    return MorphAnalyzer(lang="ru")


def _reading(parse: Parse) -> Reading:
    tag = parse.tag
    return Reading(
        lemma=plain(parse.normal_form),
        part_of_speech=_PARTS.get(str(tag.POS), "other"),
        gender=_GENDERS.get(str(tag.gender)),
        number=_NUMBERS.get(str(tag.number)),
        case=_CASES.get(str(tag.case)),
        score=parse.score,
        is_known=parse.is_known,
    )
