"""The French and Russian catalogues are complete, up to date and typeset as the languages want it.

After changing, adding or removing a sentence, run these two from the root of the project, then translate
what is empty in `app/texts/locale/*/LC_MESSAGES/compendium.po`:

    .venv/bin/pybabel -q extract -F app/texts/babel.cfg -k N_ --omit-header --no-location --sort-output \
        --no-wrap -o app/texts/locale/compendium.pot app
    .venv/bin/pybabel -q update -D compendium -i app/texts/locale/compendium.pot -d app/texts/locale \
        --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.texts.catalogues import FOLDER, catalogue, translated

ROOT = Path(__file__).parents[2]
LOCALES = "app/texts/locale"
COMMANDS = re.findall(r"\.venv/bin/pybabel (.+(?:\n {8}.+)*)", __doc__.replace("\\\n", "\n"))

TRANSLATIONS = ("fr", "ru")

SAME_WORDS = (
    "Citation",
    "Notation",
    "Note",
    "Note %(number)s",
    "Source %(number)s",
    "Suggestions",
    "Type",
    "abstention",
    "confirmation",
    "expert",
    "note",
    "objection",
    "sources",
    "type",
)

SAME_AS_ENGLISH = {
    ("fr", "{explanation}"): "a whole sentence, translated elsewhere",
    ("ru", "{explanation}"): "a whole sentence, translated elsewhere",
    ("ru", "{file}: {reason}"): "no words",
    ("ru", "%(party)s: %(statement)s"): "no words",
    **dict.fromkeys((("fr", word) for word in SAME_WORDS), "the same word"),
}

PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)[a-z]|%")

BROKEN = {
    "fr": {
        "a straight or English quotation mark": r"[\"'“”‘„]",
        "no no-break space before : ; ? ! »": r"(?<![\u00a0\u202f])(?:[;?!»]|:(?!//))",
        "no no-break space after «": r"«(?!\u00a0)",
        "a space before a full stop or a comma": r"\s[.,]",
        "two spaces": r"\s\s",
        "a hyphen for a dash": r"\s-\s",
        "three full stops for an ellipsis": r"\.\.\.",
        "a Cyrillic letter": r"[Ѐ-ӿ]",
    },
    "ru": {
        "a straight or English quotation mark": r"[\"'“”‘’„]",
        "a space inside « » or before a mark": r"«\s|\s[»:;?!.,]",
        "an em dash without its spaces, or one that could begin a line": r"(?<!\u00a0)—|—(?! )",
        "a hyphen or an en dash for an em dash": r"\s[-–]\s",
        "two spaces": r"\s\s",
        "three full stops for an ellipsis": r"\.\.\.",
        "a word with both Latin and Cyrillic letters": r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]",
        "е for ё": r"(?i)\b(?:(?:еще|ее|нее|мое|свое|идет|дает|найдет|разрешен|отклонен|завершен|удален)\b"
        r"|(?:отчет|учет|объем|подъем|расчет)\w*|прием[аеуы]?\b)",
    },
}


def read(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "compendium.po").open("rb") as file:
        return read_po(file, locale=language)


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence with its translation, and every plural form with each of its own."""
    for message in read(language):
        if not message.id:
            continue
        if message.pluralizable:
            for form in message.string:
                yield message.id[1], form
        else:
            yield message.id, message.string


def mistakes(language: str, translation: str) -> list[str]:
    text = PLACEHOLDER.sub("0", translation)
    return [what for what, pattern in BROKEN[language].items() if re.search(pattern, text)]


def lines(path: Path) -> list[str]:
    """A catalogue without the line that a new version of Babel changes."""
    return [line for line in path.read_text("utf-8").splitlines() if not line.startswith('"Generated-By:')]


