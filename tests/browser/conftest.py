"""The shipped glossary with entries of every kind beside it, served; a browser; and contexts that are watched."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.real_browser import running_browser
from tests.browser.serving import Everything, served_with_everything
from tests.serving import Service

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    with served_with_everything(Path(tmp_path_factory.mktemp("service"))) as found:
        yield found


@pytest.fixture(scope="session")
def service(everything: Everything) -> Service:
    return everything.service


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as found:
        yield found


@pytest.fixture(scope="module")
def reader(browser: Browser, service: Service) -> Iterator[Page]:
    """One page for tests that only look at many, one after the other."""
    context = browser.new_context(base_url=service.url, viewport=DESKTOP)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(browser: Browser, service: Service) -> Iterator[Visit]:
    """Opens a page in a context of its own, as a reader of a language, with or without scripts.

    In the end, no page may have said an error to the console or asked another host for anything; who sends a form
    that is refused on purpose says so.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(
        path: str,
        *,
        size: dict[str, int] = DESKTOP,
        scripts: bool = True,
        locale: str = "en",
        is_refused: bool = False,
        **more,
    ) -> Page:
        context = browser.new_context(
            base_url=service.url, viewport=size, java_script_enabled=scripts, locale=locale, **more
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(said.text) if is_trouble(said, is_refused) else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda asked: None if asked.url.startswith(service.url) else troubles.append(f"asked {asked.url}"),
        )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def is_trouble(said: ConsoleMessage, is_refused: bool) -> bool:
    """Whether a message is an error; that a form was refused, browsers say as well."""
    expected = is_refused and "the server responded with a status of 4" in said.text
    return said.type in ("error", "warning") and not expected


def path_of(page: Page) -> str:
    """The address of a page without its host."""
    return "/" + page.url.split("/", 3)[3]
