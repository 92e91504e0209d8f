"""The way to an agreed text, as two delegations, a secretariat and two co-chairs go it at browsers of their own."""

import re

import pytest
from playwright.sync_api import expect

from app.languages.codes import LANGUAGES, LanguageCode
from tests.browser.conftest import DESKTOP, PHONE, Visit, path_of
from tests.browser.persons import Person
from tests.makers import DEFINITIONS
from tests.pages.signing import PASSWORD

WORDS = {
    "en": ("chaff corridor", "plume obscurant", "towed replica"),
    "fr": ("couloir de paillettes", "obscurcissant de panache", "réplique remorquée"),
    "ru": ("коридор отражателей", "аэрозоль факела", "буксируемый макет"),
}
GENDERS = {"fr": "masculine", "ru": "masculine"}


def write(person: Person, place: int) -> None:
    """Fill the form of a new entry in, with a row more than it has."""
    person.go("/proposals")
    person.page.locator("main a.button").click()
    person.named("justification").fill("It is missing from the compendium.")
    person.named("subject_fields.0").select_option("threat")
    for code in LANGUAGES:
        start = f"languages.{code}"
        person.named(f"{start}.terms.0.text").fill(WORDS[code][place])
        if code in GENDERS:
            person.page.locator(f'.row-of:has([name="{start}.terms.0.text"]) summary').first.click()
            person.named(f"{start}.terms.0.gender").select_option(GENDERS[code])
        person.named(f"{start}.definition.text").fill(DEFINITIONS[code])
        person.named(f"{start}.definition.sources.0.citation").fill("Compendium")
    person.page.locator('button[name="add"][value="languages.en.notes"]').click()
    expect(person.named("languages.en.notes.0")).to_be_visible()
    expect(person.named("languages.ru.terms.0.text")).to_have_value(WORDS["ru"][place])
    person.page.locator('button[name="add"][value="languages.en.notes"]').click()


def answer_warnings(person: Person, number: str) -> None:
    """Say of each warning why it does not hold."""
    person.go(f"/proposals/{number}")
    while (waiting := person.page.locator(".findings details")).count():
        waiting.first.locator("summary").click()
        waiting.first.locator("textarea").fill("The text means exactly this.")
        waiting.first.locator("button").click()


def make_number(person: Person) -> str:
    person.page.locator(".writing > .buttons button:not([name])").click()
    found = re.search(r"/proposals/(P\(\d+\)\d+)$", path_of(person.page))
    assert found is not None, person.page.locator(".fault").all_inner_texts()
    return found[1]


@pytest.mark.parametrize(
    ("languages", "scripts", "size"),
    [
        (("en", "ru", "fr"), True, DESKTOP),
        (("fr", "en", "ru"), False, DESKTOP),
        (("ru", "fr", "en"), True, PHONE),
    ],
    ids=["scripts", "no-scripts", "phone"],
)
def test_two_delegations_come_to_an_agreed_text(
    visit: Visit, languages: tuple[LanguageCode, ...], scripts: bool, size: dict[str, int]
) -> None:
    one, other, third = languages
    place = LANGUAGES.index(one)

    def person(name: str, language: LanguageCode) -> Person:
        return Person.at(visit, name, language, scripts=scripts, size=size)

    nato, russia = person("nato-delegate", one), person("russia-delegate", other)
    office = person("secretariat", third)
    write(nato, place)
    if scripts:
        # Findings come while one writes, without a button.
        nato.named("languages.en.definition.text").press_sequentially(" ")
        expect(nato.page.locator("#remarks .findings, #remarks p:not(.hint)").first).to_be_visible()
    number = make_number(nato)
    russia.page.goto(f"/{other}/proposals")
    expect(russia.page.locator("main")).not_to_contain_text(number)
    nato.act(number, "submit")
    office.go("/queue")
    office.page.get_by_role("link", name=number).click()
    office.act(number, "accept")
    russia.go(f"/proposals/{number}")
    russia.named("text").fill("Il faut préciser la définition.")
    russia.page.locator("#discussion ~ form button, form[action$=comments] button").first.click()
    expect(russia.page.locator(".remark")).to_contain_text("Il faut préciser la définition.")
    answer_warnings(nato, number)
    lead = person("linguist", third)
    for part in ("en", "fr", "ru", "en-fr", "en-ru", "fr-ru"):
        lead.act(number, f"certify-{part}")
    office.act(number, "finalise")
    chairs = [person("nato-co-chair", one), person("russia-co-chair", other)]
    for chair in chairs:
        chair.go("/proposals?state=ready")
        chair.page.locator(f'input[value="{number}"]').check()
        chair.page.locator("form:has(#period) button").click()
    assert re.search(r"/silences/S\(\d+\)\d+$", path_of(chairs[1].page))
    expect(chairs[1].page.locator("time[data-countdown]")).to_be_visible()
    assert chairs[1].page.locator(".instant .left").count() == (1 if scripts else 0)
    objector = person("russia-representative", other)
    objector.act(
        number,
        "break",
        **{
            "objection.element": "languages.ru.definition",
            "reason": "Термин шире понятия.",
            "objection.alternative": "объект, имитирующий боевой блок",
        },
    )
    nato.state(number, "objected")
    expect(nato.page.locator("main")).to_contain_text("объект, имитирующий боевой блок")
    objector.act(number, "withdraw-objection")
    office.go("/meetings")
    office.named("held_on").fill("2026-12-10")
    office.named("place").fill("Bruxelles")
    office.page.locator("form:has(#f-held_on) button").click()
    chairs[0].act(number, "table")
    for chair in chairs:
        chair.act(number, "agree")
    decision = chairs[1].page.locator("main .notice[role=status] a.number")
    expect(decision).to_contain_text("D(")
    russia.state(number, "adopted")
    russia.page.locator(".entry-head a.number").click()
    expect(russia.page.locator(".badge.agreed").first).to_be_visible()
    expect(russia.page.locator("h1")).to_contain_text(WORDS[other][place])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_session_that_ends_loses_nothing(visit: Visit, scripts: bool) -> None:
    person = Person.at(visit, "nato-delegate", "fr", scripts=scripts)
    person.go("/propose?kind=withdraw&entry=TMD-2002")
    person.named("justification").fill("Notion abandonnée depuis longtemps.")
    person.page.context.clear_cookies()
    person.page.locator(".writing > .buttons button:not([name])").click()
    person.page.fill("#f-sign-in-name", "nato-delegate")
    person.page.fill("#f-sign-in-password", PASSWORD)
    person.page.locator("main form button").click()
    assert re.search(r"/proposals/P\(\d+\)\d+$", path_of(person.page))
    expect(person.page.locator("main")).to_contain_text("Notion abandonnée depuis longtemps.")
