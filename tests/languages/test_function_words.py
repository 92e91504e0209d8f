"""Which words carry the meaning of a term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.fold import fold
from app.languages.function_words import FUNCTION_WORDS, content_words, is_function_word
from app.languages.words import plain, words
from tests.languages.glossary import entries
from tests.languages.inflections import ENGLISH, FRENCH, RUSSIAN, RUSSIAN_IRREGULAR, table


def kept(text: str, language: LanguageCode) -> list[str]:
    """The content words of a text, as they stand there."""
    return [word.text for word in content_words(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "content"),
    [
        ("defence of the theatre", "en", ["defence", "theatre"]),
        ("the enemy's decoys", "en", ["enemy", "decoys"]),
        ("It doesn’t detect", "en", ["doesn", "detect"]),
        ("S-band radar", "en", ["S", "band", "radar"]),
        ("fire-and-forget, over-the-horizon", "en", ["fire", "forget", "over", "horizon"]),
        ("Type A missile", "en", ["Type", "A", "missile"]),
        ("A missile", "en", ["missile"]),
        ("theatre d'opérations", "fr", ["theatre", "opérations"]),
        ("le théâtre d’opérations", "fr", ["théâtre", "opérations"]),
        ("l interception", "fr", ["interception"]),
        ("aux missiles du théâtre", "fr", ["missiles", "théâtre"]),
        ("jusqu’à l’impact", "fr", ["impact"]),
        ("radar en bande D", "fr", ["radar", "bande", "D"]),
        ("mise à feu", "fr", ["mise", "feu"]),
        ("défense antimissile non stratégique", "fr", ["défense", "antimissile", "non", "stratégique"]),
        ("point de lancement", "fr", ["point", "lancement"]),
        ("À la portée", "fr", ["portée"]),
        ("оборона от ракет", "ru", ["оборона", "ракет"]),
        ("запускаемая с воздуха ракета", "ru", ["запускаемая", "воздуха", "ракета"]),
        ("ЗРК С-300", "ru", ["ЗРК", "С", "300"]),
        ("зрк с-300", "ru", ["зрк", "с", "300"]),
        ("С воздуха", "ru", ["воздуха"]),
        ("Пуск. В районе цели", "ru", ["Пуск", "районе", "цели"]),
        ("бортовое ПО ракеты", "ru", ["бортовое", "ПО", "ракеты"]),
        ("2-й эшелон", "ru", ["2", "эшелон"]),
        ("2‑го эшелона", "ru", ["2", "эшелона"]),
        ("РЛС ПРО", "ru", ["РЛС", "ПРО"]),
        ("про твд", "ru", ["про", "твд"]),
        ("не обнаруженная цель", "ru", ["не", "обнаруженная", "цель"]),
        ("ПОРАЖЕНИЕ НА ПОДЛЁТЕ", "ru", ["ПОРАЖЕНИЕ", "ПОДЛЁТЕ"]),
    ],
)
def test_what_carries_no_meaning_is_left_out(text: str, language: LanguageCode, content: list[str]) -> None:
    assert kept(text, language) == content


@pytest.mark.parametrize(("text", "language"), [("ПО", "ru"), ("US", "en"), ("d'", "fr"), ("под", "ru")])
def test_a_text_of_nothing_else_keeps_its_words(text: str, language: LanguageCode) -> None:
    assert kept(text, language) == [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("word", "language"), [("The", "en"), ("AUX", "fr"), ("dès", "fr"), ("L", "fr"), ("её", "ru"), ("Между", "ru")]
)
def test_function_words_are_known_in_any_letters(word: str, language: LanguageCode) -> None:
    assert is_function_word(word, language)


@pytest.mark.parametrize(
    ("word", "language"),
    [("system", "en"), ("the", "fr"), ("système", "fr"), ("es", "fr"), ("время", "ru"), ("the", "ru")],
)
def test_other_words_are_none(word: str, language: LanguageCode) -> None:
    assert not is_function_word(word, language)


def test_the_lists_are_in_plain_form() -> None:
    assert all(word == plain(word) for listed in FUNCTION_WORDS.values() for word in listed)


@pytest.mark.parametrize(
    ("language", "text"), [("en", ENGLISH), ("fr", FRENCH), ("ru", RUSSIAN + RUSSIAN_IRREGULAR)]
)
def test_no_list_has_a_word_of_the_field(language: LanguageCode, text: str) -> None:
    assert not {plain(form) for forms in table(text) for form in forms} & FUNCTION_WORDS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_terms_of_two_entries_become_one(language: LanguageCode) -> None:
    users: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for entry in entries():
        section = entry.content.languages.get(language)
        for term in section.terms if section else ():
            content = tuple(plain(word) for word in kept(term.text, language))
            users.setdefault(content, set()).add((entry.number, fold(term.text)))
    shared = [terms for terms in users.values() if len({number for number, _ in terms}) > 1]
    assert len(users) > 300
    assert [terms for terms in shared if len({text for _, text in terms}) > 1] == []


@given(st.text(st.characters(), max_size=40), st.sampled_from(LANGUAGES))
def test_content_words_are_words_of_the_text(text: str, language: LanguageCode) -> None:
    found = words(text)
    content = content_words(text, language)
    assert set(content) <= set(found)
    assert bool(content) == bool(found)
