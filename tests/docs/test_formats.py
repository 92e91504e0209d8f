"""docs/formats.md says what the registry says; the calls of docs/clients.md are answered."""

import re
from urllib.parse import urlsplit

from app.exchange.formats import FORMATS
from tests.api import Api
from tests.docs import formats_page
from tests.docs.between import DOCS
from tests.makers import make_entry

CLIENTS = (DOCS / "clients.md").read_text(encoding="utf-8")


def test_the_page_is_that_of_the_code() -> None:
    page = formats_page.PAGE.read_text(encoding="utf-8")
    assert page == formats_page.page_renewed(page), f"run: .venv/bin/python -m {formats_page.__name__}"


def test_a_page_that_is_stale_is_noticed() -> None:
    stale = formats_page.PAGE.read_text(encoding="utf-8").replace("| `utx` |", "| `utx2` |")
    assert stale != formats_page.page_renewed(stale)


def test_every_format_has_a_row_and_every_loss_a_field() -> None:
    rows = formats_page.formats().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == list(FORMATS)
    told = formats_page.losses()
    assert all(f"| `{path}` |" in told for format_ in FORMATS.values() for path in format_.losses)


def test_the_calls_of_the_recipes_are_answered(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    calls = re.findall(r"curl -s -o (\S+) '(http\S+)'", CLIENTS)
    assert len(calls) == 2
    for name, url in calls:
        parts = urlsplit(url)
        answer = api.get(f"{parts.path}?{parts.query}")
        assert answer.status_code == 200
        assert len(answer.content) > 50
        assert answer.headers["Content-Disposition"].rpartition(".")[2].strip('"') == name.rpartition(".")[2]


def test_every_format_for_a_program_has_a_recipe() -> None:
    programs = {"tsv-omegat", "utx", "tmx", "memoq", "multiterm", "weblate", "google", "deepl", "xlsx", "skos"}
    assert all(f"`{name}`" in CLIENTS for name in programs)
