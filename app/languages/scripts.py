"""Latin and Cyrillic letters, and those of each that look like letters of the other."""

import re
from functools import lru_cache
from typing import Literal

from app.languages.words import Word, words

Script = Literal["latin", "cyrillic", "greek"]

_LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿⱠ-Ɀ꜠-ꟿＡ-Ｚａ-ｚ"
_CYRILLIC = "\u0400-\u0482\u048a-\u052f\u1c80-\u1c8f\ua640-\ua66e\ua680-\ua69d"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_SCRIPTS: dict[Script, re.Pattern[str]] = {
    "latin": re.compile(f"[{_LATIN}]"),
    "cyrillic": re.compile(f"[{_CYRILLIC}]"),
    "greek": re.compile(f"[{_GREEK}]"),
}

# Printed alike in the same case; then alike only as capitals, which small letters may have been before.
_ALIKE = ("ABCEHKMOPTXYaceopxyËë", "АВСЕНКМОРТХУасеорхуЁё")
_ALIKE_AS_CAPITALS = ("bhkmt", "внкмт")
_NOT_RUSSIAN = ("ІіЅѕЈј", "IiSsJj")
_TO_CYRILLIC = str.maketrans(*_ALIKE)
_TO_LATIN = str.maketrans(*reversed(_ALIKE))
_REPAIR_TO_CYRILLIC = _TO_CYRILLIC | str.maketrans(*_ALIKE_AS_CAPITALS)
_REPAIR_TO_LATIN = _TO_LATIN | str.maketrans(*reversed(_ALIKE_AS_CAPITALS)) | str.maketrans(*_NOT_RUSSIAN)
# What a digit in a word may have been typed for; 1 is like two letters.
_OF_DIGITS = (
    (str.maketrans("0346", "ОЗЧБ"), _TO_CYRILLIC),
    (str.maketrans("0158", "OISB"), _TO_LATIN),
    (str.maketrans("0158", "OLSB"), _TO_LATIN),
)
_SMALL_L = re.compile("^l(?=[A-Z]+$)|(?<=[A-Z])l(?=[A-Z]*$)")


@lru_cache(maxsize=4096)
def script(character: str) -> Script | None:
    """The script of a letter, or None for digits, signs and letters of other scripts."""
    return next((name for name, letters in _SCRIPTS.items() if letters.match(character)), None)


def mixed_script_words(text: str) -> list[Word]:
    """The words in which Latin and Cyrillic letters stand side by side; «Ka-диапазон» has none, being two words."""
    return [word for word in words(text) if _is_mixed(word.text)]


def repaired(text: str) -> str:
    """The text with its mixed words put into one script, as far as look-alike letters allow."""
    mixed = mixed_script_words(text)
    if not mixed:
        return text
    pieces, done = [], 0
    for word in mixed:
        pieces += [text[done : word.start], _in_one_script(word.text, text)]
        done = word.end
    return "".join(pieces) + text[done:]


def letters_for_digits(text: str) -> tuple[str, ...]:
    """The text as it would be, had the digits in its words been typed for letters: «3РК», «ПР0», «1CBM»."""
    found = (_spelt_out(text, digits, alike) for digits, alike in _OF_DIGITS)
    return tuple(dict.fromkeys(spelling for spelling in found if spelling != text))


def _spelt_out(text: str, digits: dict[int, int], alike: dict[int, int]) -> str:
    pieces, done = [], 0
    for word in words(text):
        lettered = word.text.translate(digits)
        if lettered != word.text and any(map(str.isalpha, word.text)):
            respelled = lettered.translate(alike)
        elif _SMALL_L.search(word.text):
            respelled = word.text.replace("l", "I")
        else:
            continue
        if not _is_mixed(respelled):
            pieces += [text[done : word.start], respelled]
            done = word.end
    return "".join(pieces) + text[done:]


def lookalikes(text: str) -> tuple[str, ...]:
    """The text as it would be, had its words of nothing but look-alike letters been typed in the other alphabet."""
    other = (_respelled(text, _TO_CYRILLIC, "latin"), _respelled(text, _TO_LATIN, "cyrillic"))
    return tuple(dict.fromkeys(spelling for spelling in other if spelling != text))


def _is_mixed(word: str) -> bool:
    return bool(_SCRIPTS["latin"].search(word) and _SCRIPTS["cyrillic"].search(word))


def _in_one_script(word: str, text: str) -> str:
    """The mixed word in the script that its letters, and failing that the text around it, speak for."""
    as_cyrillic, as_latin = word.translate(_REPAIR_TO_CYRILLIC), word.translate(_REPAIR_TO_LATIN)
    possible = [spelling for spelling in (as_cyrillic, as_latin) if not _is_mixed(spelling)]
    if len(possible) != 2:
        return possible[0] if possible else word
    for speaking in (word, text):
        latin, cyrillic = (len(_SCRIPTS[name].findall(speaking)) for name in ("latin", "cyrillic"))
        if latin != cyrillic:
            return as_latin if latin > cyrillic else as_cyrillic
    return as_cyrillic


def _respelled(text: str, table: dict[int, int], source: Script) -> str:
    pieces, done = [], 0
    for word in words(text):
        respelled = word.text.translate(table)
        if _SCRIPTS[source].search(respelled) or _is_mixed(word.text):
            continue
        pieces += [text[done : word.start], respelled]
        done = word.end
    return "".join(pieces) + text[done:]
