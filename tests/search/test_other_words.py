"""Words and abbreviations that are near a term and mean something else."""

import pytest

from app.entries.content import EntryContent
from tests.api import Api
from tests.makers import adopt_entry, body
from tests.search.asking import answered, best, found, search

ABBREVIATIONS = {
    "en": ("COP", "ABM", "SRBM", "WMD", "SAM", "MANPADS", "LOS", "ICBM"),
    "fr": ("ADM", "ECP"),
    "ru": ("СИЗ", "ВС", "ТВД", "НУРС", "ЦОД", "ЗРК", "СНВ", "ПРО"),
}
TERMS = {
    "en": ("raid", "test", "kill"),
    "fr": ("portée", "traité", "étage", "abri"),
    "ru": ("цель", "налёт", "пуск", "СНВ-III", "ложная цель"),
}


@pytest.fixture
def compendium(database) -> None:
    with database.write() as db:
        for language, terms in (*ABBREVIATIONS.items(), *TERMS.items()):
            for term in terms:
                text = body(**{"en": None, "fr": None, "ru": None, language: term})
                if term in ABBREVIATIONS[language]:
                    text["languages"][language]["terms"][0]["type"] = "abbreviation"
                adopt_entry(db, EntryContent.model_validate(text))


FORMS = {
    "WMDs": "WMD", "wmds": "WMD", "SAMs": "SAM", "SAM's": "SAM", "MANPAD": "MANPADS", "les ADM": "ADM",
    "НУРСы": "НУРС", "нурсами": "НУРС", "ЦОДов": "ЦОД", "СИЗов": "СИЗ",
    "portées": "portée", "traités": "traité", "abris": "abri", "целей": "цель", "налёты": "налёт",
}  # fmt: skip


def test_abbreviations_and_words_are_found_in_the_forms_that_they_have(api: Api, compendium: None) -> None:
    assert {query: best(api, query) for query in FORMS} == {
        query: (term, "inflected" if query != "abris" else "fuzzy") for query, term in FORMS.items()
    }


OTHERS = (
    "сизый", "сизая", "copie", "copies", "copier", "copied", "loss",  # the stem of an abbreviation
    "ALBM", "ASBM", "ВВС", "МВД", "ЗРС", "ECB",  # another abbreviation
    "целый", "целое", "целиком", "porte", "porter", "trait", "étagère",  # another word with the same stem
    "rain", "text", "hill", "налог", "пучка",  # another word, a letter away
    "ICBM-3", "ПРО-2", "СНВ-2",  # a number that the term does not have
)  # fmt: skip


def test_what_means_something_else_is_no_hit(api: Api, compendium: None) -> None:
    for query in OTHERS:
        assert (query, [kind for _, kind in found(api, query) if kind != "prefix"]) == (query, [])
        assert (query, found(api, query, match="fuzzy")) == (query, [])


def test_it_may_be_asked_whether_it_was_meant(api: Api, compendium: None) -> None:
    asked = {"ALBM": "ABM", "rain": "raid", "portes": "portée", "целый": "цель", "ICBM-3": "ICBM"}
    assert {query: term in answered(api, query)["did_you_mean"] for query, term in asked.items()} == dict.fromkeys(
        asked, True
    )


SLIPS = {"ICMB": "ICBM", "ICBBM": "ICBM", "MANPAFS": "MANPADS", "riad": "raid", "НУСР": "НУРС"}


def test_slips_of_the_hand_are_still_put_right(api: Api, compendium: None) -> None:
    assert {query: best(api, query) for query in SLIPS} == {query: (term, "fuzzy") for query, term in SLIPS.items()}


def test_a_number_is_found_in_either_figures(api: Api, compendium: None) -> None:
    for query in ("СНВ-3", "СНВ 3", "снв-3"):
        assert found(api, query) == [("СНВ-III", "inflected")]
    assert best(api, "СНВ") == ("СНВ", "exact")


DIGITS = {"3РК": "ЗРК", "ПР0": "ПРО", "3PK": "ЗРК", "СИ3": "СИЗ", "1CBM": "ICBM", "lCBM": "ICBM", "C0P": "COP"}


def test_digits_are_read_as_the_letters_that_they_look_like(api: Api, compendium: None) -> None:
    assert {query: best(api, query) for query in DIGITS} == {
        query: (term, "lookalike") for query, term in DIGITS.items()
    }
    assert search(api, "К0Н") == []
    assert search(api, "ПР0", match="exact") == []
