"""The service that the browser visits: the shipped glossary, and entries of every kind beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.db import Database
from app.settings import Settings
from tests.api import Tokens
from tests.pages.furnishing import furnish
from tests.pages.signing import give_passwords
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


@contextmanager
def served_with_everything(folder: Path) -> Iterator[Service]:
    """Serve it from a database in a folder."""
    address = f"sqlite:///{folder / 'pages.db'}"
    with served(address, GLOSSARY) as service:
        database = Database.connect(Settings(database_url=address))
        furnish(database, FIRST)
        Tokens.made_in(database)
        give_passwords(database)
        database.dispose()
        yield service
