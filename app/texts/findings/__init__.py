"""What the linter says, by the code of the finding: a message and a hint.

Placeholders are filled from the finding's parameters; {text} is the text that it is about.
"""

from collections.abc import Mapping
from typing import Any

from app.languages.codes import LanguageCode
from app.texts.catalogues import translated
from app.texts.filling import filled
from app.texts.findings.compendium import COMPENDIUM
from app.texts.findings.definitions import DEFINITIONS
from app.texts.findings.terms import TERMS
from app.texts.findings.text import FindingText

FINDINGS: dict[str, FindingText] = DEFINITIONS | TERMS | COMPENDIUM


def finding_text(code: str, language: LanguageCode, params: Mapping[str, Any]) -> FindingText:
    """The message and hint of a finding in a language."""
    text = FINDINGS[code]
    values = dict(params)
    return FindingText(
        filled(translated(text.message, language), values, language),
        filled(translated(text.hint, language), values, language),
    )
