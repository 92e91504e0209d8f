"""Tables for people: the wide one as CSV and as a workbook, opened by other programs than ours."""

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from app.exchange.records import Options, Record
from app.exchange.writers import wide
from app.exchange.writers.xlsx import LONGEST
from tests.contents import full_content
from tests.exchange.makers import make_content, make_record, written
from tests.exchange.test_beside import diverged, qualified
from tests.languages import glossary

FORMULAS = ["=1+1", "+7", "-shield", "@sum", '=HYPERLINK("http://evil.example","ПРО")']


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def shipped() -> list[Record]:
    return [make_record(entry.content, entry.number, entry.status) for entry in glossary.entries()]


def test_a_row_for_each_entry_with_what_each_language_calls_it() -> None:
    (row,) = rows(written("csv-wide", make_record(full_content())))
    assert tuple(row) == wide.COLUMNS
    assert row["number"] == "TMD-0017"
    assert row["en"] == "theatre missile defence"
    assert row["en_other"] == "theater missile defense | TMD"
    assert row["en_avoid"] == "TM-D | missile shield"
    assert row["fr"] == ""
    assert row["fr_notes"].startswith("no equivalent: La notion n’a pas d’équivalent français")
    assert row["ru_other"].startswith("ПРО на ТВД | оборонять")
    assert row["equivalence"].startswith("en-fr: exact | en-ru: near — ПРО ТВД")
    assert row["updated_at"] == "2026-01-02T03:04:05Z"
    assert row["uri"] == "https://terms.example/id/TMD-0017"


def test_what_parties_have_said_is_in_its_row() -> None:
    first, second = rows(written("csv-wide", qualified(), diverged()))
    assert "reservation (Российская Федерация)" in first["reservations"]
    assert "parallel text (NATO)" in second["reservations"]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("format_", ["csv-wide", "multiterm"])
def test_a_spreadsheet_is_given_nothing_to_run(format_: str, text: str) -> None:
    content = make_content(en={"terms": [{"text": text}], "definition": {"text": text}})
    cells = [cell for row in rows(written(format_, make_record(content))) for cell in row.values()]
    assert cells.count(f"'{text}") == 2
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_all_shipped_entries_are_in_the_wide_table() -> None:
    records = shipped()
    table = rows(written("csv-wide", *records))
    assert [row["number"] for row in table] == [record.number for record in records]
    assert all(row["en"] and row["ru"] for row in table if row["status"] == "agreed")


# ---- the workbook


def test_a_workbook_holds_the_wide_table_as_texts_below_a_header_that_stays() -> None:
    records = [make_record(full_content(), "TMD-0001"), *shipped()]
    book = load_workbook(io.BytesIO(written("xlsx", *records)))
    assert book.sheetnames == ["Entries", "About"]
    sheet = book["Entries"]
    assert sheet.freeze_panes == "C2"
    table = list(sheet.iter_rows(values_only=True))
    assert table[0] == wide.COLUMNS
    for cells, record in zip(table[1:], records, strict=True):
        assert [cell or "" for cell in cells] == wide.row(record)
    kinds = {cell.data_type for row in sheet.iter_rows(max_row=40) for cell in row if cell.value is not None}
    assert kinds <= {"s", "inlineStr"}


@pytest.mark.parametrize("text", [*FORMULAS, "http://example.org/", "1", "TRUE", "{=SUM(A1)}"])
def test_a_cell_is_the_text_and_nothing_that_runs(text: str) -> None:
    content = make_content(en={"terms": [{"text": text}], "definition": {"text": text}})
    sheet = load_workbook(io.BytesIO(written("xlsx", make_record(content))))["Entries"]
    cell = sheet.cell(2, wide.COLUMNS.index("en") + 1)
    assert (cell.value, cell.hyperlink) == (text, None)
    assert cell.data_type in ("s", "inlineStr")


def test_a_cell_that_excel_would_not_take_is_cut_with_a_mark() -> None:
    notes = ["œuvre " * 300 + str(number) for number in range(40)]
    content = make_content(fr={"terms": [{"text": "œuvre"}], "notes": notes})
    sheet = load_workbook(io.BytesIO(written("xlsx", make_record(content))))["Entries"]
    cell = sheet.cell(2, wide.COLUMNS.index("fr_notes") + 1).value
    assert len(cell) == LONGEST
    assert cell.endswith("…")


def test_a_second_sheet_says_what_the_file_is() -> None:
    records = [make_record()]
    options = Options(as_of=records[0].updated_at)
    about = dict(load_workbook(io.BytesIO(written("xlsx", *records, options=options)))["About"].values)
    assert about["entries"] == "1"
    assert about["newest text"] == "2026-01-02T03:04:05Z"
    assert "languages.*.terms.*.gender" in about["not in this file"]


def test_a_workbook_holds_no_time_and_no_name_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", make_record()))) as archive:
        assert {item.date_time[0] for item in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert "2000-01-01T00:00:00Z" in core
