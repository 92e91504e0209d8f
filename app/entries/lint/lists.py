"""The word lists of the checks: `lists/<name>.<language>.txt`, one word or phrase a line.

A line may say what to write instead after ` = `. What follows `#` is a remark.
In a phrase that is looked for in texts, `*` at the end of a word stands for any ending.
"""

import re
from functools import cache
from importlib.resources import files

from app.languages.codes import LanguageCode

_FOLDER = files("app.entries.lint") / "lists"

# What people type one for the other.
_TYPED = str.maketrans({"'": "['’ʼ]", "-": "[-‐‑]", "ё": "[её]", "Ё": "[ЕЁ]", "*": r"\w*"})


@cache
def replacements_of(name: str, language: LanguageCode) -> dict[str, str]:
    """The words of a list with what to write instead of each; nothing where the list does not say."""
    text = (_FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8")
    rows = (line.partition("#")[0].partition(" = ") for line in text.splitlines())
    return {word.strip(): instead.strip() for word, _, instead in rows if word.strip()}


@cache
def words_of(name: str, language: LanguageCode) -> frozenset[str]:
    """The words of a list."""
    return frozenset(replacements_of(name, language))


@cache
def pattern_of(name: str, language: LanguageCode, *, match_case: bool = False) -> re.Pattern[str]:
    """What finds the words and phrases of a list in a text, the longest of several first."""
    longest_first = sorted(words_of(name, language), key=lambda phrase: (-len(phrase), phrase))
    alternatives = "|".join(map(_as_pattern, longest_first))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.NOFLAG if match_case else re.IGNORECASE)


def _as_pattern(phrase: str) -> str:
    # After a full stop the space may be missing: "т.е." is "т. е."
    words = [re.sub(r"[.()/\"«»]", r"\\\g<0>", word).translate(_TYPED) for word in phrase.split()]
    joined = "".join(word + (r"\s*" if word.endswith(".") else r"\s+") for word in words[:-1])
    return joined + words[-1]
