"""Finding terms in running text: which occurrences there are, and exactly where."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.codes import LanguageCode
from app.languages.function_words import carries_no_meaning
from app.languages.keys import term_words
from app.languages.words import Word
from app.search import recognition
from app.search.recognition import Recogniser, Sample, Wanted

ALL = Wanted(statuses=1)
TERMS: dict[LanguageCode, list[str]] = {
    "en": [
        "missile", "ballistic missile", "short-range ballistic missile", "ballistic missile defence", "warhead",
        "rules of engagement", "re-entry vehicle", "line of sight", "launch",
        "TMD!", "ICBM!", "C2!", "kill vehicle",
    ],
    "fr": [
        "missile", "missile balistique", "défense antimissile de théâtre", "système d'alerte", "œil magique",
        "contre-mesures électroniques", "tir", "DAMT!",
    ],
    "ru": [
        "ракета", "баллистическая ракета", "активный участок", "боеголовка", "ПРО!", "ПВО!", "С-300!", "оружие",
        "вход в атмосферу", "головная часть, входящая в атмосферу", "ёмкость", "ракета-перехватчик",
    ],
}  # fmt: skip


def recogniser(language: LanguageCode, terms: list[str]) -> Recogniser:
    """One for these terms; those with an exclamation mark are abbreviations."""
    samples = []
    for place, marked in enumerate(terms):
        text = marked.removesuffix("!")
        stems = " ".join("|".join(word.stems) for word in term_words(text, language))
        samples.append(Sample(place, text, stems, marked != text, 1, 7))
    return Recogniser(language, samples)


def found(language: LanguageCode, text: str, wanted: Wanted = ALL) -> list[tuple[str, str]]:
    """What stands in the text where a term was found, and the term."""
    terms = [term.removesuffix("!") for term in TERMS[language]]
    occurrences = recogniser(language, TERMS[language]).occurrences([text], wanted)
    return [(text[one.start : one.end], terms[one.term_id]) for one in occurrences]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # forms
        (
            "en",
            "Two ballistic missiles and their warheads.",
            [("ballistic missiles", "ballistic missile"), ("warheads", "warhead")],
        ),
        (
            "en",
            "Rules of the engagement; LINES OF SIGHT",
            [("Rules of the engagement", "rules of engagement"), ("LINES OF SIGHT", "line of sight")],
        ),
        (
            "fr",
            "L'œil magique des missiles balistiques",
            [("œil magique", "œil magique"), ("missiles balistiques", "missile balistique")],
        ),
        ("fr", "les systèmes d’alerte", [("systèmes d’alerte", "système d'alerte")]),
        ("fr", "la contre-mesure électronique", [("contre-mesure électronique", "contre-mesures électroniques")]),
        ("ru", "пуски баллистических ракет", [("баллистических ракет", "баллистическая ракета")]),
        (
            "ru",
            "на активном участке, боеголовок",
            [("активном участке", "активный участок"), ("боеголовок", "боеголовка")],
        ),
        ("ru", "при входе в атмосферу", [("входе в атмосферу", "вход в атмосферу")]),
        ("ru", "Ракетами-перехватчиками", [("Ракетами-перехватчиками", "ракета-перехватчик")]),
        # the longest first
        ("en", "ballistic missile defence", [("ballistic missile defence", "ballistic missile defence")]),
        (
            "en",
            "short-range ballistic missile",
            [("short-range ballistic missile", "short-range ballistic missile")],
        ),
        (
            "en",
            "short range ballistic missiles",
            [("short range ballistic missiles", "short-range ballistic missile")],
        ),
        # spelling
        ("en", "reentry vehicle", [("reentry vehicle", "re-entry vehicle")]),
        ("en", "re‑entry vehicles", [("re‑entry vehicles", "re-entry vehicle")]),
        ("ru", "емкостью", [("емкостью", "ёмкость")]),
        # abbreviations by their letters, as whole words
        ("en", "TMD and tmd, ICBMs, the C2-node", [("TMD", "TMD"), ("ICBMs", "ICBM"), ("C2", "C2")]),
        ("ru", "ПРО и ПВО, спор про оружие", [("ПРО", "ПРО"), ("ПВО", "ПВО"), ("оружие", "оружие")]),
        ("ru", "ЗРК С-300 и с-300", [("С-300", "С-300")]),
        ("ru", "ПРОверка", []),
        ("fr", "DAMT, damt", [("DAMT", "DAMT")]),
        # not across what parts words
        ("en", "ballistic. Missile", [("Missile", "missile")]),
        ("en", "the line, of sight", []),
        ("en", "line\nof sight", []),
        ("ru", "вход, в атмосферу", []),
        # the marks that a term has itself
        (
            "ru",
            "головной части, входящей в атмосферу",
            [("головной части, входящей в атмосферу", "головная часть, входящая в атмосферу")],
        ),
        # other words of the same kind are other things
        ("en", "line from sight", []),
        ("en", "rules for engagement", []),
        ("ru", "вход из атмосферы", []),
        ("en", "launched", [("launched", "launch")]),
        ("fr", "tirés", [("tirés", "tir")]),
    ],
)
def test_terms_are_found_as_they_occur(language: LanguageCode, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(language, text) == expected


def test_overlapping_terms_are_found_on_request() -> None:
    wanted = Wanted(statuses=1, overlapping=True)
    assert found("en", "short-range ballistic missile defence", wanted) == [
        ("short-range ballistic missile", "short-range ballistic missile"),
        ("ballistic missile defence", "ballistic missile defence"),
        ("ballistic missile", "ballistic missile"),
        ("missile", "missile"),
    ]


def test_a_longer_term_that_is_not_meant_leaves_room_for_a_shorter_one() -> None:
    assert found("en", "ballistic missile: defence") == [("ballistic missile", "ballistic missile")]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("🚀🚀 ракета", 3, 9),
        ("ра\u00adке\u00adты", 0, 8),
        ("раке\u0301та", 0, 7),
        ("«Ракета»", 1, 7),
        ("\u202eракета\u202c", 1, 7),
        (unicodedata.normalize("NFD", "Й ракета"), 3, 9),
        ("x\u0000ракета", 2, 8),
    ],
)
def test_offsets_count_code_points_of_the_text_as_it_was_sent(text: str, start: int, end: int) -> None:
    (one,) = recogniser("ru", TERMS["ru"]).occurrences([text], ALL)
    assert (one.start, one.end) == (start, end)


def test_each_segment_is_a_text_of_its_own() -> None:
    occurrences = recogniser("en", TERMS["en"]).occurrences(["a ballistic", "missile", "", "the warheads"], ALL)
    assert [(one.segment, one.start, one.end) for one in occurrences] == [(1, 0, 7), (3, 4, 12)]


def test_only_wanted_entries_are_found_and_do_not_hide_others() -> None:
    samples = [
        Sample(1, "missile", "missil", False, 1, 0b111),
        Sample(2, "ballistic missile", "ballist missil", False, 2, 0b001),
    ]
    known = Recogniser("en", samples)

    def ids(wanted: Wanted) -> list[int]:
        return [one.term_id for one in known.occurrences(["ballistic missiles"], wanted)]

    assert ids(Wanted(statuses=3)) == [2]
    assert ids(Wanted(statuses=1)) == [1]
    assert ids(Wanted(statuses=3, languages=0b110)) == [1]
    assert ids(Wanted(statuses=4)) == []


def test_no_terms_no_occurrences() -> None:
    assert Recogniser("fr", []).occurrences(["missile balistique", ""], ALL) == []
    assert recogniser("fr", TERMS["fr"]).occurrences([], ALL) == []


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_is_read_and_every_occurrence_lies_within_it(segments: list[str]) -> None:
    known = recogniser("en", TERMS["en"])
    for one in known.occurrences(segments, Wanted(statuses=1, overlapping=True)):
        assert 0 <= one.start < one.end <= len(segments[one.segment])


@given(
    st.lists(
        st.sampled_from(["ракеты", "ПРО", "про", "боеголовками", "и", "на", "дом", ",", "—", "🚀"]), max_size=12
    ),
    st.sampled_from([" ", "\u00a0", "  "]),
)
def test_a_term_is_found_wherever_it_stands_alone(words: list[str], space: str) -> None:
    text = space.join([*words, "ПВО", *words])
    meant = recogniser("ru", TERMS["ru"]).occurrences([text], ALL)
    assert "ПВО" in [text[one.start : one.end] for one in meant]


@pytest.mark.parametrize(
    ("language", "term", "text", "written"),
    [
        ("en", "WMD!", "WMDs, wmds", ["WMDs"]),
        ("en", "SAM!", "SAMs and SAM's", ["SAMs", "SAM"]),
        ("ru", "ЦОД!", "ЦОДы, в ЦОДах, цоды, ЦОДЫ", ["ЦОДы", "ЦОДах"]),
        ("ru", "НУРС!", "НУРСами", ["НУРСами"]),
        ("ru", "ЗРК!", "ЗРКа, ЗРК", ["ЗРК"]),
        ("ru", "СИЗ!", "сизый, СИЗый, СИЗов", ["СИЗов"]),
        ("fr", "COP!", "copie, COPs, COP", ["COP"]),
    ],
)
def test_abbreviations_are_found_in_the_few_forms_that_they_have(
    language: LanguageCode, term: str, text: str, written: list[str]
) -> None:
    occurrences = recogniser(language, [term]).occurrences([text], ALL)
    assert [text[one.start : one.end] for one in occurrences] == written


def test_only_words_that_may_say_nothing_are_looked_at_in_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def noted(word: Word, *rest: Any, **more: Any) -> bool:
        looked_at.append(word.text)
        return carries_no_meaning(word, *rest, **more)

    monkeypatch.setattr(recognition, "carries_no_meaning", noted)
    for language, text in {"en": "SAM-ABM-QXZ-OF-LOS", "fr": "TNP-QG-AU-ROE", "ru": "ПРО-ЗРК-НА-С-БПЛА"}.items():
        recogniser(language, TERMS[language]).occurrences([text * 50], ALL)
    assert set(looked_at) <= {"OF", "AU", "НА", "С"}


def test_it_is_not_looked_further_once_enough_is_found() -> None:
    terms = recogniser("en", ["radar", "radar mast"])
    assert len(terms.occurrences(["radar mast, " * 10], ALL, 4)) == 5
    assert len(terms.occurrences(["radar mast, " * 10], ALL, 10)) == 10
