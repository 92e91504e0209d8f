"""Flat glossaries, read by the programs that are meant to read them as far as these are libraries."""

import csv
import io

import pytest
from lxml import etree
from translate.storage.csvl10n import csvfile
from translate.storage.omegat import OmegaTFile
from translate.storage.tmx import tmxfile
from translate.storage.utx import UtxFile

from app.exchange.narrowing import usable
from app.exchange.records import Options, Record
from app.languages.codes import LanguageCode
from tests.contents import full_content
from tests.exchange.makers import make_content, make_record, written
from tests.exchange.test_beside import qualified
from tests.languages import glossary

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TARGETS: list[LanguageCode] = ["fr", "ru"]


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return [make_record(entry.content, entry.number, entry.status) for entry in glossary.entries()]


def first_pairs(records: list[Record], target: LanguageCode) -> list[tuple[str, str]]:
    """The first usable terms of English and another language, of each entry that has both."""
    pairs = []
    for record in records:
        one, other = (usable(record.content.languages.get(code), record.status) for code in ("en", target))
        if one and other:
            pairs.append((one[0].text, other[0].text))
    assert len(pairs) > 400
    return pairs


def lines(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in data.decode("utf-8").removesuffix("\r\n").split("\r\n")]


@pytest.mark.parametrize("target", TARGETS)
def test_translate_toolkit_sees_every_concept_in_the_glossary_for_omegat(
    shipped: list[Record], target: LanguageCode
) -> None:
    store = OmegaTFile()
    store.parse(written("tsv-omegat", *shipped, options=Options("en", target)))
    seen = [(unit.source, unit.target) for unit in store.units]
    assert set(first_pairs(shipped, target)) <= set(seen)
    numbers = {unit.getnotes().partition(";")[0] for unit in store.units}
    assert len(numbers) == len(first_pairs(shipped, target))


def test_the_comment_names_status_other_terms_and_those_to_avoid() -> None:
    rows = lines(written("tsv-omegat", make_record(full_content(), status="proposed"), options=Options("ru", "en")))
    assert [row[0] for row in rows][:2] == ["противоракетная оборона на театре военных действий", "ПРО на ТВД"]
    assert {row[1] for row in rows} == {"theatre missile defence"}
    assert rows[0][2].startswith(
        "TMD-0017; workflow: proposed; also: theater missile defense, TMD; not: TM-D, missile shield; Measures to"
    )


@pytest.mark.parametrize("format_", ["tsv-omegat", "utx"])
def test_a_term_that_begins_like_a_comment_is_none(format_: str) -> None:
    content = make_content(en={"terms": [{"text": "#2 decoy"}]}, fr={"terms": [{"text": "leurre nº 2"}]})
    rows = lines(written(format_, make_record(content), options=Options("en", "fr")))
    assert rows[-1][:2] == [" #2 decoy", "leurre nº 2"]


def test_a_reservation_travels_with_the_term() -> None:
    for format_ in ("tsv-omegat", "utx", "weblate", "memoq", "multiterm", "tmx"):
        data = written(format_, qualified(), options=Options("en", "ru"))
        assert "reservation (Российская Федерация)" in data.decode("utf-8"), format_


@pytest.mark.parametrize("target", TARGETS)
def test_translate_toolkit_reads_utx(shipped: list[Record], target: LanguageCode) -> None:
    data = written("utx", *shipped, options=Options("en", target))
    store = UtxFile()
    store.parse(data)
    assert set(first_pairs(shipped, target)) <= {(unit.source, unit.target) for unit in store.units}
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.startswith(f"#UTX 1.11; en/{target}; ".encode())


