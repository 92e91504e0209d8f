"""Whether the letters of an abbreviation come from its full form: initials, parts of compounds, or syllables."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.languages.codes import LanguageCode
from app.languages.function_words import is_function_word
from app.languages.words import plain, words

_LONGEST = 20
"""Letters of an abbreviation; of a longer one nothing is said."""

_VOWELS = frozenset("aeiouyаеиоуыэюя")
# After these a compound goes on with a word of its own: radio|location, inter|continental, за|горизонтный.
_PREFIX = re.compile(
    "aero|air|anti|auto|bio|contre|counter|cyber|electro|endo|exo|extra|fire|geo|ground|head|hydro|hyper|infra|inter|"
    "land|macro|micro|mid|mono|multi|opto|over|photo|poly|post|radio|sea|self|semi|space|sous|sub|super|sur|tele|"
    "thermo|trans|ultra|under|war|без|бес|вне|за|контр|меж|не|над|пере|под|пост|пред|раз|рас|сверх|радио"
)
_LINKING = re.compile("(?<=..[ое])[а-я](?=.{3})")
_SHORTEST_COMPOUND = 9
_WRITTEN_X = ("ex", "cross", "trans")
_IMPOSSIBLE = -1_000


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stands between two spaces of a full form: a word, or the parts of a hyphenated one."""

    parts: tuple[str, ...]
    carries_meaning: bool

    def starts(self) -> list[tuple[int, int]]:
        """The parts and positions where a word begins, or a word inside a compound does."""
        return [(place, position) for place, part in enumerate(self.parts) for position in _starts(part)]


def fits(abbreviation: str, full_form: str, language: LanguageCode) -> bool:
    """Whether the abbreviation can stand for the full form: ПРО ТВД, БРСД, TMD, C4ISR, NORAD, CPX, IR signature."""
    units = [unit for token in full_form.split() if (unit := _unit(token, language)).parts]
    spellings = list(_spellings(abbreviation))
    if not spellings or not any(unit.carries_meaning for unit in units):
        return True
    return _contracts(abbreviation, units) or any(_made_of(letters, units) for letters in spellings)


def _unit(token: str, language: LanguageCode) -> _Unit:
    inside = words(token)
    carries = any(not is_function_word(word.text, language) for word in inside)
    return _Unit(tuple(_bare(word.text) for word in inside), carries)


def _bare(text: str) -> str:
    """The letters and digits in small letters without accents."""
    pieces = unicodedata.normalize("NFD", plain(text))
    return "".join(piece for piece in pieces if piece.isalnum())


def _spellings(abbreviation: str) -> Iterator[str]:
    """The letters to be found: as written, with C4 as CCCC, without digits, without the s of a plural."""
    singular = re.sub(r"(?<=[^\W\d_a-z])s$", "", abbreviation)
    for text in dict.fromkeys((abbreviation, singular)):
        repeated = re.sub(r"([^\W\d_])([2-9])", lambda match: match[1] * int(match[2]), text)
        without_digits = re.sub(r"\d", "", text)
        for spelling in dict.fromkeys((text, repeated, without_digits)):
            letters = _bare(spelling)
            if 0 < len(letters) <= _LONGEST:
                yield letters


def _contracts(abbreviation: str, units: list[_Unit]) -> bool:
    """Whether each word of the abbreviation is one word of the full form cut short: CDR, TGT, IR signature."""
    tokens = [token for token in map(_bare, abbreviation.split()) if token]
    carrying = ["".join(unit.parts) for unit in units if unit.carries_meaning]
    return len(tokens) == len(carrying) and all(map(_is_contraction, tokens, carrying))


def _is_contraction(token: str, word: str) -> bool:
    rest = iter(word)
    return token[:1] == word[:1] and all(letter in rest for letter in token)


def _made_of(letters: str, units: list[_Unit]) -> bool:
    """Whether the letters are initials of the words, or initials and syllables of most of them: NORAD, CONOPS."""
    if _units_used(letters, units, by_syllables=False) > 0:
        return True
    used = _units_used(letters, units, by_syllables=True)
    left_out = sum(unit.carries_meaning for unit in units) - used
    return used > 0 and (left_out == 0 or 1 < used >= left_out)


def _units_used(letters: str, units: list[_Unit], *, by_syllables: bool) -> int:
    """From how many words with a meaning, at most, the letters can be taken in order, the first of them included.

    Not a positive number if they cannot.
    """
    starts = [unit.starts() for unit in units]

    @cache
    def onward(done: int, place: int) -> int:
        """The most words, when the next letter is taken from this one or a later one."""
        if place == len(units):
            return _IMPOSSIBLE
        return max(onward(done, place + 1), units[place].carries_meaning + inside(done, place, 0))

    @cache
    def inside(done: int, place: int, first: int) -> int:
        """The most words besides this one, when the next letter is taken from this start in it or a later one."""
        best = _IMPOSSIBLE
        for part, position in starts[place][first:]:
            for taken in _runs(letters[done:], units[place].parts[part], position, by_syllables=by_syllables):
                if done + taken == len(letters):
                    best = max(best, 0)
                    continue
                later = sum(start < (part, position + taken) for start in starts[place])
                best = max(best, onward(done + taken, place + 1), inside(done + taken, place, later))
        return best

    leading = next(place for place, unit in enumerate(units) if unit.carries_meaning)
    return max(units[place].carries_meaning + inside(0, place, 0) for place in range(leading + 1))


def _starts(part: str) -> list[int]:
    found = {0}
    if prefix := _PREFIX.match(part):
        found.add(prefix.end())
    if len(part) >= _SHORTEST_COMPOUND:
        found |= {match.start() for match in _LINKING.finditer(part)}
    return sorted(found)


def _runs(wanted: str, part: str, position: int, *, by_syllables: bool) -> Iterator[int]:
    """How many of the wanted letters can be taken here: one, or several that make a syllable."""
    if position == 0 and wanted[0] == "x" and part.startswith(_WRITTEN_X):
        yield 1
    has_vowel = False
    for taken, (letter, own) in enumerate(zip(wanted, part[position:], strict=False), 1):
        if letter != own or (taken > 1 and not by_syllables):
            return
        has_vowel |= letter in _VOWELS
        if taken == 1 or has_vowel:
            yield taken
