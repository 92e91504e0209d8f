"""The sentences of the interface in three languages: gettext catalogues, English being the source.

The catalogues are read as they are edited, so there is no compiled copy that could be out of date.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from app.languages.codes import LanguageCode

FOLDER = Path(__file__).parent / "locale"


def N_(message: str) -> str:  # noqa: N802
    """Mark a sentence for extraction; it is translated where it is used."""
    return message


@cache
def catalogue(language: LanguageCode) -> NullTranslations:
    """The translations into a language; English sentences come back as they are."""
    if language == "en":
        return NullTranslations()
    with (FOLDER / language / "LC_MESSAGES" / "compendium.po").open("rb") as file:
        parsed = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    return Translations(fp=compiled)


def translated(message: str, language: LanguageCode) -> str:
    """A marked sentence in a language, with its placeholders still in it."""
    return str(catalogue(language).ugettext(message))
