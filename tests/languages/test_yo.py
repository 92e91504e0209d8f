"""ё where the word has it, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.yo import with_yo


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("полет", "полёт"),
        ("самолета", "самолёта"),
        ("твердое", "твёрдое"),
        ("развернутые", "развёрнутые"),
        ("ее", "её"),
        ("объем", "объём"),
        ("Налет", "Налёт"),
        ("РАСЧЕТ", "РАСЧЁТ"),
        ("защищенность", "защищённость"),
    ],
)
def test_yo_is_put_where_the_word_has_it(written: str, right: str) -> None:
    assert (with_yo(written) or "").lower() == right.lower()


@pytest.mark.parametrize(
    "word", ["небо", "все", "узел", "берет", "осел", "щебень", "дело", "манёвр", "маневр", "перехватчик"]
)
def test_other_words_stay_as_they_are(word: str) -> None:
    assert with_yo(word) is None


@pytest.mark.parametrize("word", ["relief", "ПРО", "Ke", "5е", "", "ееее"])
def test_what_the_dictionary_does_not_know_stays_as_it_is(word: str) -> None:
    assert with_yo(word) is None


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    spelling = with_yo(text)
    assert spelling is None or spelling.replace("ё", "е") == text
