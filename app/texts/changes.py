"""What a change of a public entry is called, and what is said of it."""

from collections.abc import Iterable

from app.languages.codes import LanguageCode
from app.texts.catalogues import N_, translated
from app.texts.filling import filled

FEED = N_("Compendium of theatre missile defence terms: changes")
AUTHOR = N_("Compendium of theatre missile defence terms")
DECISION = N_("Decision {decision}")
VERSION = N_("Version {version}")
DIFFERENCES = N_("All differences from version {before}")

LABELS = {
    "proposed": N_("new proposal"),
    "revised": N_("proposal revised"),
    "adopted": N_("text agreed"),
    "withdrawn": N_("entry withdrawn"),
    "superseded": N_("entry superseded"),
    "diverged": N_("parallel texts recorded"),
    "annotated": N_("statements of the parties"),
    "endorsed": N_("approval at a higher level"),
}
TITLES = {
    "proposed": N_("{entry}: proposed"),
    "revised": N_("{entry}: proposed text revised"),
    "adopted": N_("{entry}: version {version} agreed"),
    "withdrawn": N_("{entry}: withdrawn"),
    "superseded": N_("{entry}: superseded"),
    "diverged": N_("{entry}: parallel texts"),
    "annotated": N_("{entry}: statements of the parties"),
    "endorsed": N_("{entry}: approved at a higher level"),
}
SENTENCES = {
    "proposed": N_("A new entry was proposed and is under review."),
    "revised": N_("The text proposed for a new entry was revised; it is under review."),
    "adopted": N_("The text was adopted as version {version} by decision {decision}."),
    "withdrawn": N_("The entry was withdrawn. Its number is not used again."),
    "superseded": N_("Another entry has taken its place. Its texts stay readable."),
    "diverged": N_("The sides recorded that their texts differ. Neither is an agreed text."),
    "endorsed": N_("A higher body approved the agreed text, by decision {decision}. The text is the same."),
    "annotated": N_("What the parties have stated on the agreed text has changed. The text has not."),
}
CHANGED = N_("Changed: {elements}.")

ELEMENTS = {
    "subject_fields": N_("subject fields"),
    "notation": N_("place in the concept system"),
    "relations": N_("relations to other entries"),
    "references": N_("references to other collections"),
    "activities": N_("activities"),
    "equivalence": N_("equivalence between the languages"),
}
TEXTS = {
    "definition": N_("definition ({language})"),
    "notes": N_("notes ({language})"),
    "examples": N_("examples ({language})"),
    "no_equivalent": N_("statement that there is no equivalent ({language})"),
    "terms": N_("terms ({language})"),
    "": N_("whole text ({language})"),
}
"""The parts of the text in one language; the empty one is all of it."""


def change_title(code: str, language: LanguageCode, **params: str) -> str:
    """The title of a change."""
    return filled(translated(TITLES[code], language), params, language)


def change_sentence(code: str, language: LanguageCode, **params: str) -> str:
    """What happened, in one or two sentences."""
    return filled(translated(SENTENCES[code], language), params, language)


def changed_elements(elements: Iterable[tuple[str, str]], language: LanguageCode) -> str:
    """Which parts of an entry differ, each given as the language of its text (or nothing) and its name."""
    names = [
        filled(translated(TEXTS[name], language), {"language": of}, language)
        if of
        else translated(ELEMENTS[name], language)
        for of, name in elements
    ]
    return filled(translated(CHANGED, language), {"elements": names}, language)


def said(sentence: str, language: LanguageCode, **params: str) -> str:
    """One of the other sentences of this module."""
    return filled(translated(sentence, language), params, language)
