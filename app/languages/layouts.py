"""What the same keys give on another keyboard layout: GHJ, typed with the Russian one in mind, is ПРО."""

from app.languages.scripts import Script, script

# The keys from left to right, row by row: the digits' row, then the three rows of letters; plain, then with shift.
# A space stands for a key that gives nothing a term is written with.
_QWERTY = (
    "`1234567890-= qwertyuiop[]\\ asdfghjkl;' zxcvbnm,./",
    '~!@#$%^&*()_+ QWERTYUIOP{}| ASDFGHJKL:" ZXCVBNM<>?',
)
_JCUKEN = (
    "ё1234567890-= йцукенгшщзхъ\\ фывапролджэ ячсмитьбю.",
    'Ё!"№;%:?*()_+ ЙЦУКЕНГШЩЗХЪ/ ФЫВАПРОЛДЖЭ ЯЧСМИТЬБЮ,',
)
_AZERTY = (
    "²&é\"'(-è_çà)= azertyuiop^$* qsdfghjklmù wxcvbn,;:!",
    " 1234567890°+ AZERTYUIOP¨£µ QSDFGHJKLM% WXCVBN?./§",
)


def _table(typed: tuple[str, str], meant: tuple[str, str]) -> dict[int, str]:
    pairs = zip("".join(typed), "".join(meant), strict=True)
    return {ord(key): sign for key, sign in pairs if not key.isspace() and not sign.isspace()}


_FROM_LATIN = (
    _table(_QWERTY, _JCUKEN),
    _table(_AZERTY, _JCUKEN),
    _table(_AZERTY, _QWERTY),
    _table(_QWERTY, _AZERTY),
)
_FROM_CYRILLIC = (_table(_JCUKEN, _QWERTY), _table(_JCUKEN, _AZERTY))


def typed_elsewhere(text: str) -> tuple[str, ...]:
    """What the keys of a text give on the other layouts, the likeliest first; none for a text in two alphabets."""
    scripts = _scripts(text)
    if len(scripts) != 1:
        return ()
    tables = _FROM_CYRILLIC if "cyrillic" in scripts else _FROM_LATIN
    found = (text.translate(table) for table in tables)
    # A letter that the layout does not have cannot have been typed on it.
    return tuple(dict.fromkeys(reading for reading in found if reading != text and len(_scripts(reading)) < 2))


def _scripts(text: str) -> set[Script]:
    return {found for character in set(text) if (found := script(character))}
