"""Russian lemmas, readings and heads of terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.morphology import head_noun, lemmas, readings
from app.languages.stems import stem
from app.languages.words import plain
from tests.languages.glossary import terms
from tests.languages.inflections import RUSSIAN, RUSSIAN_IRREGULAR, table


@pytest.mark.parametrize("forms", table(RUSSIAN + RUSSIAN_IRREGULAR), ids=lambda forms: forms[0])
def test_the_forms_of_a_word_have_a_lemma_in_common(forms: list[str]) -> None:
    assert set.intersection(*(set(lemmas(form)) for form in forms))


@pytest.mark.parametrize("forms", table(RUSSIAN_IRREGULAR), ids=lambda forms: forms[0])
def test_there_the_stems_differ(forms: list[str]) -> None:
    assert len({stem(form, "ru") for form in forms}) > 1


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("времени", ("время",)),
        ("суда", ("суд", "судно")),
        ("самолётов", ("самолет",)),
        ("САМОЛЕТОВ", ("самолет",)),
        ("боевой", ("боевой",)),
        ("РЛС", ("рлс",)),
        ("Patriot", ("patriot",)),
        ("", ("",)),
    ],
)
def test_the_lemmas_of_a_form(form: str, found: tuple[str, ...]) -> None:
    assert lemmas(form) == found


def test_a_reading_says_what_the_form_is() -> None:
    reading = readings("ракетой")[0]
    assert (reading.lemma, reading.part_of_speech, reading.gender) == ("ракета", "noun", "feminine")
    assert (reading.number, reading.case, reading.is_known) == ("singular", "instrumental", True)


def test_readings_come_with_the_likeliest_first() -> None:
    scores = [reading.score for reading in readings("суда")]
    assert len(scores) > 2
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("word", ["РЛС", "Patriot", "300", "", "…"])
def test_what_is_no_russian_word_has_no_reading(word: str) -> None:
    assert readings(word) == ()


@pytest.mark.parametrize(
    ("term", "lemma", "gender", "number"),
    [
        ("противоракетная оборона", "оборона", "feminine", "singular"),
        ("противоракетная оборона театра военных действий", "оборона", "feminine", "singular"),
        ("боевой блок", "блок", "masculine", "singular"),
        ("поражение цели", "поражение", "neuter", "singular"),
        ("ложные цели", "цель", "feminine", "plural"),
        ("средства поражения", "средство", "neuter", "plural"),
        ("ракета-перехватчик", "ракета-перехватчик", "feminine", "singular"),
        ("оптико-электронное средство", "средство", "neuter", "singular"),
        ("интегрированная противовоздушная и противоракетная оборона", "оборона", "feminine", "singular"),
        ("запускаемая в космос ракета", "ракета", "feminine", "singular"),
        ("система предупреждения о ракетном нападении", "система", "feminine", "singular"),
        ("время на принятие решения", "время", "neuter", "singular"),
        ("СВЧ-излучение", "излучение", "neuter", "singular"),
        ("Ka-диапазон", "диапазон", "masculine", "singular"),
        ("2-й эшелон ПРО", "эшелон", "masculine", "singular"),
        ("ракета С-300", "ракета", "feminine", "singular"),
        ("ёмкость", "емкость", "feminine", "singular"),
    ],
)
def test_the_head_of_a_term(term: str, lemma: str, gender: str, number: str) -> None:
    head = head_noun(term)
    assert head is not None
    assert (head.lemma, head.gender, head.number) == (lemma, gender, number)


@pytest.mark.parametrize(
    "term",
    ["РЛС", "ПРО ТВД", "РЛС обнаружения", "загоризонтная РЛС", "С-300", "MIRV", "на море", "", "-", "осадки"],
)
def test_where_the_head_cannot_be_told(term: str) -> None:
    assert head_noun(term) is None


def test_the_heads_of_the_glossary_have_the_gender_it_gives() -> None:
    heads = [(term, head_noun(term.text)) for term in terms("ru") if term.gender]
    told = [(term, head) for term, head in heads if head and head.gender]
    wrong = [term.text for term, head in told if head.gender != term.gender]
    assert len(told) > 500
    assert len(wrong) < len(told) / 100, wrong


@given(st.text(st.characters(), max_size=30) | st.text(st.sampled_from("абвийёьы -Aa1"), max_size=20))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert all(lemma == plain(lemma) for lemma in lemmas(text))
    head = head_noun(text)
    assert head is None or head.case == "nominative"
