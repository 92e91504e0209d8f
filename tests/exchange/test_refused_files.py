"""Files that are none, that are broken or that mean harm: refused through HTTP, and nothing of them is stored."""

import pytest

from app.exchange.csv_table import COLUMNS
from app.main import create_app
from app.settings import Settings
from tests.api import Api, Tokens, problem_of
from tests.exchange.sending import INITIAL_LOAD, a_file, send_file
from tests.exchange.workbooks import packed, sheet
from tests.exchange.workbooks import row as cells
from tests.makers import content
from tests.rows import everything

TBX = '<?xml version="1.0"?>{dtd}<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic">{text}</tbx>'
HEADER = ",".join(COLUMNS)

NOT_READABLE: dict[str, tuple[str, bytes, str]] = {
    "no bytes": ("csv", b"", "csv_columns"),
    "other columns": ("csv", "термин,перевод\nракета,missile\n".encode(), "csv_columns"),
    "a column twice": ("csv", f"{HEADER},lang\n".encode(), "csv_columns"),
    "UTF-32": ("csv", HEADER.encode("utf-32"), "csv_encoding"),
    "no bytes of a workbook": ("xlsx", b"", "xlsx_malformed"),
    "a table as a workbook": ("xlsx", HEADER.encode(), "xlsx_malformed"),
    "XML as JSON lines": ("jsonl", b"<tbx/>", "jsonl_malformed"),
    "no bytes of SKOS": ("skos", b"", "skos_no_concept"),
    "a remote context": ("skos", b'{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "x:y"}', "skos_context"),
    "an open quote": ("csv", f'{HEADER}\n"TMD-0001,agreed\n'.encode(), "csv_malformed"),
    "too many cells": ("csv", f"{HEADER}\n{'x,' * 30}\n".encode(), "csv_malformed"),
    "NUL": ("csv", f"{HEADER}\nTMD-0001,\x00\n".encode(), "csv_malformed"),
    "a DTD": (
        "tbx",
        TBX.format(dtd='<!DOCTYPE tbx SYSTEM "https://example.org/x.dtd">', text="").encode(),
        "xml_dtd",
    ),
    "an entity that grows": (
        "tbx",
        TBX.format(dtd='<!DOCTYPE t [<!ENTITY a "ха"><!ENTITY b "&a;&a;">]>', text="&b;").encode(),
        "xml_dtd",
    ),
    "a file as an entity": (
        "tbx-v2",
        TBX.format(dtd='<!DOCTYPE t [<!ENTITY p SYSTEM "file:///etc/passwd">]>', text="&p;").encode(),
        "xml_dtd",
    ),
    "an entity of nobody": ("tbx", TBX.format(dtd="", text="&eacute;").encode(), "xml_entity"),
    "cut off": ("tbx", TBX.format(dtd="", text="").encode()[:-3], "xml_malformed"),
    "another language": ("tbx", b"<html><body/></html>", "not_tbx"),
    "JSON": ("tbx", b'{"content": {}}', "xml_malformed"),
    "depth": ("tbx", TBX.format(dtd="", text="<a>" * 5000 + "</a>" * 5000).encode(), "xml_too_deep"),
    "depth of 100,000": ("tbx", TBX.format(dtd="", text="<a>" * 100_000).encode(), "xml_too_deep"),
    "an address of a DTD": (
        "tbx-v2",
        b'<!DOCTYPE martif PUBLIC "-//X" "http://127.0.0.1:9/x.dtd"><martif/>',
        "xml_dtd",
    ),
    "an entity bomb in a workbook": (
        "xlsx",
        packed('<!DOCTYPE worksheet [<!ENTITY a "ха"><!ENTITY b "&a;&a;">]>' + sheet(cells(["en"]))),
        "xml_dtd",
    ),
    "a ZIP bomb": ("xlsx", packed(sheet(), **{"xl/media/1.bin": b" " * 20_000_000}), "xlsx_too_large"),
    "NUL in JSON lines": ("jsonl", b'{"content": "\0"}', "jsonl_malformed"),
    "depth of JSON": ("jsonl", b'{"content": ' + b"[" * 100_000, "jsonl_malformed"),
    "depth of Turtle": ("skos", b"<x:a> <x:b> " + b"[ <x:c> " * 20_000, "skos_malformed"),
    "no bytes of XML": ("tbx", b"", "xml_malformed"),
}


@pytest.mark.parametrize(("format_", "data", "reason"), list(NOT_READABLE.values()), ids=list(NOT_READABLE))
def test_what_cannot_be_read_is_refused_with_the_line_and_leaves_no_trace(
    api: Api, tokens: Tokens, subjects: None, database, format_: str, data: bytes, reason: str
) -> None:
    before = everything(database)
    for params in ({}, {"dry_run": True}, INITIAL_LOAD):
        problem = problem_of(send_file(api, tokens["secretariat"], data, format_, **params), 422, "unreadable_file")
        assert problem["reason"] == reason
        assert problem["line"] >= 1
        assert "root:" not in problem["detail"]
    assert everything(database) == before


def test_an_element_of_100_mb_is_refused_before_it_is_read(
    database, tokens: Tokens, settings: Settings, subjects: None
) -> None:
    before = everything(database)
    bomb = TBX.format(dtd="", text="<conceptEntry><term>" + "x" * 100_000_000).encode()
    problem_of_limit = Settings(database_url=settings.database_url, max_import=200_000_000)
    with Api.serving(create_app(problem_of_limit, database)) as api:
        problem = problem_of(send_file(api, tokens["secretariat"], bomb, "tbx"), 422, "unreadable_file")
    assert (problem["reason"], problem["line"]) == ("xml_too_long", 1)
    assert everything(database) == before


def test_a_formula_in_a_workbook_keeps_it_out(api: Api, tokens: Tokens, subjects: None, database) -> None:
    before = everything(database)
    formula = '<row><c r="A2"><f>WEBSERVICE("http://127.0.0.1:9")</f><v>missile</v></c></row>'
    book = packed(sheet(cells(["en"]), formula))
    for into in ({}, INITIAL_LOAD):
        problem = problem_of(
            send_file(api, tokens["secretariat"], book, "xlsx", subject="threat", **into), 422, "import_rejected"
        )
        assert [fault["code"] for fault in problem["report"][0]["errors"]] == ["formula"]
    assert everything(database) == before


def test_a_fault_late_in_a_file_undoes_what_came_before_it(
    api: Api, tokens: Tokens, subjects: None, database
) -> None:
    before = everything(database)
    file = a_file(content(), content(en="jammer")) + '"незакрытая кавычка'.encode()
    problem_of(send_file(api, tokens["secretariat"], file), 422, "unreadable_file")
    assert everything(database) == before
