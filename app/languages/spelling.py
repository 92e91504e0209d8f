"""British and American spelling of English words.

The endings -ise and -ize are both British (the second is Oxford's); only -ise is not American.
"""

import re

from app.languages.spelling_pairs import american_only, british_only, two_way
from app.languages.words import plain

_TO_AMERICAN = dict(two_way()) | dict(british_only())
_TO_BRITISH = {american: british for pairs in (two_way(), american_only()) for british, american in pairs}
_TO_COMMON = _TO_AMERICAN | dict(american_only())

_PREFIX = re.compile(
    "aero|anti|counter|de|dis|down|electro|hydro|hyper|inter|micro|mis|mono|multi|non|out|over|photo|pre|radio|re|"
    "sub|super|thermo|trans|ultra|under|un|up"
)
_SHORTEST = 5
"""A prefix is taken off only when that many letters are left."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ISE = re.compile(r"(.+?)i([sz])(es|ed|ers|er|e|ings|ing|ations|ational|ation|able)")
# Words whose -ise or -ize is no suffix (or only looks like one, as in irises): the other spelling does not exist.
_ISE_ONLY = _set("""
    advertise advise appraise apprise bruise chaise chastise chemise clockwise comprise compromise concise
    counterpoise cruise demise despise devise disenfranchise disfranchise disguise edgewise enfranchise
    enterprise equipoise excise exercise expertise franchise fundraise imprecise improvise incise irise
    kaiser liaise likewise malaise mantise marquise mayonnaise merchandise mortise otherwise paradise
    pelvise porpoise practise praise precise premise promise reappraise reprise revise sidewise stepwise
    sunrise supervise surmise surprise televise tortoise treatise trellise turquoise upraise uprise valise
""")
_IZE_ONLY = _set("capsize downsize outsize oversize resize rightsize supersize undersize")
_SHORTEST_ISE = 6
"""Shorter words end in -ise or -ize by nature: raise, noise, seize, prize."""


def british(word: str) -> str:
    """The word as British English spells it, -ise rather than -ize; the word itself if it is British already."""
    return _respelled(word, _TO_BRITISH, "s")


def american(word: str) -> str:
    """The word as American English spells it; the word itself if it is American already."""
    return _respelled(word, _TO_AMERICAN, "z")


def common_spelling(word: str) -> str:
    """One spelling for both sides, in which a word meets itself; a key, and not always good English."""
    return _respelled(word, _TO_COMMON, "z")


def is_american(word: str, *, also_ize: bool = False) -> bool:
    """Whether the spelling is American and not British; -ize counts only on demand, being Oxford's as well."""
    lowered = plain(word)
    return lowered != (british(lowered) if also_ize else _looked_up(lowered, _TO_BRITISH))


def is_british(word: str) -> bool:
    """Whether the spelling is British and not American."""
    lowered = plain(word)
    return lowered != american(lowered)


def _respelled(word: str, pairs: dict[str, str], suffix: str) -> str:
    lowered = plain(word)
    respelled = _looked_up(lowered, pairs)
    if respelled == lowered:
        respelled = _with_suffix(lowered, suffix)
    return word if respelled == lowered else _in_case_of(word, respelled)


def _looked_up(word: str, pairs: dict[str, str]) -> str:
    """The other spelling of the word, or of what its prefix stands before."""
    if word in pairs:
        return pairs[word]
    prefix = _PREFIX.match(word)
    if prefix and len(word) - prefix.end() >= _SHORTEST:
        return prefix[0] + pairs.get(word[prefix.end() :], word[prefix.end() :])
    return word


def _with_suffix(word: str, letter: str) -> str:
    """The word with -ise or -ize as the letter says, if that is its suffix."""
    parts = _ISE.fullmatch(word)
    if not parts or parts[2] == letter:
        return word
    root, ending = parts[1], parts[3]
    exceptions = _ISE_ONLY if letter == "z" else _IZE_ONLY
    verb = f"{root}i{parts[2]}e"
    prefix = _PREFIX.match(verb)
    if len(verb) < _SHORTEST_ISE or verb in exceptions or (prefix and verb[prefix.end() :] in exceptions):
        return word
    return f"{root}i{letter}{ending}"


def _in_case_of(word: str, respelled: str) -> str:
    if word.isupper():
        return respelled.upper()
    return respelled.capitalize() if word[:1].isupper() else respelled
