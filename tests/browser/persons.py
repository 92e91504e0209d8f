"""People of the working group at browsers of their own."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from app.languages.codes import LanguageCode
from app.texts.names import name_of
from tests.browser.conftest import Visit, path_of
from tests.pages.signing import PASSWORD


@dataclass
class Person:
    """Somebody at a browser of their own, who reads the pages in their own language."""

    page: Page
    language: LanguageCode

    @classmethod
    def at(cls, visit: Visit, name: str, language: LanguageCode, **how: Any) -> "Person":
        page = visit(f"/{language}/proposals", locale=language, **how)
        assert path_of(page).startswith(f"/{language}/sign-in")
        page.fill("#f-sign-in-name", name)
        page.fill("#f-sign-in-password", PASSWORD)
        page.locator("main form button").click()
        assert path_of(page) == f"/{language}/proposals"
        return cls(page, language)

    def go(self, path: str) -> None:
        self.page.goto(f"/{self.language}{path}")

    def named(self, field: str) -> Locator:
        return self.page.locator(f'main [name="{field}"]')

    def act(self, number: str, event: str, **typed: str) -> None:
        """Press the button of an event and fill in what it asks for."""
        self.go(f"/proposals/{number}")
        label = name_of("event", event, self.language)
        offers = self.page.locator(".offers")
        button = offers.get_by_role("button", name=label, exact=True)
        if button.count():
            button.click()
        else:
            offers.get_by_role("link", name=f"{label}…", exact=True).click()
            for field, text in typed.items():
                place = self.named(field)
                if place.evaluate("e => e.tagName") == "SELECT":
                    place.select_option(text)
                else:
                    place.fill(text)
            self.page.get_by_role("button", name=label, exact=True).click()
        expect(self.page.locator("main .notice[role=status]")).to_contain_text(label)

    def state(self, number: str, state: str) -> None:
        """See that a proposal has come to a state."""
        self.go(f"/proposals/{number}")
        expect(self.page.locator(".entry-head .badge")).to_contain_text(name_of("state", state, self.language))