def test_the_commands_above_would_change_nothing(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "locale")
    assert len(COMMANDS) == 2
    for command in COMMANDS:
        arguments = shlex.split(command.replace(LOCALES, str(tmp_path / "locale")))
        subprocess.run([sys.executable, "-m", "babel.messages.frontend", *arguments], cwd=ROOT, check=True)
    for made in sorted((tmp_path / "locale").rglob("*.po*")):
        kept = FOLDER / made.relative_to(tmp_path / "locale")
        assert lines(kept) == lines(made), f"{kept.name} is out of date; the docstring of this file says what to do"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_message_is_fuzzy_or_obsolete(language: str) -> None:
    assert [message.id for message in read(language) if message.fuzzy and message.id] == []
    assert list(read(language).obsolete) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_sentence_is_translated(language: str) -> None:
    assert [source for source, translation in pairs(language) if not translation.strip()] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_is_not_the_english_sentence(language: str) -> None:
    same = {(language, source) for source, translation in pairs(language) if source == translation}
    assert same == {key for key in SAME_AS_ENGLISH if key[0] == language}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_placeholders_are_those_of_the_english_sentence(language: str) -> None:
    different = [
        (source, translation)
        for source, translation in pairs(language)
        if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(translation))
    ]
    assert different == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_ends_as_the_english_sentence_does(language: str) -> None:
    """A full stop, a colon or nothing: sentences, labels and fragments are put together differently."""

    def end(text: str) -> str:
        return text[-1] if text[-1] in ".:?!" else ""

    assert [source for source, translation in pairs(language) if end(source) != end(translation)] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_typography_is_that_of_the_language(language: str) -> None:
    found = {translation: mistakes(language, translation) for _, translation in pairs(language)}
    assert {translation: what for translation, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("fr", "L'entrée"),
        ("fr", "Le terme “missile”."),
        ("fr", 'Le terme "missile".'),
        ("fr", "Exporter:"),
        ("fr", "Exporter :"),
        ("fr", "Trop long ; réessayez."),
        ("fr", "Vraiment?"),
        ("fr", "« missile\u00a0»"),
        ("fr", "«\u00a0missile »"),
        ("fr", "Le missile - un engin"),
        ("ru", 'Термин "ракета".'),
        ("ru", "Термин “ракета”."),
        ("ru", "Термин « ракета »."),
        ("ru", "Экспорт :"),
        ("ru", "Ракета — изделие"),
        ("ru", "Ракета - изделие"),
        ("ru", "Ракета\u00a0– изделие"),
        ("ru", "У статьи еще нет номера."),
        ("ru", "Язык не разрешен"),
        ("ru", "Учетная запись"),
        ("ru", "рaкета"),
    ],
)
def test_the_rules_of_typography_find_mistakes(language: str, wrong: str) -> None:
    assert mistakes(language, wrong) != []


@pytest.mark.parametrize(
    ("language", "right"),
    [
        ("fr", "L’entrée «\u00a0{x}\u00a0» existe\u202f; voir\u00a0: https://example.org/."),
        ("ru", "Ракета\u00a0— изделие «{x}»: определённость, всё-таки ещё приемлемо; учение, разрешено."),
    ],
)
def test_the_rules_of_typography_leave_alone_what_is_right(language: str, right: str) -> None:
    assert mistakes(language, right) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_quotation_marks_stand_in_pairs_and_quote_what_the_english_ones_quote(language: str) -> None:
    for source, translation in pairs(language):
        quoted = re.findall(r"«\s?(.*?)\s?»", translation)
        assert len(quoted) == translation.count("«") == translation.count("»"), translation
        english = re.findall(r"“(.*?)”", source)
        assert len(quoted) == len(english), translation
        # What is quoted is to be typed as it stands, but for the beginnings of phrases in the reader's language.
        for as_typed in (text for text in english if not text.endswith("…")):
            assert as_typed in quoted, translation


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_headers_name_no_person_and_no_placeholder(language: str) -> None:
    headers = dict(read(language).mime_headers)
    assert headers["Last-Translator"] == headers["Language-Team"] == headers["Report-Msgid-Bugs-To"] == ""
    assert headers["Language"] == language
    assert "@" not in "".join(headers.values())
    assert "PROJECT" not in "".join(headers.values())


def test_every_plural_form_is_there() -> None:
    for language, forms in (("fr", 2), ("ru", 3)):
        found = read(language)
        assert found.num_plurals == forms
        for message in found:
            if message.id and message.pluralizable:
                assert len(message.string) == len(set(message.string)) == forms


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", {0: "entries", 1: "entry", 2: "entries", 11: "entries", 21: "entries"}),
        ("fr", {0: "entrée", 1: "entrée", 2: "entrées", 11: "entrées", 21: "entrées"}),
        ("ru", {0: "статей", 1: "статья", 2: "статьи", 5: "статей", 11: "статей", 21: "статья", 22: "статьи"}),
    ],
)
def test_entries_are_counted_as_the_language_counts(language, expected: dict[int, str]) -> None:
    texts = catalogue(language)
    counted = {n: texts.ungettext("%(shown)s entry", "%(shown)s entries", n) for n in expected}
    assert {n: text.split()[-1] for n, text in counted.items()} == expected


def test_a_sentence_without_a_translation_comes_back_in_english() -> None:
    assert translated("No such sentence exists.", "fr") == "No such sentence exists."
    assert translated("Not found", "en") == "Not found"
    assert translated("Not found", "fr") == "Introuvable"
    assert translated("Not found", "ru") == "Не найдено"
