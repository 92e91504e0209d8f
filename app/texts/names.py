"""What codes are called on pages; in the API they are codes."""

from app.languages.codes import LanguageCode
from app.texts.catalogues import N_, translated

NAMES: dict[str, dict[str, str]] = {
    "type": {
        "full_form": N_("full form"),
        "short_form": N_("short form"),
        "abbreviation": N_("abbreviation"),
        "acronym": N_("acronym"),
        "initialism": N_("initialism"),
        "symbol": N_("symbol"),
        "variant": N_("variant"),
        "phrase": N_("phrase"),
    },
    "acceptability": {
        "preferred": N_("preferred"),
        "admitted": N_("admitted"),
        "deprecated": N_("deprecated"),
        "superseded": N_("superseded term"),
    },
    "part_of_speech": {
        "noun": N_("noun"),
        "proper_noun": N_("proper noun"),
        "verb": N_("verb"),
        "adjective": N_("adjective"),
        "adverb": N_("adverb"),
        "other": N_("other part of speech"),
    },
    "gender": {"masculine": N_("masculine"), "feminine": N_("feminine"), "neuter": N_("neuter")},
    "number": {
        "singular": N_("singular"),
        "plural": N_("plural"),
        "dual": N_("dual"),
        "mass": N_("uncountable"),
    },
    "register": {
        "neutral": N_("neutral register"),
        "technical": N_("technical register"),
        "in_house": N_("in-house register"),
        "colloquial": N_("colloquial"),
        "slang": N_("slang"),
    },
    "degree": {
        "exact": N_("exact equivalence"),
        "near": N_("near equivalence"),
        "broader": N_("the first concept is broader"),
        "narrower": N_("the first concept is narrower"),
        "overlapping": N_("the concepts overlap"),
        "none": N_("no equivalence"),
    },
    "relation": {
        "generic": N_("superordinate concept"),
        "partitive": N_("comprehensive concept"),
        "associative": N_("associated concept"),
        "see_also": N_("see also"),
        "contrast": N_("not to be confused with"),
    },
    # The same relations, seen from the other end.
    "inverse_relation": {
        "generic": N_("subordinate concept"),
        "partitive": N_("part"),
        "associative": N_("associated concept"),
        "see_also": N_("see also"),
        "contrast": N_("not to be confused with"),
    },
    "source": {
        "identical": N_("taken over"),
        "adapted": N_("adapted"),
        "own": N_("written for this compendium"),
    },
    "source_alone": {
        "identical": N_("From another edition of this compendium"),
        "adapted": N_("Adapted from another edition of this compendium"),
        "own": N_("Written for this compendium"),
    },
    "status": {
        "agreed": N_("Agreed"),
        "proposed": N_("Proposed"),
        "superseded": N_("Superseded"),
        "withdrawn": N_("Withdrawn"),
        "diverged": N_("Diverged"),
    },
    "field": {
        "type": N_("type"),
        "acceptability": N_("acceptability"),
        "part_of_speech": N_("part of speech"),
        "gender": N_("gender"),
        "number": N_("grammatical number"),
        "region": N_("region"),
        "register": N_("register"),
        "usage_note": N_("note on use"),
        "abbreviation_of": N_("full form"),
        "contexts": N_("contexts"),
        "sources": N_("sources"),
        "transliterations": N_("transliterations"),
    },
    "reference": {
        "exact": N_("the same concept"),
        "close": N_("nearly the same concept"),
        "broader": N_("a broader concept"),
        "narrower": N_("a narrower concept"),
        "related": N_("a related concept"),
    },
    "statement": {
        "reservation": N_("reservation"),
        "interpretative_statement": N_("interpretative statement"),
        "national_usage_note": N_("national usage note"),
    },
    "level": {
        "expert": N_("level of experts"),
        "working_group": N_("level of the working group"),
        "council": N_("level of the Council"),
    },
    "method": {
        "meeting": N_("at a meeting"),
        "silence": N_("by silence procedure"),
        "ad_referendum": N_("ad referendum, then confirmed"),
        "co_chairs": N_("recorded by the co-chairs"),
        "initial_load": N_("initial load of the glossary"),
    },
    "scope": {
        "full": N_("the whole text"),
        "equivalents_only": N_("the equivalence of the terms only, not the definitions"),
    },
    "match": {
        "exact": N_("as you typed it"),
        "inflected": N_("another form of the same words"),
        "reordered": N_("the same words in another order"),
        "lookalike": N_("letters of another alphabet that look the same"),
        "transliterated": N_("read from the letters of the other alphabet"),
        "layout": N_("read from the other keyboard layout"),
        "prefix": N_("begins with what you typed"),
        "part": N_("contains what you typed"),
        "fuzzy": N_("nearly what you typed"),
        "fulltext": N_("in the texts of the entry"),
    },
    "element": {"definition": N_("definition"), "note": N_("note"), "example": N_("example")},
    "mode": {
        "auto": N_("terms, in any form"),
        "exact": N_("exactly this term"),
        "prefix": N_("terms that begin so"),
        "fuzzy": N_("terms spelt similarly"),
        "fulltext": N_("definitions, notes and examples"),
    },
}


def name_of(kind: str, code: str, language: LanguageCode) -> str:
    """The name of a code of a kind in a language."""
    return translated(NAMES[kind][code], language)
