"""What a hit tells the reader to be careful about."""

from typing import Any

import pytest

from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.tables import DecisionMethod, Entry
from app.profile import ApprovalLevel
from tests.api import Api
from tests.makers import adopt_entry, body, make_entry, make_proposed_entry
from tests.search.asking import search


def warnings(hit: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {warning["code"]: warning["params"] for warning in hit["warnings"]}


def adopt(database, **changes: Any) -> int:
    """An entry with a changed content; its id."""
    text = body()
    for field, value in changes.items():
        if field in ("en", "fr", "ru"):
            text["languages"][field] |= value
        else:
            text[field] = value
    with database.write() as db:
        return adopt_entry(db, EntryContent.model_validate(text)).id


def test_a_plain_hit_warns_of_nothing(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="chaff")
    (hit,) = search(api, "chaff")
    assert (hit["warnings"], hit["gist"]) == ([], None)


@pytest.mark.parametrize("use", ["deprecated", "superseded"])
def test_a_term_out_of_use_names_the_one_to_be_used(api: Api, database, use: str) -> None:
    terms = [
        {"text": "ABM", "type": "abbreviation", "acceptability": "preferred"},
        {"text": "anti-ballistic missile", "acceptability": "preferred"},
        {"text": "antimissile missile", "acceptability": use},
    ]
    adopt(database, en={"terms": terms})
    (hit,) = search(api, "anti-missile missiles")
    assert hit["matched"]["acceptability"] == use
    assert warnings(hit) == {"deprecated": {"preferred": "anti-ballistic missile"}}
    (other,) = search(api, "anti-ballistic missile")
    assert warnings(other) == {}


def test_a_term_out_of_use_without_a_successor_still_warns(api: Api, database) -> None:
    adopt(database, en={"terms": [{"text": "star wars", "acceptability": "deprecated"}]})
    (hit,) = search(api, "star wars")
    assert warnings(hit) == {"deprecated": {}}


def test_homographs_are_told_apart(api: Api, database) -> None:
    definitions = {"threat": "part of a missile", "sensors": "device that detects objects at a distance"}
    ids = {}
    for subject, definition in definitions.items():
        with database.write() as db:
            make_entry(db, subject)
        ids[subject] = adopt(
            database,
            subject_fields=[subject],
            en={"terms": [{"text": "range"}], "definition": {"text": definition}},
        )
    hits = search(api, "ranges")
    assert [hit["entry"]["id"] for hit in hits] == list(ids.values())
    for hit, (subject, definition), other in zip(hits, definitions.items(), reversed(ids.values()), strict=True):
        assert hit["entry"]["subject_fields"] == [subject]
        assert hit["gist"] == definition
        assert warnings(hit) == {"homograph": {"entries": [f"TMD-{other:04d}"]}}


def test_an_abbreviation_of_two_things_is_told_apart_by_its_full_form(api: Api, database) -> None:
    for full in ("area of responsibility", "air operations room"):
        terms = [
            {"text": full},
            {"text": "AOR", "type": "abbreviation", "acceptability": "admitted", "abbreviation_of": full},
        ]
        adopt(database, en={"terms": terms})
    hits = search(api, "aor")
    assert [hit["matched"]["abbreviation_of"] for hit in hits] == ["area of responsibility", "air operations room"]
    assert all("homograph" in warnings(hit) for hit in hits)


def test_a_homograph_counts_though_the_filter_hides_it(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="range")
        hidden = make_proposed_entry(db, en="range").id
    (hit,) = search(api, "range", status="agreed")
    assert warnings(hit)["homograph"] == {"entries": [f"TMD-{hidden:04d}"]}


def test_the_same_word_in_two_languages_is_no_homograph(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="radar", fr="radar")
        make_entry(db, en="sonar", fr="sonar", ru=None)
    assert [warnings(hit) for hit in search(api, "sonar")] == [{}]
    assert [warnings(hit) for hit in search(api, "radar")] == [{}]


def test_false_friends_inexact_equivalents_and_gaps_are_named(api: Api, database) -> None:
    with database.write() as db:
        other = make_entry(db, en="control", fr="commande").id
    number = f"TMD-{other:04d}"
    adopt(
        database,
        relations=[{"type": "contrast", "target": number}],
        equivalence={"en-fr": {"degree": "near"}, "en-ru": {"degree": "exact"}},
        en={"terms": [{"text": "monitoring"}]},
        fr={
            "terms": [{"text": "contrôle", "acceptability": "admitted"}],
            "no_equivalent": "Le français dit contrôle.",
        },
    )
    (hit,) = search(api, "controle", **{"in": "fr"})
    assert warnings(hit) == {
        "false_friend": {"entries": [number]},
        "inexact_equivalence": {"pair": "en-fr", "degree": "near"},
        "no_equivalent": {"language": "fr"},
    }


def test_warnings_follow_a_later_text(api: Api, database) -> None:
    entry_id = adopt(database, en={"terms": [{"text": "flare"}]}, equivalence={"en-fr": {"degree": "near"}})
    assert list(warnings(search(api, "flare")[0])) == ["inexact_equivalence"]
    with database.write() as db:
        decision = entries.new_decision(db, method=DecisionMethod.MEETING, level=ApprovalLevel.WORKING_GROUP)
        text = EntryContent.model_validate(body(en="flare"))
        entries.adopt(db, db.get_one(Entry, entry_id), text, decision)
    assert warnings(search(api, "flare")[0]) == {}
