"""Reading the compendium through HTTP."""

from itertools import pairwise
from typing import Any

import pytest

from app.accounts import operations as accounts
from app.entries import operations as entries
from app.entries.canonical import canonical_json, digest
from app.entries.content import EntryContent
from app.entries.tables import DecisionMethod, Entry
from app.exchange.formats import FORMATS
from app.languages.codes import LANGUAGES
from app.profile import ApprovalLevel
from tests.api import Api, Tokens, problem_of
from tests.makers import (
    adopt_entry,
    body,
    content,
    make_entry,
    make_proposed_entry,
    make_subject_field,
    make_withdrawn_entry,
)

BASE = "http://127.0.0.1:8000"


def adopt_again(database, number: int, text: EntryContent) -> None:
    """A further version of an entry, by a meeting of both parties."""
    with database.write() as db:
        decision = entries.new_decision(
            db,
            method=DecisionMethod.MEETING,
            level=ApprovalLevel.WORKING_GROUP,
            parties=frozenset({"nato", "russia"}),
        )
        entries.adopt(db, db.get_one(Entry, number), text, decision)


@pytest.fixture
def decoy(database) -> str:
    """An agreed entry with a text for each language; its number."""
    with database.write() as db:
        make_entry(db, number=17, en="decoy", fr="leurre", ru="ложная цель")
    return "TMD-0017"


@pytest.mark.parametrize("ref", ["TMD-0017", "tmd-0017", "17", "0017"])
def test_an_entry_is_read_by_its_number_or_id(api: Api, decoy: str, ref: str) -> None:
    entry = api.get(f"/v1/entries/{ref}").json()
    assert (entry["id"], entry["number"], entry["uri"]) == (17, decoy, f"{BASE}/id/{decoy}")
    assert (entry["status"], entry["version"], entry["proposal"]) == ("agreed", 1, None)
    assert entry["decision"]["method"] == "initial_load"
    text = EntryContent.model_validate(entry["content"])
    assert text == content()
    assert entry["digest"] == digest(canonical_json(text))


@pytest.mark.parametrize("ref", ["TMD-0018", "18", "0", "9" * 10, "9" * 40, "ABC-0017", "P(2026)0001", "17-TMD"])
def test_what_is_no_entry_is_not_found(api: Api, decoy: str, ref: str) -> None:
    problem = problem_of(api.get(f"/v1/entries/{ref}"), 404, "not_found")
    assert problem["what"] == "entry"


def test_an_entry_is_not_sent_again_until_its_text_changes(api: Api, decoy: str, database) -> None:
    first = api.get(f"/v1/entries/{decoy}")
    asked = {"If-None-Match": first.headers["ETag"]}
    again = api.get(f"/v1/entries/{decoy}", headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Vary"] == first.headers["Vary"]
    adopt_again(database, 17, content(fr="fausse cible"))
    changed = api.get(f"/v1/entries/{decoy}", headers=asked)
    assert changed.json()["version"] == 2


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json", "application/json"),
        ("application/x-tbx", "application/x-tbx"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.2, application/x-tbx", "application/x-tbx"),
    ],
)
def test_an_entry_comes_in_the_form_that_accept_asks_for(
    api: Api, decoy: str, accept: str, media_type: str
) -> None:
    answer = api.get(f"/v1/entries/{decoy}", headers={"Accept": accept})
    assert answer.headers["Content-Type"] == media_type
    assert "Accept" in answer.headers["Vary"]
    for word in ("decoy", "leurre", "ложная цель"):
        assert word in answer.text


def asked_for(form: str) -> str:
    """The form in the address, with the languages of one that needs a pair."""
    return f"format={form}" + ("&source=en&target=ru" if form != "json" and FORMATS[form].pair == "needed" else "")


