"""A reservation travels with its entry through every read and every export, over HTTP and on both databases."""

import csv
import io
import json
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import event
from sqlalchemy.engine import Connection

from app.accounts import operations as accounts
from app.entries import operations as entries
from app.entries.queries import BATCH, EntryFilter
from app.entries.statement_tables import Statement
from app.entries.tables import DecisionMethod, Entry
from app.exchange.exporting import records
from app.profile import ApprovalLevel
from tests.api import Api, Tokens
from tests.exchange.makers import LOSSLESS
from tests.makers import content, make_entry, make_proposed_entry
from tests.proposals.steps import send

PATH = "/v1/entries/TMD-0017/statements"
WORDS = "Российская сторона учитывает и ложные цели, размещаемые в космосе."
SAID = {
    "kind": "reservation",
    "element": "languages.ru.definition",
    "language": "ru",
    "text": WORDS,
    "translations": {"fr": "La partie russe tient compte des leurres placés dans l’espace."},
    "alternative": "объект, имитирующий боевой блок",
}


@pytest.fixture
def reserved(api: Api, tokens: Tokens, database) -> int:
    """An agreed entry on which the Russian Federation has made a reservation; the id of the statement."""
    with database.write() as db:
        make_entry(db, number=17)
        make_entry(db, number=18, en="chaff", fr="paillettes", ru="дипольные отражатели")
    answer = send(api, PATH, tokens["russia-representative"], SAID)
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["id"]
    return number


def references(api: Api, token: str) -> dict[str, dict[str, Any]]:
    """How each kind of read names the entry."""
    sought = {"source": "en", "segments": ["The decoy was released."]}
    index = api.get("/v1/index/ru/Л", token).json()
    found = {
        "search": api.get("/v1/search?q=decoy").json()["hits"][0]["entry"],
        "prefix": api.get("/v1/search?q=deco&match=prefix").json()["hits"][0]["entry"],
        "fuzzy": api.get("/v1/search?q=decoyy&match=fuzzy").json()["hits"][0]["entry"],
        "full text": api.get("/v1/search?q=ogive&match=fulltext&in=fr").json()["hits"][0]["entry"],
        "lookup": send(api, "/v1/lookup", None, sought).json()["hits"][0]["entry"],
        "index": index["items"][0]["entry"],
    }
    assert {one["number"] for one in found.values()} <= {"TMD-0017", "TMD-0018"}
    return found


def notes_of(format_: str, data: bytes) -> list[str]:
    """All that a reader finds beside the texts of a file."""
    if format_ == "jsonl":
        return [said for line in data.splitlines() for said in json.loads(line).get("beside", [])]
    if format_ == "csv":
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        return [row["reservations"] for row in table]
    return [note.text or "" for note in etree.fromstring(data).iter("{*}note")]


def test_every_read_tells_of_it(api: Api, tokens: Tokens, reserved: int) -> None:
    entry = api.get("/v1/entries/TMD-0017").json()
    version = api.get("/v1/entries/TMD-0017/versions/1").json()
    assert [said["text"] for said in entry["reservations"]] == [WORDS]
    assert [said["text"] for said in version["statements"]] == [WORDS]
    assert WORDS not in str(entry["content"])
    counted = {name: found.get("reservations", 0) for name, found in references(api, tokens["reader"]).items()}
    assert counted == dict.fromkeys(counted, 1)
    assert "reservations" not in api.get("/v1/search?q=chaff").json()["hits"][0]["entry"]
    answer = send(api, f"{PATH}/{reserved}/withdraw", tokens["russia-representative"], {})
    assert answer.status_code == 200, answer.text
    assert {found.get("reservations", 0) for found in references(api, tokens["reader"]).values()} == {0}


@pytest.mark.parametrize("format_", LOSSLESS)
@pytest.mark.parametrize("path", ["/v1/export?format=", "/v1/entries/TMD-0017?format="])
def test_every_export_has_it_and_comes_back_unchanged(
    api: Api, tokens: Tokens, reserved: int, format_: str, path: str
) -> None:
    data = api.get(path + format_).content
    said = [note for note in notes_of(format_, data) if WORDS in note]
    assert said
    for note in said:
        assert note.startswith("reservation (Российская Федерация): Оговорка одной из сторон; не является частью")
        assert "определение на русском языке" in note
        assert "объект, имитирующий боевой блок" in note
    assert any("reservation (Fédération de Russie): Réserve" in note for note in notes_of(format_, data))
    sent = api.post(
        f"/v1/import?format={format_}&dry_run=true", tokens["nato-delegate"], content=data, headers={}
    ).json()
    assert {item["outcome"] for item in sent["items"]} == {"unchanged"}
    warned = [warning["code"] for item in sent["items"] for warning in item["warnings"]]
    assert warned == ["statement_left_out"] * 2
    answer = send(api, f"{PATH}/{reserved}/withdraw", tokens["russia-representative"], {})
    assert answer.status_code == 200, answer.text
    assert WORDS not in api.get(path + format_).text


