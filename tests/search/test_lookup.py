"""Terms in segments of text over HTTP, as CAT tools ask for them."""

import json
from typing import Any

import pytest

from app.db import Database
from app.entries.content import EntryContent
from app.main import create_app
from app.search.schemas import MOST_BYTES
from app.settings import Settings
from tests.api import Api, problem_of
from tests.makers import adopt_entry, body, make_entry, make_proposed_entry
from tests.search.asking import make_compendium


def looked_up(api: Api, source: str, *segments: str, **more: Any) -> list[dict[str, Any]]:
    answer = api.post("/v1/lookup", json={"source": source, "segments": list(segments), **more})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.json()["complete"] is True
    return list(answer.json()["hits"])


def texts(hits: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(hit["matched"], hit["source"]["text"]) for hit in hits]


@pytest.fixture
def compendium(database) -> None:
    with database.write() as db:
        make_compendium(db)


def test_a_hit_has_the_place_the_term_and_its_equivalents(api: Api, database) -> None:
    text = body(en="decoy", fr="leurre", ru="ложная цель")
    text["languages"]["ru"]["terms"].append({"text": "ЛЦ", "type": "abbreviation", "acceptability": "admitted"})
    text["languages"]["ru"]["terms"].insert(0, {"text": "обманка", "acceptability": "deprecated"})
    text["equivalence"] = {"en-fr": {"degree": "exact"}, "en-ru": {"degree": "broader"}}
    with database.write() as db:
        number = adopt_entry(db, EntryContent.model_validate(text)).id
    (hit,) = looked_up(api, "en", "No threat.", "Two decoys were seen.", targets=["ru"])
    assert hit == {
        "segment": 1,
        "start": 4,
        "end": 10,
        "matched": "decoys",
        "match": {"kind": "inflected", "score": 0.99},
        "entry": {
            "id": number,
            "number": f"TMD-{number:04d}",
            "status": "agreed",
            "subject_fields": ["threat"],
            "uri": f"http://127.0.0.1:8000/id/TMD-{number:04d}",
        },
        "source": {
            "language": "en",
            "text": "decoy",
            "type": "full_form",
            "acceptability": "preferred",
            "abbreviation_of": None,
        },
        "targets": [
            {"language": "ru", "text": text_, "type": type_, "acceptability": use, "equivalence": "broader"}
            for text_, type_, use in (
                ("ложная цель", "full_form", "preferred"),
                ("ЛЦ", "abbreviation", "admitted"),
                ("обманка", "full_form", "deprecated"),
            )
        ],
        "warnings": [{"code": "inexact_equivalence", "params": {"pair": "en-ru", "degree": "broader"}}],
    }


def test_a_degree_is_read_from_the_language_of_the_text(api: Api, database) -> None:
    text = body(en="decoy", fr="leurre", ru="ложная цель")
    text["equivalence"] = {"en-fr": {"degree": "narrower"}, "en-ru": {"degree": "near"}}
    with database.write() as db:
        adopt_entry(db, EntryContent.model_validate(text))
    degrees = {
        source: {target["language"]: target["equivalence"] for target in looked_up(api, source, term)[0]["targets"]}
        for source, term in (("en", "decoy"), ("fr", "leurre"), ("ru", "ложная цель"))
    }
    assert degrees == {
        "en": {"fr": "narrower", "ru": "near"},
        "fr": {"en": "broader", "ru": None},
        "ru": {"en": "near", "fr": None},
    }


