"""The canonical form and the digest: the same bytes everywhere and for ever."""

import copy
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.canonical import encode
from app.db import now
from app.entries.canonical import canonical_json, content_from, digest
from app.entries.content import EntryContent
from app.entries.tables import EntryVersion
from tests.contents import contents, own_numbers
from tests.makers import DEFINITIONS, TERMS, adopt_entry, body, content

TEXTS_AND_LISTS = st.recursive(
    st.text() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z_-]{1,12}", fullmatch=True), inner, max_size=4)
    ),
)


@settings(max_examples=25)
@given(contents())
def test_the_form_is_that_of_the_rfc(value: EntryContent) -> None:
    text = canonical_json(value)
    assert rfc8785.dumps(json.loads(text)) == text.encode()


@given(TEXTS_AND_LISTS)
def test_any_value_of_ours_is_written_as_the_rfc_says(value: Any) -> None:
    assert encode(value).encode() == rfc8785.dumps(value)


@settings(max_examples=25)
@given(contents())
def test_a_content_comes_back_from_its_form(value: EntryContent) -> None:
    assert content_from(canonical_json(value)) == value
    assert canonical_json(content_from(canonical_json(value))) == canonical_json(value)


# Written out, so that no change to the code or to a maker can move it unnoticed.
DECOY = (
    '{"languages":{"en":{"terms":[{"acceptability":"preferred","part_of_speech":"noun","text":"decoy",'
    '"type":"full_form"}]},"ru":{"terms":[{"acceptability":"preferred","gender":"feminine",'
    '"part_of_speech":"noun","text":"ложная цель","type":"full_form"}]}},"subject_fields":["threat"]}'
)
DECOY_DIGEST = "e501c8d4f83cda7772ff062375bb1ff1a92795acace020dd4e1c2e8f1a1d77bf"


def test_the_form_and_digest_of_a_content_never_change() -> None:
    terms = {"en": {"text": "decoy"}, "ru": {"text": "ложная цель", "gender": "feminine"}}
    value = EntryContent.model_validate(
        {"languages": {code: {"terms": [term]} for code, term in terms.items()}, "subject_fields": ["threat"]}
    )
    assert canonical_json(value) == DECOY
    assert digest(DECOY) == DECOY_DIGEST


def test_optional_fields_that_are_empty_do_not_change_the_digest() -> None:
    sparse: dict[str, Any] = {
        "subject_fields": ["threat"],
        "languages": {
            code: {"definition": {"text": DEFINITIONS[code]}, "terms": [{"text": text}]}
            for code, text in TERMS.items()
        },
    }
    filled = copy.deepcopy(sparse) | {
        "notation": None,
        "relations": [],
        "references": [],
        "activities": [],
        "equivalence": {},
    }
    for section in filled["languages"].values():
        section |= {"notes": [], "examples": [], "no_equivalent": None}
        section["definition"]["sources"] = []
        for term in section["terms"]:
            term |= {"gender": None, "region": None, "register": None, "contexts": [], "sources": []}
    forms = {canonical_json(EntryContent.model_validate(given)) for given in (sparse, filled)}
    assert len(forms) == 1


def test_the_form_holds_no_empty_field() -> None:
    text = canonical_json(content())
    assert not any(empty in text for empty in ("null", "[]", "{}", '""'))


def test_the_order_of_terms_and_notes_is_part_of_the_text() -> None:
    given = body()
    given["languages"]["en"]["notes"] = ["one", "two"]
    turned = copy.deepcopy(given)
    turned["languages"]["en"]["notes"].reverse()
    assert canonical_json(EntryContent.model_validate(given)) != canonical_json(EntryContent.model_validate(turned))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=contents(own_numbers))
def test_a_version_comes_back_from_the_database_with_the_same_digest(db, value: EntryContent) -> None:
    entry = adopt_entry(db, value)
    db.expire_all()
    version = db.get_one(EntryVersion, (entry.id, 1))
    assert digest(version.content) == version.digest == digest(canonical_json(value))
    assert content_from(version.content) == value


@pytest.mark.parametrize("text", ["😀 🚀", "\U00010330", "ﬀ", "\u00a0x".strip(), '‘a’ “b” \\ " /', "<&>", "10 км²"])
def test_unusual_characters_come_back_from_the_database(db, text: str) -> None:
    entry = adopt_entry(db, content(en=text))
    db.expire_all()
    assert content_from(entry.content).languages["en"].terms[0].text == text


def test_moments_come_back_from_the_database_to_the_microsecond(db) -> None:
    entry = adopt_entry(db, content())
    entry.updated_at = moment = now(db)
    db.flush()
    db.expire_all()
    assert entry.updated_at == moment
    assert entry.updated_at.utcoffset() is not None
