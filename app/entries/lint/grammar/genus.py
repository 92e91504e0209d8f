"""The words with which a definition begins: what stands where the broader concept belongs."""

import re

from app.entries.content import GrammaticalNumber
from app.entries.lint.lists import words_of
from app.languages.codes import LanguageCode
from app.languages.function_words import is_function_word
from app.languages.morphology import readings
from app.languages.words import Word, plain, words

# Not "mass", "radius", "analysis" or "ballistics".
_PLURAL = re.compile(r"(?<![sui])(?<!ic)s$")
_TO_A_VERB = {"en": re.compile(r"[Tt]o\s"), "fr": re.compile(r"[Ss](e\s|['’])\w+([ei]r|re)\b")}
_CLAUSE = re.compile(r"[,;:()—–]")
_IRREGULAR_PARTICIPLES = frozenset(
    ["built", "drawn", "found", "given", "held", "kept", "known", "laid", "led", "made", "put", "sent", "taken"]
)
_JOINING = frozenset({"and", "or"})
_NEAR = 4
"""Among how many words a collective one is looked for: “tactical unit”, “interconnected set”."""


def opening_infinitive(text: str, language: LanguageCode) -> Word | None:
    """The verb with which a text begins, if that word can be nothing but a verb in the infinitive."""
    opening = words(text)[:2]
    if language == "ru":
        return next((word for word in opening[:1] if _is_russian_infinitive(word.text)), None)
    if len(opening) > 1 and _TO_A_VERB[language].match(text):
        return opening[1]
    return next((word for word in opening[:1] if plain(word.text) in words_of("infinitives", language)), None)


def opening_number(text: str, language: LanguageCode) -> GrammaticalNumber | None:
    """The number of the noun phrase with which a text begins, where its form leaves no doubt."""
    if language == "en":
        return _english_number(words(text), text)
    return _french_number(words(text)) if language == "fr" else _russian_number(words(text))


def begins_with_collective(text: str, language: LanguageCode) -> bool:
    """Whether a singular word for many things, such as “set”, is among the first words."""
    return any(plain(word.text) in words_of("collectives", language) for word in words(text)[:_NEAR])


def _is_russian_infinitive(word: str) -> bool:
    found = readings(word)
    verbs = [r for r in found if r.is_known and r.part_of_speech == "verb" and r.lemma == plain(word)]
    return bool(found) and len(verbs) == len(found)


def _english_number(found: list[Word], text: str) -> GrammaticalNumber | None:
    """As the last word of the phrase before the first preposition, relative pronoun or participle has it."""
    phrase: list[Word] = []
    certain = True
    for word in found:
        between = text[phrase[-1].end : word.start] if phrase else ""
        if is_function_word(word.text, "en"):
            certain = plain(word.text) not in _JOINING
            break
        # The phrase may go on: "small, fast boats", "rail mounted launchers".
        participle = word.text.endswith("ed") or word.text in _IRREGULAR_PARTICIPLES
        if _CLAUSE.search(between) or (between.isspace() and participle):
            certain = False
            break
        # "Weapons training" is singular, "weapons firing salvoes" plural.
        if between.isspace() and word.text.endswith("ing"):
            return None
        phrase.append(word)
    plurals = [_PLURAL.search(word.text) is not None for word in phrase]
    if not phrase or any(plurals[:-1]) or any(plain(w.text) in words_of("invariable", "en") for w in phrase):
        return None
    if plurals[-1]:
        return GrammaticalNumber.PLURAL
    return GrammaticalNumber.SINGULAR if certain else None


def _french_number(found: list[Word]) -> GrammaticalNumber | None:
    """As the first word has it: an adjective before the noun agrees with it."""
    first = found[0].text if found else ""
    if not first or is_function_word(first, "fr") or plain(first) in words_of("invariable", "fr"):
        return None
    return GrammaticalNumber.PLURAL if first.endswith(("s", "x", "z")) else GrammaticalNumber.SINGULAR


def _russian_number(found: list[Word]) -> GrammaticalNumber | None:
    """As the first word has it: an adjective or participle before the noun agrees with it."""
    first = readings(found[0].text) if found else ()
    nominative = [r for r in first if r.case == "nominative" and r.part_of_speech in ("noun", "adjective")]
    numbers = {GrammaticalNumber(reading.number) for reading in nominative if reading.number}
    return numbers.pop() if len(numbers) == 1 else None
