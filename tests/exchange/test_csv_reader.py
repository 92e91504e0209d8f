"""Tables that come in: from us, from a spreadsheet, from a person."""

import csv
import io
import tracemalloc

import pytest

from app.entries.content import EntryContent
from app.errors import UnreadableFile
from app.exchange import csv_reader
from app.exchange.csv_table import COLUMNS
from app.exchange.options import ReadOptions
from app.exchange.records import Fault, Incoming
from tests.contents import full_content
from tests.exchange.makers import make_record, read, written
from tests.exchange.test_xml import Pieces

HEADER = ",".join(COLUMNS)


def table(*rows: dict[str, str], delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def row(term: str = "missile", lang: str = "en", id_: str = "TMD-0001", **cells: str) -> dict[str, str]:
    return {
        "concept_id": id_,
        "subject": "threat",
        "lang": lang,
        "term": term,
        "status": "preferred" if term else "",
        **cells,
    }


def only(*rows: dict[str, str]) -> Incoming:
    (incoming,) = read("csv", table(*rows))
    return incoming


def content(*rows: dict[str, str]) -> EntryContent:
    incoming = only(*rows)
    assert incoming.faults == incoming.warnings == ()
    assert incoming.content is not None
    return incoming.content


def refusal(data: str | bytes) -> dict[str, object]:
    with pytest.raises(UnreadableFile) as error:
        read("csv", data)
    return error.value.params


# ---- the file


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_the_dialects_of_spreadsheets(delimiter: str, encoding: str, ending: str) -> None:
    data = table(row("manœuvre, ёж; да", note='a "b"'), delimiter=delimiter).replace("\r\n", ending)
    (incoming,) = read("csv", data.encode(encoding))
    assert incoming.content.languages["en"].terms[0].text == "manœuvre, ёж; да"
    assert incoming.content.languages["en"].notes == ('a "b"',)


def test_columns_in_any_order_and_case() -> None:
    columns = tuple(reversed(COLUMNS))
    data = table(row("ракета", "ru"), columns=columns)
    data = data.replace(",".join(columns), " , ".join(f'"{name.title()}"' for name in columns))
    (incoming,) = read("csv", data)
    assert incoming.content.languages["ru"].preferred.text == "ракета"


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("", "term, lang"),
        (HEADER.replace("term,", ""), "term"),
        (HEADER.replace("lang,", ""), "lang"),
        (HEADER + ",term", "term"),
        ("TMD-0017;ракета", "term, lang"),
        ("concept_id,definition_en", "en / fr / ru"),
        ("en,ru,definition en,EN definition", "definition en, EN definition"),
    ],
)
def test_columns_that_are_missing_or_stand_twice_are_named(header: str, columns: str) -> None:
    assert refusal(header + "\r\n") == {"reason": "csv_columns", "line": 1, "columns": columns}


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_a_code_page_is_found_out_and_a_warning_says_so(encoding: str) -> None:
    (incoming,) = read("csv", table(row("баллистическая ракета", "ru")).encode(encoding))
    assert incoming.content.languages["ru"].terms[0].text == "баллистическая ракета"
    assert [warning.code for warning in incoming.warnings] == ["encoding_assumed"]
    (french,) = read("csv", table(row("défense élargie", "fr", note="façade, œil, à l’été")).encode("cp1252"))
    assert french.content.languages["fr"].terms[0].text == "défense élargie"
    assert french.warnings == (Fault("", "encoding_assumed", {"encoding": "windows-1252"}),)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read(encoding: str) -> None:
    (incoming,) = read("csv", table(row("ракета", "ru")).encode(encoding))
    assert (incoming.content.languages["ru"].terms[0].text, incoming.warnings) == ("ракета", ())


def test_an_encoding_that_the_caller_names_is_not_found_out() -> None:
    data = table(row("ракета", "ru")).encode("cp1251")
    (incoming,) = csv_reader.read(io.BytesIO(data), ReadOptions(encoding="windows-1251"))
    assert (incoming.content.languages["ru"].terms[0].text, incoming.warnings) == ("ракета", ())
    for encoding in ("unicode_escape", "utf-7", "idna", "cp999", "utf-32", "rot13"):
        with pytest.raises(UnreadableFile, match="csv_encoding"):
            list(csv_reader.read(io.BytesIO(data), ReadOptions(encoding=encoding)))
    with pytest.raises(UnreadableFile) as error:
        list(csv_reader.read(io.BytesIO(data), ReadOptions(encoding="utf-8")))
    assert error.value.params == {"reason": "csv_encoding", "line": 2}


