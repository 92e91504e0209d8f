"""Readers find what they look for, in three languages, with and without scripts, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.catalogues import translated
from tests.browser.conftest import DESKTOP, PHONE, Visit, path_of

each_language = pytest.mark.parametrize("language", LANGUAGES)
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
each_size = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])

TYPED = {"en": "ballistic missiles", "fr": "missiles balistiques", "ru": "баллистическими ракетами"}
FOUND = {"en": "ballistic missile", "fr": "missile balistique", "ru": "баллистическая ракета"}


@each_size
@with_and_without
@each_language
def test_a_term_is_looked_up_and_read(
    visit: Visit, language: LanguageCode, scripts: bool, size: dict[str, int]
) -> None:
    page = visit("/", locale=language, scripts=scripts, size=size)
    assert path_of(page) == f"/{language}/"
    page.fill("#q", TYPED[language])
    page.locator("main form button").first.click()
    expect(page.locator(".hit .kind").first).to_have_text(translated("another form of the same words", language))
    page.get_by_role("link", name=FOUND[language], exact=True).first.click()
    assert path_of(page) == f"/{language}/entries/TMD-0002"
    for code, text in FOUND.items():
        expect(page.locator(f'.word [lang="{code}"]', has_text=text).first).to_be_visible()
    first = page.locator(".tongue").nth(0).bounding_box()
    second = page.locator(".tongue").nth(1).bounding_box()
    assert first is not None
    assert second is not None
    if size is DESKTOP:
        assert second["x"] > first["x"] + first["width"] - 1
        assert abs(second["y"] - first["y"]) < 1
    else:
        assert second["y"] >= first["y"] + first["height"] - 1


@with_and_without
def test_reading_goes_on_in_another_language(visit: Visit, scripts: bool) -> None:
    page = visit("/en/search?q=decoy", scripts=scripts)
    page.get_by_role("link", name="Русский").click()
    assert path_of(page) == "/ru/search?q=decoy"
    page.get_by_role("link", name="Français").click()
    assert path_of(page) == "/fr/search?q=decoy"


@with_and_without
def test_the_columns_stand_as_the_reader_wants_them(visit: Visit, scripts: bool) -> None:
    page = visit("/fr/entries/TMD-0001", scripts=scripts)
    expect(page.locator(".tongue-name").first).to_have_text("Français")
    page.select_option("#columns", "ru-en-fr")
    if not scripts:
        page.locator("form.order button").click()
    page.wait_for_url("**columns=ru-en-fr")
    assert page.locator(".tongue-name").all_inner_texts() == ["Russe", "Anglais", "Français"]


@with_and_without
def test_a_preference_is_kept_on_request_and_no_cookie_before(visit: Visit, scripts: bool) -> None:
    page = visit("/en/preferences", scripts=scripts)
    assert page.context.cookies() == []
    page.select_option("#p-language", "ru")
    page.select_option("#p-columns", "fr-ru-en")
    page.get_by_role("button", name="Remember").click()
    assert path_of(page) == "/ru/preferences"
    assert [cookie["name"] for cookie in page.context.cookies()] == ["reading"]
    page.goto("/")
    assert path_of(page) == "/ru/"
    page.goto("/ru/entries/TMD-0001")
    assert page.locator(".tongue-name").first.inner_text() == "Французский"


@with_and_without
def test_the_glossary_is_read_through_by_letter_and_by_subject(visit: Visit, scripts: bool) -> None:
    page = visit("/ru/", scripts=scripts)
    page.get_by_role("link", name="Указатель").click()
    page.locator(".letters").get_by_role("link", name="П", exact=True).click()
    page.locator(".index a", has_text="противоракета").first.click()
    assert re.fullmatch(r"/ru/entries/TMD-\d{4}", path_of(page))
    page.locator(".crumbs a").last.click()
    assert path_of(page).startswith("/ru/subjects/")
    page.locator("table.entries a").first.click()
    assert re.fullmatch(r"/ru/entries/TMD-\d{4}", path_of(page))


@with_and_without
def test_what_changed_is_followed_from_an_entry_to_its_decision(visit: Visit, scripts: bool) -> None:
    page = visit("/en/entries/TMD-2001", scripts=scripts)
    page.get_by_role("link", name="What changed from version to version").click()
    expect(page.locator(".changes ins").first).to_be_visible()
    page.locator(".step a.number").first.click()
    expect(page.locator("h1")).to_contain_text("Decision D(")


@with_and_without
def test_a_misspelt_word_is_found_or_asked_about(visit: Visit, scripts: bool) -> None:
    page = visit("/fr/search?q=intercepteurrr", scripts=scripts)
    asked = page.locator(".meant a, .kind.fuzzy")
    expect(asked.first).to_be_visible()


def test_terms_are_suggested_while_one_is_typed(visit: Visit) -> None:
    page = visit("/en/")
    page.locator("#q").press_sequentially("interc")
    rows = page.get_by_role("option")
    expect(rows.first).to_be_visible()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.locator("#q").press_sequentially("e")
    expect(rows.first).to_be_visible()
    chosen = rows.nth(1).get_attribute("data-address")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{chosen}")


def test_a_suggestion_can_be_clicked(visit: Visit) -> None:
    page = visit("/ru/entries/TMD-0001")
    page.locator("#top-q").press_sequentially("перехв")
    page.locator(".suggestions li").first.click()
    page.wait_for_url("**/ru/entries/TMD-*")


def test_an_entry_prints_without_what_only_a_screen_needs(visit: Visit) -> None:
    page = visit("/en/entries/TMD-0001")
    page.emulate_media(media="print")
    for gone in (".top nav", "form.order", ".crumbs", ".diagram"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".columns")).to_be_visible()
    expect(page.locator(".citation")).to_be_visible()