@pytest.mark.parametrize(
    ("source", "segment", "expected"),
    [
        ("en", "ICBMs, ballistic missiles and BM", [("ballistic missiles", "ballistic missile"), ("BM", "BM")]),
        (
            "fr",
            "L'intercepteur vise le missile balistique.",
            [("intercepteur", "intercepteur"), ("missile balistique", "missile balistique")],
        ),
        (
            "ru",
            "Спор про ПРО: ракетами-перехватчиками на активных участках траектории",
            [
                ("ПРО", "ПРО"),
                ("ракетами-перехватчиками", "ракета-перехватчик"),
                ("активных участках траектории", "активный участок траектории"),
            ],
        ),
    ],
)
def test_terms_are_found_in_all_three_languages(
    api: Api, compendium: None, source: str, segment: str, expected: list[tuple[str, str]]
) -> None:
    assert texts(looked_up(api, source, segment)) == expected


def test_the_longest_term_comes_first_and_shorter_ones_on_request(api: Api, compendium: None) -> None:
    assert texts(looked_up(api, "en", "theatre missile defence")) == [("theatre missile defence",) * 2]
    assert texts(looked_up(api, "en", "theatre missile defence", overlaps=True)) == [
        ("theatre missile defence", "theatre missile defence"),
        ("missile defence", "missile defence"),
    ]


def test_targets_are_the_two_other_languages_unless_they_are_named(api: Api, compendium: None) -> None:
    def languages(**more: Any) -> list[str]:
        (hit,) = looked_up(api, "ru", "БР", **more)
        return list(dict.fromkeys(target["language"] for target in hit["targets"]))

    assert languages() == ["en", "fr"]
    assert languages(targets=["fr"]) == ["fr"]


def test_entries_without_the_target_are_left_out_on_request(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="ballistic missile", fr=None, ru="баллистическая ракета")
        make_entry(db, en="missile", fr="missile", ru=None)
    assert texts(looked_up(api, "en", "ballistic missiles", targets=["fr"])) == [
        ("ballistic missiles", "ballistic missile")
    ]
    asked = {"targets": ["fr"], "target_required": True}
    assert texts(looked_up(api, "en", "ballistic missiles", **asked)) == [("missiles", "missile")]


def test_a_status_narrows_and_does_not_hide_what_is_left(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="missile")
        make_proposed_entry(db, en="cruise missile")
        make_entry(db, en="radar")
    assert texts(looked_up(api, "en", "cruise missiles")) == [("cruise missiles", "cruise missile")]
    assert texts(looked_up(api, "en", "cruise missiles", status=["agreed"])) == [("missiles", "missile")]


def test_homographs_are_all_found_and_said_to_be_such(api: Api, database) -> None:
    with database.write() as db:
        proposed = make_proposed_entry(db, en="range").id
        agreed = make_entry(db, en="range").id
    hits = looked_up(api, "en", "the range")
    assert [hit["entry"]["id"] for hit in hits] == [agreed, proposed]
    assert hits[0]["warnings"] == [{"code": "homograph", "params": {"entries": [f"TMD-{proposed:04d}"]}}]


def test_an_entry_is_found_once_in_a_place_by_the_term_that_is_written(api: Api, database) -> None:
    text = body()
    text["languages"]["en"]["terms"] = [
        {"text": "theatre defence"},
        {"text": "theater defense", "acceptability": "admitted"},
    ]
    with database.write() as db:
        adopt_entry(db, EntryContent.model_validate(text))
    assert texts(looked_up(api, "en", "theater defense")) == [("theater defense", "theater defense")]
    assert texts(looked_up(api, "en", "theatre defences")) == [("theatre defences", "theatre defence")]


def test_a_term_out_of_use_names_the_one_to_be_used(api: Api, database) -> None:
    text = body(en="decoy")
    text["languages"]["en"]["terms"].append({"text": "dummy", "acceptability": "deprecated"})
    with database.write() as db:
        adopt_entry(db, EntryContent.model_validate(text))
    (hit,) = looked_up(api, "en", "a dummy")
    assert {"code": "deprecated", "params": {"preferred": "decoy"}} in hit["warnings"]


def test_what_is_agreed_between_two_questions_is_found_at_once(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="radar")
    assert texts(looked_up(api, "en", "a decoy")) == []
    with database.write() as db:
        make_entry(db, en="decoy")
    assert texts(looked_up(api, "en", "a decoy")) == [("decoy", "decoy")]


