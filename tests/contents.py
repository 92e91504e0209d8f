"""Contents for tests: one written by hand that fills every field, and a strategy for all that are valid."""

import unicodedata
from typing import Any

from hypothesis import strategies as st

from app.entries.content import (
    Acceptability,
    Degree,
    EntryContent,
    Gender,
    GrammaticalNumber,
    PartOfSpeech,
    ReferenceMatch,
    Register,
    RelationType,
    SourceRelation,
    TermType,
    TransliterationScheme,
)
from app.entries.numbers import entry_number
from app.entries.text import FORBIDDEN_CATEGORIES
from app.languages.codes import LANGUAGES, PAIRS

FULL: dict[str, Any] = {
    "subject_fields": ["interception", "command-and-control"],
    "notation": "2.4.1",
    "relations": [
        {"type": "generic", "target": "TMD-0001"},
        {"type": "partitive", "target": "TMD-0002"},
        {"type": "associative", "target": "TMD-0003"},
        {"type": "see_also", "target": "TMD-0004"},
        {"type": "contrast", "target": "TMD-0005"},
    ],
    "references": [
        {
            "uri": "https://iate.europa.eu/entry/result/254003?a=1&b=2",
            "match": "exact",
            "label": "IATE 254003",
        },
        {"uri": "http://www.wikidata.org/entity/Q1", "match": "close"},
        {"uri": "https://example.org/%D0%9F%D0%A0%D0%9E#x", "match": "broader", "label": "ПРО"},
        {"uri": "https://example.org/a", "match": "narrower", "label": "own: нота"},
        {"uri": "https://example.org/b", "match": "related", "label": "generic: TMD-0001"},
    ],
    "activities": ["cpx-2004", "cax"],
    "equivalence": {
        "en-fr": {"degree": "exact"},
        "en-ru": {"degree": "near", "remark": "ПРО ТВД — термин более узкий | шире"},
        "fr-ru": {"degree": "overlapping", "remark": "à revoir"},
    },
    "languages": {
        "en": {
            "definition": {
                "text": "Measures to nullify or reduce the effect of enemy missiles & “salvos” <in area>.",
                "sources": [
                    {"citation": "AAP-6", "uri": "https://nso.nato.int/aap?x=1&y=2", "relation": "adapted"},
                    {"citation": "Compendium", "relation": "own"},
                    {"citation": "own: the second edition", "relation": "identical"},
                    {"citation": "Field manual <>", "relation": "identical"},
                ],
            },
            "notes": [
                "Used of the whole system.",
                "example: begins like a lowered field",
                "note: so does this",
            ],
            "examples": ["The theatre missile defence exercise of 2004.", r"a | b \ c"],
            "terms": [
                {
                    "text": "theater missile defense",
                    "type": "variant",
                    "acceptability": "admitted",
                    "region": "US",
                },
                {
                    "text": "theatre missile defence",
                    "type": "full_form",
                    "acceptability": "preferred",
                    "part_of_speech": "noun",
                    "number": "mass",
                    "region": "GB",
                    "register": "technical",
                    "usage_note": "number: not of a single battery",
                    "contexts": [
                        {"text": "Theatre missile defence was exercised.", "source": "Exercise report, p. 4"},
                        {"text": "Context without a source | with a bar"},
                    ],
                    "sources": ["NATO Glossary of Terms", "Doc. 2|b"],
                },
                {
                    "text": "TMD",
                    "type": "initialism",
                    "acceptability": "preferred",
                    "part_of_speech": "proper_noun",
                    "abbreviation_of": "theatre missile defence",
                },
                {
                    "text": "TM-D",
                    "type": "acronym",
                    "acceptability": "superseded",
                    "part_of_speech": "adjective",
                },
                {"text": "missile shield", "acceptability": "deprecated", "register": "colloquial"},
            ],
        },
        "fr": {
            "definition": {"text": "Ensemble des mesures, y compris l’œuvre des hommes, contre les missiles."},
            "notes": ["Aucun équivalent attesté dans l’accord de 1997."],
            "examples": ["Voir aussi : défense élargie"],
            "no_equivalent": "La notion n’a pas d’équivalent français ; on emploie le terme anglais.",
        },
        "ru": {
            "definition": {
                "text": "Мероприятия и действия, включая манёвр средств, — всё против ракет.",
                "sources": [],
            },
            "terms": [
                {
                    "text": "противоракетная оборона на театре военных действий",
                    "part_of_speech": "noun",
                    "gender": "feminine",
                    "number": "singular",
                    "contexts": [
                        {"text": "Учение по ПРО на ТВД."},
                        {"text": "Учёт обстановки.", "source": "Отчёт, с. 4"},
                    ],
                    "transliterations": [
                        {"scheme": "iso-9", "text": "protivoraketnaâ oborona na teatre voennyh dejstvij"},
                        {"scheme": "bgn-pcgn", "text": "protivoraketnaya oborona: na teatre"},
                    ],
                },
                {
                    "text": "ПРО на ТВД",
                    "type": "abbreviation",
                    "acceptability": "admitted",
                    "abbreviation_of": "противоракетная оборона на театре военных действий",
                    "gender": "feminine",
                },
                {
                    "text": "оборонять",
                    "type": "short_form",
                    "acceptability": "admitted",
                    "part_of_speech": "verb",
                },
                {"text": "Ω", "type": "symbol", "acceptability": "admitted", "part_of_speech": "other"},
                {
                    "text": "вести оборону по-новому",
                    "type": "phrase",
                    "acceptability": "admitted",
                    "part_of_speech": "adverb",
                    "gender": "neuter",
                    "number": "plural",
                },
            ],
        },
    },
}