@pytest.mark.parametrize("form", list(FORMATS))
def test_an_entry_comes_in_the_form_that_the_address_asks_for(api: Api, decoy: str, form: str) -> None:
    answer = api.get(f"/v1/entries/{decoy}?{asked_for(form)}", headers={"Accept": "application/json"})
    assert answer.headers["Content-Type"] == FORMATS[form].media_type
    again = api.get(f"/v1/entries/{decoy}?{asked_for(form)}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_forms_of_an_entry_have_etags_of_their_own(api: Api, decoy: str) -> None:
    tags = {form: api.get(f"/v1/entries/{decoy}?{asked_for(form)}").headers["ETag"] for form in ("json", *FORMATS)}
    same = {form for form in tags if list(tags.values()).count(tags[form]) > 1}
    # An entry without activities and abbreviations is the same in both.
    assert same == {"tbx", "tbx-2019"}


def test_a_form_that_there_is_not_is_refused_with_those_there_are(api: Api, decoy: str) -> None:
    problem = problem_of(
        api.get(f"/v1/entries/{decoy}", headers={"Accept": "application/pdf"}), 406, "not_acceptable"
    )
    assert problem["offered"] == ["json", *FORMATS]


@pytest.mark.parametrize(
    ("accept", "address"),
    [
        ("*/*", "/v1/entries/TMD-0017"),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "/en/entries/TMD-0017"),
        ("application/x-tbx", "/v1/entries/TMD-0017?format=tbx"),
        ("text/csv", "/v1/entries/TMD-0017?format=csv"),
    ],
)
def test_the_permanent_address_leads_to_the_form_asked_for(api: Api, decoy: str, accept: str, address: str) -> None:
    answer = api.get("/id/17", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert "Accept" in answer.headers["Vary"]
    assert api.get(address).status_code == 200


def test_the_permanent_address_of_nothing_is_not_found(api: Api) -> None:
    problem_of(api.get("/id/TMD-0404"), 404, "not_found")
    problem_of(api.get("/id/TMD-0404", headers={"Accept": "image/png"}), 406, "not_acceptable")


def test_a_proposed_entry_is_read_as_proposed(api: Api, database) -> None:
    with database.write() as db:
        number = make_proposed_entry(db, ru="ложная боеголовка").id
    entry = api.get(f"/v1/entries/{number}").json()
    assert (entry["status"], entry["version"], entry["adopted"], entry["decision"]) == (
        "proposed",
        None,
        None,
        None,
    )
    assert entry["content"]["languages"]["ru"]["terms"][0]["text"] == "ложная боеголовка"
    assert api.get(f"/v1/entries/{number}/versions").json()["items"] == []
    problem_of(api.get(f"/v1/entries/{number}/versions/1"), 404, "not_found")


def test_a_withdrawn_entry_leaves_a_tombstone(api: Api, database) -> None:
    with database.write() as db:
        entry = make_withdrawn_entry(db, fr="ballon brouilleur")
    number = f"TMD-{entry.id}"
    answer = api.get(f"/id/{number}")
    assert answer.status_code == 303
    tombstone = api.get(answer.headers["Location"])
    assert tombstone.status_code == 200
    assert (tombstone.json()["status"], tombstone.json()["content"]) == ("withdrawn", None)
    assert "brouilleur" not in tombstone.text
    for form in FORMATS:
        problem_of(api.get(f"/v1/entries/{number}?format={form}"), 404, "not_found")
    assert api.get("/v1/entries").json()["items"] == []
    assert "brouilleur" not in api.get("/v1/export?format=csv&status=withdrawn").text


def test_the_list_goes_by_number_and_its_pages_together_are_the_whole(api: Api, database) -> None:
    with database.write() as db:
        for number in (30, 4, 17, 1200, 5):
            make_entry(db, number=number)
        make_proposed_entry(db)
    whole = [entry["id"] for entry in api.get("/v1/entries").json()["items"]]
    assert whole == sorted(whole)
    assert len(whole) == 6
    for size in (1, 2, 3, 5, 6, 7):
        pages = list(api.pages("/v1/entries", limit=size))
        assert [entry["id"] for page in pages for entry in page["items"]] == whole


def test_the_list_is_narrowed_by_status_and_subject(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, "threat", number=1)
        make_entry(db, "sensors", number=2)
        make_proposed_entry(db, "sensors")
    assert [e["id"] for e in api.get("/v1/entries?status=agreed").json()["items"]] == [1, 2]
    assert [e["id"] for e in api.get("/v1/entries?subject=sensors&status=agreed").json()["items"]] == [2]
    assert len(api.get("/v1/entries?subject=sensors&subject=threat").json()["items"]) == 3
    assert api.get("/v1/entries?status=superseded").json()["items"] == []


@pytest.mark.parametrize("address", ["/v1/entries?status=agreed&limit=1", "/v1/index/en/D?limit=1"])
def test_a_cursor_of_another_list_is_refused(api: Api, database, address: str) -> None:
    with database.write() as db:
        for number in (1, 2):
            make_entry(db, number=number)
    cursor = api.get("/v1/entries?limit=1").json()["next"]
    assert problem_of(api.get(f"{address}&cursor={cursor}"), 422, "invalid_input")["field"] == "cursor"


def test_a_version_stays_as_it_was_adopted(api: Api, decoy: str, database) -> None:
    first = api.get(f"/v1/entries/{decoy}/versions/1")
    adopt_again(database, 17, content(ru="ложная боеголовка"))
    again = api.get(f"/v1/entries/{decoy}/versions/1")
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    versions = api.get(f"/v1/entries/{decoy}/versions").json()["items"]
    assert [version["version"] for version in versions] == [1, 2]
    assert [version["decision"]["method"] for version in versions] == ["initial_load", "meeting"]
    for version in versions:
        text = api.get(f"/v1/entries/{decoy}/versions/{version['version']}").json()
        assert text["digest"] == version["digest"]
        assert digest(canonical_json(EntryContent.model_validate(text["content"]))) == version["digest"]


def test_the_difference_of_two_versions_names_each_field(api: Api, decoy: str, database) -> None:
    adopt_again(database, 17, content(fr="fausse cible"))
    diff = api.get(f"/v1/entries/{decoy}/diff?from=1&to=2").json()
    assert (diff["entry"], diff["from_version"], diff["to_version"]) == (decoy, 1, 2)
    paths = {d["path"]: (d["before"], d["after"]) for d in diff["differences"]}
    assert set(paths) == {"languages.fr.terms[leurre]", "languages.fr.terms[fausse cible]"}
    assert paths["languages.fr.terms[fausse cible]"][0] is None
    assert paths["languages.fr.terms[fausse cible]"][1]["text"] == "fausse cible"
    assert api.get(f"/v1/entries/{decoy}/diff?from=2&to=2").json()["differences"] == []


def test_the_difference_to_a_version_that_there_is_not_is_not_found(api: Api, decoy: str) -> None:
    assert problem_of(api.get(f"/v1/entries/{decoy}/diff?from=1&to=2"), 404, "not_found")["what"] == "version"
    problem_of(api.get(f"/v1/entries/{decoy}/diff?from=1"), 422, "validation_failed")


def test_a_decision_names_what_it_adopted(api: Api, decoy: str, database) -> None:
    adopt_again(database, 17, content(fr="fausse cible"))
    number = api.get(f"/v1/entries/{decoy}").json()["decision"]["number"]
    decision = api.get(f"/v1/decisions/{number}").json()
    assert (decision["number"], decision["method"], decision["level"]) == (number, "meeting", "working_group")
    assert decision["parties"] == ["nato", "russia"]
    assert decision["versions"] == [f"{decoy}/2"]
    assert api.get(f"/v1/decisions/{number.lower()}").json() == decision


def test_a_decision_that_there_is_not_is_not_found(api: Api) -> None:
    assert problem_of(api.get("/v1/decisions/D(1999)0001"), 404, "not_found")["what"] == "decision"


def test_subject_fields_come_in_systematic_order_with_their_entries_counted(api: Api, database) -> None:
    with database.write() as db:
        make_subject_field(db, "warning", position=3)
        make_subject_field(db, "threat", position=1)
        make_subject_field(db, "sensors", position=2)
        make_entry(db, "threat")
        make_proposed_entry(db, "threat")
        make_withdrawn_entry(db)
    fields = api.get("/v1/subject-fields").json()["items"]
    assert [(field["code"], field["entries"]) for field in fields] == [
        ("threat", 2),
        ("sensors", 0),
        ("warning", 0),
    ]
    assert set(fields[0]["label"]) == set(fields[0]["scope"]) == set(LANGUAGES)


@pytest.fixture
def alphabet(database) -> None:
    """Terms that code points would put in the wrong order."""
    with database.write() as db:
        for french, russian in (
            ("zone", "яркость"),
            ("École", "ёмкость"),
            ("écran", "единица"),
            ("étage", "ель"),
            ("ebauche", "жар"),
            ("œil", "йод"),
            ("ogive", "исток"),
            ("2e étage", "3-я ступень"),
        ):
            make_entry(db, en=None, fr=french, ru=russian)


def test_the_letters_are_those_of_the_alphabet_of_the_language(api: Api, alphabet: None) -> None:
    french = {item["letter"]: item["terms"] for item in api.get("/v1/index/fr").json()["items"]}
    assert french == {"#": 1, "E": 4, "O": 2, "Z": 1}
    russian = [item["letter"] for item in api.get("/v1/index/ru").json()["items"]]
    assert russian == ["#", "Е", "Ж", "И", "Й", "Я"]


def test_each_letter_leads_to_its_terms(api: Api, alphabet: None) -> None:
    for item in api.get("/v1/index/ru").json()["items"]:
        address = item["uri"].removeprefix(BASE)
        page = api.get(address).json()
        assert len(page["items"]) == item["terms"], item
        assert page["letter"] == item["letter"]


def test_the_terms_under_a_letter_are_in_alphabetical_order(api: Api, alphabet: None) -> None:
    french = [term["text"] for term in api.get("/v1/index/fr/E").json()["items"]]
    assert french == ["ebauche", "École", "écran", "étage"]
    russian = [term["text"] for term in api.get("/v1/index/ru/е").json()["items"]]
    assert russian == ["единица", "ель", "ёмкость"]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pages_of_the_index_together_are_the_whole(api: Api, alphabet: None, size: int) -> None:
    pages = list(api.pages("/v1/index/fr/E", limit=size))
    assert [t["text"] for page in pages for t in page["items"]] == ["ebauche", "École", "écran", "étage"]


def test_the_next_page_of_terms_without_a_letter_is_found(api: Api, database) -> None:
    with database.write() as db:
        for term in ("3-я ступень", "1-я ступень", "2-я ступень"):
            make_entry(db, en=None, fr=None, ru=term)
    pages = list(api.pages("/v1/index/ru/%23", limit=1))
    assert [term["text"] for page in pages for term in page["items"]] == [
        "1-я ступень",
        "2-я ступень",
        "3-я ступень",
    ]


def test_equal_terms_under_a_letter_are_each_listed_once(api: Api, database) -> None:
    with database.write() as db:
        for _ in range(5):
            make_entry(db, en=None, fr=None, ru="сопровождение")
    pages = api.pages("/v1/index/ru/С", limit=2)
    ids = [term["entry"]["id"] for page in pages for term in page["items"]]
    assert len(ids) == len(set(ids)) == 5
    assert all(before < after for before, after in pairwise(ids))


def test_the_index_marks_terms_that_are_not_preferred(api: Api, database) -> None:
    with database.write() as db:
        text = body(en="decoy")
        text["languages"]["en"]["terms"].append({"text": "dummy", "acceptability": "deprecated"})
        adopt_entry(db, EntryContent.model_validate(text))
    items = api.get("/v1/index/en/D").json()["items"]
    assert [(term["text"], term["acceptability"]) for term in items] == [
        ("decoy", "preferred"),
        ("dummy", "deprecated"),
    ]


@pytest.mark.parametrize("address", ["/v1/index/de", "/v1/index/en/abc", "/v1/index/en/-"])
def test_an_index_that_cannot_be_is_refused(api: Api, address: str) -> None:
    problem_of(api.get(address), 422, "validation_failed")


def test_a_letter_without_terms_is_an_empty_list(api: Api) -> None:
    assert api.get("/v1/index/ru/Щ").json() == {"language": "ru", "letter": "Щ", "items": [], "next": None}


PUBLIC_LISTS: list[tuple[str, dict[str, Any]]] = [
    ("/v1/entries", {}),
    ("/v1/subject-fields", {}),
    ("/v1/index/en", {}),
    ("/v1/changes", {}),
    ("/v1/search", {"q": "decoy"}),
    ("/v1/suggest", {"q": "de"}),
]


@pytest.mark.parametrize(("path", "params"), PUBLIC_LISTS, ids=[path for path, _ in PUBLIC_LISTS])
def test_public_reads_need_no_token_and_are_the_same_with_one(
    api: Api, decoy: str, tokens: Tokens, path: str, params: dict[str, Any]
) -> None:
    anonymous = api.get(path, params=params)
    assert anonymous.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    known = api.get(path, tokens["russia-co-chair"], params=params)
    assert known.content == anonymous.content
    assert anonymous.headers["ETag"] == known.headers["ETag"]


def test_nothing_that_is_public_names_an_account(api: Api, decoy: str, database) -> None:
    with database.write() as db:
        name = accounts.SECRETARIAT
        assert accounts.secretariat(db).account_id is not None
    for path in (f"/v1/entries/{decoy}", f"/v1/entries/{decoy}/versions/1", "/v1/changes"):
        assert name not in api.get(path).text
