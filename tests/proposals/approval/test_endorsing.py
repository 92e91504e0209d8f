"""A higher body approves what was adopted: a new decision on the same versions, recorded by both sides."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.entries.approval.tables import Endorsement
from app.main import create_app
from app.profile import ApprovalLevel
from app.settings import Settings
from tests.api import Api, Tokens, problem_of
from tests.makers import adopt_entry, content
from tests.proposals.steps import agreed, amendment, send

NOTE = "Совет Россия — НАТО, 12 мая 2027 года."
RADAR = {"en": "early-warning radar", "fr": "radar d'alerte avancée", "ru": "РЛС дальнего обнаружения"}

pytestmark = pytest.mark.usefixtures("subject_field")


@pytest.fixture
def entries(database) -> list[str]:
    """Two agreed entries at the level of experts."""
    with database.write() as db:
        adopt_entry(db, content(), number=17)
        adopt_entry(db, content(**RADAR), number=18)
    return ["TMD-0017", "TMD-0018"]


def record(api: Api, token: str, *versions: str, level: str = "council", note: str = NOTE) -> httpx.Response:
    return send(api, "/v1/endorsements", token, {"level": level, "versions": list(versions), "note": note})


def both(api: Api, tokens: Tokens, *versions: str, **given: str) -> dict[str, Any]:
    """The decision of an endorsement that both sides have recorded."""
    assert record(api, tokens["nato-co-chair"], *versions, **given).status_code == 201
    answer = record(api, tokens["russia-co-chair"], *versions, **given)
    assert answer.status_code == 201, answer.text
    decision: dict[str, Any] = answer.json()["decision"]
    return decision


def test_it_takes_effect_when_both_sides_have_recorded_the_same(api: Api, tokens: Tokens, entries) -> None:
    before = api.get("/v1/entries/TMD-0017")
    first = record(api, tokens["nato-co-chair"], "TMD-0017/1", "TMD-0018/1")
    assert first.status_code == 201
    assert (first.json()["recorded"], first.json()["waits_for"]) == (["nato"], ["russia"])
    assert first.json()["decision"] is None
    assert api.get("/v1/entries/TMD-0017").content == before.content
    waiting = api.get("/v1/endorsements", tokens["russia-co-chair"]).json()["items"]
    assert waiting == [first.json()]
    decision = record(api, tokens["russia-co-chair"], *waiting[0]["versions"]).json()["decision"]
    assert (decision["level"], decision["method"], decision["note"]) == ("council", "endorsement", NOTE)
    assert (decision["versions"], decision["endorses"]) == ([], ["TMD-0017/1", "TMD-0018/1"])
    assert decision["explicit"] == decision["signed_by"] == ["nato", "russia"]
    after = api.get("/v1/entries/TMD-0017").json()
    assert after["endorsed"] == {"number": decision["number"], "method": "endorsement", "level": "council"}
    assert {key: after[key] for key in ("content", "version", "digest", "decision", "adopted")} == {
        key: before.json()[key] for key in ("content", "version", "digest", "decision", "adopted")
    }
    assert api.get("/v1/endorsements", tokens["russia-co-chair"]).json()["items"] == []
    version = api.get("/v1/entries/TMD-0018/versions/1").json()
    assert [later["number"] for later in version["endorsements"]] == [decision["number"]]


def test_the_log_and_the_feed_of_changes_tell_of_it(api: Api, tokens: Tokens, entries) -> None:
    decision = both(api, tokens, "TMD-0017/1")
    last = api.get("/v1/changes").json()["items"][-1]
    assert (last["entry"], last["change"]) == ("TMD-0017", "endorsed")
    assert decision["number"] in api.get("/v1/changes.atom", headers={"Accept-Language": "ru"}).text


def test_what_the_sides_record_must_be_the_same(api: Api, tokens: Tokens, entries) -> None:
    assert record(api, tokens["nato-co-chair"], "TMD-0017/1", "TMD-0018/1").status_code == 201
    for other in (("TMD-0017/1",), ("TMD-0018/1",)):
        assert record(api, tokens["russia-co-chair"], *other).json()["decision"] is None
    reordered = ("TMD-0018/1", "TMD-0017/1")
    otherwise = record(api, tokens["russia-co-chair"], *reordered, note="Otherwise.")
    assert otherwise.json()["waits_for"] == ["nato"]
    assert record(api, tokens["russia-co-chair"], *reordered).json()["decision"] is not None


def test_a_level_only_goes_up_and_a_new_text_begins_anew(api: Api, tokens: Tokens, entries) -> None:
    both(api, tokens, "TMD-0017/1", level="working_group")
    both(api, tokens, "TMD-0017/1")
    for level in ("council", "working_group", "expert"):
        problem = problem_of(record(api, tokens["nato-co-chair"], "TMD-0017/1", level=level), 422, "invalid_input")
        assert (problem["field"], problem["reason"]) == ("versions.0", "level_not_above")
    agreed(api, tokens, amendment("TMD-0017", 1, fr="leurre lourd"))
    entry = api.get("/v1/entries/TMD-0017").json()
    assert (entry["version"], entry["endorsed"], entry["decision"]["level"]) == (2, None, "working_group")
    assert [d["level"] for d in api.get("/v1/entries/TMD-0017/versions/1").json()["endorsements"]] == [
        "working_group",
        "council",
    ]


def test_a_text_that_has_been_replaced_waits_for_nobody(api: Api, tokens: Tokens, entries) -> None:
    assert record(api, tokens["nato-co-chair"], "TMD-0017/1").status_code == 201
    agreed(api, tokens, amendment("TMD-0017", 1, fr="leurre lourd"))
    assert api.get("/v1/endorsements", tokens["russia-co-chair"]).json()["items"] == []
    problem = problem_of(record(api, tokens["russia-co-chair"], "TMD-0017/1"), 422, "invalid_input")
    assert problem["reason"] == "not_the_current_version"


@pytest.mark.parametrize(
    ("versions", "field", "reason"),
    [
        (["TMD-0017/2"], "versions.0", "not_the_current_version"),
        (["TMD-0018/1", "TMD-0099/1"], "versions.1", "not_the_current_version"),
        (["TMD-0017/1", "TMD-0017/1"], "versions", "stands_twice"),
        (["TMD-0017/1/C1"], "versions.0", "not_the_current_version"),
    ],
)
def test_only_current_versions_are_endorsed_each_once(
    api: Api, tokens: Tokens, entries, versions: list[str], field: str, reason: str
) -> None:
    problem = problem_of(record(api, tokens["nato-co-chair"], *versions), 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == (field, reason)


def test_nobody_records_it_but_co_chairs_and_each_once(api: Api, tokens: Tokens, entries) -> None:
    for who in ("nato-delegate", "nato-representative", "secretariat", "linguist", "reader"):
        problem_of(record(api, tokens[who], "TMD-0017/1"), 403, "not_permitted")
    assert send(api, "/v1/endorsements", None, {}).status_code in (401, 422)
    assert record(api, tokens["nato-co-chair"], "TMD-0017/1").status_code == 201
    problem = problem_of(record(api, tokens["nato-co-chair"], "TMD-0017/1"), 422, "invalid_input")
    assert problem["reason"] == "recorded_already"


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_its_decision_sheet_names_the_texts_and_who_signed(
    api: Api, tokens: Tokens, entries, language: str
) -> None:
    number = both(api, tokens, "TMD-0017/1")["number"]
    paper = api.get(f"/v1/decisions/{number}/sheet", headers={"Accept-Language": language}).text
    assert "TMD-0017/1" in paper
    assert NOTE in paper
    label = {"en": "Signed by the co-chairs of", "fr": "Signée par les coprésidents de", "ru": "Подписано"}
    assert label[language] in paper


def test_below_the_level_that_the_profile_names_a_text_is_agreed_ad_referendum(
    database, settings: Settings, tokens: Tokens, tmp_path, entries
) -> None:
    usual = settings.profile_path.read_text(encoding="utf-8")
    own = tmp_path / "council.toml"
    own.write_text(usual.replace('agreed_from = "expert"', 'agreed_from = "council"'), encoding="utf-8")
    with Api.serving(create_app(settings.model_copy(update={"profile": str(own)}), database)) as api:
        agreed(api, tokens, amendment("TMD-0017", 1, fr="leurre lourd"))
        entry = api.get("/v1/entries/TMD-0017").json()
        assert (entry["status"], entry["ad_referendum"]) == ("agreed", True)
        both(api, tokens, "TMD-0017/2")
        assert api.get("/v1/entries/TMD-0017").json()["ad_referendum"] is False


@pytest.mark.parametrize("order", ["UPDATE endorsement SET version = 2", "DELETE FROM endorsement"])
def test_what_was_endorsed_is_never_changed(database, api: Api, tokens: Tokens, entries, order: str) -> None:
    both(api, tokens, "TMD-0017/1")
    with database.write() as db:
        assert db.scalars(select(Endorsement)).one().version == 1
        with pytest.raises(DBAPIError, match="endorsement is never changed"), db.begin_nested():
            db.execute(text(order))


def test_levels_have_an_order() -> None:
    expert, group, council = ApprovalLevel
    assert expert.is_below(group)
    assert group.is_below(council)
    assert not group.is_below(group)
    assert not council.is_below(expert)
