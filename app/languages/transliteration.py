"""Russian in Latin letters: written by the standards, and read back from whatever people type."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from app.languages.words import plain

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_VOWELS = frozenset("аеёиоуыэюя")


def _table(latin: str) -> dict[str, str]:
    return {letter: sign.strip("-") for letter, sign in zip(_CYRILLIC, latin.split(), strict=True)}


_ISO_9 = _table("a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â")
_SCHEMES = {
    "iso-9": _ISO_9,
    "gost-7.79-a": _ISO_9,  # system A of the Russian standard is ISO 9:1995
    "gost-7.79-b": _table("a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh `` y` ` e` yu ya"),
    "bgn-pcgn": _table("a b v g d e ë zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya"),
    "icao-9303": _table("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia"),
}


def to_latin(text: str, scheme: str) -> str:
    """The Russian text in the Latin letters of a TransliterationScheme; what is not Russian stays as it is.

    Raises KeyError for any other scheme.
    """
    table = _SCHEMES[scheme]
    composed = unicodedata.normalize("NFC", text)
    signs = []
    for place, letter in enumerate(composed):
        before, after = composed[place - 1 : place] if place else "", composed[place + 1 : place + 2]
        sign = table.get(letter.lower(), letter)
        if scheme == "bgn-pcgn" and letter in "еёЕЁ" and (not before.isalpha() or before.lower() in _SOFTENING):
            sign = "y" + sign
        elif scheme == "gost-7.79-b" and letter in "цЦ" and after and after.lower() in _FRONT:
            sign = "c"
        if letter.isupper():
            in_capitals = after.isupper() if after.isalpha() else before.isupper()
            sign = sign.upper() if in_capitals else sign.capitalize()
        signs.append(sign)
    return "".join(signs)


_SOFTENING = _VOWELS | frozenset("йъь")
"""Letters after which BGN/PCGN writes е as ye."""
_FRONT = frozenset("еёийыэюя")
"""Letters that begin with e, i, j or y in GOST 7.79 B, before which ц is c and not cz."""


_Rules = dict[str, str]
"""What signs stand for, as regular expressions and Russian letters."""


def _rules(text: str) -> _Rules:
    return dict(rule.rsplit("=", 1) for rule in text.split())


# A sign for ь or ъ stands after a consonant; the one for ъ, which may be a quotation mark, also before a letter.
_SIGNS = _rules(r"""
    (?<=[b-df-hj-np-tv-xzčšžŝ])(?:``|''|’’|["”ʺ])(?=[^\W\d_])=ъ  (?<=[b-df-hj-np-tv-xzčšžŝ])['’ʼ`´ʹ]=ь
""")
_LETTERS = _rules("""
    a=а b=б v=в w=в g=г d=д e=е z=з i=и j=й k=к q=к l=л m=м n=н o=о p=п r=р s=с t=т u=у f=ф h=х x=х c=ц y=ы
    ë=ё ž=ж č=ч š=ш ŝ=щ è=э é=е ê=е û=ю ü=ю â=я ä=я à=а ï=й ç=с ô=о î=и ù=у
""")
_CLUSTERS = _rules(r"""
    tsya\b=тся tsja\b=тся shch=щ shh=щ sch=щ zh=ж kh=х ts=ц tz=ц cz=ц ch=ч sh=ш iee=ъе ieia=ъя ieiu=ъю
    yo=ё jo=ё yë=ё ye=е je=е yu=ю ju=ю ya=я ja=я y[`'’]=ы e[`'’]=э
    (?<=[aeiouy])ia=я (?<=[aeiouy])iu=ю ia\b=ия (?<=[aeoy])i\b=й (?<=[aeiouyë])y=й
""")
_USUAL = _CLUSTERS | _SIGNS | _LETTERS


@dataclass(frozen=True, slots=True)
class _Habit:
    """A way of writing Russian in Latin letters, made ready for reading it."""

    pattern: re.Pattern[str]
    of_signs: dict[str, str]  # what plain signs stand for
    of_groups: list[str]  # what those signs stand for that depend on their neighbours, each a group of the pattern


def _habit(rules: _Rules, others: str = "") -> _Habit:
    # Alternatives are tried in order: what the habit has of its own goes first.
    first = _rules(others)
    ordered = first | {sign: letters for sign, letters in rules.items() if sign not in first}
    return _Habit(
        # Groups are slow, so that only the signs that need one have it.
        pattern=re.compile("|".join(sign if sign.isalpha() else f"({sign})" for sign in ordered)),
        of_signs={sign: letters for sign, letters in ordered.items() if sign.isalpha()},
        of_groups=[letters for sign, letters in ordered.items() if not sign.isalpha()],
    )


_HABITS = (
    _habit(_USUAL),
    _habit(_USUAL, r"tsia\b=тся ia=я iu=ю (?<=[aeiouy])i(?![aeiouy])=й"),  # passports: sviaz, liuk, voiska
    _habit(_SIGNS | _LETTERS),  # ISO 9, in which shema is схема
    _habit(_USUAL, "yo=йо jo=йо ye=ые je=йе"),  # rayon is район, raketnye ракетные
    _habit(_USUAL, "sch=сч ck=к c=к x=кс"),  # schislenie, komplex
    _habit(_USUAL, "chtch=щ tch=ч ch=ш iou=ю ou=у ia=я io=ё gu=г j=ж ss=с"),  # French
)
"""The ways in which people write Russian in Latin letters, the commonest first."""

_LATIN_LETTER = re.compile("[A-Za-zÀ-ÖØ-öø-ſ]")


def from_latin(text: str) -> tuple[str, ...]:
    """The Russian texts that a text in Latin letters may stand for, the likeliest first; none for other texts."""
    composed = unicodedata.normalize("NFC", text)
    if not _LATIN_LETTER.search(composed):
        return ()
    found = (_read(composed, habit) for habit in _HABITS)
    return tuple(dict.fromkeys(reading for reading in found if not _LATIN_LETTER.search(reading)))


def _read(text: str, habit: _Habit) -> str:
    """The text with each sign replaced by its letters, in capitals where the sign is."""

    def replaced(match: re.Match[str]) -> str:
        group, typed = match.lastindex, text[match.start() : match.end()]
        russian = habit.of_groups[group - 1] if group else habit.of_signs[match[0]]
        if typed.isupper() or (in_capitals and not typed.isalpha()):
            return russian.upper()
        return russian.capitalize() if typed[0].isupper() else russian

    in_capitals = text.isupper()
    return habit.pattern.sub(replaced, _in_small_letters(text))


def _in_small_letters(text: str) -> str:
    """The text in small letters, each in the place of its capital."""
    lowered = text.lower()
    # A few capitals, such as İ, have two small letters.
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_ALIKE = str.maketrans({"ь": "", "ъ": "", "й": "и", "ы": "и", "э": "е", "щ": "ш", "ц": "тс", "я": "иа", "ю": "иу"})
_DOUBLED = re.compile(r"(.)\1+")


def as_heard(word: str) -> str:
    """A Russian word without what Latin letters do not always tell apart; doubled letters stay."""
    return plain(word).translate(_ALIKE)


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """What of a Russian word survives Latin letters and the way back, whichever scheme was used."""
    once = _DOUBLED.sub(r"\1", as_heard(word))
    return _DOUBLED.sub(r"\1", once.replace("шч", "ш"))
