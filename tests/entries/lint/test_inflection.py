"""Inflected forms of a term are the term; derived words and other prepositions are not."""

import pytest

from app.entries.lint.grammar.inflection import is_form_of, place_of
from app.languages.codes import LanguageCode


@pytest.mark.parametrize(
    ("language", "written", "term"),
    [
        ("en", "targets", "target"),
        ("en", "batteries", "battery"),
        ("en", "Missile defences", "missile defence"),
        ("en", "missile defense", "missile defence"),
        ("en", "losses", "loss"),
        ("fr", "zones de l'impact", "zone d'impact"),
        ("fr", "missiles guidés", "missile guidé"),
        ("fr", "charge opérationnelle", "charge opérationnel"),
        ("fr", "réseaux", "réseau"),
        ("fr", "niveaux régionaux", "niveau régional"),
        ("ru", "баллистических ракет", "баллистическая ракета"),
        ("ru", "активном участке полета", "активный участок полёта"),
        ("ru", "ракетами-мишенями", "ракета-мишень"),
    ],
)
def test_an_inflected_form_is_the_term(language: LanguageCode, written: str, term: str) -> None:
    assert is_form_of(language, written, term)


@pytest.mark.parametrize(
    ("language", "written", "term"),
    [
        ("en", "targeting", "target"),
        ("en", "tracking", "track"),
        ("fr", "engager", "engagement"),
        ("fr", "missile non intercepté", "missile d'interception"),
        ("fr", "lancement", "point de lancement"),
        ("ru", "поражения по целям", "поражение цели"),
        ("ru", "поражать", "поражение"),
        ("ru", "не стратегическая оборона", "стратегическая оборона"),
    ],
)
def test_another_word_is_not_the_term(language: LanguageCode, written: str, term: str) -> None:
    assert not is_form_of(language, written, term)


@pytest.mark.parametrize(
    ("language", "text", "meaning", "term", "place"),
    [
        ("fr", "un pas de tir mobile", "tir", "pas de tir", "pas de tir"),
        ("fr", "un tir de nuit", "tir", "pas de tir", None),
        ("fr", "tir de nuit", "tir", "pas de tir", None),
        ("fr", "la zone de l'impact", "zone de l'impact", "zone d'impact", "zone de l'impact"),
        ("ru", "в районе цели", "районе цели", "район цели", "районе цели"),
    ],
)
def test_a_term_takes_its_function_words_with_it(
    language: LanguageCode, text: str, meaning: str, term: str, place: str | None
) -> None:
    start = text.index(meaning)
    found = place_of(language, text, (start, start + len(meaning)), term)
    assert (text[slice(*found)] if found else None) == place
