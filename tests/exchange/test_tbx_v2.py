"""The export for older software: valid martif TBX-Basic, and what such software sees in it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from translate.storage.tbx import tbxfile

from app.entries.content import EntryContent
from tests.contents import contents, full_content
from tests.exchange.makers import make_content, make_record, written
from tests.exchange.validation import findings, grammar_errors


def test_every_field_and_status_is_valid(tmp_path: Path) -> None:
    statuses = ("agreed", "proposed", "diverged", "superseded", "withdrawn")
    records = [make_record(full_content(), f"TMD-{n:04}", status) for n, status in enumerate(statuses, start=1)]
    file = tmp_path / "export.tbx"
    file.write_bytes(written("tbx-v2", *records))
    assert findings(file, "auto") == []


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents())
def test_any_content_keeps_to_the_grammar(content: EntryContent) -> None:
    assert grammar_errors(written("tbx-v2", make_record(content)), "tbx-v2-basic.rng") == []


def test_no_document_type_is_named() -> None:
    assert b"<!DOCTYPE" not in written("tbx-v2", make_record())


def test_the_preferred_term_comes_first_and_keeps_the_number_of_its_place() -> None:
    root = etree.fromstring(written("tbx-v2", make_record(full_content())))
    tigs = root.xpath("//langSet[@xml:lang='en']/tig")
    assert [tig.findtext("term") for tig in tigs[:3]] == [
        "theatre missile defence",
        "theater missile defense",
        "TMD",
    ]
    assert [tig.get("id")[-1] for tig in tigs] == ["2", "1", "3", "4", "5"]


def test_a_date_has_no_time() -> None:
    assert etree.fromstring(written("tbx-v2", make_record())).findtext(".//date") == "2026-01-02"


CONCEPTS = [
    ("interceptor missile", "missile intercepteur", "противоракета"),
    ("re-entry vehicle", "véhicule de rentrée", "головная часть, входящая в плотные слои"),
    ("manoeuvre", "manœuvre", "манёвр"),
    ("early warning", "alerte avancée", "раннее предупреждение"),
]


@pytest.mark.parametrize("target", ["fr", "ru"])
def test_translate_toolkit_sees_the_preferred_pair_of_every_concept(target: str) -> None:
    records = [
        make_record(
            make_content(
                **{
                    language: {
                        "definition": {"text": f"Définition {language}"},
                        "terms": [
                            {"text": f"{text} (var.)", "acceptability": "admitted"},
                            {"text": text, "gender": None, "number": "singular"},
                        ],
                    }
                    for language, text in zip(("en", "fr", "ru"), texts, strict=True)
                }
            ),
            f"TMD-{number:04}",
        )
        for number, texts in enumerate(CONCEPTS, start=1)
    ]
    store = tbxfile(sourcelanguage="en", targetlanguage=target)
    store.parse(written("tbx-v2", *records))
    place = ("en", "fr", "ru").index(target)
    assert [(unit.source, unit.target) for unit in store.units] == [(texts[0], texts[place]) for texts in CONCEPTS]
