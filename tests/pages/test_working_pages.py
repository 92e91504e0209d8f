"""What holds of every page for those who have signed in: whole, small, private, in the language of the reader."""

import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import event

from app.languages.codes import LANGUAGES
from app.pages.working import board
from tests.makers import make_entry
from tests.pages.furnishing import PATHS, furnish
from tests.pages.reading import Page
from tests.pages.signing import Desk, Person
from tests.pages.test_proposals import act, answer_findings, certify, drafted, number_of
from tests.pages.working_group import at_work

LARGEST, MOST_QUERIES = 60_000, 10


@dataclass
class Looking:
    """People at a desk whose pages are counted: how often each asks the database."""

    desk: Desk
    language: str = "en"
    asked: list[str] = field(default_factory=list)
    seen: list[tuple[str, Page]] = field(default_factory=list)

    def person(self, name: str) -> Person:
        return self.desk.person(name, self.language)

    def page(self, name: str, path: str) -> Page:
        """A page as somebody sees it; whole, small, private, and asking little."""
        person = self.person(name)
        with self.counted(path):
            page = person.page(path)
        check_whole(page, self.language)
        self.seen.append((path, page))
        return page

    def refused(self, name: str, path: str, action: str, **typed: str) -> Page:
        """A form that is given back because something is wrong with it."""
        return self.typed(name, path, action, expected={409, 422}, **typed)

    def typed(self, name: str, path: str, action: str, expected: Set[int] = frozenset({200}), **typed: str) -> Page:
        """A form that is given back as a page, though nothing was wrong with it."""
        person = self.person(name)
        form = person.page(path).forms[f"/{self.language}{action}"] | typed
        with self.counted(action):
            answer = person.send(action, form)
        assert answer.status_code in expected, answer.text
        page = Page(answer.text)
        check_whole(page, self.language)
        return page

    @contextmanager
    def counted(self, path: str) -> Iterator[None]:
        """Let nobody ask the database more often than a page may."""
        engine = self.desk.database.shared.engine  # type: ignore[attr-defined]
        self.asked.clear()
        event.listen(engine, "before_cursor_execute", self._note)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", self._note)
        # Tests put savepoints in place of transactions.
        asked = [one for one in self.asked if "SAVEPOINT" not in one]
        assert len(asked) <= MOST_QUERIES, (path, asked)

    def _note(self, *given: object) -> None:
        self.asked.append(str(given[2]))


def look_at_a_new_entry(looking: Looking) -> None:
    """Every kind of page, from the draft of a new entry to its silence, as different people see it."""
    number = drafted(looking.person("nato-delegate"))
    path = f"/proposals/{number}"
    looking.page("nato-delegate", path)
    looking.page("nato-delegate", f"{path}/revise")
    looking.page("nato-delegate", "/propose")
    looking.typed("nato-delegate", f"{path}/revise", f"{path}/revise", look="1")
    looking.typed("nato-delegate", f"{path}/revise", f"{path}/revise", add="languages.fr.notes")
    act(looking.person("nato-delegate"), number, "submit")
    looking.page("secretariat", "/queue")
    looking.page("secretariat", path)
    looking.page("secretariat", f"{path}/events/return")
    act(looking.person("secretariat"), number, "accept")
    looking.page("russia-delegate", path)
    looking.page("nato-representative", f"{path}/events/object")
    looking.page("nato-representative", f"{path}/events/reserve")
    looking.page("nato-co-chair", f"{path}/events/diverge")
    answer_findings(looking.person("nato-delegate"), number)
    certify(looking.person("linguist"), number)
    looking.page("linguist", path)
    act(looking.person("secretariat"), number, "finalise")
    looking.page("nato-co-chair", "/proposals?state=ready")
    looking.page("nato-co-chair", f"{path}/events/table")
    for chair in ("nato-co-chair", "russia-co-chair"):
        looking.person(chair).send("/proposals", {"proposals": number})
    looking.page("russia-representative", path)
    looking.page("russia-representative", f"{path}/events/break")
    looking.page("russia-representative", "/silences")
    looking.page("russia-representative", "/silences/S(2026)0001")
    looking.page("russia-representative", "/account")
    looking.page("secretariat", "/meetings")


def look_at_all_that_is_at_work(looking: Looking) -> None:
    """Proposals in many states as everybody sees them, and forms that are refused."""
    furnish(looking.desk.database)
    work = at_work(looking.desk.database, "TMD-0005")
    paths = {name: f"/proposals/{number}" for name, number in work.items() if name != "silence"}
    for name in ("nato-delegate", "russia-representative", "secretariat", "linguist", "nato-co-chair", "reader"):
        for path in (*(path for of, path in paths.items() if of != "submitted"), f"/silences/{work['silence']}"):
            looking.page(name, path)
    silence = f"/silences/{work['silence']}"
    changed = {"languages.en.terms.0.text": "chaff  cloud"}
    for name, path, action, typed in (
        ("nato-delegate", "/propose", "/propose", {}),
        ("nato-delegate", f"{paths['review']}/revise", f"{paths['review']}/revise", changed),
        ("secretariat", f"{paths['submitted']}/events/return", f"{paths['submitted']}/events/return", {}),
        ("russia-representative", f"{paths['silent']}/events/break", f"{paths['silent']}/events/break", {}),
        ("nato-co-chair", f"{paths['review']}/events/diverge", f"{paths['review']}/events/diverge", {}),
        ("russia-representative", silence, f"{silence}/extensions", {"working_days": "0", "reason": "Срок мал."}),
    ):
        looking.refused(name, path, action, **typed)