def test_a_later_version_is_without_it_until_it_is_made_again(
    api: Api, tokens: Tokens, reserved: int, database
) -> None:
    with database.write() as db:
        decision = entries.new_decision(db, method=DecisionMethod.MEETING, level=ApprovalLevel.EXPERT)
        entries.adopt(db, db.get_one(Entry, 17), content(fr="fausse cible"), decision)
    assert WORDS not in api.get("/v1/export?format=csv").text
    assert "reservations" not in api.get("/v1/search?q=decoy").json()["hits"][0]["entry"]
    assert [s["text"] for s in api.get("/v1/entries/TMD-0017/versions/1").json()["statements"]] == [WORDS]
    again = send(api, PATH, tokens["russia-representative"], SAID | {"reconfirms": reserved})
    assert again.status_code == 201, again.text
    assert WORDS in api.get("/v1/export?format=csv").text


@pytest.mark.parametrize("format_", LOSSLESS)
def test_what_waits_for_the_parties_says_so(api: Api, database, format_: str) -> None:
    with database.write() as db:
        entry = make_proposed_entry(db, en="jammer")
        entries.show_referendum(db, entry, waits=True)
    assert api.get("/v1/search?q=jammer").json()["hits"][0]["entry"]["ad_referendum"] is True
    data = api.get(f"/v1/export?format={format_}&status=proposed").content
    waits = "ad referendum: agreed by the co-chairs, not yet confirmed by the parties"
    assert waits in notes_of(format_, data)


@pytest.mark.parametrize("format_", LOSSLESS)
def test_the_texts_of_the_sides_are_exported_only_if_asked_for_and_by_side(
    api: Api, tokens: Tokens, database, format_: str
) -> None:
    with database.write() as db:
        entry = make_proposed_entry(db)
        number = f"TMD-{entry.id}"
        decision = entries.new_decision(db, method=DecisionMethod.CO_CHAIRS, level=ApprovalLevel.EXPERT)
        texts = {"nato": content(en="decoy"), "russia": content(en="false target", ru="ложная цель-имитатор")}
        entries.diverge(db, entry, decision, texts, "No consensus.")
    assert "parallel text" not in api.get(f"/v1/export?format={format_}").text
    assert number not in api.get(f"/v1/export?format={format_}").text
    asked = api.get(f"/v1/export?format={format_}&status=diverged")
    said = "|".join(notes_of(format_, asked.content))
    assert "parallel text (NATO): Text of one side; it is not agreed. Terms: decoy (preferred)." in said
    assert "parallel text (Российская Федерация): Текст одной из сторон; согласованным не является." in said
    assert "Термины: ложная цель-имитатор (предпочтительный)." in said
    assert "standardized" not in asked.text
    assert "preferredTerm-admn-sts" not in asked.text
    sent = api.post(f"/v1/import?format={format_}&dry_run=true", tokens["nato-delegate"], content=asked.content)
    assert [item["outcome"] for item in sent.json()["items"]] == ["unchanged"]


def test_an_export_asks_for_statements_by_batches(db, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_entry(db, number=number, en=f"decoy {number}") for number in range(1, 13)]
    for entry in made:
        db.add(
            Statement(
                entry_id=entry.id,
                version=1,
                kind="reservation",
                party="russia",
                language="ru",
                text=WORDS,
                account_id=accounts.secretariat(db).account_id,
                made_at=entry.updated_at,
            )
        )
    db.flush()

    def asked(size: int) -> int:
        monkeypatch.setattr("app.entries.queries.BATCH", size)
        sent: list[str] = []
        listener = lambda *given: sent.append(given[2])  # noqa: E731
        connection: Connection = db.connection()
        event.listen(connection, "before_cursor_execute", listener)
        exported = list(records(db, EntryFilter(), "https://terms.example"))
        event.remove(connection, "before_cursor_execute", listener)
        assert [len(record.statements) for record in exported] == [1] * 12
        return len(sent)

    assert BATCH > 100
    # The names of the parties once; then the entries of a batch and what was said of them.
    assert asked(100) == 1 + 2 + 1
    assert asked(4) == 1 + 3 * 2 + 1
