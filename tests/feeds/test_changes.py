"""The feed of changes: what a subscriber sees, in three languages, page by page, and what nobody sees."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from lxml import etree

from app.history.tables import EntryChange
from app.languages.codes import LANGUAGES
from app.texts import changes as texts
from tests.api import Api, Tokens, problem_of
from tests.changes import adopt_text, end_entry, propose_entry, revise_entry
from tests.clocks import FakeClock
from tests.feeds.test_atom import NAMES, checked
from tests.makers import body, content, make_entry, make_subject_field

FEED = "/v1/changes.atom"
STEM = "http://127.0.0.1:8000"


def feed(api: Api, path: str = FEED, **headers: str) -> etree._Element:
    """A page of the feed, which must be valid."""
    answer = api.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return checked(answer.content)


def entries_of(root: etree._Element) -> list[etree._Element]:
    return list(root.iterfind("a:entry", NAMES))


def titles(root: etree._Element) -> list[str]:
    return [entry.findtext("a:title", "", NAMES) for entry in entries_of(root)]


def said(entry: etree._Element) -> list[str]:
    return [paragraph.text or "" for paragraph in entry.iterfind("a:content/h:div/h:p", NAMES)]


def links(holder: etree._Element, rel: str) -> list[str]:
    """The addresses of a relation, without the stem that they all have."""
    found = [link.get("href", "") for link in holder.iterfind("a:link", NAMES) if link.get("rel") == rel]
    assert all(address.startswith(STEM) for address in found)
    return [address.removeprefix(STEM) for address in found]


def pages(api: Api, path: str) -> Iterator[etree._Element]:
    """The pages of the feed, each by the link of the one before."""
    following = [path]
    while following:
        root = feed(api, following[0])
        yield root
        following = links(root, "next")


@pytest.fixture
def history(database, clock: FakeClock) -> str:
    """An entry proposed, revised, agreed and amended, and another withdrawn; the decision of the amendment."""
    clock.set_to(datetime(2027, 2, 1, 9, 30, tzinfo=UTC))
    with database.write() as db:
        entry = propose_entry(db, en="balloon decoy", fr="leurre gonflable", ru="надувная ложная цель")
        clock.advance(days=1)
        revise_entry(db, entry, en="inflatable decoy", fr="leurre gonflable", ru="надувная ложная цель")
        clock.advance(days=1)
        adopt_text(db, entry, content(en="inflatable decoy", fr="leurre gonflable", ru="надувная ложная цель"))
        clock.advance(days=1)
        decision = adopt_text(
            db, entry, content(en="inflatable decoy", fr="leurre gonflable", ru="аэростатная цель")
        )
        clock.advance(days=1)
        other = propose_entry(db, en="chaff", fr="paillettes", ru="дипольные отражатели")
        clock.advance(days=1)
        end_entry(db, other, "Снято по просьбе делегации.")
    return decision


def test_an_empty_feed_is_a_feed(api: Api) -> None:
    root = feed(api)
    assert entries_of(root) == []
    assert root.findtext("a:id", namespaces=NAMES) == f"{STEM}{FEED}"
    assert links(root, "next") == []


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "TMD-1002: withdrawn",
                "TMD-1002: proposed",
                "TMD-1001 inflatable decoy: version 2 agreed",
                "TMD-1001 inflatable decoy: version 1 agreed",
                "TMD-1001 inflatable decoy: proposed text revised",
                "TMD-1001 inflatable decoy: proposed",
            ],
        ),
        (
            "fr",
            [
                "TMD-1002\u00a0: retirée",
                "TMD-1002\u00a0: proposée",
                "TMD-1001 leurre gonflable\u00a0: version 2 agréée",
                "TMD-1001 leurre gonflable\u00a0: version 1 agréée",
                "TMD-1001 leurre gonflable\u00a0: texte proposé révisé",
                "TMD-1001 leurre gonflable\u00a0: proposée",
            ],
        ),
        (
            "ru",
            [
                "TMD-1002: отозвана",
                "TMD-1002: предложена",
                "TMD-1001 аэростатная цель: согласована версия 2",
                "TMD-1001 надувная ложная цель: согласована версия 1",
                "TMD-1001 аэростатная цель: предложенный текст изменён",
                "TMD-1001 аэростатная цель: предложена",
            ],
        ),
    ],
)
def test_each_public_step_has_an_entry_in_the_readers_language(
    api: Api, language: str, expected: list[str]
) -> None:
    root = feed(api, **{"Accept-Language": f"{language};q=1, en;q=0.1"})
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert titles(root) == expected
    assert titles(feed(api, f"{FEED}?lang={language}", **{"Accept-Language": "de"})) == expected


def test_an_entry_says_what_changed_and_by_which_decision(api: Api, history: str) -> None:
    amended = entries_of(feed(api))[2]
    assert said(amended) == [f"The text was adopted as version 2 by decision {history}.", "Changed: terms (ru)."]
    assert amended.findtext("a:updated", namespaces=NAMES) == "2027-02-04T09:30:00Z"
    assert links(amended, "alternate") == ["/id/TMD-1001"]
    assert links(amended, "related") == [
        "/v1/entries/TMD-1001/versions/2",
        "/v1/entries/TMD-1001/diff?from=1&to=2",
        f"/v1/decisions/{history}",
    ]
    for address in links(amended, "related"):
        assert api.get(address).status_code == 200
    terms = [item.text for item in amended.iterfind("a:content/h:div/h:ul/h:li", NAMES)]
    assert terms == ["inflatable decoy", "leurre gonflable", "аэростатная цель"]


def test_every_kind_of_difference_is_named_once(api: Api, database) -> None:
    changed = body(en="dummy", fr="fausse cible")
    changed["notation"] = "2.4.1"
    changed["equivalence"] = {"en-fr": {"degree": "near"}}
    changed["relations"] = [{"type": "see_also", "target": "TMD-0018"}]
    changed["activities"] = ["altbmd"]
    changed["references"] = [{"uri": "https://terms.example.org/1"}]
    changed["languages"]["fr"] |= {"notes": ["Voir aussi."], "examples": ["Un leurre."]}
    changed["languages"]["en"]["definition"]["text"] = "another definition"
    changed["languages"].pop("ru")
    with database.write() as db:
        make_entry(db, number=18)
        adopt_text(db, make_entry(db, number=17), type(content()).model_validate(changed))
    first, second, *_ = entries_of(feed(api, f"{FEED}?lang=en"))
    assert said(first)[1] == (
        "Changed: relations to other entries, references to other collections, activities, equivalence between"
        " the languages, definition (en), terms (en), notes (fr), examples (fr), terms (fr), whole text (ru),"
        " and place in the concept system."
    )
    assert len(said(second)) == 1


def test_the_entries_keep_their_ids_and_each_leads_to_its_change(api: Api, history: str) -> None:
    roots = [feed(api, f"{FEED}?lang={language}") for language in LANGUAGES]
    ids = [[entry.findtext("a:id", "", NAMES) for entry in entries_of(root)] for root in roots]
    assert ids[0] == ids[1] == ids[2]
    seen = [api.get(address.removeprefix(STEM)).json()["items"] for address in ids[0]]
    assert [item["change"] for (item,) in seen] == [
        "withdrawn",
        "proposed",
        "adopted",
        "adopted",
        "revised",
        "proposed",
    ]
    assert seen[2][0]["decision"] == history


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("size", [1, 2, 4, 5, 6, 7])
def test_the_pages_together_are_the_whole(api: Api, size: int) -> None:
    whole = titles(feed(api))
    found = list(pages(api, f"{FEED}?limit={size}"))
    assert [title for root in found for title in titles(root)] == whole
    assert len(found) == -(-len(whole) // size)
    for root in found:
        assert links(root, "first") == [f"{FEED}?limit={size}"]
        (own,) = links(root, "self")
        assert titles(feed(api, own)) == titles(root)


@pytest.mark.usefixtures("history")
def test_the_pages_keep_the_language_and_are_named_in_the_header_too(api: Api) -> None:
    answer = api.get(f"{FEED}?lang=ru&limit=2")
    (following,) = links(checked(answer.content), "next")
    assert answer.links["next"]["url"] == following
    assert titles(feed(api, following, **{"Accept-Language": "fr"}))[0].endswith("согласована версия 2")
    alternates = links(checked(answer.content), "alternate")
    assert [urlsplit(address).query for address in alternates] == ["lang=en", "lang=fr", "lang=ru"]


@pytest.mark.usefixtures("history")
def test_an_unchanged_feed_is_not_sent_again(api: Api) -> None:
    answer = api.get(FEED, headers={"Accept-Language": "ru"})
    assert "Accept-Language" in answer.headers["Vary"]
    assert "public" in answer.headers["Cache-Control"]
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert api.get(FEED, headers={"Accept-Language": "ru"} | tag).status_code == 304
    assert api.get(FEED, headers={"Accept-Language": "fr"} | tag).status_code == 200


def test_a_new_change_changes_the_feed(api: Api, database, history: str) -> None:
    tag = api.get(FEED).headers["ETag"]
    with database.write() as db:
        make_entry(db, number=17)
    answer = api.get(FEED, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert titles(checked(answer.content))[0] == "TMD-0017 decoy: version 1 agreed"


def test_nothing_but_what_is_public_is_told(api: Api, tokens: Tokens, database, history: str) -> None:
    before = api.get(FEED).content
    with database.write() as db:
        make_subject_field(db)
    draft = {"kind": "new", "content": body(ru="засекреченный черновик"), "justification": "Тайный довод."}
    assert api.post("/v1/proposals", tokens["russia-delegate"], json=draft).status_code == 201
    assert api.get(FEED).content == before
    told = "".join(api.get(f"{FEED}?lang={language}").text for language in LANGUAGES)
    # The reason of a withdrawal, the text that ended with it, the party and the account.
    for secret in ("Снято", "chaff", "paillettes", "дипольные", "nato", "secretariat", "balloon decoy"):
        assert secret not in told


def test_a_cursor_of_another_list_is_refused(api: Api, database) -> None:
    with database.write() as db:
        for number in (17, 18):
            make_entry(db, number=number)
    cursor = api.get("/v1/entries?limit=1").json()["next"]
    assert problem_of(api.get(f"{FEED}?cursor={cursor}"), 422, "invalid_input")["field"] == "cursor"
    assert problem_of(api.get(f"{FEED}?limit=0"), 422, "validation_failed")["field"] == "limit"
    assert problem_of(api.get(f"{FEED}?lang=de"), 422, "validation_failed")["field"] == "lang"


@pytest.mark.parametrize("table", [texts.LABELS, texts.TITLES, texts.SENTENCES])
def test_every_kind_of_change_has_its_texts(table: dict[str, str]) -> None:
    assert table.keys() == {change.value for change in EntryChange}
