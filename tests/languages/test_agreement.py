"""Words that have one stem: forms of one word, or two words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.agreement import are_different_words, are_forms, is_form_of
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.words import words

FORMS: list[tuple[LanguageCode, str, tuple[str, ...]]] = [
    ("ru", "цель", ("цели", "целью", "целям", "целей")),
    ("ru", "высота", ("высоту", "высотой")),
    ("ru", "обороняемый", ("обороняемого", "обороняемая", "обороняемые")),
    ("ru", "командующий", ("командующего", "командующему")),
    ("ru", "манёвр", ("маневры", "манёврами")),
    ("fr", "portée", ("portées", "portee", "portees")),
    ("fr", "traité", ("traités", "traite", "traites")),
    ("fr", "tendue", ("tendu", "tendus", "tendues")),
    ("fr", "déployées", ("déployé", "déployés", "deployees")),
    ("fr", "naval", ("navale", "navales", "navaux")),
    ("fr", "actif", ("active", "actives", "actifs")),
    ("fr", "opérationnelle", ("opérationnel", "opérationnels")),
    ("fr", "aérienne", ("aérien", "aériens", "aerienne")),
    ("fr", "réseau", ("réseaux", "reseaux")),
    ("fr", "abri", ("abris",)),
    ("fr", "dangereux", ("dangereuse", "dangereuses")),
    ("en", "missile", ("missiles",)),
    ("en", "tracking", ("track", "tracked")),
]

OTHERS: list[tuple[LanguageCode, str, tuple[str, ...]]] = [
    ("ru", "цель", ("целый", "целая", "целиком")),
    ("ru", "СИЗ", ("сизый",)),
    ("fr", "portée", ("porte", "portes", "porter")),
    ("fr", "traité", ("trait", "traits")),
    ("fr", "étage", ("étagère",)),
    ("fr", "COP", ("copie", "copies")),
    ("en", "SAM", ("samed",)),
]


@pytest.mark.parametrize(("language", "meant", "forms"), FORMS)
def test_forms_of_a_word_are_known(language: LanguageCode, meant: str, forms: tuple[str, ...]) -> None:
    assert [form for form in forms if not is_form_of(form, meant, language)] == []


@pytest.mark.parametrize(("language", "meant", "others"), OTHERS)
def test_other_words_are_told_from_them(language: LanguageCode, meant: str, others: tuple[str, ...]) -> None:
    assert [word for word in others if is_form_of(word, meant, language)] == []


def test_a_word_that_no_dictionary_has_is_given_the_benefit_of_the_doubt() -> None:
    assert is_form_of("беспилотничков", "беспилотничк", "ru")
    assert not are_different_words("ракетта", "ракета")


def test_a_number_may_be_written_in_other_figures() -> None:
    assert is_form_of("3", "III", "ru")
    assert not is_form_of("2", "III", "ru")


def test_words_joined_or_parted_are_not_compared() -> None:
    assert are_forms(words("reentry vehicle"), words("re-entry vehicle"), "en", abbreviated=False)


@given(st.text(), st.text(), st.sampled_from(LANGUAGES))
def test_any_text_may_be_compared(one: str, other: str, language: LanguageCode) -> None:
    is_form_of(one, other, language)
    assert is_form_of(one, one, language)
