"""Workbooks: as programs write them, and as nobody should."""

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest

from app.errors import UnreadableFile
from app.exchange import xlsx_reader
from app.exchange.options import ReadOptions
from app.exchange.records import Fault, Incoming
from tests.exchange.workbooks import MAIN, WORKBOOK, packed, row, sheet, workbook

HEADINGS = ["id", "en", "ru", "en_note"]


def entries(data: bytes, **options: str) -> list[Incoming]:
    return list(xlsx_reader.read(io.BytesIO(data), ReadOptions(**({"subject": "threat"} | options))))  # type: ignore[arg-type]


def refusal(data: bytes, **options: str) -> dict[str, object]:
    with pytest.raises(UnreadableFile) as error:
        entries(data, **options)
    return error.value.params


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_that_a_program_wrote() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Термины"
    for cells in (HEADINGS, [7, "missile", "ракета", 2.5], [], [None, "décoy", "ложная цель", date(2026, 1, 2)]):
        book.active.append(cells)
    book.create_sheet("Metadata").append(["made", "by"])
    first, second = entries(saved(book))
    assert (first.line, first.reference, second.line, second.reference) == (2, "7", 4, None)
    assert first.content.languages["ru"].terms[0].text == "ракета"
    assert first.content.languages["en"].notes == ("2.5",)
    assert second.content.languages["en"].terms[0].text == "décoy"


def test_a_sheet_is_chosen_by_name_or_place() -> None:
    book = openpyxl.Workbook()
    book.active.append(["made", "by"])
    for cells in (HEADINGS, [7, "missile", "ракета"]):
        (book["Термины"] if "Термины" in book.sheetnames else book.create_sheet("Термины")).append(cells)
    for wanted in ("Термины", "2"):
        assert [item.reference for item in entries(saved(book), sheet=wanted)] == ["7"]
    assert refusal(saved(book)) == {"reason": "csv_columns", "line": 1, "columns": "term, lang"}
    assert refusal(saved(book), sheet="3") == {
        "reason": "xlsx_no_sheet",
        "line": 1,
        "sheet": "3",
        "sheets": "Sheet, Термины",
    }


def test_shared_rich_and_escaped_texts() -> None:
    shared = (
        f'<sst xmlns="{MAIN}"><si><t>en</t></si><si><r><t>H</t></r><r><rPr/><t>2</t></r><rPh sb="0" eb="1"><t>x</t>'
        "</rPh></si><si><t>a_x0041_ _x000D_b</t></si></sst>"
    )
    cells = "".join(f'<row><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in (1, 2, 3))
    first, second = entries(packed(sheet(cells), **{"xl/sharedStrings.xml": shared}))
    assert first.content.languages["en"].terms[0].text == "H2"
    assert second.content.languages["en"].terms[0].text == "aA b"


def test_a_formula_is_a_fault_of_its_entry() -> None:
    book = openpyxl.Workbook()
    for cells in (HEADINGS, [1, "missile", '=CONCATENATE("ра","кета")'], [2, "decoy", "=1+1"], [3, "chaff", ""]):
        book.active.append(cells)
    faults = [item.faults for item in entries(saved(book))]
    assert faults == [
        (Fault("", "formula", {"line": 2, "column": "ru"}),),
        (Fault("", "formula", {"line": 3, "column": "ru"}),),
        (),
    ]
    error = '<row><c r="A2" t="e"><v>#REF!</v></c></row>'
    (incoming,) = entries(packed(sheet(row(["en"]), error)))
    assert [fault.code for fault in incoming.faults] == ["formula"]


def test_a_text_that_only_looks_like_a_formula_is_a_text() -> None:
    (incoming,) = entries(workbook(["en"], ["=1+1"]))
    assert incoming.content.languages["en"].terms[0].text == "=1+1"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        workbook(["en"], ["missile"])[:-40],
        packed(sheet(), **{"xl/workbook.xml": WORKBOOK.replace("rId1", "rId9")}),
        packed(sheet(), **{"xl/_rels/workbook.xml.rels": b""}),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert refusal(data)["reason"] in ("xlsx_malformed", "xml_malformed")


def test_damage_is_refused_or_read_and_never_a_crash() -> None:
    whole = workbook(HEADINGS, ["1", "missile", "ракета", "note"])
    rng = random.Random(1997)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 6)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            entries(bytes(damaged))
        except UnreadableFile as error:
            assert error.params["reason"]  # noqa: PT017


def test_a_workbook_that_is_encrypted_is_refused() -> None:
    data = bytearray(workbook(["en"], ["missile"]))
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(signature, at + 1)
    assert refusal(bytes(data))["reason"] == "xlsx_malformed"


def stored(size: int, *, names: int = 1) -> bytes:
    """A workbook with files that are nothing but spaces."""
    return packed(sheet(), **{f"xl/media/{n}.bin": b" " * size for n in range(names)})


def test_what_would_grow_too_much_is_refused_before_it_does() -> None:
    assert refusal(stored(20_000_000)) == {"reason": "xlsx_too_large", "line": 1}
    assert refusal(stored(1, names=2_001)) == {"reason": "xlsx_too_large", "line": 1}


def test_a_size_that_lies_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """`zipfile` stops at the stated size, and then finds that the checksum is another."""
    bomb = sheet(row(["en"]), *[row(["missile"])] * 3_000)
    data = bytearray(packed(bomb))
    true, lie = len(bomb).to_bytes(4, "little"), (500).to_bytes(4, "little")
    assert data.count(true) == 2
    assert refusal(bytes(data.replace(true, lie)))["reason"] in ("xlsx_malformed", "xml_malformed")


def test_entities_do_not_come_in_by_a_workbook() -> None:
    for declared in (
        '<!DOCTYPE worksheet [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">',
    ):
        assert refusal(packed(declared + sheet(row(["en"]), row(["x"]))))["reason"] == "xml_dtd"


def test_a_row_or_cell_far_away_costs_nothing() -> None:
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>missile</t></is></c></row>'
    (incoming,) = entries(packed(sheet(row(["en"]), far)))
    assert incoming.line == 1_048_576
    beyond = '<row r="2"><c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>'
    assert refusal(packed(sheet(row(["en"]), beyond))) == {"reason": "csv_malformed", "line": 2}


def test_texts_that_cells_share_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "MAX_STRINGS", 1_000)
    shared = f'<sst xmlns="{MAIN}">{"<si><t>x</t></si>" * 100}</sst>'
    assert refusal(packed(sheet(), **{"xl/sharedStrings.xml": shared}))["reason"] == "xlsx_too_large"


def test_the_file_stays_open() -> None:
    stream = io.BytesIO(workbook(["en"], ["missile"]))
    assert len(list(xlsx_reader.read(stream))) == 1
    assert not stream.closed
    assert zipfile.is_zipfile(stream)
