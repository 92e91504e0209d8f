"""The table that leaves: what every reader of CSV sees in it."""

import csv
import io

import pytest

from app.exchange.csv_table import COLUMNS, joined, separated
from tests.contents import full_content
from tests.exchange.makers import make_content, make_record, written


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_columns_are_those_of_the_design() -> None:
    header = written("csv").decode("utf-8-sig")
    assert header == (
        "concept_id,concept_status,subject,lang,term_id,term,term_type,status,pos,gender,number,region,"
        "definition,definition_source,context,context_source,note,source,transliteration,equivalence,updated_at,"
        "reservations\r\n"
    )
    assert len(COLUMNS) == 22


def test_a_byte_order_mark_stands_at_the_beginning_and_nowhere_else() -> None:
    data = written("csv", make_record(), make_record(number="TMD-0018"))
    assert data.startswith(b"\xef\xbb\xbfconcept_id")
    assert data.count(b"\xef\xbb\xbf") == 1


def test_every_row_ends_as_rfc_4180_asks() -> None:
    data = written("csv", make_record(full_content()))
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 1 + 5 + 1 + 5


def test_a_row_for_each_term_and_one_for_a_language_without_any() -> None:
    table = rows(written("csv", make_record(full_content(), status="agreed")))
    assert [(row["lang"], row["term_id"], row["status"]) for row in table[4:8]] == [
        ("en", "TMD-0017-en-5", "deprecated"),
        ("fr", "", ""),
        ("ru", "TMD-0017-ru-1", "preferred"),
        ("ru", "TMD-0017-ru-2", "admitted"),
    ]
    assert table[5]["definition"] == "Ensemble des mesures, y compris l’œuvre des hommes, contre les missiles."
    assert {row["subject"] for row in table} == {"interception|command-and-control"}
    assert {row["updated_at"] for row in table} == {"2026-01-02T03:04:05Z"}
    assert table[6]["transliteration"] == (
        "iso-9: protivoraketnaâ oborona na teatre voennyh dejstvij|bgn-pcgn: protivoraketnaya oborona: na teatre"
    )
    assert table[6]["context_source"] == "|Отчёт, с. 4"


def test_a_definition_stands_once_in_its_language() -> None:
    definitions = [row["definition"] for row in rows(written("csv", make_record(full_content())))]
    assert [bool(definition) for definition in definitions] == [True, *[False] * 4, True, True, *[False] * 4]


@pytest.mark.parametrize("status", ["proposed", "diverged", "superseded", "withdrawn"])
def test_what_is_not_agreed_is_never_preferred(status: str) -> None:
    table = rows(written("csv", make_record(full_content(), status=status)))
    assert "preferred" not in {row["status"] for row in table}
    assert {row["concept_status"] for row in table} == {status}
    assert sum("acceptability: preferred" in row["note"] for row in table) == 3


def test_cells_are_exactly_the_texts() -> None:
    term = {"text": '=1+1; "œil", ёж | \\'}
    (row,) = rows(written("csv", make_record(make_content(ru={"terms": [term]}))))
    assert row["term"] == '=1+1; "œil", ёж | \\'


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ([], ""),
        (["ёж"], "ёж"),
        (["a", "b"], "a|b"),
        (["", "b"], "|b"),
        (["a|b", "c"], r"a\|b|c"),
        (["a\\", "|"], r"a\\|\|"),
        ([r"\|"], r"\\\|"),
    ],
)
def test_several_values_in_a_cell(values: list[str], cell: str) -> None:
    assert joined(values) == cell
    assert separated(cell) == values


def test_a_backslash_before_another_character_is_just_that() -> None:
    assert separated(r"C:\temp|\x\ ") == [r"C:\temp", "\\x\\ "]
