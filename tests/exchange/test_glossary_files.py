"""Reading a glossary folder, and saying which file is wrong."""

from pathlib import Path

import pytest

from app.entries.canonical import canonical_json, content_from
from app.entries.content import Source
from app.errors import BadGlossaryFile
from app.exchange.glossary import OWN_DEFINITION, GlossaryEntry, read_entries, read_subject_fields
from tests.exchange.folders import DEFINITION, SHIPPED, entry_file, make_folder


def only_entry(folder: Path) -> GlossaryEntry:
    (entry,) = read_entries(folder)
    return entry


def fault(folder: Path) -> BadGlossaryFile:
    with pytest.raises(BadGlossaryFile) as caught:
        list(read_entries(folder))
    return caught.value


def test_a_file_says_what_an_entry_says(tmp_path: Path) -> None:
    entry = only_entry(make_folder(tmp_path, entry_file(34, "decoy", "leurre", "ложная цель")))
    assert (entry.number, entry.status) == ("TMD-0034", "agreed")
    assert entry.content.subject_fields == ("threat",)
    assert [section.terms[0].text for section in entry.content.languages.values()] == [
        "decoy",
        "leurre",
        "ложная цель",
    ]
    assert content_from(canonical_json(entry.content)) == entry.content


def test_a_definition_in_plain_text_was_written_for_this_project(tmp_path: Path) -> None:
    definition = only_entry(make_folder(tmp_path, entry_file(34))).content.languages["en"].definition
    assert definition is not None
    assert definition.sources == (OWN_DEFINITION,)


def test_a_definition_with_sources_of_its_own_keeps_them(tmp_path: Path) -> None:
    file = entry_file(34).replace(
        f"definition: {DEFINITION}",
        "definition: {text: a thing, sources: [{citation: AAP-6, relation: adapted}]}",
    )
    definition = only_entry(make_folder(tmp_path, file)).content.languages["en"].definition
    assert definition is not None
    assert definition.sources == (Source(citation="AAP-6", relation="adapted"),)


def test_entries_come_by_number(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, *(entry_file(number, f"missile {number}") for number in (52, 5, 233)))
    assert [entry.number for entry in read_entries(folder)] == ["TMD-0005", "TMD-0052", "TMD-0233"]


def test_subject_fields_come_in_the_order_of_their_file() -> None:
    codes = [field.code for field in read_subject_fields(SHIPPED)]
    assert "threat" in codes
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("number: TMD-0034", "number: 34", "number"),
        ("status: agreed", "status: final", "status"),
        ("status: agreed", "status: proposed", "justification"),
        ("confidence: A", "confidence: C", "confidence C"),
        ("confidence: A", "confidence: D", "evidence.en-fr.confidence"),
        ("  en-ru: {confidence: B, source: Sputnik}\n", "", "evidence"),
        ("subject_fields: [threat]", "subject_field: [threat]", "subject_field"),
        ("text: leurre", "text: leurre, colour: red", "languages.fr.terms.0.colour"),
        ("text: leurre", 'text: "leurre "', "languages.fr.terms.0.text"),
        ("text: leurre", "text: [", "expected"),
        ("text: leurre", "text: !!python/object:os.system leurre", "python"),
        ("fr:\n", "de:\n", "de"),
        (f"definition: {DEFINITION}", "notes: [a]", "languages.en.definition"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong_in_it(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = entry_file(34)
    assert old in file
    error = fault(make_folder(tmp_path, file.replace(old, new, 1)))
    assert error.params["file"] == "0034-entry.yaml"
    assert says in error.params["reason"]


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just a text", "a: 1\na: 2\n"])
def test_a_file_that_is_no_entry_is_named(tmp_path: Path, text: str) -> None:
    folder = make_folder(tmp_path)
    (folder / "entries" / "0034-entry.yaml").write_text(text, encoding="utf-8")
    assert fault(folder).params["file"] == "0034-entry.yaml"


def test_a_file_that_is_not_in_utf_8_is_named(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "entries" / "0034-entry.yaml").write_bytes("number: ложная цель".encode("cp1251"))
    assert fault(folder).params["file"] == "0034-entry.yaml"


@pytest.mark.parametrize(
    "text",
    [
        "code: threat",
        "- {code: threat, label: {en: a, fr: b}, scope: {en: a, fr: b, ru: в}}",
        "- {code: Threat, label: {en: a, fr: b, ru: в}, scope: {en: a, fr: b, ru: в}}",
        "- threat",
    ],
)
def test_bad_subject_fields_are_named(tmp_path: Path, text: str) -> None:
    folder = make_folder(tmp_path)
    (folder / "subject-fields.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadGlossaryFile) as caught:
        read_subject_fields(folder)
    assert caught.value.params["file"] == "subject-fields.yaml"


def test_a_folder_without_subject_fields_is_no_glossary(tmp_path: Path) -> None:
    with pytest.raises(BadGlossaryFile):
        read_subject_fields(tmp_path)
