"""The service that the browser visits: the shipped glossary, and entries of every kind beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.db import Database
from app.settings import Settings
from tests.api import Tokens
from tests.pages.furnishing import furnish
from tests.pages.signing import give_passwords
from tests.pages.working_group import at_work
from tests.serving import Service, served

GLOSSARY = Path(__file__).parents[2] / "glossary"

FIRST = 2001
"""The number of the first entry beside the glossary."""

PAGES = (
    "/",
    "/search",
    "/search?q=ракетами",
    "/search?q=interceptr",
    "/search?q=trajectoire&match=fulltext",
    "/search?q=qqqqwwww",
    "/search?q=!!",
    "/entries/TMD-0001",
    "/entries/TMD-0186",
    "/entries/TMD-2001",
    "/entries/TMD-2001/history",
    "/entries/TMD-2001/versions/1",
    "/entries/TMD-2003",
    "/entries/TMD-1001",
    "/entries/TMD-1003",
    "/index/fr/M",
    "/subjects",
    "/subjects/threat",
    "/decisions",
    "/decisions/D(2026)0007",
    "/about",
    "/developers",
    "/developers/api",
    "/developers/api/search_v1_search_get",
    "/preferences",
    "/sign-in",
    "/nowhere",
)
"""Every kind of page."""

ERRORS = ("/search?q=!!", "/nowhere")
"""Those that are errors on purpose."""


AMENDED = "TMD-0002"
"""An entry of the glossary that a proposal would amend."""


@dataclass(frozen=True)
class Everything:
    """The service, and the numbers of what the working group is at work on."""

    service: Service
    work: dict[str, str]


@contextmanager
def served_with_everything(folder: Path) -> Iterator[Everything]:
    """Serve it from a database in a folder."""
    address = f"sqlite:///{folder / 'pages.db'}"
    with served(address, GLOSSARY) as service:
        with Database.opened(Settings(database_url=address)) as database:
            furnish(database, FIRST)
            Tokens.made_in(database)
            give_passwords(database)
            work = at_work(database, AMENDED)
        yield Everything(service, work)
