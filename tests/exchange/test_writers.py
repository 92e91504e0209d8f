"""What holds for every format on the way out: the same bytes each time, few records at once, the stated losses."""

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.entries.content import EntryContent
from app.exchange.formats import FORMATS
from app.exchange.narrowing import usable
from app.exchange.records import Format, Options, Pair, Record, Terms
from app.exchange.writers import wide, xlsx
from app.languages.codes import LanguageCode
from tests.contents import FULL, full_content
from tests.exchange.makers import LOSSLESS, make_record, options_of, read, written
from tests.exchange.mutations import Mutation, mutations

# A workbook takes long to make; that its cells are those of the wide table is shown in test_tables.
EACH = [name for name in FORMATS if name != "xlsx"]
WHOLE_TERMS = "languages.*.terms.*"
BESIDE = "reservations"

# A language without an equivalent may have terms, and a term that leads may be an abbreviation.
ABBREVIATED: dict[str, Any] = copy.deepcopy(FULL)
ABBREVIATED["languages"]["fr"]["terms"] = [
    {"text": "DMT", "type": "abbreviation", "acceptability": "admitted", "abbreviation_of": "défense de théâtre"},
    {"text": "défense de théâtre", "acceptability": "admitted", "usage_note": "à éviter à l’oral"},
    {"text": "défense du théâtre", "acceptability": "admitted"},
]


def pairs_of(format_: Format) -> list[Options]:
    """The options with which a file of the format is tried."""
    if format_.pair is Pair.NEEDED:
        return [Options("en", "ru"), Options("en", "fr"), Options("fr", "ru"), Options("fr", "en")]
    return [Options()]


def is_kept(mutation: Mutation, content: EntryContent, format_: Format, options: Options) -> bool:
    """Whether the format has room for the term, and the pair for the language, in which a value stands."""
    language: LanguageCode | None = mutation.language  # type: ignore[assignment]
    if language is None:
        return True
    if options.pair and language not in options.pair:
        return False
    if mutation.term is None or format_.terms is Terms.ALL:
        return True
    section = content.languages[language]
    kept = usable(section, "agreed")
    return section.terms[mutation.term] in (kept[:1] if format_.terms is Terms.FIRST else kept)


def unseen(name: str) -> set[str]:
    """The fields of which some value could be another without a trace in the file."""
    format_, found = FORMATS[name], set()
    for fields in (FULL, ABBREVIATED):
        content = EntryContent.model_validate(fields)
        for options in pairs_of(format_):
            if not all(usable(content.languages[language], "agreed") for language in options.pair or ()):
                continue  # an entry that is not in the file
            before = written(name, make_record(content), options=options)
            for mutation in mutations(fields):
                if is_kept(mutation, content, format_, options):
                    after = written(name, make_record(mutation.content), options=options)
                    if after == before:
                        found.add(mutation.path)
    return found


@pytest.mark.parametrize("name", EACH)
def test_the_stated_losses_are_exactly_what_leaves_no_trace(name: str) -> None:
    assert unseen(name) == set(FORMATS[name].losses) - {WHOLE_TERMS, BESIDE}


def test_a_format_that_has_no_room_for_all_terms_says_so() -> None:
    partial = {name for name, format_ in FORMATS.items() if format_.terms is not Terms.ALL}
    assert partial == {name for name, format_ in FORMATS.items() if WHOLE_TERMS in format_.losses}
    assert partial == {"tsv-omegat", "tmx", "memoq", "multiterm", "weblate", "google", "deepl"}


def test_the_workbook_loses_what_the_wide_table_loses() -> None:
    assert xlsx.LOSSES == wide.LOSSES == FORMATS["xlsx"].losses


NOTE = re.compile(rb"<note[^>]*>[^<]*</note>\n")


@pytest.mark.parametrize("name", [name for name in FORMATS if name.startswith("tbx")])
def test_the_stated_notes_are_exactly_what_leaves_a_trace_in_notes_alone(name: str) -> None:
    before = NOTE.sub(b"", written(name, make_record(full_content())))
    in_notes = {
        mutation.path
        for mutation in mutations(FULL)
        if NOTE.sub(b"", written(name, make_record(mutation.content))) == before
    }
    assert set(FORMATS[name].lowered) == in_notes - coarser(name)


def coarser(name: str) -> set[str]:
    """The fields of which the format says the kind in a data category, and in a note only what exactly it is."""
    fields = {"languages.*.terms.*.type"}
    return fields if name in ("tbx-v4", "tbx-v2") else fields | {"languages.*.terms.*.part_of_speech"}


@pytest.mark.parametrize("name", FORMATS)
def test_bytes_are_the_same_every_time(name: str) -> None:
    assert written(name, make_record(full_content())) == written(name, make_record(full_content()))


@pytest.mark.parametrize("name", EACH)
def test_writing_holds_few_records_and_sends_pieces_of_sensible_size(name: str) -> None:
    taken, content = 0, full_content()

    def without_end() -> Iterator[Record]:
        nonlocal taken
        while True:
            taken += 1
            yield make_record(renamed(content, taken), f"TMD-{taken:04}")

    pieces = FORMATS[name].write(without_end(), options_of(name))
    first, second = next(pieces), next(pieces)
    assert taken < 3_000
    assert 25_000 < len(first) < 150_000
    assert 25_000 < len(second) < 150_000


def renamed(content: EntryContent, number: int) -> EntryContent:
    """The content with terms of its own, since some formats take each of them once."""
    sections = {
        code: section.model_copy(
            update={
                "terms": tuple(
                    term.model_copy(update={"text": f"{term.text} {number}", "abbreviation_of": None})
                    for term in section.terms
                )
            }
        )
        for code, section in content.languages.items()
    }
    return content.model_copy(update={"languages": sections})


@pytest.mark.parametrize("name", LOSSLESS)
def test_all_records_come_through(name: str) -> None:
    records = [make_record(full_content(), f"TMD-{number:04}") for number in range(1, 101)]
    assert len(read(name, written(name, *records))) == 100


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_nothing_is_still_a_file(name: str) -> None:
    assert isinstance(written(name), bytes)
    assert written(name) == written(name)


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if format_.terms is not Terms.ALL])
def test_terms_of_what_no_longer_holds_are_offered_to_nobody(name: str, status: str) -> None:
    data = written(name, make_record(full_content(), status=status)).decode()
    assert "theatre missile defence" not in data
    assert "ПРО на ТВД" not in data
