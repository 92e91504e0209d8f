"""Whether an abbreviation comes from its full form: as people really abbreviate, in three languages."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.entries.lint.grammar.initials import fits
from app.languages.codes import LANGUAGES, LanguageCode

FITTING: list[tuple[LanguageCode, str, str]] = [
    ("en", "NORAD", "North American Aerospace Defense Command"),
    ("en", "SHORAD", "short-range air defence"),
    ("en", "HIMAD", "high-to-medium altitude air defence"),
    ("en", "C4ISR", "command, control, communications, computers, intelligence, surveillance and reconnaissance"),
    ("en", "C3I", "command, control, communications and intelligence"),
    ("en", "UAVs", "unmanned aerial vehicle"),
    ("en", "SACEUR", "Supreme Allied Commander Europe"),
    ("en", "STANAG", "standardization agreement"),
    ("en", "PAC-3", "Patriot Advanced Capability-3"),
    ("en", "radar", "radio detection and ranging"),
    ("en", "AEW&C", "airborne early warning and control"),
    ("en", "LFX", "live-fire exercise"),
    ("en", "TGT", "target"),
    ("en", "EO sensor", "electro-optical sensor"),
    ("en", "EMP", "electromagnetic pulse"),
    ("en", "NASAMS", "National Advanced Surface-to-Air Missile System"),
    ("fr", "OTAN", "Organisation du Traité de l’Atlantique Nord"),
    ("fr", "DCA", "défense contre aéronefs"),
    ("fr", "OPEX", "opération extérieure"),
    ("fr", "SCCOA", "système de commandement et de conduite des opérations aérospatiales"),
    ("fr", "DAMB", "défense antimissile balistique"),
    ("fr", "SAMP/T", "sol-air moyenne portée terrestre"),
    ("fr", "ZEE", "zone économique exclusive"),
    ("ru", "РВСН", "Ракетные войска стратегического назначения"),
    ("ru", "ВКС", "Воздушно-космические силы"),
    ("ru", "ЗРПК", "зенитный ракетно-пушечный комплекс"),
    ("ru", "ГЛОНАСС", "глобальная навигационная спутниковая система"),
    ("ru", "БРЭО", "бортовое радиоэлектронное оборудование"),
    ("ru", "ВВТ", "вооружение и военная техника"),
    ("ru", "СВЧ", "сверхвысокая частота"),
    ("ru", "АК ДРЛОиУ", "авиационный комплекс дальнего радиолокационного обнаружения и управления"),
    ("ru", "ДСНВ", "Договор о сокращении и ограничении стратегических наступательных вооружений"),
]

UNFITTING: list[tuple[LanguageCode, str, str]] = [
    ("en", "TMD", "ballistic missile defence"),
    ("en", "BMD", "theatre ballistic missile defence"),
    ("en", "ICBM", "intermediate-range ballistic missile"),
    ("en", "SAM", "air-to-air missile"),
    ("en", "EMP", "electronic countermeasures"),
    ("en", "C2", "battle management"),
    ("fr", "DAMT", "défense antimissile balistique"),
    ("fr", "OTAN", "Organisation des Nations unies"),
    ("fr", "DAMB", "défense aérienne"),
    ("fr", "ADM", "arme nucléaire"),
    ("ru", "ПРО", "противовоздушная оборона"),
    ("ru", "ПВО", "противоракетная оборона"),
    ("ru", "ЗРК", "зенитная ракетная система"),
    ("ru", "ТВД", "театр боевых действий"),
    ("ru", "РЛС", "станция наведения ракет"),
    ("ru", "МБР", "баллистическая ракета средней дальности"),
]


@pytest.mark.parametrize(("language", "abbreviation", "full_form"), FITTING)
def test_an_abbreviation_fits_its_full_form(language: LanguageCode, abbreviation: str, full_form: str) -> None:
    assert fits(abbreviation, full_form, language)


@pytest.mark.parametrize(("language", "abbreviation", "full_form"), UNFITTING)
def test_an_abbreviation_does_not_fit_another_term(
    language: LanguageCode, abbreviation: str, full_form: str
) -> None:
    assert not fits(abbreviation, full_form, language)


@given(words=st.lists(st.text(string.ascii_lowercase, min_size=4, max_size=9), min_size=1, max_size=12))
def test_the_initials_of_all_words_always_fit(words: list[str]) -> None:
    assert fits("".join(word[0] for word in words).upper(), " ".join(words), "en")


@given(abbreviation=st.text(), full_form=st.text(), language=st.sampled_from(LANGUAGES))
def test_any_two_texts_can_be_compared(abbreviation: str, full_form: str, language: LanguageCode) -> None:
    assert fits(abbreviation, full_form, language) in (True, False)
