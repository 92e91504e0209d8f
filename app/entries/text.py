"""What a text in an entry may consist of: the rules that hold for every string a person writes."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

# Controls, invisible formatting (zero-width, bidirectional, soft hyphen), surrogates, private use,
# unassigned code points and line or paragraph separators. Unassigned ones are refused because their
# normal form, and so the digest of the text, could change with a later Unicode version.
FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# All that Unicode calls a space. No-break spaces belong to French and Russian typography and stay as they are.
SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_AS_SPACE = str.maketrans(dict.fromkeys(SPACES, " "))
_TWO_SPACES = re.compile(f"[{SPACES}]{{2}}")


def clean_text(text: str) -> str:
    """The text in NFC, or a validation error that names what is wrong with it.

    NFC is canonical equivalence (Unicode Annex 15): it changes how a letter is stored, not what is read.
    Nothing else is ever changed here, since a term must not be altered behind its author's back.
    """
    # Of a text that is printable throughout, all spaces are common ones.
    plain = text.isprintable()
    text = unicodedata.normalize("NFC", text if plain else visible_text(text))
    if text[0] in SPACES or text[-1] in SPACES:
        raise PydanticCustomError("edge_space", "The text begins or ends with a space")
    if "  " in text or (not plain and _TWO_SPACES.search(text)):
        raise PydanticCustomError("double_space", "The text has two spaces in a row")
    return text


def visible_text(text: str) -> str:
    """The text, or a validation error that names the first character that cannot be seen."""
    # Most texts are printable throughout, and need no look at each character.
    if text.translate(_AS_SPACE).isprintable():
        return text
    for position, character in enumerate(text, 1):
        if unicodedata.category(character) in FORBIDDEN_CATEGORIES:
            raise PydanticCustomError(
                "forbidden_character",
                "The character {character} at position {position} is not allowed",
                {"character": f"U+{ord(character):04X}", "position": position},
            )
    return text


TermText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=250),
    AfterValidator(clean_text),
    StringConstraints(max_length=250),
]
"""A designation: 1 to 250 characters, one line."""

ShortText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    AfterValidator(clean_text),
    StringConstraints(max_length=500),
]
"""A citation, remark or label: 1 to 500 characters, one line."""

Passage = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000),
    AfterValidator(clean_text),
    StringConstraints(max_length=4000),
]
"""A definition, note or example: 1 to 4,000 characters, one line."""
