"""TBX as it is met in public files, one small file made by hand for each of the shapes and oddities known of.

`quirks/` holds them: what the software of others writes, in its encodings, with its ids, levels and words.
"""

import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.entries.content import EntryContent
from app.exchange import tbx_reader
from app.exchange.options import ReadOptions
from app.exchange.records import Incoming

FOLDER = Path(__file__).parent / "quirks"


@dataclass(frozen=True)
class Expected:
    """What a file holds."""

    references: list[str | None]
    """Of each entry the id that the file gives it."""
    terms: dict[str, int]
    """How many there are in each language, in entries without a fault."""
    faults: list[tuple[str | None, str, str]]
    warnings: dict[str, int]


FILES = {
    "compact-dates": Expected(
        ["eid-1"], {"en": 3}, [], {"category_kept": 1, "language_not_kept": 1, "status_assumed": 3}
    ),
    "corpus": Expected(
        ["o1"],
        {"en": 1},
        [],
        {"category_kept": 1, "language_not_kept": 1, "status_assumed": 1, "subject_field_assumed": 1},
    ),
    "dangling": Expected(
        ["p1", "p2"],
        {"en": 1, "ru": 1},
        [("p2", "languages.en", "several_preferred_terms")],
        {"category_kept": 1, "subject_field_assumed": 2},
    ),
    "dct": Expected(["c1"], {"en": 1}, [], {"language_not_kept": 1}),
    "encoding-description": Expected(
        ["id1"], {"en": 1}, [], {"language_not_kept": 1, "status_assumed": 1, "subject_field_assumed": 1}
    ),
    "everything-in-place": Expected(["c1"], {"en": 1, "fr": 1}, [], {}),
    "french-words": Expected(
        ["i1"], {"en": 1, "fr": 2}, [], {"status_assumed": 3, "subject_field_assumed": 1, "value_kept": 1}
    ),
    "groups": Expected(
        ["c5", "c6"],
        {"en": 2},
        [],
        {
            "category_kept": 1,
            "language_not_kept": 1,
            "status_assumed": 2,
            "subject_field_assumed": 2,
            "value_kept": 1,
        },
    ),
    "iate": Expected(
        ["254003"],
        {"en": 1, "fr": 1},
        [],
        {"category_kept": 2, "language_not_kept": 1, "status_assumed": 2, "subject_field_changed": 2},
    ),
    "koi8-r": Expected(["c1"], {"ru": 1}, [], {"status_assumed": 1, "subject_field_assumed": 1}),
    "many-scripts": Expected(
        ["L10N_ego"],
        {"en": 1, "ru": 1},
        [],
        {"language_not_kept": 5, "status_assumed": 2, "subject_field_assumed": 1},
    ),
    "min": Expected(["C002"], {"en": 1, "ru": 1}, [], {"category_kept": 1}),
    "monolingual": Expected(
        ["w1", "w2"], {"fr": 3}, [], {"category_kept": 1, "status_assumed": 3, "subject_field_assumed": 2}
    ),
    "nested-terms": Expected(
        ["10_1", "10_1"], {"en": 1, "fr": 2}, [], {"status_assumed": 3, "subject_field_assumed": 2}
    ),
    "no-language": Expected(
        ["g1"],
        {"en": 1},
        [],
        {"language_not_kept": 2, "repeated_term": 1, "status_assumed": 1, "subject_field_assumed": 1},
    ),
    "one-line": Expected(
        ["2_76365", "2_76365"],
        {"en": 2},
        [],
        {"language_not_kept": 1, "status_assumed": 2, "subject_field_assumed": 2},
    ),
    "public-identifier": Expected(
        [None, None],
        {"en": 2},
        [],
        {"language_not_kept": 1, "status_assumed": 2, "subject_field_assumed": 2, "value_kept": 1},
    ),
    "termweb": Expected(
        ["c1", "c1"],
        {"en": 4, "fr": 1},
        [],
        {
            "category_kept": 1,
            "language_not_kept": 1,
            "subject_field_assumed": 1,
            "subject_field_changed": 1,
            "value_kept": 1,
        },
    ),
    "two-sections": Expected(
        ["m1"],
        {"en": 1, "fr": 2},
        [],
        {"category_kept": 1, "language_not_kept": 1, "status_assumed": 3, "subject_field_assumed": 1},
    ),
    "untranslated": Expected(
        ["t1", "t2"],
        {"en": 1, "fr": 1, "ru": 1},
        [],
        {"status_assumed": 2, "subject_field_assumed": 2, "value_kept": 3},
    ),
    "upper-case": Expected(
        ["c1"], {"en": 1, "fr": 1}, [], {"language_not_kept": 1, "status_assumed": 2, "subject_field_changed": 1}
    ),
    "utf-16": Expected(
        [None, None],
        {"en": 2, "fr": 1},
        [],
        {"language_not_kept": 1, "status_assumed": 3, "subject_field_assumed": 2},
    ),
    "version-4": Expected([None], {"en": 1, "ru": 1}, [], {"subject_field_assumed": 1}),
    "windows-1254": Expected(
        ["c1"], {"en": 1}, [], {"language_not_kept": 1, "status_assumed": 1, "subject_field_assumed": 1}
    ),
    "wrong-levels": Expected(
        ["b1", "b2", "b3", "b4"],
        {"en": 2},
        [("b2", "languages", "too_short"), ("b4", "languages.en.terms.0.text", "string_too_short")],
        {"category_kept": 1, "status_assumed": 3, "subject_field_assumed": 4, "value_kept": 1},
    ),
}


