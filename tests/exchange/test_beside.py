"""Statements of parties and texts of sides travel with an entry in every form, and become no part of its text."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.exchange.beside import beside
from app.exchange.records import Record, SideText, Stated
from app.languages.codes import LANGUAGES
from tests.contents import contents, full_content, texts
from tests.exchange.makers import LOSSLESS, make_content, make_record, read, written
from tests.exchange.validation import findings, grammar_errors

RUSSIA = {"en": "Russian Federation", "fr": "Fédération de Russie", "ru": "Российская Федерация"}
NATO = {"en": "NATO", "fr": "OTAN", "ru": "НАТО"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RESERVATION = Stated(
    kind="reservation",
    names=RUSSIA,
    element="languages.ru.definition",
    language="ru",
    text="Российская сторона понимает под этим также средства, размещаемые в космосе.",
    translations={"en": "The Russian side takes this to include space-based assets | in orbit."},
    alternative="объект, отделяемый для имитации боевого блока",
)
USAGE = Stated("national_usage_note", NATO, "", "fr", "Le terme « leurre » est seul employé à l’OTAN")
ELEMENTS = ("", "languages.en", "languages.fr.terms[œil]", "languages.ru.notes[0]", "equivalence.en-ru", "notation")


def qualified(**changes) -> Record:
    return replace(make_record(full_content()), statements=(RESERVATION, USAGE), ad_referendum=True, **changes)


def diverged() -> Record:
    sides = (
        SideText(
            NATO, make_content(en={"terms": [{"text": "shield"}], "definition": {"text": "own text of NATO"}})
        ),
        SideText(RUSSIA, make_content(ru={"terms": [{"text": "щит"}], "notes": ["Учёт ведётся отдельно."]})),
    )
    return replace(make_record(status="diverged"), sides=sides)


def said_in(format_: str, record: Record) -> list[str]:
    """What a reader finds beside the text of an entry."""
    data = written(format_, record)
    if format_ == "jsonl":
        return json.loads(data)["beside"]
    if format_ == "csv":
        row = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        return row["reservations"].split("|")
    notes = etree.fromstring(data).iter("{*}note")
    return [
        note.text or "" for note in notes if (note.text or "").startswith(("reserv", "national", "ad r", "paral"))
    ]


def test_a_statement_says_who_what_of_what_and_that_it_is_not_agreed() -> None:
    first, translation, usage = (one.text for one in beside(replace(qualified(), ad_referendum=False)))
    assert first == (
        "reservation (Российская Федерация): Оговорка одной из сторон; не является частью согласованного текста."
        " Предмет: определение на русском языке. Текст: Российская сторона понимает под этим также средства,"
        " размещаемые в космосе. Вместо этого сторона применяет: объект, отделяемый для имитации боевого блока."
    )
    assert translation == (
        "reservation (Russian Federation): Reservation of a party; not part of the agreed text. Unofficial"
        " translation of the text in Russian. It concerns the definition in Russian. Text: The Russian side takes"
        " this to include space-based assets | in orbit."
    )
    assert usage == (
        "national usage note (OTAN): Note d’une partie sur l’usage national\u202f; ne figure pas dans le texte"
        " agréé. Objet\u00a0: l’ensemble du texte. Texte\u00a0: Le terme « leurre » est seul employé à l’OTAN."
    )


def test_the_text_of_a_side_names_the_side_and_says_that_it_is_not_agreed() -> None:
    assert [(one.section, one.text) for one in beside(diverged())] == [
        (
            "en",
            "parallel text (NATO): Text of one side; it is not agreed. Terms: shield (preferred)."
            " Definition: own text of NATO.",
        ),
        (
            "ru",
            "parallel text (Российская Федерация): Текст одной из сторон; согласованным не является."
            " Термины: щит (предпочтительный). Примечание: Учёт ведётся отдельно.",
        ),
    ]


@pytest.mark.parametrize("format_", LOSSLESS)
def test_everything_said_is_in_the_file(format_: str) -> None:
    for record in (qualified(), diverged()):
        expected = [one.text.replace("|", "\\|") if format_ == "csv" else one.text for one in beside(record)]
        found = "|".join(said_in(format_, record))
        assert all(text in found for text in expected)
        assert len(found) == len("|".join(expected))


@pytest.mark.parametrize("format_", LOSSLESS)
def test_what_is_said_is_left_out_on_the_way_back_and_the_text_is_the_same(format_: str) -> None:
    for record in (qualified(), diverged()):
        (incoming,) = read(format_, written(format_, record))
        assert (incoming.content, incoming.faults) == (record.content, ())
        assert {warning.code for warning in incoming.warnings} == {"statement_left_out"}
        assert len(incoming.warnings) == len(list(beside(record))) - record.ad_referendum


@pytest.mark.parametrize("edition", ["both", "2019", "v4"])
def test_the_files_are_valid_in_every_edition(tmp_path: Path, edition: str) -> None:
    file = tmp_path / "export.tbx"
    file.write_bytes(written("tbx", qualified(), replace(diverged(), number="TMD-0018")))
    assert findings(file, edition) == []
    file.write_bytes(written("tbx-v2", qualified(), replace(diverged(), number="TMD-0018")))
    assert findings(file, "auto") == []


def test_a_note_of_tbx_names_its_language_and_stands_with_the_text_it_is_about() -> None:
    notes = {
        (note.text or "").partition(":")[0]: (note.get(XML_LANG), note.getparent().get(XML_LANG))
        for note in etree.fromstring(written("tbx", qualified())).iter("{*}note")
    }
    assert notes["reservation (Российская Федерация)"] == ("ru", "ru")
    assert notes["reservation (Russian Federation)"] == ("en", "ru")
    assert notes["national usage note (OTAN)"] == ("fr", None)
    assert notes["ad referendum"] == (None, None)


def test_every_row_of_a_table_has_it_so_that_no_filter_hides_it() -> None:
    table = csv.DictReader(io.StringIO(written("csv", qualified()).decode("utf-8-sig"), newline=""))
    cells = {row["reservations"] for row in table}
    assert len(cells) == 1
    assert cells.pop().startswith("ad referendum: agreed by the co-chairs, not yet confirmed by the parties|")


def test_a_table_without_the_later_column_is_still_read() -> None:
    rows = list(
        csv.reader(io.StringIO(written("csv", make_record(full_content())).decode("utf-8-sig"), newline=""))
    )
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(row[:-1] for row in rows)
    (incoming,) = read("csv", text.getvalue())
    assert (incoming.content, incoming.faults, incoming.warnings) == (full_content(), (), ())


def test_a_note_that_only_begins_like_a_statement_stays_a_note() -> None:
    content = make_content(
        en={
            "terms": [{"text": "decoy"}],
            "notes": ["reservation (NATO): a range is booked", "reservation: none", "ad referendum: not used"],
        }
    )
    for format_ in LOSSLESS:
        (incoming,) = read(format_, written(format_, make_record(content)))
        assert (incoming.content, incoming.warnings) == (content, ())


def test_a_statement_moved_to_a_term_by_a_tool_is_no_usage_note() -> None:
    text = next(beside(replace(qualified(), ad_referendum=False))).text
    data = written("tbx", make_record()).decode().replace("</termSec>", f"<note>{text}</note></termSec>")
    (incoming,) = read("tbx", data)
    assert incoming.content == make_record().content
    assert [warning.code for warning in incoming.warnings] == ["statement_left_out"]


stated = st.builds(
    Stated,
    kind=st.sampled_from(["reservation", "interpretative_statement", "national_usage_note"]),
    names=st.sampled_from([RUSSIA, NATO, dict.fromkeys(LANGUAGES, "Korea (Republic of)")]),
    element=st.sampled_from(ELEMENTS),
    language=st.sampled_from(LANGUAGES),
    text=texts(8),
    translations=st.dictionaries(st.sampled_from(LANGUAGES), texts(8), max_size=2),
    alternative=st.none() | texts(8),
)


@pytest.mark.parametrize("format_", LOSSLESS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents(), said=st.lists(stated, min_size=1, max_size=3))
def test_any_statement_survives_and_stays_apart_from_any_text(format_: str, content, said) -> None:
    record = replace(make_record(content), statements=tuple(said))
    data = written(format_, record)
    if format_.startswith("tbx"):
        assert grammar_errors(data, "tbx-core.rng" if format_ == "tbx" else "tbx-v2-basic.rng") == []
    (incoming,) = read(format_, data)
    assert (incoming.content, incoming.faults) == (content, ())
    shown = shown_text(format_, data)
    for statement in said:
        assert statement.text in shown
        assert statement.alternative is None or statement.alternative in shown


def shown_text(format_: str, data: bytes) -> str:
    """The texts of a file as its reader sees them."""
    if format_ == "jsonl":
        return " ".join(json.loads(data)["beside"])
    return table_text(data) if format_ == "csv" else " ".join(etree.fromstring(data).itertext())


def table_text(data: bytes) -> str:
    """The cells of a table as their reader sees them."""
    table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return next(table)["reservations"].replace("\\|", "|").replace("\\\\", "\\")
