"""The deadlines that are still to come, as JSON and as a calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.api import ACCOUNTS, Api, Tokens, problem_of
from tests.clocks import FakeClock
from tests.makers import body
from tests.proposals.steps import (
    accepted,
    moved,
    new_proposal,
    propose,
    ready,
    send,
    submitted,
    tabled,
    under_silence,
)

pytestmark = pytest.mark.usefixtures("subject_field")

TRAP = new_proposal(content=body(en="trap", fr="piège", ru="ловушка"))


@pytest.fixture(autouse=True)
def november(clock: FakeClock) -> None:
    clock.set_to(datetime(2026, 11, 2, 9, 30, tzinfo=UTC))


def shown(api: Api, token: str, query: str = "") -> list[tuple[str, str, str]]:
    """Kind, number and title of each deadline."""
    answer = api.get(f"/v1/deadlines{query}", token)
    assert answer.status_code == 200, answer.text
    assert "private" in answer.headers["Cache-Control"]
    return [(one["kind"], one["number"], one["title"]) for one in answer.json()["items"]]


def test_every_kind_of_deadline_is_told_until_it_is_over(api: Api, tokens: Tokens, clock: FakeClock) -> None:
    assert shown(api, tokens["reader"]) == []
    review = accepted(api, tokens, TRAP)
    running = under_silence(api, tokens)
    silence = running.json()["silence"]["number"]
    expected = [
        ("silence", silence, "Silence expires: decoy"),
        ("review", review.json()["number"], "Review due: trap"),
    ]
    assert shown(api, tokens["reader"]) == expected
    moved(api, review, "withdraw", tokens["nato-delegate"], reason="Taken back.")
    clock.set_to(datetime.fromisoformat(running.json()["deadline"]) + timedelta(seconds=1))
    assert shown(api, tokens["reader"]) == []


def test_what_was_agreed_ad_referendum_is_to_be_confirmed(api: Api, tokens: Tokens) -> None:
    first = moved(api, tabled(api, tokens), "agree-ad-referendum", tokens["nato-co-chair"])
    agreed = moved(api, first, "agree-ad-referendum", tokens["russia-co-chair"])
    number = agreed.json()["number"]
    assert shown(api, tokens["reader"], "?language=ru") == [
        ("confirmation", number, "Срок подтверждения: ложная цель")
    ]
    (item,) = api.get("/v1/deadlines", tokens["reader"]).json()["items"]
    assert (item["at"], item["zone"]) == (agreed.json()["deadline"], "Europe/Brussels")
    assert item["uid"].startswith(f"{number}-confirmation@")


def test_a_batch_is_one_deadline_and_follows_its_extensions(api: Api, tokens: Tokens) -> None:
    numbers = [ready(api, tokens, value).json()["number"] for value in (None, TRAP)]
    for chair in ("nato-co-chair", "russia-co-chair"):
        opened = send(api, "/v1/silences", tokens[chair], {"proposals": numbers})
    silence = opened.json()["silence"]
    titles = {
        "en": "Silence on 2 texts expires",
        "fr": "Échéance de la procédure d’approbation tacite pour 2 textes",
        "ru": "Истекает срок процедуры молчания: 2 текста",
    }
    for language, title in titles.items():
        assert shown(api, tokens["reader"], f"?language={language}") == [("silence", silence["number"], title)]
    asked = {"working_days": 5, "reason": "Нужна консультация."}
    path = f"/v1/silences/{silence['number']}/extensions"
    moved_to = send(api, path, tokens["russia-representative"], asked).json()["expires"]
    (item,) = api.get("/v1/deadlines", tokens["reader"]).json()["items"]
    assert (item["at"], item["proposals"]) == (moved_to, numbers)
    assert moved_to > silence["expires"]


def test_a_calendar_has_the_same_deadlines_and_the_same_bytes_each_time(api: Api, tokens: Tokens) -> None:
    accepted(api, tokens, TRAP)
    under_silence(api, tokens)
    items = api.get("/v1/deadlines?language=fr", tokens["reader"]).json()["items"]
    answer = api.get("/v1/deadlines.ics?language=fr", tokens["reader"])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer.headers["Content-Language"], answer.headers["Vary"].split(",")[0]) == ("fr", "Accept-Language")
    assert "private" in answer.headers["Cache-Control"]
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert [str(event["UID"]) for event in events] == [item["uid"] for item in items]
    assert [event["DTSTART"].dt for event in events] == [datetime.fromisoformat(item["at"]) for item in items]
    assert [str(event["SUMMARY"]) for event in events] == [f"{item['number']} {item['title']}" for item in items]
    assert not any(name in answer.text for name in ACCOUNTS)
    assert api.get("/v1/deadlines.ics?language=fr", tokens["reader"]).content == answer.content


def test_the_pages_of_a_list_have_each_deadline_once(api: Api, tokens: Tokens) -> None:
    accepted(api, tokens, TRAP)
    under_silence(api, tokens)
    whole = api.get("/v1/deadlines", tokens["reader"]).json()["items"]
    pages = list(api.pages("/v1/deadlines", tokens["reader"], limit=1))
    assert [item for page in pages for item in page["items"]] == whole
    assert len(pages) == 2
    other = api.get(f"/v1/deadlines?language=ru&cursor={pages[0]['next']}", tokens["reader"])
    problem_of(other, 422, "invalid_input")


def test_nobody_learns_of_drafts_or_without_a_token(api: Api, tokens: Tokens) -> None:
    propose(api, tokens["nato-delegate"])
    submitted(api, tokens, TRAP)
    for name in ("nato-delegate", "russia-delegate", "secretariat", "reader"):
        assert shown(api, tokens[name]) == []
    for path in ("/v1/deadlines", "/v1/deadlines.ics"):
        problem_of(api.get(path), 401, "sign_in_needed")
