"""The spaces inside numbers and before units, which French and Russian share."""

import re

from app.entries.lint.grammar.pieces import Match, Rule
from app.entries.lint.lists import words_of
from app.languages.codes import LanguageCode

NO_BREAK = "\u00a0"

# 3 000 and 12 500 000; not 1941 000, and not the number of an entry.
_GROUPED = re.compile(r"(?<![\w.,-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\w-])")


def spacing_of_numbers(language: LanguageCode, between_groups: str) -> tuple[Rule, ...]:
    """The rules that keep a number, and a number and its unit, on one line."""
    units = words_of("unit-symbols", language)
    longest_first = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))

    def grouped(match: Match) -> str:
        return match[0].replace(" ", between_groups)

    def has_no_plain_space(match: Match) -> bool:
        return " " not in match[0]

    return (
        Rule("number", _GROUPED, grouped, has_no_plain_space),
        Rule("number", re.compile(rf"(\d) ({longest_first})(?![\w/²³'’-])"), rf"\1{NO_BREAK}\2"),
    )
