"""The columns of tables that come in: by our names, those of others in three languages, or as the caller says."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.errors import UnreadableFile
from app.exchange.csv_table import COLUMNS
from app.exchange.drafts import language_of
from app.exchange.options import Layout, ReadOptions
from app.languages.codes import LanguageCode

PASSED_OVER = "-"
SHOWN = 500
"""Characters of wrong headings that a problem repeats."""

_SPACES = re.compile(r"[\W_]+")
_TAG = re.compile(r"[A-Za-z]{2}([-_]([A-Za-z]{4}[-_])?([A-Za-z]{2}|[0-9]{3}))?")

# The heading of a column in lower case, any signs between its words being one space.
_SYNONYMS: Mapping[str, str] = {
    "concept_id": "id|entry id|entry|entry number|entry no|concept|concept number|reference|ref|key|code"
    "|numéro|no|identifiant|fiche|номер|идентификатор|код|№|п п",
    "concept_status": "entry status|statut de la fiche|статус статьи",
    "subject": "subject field|subject fields|domain|domaine|sujet|topic|entry subject|entry domain"
    "|предметная область|область|тема|раздел",
    "lang": "language|langue|язык",
    "term_id": "term number|term no",
    "term": "terms|designation|terme|termes|désignation|термин|термины|preferred|preferred term|terme privilégié"
    "|предпочтительный термин|source term",
    "alt": "alternative|alternatives|synonym|synonyms|variant|variants|admitted|admitted term|admitted terms"
    "|synonyme|synonymes|variante|variantes|terme admis|синоним|синонимы|вариант|варианты|допустимый термин",
    "abbreviation": "abbr|abbreviations|acronym|acronyms|abréviation|abréviations|sigle|acronyme"
    "|сокращение|сокращения|аббревиатура",
    "deprecated": "forbidden|deprecated term|deprecated terms|terme déconseillé|déconseillé"
    "|нерекомендуемый термин|нерекомендуемый",
    "term_type": "type|term type|type of term|type de terme|тип|тип термина",
    "status": "term status|usage status|administrative status|acceptability|statut|статус",
    "pos": "part of speech|word class|partie du discours|catégorie grammaticale|часть речи",
    "gender": "grammatical gender|genre|род",
    "number": "grammatical number|nombre|число",
    "region": "country|geographical usage|usage region|région|pays|страна|регион",
    "definition": "def|définition|meaning|sens|определение|толкование|дефиниция|значение",
    "definition_source": "source of definition|source de la définition|источник определения",
    "context": "example of use|usage example|contexte|контекст",
    "context_source": "source of context|source du contexte|источник контекста",
    "note": "notes|comment|comments|remark|remarks|explanation|remarque|remarques|commentaire|commentaires"
    "|примечание|примечания|комментарий|комментарии",
    "example": "examples|exemple|exemples|пример|примеры",
    "source": "sources|term source|source du terme|источник|источники",
    "transliteration": "translitération|транслитерация",
    "equivalence": "équivalence|эквивалентность",
    "updated_at": "updated|last modified|modified|date|дата",
    "reservations": "",
}
_LANGUAGES: Mapping[LanguageCode, str] = {
    "en": "en|eng|english|anglais|английский|англ",
    "fr": "fr|fra|fre|french|français|francais|французский|фр|франц",
    "ru": "ru|rus|russian|russe|русский|рус",
}
_WORDS = {
    name: ours
    for ours, names in _SYNONYMS.items()
    for name in (ours.replace("_", " "), *filter(None, names.split("|")))
}
_LANGUAGE_WORDS = {word: code for code, words in _LANGUAGES.items() for word in words.split("|")}

WIDE = frozenset(
    {
        *("term", "alt", "abbreviation", "deprecated", "status", "term_type", "pos", "gender", "number", "region"),
        *("definition", "definition_source", "context", "context_source", "source", "transliteration"),
        *("note", "example"),
    }
)
"""What a column of one language can hold."""


@dataclass(frozen=True)
class Column:
    """What a column holds."""

    place: int
    heading: str
    name: str = ""
    """One of ours; empty for a column that is none."""
    language: LanguageCode | None = None
    region: str | None = None


def columns_of(cells: Sequence[str], options: ReadOptions) -> tuple[Layout, list[Column]]:
    """The layout of a table and its columns, from its first row. Raises UnreadableFile."""
    headings = list(cells)
    while headings and not headings[-1].strip():
        headings.pop()
    unknown = [key for key in options.columns if not key.isdigit() and _plain(key) not in map(_plain, headings)]
    if unknown:
        raise _refused(unknown)
    found = [_column(place, heading, options) for place, heading in enumerate(headings)]
    columns = [column for column in found if column.name != PASSED_OVER]
    has_languages = any(column.language and column.name for column in columns)
    layout = options.layout or (Layout.WIDE if has_languages else Layout.LONG)
    _check(layout, columns, options)
    return layout, columns


def has_heading(options: ReadOptions) -> bool:
    """Whether the first row names the columns; not if the caller has named them by their places."""
    return not options.columns or not all(key.isdigit() for key in options.columns)


def _column(place: int, heading: str, options: ReadOptions) -> Column:
    asked = options.columns.get(str(place + 1)) or next(
        (ours for key, ours in options.columns.items() if _plain(key) == _plain(heading)), None
    )
    if asked == PASSED_OVER:
        return Column(place, heading, PASSED_OVER)
    column = _recognised(place, asked if asked is not None else heading)
    if asked is not None and not column.name:
        raise _refused([asked])
    if not has_heading(options) and asked is None:
        return Column(place, heading, PASSED_OVER)
    return Column(place, heading.strip() or f"column {place + 1}", column.name, column.language, column.region)


def _recognised(place: int, heading: str) -> Column:
    text = heading.strip(' "')
    if text.lower() in COLUMNS:
        return Column(place, heading, text.lower())
    if _TAG.fullmatch(text):
        language, region = language_of(text)
        if language is not None:
            return Column(place, heading, "term", language, region)
    plain = _plain(text)
    if plain in _WORDS:
        return Column(place, heading, _WORDS[plain])
    words = plain.split()
    for index, word in enumerate(words):
        rest = " ".join(words[:index] + words[index + 1 :])
        name = _WORDS.get(rest, "") if rest else "term"
        if word in _LANGUAGE_WORDS and name in WIDE:
            return Column(place, heading, name, _LANGUAGE_WORDS[word])
    return Column(place, heading)


def _check(layout: Layout, columns: list[Column], options: ReadOptions) -> None:
    counts = Counter(
        (column.name, column.language) for column in columns if column.name not in ("", "alt", "abbreviation")
    )
    repeated = [
        column.heading
        for column in columns
        if counts[column.name, column.language] > 1 and not (layout is Layout.WIDE and column.name == "term")
    ]
    missing = list(_missing(layout, columns, options))
    if missing or repeated:
        raise _refused([*missing, *dict.fromkeys(repeated)])


def _missing(layout: Layout, columns: list[Column], options: ReadOptions) -> Iterator[str]:
    names = {column.name for column in columns if column.language is None}
    if layout is Layout.WIDE:
        if not any(column.language and column.name == "term" for column in columns):
            yield "en / fr / ru"
        return
    if "term" not in names:
        yield "term"
    if "lang" not in names and options.language is None:
        yield "lang"


def _plain(heading: str) -> str:
    return _SPACES.sub(" ", heading.casefold()).strip() or heading.strip()


def _refused(columns: Sequence[str]) -> UnreadableFile:
    return UnreadableFile(reason="csv_columns", line=1, columns=", ".join(columns)[:SHOWN])
