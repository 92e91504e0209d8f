"""The example of docs/papers.md is what the service writes."""

from datetime import UTC, datetime

from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.docs.test_readme import BLOCK, ROOT
from tests.makers import make_entry
from tests.proposals.steps import accepted, amendment


def test_the_example_is_the_working_paper_of_an_amendment(
    api: Api, tokens: Tokens, database, clock: FakeClock
) -> None:
    clock.set_to(datetime(2026, 11, 2, 9, 30, tzinfo=UTC))
    with database.write() as db:
        make_entry(db, number=17)
    changed = amendment()
    sections = changed["content"]["languages"]
    sections["en"]["definition"]["text"] = "object released to be taken for a re-entry vehicle"
    sections["fr"]["definition"]["text"] = "objet largué pour être pris pour un véhicule de rentrée"
    changed["justification"] = "A decoy may stand for more than a warhead."
    number = accepted(api, tokens, changed).json()["number"]
    text = api.get(f"/v1/proposals/{number}/working-paper?format=markdown", tokens["reader"]).text
    ((_, example),) = BLOCK.findall((ROOT / "docs" / "papers.md").read_text(encoding="utf-8"))
    assert text == example
