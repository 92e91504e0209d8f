"""The differences between two contents, as a reader would name them."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings

from app.entries.content import EntryContent
from app.entries.diff import Difference, difference, languages_changed
from tests.contents import FULL, contents
from tests.makers import body, content

Body = dict[str, Any]


def changes(before: Body, after: Body) -> list[tuple[str, Any, Any]]:
    found = difference(EntryContent.model_validate(before), EntryContent.model_validate(after))
    return [(d.path, d.before, d.after) for d in found]


@settings(max_examples=25)
@given(contents())
def test_a_content_does_not_differ_from_itself(value: EntryContent) -> None:
    assert difference(value, value) == []
    assert languages_changed(value, value) == set()


@settings(max_examples=20)
@given(contents(), contents())
def test_two_contents_differ_somewhere_or_are_the_same(one: EntryContent, other: EntryContent) -> None:
    assert bool(difference(one, other)) == (one != other)
    assert languages_changed(one, other) == languages_changed(other, one)


@settings(max_examples=20)
@given(contents(), contents())
def test_the_way_back_goes_over_the_same_fields(one: EntryContent, other: EntryContent) -> None:
    there = {(d.path, repr(d.before), repr(d.after)) for d in difference(one, other)}
    back = {(d.path, repr(d.after), repr(d.before)) for d in difference(other, one)}
    assert there == back


def test_a_changed_field_is_named_by_its_path() -> None:
    after = body()
    after["languages"]["ru"]["definition"]["text"] = "объект, принимаемый за боевой блок"
    assert changes(body(), after) == [
        (
            "languages.ru.definition.text",
            "объект, отделяемый для имитации боевого блока",
            "объект, принимаемый за боевой блок",
        )
    ]


def test_a_term_is_named_by_its_text() -> None:
    before, after = body(), body()
    del before["languages"]["ru"]["terms"][0]["gender"]
    assert changes(before, after) == [("languages.ru.terms[ложная цель].gender", None, "feminine")]


def test_a_term_that_was_added_before_the_others_is_the_only_change() -> None:
    after = body()
    after["languages"]["fr"]["terms"].insert(0, {"text": "fausse cible", "acceptability": "admitted"})
    (added,) = changes(body(), after)
    assert added[:2] == ("languages.fr.terms[fausse cible]", None)
    assert added[2]["acceptability"] == "admitted"


def test_a_term_that_was_renamed_is_one_taken_away_and_one_added() -> None:
    assert [path for path, _, _ in changes(body(en="decoy"), body(en="penetration aid"))] == [
        "languages.en.terms[decoy]",
        "languages.en.terms[penetration aid]",
    ]


def test_terms_in_another_order_are_a_change_of_order() -> None:
    before = body()
    before["languages"]["en"]["terms"].append({"text": "false target", "acceptability": "admitted"})
    after = copy.deepcopy(before)
    after["languages"]["en"]["terms"].reverse()
    assert changes(before, after) == [
        ("languages.en.terms.order", ["decoy", "false target"], ["false target", "decoy"])
    ]


def test_a_language_that_was_added_is_reported_whole() -> None:
    (added,) = changes(body(ru=None), body())
    assert added == ("languages.ru", None, content().model_dump(mode="json", exclude_none=True)["languages"]["ru"])


def test_a_part_that_was_taken_away_has_nothing_after_it() -> None:
    before = body() | {"notation": "2.4.1", "activities": ["cax"]}
    assert changes(before, body()) == [("notation", "2.4.1", None), ("activities[0]", "cax", None)]


def test_a_relation_is_named_by_its_target_and_a_reference_by_its_address() -> None:
    before = body() | {
        "relations": [{"type": "generic", "target": "TMD-0001"}],
        "references": [{"uri": "https://example.org/1", "match": "exact"}],
    }
    after = copy.deepcopy(before)
    after["relations"][0]["type"] = "partitive"
    after["references"][0]["match"] = "close"
    assert changes(before, after) == [
        ("relations[TMD-0001].type", "generic", "partitive"),
        ("references[https://example.org/1].match", "exact", "close"),
    ]


def test_a_name_that_looks_like_a_place_hides_nothing() -> None:
    before, after = body(), body()
    for side, source in ((before, "AAP-6"), (after, "AAP-15")):
        side["languages"]["en"]["terms"][0]["contexts"] = [{"text": "1", "source": source}, {"text": "1"}]
    assert [d[1:] for d in changes(before, after)] == [("AAP-6", "AAP-15")]


def test_fields_come_in_the_order_of_the_entry() -> None:
    after = copy.deepcopy(FULL)
    after["languages"]["ru"]["definition"]["text"] = "Другое определение."
    after["languages"]["en"]["notes"][0] = "Another note."
    after["subject_fields"] = ["interception"]
    assert [path for path, _, _ in changes(FULL, after)] == [
        "subject_fields[1]",
        "languages.en.notes[0]",
        "languages.ru.definition.text",
    ]


def test_everything_in_a_first_text_is_new() -> None:
    found = difference(None, content())
    assert {d.path for d in found} == {"subject_fields", "languages"}
    assert all(isinstance(d, Difference) and d.before is None for d in found)
    assert languages_changed(None, content()) == {"en", "fr", "ru"}


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_a_language_has_changed_if_anything_in_its_section_has(language: str) -> None:
    after = body()
    after["languages"][language]["notes"] = ["1"]
    assert languages_changed(content(), EntryContent.model_validate(after)) == {language}
    assert languages_changed(content(**{language: None}), content()) == {language}
