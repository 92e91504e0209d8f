"""Pages to work in, in every state: axe-core finds nothing, nothing is cut off; and silence ends by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.languages.codes import LANGUAGES, LanguageCode
from app.settings import Settings
from app.texts.catalogues import translated
from app.texts.names import name_of
from tests.browser.conftest import DESKTOP, Visit
from tests.browser.persons import Person
from tests.browser.real_browser import axe
from tests.browser.serving import Everything
from tests.browser.test_accessible import RULES, found_by_axe
from tests.pages.working_group import silence_that_has_run_out

each_language = pytest.mark.parametrize("language", LANGUAGES)


def pages(work: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every kind of page to work in, with who looks at it."""
    silent, review, ready = (f"/proposals/{work[name]}" for name in ("silent", "review", "ready"))
    silence = f"/silences/{work['silence']}"
    for path in ("/proposals", "/queue", "/silences", "/meetings", "/account", "/propose", review, silence):
        yield "secretariat", path
    yield "secretariat", f"/proposals/{work['submitted']}/events/return"
    for path in (silence, silent, review, f"{silent}/events/break", f"{review}/events/object"):
        yield "russia-representative", path
    yield "russia-representative", f"{review}/events/reserve"
    yield "russia-representative", f"/proposals/{work['objected']}"
    for path in (silence, "/proposals?state=ready", f"{ready}/events/table", f"{review}/events/diverge"):
        yield "nato-co-chair", path
    yield "linguist", review
    for path in (f"{review}/revise", "/propose?kind=supersede&entry=TMD-0010"):
        yield "nato-delegate", path


def trouble(person: Person) -> list[str]:
    """What axe-core finds on the page that is open, with all that is closed on it opened; and what is cut off."""
    page = person.page
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    page.emulate_media(color_scheme="light")
    page.evaluate(axe())
    found = found_by_axe(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    found += found_by_axe(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append(f"{page.url} is cut off")
    page.set_viewport_size(DESKTOP)
    return found


@each_language
def test_axe_finds_nothing_on_pages_to_work_in(
    visit: Visit, everything: Everything, language: LanguageCode
) -> None:
    found: list[str] = []
    people: dict[str, Person] = {}
    for name, path in pages(everything.work):
        if name not in people:
            people[name] = Person.at(visit, name, language)
        people[name].go(path)
        found += trouble(people[name])
    assert found == []


@each_language
def test_axe_finds_nothing_on_forms_that_come_back(
    visit: Visit, everything: Everything, language: LanguageCode
) -> None:
    found: list[str] = []
    party = Person.at(visit, "russia-representative", language, is_refused=True)
    silent = everything.work["silent"]
    label = name_of("event", "break", language)
    party.go(f"/proposals/{silent}/events/break")
    party.page.locator("main form button").last.click()
    expect(party.page.locator("main .fault").first).to_be_visible()
    expect(party.page.locator("h1")).to_contain_text(label)
    found += trouble(party)
    person = Person.at(visit, "nato-delegate", language, is_refused=True)
    person.go("/propose")
    for path in ("activities", "references", "languages.ru.terms.0.contexts", "languages.ru.terms.0.sources"):
        add(person, path)
    add(person, "languages.ru.terms.0.transliterations")
    person.named("notation").fill("2 4")
    person.named("references.0.uri").fill("ftp://terms.example")
    person.named("languages.en.terms.0.region").evaluate("e => { e.value = 'Britain'; }")
    person.page.locator(".writing > .buttons button:not([name])").click()
    expect(person.page.locator('[id="e-references.0.uri"]')).to_be_visible()
    expect(person.page.locator('[id="e-languages.en.terms.0.region"]')).to_be_visible()
    found += trouble(person)
    person.page.context.clear_cookies()
    person.page.locator(".writing > .buttons button:not([name])").click()
    expect(person.page.locator("#f-sign-in-password")).to_be_visible()
    found += trouble(person)
    assert found == []


def add(person: Person, path: str) -> None:
    """Press the button for a row more, which may stand in what is closed."""
    person.page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    person.page.locator(f'button[name="add"][value="{path}"]').click()


@each_language
def test_silence_ends_by_itself_and_the_text_is_adopted(
    visit: Visit, everything: Everything, language: LanguageCode
) -> None:
    """Nobody presses anything: whoever opens the page after the deadline sees what the deadline brought about."""
    settings = Settings(database_url=everything.service.environment["DATABASE_URL"])
    silence, proposal = silence_that_has_run_out(settings, ENDING[language])
    person = Person.at(visit, "russia-representative", language)
    person.state(proposal, "adopted")
    expect(person.page.locator("ol.versions")).to_contain_text(translated("by lapse of time", language))
    person.go(f"/silences/{silence}")
    expect(person.page.locator("#until")).to_have_text(translated("Silence has ended", language))
    expect(person.page.locator("#items ~ .wide td").last).to_contain_text(name_of("item", "adopted", language))
    person.go(f"/proposals/{proposal}")
    person.page.locator(".entry-head a.number").click()
    expect(person.page.locator(".badge.agreed").first).to_be_visible()
    expect(person.page.locator("h1")).to_contain_text(ENDING[language]["ru"][0])


ENDING: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "en": ("tasking queue", "list of what a radar has still to search"),
        "fr": ("file de recherche", "liste de ce qu’un radar doit encore explorer"),
        "ru": ("перечень обзора", "список того, что радиолокатору ещё предстоит осмотреть"),
    },
    "fr": {
        "en": ("quiet interval", "time in which a radar sends out nothing"),
        "fr": ("durée de silence", "temps pendant lequel un radar n’émet rien"),
        "ru": ("отрезок молчания", "время, в течение которого радиолокатор ничего не излучает"),
    },
    "ru": {
        "en": ("crew rotation", "exchange of the people who serve a launcher"),
        "fr": ("rotation d’équipage", "remplacement des personnes qui servent une rampe"),
        "ru": ("смена состава", "замена людей, обслуживающих пусковую установку"),
    },
}
"""A text for each language, as the linter lets no two entries have one name."""
