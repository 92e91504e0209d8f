"""Russian in Latin letters, and back."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.entries.content import TransliterationScheme
from app.languages.stems import stem
from app.languages.transliteration import from_latin, skeleton, to_latin
from app.languages.words import words
from tests.languages.glossary import sections, terms

RUSSIAN = st.from_regex("([бвгджзклмнпрстфхцчшщ]ь?|[аеёийоуыэюя]|дъе){1,8}", fullmatch=True)


@pytest.fixture(scope="module")
def russian_words() -> set[str]:
    """The Russian words of the terms and definitions of the shipped glossary."""
    texts = [term.text for term in terms("ru")]
    texts += [section.definition.text for section in sections("ru") if section.definition]
    found = {word.text for text in texts for word in words(text)}
    return {word for word in found if re.fullmatch("[А-яЁё]+", word)}


@pytest.mark.parametrize(
    ("text", "iso_9", "gost_b", "bgn_pcgn", "icao"),
    [
        ("противоракетная оборона", "protivoraketnaâ oborona", "protivoraketnaya oborona",
         "protivoraketnaya oborona", "protivoraketnaia oborona"),
        ("боевой блок", "boevoj blok", "boevoj blok", "boyevoy blok", "boevoi blok"),
        ("цель", "celʹ", "cel`", "tsel’", "tsel"),
        ("площадь цитаты", "ploŝadʹ citaty", "ploshhad` citaty`", "ploshchad’ tsitaty", "ploshchad tsitaty"),
        ("концевой", "koncevoj", "koncevoj", "kontsevoy", "kontsevoi"),
        ("цапфа", "capfa", "czapfa", "tsapfa", "tsapfa"),
        ("объект", "obʺekt", "ob``ekt", "ob”yekt", "obieekt"),
        ("ёмкость", "ëmkostʹ", "yomkost`", "yëmkost’", "emkost"),
        ("подлёт", "podlët", "podlyot", "podlët", "podlet"),
        ("эшелон", "èšelon", "e`shelon", "eshelon", "eshelon"),
        ("единый", "edinyj", "ediny`j", "yedinyy", "edinyi"),
        ("химический", "himičeskij", "ximicheskij", "khimicheskiy", "khimicheskii"),
        ("Южный", "Ûžnyj", "Yuzhny`j", "Yuzhnyy", "Iuzhnyi"),
        ("ЩИТ, Щит и Щ-1", "ŜIT, Ŝit i Ŝ-1", "SHHIT, Shhit i Shh-1", "SHCHIT, Shchit i Shch-1",
         "SHCHIT, Shchit i Shch-1"),
        ("Ka-диапазон", "Ka-diapazon", "Ka-diapazon", "Ka-diapazon", "Ka-diapazon"),
        ("боевои\u0306", "boevoj", "boevoj", "boyevoy", "boevoi"),
        ("", "", "", "", ""),
    ],
)  # fmt: skip
def test_russian_by_the_standards(text: str, iso_9: str, gost_b: str, bgn_pcgn: str, icao: str) -> None:
    written = {scheme: to_latin(text, scheme) for scheme in TransliterationScheme}
    assert written == {
        "iso-9": iso_9,
        "gost-7.79-a": iso_9,
        "gost-7.79-b": gost_b,
        "bgn-pcgn": bgn_pcgn,
        "icao-9303": icao,
    }


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(KeyError):
        to_latin("цель", "gost-1971")


@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя -"), max_size=12))
def test_iso_9_has_one_sign_for_each_letter(text: str) -> None:
    written = to_latin(text, "iso-9")
    assert len(written) == len(text)
    assert len({*written}) == len({*text})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("protivoraketnaya oborona", "противоракетная оборона"),
        ("protivoraketnaja oborona", "противоракетная оборона"),
        ("protivoraketnaia oborona", "противоракетная оборона"),
        ("protivoraketnaâ oborona", "противоракетная оборона"),
        ("PRO TVD", "ПРО ТВД"),
        ("perekhvatchik", "перехватчик"),
        ("perehvatchik", "перехватчик"),
        ("perexvatchik", "перехватчик"),
        ("perehvatčik", "перехватчик"),
        ("Shchit", "Щит"),
        ("schit", "щит"),
        ("SHHIT", "ЩИТ"),
        ("cel'", "цель"),
        ("cel’", "цель"),
        ("celʹ", "цель"),
        ("tsel`", "цель"),
        ("obieekt", "объект"),
        ("ob''ekt", "объект"),
        ("obʺekt", "объект"),
        ("samolyot", "самолёт"),
        ("samoljot", "самолёт"),
        ("samolët", "самолёт"),
        ("by`stry`j", "быстрый"),
        ("boyevoy blok", "боевой блок"),
        ("boevoj blok", "боевой блок"),
        ("krylataya raketa", "крылатая ракета"),
        ("krylatyye rakety", "крылатые ракеты"),
        ("rubezh perehvata", "рубеж перехвата"),
        ("navoditsya", "наводится"),
        ("e`shelon", "эшелон"),
        ("èšelon", "эшелон"),
        ("aviaciya", "авиация"),
        ("aviatsiia", "авиация"),
        ("aviacia", "авиация"),
    ],
)
def test_the_likeliest_reading_of_latin_letters(typed: str, meant: str) -> None:
    assert from_latin(typed)[0] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sviaz", "связ"),
        ("voiska", "войска"),
        ("shema perehvata", "схема перехвата"),
        ("rayon", "район"),
        ("raketnye voyska", "ракетные войска"),
        ("komplex", "комплекс"),
        ("schislenie", "счисление"),
        ("tchelovek", "человек"),
        ("boudouchtchiï", "будущий"),
        ("oujas", "ужас"),
    ],
)
def test_other_habits_of_writing_are_read_too(typed: str, meant: str) -> None:
    assert meant in from_latin(typed)


@pytest.mark.parametrize("text", ["", "300", "ПРО", "-'\"", "λ", "ø"])
def test_without_letters_of_a_scheme_there_is_nothing_to_read(text: str) -> None:
    assert from_latin(text) == ()


@pytest.mark.parametrize("text", ["'raketa'", '"raketa"', "«raketa»", "raketa, raketa"])
def test_quotation_marks_are_no_letters(text: str) -> None:
    assert from_latin(text)[0] == text.replace("raketa", "ракета")


@pytest.mark.parametrize("scheme", TransliterationScheme)
def test_words_of_the_glossary_keep_their_skeleton_both_ways(scheme: str, russian_words: set[str]) -> None:
    assert len(russian_words) > 2000
    lost = [w for w in russian_words if skeleton(w) not in {skeleton(r) for r in from_latin(to_latin(w, scheme))}]
    assert lost == []


@pytest.mark.parametrize(
    ("scheme", "most"), [("iso-9", 0), ("gost-7.79-b", 0), ("bgn-pcgn", 0.001), ("icao-9303", 0.03)]
)
def test_their_stems_do_so_too_but_for_signs_that_the_scheme_leaves_out(
    scheme: str, most: float, russian_words: set[str]
) -> None:
    lost = [
        word
        for word in russian_words
        if skeleton(stem(word, "ru"))
        not in {skeleton(stem(reading, "ru")) for reading in from_latin(to_latin(word, scheme))}
    ]
    assert len(lost) <= most * len(russian_words), lost


@given(RUSSIAN)
@example("щ")
def test_any_word_keeps_its_skeleton_through_iso_9(word: str) -> None:
    assert skeleton(word) in {skeleton(reading) for reading in from_latin(to_latin(word, "iso-9"))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("боевой", "боевои"),
        ("объект", "обект"),
        ("щит", "шит"),
        ("эшелон", "ешелон"),
        ("самолёт", "самолет"),
        ("цель", "тсел"),
        ("диапазон", "дяпазон"),
        ("россия", "росия"),
        ("крылатый", "крилати"),
    ],
)
def test_what_latin_letters_blur_has_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_skeletons_of_the_glossary_tell_its_words_apart(russian_words: set[str]) -> None:
    by_skeleton: dict[str, set[str]] = {}
    for word in russian_words:
        by_skeleton.setdefault(skeleton(stem(word, "ru")), set()).add(stem(word, "ru"))
    shared = [stems for stems in by_skeleton.values() if len(stems) > 1]
    assert len(shared) < len(by_skeleton) / 50, shared


@given(st.text(st.characters(), max_size=20) | st.text(st.sampled_from("шчщцтсяйыииа"), max_size=12))
def test_a_skeleton_is_its_own_skeleton(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


@given(st.text(st.characters(), max_size=30) | st.text(st.sampled_from("schzhtyjaeiou'`\"’ -"), max_size=20))
def test_readings_are_few_and_distinct_and_other_than_the_text(text: str) -> None:
    found = from_latin(text)
    assert len(found) <= 8
    assert len(set(found)) == len(found)
    assert text not in found


@given(st.text(st.characters(), max_size=20), st.sampled_from(TransliterationScheme))
def test_what_is_written_in_latin_letters_has_no_russian_left(text: str, scheme: str) -> None:
    assert not re.search("[А-яЁё]", to_latin(text, scheme))


@pytest.mark.parametrize("text", ["shch" * 20_000, "y" * 50_000, "'" * 50_000, "a'" * 30_000])
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    from_latin(text)
    assert time.perf_counter() - started < 5
