"""What the statuses of entries are called on pages; in the API they are codes."""

from app.languages.codes import LanguageCode
from app.texts.catalogues import N_, translated

STATUSES = {
    "agreed": N_("agreed"),
    "proposed": N_("proposed, under review"),
    "superseded": N_("superseded"),
    "withdrawn": N_("withdrawn"),
    "diverged": N_("diverged: parallel texts of the sides"),
}


def status_name(code: str, language: LanguageCode) -> str:
    """The name of an entry status in a language."""
    return translated(STATUSES[code], language)