def full_content() -> EntryContent:
    """A content with every field filled, most enumerated values, and texts that try each format's escapes."""
    return EntryContent.model_validate(FULL)


_ENGLISH = "theatre missile defence intercept-to-kill TMD re-entry début façade"
_FRENCH = "défense élargie œuvre œil manœuvre l’État élève-pilote sous-munition noël M.N."
_RUSSIAN = "ракета ёж учёт подъём ПРО ТВД по-новому противоракетная взаимодействие всё т.е."
# What the formats themselves are made of.
_MARKS = "| \\ \\| || <b> & &amp; ]]> \" ' ; , = =1+1 @x -2 — < > <> <http://x.y> own: # a\u00a0b 1\u202f000"
_KEYS = "note: number: example: notation: usage note: no equivalent: exactMatch: equivalence (en-ru): near"
WORDS = " ".join((_ENGLISH, _FRENCH, _RUSSIAN, _MARKS, _KEYS)).split(" ")
SIGNS = "\u0301\u0338\u2003"  # marks that a neighbour may absorb in NFC, a space that separates nothing

_letters = st.characters(exclude_categories=[*FORBIDDEN_CATEGORIES, "Zs"])
_word = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.text(st.one_of(_letters, st.sampled_from(SIGNS)), min_size=1, max_size=6),
)


def texts(max_words: int = 5) -> st.SearchStrategy[str]:
    """Texts that the rules for texts accept, as they are stored."""
    words = st.lists(_word, min_size=1, max_size=max_words)
    return words.map(lambda parts: unicodedata.normalize("NFC", " ".join(parts)))


def _optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _some(strategy: st.SearchStrategy[Any], size: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=size)


numbers = st.from_regex(r"[A-Z]{2,8}-[0-9]{4,9}", fullmatch=True)
own_numbers = st.integers(1, 99_999).map(entry_number)
"""Those of entries of the compendium, which stored texts are related to."""
codes = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
uris = st.one_of(
    st.sampled_from(["https://iate.europa.eu/entry/1", "http://example.org/a?b=c&d=%C3%A9#e", "https://x.y:8080"]),
    st.from_regex(r"https?://[!-~]{1,30}", fullmatch=True),
)
regions = st.one_of(st.sampled_from(["GB", "US", "FR", "CA", "RU"]), st.from_regex(r"[0-9]{3}", fullmatch=True))
sources = st.fixed_dictionaries(
    {"citation": texts(), "uri": _optional(uris), "relation": st.sampled_from(SourceRelation)}
)
definitions = st.fixed_dictionaries({"text": texts(12), "sources": _some(sources)})
contexts = st.fixed_dictionaries({"text": texts(8), "source": _optional(texts())})
transliterations = st.fixed_dictionaries({"scheme": st.sampled_from(TransliterationScheme), "text": texts()})
references = st.fixed_dictionaries(
    {"uri": uris, "match": st.sampled_from(ReferenceMatch), "label": _optional(texts())}
)
equivalences = st.fixed_dictionaries({"degree": st.sampled_from(Degree), "remark": _optional(texts())})
terms = st.fixed_dictionaries(
    {
        "text": texts(),
        "type": st.sampled_from(TermType),
        "acceptability": st.sampled_from(Acceptability),
        "part_of_speech": st.sampled_from(PartOfSpeech),
        "gender": _optional(st.sampled_from(Gender)),
        "number": _optional(st.sampled_from(GrammaticalNumber)),
        "region": _optional(regions),
        "register": _optional(st.sampled_from(Register)),
        "usage_note": _optional(texts()),
        "contexts": _some(contexts),
        "sources": _some(texts()),
        "transliterations": _some(transliterations),
    }
)


@st.composite
def sections(draw: st.DrawFn, *, with_terms: bool = False) -> dict[str, Any]:
    """The fields of one language, coherent."""
    drawn = draw(st.lists(terms, min_size=with_terms, max_size=4, unique_by=lambda term: term["text"]))
    preferred = False
    for term in drawn:
        if term["acceptability"] is Acceptability.PREFERRED and not term["type"].is_abbreviated:
            if preferred:
                term["acceptability"] = Acceptability.ADMITTED
            preferred = True
        others = [other["text"] for other in drawn if other is not term]
        term["abbreviation_of"] = draw(_optional(st.sampled_from(others))) if others else None
    definition = draw(_optional(definitions))
    needs_statement = not drawn and definition is None
    statement = texts(8) if needs_statement else _optional(texts(8))
    return {
        "definition": definition,
        "notes": draw(_some(texts(8))),
        "examples": draw(_some(texts(8))),
        "no_equivalent": None if preferred else draw(statement),
        "terms": drawn,
    }


@st.composite
def contents(draw: st.DrawFn, targets: st.SearchStrategy[str] = numbers) -> EntryContent:
    """Any valid content, in sizes that stay readable when a test fails; `targets` are what it may be related to."""
    relations = st.fixed_dictionaries({"type": st.sampled_from(RelationType), "target": targets})
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
    first, *others = languages
    pairs = [pair for pair in PAIRS if set(pair.split("-")) <= set(languages)]
    stated = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return EntryContent.model_validate(
        {
            "subject_fields": draw(st.lists(codes, min_size=1, max_size=3, unique=True)),
            "notation": draw(_optional(st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.-]{0,8}", fullmatch=True))),
            "relations": draw(st.lists(relations, max_size=3, unique_by=lambda relation: tuple(relation.values()))),
            "references": draw(_some(references)),
            "activities": draw(st.lists(codes, max_size=2, unique=True)),
            "equivalence": {pair: draw(equivalences) for pair in stated},
            "languages": {
                first: draw(sections(with_terms=True)),
                **{language: draw(sections()) for language in others},
            },
        }
    )
