"""TBX put together by hand from dictionaries: the fastest that pure Python can be expected to write.

It writes what the synthetic entries hold and knows nothing else; it is a yardstick, not an exporter.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from app.exchange.records import Record
from app.exchange.tbx import EDITION
from app.exchange.tbx_edition import STATUSES, TERM_TYPES
from app.exchange.tbx_writer import CHUNK

STATUS = {str(code): name for code, name in STATUSES.items()}
TYPE = {str(code): name for code, name in TERM_TYPES.items()}


def prepared(record: Record) -> dict[str, Any]:
    """A record as a plain dictionary, made before the clock starts."""
    return {
        "number": record.number,
        "date": record.updated_at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z",
        **record.content.model_dump(mode="json"),
    }


def write(entries: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The file in pieces of the same size as the service writes."""
    pieces, size = [EDITION.head], 0
    for entry in entries:
        text = _entry(entry)
        pieces.append(text)
        size += len(text)
        if size >= CHUNK:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append(EDITION.tail)
    yield "".join(pieces).encode()


def _entry(entry: dict[str, Any]) -> str:
    subjects = "".join(f'<descrip type="subjectField">{_text(s)}</descrip>\n' for s in entry["subject_fields"])
    pairs = "".join(
        f"<note>equivalence ({pair}): {e['degree']}{' — ' + _text(e['remark']) if e['remark'] else ''}</note>\n"
        for pair, e in entry["equivalence"].items()
    )
    sections = "".join(_section(entry["number"], code, section) for code, section in entry["languages"].items())
    return (
        f'<conceptEntry id="{_text(entry["number"])}">\n{subjects}{pairs}<transacGrp>\n'
        '<transac type="transactionType">modification</transac>\n'
        f"<date>{entry['date']}</date>\n</transacGrp>\n{sections}</conceptEntry>\n"
    )


def _section(number: str, code: str, section: dict[str, Any]) -> str:
    definition = section["definition"]
    sources = "".join(f'<admin type="source">own: {_text(s["citation"])}</admin>\n' for s in definition["sources"])
    notes = "".join(f"<note>{_text(note)}</note>\n" for note in section["notes"])
    terms = "".join(_term(f"{number}-{code}-{place}", term) for place, term in enumerate(section["terms"], 1))
    return (
        f'<langSec xml:lang="{code}">\n<descripGrp>\n'
        f'<descrip type="definition">{_text(definition["text"])}</descrip>\n{sources}</descripGrp>\n'
        f"{notes}{terms}</langSec>\n"
    )


def _term(identifier: str, term: dict[str, Any]) -> str:
    gender = f'<termNote type="grammaticalGender">{term["gender"]}</termNote>\n' if term["gender"] else ""
    sources = "".join(f'<admin type="source">{_text(source)}</admin>\n' for source in term["sources"])
    full = term["abbreviation_of"]
    note = f"<note>abbreviation of: {_text(full)}</note>\n" if full else ""
    return (
        f'<termSec id="{_text(identifier)}">\n<term>{_text(term["text"])}</term>\n'
        f'<termNote type="partOfSpeech">{term["part_of_speech"]}</termNote>\n{gender}'
        f'<termNote type="termType">{TYPE[term["type"]]}</termNote>\n'
        f'<termNote type="administrativeStatus">{STATUS[term["acceptability"]]}</termNote>\n'
        f"{sources}{note}</termSec>\n"
    )


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