def test_utx_says_which_terms_are_approved_and_which_forbidden() -> None:
    rows = lines(written("utx", make_record(full_content()), options=Options("en", "ru")))
    assert rows[1] == ["#src", "tgt", "src:pos", "term status", "concept ID", "comment"]
    states = {(row[0], row[1]): row[3] for row in rows[2:]}
    first = "противоракетная оборона на театре военных действий"
    assert states["theatre missile defence", first] == "approved"
    assert states["theater missile defense", first] == "non-standard"
    assert states["missile shield", first] == "forbidden"
    assert states["theatre missile defence", "ПРО на ТВД"] == "non-standard"
    proposed = lines(written("utx", make_record(full_content(), status="proposed"), options=Options("en", "ru")))
    assert {row[3] for row in proposed[2:]} == {"provisional", "forbidden"}


@pytest.mark.parametrize("target", TARGETS)
def test_translate_toolkit_reads_tmx(shipped: list[Record], target: LanguageCode) -> None:
    data = written("tmx", *shipped, options=Options("en", target))
    store = tmxfile(sourcelanguage="en", targetlanguage=target)
    store.parse(data)
    assert [(unit.source, unit.target) for unit in store.units] == first_pairs(shipped, target)


def test_tmx_has_a_unit_with_a_variant_for_each_language_that_has_a_term() -> None:
    lone = make_record(make_content(en={"terms": [{"text": "booster"}]}), "TMD-0018")
    root = etree.fromstring(written("tmx", make_record(full_content(), status="proposed"), lone))
    (unit,) = root.iter("tu")
    assert unit.get("tuid") == "TMD-0017"
    assert unit.findtext("prop") == "proposed"
    assert [variant.get("{http://www.w3.org/XML/1998/namespace}lang") for variant in unit.iter("tuv")] == [
        "en",
        "ru",
    ]
    assert root.find("header").get("srclang") == "*all*"


@pytest.mark.parametrize("target", TARGETS)
def test_translate_toolkit_reads_the_glossary_for_weblate(shipped: list[Record], target: LanguageCode) -> None:
    store = csvfile()
    store.parse(written("weblate", *shipped, options=Options("en", target)))
    units = [unit for unit in store.units if unit.source != "source"]
    assert [(unit.source, unit.target) for unit in units] == first_pairs(shipped, target)
    assert all(unit.context.startswith("TMD-") for unit in units)


def test_memoq_finds_alternatives_in_a_cell_and_the_number_of_the_entry() -> None:
    table = csv.reader(
        io.StringIO(written("memoq", make_record(full_content())).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    head, row = table
    cells = dict(zip(head, row, strict=True))
    assert cells["Entry_ID"] == "17"
    assert cells["Entry_Note"] == "TMD-0017"
    assert cells["English"] == "theatre missile defence|theater missile defense|TMD"
    assert cells["French"] == ""
    assert cells["Russian_Def"].startswith("Мероприятия и действия")


def test_multiterm_finds_synonyms_and_subjects_with_its_own_separators() -> None:
    table = csv.DictReader(
        io.StringIO(written("multiterm", make_record(full_content())).decode("utf-8-sig"), newline="")
    )
    row = next(table)
    assert row["Subject"] == "interception/command-and-control"
    assert row["English"] == "theatre missile defence|theater missile defense|TMD"
    assert row["Russian"].split("|")[1] == "ПРО на ТВД"


def test_engines_take_two_columns_without_a_header_and_each_source_once() -> None:
    records = [
        make_record(make_content(en={"terms": [{"text": text}]}, fr={"terms": [{"text": other}]}), f"TMD-{n:04}")
        for n, (text, other) in enumerate(
            [("decoy", "leurre"), ("decoy", "appât"), ('the "big" one, so', "œil")], start=1
        )
    ]
    google = list(
        csv.reader(io.StringIO(written("google", *records, options=Options("en", "fr")).decode(), newline=""))
    )
    deepl = lines(written("deepl", *records, options=Options("en", "fr")))
    assert google == deepl == [["decoy", "leurre"], ['the "big" one, so', "œil"]]


def test_google_takes_sets_of_equivalent_terms_with_the_languages_as_header(shipped: list[Record]) -> None:
    table = list(csv.reader(io.StringIO(written("google", *shipped).decode(), newline="")))
    assert table[0] == ["en", "fr", "ru"]
    assert len(table) - 1 == len(shipped)