def entries(name: str) -> list[Incoming]:
    data = (FOLDER / f"{name}.tbx").read_bytes()
    return list(tbx_reader.read(io.BytesIO(data), ReadOptions(subject="threat")))


def content(name: str) -> EntryContent:
    first = entries(name)[0].content
    assert first is not None
    return first


def test_each_file_is_tried() -> None:
    assert {path.stem for path in FOLDER.glob("*.tbx")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_others_is_read_and_says_what_became_of_it(name: str) -> None:
    expected, items = FILES[name], entries(name)
    texts = [item.content for item in items if item.content is not None]
    assert [item.reference for item in items] == expected.references
    assert Counter(c for text in texts for c, s in text.languages.items() for _ in s.terms) == expected.terms
    assert [(i.reference, fault.field, fault.code) for i in items for fault in i.faults] == expected.faults
    assert Counter(warning.code for item in items for warning in item.warnings) == expected.warnings


def test_types_with_spaces_are_the_categories_that_they_name() -> None:
    english = content("termweb").languages["en"]
    assert [(t.text, t.acceptability, t.part_of_speech, t.region) for t in english.terms] == [
        ("decoy", "preferred", "noun", "US"),
        ("dummy target", "deprecated", "noun", "US"),
        ("false target", "superseded", "noun", "US"),
    ]
    assert english.terms[0].usage_note == "Not “dummy”."
    assert english.definition is not None
    assert [source.citation for source in english.definition.sources] == ["House style"]
    assert english.notes == ("Entry status: Approved", "cross-reference: interceptor <c2>")


def test_a_status_that_nobody_knows_never_makes_a_term_preferred() -> None:
    russian = content("untranslated").languages["ru"]
    assert [(term.text, term.acceptability) for term in russian.terms] == [("пусковая установка", "admitted")]
    assert russian.notes == ("пусковая установка — administrativeStatus: Translation needed",)


def test_an_abbreviation_is_tied_to_the_full_form_that_the_entry_has() -> None:
    english = content("compact-dates").languages["en"]
    assert [(term.text, term.type, term.abbreviation_of) for term in english.terms] == [
        ("SRM", "abbreviation", "solid rocket motor"),
        ("solid rocket motor", "full_form", None),
        ("LRE", "abbreviation", None),
    ]
    assert english.notes == ("LRE — abbreviatedFormFor: liquid rocket engine",)


def test_sections_of_one_language_are_one_section() -> None:
    assert [term.text for term in content("two-sections").languages["fr"].terms] == ["ogive", "coiffe"]


def test_a_broader_concept_is_a_relation_where_it_is_one_of_ours() -> None:
    second = entries("groups")[1].content
    assert second is not None
    assert [(relation.type, relation.target) for relation in second.relations] == [("generic", "TMD-0001")]


def test_letters_of_old_code_pages_arrive() -> None:
    assert content("windows-1254").languages["en"].terms[0].text == "façade target"
    assert content("koi8-r").languages["ru"].terms[0].text == "ёмкость"
    assert content("utf-16").languages["fr"].terms[0].text == "radar à balayage électronique"
