"""Keys of terms and queries: which texts share one, and which do not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.fold import KEY_LENGTH
from app.languages.forms import other_stems
from app.languages.keys import (
    KEYS_VERSION,
    KeyKind,
    carrying_words,
    length_of_term,
    query_stems,
    run_key,
    term_keys,
    term_words,
    words_from,
)
from app.languages.morphology import MORPHOLOGY_VERSION
from app.languages.stems import STEMS_VERSION, stem
from app.languages.words import words


def keys(text: str, language: LanguageCode, *, abbreviated: bool = False) -> dict[KeyKind, set[str]]:
    """The keys of a term by their kind."""
    found: dict[KeyKind, set[str]] = {kind: set() for kind in KeyKind}
    for key in term_keys(text, language, term_words(text, language), abbreviated=abbreviated):
        found[KeyKind(key[0])].add(key[1:])
    return found


@pytest.mark.parametrize(
    ("kind", "language", "one", "other"),
    [
        (KeyKind.FOLDED, "en", "re-entry vehicle", "Reentry Vehicle"),
        (KeyKind.FOLDED, "fr", "manœuvre évasive", "manoeuvre evasive"),
        (KeyKind.FOLDED, "ru", "твёрдое топливо", "ТВЕРДОЕ ТОПЛИВО"),
        (KeyKind.STEMS, "en", "ballistic missile", "ballistic missiles"),
        (KeyKind.STEMS, "en", "theatre missile defence", "theater missile defense"),
        (KeyKind.STEMS, "en", "rules of engagement", "the rules of the engagement"),
        (KeyKind.STEMS, "fr", "missile balistique", "les missiles balistiques"),
        (KeyKind.STEMS, "fr", "système d'alerte avancée", "des systèmes d’alerte avancée"),
        (KeyKind.STEMS, "ru", "баллистическая ракета", "баллистическими ракетами"),
        (KeyKind.STEMS, "ru", "противоракетная оборона", "противоракетной обороны"),
        (KeyKind.UNORDERED, "en", "missile, ballistic", "ballistic missile"),
        (KeyKind.UNORDERED, "ru", "ракета-перехватчик", "перехватчик, ракета"),
        (KeyKind.SKELETON, "ru", "объект поражения", "обект поражения"),
        (KeyKind.SKELETON, "ru", "щит", "шит"),
    ],
)
def test_texts_that_are_meant_alike_share_a_key(
    kind: KeyKind, language: LanguageCode, one: str, other: str
) -> None:
    assert keys(one, language)[kind] & keys(other, language)[kind]


@pytest.mark.parametrize(
    ("kind", "language", "one", "other"),
    [
        (KeyKind.FOLDED, "ru", "район", "раион"),
        (KeyKind.STEMS, "fr", "défense antimissile stratégique", "défense antimissile non stratégique"),
        (KeyKind.STEMS, "ru", "перехват в атмосфере", "перехват вне атмосферы"),
        (KeyKind.STEMS, "en", "early warning radar", "radar early warning"),
        (KeyKind.UNORDERED, "en", "warning radar", "warning radar station"),
    ],
)
def test_texts_that_mean_different_things_share_none(
    kind: KeyKind, language: LanguageCode, one: str, other: str
) -> None:
    assert not keys(one, language)[kind] & keys(other, language)[kind]


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("активный участок", "активного участка"),
        ("разделяющаяся боеголовка", "разделяющихся боеголовок"),
        ("пусковая установка", "пусковых установок"),
        ("время реакции", "времени реакции"),
        ("обломки перехвата", "обломок перехвата"),
        ("судно слежения", "суда слежения"),
    ],
)
def test_a_form_whose_stem_differs_is_among_the_forms_of_the_term(term: str, form: str) -> None:
    typed, kept = keys(form, "ru")[KeyKind.STEMS], keys(term, "ru")
    assert not typed & kept[KeyKind.STEMS]
    assert typed & kept[KeyKind.FORMS]


def test_most_words_have_one_stem_in_all_their_forms() -> None:
    assert other_stems("ракета") == ()
    assert other_stems("баллистическая") == ()
    assert other_stems("участок") == ("участк",)
    assert other_stems("время") == ("времен",)


@given(st.text(max_size=20))
@example("\U00017000")
def test_any_word_has_other_stems_or_none(word: str) -> None:
    assert stem(word, "ru") not in other_stems(word)


def test_the_words_of_an_abbreviation_all_carry_meaning() -> None:
    assert [word.text for word in carrying_words("ПРО ТВД", "ru")] == ["ПРО", "ТВД"]
    assert [word.text for word in carrying_words("RULES OF ENGAGEMENT", "en")] == ["RULES", "ENGAGEMENT"]


def test_a_term_is_found_by_the_beginning_of_any_of_its_words() -> None:
    assert keys("défense antimissile de théâtre", "fr")[KeyKind.TAIL] == {"antimissiledetheatre", "theatre"}
    assert keys("missile", "en")[KeyKind.TAIL] == set()


@pytest.mark.parametrize(
    ("language", "part", "term"),
    [
        ("en", "codes of conduct", "Code of Conduct against Ballistic Missile Proliferation"),
        ("en", "ballistic missiles", "Code of Conduct against Ballistic Missile Proliferation"),
        ("fr", "les technologies du missile", "Régime de contrôle de la technologie des missiles"),
        ("ru", "баллистических ракет", "распространение баллистических ракет"),
        ("ru", "участка траектории", "конечный участок траектории"),
    ],
)
def test_a_term_has_keys_that_begin_with_the_words_in_it(language: LanguageCode, part: str, term: str) -> None:
    stems = [stem(word.text, language) for word in carrying_words(part, language)]
    assert [key for key in keys(term, language)[KeyKind.RUN] if key.startswith(run_key(stems, language)[1:])]


def test_words_that_stand_apart_or_are_not_whole_begin_no_key_of_a_term() -> None:
    kept = keys("Code of Conduct against Ballistic Missile Proliferation", "en")[KeyKind.RUN]
    for stems in (["code", "ballist"], ["cond"], ["conduct", "code"]):
        assert not [key for key in kept if key.startswith(run_key(stems, "en")[1:])]
    assert keys("missile", "en")[KeyKind.RUN] == set()


def test_a_key_of_words_tells_how_many_there_are_to_the_end() -> None:
    assert words_from(run_key(["ballist", "missil", "prolifer"], "en")) == 3
    kept = keys("cruise missile", "en")[KeyKind.RUN]
    assert kept == {"en cruis missil 013", "en missil 013"}
    assert {length_of_term(key) for key in kept} == {len("cruisemissile")}


def test_a_query_is_also_read_with_plural_initialisms_and_roman_numbers() -> None:
    assert query_stems(words("WMDs"), "en") == [["wmds"], ["wmd"]]
    assert query_stems(words("СНВ-3"), "ru") == [["снв", "3"], ["снв", "iii"]]
    assert query_stems(words("ballistic missiles"), "en") == [["ballist", "missil"]]


def test_an_abbreviation_has_a_key_as_one() -> None:
    assert keys("Т. М. Д.", "ru", abbreviated=True)[KeyKind.ABBREVIATION] == {"тмд"}
    assert keys("ТМД", "ru")[KeyKind.ABBREVIATION] == set()


def test_the_version_names_all_that_keys_depend_on() -> None:
    for part in (STEMS_VERSION, MORPHOLOGY_VERSION, unicodedata.unidata_version):
        assert part in KEYS_VERSION


@given(st.text(min_size=1, max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_has_keys_that_fit_the_column(text: str, language: LanguageCode) -> None:
    made = term_keys(text, language, term_words(text, language), abbreviated=True)
    assert made[0].startswith(KeyKind.FOLDED)
    assert len(set(made)) == len(made)
    assert all(1 < len(key) <= 1 + KEY_LENGTH and KeyKind(key[0]) for key in made)


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяéèçêœABCXYZ '-", min_size=1, max_size=40))
def test_a_text_has_the_same_keys_in_either_normal_form(text: str) -> None:
    for language in LANGUAGES:
        composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
        assert keys(composed, language) == keys(apart, language)


def test_the_longest_terms_have_keys_that_fit() -> None:
    for text in ("щ" * 250, "ﷺ" * 250, "😀" * 250, " ".join(["участок"] * 31)):
        assert all(
            len(key) <= 1 + KEY_LENGTH for key in term_keys(text, "ru", term_words(text, "ru"), abbreviated=True)
        )
