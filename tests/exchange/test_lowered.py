import pytest

from app.entries.content import Section, Source, Term
from app.exchange import lowered
from app.exchange.lowered import split


def test_the_vocabulary_is_fixed() -> None:
    keys = (
        *("workflow", "notation", "activity", "equivalence", "relation", "reference"),
        *("note", "example", "no equivalent", "transliteration"),
        *(
            "acceptability",
            "term type",
            "part of speech",
            "number",
            "register",
            "usage note",
            "abbreviation of",
        ),
        *("reservation", "interpretative statement", "national usage note", "parallel text", "ad referendum"),
    )
    assert all(split(f"{key}: valeur") == (key, "", "valeur") for key in keys)
    assert split("transliteration (iso-9): raketa") == ("transliteration", "iso-9", "raketa")
    others = (
        "Example: x",
        "example : x",
        "example:",
        "exemple : œil",
        "remark: y",
        "number (): 2",
        "учёт: да",
    )
    assert [split(text) for text in others] == [None] * len(others)


@pytest.mark.parametrize("note", ["example: ложный", "note: une note", "number: plural", "equivalence (en-ru): x"])
def test_a_note_that_begins_like_a_lowered_field_stays_a_note(note: str) -> None:
    section = {"notes": [], "examples": []}
    for text in lowered.section_notes(Section(notes=(note,), terms=(Term(text="ёж"),))):
        assert text == f"note: {note}"
        lowered.raise_section_note(section, text)
    assert section == {"notes": [note], "examples": []}


def test_a_value_that_the_field_cannot_take_leaves_the_note_a_note() -> None:
    entry = {}
    for text in ("number: three missiles", "term type: synonym", "transliteration (x): raketa", "acceptability: x"):
        assert lowered.term_value(text) is None
    for text in ("notation: see below", "equivalence (en-de): exact", "equivalence (en-ru): good", "activity: A B"):
        assert not lowered.raise_entry_note(entry, text)
    for text in ("relation: kind-of TMD-0001", "relation: generic 12", "reference: IATE", "reference: <ftp://x> a"):
        assert not lowered.raise_entry_note(entry, text)
    assert entry == {}


@pytest.mark.parametrize("relation", ["identical", "adapted", "own"])
@pytest.mark.parametrize("uri", [None, "https://docs.cntd.ru/901725944", "https://x/<y>"])
@pytest.mark.parametrize(
    "citation",
    [
        "ГОСТ Р 1.5",
        "own: édition",
        "identical: own: x",
        "own:",
        "AAP-6 <>",
        "AAP-6 <https://a.b>",
        "<>",
        "adapted:x",
    ],
)
def test_a_source_is_one_text_and_comes_apart_again(citation: str, uri: str | None, relation: str) -> None:
    source = Source(citation=citation, uri=uri, relation=relation)
    assert Source.model_validate(lowered.source_fields(lowered.source_text(source))) == source


def test_a_source_without_a_word_before_it_is_taken_over_as_it_stands() -> None:
    assert lowered.source_text(Source(citation="AAP-6", relation="identical")) == "AAP-6"
    assert lowered.source_text(Source(citation="AAP-6", relation="adapted")) == "adapted: AAP-6"