def test_what_another_process_agrees_is_found_at_once(own_settings: Settings, own_database: Database) -> None:
    with Database.opened(own_settings) as other, Api.serving(create_app(own_settings, other)) as api:
        assert looked_up(api, "en", "a decoy") == []
        with own_database.write() as db:
            make_entry(db, en="decoy")
        assert texts(looked_up(api, "en", "a decoy")) == [("decoy", "decoy")]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"segments": []}, "source"),
        ({"source": "en"}, "segments"),
        ({"source": "de", "segments": []}, "source"),
        ({"source": "en", "segments": ["x"] * 10_001}, "segments"),
        ({"source": "en", "segments": [1]}, "segments.0"),
        ({"source": "en", "segments": ["x" * 1_000_001]}, "segments"),
        ({"source": "en", "segments": ["x" * 100_000] * 10 + ["x"]}, "segments"),
        ({"source": "en", "segments": [], "targets": ["en"]}, "targets"),
        ({"source": "en", "segments": [], "status": ["done"]}, "status.0"),
        ({"source": "en", "segments": [], "overlaps": "yes"}, "overlaps"),
        ({"source": "en", "segments": [], "fuzzy": True}, "fuzzy"),
    ],
)
def test_what_cannot_be_looked_up_is_refused_by_name(api: Api, sent: dict[str, Any], field: str) -> None:
    answer = api.post("/v1/lookup", json=sent)
    assert problem_of(answer, 422, answer.json()["code"])["field"] == field


def test_a_lone_surrogate_is_refused_by_name(api: Api) -> None:
    answer = api.post(
        "/v1/lookup",
        content=b'{"source": "en", "segments": ["\\ud800"]}',
        headers={"Content-Type": "application/json"},
    )
    assert problem_of(answer, 422, "validation_failed")["field"] == "segments.0"


def test_a_large_text_is_read_in_one_call(api: Api, compendium: None) -> None:
    segment = "Баллистические ракеты и ПРО. " + "Слово за словом, без конца и без начала. " * 12
    count = 900_000 // len(segment.encode())
    hits = looked_up(api, "ru", *[segment] * count)
    assert len(hits) == count * 2
    assert [hit["segment"] for hit in hits] == sorted(hit["segment"] for hit in hits)


def test_more_occurrences_than_an_answer_holds_are_said_to_be_cut_off(
    api: Api, compendium: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.search.occurrences.MOST", 3)
    answer = api.post("/v1/lookup", json={"source": "ru", "segments": ["ПРО, ПРО, ПРО, ПРО"]}).json()
    assert (len(answer["hits"]), answer["complete"]) == (3, False)


@pytest.mark.parametrize("in_ascii", [False, True])
@pytest.mark.parametrize("letter", ["щ", "😀"])
def test_as_much_text_is_taken_in_any_alphabet(api: Api, letter: str, in_ascii: bool) -> None:
    for more, status in ((0, 200), (1, 422)):
        segments = [letter * 100] * 9_999 + [letter * (100 + more)]
        asked = json.dumps({"source": "ru", "segments": segments}, ensure_ascii=in_ascii).encode()
        answer = api.post("/v1/lookup", content=asked, headers={"Content-Type": "application/json"})
        assert answer.status_code == status, answer.text
    assert (answer.json()["reason"], answer.json()["limit"]) == ("too_much_text", 1_000_000)


def test_a_body_that_no_text_needs_is_refused_before_it_is_read(api: Api) -> None:
    padded = b'{"source": "en", "segments": []}' + b" " * MOST_BYTES
    answer = api.post("/v1/lookup", content=padded, headers={"Content-Type": "application/json"})
    assert problem_of(answer, 413, "body_too_large")["limit"] == MOST_BYTES