def look_at_an_amendment(looking: Looking) -> None:
    """The same of a text that uses, names and is related to others, and of a term that was refused before."""
    refused = drafted(looking.person("nato-delegate"), **{"languages.en.terms.0.text": "dummy warhead"})
    act(looking.person("nato-delegate"), refused, "submit")
    act(looking.person("secretariat"), refused, "reject", reason="It is in the compendium.")
    furnish(looking.desk.database)
    looking.page("nato-delegate", f"/proposals/{refused}")
    form = looking.page("nato-delegate", "/propose?kind=amend&entry=TMD-0001").forms[f"/{looking.language}/propose"]
    changed = form | {
        "justification": "Clearer.",
        "languages.en.definition.text": "penetration aid of a payload, or chaff, seen in the boost phase",
        "languages.ru.terms.0.text": "ложная боеголовка",
        "languages.ru.terms.0.transliterations.0.text": "ložnaâ boegolovka",
    }
    number = number_of(looking.person("nato-delegate").send("/propose", changed))
    path = f"/proposals/{number}"
    looking.page("nato-delegate", path)
    looking.page("nato-delegate", f"{path}/revise")
    naming = {"languages.en.definition.text": "decoy beside [chaff], a payload (TMD-0003) or MIM-0104"}
    looking.typed("nato-delegate", f"{path}/revise", f"{path}/revise", look="1", **naming)
    act(looking.person("nato-delegate"), number, "submit")
    act(looking.person("secretariat"), number, "accept")
    for name in ("nato-delegate", "russia-representative", "secretariat", "linguist", "nato-co-chair", "reader"):
        looking.page(name, path)
    typed = {"text": "Voilà.", "language": "fr"}
    for name in ("russia-delegate", "nato-delegate"):
        looking.person(name).send(f"{path}/comments", typed)
    form = looking.person("nato-delegate").page("/propose?kind=supersede&entry=TMD-0002")
    given = form.forms[f"/{looking.language}/propose"] | {"justification": "One concept.", "successor": "TMD-0001"}
    following = number_of(looking.person("nato-delegate").send("/propose", given))
    looking.page("nato-delegate", f"/proposals/{following}")
    looking.page("nato-delegate", "/proposals")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_small_private_and_asks_little(desk: Desk, language: str) -> None:
    look_at_a_new_entry(Looking(desk, language))


MANY_WORDS = (
    "q=object+warhead+taken&match=fulltext",
    "q=ложная+цель+объект+средство&match=fulltext",
    "q=penetraton+ade+for+the+payloud+of+a+mssile",
    "q=средство+преодоленя+аэродинамической+полезной+нагруски",
    "q=aide+à+la+pénétratoin+du+leurre&match=fuzzy&subject=threat&status=agreed",
)


def test_who_has_signed_in_reads_pages_that_ask_little(desk: Desk) -> None:
    furnish(desk.database)
    looking = Looking(desk, "ru")
    for path in (*PATHS, *(f"/search?{query}" for query in MANY_WORDS)):
        person = looking.person("nato-delegate")
        with looking.counted(path):
            person.get(path)


def test_a_page_asks_little_on_each_engine(each_desk: Desk) -> None:
    look_at_an_amendment(Looking(each_desk, "fr"))


def test_everybody_sees_pages_that_ask_little_on_each_engine(each_desk: Desk) -> None:
    look_at_all_that_is_at_work(Looking(each_desk, "ru"))


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


@pytest.mark.parametrize(("language", "head"), [("en", "decoy"), ("fr", "leurre"), ("ru", "ложная цель")])
def test_lists_call_proposals_as_the_reader_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, language: str, head: str
) -> None:
    monkeypatch.setattr(board, "ROWS", 1)
    person = desk.person("nato-delegate", language)
    numbers = [drafted(person, **changes) for changes in ({}, {"languages.en.terms.0.text": "dummy"})]
    for number in numbers:
        act(person, number, "submit")
    for path in ("/proposals", "/queue"):
        page = desk.person("secretariat", language).page(path)
        assert (head, language) in [(text, around[-1].attributes.get("lang")) for text, around in page.said]
    assert numbers[1] not in page.text
    assert f"/{language}/proposals?state=submitted" in page.addresses
    assert "1+" in page.texts()


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
    look_at_a_new_entry(Looking(desk))
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
