"""Numbers, units and dates in a text, however the language writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from app.entries.lint.finding import Span
from app.entries.lint.lists import replacements_of
from app.languages.codes import LanguageCode

MONTH = "month"
"""The unit of a month that is named in a date."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, with its unit where it has one."""

    span: Span
    number: Decimal
    """As the text gives it, thousands and millions multiplied out."""
    unit: str | None = None
    """The base unit: metres for kilometres."""
    amount: Decimal = Decimal(0)
    """The number in base units."""

    def agrees(self, other: "Quantity") -> bool:
        """Whether both may mean the same. A range names its unit only once: 500 to 1,000 km."""
        if (self.unit and other.unit) or MONTH in (self.unit, other.unit):
            return (self.unit, self.amount) == (other.unit, other.amount)
        if self.number == other.number:
            return True
        # The 1990s are also called the 90s.
        low, high = sorted((self.number, other.number))
        return low < 100 and 1900 <= high < 2100 and high % 100 == low


# A comma groups thousands in English and parts decimals in French and Russian; a space groups in all three.
_NUMBER = {
    "en": re.compile(r"(?<!\w)(?<!\d[.,])(\d{1,3}(?:[,\s]\d{3})+(?!\d)|\d+)(?:[.,](\d+))?(?![.,]?\d)"),
    "fr": re.compile(r"(?<!\w)(?<!\d[.,])(\d{1,3}(?:[.\s]\d{3})+(?!\d)|\d+)(?:[.,](\d+))?(?![.,]?\d)"),
}
_NUMBER["ru"] = _NUMBER["fr"]
_DATE = re.compile(r"(?<![\w.-])(?:(\d{1,2})([./])(\d{1,2})\2(\d{4})|(\d{4})-(\d{2})-(\d{2}))(?![\w-]|\.\d)")
_ORDINAL = {
    "en": re.compile(r"(?:st|nd|rd|th|s)(?!\w)"),
    "fr": re.compile(r"(?:er|ère|re|e|ème|es|nd|nde)(?!\w)"),
    "ru": re.compile(r"[-‑]?(?:й|я|е|го|му|м|ми|х|ой|ю)(?!\w)"),
}
_DESIGNATED = re.compile(r"(\w*[^\W\d_])[-‑–]$")
_MACH = re.compile(r"(?:\bMach|\b[Мм]ах[аеу]?|\b[MМ]\s?[=>≥])\s?$")
_BEFORE_UNIT = re.compile(r"(?:\sde(?=\s))?[\s‑-]?")
_ROMAN = re.compile(r"(?<!\w)([IVX]+)(?:er|e|ème)?(?!\w)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def quantities(text: str, language: LanguageCode) -> list[Quantity]:
    """The numbers written in digits, and the months of dates. The numbers of designations such as С-300 are not."""
    found = list(_dates(text))
    rest = _DATE.sub(lambda date: " " * len(date[0]), text)
    found += _months(rest, language)
    found += [q for match in _NUMBER[language].finditer(rest) if (q := _quantity(match, rest, language))]
    return sorted(found, key=lambda quantity: quantity.span)


def spelled(text: str, language: LanguageCode) -> frozenset[Decimal]:
    """The numbers that words and Roman figures of the text may stand for."""
    pattern, values = _finder("number-words", language, re.IGNORECASE)
    said = " ".join(values[match.lastindex - 1] for match in pattern.finditer(text) if match.lastindex)
    return frozenset(map(Decimal, said.split())) | {_roman(figures) for figures in _ROMAN.findall(text)}


def _quantity(match: re.Match[str], text: str, language: LanguageCode) -> Quantity | None:
    start, end = match.span()
    whole, part = re.sub(r"\D", "", match[1]), match[2] or "0"
    number = Decimal(f"{whole}.{part}").normalize()
    factor, end = _scale(text, end, language)
    number *= factor
    if _MACH.search(text, 0, start):
        return Quantity((start, end), number, "Mach", number)
    # Before units: the s of 1970s is no second.
    unit = None if _ORDINAL[language].match(text, end) else _unit(text, end, language)
    if unit:
        per, base, end = unit
        return Quantity((start, end), number, base, number * per)
    return None if _is_designation(text, start, end, language) else Quantity((start, end), number)


def _scale(text: str, end: int, language: LanguageCode) -> tuple[Decimal, int]:
    pattern, values = _finder("scales", language, re.IGNORECASE)
    match = pattern.match(text, end + 1) if text[end : end + 1].isspace() else None
    return (Decimal(values[match.lastindex - 1]), match.end()) if match and match.lastindex else (Decimal(1), end)


def _unit(text: str, end: int, language: LanguageCode) -> tuple[Decimal, str, int] | None:
    pattern, values = _finder("units", language)
    between = _BEFORE_UNIT.match(text, end)
    match = pattern.match(text, between.end()) if between else None
    if not (match and match.lastindex):
        return None
    factor, base = values[match.lastindex - 1].split()
    return Decimal(factor), base, match.end()


def _is_designation(text: str, start: int, end: int, language: LanguageCode) -> bool:
    """Whether the digits are part of a name: С-300, 9М83, 3-D, but not mid-1970s or 30-й."""
    before = _DESIGNATED.search(text, 0, start)
    if before and not before[1].islower():
        return True
    if _ORDINAL[language].match(text, end):
        return False
    following = text[end : end + 2].lstrip("-‑")
    return text[end : end + 1].isalpha() or (len(following) == 1 and following.isupper())


def _dates(text: str) -> Iterator[Quantity]:
    """The parts of dates in figures. 04/05/1949 is in April or in May: only its year is certain."""
    for match in _DATE.finditer(text):
        day, mark, month, year = match.group(1, 2, 3, 4) if match[1] else (match[7], "-", match[6], match[5])
        if mark == "/" and int(month) > 12:
            day, month = month, day
        if mark != "/" or int(day) > 12 or day == month:
            yield Quantity(match.span(), Decimal(day))
            yield Quantity(match.span(), Decimal(month), MONTH, Decimal(month))
        yield Quantity(match.span(), Decimal(year))


def _months(text: str, language: LanguageCode) -> Iterator[Quantity]:
    """The names of months beside a number: may and mars are also other words."""
    pattern, values = _finder("months", language)
    for match in pattern.finditer(text):
        beside = re.search(r"\d(?:er|st|nd|rd|th)?\s(?:of\s)?$", text[: match.start()]) or re.match(
            r"\s\d", text[match.end() :]
        )
        if beside and match.lastindex:
            month = Decimal(values[match.lastindex - 1])
            yield Quantity(match.span(), month, MONTH, month)


@cache
def _finder(
    name: str, language: LanguageCode, flags: re.RegexFlag = re.NOFLAG
) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What finds the words of a list, and what the group that matched stands for."""
    said = replacements_of(name, language)
    longest_first = sorted(said, key=lambda phrase: (-len(phrase), phrase))
    groups = "|".join(f"({_as_pattern(phrase)})" for phrase in longest_first)
    return re.compile(rf"(?<![^\W\d])(?:{groups})(?!\w)", flags), tuple(said[phrase] for phrase in longest_first)


def _as_pattern(phrase: str) -> str:
    return re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s")


def _roman(figures: str) -> Decimal:
    values = [_ROMAN_VALUES[figure] for figure in figures]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return Decimal(sum(-value if value < following else value for value, following in pairs))
