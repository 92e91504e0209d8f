"""Stems: the forms of a word meet, and different words stay apart."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.function_words import content_words
from app.languages.stems import STEMS_VERSION, content_stems, stem
from app.languages.words import plain
from tests.languages.inflections import ENGLISH, FRENCH, RUSSIAN, table

INFLECTIONS: list[tuple[LanguageCode, list[str]]] = [
    (language, forms)
    for language, text in (("en", ENGLISH), ("fr", FRENCH), ("ru", RUSSIAN))
    for forms in table(text)
]


def stems(text: str, language: LanguageCode) -> str:
    """The stems of a text in one string."""
    return " ".join(content_stems(text, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_long_enough(language: LanguageCode) -> None:
    assert sum(1 for of, _ in INFLECTIONS if of == language) >= 60


@pytest.mark.parametrize(("language", "forms"), INFLECTIONS, ids=lambda value: value[0] if value else "")
def test_the_forms_of_a_word_have_one_stem(language: LanguageCode, forms: list[str]) -> None:
    assert {form: stems(form, language) for form in forms} == dict.fromkeys(forms, stems(forms[0], language))


@pytest.mark.parametrize(
    ("language", "families"),
    [
        ("en", ["detect detection", "engage engagement", "deploy deployment", "armour armoured"]),
        ("fr", ["détecté détection", "défense défensif", "manœuvre manœuvrable manœuvrant"]),
        ("ru", []),
    ],
)
def test_only_words_of_one_family_share_a_stem(language: LanguageCode, families: list[str]) -> None:
    sharing: dict[str, list[str]] = {}
    for of, (word, *_) in INFLECTIONS:
        if of == language:
            sharing.setdefault(stems(word, language), []).append(word)
    assert [" ".join(shared) for shared in sharing.values() if len(shared) > 1] == families


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "theater ballistic missile defense", "theatre ballistic missile defences"),
        ("en", "over-the-horizon radars", "Over the Horizon radar"),
        ("en", "modelling and signalling", "modeling, signaling"),
        ("fr", "défense antimissile de théâtre", "DEFENSES ANTIMISSILES DU THEATRE"),
        ("fr", "l’intercepteur d’un missile", "intercepteurs de missiles"),
        ("fr", "manœuvres", "manoeuvre"),
        ("fr", "capacité d'interception", "capacites d interception"),
        ("ru", "поражение боевых блоков", "поражения боевого блока"),
        ("ru", "самолёт-разведчик", "самолетов-разведчиков"),
        ("ru", "2-й эшелон", "2-го эшелона"),
        ("ru", "пере\u00adхва\u0301тчики", "перехватчик"),
    ],
)
def test_ways_of_putting_a_term_have_the_same_stems(language: LanguageCode, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "missile", "mission"),
        ("en", "range", "ring"),
        ("en", "S-band radar", "band radar"),
        ("fr", "leurre", "lueur"),
        ("fr", "portée", "porteur"),
        ("fr", "défense stratégique", "défense non stratégique"),
        ("ru", "ПРО", "ПВО"),
        ("ru", "С-300", "С-400"),
        ("ru", "пуск", "спуск"),
        ("ru", "щит", "шит"),
        ("ru", "система", "систола"),
    ],
)
def test_different_terms_have_different_stems(language: LanguageCode, one: str, other: str) -> None:
    assert stems(one, language) != stems(other, language)


@given(st.text(st.characters(), max_size=30), st.sampled_from(LANGUAGES))
@example("\ud800", "ru")
@example("y", "fr")
def test_every_text_has_stems(text: str, language: LanguageCode) -> None:
    assert len(content_stems(text, language)) == len(content_words(text, language))
    assert stem(plain(text), language) == stem(text, language)


@given(st.text(st.sampled_from("abcdefilmnorstuvéèêàâçîôùœ"), min_size=1, max_size=14))
@example("portée")
@example("premièrement")
@example("légères")
def test_a_french_word_has_the_same_stem_without_its_accents(word: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    assert stem(word, "fr") == stem(bare, "fr")


def test_threads_do_not_mix_their_words_up() -> None:
    words = [f"détect{i}ées" for i in range(2000)]
    stem.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: stem(word, "fr"), words * 2))
    stem.cache_clear()
    assert found[: len(words)] == [stem(word, "fr") for word in words]


def test_the_version_names_the_stemmer() -> None:
    assert f"snowball {version('snowballstemmer')}" in STEMS_VERSION