def test_bytes_that_are_no_text_late_in_a_file_are_refused_with_their_line() -> None:
    data = table(*(row(f"ракета {n}", "ru", f"TMD-{n:04}") for n in range(1, 3_000))).encode()
    cut = data.index("ракета 2900".encode())
    assert refusal(data[:cut] + b"\xff" + data[cut:]) == {"reason": "csv_encoding", "line": 2901}
    assert refusal(table(row()).encode("utf-32")) == {"reason": "csv_encoding", "line": 1}


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('TMD-0001,,threat,en,,"missile', 2),
        ('TMD-0001,,threat,en,,"missile"s', 2),
        ("TMD-0001,,threat,en,,mis\0sile", 2),
        ("TMD-0001,,threat,en,,missile\r\n" + "," * 22 + "x", 3),
        ("TMD-0001,,threat,en,,missile\r\nTMD-0002,,threat,en,," + "x" * 1_000_001, 3),
        ('TMD-0001,,threat,en,,"mis\nsile"\r\n\r\nTMD-0002,,,,,"', 5),
    ],
)
def test_a_broken_table_is_refused_with_its_line(rows: str, line: int) -> None:
    assert refusal(f"{HEADER}\r\n{rows}") == {"reason": "csv_malformed", "line": line}


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"x" * 65_536),
        (b'"', b"x\n" * 20_000),
        (b"", b"x," * 20_000),
        (b"", b"TMD-0001,,threat,en,,x\n" * 3_000),
    ],
)
def test_an_endless_line_cell_row_or_entry_is_refused_in_little_memory(start: bytes, piece: bytes) -> None:
    endless = Pieces(HEADER.encode() + b"\r\n" + start, then=piece, times=1_500)  # 60 MB and more
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile, match="csv_malformed"):
            list(csv_reader.read(io.BufferedReader(endless)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert endless.taken < 10_000_000
    assert peak < 40_000_000


def test_an_empty_table_holds_no_entry() -> None:
    assert read("csv", HEADER) == []
    assert read("csv", HEADER + "\r\n\r\n" + "," * 20 + "\r\n") == []


def test_cells_left_out_at_the_end_of_a_row_are_empty() -> None:
    (incoming,) = read("csv", f"{HEADER}\r\nTMD-0001,,threat,en,,missile,,preferred\r\n")
    assert incoming.content.languages["en"].preferred.text == "missile"


def test_the_stream_stays_open() -> None:
    stream = io.BytesIO(written("csv", make_record()))
    assert len(list(csv_reader.read(stream))) == 1
    assert not stream.closed


def test_the_longest_content_passes_the_limits() -> None:
    fields = full_content().model_dump(mode="json")
    fields["languages"]["en"]["notes"] = fields["languages"]["en"]["examples"] = ["|" * 4000] * 50
    long = EntryContent.model_validate(fields)
    (incoming,) = read("csv", written("csv", make_record(long)))
    assert incoming.content == long


# ---- entries


def test_rows_of_an_entry_that_are_apart() -> None:
    items = read("csv", table(row(), row(id_="TMD-0002"), row("rocket"), row("engin", "fr", id_="TMD-0003")))
    assert [(item.line, item.reference, [fault.code for fault in item.faults]) for item in items] == [
        (2, "TMD-0001", []),
        (3, "TMD-0002", []),
        (4, "TMD-0001", ["csv_split_entry"]),
        (5, "TMD-0003", []),
    ]
    assert [item.content is None for item in items] == [False, False, True, False]


def test_rows_without_a_concept_id() -> None:
    items = read("csv", table(row(id_=""), row(id_="TMD-0002"), row("rocket", id_="")))
    assert [(item.reference, item.faults) for item in items] == [
        (None, (Fault("", "csv_no_concept_id"),)),
        ("TMD-0002", ()),
        (None, (Fault("", "csv_no_concept_id"),)),
    ]


def test_a_value_of_the_whole_entry_may_stand_in_any_of_its_rows_but_not_differ() -> None:
    read_content = content(row(subject=""), row("engin", "fr", equivalence="en-fr: near — à revoir"))
    assert read_content.subject_fields == ("threat",)
    assert read_content.equivalence["en-fr"].remark == "à revoir"
    definition = {"definition": "An object."}
    same = content(row(**definition), row("rocket", status="admitted", **definition))
    assert same.languages["en"].definition.text == "An object."
    faults = only(
        row(definition="An object."), row("rocket", status="admitted", definition="A thing.", subject="other")
    ).faults
    assert [(fault.field, fault.code, fault.params) for fault in faults] == [
        ("subject_fields", "csv_conflict", {"column": "subject"}),
        ("languages.en.definition", "csv_conflict", {"column": "definition"}),
    ]


def test_validation_names_the_field() -> None:
    faults = only(row("ракета", "ru", pos="слово", definition_source="БСЭ", equivalence="en-ru: same")).faults
    assert [(fault.field, fault.code) for fault in faults] == [
        ("equivalence.en-ru.degree", "enum"),
        ("languages.ru.definition.text", "string_too_short"),
        ("languages.ru.terms.0.part_of_speech", "enum"),
    ]


def test_a_row_without_a_language_or_of_another_language() -> None:
    assert only(row(), row("raketa", "")).faults == (Fault("languages", "csv_no_language", {"line": 3}),)
    incoming = only(row(), row("Rakete", "de"))
    assert list(incoming.content.languages) == ["en"]
    assert incoming.warnings == (Fault("languages", "language_not_kept", {"language": "de"}),)


def test_the_region_of_a_language_goes_to_the_term() -> None:
    read_content = content(row("theater", "en-US"), row("theatre", "EN-gb", status="admitted", region="IE"))
    assert [term.region for term in read_content.languages["en"].terms] == ["US", "IE"]


def test_cells_of_a_term_that_is_not_there() -> None:
    assert only(row(), row("", "fr", note="no equivalent: aucun", gender="feminine")).faults == (
        Fault("languages.fr.terms", "csv_no_term", {"line": 3}),
    )
    assert content(row(), row("", "fr", note="no equivalent: aucun")).languages["fr"].no_equivalent == "aucun"


def test_notes_go_where_they_belong() -> None:
    read_content = content(
        row(note="usage note: dated|Seen often.|notation: 2.4|relation: generic TMD-0002|example: A missile."),
        row("rocket", status="admitted", note=r"number: ten|register: slang| a \| b |"),
    )
    english = read_content.languages["en"]
    assert (read_content.notation, read_content.relations[0].target) == ("2.4", "TMD-0002")
    assert english.terms[0].usage_note == "dated"
    assert english.terms[1].register_ == "slang"
    assert english.notes == ("Seen often.", "number: ten", "a | b")
    assert english.examples == ("A missile.",)


def test_more_sources_than_contexts_are_a_fault() -> None:
    (fault,) = only(row(context="One.", context_source="A|B")).faults
    assert (fault.field, fault.code) == ("languages.en.terms.0.contexts.1.text", "string_too_short")


def test_line_breaks_within_a_cell_do_not_reach_the_text() -> None:
    assert (
        content(row(definition="An object\r\n that flies. ")).languages["en"].definition.text
        == "An object that flies."
    )


def test_limits_are_set_for_the_process() -> None:
    assert csv.field_size_limit() == csv_reader.MAX_CELL


def test_a_status_that_was_changed_in_the_table_stands() -> None:
    """What a person writes into the status column is not undone by the note that the export left beside it."""
    edited = written("csv", make_record(full_content(), status="proposed")).replace(
        b"theatre missile defence,full_form,admitted", b"theatre missile defence,full_form,deprecated"
    )
    (incoming,) = read("csv", edited)
    assert incoming.content.languages["en"].terms[1].acceptability == "deprecated"
    assert [warning.code for warning in incoming.warnings] == ["note_contradicted"]
