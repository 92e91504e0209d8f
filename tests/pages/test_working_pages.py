"""What holds of every page for those who have signed in: whole, small, private, in the language of the reader."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from app.languages.codes import LANGUAGES
from app.pages.working import board
from tests.makers import make_entry
from tests.pages.reading import Page
from tests.pages.signing import Desk, Person
from tests.pages.test_proposals import act, answer_findings, certify, drafted, number_of

LARGEST = 60_000
MOST_QUERIES = {"board": 10, "proposal": 45, "form": 15}
"""A proposal is held against the whole compendium by the linter each time, so it asks for more."""


def working_pages(desk: Desk, language: str = "en") -> Iterator[tuple[str, str, str]]:
    """Every kind of page, with who looks at it and how much it may ask."""
    number = drafted(desk.person("nato-delegate", language))
    yield "nato-delegate", f"/proposals/{number}", "proposal"
    yield "nato-delegate", f"/proposals/{number}/revise", "form"
    yield "nato-delegate", "/propose", "board"
    act(desk.person("nato-delegate", language), number, "submit")
    yield "secretariat", "/queue", "board"
    yield "secretariat", f"/proposals/{number}/events/return", "form"
    act(desk.person("secretariat", language), number, "accept")
    yield "nato-representative", f"/proposals/{number}/events/object", "form"
    yield "nato-representative", f"/proposals/{number}/events/reserve", "form"
    yield "nato-co-chair", f"/proposals/{number}/events/diverge", "form"
    answer_findings(desk.person("nato-delegate", language), number)
    certify(desk.person("linguist", language), number)
    act(desk.person("secretariat", language), number, "finalise")
    yield "nato-co-chair", "/proposals?state=ready", "board"
    yield "nato-co-chair", f"/proposals/{number}/events/table", "form"
    for chair in ("nato-co-chair", "russia-co-chair"):
        desk.person(chair, language).send("/proposals", {"proposals": number})
    yield "russia-representative", f"/proposals/{number}", "proposal"
    yield "russia-representative", "/silences", "board"
    yield "russia-representative", "/silences/S(2026)0001", "board"
    yield "russia-representative", "/account", "board"
    yield "secretariat", "/meetings", "board"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_small_and_private(desk: Desk, language: str) -> None:
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    engine = desk.database.shared.engine
    costs = {}
    for name, path, kind in working_pages(desk, language):
        person = desk.person(name, language)
        asked.clear()
        event.listen(engine, "before_cursor_execute", note)
        try:
            page = person.page(path)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        costs[path] = len([one for one in asked if "SAVEPOINT" not in one])
        assert costs[path] <= MOST_QUERIES[kind], f"{path} asks {costs[path]} times"
        check_whole(page, language)


def check_whole(page: Page, language: str) -> None:
    assert len(page.text.encode()) <= LARGEST
    assert page.tags[0].attributes == {"lang": language}
    assert [tag for tag in page.tags if tag.tag == "h1"]
    ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
    assert sorted(ids) == sorted(set(ids)), "an id stands twice"
    labelled = {tag.attributes.get("for") for tag in page.tags if tag.tag == "label"}
    assert [name for tag in page.tags for name in tag.attributes if name.startswith("on") or name == "style"] == []
    assert not re.search(r"<style|<script(?! type=\"module\" src=)", page.text)
    inputs = [
        tag.attributes
        for tag in page.tags
        if tag.tag in ("input", "select", "textarea") and tag.attributes.get("type") not in ("hidden", "checkbox")
    ]
    assert [one for one in inputs if one.get("id") not in labelled and "hidden" not in one] == []


def test_nobody_else_is_shown_a_page_of_those_who_have_signed_in(desk: Desk) -> None:
    for path in ("/proposals", "/queue", "/silences", "/meetings", "/account", "/propose"):
        answer = Person(desk.api).get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (303, "private, no-store")
        assert answer.headers["Location"].startswith("/en/sign-in?next=")


def test_hostile_texts_of_a_proposal_are_never_taken_for_markup(desk: Desk) -> None:
    hostile = "<script>alert(1)</script> <img src=x>"
    person = desk.person("nato-delegate")
    number = drafted(person, **{"languages.en.notes.0": hostile, "justification": hostile})
    person.send(f"/proposals/{number}/comments", {"text": hostile, "language": "en"})
    for path in (f"/proposals/{number}", f"/proposals/{number}/revise", "/proposals"):
        page = person.page(path)
        assert len([tag for tag in page.tags if tag.tag == "script"]) == 1
        assert [tag for tag in page.tags if tag.tag == "img"] == []


def test_the_board_is_paged_and_sifted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "ROWS", 2)
    person = desk.person("nato-delegate")
    numbers = [drafted(person, **{"languages.en.terms.0.text": f"decoy {letter}"}) for letter in "abcde"]
    act(person, numbers[0], "submit")
    for order in ("number", "deadline"):
        path: str | None = f"/proposals?state=draft&order={order}"
        found = []
        while path is not None:
            page = person.page(path)
            found += re.findall(r'<th scope="row"><a [^>]*>(P\(\d+\)\d+)', page.text)
            following = [tag.attributes["href"] for tag in page.tags if tag.attributes.get("rel") == "next"]
            path = following[0].removeprefix("/en") if following else None
        assert found == numbers[1:]
    assert numbers[0] in person.page("/proposals?state=submitted&party=nato").text
    assert numbers[0] not in person.page("/proposals?state=submitted&party=russia").text
    assert person.get("/proposals?cursor=abcdef").status_code == 422


def test_more_time_is_asked_for_and_granted(desk: Desk) -> None:
    for _, _path, _ in working_pages(desk):
        pass
    asking = desk.person("russia-representative", "ru")
    path = "/silences/S(2026)0001"
    wrong = asking.fill(path, f"{path}/extensions", working_days="0", reason="Перевод не готов.")
    assert wrong.status_code == 422
    assert "Перевод не готов." in wrong.text
    assert asking.fill(path, f"{path}/extensions", working_days="5", reason="Перевод не готов.").status_code == 303
    page = desk.person("nato-delegate").page(path)
    assert "Перевод не готов." in page.text
    assert asking.send(f"{path}/urgency-refusal", {}).status_code in (409, 422)


def test_a_difference_is_noted_and_settled_and_a_reservation_taken_back(desk: Desk) -> None:
    author, lead = desk.person("nato-delegate"), desk.person("linguist", "fr")
    number = drafted(author)
    act(author, number, "submit")
    act(desk.person("secretariat"), number, "accept")
    path = f"/proposals/{number}"
    typed = {
        "pair": "en-ru",
        "element": "definition",
        "gravity": "substantive",
        "text": "Le russe est étroit.",
    }
    assert lead.fill(path, f"{path}/discrepancies", **typed).status_code == 303
    assert "Le russe est étroit." in author.page(path).text
    page = lead.page(path)
    (settle,) = [action for action in page.forms if action.endswith("/settle")]
    form = page.forms[settle] | {"resolution": "Texte russe révisé."}
    assert lead.send(settle.removeprefix("/fr"), form).status_code == 303
    assert "Texte russe révisé." in author.page(path).text
    party = desk.person("russia-representative", "ru")
    act(
        party,
        number,
        "reserve",
        **{"statement.text": "Учитываются и ложные цели в космосе.", "statement.language": "ru"},
    )
    page = party.page(path)
    (withdraw,) = [action for action in page.forms if action.endswith("/withdraw")]
    assert party.send(withdraw.removeprefix("/ru"), page.forms[withdraw]).status_code == 303
    assert "Учитываются" not in author.page(path).text


def test_an_entry_is_proposed_to_be_withdrawn_from_its_page(desk: Desk) -> None:
    with desk.database.write() as db:
        make_entry(db, number=17)
    person = desk.person("nato-delegate", "fr")
    page = person.page("/entries/TMD-0017")
    path = "/propose?kind=withdraw&entry=TMD-0017"
    assert f"/fr{path}" in page.addresses
    number = number_of(person.fill(path, "/propose", justification="Notion abandonnée."))
    kept = desk.api.get(f"/v1/proposals/{number}", desk.tokens["nato-delegate"]).json()
    assert (kept["kind"], kept["entry"]) == ("withdraw", "TMD-0017")
